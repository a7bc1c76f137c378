"""The floor of a space as a map: vectors on it, their field, and a right angle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.theme import rgb
from gdstage.motion import Drawn
from gdstage.space.solids import FloorLines

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from gdmath import ScalarField
    from gdstage.look.readout import Readout
    from gdstage.space.solids import Arrow3, Curve
    from gdstage.space.space import Space

ARROW_WIDTH, BARB = 3.0, 0.22
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
        return self.space.curve(edge, self.space.world.theme.faint, width=2.0)

    def parallelogram(self, point: ArrayLike, vector: ArrayLike, colour: str) -> list[Curve]:
        """The sides that lead from a vector's two components at a point (2,) to its tip, dashed."""
        _, tip = self.ends(point, vector)
        feet = [self.ends(point, part)[1] for part in np.diag(np.asarray(vector, dtype=float))]
        return [self.space.line(foot, tip, colour, width=2.5, dashes=9) for foot in feet]

    def right_angle(self, corner: ArrayLike, leg: ArrayLike, size: float, colour: str) -> Curve:
        """The sign of a right angle at a corner (2,), one leg of which has a direction (2,)."""
        along = size * np.asarray(leg, dtype=float) / np.linalg.norm(leg)
        across = np.array([-along[1], along[0]])
        sign = np.asarray(corner, dtype=float) + np.array([across, across + along, along])
        return self.space.curve(self.at(sign), colour, width=3.5)


class GradientArrows:
    """The gradients of a field at points (n, 2) of a floor, all as one set of lines on it.

    Every arrow is one line: out to the tip, and from there the two barbs of the head. So many
    arrows as parts of their own would each cost time in every frame.
    """

    def __init__(self, floor: Floor, field: ScalarField, points: ArrayLike, colour: str) -> None:
        self.floor = floor
        self.points = np.asarray(points, dtype=float)
        self.vectors = floor.scale * field.gradient(self.points)
        colours = np.tile(rgb(colour), (len(self.points), 1))
        self.lines = FloorLines(floor.space.world, self._arrows(0.0), colours, ARROW_WIDTH)
        floor.space.add(self.lines)
        self.draw(0.0)

    def draw(self, share: float) -> None:
        """Draw the arrows at this share (0…1) of their length."""
        self.lines.put(np.concatenate(self._arrows(share)))
        self.lines.set_fill(opacity=float(share > 0))

    def grow(self, run_time: float) -> mn.Animation:
        """Let all arrows grow from their points."""
        return Drawn(self.floor.space, self.draw, run_time=run_time, rate_func=mn.smooth)

    def _arrows(self, share: float) -> list[NDArray[np.float64]]:
        ways = share * self.vectors
        lengths = np.linalg.norm(ways, axis=1, keepdims=True)
        back = -ways / np.where(lengths > 0, lengths, 1) * np.minimum(BARB, 0.5 * lengths)
        aside = 0.5 * back @ np.array([[0.0, 1.0], [-1.0, 0.0]])
        tips = self.points + ways
        corners = (self.points, tips, tips + back + aside, tips, tips + back - aside)
        return list(self.floor.at(np.stack(corners, axis=1)))


class Probe:
    """An arrow on a floor that shows the gradient of a field at a point (2,), wherever it is.

    It may be turned by an angle and scaled; `steepness` is the gradient's own length.
    """

    def __init__(self, floor: Floor, field: ScalarField, at: ArrayLike, colour: str) -> None:
        self.floor, self.field = floor, field
        self.point = np.asarray(at, dtype=float)
        self.turn, self.scale = 0.0, 1.0
        self.arrow = floor.vector(at, field.gradient(at), colour, width=6.0)

    @property
    def steepness(self) -> float:
        """The length of the gradient where it stands."""
        return float(np.linalg.norm(self.field.gradient(self.point)))

    def draw(self) -> None:
        """Draw the arrow as it is now."""
        sine, cosine = np.sin(self.turn), np.cos(self.turn)
        turned = np.array([[cosine, -sine], [sine, cosine]]) @ self.field.gradient(self.point)
        self.arrow.put(self.floor.ends(self.point, self.scale * turned))

    def slide(self, to: ArrayLike, live: Readout, run_time: float) -> mn.Animation:
        """Move it to another point, while a readout tells its length."""
        start, way = self.point, np.asarray(to, dtype=float) - self.point

        def draw(share: float) -> None:
            self.point = start + share * way
            self.draw()
            live.write(self.steepness)

        return self._animation(draw, run_time, live)

    def become(self, turn: float, scale: float, run_time: float) -> mn.Animation:
        """Turn it to an angle from the gradient, and scale it."""
        begin, end = np.array([self.turn, self.scale]), np.array([turn, scale])

        def draw(share: float) -> None:
            self.turn, self.scale = begin + share * (end - begin)
            self.draw()

        return self._animation(draw, run_time)

    def _animation(
        self, draw: Callable[[float], None], run_time: float, *more: mn.Mobject
    ) -> mn.Animation:
        moving = mn.Group(self.floor.space, *more)
        return Drawn(moving, draw, run_time=run_time, rate_func=mn.smooth)


def lattice(reach: int) -> list[tuple[int, int]]:
    """The points with whole coordinates within ±reach, but the origin."""
    steps = range(-reach, reach + 1)
    return [(i, j) for i in steps for j in steps if i or j]
