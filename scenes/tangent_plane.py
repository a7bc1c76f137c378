"""Two slices have two tangents; together they span the plane that touches the surface."""

from __future__ import annotations

import manim as mn
import numpy as np

from gdmath import (
    PARABOLOID,
    ScalarField,
    Verdict,
    Walk,
    descend,
    gradient_step,
    slice_at,
    tangent_line,
    tangent_plane,
)
from scenes.stage.clip import Clip
from scenes.stage.formula import digits, math, number, typst
from scenes.stage.pace import paced
from scenes.stage.plane_walk import PlaneWalker
from scenes.stage.rounding import shown
from scenes.stage.space import DEGREE, Space

COLUMN, TOP, ROW = 2.7, 2.0, 0.9
SIDE = 1.6
TABLE = (COLUMN + 0.2, COLUMN + 1.9)
STRIDES = ((12, 8), (10, 6), (8, 5), (6, 4))


class TangentPlane(Clip):
    """From two tangent lines to the tangent plane, and to the place where it lies level."""

    topic = "Tangent plane"
    field = PARABOLOID
    point = (0.5, -0.9)
    reach = 0.7
    reaches = (0.8, 0.4, 0.2, 0.1)
    start, rate, tolerance = (0.7, -1.15), 0.2, 0.1

    def construct(self) -> None:
        self.compute()
        self.take_two_slices()
        self.draw_two_tangents()
        self.span_the_plane()
        self.zoom_in()
        self.go_where_it_is_level()

    def compute(self) -> None:
        self.plane = tangent_plane(self.field, self.point)
        self.cast("to the bottom", Verdict.CONVERGED, self.rate)

    def walk(self, name: str, rate: float) -> Walk:
        step = gradient_step(rate)
        walk = descend(self.field, self.start, step, steps=25, tolerance=self.tolerance)
        return self.know(name, walk)

    def take_two_slices(self) -> None:
        x, y = self.point
        self.beat(
            "two slices through one point",
            f"Above ({shown(x, 2)}, {shown(y, 2)}) two cuts meet: "
            "one with y held still, one with x held still.",
        )
        theme = self.theme
        self.space = Space(
            theme, (-SIDE, SIDE), (-SIDE, SIDE), (0, 2 * SIDE**2),
            place=(-2.9, 0.05), zoom=0.76, resolution=112, theta=-64 * DEGREE, phi=75 * DEGREE,
        )  # fmt: skip
        self.space.surface(self.field)
        names = [math(code, size=28, colour=theme.label) for code in ("x", "y", "f(x, y)")]
        self.axes = self.space.axes(names, origin=(-SIDE, -SIDE, 0))
        formula = math(f"f(x, y) = {typst(self.field.expr)}", size=34, colour=theme.function)
        self.play(mn.FadeIn(self.space), mn.FadeIn(formula.rest(COLUMN, TOP)), run_time=1.0)
        self.cuts = [self.space.curve(self.cut(axis), theme.danger, width=5) for axis in (0, 1)]
        self.touch = self.space.dot((x, y, self.field(x, y)), theme.ink, radius=0.09)
        self.play(*(mn.Create(cut) for cut in self.cuts), run_time=1.4)
        self.play(mn.FadeIn(self.touch), run_time=0.4)
        self.hold(0.8)

    def draw_two_tangents(self) -> None:
        x, y = self.point
        self.beat(
            "two tangents",
            "Each cut has a tangent line. Their slopes are the two partial derivatives.",
        )
        self.tangents = [self.tangent(axis) for axis in (0, 1)]
        self.rows = mn.VGroup()
        for axis, variable in enumerate("xy"):
            slope = self.field.partial(variable)(x, y)
            code = f"(partial f)/(partial {variable})({x:g}, {y:g}) {number(slope)}"
            row = math(code, size=32, colour=self.theme.tangent)
            self.rows.add(row.rest(COLUMN, TOP - 1.15 - 1.15 * axis))
            self.play(mn.Create(self.tangents[axis]), mn.FadeIn(row), run_time=0.9)
            self.hold(0.8)

    def span_the_plane(self) -> None:
        self.beat(
            "one plane",
            "The two lines span a plane that touches the surface: the tangent plane.",
            poster=True,
        )
        self.patch = self.space.tangent_plane(self.plane, self.point, self.reach)
        code = f"z = {typst(self.plane.expr.evalf(4))}"
        formula = math(code, size=34, colour=self.theme.tangent).rest(COLUMN, TOP - 3.3)
        self.play(mn.FadeIn(self.patch), run_time=0.8)
        self.play(mn.FadeIn(formula), run_time=0.5)
        self.play(self.space.camera.animate.set(theta=-52 * DEGREE), run_time=2.6)
        self.rows.add(formula)

    def zoom_in(self) -> None:
        self.beat(
            "closer, and it fits better",
            "Halve the distance h from the point, and the gap to the plane becomes a quarter.",
        )
        self.play(mn.FadeOut(self.rows), mn.FadeOut(self.space), run_time=0.5)
        head = [math(code, size=34, colour=self.theme.label) for code in ("h", "f - z")]
        rows = mn.VGroup(*(part.rest(at, TOP - 1.3) for part, at in zip(head, TABLE, strict=True)))
        self.play(mn.FadeIn(rows), run_time=0.3)
        seen: Space | None = None
        for row, h in enumerate(self.reaches, start=1):
            closer = self.close_up(h)
            line = self.table_row(h, TOP - 1.3 - 0.75 * row)
            rows.add(line)
            leaving = [mn.FadeOut(seen, scale=1.6)] if seen is not None else []
            self.play(*leaving, mn.FadeIn(closer, scale=0.7), mn.FadeIn(line), run_time=0.8)
            self.hold(1)
            seen = closer
        self.hold(0.8)
        self.play(*(mn.FadeOut(mob) for mob in (seen, rows) if mob is not None), run_time=0.5)

    def go_where_it_is_level(self) -> None:
        walk = self.evidence.walks["to the bottom"]
        self.beat(
            "level at the minimum",
            "Walk down, and the plane tilts less and less. At the minimum it is level.",
        )
        self.space.remove(*self.cuts, *self.tangents, self.touch, self.patch)
        self.play(mn.FadeIn(self.space), run_time=0.5)
        walker = PlaneWalker(self.space, "to the bottom", walk, reach=0.6)
        self.play(*(mn.FadeIn(part) for part in walker.parts), run_time=0.5)
        self.hold(0.5)
        self.play(walker.descend(paced(range(1, walk.stopped_at + 1), opening=STRIDES)))
        both = "(partial f)/(partial x) approx (partial f)/(partial y) approx 0"
        level = math(both, size=34, colour=self.theme.minimum).rest(COLUMN, TOP - 1.3)
        self.play(self.space.camera.animate.set(phi=86 * DEGREE), mn.FadeIn(level), run_time=1.6)
        self.hold(1.8)

    # What the beats are made of

    def close_up(self, h: float) -> Space:
        """The surface and its tangent plane over ± h around the point, drawn as large as before."""
        x, y = self.point
        value, slope = self.field(x, y), abs(self.field.gradient(self.point)).sum()
        rise = slope * h + 2 * h**2
        space = Space(
            self.theme, (x - h, x + h), (y - h, y + h), (value - rise, value + rise),
            place=(-2.9, 0.05), zoom=0.76, theta=-52 * DEGREE, phi=75 * DEGREE,
        )  # fmt: skip
        space.surface(self.field)
        space.tangent_plane(self.plane, self.point, h)
        space.dot((x, y, value), self.theme.ink, radius=0.09)
        return space

    def table_row(self, h: float, baseline: float) -> mn.VGroup:
        """A distance, and the gap between surface and plane there."""
        x, y = self.point
        gap = self.field(x + h, y) - self.plane(x + h, y)
        cells = (f"{h:g}", digits(shown(gap, 4)))
        colours = (self.theme.label, self.theme.tangent)
        return mn.VGroup(
            *(
                math(cell, size=34, colour=colour).rest(at, baseline)
                for cell, colour, at in zip(cells, colours, TABLE, strict=True)
            )
        )

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
        """The slice as a curve in space (n, 3)."""
        along = np.linspace(-SIDE, SIDE, 100)
        return self.lifted(axis, along, self.slice_of(axis)(along))

    def tangent(self, axis: int) -> mn.VMobject:
        """The tangent of a slice at the point, in space."""
        at = self.point[axis]
        along = np.array([at - self.reach, at + self.reach])
        ends = self.lifted(axis, along, tangent_line(self.slice_of(axis), at)(along))
        return self.space.line(ends[0], ends[1], self.theme.tangent)
