"""What a clip of any descent says: titles and captions, all from the numbers of its plan.

Each sentence says what was found and where one looked; what is not known is not said. The facts
that it was made of are told to `facts`, which a clip keeps with its beats.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gdmath import Kind, Trend, Verdict
from gdstage.facts import Facts
from gdstage.look.rounding import Shown, as_chosen, shown
from gdstage.proof.ending_facts import EndFacts, ending_with
from gdstage.proof.fact import WalkFacts
from gdstage.proof.field_facts import FieldFacts
from gdstage.proof.truths import number_of, ordered
from gdstage.proof.valley_facts import ValleyFacts
from gdstage.walks.fates import KINDS, lowered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gdmath import Walk
    from gdstage.any.plan import Plan
    from gdstage.proof.fact import Fact
    from gdstage.walks.run import Run

METHODS = {
    "gradient": "Gradient descent",
    "momentum": "Descent with momentum",
    "newton": "Newton’s method",
}

SEPARATE = 3
"""Up to so many rates are walked one after the other before they are compared."""

MANY = 20
LONGEST = 100
"""Characters that fit on a caption's line at full size."""

SLOWEST = 1e6
"""More steps than this are not counted out."""

KINK_WITHIN = 0.02
"""Within this share of the window around a kink one looks for it again."""

Told = tuple[str, str]
"""A finding and the sentence that tells it."""


def topic(plan: Plan) -> str:
    """The first half of every title."""
    return plan.experiment.title or METHODS[plan.experiment.method]


def beats(plan: Plan) -> list[Told]:
    """All that the clip says, in its order."""
    facts = Facts({})
    told = [view(plan, facts)]
    told += [kink(plan, facts)] if plan.kinks else []
    told += [walk(plan, run, facts) for run in seen_alone(plan)]
    told += [together(plan, facts)] if plan.compares else []
    return told + ([chart()] if is_charted(plan) else [])


def seen_alone(plan: Plan) -> tuple[Run, ...]:
    """The runs that walk one by one, before all walk together."""
    if plan.compares == "starts":
        return ()
    if plan.compares and (plan.dimension == 2 or len(plan.runs) > SEPARATE):
        return ()
    return plan.runs


def is_charted(plan: Plan) -> bool:
    """Whether the runs are compared in a chart too."""
    return plan.compares == "rates" and max(run.walk.stopped_at for run in plan.runs) > 1


# What is seen before any walk


def view(plan: Plan, facts: Facts) -> Told:
    """What the function looks like, before any walk."""
    finding, sentence = _valleys(plan, facts)
    # Whether there is room for more is seen before it is told.
    if len(f"{sentence} {_runs(plan, Facts({}))}") > LONGEST:
        return finding, sentence
    return finding, f"{sentence} {_runs(plan, facts)}"


def _runs(plan: Plan, facts: Facts) -> str:
    """What sets out from where."""
    walks = [run.walk for run in plan.runs]
    if plan.compares == "rates":
        count = facts.whole(number_of(*(WalkFacts(walk).rate() for walk in walks)))
        return f"{count} learning rates, one start."
    if plan.compares == "starts":
        return f"{facts.whole(number_of(*walks))} starts, one learning rate."
    return f"The walk starts at {place(facts, _iterate(walks[0], 0))}."


def _valleys(plan: Plan, facts: Facts) -> Told:
    seen = ValleyFacts(plan.field, plan.window, plan.valleys)
    curves, count = seen.curves().value, seen.count().value
    if count == 0:
        facts.say(seen.count(), "there is no minimum")
        return "no valley in sight", "In this window there is no minimum."
    if count == curves:
        return _curves(plan, seen, facts)
    names = {1: "one valley", 2: "two valleys"}
    told = f"{count} valleys" if count < MANY else "many valleys"
    finding = facts.say(seen.count(), names.get(count, told))
    here = f"at {place(facts, seen.place(0))}, where f {said(facts, seen.value(0), 3)}"
    if count == 1:
        facts.say(seen.count(), "One")
        return finding, f"One minimum in this window, {here}{_but_lower(plan, seen, facts)}."
    of = f"Of {facts.whole(seen.count())} minima in this window the"
    return finding, f"{of} {_deepest(seen, facts)} is {here}{_but_lower(plan, seen, facts)}."


def _deepest(seen: ValleyFacts, facts: Facts) -> str:
    heights = [seen.value(i) for i in range(2)]
    return facts.say(ordered("<=", *heights), "deepest")


def _curves(plan: Plan, seen: ValleyFacts, facts: Facts) -> Told:
    count = seen.curves().value

    def which() -> str:
        return "a curve" if count == 1 else f"{facts.whole(seen.curves())} curves"

    finding, sentence = f"{which()} of minima", f"In this window the minima form {which()}"
    heights = {str(shown(valley.value, 3)) for valley in plan.valleys}
    if len(heights) > 1:
        return finding, f"{sentence}."
    return finding, f"{sentence}, all along which f {said(facts, seen.value(0), 3)}."


def _but_lower(plan: Plan, seen: ValleyFacts, facts: Facts) -> str:
    """That f is lower than its deepest minimum in the window, where it is."""
    lower = seen.lower_at_the_edge(1e-9 * (plan.heights[1] - plan.heights[0]))
    return f"; {facts.say(lower, 'at the edge f is lower')}" if lower.value else ""


