"""What clips of descents in a room share: the surface beside the map, a readout, a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdmath import SAUNA, ScalarField, Walk, descend, gradient_step
from gdstage.clip import Clip
from gdstage.layout import Box
from gdstage.look.readout import Readout
from gdstage.look.text import math
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap
from gdstage.space.space import DEGREE, Space
from gdstage.walks.map_and_surface_walk import TwinFigure
from gdstage.walks.panel import VerdictBadge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdstage.look.theme import Theme
    from gdstage.pace import Moment

MAP = Box(left=2.0, right=6.0, bottom=-2.45, top=1.55)
READOUT_BASELINE = 2.35
SIZE = 32


class RoomReader(mn.VGroup):
    """α, k and the height at the current iterate, on one line under the heading."""

    def __init__(self, theme: Theme, value: str) -> None:
        super().__init__()
        self.labels, self.numbers = mn.VGroup(), mn.VGroup()
        for code, colour, x in (
            ("alpha", theme.iterate, -6.55),
            ("k", theme.ink, -4.55),
            (f"{value}(x_k, y_k)", theme.function, -3.1),
        ):
            label = math(code, size=SIZE, colour=colour).rest(x, READOUT_BASELINE)
            place = label.get_right()[0] + 0.03
            self.labels.add(label)
            self.numbers.add(Readout(place, READOUT_BASELINE, size=SIZE, colour=colour, decimals=4))
        self.add(self.labels)

    def read(self, walk: Walk, k: int) -> RoomReader:
        """Read out iterate k."""
        rate = walk.step.rate
        values = (float("nan") if rate is None else rate, k, walk.values[k])
        for readout, value in zip(self.numbers, values, strict=True):
            readout.write(float(value))
        return self


class RoomClip(Clip):
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

    space: Space
    plane: Plane
    figure: TwinFigure
    on_stage: tuple[mn.Mobject, ...] = ()
    figures: tuple[TwinFigure, ...] = ()

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
        """Draw the line of live numbers."""
        self.reader = RoomReader(self.theme, self.value_name)
        self.play(mn.FadeIn(self.reader), run_time=0.4)

    def set_out(self, name: str, *, keep: bool = False) -> None:
        """Put a known walk on its start; those before it leave, or are kept."""
        walk = self.evidence.walks[name]
        if self.on_stage and not keep:
            self.clear_walks()
        self.figure = TwinFigure(self.plane, self.space, name, walk)
        self.figures += (self.figure,)
        self.on_stage += (self.figure,)
        self.remove(self.reader.numbers)
        self.reader.read(walk, 0)
        self.add(self.space)
        self.play(
            *(mn.FadeIn(mob) for mob in (self.figure, *self.figure.in_space)),
            mn.FadeIn(self.reader.numbers),
            run_time=0.4,
        )
        self.hold(0.6)

    def clear_walks(self) -> None:
        """Take all walks, and the verdict, away."""
        in_space = [part for figure in self.figures for part in figure.in_space]
        self.play(*(mn.FadeOut(mob) for mob in (*self.on_stage, *in_space)), run_time=0.5)
        self.space.remove(*in_space)
        self.figures, self.on_stage = (), ()

    def descend(self, moments: Sequence[Moment]) -> None:
        """Walk through these moments in both pictures."""
        self.play(self.figure.descend(moments, self.reader))

    def judge(self) -> None:
        """Show the verdict on the walk."""
        badge = VerdictBadge(self.theme, self.figure.walk, x=2.5, y=READOUT_BASELINE)
        self.on_stage += (badge,)
        self.play(mn.FadeIn(badge, shift=0.1 * mn.UP), run_time=0.4)
        self.hold(1.6)
