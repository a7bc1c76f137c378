"""Which heights of a field are worth seeing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdmath import ScalarField

    Window = tuple[float, float]
    Array = NDArray[np.float64]

LEVEL = 0.08
"""A path of less relief than this share of its surroundings is nearly level."""

NARROWEST = 1e-10
"""The narrowest window at a place, as a share of it, so that its ticks are different floats."""

SAMPLES = {1: 2001, 2: 121}
"""Along each side of a window, by the number of variables."""

CLEAR = 0.16


def all_heights(field: ScalarField, *window: Window) -> Window:
    """Low and high of all the values that a field has over a window, with a little room."""
    axes = [np.linspace(*side, SAMPLES[len(window)]) for side in window]
    with np.errstate(all="ignore"):
        values = np.asarray(field(*np.meshgrid(*axes, indexing="ij")), dtype=float)
    return heights_over(values.ravel(), np.empty(0), np.empty(0))


def clear_of_steps(heights: Window) -> Window:
    """These heights and some room below: steps are drawn there, along the axis."""
    low, high = heights
    return low - CLEAR * (high - low), high


def heights_over(values: Array, core: Array, others: Array, above: float = 0.8) -> Window:
    """Low and high of values (n,) worth seeing, if those of `core` must and `others` should be."""
    values = values[np.isfinite(values)]
    if not len(core):
        core = values
    if not len(core):
        return -1.0, 1.0
    low, high = float(core.min()), float(core.max())
    spread = high - low
    tiny = max(abs(low), abs(high)) * NARROWEST
    if len(values) and spread > tiny:
        # A path that is nearly level is seen on the ground that it crosses.
        spread = max(spread, LEVEL * float(np.ptp(np.quantile(values, [0.1, 0.9]))))
    if spread <= tiny and len(values):
        quarters = np.quantile(values, [0.1, 0.9])
        spread = float(quarters[1] - quarters[0])
    if spread <= tiny:
        spread = max(abs(low), abs(high)) or 1.0
        return low - 0.5 * spread, high + 0.5 * spread
    near = others[(others >= low - spread) & (others <= high + 2 * spread)]
    low, high = min([low, *near]), max([high, *near])
    if len(values):
        low = min(low, max(float(values.min()), low - spread))
        high = max(high, min(float(values.max()), high + above * spread))
    room = 0.06 * (high - low)
    return low - room, high + room
