"""Where the ink of claims in a space may be, and what other ink lies beside or over one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.areas import Area, Pane, Surface
from gdlecture.verify.brief import circle
from gdlecture.verify.claims import Claim, Picture, stature
from gdlecture.verify.patches import Patch, boxed, painted
from gdlecture.verify.record import Record
from gdlecture.verify.space_lines import colour_of, lines_of, place_in
from gdlecture.verify.view import View

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

MORE_AT_1080 = 2.0
HEAD = 0.42
"""Half the breadth of an arrow's head, of its length."""

BARBS = 0.036
"""How long the small heads of many arrows are at most, as a share of the picture's height."""

COARSE = 0.012
"""As a share of the picture's height."""

HALO = 0.4
"""How far the halo of a dot reaches beyond it, of its radius."""

ALIKE = 90.0
"""Levels up to which one colour may be taken for another."""


@lru_cache(maxsize=2048)
def patch_in_space(
    claim: Claim, scale: Claim, record: Record, size: tuple[int, int], more: float | None = None
) -> Patch | None:
    """Where the ink of a claim in a space may be, and `more` px around; None if not in the frame.

    `scale` is the claim of the space as it is seen in that frame, `size` the picture's (height,
    width); 2 px at 1080p are added unless told.

    Raises:
        ClaimError: the claim is not whole.
        FactError: its values cannot be taken again.
    """
    view, told = view_of(scale), claim.told
    room = MORE_AT_1080 * stature(*size[::-1]) / 1080 if more is None else more
    if claim.kind == "space":
        return None
    if claim.kind == "word":
        return boxed(told["box"], size, room)
    if "radius" in told:
        middle, _ = view.seen(middle_of(claim, view, record))
        radius = float(told["radius"])
        # What moves is a current iterate on its way, which has a halo.
        room += HALO * radius if claim.moves else 0.0
        return painted([circle(middle, radius)], size, filled=True, more=room)
    if has_area(claim, claim.scale):
        area = area_of(claim, view, record)
        border = float(told.get("border", 0.0))
        shapes = [view.seen(shape)[0] for shape in area.outline()]
        # The outline of a surface that is cut off at a height is found from a coarser grid.
        coarse = COARSE * stature(*size[::-1]) if claim.told.get("cut") else 0.0
        return painted(shapes, size, filled=True, more=room + border / 2 + coarse)
    width = told["style"]["stroke"][2]
    lines = [_runs(view.seen(line.points)[0]) for line in lines_of(claim, view, record)]
    shafts = painted([run for runs in lines for run in runs], size, width=width, more=room)
    head = BARBS * stature(*size[::-1]) if claim.kind == "arrows" else float(told.get("head", 0.0))
    if head == 0 or shafts is None:
        return shafts
    tips = [_head(runs[-1], head) for runs in lines if runs and len(runs[-1]) > 1]
    # Barbs of a few pixels are as broad as their blur.
    return _united(shafts, painted(tips, size, filled=True, more=room + 2))


def _head(path: Array, length: float) -> Array:
    """The triangle (3, 2) of an arrow's head at the end of its path (n, 2)."""
    way = path[-1] - path[0]
    way = way / max(float(np.hypot(*way)), 1e-9)
    foot, aside = path[-1] - length * way, HEAD * length * np.array([-way[1], way[0]])
    return np.array([path[-1], foot + aside, foot - aside])


def _united(one: Patch, other: Patch | None) -> Patch:
    """Both patches as one."""
    if other is None:
        return one
    parts = [part.window for part in (one, other)]
    top, left = (min(window[k].start for window in parts) for k in (0, 1))
    bottom, right = (max(window[k].stop for window in parts) for k in (0, 1))
    mask = np.zeros((bottom - top, right - left), dtype=bool)
    for part in (one, other):
        rows, columns = part.window
        mask[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left] |= (
            part.mask
        )
    return Patch(top, left, mask)


@lru_cache(maxsize=64)
def view_of(scale: Claim) -> View:
    """How a space is seen.

    Raises:
        ClaimError: what its claim tells is no view.
    """
    return View(scale.told)


def has_area(claim: Claim, scale: str | None) -> bool:
    """Whether a claim is a surface or a pane of a space."""
    drawn = claim.kind in {"surface", "plane"} or "corners" in claim.told
    return drawn and claim.scale == scale


