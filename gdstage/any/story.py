"""What a clip of any descent says: titles and captions, all from the numbers of its plan.

Each sentence says what was found and where one looked; what is not known is not said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gdmath import Kind, Trend, Verdict
from gdstage.look.rounding import Shown, as_chosen, counted, shown
from gdstage.walks.fates import KINDS, lowered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdmath import Walk
    from gdstage.any.plan import Plan
    from gdstage.walks.run import Run

METHODS = {
    "gradient": "Gradient descent",
    "momentum": "Descent with momentum",
    "newton": "Newton’s method",
}

SEPARATE = 3
"""Up to so many rates are walked one after the other before they are compared."""

SAMPLES = 201
MANY = 20
LONGEST = 100
"""Characters that fit on a caption's line at full size."""

SLOWEST = 1e6
"""More steps than this are not counted out."""

Told = tuple[str, str]
"""A finding and the sentence that tells it."""


def topic(plan: Plan) -> str:
    """The first half of every title."""
    return plan.experiment.title or METHODS[plan.experiment.method]


def beats(plan: Plan) -> list[Told]:
    """All that the clip says, in its order."""
    told = [view(plan)]
    told += [kink(plan)] if plan.kinks else []
    told += [walk(plan, run) for run in seen_alone(plan)]
    told += [together(plan)] if plan.compares else []
    return told + ([chart(plan)] if is_charted(plan) else [])


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


def view(plan: Plan) -> Told:
    """What the function looks like, before any walk."""
    finding, sentence = _valleys(plan)
    more = f"The walk starts at {place(plan.runs[0].walk.start)}."
    if plan.compares == "rates":
        more = f"{len(plan.runs)} learning rates, one start."
    elif plan.compares == "starts":
        more = f"{len(plan.runs)} starts, one learning rate."
    both = f"{sentence} {more}"
    return finding, both if len(both) <= LONGEST else sentence


def _valleys(plan: Plan) -> Told:
    curves = [valley for valley in plan.valleys if valley.curve]
    count = len(plan.valleys)
    if count == 0:
        return "no valley in sight", "In this window there is no minimum."
    lowest = plan.valleys[0]
    height = said(lowest.value, 3)
    if curves and count == len(curves):
        which = "a curve" if count == 1 else f"{count} curves"
        finding = f"{which} of minima"
        if len({str(shown(valley.value, 3)) for valley in curves}) > 1:
            return finding, f"In this window the minima form {which}."
        return finding, f"In this window the minima form {which}, all along which f {height}."
    finding = {1: "one valley", 2: "two valleys"}.get(
        count, f"{count} valleys" if count < MANY else "many valleys"
    )
    here = f"at {place(lowest.point)}, where f {height}"
    if count == 1:
        sentence = f"One minimum in this window, {here}"
    else:
        sentence = f"Of {count} minima in this window the deepest is {here}"
    return finding, f"{sentence}{_but_lower(plan, lowest.value)}."


def _but_lower(plan: Plan, value: float) -> str:
    """That f is lower than its deepest minimum in the window, where it is."""
    axes = (np.linspace(*side, SAMPLES) for side in plan.window)
    values = np.asarray(plan.field(*np.meshgrid(*axes, indexing="ij")), dtype=float)
    values = values[np.isfinite(values)]
    slack = 1e-9 * (plan.heights[1] - plan.heights[0])
    return "; at the edge f is lower" if (values < value - slack).any() else ""


def kink(plan: Plan) -> Told:
    """What the derivative is at a kink."""
    x = plan.kinks[0]
    reach = 1e-6 * (plan.window[0][1] - plan.window[0][0])
    left, right = (float(plan.field.gradient([x + s * reach])[0]) for s in (-1, 1))
    at = float(plan.field.gradient([x])[0])
    here = f"the slope {number(at, 3)}" if at == at else "no slope"  # noqa: PLR0124 (nan)
    # Of a convex kink every slope between the two is one: Rockafellar, Convex Analysis, 23.
    here += ", a subgradient" if left <= at <= right else ""
    more = f" ({len(plan.kinks)} such places)" if len(plan.kinks) > 1 else ""
    jump = f"jumps from {number(left, 3)} to {number(right, 3)}"
    text = f"At x = {number(x, 3)} the slope {jump}: a walk that lands there is given {here}{more}."
    return "a kink, and no derivative", text


# How a walk ends


