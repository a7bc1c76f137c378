"""What a stationary point is: minimum, maximum or neither."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

import mpmath
import numpy as np
import sympy as sp

from gdmath.fields.evaluation import FloatArray, mp_function
from gdmath.fields.scalar_field import ScalarField, hessian_expressions
from gdmath.fields.switches import switches_at

DIGITS = 50
# Far below any feature of a plotted field, far above 50 digits' rounding even at the fourth order.
_RADII = ("1e-3", "1e-5")
_ANGLES = 96
# Each leaves two thirds: 50 narrow an angle to 1e-9 of its spacing.
_NARROWINGS = 50
# Directions tried in space, from wherever to 1e-7 of a right angle from the best.
_TRIES = 300


class Kind(Enum):
    """What the field does around a point where its gradient is zero."""

    MINIMUM = "minimum"
    """Nowhere lower nearby; along a curve of them, as low."""
    MAXIMUM = "maximum"
    """Nowhere higher nearby; along a curve of them, as high."""
    SADDLE = "saddle"
    """Higher one way, lower another; in one variable, a terrace."""
    FLAT = "flat"
    """The same all around."""
    MIXED = "mixed"
    """Of a curve: not the same kind all along."""
    INFLECTION = "inflection"
    """Of a walk's end in one variable: level, but lower on one side and higher on the other."""
    PLATEAU = "plateau"
    """Of the end of a walk: level to within the tolerance, with no stationary point so near."""
    NONE = "none"
    """Of the end of a walk: f goes on falling towards a bound that it never attains."""


def kind_of(field: ScalarField, point: Sequence[sp.Expr]) -> Kind:
    """The kind of a stationary point (d,) given exactly.

    The Hessian decides where it is definite or indefinite, the signs of its eigenvalues taken to
    50 digits. Where it is only semidefinite, or the field has a kink, the field's sign on small
    circles decides, in 50-digit arithmetic: an observation, not a proof.
    """
    with mpmath.workdps(DIGITS):
        return kind_at(field, [mpmath.mpf(c.evalf(DIGITS + 10)) for c in point])


def kind_at(field: ScalarField, point: Sequence[mpmath.mpf], digits: int = DIGITS - 10) -> Kind:
    """The kind of a stationary point (d,) of mpmath numbers, as `kind_of` tells it.

    `digits` are those to which the Hessian there can be trusted.
    """
    with mpmath.workdps(DIGITS):
        return _by_hessian(field, point, digits) or kind_around(field, point)


