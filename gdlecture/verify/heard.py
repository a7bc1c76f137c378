"""What is said in a clip: its words are those that are written, and its sound is where they are.

That the sound is these words and no others is known of the voice that comes with the package, which
says them again. Of recordings, and of other engines, a listener must say: tests have one.
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
from gdlecture.voice.phrases import Hibari, Phrase, VoiceError
from gdlecture.voice.spoken import spoken

MOST_APART = 0.05
"""How early or late sound may be, in seconds; a trimmed phrase has a margin of 0.03 of it."""

LOUDNESS_ALLOWED = 0.5
"""How far a clip may be from its loudness, dB."""

ALIKE, SYLLABLE = 0.8, 0.2
"""How alike a sound and the same one, coded, are at least, in so many seconds; 1 is the same."""

SOFT = 0.05
"""What is softer, as a share of a phrase's loudest stretch, is not compared: codecs change it."""

HEARD, UNHEARD = -30.0, -60.0
"""The level that a phrase has at least, and silence at most, dB of full scale."""

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
    if evidence.voice == Hibari().name:
        yield from _check_voice(evidence, sound)
    between = sound[quiet]
    if _level(between) > UNHEARD:
        at = np.flatnonzero(quiet)[int(np.abs(between).argmax())] / RATE
        yield f"sound: expected silence at {at:.2f} s, where nothing is said, found some"
    yield from check_loudness(sound)


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


def _check_voice(evidence: Evidence, sound: Samples) -> Iterator[str]:
    """What is heard of each phrase is what the voice of the package says, asked again."""
    for number, phrase in enumerate(evidence.phrases, 1):
        told = Phrase(evidence.clip, number, phrase.text, spoken(phrase.text))
        try:
            expected = Hibari().speak(told)
        except VoiceError as error:
            yield str(error)
            continue
        around = sound[slice(*_places(phrase, len(sound), -MOST_APART))]
        if (at := least_alike(expected, around)) is not None:
            said = f"{phrase.t0 + at:.2f} s"
            yield f"{_name(phrase)}: expected to hear these words, found others at {said}"


def _places(phrase: PhraseRecord, length: int, inset: float) -> tuple[int, int]:
    """Which samples a phrase has, without so much at its ends (s)."""
    first, past = round((phrase.t0 + inset) * RATE), round((phrase.t1 - inset) * RATE)
    return max(first, 0), min(max(past, 0), length)


def _level(sound: Samples) -> float:
    return 20 * float(np.log10(np.abs(sound).max(initial=0.0) + 1e-12))


def _name(phrase: PhraseRecord) -> str:
    return f"“{phrase.text}”"


def least_alike(phrase: Samples, around: Samples) -> float | None:
    """When (s) in a phrase it is not what is heard in some sound; None if it is all through."""
    at, _ = place_of(phrase, around)
    heard, length = around[round(at * RATE) :], round(SYLLABLE * RATE)
    if len(heard) < len(phrase):
        return 0.0
    starts = range(0, max(1, len(phrase) - length + 1), length)
    pairs = [(phrase[i : i + length], heard[i : i + length]) for i in starts]
    sizes = [float(np.linalg.norm(said)) for said, _ in pairs]
    for i, (said, found), size in zip(starts, pairs, sizes, strict=True):
        alike = float(said @ found) / (size * float(np.linalg.norm(found)) + 1e-12)
        if size > SOFT * max(sizes) and alike < ALIKE:
            return i / RATE
    return None


def place_of(phrase: Samples, around: Samples) -> tuple[float, float]:
    """When (s) a phrase is heard in some sound, and how alike both are then, up to 1."""
    if not len(phrase) or len(around) < len(phrase):
        return 0.0, 0.0
    agreeing = correlate(around, phrase, mode="valid", method="fft")
    at = int(np.argmax(agreeing))
    there = around[at : at + len(phrase)]
    size = float(np.linalg.norm(there) * np.linalg.norm(phrase))
    return at / RATE, float(agreeing[at]) / size if size else 0.0
