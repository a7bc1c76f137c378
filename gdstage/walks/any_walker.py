"""A walk on the graph of any function of one variable, inside the window and out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.signs import CROSS_SIGN, arrow_head, dashed, strokes
from gdstage.look.theme import mix
from gdstage.motion import Drawn
from gdstage.walks.any_beyond import Beyond, tamed
from gdstage.walks.graph_walk import HIGHEST_HOP, SMALLEST_HOP, DescentFigure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.plane.axes import Plane

TANGENT_LENGTH = 1.9
CLOSEST_RINGS = 0.12
HEAD = 0.17


class AnyWalker(DescentFigure):
    """One walk over one graph, whatever its numbers: what would overflow is told, not drawn."""

    def __init__(self, plane: Plane, name: str, walk: Walk) -> None:
        self.pointer = Beyond(plane.theme, plane.box)
        self._last_ring = np.full(3, np.inf)
        super().__init__(plane, name, walk)
        self.add(self.pointer)
        # Not the dot's own colour: where the graph is low, a hop may pass close by.
        pale = mix(plane.theme.iterate, plane.theme.ground, 0.3)
        self.hop.set_stroke(pale)
        self.hop_head.set_fill(pale, 1)

    def place(self, k: int) -> NDArray[np.float64]:
        """Where iterate k lies on the graph, in scene units (3,); far outside only about."""
        return self._at(self.walk.points[k, 0], self.walk.values[k])

    def on_axis(self, k: int) -> NDArray[np.float64]:
        """Where iterate k lies on the horizontal axis, in scene units (3,)."""
        return self._at(self.walk.points[k, 0], self.plane.y_window[0])

    def stand_on(self, k: int) -> AnyWalker:
        """Stand on iterate k, or point to it if it is out of the picture."""
        place = self.place(k)
        x, value = float(self.walk.points[k, 0]), float(self.walk.values[k])
        self._stand_at(x, place)
        if self.plane.box.contains(place) and np.isfinite(value):
            self.dot.claim(self.name, k, place)
            self.pointer.rest()
        else:
            # It stands for the iterate all the same: not seen, so it proves nothing.
            self.dot.claim(self.name, k, np.full(3, np.nan))
            self.pointer.aim(place, x, value)
        return self

    def stand_between(self, k: int, share: float) -> AnyWalker:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k, along the graph."""
        self.dot.release()
        self.pointer.rest()
        before, after = self.walk.points[k - 1, 0], self.walk.points[k, 0]
        x = float(before + share * (after - before))
        self._stand_at(x, self._at(x, self.walk.field(x)))
        self._draw_hop(self.on_axis(k - 1), self.on_axis(k), share)
        return self

    def leave_behind(self, k: int) -> AnyWalker:
        """Turn iterate k, and the hop that led to it, into the past, unless it would be a blot."""
        place = self.place(k)
        if np.linalg.norm(place - self._last_ring) < CLOSEST_RINGS:
            return self
        self._last_ring = place
        box = self.plane.box
        ends = [self.on_axis(i)[0] for i in (max(k - 1, 0), k)]
        if not any(box.left <= end <= box.right for end in ends):
            self.hop.clear_points()
            self.hop_head.clear_points()
        super().leave_behind(k)
        return self

    def fall_out(self, run_time: float) -> mn.Animation:
        """Hop from the last iterate that has a value to the first that has none."""
        last = self.walk.stopped_at
        start, end = self.on_axis(last - 1), self.on_axis(last)
        for part in (self.tangent, self.drop):
            part.clear_points()
        self.hop.set_stroke(self.plane.theme.danger)
        self.hop_head.set_fill(self.plane.theme.danger, 1)

        def draw(share: float) -> None:
            self._draw_hop(start, end, max(share, 1e-3))

        return Drawn(self, draw, run_time=run_time)

    def mark_offender(self) -> None:
        """Say where the iterate without a value is: a cross on the axis, or the arrow out."""
        k = self.walk.stopped_at
        at, box = self.on_axis(k), self.plane.box
        if box.left <= at[0] <= box.right:
            self.add(strokes(CROSS_SIGN, 0.15, self.plane.theme.danger, 7).shift(at))
        else:
            self.pointer.aim(at, float(self.walk.points[k, 0]), float("nan"))

    def _at(self, x: float, value: float) -> NDArray[np.float64]:
        with np.errstate(all="ignore"):
            return tamed(self.plane.at(x, value))

    def _stand_at(self, x: float, place: NDArray[np.float64]) -> None:
        box, plane = self.plane.box, self.plane
        inside = box.contains(place)
        self.dot.move_to(place if inside else np.zeros(3)).set_fill(opacity=float(inside))
        self.tangent.clear_points()
        self.drop.clear_points()
        if not box.left <= place[0] <= box.right:
            return
        foot = np.array([place[0], plane.floor, 0.0])
        top = np.array([place[0], np.clip(place[1], box.bottom, box.top), 0.0])
        if top[1] - foot[1] > 0.05:
            self.drop.set_points(dashed(foot, top, plane.theme.dim).points)
        slope = float(self.walk.field.gradient(np.array([x]))[0])
        if not (inside and np.isfinite(slope)):
            return
        # A rise of the whole window, or a run of the whole window, whichever comes first.
        width = plane.x_window[1] - plane.x_window[0]
        height = plane.y_window[1] - plane.y_window[0]
        steep = slope * (width / height) * (box.top - box.bottom) / (box.right - box.left)
        angle = np.arctan(steep)
        along = TANGENT_LENGTH / 2 * np.array([np.cos(angle), np.sin(angle), 0.0])
        self.tangent.set_points_as_corners([place - along, place + along])

    def _draw_hop(self, start: NDArray[np.float64], end: NDArray[np.float64], share: float) -> None:
        self.hop.clear_points()
        self.hop_head.clear_points()
        reach = end[0] - start[0]
        if abs(reach) < SMALLEST_HOP:
            return
        box = self.plane.box
        height = min(0.45 * abs(reach), HIGHEST_HOP)
        # As many samples within the box as it takes, however far the hop goes.
        low, high = sorted((start[0], start[0] + reach * (1 - np.cos(np.pi * share)) / 2))
        low, high = max(low, box.left), min(high, box.right)
        if high - low < SMALLEST_HOP / 2:
            return
        x = np.linspace(low, high, 48) if reach > 0 else np.linspace(high, low, 48)
        across = np.clip(2 * (x - start[0]) / reach - 1, -1, 1)
        arc = np.stack([x, start[1] + height * np.sqrt(1 - across**2), np.zeros_like(x)], axis=-1)
        self.hop.set_points_as_corners(arc)
        head = min(HEAD, 0.45 * abs(reach), 0.9 * float(np.linalg.norm(arc[-1] - arc[0])))
        back = arc[-2] if np.linalg.norm(arc[-1] - arc[-2]) > 1e-9 else arc[-3]
        self.hop_head.set_points(arrow_head(back, arc[-1], "#000000", head).points)
