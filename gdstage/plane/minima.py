"""Where minima are: triangles that point at them on a graph, diamonds and curves on a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.signs import arrow_head
from gdstage.look.text import math

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gdstage.plane.axes import Plane

SIDE = 0.13
HEAD = 0.25
ABOVE, BELOW = 0.45, 0.2
"""How far a triangle keeps from the graph: above it there are dots and tangents."""

NAME_ABOVE, NAME_BELOW = 0.85, -0.72
ROOM = 0.75
CURVE = 3.5


class GraphMinima(mn.VGroup):
    """A triangle at each minimum (x, value) of a graph; the first of them has a name.

    It points down from `above`, or up from below where there is room: there it is out of a walk's
    way.
    """

    def __init__(
        self,
        plane: Plane,
        minima: Iterable[tuple[float, float]],
        code: str = "x^*",
        *,
        above: bool = False,
    ) -> None:
        super().__init__()
        colour = plane.theme.minimum
        for i, (x, value) in enumerate(minima):
            at = plane.at(x, value)
            over = above or at[1] - plane.box.bottom <= ROOM
            tip = at + (ABOVE * mn.UP if over else BELOW * mn.DOWN)
            back = tip + HEAD * (mn.UP if over else mn.DOWN)
            self.add(arrow_head(back, tip, colour, 0.2))
            if i == 0:
                name = math(code, size=32, colour=colour)
                height = at[1] + (NAME_ABOVE if over else NAME_BELOW)
                self.add(name.rest(at[0], height, anchor="centre"))


class MapMinima(mn.VGroup):
    """A diamond at each minimum (x, y) of a map: no ring, for rings are past iterates.

    `colour` is that of a minimum unless told; `side` is in scene units.
    """

    def __init__(
        self,
        plane: Plane,
        minima: Iterable[tuple[float, ...]],
        *,
        colour: str = "",
        side: float = SIDE,
    ) -> None:
        super().__init__()
        for point in minima:
            sign = mn.Square(side, stroke_color=colour or plane.theme.minimum, stroke_width=3)
            sign.rotate(np.pi / 4).set_fill(plane.theme.ground, 1).set_z_index(2)
            self.add(sign.move_to(plane.at(*point)))


class MinimaCurves(mn.VGroup):
    """Curves all along which there are minima on a map, each through points (n, 2) in order.

    Dashed lines would be helpers: these are as solid as the minima.
    """

    def __init__(self, plane: Plane, curves: Iterable[Sequence[tuple[float, ...]]]) -> None:
        super().__init__()
        for curve in curves:
            x, y = np.array(curve).T
            self.add(plane.curve(x, y, plane.theme.minimum, CURVE).set_z_index(2))
