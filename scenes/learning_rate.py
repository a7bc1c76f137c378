"""One number decides: too small a learning rate, a good one, a bold one, and one too large."""

from __future__ import annotations

import manim as mn
import numpy as np
import sympy as sp

from gdmath import LOG_VALLEY, Walk, descend, gradient_step, stability_bound, stationary_points
from scenes.stage.chart import ConvergenceChart, Legend, Race, Run
from scenes.stage.clip import Clip
from scenes.stage.descent import Descend, DescentFigure, Leave
from scenes.stage.formula import math, number, typst, words
from scenes.stage.pace import SPRINT, Moment, paced
from scenes.stage.panel import COLUMN, Panel, RateGauge, VerdictBadge
from scenes.stage.plane import Box, Plane, arrow_head, dashed
from scenes.stage.rounding import shown

GRAPH = Box(left=-6.1, right=1.75, bottom=-2.45, top=2.05)
CHART = Box(left=-5.6, right=1.75, bottom=-2.35, top=2.25)


class LearningRate(Clip):
    """Gradient descent on eˣ − ln x from one start, with four learning rates."""

    topic = "Learning rate"
    field = LOG_VALLEY
    start = 1.6
    small, right, bold, large = 0.04, 0.1, 0.3, 0.5
    budget, patience = 25, 75
    tolerance = 1e-5
    window = (-0.78, 1.95)
    height = (0.0, 5.6)

    def construct(self) -> None:
        self.compute()
        self.meet_the_rule()
        self.crawl()
        self.be_patient()
        self.stride()
        self.jump_across()
        self.fall_out()
        self.compare()

    def compute(self) -> None:
        (valley,) = stationary_points(self.field)
        self.lowest = float(valley.value)
        self.bottom = float(valley.point[0])
        self.bound = float(stability_bound(self.field, valley.point))
        self.rates = (self.small, self.right, self.bold, self.large)

    def walk(self, rate: float, steps: int, name: str) -> Walk:
        step = gradient_step(rate)
        walk = descend(self.field, self.start, step=step, steps=steps, tolerance=self.tolerance)
        return self.know(name, walk)

    # Beats

    def meet_the_rule(self) -> None:
        self.beat(
            "how far is a step?",
            "The slope gives the direction. The learning rate α decides how far to go.",
        )
        self.draw_valley()
        self.draw_column()
        self.figure = DescentFigure(self.plane, "first step", self.walk(self.right, 1, "first step"))
        self.figure.hop.clear_points()
        self.panel.show(self.figure.walk, 0)
        self.play(mn.FadeIn(self.figure), mn.FadeIn(self.panel.numbers), run_time=0.8)
        self.hold(0.8)
        self.gauge.choose(self.right)
        self.play(mn.FadeIn(self.gauge), self.gauge.choose(self.right), run_time=1)
        self.name_the_step()
        self.hold(1.2)

    def crawl(self) -> None:
        walk = self.walk(self.small, self.budget, "too small")
        end = shown(walk.points[-1, 0], 4)
        self.set_out(walk, "too small", "too small", (
            f"With α = {self.small:g}, {walk.stopped_at} steps end at x ≈ {end}. "
            f"The minimum is at {shown(self.bottom, 4)}."
        ))  # fmt: skip
        self.descend(paced(range(1, walk.stopped_at + 1)))
        self.judge(walk)

    def be_patient(self) -> None:
        walk = self.walk(self.small, self.patience, "too small, with patience")
        self.beat(
            "slow, but it arrives",
            f"Allowed {self.patience} steps, the same α = {self.small:g} arrives at step {walk.stopped_at}.",
        )
        self.play(mn.FadeOut(self.badge), run_time=0.2)
        self.figure.walk, self.figure.name = walk, "too small, with patience"
        self.descend(paced(range(self.budget + 1, walk.stopped_at + 1), opening=(), flow=SPRINT))
        self.judge(walk)

    def stride(self) -> None:
        walk = self.walk(self.right, self.budget, "right")
        self.set_out(walk, "right", "about right", (
            f"α = {self.right:g} is there at step {walk.stopped_at}: "
            "long strides on the slope, short ones near the bottom."
        ))  # fmt: skip
        self.descend(paced(range(1, walk.stopped_at + 1)))
        self.judge(walk)

    def jump_across(self) -> None:
        walk = self.walk(self.bold, self.budget, "bold")
        self.set_out(walk, "bold", "bold, and faster still", (
            f"α = {self.bold:g} overshoots back and forth, yet settles at step {walk.stopped_at}: "
            f"it is below 2/f″(x*) ≈ {shown(self.bound, 2)}."
        ))  # fmt: skip
        self.descend(paced(range(1, walk.stopped_at + 1)))
        self.judge(walk)

    def fall_out(self) -> None:
        walk = self.walk(self.large, self.budget, "too large")
        self.set_out(walk, "too large", "too large", (
            f"α = {self.large:g} leaps to x₁ ≈ {shown(walk.points[-1, 0], 3)}, "
            "where ln x has no value. The walk is over."
        ))  # fmt: skip
        self.figure.leave_behind(0)
        self.play(Leave(self.figure, run_time=1.6))
        self.mark_the_exit(walk)
        self.judge(walk)

    def compare(self) -> None:
        self.beat(
            "four fates, one start",
            "Height above the minimum, on a log scale: a steady rate of progress is a straight line.",
        )
        self.clear_the_stage()
        names = ("too small, with patience", "right", "bold", "too large")
        runs = [
            Run(name, f"α = {rate:g}", self.evidence.walks[name], colour)
            for name, rate, colour in zip(names, self.rates, self.theme.runs, strict=True)
        ]
        plane = self.draw_chart()
        chart = ConvergenceChart(plane, runs, self.lowest)
        legend = Legend(plane, runs, x=COLUMN + 0.3, top=1.7)
        self.play(mn.FadeIn(chart), mn.FadeIn(mn.VGroup(*(row[:2] for row in legend))), run_time=0.6)
        self.play(Race(chart, run_time=4.4))
        self.play(*(mn.FadeIn(row[2]) for row in legend), run_time=0.6)
        self.hold(4)

    # What the beats are made of

    def draw_valley(self) -> None:
        self.plane = Plane(
            self.theme, GRAPH, self.window, self.height,
            x_ticks=(-0.5, 0, 0.5, 1, 1.5), y_ticks=(1, 2, 3, 4, 5), y_name="f(x)",
        )  # fmt: skip
        graph = self.plane.graph(self.field, self.theme.function)
        name = math("f(x) = " + typst(self.field.expr), size=36, colour=self.theme.function)
        name.rest(*self.plane.at(1.02, 4.75)[:2], anchor="right")
        self.play(mn.FadeIn(self.plane), mn.FadeIn(self.forbidden_zone()), run_time=0.8)
        self.play(mn.Create(graph), mn.FadeIn(name), run_time=1.2)
        self.play(mn.FadeIn(self.minimum_sign()), run_time=0.4)

    def draw_column(self) -> None:
        self.panel = Panel(self.theme)
        self.gauge = RateGauge(self.theme, self.rates, self.bound)
        self.play(mn.FadeIn(self.panel), run_time=0.6)

    def forbidden_zone(self) -> mn.VGroup:
        """Where the domain's condition fails: shaded, and said."""
        (condition,) = self.field.domain
        corner, far = self.plane.at(self.window[0], 0.0), self.plane.at(0.0, self.height[1])
        zone = mn.Polygon(corner, (far[0], corner[1], 0), far, (corner[0], far[1], 0), stroke_width=0)
        zone.set_fill(self.theme.danger, 0.13)
        middle = (corner[0] + far[0]) / 2
        colour = self.theme.danger
        where = math(typst(sp.Not(condition)), size=30, colour=colour)
        what = words("no value", size=26, colour=colour)
        where.rest(middle, 1.3, anchor="centre")
        what.rest(middle, 0.9, anchor="centre")
        return mn.VGroup(zone, where, what)

    def minimum_sign(self) -> mn.VGroup:
        """A triangle that points at the minimum from above, and its name."""
        at = self.plane.at(self.bottom, self.lowest)
        sign = arrow_head(at + 0.7 * mn.UP, at + 0.45 * mn.UP, self.theme.minimum, 0.2)
        name = math("x^*", size=32, colour=self.theme.minimum)
        return mn.VGroup(sign, name.rest(at[0], at[1] + 0.85, anchor="centre"))

    def name_the_step(self) -> None:
        """Take one step and write its length on it."""
        walk = self.figure.walk
        self.play(Descend(self.figure, [Moment(1, 0.0, 1.2, 1.6)], self.panel))
        step = walk.points[1, 0] - walk.points[0, 0]
        label = math("-alpha thin f'(x_0)" + number(step, 4), size=30, colour=self.theme.iterate)
        middle = self.plane.at(walk.points[:2, 0].mean(), 0.0)
        label.rest(middle[0] - 0.1, middle[1] + 0.85, anchor="right")
        self.play(mn.FadeIn(label), run_time=0.4)
        self.hold(1.6)
        self.play(mn.FadeOut(label), run_time=0.2)

    def set_out(self, walk: Walk, name: str, title: str, text: str) -> None:
        """Begin a beat with a walk at its start."""
        self.beat(title, text)
        old = [self.figure, *([self.badge] if hasattr(self, "badge") else [])]
        self.play(*(mn.FadeOut(mob) for mob in old), self.gauge.choose(walk.step.rate), run_time=0.6)
        self.figure = DescentFigure(self.plane, name, walk)
        self.panel.show(walk, 0)
        self.play(mn.FadeIn(self.figure), run_time=0.4)
        self.remove(self.panel.numbers)
        self.add(self.panel.numbers)
        self.hold(0.6)

    def descend(self, moments: list[Moment]) -> None:
        self.play(Descend(self.figure, moments, self.panel))

    def judge(self, walk: Walk) -> None:
        self.badge = VerdictBadge(self.theme, walk)
        self.play(mn.FadeIn(self.badge, shift=0.1 * mn.UP), run_time=0.4)
        self.hold(1.4)

    def mark_the_exit(self, walk: Walk) -> None:
        """A cross on the axis at the iterate that has no value, at its true place."""
        at = self.figure.on_axis(walk.stopped_at)
        cross = mn.VGroup(
            *(mn.Line(at - 0.13 * d, at + 0.13 * d, stroke_width=7) for d in (mn.UR, mn.UL))
        ).set_color(self.theme.danger)
        label = math("x_1" + number(walk.points[-1, 0], 3), size=28, colour=self.theme.danger)
        label.rest(self.plane.at(0.06, 0)[0], self.plane.floor + 1.15)
        self.figure.add(cross, label)
        self.play(mn.FadeIn(cross), mn.FadeIn(label), run_time=0.4)

    def clear_the_stage(self) -> None:
        kept = {id(self._heading), id(self._caption)}
        self.play(*(mn.FadeOut(mob) for mob in self.mobjects if id(mob) not in kept), run_time=0.6)

    def draw_chart(self) -> Plane:
        ticks = 10.0 ** np.arange(-12, 1, 3)
        plane = Plane(
            self.theme, CHART, (0, 66), (1e-13, 10.0), x_ticks=range(0, 61, 10), y_ticks=ticks,
            x_name="k", y_name="f(x_k) - f(x^*)", log_y=True,
        )  # fmt: skip
        goal = self.tolerance**2 * self.bound / 4
        line = dashed(plane.at(0, goal), plane.at(66, goal), self.theme.minimum)
        exponent = round(np.log10(self.tolerance))
        name = math(f"abs(f') = 10^({exponent})", size=26, colour=self.theme.minimum)
        name.rest(CHART.right, plane.at(0, goal)[1] + 0.15, anchor="right")
        self.play(mn.FadeIn(mn.VGroup(plane, line, name)), run_time=0.6)
        return plane
