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
from gdmath.descent.ending import judge
from gdmath.descent.precise import beyond_float64
from gdmath.descent.steps import Here, Step, gradient_step
from gdmath.descent.walk import Walk
from gdmath.fields.evaluation import FloatArray
from gdmath.fields.scalar_field import ScalarField
from gdmath.stationary.nearest import rests

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
        if len(points) > steps or _is_over(values[-1], gradient, tolerance):
            break
        if len(points) == 1 and not gradient.any() and not rests(field, x):
            break
        with np.errstate(all="ignore"):
            here = Here(x, gradient, partial(field.hessian, x), field.at)
            after, remembered = rule.advance(here, memory)
        if not np.isfinite(after).all():
            break
        x, memory = after, remembered

    if not (np.isfinite(values[-1]) and np.isfinite(gradients[-1]).all()):
        values[-1], gradients[-1] = beyond_float64(field, x, values[-1], gradients[-1])
    path, heights, slopes = (_frozen(record) for record in (points, values, gradients))
    start_at = tuple(path[0].tolist())
    return Walk(
        field, rule, start_at, int(steps), tolerance, path, heights, slopes,
        len(path) - 1, memory, judge,
    )  # fmt: skip


def _is_over(value: FloatArray, gradient: FloatArray, tolerance: float | None) -> bool:
    """Whether the walk ends at this iterate: it has no value, or one too large, or is level."""
    if not (np.isfinite(value) and np.isfinite(gradient).all()):
        return True
    return tolerance is not None and bool((abs(gradient) < tolerance).all())


def _frozen(record: list[FloatArray]) -> FloatArray:
    array = np.array(record)
    array.setflags(write=False)
    return array
