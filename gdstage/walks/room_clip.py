"""What clips of descents in a room share: the surface beside the map, a readout, a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gdmath import PARABOLOID, ScalarField, Walk
from gdstage.layout import HEADING, PICTURE, Box
from gdstage.look.fitting import formula_line
from gdstage.look.printing import typst
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap
from gdstage.plane.heights import all_heights
from gdstage.proof.statement import stated, word
from gdstage.space.axes import OVERHANG, edge_axes
from gdstage.space.fitting import fit_into
from gdstage.space.space import DEGREE, Space
from gdstage.walks.badge import Badge
from gdstage.walks.map_and_surface_walk import MapAndSurfaceWalk
from gdstage.walks.readouts import LinePanel, count, rate, value
from gdstage.walks.walk_clip import WalkClip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdstage.look.text import Typeset

    Window = tuple[float, float]

MAP = Box(left=2.0, right=6.0, bottom=-2.45, top=1.55)
BESIDE = Box(left=-6.2, right=1.0, bottom=-2.6, top=1.5)
READOUT_BASELINE = PICTURE.top - 0.5
REACH = (-2.0, 2.0)
TALL = (*OVERHANG[:2], 0.28)
"""How far the axes pass the space: the height's so far that its name is clear of the surface."""


class RoomClip(WalkClip):
    """A clip of walks over a field of two variables.

    What is seen is `x_window` × `y_window`, else the field's own window, else -2…2. `heights` is
    the range of values that the surface's box and the colours span, `levels` are those of the
    lines: all, and about ten round ones, unless told. Walks stop where both partial derivatives are
    below `tolerance`, the lab's 1e-3, or after `budget` steps.
    """

    field: ScalarField = PARABOLOID
    value_name = "f"
    x_window: Window | None = None
    y_window: Window | None = None
    heights: Window | None = None
    levels: Sequence[float] | None = None
    map_strength = 1.0
    tolerance = 1e-3
    budget = 20
    theta, phi = 28 * DEGREE, 52 * DEGREE

    judging = 1.6

    space: Space

    def palette(self) -> tuple[str, ...]:
        """The colours of the lowest to the highest value."""
        return self.theme.height

    @property
    def room(self) -> tuple[Window, Window]:
        """What is seen: (low, high) of x and of y."""
        x, y = self.field.window or (REACH, REACH)
        return self.x_window or x, self.y_window or y

    @property
    def looked_at(self) -> tuple[Window, Window]:
        """What is seen: the room."""
        return self.room

    @property
    def span(self) -> Window:
        """The heights that are seen: (low, high)."""
        return self.heights or all_heights(self.field, *self.room)

    def draw_space(self, place: tuple[float, float] | None = None, zoom: float = 0.82) -> None:
        """Draw the surface with its axes, its middle at a `place` in the frame.

        Unless told, it fills the room beside the map.
        """
        theme = self.theme
        (x, y), span = self.room, self.span
        space = Space(
            theme, x, y, span, size=(4.6, 4.6, 2.6), place=place or (0.0, 0.0),
            theta=self.theta, phi=self.phi, zoom=zoom,
        )  # fmt: skip
        if place is None:
            fit_into(space, BESIDE, overhang=0.0)
        self.surface = space.surface(self.field, palette=self.palette())
        edge_axes(space, ("x", "y", f"{self.value_name}(x, y)"), overhang=TALL)
        self.space = space
        self.show(space, run_time=1.0)

    def draw_map(self, box: Box = MAP) -> None:
        """Draw the map beside the surface."""
        self.plane = Plane(self.theme, box, *self.room, y_name="y", most=5)
        self.heat = ContourMap(
            self.plane, self.field, levels=self.levels, palette=self.palette(),
            span=self.span, strength=self.map_strength, line_colour=self.theme.ground,
        )  # fmt: skip
        self.take_over(self.heat, self.plane, run_time=1.0)

    def field_name(self) -> Typeset:
        """The field's formula, on the line where the numbers will be."""
        code, colour = typst(self.field.expr), self.theme.function
        name = f"{self.value_name}(x, y)"
        line = formula_line(name, code, size=32, colour=colour, width=8.0)
        stated(line, word("formula", field=self.field))
        return line.rest(HEADING.left, READOUT_BASELINE)

    def draw_reader(self) -> None:
        """Draw the line of live numbers: α, k and the height at the current iterate."""
        theme = self.theme
        height = value(theme, f"{self.value_name}(x_k, y_k)")
        quantities = ((-6.55, rate(theme)), (-4.55, count(theme)), (-3.1, height))
        self.reader = LinePanel(quantities, READOUT_BASELINE)
        self.show(self.reader)

    def figure_of(self, name: str, walk: Walk) -> MapAndSurfaceWalk:
        """The walk on the map and on the surface."""
        figure = MapAndSurfaceWalk(self.plane, self.space, name, walk)
        self.add(self.space)
        return figure

    def badge_of(self, walk: Walk) -> Badge:
        """The verdict, on the line of the numbers."""
        return Badge(self.theme, walk, x=2.5, y=READOUT_BASELINE)
