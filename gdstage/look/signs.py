"""Small signs: tick, cross, dash and others; the heads of arrows; dashed helper lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

TICK_SIGN = (((-1.0, 0.0), (-0.25, -0.8), (1.1, 0.9)),)
CROSS_SIGN = (((-0.9, -0.9), (0.9, 0.9)), ((-0.9, 0.9), (0.9, -0.9)))
DASH_SIGN = (((-1.0, 0.0), (1.0, 0.0)),)
WAVE_SIGN = (((-1.0, -0.6), (-0.35, 0.6), (0.35, -0.6), (1.0, 0.6)),)
FALL_SIGN = (((0.0, 1.0), (0.0, -1.0)), ((-0.8, -0.2), (0.0, -1.0), (0.8, -0.2)))
DOTS_SIGN = tuple(((x - 0.1, 0.0), (x + 0.1, 0.0)) for x in (-1.0, 0.0, 1.0))
SIGNS = {
    "tick": TICK_SIGN, "cross": CROSS_SIGN, "dash": DASH_SIGN,
    "wave": WAVE_SIGN, "fall": FALL_SIGN, "dots": DOTS_SIGN,
}  # fmt: skip


def dashed(start: NDArray[np.float64], end: NDArray[np.float64], colour: str) -> mn.VMobject:
    """A helper line, dashed with dashes of one length however long it is."""
    line = mn.VMobject(stroke_color=colour, stroke_width=2.0, fill_opacity=0)
    length = float(np.linalg.norm(end - start))
    along = (end - start) / length if length > 0 else np.zeros(3)
    begins = np.arange(0.0, length, 0.16)
    ends = np.minimum(begins + 0.08, length)
    # A dash is a curve with four points; a line may have many thousands.
    places = np.linspace(begins, ends, 4, axis=-1).reshape(-1, 1)
    line.set_points(start + places * along)
    return line


def strokes(
    lines: Sequence[Sequence[tuple[float, float]]], scale: float, colour: str, width: float
) -> mn.VMobject:
    """A small sign around the origin: polylines of points (x, y) times `scale` (scene units)."""
    sign = mn.VMobject(stroke_color=colour, stroke_width=width, fill_opacity=0)
    for line in lines:
        places = [scale * np.array([x, y, 0.0]) for x, y in line]
        sign.start_new_path(places[0])
        sign.add_points_as_corners(places[1:])
    return sign


def arrow_head(start: ArrayLike, end: ArrayLike, colour: str, size: float = 0.17) -> mn.Polygon:
    """The filled head of an arrow that comes from `start` and ends at `end` (scene units)."""
    start, end = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
    along = (end - start) / np.linalg.norm(end - start)
    across = np.array([-along[1], along[0], 0.0])
    back = end - size * along
    head = mn.Polygon(end, back + 0.45 * size * across, back - 0.45 * size * across, stroke_width=0)
    return head.set_fill(colour, 1)
