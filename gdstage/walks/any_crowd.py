"""Several walks at once in one picture, each a dot of its own colour that leaves rings behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.signs import CROSS_SIGN, arrow_head, strokes
from gdstage.look.theme import mix
from gdstage.motion import Drawn
from gdstage.pace import TICK
from gdstage.proof.evidence import IterateDot
from gdstage.walks.any_beyond import tamed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from gdstage.any.plan import Run
    from gdstage.plane.axes import Plane
    from gdstage.walks.any_panel import Board

    Place = Callable[[NDArray[np.float64], float], NDArray[np.float64]]

RADIUS = 0.1
RING = 0.07
CLOSEST_RINGS = 0.14
SHORTEST_LEG = 0.02
APART = 2 * RADIUS + 0.08
"""Dots nearer than this may hide one another, so neither is offered as proof."""

DARK_COLOURS = (
    "#f4e04d", "#3cc08e", "#e8643c", "#c58be0", "#f2f0ea", "#f49ac0", "#9a7b4f", "#8fd14f",
)  # fmt: skip
LIGHT_COLOURS = (
    "#7a2fb8", "#0f7d55", "#bf3414", "#d03a8c", "#1d2029", "#8a6a00", "#5a8a00", "#8b90a0",
)  # fmt: skip


def colours_of(plane: Plane, count: int) -> tuple[str, ...]:
    """A colour for each of up to eight runs, none of them the function's."""
    dark = plane.theme.name == "dark"
    return (DARK_COLOURS if dark else LIGHT_COLOURS)[:count]


