"""The surface of any function of two variables, whatever its numbers, seen from its best side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gdstage.plane.contour_map import bowl_levels
from gdstage.proof.in_space import graph_of
from gdstage.proof.statement import stated
from gdstage.space.space import DEGREE, Space

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from gdmath import ScalarField
    from gdstage.look.theme import Theme
    from gdstage.space.solids import Mesh

    Window = tuple[float, float]
    Lift = Callable[[NDArray[np.float64]], NDArray[np.float64]]

THETAS = tuple(DEGREE * angle for angle in (-62, -28, -112, 28, 62, 118, 152, -152))
LEVELS = 12
FAR = 50.0
"""Shares beyond this are as good as there, and cannot overflow."""


def trim(mesh: Mesh) -> Mesh:
    """Let a surface of heights 0…1 end where it leaves them.

    A vertex beyond with a neighbour within is put on the rim, so that the rim is level; others
    are dropped.
    """
    m, n = mesh.shape
    z = mesh.points[:, 2].reshape(m, n)
    within = np.asarray((z >= 0) & (z <= 1))
    padded = np.pad(within, 1)
    near = np.any([padded[i : i + m, j : j + n] for i in range(3) for j in range(3)], axis=0)
    level = np.where(near & np.isfinite(z), np.clip(z, 0.0, 1.0), np.nan)
    mesh.points[:, 2] = mesh.heights = level.ravel()
    return mesh


def levels_of(heights: Window, lowest: float) -> list[float]:
    """Heights of the level lines: close together where the function is low."""
    return bowl_levels(max(lowest, heights[0]), heights[1], LEVELS)[:-1]


def space_of(theme: Theme, shares: Shares) -> Space:
    """A space whose sides are shares, 0…1, of a window: so no number is too large for it."""
    space = Space(
        theme, (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), size=(4.6, 4.6, 2.6),
        theta=THETAS[0], phi=46 * DEGREE, resolution=120,
    )  # fmt: skip
    space.world.units = (shares.low, shares.high)
    return space


def surface_of(space: Space, shares: Shares, field: ScalarField) -> Mesh:
    """The graph of a field in such a space, as far as it is in its box."""
    mesh = trim(space.surface(shares.field(field)))
    return stated(mesh, graph_of(space, field, cut=True))


class Shares:
    """Points of the data as shares (0…1) of a window and its heights: what the space is made of."""

    def __init__(self, window: tuple[Window, Window], heights: Window) -> None:
        self.low: NDArray[np.float64] = np.array([*(side[0] for side in window), heights[0]])
        self.high: NDArray[np.float64] = np.array([*(side[1] for side in window), heights[1]])

    def of(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points (…, 3) of the data as shares; what is far outside only about."""
        with np.errstate(all="ignore"):
            shares = (points - self.low) / (self.high - self.low)
        return np.clip(np.nan_to_num(shares, nan=FAR, posinf=FAR, neginf=-FAR), -FAR, FAR)

    def lift(self, field: ScalarField) -> Lift:
        """Points of the plane (n, 2) as shares on the graph of a field (n, 3)."""
        return lambda points: self.of(np.column_stack([points, field.at(points)]))

    def field(
        self, function: Callable[..., NDArray[np.float64]]
    ) -> Callable[..., NDArray[np.float64]]:
        """A function of the data as one of shares with shares as values."""
        low, high = self.low, self.high

        def values(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
            z = function(low[0] + x * (high[0] - low[0]), low[1] + y * (high[1] - low[1]))
            return np.asarray((z - low[2]) / (high[2] - low[2]))

        return values


def best_view(space: Space, spots: NDArray[np.float64]) -> float:
    """The azimuth from which most of these points (n, 3) of the space are seen."""
    hidden = []
    for theta in THETAS:
        space.camera.theta = theta
        hidden.append(sum(space.is_hidden(spot) for spot in spots))
    theta = THETAS[int(np.argmin(hidden))]
    space.camera.theta = theta
    return theta
