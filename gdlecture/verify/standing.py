"""The claims of a clip in time and place: when each stands, beside which others, and where."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.axes import Axes, axis_lines, read_axes
from gdlecture.verify.brief import circle
from gdlecture.verify.claims import Claim, Seen
from gdlecture.verify.crowds import one_by_one
from gdlecture.verify.evidence import Evidence, Mark
from gdlecture.verify.levels import level_ink
from gdlecture.verify.patches import Patch, boxed, painted
from gdlecture.verify.plane import patch_of
from gdlecture.verify.record import Record
from gdlecture.verify.scenery import HALO as WIDEST_HALO
from gdlecture.verify.shapes import ClaimError, Plate, Shape, shape_of
from gdlecture.verify.source import FactError
from gdlecture.verify.space_ink import patch_in_space
from gdlecture.verify.space_lines import place_in
from gdlecture.verify.text import stencil_of
from gdlecture.verify.typeset import TypesetError
from gdlecture.verify.view import View
from gdlecture.verify.watch import Watched, watched

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

TICK = 1 / 15
"""Seconds: what is elsewhere after them moves, and may hide meanwhile what stands."""

AREAS = {"map", "surface", "region", "axes", "space", "level", "scenery"}
"""Kinds whose ink lies beneath the other's, and does not hide it."""

HALO = "halo"
"""Scenery that hides what is behind it, but for the dot in its middle."""

BEFORE = {"person", "tag"}
"""Scenery that does hide what is behind it."""

ARROW = 0.013
"""Half as wide as the heads and ticks of axes are, as a share of the picture's height."""

HALF = 0.5
"""Pixels covered more than so by a glyph are its ink."""

AROUND = 1.5
"""So far (px) around its own place ink may colour a picture."""


