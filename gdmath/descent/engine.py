"""Two engines that walk many starts at once, with the same bits as `descend`.

`walk_with_numpy` walks anything. `compiled_walk` hands a total function of sums, products and
quotients to numba, where it is installed: IEEE 754 rounds those exactly, and numba, left to its
defaults, neither reorders nor fuses them. What a compiled walk does not finish (a start that
meets the tolerance, or leaves the box in which nothing can overflow), numpy finishes.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from gdmath.fields.domain import hold
from gdmath.fields.evaluation import BoolArray, FloatArray
from gdmath.fields.program import array_function, columns_of, defined, program_of
from gdmath.fields.scalar_field import ScalarField, gradient_expressions

IntArray = npt.NDArray[np.int64]

# Boxes |x| <= bound to try, the widest first.
_BOUNDS = (1e9, 1e6, 1e3, 1e2)
# Lanes that a compiled walk takes through several steps together, and those steps.
_BLOCK = 512
_STRIDE = 8


@dataclass(frozen=True)
class Task:
    """What is asked of every start: gradient steps at `rate`, at most `steps` of them."""

    field: ScalarField
    rate: float
    steps: int
    tolerance: float | None


def walk_with_numpy(task: Task, points: FloatArray, taken: IntArray) -> BoolArray:
    """Walk `points` (m, d), each with taken (m,) steps behind it, to the end, in place.

    Says which of them are lost: they left the domain, or their numbers overflowed.
    """
    field = task.field
    run = array_function((*gradient_expressions(field), field.expr), field.variables)
    lost = np.zeros(len(points), dtype=np.bool_)
    awake = np.arange(len(points))
    here = columns_of(points)
    with np.errstate(all="ignore"):
        while awake.size:
            *gradient, value = run(*here)
            well = hold(field.domain, field.variables, here) & np.isfinite(value)
            for slope in gradient:
                well &= np.isfinite(slope)
            go = well & (taken[awake] < task.steps)
            if task.tolerance is not None:
                go &= _is_steep(gradient, task.tolerance)
            there = [x - task.rate * g for x, g in zip(here, gradient, strict=True)]
            for x in there:
                finite = np.isfinite(x)
                well &= finite | ~go
                go &= finite
            lost[awake[~well]] = True
            # Who does not move by a bit never will.
            rests = go.copy()
            for x, old in zip(there, here, strict=True):
                rests &= x == old
            if rests.any():
                taken[awake[rests]] = task.steps
                go &= ~rests
                here = [np.where(rests, x, old) for x, old in zip(there, here, strict=True)]  # -0
            if go.all():
                here = there
            else:
                _record(points, awake, here, ~go)
                awake, here = awake[go], [x[go] for x in there]
            taken[awake] += 1
    return lost


def _is_steep(gradient: list[Any], tolerance: float) -> Any:
    steep: Any = False
    for slope in gradient:
        steep = steep | (abs(slope) >= tolerance)
    return steep


def _record(points: FloatArray, awake: IntArray, here: list[FloatArray], done: BoolArray) -> None:
    for i, x in enumerate(here):
        points[awake[done], i] = x[done]


def compiled_walk(task: Task) -> Callable[[FloatArray, IntArray], BoolArray] | None:
    """A walk like `walk_with_numpy` in machine code, or None if there is none for this field."""
    kernel, bound = _kernel(task.field)
    if kernel is None:
        return None

    def walk(points: FloatArray, taken: IntArray) -> BoolArray:
        lost = np.zeros(len(points), dtype=np.bool_)
        near = (abs(points) <= bound).all(axis=1)
        if near.all():
            columns = np.ascontiguousarray(points.T)
            kernel(columns, taken, task.rate, bound, task.tolerance or -1.0, task.steps)
            points[...] = columns.T
        (rest,) = np.nonzero(taken < task.steps)
        if rest.size:
            some, steps = points[rest], taken[rest]
            lost[rest] = walk_with_numpy(task, some, steps)
            points[rest], taken[rest] = some, steps
        return lost

    return walk


@lru_cache(maxsize=32)
def _kernel(field: ScalarField) -> tuple[Any, float]:
    """The machine code for a field, and the bound of its box; (None, 0) if there is none."""
    if field.domain:
        return None, 0.0
    everything = program_of((*gradient_expressions(field), field.expr), field.variables)
    bound = next((b for b in _BOUNDS if everything.is_finite_within(b)), None)
    if not everything.is_exact or bound is None:
        return None, 0.0
    try:
        numba = importlib.import_module("numba")
    except ImportError:
        return None, 0.0
    slopes = program_of(gradient_expressions(field), field.variables)
    source = _source(slopes.variables, slopes.lines(), slopes.results)
    plain = defined(source, {"np": np, **slopes.constants})
    signature = "void(float64[:, ::1], int64[::1], float64, float64, float64, int64)"
    return numba.njit(signature, nogil=True, error_model="numpy")(plain), bound


def _source(variables: tuple[str, ...], lines: list[str], slopes: tuple[str, ...]) -> str:
    """The text of the compiled walk."""
    d = range(len(variables))

    def each(text: str, joint: str = "; ") -> str:
        return joint.join(text.format(i=i, v=variables[i], g=slopes[i]) for i in d)

    return _TEMPLATE.format(
        block=_BLOCK,
        stride=_STRIDE,
        views=each("x{i} = x[{i}, lo:hi]; b{i} = before[{i}, lo:hi]; l{i} = last[{i}, lo:hi]"),
        keep_before=each("b{i}[:] = x{i}"),
        keep_last=each("l{i}[:] = x{i}"),
        load=each("{v} = x{i}[j]"),
        program="\n                    ".join(lines),
        move=each("n{i} = {v} - rate*{g}"),
        inside=each("(abs(n{i}) <= bound)", " & "),
        level=each("(abs({g}) < tolerance)", " & "),
        store=each("x{i}[j] = n{i} if ok else {v}"),
        same=each("(bits[{i}, j] == bits_before[{i}, j])", " & "),
        d=len(variables),
    )


# Vector code: the loop over j has no branch. A lane that may not go on stays where it is.
# A lane that stands where it stood two steps ago will do so for ever: its end is known.
_TEMPLATE = """
def run(x, taken, rate, bound, tolerance, steps):
    ends, n = x.copy(), x.shape[1]
    before, last = np.empty_like(x), np.empty_like(x)
    bits, bits_before = x.view(np.int64), before.view(np.int64)
    count, lane = np.zeros(n, np.int64), np.arange(n)
    k = 0
    while n > 0 and k < steps:
        now = min({stride}, steps - k)
        for lo in range(0, n, {block}):
            hi = min(lo + {block}, n)
            {views}
            c = count[lo:hi]
            for s in range(now):
                if s == now - 2:
                    {keep_before}
                if s == now - 1:
                    {keep_last}
                for j in range(c.shape[0]):
                    {load}
                    {program}
                    {move}
                    ok = {inside} & ~({level})
                    {store}
                    c[j] += ok
        k += now
        kept = 0
        for j in range(n):
            back = now >= 2 and {same}
            if k == steps or back:
                swap = back and count[j] == k and (steps - k) % 2 == 1
                for i in range({d}):
                    ends[i, lane[j]] = last[i, j] if swap else x[i, j]
                taken[lane[j]] = steps if back and count[j] == k else count[j]
            else:
                for i in range({d}):
                    x[i, kept] = x[i, j]
                count[kept], lane[kept] = count[j], lane[j]
                kept += 1
        n = kept
    x[:] = ends
"""
