"""What is said in a clip: its words are those that are written, and its sound is where they are.

That the sound is these words and no others is known of the voice that is here, which says the same
again; of others a listener must say it: tests have one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.signal import correlate

from gdlecture.media.sound import RATE, Samples, SoundError, read_sound
from gdlecture.verify.evidence import Evidence, PhraseRecord
from gdlecture.verify.source import Source
from gdlecture.verify.words import check_sentence
from gdlecture.voice.loudness import LOUDNESS, PEAK, loudness, true_peak
from gdlecture.voice.phrases import Hibari, Phrase
from gdlecture.voice.spoken import spoken

MOST_APART = 0.05
"""How early or late sound may be, in seconds; a trimmed phrase has a margin of 0.03 of it."""

LOUDNESS_ALLOWED = 0.5
"""How far a clip may be from its loudness, dB."""

HEARD, UNHEARD = -30.0, -60.0
"""The level that a phrase has at least, and silence at most, dB of full scale."""

ALIKE, PIECE, FAINT = 0.7, 0.25, 0.1
"""How alike, 0…1, each piece of a phrase, so long (s), must be to what its voice says of the same
words; but those that have so small a share of the loudest piece’s sound."""

# Against a phrase's own peak, dB: where it begins, its sound has begun.
_BEGUN = -38.0
# As it is coded, what is loud may be felt a little before and after.
_AROUND = 0.06
_INSTANT = 1e-5


def check_phrases(evidence: Evidence) -> Iterator[str]:
    """Phrases are in words what they are in writing, one after the other, each in its beat."""
    phrases = evidence.phrases
    if phrases and not evidence.voice:
        yield "voice: expected a name, found none"
    for phrase in phrases:
        name = _name(phrase)
        if phrase.words != (expected := spoken(phrase.text)):
            yield f"{name}: expected the words “{expected}”, found “{phrase.words}”"
        beats = [beat for beat in evidence.beats if beat.t0 - _INSTANT <= phrase.t0 < beat.t1]
        if not beats or not phrase.t0 < phrase.t1 <= beats[0].t1 + _INSTANT:
            yield f"{name}: expected it within a beat, found {phrase.t0:.3f}…{phrase.t1:.3f} s"
        elif phrase.facts is None and phrase.text != beats[0].text:
            yield f"{name}: expected facts, or the caption “{beats[0].text}”, found neither"
    for one, other in pairwise(phrases):
        if other.t0 < one.t1 - _INSTANT:
            yield f"{_name(other)}: expected it after {one.t1:.3f} s, found it at {other.t0:.3f} s"


def check_said(evidence: Evidence, record: Source) -> Iterator[str]:
    """What is said, and is no caption, says what its facts say, and nothing more."""
    for phrase in evidence.phrases:
        if phrase.facts is not None:
            for failure in check_sentence(phrase.text, phrase.facts, record):
                yield f"{_name(phrase)}: {failure}"


def check_sound(evidence: Evidence, video: Path) -> Iterator[str]:
    """Sound is there while a phrase is, and silence while none is; it is as loud as all clips."""
    try:
        sound = read_sound(video)
    except SoundError as error:
        yield str(error)
        return
    if not evidence.phrases:
        if len(sound):
            yield "sound: expected none, since nothing is said, found a track"
        return
    if abs(len(sound) / RATE - evidence.duration) > MOST_APART:
        yield f"sound: expected {evidence.duration:.3f} s, found {len(sound) / RATE:.3f} s"
    if not len(sound):
        return
    quiet = np.ones(len(sound), bool)
    for phrase in evidence.phrases:
        first, past = _places(phrase, len(sound), -_AROUND)
        quiet[first:past] = False
        yield from _check_heard(phrase, sound)
    between = sound[quiet]
    if _level(between) > UNHEARD:
        at = np.flatnonzero(quiet)[int(np.abs(between).argmax())] / RATE
        yield f"sound: expected silence at {at:.2f} s, where nothing is said, found some"
    yield from _check_voice(evidence, sound)
    yield from check_loudness(sound)


def _check_voice(evidence: Evidence, sound: Samples) -> Iterator[str]:
    """What the voice says that is here, and no other's, is what it says of these words again."""
    voice = Hibari()
    if evidence.voice != voice.name:
        return
    for number, phrase in enumerate(evidence.phrases, 1):
        own = voice.speak(Phrase(evidence.clip, number, phrase.text, phrase.words))
        first, past = _places(phrase, len(sound), -MOST_APART)
        at, alike = _least_alike(sound[first:past], own)
        if alike < ALIKE:
            yield (
                f"{_name(phrase)}: expected the sound of its words, found another at "
                f"{phrase.t0 + at:.2f} s, {100 * alike:.0f} % alike"
            )


