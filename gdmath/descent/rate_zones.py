"""Which learning rates bring one start to rest, which throw it out of the domain, which neither."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdmath.descent.arguments import start_point
from gdmath.descent.loop import descend
from gdmath.descent.steps import gradient_step
from gdmath.descent.walk import Verdict
from gdmath.fields.domain import hold
from gdmath.fields.evaluation import FloatArray
from gdmath.fields.scalar_field import ScalarField

_AT_ONCE = 64
_RUNS, _LEVEL, _LEFT = 0, 1, 2


@dataclass(frozen=True)
class RateZone:
    """The learning rates low < α < high, whose walks end alike; `verdict` is on the middle one."""

    low: float
    high: float
    verdict: Verdict


def rate_zones(
    field: ScalarField,
    start: float | FloatArray,
    most: float,
    *,
    tolerance: float,
    steps: int = 20_000,
    resolution: int = 1000,
) -> tuple[RateZone, ...]:
    """The zones of learning rates from 0 to `most` for gradient descent from one start (d,).

    Unlike the stability bound 2/f″(x*), which holds near a minimum, they hold for this start.
    `resolution` evenly spaced rates are tried for up to `steps` steps: the gradient falls below
    `tolerance`, the walk leaves the domain, or neither. A border between two that end differently
    is divided until its ends are neighbours in float64. A step beyond float64's range leaves the
    domain where that has an end on this side. Zones narrower than `most` over the
    resolution can be missed, and a border at which walks come to rest ever more slowly is where
    `steps` steps no longer do.

    Raises ValueError as `descend` does for the start, and for a rate that is not positive.

    >>> from gdmath.examples import LOG_VALLEY
    >>> [(round(z.high, 4), z.verdict.name) for z in rate_zones(LOG_VALLEY, 1, 0.3, tolerance=1e-5)]
    [(0.3, 'CONVERGED')]
    """
    most = gradient_step(most).rate
    x = start_point(field, np.atleast_1d(np.asarray(start, dtype=float)))
    rates = np.linspace(0.0, most, resolution + 1)[1:]
    ends = _ends(field, x, rates, tolerance, steps)
    zones, low = [], 0.0
    for i in np.flatnonzero(np.diff(ends)):
        left, right = float(rates[i]), float(rates[i + 1])
        while np.nextafter(left, right) < right:
            between = np.linspace(left, right, _AT_ONCE + 1)
            same = _ends(field, x, between, tolerance, steps) == ends[i]
            # The last of those that end as the left one does, before the first that does not.
            last = int(np.argmin(same)) - 1
            left, right = float(between[last]), float(between[last + 1])
        zones.append((low, right))
        low = right
    zones.append((low, most))

    def judged(low: float, high: float) -> RateZone:
        middle = gradient_step((low + high) / 2)
        return RateZone(low, high, descend(field, x, middle, steps, tolerance).verdict)

    return tuple(judged(*zone) for zone in zones)


def _ends(
    field: ScalarField, start: FloatArray, rates: FloatArray, tolerance: float, steps: int
) -> np.ndarray:
    """How the walks at rates (m,) end, (m,): at rest, out of the domain, or neither."""
    ends = np.full(len(rates), _RUNS)
    awake, x = np.arange(len(rates)), np.tile(start, (len(rates), 1))
    with np.errstate(all="ignore"):
        for _ in range(steps + 1):
            # A place beyond float64 is out of a domain that ends on its side, and in any other.
            inside = np.broadcast_to(hold(field.domain, field.variables, list(x.T)), len(x))
            ends[awake[~inside]] = _LEFT
            awake, x = awake[inside], x[inside]
            slope = field.gradient(x)
            level = (abs(slope) < tolerance).all(axis=1)
            ends[awake[level]] = _LEVEL
            x = x - rates[awake, np.newaxis] * slope
            going = ~level & ~np.isnan(x).any(axis=1)
            awake, x = awake[going], x[going]
            if not awake.size:
                break
    return ends
