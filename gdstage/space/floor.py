"""The floor of a space as a map: vectors on it, their field, and a right angle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gdstage.proof.in_space import FieldFacts, on_floor
from gdstage.proof.statement import scenery, segment, stated, trail

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from gdmath import ScalarField
    from gdstage.space.solids import Arrow3, Curve
    from gdstage.space.space import Space

CORNERS = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])


class Floor:
    """The floor of a space; vectors on it are drawn `scale` times as long as they are."""

    def __init__(self, space: Space, scale: float) -> None:
        self.space, self.scale = space, scale
        self.height = float(space.box.low[2])

    def at(self, points: ArrayLike) -> NDArray[np.float64]:
        """Points of the plane (…, 2) on the floor (…, 3)."""
        points = np.asarray(points, dtype=float)
        return np.concatenate([points, np.full((*points.shape[:-1], 1), self.height)], axis=-1)

    def ends(self, point: ArrayLike, vector: ArrayLike) -> NDArray[np.float64]:
        """Where a vector (2,) at a point (2,) begins and ends on the floor (2, 3)."""
        start = np.asarray(point, dtype=float)
        return self.at([start, start + self.scale * np.asarray(vector, dtype=float)])

    def vector(
        self, point: ArrayLike, vector: ArrayLike, colour: str, width: float = 5.0
    ) -> Arrow3:
        """The arrow of a vector (2,) at a point (2,)."""
        tail, tip = self.ends(point, vector)
        return self.space.arrow(tail, tip, colour, width=width, head=0.04 * width)

    def border(self) -> Curve:
        """The edge of the floor."""
        low, high = self.space.box.low[:2], self.space.box.high[:2]
        edge = self.at(low + CORNERS * (high - low))
        border = self.space.curve(edge, self.space.world.theme.faint, width=2.0)
        return stated(border, scenery("border", self.space))

    def parallelogram(
        self, field: ScalarField, point: tuple[float, float], colour: str
    ) -> list[Curve]:
        """The sides that lead from a gradient's two components at a point to its tip, dashed."""
        facts, sides = FieldFacts(field), []
        gradient = field.gradient(np.asarray(point, dtype=float))
        _, tip = self.ends(point, gradient)
        for axis, part in enumerate(np.diag(gradient)):
            foot = self.ends(point, part)[1]
            side = self.space.line(foot, tip, colour, width=2.5, dashes=9)
            ends = (facts.arrow_end(point, self.scale, axes) for axes in ((axis,), (0, 1)))
            sides.append(stated(side, segment(self.space, "parallelogram", *ends)))
        return sides

    def right_angle(self, corner: ArrayLike, leg: ArrayLike, size: float, colour: str) -> Curve:
        """The sign of a right angle at a corner (2,), one leg of which has a direction (2,)."""
        along = size * np.asarray(leg, dtype=float) / np.linalg.norm(leg)
        across = np.array([-along[1], along[0]])
        sign = np.asarray(corner, dtype=float) + np.array([across, across + along, along])
        curve = self.space.curve(self.at(sign), colour, width=3.5)
        return stated(curve, trail(self.space, map(on_floor, sign), "right angle"))
