"""How a space is seen: from its evidence to pixels, and from a pixel along its ray back into it.

Written from `docs/evidence.md`. Points of the data are (…, 3), pixels (…, 2) right and down.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.shapes import ClaimError

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Rays:
    """Lines of sight: the points `start + t * way` (n, 3), t being how far toward the viewer."""

    start: Array
    way: Array

    def at(self, t: Array) -> Array:
        """The points of each ray at depths (n,) or (n, k)."""
        if t.ndim == 1:
            return self.start + t[:, None] * self.way
        return self.start[:, None] + t[..., None] * self.way[:, None]

    def of(self, picked: Any) -> Rays:
        """Some of the rays."""
        return Rays(self.start[picked], self.way[picked])


class View:
    """The box of a space and who looks at it, as a claim of kind `space` tells.

    Raises:
        ClaimError: what it tells is no view.
    """

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.low, self.high = (np.array(told[end], dtype=float) for end in ("low", "high"))
        self.size = np.array(told["size"], dtype=float)
        self.distance = float(told["distance"])
        theta, phi = float(told["theta"]), float(told["phi"])
        toward = np.array(
            [math.sin(phi) * math.cos(theta), math.sin(phi) * math.sin(theta), math.cos(phi)]
        )
        right = np.array([-math.sin(theta), math.cos(theta), 0.0])
        self.axes = np.stack([right, np.cross(toward, right), toward])
        self.scale = self.size / (self.high - self.low)
        self.centre = np.array(told["centre"], dtype=float)
        self.place = np.array(told["place"], dtype=float)
        self.magnified = float(told["zoom"]) * float(told["unit"])
        sane = (self.high > self.low).all() and (self.size > 0).all() and self.magnified > 0
        if not (sane and self.distance > 0):
            raise ClaimError("expected a box and a viewer before it, found none")

    def drawn(self, points: Array) -> Array:
        """Points as seen: right, up, toward the viewer, in drawn units from the centre."""
        return np.asarray(((points - self.centre) * self.scale) @ self.axes.T)

    def seen(self, points: Array) -> tuple[Array, Array]:
        """The pixels (…, 2) of points, and how far toward the viewer they are (…,)."""
        seen = self.drawn(points)
        depth = seen[..., 2]
        with np.errstate(all="ignore"):
            near = self.magnified / (1 - depth / self.distance)
        across = np.stack([seen[..., 0], -seen[..., 1]], axis=-1)
        return self.place + across * near[..., None], depth

    def rays(self, pixels: Array) -> Rays:
        """The lines of sight through pixels (n, 2)."""
        across = (pixels - self.place) / self.magnified
        foot = np.column_stack([across[:, 0], -across[:, 1], np.zeros(len(pixels))])
        way = np.column_stack([-foot[:, :2] / self.distance, np.ones(len(pixels))])
        start = (foot @ self.axes) / self.scale + self.centre
        return Rays(start, (way @ self.axes) / self.scale)

    def to_viewer(self, points: Array) -> Array:
        """The ways from points to the viewer, as seen: right, up, toward; of length 1."""
        seen = self.drawn(points)
        if math.isinf(self.distance):
            return np.broadcast_to([0.0, 0.0, 1.0], seen.shape)
        way = np.array([0.0, 0.0, self.distance]) - seen
        return np.asarray(way / np.linalg.norm(way, axis=-1, keepdims=True))
