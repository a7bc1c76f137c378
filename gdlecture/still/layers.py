"""What a space paints, from back to front, sorted into as few layers as may be.

A painter goes from far to near, so that pieces of a surface, of a plane through it and of a curve
upon it come in turn, thousands of them. Only those that lie over one another must come so. All
others can be gathered by what they are made of: then a plane is one shape and a curve one line.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float64]
"""Points (n, 2) of something, px, at least one in each pixel that it covers."""

_RIM = 1.0
"""How wide the rim is, px, which those that meet may share: they do not lie over one another."""

_STEP = 0.8
"""How far points are apart, px."""


@dataclass(frozen=True)
class Extent:
    """Where something is, but for what another beside it may touch; and its core, without a rim.

    A mark has `ink`, too: all of it, which no other mark may touch that was painted before.
    """

    body: Places
    core: Places
    ink: Places | None = None


class Part(Protocol):
    """Something painted. Parts of one `material` can be in one layer, even one over another."""

    @property
    def material(self) -> str:
        """What it is made of."""

    @property
    def extent(self) -> Extent:
        """Where it is."""


@dataclass(frozen=True)
class Layer:
    """Parts of one material, from back to front."""

    material: str
    parts: list[Part] = field(default_factory=list)


def layered(parts: Iterable[Part], size: tuple[int, int]) -> list[Layer]:
    """The parts, from back to front, in layers that paint the same in a frame of so many pixels."""
    columns, rows = size
    bodies, cores, marks = (np.full(columns * rows, -1) for _ in range(3))
    layers: list[Layer] = []
    known: dict[str, list[int]] = {}

    def pixels(places: Places) -> NDArray[np.intp]:
        across, down = np.floor(places).astype(np.intp).T
        seen = (across >= 0) & (across < columns) & (down >= 0) & (down < rows)
        return down[seen] * columns + across[seen]

    for part in parts:
        extent = part.extent
        body, core = pixels(extent.body), pixels(extent.core)
        ink = pixels(extent.ink) if extent.ink is not None else body[:0]
        least = max(
            top[at].max(initial=-1) for top, at in ((cores, body), (bodies, core), (marks, ink))
        )
        own = known.setdefault(part.material, [])
        index = next((index for index in own if index >= least), len(layers))
        if index == len(layers):
            layers.append(Layer(part.material))
            own.append(index)
        layers[index].parts.append(part)
        for top, at in ((cores, core), (bodies, body), (marks, ink)):
            top[at] = np.maximum(top[at], index)
    return layers


def area(corners: Sequence[tuple[float, float]]) -> Extent:
    """Where a polygon of three or four corners is."""
    a, b, c, d = np.array([*corners, corners[-1]][:4], dtype=float)
    across, along = math.dist(a, b) + math.dist(d, c), math.dist(b, c) + math.dist(a, d)

    def places(rim: float) -> Places:
        s, t = _shares(across / 2, rim)[:, None, None], _shares(along / 2, rim)[None, :, None]
        return ((1 - s) * ((1 - t) * a + t * d) + s * ((1 - t) * b + t * c)).reshape(-1, 2)

    return Extent(places(_RIM / 4), places(_RIM))


def stroke(points: Sequence[tuple[float, float]], width: float) -> Extent:
    """Where a line of a width through points is.

    What comes beside a line on a surface may touch its outer halves.
    """
    line = np.array(points, dtype=float)
    passed = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])

    def around(rim: float, reach: float) -> Places:
        stops = passed[-1] * _shares(passed[-1], rim)
        spine = np.column_stack([np.interp(stops, passed, line[:, k]) for k in (0, 1)])
        return _around(spine, reach)

    inner = around(max(_RIM, width / 4), width / 4)
    return Extent(inner, inner, around(0.0, width / 2 - _RIM / 4))


def disc(x: float, y: float, radius: float) -> Extent:
    """Where a disc is."""
    middle = np.array([[x, y]])
    body = _around(middle, radius - _RIM / 4)
    return Extent(body, _around(middle, radius - _RIM), body)


def _around(points: Places, reach: float) -> Places:
    """All places as near as that to points."""
    offsets = reach * (2 * _shares(2 * reach, 0.0) - 1)
    near = np.stack(np.meshgrid(offsets, offsets), axis=-1).reshape(-1, 2)
    near = near[np.hypot(*near.T) <= max(reach, 0.0)]
    return (points[:, None] + near[None]).reshape(-1, 2)


def _shares(length: float, rim: float) -> NDArray[np.float64]:
    return _stops(round(length, 1), rim)


@lru_cache
def _stops(length: float, rim: float) -> NDArray[np.float64]:
    """Shares of a length that are so near to one another as points are, without a rim."""
    inner = length - 2 * rim
    if inner <= 0:
        return np.array([0.5])
    return np.linspace(rim / length, 1 - rim / length, math.ceil(inner / _STEP) + 1)
