"""Check a float64 walk against the same walk in 50-digit arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import mpmath
import numpy as np
import sympy as sp

from gdmath.descent.precise import precisely
from gdmath.descent.steps import Here
from gdmath.descent.walk import Verdict, Walk
from gdmath.fields.evaluation import evaluate
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
    with mpmath.workdps(DIGITS):
        start = tuple(decimal(c) for c in walk.start)
        return [start, *(point for _, point in _precise_steps(walk, start))]


def certify(walk: Walk) -> float:
    """The largest error of any coordinate of any iterate: |float64 - 50-digit|, a float.

    The point that left the domain counts too. The precise walk decides for itself what its rule
    asks: see `parting`. It is inf if the precise walk cannot follow, or if a
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


def parting(walk: Walk) -> int | None:
    """The first step, from 1, for which exact arithmetic decides otherwise than float64, or None.

    A rule that asks, as whether f has fallen enough, may have another answer where rounding is all
    that there is between them. From there on the precise walk is not this one taken better but
    another, and `certify` tells how far apart the two come. None too if it cannot follow so far.
    """
    field, memory = walk.field, None
    with mpmath.workdps(DIGITS), np.errstate(all="ignore"):
        start = tuple(decimal(c) for c in walk.start)
        for k, (exact, _) in enumerate(_precise_steps(walk, start)):
            x, slope = walk.points[k], walk.gradients[k]
            here = Here(x, slope, partial(field.hessian, x), field.at)
            _, memory = walk.step.advance(here, memory)
            if list(map(bool, here.decisions)) != list(map(bool, exact.decisions)):
                return k + 1
    return None


def _precise_steps(walk: Walk, start: tuple[Any, ...]) -> Iterator[tuple[Here, tuple[Any, ...]]]:
    """The steps of the precise walk: what the rule looked at, and the point that it went to."""
    look, x, memory = precisely(walk.field, decimal), np.array(start, dtype=object), None
    for _ in range(walk.stopped_at):
        try:
            here = look(x)
            x, memory = walk.step.advance(here, memory)
        except (ArithmeticError, TypeError, ValueError):
            return
        yield here, tuple(x)


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
