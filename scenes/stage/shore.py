"""Many starts on one graph: a crowd that slides down, and the basins as a strip on the axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdmath import multistart
from scenes.stage.crowd import outcome_colours
from scenes.stage.drawn import Drawn

if TYPE_CHECKING:
    from gdmath import BasinMap, ScalarField
    from scenes.stage.plane import Plane

STRIP = 14.0


class GraphCrowd(mn.VGroup):
    """Walkers on a graph, from evenly spaced starts, coloured by the minimum they will reach."""

    def __init__(
        self, plane: Plane, field: ScalarField, rate: float, *, count: int, steps: int
    ) -> None:
        super().__init__()
        self.plane, self.field = plane, field
        low, high = plane.x_window
        starts = low + (high - low) * (np.arange(count) + 0.5) / count
        self._stages = [
            multistart(field, starts, rate, k).endpoints[:, 0] for k in range(steps + 1)
        ]
        ends = multistart(field, starts, rate, 20 * steps)
        for start, colour in zip(starts, outcome_colours(plane.theme, ends.labels), strict=True):
            dot = mn.Dot(plane.at(start, field(start)), radius=0.075, color=colour)
            self.add(dot.set_stroke(plane.theme.ground, 1.5))

    def walk(self, run_time: float) -> mn.Animation:
        """Let everyone walk at once, to the last step."""
        return Drawn(self, self._draw, run_time=run_time, rate_func=mn.linear)

    def _draw(self, share: float) -> None:
        clock = share * (len(self._stages) - 1)
        k = min(int(clock), len(self._stages) - 2)
        now = self._stages[k] + (clock - k) * (self._stages[k + 1] - self._stages[k])
        for dot, place in zip(self.submobjects, self.plane.at(now, self.field(now)), strict=True):
            dot.move_to(place)


class BasinStrip(mn.VGroup):
    """The horizontal axis, coloured by where each start ends."""

    def __init__(self, plane: Plane, found: BasinMap) -> None:
        super().__init__()
        colours = outcome_colours(plane.theme, np.array([b.minimum for b in found.basins]))
        for basin, colour in zip(found.basins, colours, strict=True):
            ends = plane.at(np.array([basin.low, basin.high]), plane.y_window[0])
            self.add(mn.Line(ends[0], ends[1], color=colour, stroke_width=STRIP))
