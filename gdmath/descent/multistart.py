"""Many walks at once: which minimum does each start reach?

>>> from gdmath.examples import THREE_WELLS
>>> basins = multistart(THREE_WELLS, [(0.5, 3), (2, 3), (4, 0.5)], rate=0.2, steps=100)
>>> basins.labels.tolist()
[0, 1, 2]
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdmath.descent.arguments import check_budget, rule_of
from gdmath.descent.endpoints import label, minima_near
from gdmath.descent.engine import IntArray, Task, compiled_walk, walk_with_numpy
from gdmath.descent.steps import Step
from gdmath.fields.evaluation import BoolArray, FloatArray
from gdmath.fields.scalar_field import ScalarField

# Points walked together: few enough that what is computed for them stays in the cache.
_CHUNK = 16384
# Walks asked first how long they are, and endpoints for their minimum.
_SAMPLE = 1024
# From so many steps in all, compiling for a second pays.
_WORTH_COMPILING = 10_000_000


@dataclass(frozen=True, eq=False)
class Basins:
    """Where m walks ended, and at which of the k minima found.

    `starts` and `endpoints` (m, d) and `minima` (k, d, by increasing value) are float64.
    `labels` (m,) are indices into `minima`, or -1 for a walk that ended at none of them.
    `steps_taken` (m,) are the steps to the endpoint: with a tolerance, as many as it took to
    come below it, or all of them; without one, all, unless the walk was lost.
    """

    field: ScalarField
    step: Step
    steps: int
    tolerance: float | None
    starts: FloatArray
    endpoints: FloatArray
    minima: FloatArray
    labels: IntArray
    steps_taken: IntArray

    @property
    def rate(self) -> float | None:
        """The rule's learning rate, or None if it has none."""
        return self.step.rate


def multistart(
    field: ScalarField,
    starts: npt.ArrayLike,
    rate: float | None = None,
    steps: int = 25,
    tolerance: float | None = None,
    *,
    step: Step | Callable[[], Step] | None = None,
) -> Basins:
    """Descend from each of `starts` (m, d) by gradient steps, or steps of another rule.

    In one variable starts (m,) will do. Either a `rate` is given, for the gradient's, or a `step`.

    Endpoints and steps taken equal, to the last bit, the last point and `stopped_at` of
    `descend` from the same start. Minima are where those endpoints lead by Newton's method with
    a positive definite Hessian (float64); an endpoint within 1e-2 of one has reached it. A
    start outside the domain stays where it is; one that leaves it, or overflows, keeps its last
    point; all these reach none.

    All cores are used, each on 16,384 walks at a time: beyond a few arrays of the result's
    length, memory does not grow with m. With numba installed, functions of + − × ÷ without
    poles are compiled, to the same bits, where ten million steps are to be expected (with a
    tolerance, some walks tell), and the rule with them if it neither searches nor looks at more
    than the gradient.

    Raises ValueError for starts that are not finite or of the wrong shape, and as `descend`
    does for rate, steps and tolerance.
    """
    points = _checked_starts(field, starts)
    check_budget(steps, tolerance)
    task = Task(field, rule_of(rate, step), int(steps), tolerance)

    ends = points.copy()
    taken = np.zeros(len(points), dtype=np.int64)
    lost = np.zeros(len(points), dtype=np.bool_)
    walk = _engine(task, points)

    def descend_chunk(part: slice) -> None:
        lost[part] = walk(ends[part], taken[part])

    _for_each_chunk(descend_chunk, len(points))

    minima, labels = _basins(field, ends, lost)
    return Basins(field, task.step, task.steps, tolerance, points, ends, minima, labels, taken)


def _basins(field: ScalarField, ends: FloatArray, lost: BoolArray) -> tuple[FloatArray, IntArray]:
    """The minima that the endpoints reached, and which each of them did."""
    labels = np.full(len(ends), -1, dtype=np.int64)

    def label_chunk(part: slice) -> None:
        labels[part] = label(ends[part], minima)
        labels[part][lost[part]] = -1

    # Of walks that have come to rest, some show all minima; the rest are asked only if not.
    none = np.empty((0, field.dimension))
    some = np.arange(0, len(ends), len(ends) // _SAMPLE + 1)
    minima = minima_near(field, ends[some[~lost[some]]], none)
    _for_each_chunk(label_chunk, len(ends))
    unexplained = (labels < 0) & ~lost
    if unexplained.any():
        more = minima_near(field, ends[unexplained], minima)
        if len(more) > len(minima):
            minima = more
            _for_each_chunk(label_chunk, len(ends))
    return minima, labels


def _checked_starts(field: ScalarField, starts: npt.ArrayLike) -> FloatArray:
    try:
        points = np.array(starts, dtype=np.float64, order="C")
    except (TypeError, ValueError, OverflowError):
        raise ValueError("starts must be real numbers, all of one shape") from None
    if field.dimension == 1 and points.ndim == 1:
        points = points[:, np.newaxis]
    if points.ndim != 2 or points.shape[1] != field.dimension:
        raise ValueError(f"starts must have shape (m, {field.dimension}), not {points.shape}")
    if not np.isfinite(points).all():
        raise ValueError("starts must be finite numbers")
    return points


def _engine(task: Task, starts: FloatArray) -> Callable[[FloatArray, IntArray], BoolArray]:
    """What walks a chunk; made before the threads start, for sympy is not made for threads."""

    def with_numpy(points: FloatArray, taken: IntArray) -> BoolArray:
        return walk_with_numpy(task, points, taken)

    with_numpy(np.empty((0, task.field.dimension)), np.empty(0, dtype=np.int64))
    expected: float = len(starts) * task.steps
    if expected >= _WORTH_COMPILING and task.tolerance is not None:
        # Most walks may be level long before their budget: some are asked.
        some = starts[:: len(starts) // _SAMPLE + 1].copy()
        taken = np.zeros(len(some), dtype=np.int64)
        with_numpy(some, taken)
        expected = float(taken.mean()) * len(starts)
    compiled = compiled_walk(task) if expected >= _WORTH_COMPILING else None
    return compiled or with_numpy


def _for_each_chunk(work: Callable[[slice], None], count: int) -> None:
    """Do `work` on slices of range(count), on all cores."""
    chunks = list(_chunks(count))
    threads = min(os.cpu_count() or 1, len(chunks))
    if threads <= 1:
        for part in chunks:
            work(part)
        return
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(work, chunks):
            pass


def _chunks(count: int) -> Iterator[slice]:
    for lo in range(0, count, _CHUNK):
        yield slice(lo, min(lo + _CHUNK, count))
