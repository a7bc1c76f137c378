"""All claims of a clip, looked for in its decoded pictures, and all ink held against the claims."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdlecture.media.video import all_frames
from gdlecture.verify.axes import Axes, ScaleError, check_axes, check_marks, read_axes
from gdlecture.verify.claims import Claim, Picture, Seen
from gdlecture.verify.evidence import Evidence
from gdlecture.verify.facts import FactError
from gdlecture.verify.patches import Patch, boxed
from gdlecture.verify.plane import check_shape, patch_of
from gdlecture.verify.record import Record
from gdlecture.verify.shapes import ClaimError, Plate, Shape, shape_of

Mask = NDArray[np.bool_]

EVERY = 4
"""Of so many frames one is looked at."""

AREAS = {"map", "surface", "region", "axes", "space", "level", "scenery"}
"""Kinds whose ink lies beneath the other's, and does not hide it."""

AROUND = 1.5
"""So far (px) around its own place ink may colour a picture."""

STEADY = {"word", "curve", "polyline", "axes"}
"""Kinds that are large enough to be seen whatever moves over them: looked at all along."""

CHANGED, MUCH = 40, 0.25
"""Levels by which a pixel differs from before, and the share of pixels from which one looks anew."""

POINTS = 160


@dataclass(eq=False)
class Standing:
    """A claim while it is proved: its frames first ≤ n < past, its shape, where its ink may be."""

    claim: Claim
    first: int
    past: int
    shape: Shape | None = None
    patch: Patch | None = None
    due: tuple[int, ...] = ()
    found: list[tuple[bool, Seen]] = field(default_factory=list)
    points: tuple[NDArray[Any], NDArray[Any]] | None = None
    levels: NDArray[Any] | None = None


@dataclass
class Proof:
    """What became of a clip's claims: how many of each kind, those never seen, the errors (px)."""

    failures: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    unseen: Counter[str] = field(default_factory=Counter)
    errors: dict[str, float] = field(default_factory=dict)
    accounted: float = float("nan")


