"""A walk of two variables in space: its iterates on the surface, and on the floor beneath."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.motion import Drawn
from gdstage.pace import total
from gdstage.walks.stepping import Course

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.pace import Moment
    from gdstage.space.solids import Curve, Dot3
    from gdstage.space.space import Space
    from gdstage.walks.panel import Reader

    Heights = Callable[[NDArray[np.float64]], NDArray[np.float64]]

SMOOTH = np.linspace(0, 1, 24)[:, None]
HALO = 0.045
PAST_RADIUS = 0.055
CLOSEST_PAST = 0.16


class Track:
    """The path of a walk on one sheet, whose `heights` of points (n, 2) are (n,): dot and trail.

    The dot has a halo of the ground's colour, so that it is seen on any surface. Passed iterates
    stay as small dots; those that would touch the one before are left out.
    """

    def __init__(self, space: Space, name: str, walk: Walk, heights: Heights) -> None:
        theme = space.world.theme
        self.space, self.name, self.walk, self.heights = space, name, walk, heights
        start = self.lift(walk.points[:1])
        self.line: Curve = space.curve(np.repeat(start, 2, axis=0), theme.ink, width=3.5)
        self.dot: Dot3 = space.dot(start[0], theme.iterate)
        self.halo: Dot3 = space.dot(start[0], theme.ground, self.dot.disc_radius + HALO)
        self.halo.rank, self.dot.rank = 1, 2
        self.past: list[Dot3] = []
        self._last = np.full(3, np.inf)
        self.claim(0)

    def lift(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points of the plane (n, 2) on the sheet (n, 3)."""
        return np.column_stack([points, np.broadcast_to(self.heights(points), len(points))])

    def claim(self, k: int) -> None:
        """Let the dot stand for iterate k."""
        (place,) = self.lift(self.walk.points[k : k + 1])
        self.dot.claim(self.name, k, place)

    def draw(self, k: int, point: NDArray[np.float64]) -> None:
        """Draw the way over iterates 0…k and on to a point (2,), and put the dot there."""
        corners = [*self.walk.points[: k + 1], point]
        way = np.concatenate([a + SMOOTH * (b - a) for a, b in pairwise(corners)])
        self.line.put(self.lift(way))
        for disc in (self.halo, self.dot):
            disc.put(self.lift(way[-1:]))

    def keep(self, k: int) -> None:
        """Leave a small dot on iterate k."""
        (place,) = self.lift(self.walk.points[k : k + 1])
        seen = self.space.project(place)
        if np.linalg.norm(seen - self._last) > CLOSEST_PAST:
            ink = self.space.world.theme.ink
            self.past.append(self.space.dot(place, ink, radius=PAST_RADIUS))
            self._last = seen

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """All that it draws."""
        return (self.line, self.halo, self.dot, *self.past)


class SpaceTrail:
    """One walk in a space, shown at an iterate or between two: on the graph of its field.

    With a `floor`, a height, it walks there too: straight steps on the map beneath the surface.
    """

    def __init__(self, space: Space, name: str, walk: Walk, floor: float | None = None) -> None:
        self.space, self.walk = space, walk
        self.tracks = [Track(space, name, walk, walk.field.at)]
        if floor is not None:
            self.tracks.append(Track(space, name, walk, lambda points: np.full(len(points), floor)))

    @property
    def dot(self) -> Dot3:
        """The dot on the surface."""
        return self.tracks[0].dot

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """All that it draws in the space."""
        return tuple(part for track in self.tracks for part in track.parts)

    def stand_on(self, k: int) -> SpaceTrail:
        """Stand on iterate k."""
        for track in self.tracks:
            track.draw(k, self.walk.points[k])
            track.claim(k)
        return self

    def stand_between(self, k: int, share: float) -> SpaceTrail:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k."""
        before, after = self.walk.points[k - 1], self.walk.points[k]
        for track in self.tracks:
            track.dot.release()
            track.draw(k - 1, before + share * (after - before))
        return self

    def leave_behind(self, k: int) -> SpaceTrail:
        """Turn iterate k into the past."""
        for track in self.tracks:
            track.keep(k)
        return self

    def descend(self, moments: Sequence[Moment], panel: Reader | None = None) -> mn.Animation:
        """Take the steps to the iterates of `moments`, each moving and resting as it says."""
        numbers = [] if panel is None else [panel.numbers]
        course = Course(self, moments, panel)
        moving = mn.Group(self.space, *numbers)
        return Drawn(moving, course.draw, run_time=total(moments), rate_func=mn.linear)

    def retire(self) -> list[Dot3]:
        """Turn the last iterate into the past too, and give the dots back, which have to go."""
        self.leave_behind(self.walk.stopped_at)
        for track in self.tracks:
            track.dot.release()
        return [disc for track in self.tracks for disc in (track.halo, track.dot)]
