"""A walk on a surface that carries its tangent plane along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from scenes.stage.course import Course
from scenes.stage.drawn import Drawn
from scenes.stage.pace import total

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from gdmath import Walk
    from scenes.stage.pace import Moment
    from scenes.stage.space import Space

PAST_RADIUS = 0.06


class SurfaceWalker:
    """A walk of two variables on a surface: its dot, and small dots where it has been."""

    def __init__(self, space: Space, name: str, walk: Walk) -> None:
        self.space, self.name, self.walk = space, name, walk
        theme = space.world.theme
        self.dot = space.dot(self.lifted(walk.points[0]), theme.iterate)
        self.dot.rank = 1
        self.past: list[mn.Mobject] = []
        self.stand_on(0)

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """What it has put into space."""
        return (self.dot, *self.past)

    def stand_on(self, k: int) -> SurfaceWalker:
        """Stand on iterate k."""
        self.go_to(self.walk.points[k])
        self.dot.claim(self.name, k, self.lifted(self.walk.points[k]))
        return self

    def stand_between(self, k: int, share: float) -> SurfaceWalker:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k, on the surface."""
        self.dot.release()
        before, after = self.walk.points[k - 1], self.walk.points[k]
        self.go_to(before + share * (after - before))
        return self

    def leave_behind(self, k: int) -> SurfaceWalker:
        """Turn iterate k into a small dot."""
        place = self.lifted(self.walk.points[k])
        self.past.append(self.space.dot(place, self.space.world.theme.ink, radius=PAST_RADIUS))
        return self

    def descend(self, moments: Sequence[Moment]) -> mn.Animation:
        """Take the steps to the iterates of `moments`."""
        course = Course(self, moments)
        return Drawn(self.space, course.draw, run_time=total(moments), rate_func=mn.linear)

    def go_to(self, point: NDArray[np.float64]) -> None:
        """Put the dot above a point (2,)."""
        self.dot.put(self.lifted(point))

    def lifted(self, point: NDArray[np.float64]) -> NDArray[np.float64]:
        """The point (3,) of the surface above a point (2,)."""
        return np.append(point, self.walk.field.at(point))


class PlaneWalker(SurfaceWalker):
    """A walk on a surface with the tangent plane at its dot, over ± `reach` around it."""

    def __init__(self, space: Space, name: str, walk: Walk, *, reach: float) -> None:
        self.reach = reach
        start = walk.points[0]
        self.patch = space.tangent_plane(
            self._plane(walk, start), (float(start[0]), float(start[1])), reach
        )
        super().__init__(space, name, walk)

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """What it has put into space."""
        return (self.patch, *super().parts)

    def go_to(self, point: NDArray[np.float64]) -> None:
        """Put the dot above a point (2,), and the plane at it."""
        super().go_to(point)
        sides = np.array([-self.reach, self.reach])
        x, y = np.meshgrid(point[0] + sides, point[1] + sides, indexing="ij")
        self.patch.put(np.stack([x, y, self._plane(self.walk, point)(x, y)], axis=-1))

    @staticmethod
    def _plane(walk: Walk, point: NDArray[np.float64]) -> Callable[..., NDArray[np.float64]]:
        """The tangent plane at a point (2,), as a function of x and y."""
        value, slope = float(walk.field.at(point)), walk.field.gradient(point)

        def plane(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
            return value + slope[0] * (x - point[0]) + slope[1] * (y - point[1])

        return plane
