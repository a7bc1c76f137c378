"""The real domain of an expression: the conditions under which it has a real value."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import sympy as sp

from gdmath.fields.derivatives import real_symbols
from gdmath.fields.evaluation import BoolArray, FloatArray, evaluate, mp_function

_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "!=": operator.ne,
}


@lru_cache(maxsize=256)
def domain_of(expr: sp.Expr, variables: tuple[sp.Symbol, ...]) -> tuple[sp.Basic, ...]:
    """The conditions, exact, in the order in which they occur; () if `expr` is total.

    Conditions that always hold (exp(x) > 0) are left out; one that never holds is sympy's false.
    """
    real = real_symbols(variables)
    back = {r: v for v, r in real.items()}
    found: dict[sp.Basic, None] = {}
    for node in sp.preorder_traversal(expr.xreplace(real)):
        for condition in _needs(node):
            if condition != sp.true:
                found[condition.xreplace(back)] = None
    return tuple(found)


def _needs(node: sp.Basic) -> Iterator[sp.Basic]:
    """What one operation asks of its arguments."""
    if isinstance(node, sp.Pow):
        base, exponent = node.args
        if exponent.is_Integer:
            if exponent < 0:
                yield sp.Ne(base, 0)
        elif exponent.is_Rational:
            yield _positive(base) if exponent < 0 else _nonnegative(base)
        else:
            yield _positive(base)
        return
    u = node.args[0] if node.args else None
    match node:
        case sp.log():
            yield _positive(u)
        case sp.tan():
            yield sp.Ne(sp.cos(u), 0)
        case sp.asin() | sp.acos():
            yield from (sp.Ge(u, -1), sp.Le(u, 1))
        case sp.atanh():
            yield from (sp.Gt(u, -1), sp.Lt(u, 1))
        case sp.acosh():
            yield sp.Ge(u, 1)


def _positive(u: sp.Expr) -> sp.Basic:
    # u**2 may underflow to 0 where u is not 0.
    return sp.Ne(u.base, 0) if _is_even_power(u) else sp.Gt(u, 0)


def _nonnegative(u: sp.Expr) -> sp.Basic:
    return sp.true if _is_even_power(u) else sp.Ge(u, 0)


def _is_even_power(u: sp.Expr) -> bool:
    return bool(u.is_Pow and u.base.is_real and u.exp.is_Integer and u.exp > 0 and u.exp % 2 == 0)


def hold(
    conditions: Sequence[sp.Basic], variables: tuple[sp.Symbol, ...], columns: list[FloatArray]
) -> BoolArray:
    """Where all conditions hold, bool of shape (m,), at m points given as d columns (m,)."""
    inside = np.ones(columns[0].shape, dtype=np.bool_)
    for column in columns:
        inside &= np.isfinite(column)
    for condition in conditions:
        if condition == sp.false:
            return np.zeros_like(inside)
        left, right = evaluate((condition.lhs, condition.rhs), variables, columns)
        inside &= _COMPARE[condition.rel_op](left, right)
    return inside


def hold_mp(
    conditions: Sequence[sp.Basic], variables: tuple[sp.Symbol, ...], point: Sequence[Any]
) -> bool:
    """Whether all conditions hold at one point of mpmath numbers."""
    for condition in conditions:
        if condition == sp.false:
            return False
        left, right = mp_function((condition.lhs, condition.rhs), variables)(*point)
        if not _COMPARE[condition.rel_op](left, right):
            return False
    return True


def holds_at(
    conditions: Sequence[sp.Basic], variables: tuple[sp.Symbol, ...]
) -> Callable[[Any], bool]:
    """A function that tells of one point (d,), finite and float64, whether all conditions hold."""
    if not conditions:
        return lambda _: True
    return lambda x: bool(hold(conditions, variables, [x[i : i + 1] for i in range(len(x))])[0])


def describe(condition: sp.Basic) -> str:
    """A condition in words a message can use: "x > 0"."""
    if condition == sp.false:
        return "it has no real value anywhere"
    return f"{condition.lhs} {condition.rel_op} {condition.rhs}"
