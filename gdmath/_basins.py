"""The minima near which many walks ended, and which walk ended near which."""

from __future__ import annotations

import numpy as np

from gdmath._engine import IntArray
from gdmath._numeric import BoolArray, FloatArray
from gdmath.functions import ScalarField

# How near an endpoint must be to a minimum to count as having reached it.
REACH = 1e-2
_NEWTON_STEPS = 20
_SAMPLE = 1024
_TOGETHER = 8192


def find_minima(field: ScalarField, ends: FloatArray, lost: BoolArray) -> FloatArray:
    """The minima (k, d) within reach of the endpoints (m, d) that are not lost, lowest first."""
    # First from some endpoints, which will do if the walks have come to rest; then from one of
    # each crowd of those that remain.
    sample = np.arange(0, len(ends), max(1, len(ends) // _SAMPLE))
    found = _newton_all(field, ends[sample[~lost[sample]]], [])
    rest = ends[_unexplained(ends, lost, found)]
    _, first = np.unique(np.round(rest / REACH), axis=0, return_index=True)
    found = _newton_all(field, rest[first], found)
    found.sort(key=lambda m: (float(field.at(m)), *m))
    return np.array(found).reshape(-1, field.dimension)


def label(points: FloatArray, minima: FloatArray) -> IntArray:
    """The index of the nearest minimum within reach of each point (m, d), or -1."""
    labels = np.full(len(points), -1, dtype=np.int64)
    nearest = np.full(len(points), REACH**2)
    columns = np.ascontiguousarray(points.T)
    with np.errstate(all="ignore"):
        for i, minimum in enumerate(minima):
            distance = sum((x - m) ** 2 for x, m in zip(columns, minimum, strict=True))
            closer = distance < nearest
            labels[closer] = i
            nearest = np.where(closer, distance, nearest)
    return labels


def _unexplained(ends: FloatArray, lost: BoolArray, found: list[FloatArray]) -> IntArray:
    """The indices of endpoints that are neither lost nor near a minimum found."""
    known = np.array(found).reshape(-1, ends.shape[1])
    parts = [
        lo + np.flatnonzero(
            (label(ends[lo : lo + _TOGETHER], known) < 0) & ~lost[lo : lo + _TOGETHER]
        )
        for lo in range(0, len(ends), _TOGETHER)
    ]  # fmt: skip
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)


def _newton_all(
    field: ScalarField, points: FloatArray, found: list[FloatArray]
) -> list[FloatArray]:
    """`found` and the minima to which Newton's method leads from the points (m, d)."""
    found = list(found)
    for lo in range(0, len(points), _TOGETHER):
        arrived = _newton(field, points[lo : lo + _TOGETHER])
        for minimum in found:
            arrived = _others(arrived, minimum)
        while len(arrived):
            found.append(arrived[0])
            arrived = _others(arrived, arrived[0])
    return found


def _others(points: FloatArray, minimum: FloatArray) -> FloatArray:
    return points[abs(points - minimum).max(axis=1) > 1e-6]


def _newton(field: ScalarField, points: FloatArray) -> FloatArray:
    """The minima (k, d), with repetitions, to which Newton's method leads within reach."""
    x, start = points, points
    arrived: list[FloatArray] = []
    for _ in range(_NEWTON_STEPS):
        x, start = (a[field.contains(x)] for a in (x, start))
        hessian, gradient = field.hessian(x), field.gradient(x)
        bowl = np.isfinite(hessian).all(axis=(1, 2)) & np.isfinite(gradient).all(axis=1)
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
