"""What a stationary point is: minimum, maximum or neither."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

import mpmath
import sympy as sp

from gdmath._ending import directions
from gdmath._numeric import mp_function
from gdmath.functions import ScalarField, hessian_expressions

DIGITS = 50
# Far below any feature of a plotted field, far above 50 digits' rounding even at the fourth order.
_RADII = ("1e-3", "1e-5")


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


def kind_of(field: ScalarField, point: Sequence[sp.Expr]) -> Kind:
    """The kind of a stationary point (d,) given exactly, for d = 1 or 2.

    The Hessian decides where it is definite or indefinite, its signs taken to 50 digits. Where
    it is only semidefinite, the field's sign on small circles decides, in 50-digit arithmetic:
    an observation, not a proof.
    """
    with mpmath.workdps(DIGITS):
        at = [mpmath.mpf(c.evalf(DIGITS + 10)) for c in point]
        kind = _by_hessian(mp_function(hessian_expressions(field), field.variables)(*at))
        return kind or kind_around(field, at)


def _by_hessian(entries: Sequence[mpmath.mpf]) -> Kind | None:
    zero = mpmath.mpf(10) ** (10 - DIGITS) * max(1, *(abs(entry) for entry in entries))
    if len(entries) == 1:
        determinant, corner = entries[0], entries[0]
        if abs(determinant) <= zero:
            return None
    else:
        corner = entries[0]
        determinant = entries[0] * entries[3] - entries[1] * entries[2]
        if abs(determinant) <= zero:
            return None
        if determinant < 0:
            return Kind.SADDLE
    return Kind.MINIMUM if corner > 0 else Kind.MAXIMUM


def kind_around(field: ScalarField, point: Sequence[mpmath.mpf]) -> Kind:
    """The kind that the field's sign on small circles around a point (d,) tells."""
    value = mp_function((field.expr,), field.variables)
    signs = set()
    with mpmath.workdps(DIGITS):
        (here,) = value(*point)
        slack = abs(here) * mpmath.mpf(10) ** (5 - DIGITS)
        for radius in _RADII:
            for step in directions(field.dimension, 96):
                there = [c + mpmath.mpf(radius) * s for c, s in zip(point, step, strict=True)]
                try:
                    rise = value(*there)[0] - here
                except (ArithmeticError, TypeError, ValueError):
                    continue
                if isinstance(rise, mpmath.mpf):
                    signs.add(0 if abs(rise) <= slack else int(mpmath.sign(rise)))
    if {1, -1} <= signs:
        return Kind.SADDLE
    if 1 in signs:
        return Kind.MINIMUM
    return Kind.MAXIMUM if -1 in signs else Kind.FLAT
