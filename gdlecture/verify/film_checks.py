"""What must hold of the joined lecture: it is its clips, nothing added, lost or moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, zip_longest
from typing import Any

from gdlecture.dist import Dist
from gdlecture.media.captions import CaptionError, from_vtt
from gdlecture.media.film import chapters_of, coded_pictures, subtitles
from gdlecture.media.joining import (
    FILES,
    JoinError,
    Part,
    chapters,
    joined_clips,
    lecture_captions,
    lecture_parts,
    transcript,
)
from gdlecture.media.video import TAGS, MediaError, video_facts
from gdlecture.verify.checks import check_entry
from gdlecture.verify.evidence import EvidenceError


def check_lecture(dist: Dist, manifest: Mapping[str, Any]) -> Iterator[str]:
    """One line for each way in which lecture.mp4 and what belongs to it are not the clips."""
    names = joined_clips(manifest)
    if names != manifest["lecture"].get("clips"):
        yield f"clips: expected {', '.join(names)}, found {manifest['lecture'].get('clips')}"
    for path in FILES:
        yield from check_entry(dist, path, manifest)
    try:
        parts = lecture_parts(dist, names)
        yield from _check_film(dist, parts)
        yield from _check_words(dist, parts)
    except (EvidenceError, JoinError, MediaError) as error:
        yield str(error)


def _check_film(dist: Dist, parts: list[Part]) -> Iterator[str]:
    film = dist.root / FILES[0]
    facts, first = video_facts(film), parts[0].evidence
    expected_and_found = {
        "codec": ("h264 yuv420p", f"{facts.codec} {facts.pixel_format}"),
        "size": (f"{first.width}×{first.height}", f"{facts.width}×{facts.height}"),
        "frames a second": (first.fps, facts.fps),
        "frames": (sum(part.evidence.frames for part in parts), facts.frames),
        "colour tags": (TAGS, facts.tags),
        "index": ("moov first", "moov first" if facts.moov_first else "moov after mdat"),
        "chapters": (chapters(parts), chapters_of(film)),
    }
    for what, (expected, found) in expected_and_found.items():
        if expected != found:
            yield f"{what}: expected {expected}, found {found}"
    stored = chain.from_iterable(coded_pictures(part.video) for part in parts)
    for i, (expected, found) in enumerate(zip_longest(stored, coded_pictures(film))):
        if expected != found:
            yield f"pictures: expected those of the clips, found another as number {i}"
            break


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
