"""Which parts of a frame are not as they were in the frame before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import manim as mn
import numpy as np
from numpy.typing import NDArray

TILE = 40
"""Pixels of a side of the squares that a frame is painted anew in; even, since colours are stored
for two by two pixels."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Trace(NamedTuple):
    """What leaves ink: `key` is another when it, or its place, looks otherwise; `box` in px."""

    key: tuple[int, ...]
    box: Box


Prints = tuple[NDArray[np.uint64], NDArray[np.float64]]
"""Of many things: numbers (n,), another for one that looks otherwise; and their boxes (n, 4)."""

NOTHING: Prints = np.zeros(0, dtype=np.uint64), np.zeros((0, 4))


class Picture(mn.VMobject):
    """What paints many things at once, and can tell which of them are not as they were."""

    def prints(self) -> Prints:
        """What it paints now; boxes in scene units: left, bottom, right, top."""
        raise NotImplementedError


def differing(one: Prints, other: Prints) -> NDArray[np.float64]:
    """The boxes (n, 4) of what is in one of two only."""
    if one[0] is other[0]:
        return NOTHING[1]
    sides = ((one, other), (other, one))
    return np.concatenate([boxes[~np.isin(own, others)] for (own, boxes), (others, _) in sides])


class Tiles:
    """The frame in squares, of which some are to be painted anew."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.dirty: NDArray[np.bool_] = np.ones((-(-height // TILE), -(-width // TILE)), dtype=bool)

    def mark(self, before: Sequence[Trace], now: Sequence[Trace]) -> None:
        """Have those be dirty in which what is painted now differs from what was before."""
        old, new = {trace.key for trace in before}, {trace.key for trace in now}
        stays = [trace.key for trace in before if trace.key in new]
        # Where the order is another, another lies on top.
        self.dirty[:] = stays != [trace.key for trace in now if trace.key in old]
        for traces, others in ((before, new), (now, old)):
            for trace in traces:
                if trace.key not in others:
                    self.dirty[self._under(trace.box)] = True

    def mark_all(self, boxes: NDArray[np.float64]) -> None:
        """Have those be dirty that lie under boxes (n, 4)."""
        rows, columns = self.dirty.shape
        boxes = boxes[np.isfinite(boxes).all(axis=1)]  # what is nowhere leaves no ink
        first = np.clip(np.floor(boxes[:, :2] / TILE), 0, (columns, rows)).astype(int)
        past = np.clip(np.floor(boxes[:, 2:] / TILE) + 1, first, (columns, rows)).astype(int)
        # One more in each corner where a box begins, one less beyond: sums tell how many there are.
        steps = np.zeros((rows + 1, columns + 1), dtype=int)
        for x, y, sign in (
            (first[:, 0], first[:, 1], 1), (past[:, 0], first[:, 1], -1),
            (first[:, 0], past[:, 1], -1), (past[:, 0], past[:, 1], 1),
        ):  # fmt: skip
            np.add.at(steps, (y, x), sign)
        self.dirty |= steps.cumsum(axis=0).cumsum(axis=1)[:-1, :-1] > 0

    def touch(self, box: Box) -> bool:
        """Whether any that is dirty lies under a box."""
        return bool(self.dirty[self._under(box)].any())

    def boxes(self) -> list[tuple[int, int, int, int]]:
        """The dirty part of the frame as boxes (px) that do not overlap."""
        done: list[tuple[int, int, int, int]] = []
        growing: dict[tuple[int, int], int] = {}  # the row in which a run of tiles began
        for row, tiles in enumerate([*self.dirty, np.zeros(self.dirty.shape[1], dtype=bool)]):
            steps = np.flatnonzero(np.diff(tiles, prepend=False, append=False)).tolist()
            runs = set(zip(steps[::2], steps[1::2], strict=True))
            ended = [run for run in growing if run not in runs]
            done += [self._box(run, growing.pop(run), row) for run in ended]
            growing |= {run: row for run in runs if run not in growing}
        return sorted(done)

    def bands(self) -> list[tuple[int, int]]:
        """The rows of pixels (from, past) of the tiles that are dirty."""
        rows = self.dirty.any(axis=1)
        steps = np.flatnonzero(np.diff(rows, prepend=False, append=False)).tolist()
        pairs = zip(steps[::2], steps[1::2], strict=True)
        return [(first * TILE, min(past * TILE, self.height)) for first, past in pairs]

    def _box(self, run: tuple[int, int], first: int, past: int) -> tuple[int, int, int, int]:
        right, bottom = min(run[1] * TILE, self.width), min(past * TILE, self.height)
        return run[0] * TILE, first * TILE, right, bottom

    def _under(self, box: Box) -> tuple[slice, slice]:
        left, top, right, bottom = box
        if not (left <= right and top <= bottom):  # not a number: it may be anywhere
            return slice(None), slice(None)
        return _tiles(top, bottom, self.height), _tiles(left, right, self.width)


def _tiles(low: float, high: float, most: int) -> slice:
    """The tiles in which a stretch of pixels lies."""
    first, last = max(low, -1.0), min(high, float(most))
    return slice(max(int(first) // TILE, 0), max(int(last // TILE) + 1, 0))
