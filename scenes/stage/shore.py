"""Many starts on one graph: a crowd that slides down, and the basins as a strip on the axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from scenes.stage.crowd import Crowd, outcome_colours

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdmath import BasinMap, ScalarField
    from scenes.stage.plane import Plane

STRIP = 14.0


def crowd_on_graph(
    plane: Plane, field: ScalarField, rate: float, *, count: int, steps: int
) -> Crowd:
    """Walkers from `count` evenly spaced starts on a graph."""
    low, high = plane.x_window
    starts = low + (high - low) * (np.arange(count) + 0.5) / count

    def place(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return plane.at(points[:, 0], field.at(points))

    return Crowd(plane.theme, field, rate, starts[:, None], place, steps=steps)


class BasinStrip(mn.VGroup):
    """The horizontal axis, coloured by where each start ends."""

    def __init__(self, plane: Plane, found: BasinMap) -> None:
        super().__init__()
        colours = outcome_colours(plane.theme, np.array([b.minimum for b in found.basins]))
        for basin, colour in zip(found.basins, colours, strict=True):
            ends = plane.at(np.array([basin.low, basin.high]), plane.y_window[0])
            self.add(mn.Line(ends[0], ends[1], color=colour, stroke_width=STRIP))