def kink(plan: Plan, facts: Facts) -> Told:
    """What the derivative is at a kink."""
    x, slopes = plan.kinks[0], FieldFacts(plan.field)
    width = plan.window[0][1] - plan.window[0][0]
    reach = 1e-6 * width
    left, at, right = (slopes.derivative(place) for place in (x - reach, x, x + reach))
    where = facts.number(slopes.kink(x, KINK_WITHIN * width), 3)
    jump = f"jumps from {facts.number(left, 3)} to {facts.number(right, 3)}"
    here = "no slope" if math.isnan(at.value) else f"the slope {facts.number(at, 3)}"
    # Of a convex kink every slope between the two is one: Rockafellar, Convex Analysis, 23.
    if (between := ordered("<=", left, at, right)).value:
        here += f", {facts.say(between, 'a subgradient')}"
    count = ValleyFacts(plan.field, plan.window, (), plan.kinks).number_of_kinks()
    more = f" ({facts.whole(count)} such places)" if len(plan.kinks) > 1 else ""
    text = f"At x = {where} the slope {jump}: a walk that lands there is given {here}{more}."
    return "a kink, and no derivative", text


# How a walk ends


def walk(plan: Plan, run: Run, facts: Facts) -> Told:
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
        return place(self.facts, _iterate(self.walk, k))

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
        return f"{end.verdict('it stops')}, and {end.verdict('no minimum is there')}", f"{after}, {text}"
    if kind is Kind.PLATEAU:
        finding = f"{end.verdict('it stops')} on {end.kind('a plateau')}"
        return finding, f"{after}, but no minimum is as near as that."
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
    text = f"{end.which()} {end.verdict('goes on down')}: f has no lowest value; "
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
        return finding, f"{where}, yet it is no minimum: no step leads away."
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
        return f"{end.is_at()}, coming nearer ever more slowly."
    kind = ending.kind or Kind.FLAT
    goal = "a minimum" if kind is Kind.MINIMUM else KINDS.get(kind, "")
    if goal and ending.kind is not None:
        end.kind(goal)
    left = end.facts.number(end.end.factor(), 3)
    shrinks = f"Each step leaves {left} of the distance to {goal}"
    if more is None or more > SLOWEST:
        return f"{shrinks}."
    return f"{shrinks}: about {end.facts.whole(end.end.more_steps())} more would do."


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


# Several walks


def together(plan: Plan, facts: Facts) -> Told:
    """What became of all runs."""
    walks = [run.walk for run in plan.runs]
    there = [walk for walk in walks if walk.verdict is Verdict.CONVERGED]
    kind = "rates" if plan.compares == "rates" else "starts"
    finding = f"{facts.spelled(number_of(*walks))} {kind} at once"
    arrived = ending_with(Verdict.CONVERGED.name, walks)
    if not there:
        none = facts.say(arrived, "None of them arrives")
        return finding, f"{none} within {steps(facts, EndFacts(walks[0]).budget())}."
    count = f"{len(there)} of {len(walks)} arrive{'s' if len(there) == 1 else ''}"
    if len(there) == len(walks):
        count = f"all {len(walks)} arrive"
    if plan.compares == "rates":
        return finding, f"{_first(there, facts)}; {facts.say(arrived, count)}."
    count = facts.say(arrived, count.capitalize())
    reached = ValleyFacts(plan.field, plan.window, plan.valleys).reached(there)
    if reached.value == 1:
        return finding, f"{count}, {facts.say(reached, 'in the same valley')}."
    where = f"in {facts.whole(reached)} different valleys: the start decides"
    return finding, f"{count}, {where}."


def _first(there: Sequence[Walk], facts: Facts) -> str:
    """Which of the walks that arrive takes the fewest steps."""
    best = min(there, key=lambda walk: walk.stopped_at)
    told = WalkFacts(best)
    for other in there:
        if other is not best:
            facts.say(ordered("<=", told.steps(), WalkFacts(other).steps()), "first")
    is_there = facts.say(EndFacts(best).verdict(), "is there")
    step = facts.whole(told.steps())
    return f"α = {facts.chosen(told.rate())} {is_there} first, at step {step}"


def chart() -> Told:
    """How fast the runs flatten out."""
    return (
        "side by side",
        "The size of the slope on a log scale: a steady rate of progress is a straight line.",
    )


# Words


def place(facts: Facts, point: Sequence[Fact]) -> str:
    """A point in words: x ≈ 1.13, or (1, 2)."""
    if len(point) == 1:
        return f"x {said(facts, point[0], 4)}"
    return f"({', '.join(facts.number(coordinate, 3) for coordinate in point)})"


def said(facts: Facts, fact: Fact, decimals: int) -> str:
    """A number with its relation sign: = 2 or ≈ 1.131."""
    return f"{shown(float(fact.value), decimals).relation} {facts.number(fact, decimals)}"


def steps(facts: Facts, count: Fact) -> str:
    """A number of steps in words."""
    return f"{facts.whole(count)} step{'' if count.value == 1 else 's'}"


def power(tolerance: float | None) -> str:
    """A tolerance in words: 10⁻⁵."""
    mantissa, exponent = f"{tolerance or 0.0:e}".split("e")
    raised = str(Shown("=", "1", int(exponent))).removeprefix("1×")
    if float(mantissa) == 1 and int(exponent) < -1:
        return raised
    return str(as_chosen(tolerance or 0.0))


def _iterate(walk: Walk, k: int) -> list[Fact]:
    return [WalkFacts(walk).coordinate(k, axis) for axis in range(walk.field.dimension)]
