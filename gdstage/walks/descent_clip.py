"""What every clip of descents on one graph shares: the stage, the column, and a walk's beat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import sympy as sp

from gdmath import LOG_VALLEY, ScalarField, Walk, descend, gradient_step
from gdstage.clip import Clip
from gdstage.look.printing import typst
from gdstage.look.text import math, number, words
from gdstage.plane.axes import CROSS_SIGN, Box, Plane, arrow_head, nice_ticks, strokes
from gdstage.walks.graph_walk import DescentFigure
from gdstage.walks.panel import Panel, RateGauge, Reader, VerdictBadge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdstage.look.text import Typeset
    from gdstage.pace import Moment

GRAPH = Box(left=-6.1, right=1.75, bottom=-2.45, top=1.9)


class DescentClip(Clip):
    """A clip of walks on the graph of one field of one variable.

    The window of the graph is `x_window` × `y_window`; walks stop where the slope is below
    `tolerance`, the lab's 1e-5 in one variable, or after `budget` steps.
    """

    field: ScalarField = LOG_VALLEY
    start = 1.6
    tolerance = 1e-5
    budget = 25
    x_window = (-0.78, 1.95)
    y_window = (0.0, 5.6)
    y_ticks: Sequence[float] = ()

    plane: Plane
    panel: Reader | None = None
    figure: DescentFigure
    badge: VerdictBadge
    gauge: RateGauge | None = None
    on_stage: tuple[mn.Mobject, ...] = ()
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

    def draw_graph(self, name_at: tuple[float, float]) -> None:
        """Draw axes and graph, with the field's formula ending at a data point."""
        self.plane = self.axes(self.x_window, self.y_window, self.y_ticks)
        graph = self.plane.graph(self.field, self.theme.function)
        name = self.field_name(*self.plane.at(*name_at)[:2])
        self.play(mn.FadeIn(self.plane), mn.FadeIn(self.forbidden_zone()), run_time=0.8)
        self.play(mn.Create(graph), mn.FadeIn(name), run_time=1.2)

    def axes(
        self,
        x_window: tuple[float, float],
        y_window: tuple[float, float],
        y_ticks: Sequence[float] = (),
    ) -> Plane:
        """The axes of a window, in the graph's place."""
        return Plane(
            self.theme, GRAPH, x_window, y_window,
            x_ticks=nice_ticks(*x_window), y_ticks=y_ticks or nice_ticks(*y_window)[1:],
            y_name="f(x)",
        )  # fmt: skip

    def field_name(self, right: float, y: float) -> Typeset:
        """The field's formula, ending at `right` on the baseline y (scene units)."""
        name = math("f(x) = " + typst(self.field.expr), size=36, colour=self.theme.function)
        return name.rest(right, y, anchor="right")

    def draw_column(self, rates: Sequence[float] = (), bound: float | None = None) -> None:
        """Draw the panel, and under it the gauge if there are rates to compare."""
        panel = Panel(self.theme)
        self.panel = panel
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

    def forbidden_zone(self) -> mn.VGroup:
        """Where x ≤ 0 and the field has no value: shaded, and said; empty if it has everywhere."""
        if self.x_window[0] >= 0 or bool(self.field.contains([self.x_window[0]])):
            return mn.VGroup()
        (condition,) = self.field.domain
        corner = self.plane.at(self.x_window[0], self.y_window[0])
        far = self.plane.at(0.0, self.y_window[1])
        zone = mn.Rectangle(width=far[0] - corner[0], height=far[1] - self.plane.floor)
        zone.move_to(corner, aligned_edge=mn.DL)
        zone.set_stroke(width=0).set_fill(self.theme.danger, 0.13)
        where = math(typst(sp.Not(condition)), size=30, colour=self.theme.danger)
        what = words("no value", size=26, colour=self.theme.danger)
        middle = zone.get_center()[0]
        where.rest(middle, 1.3, anchor="centre")
        what.rest(middle, 0.9, anchor="centre")
        return mn.VGroup(zone, where, what)

    def point_out(self, x: float, value: float, code: str = "x^*") -> mn.VGroup:
        """A triangle that points at a minimum from above, and its name."""
        at = self.plane.at(x, value)
        sign = arrow_head(at + 0.7 * mn.UP, at + 0.45 * mn.UP, self.theme.minimum, 0.2)
        name = math(code, size=32, colour=self.theme.minimum)
        return mn.VGroup(sign, name.rest(at[0], at[1] + 0.85, anchor="centre"))

    def set_out(self, name: str) -> None:
        """Put a known walk on its start; the walk before it leaves."""
        walk = self.evidence.walks[name]
        changes: list[mn.Animation] = [mn.FadeOut(mob) for mob in self.on_stage]
        if self.gauge is not None and walk.step.rate is not None:
            changes.append(self.gauge.choose(walk.step.rate))
        if changes:
            self.play(*changes, run_time=0.6)
        self.figure = DescentFigure(self.plane, name, walk)
        self.on_stage = (self.figure,)
        arriving: list[mn.Mobject] = [self.figure]
        if self.panel is not None:
            self.remove(self.panel.numbers)
            self.panel.read(walk, 0)
            arriving.append(self.panel.numbers)
        self.play(*(mn.FadeIn(mob) for mob in arriving), run_time=0.4)
        self.hold(0.6)

    def descend(self, moments: Sequence[Moment]) -> None:
        """Walk through these moments, reading out every iterate."""
        self.play(self.figure.descend(moments, self.panel))

    def judge(self) -> None:
        """Show the verdict on the walk."""
        self.badge = VerdictBadge(self.theme, self.figure.walk)
        self.on_stage = (self.figure, self.badge)
        self.play(mn.FadeIn(self.badge, shift=0.1 * mn.UP), run_time=0.4)
        self.hold(1.4)

    def fall_out(self) -> None:
        """Hop to the iterate that has no value, and mark it: a cross at its true place.

        Outside the window there is no cross; the hop's arrow leaves by the edge, with the value.
        """
        walk = self.figure.walk
        k = walk.stopped_at
        self.figure.leave_behind(k - 1)
        self.play(self.figure.fall_out(run_time=1.6))
        at, box = self.figure.on_axis(k), self.plane.box
        name = math(f"x_{k}{number(walk.points[k, 0], 3)}", size=28, colour=self.theme.danger)
        name.rest(max(at[0] - 0.25, box.left + 0.12), self.plane.floor + 1.3)
        signs: list[mn.VMobject] = [name]
        if box.left <= at[0] <= box.right:
            signs.append(strokes(CROSS_SIGN, 0.15, self.theme.danger, 7).shift(at))
        self.figure.add(*signs)
        self.play(*(mn.FadeIn(sign) for sign in signs), run_time=0.4)
