"""Which iterates a watched run went through: read off from where it asked for its derivative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median_low

import numpy as np

from gdlecture.notebook.watch import Asked, Point, Run


@dataclass(frozen=True)
class Iterate:
    """A point (d,) and, for each derivative, where it was asked and what it gave, or None."""

    point: Point
    asked: tuple[Asked | None, ...]


def iterates_of(run: Run, dimension: int, steps: int) -> list[Iterate]:
    """The points of a run in order, the returned one last.

    An iterate is where that derivative is asked which is asked first. Code that asks several
    times in one place, to print the slope say, is no slower for it; but where it stands still in
    the end, how often it asks tells how many steps it takes there.
    """
    if not run.asked:
        return [] if run.returned is None else [_only(run.returned, dimension)]
    leader = run.asked[0].which
    leads = [i for i, asked in enumerate(run.asked) if asked.which == leader]
    stays = [list(stay) for _, stay in groupby(leads, lambda i: run.asked[i].point)]
    *before, last = stays
    often = median_low(map(len, before)) if before else len(last)
    firsts = [*(stay[0] for stay in before), *last[::often]]
    found = [
        _iterate(run.asked[begin:end], dimension)
        for begin, end in zip(firsts, [*firsts[1:], len(run.asked)], strict=True)
    ]
    back = run.returned
    # A loop of n steps asks n times and returns where it has not asked, unless it stands still.
    if back is not None and (back != found[-1].point or _rests(found, steps)):
        found.append(_only(back, dimension))
    return found


def _rests(found: Sequence[Iterate], steps: int) -> bool:
    return len(found) == steps and len(found) > 1 and found[-1].point == found[-2].point


def _iterate(asked: Sequence[Asked], dimension: int) -> Iterate:
    first = (next((a for a in asked if a.which == i), None) for i in range(dimension))
    return Iterate(asked[0].point, tuple(first))


def _only(point: Point, dimension: int) -> Iterate:
    return Iterate(point, (None,) * dimension)


def until_lost(iterates: Sequence[Iterate]) -> list[Iterate]:
    """Those before the first that is not finite."""
    finite = [bool(np.isfinite(one.point).all()) for one in iterates]
    return list(iterates[: finite.index(False)] if False in finite else iterates)
