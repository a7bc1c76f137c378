"""Many walks at once: which minimum does each start reach?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdmath._arguments import check_budget
from gdmath._numeric import BoolArray, FloatArray
from gdmath.functions import ScalarField
from gdmath.steps import Here, gradient_step, solve

# Points walked together: few enough that their coordinates stay in the processor's cache.
_CHUNK = 8192
# How near an endpoint must be to a minimum to count as having reached it.
REACH = 1e-2
_NEWTON_STEPS = 20


@dataclass(frozen=True, eq=False)
class Basins:
    """Where m walks ended, and at which of the k minima found.

    `starts` and `endpoints` (m, d) and `minima` (k, d, by increasing value) are float64;
    `labels` (m,) are indices into `minima`, or -1 for a walk that ended at none of them.
    """

    field: ScalarField
    rate: float
    steps: int
    tolerance: float | None
    starts: FloatArray
    endpoints: FloatArray
    minima: FloatArray
    labels: npt.NDArray[np.int64]


def multistart(
    field: ScalarField,
    starts: npt.ArrayLike,
    rate: float,
    steps: int,
    tolerance: float | None = None,
) -> Basins:
    """Descend from each of `starts` (m, d) by gradient steps; in one variable (m,) will do.

    Endpoints equal, to the last bit, the last point of `descend` from the same start. Minima
    are where those endpoints lead by Newton's method with a positive definite Hessian
    (float64); an endpoint within 1e-2 of a minimum has reached it. A start outside the domain
    stays where it is and reaches none. Raises ValueError for starts that are not finite or of
    the wrong shape, and as `descend` does for rate, steps and tolerance.
    """
    points = np.array(starts, dtype=np.float64)
    if field.dimension == 1 and points.ndim == 1:
        points = points[:, np.newaxis]
    if points.ndim != 2 or points.shape[1] != field.dimension:
        raise ValueError(f"starts must have shape (m, {field.dimension}), not {points.shape}")
    if not np.isfinite(points).all():
        raise ValueError("starts must be finite numbers")
    check_budget(steps, tolerance)
    rule = gradient_step(rate)

    ends = points.copy()
    for lo in range(0, len(points), _CHUNK):
        chunk = ends[lo : lo + _CHUNK]
        awake = np.arange(len(chunk))
        for _ in range(steps):
            here = chunk[awake]
            gradient, walking = _going_on(field, here, tolerance)
            awake = awake[walking]
            if not awake.size:
                break
            with np.errstate(all="ignore"):
                there, _ = rule.advance(Here(here[walking], gradient[walking], lambda: None), None)
            finite = np.isfinite(there).all(axis=1)
            awake = awake[finite]
            chunk[awake] = there[finite]

    minima = _minima(field, ends)
    return Basins(
        field, float(rate), int(steps), tolerance, points, ends, minima, _nearest(ends, minima)
    )


def _going_on(
    field: ScalarField, points: FloatArray, tolerance: float | None
) -> tuple[FloatArray, BoolArray]:
    """Gradients (m, d), and which of the points `descend` would step on from."""
    gradient = field.gradient(points)
    walking = field.contains(points) & np.isfinite(gradient).all(axis=1)
    walking &= np.isfinite(field.at(points))
    if tolerance is not None:
        walking &= (abs(gradient) >= tolerance).any(axis=1)
    return gradient, walking


def _minima(field: ScalarField, ends: FloatArray) -> FloatArray:
    """The minima (k, d) within reach of the endpoints, lowest first."""
    # One representative of each crowd of endpoints is enough to find its minimum.
    _, first = np.unique(np.round(ends / REACH), axis=0, return_index=True)
    found: list[FloatArray] = []
    for x in ends[first]:
        minimum = _newton(field, x)
        if minimum is not None and all(abs(minimum - m).max() > 1e-6 for m in found):
            found.append(minimum)
    found.sort(key=lambda m: float(field.at(m)))
    return np.array(found).reshape(-1, field.dimension)


def _newton(field: ScalarField, x: FloatArray) -> FloatArray | None:
    """The minimum within reach of x by Newton's method, or None."""
    start = x
    for _ in range(_NEWTON_STEPS):
        if not field.contains(x):
            return None
        hessian = field.hessian(x)
        if not np.isfinite(hessian).all() or np.linalg.eigvalsh(hessian)[0] <= 0:
            return None
        with np.errstate(all="ignore"):
            moved = solve(hessian, field.gradient(x))
        x = x - moved
        if not np.isfinite(x).all() or abs(x - start).max() > 2 * REACH:
            return None
        if abs(moved).max() <= 4 * np.spacing(abs(x).max()):
            return x
    return None


def _nearest(points: FloatArray, minima: FloatArray) -> npt.NDArray[np.int64]:
    labels = np.full(len(points), -1, dtype=np.int64)
    nearest = np.full(len(points), REACH)
    for i, minimum in enumerate(minima):
        with np.errstate(all="ignore"):
            distance = np.hypot.reduce(points - minimum, axis=1)
        closer = distance < nearest
        labels[closer], nearest[closer] = i, distance[closer]
    return labels