class Prover:
    """Proves the claims of one clip in one pass through its video."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence, self.record = evidence, Record(evidence)
        self.size = (evidence.height, evidence.width)
        self.proof = Proof()
        self.scales: dict[str, list[tuple[Claim, Axes]]] = defaultdict(list)
        self.standing = [self._standing(claim) for claim in evidence.claims]

    def prove(self, video: Path) -> Proof:
        """Look for every claim.

        Raises:
            MediaError: the video cannot be decoded.
        """
        self._place_all()
        due: dict[int, list[Standing]] = defaultdict(list)
        for one in self.standing:
            for index in one.due:
                due[index].append(one)
        for index, frame in enumerate(all_frames(video)):
            if index in due:
                picture = Picture(frame, index)
                ink = self._ink_at(index)
                for one in due[index]:
                    one.found.append((self._is_still(index), self._look(one, picture, ink)))
        self._conclude()
        return self.proof

    # Before the pictures

    def _standing(self, claim: Claim) -> Standing:
        fps = self.evidence.fps
        return Standing(claim, round(claim.t0 * fps), round(claim.t1 * fps))

    def _place_all(self) -> None:
        for one in self.standing:
            if one.claim.kind == "axes" and one.claim.scale:
                try:
                    self.scales[one.claim.scale].append((one.claim, read_axes(one.claim)))
                except ScaleError as error:
                    self._fail(one.claim, str(error))
        for one in self.standing:
            one.due = self._frames_for(one)
            try:
                self._place(one)
            except (ClaimError, FactError, ScaleError) as error:
                self._fail(one.claim, str(error))
            except (KeyError, IndexError, TypeError, ValueError) as error:
                self._fail(
                    one.claim, f"expected a whole claim, found {type(error).__name__} {error}"
                )

    def _place(self, one: Standing) -> None:
        claim = one.claim
        if claim.kind == "word":
            one.patch = boxed(claim.told["box"], self.size, 2.0)
        elif claim.kind == "axes":
            words = [other.claim for other in self._beside(one, "word")]
            for failure in check_axes(claim, words):
                self._fail(claim, failure)
        elif claim.kind not in {"space", "map", "level", "surface"}:
            plate = None
            if claim.scale is not None:
                plate = Plate(self._axes(one), self.record, self.size[0])
            elif claim.kind != "scenery":
                raise ClaimError("expected the axes that it is measured in, found none")
            one.shape = shape_of(claim, plate)  # type: ignore[arg-type]
            one.patch = patch_of(one.shape, self.size, AROUND)

    def _axes(self, one: Standing) -> Axes:
        for claim, axes in self.scales.get(one.claim.scale or "", ()):
            if claim.t0 <= one.claim.t1 and one.claim.t0 <= claim.t1:
                return axes
        raise ClaimError(f"expected axes {one.claim.scale!r} that stand with it, found none")

    def _beside(self, one: Standing, kind: str) -> Iterator[Standing]:
        for other in self.standing:
            if other.claim.kind == kind and other.first < one.past and one.first < other.past:
                yield other

    @cached_property
    def _still(self) -> list[tuple[int, int]]:
        fps = self.evidence.fps
        return [(round(first * fps), round(past * fps)) for first, past in self.evidence.still]

    def _is_still(self, index: int) -> bool:
        return any(first <= index < past for first, past in self._still)

    def _frames_for(self, one: Standing) -> tuple[int, ...]:
        """Frames in which a claim is looked for: where all stands still, if it does meanwhile."""
        last = min(one.past, self.evidence.frames) - 1
        still = [
            (max(first, one.first), min(past, last + 1))
            for first, past in self._still
            if max(first, one.first) < min(past, last + 1)
        ]
        if not still:
            return tuple(sorted({(one.first + last) // 2, last}))
        return tuple(sorted({still[0][1] - 1, still[-1][1] - 1}))

    # In a picture

    def _ink_at(self, index: int) -> NDArray[np.uint8]:
        """How many claims' ink may be at each pixel (height, width) in a frame."""
        count = np.zeros(self.size, dtype=np.uint8)
        for one in self.standing:
            if one.patch and one.first <= index < one.past and one.claim.kind not in AREAS:
                count[one.patch.window] += one.patch.mask
        return count

    def _look(self, one: Standing, picture: Picture, ink: NDArray[np.uint8]) -> Seen:
        claim = one.claim
        if claim.kind == "axes":
            return check_marks(claim, picture)
        if one.shape is None:
            return Seen(looked=False)
        foreign = ink > 0
        if one.patch and claim.kind not in AREAS:
            foreign[one.patch.window] = (ink[one.patch.window] - one.patch.mask) > 0
        return check_shape(one.shape, picture, foreign, self._unlike(one, picture.index))

    def _unlike(self, one: Standing, index: int) -> Mask:
        """Ink in a frame that is of other colours than a claim's: of two lines in one place."""
        foreign = np.zeros(self.size, dtype=bool)
        own = _colours(one)
        for other in self.standing:
            there = other.patch and other.first <= index < other.past and other is not one
            if there and other.patch and other.claim.kind not in AREAS and _colours(other) != own:
                foreign[other.patch.window] |= other.patch.mask
        return foreign

    # After them

    def _conclude(self) -> None:
        for one in self.standing:
            kind = one.claim.kind
            self.proof.counts[kind] += 1
            looked = [(still, seen) for still, seen in one.found if seen.looked]
            if not looked:
                self.proof.unseen[kind] += 1
                continue
            failed = [seen for still, seen in looked if seen.failure and still]
            if not failed and all(seen.failure for _, seen in looked):
                failed = [seen for _, seen in looked]
            if failed:
                self._fail(one.claim, failed[0].failure)
            errors = [seen.error for _, seen in looked if np.isfinite(seen.error)]
            self.proof.errors[kind] = max([self.proof.errors.get(kind, 0.0), *errors])

    def _fail(self, claim: Claim, failure: str) -> None:
        self.proof.failures.append(f"{claim.name}: {failure}")


def _colours(one: Standing) -> set[str]:
    if one.shape is None:
        return set()
    return {colour for style in one.shape.styles for colour in style.colours}
