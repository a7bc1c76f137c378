"""What a walk that never settles does instead: the cycle that it runs into."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdmath.descent.arguments import start_point
from gdmath.descent.steps import gradient_step
from gdmath.fields.evaluation import FloatArray
from gdmath.fields.scalar_field import ScalarField

_SETTLE = 20_000
_ROUNDS = 4
_REPEATS = 1e-9
_NEWTON_STEPS = 4
# How far, in parts of its size, a walk may still be from the cycle that it runs into.
_NEAR = 1e-6


@dataclass(frozen=True, eq=False)
class Cycle:
    """Points (p, d) that gradient descent visits in turn for ever; p is the period.

    Float64: the points solve xₚ = x₀ to rounding. `multiplier` is the spectral radius of the
    derivative of p steps, the product of the matrices 1 - α f″: by so much an error shrinks in a
    round. Below 1 the cycle attracts, and only such cycles are found.
    """

    points: FloatArray
    multiplier: float

    @property
    def period(self) -> int:
        """After how many steps the walk is back."""
        return len(self.points)


def cycle(
    field: ScalarField, rate: float, start: float | FloatArray, longest: int = 64
) -> Cycle | None:
    """The cycle that gradient descent from `start` (d,) runs into, or None.

    After 20,000 steps the shortest period up to `longest` is sought at which the walk repeats
    itself four times over, to a billionth. That alone would also be true of a walk that crawls,
    or passes a cycle that repels it; so Newton's method then solves for the cycle, which must be
    within a millionth of the walk, and attract. A minimum at which the walk comes to rest is a
    cycle of period 1. None is the answer for a walk that leaves the domain or overflows, for
    chaos, for a period above `longest`, and for an approach too slow to be over after so many
    steps, as where the multiplier is 1: it says that no cycle was found, not that there is none.

    Raises ValueError as `descend` does for the start and the rate.
    """
    rate = gradient_step(rate).rate
    path = [start_point(field, np.atleast_1d(np.asarray(start, dtype=float)))]
    held = 0  # a point that float64 comes back to, it comes back to for ever: Brent (1980)
    last = _SETTLE + _ROUNDS * longest
    while len(path) <= last:
        x = path[-1]
        with np.errstate(all="ignore"):
            after = x - rate * field.gradient(x)  # nan outside the domain
        if not np.isfinite(after).all():
            return None
        if np.array_equal(after, path[held]):
            break
        path.append(after)
        if len(path) == 2 * held + 2:
            held = len(path) - 1
    steps = np.arange(_SETTLE + 1, last + 1)
    again = held + (steps - held) % (len(path) - held)
    tail = np.array(path)[np.where(steps < len(path), steps, again)]
    for period in range(1, longest + 1):
        if np.abs(tail[period:] - tail[:-period]).max() < _REPEATS:
            return _solved(field, rate, tail[:period])
    return None


def period_of(tail: FloatArray, longest: int) -> int | None:
    """The shortest period from 2 to `longest` with which points (m, d) repeat, or None.

    Over the last three rounds they come back to rounding, which no slow approach does.
    """
    rounding = 4 * np.spacing(abs(tail[-1]).max())
    for period in range(2, min(longest, len(tail) // 4) + 1):
        width = float(np.ptp(tail[-period:], axis=0).max())
        back = _returns(tail, period)
        if width > 100 * rounding and back[-3 * period :].max() <= max(1e-13 * width, rounding):
            return period
    return None


def slow_period_of(points: FloatArray, longest: int) -> int | None:
    """The period of the cycle that points (m, d) are slowly closing in on, or None.

    Each round misses its beginning by less than the one before, and all the misses to come, as
    a geometric series, are small beside the cycle itself.
    """
    quarter = len(points) // 4
    for period in range(2, min(longest, quarter // 8) + 1):
        width = float(np.ptp(points[-period:], axis=0).max())
        back = _returns(points, period)
        first, earlier, later = (part.max() for part in np.array_split(back[-3 * quarter :], 3))
        if not 0 < later < 0.95 * earlier < 0.9 * first or later > 1e-2 * width:
            continue
        share = (later / earlier) ** (period / quarter)
        if later / (1 - share) < 0.05 * width:
            return period
    return None


def _returns(points: FloatArray, period: int) -> FloatArray:
    """By how much each of the points (m, d) misses the one a period before, (m - period,)."""
    missed: FloatArray = np.abs(points[period:] - points[:-period]).max(axis=1)
    return missed


def _solved(field: ScalarField, rate: float, nearly: FloatArray) -> Cycle | None:
    """The attracting cycle at points (p, d) that nearly are one, or None."""
    start = nearly[0]
    for _ in range(_NEWTON_STEPS):
        points, back, derivative = _round(field, rate, start, len(nearly))
        if not np.isfinite(derivative).all():
            return None
        with np.errstate(all="ignore"):
            try:
                start = start + np.linalg.solve(np.eye(len(start)) - derivative, back - start)
            except np.linalg.LinAlgError:
                return None
    points, back, derivative = _round(field, rate, start, len(nearly))
    if not np.isfinite(derivative).all():
        return None
    multiplier = float(np.abs(np.linalg.eigvals(derivative)).max())
    size = max(1.0, float(np.abs(nearly).max()))
    if multiplier >= 1 or np.abs(points - nearly).max() > _NEAR * size:
        return None
    return Cycle(points, multiplier)


def _round(
    field: ScalarField, rate: float, start: FloatArray, period: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The points (p, d) of p steps from `start`, where they lead (d,), their derivative (d, d)."""
    x, derivative = start, np.eye(len(start))
    points = []
    with np.errstate(all="ignore"):
        for _ in range(period):
            points.append(x)
            derivative = derivative - rate * field.hessian(x) @ derivative
            x = x - rate * field.gradient(x)
    return np.array(points), x, derivative
