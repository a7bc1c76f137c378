"""A graph above and its slope below: a tangent that slides, and the trace of its slope."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.layout import Box
from gdstage.look.signs import dashed
from gdstage.look.text import math
from gdstage.motion import Drawn
from gdstage.plane.axes import NAME_SIZE, Plane
from gdstage.plane.ticks import nice_ticks

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from gdmath import ScalarField
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme

ABOVE = Box(left=-6.0, right=1.5, bottom=0.3, top=2.0)
BELOW = Box(left=-6.0, right=1.5, bottom=-2.5, top=-0.8)
TANGENT_REACH = 0.9
SAMPLES = 600

Window = tuple[float, float]


class SlopeFigure(mn.VGroup):
    """A field of one variable over its derivative; a point can slide along both.

    The trace below is the slope of the tangent above, point by point; it is the derivative's own
    graph as far as the point has come. `path` are the x (n,) where both lie in their windows.
    """

    def __init__(
        self, theme: Theme, field: ScalarField, x: Window, height: Window, slopes: Window
    ) -> None:
        super().__init__()
        self.theme, self.field, self.derivative = theme, field, field.partial("x")
        self.above = Plane(theme, ABOVE, x, height, y_ticks=nice_ticks(*height, most=3), x_name="")
        self.below = Plane(
            theme, BELOW, x, slopes,
            x_ticks=nice_ticks(*x), y_ticks=nice_ticks(*slopes, most=3),
        )  # fmt: skip
        self.names = mn.VGroup(_name(self.above, "f"), _name(self.below, "f'"))
        self.graph = self.above.graph(field, theme.function)
        self.level = mn.VMobject()
        if slopes[0] < 0:
            start, end = self.below.at(x, 0.0)
            self.level = dashed(start, end, theme.dim)
        self.path = path_inside(field, x, height, slopes)
        self._slopes = np.asarray(self.derivative(self.path))
        self.tangent = mn.VMobject(stroke_color=theme.tangent, stroke_width=5)
        self.point = mn.Dot(radius=0.1, color=theme.ink)
        self.pen = mn.Dot(radius=0.1, color=theme.tangent)
        self.link = mn.VMobject(stroke_color=theme.dim, stroke_width=2)
        self.trace = mn.VMobject(stroke_color=theme.tangent, stroke_width=5, fill_opacity=0)
        self.moving = mn.VGroup(self.link, self.trace, self.tangent, self.point, self.pen)
        self.add(self.above, self.below, self.names, self.level, self.graph, self.moving)
        self.stand_at(float(self.path[0]))

    def stand_at(self, x: float) -> float:
        """The tangent at x, and the trace of its slope from the left up to x; the slope."""
        value, slope = float(self.field(x)), float(self.derivative(x))
        place, below = self.above.at(x, value), self.below.at(x, slope)
        along = self.above.at(x + 1.0, value + slope) - place
        self.tangent.set_points_as_corners(ABOVE.chord(place, along, TANGENT_REACH))
        self.point.move_to(place)
        self.pen.move_to(below)
        self.link.set_points(dashed(place, below, self.theme.dim).points)
        past = self.path < x
        xs, slopes = np.append(self.path[past], x), np.append(self._slopes[past], slope)
        self.trace.set_points_as_corners(self.below.at(xs, slopes))
        return slope

    def slide(self, read: Callable[[float], object], run_time: float) -> mn.Animation:
        """Slide the tangent along all of the path, tracing its slope and reading it out."""
        start, end = self.path[[0, -1]]

        def draw(share: float) -> None:
            read(self.stand_at(float(start + share * (end - start))))

        pace = mn.rate_functions.ease_in_out_sine
        return Drawn(self.moving, draw, run_time=run_time, rate_func=pace)


def path_inside(
    field: ScalarField, x: Window, height: Window, slopes: Window
) -> NDArray[np.float64]:
    """The x (n,) of a window where a field's value and its slope lie in their windows."""
    xs = np.linspace(*x, SAMPLES)
    xs = xs[np.asarray(field.contains(xs[:, None]))]
    return xs[_between(field(xs), height) & _between(field.partial("x")(xs), slopes)]


def _name(plane: Plane, code: str) -> Typeset:
    # Left of the axis, so that the line between the two points never crosses it.
    name = math(code, size=NAME_SIZE, colour=plane.theme.label)
    return name.rest(plane.box.left - 0.25, plane.box.top + 0.25, anchor="right")


def _between(values: ArrayLike, window: Window) -> NDArray[np.bool_]:
    low, high = window
    return np.asarray((low <= np.asarray(values)) & (np.asarray(values) <= high))
