"""Momentum: a ball instead of a zigzag, how much of a step to keep, and all pairs of α and β."""

from __future__ import annotations

from gdmath import Verdict
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.map_facts import SpotFacts
from gdstage.proof.truths import ratio
from gdstage.props import momentum as props

GRADIENT, BALL, HEAVY, BEST = *props.RACERS, "too heavy", "best"


class Momentum(props.MomentumClip):
    """Gradient descent and momentum on a stretched bowl.

    The `rates` are too small, bold and too large; with the bold one, shares `kept` of the last step
    are compared with none. `seen` are the steps that are shown at first.
    """

    topic = "Momentum"
    rates = (0.004, 0.024, 0.028)
    kept, best = (0.75, 0.95), (0.04, 0.64)
    seen = 40

    def construct(self) -> None:
        self.compute()
        self.suit_both()
        self.keep_a_share()
        self.race()
        self.keep_more()
        self.keep_too_much()
        self.see_all_pairs()

    def compute(self) -> None:
        small, self.bold, large = self.rates
        self.small = self.cast("small", Verdict.BUDGET_SPENT, small, steps=self.seen)
        self.zigzag = self.cast("bold", Verdict.BUDGET_SPENT, self.bold, steps=self.seen)
        self.lost = self.cast("large", Verdict.DIVERGED, large, steps=self.seen)
        self.plain = self.cast(GRADIENT, Verdict.CONVERGED, self.bold, steps=900)
        self.light, self.heavy = (
            self.ball(name, self.bold, beta)
            for name, beta in zip((BALL, HEAVY), self.kept, strict=True)
        )
        self.quick = self.ball(BEST, *self.best)
        props.require_story(self.facts, self.zigzag, self.plain, self.light, self.heavy)

    def suit_both(self) -> None:
        facts, spot = self.facts, SpotFacts(self.field, (0, 0))
        times = ratio(spot.curvature(1, 1), spot.curvature(0, 0))
        small, bold, large = map(facts.rate, ("small", "bold", "large"))
        self.beat(
            f"one rate for {facts.dimension(self.field)} directions",
            f"Across, it bends {facts.whole(times)} times as much as along: α = {small} creeps, "
            f"{bold} zigzags, {large} {facts.fate('large', 'flies off')}.",
            say="Walks set out on maps of a long narrow valley. {caption}",
        )
        walks = {"small": self.small, "bold": self.zigzag, "large": self.lost}
        strips = props.Strips(self.theme, walks)
        self.add(strips, *strips.walkers)
        self.hold(0.6)
        self.play(*strips.walk())
        self.show(strips.fates, *strips.ways)
        self.hold(0.6)
        self.dismiss_all()

    def keep_a_share(self) -> None:
        beta = self.facts.chosen(self.facts.of(BALL).momentum())
        self.beat(
            "keep a share of the last step",
            f"With β = {beta}: what is kept of the last step, and then the slope’s part. "
            "Where do both lead?",
            say="From close by, arrows are put end to end. {caption}",
        )
        step = props.OneStep(self.theme, self.light)
        self.bring(*step, step.before, step.rules)
        for part, name in ((step.kept, step.names[0]), (step.slope, step.names[1])):
            self.show(part, name, run_time=0.8)
        self.show(step.whole, run_time=0.8)
        self.hold(0.8)
        self.dismiss_all()

    def race(self) -> None:
        facts = self.facts
        self.beat(
            "ball against zigzag",
            f"The same α = {facts.rate(BALL)}, one start: "
            f"gradient descent takes {facts.steps(GRADIENT)} steps, momentum {facts.steps(BALL)}.",
            say="Walks in the valley, and a chart of the slopes that are left. {caption}",
        )
        race = props.Race(self.theme, self.plain, self.light)
        self.bring(*race, *race.walkers)
        self.play(*race.together())
        self.play(race.on())
        self.play(race.chart.race(run_time=4.0))
        self.show(race.board.fates)
        self.hold(1.0)
        self.dismiss_all()

    def keep_more(self) -> None:
        facts, light = self.facts, self.facts.of(BALL)
        steps = facts.whole(given("steps", self.seen))
        none = facts.given("zero", 0.0)
        self.beat(
            "how much to keep?",
            f"The first {steps} steps, with β from {none} to {facts.chosen(light.momentum())}: "
            "how near do they come?",
            say="A ring slides along a scale of β, and the path swings with it. {caption}",
        )
        swept = self.swept = props.Swept(self.theme, self.light, self.seen, self.kept)
        self.bring(*swept.seen, swept.gauge, swept.numbers, swept.numbers.numbers, swept)
        self.sweep(self.kept[0], 6.0, self.plain, self.light)
        self.hold(0.8)

    def keep_too_much(self) -> None:
        facts = self.facts
        self.beat(
            "too much is slower than none",
            f"β = {facts.chosen(facts.of(HEAVY).momentum())} swings past the minimum and back: "
            f"{facts.steps(HEAVY)} steps; gradient descent takes {facts.steps(GRADIENT)}.",
            say="The ring slides on, and the path swings wide. {caption}",
        )
        self.sweep(self.kept[1], 5.0, self.heavy)
        self.hold(1.0)
        self.dismiss_all()

    def see_all_pairs(self) -> None:
        facts, best = self.facts, WalkFacts(self.quick)
        pairs = props.Pairs(self.theme, self.field)
        most = facts.require("at most", props.best(pairs.plane, self.field, self.quick))
        self.beat(
            "digits gained a step, by α and β",
            f"Digits gained a step: {most} {facts.number(props.gain_of(self.quick), 3)}, with "
            f"α = {facts.chosen(best.rate())}, β = {facts.chosen(best.momentum())}. "
            "Where do walks fly off?",
            say="A map whose places are pairs of a rate and a share. {caption}",
            poster=True,
        )
        self.bring(*pairs)
        for walk in (self.small, self.plain, self.lost, self.light, self.heavy, self.quick):
            self.show(pairs.sign(walk))
        self.hold(2.0)
