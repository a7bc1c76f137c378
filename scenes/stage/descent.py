"""A walk on a graph of one variable: dot, tangent, steps on the axis, and what they leave behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from scenes.stage.evidence import IterateDot
from scenes.stage.pace import Moment, moment_at, total
from scenes.stage.plane import arrow_head, dashed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdmath import Walk
    from scenes.stage.panel import Panel
    from scenes.stage.plane import Plane

TANGENT_LENGTH = 1.9
HIGHEST_HOP = 0.95
SMALLEST_HOP = 0.03


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
        self.tangent = mn.VMobject(stroke_color=theme.tangent, stroke_width=5).set_z_index(4)
        self.drop = mn.VMobject(stroke_color=theme.dim, stroke_width=2)
        self.hop = mn.VMobject(stroke_color=theme.iterate, stroke_width=4)
        self.hop_head = mn.VMobject(stroke_width=0).set_fill(theme.iterate, 1)
        self.dot = IterateDot(theme.iterate)
        self.add(self.past, self.drop, self.hop, self.hop_head, self.tangent, self.dot)
        self.show(0)

    def place(self, k: int) -> NDArray[np.float64]:
        """Where iterate k lies on the graph, in scene units (3,)."""
        return self.plane.at(self.walk.points[k, 0], self.walk.values[k])

    def on_axis(self, k: int) -> NDArray[np.float64]:
        """Where iterate k lies on the horizontal axis, in scene units (3,)."""
        return self.plane.at(self.walk.points[k, 0], self.plane.y_window[0])

    def show(self, k: int) -> DescentFigure:
        """Stand on iterate k."""
        self.dot.claim(self.name, k, self.place(k))
        self._stand_at(float(self.walk.points[k, 0]), self.place(k))
        return self

    def show_between(self, k: int, share: float) -> DescentFigure:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k, along the graph."""
        self.dot.release()
        before, after = self.walk.points[k - 1, 0], self.walk.points[k, 0]
        x = float(before + share * (after - before))
        self._stand_at(x, self.plane.at(x, self.walk.field(x)))
        self._draw_hop(self.on_axis(k - 1), self.on_axis(k), share)
        return self

    def leave_behind(self, k: int) -> DescentFigure:
        """Turn iterate k, and the hop that led to it, into the past."""
        theme = self.plane.theme
        ring = mn.Circle(0.1, stroke_color=theme.past, stroke_width=3, fill_opacity=0)
        ring.move_to(self.place(k)).set_z_index(3)
        self.past.add(ring, self.drop.copy().set_stroke(opacity=0.35))
        if k > 0:
            self.past.add(
                self.hop.copy().set_stroke(theme.past),
                self.hop_head.copy().set_fill(theme.past),
            )
        return self

    def hop_to(self, end: NDArray[np.float64], share: float, colour: str) -> DescentFigure:
        """Draw `share` of a hop from the last iterate to a place on the axis that has no value."""
        self.hop.set_stroke(colour)
        self.hop_head.set_fill(colour, 1)
        self._draw_hop(self.on_axis(self.walk.stopped_at - 1), end, share)
        return self

    def _stand_at(self, x: float, place: NDArray[np.float64]) -> None:
        self.dot.move_to(place)
        foot = np.array([place[0], self.plane.floor, 0.0])
        self.drop.set_points(dashed(foot, place, self.plane.theme.dim).points)
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
        head = min(0.17, 0.45 * abs(reach))
        self.hop.set_points_as_corners(arc)
        self.hop_head.set_points(arrow_head(arc[-2], arc[-1], "#000000", head).points)


class Descend(mn.Animation):
    """Take the steps to the iterates `ks`, each moving and resting as its Moment says."""

    def __init__(
        self, figure: DescentFigure, moments: Sequence[Moment], panel: Panel | None = None
    ) -> None:
        self.figure, self.moments, self.panel = figure, moments, panel
        self._done = moments[0].k - 1
        super().__init__(figure, run_time=total(moments), rate_func=mn.linear, suspend_mobject_updating=False)

    def create_starting_mobject(self) -> mn.Mobject:
        """Nothing is interpolated between two copies, so none is made."""
        return mn.VMobject()

    def get_all_families_zipped(self) -> list[tuple[mn.Mobject, ...]]:
        """As there is no starting copy, there are no pairs."""
        return []

    def interpolate_mobject(self, alpha: float) -> None:
        """Show the moment that it is."""
        moment, share = moment_at(self.moments, alpha * self.run_time)
        for k in range(self._done + 1, moment.k + (share >= 1)):
            self._land(k)
        if 0 < share < 1:
            if self.figure.dot.stands_for is not None:
                self.figure.leave_behind(moment.k - 1)
            self.figure.show_between(moment.k, float(mn.smooth(share)))

    def _land(self, k: int) -> None:
        if self.figure.dot.stands_for is not None:
            self.figure.leave_behind(k - 1)
        self.figure.show_between(k, 1.0).show(k)
        if self.panel is not None:
            self.panel.show(self.figure.walk, k)
        self._done = k


class Leave(mn.Animation):
    """Hop from the last iterate that has a value to the first that has none."""

    def __init__(self, figure: DescentFigure, run_time: float) -> None:
        self.figure = figure
        self.end = figure.on_axis(figure.walk.stopped_at)
        super().__init__(figure, run_time=run_time, suspend_mobject_updating=False)

    def create_starting_mobject(self) -> mn.Mobject:
        """Nothing is interpolated between two copies, so none is made."""
        return mn.VMobject()

    def get_all_families_zipped(self) -> list[tuple[mn.Mobject, ...]]:
        """As there is no starting copy, there are no pairs."""
        return []

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw that much of the hop."""
        share = max(self.rate_func(alpha), 1e-3)
        self.figure.hop_to(self.end, share, self.figure.plane.theme.danger)
