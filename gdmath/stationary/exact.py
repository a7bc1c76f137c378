"""Where the gradient is zero, solved exactly."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np
import sympy as sp

from gdmath.fields.derivatives import real_symbols
from gdmath.fields.scalar_field import ScalarField, gradient_expressions
from gdmath.stationary import algebra
from gdmath.stationary.curves import curve_of
from gdmath.stationary.kinds import DIGITS, kind_of
from gdmath.stationary.points import (
    NoExactSolutionError,
    StationaryCurve,
    StationaryPoint,
    StationarySet,
)

Place = tuple[sp.Expr, ...]

# With more |u| than this a slope has too many pieces to be solved one by one.
_MOST_BORDERS = 4


def stationary_points(field: ScalarField) -> StationarySet:
    """Solve gradient = 0 exactly, for fields of one or two variables.

    In one variable whatever sympy solves; where infinitely many solutions repeat, those in the
    field's window. In two variables rational functions, whose common factors of the partial
    derivatives become curves. Kinds are told by the Hessian, and where it is only semidefinite
    by the field's sign around. Points come by rising value.

    Raises NoExactSolutionError (a ValueError) where no exact answer was found, and ValueError
    for more than two variables.

    >>> from gdmath.examples import SAUNA
    >>> [(p.point, p.value, p.kind.value) for p in stationary_points(SAUNA).points]
    [((4, 4), 3313/45, 'minimum'), ((6, 6), 85, 'saddle')]
    >>> [(c.equation, c.value, c.kind.value) for c in stationary_points(SAUNA).curves]
    [(x, 85, 'maximum'), (y, 85, 'maximum')]
    """
    return _stationary_points(field, field.window)


@lru_cache(maxsize=64)  # a clip, its words and who verifies it ask for the same field's
def _stationary_points(field: ScalarField, _: Any) -> StationarySet:
    """The same; fields that differ in their windows alone are equal."""
    if field.dimension in (1, 2) and all(g.is_zero for g in gradient_expressions(field)):
        raise NoExactSolutionError(
            f"field {field.name or field.expr} is constant: every point of it is stationary"
        )
    if field.dimension == 1:
        places: list[Place] = [(x,) for x in _zeros(field)]
        curves: list[StationaryCurve] = []
    elif field.dimension == 2:
        places, curves = _zeros_in_the_plane(field)
    else:
        raise ValueError(f"field must have one or two variables, not {field.dimension}")
    points = []
    for place in places:
        if field.contains([float(c) for c in place]):
            at = dict(zip(field.variables, place, strict=True))
            value = field.expr.subs(at)
            # What is made of roots of high degree gets no shorter, and trying takes minutes.
            if not any(c.has(sp.ComplexRootOf) for c in place):
                value = sp.simplify(value)
            points.append(StationaryPoint(place, value, kind_of(field, place)))
    points.sort(key=lambda p: (float(p.value), *(float(c) for c in p.point)))
    return StationarySet(tuple(points), tuple(curves))


# One variable


def _zeros(field: ScalarField) -> list[sp.Expr]:
    """The real zeros of the derivative, exact."""
    real = real_symbols(field.variables)
    (x,) = real.values()
    slope = gradient_expressions(field)[0].xreplace(real)
    pieces = _pieces(slope)
    if len(pieces) == 1:
        return _zeros_of(field, slope, x)
    candidates = [z for piece in pieces for z in _zeros_of(field, piece, x, checked=False)]
    borders = {node.args[0] for node in slope.atoms(sp.Abs, sp.sign)}
    candidates += [z for u in borders for z in _zeros_of(field, u, x, checked=False)]
    zeros = [z for z in dict.fromkeys(candidates) if _is_zero(slope, x, z)]
    if len(zeros) < _sign_changes(field, at_zero=True):
        raise _no_exact(field)
    return zeros


def _pieces(slope: sp.Expr) -> list[sp.Expr]:
    """The slope with each |u| and sign(u) as on either side of u = 0, in all combinations."""
    inside = list(dict.fromkeys(node.args[0] for node in slope.atoms(sp.Abs, sp.sign)))
    if len(inside) > _MOST_BORDERS:
        return [slope]
    pieces = []
    for signs in product((1, -1), repeat=len(inside)):
        branch = {sp.Abs(u): s * u for u, s in zip(inside, signs, strict=True)}
        branch |= {sp.sign(u): sp.Integer(s) for u, s in zip(inside, signs, strict=True)}
        pieces.append(slope.xreplace(branch))
    return pieces


def _zeros_of(
    field: ScalarField, slope: sp.Expr, x: sp.Symbol, *, checked: bool = True
) -> list[sp.Expr]:
    """The real zeros of one expression in x; unless `checked`, no count is made of them."""
    above = sp.numer(sp.together(slope))
    if above.is_zero:
        raise _no_exact(field)
    if above.is_polynomial(x):
        return list(dict.fromkeys(sp.real_roots(sp.Poly(above, x)))) if above.has(x) else []
    if len(sp.Poly(sp.expand(above)).gens) > 2:
        raise _no_exact(field)
    return _transcendental_zeros(field, slope, x, checked=checked)


def _transcendental_zeros(
    field: ScalarField, slope: sp.Expr, x: sp.Symbol, *, checked: bool
) -> list[sp.Expr]:
    where = sp.Interval(*map(sp.nsimplify, field.window[0])) if field.window else sp.S.Reals
    try:
        found = sp.solveset(slope, x, where)
        if not isinstance(found, sp.FiniteSet | type(sp.S.EmptySet)):
            found = sp.solve(slope, x)
    except (NotImplementedError, ValueError, TypeError, RecursionError):
        raise _no_exact(field) from None
    zeros = [z for z in found if z.is_real and _is_zero(slope, x, z)]
    if checked and len(zeros) < _sign_changes(field):
        raise _no_exact(field)
    return zeros


def _is_zero(slope: sp.Expr, x: sp.Symbol, z: sp.Expr) -> bool:
    try:
        return bool(abs(slope.subs(x, z).evalf(DIGITS)) < sp.Float(10) ** (-DIGITS + 15))
    except TypeError:  # at a pole it is no number
        return False


def _sign_changes(field: ScalarField, *, at_zero: bool = False) -> int:
    """How often the slope changes sign over the window: a check on sympy's solvers.

    `at_zero` counts only changes through zero, not jumps.
    """
    lo, hi = field.window[0] if field.window else (-10.0, 10.0)
    x = np.linspace(lo, hi, 4001)[1:-1, np.newaxis]
    slopes = field.gradient(x)[:, 0]
    slopes = slopes[np.isfinite(slopes) & (slopes != 0)]
    changes = np.diff(np.sign(slopes)) != 0
    if at_zero:
        # Between neighbours of a grid this fine a continuous slope changes little.
        changes &= abs(np.diff(slopes)) < 0.1 * max(1.0, float(abs(slopes).max(initial=0.0)))
    return int(np.count_nonzero(changes))


# Two variables


def _zeros_in_the_plane(
    field: ScalarField,
) -> tuple[list[Place], list[StationaryCurve]]:
    p, q = (_numerator(field, partial) for partial in gradient_expressions(field))
    if p.is_zero or q.is_zero:
        raise _no_exact(field)
    shared, p, q = algebra.common_factors(p, q)
    places: list[Place] = []
    factors = []
    try:
        for factor in shared:
            if algebra.changes_sign(factor):
                factors.append(factor)
            else:
                # It touches zero without crossing it: where its own gradient vanishes.
                slopes = [factor.diff(v) for v in factor.gens]
                places += algebra.common_zeros(*slopes)
                places = [z for z in places if factor.as_expr().subs(_at(field, z)) == 0]
        places += algebra.common_zeros(p, q)
    except ValueError:
        raise _no_exact(field) from None
    places = [z for z in dict.fromkeys(places) if not any(_lies_on(c, z) for c in factors)]
    curves = []
    for factor in sorted(factors, key=str):
        curve = curve_of(field, factor)
        if curve is None:
            raise _no_exact(field)
        curves.append(curve)
    return places, curves


def _at(field: ScalarField, place: Place) -> dict[sp.Symbol, sp.Expr]:
    return dict(zip(field.variables, place, strict=True))


def _numerator(field: ScalarField, partial: sp.Expr) -> sp.Poly:
    above = sp.numer(sp.together(partial))
    try:
        return sp.Poly(above, *field.variables, domain="QQ")
    except (sp.CoercionFailed, sp.GeneratorsError, sp.PolynomialError):
        raise _no_exact(field) from None


def _lies_on(curve: sp.Poly, place: Place) -> bool:
    value = curve.as_expr().subs(dict(zip(curve.gens, place, strict=True)))
    return bool(abs(value.evalf(DIGITS)) < sp.Float(10) ** (-DIGITS + 15))


def _no_exact(field: ScalarField) -> NoExactSolutionError:
    name = field.name or field.expr
    return NoExactSolutionError(
        f"field {name}: no exact solution of gradient = 0 was found; "
        "find_stationary_points finds them numerically"
    )
