"""Whether a minimum is the lowest: looked for on a grid around, and along lines far beyond."""

from __future__ import annotations

from typing import Any

import numpy as np

from gdmath.descent.walk import Minimum
from gdmath.fields.evaluation import FloatArray
from gdmath.stationary.nearest import Spot

# How far on each side one looks, in lengths of the walk (or of its distance from the origin).
_WIDE = 3.0
# Points along an axis of the grid, by the number of variables; beyond, so many at random.
_SIDE = {1: 2001, 2: 81, 3: 19}
_AT_RANDOM = 2000
_BEYOND = 10.0 ** np.arange(0.5, 6.1, 0.5)


def surveyed(field: Any, spot: Spot, points: FloatArray) -> Minimum:
    """The minimum to which a walk over points (n, d) leads, with what was seen around it."""
    minimum, value = spot.point, spot.value
    reach = max(float(abs(points - minimum).max()), float(abs(minimum).max())) or 1.0
    reach *= _WIDE
    low, high = minimum - reach, minimum + reach
    if isinstance(window := getattr(field, "window", None), tuple):
        low = np.minimum(low, [side[0] for side in window])
        high = np.maximum(high, [side[1] for side in window])
    with np.errstate(all="ignore"):
        near, far = field.at(_grid(low, high)), field.at(_far(minimum, reach))
    near, far = near[np.isfinite(near)], far[np.isfinite(far)]
    # By less than this a value is no lower: it may be another rounding of the same depth.
    rise = float(np.median(near)) - value if len(near) else 0.0
    least = value - 1e-12 * max(rise, 0.0) - 64 * np.spacing(abs(value))
    is_lowest = bool((near >= least).all() and (far >= least).all())
    looked = tuple((float(a), float(b)) for a, b in zip(low, high, strict=True))
    return Minimum(tuple(minimum.tolist()), value, is_lowest, looked)


def _grid(low: FloatArray, high: FloatArray) -> FloatArray:
    d = len(low)
    if d not in _SIDE:
        share = np.random.default_rng(0).random((_AT_RANDOM if d < 10 else 200, d))
        return np.asarray(low + share * (high - low))
    axes = [np.linspace(a, b, _SIDE[d]) for a, b in zip(low, high, strict=True)]
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, d)


def _far(minimum: FloatArray, reach: float) -> FloatArray:
    """Places along the axes and the diagonals of the first two variables, ever farther out."""
    d = len(minimum)
    ways = [*np.eye(d), *-np.eye(d)]
    if d > 1:
        pair = np.zeros((4, d))
        pair[:, :2] = [(1, 1), (1, -1), (-1, 1), (-1, -1)]
        ways += list(pair)
    return np.asarray(minimum + reach * np.array([r * w for w in ways for r in _BEYOND]))
