"""A listener: pocketsphinx, whose model is inside it, and how far what it hears is from words."""

import re

from pocketsphinx import Config, Decoder, get_model_path
from scipy.signal import resample_poly

from gdlecture.media.sound import RATE

HEARS = 16_000  # Hz

# Letters that sound like words, and words that sound alike: no ear tells them apart.
ALIKE = {
    "why": "y", "acts": "x", "ex": "x", "ass": "f", "see": "c", "for": "four", "to": "two",
    "too": "two", "right": "write", "it's": "its",
}  # fmt: skip


class Listener:
    """Hears words in sound."""

    def __init__(self):
        model = get_model_path("en-us")
        self.decoder = Decoder(
            Config(
                hmm=f"{model}/en-us",
                lm=f"{model}/en-us.lm.bin",
                dict=f"{model}/cmudict-en-us.dict",
                loglevel="FATAL",
            )
        )

    def hear(self, sound):
        low = resample_poly(sound, HEARS, RATE)
        self.decoder.start_utt()
        self.decoder.process_raw((32767 * low.clip(-1, 1)).astype("<i2").tobytes(), full_utt=True)
        self.decoder.end_utt()
        heard = self.decoder.hyp()
        return heard.hypstr if heard else ""


def sounds(words):
    """Words by their sound, as a list."""
    plain = re.sub(r"[^a-z']", " ", words.lower()).split()
    return [ALIKE.get(word, word) for word in plain]


def errors(words, heard):
    """How many words are missing, too many, or others: Levenshtein's distance."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(words, 1):
        before, row = row, [i]
        for j, other in enumerate(heard, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (word != other)))
    return row[-1]


def rate(pairs):
    """The word error rate of pairs of words and what was heard of them."""
    pairs = [(sounds(words), sounds(heard)) for words, heard in pairs]
    return sum(errors(*pair) for pair in pairs) / sum(len(words) for words, _ in pairs)


def taken_for(heard, phrases):
    """Which of some phrases (an index) something heard is nearest to; None if it is to none."""
    told = sounds(heard)
    far = [
        errors(words := sounds(phrase), told) / max(len(words), len(told), 1) for phrase in phrases
    ]
    best = min(range(len(far)), key=far.__getitem__)
    return best if far[best] < 1 else None
