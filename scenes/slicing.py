"""Hold one variable still, and a surface becomes a parabola: calculus of one variable again."""

from __future__ import annotations

import manim as mn
import numpy as np

from gdmath import PARABOLOID, Verdict, Walk, descend, gradient_step, slice_at, tangent_line
from scenes.stage.clip import Clip
from scenes.stage.cut import CuttingPlane, SliceWalker
from scenes.stage.formula import Readout, math, number, typst
from scenes.stage.pace import paced
from scenes.stage.rounding import shown
from scenes.stage.space import DEGREE, Space

COLUMN, TOP, ROW = 2.75, 2.0, 0.95
REACH = 1.6


class Slicing(Clip):
    """The surface x² + y² cut by planes y = c and x = c; the cuts are parabolas."""

    topic = "Slicing"
    field = PARABOLOID
    held, at = 0.6, 1.1
    start, rate = 1.5, 0.15
    tolerance = 0.05

    def construct(self) -> None:
        self.compute()
        self.meet_the_surface()
        self.hold_y_still()
        self.lift_the_front()
        self.read_the_slope()
        self.walk_on_the_slice()
        self.hold_x_still()

    def compute(self) -> None:
        self.slice = slice_at(self.field, y=self.held)
        self.cast("on the slice", Verdict.CONVERGED, self.rate)

    def walk(self, name: str, rate: float) -> Walk:
        walk = descend(
            self.slice, self.start, gradient_step(rate), steps=25, tolerance=self.tolerance
        )
        return self.know(name, walk)

    def meet_the_surface(self) -> None:
        self.beat(
            "one surface, two directions",
            "The height f(x, y) depends on two numbers. How steep is it, and in which direction?",
        )
        theme = self.theme
        self.space = Space(
            theme, (-REACH, REACH), (-REACH, REACH), (0, 2 * REACH**2),
            place=(-2.9, 0.05), zoom=0.74, resolution=112,
        )  # fmt: skip
        self.bowl = self.space.surface(self.field)
        names = [math(code, size=28, colour=theme.label) for code in ("x", "y", "f(x, y)")]
        self.space.axes(names, origin=(-REACH, -REACH, 0))
        formula = math(f"f(x, y) = {typst(self.field.expr)}", size=36, colour=theme.function)
        self.play(mn.FadeIn(self.space), run_time=1.0)
        self.play(mn.FadeIn(formula.rest(COLUMN, TOP)), run_time=0.6)
        self.play(self.space.camera.animate.set(theta=-52 * DEGREE), run_time=3)

    def hold_y_still(self) -> None:
        self.beat(
            "y is held still",
            "A plane y = c cuts the surface. Wherever it stands, the cut is a parabola.",
        )
        self.cut = CuttingPlane(self.space, self.field, axis=1, at=-1.3)
        self.play(*(mn.FadeIn(part) for part in self.cut.parts), run_time=0.6)
        label = math("y", size=36, colour=self.theme.danger).rest(COLUMN, TOP - ROW)
        place = label.get_right()[0] + 0.03
        self.live = Readout(place, TOP - ROW, size=36, colour=self.theme.danger, decimals=2)
        self.live.write(-1.3)
        self.play(mn.FadeIn(label), mn.FadeIn(self.live), run_time=0.4)
        self.cut_rows = mn.VGroup(label)
        self.play(self.cut.move(1.2, self.live, run_time=3))
        self.play(self.cut.move(self.held, self.live, run_time=1.6))
        cut = f"f(x, {self.held:g}) = {typst(self.slice.expr.evalf(4))}"
        formula = math(cut, size=36, colour=self.theme.danger).rest(COLUMN, TOP - 2 * ROW)
        self.play(mn.FadeIn(formula), run_time=0.5)
        self.cut_rows.add(formula)
        self.hold(1)

    def lift_the_front(self) -> None:
        self.beat(
            "the parabola stands alone",
            "Lift the front away: on the cut only x moves. Height is a function of one variable.",
        )
        front = self.space.surface(self.field, y=(-REACH, self.held))
        self.bowl.clip(y=(self.held, None))
        self.play(front.animate.shift(2.4 * mn.OUT).set_opacity(0), run_time=2)
        self.space.remove(front)
        self.hold(1.4)

    def read_the_slope(self) -> None:
        slope = self.slice.partial("x")
        self.beat(
            "its slope is the partial derivative",
            f"At x = {self.at:g} the tangent of the cut has the slope {shown(slope(self.at), 2)}: "
            "that is ∂f/∂x.",
            poster=True,
        )
        tangent = self.tangent_at(self.at)
        rows = (
            f"(partial f)/(partial x) = {typst(slope.expr)}",
            f"(partial f)/(partial x)({self.at:g}, {self.held:g}) {number(slope(self.at))}",
        )
        self.slope_rows = mn.VGroup(
            *(
                math(code, size=34, colour=self.theme.tangent).rest(
                    COLUMN, TOP - (3.15 + i * 1.25) * ROW
                )
                for i, code in enumerate(rows)
            )
        )
        self.play(mn.Create(tangent), run_time=0.8)
        for row in self.slope_rows:
            self.play(mn.FadeIn(row), run_time=0.5)
            self.hold(0.8)
        self.hold(1.2)
        self.play(mn.FadeOut(tangent), run_time=0.4)
        self.space.remove(tangent)

    def walk_on_the_slice(self) -> None:
        walk = self.evidence.walks["on the slice"]
        self.beat(
            "so it can be walked down",
            f"With y = {self.held:g} fixed, steps −α ∂f/∂x lead to the lowest point of the cut.",
        )
        self.walker = SliceWalker(self.space, "on the slice", walk, self.held)
        self.play(mn.FadeIn(self.walker.dot), run_time=0.4)
        self.hold(0.4)
        self.play(self.walker.descend(paced(range(1, walk.stopped_at + 1))))
        self.hold(1.2)

    def hold_x_still(self) -> None:
        self.beat(
            "now x is held still",
            "A plane x = c does the same for y: another parabola, another partial derivative.",
        )
        rows = (self.slope_rows, self.cut_rows, self.live)
        leaving = [*self.cut.parts, *self.walker.parts, *rows]
        self.play(*(mn.FadeOut(mob) for mob in leaving), run_time=0.5)
        self.space.remove(*self.cut.parts, *self.walker.parts)
        self.play(self.bowl.animate.clip(y=(-REACH, None)), run_time=1)
        across = CuttingPlane(self.space, self.field, axis=0, at=-1.3)
        self.play(*(mn.FadeIn(part) for part in across.parts), run_time=0.5)
        turn = self.space.camera.animate.set(theta=-36 * DEGREE)
        self.play(turn, run_time=1.2)
        label = math("x", size=36, colour=self.theme.danger).rest(COLUMN, TOP - ROW)
        self.live.write(-1.3).set_opacity(1)
        self.play(mn.FadeIn(label), mn.FadeIn(self.live), run_time=0.4)
        self.play(across.move(self.at, self.live, run_time=3))
        other = slice_at(self.field, x=self.at)
        formula = math(
            f"f({self.at:g}, y) = {typst(other.expr.evalf(4))}", size=36, colour=self.theme.danger
        )
        self.play(mn.FadeIn(formula.rest(COLUMN, TOP - 2 * ROW)), run_time=0.5)
        self.hold(2)

    # What the beats are made of

    def tangent_at(self, x: float) -> mn.VMobject:
        """The tangent of the cut y = c at x, a line in space."""
        line = tangent_line(self.slice, x)
        ends = np.array([x - 0.55, x + 0.55])
        places = np.column_stack([ends, np.full(2, self.held), line(ends)])
        return self.space.line(places[0], places[1], self.theme.tangent)
