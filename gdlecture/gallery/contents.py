"""What the gallery tells, gathered from a folder of finished clips; nothing here is markup."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from gdlecture import catalogue
from gdlecture.dist import Dist, DistError
from gdlecture.media.joining import FILES, SCRIPT, Part
from gdlecture.report.proofs import Proved, read_proof
from gdlecture.verify.evidence import Evidence, WalkRecord, read_evidence
from gdmath import Ending, Verdict
from gdstage.walks.fates import fate

MANY = 8
"""The most walks whose table is shown at once; a longer one is folded under a summary."""

PRODUCTS = {
    "explorer.html": "Explorer",
    "deck.html": "Slides",
    "deck.pptx": "Slides for PowerPoint",
    "handout.pdf": "Handout",
}
"""What else may be made of the clips, and is linked to when it is there."""

KINDS = {
    ".mp4": "Video (MP4)",
    ".webm": "Video (WebM)",
    ".gif": "Animation (GIF)",
    ".srt": "Captions (SRT)",
    ".vtt": "Captions (VTT)",
    ".png": "Poster",
    ".json": "Evidence",
    ".md": "Transcript",
    SCRIPT: "Script",
}


@dataclass(frozen=True)
class Download:
    """A file that can be kept: its address from the page, what it is, and its size in bytes."""

    url: str
    kind: str
    size: int


@dataclass(frozen=True)
class Walk:
    """A walk, and how it ended in words, with the names of a sign and of a colour."""

    record: WalkRecord
    ended: str
    sign: str
    colour: str

    @classmethod
    def of(cls, record: WalkRecord) -> Walk:
        """The walk with its verdict put into words; one that is not known stays as it is."""
        try:
            told = fate(
                Verdict[record.verdict], Ending.of(record.ending),
                k=record.stopped_at, dimension=len(record.variables),
            )  # fmt: skip
        except (KeyError, TypeError, ValueError):
            return cls(record, record.verdict.replace("_", " ").lower(), "dash", "label")
        return cls(record, Verdict[record.verdict].value, told.sign, told.tone)


@dataclass(frozen=True)
class Card:
    """All that the page tells of one clip; `number` is its place in the page, from 1.

    `proof` is what `lecture verify` found of this very clip, None before it did.
    """

    part: Part
    number: int
    description: str
    downloads: tuple[Download, ...]
    proof: Proved | None = None

    @property
    def name(self) -> str:
        """The clip's name."""
        return self.part.name

    @property
    def title(self) -> str:
        """What it is called, here and in the lecture's chapters."""
        return self.part.title

    @property
    def evidence(self) -> Evidence:
        """Its beats, walks, size and length."""
        return self.part.evidence

    @property
    def suffix(self) -> str:
        """What its video is: .mp4, .webm or .gif."""
        return self.part.video.suffix

    @property
    def anchor(self) -> str:
        """The id of its place in the page; no space is in it."""
        return f"clip-{quote(self.name)}"

    def url(self, suffix: str) -> str:
        """The address of one of its files, from the page."""
        return quote(f"clips/{self.name}{suffix}")

    @property
    def poster_text(self) -> str:
        """What the poster says: the caption of its time."""
        at = self.evidence.poster_frame / self.evidence.fps
        shown = [beat.text for beat in self.evidence.beats if beat.t0 <= at + 1e-6]
        return shown[-1] if shown else self.title

    @property
    def cues(self) -> str:
        """What is said, as JSON of seconds and texts; "" where nobody speaks."""
        told = [[phrase.t0, phrase.t1, phrase.text] for phrase in self.evidence.phrases]
        return json.dumps(told, ensure_ascii=False) if told else ""

    @property
    def functions(self) -> list[tuple[WalkRecord, list[Walk]]]:
        """Its walks, those after each other on one function together, under the first of them."""
        groups = groupby(
            self.evidence.walks.values(), lambda walk: (walk.function, tuple(walk.variables))
        )
        lists = [list(group) for _, group in groups]
        return [(group[0], [Walk.of(record) for record in group]) for group in lists]

    @property
    def is_long(self) -> bool:
        """Whether its table is folded under a summary."""
        return len(self.evidence.walks) > MANY

    @property
    def summary(self) -> str:
        """How many of its walks ended how: 12 walks: 11 converged, 1 stuck."""
        ends = Counter(Walk.of(record).ended for record in self.evidence.walks.values())
        told = ", ".join(f"{count} {end}" for end, count in ends.most_common())
        return f"{len(self.evidence.walks)} walks: {told}"


@dataclass(frozen=True)
class Film:
    """The whole lecture: which clips are its chapters, and its length in seconds."""

    chapters: tuple[Card, ...]
    duration: float
    downloads: tuple[Download, ...]


@dataclass(frozen=True)
class Contents:
    """The page's contents: clips in their order, the joined lecture if there is one."""

    cards: tuple[Card, ...]
    film: Film | None
    products: tuple[tuple[str, str], ...]

    @property
    def duration(self) -> float:
        """Seconds of all clips."""
        return sum(card.evidence.duration for card in self.cards)

    @property
    def is_proved(self) -> bool:
        """Whether any clip was verified."""
        return any(card.proof for card in self.cards)


def gather_contents(dist: Dist, manifest: Mapping[str, Any]) -> Contents:
    """Read what the page tells of the clips that a manifest names.

    Raises:
        DistError: there are no clips, or a clip's video is missing.
        EvidenceError: a clip's evidence is broken.
    """
    cards = tuple(_cards(dist, manifest))
    if not cards:
        raise DistError("there are no clips")
    chapters, film = tuple(card for card in cards if card.name in _filmed(manifest)), None
    if chapters:
        film = Film(chapters, chapters[-1].part.ends, tuple(_downloads((*FILES, SCRIPT), manifest)))
    products = tuple(item for item in PRODUCTS.items() if (dist.root / item[0]).is_file())
    return Contents(cards, film, products)


def clip_order(manifest: Mapping[str, Any]) -> list[str]:
    """Names of the clips: first those of the lecture, in its order, then the others by name."""
    named = manifest["clips"]
    ours = [name for name in catalogue.ORDER if name in named]
    return ours + sorted(set(named) - set(ours))


def _cards(dist: Dist, manifest: Mapping[str, Any]) -> Iterator[Card]:
    filmed, first, proofs = _filmed(manifest), 0, read_proof(dist, manifest)
    for number, name in enumerate(clip_order(manifest), 1):
        video = dist.video(name)
        if not video.is_file():
            raise DistError(f"{name}: its video is missing")
        evidence = read_evidence(dist.clips / f"{name}.json")
        part = Part(name, video, evidence, first)
        first = part.onward if name in filmed else first
        downloads = tuple(_downloads(dist.files_of(name), manifest))
        told = str(manifest["clips"][name].get("description", ""))
        yield Card(part, number, told, downloads, proofs.get(name))


def _filmed(manifest: Mapping[str, Any]) -> list[str]:
    return list(manifest["lecture"]["clips"]) if "lecture" in manifest else []


def _downloads(paths: Iterable[str], manifest: Mapping[str, Any]) -> Iterator[Download]:
    for path in paths:
        if path in manifest["files"]:
            size = manifest["files"][path]["size"]
            kind = KINDS.get(path) or KINDS[PurePosixPath(path).suffix]
            yield Download(quote(path), kind, size)