def _by_hessian(field: ScalarField, point: Sequence[mpmath.mpf], digits: int) -> Kind | None:
    if switches_at(field, point):
        return None
    try:
        entries = mp_function(hessian_expressions(field), field.variables)(*point)
        d = field.dimension
        matrix = mpmath.matrix(d, d)
        for i in range(d * d):
            matrix[i // d, i % d] = mpmath.mpf(entries[i])
        curvatures = list(mpmath.eigsy(matrix, eigvals_only=True)) if d > 1 else [matrix[0, 0]]
    except (ArithmeticError, TypeError, ValueError):
        return None
    zero = mpmath.mpf(10) ** -digits * max(1, *map(abs, entries))
    if not all(mpmath.isfinite(c) for c in curvatures):
        return None
    if min(curvatures) < -zero and max(curvatures) > zero:
        return Kind.SADDLE
    if min(map(abs, curvatures)) <= zero:
        return None
    return Kind.MINIMUM if curvatures[0] > 0 else Kind.MAXIMUM


def kind_around(field: ScalarField, point: Sequence[mpmath.mpf]) -> Kind:
    """The kind that the field's sign on small circles around a point (d,) tells."""
    value = mp_function((field.expr,), field.variables)
    signs: set[int] = set()
    with mpmath.workdps(DIGITS):
        (here,) = value(*point)
        slack = abs(here) * mpmath.mpf(10) ** (5 - DIGITS)

        def rise_at(step: Sequence[Any]) -> Any:
            """The rise after a step (d,); nan where the field has no value."""
            there = [c + s for c, s in zip(point, step, strict=True)]
            try:
                rise = value(*there)[0] - here
            except (ArithmeticError, TypeError, ValueError):
                return mpmath.nan
            return rise if isinstance(rise, mpmath.mpf) else mpmath.nan

        for radius in map(mpmath.mpf, _RADII):
            if field.dimension == 2:
                rises = _extremes_on_circle(rise_at, radius)
            else:
                rises = _extremes_on_sphere(rise_at, radius, field.dimension)
            signs |= {
                0 if abs(rise) <= slack else int(mpmath.sign(rise))
                for rise in rises
                if not mpmath.isnan(rise)
            }
    if {1, -1} <= signs:
        return Kind.SADDLE
    if 1 in signs:
        return Kind.MINIMUM
    return Kind.MAXIMUM if -1 in signs else Kind.FLAT


def _extremes_on_circle(rise_at: Callable[[Sequence[Any]], Any], radius: Any) -> list[Any]:
    """The rises at 96 points of a circle, and at the least and the greatest found between them.

    Between the parabolas of Peano's (y - x**2)*(y - 2*x**2) the field is negative, in a wedge
    that narrows with the radius: points at fixed angles never meet it. On level ground, with
    both neighbours as high, there is nothing to narrow down to.
    """
    spacing = 2 * mpmath.pi / _ANGLES

    def rise(angle: Any) -> Any:
        return rise_at([radius * mpmath.cos(angle), radius * mpmath.sin(angle)])

    rises = [rise(k * spacing) for k in range(_ANGLES)]
    found = list(rises)
    for sign in (1, -1):
        for k, middle in enumerate(rises):
            beside = (rises[k - 1], rises[(k + 1) % _ANGLES])
            is_extreme = all(sign * middle <= sign * other for other in beside)
            if is_extreme and any(middle != other for other in beside):
                low, high = (k - 1) * spacing, (k + 1) * spacing
                for _ in range(_NARROWINGS):
                    third = (high - low) / 3
                    if sign * rise(low + third) <= sign * rise(high - third):
                        high -= third
                    else:
                        low += third
                found.append(rise((low + high) / 2))
    return found


def _extremes_on_sphere(
    rise_at: Callable[[Sequence[Any]], Any], radius: Any, dimension: int
) -> list[Any]:
    """The rises along the axes and many other directions, and at the least and greatest near them.

    From the best direction the search goes on at random, ever nearer to the best so far.
    """
    ways = np.concatenate([np.eye(dimension), -np.eye(dimension), directions(dimension, 16)])
    found = [rise_at(radius * u) for u in ways]
    if dimension == 1:
        return found
    rng = np.random.default_rng(0)
    for sign in (1, -1):
        best, way = min(((sign * r, i) for i, r in enumerate(found) if not mpmath.isnan(r)))
        at = ways[way]
        for k in range(_TRIES):
            beside = at + 0.8 ** (k / 4) * rng.standard_normal(dimension)
            beside /= np.linalg.norm(beside)
            rise = sign * rise_at(radius * beside)
            if rise < best:
                best, at = rise, beside
        found.append(sign * best)
    return found


def is_minimum(field: ScalarField, point: FloatArray, slack: float) -> bool:
    """Whether a point (d,) of zero gradient is a local minimum, strict or not.

    The Hessian decides where it can. Where it is only semidefinite, the field's sign around the
    point does: no value on small circles lies lower than a gradient up to `slack` explains.
    """
    hessian = field.hessian(point)
    if np.isfinite(hessian).all():
        curvatures = np.linalg.eigvalsh(hessian)
        flat = 1e-8 * max(1.0, float(abs(curvatures).max()))
        if curvatures[0] > flat:
            return True
        if curvatures[0] < -flat:
            return False
    here = float(field.at(point))
    for radius in (1e-3, 1e-2):
        r = radius * max(1.0, float(abs(point).max()))
        around = field.at(point + r * directions(field.dimension))
        allowed = slack * r + 8 * np.spacing(abs(here))
        if (around < here - allowed).any():
            return False
    return True


def directions(dimension: int, count: int = 64) -> FloatArray:
    """Unit vectors (m, d) spread over all directions: 2 in one variable, a circle in two."""
    if dimension == 1:
        return np.array([[1.0], [-1.0]])
    if dimension == 2:
        angle = np.linspace(0.0, 2 * np.pi, count, endpoint=False)
        return np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    rng = np.random.default_rng(0)
    vectors = rng.standard_normal((count * dimension, dimension))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
