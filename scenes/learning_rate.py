"""One number decides: too small a learning rate, a good one, a bold one, and one too large."""

from __future__ import annotations

from gdmath import Verdict, rate_zones, stability_bound
from gdstage.look.text import math, number
from gdstage.pace import SPRINT, Moment, paced
from gdstage.props.learning_rate import height_plane
from gdstage.walks.board import Board
from gdstage.walks.chart import Chart, excess
from gdstage.walks.descent_clip import DescentClip
from gdstage.walks.fates import lowered
from gdstage.walks.gauges import RateGauge
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
        most = 1.12 * max(*self.rates, self.bound)
        self.zones = rate_zones(self.field, self.start, most, tolerance=self.tolerance)
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
        self.draw_column(RateGauge(self.theme, self.rates, self.zones, self.bound))
        self.set_out("first step")
        self.take_one_step()

    def crawl(self) -> None:
        facts = self.facts
        self.beat(
            "too small",
            f"With α = {self.small:g}, {facts.steps('too small')} steps end at "
            f"x ≈ {facts.coordinate('too small', -1, 4)}. "
            f"The minimum is at {facts.number('the minimum', self.bottom, 4)}.",
        )
        self.go("too small")

    def be_patient(self) -> None:
        walk = self.evidence.walks["patient"]
        facts = self.facts
        slow = facts.faster("right", "patient")
        facts.require(f"slow: α = {self.small:g} beside {self.right:g}", holds=slow)
        self.beat(
            "slow, but it arrives",
            f"Allowed {self.patience} steps, "
            f"the same α = {self.small:g} arrives at step {facts.steps('patient')}.",
        )
        self.go_on("patient")
        self.descend(paced(range(self.budget + 1, walk.stopped_at + 1), opening=(), flow=SPRINT))
        self.judge()

    def stride(self) -> None:
        facts = self.facts
        facts.require("long strides, then short ones", holds=facts.shortens("right"))
        self.beat(
            "about right",
            f"α = {self.right:g} is there at step {facts.steps('right')}: "
            "long strides on the slope, short ones near the bottom.",
        )
        self.go("right")

    def jump_across(self) -> None:
        facts = self.facts
        across = facts.crosses("bold", self.bottom)
        facts.require(f"α = {self.bold:g} overshoots back and forth", holds=across)
        all_up_to = facts.up_to("arrives: every α", self.zones[0].high, 4)
        self.beat(
            "bold, and faster still" if facts.faster("bold", "right") else "bold, and no faster",
            f"α = {self.bold:g} overshoots back and forth, yet settles at step "
            f"{facts.steps('bold')}. From here, every α up to {all_up_to} does.",
            poster=True,
        )
        self.go("bold")

    def leap_out(self) -> None:
        x = f"x{lowered(int(self.facts.steps('too large')))}"
        self.beat(
            "too large",
            f"α = {self.large:g} leaps to {x} ≈ {self.facts.coordinate('too large', -1, 3)}, "
            "where f has no value. The walk is over.",
        )
        self.go("too large")

    def compare(self) -> None:
        self.beat(
            "four rates, one start",
            "Height above the minimum, on a log scale: "
            "a steady rate of progress is a straight line.",
        )
        self.clear_stage()
        walks, names = self.evidence.walks, ("patient", "right", "bold", "too large")
        longest = walks["patient"].stopped_at
        plane = height_plane(self.theme, self.tolerance, self.bound, longest)
        self.show(plane, run_time=0.6)
        named = zip(names, self.rates, self.theme.runs, strict=True)
        runs = [Run(name, f"α = {rate:g}", walks[name], colour) for name, rate, colour in named]
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
