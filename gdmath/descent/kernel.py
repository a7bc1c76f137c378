"""The machine code that walks a chunk of starts by a traced rule, where numba is installed.

IEEE 754 rounds sums, products, quotients and roots exactly, and numba, left to its defaults,
neither reorders nor fuses them: so the bits are those of numpy's loops, and of a single walk.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from gdmath.descent.steps import Step
from gdmath.descent.trace import Line, Traced, traced
from gdmath.fields.evaluation import FloatArray
from gdmath.fields.program import defined, program_of
from gdmath.fields.scalar_field import ScalarField, gradient_expressions

# Boxes |x| <= bound to try, the widest first.
_BOUNDS = (1e9, 1e6, 1e3, 1e2)
# Numbers of lanes that a compiled walk takes through several steps together, and those steps.
_AT_ONCE = 2048
_STRIDE = 16

Kernel = Callable[[FloatArray, Any], None]


def kernel_of(
    field: ScalarField, step: Step, steps: int, tolerance: float | None
) -> tuple[Kernel, float] | None:
    """A walk of points (m, d) to the end, in place, and the bound of its box; None if none can be.

    It writes the steps taken (m,): of a lane that is level, or about to leave the box |x| <= bound
    in which nothing can overflow, fewer than `steps`; such a lane stays where it is.
    """
    bound = _bound(field)
    rule = traced(step, field.dimension)
    if bound is None or rule is None:
        return None
    run = _compiled(field, _source(field, rule, is_levelled=tolerance is not None))
    if run is None:
        return None
    numbers = np.array(rule.numbers)
    tables = np.array([[table(k) for k in range(max(steps, 1))] for table in rule.tables])
    tables = tables.reshape(len(rule.tables), max(steps, 1))

    def walk(points: FloatArray, taken: Any) -> None:
        run(points, taken, numbers, tables, bound, tolerance or 0.0, steps)

    return walk, bound


@lru_cache(maxsize=64)
def _bound(field: ScalarField) -> float | None:
    """The bound of a box in which a field's numbers stay finite, or None."""
    if field.domain:
        return None
    everything = program_of((*gradient_expressions(field), field.expr), field.variables)
    return next((b for b in _BOUNDS if everything.is_finite_within(b)), None)


@lru_cache(maxsize=64)
def _compiled(field: ScalarField, source: str) -> Any:
    try:
        numba = importlib.import_module("numba")
    except ImportError:
        return None
    constants = program_of(gradient_expressions(field), field.variables).constants
    signature = (
        "void(float64[:, ::1], int64[::1], float64[::1], float64[:, ::1], float64, float64, int64)"
    )
    plain = defined(source, {"np": np, **constants})
    return numba.njit(signature, nogil=True, error_model="numpy")(plain)