class AnyCrowd(mn.VGroup):
    """The walks of several runs, all at iterate k at the same time, or between two.

    `place` says where a point (d,) with its value is in the scene (3,). A walk that is over stands
    still; one that is outside the window is an arrow head at its edge. With `legs` the steps
    are drawn as lines.
    """

    def __init__(
        self, plane: Plane, runs: Sequence[Run], place: Place, *, legs: bool = False
    ) -> None:
        super().__init__()
        self.plane, self.runs, self._place, self.legs = plane, runs, place, legs
        self.colours = colours_of(plane, len(runs))
        self.past = mn.VGroup()
        self.halos = mn.VGroup(
            *(mn.Dot(radius=RADIUS + 0.04, color=plane.theme.ground) for _ in runs)
        )
        self.halos.set_z_index(8)
        self.dots = mn.VGroup(*(IterateDot(colour, RADIUS) for colour in self.colours))
        self.steps = mn.VGroup(
            *(mn.VMobject(stroke_color=self._faded(c), stroke_width=3) for c in self.colours)
        )
        self.trails = mn.VGroup(
            *(mn.VMobject(stroke_color=self._faded(c), stroke_width=3) for c in self.colours)
        )
        self.heads = mn.VGroup(*(mn.VMobject(stroke_width=0).set_fill(c, 1) for c in self.colours))
        self.crosses = mn.VGroup(*(strokes(CROSS_SIGN, 0.13, c, 6) for c in self.colours))
        self.crosses.set_stroke(opacity=0).set_z_index(9)
        self._last_ring = [np.full(3, np.inf) for _ in runs]
        self._k = 0
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

    def walk(self, ticks: Sequence[tuple[int, int, int]], board: Board) -> mn.Animation:
        """Take steps together: (k, ticks of moving, ticks of resting) one after the other."""
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

    def _catch_up(self, k: int) -> None:
        for passed in range(self._k, k):
            self.leave_behind(passed)
        if k >= self._k:
            self._k = k
            self.stand_on(k)

    def stand_on(self, k: int) -> AnyCrowd:
        """Stand on iterate k of each walk."""
        places = [self._of(i, kk) for i, kk in enumerate(self.ks(k))]
        lost = [
            bool(np.isnan(run.walk.values[kk]))
            for run, kk in zip(self.runs, self.ks(k), strict=True)
        ]
        seen = [
            self.plane.box.contains(p) and not gone for p, gone in zip(places, lost, strict=True)
        ]
        for i, (kk, place) in enumerate(zip(self.ks(k), places, strict=True)):
            if lost[i] and self.plane.box.contains(place):
                self._cross_out(i, place)
            else:
                self._show(i, place, visible=seen[i])
            self.steps[i].clear_points()
            if self.legs and kk > 0 and kk == k:
                self._draw_leg(i, self._of(i, kk - 1), place)
            others = [places[j] for j in range(len(places)) if j != i and seen[j]]
            near = min((float(np.linalg.norm(place - o)) for o in others), default=np.inf)
            if seen[i] and near > APART:
                self.dots[i].claim(self.runs[i].name, kk, place)
            else:
                self.dots[i].release()
        return self

    def stand_between(self, k: int, share: float) -> AnyCrowd:
        """Be `share` of the way from iterates k - 1 to k, where there is such a step."""
        for i, run in enumerate(self.runs):
            self.dots[i].release()
            if k > run.walk.stopped_at:
                continue
            before, after = run.walk.points[k - 1], run.walk.points[k]
            point = before + share * (after - before)
            value = float(run.walk.field.at(point))
            place = self._at(point, value)
            self._show(i, place, visible=self.plane.box.contains(place) and not np.isnan(value))
            if self.legs:
                self._draw_leg(i, self._of(i, k - 1), place)
        return self

    def leave_behind(self, k: int) -> AnyCrowd:
        """Turn iterate k of each walk that goes on into a ring."""
        for i, run in enumerate(self.runs):
            if k >= run.walk.stopped_at:
                continue
            place = self._of(i, k)
            if self.legs:
                self._draw_leg(i, place, self._of(i, k + 1))
                self._keep_leg(i)
            apart = np.linalg.norm(place - self._last_ring[i]) > CLOSEST_RINGS
            if apart and self.plane.box.contains(place):
                ring = mn.Circle(RING, stroke_color=self._faded(self.colours[i]), stroke_width=2.5)
                ring.set_fill(self.plane.theme.ground, 1).move_to(place).set_z_index(3)
                self.past.add(ring)
                self._last_ring[i] = place
        return self

    def _of(self, i: int, k: int) -> NDArray[np.float64]:
        walk = self.runs[i].walk
        return self._at(walk.points[k], float(walk.values[k]))

    def _at(self, point: NDArray[np.float64], value: float) -> NDArray[np.float64]:
        """The place of a point, in scene units (3,); without a value, on the graph's axis."""
        height = self.plane.y_window[0] if np.isnan(value) else value
        return tamed(self._place(point, height))

    def _cross_out(self, i: int, place: NDArray[np.float64]) -> None:
        for part in (self.halos[i], self.dots[i]):
            part.set_fill(opacity=0)
        self.heads[i].clear_points()
        self.crosses[i].move_to(place).set_stroke(opacity=1)

    def _faded(self, colour: str) -> str:
        return mix(colour, self.plane.theme.ground, 0.4)

    def _show(self, i: int, place: NDArray[np.float64], *, visible: bool) -> None:
        for part in (self.halos[i], self.dots[i]):
            part.move_to(place if visible else np.zeros(3)).set_fill(opacity=float(visible))
        self.heads[i].clear_points()
        if not visible:
            box = self.plane.box
            middle = np.array([(box.left + box.right) / 2, (box.bottom + box.top) / 2, 0.0])
            half = np.array([box.right - box.left, box.top - box.bottom]) / 2
            way = place - middle
            share = float((half / np.maximum(abs(way[:2]), 1e-9)).min())
            edge = middle + min(share, 1.0) * way
            self.heads[i].set_points(arrow_head(middle, edge, "#000000", 0.24).points)

    def _keep_leg(self, i: int) -> None:
        """Add the step just drawn to the trail, unless it is too short to be seen."""
        leg, trail = self.steps[i].points, self.trails[i]
        if len(leg) and np.linalg.norm(leg[-1] - leg[0]) > SHORTEST_LEG:
            trail.start_new_path(leg[0])
            trail.add_line_to(leg[-1])
        self.steps[i].clear_points()

    def _draw_leg(self, i: int, start: NDArray[np.float64], end: NDArray[np.float64]) -> None:
        """The line of a step, as far as it is inside the window."""
        box = self.plane.box
        line = start + np.linspace(0, 1, 160)[:, None] * (end - start)
        x, y = line[:, 0], line[:, 1]
        kept = line[(x >= box.left) & (x <= box.right) & (y >= box.bottom) & (y <= box.top)]
        if len(kept) > 1:
            self.steps[i].set_points_as_corners([kept[0], kept[-1]])
        else:
            self.steps[i].clear_points()
