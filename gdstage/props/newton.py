"""What `scenes/newton.py` shows: parabolas, and how many digits are right."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

import manim as mn
import mpmath
import numpy as np

from gdmath import precise_points, quadratic_model
from gdmath.descent.certificate import DIGITS
from gdstage.look.named_parts import Parts
from gdstage.look.rounding import shown
from gdstage.look.signs import dashed
from gdstage.look.text import digits, math
from gdstage.motion import Drawn
from gdstage.proof.evidence import IterateDot
from gdstage.walks.stepping import stepping

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sympy as sp
    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.look.theme import Theme
    from gdstage.pace import Moment
    from gdstage.plane.axes import Plane
    from gdstage.walks.stepping import Reader

# Shares of a step's time: the parabola opens, its vertex is marked, the dot moves there.
OPENED, MARKED = 0.42, 0.6
SAMPLES = 400
VERTEX = 0.1
CLEAR_OF_DOT = 0.3
# A name under the axis needs this much room (scene units).
NAME_ROOM = 0.5


DIGIT_SIZE, DIGIT_ROW = 30, 0.58
BAR = 0.2
WRITTEN = 28


class NewtonWalk(mn.VGroup):
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

    def stand_on(self, k: int) -> NewtonWalk:
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

    def stand_between(self, k: int, share: float) -> NewtonWalk:
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

    def open_parabola(self, k: int, share: float) -> NewtonWalk:
        """Draw the parabola of iterate k - 1, opened by `share` (0…1) to both sides."""
        at = self.walk.points[k - 1, 0]
        x = at + np.linspace(-1, 1, SAMPLES) * max(share, 1e-3) * self.reach
        low, high = self.plane.x_window
        x = x[(x >= low) & (x <= high)]
        y = quadratic_model(self.walk.field, self.walk.points[k - 1])(x)
        curve = self.plane.curve(x, y, self.plane.theme.tangent)
        self.parabola.set_points(curve.points)
        return self

    def leave_behind(self, k: int) -> NewtonWalk:
        """Turn iterate k into a ring, and the parabola that led to it into a pale line."""
        theme = self.plane.theme
        ring = mn.Circle(0.1, stroke_color=theme.past, stroke_width=3, fill_opacity=0)
        self.past.add(ring.move_to(self.place(k)).set_z_index(3))
        if k > 0:
            self.past.add(self.parabola.copy().set_stroke(width=3, opacity=0.3))
        return self

    def descend(self, moments: Sequence[Moment], reader: Reader | None = None) -> mn.Animation:
        """Take the steps to the iterates of `moments`, each moving and resting as it says."""
        return stepping(self, moments, reader, self)

    def believe(self, k: int, run_time: float) -> mn.Animation:
        """Only open the parabola of iterate k - 1: its vertex may be far out of the picture."""
        return Drawn(self, lambda share: self.open_parabola(k, share), run_time=run_time)


class DigitTable(mn.VGroup):
    """The iterates of a walk of one variable in 50-digit arithmetic, one a row.

    `goal` is where they go, an exact number; digits that agree with it are bright. `rows` hold
    the numbers, a group a row; under them stands the goal itself.
    """

    def __init__(self, theme: Theme, walk: Walk, goal: Any, *, x: float, top: float) -> None:
        super().__init__()
        self.theme, self.x, self.top = theme, x, top
        true = decimals(goal)
        self.rows = mn.VGroup()
        for k, (point,) in enumerate(precise_points(walk)):
            text = decimals(point)
            right = agreeing(text, true)
            name = math(f"x_{k}", size=DIGIT_SIZE, colour=theme.iterate).rest(x, self.line(k))
            parts = [("right", text[:right])] if right else []
            value = Parts(
                [*parts, ("wrong", text[right:])],
                size=DIGIT_SIZE,
                colour=theme.dim,
                colours={"right": theme.minimum},
            )
            value.rest(x + 0.55, self.line(k))
            self.rows.add(mn.VGroup(name, value))
        last = self.line(len(self.rows) + 0.25)
        self.goal = mn.VGroup(
            math("x^*", size=DIGIT_SIZE, colour=theme.minimum).rest(x, last),
            math(true, size=DIGIT_SIZE, colour=theme.minimum).rest(x + 0.55, last),
        )
        self.add(self.rows, self.goal)

    def line(self, k: float) -> float:
        """The baseline of row k, in scene units."""
        return self.top - DIGIT_ROW * k


class DigitBars(mn.VGroup):
    """Correct digits −log₁₀|x_k − x*|, or 0, of a walk's iterates, as bars of `unit` a digit.

    `baselines` are those of the table's rows; `lift` moves the bars within their rows.
    """

    def __init__(
        self,
        theme: Theme,
        walk: Walk,
        goal: Any,
        colour: str,
        *,
        x: float,
        baselines: Sequence[float],
        unit: float,
        lift: float = 0.0,
    ) -> None:
        super().__init__()
        self.counts = [max(count, 0.0) for count in correct_digits(walk, goal)]
        self.bars, self.labels = mn.VGroup(), mn.VGroup()
        for count, baseline in zip(self.counts, baselines, strict=True):
            width = max(unit * count, 0.02)
            bar = mn.Rectangle(width=width, height=BAR, stroke_width=0).set_fill(colour, 1)
            bar.move_to((x, baseline + 0.1 + lift, 0), aligned_edge=mn.LEFT)
            label = math(digits(shown(count, 1)), size=24, colour=theme.label)
            label.rest(bar.get_right()[0] + 0.12, baseline + 0.03 + lift)
            self.bars.add(bar)
            self.labels.add(label)
        self.add(self.bars, self.labels)

    def grow(self, k: int, run_time: float) -> mn.Animation:
        """Let the bar of iterate k grow from nothing."""
        bar, full = self.bars[k], self.bars[k].width
        left = bar.get_left()

        def draw(share: float) -> None:
            bar.stretch_to_fit_width(max(full * share, 1e-3)).move_to(left, aligned_edge=mn.LEFT)

        return Drawn(bar, draw, run_time=run_time)


def precisely(value: sp.Expr) -> Any:
    """An exact number as a 50-digit one."""
    with mpmath.workdps(DIGITS):
        return mpmath.mpf(str(value.evalf(DIGITS + 5)))


def decimals(value: Any) -> str:
    """The leading decimals of a 50-digit number, cut off, not rounded."""
    with mpmath.workdps(DIGITS):
        text = mpmath.nstr(+value, DIGITS - 5, strip_zeros=False)
    return str(text)[: WRITTEN + 2]


def agreeing(text: str, true: str) -> int:
    """How many leading characters of a decimal number are right; 0 if its whole part is wrong."""
    pairs = zip(text, true, strict=False)
    count = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    return count if count > true.index(".") else 0


def correct_digits(walk: Walk, goal: Any) -> list[float]:
    """−log₁₀|x_k − goal| of the iterates of a walk of one variable, from 50 digits."""
    with mpmath.workdps(DIGITS):
        return [float(-mpmath.log10(abs(x - goal))) for (x,) in precise_points(walk)]
