"""What a clip of any descent says of how a walk ends: a finding and a sentence for each verdict."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gdmath import Kind, Trend, Verdict
from gdstage.any.phrases import iterate, place, power, said, steps
from gdstage.look.rounding import as_chosen, shown
from gdstage.proof.ending_facts import EndFacts
from gdstage.proof.fact import WalkFacts
from gdstage.walks.fates import KINDS, lowered

if TYPE_CHECKING:
    from collections.abc import Callable

    from gdstage.any.plan import Plan
    from gdstage.facts import Facts
    from gdstage.walks.run import Run

SLOWEST = 1e6
"""More steps than this are not counted out."""

Told = tuple[str, str]
"""A finding and the sentence that tells it."""


def ending(plan: Plan, run: Run, facts: Facts) -> Told:
    """How one walk ends."""
    return ENDINGS[run.walk.verdict](_Ending(plan, run, facts))


class _Ending:
    """One walk, and what can be said of its end."""

    def __init__(self, plan: Plan, run: Run, facts: Facts) -> None:
        self.plan, self.walk, self.facts = plan, run.walk, facts
        self.numbers, self.end = WalkFacts(run.walk), EndFacts(run.walk)

    def verdict(self, said: str) -> str:
        """A word for how it ends."""
        return self.facts.say(self.end.verdict(), said)

    def kind(self, said: str) -> str:
        """A word for what lies there."""
        return self.facts.say(self.end.kind(), said)

    def which(self) -> str:
        """Which walk it is."""
        if self.plan.compares == "starts":
            return f"From {self.place(0)} the walk"
        rate = self.numbers.rate()
        if rate.value is None:
            return "The walk"
        return f"The walk with α = {self.facts.say(rate, str(as_chosen(rate.value)))}"

    def place(self, k: int) -> str:
        """Where iterate k is."""
        return place(self.facts, iterate(self.walk, k))

    def after(self) -> str:
        """After how many steps."""
        return f"after {steps(self.facts, self.numbers.steps())}"

    def is_at(self) -> str:
        """Which walk is where after how many steps."""
        return f"{self.which()} is at {self.place(-1)} {self.after()}"

    def level(self) -> str:
        """How level it is there."""
        sense = "the slope is" if self.walk.field.dimension == 1 else "the slopes are"
        if not self.walk.tolerance:
            return f"{sense} {self.facts.say(self.numbers.slope(-1), '0')}"
        self.facts.say(self.end.is_level(), f"{sense} below")
        tolerance = power(self.walk.tolerance)
        return f"{sense} below {self.facts.say(self.numbers.tolerance(), tolerance)}"

    def height(self) -> str:
        """How high it is there."""
        value = self.numbers.value(-1)
        if math.isinf(value.value):
            return f"f is {self.facts.say(value, 'beyond float64')}"
        return f"f {said(self.facts, value, 2)}"


def _converged(end: _Ending) -> Told:
    lowest = end.walk.ending.minimum
    finding = end.verdict("it arrives" if end.walk.stopped_at else "there already")
    if lowest is not None and not lowest.is_lowest:
        elsewhere = end.facts.say(end.end.lower_elsewhere(), "f is lower elsewhere")
        at = f"{end.after().capitalize()} the walk is at {end.place(-1)}"
        return finding, f"{at}: a local minimum, for {elsewhere}."
    if end.walk.tolerance:
        return finding, f"{end.is_at()}: {end.level()}."
    return finding, f"{end.is_at()}, a minimum as near as float64 can tell."


def _stopped(end: _Ending) -> Told:
    kind, after = end.walk.ending.kind, f"{end.after().capitalize()} {end.level()}"
    if kind is Kind.NONE:
        text = f"but f falls on, towards {end.kind('a bound that it never attains')}."
        return (
            f"{end.verdict('it stops')}, and {end.verdict('no minimum is there')}",
            f"{after}, {text}",
        )
    if kind is Kind.PLATEAU:
        finding = f"{end.verdict('it stops')} on {end.kind('a plateau')}"
        return finding, f"{after}, but {end.kind('no minimum')} is as near as that."
    what = KINDS.get(kind, "level ground") if kind else "level ground"
    finding = f"{end.verdict('it stops')}: {end.kind(what)}"
    return finding, f"{after}, but what lies there is {end.kind(f'{what}, no minimum')}."


def _oscillating(end: _Ending) -> Told:
    period, facts = end.end.period(), end.facts
    if period.value is None:
        text = f"{end.which()} stays within bounds, but carried on it comes to rest nowhere."
        end.verdict("comes to rest nowhere")
        return end.verdict("never at rest"), text
    if period.value == 2 and end.walk.field.dimension <= 2:
        last = len(end.walk.points) - 1
        one, other = sorted((last - 1, last), key=lambda k: tuple(end.walk.points[k]))
        jumping = f"{end.which()} {end.verdict('ends up jumping')} between"
        text = f"{jumping} {end.place(one)} and {end.place(other)}."
        return end.verdict("to and fro for ever"), text
    finding = f"{end.verdict('a cycle of')} {facts.whole(period)}"
    text = f"{end.which()} {end.verdict('ends in a cycle')}: {facts.whole(period)} places"
    return finding, f"{text}, round and round."


def _diverged(end: _Ending) -> Told:
    if end.walk.stopped_at == 0:
        text = f"{end.which()} leads {end.verdict('out of the range of numbers')} at once."
        return end.verdict("too large for numbers"), text
    text = f"{end.which()} {end.verdict('goes ever farther')}, and f grows"
    return end.verdict("it runs away"), f"{text}: {end.after()} {end.height()}."


def _falling(end: _Ending) -> Told:
    text = f"{end.which()} {end.verdict('goes on down')}: f has {end.verdict('no lowest value')}; "
    return end.verdict("it falls without end"), f"{text}{end.after()} {end.height()}."


def _left_domain(end: _Ending) -> Told:
    leaps = f"{end.which()} leaps to {end.place(-1)} in step"
    text = f"{leaps} {end.facts.whole(end.numbers.steps())}, where f"
    return end.verdict("out of the domain"), f"{text} {end.verdict('has no value')}."


def _stuck(end: _Ending) -> Told:
    kind = end.walk.ending.kind
    if end.walk.gradients[0].any():
        level = f"below {end.facts.say(end.numbers.tolerance(), power(end.walk.tolerance))}"
        end.facts.say(end.end.is_level(0), "below")
    else:
        level = end.facts.say(end.numbers.slope(0), "0")
    what = KINDS.get(kind) if kind else None
    where = f"At {end.place(0)} the slope is {level}"
    finding = end.verdict("stuck")
    if what is None:
        return finding, f"{where}, yet {end.verdict('it is no minimum: no step leads away')}."
    text = f"{where}: it is {end.kind(what)}, and the walk {end.verdict('ends where it starts')}."
    return f"{finding}: {end.kind(what)}", text


def _no_step(end: _Ending) -> Told:
    k, plane = end.walk.stopped_at, end.walk.field.dimension > 1
    bend = "f″ is 0" if not plane else "the Hessian is singular"
    if not plane:
        end.facts.say(end.numbers.curvature(k), "0")
    text = f"At {end.place(k)} {bend}, so Newton’s rule {end.verdict('names no next point')}."
    index = end.facts.say(end.numbers.count(k), lowered(k))
    return f"{end.verdict('no step from')} x{index}", text


def _spent(end: _Ending) -> Told:
    trend = end.walk.ending.trend
    if trend is Trend.APPROACHING:
        return end.verdict("not there yet"), _how_far(end)
    if trend is Trend.LEAVING:
        end.facts.say(end.end.trend(), "moving away")
        text = f"{end.is_at()}, and moving away from where it began."
        return end.verdict("it moves away"), text
    finding = f"{steps(end.facts, end.numbers.steps())}, and {end.verdict('not at rest')}"
    return finding, f"{end.is_at()}."


def _how_far(end: _Ending) -> str:
    """Where an approaching walk is, or how it would go on."""
    ending, more = end.walk.ending, end.walk.ending.more_steps
    if ending.factor is None:
        return f"{end.is_at()}."
    if ending.factor >= 1:
        nearer = end.facts.say(end.end.trend(), "coming nearer ever more slowly")
        return f"{end.is_at()}, {nearer}."
    kind = ending.kind or Kind.FLAT
    goal = "a minimum" if kind is Kind.MINIMUM else KINDS.get(kind, "")
    if goal and ending.kind is not None:
        end.kind(goal)
    factor = end.end.factor()
    leaves = end.facts.say(factor, f"Each step leaves {shown(float(factor.value), 3)}")
    shrinks = f"{leaves} of the distance to {goal}"
    if more is None or more > SLOWEST:
        return f"{shrinks}."
    steps_left = end.end.more_steps()
    return f"{shrinks}: {end.facts.say(steps_left, f'about {steps_left.value:g} more')} would do."


ENDINGS: dict[Verdict, Callable[[_Ending], Told]] = {
    Verdict.CONVERGED: _converged,
    Verdict.STOPPED: _stopped,
    Verdict.OSCILLATING: _oscillating,
    Verdict.DIVERGED: _diverged,
    Verdict.FALLING: _falling,
    Verdict.LEFT_DOMAIN: _left_domain,
    Verdict.STUCK: _stuck,
    Verdict.NO_STEP: _no_step,
    Verdict.BUDGET_SPENT: _spent,
}
