"""A plane that cuts a surface in space, and a walk along the cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from scenes.stage.drawn import Drawn
from scenes.stage.plane_walk import SurfaceWalker

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdmath import ScalarField, Walk
    from scenes.stage.formula import Readout
    from scenes.stage.space import Space

SAMPLES = 120


class CuttingPlane:
    """The upright plane x = c (axis 0) or y = c (axis 1), with the curve in which it cuts."""

    def __init__(self, space: Space, field: ScalarField, *, axis: int, at: float) -> None:
        self.space, self.field, self.axis = space, field, axis
        self.at = at
        danger = space.world.theme.danger
        self.plane = space.plane(*((at, None) if axis == 0 else (None, at)), margin=0.06)
        self.curve = space.curve(self.points(at), danger, width=7)
        self.parts = (self.plane, self.curve)

    def points(self, at: float) -> NDArray[np.float64]:
        """The curve in which the plane at `at` cuts the surface, (n, 3)."""
        low, high = self.space.box.low[1 - self.axis], self.space.box.high[1 - self.axis]
        along = np.linspace(low, high, SAMPLES)
        flat = np.empty((SAMPLES, 2))
        flat[:, self.axis], flat[:, 1 - self.axis] = at, along
        return np.column_stack([flat, self.field.at(flat)])

    def move(self, to: float, live: Readout, run_time: float) -> mn.Animation:
        """Slide the plane, the cut and the number that says where it is, to another place."""
        start, self.at = self.at, to

        def draw(share: float) -> None:
            now = start + share * (to - start)
            corners = self.plane.points.copy()
            corners[:, self.axis] = now
            self.plane.put(corners)
            self.curve.put(self.points(now))
            live.write(round(now, 2))

        return Drawn(mn.Group(self.space, live), draw, run_time=run_time)


class SliceWalker(SurfaceWalker):
    """A walk of one variable on the cut y = c of a surface."""

    def __init__(self, space: Space, name: str, walk: Walk, held: float) -> None:
        self.held = held
        super().__init__(space, name, walk)

    def lifted(self, point: NDArray[np.float64]) -> NDArray[np.float64]:
        """The point (3,) of the cut above x, a point (1,)."""
        return np.array([point[0], self.held, self.walk.field.at(point)])
