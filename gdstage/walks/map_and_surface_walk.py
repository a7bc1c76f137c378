"""One walk in two pictures: on the surface in space, and on the map seen from above."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.motion import Drawn
from gdstage.pace import total
from gdstage.walks.map_walk import Trail2D
from gdstage.walks.stepping import Course

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.pace import Moment
    from gdstage.plane.axes import Plane
    from gdstage.space.space import Space
    from gdstage.walks.panel import Reader

LEG_SAMPLES = 24
PAST_RADIUS = 0.05


class TwinFigure(Trail2D):
    """A walk of two variables, on a map and on a surface at once.

    Both dots claim the same iterates. On the map the path is straight between iterates, as the
    steps are; on the surface it lies on the surface, above the same straight line.
    """

    def __init__(self, plane: Plane, space: Space, name: str, walk: Walk) -> None:
        self.space = space
        start = np.append(walk.points[0], walk.values[0])
        self.above = space.curve(np.array([start, start]), plane.theme.ink, width=3.5)
        self.dot_above = space.dot(start, plane.theme.iterate)
        self.dot_above.rank = 1
        self.past_above: list[mn.Mobject] = []
        super().__init__(plane, name, walk)

    def stand_on(self, k: int) -> TwinFigure:
        """Stand on iterate k, in both pictures."""
        super().stand_on(k)
        point = self.walk.points[k]
        self._climb(k, point)
        self.dot_above.claim(self.name, k, np.append(point, self.walk.values[k]))
        return self

    def stand_between(self, k: int, share: float) -> TwinFigure:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k."""
        super().stand_between(k, share)
        self.dot_above.release()
        before, after = self.walk.points[k - 1], self.walk.points[k]
        self._climb(k - 1, before + share * (after - before))
        return self

    def leave_behind(self, k: int) -> TwinFigure:
        """Turn iterate k, and the step that led to it, into the past, in both pictures."""
        super().leave_behind(k)
        point = np.append(self.walk.points[k], self.walk.values[k])
        self.past_above.append(self.space.dot(point, self.plane.theme.ink, radius=PAST_RADIUS))
        return self

    def descend(self, moments: Sequence[Moment], panel: Reader | None = None) -> mn.Animation:
        """Take the steps to the iterates of `moments`, each moving and resting as it says."""
        course = Course(self, moments, panel)
        # Manim redraws what stands after the first thing that moves, so the numbers come last.
        moving = mn.Group(self.space, self, *([panel.numbers] if panel is not None else []))
        return Drawn(moving, course.draw, run_time=total(moments), rate_func=mn.linear)

    @property
    def in_space(self) -> tuple[mn.Mobject, ...]:
        """What belongs to this walk in space."""
        return (self.above, self.dot_above, *self.past_above)

    def _climb(self, k: int, point: NDArray[np.float64]) -> None:
        """Draw the path over iterates 0…k and on to a point (2,), and put the dot there."""
        corners = np.vstack([self.walk.points[: k + 1], point])
        shares = np.linspace(0, 1, LEG_SAMPLES)[:, None]
        legs = np.concatenate([a + shares * (b - a) for a, b in pairwise(corners)])
        path = np.column_stack([legs, self.walk.field.at(legs)])
        self.above.put(path)
        self.dot_above.put(path[-1:])
