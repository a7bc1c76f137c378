"""Where the viewer of a space stands, and where its points are seen in the frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Self

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Box3:
    """A window of the data (low and high corner) and the lengths that its sides are drawn with.

    `size` is in scene units at zoom 1; the box's middle is the origin of drawn space.
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    size: NDArray[np.float64]

    def to_drawn(self, points: ArrayLike) -> NDArray[np.float64]:
        """Points of the data (…, 3) in drawn space."""
        middle = (self.low + self.high) / 2
        return (np.asarray(points, dtype=float) - middle) * (self.size / (self.high - self.low))

    def to_data(self, points: ArrayLike) -> NDArray[np.float64]:
        """Points of drawn space (…, 3) in the data's units."""
        middle = (self.low + self.high) / 2
        return np.asarray(points, dtype=float) * ((self.high - self.low) / self.size) + middle


@dataclass(frozen=True)
class View:
    """One moment of a camera: a perspective projection of a box onto the frame.

    `theta` is the viewer's azimuth from the x-axis, `phi` the angle from the z-axis, in radians;
    `distance` is the viewer's, in drawn units from `centre`, and may be infinite.
    """

    box: Box3
    theta: float
    phi: float
    zoom: float
    centre: NDArray[np.float64]
    place: NDArray[np.float64]
    distance: float
    turn: NDArray[np.float64] = field(init=False)

    def __post_init__(self) -> None:
        """Prepare the rotation: its rows are the frame's right, its up, and toward the viewer."""
        (st, ct), (sp, cp) = ((np.sin(a), np.cos(a)) for a in (self.theta, self.phi))
        turn = np.array([[-st, ct, 0.0], [-cp * ct, -cp * st, sp], [sp * ct, sp * st, cp]])
        object.__setattr__(self, "turn", turn)

    def project(self, points: ArrayLike) -> NDArray[np.float64]:
        """Points of the data (…, 3) as scene x, scene y and nearness to the viewer (…, 3)."""
        seen = (self.box.to_drawn(points) - self.box.to_drawn(self.centre)) @ self.turn.T
        factor = self.zoom / (1 - seen[..., 2:] / self.distance)
        seen[..., :2] = self.place[:2] + seen[..., :2] * factor
        return seen

    @property
    def eye(self) -> NDArray[np.float64]:
        """The viewer's position in the data's units (3,); very far when it is at infinity."""
        distance = min(self.distance, 1e9)
        return self.box.to_data(self.box.to_drawn(self.centre) + distance * self.turn[2])

    def toward(
        self, points: NDArray[np.float64], lengths: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Points of the data (n, 3) moved `lengths` (n,) drawn units toward the viewer."""
        drawn = self.box.to_drawn(points)
        way = self.box.to_drawn(self.eye) - drawn
        return self.box.to_data(
            drawn + lengths[:, None] * way / np.linalg.norm(way, axis=-1, keepdims=True)
        )


class Camera3(mn.Mobject):
    """The camera of a space as a mobject, so that `.animate`, trackers and updaters move it.

    `theta`, `phi` (radians) and `zoom` are numbers, `centre` the point of the data that is seen
    at `place`, a point of the scene. `camera.animate.set(theta=1.0, zoom=2.0)` plays a move.
    `world` is that of the space that it looks at.
    """

    def __init__(
        self,
        theta: float,
        phi: float,
        zoom: float,
        centre: ArrayLike,
        place: ArrayLike,
    ) -> None:
        super().__init__()
        self.points = np.array([[theta, phi, zoom], centre, place], dtype=float)
        self.world: Any = None
        self.add_updater(stay_live)

    theta = property(
        lambda self: float(self.points[0, 0]), lambda self, value: self._put((0, 0), value)
    )
    phi = property(
        lambda self: float(self.points[0, 1]), lambda self, value: self._put((0, 1), value)
    )
    zoom = property(
        lambda self: float(self.points[0, 2]), lambda self, value: self._put((0, 2), value)
    )
    centre = property(lambda self: self.points[1].copy(), lambda self, value: self._put(1, value))
    place = property(lambda self: self.points[2].copy(), lambda self, value: self._put(2, value))

    def state(self) -> bytes:
        """What must stay the same for places to be where they are seen: all that hides others."""
        return self.points.tobytes() + (b"" if self.world is None else self.world.areas())

    def _put(self, where: Any, value: ArrayLike) -> None:
        self.points[where] = value

    def interpolate(
        self, mobject1: mn.Mobject, mobject2: mn.Mobject, alpha: float, *_: Any, **__: Any
    ) -> Self:
        """Stand between two cameras; where both are one, leave others free to move it."""
        if not np.array_equal(mobject1.points, mobject2.points):
            self.points = (1 - alpha) * mobject1.points + alpha * mobject2.points
        return self


def stay_live(_: mn.Mobject) -> None:
    """Do nothing, every frame.

    Manim paints what has no updater into a still background during an animation; all of a space
    must be painted in one pass instead.
    """
