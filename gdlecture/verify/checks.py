"""What must hold of a clip besides its walks and its dots: video, claims, beats, captions, files.

Each check yields one line a failure, which says what was expected and what was found.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, UnidentifiedImageError

from gdlecture.dist import Dist, sha256
from gdlecture.media.captions import Caption, CaptionError, clip_captions, from_srt, from_vtt
from gdlecture.media.video import TAGS, MediaError, VideoFacts, frames_at, video_facts
from gdlecture.verify.evidence import Beat, Evidence, Mark

WORDS_A_SECOND = 2.5
"""How fast an audience reads a caption."""

# A clip's times are whole multiples of this many seconds, the nearest to what is needed.
_TICK = 1 / 15
# How much a GIF's end may be off: it shows each fourth frame, at hundredths of a second.
_GIF_HASTE = 0.15
# Times are compared as numbers of frames over frames a second: equal but for rounding.
_INSTANT = 1e-6


def check_video(evidence: Evidence, facts: VideoFacts, video: Path) -> Iterator[str]:
    """The video is what the evidence is about; an mp4 plays everywhere, and starts at once."""
    if evidence.clip != video.stem:
        yield f"clip: expected {video.stem}, found {evidence.clip}"
    if video.suffix == ".gif":
        yield from _check_gif(evidence, facts)
        return
    codec = {".mp4": "h264 yuv420p", ".webm": "vp9 yuv420p"}.get(video.suffix, "none")
    expected_and_found: dict[str, tuple[object, object]] = {
        "codec": (codec, f"{facts.codec} {facts.pixel_format}"),
        "size": (f"{evidence.width}×{evidence.height}", f"{facts.width}×{facts.height}"),
        "frames a second": (evidence.fps, facts.fps),
        "frames": (evidence.frames, facts.frames),
    }
    if video.suffix == ".mp4":
        index = "moov first" if facts.moov_first else "moov after mdat"
        expected_and_found |= {"colour tags": (TAGS, facts.tags), "index": ("moov first", index)}
    for what, (expected, found) in expected_and_found.items():
        if expected != found:
            yield f"{what}: expected {expected}, found {found}"
    if abs(facts.duration - facts.frames / (facts.fps or 1)) > 0.5 / (facts.fps or 1):
        expected = f"{facts.frames / (facts.fps or 1):.6f} s"
        yield f"duration: expected {expected}, found {facts.duration:.6f} s"


def _check_gif(evidence: Evidence, facts: VideoFacts) -> Iterator[str]:
    """A GIF shows the clip small and seldom: so long, in that shape."""
    if facts.codec != "gif":
        yield f"codec: expected gif, found {facts.codec}"
    if abs(facts.width * evidence.height / evidence.width - facts.height) > 2:
        expected = f"{evidence.width}:{evidence.height}"
        yield f"size: expected the shape of {expected}, found {facts.width}×{facts.height}"
    if abs(facts.duration - evidence.duration) > _GIF_HASTE:
        yield f"duration: expected {evidence.duration:.2f} s, found {facts.duration:.2f} s"


def check_claims(evidence: Evidence) -> Iterator[str]:
    """Every mark claims an iterate that its walk has, at a time that the video has."""
    for mark in evidence.marks:
        yield from _check_claim(mark, evidence)


def _check_claim(mark: Mark, evidence: Evidence) -> Iterator[str]:
    name = mark_name(mark)
    walk = evidence.walks.get(mark.walk)
    if walk is None:
        yield f"{name}: expected a walk {mark.walk!r}, found none"
    elif mark.k > walk.stopped_at:
        yield f"{name}: expected k below {walk.stopped_at + 1}, found {mark.k}"
    elif mark.point != (expected := walk.point(mark.k)):
        yield f"{name}: point: expected {expected}, found {mark.point}"
    first, past = round(mark.t0 * evidence.fps), round(mark.t1 * evidence.fps)
    if not 0 <= first < past <= evidence.frames:
        yield f"{name}: expected frames within 0…{evidence.frames}, found {first}…{past}"


def check_beats(evidence: Evidence) -> Iterator[str]:
    """Beats follow each other from the start to the end, each long enough to be read."""
    beats = evidence.beats
    if not beats:
        yield "beats: expected one or more, found none"
        return
    seams = [
        ("the start of the video", 0.0, "its first beat", beats[0].t0),
        *(
            (f"the end of beat {a.title!r}", a.t1, "the next beat", b.t0)
            for a, b in pairwise(beats)
        ),
        ("the end of the video", evidence.duration, "the end of its last beat", beats[-1].t1),
    ]
    for where, expected, what, found in seams:
        if abs(expected - found) > _INSTANT:
            yield f"beats: expected {what} at {where}, {expected:.3f} s, found {found:.3f} s"
    for beat in beats:
        yield from _check_pace(beat)


def _check_pace(beat: Beat) -> Iterator[str]:
    needed = len(beat.text.split()) / WORDS_A_SECOND
    length = beat.t1 - beat.t0
    if length < needed - _TICK / 2 - _INSTANT:
        yield (
            f"beat {beat.title!r}: expected {needed:.2f} s to read its caption, "
            f"found {length:.2f} s"
        )


def check_captions(evidence: Evidence, video: Path) -> Iterator[str]:
    """Both caption files say what is said, or else what the beats say, at that time."""
    expected = clip_captions(evidence)
    readers: dict[str, Callable[[str], list[Caption]]] = {".srt": from_srt, ".vtt": from_vtt}
    for suffix, read in readers.items():
        path = video.with_suffix(suffix)
        try:
            found = read(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            yield f"{path.name}: expected captions, found no such file"
            continue
        except (CaptionError, OSError, UnicodeDecodeError) as error:
            yield f"{path.name}: expected captions, found {error}"
            continue
        if len(found) != len(expected):
            yield f"{path.name}: expected {len(expected)} captions, found {len(found)}"
        for wanted, caption in zip(expected, found, strict=False):
            if wanted != caption:
                yield f"{path.name}: expected {_told(wanted)}, found {_told(caption)}"


def check_poster(evidence: Evidence, video: Path) -> Iterator[str]:
    """The poster is a frame of this very video: the one that the evidence asks for, or the last."""
    path = video.with_suffix(".png")
    try:
        with Image.open(io.BytesIO(path.read_bytes())) as image:
            found = np.asarray(image.convert("RGB"))
        if video.suffix == ".gif":  # whose frames have few colours
            return
        ((_, frame),) = frames_at(video, [evidence.poster_frame])
    except FileNotFoundError:
        yield f"{path.name}: expected a poster, found no such file"
    except (UnidentifiedImageError, OSError) as error:
        yield f"{path.name}: expected a picture, found {error}"
    except MediaError as error:
        yield f"{path.name}: expected a frame of the video, found {error}"
    else:
        if not np.array_equal(found, frame.to_ndarray(format="rgb24")):
            yield f"{path.name}: expected the pixels of the video's frame, found others"


def check_files(dist: Dist, name: str, manifest: Mapping[str, Any]) -> Iterator[str]:
    """The clip's files are those that the manifest was written for."""
    for path in dist.files_of(name):
        yield from check_entry(dist, path, manifest)


def check_entry(dist: Dist, relative: str, manifest: Mapping[str, Any]) -> Iterator[str]:
    """One file is what the manifest says of it."""
    path, entry = dist.root / relative, manifest["files"].get(relative)
    if not path.is_file():
        yield f"{path.name}: expected a file, found none"
    elif entry is None:
        yield f"{path.name}: expected an entry in {dist.manifest_path.name}, found none"
    else:
        data = path.read_bytes()
        found: dict[str, Any] = {"sha256": sha256(data), "size": len(data)}
        if path.suffix == ".mp4":
            found["duration"] = _duration(path)
        for key, value in found.items():
            if entry.get(key) != value:
                yield f"{path.name}: {key}: expected {entry.get(key)}, found {value}"


def _duration(video: Path) -> float | None:
    try:
        facts = video_facts(video)
    except MediaError:
        return None
    return facts.frames / facts.fps if facts.fps else None


def mark_name(mark: Mark) -> str:
    """A mark as a failure names it."""
    return f"mark {mark.walk!r} k={mark.k} at {mark.t0:.2f} s"


def _told(caption: Caption) -> str:
    return f"{caption.start}…{caption.end} ms {caption.text!r}"
