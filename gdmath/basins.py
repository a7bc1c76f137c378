"""Basins of one variable: which intervals of starts lead to which minimum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdmath._numeric import FloatArray
from gdmath.functions import ScalarField
from gdmath.multistart import multistart


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


def basins(
    field: ScalarField,
    rate: float,
    window: tuple[float, float],
    *,
    steps: int = 2000,
    resolution: int = 2000,
) -> BasinMap:
    """Where gradient descent leads from each start in a window of a field of one variable.

    `resolution` starts are walked for `steps` steps; a border between two that end differently
    is then halved until it is known to 1e-12. Basins narrower than the window over the
    resolution can be missed. Raises ValueError as `multistart` does.
    """
    starts = np.linspace(*window, resolution + 2)[1:-1]
    found = multistart(field, starts, rate, steps)
    labels, minima = found.labels, found.minima[:, 0]
    parts = []
    low = float(window[0])
    for i in np.flatnonzero(np.diff(labels)):
        left, right = starts[i], starts[i + 1]
        while right - left > 1e-12:
            middle = (left + right) / 2
            if _label(field, rate, steps, middle, minima) == labels[i]:
                left = middle
            else:
                right = middle
        parts.append(Basin(low, float(right), int(labels[i])))
        low = float(right)
    parts.append(Basin(low, float(window[1]), int(labels[-1])))
    return BasinMap(tuple(parts), minima)


def _label(field: ScalarField, rate: float, steps: int, start: float, minima: FloatArray) -> int:
    end = multistart(field, np.array([start]), rate, steps)
    if end.labels[0] < 0:
        return -1
    return int(np.argmin(np.abs(minima - end.minima[end.labels[0], 0])))
