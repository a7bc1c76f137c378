"""A walk of Newton's on a graph of one variable: parabola, vertex, next iterate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdmath import quadratic_model
from gdstage.look.named_parts import thicken_bars
from gdstage.look.readout import Readout
from gdstage.look.signs import dashed
from gdstage.look.text import math, tint
from gdstage.motion import Drawn
from gdstage.pace import total
from gdstage.proof.evidence import IterateDot
from gdstage.walks.panel import COLUMN, ROW, SIZE
from gdstage.walks.stepping import Course

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.look.theme import Theme
    from gdstage.pace import Moment
    from gdstage.plane.axes import Plane
    from gdstage.walks.panel import Reader

# Shares of a step's time: the parabola opens, its vertex is marked, the dot moves there.
OPENED, MARKED = 0.42, 0.6
SAMPLES = 400
VERTEX = 0.1
CLEAR_OF_DOT = 0.3
# A name under the axis needs this much room (scene units).
NAME_ROOM = 0.5


class NewtonFigure(mn.VGroup):
    """One walk of Newton's over one graph, shown at an iterate or between two.

    The parabola that shares value, slope and curvature with the graph at the iterate opens from
    there; below or above its vertex, a diamond, lies the next iterate.
    """

    def __init__(self, plane: Plane, name: str, walk: Walk, *, reach: float) -> None:
        super().__init__()
        theme = plane.theme
        self.plane, self.name, self.walk, self.reach = plane, name, walk, reach
        self.past, self.names = mn.VGroup(), mn.VGroup()
        self.parabola = mn.VMobject(stroke_color=theme.tangent, stroke_width=4, fill_opacity=0)
        self.drop = mn.VMobject(stroke_color=theme.dim, stroke_width=2)
        self.vertex = mn.Square(2 * VERTEX, stroke_color=theme.tangent, stroke_width=4)
        self.vertex.rotate(np.pi / 4).set_fill(theme.ground, 1).set_opacity(0).set_z_index(5)
        self.dot = IterateDot(theme.iterate)
        self.add(self.past, self.drop, self.parabola, self.names, self.vertex, self.dot)
        self._named_at: list[float] = []
        self.stand_on(0)

    def place(self, k: int) -> NDArray[np.float64]:
        """Where iterate k lies on the graph, in scene units (3,)."""
        return self.plane.at(self.walk.points[k, 0], self.walk.values[k])

    def vertex_place(self, k: int) -> NDArray[np.float64]:
        """Where the vertex of the parabola of iterate k - 1 is, in scene units (3,)."""
        x = self.walk.points[k, 0]
        return self.plane.at(x, quadratic_model(self.walk.field, self.walk.points[k - 1])(x))

    def stand_on(self, k: int) -> NewtonFigure:
        """Stand on iterate k, with its name on the axis where there is room."""
        self.dot.move_to(self.place(k)).claim(self.name, k, self.place(k))
        if np.linalg.norm(self.vertex.get_center() - self.place(k)) < CLEAR_OF_DOT:
            self.vertex.set_opacity(0)
        foot = self.plane.at(self.walk.points[k, 0], self.plane.y_window[0])
        self.drop.set_points(dashed(foot, self.place(k), self.plane.theme.dim).points)
        if all(abs(foot[0] - other) > NAME_ROOM for other in self._named_at):
            self._named_at.append(float(foot[0]))
            name = math(f"x_{k}", size=30, colour=self.plane.theme.iterate)
            self.names.add(name.rest(foot[0] + 0.1, foot[1] + 0.3))
            self.past.add(self.drop.copy().set_stroke(opacity=0.5))
        return self

    def stand_between(self, k: int, share: float) -> NewtonFigure:
        """Be `share` (0…1) through the step from iterate k - 1 to iterate k."""
        self.dot.release()
        self.open_parabola(k, min(share / OPENED, 1.0))
        shown = float(np.clip((share - OPENED) / (MARKED - OPENED), 0, 1))
        self.vertex.move_to(self.vertex_place(k)).set_opacity(shown)
        moved = mn.smooth(max(0.0, (share - MARKED) / (1 - MARKED)))
        before, after = self.walk.points[k - 1, 0], self.walk.points[k, 0]
        x = float(before + moved * (after - before))
        self.dot.move_to(self.plane.at(x, self.walk.field(x)))
        if shown == 0:
            return self
        foot = self.plane.at(after, self.plane.y_window[0])
        ends = sorted((self.place(k), self.vertex_place(k)), key=lambda place: place[1])
        self.drop.set_points(dashed(foot, ends[1], self.plane.theme.dim).points)
        return self

    def open_parabola(self, k: int, share: float) -> NewtonFigure:
        """Draw the parabola of iterate k - 1, opened by `share` (0…1) to both sides."""
        at = self.walk.points[k - 1, 0]
        x = at + np.linspace(-1, 1, SAMPLES) * max(share, 1e-3) * self.reach
        low, high = self.plane.x_window
        x = x[(x >= low) & (x <= high)]
        y = quadratic_model(self.walk.field, self.walk.points[k - 1])(x)
        curve = self.plane.curve(x, y, self.plane.theme.tangent)
        self.parabola.set_points(curve.points)
        return self

    def leave_behind(self, k: int) -> NewtonFigure:
        """Turn iterate k into a ring, and the parabola that led to it into a pale line."""
        theme = self.plane.theme
        ring = mn.Circle(0.1, stroke_color=theme.past, stroke_width=3, fill_opacity=0)
        self.past.add(ring.move_to(self.place(k)).set_z_index(3))
        if k > 0:
            self.past.add(self.parabola.copy().set_stroke(width=3, opacity=0.3))
        return self

    def descend(self, moments: Sequence[Moment], panel: Reader | None = None) -> mn.Animation:
        """Take the steps to the iterates of `moments`, each moving and resting as it says."""
        course = Course(self, moments, panel)
        return Drawn(self, course.draw, run_time=total(moments), rate_func=mn.linear)

    def believe(self, k: int, run_time: float) -> mn.Animation:
        """Only open the parabola of iterate k - 1: its vertex may be far out of the picture."""
        return Drawn(self, lambda share: self.open_parabola(k, share), run_time=run_time)

    def sees(self, k: int) -> bool:
        """Whether iterate k is in the picture."""
        return self.plane.box.contains(self.place(k))


class NewtonPanel(mn.VGroup):
    """k, x_k, f′(x_k) and f″(x_k) of the current iterate, under Newton's rule."""

    def __init__(self, theme: Theme, top: float = 1.85) -> None:
        super().__init__()
        slope = tint("f'(x_(k-1))", theme.tangent)
        bend = tint("f''(x_(k-1))", theme.tangent)
        rule = f"x_k = x_(k-1) - frac({slope}, {bend})"
        law = math(rule, size=SIZE, colour=theme.ink).rest(COLUMN, top)
        self.add(thicken_bars(law))
        self.numbers = mn.VGroup()
        codes = ("k", "x_k", "f'(x_k)", "f''(x_k)")
        colours = (theme.ink, theme.iterate, theme.tangent, theme.tangent)
        for row, (code, colour) in enumerate(zip(codes, colours, strict=True)):
            y = top - 1.3 - row * ROW
            label = math(code, size=SIZE, colour=colour).rest(COLUMN, y)
            self.add(label)
            self.numbers.add(Readout(label.get_right()[0] + 0.03, y, size=SIZE, colour=colour))

    @property
    def whole(self) -> mn.VGroup:
        """Labels and numbers together, to come and go."""
        return mn.VGroup(self, self.numbers)

    def read(self, walk: Walk, k: int) -> NewtonPanel:
        """Read out iterate k."""
        bend = walk.field.hessian(walk.points[k])[0, 0]
        values = (k, walk.points[k, 0], walk.gradients[k, 0], bend)
        for readout, value in zip(self.numbers, values, strict=True):
            readout.write(float(value))
        return self