@lru_cache(maxsize=256)
def area_of(claim: Claim, view: View, record: Record) -> Area:
    """The surface or the pane that a claim is.

    Raises:
        ClaimError: it is not whole.
        FactError: its values cannot be taken again.
    """
    return Surface(claim, view, record) if claim.kind == "surface" else Pane(claim, view, record)


def middle_of(claim: Claim, view: View, record: Record) -> Array:
    """The place (3,) of a point, by its facts, or as drawn."""
    if "places" in claim.told:
        return place_in(claim.told["places"][0], view, record)
    return np.array(claim.told["ends"][0], dtype=float)


@dataclass(frozen=True)
class Beside:
    """All claims that stand in a picture, from the side of those in one space."""

    scale: Claim
    standing: tuple[Claim, ...]
    record: Record
    picture: Picture

    @property
    def size(self) -> tuple[int, int]:
        """The picture's height and width."""
        return self.picture.frame.height, self.picture.frame.width

    def others(self, claim: Claim) -> Mask:
        """Where other ink than areas may be (height, width)."""
        return self._without(claim, tuple(other for other in self.standing if self._is_ink(other)))

    def over(self, claim: Claim) -> Mask:
        """Where there may be words and discs: what lies over a point."""
        over = (other for other in self.standing if self._is_ink(other))
        discs = (other for other in over if other.kind == "word" or "radius" in other.told)
        return self._without(claim, tuple(discs))

    def alike(self, claim: Claim) -> Mask:
        """Where there may be lines of a colour like a claim's."""
        colour = colour_of(claim)
        lines = (other for other in self.standing if self._is_ink(other) and other.kind != "word")
        near = (o for o in lines if np.linalg.norm(colour_of(o) - colour) < ALIKE)
        return self._without(claim, tuple(other for other in near if "radius" not in other.told))

    def _is_ink(self, claim: Claim) -> bool:
        scale = self.scale.scale
        return claim.kind == "word" or (
            claim.scale == scale and claim.kind != "space" and not has_area(claim, scale)
        )

    def _without(self, claim: Claim, claims: tuple[Claim, ...]) -> Mask:
        found = _ink(self.scale, claims, self.record, self.size).copy()
        own = patch_in_space(claim, self.scale, self.record, self.size) if claim in claims else None
        if own is not None:
            found[own.window] -= own.mask
        mask = found > 0
        time = (self.picture.index + 0.5) / self.record.evidence.fps
        for mark in self.record.evidence.marks:
            if mark.t0 <= time < mark.t1:
                around = circle(mark.pixel, mark.radius)
                patch = painted([around], self.size, filled=True, more=max(2.0, HALO * mark.radius))
                if patch is not None:
                    mask[patch.window] |= patch.mask
        return np.asarray(mask) | self._passing(claim)

    def _passing(self, claim: Claim) -> Mask:
        """Where areas of other spaces move, before or behind what moves itself (height, width)."""
        mask = np.zeros(self.size, dtype=bool)
        scales = {other.scale: other for other in self.standing if other.kind == "space"}
        for other in self.standing if claim.moves else ():
            scale = scales.get(other.scale)
            if scale is not None and scale is not self.scale and has_area(other, other.scale):
                patch = patch_in_space(other, scale, self.record, self.size)
                if patch is not None:
                    mask[patch.window] |= patch.mask
        return mask


@lru_cache(maxsize=8)
def _ink(
    scale: Claim, claims: tuple[Claim, ...], record: Record, size: tuple[int, int]
) -> NDArray[np.int16]:
    """How many of some words, lines and points may have ink in each pixel."""
    found = np.zeros(size, dtype=np.int16)
    for claim in claims:
        if claim.kind == "word":
            patch = boxed(claim.told["box"], size, 2.0)
        else:
            patch = patch_in_space(claim, scale, record, size)
        if patch is not None:
            found[patch.window] += patch.mask
    return found


def _runs(path: Array) -> list[Array]:
    """The runs of a path (n, 2) that have values."""
    gaps = np.flatnonzero(~np.isfinite(path).all(axis=1))
    return [run[np.isfinite(run).all(axis=1)] for run in np.split(path, gaps)]
