"""Curves along which a rational function of two variables is stationary."""

from __future__ import annotations

from itertools import pairwise

import mpmath
import sympy as sp

from gdmath.fields.scalar_field import ScalarField
from gdmath.stationary.algebra import multiplicity
from gdmath.stationary.kinds import DIGITS, Kind, kind_around
from gdmath.stationary.points import StationaryCurve


def curve_of(field: ScalarField, factor: sp.Poly) -> StationaryCurve | None:
    """The curve where `factor`, common to the partial derivatives, is zero; None if unsolved."""
    above, below = sp.fraction(sp.together(field.expr))
    x, y = field.variables
    # The value is the same all along the curve, so the field minus it has the curve as a factor.
    rest = sp.reduced(above, [factor.as_expr()], x, y)[1]
    value = sp.simplify(rest / sp.reduced(below, [factor.as_expr()], x, y)[1])
    if not value.is_number:
        return None
    times, height = multiplicity(sp.Poly(above - value * below, x, y), factor)
    height *= sp.Poly(below, x, y)
    pieces = _pieces(field, factor, times, height)
    kinds = {kind for where, kind in pieces if _in_window(field, factor, where)}
    if not pieces:
        kinds = _kinds_along(field, factor, times, height)
    kind = kinds.pop() if len(kinds) == 1 else Kind.MIXED
    return StationaryCurve(field, factor.as_expr(), value, kind, pieces)


def _pieces(
    field: ScalarField, factor: sp.Poly, times: int, height: sp.Poly
) -> tuple[tuple[sp.Set, Kind], ...]:
    """The kinds along a line x = a or y = b, by the real roots of the cofactor on it."""
    if factor.total_degree() != 1 or len(factor.free_symbols) != 1:
        return ()
    fixed, other = _fixed_and_other(factor)
    (a,) = sp.real_roots(factor.as_expr())
    along = sp.Poly(height.as_expr().subs(fixed, a), other)
    roots = list(dict.fromkeys(sp.real_roots(along))) if not along.is_ground else []
    ends = [-sp.oo, *roots, sp.oo]
    pieces: list[tuple[sp.Set, Kind]] = []
    for low, high in pairwise(ends):
        if low.is_finite:
            place = [a if v == fixed else low for v in field.variables]
            with mpmath.workdps(DIGITS):
                there = [mpmath.mpf(c.evalf(DIGITS)) for c in place]
            pieces.append((sp.FiniteSet(low), kind_around(field, there)))
        inside = _between(low, high)
        pieces.append((sp.Interval.open(low, high), _sign_kind(times, along.eval(inside))))
    return tuple(pieces)


def _fixed_and_other(factor: sp.Poly) -> tuple[sp.Symbol, sp.Symbol]:
    (fixed,) = factor.free_symbols
    (other,) = set(factor.gens) - {fixed}
    return fixed, other


def _between(low: sp.Expr, high: sp.Expr) -> sp.Expr:
    if low.is_finite and high.is_finite:
        return (low + high) / 2
    if low.is_finite:
        return low + 1
    return high - 1 if high.is_finite else sp.S.Zero


def _sign_kind(times: int, height: sp.Expr) -> Kind:
    if times % 2 or height == 0:
        return Kind.SADDLE
    return Kind.MINIMUM if height > 0 else Kind.MAXIMUM


def _in_window(field: ScalarField, factor: sp.Poly, where: sp.Set) -> bool:
    if field.window is None:
        return True
    _, other = _fixed_and_other(factor)
    low, high = field.window[field.variables.index(other)]
    seen = where.intersect(sp.Interval(sp.nsimplify(low), sp.nsimplify(high)))
    return seen is not sp.S.EmptySet


def _kinds_along(field: ScalarField, factor: sp.Poly, times: int, height: sp.Poly) -> set[Kind]:
    """The kinds at points of a curve, found where grid lines of both directions cross it.

    In the field's window if there is one, else within 6 of the origin.
    """
    sides = [
        [sp.nsimplify(end) for end in side] for side in field.window or ((-6.0, 6.0), (-6.0, 6.0))
    ]
    kinds = set()
    for fixed, other in ((0, 1), (1, 0)):
        low, high = sides[fixed]
        for k in range(1, 60):
            at = low + (high - low) * sp.Rational(k, 60)
            cut = factor.as_expr().subs(field.variables[fixed], at)
            if not cut.has(field.variables[other]):
                continue
            for root in sp.real_roots(cut):
                if sides[other][0] <= root <= sides[other][1]:
                    place = (at, root) if fixed == 0 else (root, at)
                    kinds.add(_kind_on(field, times, height, place))
    return kinds


def _kind_on(
    field: ScalarField, times: int, height: sp.Poly, place: tuple[sp.Expr, sp.Expr]
) -> Kind:
    """The kind at one point of the curve: by the cofactor's sign, by the field's where it is 0."""
    value = height.as_expr().subs(dict(zip(field.variables, place, strict=True))).evalf(DIGITS)
    if abs(value) > sp.Float(10) ** (15 - DIGITS):
        return _sign_kind(times, value)
    with mpmath.workdps(DIGITS):
        return kind_around(field, [mpmath.mpf(c.evalf(DIGITS)) for c in place])
