"""Slices, tangents, and how long a step may be: exact for exact points."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from numbers import Integral
from typing import Any

import mpmath
import numpy as np
import sympy as sp

from gdmath.fields.scalar_field import ScalarField, gradient_expressions, hessian_expressions

_DIGITS = 50


def slice_at(field: ScalarField, **value: Any) -> ScalarField:
    """Cut the field where one variable has a value: a field of the others, exact.

    Floats count as the decimals they show: 0.1 is 1/10. Raises ValueError unless exactly one
    variable of the field is given and another is left.

    >>> from gdmath.examples import PARABOLOID
    >>> slice_at(PARABOLOID, y=1).expr
    x**2 + 1
    """
    if len(value) != 1:
        raise ValueError(f"value must fix exactly one variable, as in y=1, not {len(value)}")
    if field.dimension < 2:
        raise ValueError("field must have two or more variables to be cut")
    ((name, number),) = value.items()
    fixed = field.variable(name)
    at = {fixed: exact(number, name)}
    rest = tuple(v for v in field.variables if v != fixed)
    window = field.window and tuple(
        w for v, w in zip(field.variables, field.window, strict=True) if v != fixed
    )
    given = [c.subs(at) for c in field.domain]
    return ScalarField(
        field.expr.subs(at), rest, window=window, given=tuple(c for c in given if c != sp.true)
    )


def tangent_line(field: ScalarField, x0: Any) -> ScalarField:
    """The tangent of a field of one variable at x0, y = f(x0) + f'(x0)(x - x0); exact.

    Floats count as the decimals they show. Raises ValueError outside the domain.

    >>> from gdmath.examples import PARABOLOID
    >>> tangent_line(slice_at(PARABOLOID, y=0), 3).expr
    6*x - 9
    """
    if field.dimension != 1:
        raise ValueError(f"field must have one variable for a line, not {field.dimension}")
    return _tangent(field, x0, "x0")


def tangent_plane(field: ScalarField, point: Any) -> ScalarField:
    """The tangent plane of a field of two variables at a point (x0, y0); exact.

    Floats count as the decimals they show. Raises ValueError outside the domain.
    """
    if field.dimension != 2:
        raise ValueError(f"field must have two variables for a plane, not {field.dimension}")
    return _tangent(field, point, "point")


def _tangent(field: ScalarField, point: Any, argument: str) -> ScalarField:
    at = exact_point(field, point, argument)
    values = [e.subs(at) for e in (field.expr, *gradient_expressions(field))]
    if not all(v.is_real and v.is_finite for v in values):
        raise ValueError(f"{argument} must be a point with a value and a gradient, not {point}")
    value, *slopes = values
    plane = value + sum(
        slope * (v - at[v]) for v, slope in zip(field.variables, slopes, strict=True)
    )
    return ScalarField(sp.expand(plane), field.variables, window=field.window)


def stability_bound(field: ScalarField, point: Any) -> Any:
    """2/λmax of the Hessian: near a minimum, gradient descent converges for rates below it.

    Exact, a sympy number, for exact coordinates (int, Fraction, sympy), or to 50 digits where that
    is no root of a rational polynomial; a float if any
    coordinate is a float. Where no direction curves upward (λmax <= 0) no rate is too large:
    sympy's oo, or inf. Raises ValueError outside the domain.

    >>> from gdmath.examples import SAUNA
    >>> stability_bound(SAUNA, (4, 4))
    15/32
    """
    at = exact_point(field, point, "point")
    if _has_floats(point):
        curvatures = np.linalg.eigvalsh(field.hessian([float(c) for c in at.values()]))
        largest = float(curvatures[-1])
        return 2.0 / largest if largest > 0 else float("inf")
    d = field.dimension
    largest = _largest_eigenvalue(sp.Matrix(d, d, [e.subs(at) for e in hessian_expressions(field)]))
    if not largest.evalf(30) > 0:
        return sp.oo
    if largest.has(sp.ComplexRootOf):
        return 2 / largest
    # A LambertW or a root comes out shorter, and stays exact.
    return sp.simplify(2 / largest)


def _largest_eigenvalue(matrix: sp.Matrix) -> sp.Expr:
    """The largest eigenvalue of a symmetric real matrix (d, d), in a form without i.

    Cardano's formula has one even where all its values are real. So beyond two rows it is the
    root of the characteristic polynomial, or 50 digits of it if that is not rational.
    """
    if matrix.rows == 1:
        return matrix[0, 0]
    if matrix.rows == 2:
        a, b, d = matrix[0, 0], matrix[0, 1], matrix[1, 1]
        return (a + d) / 2 + sp.sqrt(((a - d) / 2) ** 2 + b**2)
    if all(entry.is_Rational for entry in matrix):
        return max(sp.real_roots(matrix.charpoly().as_expr()), key=lambda z: z.evalf(30))
    with mpmath.workdps(_DIGITS):
        rows = [[mpmath.mpf(e.evalf(_DIGITS)) for e in row] for row in matrix.tolist()]
        numbers = mpmath.matrix(rows)
        return sp.Float(max(mpmath.eigsy(numbers, eigvals_only=True)), _DIGITS)


def exact_point(field: ScalarField, point: Any, argument: str) -> dict[sp.Symbol, sp.Expr]:
    """The coordinates of a point (d,) as exact sympy numbers by variable; in the domain."""
    coordinates = _coordinates(point)
    if len(coordinates) != field.dimension:
        raise ValueError(
            f"{argument} must have {field.dimension} coordinate(s), not {len(coordinates)}"
        )
    at = {v: exact(c, argument) for v, c in zip(field.variables, coordinates, strict=True)}
    if not field.contains([float(c) for c in at.values()]):
        raise ValueError(
            f"{argument} must be in the domain ({field.explain([float(c) for c in at.values()])}),"
            f" not {point}"
        )
    return at


def exact(number: Any, argument: str) -> sp.Expr:
    """A real number as an exact sympy number; floats as the decimals they show."""
    match number:
        case sp.Float():
            value = sp.Rational(str(number))
        case sp.Expr():
            value = number
        case Integral():
            value = sp.Integer(int(number))
        case Fraction():
            value = sp.Rational(number.numerator, number.denominator)
        case float() | np.floating():
            text = repr(float(number))
            value = sp.Rational(text) if np.isfinite(number) else sp.nan
        case _:
            raise ValueError(f"{argument} must be a number, not {number!r}")
    if not (value.is_number and value.is_real and value.is_finite):
        raise ValueError(f"{argument} must be a finite real number, not {number}")
    return value


def _coordinates(point: Any) -> Sequence[Any]:
    if isinstance(point, np.ndarray):
        return list(point.reshape(-1))
    if isinstance(point, Sequence | sp.Tuple):
        return list(point)
    return [point]


def _has_floats(point: Any) -> bool:
    return any(isinstance(c, float | np.floating | sp.Float) for c in _coordinates(point))
