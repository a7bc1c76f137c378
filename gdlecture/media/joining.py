"""The whole lecture as one video: its clips as they are, dissolves between them, a transcript."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from gdlecture import catalogue
from gdlecture.dist import Dist
from gdlecture.inputs import inputs_hash
from gdlecture.languages import common_language, three_letters
from gdlecture.media.captions import Caption, clip_captions, to_vtt
from gdlecture.media.dissolve import dissolve_frames, write_dissolve
from gdlecture.media.film import Chapter, join_mp4
from gdlecture.media.sound import RATE, Samples, SoundError, read_sound
from gdlecture.media.video import MediaError, video_facts
from gdlecture.verify.evidence import Evidence, EvidenceError, read_evidence

TITLE = "Gradient descent"
SET = "lecture"
"""The name of these files in the manifest, as a set."""

FILES = ("lecture.mp4", "lecture.vtt", "transcript.md")
SCRIPT = "script.md"
"""What is said, with times; there is none where nobody speaks."""


class JoinError(Exception):
    """The clips do not make one video; the message says why."""


@dataclass(frozen=True)
class Part:
    """A clip in the lecture, and after how many of its frames it begins."""

    name: str
    video: Path
    evidence: Evidence
    first: int

    @property
    def begins(self) -> float:
        """When it begins, in seconds of the lecture."""
        return self.first / self.evidence.fps

    @property
    def over(self) -> int:
        """After how many of the lecture's frames it has shown its last."""
        return self.first + self.evidence.frames

    @property
    def ends(self) -> float:
        """When that is, in seconds of the lecture."""
        return self.over / self.evidence.fps

    @property
    def onward(self) -> int:
        """After how many of the lecture's frames the next clip begins: a dissolve later."""
        return self.over + dissolve_frames(self.evidence.fps)

    @property
    def title(self) -> str:
        """What its chapter is called."""
        return catalogue.title_of(self.name)


@dataclass(frozen=True)
class Joined:
    """What became of joining: from how many clips, how long, and whether it was so before."""

    clips: int
    duration: float
    unchanged: bool


def join_lecture(dist: Dist) -> Joined | None:
    """Join the clips of the lecture's order that are in `dist`; None if there are none.

    What an earlier join left is removed if there is nothing to put in its place.

    Raises:
        JoinError: they differ in size, speed or format.
        DistError: there is no manifest, or nothing can be written.
        EvidenceError, MediaError: a clip is broken.
    """
    with dist.writing() as folder:
        manifest = dist.manifest()
        names = joined_clips(manifest)
        hashes = {name: _hash_of(name, manifest) for name in names}
        inputs = inputs_hash(__name__, hashes)
        if names and dist.holds_set(SET, inputs):
            return Joined(len(names), manifest[SET]["duration"], unchanged=True)
        try:
            entry = _build(dist, names, folder) if names else None
        except (JoinError, EvidenceError, MediaError):
            dist.remove_set(SET, folder)
            raise
        if entry is None:
            dist.remove_set(SET, folder)
            return None
        durations = {FILES[0]: entry["duration"]}
        dist.put_set(SET, folder, {"inputs": inputs, **entry}, durations)
        return Joined(len(names), entry["duration"], unchanged=False)


def _build(dist: Dist, names: list[str], folder: Path) -> dict[str, Any]:
    """Write the lecture's files in a folder, and give back what the manifest says of it."""
    parts = lecture_parts(dist, names)
    fps = Fraction(parts[0].evidence.fps).limit_denominator(1001)
    with tempfile.TemporaryDirectory(dir=folder) as between:
        join_mp4(
            list(_with_dissolves(parts, Path(between), fps)),
            folder / FILES[0],
            title=TITLE,
            fps=fps,
            chapters=chapters(parts),
            captions=lecture_captions(parts),
            language=three_letters(lecture_language(parts)),
            sound=lecture_sound(parts),
        )
    (folder / FILES[1]).write_text(to_vtt(lecture_captions(parts)), encoding="utf-8")
    (folder / FILES[2]).write_text(transcript(parts), encoding="utf-8")
    if is_spoken(parts):
        (folder / SCRIPT).write_text(script(parts), encoding="utf-8")
    return {"clips": names, "duration": parts[-1].ends}


def _with_dissolves(parts: list[Part], folder: Path, fps: Fraction) -> Iterator[Path]:
    """The clips' videos, and between each two the dissolve, which is made in a folder."""
    yield parts[0].video
    for one, other in pairwise(parts):
        between = folder / f"dissolve_to_{other.name}.mp4"
        write_dissolve(one.video, other.video, between, fps)
        yield from (between, other.video)


