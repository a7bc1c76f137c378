"""Some of the pixels of a picture, in rows and columns, and what is done with such pictures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

KERNEL = (1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16)


@dataclass(frozen=True, eq=False)
class Raster:
    """The pixels where `rows` (m,) and `columns` (n,) of a picture of a `size` cross."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    size: tuple[int, int]

    @classmethod
    def within(
        cls, box: Sequence[float], size: tuple[int, int], most: tuple[int, int], edge: float = 2.0
    ) -> Raster:
        """Evenly spaced pixels, about `most` across and up, in a box, and `edge` px off its edges.

        `box` is left, top, right and bottom in px, `size` the picture's height and width.

        Raises:
            ValueError: there are fewer than 3 × 3.
        """
        left, top, right, bottom = (float(v) for v in box)
        columns = _within(left + edge, right - edge, size[1], most[0])
        rows = _within(top + edge, bottom - edge, size[0], most[1])
        if min(len(rows), len(columns)) < 3:
            raise ValueError(f"expected a box of many pixels in the picture, found {list(box)}")
        return cls(rows, columns, size)

    @cached_property
    def places(self) -> Array:
        """The middles of the pixels, px right and down (m, n, 2)."""
        return np.stack(np.meshgrid(self.columns + 0.5, self.rows + 0.5), axis=-1)

    @property
    def stride(self) -> tuple[int, int]:
        """The px from row to row, and from column to column."""
        return int(self.rows[1] - self.rows[0]), int(self.columns[1] - self.columns[0])

    def cut(self, image: NDArray[Any]) -> NDArray[Any]:
        """The pixels of a picture (height, width, …) that it has: (m, n, …)."""
        return image[np.ix_(self.rows, self.columns)]


def _within(low: float, high: float, size: int, most: int) -> NDArray[np.int64]:
    first, past = max(0, math.ceil(low - 0.5)), min(size, math.floor(high - 0.5) + 1)
    return np.arange(first, past, max(1, math.ceil((past - first) / most)))


def between(image: Array, row: Array, column: Array) -> Array:
    """The colours (…, 3) of an image at rows and columns that are no whole numbers."""
    row = np.clip(row, 0, image.shape[0] - 1)
    column = np.clip(column, 0, image.shape[1] - 1)
    top = np.minimum(row.astype(int), image.shape[0] - 2)
    left = np.minimum(column.astype(int), image.shape[1] - 2)
    down, right = (row - top)[..., None], (column - left)[..., None]
    upper = image[top, left] * (1 - right) + image[top, left + 1] * right
    lower = image[top + 1, left] * (1 - right) + image[top + 1, left + 1] * right
    return np.asarray(upper * (1 - down) + lower * down)


def as_encoded(image: Array) -> Array:
    """An image (m, n, 3), 0…255, as a video has it: with less lightness and half the colours.

    The roundings on that way are most of the difference between what is drawn and what is seen.
    """
    rows, columns = image.shape[:2]
    even = np.pad(image, ((0, rows % 2), (0, columns % 2), (0, 0)), mode="edge")
    whole = np.ascontiguousarray(np.rint(np.clip(even, 0, 255)).astype(np.uint8))
    frame = av.VideoFrame.from_ndarray(whole, format="rgb24").reformat(format="yuv420p")
    return frame.to_ndarray(format="rgb24")[:rows, :columns].astype(float)


def blurred(image: Array) -> Array:
    """An image (m, n, …) with each pixel the mean of those within two of it, near ones more so."""
    for axis in (0, 1):
        room = [(2, 2) if axis == a else (0, 0) for a in range(image.ndim)]
        padded = np.moveaxis(np.pad(image, room, mode="edge"), axis, 0)
        count = image.shape[axis]
        mean = sum(share * padded[i : i + count] for i, share in enumerate(KERNEL))
        image = np.moveaxis(np.asarray(mean), 0, axis)
    return image


def averaged(image: Array, known: Mask, reach: int) -> Array:
    """The mean of the known pixels within `reach` rows and columns of each pixel (m, n)."""
    whole = _summed(np.where(known, image, 0.0), reach)
    return np.asarray(whole / np.maximum(_summed(known.astype(float), reach), 0.5))


def _summed(image: Array, reach: int) -> Array:
    """The sums over squares of 2 reach + 1 pixels around each pixel (m, n)."""
    for axis in (0, 1):
        room = [(reach + 1, reach) if axis == a else (0, 0) for a in (0, 1)]
        total = np.moveaxis(np.cumsum(np.pad(image, room), axis=axis), axis, 0)
        image = np.moveaxis(total[2 * reach + 1 :] - total[: -2 * reach - 1], 0, axis)
    return image


def grown(mask: Mask, reach: int) -> Mask:
    """A mask and the pixels within `reach` rows and columns of it."""
    for axis in (0, 1):
        room = [(reach, reach) if axis == a else (0, 0) for a in (0, 1)]
        padded = np.moveaxis(np.pad(mask, room), axis, 0)
        near = [padded[i : i + mask.shape[axis]] for i in range(2 * reach + 1)]
        mask = np.moveaxis(np.logical_or.reduce(near), 0, axis)
    return mask
