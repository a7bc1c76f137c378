"""A secant through two points of a graph, closing into the tangent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.layout import Box
from gdstage.look.text import math
from gdstage.look.theme import mix
from gdstage.motion import Drawn
from gdstage.plane.axes import Plane
from gdstage.plane.ticks import nice_ticks

if TYPE_CHECKING:
    from collections.abc import Callable

    from gdmath import ScalarField
    from gdstage.look.theme import Theme

BOX = Box(left=-6.0, right=0.9, bottom=-2.45, top=1.9)


class SecantFigure(mn.VGroup):
    """The graph of a field of one variable and its secant through x and x + h.

    `sides` are the names of the run h and the rise; secants that were kept stay behind, pale.
    """

    def __init__(
        self,
        theme: Theme,
        field: ScalarField,
        x: float,
        windows: tuple[tuple[float, float], tuple[float, float]],
    ) -> None:
        super().__init__()
        self.theme, self.field, self.x = theme, field, x
        self.plane = Plane(
            theme, BOX, *windows,
            x_ticks=nice_ticks(*windows[0]), y_ticks=nice_ticks(*windows[1])[1:], y_name="f(x)",
        )  # fmt: skip
        self.graph = self.plane.graph(field, theme.function)
        self.kept = mn.VGroup()
        self.line = mn.VMobject(stroke_color=theme.tangent, stroke_width=5)
        self.run = mn.VMobject(stroke_color=theme.ink, stroke_width=3)
        self.rise = mn.VMobject(stroke_color=theme.ink, stroke_width=3)
        self.ends = mn.VGroup(*(mn.Dot(radius=0.1, color=theme.ink) for _ in range(2)))
        self.moving = mn.VGroup(self.kept, self.run, self.rise, self.line, self.ends)
        self.add(self.plane, self.graph, self.moving)

    def span(self, h: float) -> SecantFigure:
        """Be the secant of width h."""
        here, there = (self.plane.at(x, self.field(x)) for x in (self.x, self.x + h))
        corner = np.array([there[0], here[1], 0.0])
        self.line.set_points_as_corners(BOX.chord(here, there - here))
        self.run.set_points_as_corners([here, corner])
        self.rise.set_points_as_corners([corner, there])
        for dot, place in zip(self.ends, (here, there), strict=True):
            dot.move_to(place)
        return self

    def sides(self) -> mn.VGroup:
        """The names of the run and of the rise, where these are now."""
        run = math("h", size=28, colour=self.theme.ink)
        rise = math("f(x + h) - f(x)", size=28, colour=self.theme.ink)
        middle, right = self.run.get_center(), self.rise.get_center()
        run.rest(middle[0], middle[1] + 0.15, anchor="centre")
        rise.rest(right[0] + 0.2, right[1] - 0.1)
        return mn.VGroup(run, rise)

    def keep(self) -> SecantFigure:
        """Leave the secant behind as it is now, and go on with another."""
        pale = mix(self.theme.tangent, self.theme.ground, 0.7)
        self.kept.add(self.line.copy().set_stroke(pale, 2.5))
        return self

    def close(
        self,
        before: float,
        after: float,
        read: Callable[[float], object] = float,
        *,
        run_time: float,
    ) -> mn.Animation:
        """Let h shrink, evenly on a log scale, and read it out on the way."""

        def draw(share: float) -> None:
            h = before * (after / before) ** share
            self.span(h)
            read(h)

        return Drawn(self.moving, draw, run_time=run_time)
