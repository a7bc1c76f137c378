"""A walk of Newton's on a graph of one variable: dot, parabolas, vertices, and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdmath import quadratic_model
from gdstage.look.signs import dashed
from gdstage.look.text import math, number
from gdstage.motion import Drawn
from gdstage.proof.field_facts import vertex
from gdstage.proof.statement import Statement, point, segment, stated
from gdstage.walks.graph_walk import GraphWalk
from gdstage.walks.outside import Pointer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.plane.axes import Plane

# Shares of a step's time: the parabola opens, its vertex is marked, the dot moves there.
OPENED, MARKED = 0.42, 0.6
SAMPLES = 400
VERTEX = 0.1
FLIGHT = 0.24
CLEAR_OF_DOT = 0.3
# A name under the axis needs this much room (scene units).
NAME_ROOM, BESIDE = 0.5, 0.1


class NewtonWalk(GraphWalk):
    """One walk of Newton's over one graph, shown at an iterate or between two.

    The parabola that shares value, slope and curvature with the graph at the iterate opens from
    there, over ± `reach`; below or above its vertex, a diamond, lies the next iterate.
    """

    def __init__(self, plane: Plane, name: str, walk: Walk, *, reach: float) -> None:
        theme = plane.theme
        self.reach = reach
        self.names = mn.VGroup()
        self.parabola = mn.VMobject(stroke_color=theme.tangent, stroke_width=4, fill_opacity=0)
        self.vertex = mn.Square(2 * VERTEX, stroke_color=theme.tangent, stroke_width=4)
        self.vertex.rotate(np.pi / 4).set_fill(theme.ground, 1).set_opacity(0).set_z_index(5)
        self._named_at: list[float] = []
        self._opened: tuple[float, float] = (0.0, 0.0)
        self._modelled = self._marked = 0
        super().__init__(plane, name, walk)
        # The parabola says what a tangent says, and its vertex where the step goes.
        self.remove(self.tangent, self.hop, self.hop_head)
        self.add(self.parabola, self.names, self.vertex)

    def vertex_place(self, k: int) -> NDArray[np.float64]:
        """Where the vertex of the parabola of iterate k - 1 is, in scene units (3,)."""
        x = self.walk.points[k, 0]
        return self._at(x, quadratic_model(self.walk.field, self.walk.points[k - 1])(x))

    def stand_on(self, k: int) -> NewtonWalk:
        """Stand on iterate k, with its name on the axis where there is room."""
        super().stand_on(k)
        if np.linalg.norm(self.vertex.get_center() - self.place(k)) < CLEAR_OF_DOT:
            self.vertex.set_opacity(0)
        foot = self.on_axis(k)
        if all(abs(foot[0] - other) > NAME_ROOM for other in self._named_at):
            self._named_at.append(float(foot[0]))
            name = math(f"x_{k}", size=30, colour=self.plane.theme.iterate)
            way = np.diff(self.walk.points[k : k + 2, 0])
            # It keeps off the drops to come, if there is room.
            if (way > 0).any() and foot[0] - self.plane.box.left > NAME_ROOM:
                name.rest(foot[0] - BESIDE, foot[1] + 0.3, anchor="right")
            else:
                name.rest(foot[0] + BESIDE, foot[1] + 0.3)
            self.names.add(name)
        if k > 0:
            self._state_model(k, opened=True, marked=1.0)
        return self

    def stand_between(self, k: int, share: float) -> NewtonWalk:
        """Be `share` (0…1) through the step from iterate k - 1 to iterate k."""
        moved = float(mn.smooth(max(0.0, (share - MARKED) / (1 - MARKED))))
        super().stand_between(k, moved)
        self.open_parabola(k, min(share / OPENED, 1.0))
        shown = float(np.clip((share - OPENED) / (MARKED - OPENED), 0, 1))
        self._state_model(k, opened=share >= OPENED, marked=shown)
        self.vertex.move_to(self.vertex_place(k)).set_opacity(shown)
        if shown > 0:
            ends = [(self.place(k), self.facts.on_graph(k))]
            ends.append((self.vertex_place(k), vertex(self.walk, k)))
            top, known = max(ends, key=lambda end: float(end[0][1]))
            self.drop.set_points(dashed(self.on_axis(k), top, self.plane.theme.dim).points)
            drop = segment(self.plane, "drop", self.facts.on_axis(k), known, dashed=True)
            stated(self.drop, drop)
        return self

    def open_parabola(self, k: int, share: float) -> NewtonWalk:
        """Draw the parabola of iterate k - 1, opened by `share` (0…1) to both sides."""
        at = self.walk.points[k - 1, 0]
        x = at + np.linspace(-1, 1, SAMPLES) * max(share, 1e-3) * self.reach
        low, high = self.plane.x_window
        x = x[(x >= low) & (x <= high)]
        self._opened = (float(x[0]), float(x[-1]))
        y = quadratic_model(self.walk.field, self.walk.points[k - 1])(x)
        self.parabola.set_points(self.plane.curve(x, y, self.plane.theme.tangent).points)
        return self

    def trace(self) -> list[mn.VMobject]:
        """What the step just taken leaves behind: its parabola, gone pale."""
        return [self.parabola.copy().set_stroke(width=3, opacity=0.3)]

    def believe(self, k: int, run_time: float) -> mn.Animation:
        """Only open the parabola of iterate k - 1: its vertex may be far out of the picture."""

        def draw(share: float) -> None:
            self.open_parabola(k, share)
            self._state_model(k, opened=share > 1 - 1e-9, marked=0.0)

        return Drawn(self, draw, run_time=run_time)

    def flight_to(self, k: int) -> Pointer:
        """An arrow from iterate k - 1 along the axis to iterate k, out of the picture."""
        here, there = (self.on_axis(i) + FLIGHT * mn.UP for i in (k - 1, k))
        code = f"x_{k} {number(self.walk.points[k, 0], 2)}"
        pointer = Pointer(self.plane.box, self.plane.theme.danger).aim(here, there, code)
        x = self.facts.coordinate(k)
        return pointer.state(self.plane, (None, None), (x, None), x)

    def _state_model(self, k: int, *, opened: bool, marked: float) -> None:
        """Let parabola and vertex state that they are the model of iterate k - 1, as far as drawn.

        What stays as it is goes on stating the same, while the dot moves; the vertex is `marked`
        once it is 1.
        """
        if self._modelled != k or not opened:
            self._modelled, self._marked = k if opened else 0, 0
            data = {"model": {"walk": self.walk, "k": k - 1}, "x": self._opened}
            stated(self.parabola, Statement("curve", "parabola", self.plane, data=data))
            stated(self.vertex, None)
        if marked and self._marked != k:
            self._marked = k if marked == 1 else 0
            stated(self.vertex, point(self.plane, "vertex", vertex(self.walk, k)))
