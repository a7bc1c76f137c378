"""Small sets of points to learn from: seeded, and rounded to three decimals.

Each function returns inputs x (n, inputs) and targets y (n, 1), float64. The same arguments give
the same points; no global random state is touched.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gdmath.descent.arguments import check_count
from gdmath.fields.evaluation import FloatArray

_CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def line(
    n: int, seed: int = 0, noise: float = 0.1, *, slope: float = 0.8, intercept: float = 0.3
) -> tuple[FloatArray, FloatArray]:
    """Points (x, slope*x + intercept + noise) with x uniform in [-1, 1], sorted by x."""
    rng = _generator(n, seed, noise)
    x = np.sort(rng.uniform(-1.0, 1.0, n))
    return _rounded(x[:, np.newaxis], slope * x + intercept + rng.normal(0.0, noise, n))


def two_groups(n: int, seed: int = 0, noise: float = 0.3) -> tuple[FloatArray, FloatArray]:
    """Points around (-1/2, -1/2), with target 0, and around (1/2, 1/2), with target 1."""
    rng = _generator(n, seed, noise)
    y = np.arange(n) % 2
    centres = (y - 0.5)[:, np.newaxis] * np.ones(2)
    return _rounded(centres + rng.normal(0.0, noise, (n, 2)), y)


def two_moons(n: int, seed: int = 0, noise: float = 0.1) -> tuple[FloatArray, FloatArray]:
    """Two interleaved half circles of radius 1: target 0 the upper, target 1 the lower."""
    rng = _generator(n, seed, noise)
    y = np.arange(n) % 2
    angle = rng.uniform(0.0, np.pi, n)
    upper = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    lower = np.stack([1.0 - np.cos(angle), 0.5 - np.sin(angle)], axis=1)
    x = np.where(y[:, np.newaxis] == 1, lower, upper)
    return _rounded(x + rng.normal(0.0, noise, (n, 2)), y)


def xor(n: int, seed: int = 0, noise: float = 0.1) -> tuple[FloatArray, FloatArray]:
    """Points around the corners of the unit square in turn; target 1 where just one input is 1."""
    rng = _generator(n, seed, noise)
    corners = _CORNERS[np.arange(n) % 4]
    y = corners[:, 0] != corners[:, 1]
    return _rounded(corners + rng.normal(0.0, noise, (n, 2)), y)


def _generator(n: int, seed: int, noise: float) -> np.random.Generator:
    check_count(n, "n")
    check_count(seed, "seed")
    if not (np.isfinite(noise) and noise >= 0):
        raise ValueError(f"noise must be a finite number, 0 or more, not {noise!r}")
    return np.random.default_rng(seed)


def _rounded(x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    inputs, targets = (np.asarray(a, dtype=np.float64).round(3) for a in (x, y))
    # + 0.0 makes 0 of -0.
    return inputs + 0.0, targets[:, np.newaxis] + 0.0
