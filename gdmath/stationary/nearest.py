"""The stationary point next to a point: where exactly, and of which kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np

from gdmath.fields.evaluation import FloatArray, mp_function
from gdmath.fields.scalar_field import (
    ScalarField,
    gradient_expressions,
    hessian_expressions,
    is_formula,
)
from gdmath.stationary.kinds import Kind, is_minimum, kind_at

_DIGITS = 60
_NEWTON_STEPS = 80
_HALVINGS = 60
# Curvatures below this share of the largest are none: along a curve of minima.
_FLAT = mpmath.mpf(10) ** -18
_FAINT = mpmath.mpf(10) ** -8
_DONE = mpmath.mpf(10) ** -40
# A double zero is found to half the digits only.
_ZERO, _TRUSTED = mpmath.mpf(10) ** -20, 18
# A walk towards a multiple zero shrinks by (m - 1)/m a step; that is seen, and jumped.
_LINEAR = (0.3, 0.97)
_FAILS = (ArithmeticError, TypeError, ValueError)


@dataclass(frozen=True, eq=False)
class Spot:
    """A stationary point (d,), float64, its value, its kind, its curvatures (d,), ascending.

    Point and value are the exact ones rounded: what is 0 is 0. The curvatures are nan at a kink.
    """

    point: FloatArray
    value: float
    kind: Kind
    curvatures: FloatArray

    @property
    def is_round(self) -> bool:
        """Whether it curves in every direction, so that the slope tells the distance."""
        size = abs(self.curvatures)
        return bool(np.isfinite(size).all() and size.min() > 1e-8 * size.max())


def spot_near(field: ScalarField, x: FloatArray, reach: float) -> Spot | None:
    """The stationary point (d,) within `reach` of a point (d,), by Newton's method, or None.

    To 60 digits and then rounded, its kind told by `kind_at`; in one variable a change of sign
    of the slope will do, as at a kink. Of the loss of a network: in float64.
    """
    if not is_formula(field):
        return _spot_of_loss(field, x, reach)
    at = _polished(field, x, reach)
    if at is None and field.dimension > 1:
        # Beside a curve of minima that bends, a faint curvature along it leads astray.
        at = _polished(field, x, reach, _FAINT)
    if at is None and field.dimension == 1:
        at = _where_the_slope_turns(field, x, reach)
    if at is None:
        return None
    at = [c if abs(c) > _ZERO * reach else mpmath.mpf(0) for c in at]
    point = np.array([float(c) for c in at])
    if not field.contains(point):
        return None
    kind = kind_at(field, at, _TRUSTED)
    if field.dimension == 1 and kind is Kind.SADDLE:
        kind = Kind.INFLECTION
    return Spot(point, _height(field, at), kind, _bends(field, point))


def rests(field: ScalarField, x: FloatArray) -> bool:
    """Whether a point (d,) where the float64 gradient is zero is a minimum, exactly."""
    if not is_formula(field):
        return is_minimum(field, x, 0.0)
    spot = spot_near(field, x, 1e-6 * max(1.0, float(abs(x).max())))
    return spot is not None and spot.kind in {Kind.MINIMUM, Kind.FLAT}


def _height(field: ScalarField, at: Sequence[Any]) -> float:
    with mpmath.workdps(_DIGITS):
        value = mpmath.mpf(mp_function((field.expr,), field.variables)(*at)[0])
        return float(value) if abs(value) > _DONE else 0.0


def _bends(field: ScalarField, point: FloatArray) -> FloatArray:
    hessian = field.hessian(point)
    if not np.isfinite(hessian).all():
        return np.full(field.dimension, np.nan)
    return np.asarray(np.linalg.eigvalsh(hessian))


def _polished(
    field: ScalarField, x: FloatArray, reach: float, flat: Any = _FLAT
) -> list[Any] | None:
    """Where Newton's method leads from a point (d,), as mpmath numbers; None if out of reach.

    Curvatures below the share `flat` of the largest count for none.
    """
    slope = mp_function(gradient_expressions(field), field.variables)
    bend = mp_function(hessian_expressions(field), field.variables)
    start = [mpmath.mpf(c) for c in x.tolist()]
    with mpmath.workdps(_DIGITS):
        at, before, share = start, mpmath.mpf(0), mpmath.mpf(0)
        try:
            for _ in range(_NEWTON_STEPS):
                gradient = [mpmath.mpf(g) for g in slope(*at)]
                if not any(gradient):
                    return at
                move = _newton_move([mpmath.mpf(h) for h in bend(*at)], gradient, flat)
                size = _largest(move)
                if size <= _DONE * reach:
                    # Newton's method also halts where it sees no curvature, and a slope.
                    far = size + mpmath.mpf(10) ** (5 - _DIGITS) * max(1, *map(abs, at))
                    explained = 10 * far * _largest(bend(*at))
                    return at if _largest(gradient) <= explained else None
                last, share = share, size / before if before else mpmath.mpf(0)
                before = size
                if _LINEAR[0] < share < _LINEAR[1] and abs(share - last) < 0.02:
                    move = [m / (1 - share) for m in move]
                    before = share = mpmath.mpf(0)
                at = [c - m for c, m in zip(at, move, strict=True)]
                if max(abs(c - s) for c, s in zip(at, start, strict=True)) > reach:
                    return None
        except _FAILS:
            return None
    return None


def _largest(numbers: Sequence[Any]) -> Any:
    return max(map(abs, numbers))


def _newton_move(entries: Sequence[Any], gradient: Sequence[Any], flat: Any) -> list[Any]:
    """H⁺ gradient, along the directions that are curved at all; ZeroDivisionError if none is."""
    d = len(gradient)
    if d == 1:
        return [gradient[0] / entries[0]]
    matrix = mpmath.matrix(d, d)
    for i in range(d * d):
        matrix[i // d, i % d] = entries[i]
    curvatures, ways = mpmath.eigsy(matrix)
    least = flat * max(map(abs, curvatures))
    shares = [
        mpmath.fsum(ways[i, k] * gradient[i] for i in range(d)) / c if abs(c) > least else 0
        for k, c in enumerate(curvatures)
    ]
    if not any(abs(c) > least for c in curvatures):
        raise ZeroDivisionError
    return [mpmath.fsum(ways[i, k] * shares[k] for k in range(d)) for i in range(d)]


def _where_the_slope_turns(field: ScalarField, x: FloatArray, reach: float) -> list[Any] | None:
    """The nearest place on the line, within reach, where the slope changes its sign."""
    here = float(x[0])
    radii = reach * 0.5 ** np.arange(_HALVINGS)[::-1]
    found = []
    for side in (-1.0, 1.0):
        places = here + side * np.concatenate([[0.0], radii])
        signs = np.sign(field.gradient(places[:, np.newaxis])[:, 0])
        turns = np.flatnonzero(signs[1:] * signs[:-1] < 0)
        if len(turns):
            found.append(_bisected(field, places[turns[0]], places[turns[0] + 1]))
    found = [p for p in found if np.isfinite(field.at([p]))]
    if not found:
        return None
    return [mpmath.mpf(min(found, key=lambda p: abs(p - here)))]


def _bisected(field: ScalarField, low: float, high: float) -> float:
    sign = np.sign(field.gradient([low])[0])
    ends = {low, high}
    while (middle := (low + high) / 2) not in ends:
        there = np.sign(field.gradient([middle])[0])
        if there == 0:
            return middle
        low, high = (middle, high) if there == sign else (low, middle)
        ends = {low, high}
    return min((low, high, round(low, 12)), key=lambda p: float(field.at([p])))


def _spot_of_loss(field: Any, x: FloatArray, reach: float) -> Spot | None:
    at = x
    for _ in range(12):
        gradient, hessian = field.gradient(at), field.hessian(at)
        if not (np.isfinite(gradient).all() and np.isfinite(hessian).all()):
            return None
        curvatures, ways = np.linalg.eigh(hessian)
        # Differences leave some nine digits; a network has many directions in which it is level.
        bent = abs(curvatures) > 1e-7 * abs(curvatures).max()
        move = ways[:, bent] @ ((ways.T @ gradient)[bent] / curvatures[bent])
        at = at - move
        if abs(at - x).max() > reach:
            return None
        if abs(move).max() <= 1e-9 * max(1.0, float(abs(at).max())):
            is_low = curvatures[0] > -1e-7 * abs(curvatures).max() and is_minimum(field, at, 1e-9)
            kind = Kind.MINIMUM if is_low else Kind.SADDLE
            return Spot(at, float(field.at(at)), kind, curvatures)
    return None
