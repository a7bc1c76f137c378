"""What must hold of the joined lecture: its clips, a dissolve between each two, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from gdlecture.dist import Dist
from gdlecture.media.captions import CaptionError, from_vtt
from gdlecture.media.dissolve import dissolve
from gdlecture.media.film import chapters_of, encoding, stored_pictures, subtitles
from gdlecture.media.joining import (
    FILES,
    SCRIPT,
    JoinError,
    Part,
    chapters,
    joined_clips,
    lecture_captions,
    lecture_parts,
    lecture_sound,
    script,
    transcript,
)
from gdlecture.media.sound import RATE, Samples, SoundError, read_sound
from gdlecture.media.video import TAGS, MediaError, frames_at, video_facts
from gdlecture.verify.checks import check_entry
from gdlecture.verify.evidence import EvidenceError
from gdlecture.verify.heard import MOST_APART, check_loudness, place_of

# How far a dissolve may be from the blend, of 255, in the mean over any square of so many pixels:
# the encoder's loss was 7 at most, from 480p to 1080p; a word too many or too few is 80 and more.
_LOSS, _SQUARE = 12.0, 16
# How alike the film's sound and its clip's are at least, of 1: it is coded once more.
_ALIKE = 0.9
# A picture whose brightness varies by less than this, of 255, shows nothing.
_BARE = 8


def check_lecture(dist: Dist, manifest: Mapping[str, Any]) -> Iterator[str]:
    """One line for each way in which lecture.mp4 and what belongs to it are not the clips."""
    names = joined_clips(manifest)
    if names != manifest["lecture"].get("clips"):
        yield f"clips: expected {', '.join(names)}, found {manifest['lecture'].get('clips')}"
    for path in (*FILES, *([SCRIPT] if SCRIPT in manifest["lecture"]["files"] else [])):
        yield from check_entry(dist, path, manifest)
    try:
        parts = lecture_parts(dist, names)
        yield from _check_film(dist, parts)
        yield from _check_words(dist, parts)
        yield from _check_sound(dist, parts)
    except (EvidenceError, JoinError, MediaError, SoundError) as error:
        yield str(error)


def _check_film(dist: Dist, parts: list[Part]) -> Iterator[str]:
    film = dist.root / FILES[0]
    facts, first = video_facts(film), parts[0].evidence
    expected_and_found = {
        "codec": ("h264 yuv420p", f"{facts.codec} {facts.pixel_format}"),
        "size": (f"{first.width}×{first.height}", f"{facts.width}×{facts.height}"),
        "frames a second": (first.fps, facts.fps),
        "frames": (parts[-1].over, facts.frames),
        "colour tags": (TAGS, facts.tags),
        "index": ("moov first", "moov first" if facts.moov_first else "moov after mdat"),
        "chapters": (chapters(parts), chapters_of(film)),
    }
    for what, (expected, found) in expected_and_found.items():
        if expected != found:
            yield f"{what}: expected {expected}, found {found}"
    if encoding(film) != encoding(parts[0].video):
        yield "encoding: expected that of the clips, found another"
    wrong = _moved_or_changed(film, parts)
    if wrong is not None:
        yield f"pictures: expected those of the clips, found another as number {wrong}"
    else:  # a dissolve is between pictures that are known
        for one, other in pairwise(parts):
            yield from _check_dissolve(film, one, other)


def _moved_or_changed(film: Path, parts: list[Part]) -> int | None:
    """The number of the first stored picture that is not its clip's, at its time; None if all are.

    Those between two clips are not the clips'.
    """
    found = enumerate(stored_pictures(film))
    fps = Fraction(parts[0].evidence.fps).limit_denominator(1001)
    for part in parts:
        own = islice(found, part.evidence.frames)
        for expected in stored_pictures(part.video):
            number, picture = next(own, (part.over, None))
            if picture != expected.later(part.first / fps):
                return number
        for _ in islice(found, part.onward - part.over):
            pass
    return None


def _check_dissolve(film: Path, one: Part, other: Part) -> Iterator[str]:
    """Between two clips their ends, which are not bare, become each other."""
    where = f"from {one.name} to {other.name}"
    shown = range(one.over - 1, other.first + 1)
    before, *found, after = (frame.to_ndarray() for _, frame in frames_at(film, shown))
    for name, end in ((f"{one.name} ends", before), (f"{other.name} begins", after)):
        light = end[: one.evidence.height]  # above the colours
        if int(light.max()) - int(light.min()) < _BARE:
            yield f"{where}: expected something to be seen, found that {name} with nothing"
    for i, expected in enumerate(dissolve(before, after, len(found))):
        if (off := _off(expected, found[i])) > _LOSS:
            yield (
                f"{where}: expected a dissolve, found a picture as number {one.over + i}"
                f" that is off by {off:.0f} of 255"
            )
            return


def _off(expected: np.ndarray, found: np.ndarray) -> float:
    """How far two pictures of bytes are apart in the square where they are so most."""
    apart = np.abs(expected.astype(float) - found)
    high, wide = (size // _SQUARE for size in apart.shape)
    squares = apart[: high * _SQUARE, : wide * _SQUARE].reshape(high, _SQUARE, wide, _SQUARE)
    return float(squares.mean(axis=(1, 3)).max())


def _check_words(dist: Dist, parts: list[Part]) -> Iterator[str]:
    film, vtt, told = (dist.root / path for path in FILES)
    expected = lecture_captions(parts)
    if subtitles(film) != expected:
        yield "subtitles: expected the captions of the clips, found others"
    try:
        if from_vtt(vtt.read_text(encoding="utf-8")) != expected:
            yield f"{vtt.name}: expected the captions of the clips, found others"
        if told.read_text(encoding="utf-8") != transcript(parts):
            yield f"{told.name}: expected what the beats say, found something else"
    except (CaptionError, OSError, UnicodeDecodeError) as error:
        yield f"{vtt.name}, {told.name}: expected text, found {error}"


def _check_sound(dist: Dist, parts: list[Part]) -> Iterator[str]:
    """The film sounds as the clips do, and nowhere earlier or later."""
    expected, found = lecture_sound(parts), read_sound(dist.root / FILES[0])
    if expected is None:
        if len(found):
            yield "sound: expected none, since nothing is said, found a track"
        return
    for part in parts:
        if part.evidence.phrases and (failure := _drifted(part, expected, found)):
            yield failure
    yield from check_loudness(found)
    try:
        if (dist.root / SCRIPT).read_text(encoding="utf-8") != script(parts):
            yield f"{SCRIPT}: expected what is said, found something else"
    except (OSError, UnicodeDecodeError) as error:
        yield f"{SCRIPT}: expected text, found {error}"


def _drifted(part: Part, expected: Samples, found: Samples) -> str:
    """How a clip's last phrase is heard elsewhere in the film, or is another; "" if it is not."""
    first, past = (
        round((part.begins + at) * RATE)
        for at in (part.evidence.phrases[-1].t0, part.evidence.phrases[-1].t1)
    )
    before = max(0, first - RATE // 2)
    at, alike = place_of(expected[first:past], found[before : past + RATE // 2])
    if alike < _ALIKE:
        return f"{part.name}: expected its sound in the film, found another"
    late = at - (first - before) / RATE
    if abs(late) > MOST_APART:
        return f"{part.name}: expected its last phrase in time, heard it {late:+.3f} s off"
    return ""
