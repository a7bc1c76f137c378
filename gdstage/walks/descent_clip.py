"""What every clip of descents on one graph shares: the axes, the graph, the column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn

from gdmath import LOG_VALLEY, ScalarField, Walk, descend, gradient_step
from gdstage.layout import Box
from gdstage.look.fitting import formula_line
from gdstage.look.printing import typst
from gdstage.look.signs import arrow_head
from gdstage.look.text import math
from gdstage.plane.axes import Plane
from gdstage.plane.heights import all_heights, clear_of_steps
from gdstage.plane.no_value import NoValueZones
from gdstage.walks.gauges import RateGauge
from gdstage.walks.graph_walk import GraphWalk
from gdstage.walks.readouts import GraphPanel
from gdstage.walks.walk_clip import WalkClip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdstage.look.text import Typeset

    Window = tuple[float, float]

GRAPH = Box(left=-6.1, right=1.75, bottom=-2.45, top=1.9)


class DescentClip(WalkClip):
    """A clip of walks on the graph of one field of one variable.

    The window of the graph is `x_window` × `y_window`, all heights over the first unless told;
    walks stop where the slope is below `tolerance`, the lab's 1e-5 in one variable, or after
    `budget` steps.
    """

    leaving = 0.6
    field: ScalarField = LOG_VALLEY
    start = 1.6
    tolerance = 1e-5
    budget = 25
    x_window: Window = (-2.0, 2.0)
    y_window: Window | None = None
    y_ticks: Sequence[float] | None = None

    plane: Plane
    gauge: RateGauge | None = None
    _column: tuple[mn.Mobject, ...] = ()

    def walk(
        self, name: str, rate: float, *, start: float | None = None, steps: int | None = None
    ) -> Walk:
        """The walk with these settings, known to the evidence by its name."""
        walk = descend(
            self.field,
            self.start if start is None else start,
            step=gradient_step(rate),
            steps=self.budget if steps is None else steps,
            tolerance=self.tolerance,
        )
        return self.know(name, walk)

    def figure_of(self, name: str, walk: Walk) -> GraphWalk:
        """The walk on the graph."""
        return GraphWalk(self.plane, name, walk)

    def meanwhile(self, walk: Walk) -> list[mn.Animation]:
        """The gauge turns to the walk's learning rate."""
        if self.gauge is None or walk.step.rate is None:
            return []
        return [self.gauge.choose(walk.step.rate)]

    def draw_graph(self, name_at: tuple[float, float] | None = None) -> None:
        """Draw axes and graph, with the field's formula above it, or ending at a data point."""
        heights = self.y_window or clear_of_steps(all_heights(self.field, self.x_window))
        self.plane = self.axes(self.x_window, heights, self.y_ticks)
        graph = self.plane.graph(self.field, self.theme.function)
        box = self.plane.box
        end = (box.right, box.top + 0.35) if name_at is None else self.plane.at(*name_at)[:2]
        name = self.field_name(*end)
        zones = NoValueZones(self.plane, self.field)
        self.play(mn.FadeIn(self.plane), mn.FadeIn(zones), run_time=0.8)
        self.play(mn.Create(graph), mn.FadeIn(name), run_time=1.2)

    def axes(
        self,
        x_window: tuple[float, float],
        y_window: tuple[float, float],
        y_ticks: Sequence[float] | None = None,
    ) -> Plane:
        """The axes of a window, in the graph's place."""
        return Plane(self.theme, GRAPH, x_window, y_window, y_ticks=y_ticks, y_name="f(x)")

    def field_name(self, right: float, y: float) -> Typeset:
        """The field's formula, ending at `right` on the baseline y (scene units)."""
        code, colour = typst(self.field.expr), self.theme.function
        name = formula_line("f(x)", code, size=36, colour=colour, width=right - GRAPH.left - 0.5)
        return name.rest(right, y, anchor="right")

    def draw_column(self, rates: Sequence[float] = (), bound: float | None = None) -> None:
        """Draw the panel, and under it the gauge if there are rates to compare."""
        known = [walk.step.rate for walk in self.evidence.walks.values()]
        panel = GraphPanel(self.theme, rates=[rate for rate in known if rate is not None])
        self.reader = panel
        arriving: list[mn.Mobject] = [panel]
        self._column = (panel, panel.numbers)
        if bound is not None:
            self.gauge = RateGauge(self.theme, rates, bound)
            arriving.append(self.gauge)
        self.play(*(mn.FadeIn(mob) for mob in arriving), run_time=0.6)

    def leave_column(self) -> None:
        """Take the walk, the verdict and the panel away."""
        leaving = [*self.on_stage, *self._column]
        self.play(*(mn.FadeOut(mob) for mob in leaving), run_time=0.5)
        self.on_stage = ()

    def point_out(self, x: float, value: float, code: str = "x^*") -> mn.VGroup:
        """A triangle that points at a minimum from above, and its name."""
        at = self.plane.at(x, value)
        sign = arrow_head(at + 0.7 * mn.UP, at + 0.45 * mn.UP, self.theme.minimum, 0.2)
        name = math(code, size=32, colour=self.theme.minimum)
        return mn.VGroup(sign, name.rest(at[0], at[1] + 0.85, anchor="centre"))
