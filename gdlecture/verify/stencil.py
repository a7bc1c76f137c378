"""A text as it must appear in a picture: what each glyph covers, and what other digits would.

A pixel is b + c·m: the ground b, which may slope under a glyph, the contrast c of ink to ground,
and m, what the text covers of it, 0…1. All that does not depend on the picture is computed once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.alphabets import lookalikes
from gdlecture.verify.typeset import EM, Part, Setting, mask

Cover = NDArray[np.float32]
Box = tuple[float, float, float, float]

MARGIN = 2
"""So many px around a glyph are looked at too."""

_PHASES = 8
_TOUCH = 0.02
_BLANK = "nothing"


@dataclass(frozen=True, eq=False)
class Place:
    """One glyph's window of a stencil: its rows and columns there, its `corner` in the picture.

    `all` is what the text covers of it; `others`, by their sign, what it would cover with another
    sign, or nothing, in this place. `near` are the pixels (row by row) around the glyph itself: the
    rest is where only other signs would be.
    """

    part: Part
    rows: slice
    columns: slice
    corner: tuple[int, int]
    all: Cover
    others: Mapping[str, Cover]
    near: NDArray[np.int64]

    @cached_property
    def ground(self) -> NDArray[np.float64]:
        """An orthonormal basis of level and sloping grounds, (pixels, 3)."""
        height, width = self.all.shape
        down, right = np.mgrid[0:height, 0:width]
        columns = [np.ones(self.all.size), down.ravel(), right.ravel()]
        return np.linalg.qr(np.stack(columns, axis=1).astype(float))[0]

    def above_ground(self, values: NDArray[Any]) -> NDArray[np.float64]:
        """Pictures of the window (…, height, width) without their ground, flat (…, pixels)."""
        flat = values.reshape(*values.shape[:-2], -1).astype(float)
        return np.asarray(flat - (flat @ self.ground) @ self.ground.T)

    @cached_property
    def ink(self) -> NDArray[np.float64]:
        """The text's cover above ground."""
        return self.above_ground(self.all)

    @cached_property
    def coarse(self) -> NDArray[np.float64]:
        """The cover as chroma has it, at half the resolution, above ground."""
        left, top = self.corner[0] % 2, self.corner[1] % 2
        height, width = self.all.shape
        sides = ((top, (top + height) % 2), (left, (left + width) % 2))
        padded = np.pad(self.all, sides, "edge")
        blocks = padded.reshape(padded.shape[0] // 2, 2, padded.shape[1] // 2, 2).mean(axis=(1, 3))
        whole = np.repeat(np.repeat(blocks, 2, axis=0), 2, axis=1)
        return self.above_ground(whole[top : top + height, left : left + width])

    @cached_property
    def bare(self) -> NDArray[np.int64]:
        """The pixels, counted row by row, that the text does not touch."""
        return np.flatnonzero(self.all.ravel() < _TOUCH)

    @cached_property
    def slopes(self) -> NDArray[np.float64]:
        """How the cover changes to the right and downwards, above ground, (2, pixels)."""
        down, right = np.gradient(self.all)
        return self.above_ground(np.stack([right, down]))

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """The other signs that this place is compared with."""
        return tuple(self.others)

    @cached_property
    def apart(self) -> NDArray[np.float64]:
        """The squared distance of each other cover from the true one, above ground."""
        return np.asarray((self._there**2).sum(axis=1))

    @cached_property
    def ways(self) -> NDArray[np.float64]:
        """From each other cover to the true one, above ground, divided by its length squared."""
        return np.asarray(self._there / self.apart[:, np.newaxis])

    @cached_property
    def _there(self) -> NDArray[np.float64]:
        return self.above_ground(np.stack([self.all - other for other in self.others.values()]))


@dataclass(frozen=True, eq=False)
class Stencil:
    """A text's cover of the pixels right of `left` and below `top`, and its glyphs' places."""

    left: int
    top: int
    cover: Cover
    places: tuple[Place, ...]

    def cut(self, image: NDArray[Any]) -> NDArray[Any] | None:
        """The part of an image (height, width, …) that it lies on; None if it sticks out."""
        height, width = self.cover.shape
        if self.left < 0 or self.top < 0:
            return None
        part = image[self.top : self.top + height, self.left : self.left + width]
        return part if part.shape[:2] == (height, width) else None


def misfit(setting: Setting, em: float, box: Box) -> float:
    """How much wider or higher a box is than a text of that em, px."""
    left, top, right, bottom = (em / EM * side for side in setting.box)
    return max(abs(box[2] - box[0] - right + left), abs(box[3] - box[1] - bottom + top))


def stencil(setting: Setting, em: float, box: Box) -> Stencil:
    """The stencil of a text whose em and whose box of points are known in px."""
    scale = em / EM
    parts = [replace(p, matrix=_scaled(p.matrix, scale)) for p in setting.parts]
    left, _, _, bottom = setting.box
    return _build([_moved(p, box[0] - left * scale, box[3] - bottom * scale) for p in parts])


def _build(parts: Sequence[Part]) -> Stencil:
    stamps = [_stamp(part) for part in parts]
    boxes = np.array([_reach(stamp) for stamp in stamps])
    left, top = (int(v) - 2 * MARGIN - 1 for v in boxes[:, :2].min(axis=0))
    right, bottom = (int(v) + 2 * MARGIN + 1 for v in boxes[:, 2:].max(axis=0))
    cover = np.zeros((bottom - top, right - left), dtype=np.float32)
    for stamp in stamps:
        _add(cover, stamp, left, top)
    places = [
        _place(part, stamp, cover, left, top) for part, stamp in zip(parts, stamps, strict=True)
    ]
    return Stencil(left, top, np.minimum(cover, 1), tuple(places))


def _place(part: Part, stamp: Any, cover: Cover, left: int, top: int) -> Place:
    rivals = {
        sign: _stamp(replace(part, shape=shape))
        for sign, shape in lookalikes().get(part.shape.name, {}).items()
    }
    # What only another sign would cover is looked at, too: a minus lies within a plus.
    x0, y0, x1, y1 = _around([stamp, *rivals.values()], cover.shape, left, top)
    rows, columns = slice(y0 - top, y1 - top), slice(x0 - left, x1 - left)
    everything = cover[rows, columns]
    own = np.zeros_like(everything)
    _add(own, stamp, x0, y0)
    rest = everything - own
    others = {_BLANK: np.clip(rest, 0, 1)}
    for sign, rival in rivals.items():
        other = rest.copy()
        _add(other, rival, x0, y0)
        others[sign] = np.clip(other, 0, 1)
    near = np.zeros(everything.shape, dtype=bool)
    a0, b0, a1, b1 = _around([stamp], cover.shape, left, top)
    near[b0 - y0 : b1 - y0, a0 - x0 : a1 - x0] = True
    places = np.flatnonzero(near)
    return Place(part, rows, columns, (x0, y0), np.minimum(everything, 1), others, places)


def _around(
    stamps: Sequence[Any], shape: tuple[int, ...], left: int, top: int
) -> tuple[int, int, int, int]:
    """The box (left, top, right, bottom) around some stamps that lies in a cover of a shape."""
    reach = np.array([_reach(stamp) for stamp in stamps])
    x0, y0 = (int(v) - MARGIN for v in reach[:, :2].min(axis=0))
    x1, y1 = (int(v) + MARGIN for v in reach[:, 2:].max(axis=0))
    height, width = shape
    return max(x0, left), max(y0, top), min(x1, left + width), min(y1, top + height)


def _stamp(part: Part) -> tuple[Cover, int, int]:
    a, b, c, d, x, y = part.matrix
    # Glyphs are drawn at eighths of a pixel, so that most are drawn once only.
    x, y = round(x * _PHASES) / _PHASES, round(y * _PHASES) / _PHASES
    column, row = math.floor(x), math.floor(y)
    linear = (round(a, 6), round(b, 6), round(c, 6), round(d, 6))
    cover, right, down = mask(part.shape, linear, (x - column, y - row))
    return cover, column + right, row + down


def _reach(stamp: tuple[Cover, int, int]) -> tuple[int, int, int, int]:
    cover, x, y = stamp
    return x, y, x + cover.shape[1], y + cover.shape[0]


def _add(onto: Cover, stamp: tuple[Cover, int, int], left: int, top: int) -> None:
    """Add what a stamp covers to an image that begins at (left, top)."""
    cover, x, y = stamp
    x, y = x - left, y - top
    height, width = onto.shape
    x0, y0 = max(x, 0), max(y, 0)
    x1, y1 = min(x + cover.shape[1], width), min(y + cover.shape[0], height)
    if x1 > x0 and y1 > y0:
        onto[y0:y1, x0:x1] += cover[y0 - y : y1 - y, x0 - x : x1 - x]


def _scaled(matrix: Any, scale: float) -> Any:
    return tuple(scale * v for v in matrix)


def _moved(part: Part, right: float, down: float) -> Part:
    a, b, c, d, x, y = part.matrix
    return replace(part, matrix=(a, b, c, d, x + right, y + down))
