"""Flat arrays of what is to be painted: projected, coloured, and with keys that order it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_ODD = np.random.default_rng(20).integers(1, 2**63, 16, dtype=np.uint64) * np.uint64(2) + np.uint64(
    1
)

FACES, STROKES, DISCS, HEADS = range(4)


@dataclass(frozen=True)
class Batch:
    """Things of one kind: scene coordinates (n, d), colours (n, 4), sizes (n,), keys (n,).

    Faces have 4 corners, strokes 2 ends and a breadth, discs a centre and a radius, heads 3
    corners; coordinates are x and y alternating. `depth` (n,) is the nearness to the viewer of what
    is a mark upon other things, None for faces and their edges.
    """

    kind: int
    xy: Array
    rgba: Array
    size: Array
    key: Array
    depth: Array | None = None

    @cached_property
    def bounds(self) -> tuple[Array, Array]:
        """The lowest and the highest x and y (n, 2) of each thing's points."""
        points = self.xy.reshape(len(self.key), -1, 2)
        low, high = points[:, 0], points[:, 0]
        for k in range(1, points.shape[1]):  # far quicker than along so short an axis
            low, high = np.minimum(low, points[:, k]), np.maximum(high, points[:, k])
        return low, high

    @cached_property
    def reach(self) -> Array:
        """How far (n,) each thing is painted beyond its points."""
        return 0.5 * self.size if self.kind == STROKES else self.size

    @cached_property
    def prints(self) -> NDArray[np.uint64]:
        """For each thing (n,) another number when it is painted otherwise, or at another turn."""
        parts = [self.xy, self.rgba, self.size[:, None], self.key[:, None]]
        return prints_of(np.concatenate(parts, axis=1)) + np.uint64(self.kind)

    @cached_property
    def boxes(self) -> Array:
        """Where each thing is painted (n, 4): left, bottom, right, top."""
        low, high = self.bounds
        reach = self.reach[:, None]
        return np.concatenate([low - reach, high + reach], axis=1)


def prints_of(rows: Array) -> NDArray[np.uint64]:
    """A number for each row (n, m) of floats, which another row hardly has."""
    bits = np.ascontiguousarray(rows, dtype=float).view(np.uint64)
    with np.errstate(over="ignore"):
        mixed = (bits ^ (bits >> np.uint64(29))) * _ODD[: rows.shape[1]]
        return (mixed ^ (mixed >> np.uint64(32))).sum(axis=1, dtype=np.uint64)


def batch(
    kind: int,
    xy: Array,
    rgba: Array,
    *,
    size: float = 0.0,
    key: Array | float,
    depth: Array | None = None,
) -> Batch:
    """A batch of things that share a size, or a colour (4,), or a key."""
    n = len(xy)
    sizes, keys = np.broadcast_to(size, n), np.broadcast_to(key, n)
    return Batch(kind, xy, np.broadcast_to(rgba, (n, 4)), sizes, keys, depth)


def merged(batches: list[Batch]) -> tuple[Batch, ...]:
    """One batch a kind, each sorted from back to front."""
    result = []
    for kind in (FACES, STROKES, DISCS, HEADS):
        same = [b for b in batches if b.kind == kind and len(b.key)]
        if not same:
            continue
        key = np.concatenate([b.key for b in same])
        rank = np.argsort(key, kind="stable")
        xy, rgba, size = (
            np.concatenate([getattr(b, name) for b in same])[rank]
            for name in ("xy", "rgba", "size")
        )
        result.append(Batch(kind, xy, rgba, size, key[rank]))
    return tuple(result)


def covered(
    batches: tuple[Batch, ...],
    centre: Array,
    radius: float,
    *,
    key: float,
    opacity: float = 0.0,
) -> bool:
    """Whether anything painted after `key` touches the disc around a point of the scene (2,).

    What is no more than `opacity` opaque does not count.
    """
    for part in batches:
        low, high = part.bounds
        margin = radius + part.reach
        near = (part.key > key) & (part.rgba[:, 3] > opacity)
        for k in (0, 1):
            near &= low[:, k] - margin <= centre[k]
            near &= high[:, k] + margin >= centre[k]
        if not near.any():
            continue
        xy, margin = part.xy[near].reshape(int(near.sum()), -1, 2) - centre, margin[near]
        if part.kind == DISCS:
            in_reach = np.hypot(xy[:, 0, 0], xy[:, 0, 1]) < margin
            xy, margin = xy[in_reach], margin[in_reach]
        if any(_touches(shape, float(m)) for shape, m in zip(xy, margin, strict=True)):
            return True
    return False


def _touches(shape: Array, radius: float) -> bool:
    """Whether a point, a segment or a polygon (k, 2) comes within `radius` of the origin."""
    after = np.roll(shape, -1, axis=0)
    way = after - shape
    square = (way**2).sum(axis=1)
    share = np.clip(-(shape * way).sum(axis=1) / np.where(square == 0, 1, square), 0, 1)
    nearest = shape + share[:, None] * way
    if (np.hypot(nearest[:, 0], nearest[:, 1]) < radius).any():
        return True
    side = way[:, 0] * -shape[:, 1] + way[:, 1] * shape[:, 0]
    return len(shape) > 2 and bool((side > 0).all() or (side < 0).all())
