"""Rates that adapt: a schedule, trials that are refused, one along each axis, and their price."""

from __future__ import annotations

from gdmath import Verdict
from gdmath.descent import steps
from gdstage.pace import paced
from gdstage.proof.rate_facts import RateFacts
from gdstage.proof.truths import number_of
from gdstage.props import adaptive_rates as props


class AdaptiveRates(props.AdaptiveClip):
    """On a stretched bowl one rate cannot suit both directions: rules that change it as they go.

    `seen` are the steps that are shown at first; `tried` are the first length of backtracking, how
    it shrinks and how much f must fall; `alpha` is that of the three rules with a rate along each
    axis, `braver` another one for AdaGrad; they have so much `patience`.
    """

    topic = "Adaptive rates"
    rate, seen = 0.024, 40
    decay, decayed = steps.ExponentialDecay(0.03, 0.97), 100
    tried = (0.05, 0.5, 0.3)
    alpha, braver, patience = 0.5, 2.0, 160

    def construct(self) -> None:
        self.compute()
        self.suit_neither()
        self.shrink()
        self.try_and_refuse()
        self.part_the_axes()
        self.fail_each_its_way()
        self.race()

    def compute(self) -> None:
        arrives, spent = Verdict.CONVERGED, Verdict.BUDGET_SPENT
        self.plain = self.stride("gradient descent", arrives, steps.gradient_step(self.rate))
        self.fading = self.stride("schedule", spent, steps.scheduled_step(self.decay), self.decayed)
        self.careful = self.stride("backtracking", arrives, steps.backtracking_step(*self.tried))
        self.dying = self.stride("AdaGrad", spent, steps.adagrad_step(self.alpha), self.patience)
        self.stride("RMSProp", Verdict.OSCILLATING, steps.rmsprop_step(self.alpha), self.patience)
        self.stride("Adam", arrives, steps.adam_step(self.alpha))
        self.stride(props.BOLD, arrives, steps.adagrad_step(self.braver))
        props.require_story(self.facts, self.evidence.walks)

    def suit_neither(self) -> None:
        facts, name = self.facts, "gradient descent"
        (x, y), (x1, y1) = ([facts.of(name).coordinate(k, axis) for axis in (0, 1)] for k in (0, 1))
        self.beat(
            "too large across, too small along",
            f"With α = {facts.rate(name)} the first step takes y from {facts.chosen(y)} to "
            f"{facts.number(y1, 2)}, across the valley, and x from {facts.chosen(x)} to "
            f"{facts.number(x1, 2)}.",
            say="In a long narrow valley a dot goes from side to side. {caption}",
        )
        seen, walker = self.on_big_map(name)
        numbers = self.numbers(*props.place_of_walk(self.theme)).read(self.plain, 0)
        self.add(*seen, walker, numbers, numbers.numbers)
        self.hold(0.6)
        self.play(walker.descend(paced(range(1, self.seen + 1), props.OPENING, (2, 1)), numbers))
        self.hold(0.8)
        self.dismiss_all()

    def shrink(self) -> None:
        facts, name = self.facts, "schedule"
        last = RateFacts(self.fading).own(self.fading.stopped_at - 1)
        self.beat(
            "a schedule: too large, then too small",
            f"α shrinks from {facts.rate(name)} to {facts.number(last, 4)}. After "
            f"{facts.steps(name)} steps: {facts.fate(name, 'not there yet')}.",
            say="The zigzag swells and fades; a chart shows the rate. {caption}",
        )
        picture = props.Shrinking(self.theme, self.fading, name)
        self.bring(*picture, picture.walker, picture.chart)
        self.play(*picture.go())
        self.hold(0.8)
        self.dismiss_all()

    def try_and_refuse(self) -> None:
        facts, rates = self.facts, RateFacts(self.careful)
        trials = props.Trials(self.theme, self.careful)
        tried = [facts.chosen(rates.trial_rate(0, j)) for j in range(len(trials.lengths))]
        self.beat(
            "backtracking: trial and error",
            f"It tries α = {', '.join(tried)}: refused while f lies above the line, "
            "taken where it lies below.",
            say="Trial places are marked in the valley, and in a chart of f. {caption}",
        )
        self.bring(*trials, trials.ray, trials.dots)
        self.show(trials.line, run_time=0.8)
        for j in range(len(trials.lengths)):
            self.show(trials.of(j), run_time=0.6)
            self.hold(0.4)
        self.hold(0.6)
        self.dismiss_all()

    def part_the_axes(self) -> None:
        facts, names = self.facts, ("gradient descent", "AdaGrad")
        own = (RateFacts(self.dying).own(0, axis) for axis in (0, 1))
        along, across = (facts.number(rate, 4) for rate in own)
        self.beat(
            "the circle of steps becomes an ellipse",
            f"AdaGrad divides α = {facts.rate('AdaGrad')} by the root of summed squared "
            f"slopes: first {along} along x, {across} along y.",
            say="Around the dot, a ring of steps is pressed flat. {caption}",
        )
        pair = props.RoundAndLong(self.theme, self.plain, self.dying, names)
        numbers = self.numbers(*props.rates_of_walk(self.theme)).read(self.dying, 0)
        self.bring(*pair.seen, pair.round, pair.names[0])
        self.show(pair.long, pair.names[1], pair.step, numbers, numbers.numbers, run_time=0.8)
        self.hold(0.6)
        self.hide(pair.step, run_time=0.2)
        self.show(pair.walker, run_time=0.2)
        self.play(pair.walker.descend(paced(range(1, 13), props.OPENING, (3, 2)), numbers))
        self.hold(0.8)
        self.dismiss_all()

    def fail_each_its_way(self) -> None:
        facts, names = self.facts, ("AdaGrad", "RMSProp", "Adam")
        walks = {name: self.evidence.walks[name] for name in names}
        self.beat(
            f"one α, {facts.spelled(number_of(*walks.values()))} troubles",
            f"With α = {facts.rate('Adam')}, AdaGrad’s steps dwindle; "
            f"RMSProp {facts.fate('RMSProp', 'never settles')}; Adam swings past the minimum.",
            say="Walks on maps of their own. {caption}",
            poster=True,
        )
        strips = props.Strips(self.theme, walks)
        self.bring(strips, *strips.walkers)
        self.play(*strips.go())
        self.show(strips.fates)
        self.hold(1.0)
        self.dismiss_all()

    def race(self) -> None:
        facts, careful = self.facts, RateFacts(self.careful)
        names = ("gradient descent", "backtracking", "Adam", props.BOLD)
        self.beat(
            "faster, at a price",
            f"Backtracking asks for f {facts.whole(careful.trials())} times in "
            f"{facts.steps('backtracking')} steps; AdaGrad takes {facts.steps(props.BOLD)}, "
            "with another α.",
            say="A chart of the slopes that are left. {caption}",
        )
        race = props.Race(self.theme, {name: self.evidence.walks[name] for name in names})
        self.bring(race, race.chart)
        self.play(race.chart.race(run_time=5.0))
        self.show(race.board.fates)
        self.hold(1.0)
