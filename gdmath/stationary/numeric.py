"""Stationary points found numerically, where they cannot be written down."""

from __future__ import annotations

import mpmath
import numpy as np
import sympy as sp

from gdmath.fields.evaluation import FloatArray, mp_function
from gdmath.fields.scalar_field import ScalarField, Window, gradient_expressions
from gdmath.stationary.kinds import DIGITS, kind_of
from gdmath.stationary.points import StationaryPoint, StationarySet


def find_stationary_points(
    field: ScalarField, window: Window | None = None, resolution: int = 60
) -> StationarySet:
    """Find stationary points in a window by Newton's method from a grid: numerical, not a proof.

    From `resolution` starts along each axis, polished to 50 digits; coordinates and values are
    sympy Floats. A point with a narrow basin can be missed, and curves are not recognised.

    Raises ValueError if neither `window` nor the field's own is given.
    """
    window = window or field.window
    if window is None:
        raise ValueError("window must be given, as the field has none of its own")
    axes = [np.linspace(lo, hi, resolution + 2)[1:-1] for lo, hi in window]
    starts = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, field.dimension)
    points = []
    for place in _distinct(_newton(field, starts), window):
        exactly = _polished(field, place)
        value = field.expr.subs(dict(zip(field.variables, exactly, strict=True))).evalf(DIGITS)
        points.append(StationaryPoint(exactly, value, kind_of(field, exactly)))
    points.sort(key=lambda p: (float(p.value), *(float(c) for c in p.point)))
    return StationarySet(tuple(points))


def _newton(field: ScalarField, points: FloatArray, steps: int = 40) -> FloatArray:
    """Where Newton's method leads from points (m, d), those only where it settles."""
    settled = np.zeros(len(points), dtype=bool)
    with np.errstate(all="ignore"):
        for _ in range(steps):
            points = points[field.contains(points)]
            hessian, gradient = field.hessian(points), field.gradient(points)
            finite = np.isfinite(hessian).all(axis=(1, 2)) & np.isfinite(gradient).all(axis=1)
            points, hessian, gradient = points[finite], hessian[finite], gradient[finite]
            step = np.einsum("mij,mj->mi", np.linalg.pinv(hessian), gradient)
            points = points - step
            # Where the Hessian is singular a step of zero need not mean a gradient of zero.
            level = abs(gradient).max(axis=1) <= 1e-6 * abs(hessian).max(axis=(1, 2)) + 1e-12
            settled = level & (abs(step).max(axis=1) < 1e-10)
    return points[settled]


def _distinct(points: FloatArray, window: Window) -> list[FloatArray]:
    low, high = np.array(window).T
    inside = points[((points >= low - 1e-9) & (points <= high + 1e-9)).all(axis=1)]
    found: list[FloatArray] = []
    for place in inside:
        if all(abs(place - other).max() > 1e-6 for other in found):
            found.append(place)
    return found


def _polished(field: ScalarField, place: FloatArray) -> tuple[sp.Expr, ...]:
    slope = mp_function(gradient_expressions(field), field.variables)
    with mpmath.workdps(DIGITS + 10):
        start = [mpmath.mpf(c) for c in place.tolist()]
        try:
            root = list(mpmath.findroot(slope, start))
        except (ValueError, ZeroDivisionError, TypeError):  # the last: it strayed to complex values
            root = start
        return tuple(sp.Float(c, DIGITS) for c in root)
