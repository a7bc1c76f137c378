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
from gdmath.fields.functions import where

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
    for condition in _all_needs(expr.xreplace(real)):
        if condition != sp.true:
            found[condition.xreplace(back)] = None
    return tuple(found)


def _all_needs(node: sp.Basic) -> Iterator[sp.Basic]:
    """What an expression asks of its variables; a branch of `where` asks only where it is taken."""
    yield from _needs(node)
    if not isinstance(node, where):
        for argument in node.args:
            yield from _all_needs(argument)
        return
    guard, then, otherwise = node.args
    yield from _all_needs(guard)
    for branch, holds, is_then in ((then, guard, True), (otherwise, sp.Not(guard), False)):
        for condition in _all_needs(branch):
            if not _follows(condition, holds):
                yield _guarded(condition, guard, is_then=is_then)


def _guarded(condition: sp.Basic, guard: sp.Basic, *, is_then: bool) -> sp.Basic:
    """The condition, asked only where the guard holds, or only where it does not."""
    if condition == sp.true:
        return condition
    if condition == sp.false:
        return guard if not is_then else sp.Not(guard)
    # A value for the other branch with which the comparison is true.
    aside = condition.rhs + {">": 1, "<": -1, "!=": 1}.get(condition.rel_op, 0)
    branches = (condition.lhs, aside) if is_then else (aside, condition.lhs)
    return condition.func(where(guard, *branches), condition.rhs)


def _follows(condition: sp.Basic, known: sp.Basic) -> bool:
    """Whether a condition is plainly the known one, or weaker."""
    if condition in {sp.true, sp.false} or known in {sp.true, sp.false}:
        return False
    if condition.lhs - condition.rhs != known.lhs - known.rhs:
        known = known.reversed
    if condition.lhs - condition.rhs != known.lhs - known.rhs:
        return False
    weaker = {">": {">", ">=", "!="}, "<": {"<", "<=", "!="}, ">=": {">="}, "<=": {"<="}}
    return condition.rel_op in weaker[known.rel_op]


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
    if isinstance(condition.lhs, where):
        guard, then, otherwise = condition.lhs.args
        if otherwise.is_number:
            return f"{describe(condition.func(then, condition.rhs))} where {describe(guard)}"
        if then.is_number:
            holds = condition.func(otherwise, condition.rhs)
            return f"{describe(holds)} where {describe(sp.Not(guard))}"
    return f"{condition.lhs} {condition.rel_op} {condition.rhs}"
