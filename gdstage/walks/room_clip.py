"""What clips of descents in a room share: the surface beside the map, a readout, a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gdmath import SAUNA, Walk
from gdstage.layout import Box
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap
from gdstage.space.axes import edge_axes
from gdstage.space.space import DEGREE, Space
from gdstage.walks.badge import Badge
from gdstage.walks.map_and_surface_walk import MapAndSurfaceWalk
from gdstage.walks.readouts import LinePanel, count, rate, value
from gdstage.walks.walk_clip import WalkClip

if TYPE_CHECKING:
    from collections.abc import Sequence

MAP = Box(left=2.0, right=6.0, bottom=-2.45, top=1.55)
READOUT_BASELINE = 2.35


class RoomClip(WalkClip):
    """A clip of walks over a field of two variables, in its window.

    `heights` is the range of values that the surface's box and the colours span; the tolerance is
    the lab's in two variables.
    """

    field = SAUNA
    value_name = "T"
    heights = (73.0, 85.0)
    levels: Sequence[float] = tuple(np.arange(74.0, 85.0, 1.0))
    map_strength = 1.0
    tolerance = 1e-3
    budget = 20
    theta, phi = 28 * DEGREE, 52 * DEGREE

    judging = 1.6

    space: Space

    def palette(self) -> tuple[str, ...]:
        """The colours of the lowest to the highest value: cold blue to hot red."""
        return self.theme.heat

    @property
    def room(self) -> Sequence[tuple[float, float]]:
        """The field's window: (low, high) of x and of y."""
        return self.field.window or ((-1.0, 1.0), (-1.0, 1.0))

    def draw_space(self, place: tuple[float, float] = (-3.1, -0.8), zoom: float = 0.82) -> None:
        """Draw the surface with its axes."""
        x, y = self.room
        self.space = Space(
            self.theme, x, y, self.heights, size=(4.6, 4.6, 2.6), place=place,
            theta=self.theta, phi=self.phi, zoom=zoom,
        )  # fmt: skip
        self.surface = self.space.surface(self.field, palette=self.palette())
        # Through the far corner: at the near edges the caption is close.
        corner = [low for low, _ in self.room]
        edge_axes(self.space, ("x", "y", self.value_name), corner)
        self.show(self.space, run_time=1.0)

    def draw_map(self, box: Box = MAP) -> None:
        """Draw the map beside the surface."""
        x, y = self.room
        ticks = range(int(x[0]), int(x[1]) + 1)
        self.plane = Plane(self.theme, box, x, y, x_ticks=ticks, y_ticks=ticks[1:], y_name="y")
        self.heat = ContourMap(
            self.plane, self.field, levels=self.levels, palette=self.palette(),
            span=self.heights, strength=self.map_strength, line_colour=self.theme.ground,
        )  # fmt: skip
        self.show(self.heat, self.plane, run_time=1.0)

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
