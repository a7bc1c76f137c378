"""Where minima are: triangles that point at them on a graph, diamonds and curves on a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.signs import arrow_head
from gdstage.look.text import math
from gdstage.proof.field_facts import FieldFacts
from gdstage.proof.map_facts import SpotFacts
from gdstage.proof.statement import point, stated, trail

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gdmath import ScalarField
    from gdstage.plane.axes import Plane

SIDE = 0.13
HEAD, TALL = 0.25, 0.2
NEAR = 0.02
"""Within this share of the window around a minimum one looks for it again."""

ABOVE, BELOW = 0.45, 0.2
"""How far a triangle keeps from the graph: above it there are dots and tangents."""

NAME_ABOVE, NAME_BELOW = 0.85, -0.72
ROOM = 0.75
CURVE = 3.5
MOST_SPOTS = 60
"""So many points of a curve of minima are stated."""


class GraphMinima(mn.VGroup):
    """A triangle at each minimum (x, value) of a field's graph; the first of them has a name.

    It points down from `above`, or up from below where there is room: there it is out of a walk's
    way.
    """

    def __init__(
        self,
        plane: Plane,
        field: ScalarField,
        minima: Iterable[tuple[float, float]],
        code: str = "x^*",
        *,
        above: bool = False,
    ) -> None:
        super().__init__()
        colour, facts = plane.theme.minimum, FieldFacts(field)
        within = NEAR * (plane.x_window[1] - plane.x_window[0])
        for i, (x, value) in enumerate(minima):
            at, place = plane.at(x, value), facts.at_minimum(x, within)
            over = above or at[1] - plane.box.bottom <= ROOM
            tip = at + (ABOVE * mn.UP if over else BELOW * mn.DOWN)
            back = tip + HEAD * (mn.UP if over else mn.DOWN)
            sign = arrow_head(back, tip, colour, TALL)
            aside = (0.0, ABOVE + TALL / 2 if over else -BELOW - TALL / 2)
            self.add(stated(sign, point(plane, "minimum", place, aside=aside)))
            if i == 0:
                name = math(code, size=32, colour=colour)
                height = at[1] + (NAME_ABOVE if over else NAME_BELOW)
                self.add(name.rest(at[0], height, anchor="centre"))


class MapMinima(mn.VGroup):
    """A diamond at each minimum (x, y) of a field's map: no ring, for rings are past iterates.

    `colour` is that of a minimum unless told; `side` is in scene units.
    """

    def __init__(
        self,
        plane: Plane,
        field: ScalarField,
        minima: Iterable[tuple[float, ...]],
        *,
        colour: str = "",
        side: float = SIDE,
    ) -> None:
        super().__init__()
        for place in minima:
            sign = mn.Square(side, stroke_color=colour or plane.theme.minimum, stroke_width=3)
            sign.rotate(np.pi / 4).set_fill(plane.theme.ground, 1).set_z_index(2)
            stated(sign, point(plane, "minimum", SpotFacts(field, place).on_map()))
            self.add(sign.move_to(plane.at(*place)))


class MinimaCurves(mn.VGroup):
    """Curves of minima on a field's map, each through points (n, 2) in order.

    Dashed lines would be helpers: these are as solid as the minima.
    """

    def __init__(
        self, plane: Plane, field: ScalarField, curves: Iterable[Sequence[tuple[float, ...]]]
    ) -> None:
        super().__init__()
        for curve in curves:
            x, y = np.array(curve).T
            line = plane.curve(x, y, plane.theme.minimum, CURVE).set_z_index(2)
            kept = np.linspace(0, len(curve) - 1, min(len(curve), MOST_SPOTS)).round().astype(int)
            spots = (SpotFacts(field, curve[i]).on_map() for i in kept)
            self.add(stated(line, trail(plane, spots, "minima")))
