"""Where in the picture ink may be: areas painted anew, as small masks with a place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cairo
import numpy as np
from numpy.typing import ArrayLike, NDArray

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Patch:
    """A mask (rows, columns) whose top left pixel is (top, left) of the picture."""

    top: int
    left: int
    mask: Mask

    @property
    def window(self) -> tuple[slice, slice]:
        """Its rows and columns in the picture."""
        high, wide = self.mask.shape
        return slice(self.top, self.top + high), slice(self.left, self.left + wide)


def painted(
    paths: Iterable[ArrayLike],
    size: tuple[int, int],
    *,
    width: float = 0.0,
    filled: bool = False,
    more: float = 0.0,
) -> Patch | None:
    """The pixels of lines (n, 2) of a `width`, or of the areas they bound, and `more` px around.

    `size` is the picture's (height, width); None if nothing of it is in the picture.
    """
    lines = [np.asarray(path, dtype=float) for path in paths]
    lines = [np.clip(line, -2e4, 2e4) for line in lines if len(line)]
    if not lines:
        return None
    points = np.concatenate(lines)
    edge = width / 2 + more + 2
    height, wide = size
    left, top = (max(0, math.floor(v - edge)) for v in points.min(axis=0))
    right = min(wide, math.ceil(points[:, 0].max() + edge))
    bottom = min(height, math.ceil(points[:, 1].max() + edge))
    if right <= left or bottom <= top:
        return None
    surface = cairo.ImageSurface(cairo.FORMAT_A8, right - left, bottom - top)
    context = cairo.Context(surface)
    context.translate(-left, -top)
    context.set_line_join(cairo.LINE_JOIN_ROUND)
    context.set_line_cap(cairo.LINE_CAP_ROUND)
    for line in lines:
        # Turned one way all, so that none takes away what it shares with another.
        turned = line[::-1] if filled and _area(line) < 0 else line
        context.move_to(*turned[0])
        for corner in turned[1:]:
            context.line_to(*corner)
        if filled:
            context.close_path()
    if filled:
        context.fill_preserve()
    if width > 0 or more > 0:
        context.set_line_width(max(width + 2 * more, 0.1))
        context.stroke()
    surface.flush()
    stride = surface.get_stride()
    data = np.frombuffer(surface.get_data(), np.uint8).reshape(bottom - top, stride)
    return Patch(top, left, data[:, : right - left] > 127)


def _area(line: NDArray[np.float64]) -> float:
    """The area within a closed line (n, 2), below 0 if it is gone round the other way."""
    x, y = line.T
    return float(x[:-1] @ y[1:] - y[:-1] @ x[1:] + x[-1] * y[0] - y[-1] * x[0]) / 2


def boxed(box: Sequence[float], size: tuple[int, int], more: float = 0.0) -> Patch | None:
    """The pixels of a box (left, top, right, bottom), and `more` px around."""
    left, top = (max(0, math.floor(v - more)) for v in box[:2])
    right, bottom = min(size[1], math.ceil(box[2] + more)), min(size[0], math.ceil(box[3] + more))
    if right <= left or bottom <= top:
        return None
    return Patch(top, left, np.ones((bottom - top, right - left), dtype=bool))
