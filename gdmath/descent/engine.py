"""Two engines that walk many starts at once, with the same bits as `descend`.

`walk_with_numpy` walks anything, all walks by one call of the rule a step. `compiled_walk` hands a
total function of sums, products and quotients, and a rule of these and roots, to machine code.
What that does not finish (a start that leaves the box in which nothing can overflow), numpy walks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gdmath.descent.kernel import kernel_of
from gdmath.descent.steps import Here, Step, is_steady
from gdmath.fields.domain import hold
from gdmath.fields.evaluation import BoolArray, FloatArray
from gdmath.fields.program import array_function, columns_of
from gdmath.fields.scalar_field import ScalarField, gradient_expressions

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Task:
    """What is asked of every start: steps of a rule, at most `steps` of them."""

    field: ScalarField
    step: Step
    steps: int
    tolerance: float | None


def walk_with_numpy(task: Task, points: FloatArray, taken: IntArray) -> BoolArray:
    """Walk `points` (m, d) to the end, in place, and write the steps taken (m,).

    Says which of them are lost: they left the domain, or their numbers overflowed.
    """
    field = task.field
    run = array_function((*gradient_expressions(field), field.expr), field.variables)
    lost = np.zeros(len(points), dtype=np.bool_)
    crowd = _Crowd(points, np.ascontiguousarray(points.T), np.arange(len(points)), None)
    taken[:] = 0
    with np.errstate(all="ignore"):
        for k in range(task.steps + 1):
            *gradient, value = run(*crowd.here)
            slope = np.empty_like(crowd.here)
            for row, of in zip(slope, gradient, strict=True):
                row[:] = of
            well = hold(field.domain, field.variables, list(crowd.here)) & np.isfinite(value)
            well &= np.isfinite(slope).all(axis=0)
            lost[crowd.awake[~well]] = True
            go = well & (k < task.steps)
            if task.tolerance is not None:
                go &= (abs(slope) >= task.tolerance).any(axis=0)
            crowd = crowd.without(~go)
            if not go.all():
                slope = slope[:, go]
            if not crowd.awake.size:
                break
            after, memory = task.step.advance(_here(field, crowd.here, slope), crowd.memory)
            finite = np.isfinite(after).all(axis=0)
            lost[crowd.awake[~finite]] = True
            rests = finite & (after == crowd.here).all(axis=0)
            if rests.any() and is_steady(task.step, memory):
                # Who does not move by a bit, nor has more to remember, never will.
                rests &= _is_same(memory, crowd.memory, rests)
                taken[crowd.awake[rests]] = task.steps
                crowd.here[:, rests] = after[:, rests]  # -0
            else:
                rests[:] = False
            crowd = _Crowd(points, after, crowd.awake, memory).without(
                ~finite | rests, standing=crowd.here
            )
            taken[crowd.awake] += 1
    return lost


@dataclass(frozen=True)
class _Crowd:
    """Walks under way: where each is, (d, n), which of the `points` (m, d) it began at, its memory.

    A memory's arrays have the walks along their last axis.
    """

    points: FloatArray
    here: FloatArray
    awake: IntArray
    memory: Any

    def without(self, done: BoolArray, standing: FloatArray | None = None) -> _Crowd:
        """Those that are not `done` (n,); the others' places, if not here, are put down."""
        if not done.any():
            return self
        places = self.here if standing is None else standing
        self.points[self.awake[done]] = places[:, done].T
        on = ~done
        return _Crowd(self.points, self.here[:, on], self.awake[on], _kept(self.memory, on))


def _here(field: ScalarField, points: FloatArray, slopes: FloatArray) -> Here:
    """What a step may look at from many points (d, n) at once."""

    def hessian() -> FloatArray:
        return np.moveaxis(field.hessian(points.T), 0, -1)

    return Here(points, slopes, hessian, lambda places: field.at(places.T))


def _kept(memory: Any, on: BoolArray) -> Any:
    if isinstance(memory, tuple):
        return tuple(_kept(part, on) for part in memory)
    return memory[..., on] if isinstance(memory, np.ndarray) else memory


def _is_same(memory: Any, before: Any, among: BoolArray) -> BoolArray:
    """Of which walks (n,) all that is remembered is as before, counts of steps aside."""
    if before is None and memory is not None:
        return np.zeros_like(among)
    if isinstance(memory, tuple):
        parts = zip(memory, before, strict=True)
        return np.asarray(np.logical_and.reduce([_is_same(*part, among) for part in parts]))
    if not isinstance(memory, np.ndarray):
        return np.ones_like(among)
    same: BoolArray = (memory == before).reshape(-1, len(among)).all(axis=0)
    return same


def compiled_walk(task: Task) -> Callable[[FloatArray, IntArray], BoolArray] | None:
    """A walk like `walk_with_numpy` in machine code, or None if there is none for this task."""
    field = task.field
    made = kernel_of(field, task.step, task.steps, task.tolerance)
    if made is None:
        return None
    kernel, bound = made
    slopes = array_function(gradient_expressions(field), field.variables)

    def walk(points: FloatArray, taken: IntArray) -> BoolArray:
        lost = np.zeros(len(points), dtype=np.bool_)
        if not (abs(points) <= bound).all():
            return walk_with_numpy(task, points, taken)
        starts = points.copy()
        kernel(points, taken)
        (rest,) = np.nonzero(taken < task.steps)
        if task.tolerance is not None and rest.size:
            rest = rest[_is_steep(slopes(*columns_of(points[rest])), task.tolerance)]
        if rest.size:
            some, steps = starts[rest], taken[rest]
            lost[rest] = walk_with_numpy(task, some, steps)
            points[rest], taken[rest] = some, steps
        return lost

    return walk


def _is_steep(gradient: tuple[Any, ...], tolerance: float) -> Any:
    steep: Any = False
    for slope in gradient:
        steep = steep | (abs(slope) >= tolerance)
    return steep
