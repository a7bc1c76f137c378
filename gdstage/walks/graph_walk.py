"""A walk on a graph of one variable: dot, tangent, steps on the axis, and what they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.signs import arrow_head, dashed
from gdstage.look.text import number
from gdstage.motion import Drawn
from gdstage.pace import total
from gdstage.proof.evidence import IterateDot
from gdstage.walks.offstage import PointerOut
from gdstage.walks.stepping import Course

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.pace import Moment
    from gdstage.plane.axes import Plane
    from gdstage.walks.panel import Reader

TANGENT_LENGTH = 1.9
HIGHEST_HOP = 0.95
SMALLEST_HOP = 0.03
CLEAR_OF_DROP = 0.2


class DescentFigure(mn.VGroup):
    """One walk over one graph, shown at an iterate or between two.

    The dot lies on the graph, its step on the horizontal axis as a hop; passed iterates become
    rings, passed hops go pale.
    """

    def __init__(self, plane: Plane, name: str, walk: Walk) -> None:
        super().__init__()
        self.plane, self.name, self.walk = plane, name, walk
        theme = plane.theme
        self.past = mn.VGroup()
        self.beyond = mn.VGroup()
        self._last_drop = np.inf
        self.tangent = mn.VMobject(stroke_color=theme.tangent, stroke_width=5).set_z_index(4)
        self.drop = mn.VMobject(stroke_color=theme.dim, stroke_width=2)
        self.hop = mn.VMobject(stroke_color=theme.iterate, stroke_width=4)
        self.hop_head = mn.VMobject(stroke_width=0).set_fill(theme.iterate, 1)
        self.dot = IterateDot(theme.iterate)
        self.add(self.past, self.beyond, self.drop, self.hop, self.hop_head, self.tangent, self.dot)
        self.stand_on(0)

    def place(self, k: int) -> NDArray[np.float64]:
        """Where iterate k lies on the graph, in scene units (3,)."""
        return self.plane.at(self.walk.points[k, 0], self.walk.values[k])

    def on_axis(self, k: int) -> NDArray[np.float64]:
        """Where iterate k lies on the horizontal axis, in scene units (3,)."""
        return self.plane.at(self.walk.points[k, 0], self.plane.y_window[0])

    def stand_on(self, k: int) -> DescentFigure:
        """Stand on iterate k, or point to it if it is out of the picture."""
        place = self.place(k)
        self.dot.claim(self.name, k, place)
        self._stand_at(float(self.walk.points[k, 0]), place)
        if not self.plane.box.contains(place):
            code = f"f(x_{k}) {number(float(self.walk.values[k]), 1)}"
            colour = self.plane.theme.function
            self.beyond.add(PointerOut(self.plane.box, self.on_axis(k), place, code, colour))
        return self

    def stand_between(self, k: int, share: float) -> DescentFigure:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k, along the graph."""
        self.dot.release()
        before, after = self.walk.points[k - 1, 0], self.walk.points[k, 0]
        x = float(before + share * (after - before))
        self._stand_at(x, self.plane.at(x, self.walk.field(x)))
        self._draw_hop(self.on_axis(k - 1), self.on_axis(k), share)
        return self

    def go_on_as(self, name: str, walk: Walk) -> DescentFigure:
        """Stand for a longer walk that begins with the iterates of this one."""
        self.name, self.walk = name, walk
        return self

    def leave_behind(self, k: int) -> DescentFigure:
        """Turn iterate k, and the hop that led to it, into the past."""
        theme = self.plane.theme
        ring = mn.Circle(0.1, stroke_color=theme.past, stroke_width=3, fill_opacity=0)
        ring.move_to(self.place(k)).set_z_index(3)
        if self.plane.box.contains(self.place(k)):
            self.past.add(ring)
        if abs(self.on_axis(k)[0] - self._last_drop) > CLEAR_OF_DROP:
            self._last_drop = float(self.on_axis(k)[0])
            self.past.add(self.drop.copy().set_stroke(opacity=0.3))
        if k > 0:
            self.past.add(
                self.hop.copy().set_stroke(theme.past),
                self.hop_head.copy().set_fill(theme.past),
            )
        return self

    def descend(self, moments: Sequence[Moment], panel: Reader | None = None) -> mn.Animation:
        """Take the steps to the iterates of `moments`, each moving and resting as it says."""
        course = Course(self, moments, panel)
        return Drawn(self, course.draw, run_time=total(moments), rate_func=mn.linear)

    def fall_out(self, run_time: float) -> mn.Animation:
        """Hop from the last iterate that has a value to the first that has none."""
        last = self.walk.stopped_at
        start, end = self.on_axis(last - 1), self.on_axis(last)
        self.hop.set_stroke(self.plane.theme.danger)
        self.hop_head.set_fill(self.plane.theme.danger, 1)

        def draw(share: float) -> None:
            self._draw_hop(start, end, max(share, 1e-3))

        return Drawn(self, draw, run_time=run_time)

    def _stand_at(self, x: float, place: NDArray[np.float64]) -> None:
        box = self.plane.box
        inside = box.contains(place)
        self.dot.move_to(place).set_fill(opacity=1.0 if inside else 0.0)
        foot = np.array([place[0], self.plane.floor, 0.0])
        top = np.array([place[0], np.clip(place[1], box.bottom, box.top), 0.0])
        self.drop.set_points(dashed(foot, top, self.plane.theme.dim).points)
        if not inside:
            self.tangent.clear_points()
            return
        slope = float(self.walk.field.gradient(np.array([x]))[0])
        along = self.plane.at(x + 1.0, self.walk.field(x) + slope) - place
        along *= TANGENT_LENGTH / 2 / np.linalg.norm(along)
        self.tangent.set_points_as_corners([place - along, place + along])

    def _draw_hop(self, start: NDArray[np.float64], end: NDArray[np.float64], share: float) -> None:
        reach = end[0] - start[0]
        if abs(reach) < SMALLEST_HOP:
            self.hop.clear_points()
            self.hop_head.clear_points()
            return
        height = min(0.45 * abs(reach), HIGHEST_HOP)
        angles = np.linspace(0.0, np.pi * share, 40)
        arc = start + np.stack(
            [reach * (1 - np.cos(angles)) / 2, height * np.sin(angles), 0 * angles], axis=-1
        )
        # What lies outside the window is not drawn: the arrow then points out of its edge.
        box = self.plane.box
        outside = (arc[:, 0] < box.left) | (arc[:, 0] > box.right)
        arc = arc[: max(int(outside.argmax()), 2)] if outside.any() else arc
        head = min(0.17, 0.45 * abs(reach))
        self.hop.set_points_as_corners(arc)
        self.hop_head.set_points(arrow_head(arc[-2], arc[-1], "#000000", head).points)
