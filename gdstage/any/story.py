"""What a clip of any descent says: titles and captions, all from the numbers of its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gdmath import Verdict
from gdstage.look.rounding import Shown, as_chosen, shown

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

Told = tuple[str, str]
"""A finding and the sentence that tells it."""


def topic(plan: Plan) -> str:
    """The first half of every title."""
    return plan.experiment.title or METHODS[plan.experiment.method]


def view(plan: Plan) -> Told:
    """What the function looks like, before any walk."""
    count = len(plan.valleys)
    finding = {0: "no valley in sight", 1: "one valley", 2: "two valleys"}.get(
        count, f"{count} valleys" if count < 20 else "many valleys"
    )
    if count == 0:
        sentence = "In this window there is no minimum to be found."
    else:
        lowest = plan.valleys[0]
        which = "The minimum" if count == 1 else "The lowest minimum"
        sentence = f"{which} is at {place(lowest.point)}, where f {said(lowest.value, 3)}."
    if plan.compares == "rates":
        return finding, f"{sentence} {len(plan.runs)} learning rates, one start."
    if plan.compares == "starts":
        return finding, f"{sentence} {len(plan.runs)} starts, one learning rate."
    start = plan.runs[0].walk.start
    return finding, f"{sentence} The walk starts at {place(start)}."


def kink(plan: Plan) -> Told:
    """What the derivative is at a kink."""
    x = plan.kinks[0]
    reach = 1e-6 * (plan.window[0][1] - plan.window[0][0])
    left, right = (float(plan.field.gradient([x + s * reach])[0]) for s in (-1, 1))
    at = float(plan.field.gradient([x])[0])
    here = f"the slope {number(at, 3)}" if at == at else "no slope"  # noqa: PLR0124 (nan)
    more = f" ({len(plan.kinks)} such places)" if len(plan.kinks) > 1 else ""
    jump = f"jumps from {number(left, 3)} to {number(right, 3)}"
    text = f"At x = {number(x, 3)} the slope {jump}: a walk that lands there is given {here}{more}."
    return "a kink, and no derivative", text


def walk(plan: Plan, run: Run) -> Told:
    """How one walk ends."""
    taken, k = run.walk, run.walk.stopped_at
    given = _given(plan, run)
    if taken.verdict is Verdict.CONVERGED:
        sense = "slope is" if plan.dimension == 1 else "slopes are"
        finding = "it arrives" if k else "there already"
        text = (
            f"{given} is at {place(taken.points[k])} after {steps(k)}: "
            f"the {sense} below {power(taken.tolerance)}."
        )
    elif taken.verdict is Verdict.LEFT_DOMAIN:
        finding = "out of the domain"
        text = f"{given} leaps to {place(taken.points[k])} in step {k}, where f has no value."
    elif taken.verdict is Verdict.DIVERGED:
        finding, text = _diverged(given, taken)
    elif taken.verdict is Verdict.OSCILLATING:
        finding = "to and fro for ever"
        text = f"{given} turns back again and again, and its steps get no shorter."
    elif taken.verdict is Verdict.STUCK:
        finding = "stuck"
        text = f"At {place(taken.start)} the slope is 0, yet it is no minimum: no step leads away."
    else:
        finding = "not there yet"
        text = f"{given} is at {place(taken.points[k])} after {steps(k)}, and still on its way."
    return finding, text


def _diverged(given: str, taken: Walk) -> Told:
    k = taken.stopped_at
    if taken.step.name == "newton" and k < taken.steps:
        return (
            "no step from here",
            f"At {place(taken.points[k])} the curvature is 0, so Newton’s step leads nowhere.",
        )
    if k == 0:
        return "too large for numbers", f"{given} leads out of the range of numbers at once."
    height = said(float(taken.values[k]), 2)
    return "it runs away", f"{given} climbs ever higher: after {steps(k)} f {height}."


def together(plan: Plan) -> Told:
    """What became of all runs."""
    runs = plan.runs
    there = [run for run in runs if run.walk.verdict is Verdict.CONVERGED]
    if plan.compares == "rates":
        finding = f"{_number_word(len(runs))} rates at once"
        if there:
            best = min(there, key=lambda run: run.walk.stopped_at)
            first = f"{best.label} is there first, at step {best.walk.stopped_at}"
            return finding, f"{first}; {_count(there, runs)}."
        return finding, f"None of them arrives within {steps(plan.experiment.steps)}."
    finding = f"{_number_word(len(runs))} starts at once"
    bottoms = np.array([valley.point for valley in plan.valleys])
    ends = {
        int(abs(bottoms - run.walk.points[-1]).max(axis=1).argmin())
        for run in there
        if plan.valleys
    }
    if not there:
        return finding, f"None of them arrives within {steps(plan.experiment.steps)}."
    if len(ends) > 1:
        where = f"in {len(ends)} different valleys: the start decides"
    else:
        where = "all in the same place"
    return finding, f"{_count(there, runs).capitalize()}, {where}."


def chart(plan: Plan) -> Told:
    """How fast the runs flatten out."""
    del plan
    return (
        "side by side",
        "The size of the slope on a log scale: a steady rate of progress is a straight line.",
    )


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


def steps(count: int) -> str:
    """A number of steps in words."""
    return f"{count} step" if count == 1 else f"{count} steps"


def _given(plan: Plan, run: Run) -> str:
    if plan.compares == "starts":
        return f"From {place(run.walk.start)} the walk"
    rate = run.walk.step.rate
    return "The walk" if rate is None else f"The walk with α = {as_chosen(rate)}"


def _count(there: Sequence[Run], runs: Sequence[Run]) -> str:
    if len(there) == len(runs):
        return f"all {len(runs)} arrive"
    return f"{len(there)} of {len(runs)} arrive{'s' if len(there) == 1 else ''}"


def _number_word(count: int) -> str:
    return ["", "one", "two", "three", "four", "five", "six", "seven", "eight"][count]
