"""One number decides: too small a learning rate, a good one, a bold one, and one too large."""

from __future__ import annotations

from gdmath import Verdict, stability_bound
from gdstage.look.rounding import shown
from gdstage.look.text import math, number
from gdstage.pace import SPRINT, Moment, paced
from gdstage.props.learning_rate import height_plane
from gdstage.walks.board import Board
from gdstage.walks.chart import Chart, excess
from gdstage.walks.descent_clip import DescentClip
from gdstage.walks.readouts import COLUMN
from gdstage.walks.run import Run


class LearningRate(DescentClip):
    """Gradient descent on eˣ − ln x from one start, with four learning rates."""

    topic = "Learning rate"
    x_window, y_window = (-0.78, 1.95), (0.0, 5.6)
    rates = (0.04, 0.1, 0.3, 0.5)
    patience = 75

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
        self.bound = float(stability_bound(self.field, self.lowest.point))
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
        self.show(self.point_out())
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
        self.go("too small")

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
        self.go("right")

    def jump_across(self) -> None:
        walk = self.evidence.walks["bold"]
        self.beat(
            "bold, and faster still",
            f"α = {self.bold:g} overshoots back and forth, yet settles at step {walk.stopped_at}: "
            f"it is below 2/f″(x*) ≈ {shown(self.bound, 2)}.",
            poster=True,
        )
        self.go("bold")

    def leap_out(self) -> None:
        walk = self.evidence.walks["too large"]
        self.beat(
            "too large",
            f"α = {self.large:g} leaps to x₁ ≈ {shown(walk.points[-1, 0], 3)}, "
            "where ln x has no value. The walk is over.",
        )
        self.go("too large")

    def compare(self) -> None:
        self.beat(
            "four fates, one start",
            "Height above the minimum, on a log scale: "
            "a steady rate of progress is a straight line.",
        )
        self.clear_stage()
        plane = height_plane(self.theme, self.tolerance, self.bound)
        self.show(plane, run_time=0.6)
        runs = [
            Run(name, f"α = {rate:g}", self.evidence.walks[name], colour)
            for name, rate, colour in zip(
                ("patient", "right", "bold", "too large"), self.rates, self.theme.runs, strict=True
            )
        ]
        chart = Chart(plane, runs, excess(float(self.lowest.value)))
        board = Board(self.theme, runs, x=COLUMN + 0.2, top=1.7)
        self.show(chart, board, run_time=0.6)
        self.play(chart.race(run_time=4.4))
        self.show(board.fates, run_time=0.6)
        self.hold(3.4)

    # What the beats are made of

    def take_one_step(self) -> None:
        """Take one step slowly, and write its length on it."""
        self.descend([Moment(1, 0.0, 1.2, 1.6)])
        step = self.figure.walk.points[1, 0] - self.figure.walk.points[0, 0]
        label = math("-alpha thin f'(x_0)" + number(step, 4), size=30, colour=self.theme.iterate)
        label.rest(self.figure.on_axis(1)[0] - 0.2, self.plane.floor + 0.35, anchor="right")
        self.show(label)
        self.hold(1.6)
        self.dismiss(label)

    def go_on(self, name: str) -> None:
        """Let the walk that is on stage be the longer one of this name."""
        self.hide(self.badge, run_time=0.2)
        self.figure.go_on_as(name, self.evidence.walks[name])