def walk(plan: Plan, run: Run) -> Told:
    """How one walk ends."""
    tell = {
        Verdict.CONVERGED: _converged,
        Verdict.STOPPED: _stopped,
        Verdict.OSCILLATING: _oscillating,
        Verdict.DIVERGED: _diverged,
        Verdict.FALLING: _falling,
        Verdict.LEFT_DOMAIN: _left_domain,
        Verdict.STUCK: _stuck,
        Verdict.NO_STEP: _no_step,
        Verdict.BUDGET_SPENT: _spent,
    }[run.walk.verdict]
    return tell(_given(plan, run), run.walk)


def _converged(given: str, taken: Walk) -> Told:
    k, lowest = taken.stopped_at, taken.ending.minimum
    finding = "it arrives" if k else "there already"
    level = f": {_level(taken)}" if taken.tolerance else ", a minimum as near as float64 can tell"
    if lowest is not None and not lowest.is_lowest:
        at = f"After {counted(k, 'step')} the walk is at {place(taken.points[-1])}"
        return finding, f"{at}: a local minimum, for f is lower elsewhere."
    return finding, f"{_is_at(given, taken)}{level}."


def _stopped(given: str, taken: Walk) -> Told:
    del given
    kind = taken.ending.kind
    if kind is Kind.NONE:
        text = "but f falls on, towards a bound that it never attains."
        return "it stops, and no minimum is there", f"{_after(taken)}, {text}"
    if kind is Kind.PLATEAU:
        return "it stops on a plateau", f"{_after(taken)}, but no minimum is as near as that."
    what = KINDS.get(kind, "level ground") if kind else "level ground"
    return f"it stops: {what}", f"{_after(taken)}, but what lies there is {what}, no minimum."


def _oscillating(given: str, taken: Walk) -> Told:
    period = taken.ending.period
    if period is None:
        text = f"{given} stays within bounds, but carried on it comes to rest nowhere."
        return "never at rest", text
    if period == 2 and taken.field.dimension <= 2:
        one, other = sorted(tuple(p) for p in taken.points[-2:].tolist())
        text = f"{given} ends up jumping between {place(one)} and {place(other)}."
        return "to and fro for ever", text
    return f"a cycle of {period}", f"{given} ends in a cycle: {period} places, round and round."


def _diverged(given: str, taken: Walk) -> Told:
    k = taken.stopped_at
    if k == 0:
        return "too large for numbers", f"{given} leads out of the range of numbers at once."
    return (
        "it runs away",
        f"{given} goes ever farther, and f grows: after {counted(k, 'step')} {_f(taken)}.",
    )


def _falling(given: str, taken: Walk) -> Told:
    k = taken.stopped_at
    text = f"{given} goes on down: f has no lowest value; after {counted(k, 'step')} {_f(taken)}."
    return "it falls without end", text


def _left_domain(given: str, taken: Walk) -> Told:
    k = taken.stopped_at
    text = f"{given} leaps to {place(taken.points[k])} in step {k}, where f has no value."
    return "out of the domain", text


def _stuck(given: str, taken: Walk) -> Told:
    del given
    kind = taken.ending.kind
    level = "0" if not taken.gradients[0].any() else f"below {power(taken.tolerance)}"
    what = KINDS.get(kind) if kind else None
    where = f"At {place(taken.start)} the slope is {level}"
    if what is None:
        return "stuck", f"{where}, yet it is no minimum: no step leads away."
    return f"stuck: {what}", f"{where}: it is {what}, and the walk ends where it starts."


def _no_step(given: str, taken: Walk) -> Told:
    del given
    k = taken.stopped_at
    what = "f″ is 0" if taken.field.dimension == 1 else "the Hessian is singular"
    text = f"At {place(taken.points[k])} {what}, so Newton’s rule names no next point."
    return f"no step from x{lowered(k)}", text


def _spent(given: str, taken: Walk) -> Told:
    ending = taken.ending
    if ending.trend is Trend.APPROACHING:
        return "not there yet", _how_far(given, taken)
    if ending.trend is Trend.LEAVING:
        return "it moves away", f"{_is_at(given, taken)}, and moving away from where it began."
    return f"{counted(taken.stopped_at, 'step')}, and not at rest", f"{_is_at(given, taken)}."