def _source(field: ScalarField, rule: Traced, *, is_levelled: bool) -> str:
    """The text of the compiled walk; the numbers of the rule are no part of it."""
    d, kept = field.dimension, len(rule.later.memory)
    begins_apart = kept > 0 or rule.is_counted
    rows = range(d + kept)
    same = " & ".join(f"(bits[{i}, j] == bits_before[{i}, j])" for i in rows)
    snapshots = [
        "if s == now - 2:", *(f"    b{i}[:] = z{i}" for i in rows),
        "if s == now - 1:", *(f"    l{i}[:] = z{i}" for i in rows),
    ]  # fmt: skip
    views = [f"z{i} = z[{i}, lo:hi]" for i in rows]
    if not rule.is_counted:
        views += [f"b{i} = before[{i}, lo:hi]; l{i} = last[{i}, lo:hi]" for i in rows]
    first = _step(field, rule.first, kept, is_levelled=is_levelled, begins=True)
    return _filled(
        numbers=[f"p{i} = numbers[{i}]" for i in range(len(rule.numbers))],
        weights=[f"w{i} = tables[{i}, k + s]" for i in range(len(rule.tables))],
        views=views,
        snapshots=[] if rule.is_counted else snapshots,
        first=first if begins_apart else [],
        later=_step(field, rule.later, kept, is_levelled=is_levelled, goes_on=begins_apart),
        d=d,
        rows=d + kept,
        first_steps=int(begins_apart),
        block=max(64, _AT_ONCE // (d + kept) // 64 * 64),
        stride=_STRIDE,
        rest=[] if rule.is_counted else _REST.format(d=d, rows=d + kept, same=same).splitlines(),
    )


def _step(
    field: ScalarField,
    line: Line,
    kept: int,
    *,
    is_levelled: bool,
    begins: bool = False,
    goes_on: bool = False,
) -> list[str]:
    """One step of one lane, without a branch: a lane that may not go on stays where it is."""
    program = program_of(gradient_expressions(field), field.variables)
    d = len(program.variables)
    names = [*program.variables, *(f"m{i}" for i in range(kept))]
    results = [*line.point, *line.memory]
    conditions = [f"(abs({name}) <= bound)" for name in line.point]
    if is_levelled:
        conditions.append("~(" + " & ".join(f"(abs(g{i}) < tolerance)" for i in range(d)) + ")")
    if goes_on:
        # What a lane may not do now, it might with another memory, or at another count.
        conditions.append("(c[j] == k + s)")
    read = names[:d] if begins else names
    stays = [*read, *["0.0"] * (len(names) - len(read))]
    return [
        *(f"{name} = z{i}[j]" for i, name in enumerate(read)),
        *program.lines(),
        *(f"g{i} = {result}" for i, result in enumerate(program.results)),
        *line.code,
        f"ok = {' & '.join(conditions)}",
        # Counted first: LLVM makes a masked store, slow on many machines, of a choice whose place
        # was read with no other store since.
        "c[j] += ok",
        *(f"z{i}[j] = {results[i]} if ok else {stays[i]}" for i in range(len(names))),
    ]


def _filled(**parts: Any) -> str:
    """The template with its blocks, a line `@name` each, and its numbers."""
    lines = []
    for line in _TEMPLATE.splitlines():
        indent, at, name = line.partition("@")
        lines += [indent + each for each in parts[name] or ["pass"]] if at else [line]
    numbers = {name: part for name, part in parts.items() if not isinstance(part, list)}
    return "\n".join(lines).format(**numbers)


# Vector code: the loops over j have no branch.
_TEMPLATE = """
def run(x, taken, numbers, tables, bound, tolerance, steps):
    @numbers
    n = x.shape[0]
    z = np.empty(({rows}, n))
    for i in range({d}):
        for j in range(n):
            z[i, j] = x[j, i]
    before, last = np.empty_like(z), np.empty_like(z)
    bits, bits_before = z.view(np.int64), before.view(np.int64)
    count, lane = np.zeros(n, np.int64), np.arange(n)
    k = min(steps, {first_steps})
    if k > 0:
        for lo in range(0, n, {block}):
            hi = min(lo + {block}, n)
            @views
            c = count[lo:hi]
            for j in range(c.shape[0]):
                @first
    while n > 0 and k < steps:
        now = min({stride}, steps - k)
        for lo in range(0, n, {block}):
            hi = min(lo + {block}, n)
            @views
            c = count[lo:hi]
            for s in range(now):
                @snapshots
                @weights
                for j in range(c.shape[0]):
                    @later
        k += now
        @rest
    for j in range(n):
        for i in range({d}):
            x[lane[j], i] = z[i, j]
        taken[lane[j]] = count[j]
"""

# A lane that stands where it stood two steps ago, with the same memory, will do so for ever: its
# end is known. Where the count of steps plays a part, that is not so.
_REST = """\
kept = 0
for j in range(n):
    if now >= 2 and {same}:
        swap = count[j] == k and (steps - k) % 2 == 1
        for i in range({d}):
            x[lane[j], i] = last[i, j] if swap else z[i, j]
        taken[lane[j]] = steps if count[j] == k else count[j]
    else:
        for i in range({rows}):
            z[i, kept] = z[i, j]
        count[kept], lane[kept] = count[j], lane[j]
        kept += 1
n = kept
"""
