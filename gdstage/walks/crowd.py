"""Several walks, or many, at once in one picture: each a dot of its own colour."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdmath import descend, gradient_step
from gdstage.look.signs import CROSS_SIGN, arrow_head, strokes
from gdstage.look.theme import mix
from gdstage.motion import Drawn
from gdstage.pace import TICK
from gdstage.proof.evidence import IterateDot
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.field_facts import FieldFacts
from gdstage.proof.statement import crowd, point, scenery, segment, stated, tip, trail
from gdstage.walks.outside import tamed
from gdstage.walks.run import Run
from gdstage.walks.stepping import flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdmath import ScalarField
    from gdstage.pace import Moment
    from gdstage.plane.axes import Plane
    from gdstage.proof.fact import Place
    from gdstage.proof.statement import Statement
    from gdstage.walks.board import Board

    Array = NDArray[np.float64]

RADIUS, SMALL = 0.1, 0.07
HALO = 0.04
"""How far the halo of a dot of the usual size reaches beyond it, in scene units."""

RING = 0.07
CLOSEST_RINGS = 0.14
SHORTEST_LEG = 0.02
LEG_SAMPLES = 160
HALOS = scenery("halo")
"""What those of a crowd on its way are together: of each, whether it stands is of no interest."""


def unnamed_runs(
    field: ScalarField, rate: float, starts: Array, steps: int, colours: Sequence[str]
) -> list[Run]:
    """Walks of `steps` steps from many starts (m, d), each with its colour; none is evidence."""
    step = gradient_step(rate)
    walks = [descend(field, start, step, steps) for start in starts]
    return [Run("", "", walk, colour) for walk, colour in zip(walks, colours, strict=True)]


class Crowd(mn.VGroup):
    """The walks of several runs, all at iterate k at the same time, or between two.

    In one variable they walk on the graph, in two on the map. A walk that is over stands still;
    one that is outside the window is an arrow head at its edge; one that has no value, a cross.
    With `legs` the steps are drawn as lines, with `rings` iterates that a step has left. Dots of
    runs with a name claim their iterates.
    """

    def __init__(
        self,
        plane: Plane,
        runs: Sequence[Run],
        *,
        legs: bool = False,
        rings: bool = True,
        radius: float = RADIUS,
    ) -> None:
        super().__init__()
        self.plane, self.runs, self.legs, self.rings = plane, runs, legs, rings
        self.field, self.radius = runs[0].walk.field, radius
        self.facts = [WalkFacts(run.walk) for run in runs]
        self.past, self.halos, self.dots = mn.VGroup(), mn.VGroup(), mn.VGroup()
        self.steps, self.trails, self.heads, self.crosses = (mn.VGroup() for _ in range(4))
        for run in runs:
            faded = self._faded(run.colour)
            reach = radius + HALO * (radius / RADIUS) ** 2
            halo = mn.Dot(radius=reach, color=plane.theme.ground)
            self.halos.add(stated(halo, scenery("halo")))
            self.dots.add(IterateDot(run.colour, radius))
            self.steps.add(mn.VMobject(stroke_color=faded, stroke_width=3))
            self.trails.add(mn.VMobject(stroke_color=faded, stroke_width=3))
            self.heads.add(mn.VMobject(stroke_width=0).set_fill(run.colour, 1))
            self.crosses.add(strokes(CROSS_SIGN, 1.3 * radius, run.colour, 6))
        self.halos.set_z_index(8)
        self.crosses.set_stroke(opacity=0).set_z_index(9)
        self._last_ring = [np.full(3, np.inf) for _ in runs]
        self._k = 0
        self._stated: list[int] = []
        self.add(
            self.trails, self.past, self.steps, self.heads, self.crosses, self.halos, self.dots
        )
        self.stand_on(0)

    @property
    def length(self) -> int:
        """The number of steps of the longest walk."""
        return max(run.walk.stopped_at for run in self.runs)

    def ks(self, k: int) -> list[int]:
        """The iterate at which each walk is, when all have been allowed k steps."""
        return [min(k, run.walk.stopped_at) for run in self.runs]

    # In time

    def flow(self, run_time: float, *, back: bool = False) -> mn.Animation:
        """Let everyone walk evenly from the start to the last step, or back again."""
        return flow(self, self, run_time, back=back)

    def step(self, moments: Sequence[Moment], board: Board) -> mn.Animation:
        """Take steps together, each moving and resting as the moments say."""
        ticks = [
            (m.k, max(round((m.landing - m.start) / TICK), 1),
             max(round((m.end - m.landing) / TICK), 1))
            for m in moments
        ]  # fmt: skip
        ends = np.cumsum([move + rest for _, move, rest in ticks])
        whole = int(ends[-1])

        def draw(alpha: float) -> None:
            now = alpha * whole + 1e-6
            i = min(int(np.searchsorted(ends, now, side="right")), len(ticks) - 1)
            k, move, rest = ticks[i]
            share = (now - (ends[i] - move - rest)) / move
            self._catch_up(k - 1)
            if share >= 1:
                self._catch_up(k)
                board.read(self.ks(k))
            elif share > 0.01:
                self.stand_between(k, float(mn.smooth(share)))

        moving = mn.Group(self, board.numbers)
        return Drawn(moving, draw, run_time=whole * TICK, rate_func=mn.linear)

    def recolour(self, colours: Sequence[str], run_time: float) -> mn.Animation:
        """Give each walker another colour."""
        turns = []
        for i, colour in enumerate(colours):
            parts = (self.dots[i], self.heads[i])
            turns += [mn.ApplyMethod(part.set_fill, colour) for part in parts]
            turns.append(mn.ApplyMethod(self.crosses[i].set_stroke, colour))
        return mn.AnimationGroup(*turns, run_time=run_time)

    # At a moment

    def stand_on(self, k: int) -> Crowd:
        """Stand on iterate k of each walk."""
        ks = self.ks(k)
        points = np.array([run.walk.points[i] for run, i in zip(self.runs, ks, strict=True)])
        values = np.array([run.walk.values[i] for run, i in zip(self.runs, ks, strict=True)])
        places, seen = self._stand_at(points, values)
        # At rest: what is stated anew in each frame never stands.
        known, self._stated = self._stated == ks, ks
        for i, (run, kk) in enumerate(zip(self.runs, ks, strict=True)):
            self.steps[i].clear_points()
            if self.legs and kk == k > 0:
                self._draw_leg(i, self._place_of(run, kk - 1), places[i])
                if not known:
                    ends = self._known(i, kk - 1), self._known(i, kk)
                    stated(self.steps[i], segment(self.plane, "step", *ends))
        if not known:
            self._state_walkers(None)
            self._claim(ks, places, seen)
            self._state(ks)
        return self

    def stand_between(self, k: int, share: float) -> Crowd:
        """Be `share` of the way from iterates k - 1 to k, where there is such a step."""
        before, after = (
            np.array([run.walk.points[min(j, run.walk.stopped_at)] for run in self.runs])
            for j in (k - 1, k)
        )
        points = before + share * (after - before)
        places, seen = self._stand_at(points, np.asarray(self.field.at(points)))
        self._stated = []
        self._state_walkers(crowd(self.plane, (run.walk for run in self.runs), k, share))
        for i, run in enumerate(self.runs):
            stated(self.dots[i].release(), None)
            steps = self.legs and k <= run.walk.stopped_at
            if seen[i] and not steps:
                continue
            known = self._known_between(i, k, share)
            self._state_signs(i, known)
            if steps:
                self._draw_leg(i, self._place_of(run, k - 1), places[i])
                ends = self._known(i, k - 1), known
                stated(self.steps[i], segment(self.plane, "step", *ends))
        return self

    def leave_behind(self, k: int) -> Crowd:
        """Turn iterate k of each walk that goes on into a ring."""
        for i, run in enumerate(self.runs):
            if k >= run.walk.stopped_at:
                continue
            place = self._place_of(run, k)
            if self.legs:
                self._draw_leg(i, place, self._place_of(run, k + 1))
                self._keep_leg(i, k + 1)
            apart = np.linalg.norm(place - self._last_ring[i]) > CLOSEST_RINGS
            if self.rings and apart and self.plane.box.contains(place):
                ring = mn.Circle(RING, stroke_color=self._faded(run.colour), stroke_width=2.5)
                ring.set_fill(self.plane.theme.ground, 1).move_to(place).set_z_index(3)
                self.past.add(stated(ring, point(self.plane, "ring", self._known(i, k))))
                self._last_ring[i] = place
        return self

    def _catch_up(self, k: int) -> None:
        for passed in range(self._k, k):
            self.leave_behind(passed)
        if k >= self._k:
            self._k = k
            self.stand_on(k)

    def _stand_at(self, points: Array, values: Array) -> tuple[Array, NDArray[np.bool_]]:
        """Put everyone at points (m, d) with their values (m,); the places, and who is seen."""
        places = self._places(points, values)
        inside = np.array([self.plane.box.contains(place) for place in places])
        lost = np.isnan(values)
        seen = inside & ~lost
        for i, place in enumerate(places):
            for part in (self.halos[i], self.dots[i]):
                part.move_to(place if seen[i] else np.zeros(3)).set_fill(opacity=float(seen[i]))
            self.crosses[i].move_to(place).set_stroke(opacity=float(inside[i] and lost[i]))
            self.heads[i].clear_points()
            if not inside[i]:
                middle = self.plane.box.middle
                edge = self.plane.box.way_out(middle, place)
                self.heads[i].set_points(arrow_head(middle, edge, "#000000", 0.24).points)
        return places, seen

    def _places(self, points: Array, values: Array) -> Array:
        """Where points (m, d) are in the scene (m, 3); without a value, on the graph's axis."""
        plane = self.plane
        heights = np.where(np.isnan(values), plane.y_window[0], values)
        with np.errstate(all="ignore"):
            return tamed(plane.at(points[:, 0], heights if points.shape[1] == 1 else points[:, 1]))

    def _place_of(self, run: Run, k: int) -> Array:
        return self._places(run.walk.points[k : k + 1], run.walk.values[k : k + 1])[0]

    def _claim(self, ks: Sequence[int], places: Array, seen: NDArray[np.bool_]) -> None:
        """Let each dot claim its iterate that has a name and that no other dot may hide."""
        for i, (run, k) in enumerate(zip(self.runs, ks, strict=True)):
            self.dots[i].release()
            if run.name and seen[i]:
                others = np.delete(places, i, axis=0)[np.delete(seen, i)]
                if (np.linalg.norm(others - places[i], axis=1) > 2 * self.radius + 0.08).all():
                    known = point(self.plane, "iterate", self._known(i, k))
                    self.dots[i].claim(run.name, k, places[i], known)

    def _state(self, ks: Sequence[int]) -> None:
        """Let all that stands for an iterate state it, but dots that claim it."""
        for i, k in enumerate(ks):
            dot, place = self.dots[i], self._known(i, k)
            stated(dot, None if dot.stands_for else point(self.plane, "dot", place))
            self._state_signs(i, place)

    def _state_walkers(self, on_their_way: Statement | None) -> None:
        """Let dots and halos state together where they are on their way, or each for itself."""
        stated(self.dots, on_their_way)
        stated(self.halos, HALOS if on_their_way else None)
        for halo in self.halos:
            stated(halo, None if on_their_way else scenery("halo"))

    def _state_signs(self, i: int, place: Place) -> None:
        """Let what stands for a walker whose dot is not seen state that it is at a place."""
        plane = self.plane
        windows = (plane.x_window, plane.y_window)
        middle = tuple(given("middle", (low + high) / 2) for low, high in windows)
        sure = all(math.isfinite(c.value) for c in place if c)
        stated(self.crosses[i], point(plane, "no value", place))
        # What is beyond float64 lies nowhere; there is an arrow all the same.
        stated(self.heads[i], tip(plane, "beyond", middle, place if sure else (None, None)))

    def _known(self, i: int, k: int) -> Place:
        """The place of an iterate: on the map, on the graph, or on its axis without a value."""
        facts = self.facts[i]
        if self.field.dimension > 1:
            return facts.on_map(k)
        lost = np.isnan(self.runs[i].walk.values[k])
        return facts.on_axis(k) if lost else facts.on_graph(k)

    def _known_between(self, i: int, k: int, share: float) -> Place:
        """The place so far on the way to iterate k, or where a walk that is over ended."""
        facts, last = self.facts[i], self.runs[i].walk.stopped_at
        if k > last:
            return self._known(i, last)
        if self.field.dimension > 1:
            return facts.between_on_map(k, share)
        place = FieldFacts(self.field).on_graph(facts.between(k, share))
        return place if math.isfinite(place[1].value) else (place[0], None)

    def _faded(self, colour: str) -> str:
        return mix(colour, self.plane.theme.ground, 0.4)

    def _keep_leg(self, i: int, k: int) -> None:
        """Add the step to iterate k, as drawn, to the trail, unless it is too short to be seen."""
        leg, way = self.steps[i].points, self.trails[i]
        if len(leg) and np.linalg.norm(leg[-1] - leg[0]) > SHORTEST_LEG:
            way.start_new_path(leg[0])
            way.add_line_to(leg[-1])
            stated(way, trail(self.plane, (), walk=self.runs[i].walk, upto=k))
        self.steps[i].clear_points()

    def _draw_leg(self, i: int, start: Array, end: Array) -> None:
        """The line of a step, as far as it is inside the window."""
        box = self.plane.box
        line = start + np.linspace(0, 1, LEG_SAMPLES)[:, None] * (end - start)
        x, y = line[:, 0], line[:, 1]
        kept = line[(x >= box.left) & (x <= box.right) & (y >= box.bottom) & (y <= box.top)]
        if len(kept) > 1:
            self.steps[i].set_points_as_corners([kept[0], kept[-1]])
        else:
            self.steps[i].clear_points()
