"""A cycle that a walk was started on, exactly: its rounding may push it off, if the cycle repels."""

from __future__ import annotations

import mpmath
import numpy as np

from gdmath.descent.certificate import DIGITS, precise_points
from gdmath.descent.precise import has_expression
from gdmath.descent.walk import Walk

_LONGEST = 12
# How well the record must repeat itself, in parts of the cycle, before 50 digits are asked.
_NEARLY = 0.05


def exact_period(walk: Walk) -> int | None:
    """The period of a walk that repeats itself to 40 digits in 50-digit arithmetic, or None.

    Asked only where the record nearly does so over its last two rounds.
    """
    period = _period_seen(walk)
    if period is None or not has_expression(walk.field):
        return None
    points = precise_points(walk)
    if len(points) < len(walk.points):
        return None
    with mpmath.workdps(DIGITS):
        size = mpmath.mpf(1) + max(abs(c) for c in points[-1])
        close = mpmath.mpf(10) ** (10 - DIGITS) * size
        same = all(
            abs(a - b) <= close
            for now, before in zip(points[-period:], points[-2 * period : -period], strict=True)
            for a, b in zip(now, before, strict=True)
        )
    return period if same else None


def _period_seen(walk: Walk) -> int | None:
    points = walk.points
    for period in range(2, min(_LONGEST, (len(points) - 1) // 2) + 1):
        width = float(np.ptp(points[-period:], axis=0).max())
        back = np.abs(points[-2 * period :] - points[-3 * period : -period]).max() if len(
            points
        ) >= 3 * period else np.inf
        if width > 0 and back <= _NEARLY * width:
            return period
    return None
