"""Where to look at a field of one variable, so that its graph is whole to every wall and pole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from gdmath import ScalarField

    Array = NDArray[np.float64]

SAMPLES = 1200
HALVINGS = 60
CLOSER = 200
"""So often the distance to a wall is halved: −ln x rises by 139 meanwhile."""

STEEPEST = 1 / 50
"""Neighbours whose heights differ by more than this share of the window get one between them."""

ROUNDS = 40
MOST = 8000


def sampled(
    field: ScalarField, window: tuple[float, float], up: Callable[[ArrayLike], Array]
) -> tuple[Array, Array]:
    """Places x (n,) over a window, and the field's values (n,) there, nan where it has none.

    `up` tells how high (0…1) in its picture a value is.
    """
    x = np.linspace(*window, SAMPLES)
    x = np.unique(np.concatenate([x, _toward_walls(field, x)]))
    y = _values(field, x)
    for _ in range(ROUNDS):
        height = up(y)
        with np.errstate(invalid="ignore"):
            seen = (height >= 0) & (height <= 1)
            jump = abs(np.diff(np.clip(height, -1, 2)))
        steep = np.flatnonzero((jump > STEEPEST) & (seen[1:] | seen[:-1]))
        between = (x[steep] + x[steep + 1]) / 2
        fresh = (between > x[steep]) & (between < x[steep + 1])
        if not fresh.any() or len(x) > MOST:
            break
        steep, between = steep[fresh] + 1, between[fresh]
        x, y = np.insert(x, steep, between), np.insert(y, steep, _values(field, between))
    return x, y


def border(field: ScalarField, inside: float, outside: float) -> float:
    """The end of the domain between a place in it and one out of it, to the last bit."""
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        if field.contains([middle]):
            inside = middle
        else:
            outside = middle
    # Where the exact border is 0, halving only comes near.
    rounded = round(outside, 12)
    return rounded + 0.0 if abs(rounded - outside) < 1e-12 else outside


def _toward_walls(field: ScalarField, x: Array) -> Array:
    """More places near each end of the domain between places x (n,), ever closer to it."""
    inside = np.asarray(field.contains(x[:, None]))
    shares = 0.5 ** np.arange(1, CLOSER)
    found = [x[:0]]
    for i in np.flatnonzero(np.diff(inside)):
        here, there = (x[i], x[i + 1]) if inside[i] else (x[i + 1], x[i])
        wall = border(field, float(here), float(there))
        found.append(wall + (here - wall) * shares)
    return np.concatenate(found)


def _values(field: ScalarField, x: Array) -> Array:
    inside = np.asarray(field.contains(x[:, None]))
    y = np.full_like(x, np.nan)
    y[inside] = field(x[inside])
    return y
