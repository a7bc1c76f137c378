"""What a field does far out along a ray: whether it falls for ever, and to a bound or beyond."""

from __future__ import annotations

from enum import Enum, auto
from itertools import pairwise

import mpmath
import numpy as np

from gdmath.descent.precise import is_too_steep
from gdmath.fields.evaluation import FloatArray, mp_function
from gdmath.fields.scalar_field import ScalarField, is_formula

# The ray is looked at as far out as 1e60 of its unit, at ten places a decade at first.
_NEAR = np.arange(-1.0, 4.0, 0.1)
_FAR = np.arange(4.0, 60.1, 1.0)
_DIGITS = 150
# Beside the main direction of a walk, what is below this share is on its way to zero.
_BESIDE = 1e-2


class Horizon(Enum):
    """What lies along a ray on which a field falls all the way."""

    NO_BOUND = auto()
    """It falls below every bound."""
    A_BOUND = auto()
    """It falls towards a bound that it never attains."""


def far_along(field: ScalarField, x: FloatArray, way: FloatArray) -> Horizon | None:
    """What the field does from x (d,) in a direction (d,); None if it does not fall all the way.

    Values at 107 places up to 1e60 lengths of `way` away, with 150 digits: that it falls between
    them, and beyond, is an observation.
    """
    size = float(abs(way).max())
    if not is_formula(field) or not 0 < size < np.inf:
        return None
    way = np.where(abs(way) < _BESIDE * size, 0.0, way)
    unit = max(size, 1e-3 * float(abs(x).max()))
    value = mp_function((field.expr,), field.variables)
    heights = []
    with mpmath.workdps(_DIGITS):
        start = [mpmath.mpf(c) for c in x.tolist()]
        along = [mpmath.mpf(c) / size for c in way.tolist()]
        for exponent in (None, *_NEAR, *_FAR):
            far = mpmath.mpf(0) if exponent is None else unit * mpmath.mpf(10) ** float(exponent)
            place = [s + far * a for s, a in zip(start, along, strict=True)]
            point = np.array([float(c) for c in place])
            if not field.contains(point) or is_too_steep(field, point):
                break
            try:
                heights.append(mpmath.mpf(value(*place)[0]))
            except (ArithmeticError, TypeError, ValueError):
                break
        if len(heights) < len(_NEAR):
            return None
        drops = [a - b for a, b in pairwise(heights)]
        # Ten digits short of what was computed, no difference is to be trusted.
        noise = mpmath.mpf(10) ** (10 - _DIGITS) * max(map(abs, heights))
        if any(d < -noise for d in drops) or drops[0] <= noise:
            return None
        late, later = drops[-12] if len(drops) > 90 else drops[-6], drops[-1]
        decade = len(heights) > len(_NEAR) + 12
        if decade and later >= 0.75 * late > 0:
            return Horizon.NO_BOUND
        if not decade and later > 10 * late > 0:
            return Horizon.NO_BOUND
    return Horizon.A_BOUND
