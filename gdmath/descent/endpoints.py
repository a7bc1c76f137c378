"""The minima near which many walks ended, and which walk ended near which."""

from __future__ import annotations

import numpy as np

from gdmath.descent.engine import IntArray
from gdmath.fields.evaluation import FloatArray
from gdmath.fields.scalar_field import ScalarField

# How near an endpoint must be to a minimum to count as having reached it.
REACH = 1e-2
_NEWTON_STEPS = 20
_TOGETHER = 8192


def minima_near(field: ScalarField, points: FloatArray, known: FloatArray) -> FloatArray:
    """`known` minima (k, d) and those within reach of the points (m, d), lowest first.

    They are where Newton's method leads with a positive definite Hessian.
    """
    found = list(known)
    # One point of each crowd is enough to find its minimum.
    _, first = np.unique(np.round(points / REACH), axis=0, return_index=True)
    for lo in range(0, len(first), _TOGETHER):
        arrived = _newton(field, points[first[lo : lo + _TOGETHER]])
        for minimum in found:
            arrived = _others(arrived, minimum)
        while len(arrived):
            found.append(arrived[0])
            arrived = _others(arrived, arrived[0])
    found.sort(key=lambda m: (float(field.at(m)), *m))
    return np.array(found).reshape(-1, field.dimension)


def label(points: FloatArray, minima: FloatArray) -> IntArray:
    """The index of the nearest minimum within reach of each point (m, d), or -1."""
    labels = np.full(len(points), -1, dtype=np.int64)
    nearest = np.full(len(points), REACH**2)
    columns = np.ascontiguousarray(points.T)
    with np.errstate(all="ignore"):
        for i, minimum in enumerate(minima):
            away = columns - minimum[:, np.newaxis]
            away *= away
            distance = away.sum(axis=0) if len(away) > 1 else away[0]
            np.copyto(labels, i, where=distance < nearest)
            np.minimum(nearest, distance, out=nearest)
    return labels


def _others(points: FloatArray, minimum: FloatArray) -> FloatArray:
    different: FloatArray = points[abs(points - minimum).max(axis=1) > 1e-6]
    return different


def _newton(field: ScalarField, points: FloatArray) -> FloatArray:
    """The minima (k, d), with repetitions, to which Newton's method leads within reach."""
    x, start = points, points
    arrived: list[FloatArray] = []
    for _ in range(_NEWTON_STEPS):
        hessian, gradient = field.hessian(x), field.gradient(x)
        bowl = field.contains(x) & np.isfinite(hessian).all(axis=(1, 2))
        bowl &= np.isfinite(gradient).all(axis=1)
        bowl[bowl] = np.linalg.eigvalsh(hessian[bowl])[:, 0] > 0
        x, start, hessian, gradient = (a[bowl] for a in (x, start, hessian, gradient))
        if not len(x):
            break
        moved = np.linalg.solve(hessian, gradient[..., np.newaxis])[..., 0]
        x = x - moved
        near = abs(x - start).max(axis=1) <= 2 * REACH
        there = abs(moved).max(axis=1) <= 4 * np.spacing(abs(x).max(axis=1))
        arrived.append(x[near & there])
        x, start = x[near & ~there], start[near & ~there]
    return np.concatenate(arrived) if arrived else points[:0]
