"""Many starts on one graph: a crowd that slides down, and the basins as a strip on the axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.signs import CROSS_SIGN, strokes
from gdstage.walks.crowd import Crowd, outcome_colours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdmath import BasinMap, ScalarField
    from gdstage.look.theme import Theme
    from gdstage.plane.axes import Plane

STRIP = 14.0


def shore_colours(theme: Theme) -> Sequence[str]:
    """Colours for minima on a graph: the theme's, but for the graph's own."""
    return [colour for colour in theme.outcomes if colour != theme.function]


class GraphCrowd(Crowd):
    """Walkers from `count` evenly spaced starts on a graph, which do not know yet where they end.

    They start in the window's part `span`, all in one colour, until `tell` colours them.
    """

    def __init__(
        self,
        plane: Plane,
        field: ScalarField,
        rate: float,
        span: tuple[float, float],
        *,
        count: int,
        steps: int,
    ) -> None:
        self.plane, self.field = plane, field
        low, high = span
        starts = low + (high - low) * (np.arange(count) + 0.5) / count
        super().__init__(plane.theme, field, rate, starts[:, None], self._on_graph, steps=steps)
        for dot in self.submobjects:
            dot.set_fill(plane.theme.ink)

    def palette(self, theme: Theme) -> Sequence[str]:
        """Colours that are not the graph's own."""
        return shore_colours(theme)

    def tell(self, run_time: float) -> mn.Animation:
        """Give each walker the colour of where it ended."""
        pairs = zip(self.submobjects, self.colours, strict=True)
        turns = (mn.ApplyMethod(dot.set_fill, colour) for dot, colour in pairs)
        return mn.AnimationGroup(*turns, run_time=run_time)

    def crosses(self) -> mn.VGroup:
        """A cross on the axis for each walker that is out of the domain, at its last place."""
        last = self._stages[-1]
        lost = last[~np.asarray(self.field.contains(last)), 0]
        low, high = self.plane.x_window
        places = (self.plane.at(x, self.plane.y_window[0]) for x in lost if low <= x <= high)
        danger = self.plane.theme.danger
        return mn.VGroup(*(strokes(CROSS_SIGN, 0.09, danger, 5).shift(at) for at in places))

    def drops(self) -> mn.VGroup:
        """Copies of the walkers, to fall onto the axis."""
        return mn.VGroup(*(dot.copy() for dot in self.submobjects))

    def fall(self, drops: mn.VGroup, run_time: float) -> mn.Animation:
        """Let drops fall straight onto the axis."""
        falls = (mn.ApplyMethod(dot.set_y, self.plane.floor) for dot in drops)
        return mn.AnimationGroup(
            *falls, run_time=run_time, rate_func=mn.rate_functions.ease_in_quad
        )

    def _on_graph(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        return self.plane.at(points[:, 0], self.field.at(points))


class BasinStrip(mn.VGroup):
    """The horizontal axis, coloured by where each start ends."""

    def __init__(self, plane: Plane, found: BasinMap) -> None:
        super().__init__()
        labels = np.array([b.minimum for b in found.basins])
        colours = outcome_colours(plane.theme, labels, shore_colours(plane.theme))
        for basin, colour in zip(found.basins, colours, strict=True):
            ends = plane.at(np.array([basin.low, basin.high]), plane.y_window[0])
            self.add(mn.Line(ends[0], ends[1], color=colour, stroke_width=STRIP))
