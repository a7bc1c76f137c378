"""A walk in the plane of two variables: a dot, the steps that it took, and the rings they left."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import manim as mn
import numpy as np

from gdstage.look.signs import CROSS_SIGN, arrow_head, strokes
from gdstage.look.text import number
from gdstage.look.theme import mix
from gdstage.motion import Drawn
from gdstage.proof.evidence import IterateDot
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.statement import point, scenery, segment, stated, tip, trail
from gdstage.walks.outside import Pointer, tamed
from gdstage.walks.stepping import Stepper

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.plane.axes import Plane
    from gdstage.proof.fact import Place as Known

    Place = NDArray[np.float64]

RADIUS = 0.11
HALO = 0.05
RING = 0.075
HEAD = 0.2
# Steps shorter than this (scene units) get a line but no head; rings closer than it, none.
SHORTEST_ARROW = 0.45
CLOSEST_RINGS = 0.16


class Crawl(NamedTuple):
    """Steps too short for arrows, drawn as one line from iterate `first` to iterate `last`."""

    line: mn.VMobject
    first: int
    last: int


class MapWalk(Stepper, mn.VGroup):
    """One walk in the plane, shown at an iterate or between two, whatever its numbers.

    Steps are arrows from iterate to iterate, passed iterates rings, the current one a dot with a
    halo of the ground's colour, so that it is seen on any map. An iterate outside the window is
    an arrow at its edge with the true value. Iterates so close to a ring that theirs would touch it
    have none: `ringed` are those that have.
    """

    def __init__(self, plane: Plane, name: str, walk: Walk, colour: str | None = None) -> None:
        super().__init__()
        theme = plane.theme
        self.plane, self.name, self.walk, self.facts = plane, name, walk, WalkFacts(walk)
        self.colour = colour or theme.iterate
        # Not the dot's own colour, or the dot could not be told from the step that ends at it.
        self.pale = mix(self.colour, theme.ground, 0.25)
        self.past, self.ringed = mn.VGroup(), list[int]()
        self.shaft = mn.VMobject(stroke_color=self.pale, stroke_width=4, fill_opacity=0)
        self.head = mn.VMobject(stroke_width=0).set_fill(self.pale, 1)
        self.halo = mn.Dot(radius=RADIUS + HALO, color=theme.ground).set_z_index(9)
        self.dot = IterateDot(self.colour, RADIUS)
        self.pointer = Pointer(plane.box, theme.danger, plane.note_end)
        self.add(self.past, self.shaft, self.head, self.halo, self.dot, self.pointer)
        self._last_ring = np.full(3, np.inf)
        self._crawl = Crawl(self.shaft, 0, -1)
        self.stand_on(0)

    def place(self, k: int) -> Place:
        """Where iterate k is, in scene units (3,); far outside only about."""
        with np.errstate(all="ignore"):
            return tamed(self.plane.at(*self.walk.points[k]))

    def stand_on(self, k: int) -> MapWalk:
        """Stand on iterate k, or point to it if it is out of the picture."""
        place = self.place(k)
        inside = self.plane.box.contains(place)
        self._show_dot(place, visible=inside)
        # Outside it stands for the iterate all the same: not seen, so it proves nothing.
        known = point(self.plane, "iterate", self.facts.on_map(k))
        stated(self.dot, None)  # at rest it claims the iterate
        self.dot.claim(self.name, k, place if inside else np.full(3, np.nan), known)
        if not inside:
            self._point_to(k, place)
        return self

    def stand_between(self, k: int, share: float) -> MapWalk:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k."""
        start, end = self.place(k - 1), self.place(k)
        now = start + share * (end - start)
        self._show_dot(now, visible=self.plane.box.contains(now))
        known = self.facts.between_on_map(k, share)
        stated(self.dot.release(), point(self.plane, "on its way", known))
        self._draw_step(start, now, whole=float(np.linalg.norm(end - start)))
        self._state_step(k, share)
        return self

    def leave_behind(self, k: int) -> MapWalk:
        """Turn iterate k, and the step that led to it, into the past."""
        faded = mix(self.colour, self.plane.theme.ground, 0.28)
        if k > 0:
            self._keep_step(k, faded)
        place = self.place(k)
        apart = np.linalg.norm(place - self._last_ring) > CLOSEST_RINGS
        if apart and self.plane.box.contains(place):
            ring = mn.Circle(RING, stroke_color=faded, stroke_width=3)
            ring.set_fill(self.plane.theme.ground, 1).move_to(place).set_z_index(3)
            self.past.add(stated(ring, point(self.plane, "ring", self.facts.on_map(k))))
            self.ringed.append(k)
            self._last_ring = place
        return self

    def fall_out(self, run_time: float) -> mn.Animation:
        """Step from the last iterate that has a value to the first that has none.

        There is no dot: the function is left, and a ring is where it was.
        """
        last = self.walk.stopped_at
        self.dot.release()
        self._show_dot(self.place(last - 1), visible=False)
        start, end = self.place(last - 1), self.place(last)
        for part in (self.shaft, self.head):
            part.set_color(self.plane.theme.danger)

        def draw(share: float) -> None:
            share = max(share, 1e-3)
            now = start + share * (end - start)
            self._draw_step(start, now, whole=float(np.linalg.norm(end - start)))
            self._state_step(last, share)

        return Drawn(self, draw, run_time=run_time)

    def offender_signs(self, *, named: bool) -> mn.VGroup:  # noqa: ARG002
        """A cross where the iterate without a value is; outside the window, nothing.

        There the last step's arrow leaves by the edge. A map has no room for its number.
        """
        last = self.walk.stopped_at
        place = self.place(last)
        signs = mn.VGroup()
        if self.plane.box.contains(place):
            cross = strokes(CROSS_SIGN, 0.15, self.plane.theme.danger, 7).shift(place)
            signs.add(stated(cross, point(self.plane, "no value", self.facts.on_map(last))))
        return signs

    def retire(self) -> mn.Animation:
        """Turn the last iterate into a ring too: the walk is over, another may pass there."""
        self.leave_behind(self.walk.stopped_at)
        self.dot.release()
        stated(self.dot, point(self.plane, "dot", self.facts.on_map(self.walk.stopped_at)))
        return mn.FadeOut(mn.VGroup(self.halo, self.dot, self.shaft, self.head))

    def _point_to(self, k: int, place: Place) -> None:
        plane, before = self.plane, max(k - 1, 0)
        start, known = self.place(before), self.facts.on_map(before)
        if not plane.box.contains(start):
            start, known = plane.box.middle, _middle(plane)
        value = self.facts.value(k)
        self.pointer.aim(start, place, f"f {number(value.value, 2)}")
        self.pointer.state(plane, known, self.facts.on_map(k), value)

    def _show_dot(self, place: Place, *, visible: bool) -> None:
        for part in (self.halo, self.dot):
            part.move_to(place if visible else np.zeros(3)).set_fill(opacity=float(visible))
        stated(self.halo, scenery("halo"))  # anew, since it hides what is behind it on its way, too

    def _keep_step(self, k: int, faded: str) -> None:
        """Add the step to iterate k to the past; steps without a head become one line."""
        shaft = self.shaft.copy().set_stroke(faded, 3)
        if len(self.head.points):
            self.past.add(shaft, self.head.copy().set_fill(faded, 1))
            return
        if not len(shaft.points):
            return
        if self._crawl.last == k - 1:
            line, first = self._crawl.line, self._crawl.first
            line.add_line_to(shaft.points[-1])
        else:
            line, first = shaft, k - 1
            self.past.add(line)
        way = {"walk": self.walk, "first": first, "last": k}
        stated(line, trail(self.plane, (), "trail", measure="map", **way))
        self._crawl = Crawl(line, first, k)

    def _state_step(self, k: int, share: float) -> None:
        """Let the step's arrow state that it leads so far from iterate k - 1 toward iterate k."""
        ends = self.facts.on_map(k - 1), self.facts.between_on_map(k, share)
        stated(self.shaft, segment(self.plane, "step", *ends))
        stated(self.head, tip(self.plane, "step", *ends))

    def _draw_step(self, start: Place, now: Place, *, whole: float) -> None:
        box = self.plane.box
        if not box.contains(start):
            self.shaft.clear_points()
            self.head.clear_points()
            return
        end = now if box.contains(now) else box.way_out(start, now)
        reach = float(np.linalg.norm(end - start))
        # The head ends at the edge of the dot that the arrow leads to.
        room = RADIUS + HALO
        if whole < SHORTEST_ARROW or reach < room + HEAD:
            self.shaft.set_points_as_corners([start, end])
            self.head.clear_points()
            return
        along = (end - start) / reach
        front = end - room * along
        self.shaft.set_points_as_corners([start, front - 0.8 * HEAD * along])
        self.head.set_points(arrow_head(start, front, self.pale, HEAD).points)


def _middle(plane: Plane) -> Known:
    """The middle of a plane's window, from where pointers come if nothing else is in sight."""
    windows = plane.x_window, plane.y_window
    return tuple(given("middle", (low + high) / 2) for low, high in windows)