def joined_clips(manifest: Mapping[str, Any]) -> list[str]:
    """Names of the clips that make the lecture, in its order."""
    return [name for name in catalogue.ORDER if name in manifest["clips"]]


def _hash_of(name: str, manifest: Mapping[str, Any]) -> str:
    """What a clip's video and evidence are, in one word."""
    entries = (manifest["files"].get(f"clips/{name}{suffix}") for suffix in (".mp4", ".json"))
    return " ".join(entry["sha256"] for entry in entries if entry is not None)


def lecture_parts(dist: Dist, names: list[str]) -> list[Part]:
    """The clips of those names, one after the other, with room for a dissolve between them.

    Raises:
        JoinError: they differ in size, speed or format.
    """
    parts: list[Part] = []
    shapes: dict[str, str] = {}
    for name in names:
        video = dist.clips / f"{name}.mp4"
        if not video.exists():
            raise JoinError(f"not joined: {name} is no mp4")
        evidence, facts = read_evidence(video.with_suffix(".json")), video_facts(video)
        shapes.setdefault(f"{facts.width}×{facts.height} at {facts.fps:g} frames a second", name)
        parts.append(Part(name, video, evidence, parts[-1].onward if parts else 0))
    if len(shapes) > 1:
        told = ", ".join(f"{name} is {shape}" for shape, name in shapes.items())
        raise JoinError(f"not joined: {told}; render all clips at one quality")
    return parts


def chapters(parts: list[Part]) -> list[Chapter]:
    """One chapter a clip, from its own first frame on; it ends with the dissolve to the next."""
    ends = [*(part.begins for part in parts[1:]), parts[-1].ends]
    return [Chapter.of(part.begins, end, part.title) for part, end in zip(parts, ends, strict=True)]


def lecture_captions(parts: list[Part]) -> list[Caption]:
    """The captions of all clips, by the lecture's clock; a dissolve has none."""
    return [caption for part in parts for caption in clip_captions(part.evidence, part.begins)]


def is_spoken(parts: list[Part]) -> bool:
    """Whether anything is said in any of the clips."""
    return any(part.evidence.phrases for part in parts)


def lecture_sound(parts: list[Part]) -> Samples | None:
    """The sound of all clips, each from where it begins on; None if nothing is said.

    Raises:
        MediaError: a clip's sound cannot be read.
    """
    if not is_spoken(parts):
        return None
    whole = np.zeros(round(parts[-1].ends * RATE), np.float32)
    for part in parts:
        first, past = (round(at * RATE) for at in (part.begins, part.ends))
        try:
            sound = read_sound(part.video)[: past - first]
        except SoundError as error:
            raise MediaError(str(error)) from error
        whole[first : first + len(sound)] = sound
    return whole


def lecture_language(parts: list[Part]) -> str:
    """The tag of the language that is written in all clips."""
    return common_language(part.evidence.brand.language for part in parts)


def transcript(parts: list[Part]) -> str:
    """All that is said, in Markdown: a section a clip, a paragraph a beat, each with its time."""
    return "\n".join(_transcript_lines(parts))


def _transcript_lines(parts: list[Part]) -> Iterator[str]:
    yield f"# {TITLE}\n"
    for part in parts:
        yield f"## {part.title}\n"
        for beat in part.evidence.beats:
            minutes, seconds = divmod(int(part.begins + beat.t0 + 1e-6), 60)
            yield f"{minutes}:{seconds:02} **{_plain(beat.title)}.** {_plain(beat.text)}\n"


def script(parts: list[Part]) -> str:
    """All that the voice says, in Markdown: a section a clip, and each phrase with its time."""
    return "\n".join(_script_lines(parts))


def _script_lines(parts: list[Part]) -> Iterator[str]:
    yield f"# {TITLE}: what is said\n"
    for part in parts:
        yield f"## {part.title}\n"
        for number, phrase in enumerate(part.evidence.phrases, 1):
            begins, ends = (_clock(part.begins + at) for at in (phrase.t0, phrase.t1))
            yield f"{number:02} · {begins}–{ends} · {_plain(phrase.text)}\n"


def _clock(seconds: float) -> str:
    minutes, tenths = divmod(round(10 * seconds), 600)
    return f"{minutes}:{tenths / 10:04.1f}"


def _plain(text: str) -> str:
    """Text in which Markdown finds no marks of its own."""
    return "".join("\\" + sign if sign in "\\`*_[]<>#" else sign for sign in " ".join(text.split()))
