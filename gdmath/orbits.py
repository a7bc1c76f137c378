"""What a walk that never settles does instead: the cycle that it runs into."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdmath._arguments import start_point
from gdmath._numeric import FloatArray
from gdmath.functions import ScalarField
from gdmath.steps import gradient_step

_SETTLE = 20_000
_ROUNDS = 4


@dataclass(frozen=True, eq=False)
class Cycle:
    """Points (p, d) that gradient descent visits in turn for ever; p is the period.

    Float64, and an observation: that the cycle attracts is seen, not proved.
    """

    points: FloatArray

    @property
    def period(self) -> int:
        """After how many steps the walk is back."""
        return len(self.points)


def cycle(
    field: ScalarField, rate: float, start: float | FloatArray, longest: int = 64
) -> Cycle | None:
    """The cycle that gradient descent from `start` (d,) runs into, or None.

    After 20,000 steps the shortest period up to `longest` is sought at which the walk repeats
    itself four times over, to a billionth. A minimum at which the walk comes to rest is a cycle
    of period 1. None for a walk that leaves the domain, overflows, or does not repeat.

    Raises ValueError as `descend` does for the start and the rate.
    """
    rule = gradient_step(rate)
    x = start_point(field, np.atleast_1d(np.asarray(start, dtype=float)))
    seen = []
    for k in range(_SETTLE + _ROUNDS * longest):
        if not field.contains(x):
            return None
        with np.errstate(all="ignore"):
            x = x - rule.rate * field.gradient(x)
        if not np.isfinite(x).all():
            return None
        if k >= _SETTLE:
            seen.append(x)
        elif k % 1000 == 999 and _rests(field, x, rule.rate):
            return Cycle(x[np.newaxis])
    tail = np.array(seen)
    for period in range(1, longest + 1):
        if np.abs(tail[period:] - tail[:-period]).max() < 1e-9:
            return Cycle(tail[:period])
    return None


def _rests(field: ScalarField, x: FloatArray, rate: float) -> bool:
    return bool((np.abs(rate * field.gradient(x)) <= 4 * np.spacing(np.abs(x))).all())