def _least_alike(heard: Samples, own: Samples) -> tuple[float, float]:
    """When a piece of sound is least like another (s), and how alike it is then, 0…1.

    It may begin and be as loud as it likes.
    """
    if not len(heard):
        return 0.0, 0.0
    late = int(correlate(heard, own, mode="full", method="fft").argmax()) - len(own) + 1
    there = np.zeros(len(own), heard.dtype)
    first, past = max(0, -late), min(len(own), len(heard) - late)
    there[first:past] = heard[first + late : past + late]
    count = max(1, len(own) // round(PIECE * RATE))
    pairs = list(zip(np.array_split(there, count), np.array_split(own, count), strict=True))
    sizes = [float(np.linalg.norm(true)) for _, true in pairs]
    alike = [
        float(found @ true) / (float(np.linalg.norm(found)) * size + 1e-12)
        if size > FAINT * max(sizes) else 1.0
        for (found, true), size in zip(pairs, sizes, strict=True)
    ]  # fmt: skip
    worst = int(np.argmin(alike))
    return worst * PIECE, alike[worst]


def check_loudness(sound: Samples) -> Iterator[str]:
    """It is as loud as it should be, and nowhere too loud."""
    if abs((found := loudness(sound)) - LOUDNESS) > LOUDNESS_ALLOWED:
        yield f"loudness: expected {LOUDNESS:g} ± {LOUDNESS_ALLOWED:g} LUFS, found {found:.2f}"
    if (peak := true_peak(sound)) > PEAK:
        yield f"true peak: expected {PEAK:g} dB or less, found {peak:.2f}"


def _check_heard(phrase: PhraseRecord, sound: Samples) -> Iterator[str]:
    """A phrase begins and ends when its sound does."""
    first, past = _places(phrase, len(sound), -2 * MOST_APART)
    level = np.abs(sound[first:past])
    peak = float(level.max(initial=0.0))
    if 20 * np.log10(peak + 1e-12) < HEARD:
        yield f"{_name(phrase)}: expected its sound, found silence"
        return
    heard = np.flatnonzero(level > peak * 10 ** (_BEGUN / 20))
    begins, ends = (first + heard[0]) / RATE, (first + heard[-1]) / RATE
    if begins - phrase.t0 > 4 * MOST_APART or begins < phrase.t0 - MOST_APART:
        yield f"{_name(phrase)}: expected it from {phrase.t0:.3f} s, heard from {begins:.3f} s on"
    if phrase.t1 - ends > 4 * MOST_APART or ends > phrase.t1 + MOST_APART:
        yield f"{_name(phrase)}: expected it until {phrase.t1:.3f} s, heard until {ends:.3f} s"


def _places(phrase: PhraseRecord, length: int, inset: float) -> tuple[int, int]:
    """Which samples a phrase has, without so much at its ends (s)."""
    first, past = round((phrase.t0 + inset) * RATE), round((phrase.t1 - inset) * RATE)
    return max(first, 0), min(max(past, 0), length)


def _level(sound: Samples) -> float:
    return 20 * float(np.log10(np.abs(sound).max(initial=0.0) + 1e-12))


def _name(phrase: PhraseRecord) -> str:
    return f"“{phrase.text}”"
