"""One number decides: too small a learning rate, a good one, a bold one, and one too large."""

from __future__ import annotations

from gdmath import Verdict, rate_zones
from gdstage.pace import SPRINT, Moment, paced
from gdstage.proof.field_facts import FieldFacts, ZoneFacts
from gdstage.proof.truths import along, crosses, number_of, ordered
from gdstage.props.learning_rate import first_step, height_plane
from gdstage.walks.board import Board
from gdstage.walks.chart import Chart, excess
from gdstage.walks.descent_clip import DescentClip
from gdstage.walks.gauges import RateGauge
from gdstage.walks.readouts import COLUMN
from gdstage.walks.run import rated


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
        self.bound = FieldFacts(self.field).stability_bound(self.least)
        most = 1.12 * max(*self.rates, self.bound.value)
        found = rate_zones(self.field, self.start, most, tolerance=self.tolerance)
        self.zones = ZoneFacts(self.field, self.start, self.tolerance, found)
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
        zones = self.zones
        self.draw_column(RateGauge(self.theme, self.rates, zones.zones, self.bound, known=zones))
        self.set_out("first step")
        self.take_one_step()

    def crawl(self) -> None:
        facts = self.facts
        self.beat(
            "too small",
            f"With α = {facts.rate('too small')}, {facts.steps('too small')} steps end at "
            f"x ≈ {facts.coordinate('too small', -1, 4)}. "
            f"The minimum is at {facts.number(self.least, 4)}.",
        )
        self.go("too small")

    def be_patient(self) -> None:
        facts, walk = self.facts, self.evidence.walks["patient"]
        slow = ordered(">", facts.of("patient").steps(), facts.of("right").steps())
        self.beat(
            f"{facts.require('slow', slow)}, but {facts.fate('patient', 'it arrives')}",
            f"Allowed {facts.budget('patient')} steps, the same α = {facts.rate('patient')} "
            f"{facts.fate('patient', 'arrives')} at step {facts.steps('patient')}.",
        )
        self.go_on("patient")
        self.descend(paced(range(self.budget + 1, walk.stopped_at + 1), opening=(), flow=SPRINT))
        self.judge()

    def stride(self) -> None:
        facts = self.facts
        shorter = along(self.evidence.walks["right"], "length", "<")
        self.beat(
            "about right",
            f"α = {facts.rate('right')} {facts.fate('right', 'is there')} at step "
            f"{facts.steps('right')}: "
            f"{facts.require('long strides on the slope, short ones near the bottom', shorter)}.",
        )
        self.go("right")

    def jump_across(self) -> None:
        facts, bold = self.facts, self.evidence.walks["bold"]
        across = crosses(bold, self.least)
        speed = ordered("<", facts.of("bold").steps(), facts.of("right").steps())
        self.beat(
            f"bold, and {facts.either(speed, 'faster still', 'no faster')}",
            f"α = {facts.rate('bold')} {facts.require('overshoots back and forth', across)}, yet "
            f"{facts.fate('bold', 'settles')} at step {facts.steps('bold')}. "
            f"From here, every α up to {facts.up_to(self.zones.edge(0, 'high'), 4)} does.",
            poster=True,
        )
        self.go("bold")

    def leap_out(self) -> None:
        facts = self.facts
        self.beat(
            "too large",
            f"α = {facts.rate('too large')} leaps to x{facts.index('too large', -1)} ≈ "
            f"{facts.coordinate('too large', -1, 3)}, where f "
            f"{facts.fate('too large', 'has no value')}. The walk is over.",
        )
        self.go("too large")

    def compare(self) -> None:
        walks, names = self.evidence.walks, ("patient", "right", "bold", "too large")
        rates = number_of(*(self.facts.of(name).rate() for name in names))
        self.beat(
            f"{self.facts.spelled(rates)} rates, one start",
            "Height above the minimum, on a log scale: "
            "a steady rate of progress is a straight line.",
        )
        self.clear_stage()
        plane = height_plane(self.theme, self.field, self.least, walks["patient"])
        self.show(plane, run_time=0.6)
        named = zip(names, self.theme.runs, strict=True)
        runs = [rated(name, walks[name], colour) for name, colour in named]
        chart = Chart(plane, runs, excess(FieldFacts(self.field).value(self.least)))
        board = Board(self.theme, runs, x=COLUMN + 0.2, top=1.7)
        self.show(chart, board, run_time=0.6)
        self.play(chart.race(run_time=4.4))
        self.show(board.fates, run_time=0.6)
        self.hold(3.4)

    # What the beats are made of

    def take_one_step(self) -> None:
        """Take one step slowly, and write its length on it."""
        self.descend([Moment(1, 0.0, 1.2, 1.6)])
        label = first_step(self.figure)
        self.show(label)
        self.hold(1.6)
        self.dismiss(label)

    def go_on(self, name: str) -> None:
        """Let the walk that is on stage be the longer one of this name."""
        self.hide(self.badge, run_time=0.2)
        self.figure.go_on_as(name, self.evidence.walks[name])
