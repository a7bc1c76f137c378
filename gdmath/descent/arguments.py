"""What a descent is given, checked: messages name the argument and say what would be right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from gdmath.descent.steps import Step, gradient_step
from gdmath.fields.evaluation import FloatArray
from gdmath.fields.scalar_field import ScalarField, check_field


def start_point(field: ScalarField, start: npt.ArrayLike, argument: str = "start") -> FloatArray:
    """`start` as a float64 point (d,) of the domain; ValueError naming `argument` otherwise."""
    check_field(field)
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
        raise ValueError(f"{argument} must be finite, not {start!r}")
    if not field.contains(x):
        raise ValueError(
            f"{argument} must be in the domain of {field.name or field.expr} "
            f"({field.explain(x)}), not {start!r}"
        )
    return x


def as_step(step: Step | Callable[[], Step]) -> Step:
    """A step, made from `newton_step` itself if need be; ValueError for anything else."""
    rule: Any = step
    if not hasattr(step, "advance") and callable(step):
        try:
            rule = step()
        except TypeError:
            rule = step
    if not hasattr(rule, "advance") or isinstance(rule, type):
        raise ValueError(f"step must be a step such as gradient_step(0.1), not {step!r}")
    return cast(Step, rule)


def rule_of(rate: float | None, step: Step | Callable[[], Step] | None) -> Step:
    """The gradient's step at a rate, or the step that is given; ValueError unless it is one."""
    if step is None and rate is not None:
        return gradient_step(rate)
    if step is None or rate is not None:
        raise ValueError("either rate or step must be given, not both")
    return as_step(step)


def check_budget(steps: int, tolerance: float | None) -> None:
    """ValueError unless `steps` is a whole number from 0 and `tolerance` None or positive."""
    check_count(steps, "steps")
    if tolerance is not None and not (_is_number(tolerance) and tolerance > 0):
        raise ValueError(f"tolerance must be a finite positive number or None, not {tolerance!r}")


def check_count(count: Any, argument: str) -> None:
    """ValueError naming `argument` unless `count` is a whole number from 0."""
    if isinstance(count, bool) or not isinstance(count, int | np.integer) or count < 0:
        raise ValueError(f"{argument} must be a whole number, 0 or more, not {count!r}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | np.number) and bool(np.isfinite(value))
