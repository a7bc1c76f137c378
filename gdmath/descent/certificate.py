"""Check a float64 walk against the same walk in 50-digit arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import mpmath
import numpy as np
import sympy as sp

from gdmath.descent.steps import Here
from gdmath.descent.walk import Verdict, Walk
from gdmath.fields.evaluation import evaluate, mp_function
from gdmath.fields.scalar_field import gradient_expressions, hessian_expressions

DIGITS = 50

MAY_LACK_CERTIFICATE = (
    Verdict.LEFT_DOMAIN, Verdict.DIVERGED, Verdict.FALLING, Verdict.NO_STEP,
)  # fmt: skip
"""Where these end, the 50-digit walk may have no counterpart of the last point."""

# What grows faster than any power.
_STEEP = (sp.exp, sp.sinh, sp.cosh)


def precise_points(walk: Walk) -> list[tuple[Any, ...]]:
    """The iterates of `walk` in 50-digit mpmath arithmetic: stopped_at + 1 points of d numbers.

    Start and rate are taken as the decimals that a person would type: 1.6 is 16/10, not the
    float64 nearest to it. If the precise walk overflows or divides by zero, it ends there.
    """
    field = walk.field
    slope = mp_function(gradient_expressions(field), field.variables)
    curvature = mp_function(hessian_expressions(field), field.variables)
    with mpmath.workdps(DIGITS):
        x = np.array([decimal(c) for c in walk.start], dtype=object)
        points = [tuple(x)]
        memory: Any = None
        for _ in range(walk.stopped_at):
            try:
                gradient = np.array([mpmath.mpf(g) for g in slope(*x)], dtype=object)
                here = Here(x, gradient, partial(_square, curvature, x), decimal)
                x, memory = walk.step.advance(here, memory)
            except (ArithmeticError, TypeError, ValueError):
                break
            points.append(tuple(x))
    return points


def certify(walk: Walk) -> float:
    """The largest error of any coordinate of any iterate: |float64 - 50-digit|, a float.

    The point that left the domain counts too. It is inf if the precise walk cannot follow, or if a
    part of a derivative overflows float64 where the walk is: 50 digits of it could fill memory.
    """
    if _overflows(walk):
        return float("inf")
    precise = precise_points(walk)
    if len(precise) < len(walk.points):
        return float("inf")
    with mpmath.workdps(DIGITS):
        return max(
            float(abs(mpmath.mpf(ours) - exact))
            for row, exact_row in zip(walk.points.tolist(), precise, strict=True)
            for ours, exact in zip(row, exact_row, strict=True)
        )


def _overflows(walk: Walk) -> bool:
    """Whether an exponential or a power within a derivative is infinite on the way."""
    field = walk.field
    parts: dict[sp.Expr, None] = {}
    for expr in (*gradient_expressions(field), *hessian_expressions(field)):
        for node in sp.preorder_traversal(expr):
            if isinstance(node, _STEEP) or (node.is_Pow and node.exp.free_symbols):
                parts[node] = None
    if not parts:
        return False
    columns = list(np.ascontiguousarray(walk.points[:-1].T))
    return any(
        bool(np.isinf(values).any()) for values in evaluate(tuple(parts), field.variables, columns)
    )


def decimal(number: float) -> Any:
    """The mpmath number that the shortest decimal text of a float says, at present precision."""
    return mpmath.mpf(repr(float(number)))


def _square(entries: Callable[..., Any], x: Any) -> Any:
    """The Hessian (d, d) of mpmath numbers at a point (d,), from its function's flat list."""
    return np.array(entries(*x), dtype=object).reshape(len(x), len(x))
