"""A walk of two variables in a space: its iterates on a surface, or on the floor beneath."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from gdstage.proof.fact import WalkFacts
from gdstage.proof.in_space import FieldFacts, way
from gdstage.proof.statement import point as point_at
from gdstage.proof.statement import scenery, stated
from gdstage.walks.stepping import Stepper

if TYPE_CHECKING:
    from collections.abc import Callable

    import manim as mn
    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.proof.fact import Place
    from gdstage.space.solids import Curve, Dot3
    from gdstage.space.space import Space

    Array = NDArray[np.float64]
    Lift = Callable[[Array], Array]

SMOOTH = np.linspace(0, 1, 24)[:, None]
HALO = 0.045
PAST_RADIUS = 0.055
CLOSEST_PAST = 0.16
WIDTH = 3.5
EDGE = 1e-9
"""By this share of the box's sides a point may be outside and still be seen."""


class SurfaceWalk(Stepper):
    """One walk in a space, shown at an iterate or between two, with the path that it took.

    `lift` says where points of the plane (n, d) are in the space's own coordinates (n, 3): on the
    graph of the walk's field unless told; what is on the `floor` says so. The dot has a halo of
    the ground's colour, so that it is seen on any surface; passed iterates stay as small dots, but
    for those that would touch the one before. What is out of the space's box is not drawn. Without
    a `trail` there is no path, where it would lie on a curve that is there already. The dot is in
    the colour of iterates unless told.
    """

    def __init__(
        self,
        space: Space,
        name: str,
        walk: Walk,
        lift: Lift | None = None,
        *,
        trail: bool = True,
        floor: bool = False,
        colour: str = "",
    ) -> None:
        theme = space.world.theme
        self.space, self.name, self.walk = space, name, walk
        self.facts, self.floor = WalkFacts(walk), floor
        self.lift = lift or self._on_the_graph
        self._hidden = np.tile((space.box.low + space.box.high) / 2, (2, 1))
        self.line: Curve = space.curve(self._hidden, theme.ink, width=WIDTH)
        self.trail = [self.line] if trail else []
        if not trail:
            space.remove(self.line)
        self.dot: Dot3 = space.dot(self._hidden[0], colour or theme.iterate)
        self.halo: Dot3 = space.dot(self._hidden[0], theme.ground, self.dot.disc_radius + HALO)
        self.halo.rank, self.dot.rank = 1, 2
        stated(self.halo, scenery("halo", space))
        self.discs = [self.halo, self.dot]
        self.past: list[Dot3] = []
        self._last = np.full(3, np.inf)
        self.stand_on(0)

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """All that it draws in the space; the dots only until it is retired."""
        return (*self.trail, *self.discs, *self.past)

    def place(self, k: int) -> Array:
        """Where iterate k is, in the space's own coordinates (3,)."""
        return self.lift(self.walk.points[k : k + 1])[0]

    def known(self, k: int) -> Place:
        """Iterate k as facts: on the graph, or on the floor."""
        return (*self.facts.on_map(k), None) if self.floor else self.facts.on_surface(k)

    def known_between(self, k: int, share: float) -> Place:
        """The place so far on the way from iterate k - 1 to iterate k, as facts."""
        on_map = self.facts.between_on_map(k, share)
        return (*on_map, None if self.floor else FieldFacts(self.walk.field).height(on_map))

    def stand_on(self, k: int) -> SurfaceWalk:
        """Stand on iterate k."""
        self.draw(k, self.walk.points[k])
        stated(self.dot, None)  # at rest it claims the iterate
        stated(self.line, way(self.space, self.walk, k, floor=self.floor))
        place = self.place(k)
        # Outside it stands for the iterate all the same: not seen, so it proves nothing.
        known = point_at(self.space, "iterate", self.known(k))
        seen = self._in_box(place[None])[0]
        self.dot.claim(self.name, k, place if seen else np.full(3, np.nan), known)
        return self

    def stand_between(self, k: int, share: float) -> SurfaceWalk:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k."""
        before, after = self.walk.points[k - 1], self.walk.points[k]
        self.draw(k - 1, before + share * (after - before))
        stated(self.dot.release(), point_at(self.space, "on its way", self.known_between(k, share)))
        line = way(self.space, self.walk, k - 1, floor=self.floor, share=share)
        stated(self.line, line)
        return self

    def draw(self, k: int, point: Array) -> None:
        """Draw the way over iterates 0…k and on to a point (d,), and put the dot there."""
        spots = self.lift(way_to(self.walk, k, point))
        inside = self._in_box(spots)
        way = last_run(spots, inside)
        self.line.put(way if len(way) > 1 else self._hidden)
        self.line.set_fill(opacity=float(len(way) > 1))
        for disc in (self.halo, self.dot):
            disc.put(spots[-1:] if inside[-1] else self._hidden[:1])
            disc.set_fill(opacity=float(inside[-1]))

    def leave_behind(self, k: int) -> SurfaceWalk:
        """Leave a small dot on iterate k."""
        place = self.place(k)
        seen = self.space.project(place)
        if self._in_box(place[None])[0] and np.linalg.norm(seen - self._last) > CLOSEST_PAST:
            ink = self.space.world.theme.ink
            dot = self.space.dot(place, ink, radius=PAST_RADIUS)
            self.past.append(stated(dot, point_at(self.space, "past", self.known(k))))
            self._last = seen
        return self

    @property
    def moving(self) -> tuple[mn.Mobject, ...]:
        """What a step changes: the space."""
        return (self.space,)

    def retire(self) -> list[Dot3]:
        """Turn the last iterate into the past too, and give the dots back, which have to go."""
        self.leave_behind(self.walk.stopped_at)
        self.let_go()
        gone, self.discs = self.discs, []
        return gone

    def let_go(self) -> None:
        """Claim the last iterate no more: the dot only says that it is there."""
        last = self.known(self.walk.stopped_at)
        stated(self.dot.release(), point_at(self.space, "dot", last))

    def _on_the_graph(self, points: Array) -> Array:
        return np.column_stack([points, self.walk.field.at(points)])

    def _in_box(self, spots: Array) -> NDArray[np.bool_]:
        low, high = self.space.box.low, self.space.box.high
        slack = EDGE * (high - low)
        return np.asarray(((spots >= low - slack) & (spots <= high + slack)).all(axis=1))


def whole_way(walk: Walk) -> Array:
    """The straight way of a walk from its start to its end, (n, d)."""
    return way_to(walk, max(walk.stopped_at - 1, 0), walk.points[-1])


def way_to(walk: Walk, k: int, point: Array) -> Array:
    """The straight way over iterates 0…k and on to a point (d,), in small pieces, (n, d)."""
    corners = [*walk.points[: k + 1], point]
    return np.concatenate([a + SMOOTH * (b - a) for a, b in pairwise(corners)])


def last_run(spots: Array, inside: NDArray[np.bool_]) -> Array:
    """Of places (n, 3), the last ones in a row that are inside."""
    (kept,) = np.nonzero(inside)
    if not len(kept):
        return spots[:0]
    last = int(kept[-1])
    outside = np.flatnonzero(~inside[: last + 1])
    first = int(outside[-1]) + 1 if len(outside) else 0
    return spots[first : last + 1]