def _how_far(given: str, taken: Walk) -> str:
    """Where an approaching walk is, or how it would go on."""
    ending = taken.ending
    more = ending.more_steps
    if ending.factor is None:
        return f"{_is_at(given, taken)}."
    if ending.factor >= 1:
        return f"{_is_at(given, taken)}, coming nearer ever more slowly."
    goal = "a minimum" if ending.kind is Kind.MINIMUM else KINDS.get(ending.kind or Kind.FLAT, "")
    shrinks = f"Each step leaves {number(ending.factor, 3)} of the distance to {goal}"
    if more is None or more > SLOWEST:
        return f"{shrinks}."
    return f"{shrinks}: about {more} more would do."


# Several walks


def together(plan: Plan) -> Told:
    """What became of all runs."""
    runs = plan.runs
    there = [run for run in runs if run.walk.verdict is Verdict.CONVERGED]
    kind = "rates" if plan.compares == "rates" else "starts"
    finding = f"{_number_word(len(runs))} {kind} at once"
    if not there:
        return finding, f"None of them arrives within {counted(plan.experiment.steps, 'step')}."
    if plan.compares == "rates":
        best = min(there, key=lambda run: run.walk.stopped_at)
        first = f"{best.label} is there first, at step {best.walk.stopped_at}"
        return finding, f"{first}; {_count(there, runs)}."
    ends = {_valley_of(plan, run) for run in there}
    if len(ends) > 1:
        where = f"in {len(ends)} different valleys: the start decides"
    else:
        where = "in the same valley"
    return finding, f"{_count(there, runs).capitalize()}, {where}."


def _valley_of(plan: Plan, run: Run) -> int:
    """Which of the plan's valleys a run ended in; -1 if none of them is seen."""
    if not plan.valleys:
        return -1
    end = run.walk.points[-1]
    away = [abs(np.array(v.curve or [v.point]) - end).max(axis=1).min() for v in plan.valleys]
    return int(np.argmin(away))


def chart(plan: Plan) -> Told:
    """How fast the runs flatten out."""
    del plan
    return (
        "side by side",
        "The size of the slope on a log scale: a steady rate of progress is a straight line.",
    )


# Words


def place(point: Sequence[float]) -> str:
    """A point in words: x ≈ 1.13, or (1, 2)."""
    if len(point) == 1:
        return f"x {said(float(point[0]), 4)}"
    return f"({', '.join(number(float(c), 3) for c in point)})"


def said(value: float, decimals: int) -> str:
    """A number with its relation sign: = 2 or ≈ 1.131."""
    rounded = shown(value, decimals)
    return f"{rounded.relation} {rounded}"


def number(value: float, decimals: int) -> str:
    """A rounded number alone."""
    return str(shown(value, decimals))


def power(tolerance: float | None) -> str:
    """A tolerance in words: 10⁻⁵."""
    mantissa, exponent = f"{tolerance or 0.0:e}".split("e")
    raised = str(Shown("=", "1", int(exponent))).removeprefix("1×")
    if float(mantissa) == 1 and int(exponent) < -1:
        return raised
    return str(as_chosen(tolerance or 0.0))


def _given(plan: Plan, run: Run) -> str:
    if plan.compares == "starts":
        return f"From {place(run.walk.start)} the walk"
    rate = run.walk.step.rate
    return "The walk" if rate is None else f"The walk with α = {as_chosen(rate)}"


def _is_at(given: str, taken: Walk) -> str:
    return f"{given} is at {place(taken.points[-1])} after {counted(taken.stopped_at, 'step')}"


def _after(taken: Walk) -> str:
    return f"After {counted(taken.stopped_at, 'step')} {_level(taken)}"


def _level(taken: Walk) -> str:
    sense = "the slope is" if taken.field.dimension == 1 else "the slopes are"
    return f"{sense} below {power(taken.tolerance)}" if taken.tolerance else f"{sense} 0"


def _f(taken: Walk) -> str:
    value = float(taken.values[-1])
    if np.isinf(value):
        return "f is beyond float64"
    return f"f {said(value, 2)}"


def _count(there: Sequence[Run], runs: Sequence[Run]) -> str:
    if len(there) == len(runs):
        return f"all {len(runs)} arrive"
    return f"{len(there)} of {len(runs)} arrive{'s' if len(there) == 1 else ''}"


def _number_word(count: int) -> str:
    return ["", "one", "two", "three", "four", "five", "six", "seven", "eight"][count]
