"""What clips of descents in a room share: the surface beside the map, a readout, a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np

from gdmath import SAUNA, ScalarField, Walk, descend, gradient_step
from gdstage.layout import Box
from gdstage.look.text import math
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap
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

    `heights` is the range of values that the surface's box and the colours span; walks stop where
    both partial derivatives are below `tolerance`, the lab's 1e-3, or after `budget` steps.
    """

    field: ScalarField = SAUNA
    value_name = "T"
    heights = (73.0, 85.0)
    levels: Sequence[float] = tuple(np.arange(74.0, 85.0, 1.0))
    map_strength = 1.0
    tolerance = 1e-3
    budget = 20
    theta, phi = 28 * DEGREE, 52 * DEGREE

    judging = 1.6

    space: Space
    plane: Plane

    def palette(self) -> tuple[str, ...]:
        """The colours of the lowest to the highest value: cold blue to hot red."""
        return self.theme.heat

    def walk(
        self, name: str, rate: float, start: tuple[float, float], steps: int | None = None
    ) -> Walk:
        """The walk with these settings, known to the evidence by its name."""
        walk = descend(
            self.field,
            start,
            step=gradient_step(rate),
            steps=self.budget if steps is None else steps,
            tolerance=self.tolerance,
        )
        return self.know(name, walk)

    @property
    def room(self) -> Sequence[tuple[float, float]]:
        """The field's window: (low, high) of x and of y."""
        return self.field.window or ((-1.0, 1.0), (-1.0, 1.0))

    def draw_space(self, place: tuple[float, float] = (-3.1, -0.8), zoom: float = 0.82) -> None:
        """Draw the surface with its axes."""
        theme = self.theme
        x, y = self.room
        space = Space(
            theme, x, y, self.heights, size=(4.6, 4.6, 2.6), place=place,
            theta=self.theta, phi=self.phi, zoom=zoom,
        )  # fmt: skip
        self.surface = space.surface(self.field, palette=self.palette())
        names = [math(n, size=28, colour=theme.label) for n in ("x", "y", self.value_name)]
        space.axes(names, origin=(x[0], y[0], self.heights[0]))
        self.space = space
        self.play(mn.FadeIn(space), run_time=1.0)

    def draw_map(self, box: Box = MAP) -> None:
        """Draw the map beside the surface."""
        x, y = self.room
        ticks = range(int(x[0]), int(x[1]) + 1)
        self.plane = Plane(self.theme, box, x, y, x_ticks=ticks, y_ticks=ticks[1:], y_name="y")
        self.heat = ContourMap(
            self.plane, self.field, levels=self.levels, palette=self.palette(),
            span=self.heights, strength=self.map_strength, line_colour=self.theme.ground,
        )  # fmt: skip
        self.play(mn.FadeIn(self.heat), mn.FadeIn(self.plane), run_time=1.0)

    def draw_reader(self) -> None:
        """Draw the line of live numbers: α, k and the height at the current iterate."""
        theme = self.theme
        height = value(theme, f"{self.value_name}(x_k, y_k)")
        quantities = ((-6.55, rate(theme)), (-4.55, count(theme)), (-3.1, height))
        self.reader = LinePanel(quantities, READOUT_BASELINE)
        self.play(mn.FadeIn(self.reader), run_time=0.4)

    def figure_of(self, name: str, walk: Walk) -> MapAndSurfaceWalk:
        """The walk on the map and on the surface."""
        figure = MapAndSurfaceWalk(self.plane, self.space, name, walk)
        self.add(self.space)
        return figure

    def parts_of(self, figure: Any) -> tuple[mn.Mobject, ...]:
        """A walk's parts in space too."""
        above = figure.above.parts if isinstance(figure, MapAndSurfaceWalk) else ()
        return (figure, *above)

    def badge_of(self, walk: Walk) -> Badge:
        """The verdict, on the line of the numbers."""
        return Badge(self.theme, walk, x=2.5, y=READOUT_BASELINE)

    def leave(self, *meanwhile: mn.Animation) -> None:
        """Take all walks and verdicts away, out of the space too."""
        parts = [part for mob in self.on_stage for part in self.parts_of(mob)[1:]]
        super().leave(*meanwhile)
        self.space.remove(*parts)
