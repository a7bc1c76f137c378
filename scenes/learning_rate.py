"""One number decides: too small a learning rate, a good one, a bold one, and one too large."""

from __future__ import annotations

from gdmath import Verdict
from gdstage.proof.field_facts import FieldFacts
from gdstage.proof.truths import along, crosses, equal, number_of, ordered
from gdstage.props import learning_rate as props
from gdstage.shape import SHAPES


class LearningRate(props.RateClip):
    """Gradient descent on eˣ − ln x from one start, with four learning rates."""

    topic, shapes = "Learning rate", tuple(SHAPES)
    x_window, y_window = (-0.64, 1.94), (0.5, 6.0)
    y_ticks = (1, 2, 3, 4, 5)
    rates = (0.04, 0.1, 0.3, 0.5)
    opening = ((12, 5), (8, 3), (5, 2), (4, 1), (3, 1))
    leaving, judging = 0.4, 1.0
    patience, beyond = 75, 0.333

    def construct(self) -> None:
        self.compute()
        self.sweep()
        self.crawl()
        self.be_patient()
        self.stride()
        self.jump_across()
        self.leap_out()
        self.find_the_limit()
        self.compare()

    def compute(self) -> None:
        self.small, self.right, self.bold, self.large = self.rates
        self.cast("too small", Verdict.BUDGET_SPENT, self.small)
        self.cast("patient", Verdict.CONVERGED, self.small, steps=self.patience)
        self.cast("right", Verdict.CONVERGED, self.right)
        self.cast("bold", Verdict.CONVERGED, self.bold)
        lost = self.cast("too large", Verdict.LEFT_DOMAIN, self.large)
        self.cast("beyond", Verdict.LEFT_DOMAIN, self.beyond)
        self.x_window = props.reaching(self.x_window, lost)
        self.bound = FieldFacts(self.field).stability_bound(self.least)
        self.walk("bound", round(self.bound.value, 4), steps=1)
        self.zones = props.zones_within(self.evidence.walks["right"], self.x_window[0])

    def sweep(self) -> None:
        self.beat(
            "how far is a step?",
            "The slope gives the direction. The learning rate α decides how far to go.",
            say="α slides along a scale, and a dot shows where a first step would land. {caption}",
        )
        self.draw_whole(self.rates, self.bound, self.zones)
        self.sweep_to("too large", run_time=5.6)
        self.hold(0.6)

    def crawl(self) -> None:
        facts = self.facts
        self.beat(
            "too small",
            f"With α = {facts.rate('too small')}: do {facts.steps('too small')} steps lead to "
            f"the minimum, at {facts.number(self.least, 4)}?",
            say="The dot creeps along the curve in little hops. {caption}",
        )
        self.go("too small")
        self.look_close()

    def be_patient(self) -> None:
        facts = self.facts
        same = equal(facts.of("patient").rate(), facts.of("too small").rate())
        slow = ordered(">", facts.of("patient").steps(), facts.of("right").steps())
        self.beat(
            f"{facts.require('slow', slow)}, but {facts.fate('patient', 'it arrives')}",
            f"Allowed {facts.budget('patient')} steps, {facts.require('the same', same)} "
            f"α = {facts.rate('patient')} goes on. How many does it need?",
            say="The dot goes on from where it stood. {caption}",
        )
        self.go_on_as("patient")
        self.judge()

    def stride(self) -> None:
        facts = self.facts
        shorter = along(self.evidence.walks["right"], "length", "<")
        self.beat(
            "about right",
            f"With α = {facts.rate('right')}: "
            f"{facts.require('long strides on the slope, short ones near the bottom', shorter)}. "
            "How many steps now?",
            say="The dot starts again, high on the right. {caption}",
        )
        self.go("right")

    def jump_across(self) -> None:
        facts, bold = self.facts, self.evidence.walks["bold"]
        across = crosses(bold, self.least)
        speed = ordered("<", facts.of("bold").steps(), facts.of("right").steps())
        self.beat(
            f"bold, and {facts.either(speed, 'faster still', 'no faster')}",
            f"With α = {facts.rate('bold')} it "
            f"{facts.require('overshoots back and forth', across)}. How many steps does it need?",
            say="The dot leaps to the far wall of the valley, and back over the bottom. {caption}",
        )
        self.go("bold")

    def leap_out(self) -> None:
        facts = self.facts
        self.beat(
            "too large",
            f"With α = {facts.rate('too large')}: where does x{facts.index('too large', -1)} lie, "
            "and how high is f there?",
            say="One hop goes across the valley and over the wall at its edge. {caption}",
        )
        self.go("too large")

    def find_the_limit(self) -> None:
        facts, name, good = self.facts, "beyond", self.zones.verdict(0)
        farther = ordered(">", *(facts.of(name).coordinate(k) for k in (2, 0)))
        self.beat(
            "how large may it be?",
            f"From here, {facts.say(good, 'every α up to')} "
            f"{facts.up_to(self.zones.edge(0, 'high'), 4)} {facts.say(good, 'arrives')}. "
            f"With α = {facts.rate(name)}, x{facts.index(name, 2)} lies "
            f"{facts.require('beyond', farther)} x{facts.index(name, 0)}: "
            f"it {facts.fate(name, 'leaves the domain')}.",
            say="α slides again, and the scale under the curve takes on colours. {caption}",
            poster=True,
        )
        self.leave()
        self.sweep_to("bound", run_time=4.0, paint=True)
        self.show(self.ruler.edge)
        self.go(name)
        self.dismiss_all()

    def compare(self) -> None:
        facts, names = self.facts, ("patient", "right", "bold", "too large")
        rates = number_of(*(facts.of(name).rate() for name in names))
        patient, right, bold = map(facts.steps, names[:3])
        self.beat(
            f"{facts.spelled(rates)} rates, one start",
            f"{patient}, {right} and {bold} steps. On a log scale "
            "a steady rate of progress is a straight line.",
            say="A chart of the distance to the bottom, over the steps. {caption}",
        )
        shown = {name: self.evidence.walks[name] for name in names}
        plane, chart, board = props.race(self.theme, self.field, self.least, shown)
        self.take_over(plane)
        self.show(chart, board)
        self.play(chart.race(run_time=4.4))
        self.show(board.fates, run_time=0.6)
        self.hold(2.4)
