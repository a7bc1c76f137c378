"""A walk carried on beyond its record, to see what becomes of it: the same rule, many more steps.

The record is not touched. What is computed here need not be the same to the last bit, so plain
Python numbers do it, twenty times as fast as numpy's arrays of one.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache, partial
from typing import Any

import numpy as np
import sympy as sp

from gdmath.descent.cycles import period_of
from gdmath.descent.steps import Here, is_steady
from gdmath.descent.walk import Walk
from gdmath.fields.domain import holds_at
from gdmath.fields.evaluation import FloatArray
from gdmath.fields.scalar_field import (
    ScalarField,
    gradient_expressions,
    hessian_expressions,
    is_formula,
)

# Steps carried on: so many of a formula, so many of a loss that passes its data at each.
FAR, FAR_LOSS = 3000, 300
# How often one looks whether the walk repeats itself, so that it need not go all the way.
_LOOK = 256
_LONGEST_PERIOD = 64


class End(Enum):
    """Why a continuation is over."""

    RESTS = auto()
    """Its steps have become as short as float64 can tell."""
    REPEATS = auto()
    """It goes round in a cycle."""
    OVERFLOWS = auto()
    """Its numbers have left float64."""
    LEAVES = auto()
    """It has left the domain."""
    GOES_ON = auto()
    """None of these within the steps."""


@dataclass(frozen=True, eq=False)
class Continuation:
    """The points (m, d) from a walk's last, which is row 0, on, and how it ends.

    `memory` is what the rule remembers there, `period` that of the cycle if it repeats itself.
    """

    points: FloatArray
    end: End
    memory: Any
    period: int | None = None


def carried_on(walk: Walk, at_most: int = FAR) -> Continuation:
    """The walk from its last point by at most so many more steps of its rule, of a loss 300."""
    field, rule, memory = walk.field, walk.step, walk.memory
    swift = swift_functions(field) if is_formula(field) else None
    own = (field.contains, field.gradient, field.hessian, field.at)
    contains, slope, bend, height = swift or own
    most = at_most if swift else min(at_most, FAR_LOSS)
    x = walk.points[-1]
    tiny = 1e-17 * float(abs(walk.points - x).max())
    points, still = [x], 0
    memories: deque[Any] = deque(maxlen=_LOOK)

    def over(end: End, period: int | None = None) -> Continuation:
        return Continuation(np.array(points), end, memory, period)

    with np.errstate(all="ignore"):
        for k in range(1, most + 1):
            gradient = slope(x)
            here = Here(x, gradient, partial(bend, x), height)
            after, remembered = rule.advance(here, memory)
            if not np.isfinite(after).all():
                return over(End.OVERFLOWS if gradient.any() else End.RESTS)
            memory = remembered
            memories.append(memory)
            points.append(after)
            if not contains(after):
                return over(End.LEAVES)
            is_still = (abs(after - x) <= np.maximum(8 * np.spacing(abs(x)), tiny)).all()
            still = still + 1 if is_still else 0
            x = after
            if still == 3:
                return over(End.RESTS)
            if k % _LOOK == 0 and is_steady(rule, memories[0]):
                period = period_of(np.array(points[-_LOOK:]), _LONGEST_PERIOD)
                if period and _is_back(memory, memories[-1 - period]):
                    return over(End.REPEATS, period)
    return over(End.GOES_ON)


def _is_back(memory: Any, before: Any) -> bool:
    """Whether what a rule remembers is the same as before, to rounding; counts of steps aside."""
    if isinstance(memory, tuple):
        return all(map(_is_back, memory, before))
    if not isinstance(memory, np.ndarray):
        return True
    return bool((abs(memory - before) <= 1e-12 * abs(memory).max()).all())


Function = Callable[[Any], Any]
Functions = tuple[Function, Function, Function, Function]


@lru_cache(maxsize=64)
def swift_functions(field: ScalarField) -> Functions:
    """Domain, gradient, Hessian and value of a field at one point (d,), in plain Python numbers.

    Where those fail, nan; what has no form in them is left to the field itself.
    """
    d = field.dimension

    def plain(exprs: tuple[sp.Expr, ...], shape: tuple[int, ...]) -> Callable[[Any], Any]:
        function = sp.lambdify(field.variables, list(exprs), modules="math", cse=True)
        none = np.full(shape, math.nan)

        def values(x: Any) -> Any:
            try:
                return np.array(function(*x.tolist()), dtype=np.float64).reshape(shape)
            except (ArithmeticError, ValueError, TypeError):
                return none

        return values

    try:
        slope, bend, height = (
            plain(gradient_expressions(field), (d,)),
            plain(hessian_expressions(field), (d, d)),
            plain((field.expr,), ()),
        )
        slope(np.ones(d)), bend(np.ones(d)), height(np.ones(d))
    except (NameError, NotImplementedError, SyntaxError, TypeError):
        slope, bend, height = field.gradient, field.hessian, field.at
    return holds_at(field.domain, field.variables), slope, bend, height
