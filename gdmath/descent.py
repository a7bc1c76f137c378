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
from numbers import Integral
from typing import Any

import numpy as np
import numpy.typing as npt

from gdmath._ending import is_minimum, verdict_of_spent
from gdmath._numeric import FloatArray
from gdmath.functions import ScalarField
from gdmath.steps import GradientStep, Here, MomentumStep, NewtonStep, Step, gradient_step
from gdmath.walk import Verdict, Walk

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
    x = checked_start(field, start)
    rule = checked_step(step)
    check_budget(steps, tolerance)

    points, values, gradients = [x], [field.at(x)], [field.gradient(x)]
    memory: Any = None
    verdict: Verdict | None = None
    while verdict is None:
        x, g = points[-1], gradients[-1]
        verdict = _ended(field, x, values[-1], g, len(points) == 1, tolerance)
        if verdict is not None or len(points) > steps:
            break
        with np.errstate(all="ignore"):
            x, memory = rule.advance(Here(x, g, lambda x=x: field.hessian(x)), memory)
        if not np.isfinite(x).all():
            verdict = Verdict.DIVERGED
            break
        points.append(x)
        values.append(field.at(x))
        gradients.append(field.gradient(x))

    path, heights, slopes = np.array(points), np.array(values), np.array(gradients)
    for array in (path, heights, slopes):
        array.setflags(write=False)
    if verdict is None:
        verdict = verdict_of_spent(field, path, heights, slopes, tolerance)
    return Walk(
        field, rule, tuple(path[0].tolist()), int(steps), tolerance,
        path, heights, slopes, verdict, len(path) - 1,
    )  # fmt: skip


def _ended(
    field: ScalarField,
    x: FloatArray,
    value: FloatArray,
    gradient: FloatArray,
    at_start: bool,
    tolerance: float | None,
) -> Verdict | None:
    """The verdict if the walk must stop at this iterate, else None."""
    if not field.contains(x):
        return Verdict.LEFT_DOMAIN
    if not (np.isfinite(value) and np.isfinite(gradient).all()):
        return Verdict.DIVERGED
    small = (abs(gradient) < tolerance).all() if tolerance is not None else False
    if at_start and (small or not gradient.any()) and not is_minimum(field, x, tolerance or 0.0):
        return Verdict.STUCK
    return Verdict.CONVERGED if small else None


def checked_start(field: ScalarField, start: npt.ArrayLike, argument: str = "start") -> FloatArray:
    """`start` as a float64 point (d,) of the domain; ValueError naming `argument` otherwise."""
    try:
        x = np.array(start, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{argument} must be real numbers, not {start!r}") from None
    if x.ndim == 0:
        x = x.reshape(1)
    if x.shape != (field.dimension,):
        names = ", ".join(v.name for v in field.variables)
        raise ValueError(
            f"{argument} must have {field.dimension} coordinate(s) ({names}), not shape {x.shape}"
        )
    if not np.isfinite(x).all():
        raise ValueError(f"{argument} must be finite, not {start}")
    if not field.contains(x):
        raise ValueError(
            f"{argument} must be in the domain of {field.name or field.expr} "
            f"({field.explain(x)}), not {start}"
        )
    return x


def checked_step(step: Step | Callable[[], Step]) -> Step:
    """A step, made from `newton_step` itself if need be; ValueError for anything else."""
    rule = step
    if not hasattr(step, "advance") and callable(step):
        try:
            rule = step()
        except TypeError:
            rule = step
    if not hasattr(rule, "advance") or isinstance(rule, type):
        raise ValueError(f"step must be a step such as gradient_step(0.1), not {step!r}")
    return rule  # type: ignore[return-value]


def check_budget(steps: int, tolerance: float | None) -> None:
    """ValueError unless `steps` is a whole number from 0 and `tolerance` None or positive."""
    if isinstance(steps, bool) or not isinstance(steps, Integral) or steps < 0:
        raise ValueError(f"steps must be a whole number, 0 or more, not {steps!r}")
    if tolerance is None:
        return
    try:
        good = bool(np.isfinite(tolerance)) and tolerance > 0
    except TypeError:
        good = False
    if not good:
        raise ValueError(f"tolerance must be a finite positive number or None, not {tolerance!r}")


__all__ = ["GradientStep", "MomentumStep", "NewtonStep", "Verdict", "Walk", "descend"]
