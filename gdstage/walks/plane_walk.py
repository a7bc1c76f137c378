"""A walk on a surface that carries its tangent plane along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.motion import Drawn
from gdstage.pace import total
from gdstage.walks.stepping import Course
from gdstage.walks.surface_walk import HALO, PAST_RADIUS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.pace import Moment
    from gdstage.space.space import Space
    from gdstage.walks.panel import Reader


class SurfaceWalker:
    """A walk of two variables on a surface: its dot, and small dots where it has been.

    The dot has a halo of the ground's colour, so that it is seen on lines and on any surface.
    """

    def __init__(self, space: Space, name: str, walk: Walk) -> None:
        self.space, self.name, self.walk = space, name, walk
        theme = space.world.theme
        self.dot = space.dot(self.lifted(walk.points[0]), theme.iterate)
        self.halo = space.dot(self.dot.place, theme.ground, self.dot.disc_radius + HALO)
        self.halo.rank, self.dot.rank = 1, 2
        self.past: list[mn.Mobject] = []
        self.stand_on(0)

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """What it has put into space."""
        return (self.halo, self.dot, *self.past)

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

    def descend(self, moments: Sequence[Moment], reader: Reader | None = None) -> mn.Animation:
        """Take the steps to the iterates of `moments`, and read them out."""
        course = Course(self, moments, reader)
        numbers = [] if reader is None else [reader.numbers]
        moving = mn.Group(self.space, *numbers)
        return Drawn(moving, course.draw, run_time=total(moments), rate_func=mn.linear)

    def go_to(self, point: NDArray[np.float64]) -> None:
        """Put the dot above a point (2,)."""
        for disc in (self.halo, self.dot):
            disc.put(self.lifted(point))

    def lifted(self, point: NDArray[np.float64]) -> NDArray[np.float64]:
        """The point (3,) of the surface above a point (2,)."""
        return np.append(point, self.walk.field.at(point))


class PlaneWalker(SurfaceWalker):
    """A walk on a surface with the tangent plane at its dot, over ± `reach` around it.

    The plane has a shadow straight beneath it on the floor.
    """

    def __init__(self, space: Space, name: str, walk: Walk, *, reach: float) -> None:
        self.reach = reach
        theme = space.world.theme
        self.shadow = space.wall(np.zeros((4, 3)), theme.dim, opacity=0.16, outline=1.5)
        self.patch = space.tangent_plane(lambda x, y: 0 * x * y, (0.0, 0.0), reach)
        super().__init__(space, name, walk)

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """What it has put into space."""
        return (self.shadow, self.patch, *super().parts)

    def go_to(self, point: NDArray[np.float64]) -> None:
        """Put the dot above a point (2,), and the plane at it."""
        super().go_to(point)
        sides = np.array([-self.reach, self.reach])
        field = self.walk.field
        x, y = np.meshgrid(sides, sides, indexing="ij")
        rise = np.stack([x, y], axis=-1) @ field.gradient(point)
        flat = np.stack([point[0] + x, point[1] + y], axis=-1)
        self.patch.put(np.concatenate([flat, (field.at(point) + rise)[..., None]], axis=-1))
        around = flat[[0, 1, 1, 0], [0, 0, 1, 1]]
        floor = np.full((4, 1), self.space.box.low[2])
        self.shadow.put(np.concatenate([around, floor], axis=-1))
