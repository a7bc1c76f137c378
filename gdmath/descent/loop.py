"""Gradient descent: from where you stand, step against the gradient; repeat.

>>> from gdmath.examples import LOG_VALLEY
>>> walk = descend(LOG_VALLEY, 1.6, gradient_step(0.1), steps=25)
>>> float(walk.points[-1, 0])
0.5671434156768685
>>> descend(LOG_VALLEY, 1.6, gradient_step(0.1), steps=25, tolerance=1e-5).stopped_at
21
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from gdmath.descent.arguments import as_step, check_budget, start_point
from gdmath.descent.ending import is_minimum, verdict_of_spent
from gdmath.descent.steps import Here, Step, gradient_step
from gdmath.descent.walk import Verdict, Walk
from gdmath.fields.evaluation import FloatArray
from gdmath.fields.scalar_field import ScalarField

_DEFAULT_STEP = gradient_step(0.1)


def descend(
    field: ScalarField,
    start: npt.ArrayLike,
    step: Step | Callable[[], Step] = _DEFAULT_STEP,
    steps: int = 25,
    tolerance: float | None = None,
) -> Walk:
    """Walk downhill on `field` from `start` (d,), by at most `steps` steps of the rule `step`.

    Iterates are float64 and equal, to the last bit, those of the plain loop
    `x = x - rate*df(x)`, where df is the symbolic derivative as `ScalarField.gradient` has it.
    With a `tolerance` the walk stops at the first k where every gradient component is smaller;
    without one all steps are taken, unless there is nowhere to go: the gradient is zero at a
    start that is no minimum, the walk leaves the domain, or numbers overflow.
    In one variable `start` may be a number.

    Raises ValueError for a start that is not finite, of the wrong shape or outside the domain,
    for steps below 0 or not whole, and for a tolerance that is not finite and positive.
    """
    x = start_point(field, start)
    rule = as_step(step)
    check_budget(steps, tolerance)

    points: list[FloatArray] = []
    values: list[FloatArray] = []
    gradients: list[FloatArray] = []
    memory: Any = None
    while True:
        points.append(x)
        values.append(field.at(x))
        gradients.append(gradient := field.gradient(x))
        verdict = _reason_to_stop(field, x, values[-1], gradient, tolerance)
        if len(points) == 1:
            verdict = _at_start(field, x, gradient, verdict, tolerance)
        if verdict is not None or len(points) > steps:
            break
        with np.errstate(all="ignore"):
            x, memory = rule.advance(Here(x, gradient, partial(field.hessian, x)), memory)
        if not np.isfinite(x).all():
            verdict = Verdict.DIVERGED
            break

    path, heights, slopes = (_frozen(record) for record in (points, values, gradients))
    if verdict is None:
        verdict = verdict_of_spent(path, heights, slopes, tolerance)
    start_at = tuple(path[0].tolist())
    return Walk(
        field, rule, start_at, int(steps), tolerance, path, heights, slopes, verdict, len(path) - 1
    )


def _reason_to_stop(
    field: ScalarField,
    x: FloatArray,
    value: FloatArray,
    gradient: FloatArray,
    tolerance: float | None,
) -> Verdict | None:
    """The verdict if the walk must stop at this iterate, else None."""
    if not field.contains(x):
        return Verdict.LEFT_DOMAIN
    if not (np.isfinite(value) and np.isfinite(gradient).all()):
        return Verdict.DIVERGED
    if tolerance is not None and (abs(gradient) < tolerance).all():
        return Verdict.CONVERGED
    return None


def _at_start(
    field: ScalarField,
    x: FloatArray,
    gradient: FloatArray,
    verdict: Verdict | None,
    tolerance: float | None,
) -> Verdict | None:
    """The verdict at the start, where a zero gradient off a minimum means: stuck."""
    level = verdict is Verdict.CONVERGED or not gradient.any()
    return Verdict.STUCK if level and not is_minimum(field, x, tolerance or 0.0) else verdict


def _frozen(record: list[FloatArray]) -> FloatArray:
    array = np.array(record)
    array.setflags(write=False)
    return array
