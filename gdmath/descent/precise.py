"""What a walk would do where float64 ends: the same numbers in 50-digit arithmetic."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import mpmath
import numpy as np
import sympy as sp

from gdmath.descent.steps import Here, Step
from gdmath.descent.steps.rule import Number
from gdmath.fields.domain import hold_mp
from gdmath.fields.evaluation import FloatArray, evaluate, mp_function
from gdmath.fields.scalar_field import (
    ScalarField,
    gradient_expressions,
    hessian_expressions,
    is_formula,
)

DIGITS = 50
_LARGEST = mpmath.mpf(2) ** 1024
# Steps that a walk is followed beyond float64's last: a runaway that ends float64 needs few.
_STEPS_ON = 60
_FAILS = (ArithmeticError, TypeError, ValueError)


def beyond_float64(
    field: ScalarField, x: FloatArray, value: FloatArray, gradient: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Value () and gradient (d,) at a point (d,) where a part of their formulas overflows float64.

    Taken with 50 digits and rounded: infinite only where the true number is beyond float64.
    What cannot be had, as outside the domain, stays as it was given.
    """
    if not is_formula(field) or not field.contains(x) or is_too_steep(field, x):
        return value, gradient
    exprs = (field.expr, *gradient_expressions(field))
    with mpmath.workdps(DIGITS):
        try:
            exact = [_rounded(v) for v in mp_function(exprs, field.variables)(*map(mpmath.mpf, x))]
        except _FAILS:
            return value, gradient
    return np.array(exact[0]), np.array(exact[1:])


def overflows(field: ScalarField, step: Step, x: FloatArray, memory: Any) -> bool:
    """Whether the walk, followed from x (d,) with 50 digits, leaves float64's range as well."""
    if not is_formula(field) or is_too_steep(field, x):
        return True
    height, look = precise_value(field), precisely(field, mpmath.mpf)
    with mpmath.workdps(DIGITS):
        at: Any = np.array([mpmath.mpf(c) for c in x], dtype=object)
        kept = _precise(memory)
        try:
            for _ in range(_STEPS_ON):
                numbers = [*at, height(at)]
                if any(abs(number) >= _LARGEST for number in numbers):
                    return True
                at, kept = step.advance(look(at), kept)
                if is_too_steep(field, np.array([_rounded(c) for c in at])):
                    return True
        except _FAILS:
            return False
    return False


def precisely(field: ScalarField, number: Number) -> Callable[[Any], Here]:
    """What a step may look at from a point (d,) of mpmath numbers, at mpmath's present precision.

    The function raises ArithmeticError, TypeError or ValueError where there is no gradient.
    """
    slope = mp_function(gradient_expressions(field), field.variables)
    bend = mp_function(hessian_expressions(field), field.variables)
    value = precise_value(field)

    def look(x: Any) -> Here:
        gradient = np.array([mpmath.mpf(g) for g in slope(*x)], dtype=object)
        return Here(x, gradient, partial(_square, bend, x, field.dimension), value, number)

    return look


def precise_value(field: ScalarField) -> Callable[[Any], Any]:
    """The value at a point (d,) of mpmath numbers, at their present precision; else nan."""
    height = mp_function((field.expr,), field.variables)

    def value(x: Any) -> Any:
        inside = hold_mp(field.domain, field.variables, tuple(x))
        return mpmath.mpf(height(*x)[0] if inside else math.nan)

    return value


def is_singular(field: ScalarField, x: FloatArray) -> bool:
    """Whether the Hessian at a point (d,) is singular: exactly, not for want of digits.

    The point's binary fractions are put into the formulas; where sympy cannot tell whether a
    determinant so written is zero, it is if it vanishes to 50 and to 1000 digits. Of what is no
    formula only a row of zeros tells.
    """
    if not is_formula(field):
        return not field.hessian(x).any(axis=-1).all()
    d = field.dimension
    entries = hessian_expressions(field)
    at = {v: sp.Rational(c) for v, c in zip(field.variables, x.tolist(), strict=True)}
    if all(e.is_rational_function(*field.variables) for e in entries):
        return bool(sp.Matrix(d, d, [e.subs(at) for e in entries]).det() == 0)
    function = mp_function(entries, field.variables)
    for digits in (DIGITS, 1000):
        with mpmath.workdps(digits):
            try:
                square = mpmath.matrix(_square(function, list(map(mpmath.mpf, x)), d).tolist())
                scale = max(map(abs, square)) ** d
                if abs(mpmath.det(square)) > scale * mpmath.mpf(10) ** (10 - digits):
                    return False
            except _FAILS:
                return False
    return True


def is_too_steep(field: ScalarField, x: FloatArray) -> bool:
    """Whether an exponential of an overflowing number is among the formulas at a point (d,).

    Fifty digits of such a tower could fill memory; it is beyond float64 in any case.
    """
    inner = _inner(field)
    if not inner:
        return not bool(np.isfinite(x).all())
    values = evaluate(inner, field.variables, [np.array([c]) for c in x])
    return not bool(np.isfinite(np.concatenate(values)).all() and np.isfinite(x).all())


def _inner(field: ScalarField) -> tuple[sp.Expr, ...]:
    nodes = sp.preorder_traversal(field.expr)
    steep = [
        n for n in nodes if isinstance(n, sp.exp | sp.sinh | sp.cosh | sp.tanh) or _is_tower(n)
    ]
    return tuple(dict.fromkeys(a for n in steep for a in n.args if a.free_symbols))


def _is_tower(node: sp.Basic) -> bool:
    return bool(node.is_Pow and node.exp.free_symbols)


def _precise(memory: Any) -> Any:
    """What a rule remembers, its arrays and numbers as mpmath's."""
    if isinstance(memory, tuple):
        return tuple(_precise(part) for part in memory)
    if isinstance(memory, np.ndarray):
        return np.array([mpmath.mpf(c) for c in memory.tolist()], dtype=object)
    return memory


def _square(entries: Any, x: Any, d: int) -> Any:
    return np.array([mpmath.mpf(e) for e in entries(*x)], dtype=object).reshape(d, d)


def _rounded(number: Any) -> float:
    """The float64 nearest to an mpmath number, infinite beyond the largest."""
    real = mpmath.mpf(number)
    if abs(real) >= _LARGEST:
        return float("inf") if real > 0 else float("-inf")
    return float(real)
