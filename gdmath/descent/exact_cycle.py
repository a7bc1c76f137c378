"""A cycle that a walk was started on, exactly: if it repels, rounding will push the walk off."""

from __future__ import annotations

import mpmath
import numpy as np

from gdmath.descent.certificate import DIGITS, precise_points
from gdmath.descent.walk import Walk
from gdmath.fields.scalar_field import is_formula

_LONGEST = 12
# How well the record must repeat itself, in parts of the cycle, before 50 digits are asked.
_NEARLY = 0.05
# How well the exact walk must: a cycle that repels magnifies even the rounding of 50 digits.
_EXACTLY = mpmath.mpf(10) ** -30


def exact_period(walk: Walk) -> int | None:
    """The period of a walk that repeats itself to 30 digits in 50-digit arithmetic, or None.

    Asked only where the record nearly does so over its last two rounds.
    """
    period = _period_seen(walk)
    if period is None or not is_formula(walk.field):
        return None
    points = precise_points(walk)
    if len(points) < len(walk.points):
        return None
    with mpmath.workdps(DIGITS):
        ring = np.array(points[-period:])
        width = max(max(column) - min(column) for column in ring.T)
        missed = abs(ring - np.array(points[-2 * period : -period])).max()
        return period if width > 0 and missed <= _EXACTLY * width else None


def _period_seen(walk: Walk) -> int | None:
    points = walk.points
    least = 1e-9 * float(np.ptp(points, axis=0).max())
    for period in range(2, min(_LONGEST, len(points) // 3) + 1):
        width = float(np.ptp(points[-period:], axis=0).max())
        back = np.abs(points[-2 * period :] - points[-3 * period : -period]).max()
        if back <= _NEARLY * width:
            return period if width > least else None
    return None
