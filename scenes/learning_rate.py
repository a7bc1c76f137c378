"""One number decides: too small a learning rate, a good one, a bold one, and one too large."""

from __future__ import annotations

from math import log10

import manim as mn

from gdmath import LOG_VALLEY, Verdict, stability_bound, stationary_points
from gdstage.layout import Box
from gdstage.look.rounding import shown
from gdstage.look.signs import dashed
from gdstage.look.text import math, number
from gdstage.pace import SPRINT, Moment, paced
from gdstage.plane.axes import Plane
from gdstage.walks.board import Board
from gdstage.walks.chart import Chart, excess
from gdstage.walks.descent_clip import DescentClip
from gdstage.walks.readouts import COLUMN
from gdstage.walks.run import Run

CHART = Box(left=-5.6, right=1.75, bottom=-2.35, top=1.9)


class LearningRate(DescentClip):
    """Gradient descent on eˣ − ln x from one start, with four learning rates."""

    topic = "Learning rate"
    field = LOG_VALLEY
    start = 1.6
    x_window, y_window = (-0.78, 1.95), (0.0, 5.6)
    rates = (0.04, 0.1, 0.3, 0.5)
    budget, patience = 25, 75

    def construct(self) -> None:
        self.compute()
        self.meet_the_rule()
        self.crawl()
        self.be_patient()
        self.stride()
        self.jump_across()
        self.leap_out()
        self.compare()

    def compute(self) -> None:
        (valley,) = stationary_points(self.field)
        self.bottom, self.lowest = float(valley.point[0]), float(valley.value)
        self.bound = float(stability_bound(self.field, valley.point))
        self.small, self.right, self.bold, self.large = self.rates
        self.walk("first step", self.right, steps=1)
        self.cast("too small", Verdict.BUDGET_SPENT, self.small)
        self.cast("patient", Verdict.CONVERGED, self.small, steps=self.patience)
        self.cast("right", Verdict.CONVERGED, self.right)
        self.cast("bold", Verdict.CONVERGED, self.bold)
        self.cast("too large", Verdict.LEFT_DOMAIN, self.large)

    def meet_the_rule(self) -> None:
        self.beat(
            "how far is a step?",
            "The slope gives the direction. The learning rate α decides how far to go.",
        )
        self.draw_graph(name_at=(1.02, 4.75))
        self.play(mn.FadeIn(self.point_out(self.bottom, self.lowest)), run_time=0.4)
        self.draw_column(self.rates, self.bound)
        self.set_out("first step")
        self.take_one_step()

    def crawl(self) -> None:
        walk = self.evidence.walks["too small"]
        end, goal = shown(walk.points[-1, 0], 4), shown(self.bottom, 4)
        self.beat(
            "too small",
            f"With α = {self.small:g}, {walk.stopped_at} steps end at x ≈ {end}. "
            f"The minimum is at {goal}.",
        )
        self.set_out("too small")
        self.descend(paced(range(1, walk.stopped_at + 1)))
        self.judge()

    def be_patient(self) -> None:
        walk = self.evidence.walks["patient"]
        self.beat(
            "slow, but it arrives",
            f"Allowed {self.patience} steps, "
            f"the same α = {self.small:g} arrives at step {walk.stopped_at}.",
        )
        self.go_on("patient")
        self.descend(paced(range(self.budget + 1, walk.stopped_at + 1), opening=(), flow=SPRINT))
        self.judge()

    def stride(self) -> None:
        walk = self.evidence.walks["right"]
        self.beat(
            "about right",
            f"α = {self.right:g} is there at step {walk.stopped_at}: "
            "long strides on the slope, short ones near the bottom.",
        )
        self.set_out("right")
        self.descend(paced(range(1, walk.stopped_at + 1)))
        self.judge()

    def jump_across(self) -> None:
        walk = self.evidence.walks["bold"]
        self.beat(
            "bold, and faster still",
            f"α = {self.bold:g} overshoots back and forth, yet settles at step {walk.stopped_at}: "
            f"it is below 2/f″(x*) ≈ {shown(self.bound, 2)}.",
            poster=True,
        )
        self.set_out("bold")
        self.descend(paced(range(1, walk.stopped_at + 1)))
        self.judge()

    def leap_out(self) -> None:
        walk = self.evidence.walks["too large"]
        self.beat(
            "too large",
            f"α = {self.large:g} leaps to x₁ ≈ {shown(walk.points[-1, 0], 3)}, "
            "where ln x has no value. The walk is over.",
        )
        self.set_out("too large")
        self.fall_out()
        self.judge()

    def compare(self) -> None:
        self.beat(
            "four fates, one start",
            "Height above the minimum, on a log scale: "
            "a steady rate of progress is a straight line.",
        )
        self.clear_stage()
        plane = self.draw_chart()
        runs = [
            Run(name, f"α = {rate:g}", self.evidence.walks[name], colour)
            for name, rate, colour in zip(
                ("patient", "right", "bold", "too large"), self.rates, self.theme.runs, strict=True
            )
        ]
        chart = Chart(plane, runs, excess(self.lowest))
        board = Board(self.theme, runs, x=COLUMN + 0.2, top=1.7)
        self.play(mn.FadeIn(chart), mn.FadeIn(board), run_time=0.6)
        self.play(chart.race(run_time=4.4))
        self.play(mn.FadeIn(board.fates), run_time=0.6)
        self.hold(3.4)

    def take_one_step(self) -> None:
        """Take one step slowly, and write its length on it."""
        self.descend([Moment(1, 0.0, 1.2, 1.6)])
        step = self.figure.walk.points[1, 0] - self.figure.walk.points[0, 0]
        label = math("-alpha thin f'(x_0)" + number(step, 4), size=30, colour=self.theme.iterate)
        label.rest(self.figure.on_axis(1)[0] - 0.2, self.plane.floor + 0.35, anchor="right")
        self.play(mn.FadeIn(label), run_time=0.4)
        self.hold(1.6)
        self.dismiss(label)

    def go_on(self, name: str) -> None:
        """Let the walk that is on stage be the longer one of this name."""
        self.play(mn.FadeOut(self.badge), run_time=0.2)
        self.figure.go_on_as(name, self.evidence.walks[name])

    def draw_chart(self) -> Plane:
        """Axes for height above the minimum, and how low the tolerance asks a walk to come."""
        plane = Plane(
            self.theme, CHART, (0, 66), (1e-13, 10.0),
            x_ticks=range(0, 61, 10), y_ticks=[10.0**power for power in range(-12, 1, 3)],
            x_name="k", y_name="f(x_k) - f(x^*)", log_y=True,
        )  # fmt: skip
        # Near the minimum f − f* = f′² / 2f″, and the bound is 2 / f″.
        goal = self.tolerance**2 * self.bound / 4
        line = dashed(plane.at(0, goal), plane.at(66, goal), self.theme.label)
        power = round(log10(self.tolerance))
        name = math(f"abs(f') = 10^({power})", size=26, colour=self.theme.label)
        at = plane.at(40, goal)
        name.rest(at[0], at[1] + 0.15, anchor="centre")
        self.play(mn.FadeIn(mn.VGroup(plane, line, name)), run_time=0.6)
        return plane
