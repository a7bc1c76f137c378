"""A walk on a graph of one variable: dot, tangent, steps on the axis, and what they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.signs import CROSS_SIGN, arrow_head, dashed, strokes
from gdstage.look.text import math, number
from gdstage.look.theme import mix
from gdstage.motion import Drawn
from gdstage.plane.no_value import stretches_without_value
from gdstage.proof.evidence import IterateDot
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.field_facts import FieldFacts
from gdstage.proof.statement import hop, line, point, segment, stated, tip, word
from gdstage.walks.outside import Pointer, tamed
from gdstage.walks.stepping import Stepper

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.plane.axes import Plane
    from gdstage.proof.fact import Fact
    from gdstage.proof.fact import Place as Known

    Place = NDArray[np.float64]

TANGENT_LENGTH = 1.9
HIGHEST_HOP = 0.95
SMALLEST_HOP = 0.03
SHORTEST_DROP = 0.05
CLEAR_OF_DROP = 0.2
CLOSEST_RINGS = 0.12
HEAD = 0.17
SHORTEST_WITH_HEAD = 0.6
"""Heads of past hops that are shorter would be one smear on the axis (scene units)."""

SHORTEST_TRACE = 0.12
"""Past hops that are shorter would be one blot."""

HOP_SAMPLES = 48
INSIDE = 0.08
"""How far from the border of a zone words in it are, in scene units."""


def ring_of(plane: Plane, facts: WalkFacts, k: int) -> mn.Circle:
    """The ring that iterate k leaves on a graph, yet to be put there."""
    ring = mn.Circle(0.1, stroke_color=plane.theme.past, stroke_width=3, fill_opacity=0)
    return stated(ring, point(plane, "ring", facts.on_graph(k)))


class GraphWalk(Stepper, mn.VGroup):
    """One walk over one graph, shown at an iterate or between two, whatever its numbers.

    The dot lies on the graph, its step on the horizontal axis as a hop; passed iterates become
    rings where they would be no blot, passed hops go pale. An iterate outside the window is an
    arrow at its edge, with the true number.
    """

    def __init__(self, plane: Plane, name: str, walk: Walk) -> None:
        super().__init__()
        self.plane, self.name, self.walk, self.facts = plane, name, walk, WalkFacts(walk)
        theme = plane.theme
        self.past = mn.VGroup()
        self._hops_to = 0
        self._last_drop, self._last_ring = np.inf, np.full(3, np.inf)
        self.tangent = mn.VMobject(stroke_color=theme.tangent, stroke_width=5).set_z_index(4)
        self.drop = mn.VMobject(stroke_color=theme.dim, stroke_width=2)
        # Not the dot's own colour: where the graph is low, a hop may pass close by.
        pale = mix(theme.iterate, theme.ground, 0.3)
        self.hop = mn.VMobject(stroke_color=pale, stroke_width=4)
        self.hop_head = mn.VMobject(stroke_width=0).set_fill(pale, 1)
        self.dot = IterateDot(theme.iterate)
        self.pointer = Pointer(plane.box, theme.function, plane.note_end)
        self.add(
            self.past, self.drop, self.hop, self.hop_head, self.tangent, self.dot, self.pointer
        )
        self.stand_on(0)

    def place(self, k: int) -> Place:
        """Where iterate k lies on the graph, in scene units (3,); far outside only about."""
        return self._at(self.walk.points[k, 0], self.walk.values[k])

    def on_axis(self, k: int) -> Place:
        """Where iterate k lies on the horizontal axis, in scene units (3,)."""
        return self._at(self.walk.points[k, 0], self.plane.y_window[0])

    def stand_on(self, k: int) -> GraphWalk:
        """Stand on iterate k, or point to it if it is out of the picture."""
        place = self.place(k)
        self._stand_at(float(self.walk.points[k, 0]), place)
        if self.plane.box.contains(place) and np.isfinite(self.walk.values[k]):
            known = point(self.plane, "iterate", self.facts.on_graph(k))
            self.dot.claim(self.name, k, place, known)
        else:
            # It stands for the iterate all the same: not seen, so it proves nothing.
            self.dot.claim(self.name, k, np.full(3, np.nan))
            self._point_to(k, place)
        self._state(k)
        return self

    def stand_between(self, k: int, share: float) -> GraphWalk:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k, along the graph."""
        x, field = self.facts.between(k, share), FieldFacts(self.walk.field)
        self._stand_at(x.value, self._at(x.value, self.walk.field(x.value)))
        on_graph = field.on_graph(x)
        stated(self.dot.release(), point(self.plane, "on its way", on_graph))
        self._state_lines(on_graph, field.derivative(x))
        self._hop_to(k, share)
        return self

    def _hop_to(self, k: int, share: float) -> None:
        """Draw `share` of the way of the hop from iterate k - 1 to iterate k, and state it."""
        whole = self._draw_hop(self.on_axis(k - 1), self.on_axis(k), share)
        self._state_hop(k if whole else 0)
        if not whole:
            # The arc is drawn by its angle; its head is in the air, where no number says.
            reached = self.facts.between(k, float(1 - np.cos(np.pi * share)) / 2)
            ends = self.facts.on_axis(k - 1), (reached, None)
            stated(self.hop, hop(self.plane, *ends))
            stated(self.hop_head, tip(self.plane, "on its way", *ends))

    def height_of(self, reach: float) -> float:
        """How high a hop is over the axis that reaches so far, in scene units."""
        return min(0.45 * abs(reach), HIGHEST_HOP)

    def go_on_as(self, name: str, walk: Walk) -> GraphWalk:
        """Stand for a longer walk that begins with the iterates of this one."""
        self.name, self.walk, self.facts = name, walk, WalkFacts(walk)
        return self

    def leave_behind(self, k: int) -> GraphWalk:
        """Turn iterate k, and the hop that led to it, into the past."""
        box, place = self.plane.box, self.place(k)
        if np.linalg.norm(place - self._last_ring) < CLOSEST_RINGS:
            return self
        self._last_ring = place
        if box.contains(place):
            self.past.add(ring_of(self.plane, self.facts, k).move_to(place).set_z_index(3))
        if abs(place[0] - self._last_drop) > CLEAR_OF_DROP:
            self._last_drop = float(place[0])
            self.past.add(self.drop.copy().set_stroke(opacity=0.3))
        ends = [self.on_axis(i)[0] for i in (max(k - 1, 0), k)]
        if k > 0 and any(box.left <= end <= box.right for end in ends):
            self.past.add(*self.trace())
        return self

    def trace(self) -> list[mn.VMobject]:
        """What the step just taken leaves behind: its hop, gone pale."""
        past, hop = self.plane.theme.past, self.hop.copy()
        if hop.width < SHORTEST_TRACE:
            return []
        head = [self.hop_head.copy().set_fill(past)] if hop.width >= SHORTEST_WITH_HEAD else []
        return [hop.set_stroke(past), *head]

    def fall_out(self, run_time: float) -> mn.Animation:
        """Hop from the last iterate that has a value to the first that has none.

        There is no dot: it is on no graph any more, and a ring is where it was.
        """
        last = self.walk.stopped_at
        self.dot.release().set_fill(opacity=0)
        for part in (self.tangent, self.drop):
            part.clear_points()
        self.hop.set_stroke(self.plane.theme.danger)
        self.hop_head.set_fill(self.plane.theme.danger, 1)

        def draw(share: float) -> None:
            self._hop_to(last, max(share, 1e-3))

        return Drawn(self, draw, run_time=run_time)

    def offender_signs(self, *, named: bool) -> mn.VGroup:
        """A cross at the place of the iterate without a value, if it is seen; perhaps its number.

        Outside the window there is no cross: the hop's arrow leaves by the edge.
        """
        k, box, danger = self.walk.stopped_at, self.plane.box, self.plane.theme.danger
        at = self.on_axis(k)
        signs = mn.VGroup(*([self._offender_number(k, float(at[0]))] if named else []))
        if box.left <= at[0] <= box.right:
            cross = strokes(CROSS_SIGN, 0.15, danger, 7).shift(at)
            signs.add(stated(cross, point(self.plane, "no value", self.facts.on_axis(k))))
        return signs

    def _offender_number(self, k: int, at: float) -> mn.VMobject:
        box, x = self.plane.box, self.facts.coordinate(k)
        name = math(f"x_{k}{number(x.value, 3)}", size=28, colour=self.plane.theme.danger)
        stated(name, word("number", x))
        left = np.clip(at - 0.25, box.left + 0.12, box.right - name.width)
        # Within the zone of places without a value, where that has room.
        for zone in stretches_without_value(self.walk.field, self.plane.x_window):
            low, high = self.plane.at(zone, self.plane.y_window[0])[:, 0]
            if low <= at <= high and name.width + 2 * INSIDE <= high - low:
                left = np.clip(left, low + INSIDE, high - INSIDE - name.width)
        return name.rest(float(left), self.plane.floor + 1.3)

    def _at(self, x: float, value: float) -> Place:
        with np.errstate(all="ignore"):
            return tamed(self.plane.at(x, value))

    def _point_to(self, k: int, place: Place) -> None:
        box, facts = self.plane.box, self.facts
        x, value = facts.coordinate(k), facts.value(k)
        if box.left <= place[0] <= box.right:
            self.pointer.aim(self.on_axis(k), place, f"f(x_{k}) {number(value.value, 1)}")
            floor = given("floor", self.plane.y_window[0])
            # What is beyond float64 lies at no place that could be named.
            top = value if np.isfinite(value.value) else None
            self.pointer.state(self.plane, (x, floor), (x, top), value)
        else:
            inside = np.array([box.middle[0], box.top - 0.25, 0.0])
            outside = np.array([place[0], inside[1], 0.0])
            self.pointer.aim(inside, outside, f"x_{k} {number(x.value, 3)}")
            self.pointer.state(self.plane, (None, None), (x, None), x)

    def _state(self, k: int) -> None:
        """Let tangent, drop and hop state what they are at iterate k."""
        stated(self.dot, None)  # at rest it claims the iterate
        self._state_lines(self.facts.on_graph(k), self.facts.slope(k))
        self._state_hop(k)

    def _state_lines(self, on_graph: Known, slope: Fact) -> None:
        """Let tangent and drop state that they are at a place on the graph."""
        stated(self.tangent, line(self.plane, "tangent", on_graph, slope))
        foot = (on_graph[0], None)
        stated(self.drop, segment(self.plane, "drop", foot, on_graph, dashed=True))

    def _state_hop(self, k: int) -> None:
        """Let the hop state that it leads to iterate k, or nothing if k is 0."""
        if k == self._hops_to:
            return
        self._hops_to = k
        if k == 0:
            stated(self.hop, None)
            stated(self.hop_head, None)
            return
        ends = self.facts.on_axis(k - 1), self.facts.on_axis(k)
        stated(self.hop, hop(self.plane, *ends))
        stated(self.hop_head, tip(self.plane, "hop", *ends))

    def _stand_at(self, x: float, place: Place) -> None:
        box, plane = self.plane.box, self.plane
        inside = box.contains(place)
        self.dot.move_to(place if inside else np.zeros(3)).set_fill(opacity=float(inside))
        self.tangent.clear_points()
        self.drop.clear_points()
        if not box.left <= place[0] <= box.right:
            return
        foot = np.array([place[0], plane.floor, 0.0])
        top = np.array([place[0], np.clip(place[1], box.bottom, box.top), 0.0])
        if top[1] - foot[1] > SHORTEST_DROP:
            self.drop.set_points(dashed(foot, top, plane.theme.dim).points)
        slope = float(self.walk.field.gradient(np.array([x]))[0])
        if inside and np.isfinite(slope):
            reach = TANGENT_LENGTH / 2
            ends = plane.tangent(x, self.walk.field(x), slope, reach, inside=True)
            self.tangent.set_points_as_corners(ends)

    def _draw_hop(self, start: Place, end: Place, share: float) -> bool:
        """Draw a hop as far as it has come; whether that is all that will be seen of it."""
        self.hop.clear_points()
        self.hop_head.clear_points()
        reach = end[0] - start[0]
        if abs(reach) < SMALLEST_HOP:
            return True
        box = self.plane.box
        height = self.height_of(reach)
        # As many samples within the box as it takes, however far the hop goes.
        low, high = sorted((start[0], start[0] + reach * (1 - np.cos(np.pi * share)) / 2))
        low, high = max(low, box.left), min(high, box.right)
        if high - low < SMALLEST_HOP / 2:
            return False
        # By angle, so that the arc is round where it leaves the axis.
        ends = (low, high) if reach > 0 else (high, low)
        first, last = (np.arccos(np.clip(1 - 2 * (x - start[0]) / reach, -1, 1)) for x in ends)
        angles = np.linspace(first, last, HOP_SAMPLES)
        x = start[0] + reach * (1 - np.cos(angles)) / 2
        arc = np.stack([x, start[1] + height * np.sin(angles), np.zeros_like(x)], axis=-1)
        self.hop.set_points_as_corners(arc)
        head = min(HEAD, 0.45 * abs(reach), 0.9 * float(np.linalg.norm(arc[-1] - arc[0])))
        back = arc[-2] if np.linalg.norm(arc[-1] - arc[-2]) > 1e-9 else arc[-3]
        self.hop_head.set_points(arrow_head(back, arc[-1], "#000000", head).points)
        return share == 1 or (high == box.right if reach > 0 else low == box.left)