@dataclass(eq=False)
class Standing:
    """A claim while it is proved: its frames first ≤ n < past, its shape, where its ink may be.

    `found` has what was seen of it: in which frame, whether all stood still then, what.
    """

    claim: Claim
    first: int
    past: int
    shape: Shape | None = None
    patch: Patch | None = None
    watched: Watched | None = None
    found: list[tuple[int, bool, Seen]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The claim's kind."""
        return self.claim.kind

    @property
    def is_glimpse(self) -> bool:
        """Whether it was seen on its way, in one frame."""
        return self.past - self.first == 1

    @property
    def counted(self) -> list[tuple[int, Seen]]:
        """What was seen of it that counts, with the frame: a miss amid moving things does not.

        What was covered while all stood is not found wanting where something moves over it; but
        what never stood alone counts if it was missed wherever it was looked for.
        """
        looked = [each for each in self.found if each[2].looked]
        stood = any(still for _, still, _ in self.found)
        missed = not stood and all(seen.failure for *_, seen in looked)
        counts = [still or missed or not seen.failure for _, still, seen in looked]
        return [(index, seen) for (index, _, seen), ok in zip(looked, counts, strict=True) if ok]

    @property
    def lies_beneath(self) -> bool:
        """Whether its ink lies beneath the other's."""
        return self.kind in AREAS and self.claim.what not in BEFORE

    def stands_at(self, index: int) -> bool:
        """Whether it stands in a frame."""
        return self.first <= index < self.past

    def meets(self, other: Standing) -> bool:
        """Whether both stand in some frame."""
        return self.first < other.past and other.first < self.past

    @property
    def colours(self) -> set[str]:
        """The colours of its lines and areas."""
        styles = () if self.shape is None else self.shape.styles
        return {colour for style in styles for colour in style.colours}


class Cast:
    """All claims of a clip, placed; `size` is the picture's (height, width)."""

    def __init__(self, evidence: Evidence, record: Record) -> None:
        self.evidence, self.record = evidence, record
        self.size = (evidence.height, evidence.width)
        fps = evidence.fps
        self._spaces = {claim.scale for claim in evidence.claims if claim.kind == "space"}
        self.all = [
            Standing(claim, round(claim.t0 * fps), round(claim.t1 * fps))
            for claim in one_by_one(evidence.claims, record, self._spaces)
        ]
        # Between two turns the same claims stand.
        self._turns = sorted({turn for one in self.all for turn in (one.first, one.past)})
        self._between: dict[int, list[Standing]] = {}
        self._ink: tuple[int, NDArray[np.uint8]] | None = None
        self._axes: dict[str, list[tuple[Standing, Axes]]] = defaultdict(list)
        self._discs = [
            (round(mark.t0 * fps), round(mark.t1 * fps), disc(mark, self.size))
            for mark in evidence.marks
        ]

    def standing(self, index: int) -> list[Standing]:
        """The claims that stand in a frame."""
        turn = bisect_right(self._turns, index)
        if turn not in self._between:
            self._between[turn] = [one for one in self.all if one.stands_at(index)]
        return self._between[turn]

    def beside(self, one: Standing, kind: str) -> Iterator[Standing]:
        """The claims of a kind that stand in some frame together with one."""
        return (other for other in self.all if other.kind == kind and other.meets(one))

    # Places

    def read_scale(self, one: Standing) -> None:
        """Read a pair of axes, so that others can be placed in it.

        Raises:
            ScaleError: it cannot be read.
        """
        self._axes[one.claim.scale or ""].append((one, read_axes(one.claim)))

    def axes(self, one: Standing) -> Axes:
        """The axes that a claim is measured in.

        Raises:
            ClaimError: there are none that stand when it does.
        """
        for scale, axes in self._axes.get(one.claim.scale or "", ()):
            if scale.meets(one):
                return axes
        raise ClaimError(f"expected axes {one.claim.scale!r} that stand with it, found none")

    def place(self, one: Standing) -> None:
        """Find where the ink of a claim in the plane must be.

        Raises:
            ClaimError: what is kept of it as drawn is not where its values are.
            FactError: its values cannot be taken again.
        """
        claim = one.claim
        if claim.kind == "word":
            one.patch = boxed(claim.told["box"], self.size, 2.0)
        elif claim.kind == "map" or claim.is_mark:
            one.patch = boxed(claim.told["box"], self.size, 2.5)
        elif claim.kind == "axes":
            one.patch = painted(
                axis_lines(claim, self.evidence.stature),
                self.size,
                more=ARROW * self.evidence.stature,
            )
        elif claim.kind == "level" and not self.is_in_space(one):
            mask = level_ink(claim, self.axes(one), self.record, self.size)
            one.patch = Patch(0, 0, mask)
        elif claim.kind != "space" and not self.is_in_space(one):
            if claim.scale is None and claim.kind != "scenery":
                raise ClaimError("expected the axes that it is measured in, found none")
            axes = None if claim.scale is None else self.axes(one)
            one.shape = shape_of(claim, Plate(axes, self.record, self.evidence.stature))
            one.patch = patch_of(one.shape, self.size, AROUND)
        one.watched = self._watched(one)

    def _watched(self, one: Standing) -> Watched | None:
        """The pixels by which one sees that a claim's ink changes."""
        if one.kind == "word":
            try:
                held = stencil_of(one.claim)
            except TypesetError:  # told when it is looked for
                return None
            return watched(Patch(held.top, held.left, held.cover > HALF))
        if one.kind == "axes":
            thin = painted(axis_lines(one.claim, self.evidence.stature), self.size, more=1.0)
            return None if thin is None else watched(thin)
        if one.kind == "map" and one.patch is not None:
            mask = np.zeros_like(one.patch.mask)
            mask[::3, ::3] = True
            return watched(Patch(one.patch.top, one.patch.left, mask))
        return None if one.patch is None else watched(one.patch)

    def is_in_space(self, one: Standing) -> bool:
        """Whether a claim is measured in a space; words are upright, wherever they belong."""
        return one.kind != "word" and one.claim.scale in self._spaces

    def scales_at(self, index: int) -> dict[str, Claim]:
        """The spaces that stand in a frame, by name."""
        return {
            one.claim.scale or "": one.claim for one in self.standing(index) if one.kind == "space"
        }

    def patch_at(self, one: Standing, index: int) -> Patch | None:
        """Where a claim's ink may be in a frame; in a space, as that is seen then."""
        if not self.is_in_space(one):
            return one.patch
        scale = self.scales_at(index).get(one.claim.scale or "")
        if scale is None:
            return None
        try:
            return patch_in_space(one.claim, scale, self.record, self.size)
        except (ClaimError, FactError):  # told when it is looked for
            return None

    # Ink

    def ink_at(self, index: int) -> NDArray[np.uint8]:
        """How many claims' ink may be at each pixel in a frame; not to be changed."""
        if self._ink and self._ink[0] == index:
            return self._ink[1]
        count = np.zeros(self.size, dtype=np.uint8)
        for one in self.standing(index):
            own = None if one.lies_beneath else self.patch_at(one, index)
            if own:
                count[own.window] += own.mask
        for patch in self.discs_at(index):
            count[patch.window] += patch.mask
        self._ink = index, count
        return count

    def marks_at(self, index: int) -> list[Mark]:
        """The dots of current iterates that stand in a frame."""
        fps = self.evidence.fps
        return [
            mark
            for mark in self.evidence.marks
            if round(mark.t0 * fps) <= index < round(mark.t1 * fps)
        ]

    def dots_at(self, index: int) -> dict[str, set[int]]:
        """The iterates of each walk on which a dot stands in a frame."""
        found: dict[str, set[int]] = defaultdict(set)
        for mark in self.marks_at(index):
            found[mark.walk].add(mark.k)
        return found

    def spots_at(self, index: int) -> dict[str, list[tuple[float, ...]]]:
        """The points of the data that dots mark in a frame, by the scale that they are seen in."""
        found: dict[str, list[tuple[float, ...]]] = defaultdict(list)
        for mark in self.marks_at(index):
            found[mark.scale or ""].append(mark.point)
        return found

    def dot_colours_at(self, index: int) -> dict[str, str]:
        """The colour of each walk's dots in a frame."""
        return {mark.walk: mark.color for mark in self.marks_at(index)}

    def expected_pixel(self, mark: Mark) -> Array:
        """Where a dot must be by the scale that it is seen in: by the ticks, or the view.

        Raises:
            ClaimError: it is in none, or not on the iterate that it claims.
            FactError: its place cannot be taken again.
        """
        of = [fact["of"] for fact in mark.place if fact and "k" in fact["of"]]
        if not of or any((told["walk"], told["k"]) != (mark.walk, mark.k) for told in of):
            raise ClaimError(f"expected a place of iterate {mark.k} of {mark.walk!r}, found {of}")
        scales = [
            one
            for one in self.all
            if one.claim.scale == mark.scale and one.kind in {"axes", "space"}
            and one.claim.t0 < mark.t1 and mark.t0 < one.claim.t1
        ]  # fmt: skip
        if scales and scales[0].kind == "axes":
            return self.axes(scales[0]).to_px(self.record.place(mark.place))
        if scales:
            # A view may stand a little later, or not as long: the dot is where it was all the same.
            view = View(scales[0].claim.told)
            return view.seen(place_in(mark.place, view, self.record)[None])[0][0]
        raise ClaimError("expected a scale that it is seen in, found none")

    def pixel_of(self, claim: Claim, at: Sequence[float], standing: Iterable[Claim]) -> Array:
        """Where a point (2,) of a map or a floor is that a claim lies on.

        Raises:
            ClaimError: there are no axes.
        """
        for scale in standing:
            if scale.kind == "space" and scale.scale == claim.scale:
                view = View(scale.told)
                return view.seen(np.array([[*at, view.low[2]]]))[0][0]
        one = next(one for one in self.all if one.claim is claim)
        return self.axes(one).to_px(np.array(at))

    def discs_at(self, index: int) -> Iterator[Patch]:
        """Where the discs of current iterates may be in a frame."""
        for first, past, patch in self._discs:
            if patch and first <= index < past:
                yield patch

    def others(self, one: Standing, ink: NDArray[np.uint8]) -> Mask:
        """Where ink of other claims may be, of all the `ink` in a frame."""
        return foreign_to(None if one.lies_beneath else one.patch, ink)

    def unlike(self, one: Standing, index: int) -> Mask:
        """Where in a frame ink of other colours than a claim's may be.

        On its way a halo has a dot within, which claims no iterate there.
        """
        foreign = np.zeros(self.size, dtype=bool)
        if one.claim.what == HALO and one.is_glimpse and one.shape is not None:
            (line,) = one.shape.lines
            middle = line[:-1].mean(axis=0)
            dot = painted([middle + (line - middle) / WIDEST_HALO], self.size, filled=True)
            if dot is not None:
                foreign[dot.window] |= dot.mask
        for other in self.standing(index):
            if other is one or other.lies_beneath or other.colours == one.colours:
                continue
            patch = self.patch_at(other, index)
            if patch:
                foreign[patch.window] |= patch.mask
        for patch in self.discs_at(index):
            foreign[patch.window] |= patch.mask
        return foreign

    def halos_beside(self, one: Standing, index: int) -> Mask:
        """Where in a frame halos hide a claim's lines: but a dot's own, which is around it."""
        hidden = np.zeros(self.size, dtype=bool)
        has_lines = one.shape is not None and any(style.stroke for style in one.shape.styles)
        for halo in self.standing(index) if has_lines else ():
            if halo.claim.what != HALO or halo.patch is None:
                continue
            if not (one.kind == "point" and _have_one_middle(halo, one)):
                hidden[halo.patch.window] |= halo.patch.mask
        return hidden

    def halos_at(self, index: int) -> Mask:
        """Where in a frame halos hide the map, and its lines, that they lie on."""
        hidden = np.zeros(self.size, dtype=bool)
        for halo in self.standing(index):
            if halo.claim.what == HALO and halo.patch:
                hidden[halo.patch.window] |= halo.patch.mask
        return hidden

    # Time

    @cached_property
    def still(self) -> list[tuple[int, int]]:
        """The stretches of frames [first, past) in which all stands."""
        fps = self.evidence.fps
        return [(round(first * fps), round(past * fps)) for first, past in self.evidence.still]

    def stretch_of(self, index: int) -> tuple[int, int] | None:
        """The stretch of frames in which all stands that a frame is in."""
        return next((part for part in self.still if part[0] <= index < part[1]), None)

    def is_still(self, index: int) -> bool:
        """Whether all stands in a frame."""
        return self.stretch_of(index) is not None

    def frames_for(self, one: Standing) -> tuple[int, ...]:
        """Frames in which a claim is looked for: where all stands still, if it does meanwhile."""
        last = min(one.past, self.evidence.frames) - 1
        still = [
            (max(first, one.first), min(past, last + 1))
            for first, past in self.still
            if max(first, one.first) < min(past, last + 1)
        ]
        turning = self._views_of(one)
        if not still:
            return tuple(sorted({self._fullest(one.first, last), last, *turning}))
        # Early, too, so that what is proved can be watched from there on.
        early = one.first + max(1, round(TICK * self.evidence.fps))
        return tuple(sorted({min(early, last), still[0][0], still[-1][1] - 1, *turning}))

    def _views_of(self, one: Standing) -> set[int]:
        """Frames in which a surface is seen from a camera that moves past it."""
        if one.kind != "surface":
            return set()
        return {view.first for view in self.beside(one, "space") if self._passes(view, one)}

    def _passes(self, view: Standing, one: Standing) -> bool:
        return view.is_glimpse and view.claim.scale == one.claim.scale and one.stands_at(view.first)

    def is_sure(self, one: Standing, index: int) -> bool:
        """Whether what is seen of a claim counts: all stands in a frame, or the camera moves."""
        return self.is_still(index) or index in self._views_of(one)

    def is_passed(self, one: Standing, index: int) -> bool:
        """Whether a camera moves past a claim that stands, and not just past one space's surface.

        What else stands in it may fade then, and another space may lie over it.
        """
        views = [view for view in self.standing(index) if view.kind == "space"]
        own = any(view.is_glimpse and view.claim.scale == one.claim.scale for view in views)
        return own and not one.is_glimpse and (one.kind != "surface" or len(views) > 1)

    def _fullest(self, first: int, last: int) -> int:
        """The middle of that stretch of frames first … last in which most claims and dots stand."""
        if first == last:
            return first
        dots = [(one_first, past) for one_first, past, _ in self._discs]
        turns = [*self._turns, *(turn for dot in dots for turn in dot)]
        cuts = sorted({first, last + 1, *(turn for turn in turns if first < turn <= last)})

        def stands(part: tuple[int, int]) -> tuple[int, int]:
            index = part[0]
            lit = sum(begun <= index < past for begun, past in dots)
            return len(self.standing(index)) + lit, part[1] - part[0]

        fullest = max(pairwise(cuts), key=stands)
        return sum(fullest) // 2

    def pauses(self, every: float = 1.5) -> set[int]:
        """Frames in which all ink is held against the claims: the ends of stretches, and between.

        `every` is in seconds.
        """
        gap = max(1, round(every * self.evidence.fps))
        frames: set[int] = set()
        for first, past in self.still:
            last = min(past, self.evidence.frames) - 1
            if last - first >= 1:  # two at least: what shows in one picture only may be noise
                frames |= {last, (first + last) // 2, *range(first + gap, last, gap)}
        return frames


def _have_one_middle(one: Standing, other: Standing) -> bool:
    """Whether the patches of two claims have the same middle, to a pixel or two."""
    if one.patch is None or other.patch is None:
        return False
    (rows, columns), (down, across) = one.patch.window, other.patch.window
    off = (rows.start + rows.stop - down.start - down.stop,
           columns.start + columns.stop - across.start - across.stop)  # fmt: skip
    return max(map(abs, off)) <= 2 * AROUND


def foreign_to(own: Patch | None, ink: NDArray[np.uint8]) -> Mask:
    """Where other ink may be than one's own, of all the `ink` in a frame."""
    foreign = np.asarray(ink > 0)
    if own:
        foreign[own.window] = (ink[own.window] - own.mask) > 0
    return foreign


def disc(mark: Mark, size: tuple[int, int]) -> Patch | None:
    """Where a mark's disc may be."""
    return painted([circle(mark.pixel, mark.radius)], size, filled=True, more=AROUND)
