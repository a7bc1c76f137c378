"""Kinks: where a slope jumps, told from its limits on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import mpmath
import numpy as np
import sympy as sp

from gdmath.fields.derivatives import derivative
from gdmath.fields.evaluation import evaluate, mp_function
from gdmath.fields.scalar_field import ScalarField, gradient_expressions
from gdmath.fields.switches import switches, switches_at

_DIGITS = 60
# A jump is the same at both distances; the slope's own change shrinks with them.
_BESIDE = ("1e-6", "1e-12")
# A float64 point is so near to a kink at a third.
_NEAR = 1e-15
_GRID = 2001
_MOST = 60
_FAILS = (ArithmeticError, TypeError, ValueError)


def kinks(field: ScalarField, low: float, high: float) -> tuple[float, ...]:
    """Where in [low, high] the slope of a field of one variable jumps, or is steep without end.

    Looked at are the zeros of what stands in |u|, sign, max, min, roots and cases, seen on 2001
    points; whether there is a kink is decided by the slope on both sides, with 60 digits. So
    |x|**3 has none, and sqrt(x**2) has one.
    """
    found = []
    for u in switches(field.expr):
        for place in _zeros(u, field.variables[0], low, high):
            with mpmath.workdps(_DIGITS):
                inside = low <= place <= high and field.contains([float(place)])
                if inside and has_kink(field, [place]):
                    found.append(float(place) if abs(place) > 1e-30 else 0.0)
    return tuple(sorted(set(found)))


def has_kink(field: ScalarField, point: Sequence[Any]) -> bool:
    """Whether at a point (d,) a slope along an axis jumps there, or is infinite on one side."""
    with mpmath.workdps(_DIGITS):
        at = [mpmath.mpf(c) for c in point]
        if not switches_at(field, at, _NEAR):
            return False
        slope = mp_function(gradient_expressions(field), field.variables)
        return any(_jumps(slope, at, i) for i in range(field.dimension))


def _jumps(slope: Any, at: Sequence[Any], axis: int) -> bool:
    size = max(1, abs(at[axis]))
    jumps = []
    for beside in map(mpmath.mpf, _BESIDE):
        sides = []
        for sign in (1, -1):
            there = list(at)
            there[axis] += sign * beside * size
            try:
                sides.append(mpmath.mpf(slope(*there)[axis]))
            except _FAILS:
                return False
        jumps.append(abs(sides[0] - sides[1]))
    return bool(jumps[1] > 0.5 * jumps[0] and jumps[1] > 0)


def _zeros(u: sp.Expr, x: sp.Symbol, low: float, high: float) -> list[Any]:
    """Where u crosses or touches zero, as mpmath numbers."""
    grid = np.linspace(low, high, _GRID)
    (values,) = evaluate((u,), (x,), [grid])
    size = np.abs(values)
    with np.errstate(invalid="ignore"):
        crosses = np.flatnonzero(np.sign(values[:-1]) * np.sign(values[1:]) < 0)[:_MOST]
        dips = (size[1:-1] <= size[:-2]) & (size[1:-1] <= size[2:]) & np.isfinite(size[1:-1])
    function = mp_function((u, derivative(u, (x,), x)), (x,))
    found: list[Any] = grid[values == 0][:_MOST].tolist()
    found += [_bisected(function, grid[i], grid[i + 1]) for i in crosses]
    lowest = np.flatnonzero(dips)[:_MOST] + 1
    touched = [_touching(function, grid[i], grid[1] - grid[0]) for i in lowest]
    return [*found, *(place for place in touched if place is not None)]


def _bisected(function: Any, low: float, high: float) -> Any:
    with mpmath.workdps(_DIGITS):
        a, b = mpmath.mpf(low), mpmath.mpf(high)
        sign = mpmath.sign(function(a)[0])
        for _ in range(4 * _DIGITS):
            middle = (a + b) / 2
            there = mpmath.sign(function(middle)[0])
            if there == 0:
                return middle
            a, b = (middle, b) if there == sign else (a, middle)
        return (a + b) / 2


def _touching(function: Any, near: float, step: float) -> Any | None:
    """Where u touches zero between the neighbours of a grid point: where its slope turns."""
    with mpmath.workdps(_DIGITS):
        try:
            ends = [mpmath.mpf(near - step), mpmath.mpf(near + step)]
            slopes = [function(end)[1] for end in ends]
            if not slopes[0] * slopes[1] < 0:
                return None
            place = _bisected(lambda p: [function(p)[1]], near - step, near + step)
            return place if abs(function(place)[0]) < mpmath.mpf(10) ** -40 else None
        except _FAILS:
            return None
