"""Basins of one variable: which intervals of starts lead to which minimum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gdmath.descent.arguments import rule_of
from gdmath.descent.endpoints import label
from gdmath.descent.multistart import multistart
from gdmath.descent.steps import Step
from gdmath.fields.evaluation import FloatArray
from gdmath.fields.scalar_field import ScalarField

_BORDER = 1e-12


@dataclass(frozen=True)
class Basin:
    """The starts low < x < high; `minimum` is the index of the minimum that they reach, or -1."""

    low: float
    high: float
    minimum: int


@dataclass(frozen=True, eq=False)
class BasinMap:
    """The basins of a window from left to right, and the `minima` (k,), the lowest first."""

    basins: tuple[Basin, ...]
    minima: FloatArray

    def share(self, minimum: int) -> float:
        """The part of the window (0…1) whose starts reach a minimum, or none for -1."""
        window = self.basins[-1].high - self.basins[0].low
        return sum(b.high - b.low for b in self.basins if b.minimum == minimum) / window


def basins(
    field: ScalarField,
    rate: float | None,
    window: tuple[float, float],
    *,
    steps: int = 2000,
    resolution: int = 2000,
    step: Step | Callable[[], Step] | None = None,
) -> BasinMap:
    """Where gradient descent leads from each start in a window of a field of one variable.

    With a `step`, and None for the rate, where that rule leads.

    `resolution` starts are walked for `steps` steps; a border between two that end differently
    is then halved until it is known to 1e-12 of its size, or of 1 if that is more. Basins
    narrower than the window over the resolution can be missed. A start that reaches no minimum,
    -1, has left the domain, or diverged, or not come within 1e-2 of one after `steps` steps.
    Raises ValueError as `multistart` does, and for a window that is empty or not finite.
    """
    low, high = map(float, window)
    if not (np.isfinite([low, high]).all() and low < high):
        raise ValueError(f"window must be two finite numbers, the lower first, not {window!r}")
    starts = np.linspace(low, high, resolution + 2)[1:-1]
    rule = rule_of(rate, step)
    found = multistart(field, starts, steps=steps, step=rule)

    def reached(start: float) -> int:
        end = multistart(field, np.array([start]), steps=steps, step=rule)
        return int(label(end.minima, found.minima)[0]) if end.labels[0] >= 0 else -1

    parts = []
    for i in np.flatnonzero(np.diff(found.labels)):
        left, right, here = float(starts[i]), float(starts[i + 1]), int(found.labels[i])
        while right - left > _BORDER * max(1.0, abs(right)):
            middle = (left + right) / 2
            if reached(middle) == here:
                left = middle
            else:
                right = middle
        parts.append(Basin(low, right, here))
        low = right
    parts.append(Basin(low, high, int(found.labels[-1])))
    return BasinMap(tuple(parts), found.minima[:, 0])
