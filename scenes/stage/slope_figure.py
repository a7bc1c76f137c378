"""A graph above and its slope below: a secant that closes, a tangent that slides, a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from scenes.stage.drawn import Drawn
from scenes.stage.plane import Box, Plane, dashed, nice_ticks

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from gdmath import ScalarField
    from scenes.stage.theme import Theme

ABOVE = Box(left=-6.0, right=1.5, bottom=0.25, top=2.0)
BELOW = Box(left=-6.0, right=1.5, bottom=-2.55, top=-0.85)
TANGENT_LENGTH = 1.8

Window = tuple[float, float]


class SlopeFigure(mn.VGroup):
    """A field of one variable over its derivative; a point can slide along both.

    The trace below is the slope of the tangent above, point by point; it is the derivative's own
    graph as far as the point has come.
    """

    def __init__(
        self, theme: Theme, field: ScalarField, x: Window, height: Window, slopes: Window
    ) -> None:
        super().__init__()
        self.theme, self.field = theme, field
        self.above = Plane(
            theme, ABOVE, x, height, y_ticks=nice_ticks(*height, most=3), x_name="", y_name="f"
        )
        self.below = Plane(
            theme, BELOW, x, slopes,
            x_ticks=nice_ticks(*x), y_ticks=nice_ticks(*slopes, most=3), y_name="f'",
        )  # fmt: skip
        self.graph = self.above.graph(field, theme.function)
        slope = field.partial("x")
        xs = np.linspace(*x, 600)
        inside = np.asarray(field.contains(xs[:, None]))
        self._x = xs[inside]
        self._slope = np.asarray(slope(self._x))
        self._derivative = slope
        self.line = mn.VMobject(stroke_color=theme.tangent, stroke_width=5)
        self.point = mn.Dot(radius=0.1, color=theme.ink).set_z_index(5)
        self.other = mn.Dot(radius=0.1, color=theme.ink).set_z_index(5)
        self.pen = mn.Dot(radius=0.1, color=theme.tangent).set_z_index(5)
        self.link = mn.VMobject(stroke_color=theme.dim, stroke_width=2)
        self.trace = mn.VMobject(stroke_color=theme.tangent, stroke_width=5, fill_opacity=0)
        self.moving = mn.VGroup(self.trace, self.link, self.line, self.other, self.point, self.pen)
        self.add(self.above, self.below, self.graph, self.moving)

    def show_secant(self, x: float, h: float) -> SlopeFigure:
        """The line through the graph's points at x and x + h."""
        one, two = (self.above.at(t, self.field(t)) for t in (x, x + h))
        reach = TANGENT_LENGTH / 2 * (two - one) / np.linalg.norm(two - one)
        self.line.set_points_as_corners([one - reach, two + reach])
        self.point.move_to(one)
        self.other.move_to(two).set_opacity(1)
        self._hide_below()
        return self

    def show_tangent(self, x: float) -> SlopeFigure:
        """The tangent at x, and below it the trace of its slope from the left up to x."""
        place = self.above.at(x, self.field(x))
        slope = float(self._derivative(x))
        self._draw_line(place, self.above.at(x + 1.0, self.field(x) + slope) - place)
        self.point.move_to(place)
        self.other.set_opacity(0)
        below = self.below.at(x, slope)
        self.pen.move_to(below).set_opacity(1)
        self.link.set_points(dashed(below, place, self.theme.dim).points)
        past = self._x <= x
        xs, slopes = np.append(self._x[past], x), np.append(self._slope[past], slope)
        piece = self.below.curve(xs, slopes, self.theme.tangent)
        self.trace.set_points(piece.points)
        return self

    def close_secant(
        self, x: float, h: Window, read: Callable[[float], object], run_time: float
    ) -> mn.Animation:
        """Let h shrink from the first value to the second, evenly on a log scale."""

        def draw(share: float) -> None:
            now = float(h[0] * (h[1] / h[0]) ** share)
            self.show_secant(x, now)
            read(now)

        return Drawn(self.moving, draw, run_time=run_time)

    def slide(self, start: float, end: float, run_time: float) -> mn.Animation:
        """Slide the tangent from one x to another, tracing its slope."""

        def draw(share: float) -> None:
            self.show_tangent(start + share * (end - start))

        return Drawn(self.moving, draw, run_time=run_time, rate_func=mn.linear)

    def _draw_line(self, place: NDArray[np.float64], along: NDArray[np.float64]) -> None:
        along = along * TANGENT_LENGTH / 2 / np.linalg.norm(along)
        self.line.set_points_as_corners([place - along, place + along])

    def _hide_below(self) -> None:
        self.pen.set_opacity(0)
        self.link.clear_points()
        self.trace.clear_points()
