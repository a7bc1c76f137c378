"""Lies about rates: another ellipse, a refused trial as taken, wrong counts, another schedule."""

import numpy as np
import pytest
from clips_with_lies import Brisk
from ways_of_lying import replaced, result

from gdmath import Verdict
from gdmath.descent import steps
from gdstage.proof.fact import Fact
from gdstage.proof.rate_facts import RateFacts
from gdstage.props import adaptive_rates as props

RATES, PROPS = "gdstage.proof.rate_facts:RateFacts", "gdstage.props.adaptive_rates"


class Ellipses(Brisk, props.AdaptiveClip):
    """Three walks, and the ellipses of their steps."""

    topic = "Ellipses"

    def construct(self):
        rules = {
            "AdaGrad": steps.adagrad_step, "RMSProp": steps.rmsprop_step, "Adam": steps.adam_step,
        }  # fmt: skip
        walks = {
            name: self.stride(name, Verdict.BUDGET_SPENT, rule(0.5), 6)
            for name, rule in rules.items()
        }
        self.beat("ellipses", "Walks, and the steps that they may take.")
        strips = props.Strips(self.theme, walks)
        self.add(strips, *(walker.stand_on(6) for walker in strips.walkers))
        self.hold(0.6)


class Tried(Brisk, props.AdaptiveClip):
    """The trials of one step, and how many there are in all."""

    topic = "Trials"

    def construct(self):
        rule = steps.backtracking_step(0.05, 0.5, 0.3)
        walk = self.stride("backtracking", Verdict.BUDGET_SPENT, rule, 6)
        rates = RateFacts(walk)
        self.beat(
            "trials",
            f"It asks for f {self.facts.whole(rates.trials())} times in "
            f"{self.facts.steps('backtracking')} steps, and once with α = "
            f"{self.facts.chosen(rates.trial_rate(0, 1))}.",
        )
        trials = props.Trials(self.theme, walk)
        marks = [trials.of(j) for j in range(len(trials.lengths))]
        self.add(trials, trials.ray, trials.dots, trials.line, *marks)
        self.hold(0.6)


class Planned(Brisk, props.AdaptiveClip):
    """A rate that shrinks, charted."""

    topic = "A schedule"

    def construct(self):
        rule = steps.scheduled_step(steps.ExponentialDecay(0.03, 0.97))
        walk = self.stride("schedule", Verdict.BUDGET_SPENT, rule, 30)
        last = self.facts.number(RateFacts(walk).own(29), 4)
        self.beat("a schedule", f"The rate of the last step is {last}.")
        picture = props.Shrinking(self.theme, walk, "schedule")
        self.add(*picture, picture.walker.stand_on(30), picture.chart.draw_to(31))
        self.hold(0.6)


CLIPS = (Ellipses, Tried, Planned)


def another(change):
    """A fact of another value, which is stated as it is drawn."""
    return lambda fact: Fact(fact.what, fact.of, change(fact.value))


def of_the_start(original, facts, k, axis=0):
    """The rates are those of the start, whatever the iterate."""
    del k
    return original(facts, 0, axis)


def exchanged(original, facts, k, axis=0):
    """The rate along x is drawn along y."""
    return original(facts, k, 1 - axis)


def rounder(original, plane, x, y, *style):
    """The ellipse is drawn half as wide as it is stated."""
    middle = (np.max(x) + np.min(x)) / 2
    return original(plane, middle + 0.5 * (x - middle), y, *style)


def one_larger(original, ellipse, k, share=1.0):
    """One of the ellipses is of another height than the others."""
    height = props.HEIGHT
    props.HEIGHT = 2 * height if ellipse.walk.step.name == "adam" else height
    try:
        return original(ellipse, k, share)
    finally:
        props.HEIGHT = height


def without_faded(rates):
    """A rate that does not shrink."""
    return np.full_like(rates, rates[0, 0]) if len(rates) == 31 else rates


def one_too_few(original, facts, k):
    """The first trial is left out: the search begins one later."""
    return original(facts, k)[1:]


def all_refused(original, trials, j):
    """What is taken has a cross as well."""
    trials.lengths = [*trials.lengths, 0.0]
    try:
        return original(trials, j)
    finally:
        trials.lengths.pop()


def second_is_taken(original, trials, j):
    """The second trial, which is refused, is drawn as taken."""
    if j != 1:
        return original(trials, j)
    lengths = trials.lengths
    trials.lengths = lengths[:2]
    try:
        return original(trials, j)
    finally:
        trials.lengths = lengths


LIES = {
    "the ellipse is of the start": (
        Ellipses, replaced(f"{RATES}.own", of_the_start), "expected the rates of"),
    "the ellipse is turned round": (
        Ellipses, replaced(f"{RATES}.own", exchanged), "expected the rates of"),
    "the ellipse has other rates": (
        Ellipses, result(f"{RATES}.own", another(lambda rate: 1.3 * rate)), "expected own rate"),
    "the ellipse is drawn rounder": (
        Ellipses, replaced("gdstage.plane.axes:Plane.curve", rounder), "ellipse of steps",
        "expected its line"),
    "one ellipse is larger": (
        Ellipses, replaced(f"{PROPS}:StepEllipse.put", one_larger), "expected one height"),
    "a refused trial is taken": (
        Tried, replaced(f"{PROPS}:Trials.of", second_is_taken), "expected trial 2 refused"),
    "the one that is taken is refused": (
        Tried, replaced(f"{PROPS}:Trials.of", all_refused), "expected trial 3 taken"),
    "a trial is left out": (
        Tried, replaced(f"{RATES}.lengths", one_too_few), "expected trial"),
    "fewer trials are counted": (
        Tried, result(f"{RATES}.trials", another(lambda count: count - 1)), "trials", "expected"),
    "the line falls less": (
        Tried, result(f"{RATES}.enough", another(lambda slope: slope / 3)), "expected enough"),
    "the rate does not shrink": (
        Planned, result("gdstage.proof.rate_facts:own_rates", without_faded), "own rate"),
    "the rate shrinks otherwise": (
        Planned, result(f"{RATES}.own", another(lambda rate: 0.9 * rate)), "own rate"),
}  # fmt: skip


@pytest.mark.parametrize("clip", CLIPS)
def test_what_is_so_is_believed(film, clip):
    assert film(clip) == []


@pytest.mark.parametrize("told", LIES.values(), ids=LIES)
def test_rates(caught, told):
    caught(*told)
