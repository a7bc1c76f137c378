"""What became of verifying, as plain data: it can be sent between processes, and compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from gdlecture.verify import ink, text, tips
from gdlecture.verify.colours import most_moved
from gdlecture.verify.evidence import Evidence, WalkRecord
from gdlecture.verify.sighting import Sighting
from gdlecture.verify.standing import Standing

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Tally:
    """Of one kind of claim: how many there are, how many of them no picture shows uncovered.

    `worst` is the largest error (px of this video; None where none was measured) and `allowed`
    the largest that there may be.
    """

    kind: str
    count: int
    unseen: int
    worst: float | None
    allowed: float


@dataclass(frozen=True)
class Walked:
    """A walk as the evidence has it: how it ended, and how far it is from one with 50 digits.

    `certified_error` is None where there is no certificate.
    """

    name: str
    function: str
    verdict: str
    stopped_at: int
    steps: int
    certified_error: float | None


@dataclass(frozen=True)
class Shot:
    """Pictures (PNG) of what failed: as it was `found`, and the same place as `expected`.

    `frame` and `seconds` say when, `box` (left, top, right, bottom; px) where the pictures were cut
    out, `size` how large they are. Of ink that nothing accounts for, nothing is expected: None.
    """

    text: str
    frame: int
    seconds: float
    box: Box
    size: tuple[int, int]
    found: bytes
    expected: bytes | None


@dataclass(frozen=True)
class Report:
    """What became of verifying one clip, the film or the page of them all; failures are lines.

    Each says what was expected and what was found. `tallies` are of the claims by their kind, and
    of the dots of current iterates; of these `off_screen` could not be looked for. `accounted` is
    the share of ink that claims account for, None where no picture was held against them. `taught`
    has the words of titles, captions and phrases that nobody proves, for a reader to judge;
    `phrases` is how many are said.
    """

    clip: str
    failures: tuple[str, ...]
    kind: str = "clip"
    tallies: tuple[Tally, ...] = ()
    off_screen: int = 0
    accounted: float | None = None
    walks: int = 0
    beats: int = 0
    records: tuple[Walked, ...] = ()
    shots: tuple[Shot, ...] = ()
    taught: tuple[str, ...] = ()
    phrases: int = 0

    @property
    def is_true(self) -> bool:
        """Whether nothing failed."""
        return not self.failures

    @property
    def marks(self) -> int:
        """How many dots were looked for."""
        return sum(tally.count for tally in self.tallies if tally.kind == "dot")

    @property
    def unseen(self) -> int:
        """How many claims no picture shows uncovered."""
        return sum(tally.unseen for tally in self.tallies)

    @property
    def tightest(self) -> Tally | None:
        """The kind whose largest error comes nearest to what is allowed, or passes it farthest."""
        measured = [tally for tally in self.tallies if tally.worst is not None]
        return max(measured, key=lambda tally: (tally.worst or 0) / tally.allowed, default=None)

    @property
    def worst(self) -> float:
        """The error (px) that comes nearest to what is allowed."""
        return (self.tightest.worst or 0.0) if self.tightest else 0.0

    @property
    def limit(self) -> float:
        """What is allowed of that one, px."""
        return self.tightest.allowed if self.tightest else 0.0


def walked(record: WalkRecord) -> Walked:
    """What a report tells of a walk."""
    return Walked(
        record.name, record.function, record.verdict, record.stopped_at, record.steps,
        record.certified_error,
    )  # fmt: skip


def tallied(
    told: Evidence, claims: Iterable[Standing], sightings: Iterable[Sighting]
) -> Iterator[Tally]:
    """The tallies of a clip whose claims and dots were looked for, by kind, in a fixed order."""
    by_kind: dict[str, list[Standing]] = {}
    for one in claims:
        by_kind.setdefault(sort_of(one), []).append(one)
    for kind, standing in sorted(by_kind.items()):
        # What is seen on its way, in one frame, has a wider limit of its own.
        counted = [seen for one in standing if not one.is_glimpse for _, seen in one.counted]
        limits = [most_moved(one.claim) for one in standing] if kind == "map" else []
        limit = max(limits, default=allowed(kind, told.stature))
        measured = [(float(s.error), s.allowed or limit) for s in counted if np.isfinite(s.error)]
        worst, limit = max(measured, key=lambda pair: pair[0] / pair[1], default=(None, limit))
        unseen = sum(not any(seen.looked for _, _, seen in one.found) for one in standing)
        yield Tally(kind, len(standing), unseen, worst, limit)
    visible = [mark for mark in told.marks if mark.on_screen]
    if visible:
        off = [float(sighting.error) for sighting in sightings if sighting.area > 0]
        worst = max(off, default=None)
        yield Tally("dot", len(visible), 0, worst, allowed("dot", told.stature))


def sort_of(one: Standing) -> str:
    """How a claim is counted: by its kind, but a word that tells a value, a tick too, as number."""
    told = one.claim.told
    is_number = one.claim.what in {"number", "tick"} or bool(told.get("facts"))
    return "number" if one.kind == "word" and is_number else one.kind


def allowed(kind: str, height: float) -> float:
    """How far off claims of a kind may be in a picture of this height, px; maps have their own."""
    if kind in {"word", "number"}:
        return text.TOLERANCE_AT_1080 * height / 1080
    if kind == "tip":
        return max(tips.TOLERANCE_AT_1080 * height / 1080, tips.FINEST)
    return ink.tolerance(height)
