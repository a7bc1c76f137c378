"""The second-order Taylor polynomial: the parabola, or bowl, that Newton's step believes in."""

from __future__ import annotations

from typing import Any

import sympy as sp

from gdmath.fields.scalar_field import ScalarField, gradient_expressions, hessian_expressions
from gdmath.geometry import exact_point


def quadratic_model(field: ScalarField, point: Any) -> ScalarField:
    """The second-order Taylor polynomial of the field at a point (d,); exact.

    It shares value, gradient and Hessian with the field there; where its own gradient is zero,
    Newton's step lands. Floats count as the decimals they show. Raises ValueError outside the
    domain, and where value, gradient or Hessian are not finite.

    >>> quadratic_model(ScalarField.parse("exp(x)"), 0).expr
    x**2/2 + x + 1
    """
    at = exact_point(field, point, "point")
    known = (field.expr, *gradient_expressions(field), *hessian_expressions(field))
    values = [e.subs(at) for e in known]
    if not all(v.is_real and v.is_finite for v in values):
        raise ValueError(f"point must have a value, a gradient and a Hessian, not {point}")
    d = field.dimension
    away = sp.Matrix([v - at[v] for v in field.variables])
    slope, hessian = sp.Matrix(values[1 : d + 1]), sp.Matrix(d, d, values[d + 1 :])
    model = values[0] + slope.dot(away) + (away.T * hessian * away)[0, 0] / 2
    return ScalarField(model, field.variables, window=field.window)
