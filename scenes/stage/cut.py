"""A plane that cuts a surface in space, and a walk along the cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from scenes.stage.course import Course
from scenes.stage.drawn import Drawn
from scenes.stage.pace import total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdmath import ScalarField, Walk
    from scenes.stage.formula import Readout
    from scenes.stage.pace import Moment
    from scenes.stage.space import Space

SAMPLES = 120
PAST_RADIUS = 0.06


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


class SliceWalker:
    """A walk of one variable on the cut y = c of a surface: its dot, and the past as small dots."""

    def __init__(self, space: Space, name: str, walk: Walk, held: float) -> None:
        self.space, self.name, self.walk, self.held = space, name, walk, held
        theme = space.world.theme
        self.dot = space.dot(self._lifted(walk.points[0, 0]), theme.iterate)
        self.dot.rank = 1
        self.past: list[mn.Mobject] = []
        self.stand_on(0)

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """What it has put into space."""
        return (self.dot, *self.past)

    def stand_on(self, k: int) -> SliceWalker:
        """Stand on iterate k."""
        place = self._lifted(self.walk.points[k, 0])
        self.dot.put(place)
        self.dot.claim(self.name, k, place)
        return self

    def stand_between(self, k: int, share: float) -> SliceWalker:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k, on the cut."""
        self.dot.release()
        before, after = self.walk.points[k - 1, 0], self.walk.points[k, 0]
        self.dot.put(self._lifted(before + share * (after - before)))
        return self

    def leave_behind(self, k: int) -> SliceWalker:
        """Turn iterate k into a small dot."""
        place = self._lifted(self.walk.points[k, 0])
        self.past.append(self.space.dot(place, self.space.world.theme.ink, radius=PAST_RADIUS))
        return self

    def descend(self, moments: Sequence[Moment]) -> mn.Animation:
        """Take the steps to the iterates of `moments`."""
        course = Course(self, moments)
        return Drawn(self.space, course.draw, run_time=total(moments), rate_func=mn.linear)

    def _lifted(self, x: float) -> NDArray[np.float64]:
        return np.array([x, self.held, self.walk.field(float(x))])
