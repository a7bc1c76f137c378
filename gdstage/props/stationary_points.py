"""What `scenes/stationary_points.py` shows: the curvatures of a surface at a point."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.motion import Drawn
from gdstage.space.slices import slice_curve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdmath import ScalarField
    from gdstage.look.readout import Readout
    from gdstage.space.solids import Mesh
    from gdstage.space.space import Space

FLAT = 1e-9


class Curvatures:
    """The slices of a surface along x and y through a point: green where it curves up, red down.

    The surface may turn from one field into another; in between it is their mixture, whose Hessian
    is the mixture of theirs. `values` (2,) are the second derivatives along x and y now: the
    eigenvalues of the Hessian, which must be diagonal.
    """

    def __init__(
        self, space: Space, surface: Mesh, field: ScalarField, at: tuple[float, float], reach: float
    ) -> None:
        self.space, self.surface, self.at, self.reach = space, surface, at, reach
        self.field = self.goal = field
        self.curves = [space.curve(np.zeros((2, 3)), self._colour(1.0), width=8) for _ in (0, 1)]
        self.draw(0.0)

    def draw(self, share: float) -> None:
        """Be at this share (0…1) of the way from the field to its goal."""
        start, end = (field.hessian(self.at) for field in (self.field, self.goal))
        hessian = start + share * (end - start)
        if abs(hessian[0, 1]) > FLAT:
            raise ValueError(f"Hessian {hessian.tolist()} at {self.at} must be diagonal")
        self.values = np.diag(hessian)
        for axis, (curve, value) in enumerate(zip(self.curves, self.values, strict=True)):
            window = (-self.reach, self.reach)
            one, other = (slice_curve(f, self.at, axis, window) for f in (self.field, self.goal))
            curve.put((1 - share) * one + share * other)
            curve.set_fill(self._colour(float(value)))

    def turn_into(self, goal: ScalarField, live: Readout, run_time: float) -> mn.Animation:
        """Let the surface become another field's, while a readout tells the value along y."""
        self.goal = goal

        def draw(share: float) -> None:
            self.surface.set_field(lambda x, y: self._mixed(x, y, share))
            self.draw(share)
            live.write(round(float(self.values[1]), 2))

        moving = mn.Group(self.space, live)
        return Drawn(moving, draw, run_time=run_time, rate_func=mn.smooth)

    def _mixed(
        self, x: NDArray[np.float64], y: NDArray[np.float64], share: float
    ) -> NDArray[np.float64]:
        return (1 - share) * self.field(x, y) + share * self.goal(x, y)

    def _colour(self, value: float) -> str:
        theme = self.space.world.theme
        if abs(value) < FLAT:
            return theme.ink
        return theme.minimum if value > 0 else theme.danger
