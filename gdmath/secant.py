"""The difference quotient: the slope of a secant, which tends to the derivative."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gdmath.fields.evaluation import FloatArray
from gdmath.fields.scalar_field import ScalarField


def difference_quotient(field: ScalarField, x: npt.ArrayLike, h: npt.ArrayLike) -> FloatArray:
    """The slope (f(x + h) - f(x)) / h of the secant through x and x + h, float64.

    `x` and `h` broadcast to (…,). Its error is first order in h, h f''(x)/2 + O(h²), until
    rounding takes over below h of about 1e-8. Raises ValueError unless the field has one
    variable, h is nowhere 0, and both ends of every secant have a value.

    >>> float(difference_quotient(ScalarField.parse("x**2"), 0.5, 0.25))
    1.25
    """
    if field.dimension != 1:
        raise ValueError(f"field must have one variable for a secant, not {field.dimension}")
    x, h = np.asarray(x, dtype=float), np.asarray(h, dtype=float)
    if not h.all():
        raise ValueError("h must not be 0: the two points of a secant are different ones")
    for ends in (x, x + h):
        if not np.all(field.contains(ends[..., None])):
            raise ValueError(f"x and x + h must be in the domain of {field.name or field.expr}")
    return np.asarray((field(x + h) - field(x)) / h)
