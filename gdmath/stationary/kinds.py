"""What a stationary point is: minimum, maximum or neither."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

import mpmath
import sympy as sp

from gdmath.descent.ending import directions
from gdmath.fields.evaluation import mp_function
from gdmath.fields.scalar_field import ScalarField, hessian_expressions

DIGITS = 50
# Far below any feature of a plotted field, far above 50 digits' rounding even at the fourth order.
_RADII = ("1e-3", "1e-5")
_ANGLES = 96
# Each leaves two thirds: 50 narrow an angle to 1e-9 of its spacing.
_NARROWINGS = 50


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
                rises = [rise_at(radius * u) for u in directions(field.dimension)]
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
    that narrows with the radius: points at fixed angles never meet it.
    """
    spacing = 2 * mpmath.pi / _ANGLES

    def rise(angle: Any) -> Any:
        return rise_at([radius * mpmath.cos(angle), radius * mpmath.sin(angle)])

    rises = [rise(k * spacing) for k in range(_ANGLES)]
    found = list(rises)
    for sign in (1, -1):
        for k, middle in enumerate(rises):
            beside = (rises[k - 1], rises[(k + 1) % _ANGLES])
            if all(sign * middle <= sign * other for other in beside):
                low, high = (k - 1) * spacing, (k + 1) * spacing
                for _ in range(_NARROWINGS):
                    third = (high - low) / 3
                    if sign * rise(low + third) <= sign * rise(high - third):
                        high -= third
                    else:
                        low += third
                found.append(rise((low + high) / 2))
    return found
