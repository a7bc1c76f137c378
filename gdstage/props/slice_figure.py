"""A slice of a field of two variables: its curve, a point on it, and the tangent there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdmath import slice_at, tangent_line
from gdstage.look.readout import Readout
from gdstage.look.text import math, words
from gdstage.motion import Drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from gdmath import ScalarField
    from gdstage.plane.axes import Plane

TANGENT_LENGTH = 2.6
SIZE = 34
HEADLINE = 2.2


class SliceFigure(mn.VGroup):
    """The field where the variable `held` has one value, drawn over the other, on a plane.

    Above it stand the value of `held` and the slope of the tangent at `at`, read out live; curve
    and tangent are gdmath's, exact at every moment.
    """

    def __init__(
        self, plane: Plane, field: ScalarField, held: str, value: float, at: float
    ) -> None:
        super().__init__()
        theme = plane.theme
        self.plane, self.field, self.held = plane, field, held
        self.value, self.at = value, at
        self.curve = mn.VMobject()
        self.curve.match_style(plane.curve(np.zeros(2), np.zeros(2), theme.danger))
        self.tangent = mn.VMobject(stroke_color=theme.tangent, stroke_width=5, fill_opacity=0)
        self.point = mn.Dot(radius=0.11, color=theme.ink)
        x = plane.box.left + 1.3
        name = math(held, size=SIZE, colour=theme.label).rest(x, HEADLINE)
        self.held_value = Readout(
            name.get_right()[0] + 0.03, HEADLINE, size=SIZE, colour=theme.label, decimals=2
        )
        slope = words("slope", size=SIZE, colour=theme.tangent).rest(x + 3.0, HEADLINE)
        self.slope = Readout(
            slope.get_right()[0] + 0.03, HEADLINE, size=SIZE, colour=theme.tangent, decimals=2
        )
        self.add(self.curve, self.tangent, self.point, name, self.held_value, slope, self.slope)
        self.draw(value, at)

    def draw(self, value: float, at: float) -> SliceFigure:
        """Cut at a value of the held variable, and put the point at one of the other."""
        self.value, self.at = value, at
        cut = slice_at(self.field, **{self.held: value})
        line = tangent_line(cut, at)
        self.curve.set_points(self.plane.graph(cut, self.plane.theme.danger).points)
        place = self.plane.at(at, cut(at))
        along = self.plane.at(at + 1.0, line(at + 1.0)) - place
        along *= TANGENT_LENGTH / 2 / np.linalg.norm(along)
        self.tangent.set_points_as_corners([place - along, place + along])
        self.point.move_to(place)
        self.held_value.write(value)
        self.slope.write(float(line.gradient([at])[0]))
        return self

    def rest_of_it(self) -> list[mn.Mobject]:
        """All but the curve, which is drawn first."""
        return [part for part in self.submobjects if part is not self.curve]

    def ghost(self) -> mn.VMobject:
        """A pale copy of the curve, to stay behind."""
        return self.curve.copy().set_stroke(width=3, opacity=0.35).set_z_index(-1)

    def slide(self, at: float, run_time: float) -> mn.Animation:
        """Move the point along the curve."""
        start = self.at
        return self._move(lambda share: (self.value, start + share * (at - start)), run_time)

    def sweep(self, value: float, run_time: float) -> mn.Animation:
        """Move the cut to another value of the held variable."""
        start = self.value
        return self._move(lambda share: (start + share * (value - start), self.at), run_time)

    def _move(self, where: Callable[[float], tuple[float, float]], run_time: float) -> mn.Animation:
        def draw(share: float) -> None:
            value, at = where(share)
            # Few decimals keep the exact numbers of the cut short.
            self.draw(round(value, 4), round(at, 4))

        return Drawn(self, draw, run_time=run_time)
