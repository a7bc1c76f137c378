"""The start that parts the walks which stay in the domain from those which leave it."""

from __future__ import annotations

from typing import Any

import mpmath
import sympy as sp

from gdmath.descent.certificate import decimal
from gdmath.fields.domain import hold_mp
from gdmath.fields.evaluation import mp_function
from gdmath.fields.scalar_field import ScalarField, gradient_expressions

DIGITS = 30
_MOST_STEPS = 400


def domain_threshold(field: ScalarField, rate: float, *, leaves: float, stays: float) -> sp.Float:
    """The start between `leaves` and `stays` at which the fate of gradient descent changes.

    `leaves` is a start whose walk leaves the domain, `stays` one whose walk comes to rest; the
    interval between them is halved in 30-digit arithmetic, until 25 digits are certain. With
    several changes of fate in between, it is one of them. For a field of one variable.

    Raises ValueError if a start does not do what its name says, or the rate is not positive.

    >>> from gdmath.examples import LOG_VALLEY
    >>> round(float(domain_threshold(LOG_VALLEY, 0.1, leaves=0.02, stays=0.03)), 12)
    0.027376447151
    """
    if field.dimension != 1:
        raise ValueError(f"field must have one variable, not {field.dimension}")
    if not rate > 0:
        raise ValueError(f"rate must be positive, not {rate!r}")
    with mpmath.workdps(DIGITS):
        step = decimal(rate)
        low, high = decimal(leaves), decimal(stays)
        for argument, start, expected in (("leaves", low, True), ("stays", high, False)):
            if _leaves(field, step, start) is not expected:
                raise ValueError(f"{argument} must be a start that {argument}, not {start}")
        while abs(high - low) > abs(high) * mpmath.mpf(10) ** (5 - DIGITS):
            middle = (low + high) / 2
            if _leaves(field, step, middle):
                low = middle
            else:
                high = middle
        return sp.Float(high, DIGITS - 5)


def _leaves(field: ScalarField, rate: Any, x: Any) -> bool:
    """Whether the walk from x leaves the domain, in mpmath's present precision.

    Raises ValueError if it does neither leave nor come to rest.
    """
    slope = mp_function(gradient_expressions(field), field.variables)
    rest = mpmath.mpf(10) ** -10
    for _ in range(_MOST_STEPS):
        if not hold_mp(field.domain, field.variables, (x,)):
            return True
        (g,) = slope(x)
        if abs(g) < rest:
            return False
        x = x - rate * g
    raise ValueError(f"a walk must leave or come to rest within {_MOST_STEPS} steps")
