"""Two slices have two tangents; together they span the plane that touches the surface."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np
import sympy as sp

from gdmath import (
    PARABOLOID,
    ScalarField,
    Verdict,
    Walk,
    descend,
    gradient_step,
    slice_at,
    stationary_points,
    tangent_line,
    tangent_plane,
)
from gdstage.clip import Clip
from gdstage.look.printing import typst
from gdstage.look.rounding import shown
from gdstage.look.text import Typeset, digits, math, number
from gdstage.motion import Drawn
from gdstage.pace import paced
from gdstage.props.tangent_plane import CloseView, PlaneWalk
from gdstage.space.axes import edge_axes
from gdstage.space.space import DEGREE, Space
from gdstage.walks.readouts import Quantity, Readouts

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMN, TOP = 2.7, 1.95
SIZE = 34
SIDE, FLOOR, CEILING = 1.6, -1.4, 5.12
BOX = (5.6, 5.6, 3.9)
STEEPNESS = BOX[2] / (CEILING - FLOOR) * 2 * SIDE / BOX[0]
CLOSE_PLACE, CLOSE_ZOOM = (-2.5, -0.5), 0.8
OPENING = ((14, 12), (12, 9), (10, 8), (8, 6), (6, 5))


class TangentPlane(Clip):
    """From two tangent lines to the tangent plane, and to the place where it lies level."""

    topic = "Tangent plane"
    field = PARABOLOID
    point = (0.8, 0.6)
    reaches = (0.8, 0.4, 0.2, 0.1)
    front = -0.7
    rate, tolerance = 0.25, 0.05

    def construct(self) -> None:
        self.compute()
        self.take_two_slices()
        self.draw_two_tangents()
        self.span_the_plane()
        self.go_closer()
        self.halve_the_distance()
        self.walk_down()
        self.find_it_level()

    def compute(self) -> None:
        self.plane = tangent_plane(self.field, self.point)
        (self.bottom,) = stationary_points(self.field).points
        self.cast("to the bottom", Verdict.CONVERGED, self.rate)

    def walk(self, name: str, rate: float) -> Walk:
        step = gradient_step(rate)
        return self.know(name, descend(self.field, self.point, step, 25, self.tolerance))

    def take_two_slices(self) -> None:
        x, y = self.point
        self.beat(
            "two slices through one point",
            f"Through the point above ({x:g}, {y:g}) go two cuts: "
            "one with y held still, one with x.",
        )
        theme = self.theme
        self.space = Space(
            theme, (-SIDE, SIDE), (-SIDE, SIDE), (FLOOR, CEILING),
            size=BOX, place=(-2.45, 0.2), zoom=0.8, resolution=96, phi=68 * DEGREE,
        )  # fmt: skip
        self.home = self.space.camera.points.copy()
        self.bowl = self.space.surface(self.field)
        self.floor = self.space.wall(self.floor_corners(), theme.dim, opacity=0.07, outline=1)
        self.axes = edge_axes(self.space)
        formula = self.row(0, f"f(x, y) = {typst(self.field.expr)}", theme.function)
        self.play(mn.FadeIn(self.space), mn.FadeIn(formula), run_time=1.0)
        self.hold(0.4)
        self.play(self.bowl.animate.clip(y=(y, None)), run_time=1.4)
        self.cuts = [self.space.curve(self.cut(axis), theme.danger) for axis in (0, 1)]
        for cut in self.cuts:
            self.play(mn.Create(cut), run_time=0.9)
        self.touch = self.space.dot((x, y, self.field(x, y)), theme.ink, radius=0.09)
        self.play(mn.FadeIn(self.touch), run_time=0.4)
        self.hold(0.8)

    def draw_two_tangents(self) -> None:
        self.beat(
            "two tangents",
            "Each cut has a tangent line. Their slopes are the two partial derivatives.",
        )
        self.tangents = [self.tangent(axis) for axis in (0, 1)]
        self.rows = mn.VGroup(*self.slope_rows(self.point, self.theme.tangent))
        for tangent, row in zip(self.tangents, self.rows, strict=True):
            self.play(mn.Create(tangent), mn.FadeIn(row), run_time=0.9)
            self.hold(0.8)

    def span_the_plane(self) -> None:
        self.beat(
            "together they span a plane",
            "One plane holds both lines. It touches the surface: the tangent plane.",
            poster=True,
        )
        self.patch = self.space.tangent_plane(self.plane, self.point, self.reaches[0])
        code = f"z = {typst(in_decimals(self.plane.expr))}"
        formula = self.row(3.4, code, self.theme.tangent)
        self.play(mn.FadeIn(self.patch), self.bowl.animate.set_opacity(0.8), run_time=1.0)
        self.play(mn.FadeIn(formula), run_time=0.5)
        self.rows.add(formula)
        turn = self.space.camera.animate.set(theta=-73 * DEGREE)
        self.play(turn, rate_func=mn.there_and_back, run_time=4)

    def go_closer(self) -> None:
        x, y = self.point
        h = self.reaches[0]
        self.beat(
            "closer, and it fits better",
            "Halve the distance h, and the gap between surface and plane is a quarter.",
        )
        self.close = CloseView(
            self.theme, self.field, self.point, h,
            steepness=STEEPNESS, place=CLOSE_PLACE, zoom=CLOSE_ZOOM, phi=68 * DEGREE,
        )  # fmt: skip
        # The piece over ± h comes to look as the close view will show it.
        zoom = CLOSE_ZOOM * self.close.space.box.size[0] / (h / SIDE * BOX[0])
        target = {
            "centre": (x, y, self.field(x, y)), "zoom": zoom, "place": (*CLOSE_PLACE, 0),
        }  # fmt: skip
        leaving = (self.rows, self.floor, self.axes, *self.cuts, self.tangents[1])
        self.play(*(mn.FadeOut(part) for part in leaving), run_time=0.5)
        self.play(
            self.space.camera.animate.set(**target),
            self.bowl.animate.clip(x=(x - h, x + h), y=(None, y + h)),
            run_time=1.8,
        )

    def halve_the_distance(self) -> None:
        h, gap = sp.Symbol("h"), self.gap(sp.Symbol("h"))
        heads = ((typst(h), self.theme.label), (f"f - z = {typst(gap)}", self.theme.ink))
        self.table = mn.VGroup(*self.cells(1.2, heads))
        self.play(
            mn.FadeOut(self.space), mn.FadeIn(self.close.space), mn.FadeIn(self.table), run_time=0.6
        )
        rows = [(reach, float(self.gap(sp.Rational(str(reach))))) for reach in self.reaches]
        self.write_row(0, *rows[0])
        for index, ((_, before), (reach, now)) in enumerate(pairwise(rows), start=1):
            self.play(self.close.zoom_to(reach, run_time=1.6))
            self.write_row(index, reach, now, before / now)
        self.hold(1.2)

    def walk_down(self) -> None:
        walk = self.evidence.walks["to the bottom"]
        self.beat(
            "it tilts less and less",
            "Walk down against the gradient: as the slopes shrink, the plane levels out.",
        )
        self.space.remove(*self.cuts, *self.tangents, self.touch, self.patch)
        self.space.camera.points = self.home.copy()
        self.space.world.place_labels()
        self.bowl.clip(x=(-SIDE, SIDE), y=(self.point[1], SIDE))
        self.walker = PlaneWalk(self.space, "to the bottom", walk, reach=self.reaches[0])
        rows = [
            Quantity(f"(partial f)/(partial {name})(x_k, y_k)", self.theme.tangent, slope)
            for name, slope in (
                ("x", lambda walk, k: walk.gradients[k, 0]),
                ("y", lambda walk, k: walk.gradients[k, 1]),
            )
        ]
        self.slopes = Readouts().rows(rows, COLUMN, TOP - 1.15, 1.15, size=SIZE, decimals=4)
        self.slopes.read(walk, 0)
        arriving = (self.space, self.slopes, self.slopes.numbers)
        self.play(
            mn.FadeOut(self.close.space), mn.FadeOut(self.table),
            *(mn.FadeIn(part) for part in arriving), run_time=0.8,
        )  # fmt: skip
        self.play(self.bowl.animate.clip(y=(0, None)), run_time=1.0)
        self.hold(0.4)
        moments = paced(range(1, walk.stopped_at + 1), opening=OPENING)
        self.play(self.walker.descend(moments, self.slopes))
        self.hold(0.8)

    def find_it_level(self) -> None:
        x, y = self.bottom.point
        self.beat(
            "level exactly at the minimum",
            f"At ({typst(x)}, {typst(y)}) both slopes are 0: the plane is parallel to the floor.",
        )
        minimum = self.theme.minimum
        walk = self.walker.walk
        last = walk.points[-1]
        goal = np.array([float(x), float(y)])
        self.walker.dot.release()
        place = (*goal, float(self.bottom.value))
        mark = self.space.dot(place, minimum)
        mark.rank = 3

        def arrive(share: float) -> None:
            self.walker.draw(walk.stopped_at, last + share * (goal - last))

        level = tangent_plane(self.field, self.bottom.point)
        rows = mn.VGroup(
            *self.slope_rows((x, y), minimum), self.row(3.4, f"z = {typst(level.expr)}", minimum)
        )
        leaving = (self.slopes, self.slopes.numbers)
        self.play(
            Drawn(self.space, arrive), mn.FadeIn(mark),
            *(mn.FadeOut(part) for part in leaving), run_time=0.6,
        )  # fmt: skip
        self.play(self.walker.patch.animate.set_color(minimum), mn.FadeIn(rows), run_time=0.8)
        self.play(self.space.camera.animate.set(phi=87 * DEGREE), run_time=2.4)
        self.hold(2)

    # What the beats are made of

    def row(self, down: float, code: str, colour: str) -> Typeset:
        """A formula of the column, its baseline `down` scene units under the first."""
        return math(code, size=SIZE, colour=colour).rest(COLUMN, TOP - down)

    def slope_rows(self, point: Sequence[Any], colour: str) -> list[Typeset]:
        """Both partial derivatives at a point, in the column."""
        x, y = (float(c) for c in point)
        slopes = self.field.gradient([x, y])
        return [
            self.row(
                1.15 + 1.15 * axis,
                f"(partial f)/(partial {name}) ({x:g}, {y:g}) {number(slopes[axis], 4)}",
                colour,
            )
            for axis, name in enumerate(self.field.variables)
        ]

    def cells(self, down: float, codes: tuple[tuple[str, str], ...]) -> list[Typeset]:
        """Formulas side by side in the column, each with its colour."""
        places = (COLUMN, COLUMN + 1.2, COLUMN + 3.0)
        return [
            math(code, size=SIZE, colour=colour).rest(at, TOP - down)
            for (code, colour), at in zip(codes, places, strict=False)
        ]

    def write_row(self, index: int, h: float, gap: float, ratio: float | None = None) -> None:
        """Add a distance and its gap to the table, and how many times smaller the gap became."""
        ink, label = self.theme.ink, self.theme.label
        line = [(digits(shown(h, 4)), label), (digits(shown(gap, 4)), ink)]
        if ratio is not None:
            line.append((f"div {digits(shown(round(ratio, 6), 4))}", label))
        row = mn.VGroup(*self.cells(1.95 + 0.7 * index, tuple(line)))
        self.table.add(row)
        self.play(mn.FadeIn(row), run_time=0.4)
        self.hold(0.8)

    def gap(self, h: sp.Expr) -> sp.Expr:
        """How far the surface is above the plane, h from the point along x: exact."""
        (x, y), (x0, y0) = self.field.variables, (sp.Rational(str(c)) for c in self.point)
        return sp.expand((self.field.expr - self.plane.expr).subs({x: x0 + h, y: y0}))

    def floor_corners(self) -> np.ndarray:
        """The corners of the floor (4, 3)."""
        signs = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
        return np.column_stack([SIDE * signs, np.full(4, FLOOR)])

    def slice_of(self, axis: int) -> ScalarField:
        """The slice along x (axis 0) or along y (axis 1) through the point."""
        x, y = self.point
        return slice_at(self.field, y=y) if axis == 0 else slice_at(self.field, x=x)

    def lifted(self, axis: int, along: np.ndarray, heights: np.ndarray) -> np.ndarray:
        """Points (n, 3) at these heights over the line along x or y through the point."""
        held = np.full_like(along, self.point[1 - axis])
        columns = (along, held) if axis == 0 else (held, along)
        return np.column_stack([*columns, heights])

    def cut(self, axis: int) -> np.ndarray:
        """The slice as a curve in space (n, 3); along y it ends in front of the bottom."""
        along = np.linspace(-SIDE if axis == 0 else self.front, SIDE, 100)
        return self.lifted(axis, along, self.slice_of(axis)(along))

    def tangent(self, axis: int) -> mn.VMobject:
        """The tangent of a slice at the point, in space."""
        at, reach = self.point[axis], self.reaches[0]
        along = np.array([at - reach, at + reach])
        ends = self.lifted(axis, along, tangent_line(self.slice_of(axis), at)(along))
        return self.space.line(ends[0], ends[1], self.theme.tangent)


def in_decimals(expression: sp.Expr) -> sp.Expr:
    """An expression with its fractions as decimals of at most four digits."""
    return expression.replace(
        lambda part: part.is_Rational and not part.is_Integer, lambda part: sp.Float(part, 4)
    )
