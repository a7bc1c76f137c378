"""What `scenes/tangent_plane.py` shows: a walk that carries its plane, a close view, gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np
import sympy as sp

from gdmath import tangent_plane
from gdstage.look.printing import typst
from gdstage.look.rounding import shown
from gdstage.look.text import digits, math, number
from gdstage.motion import Drawn
from gdstage.proof.fact import given
from gdstage.proof.in_space import (
    FieldFacts,
    Magnified,
    beneath,
    chosen,
    graph_of,
    slice_of,
    tangent_of,
    tangent_plane_of,
)
from gdstage.proof.statement import Statement, scenery, segment, stated, word
from gdstage.proof.statement import point as point_at
from gdstage.proof.truths import along, equal, gap, ordered, ratio, slope_there, steady
from gdstage.space.axes import edge_axes
from gdstage.space.slices import draw_slice, draw_tangent, draw_touch
from gdstage.space.space import DEGREE, Space
from gdstage.walks.surface_walk import SurfaceWalk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdmath import ScalarField, Walk
    from gdstage.facts import Facts
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact, Place
    from gdstage.space.solids import Curve, Dot3

    Array = NDArray[np.float64]

Cell = tuple[str, str, Statement]
"""Of a table: what is written in Typst's mathematics, its colour, and what it states."""

WINDOW, FLOOR, CEILING = 1.6, -2.0, 5.12
BOX = (5.6, 5.6, 3.9)
STEEPNESS = BOX[2] / (CEILING - FLOOR) * 2 * WINDOW / BOX[0]
"""How long a unit of z is drawn for a unit of x."""

FRONT = -0.7
"""Where the slice along y ends, in front of the bottom."""

PHI = 68 * DEGREE
CLOSE_PLACE, CLOSE_ZOOM = (-2.5, -0.5), 0.8
SIDE = 5.0
ROOM = 1.12
SAMPLES = 60
LABEL_SIZE = 30
TABLE_SIZE, ROW = 34, 0.7
CELLS = (0.0, 1.2, 3.0)


class BowlOverFloor(Space):
    """The space of a surface, its `graph`, over a `floor` that shows tilts, with `axes`."""

    def __init__(self, theme: Theme, field: ScalarField) -> None:
        window = (-WINDOW, WINDOW)
        super().__init__(
            theme, window, window, (FLOOR, CEILING),
            size=BOX, place=(-2.45, 0.2), zoom=0.8, resolution=96, phi=PHI,
        )  # fmt: skip
        self.home = self.camera.points.copy()
        self.graph = self.surface(field)
        signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
        corners = [(WINDOW * i, WINDOW * j, FLOOR) for i, j in signs]
        floor = self.wall(corners, theme.dim, opacity=0.07, outline=1)
        self.floor = stated(floor, scenery("floor", self))
        self.axes = edge_axes(self)

    def go_home(self, front: float) -> None:
        """Be seen from where it was first, the surface from y = `front` on."""
        self.camera.points = self.home.copy()
        self.world.place_labels()
        self.graph.clip(x=(-WINDOW, WINDOW), y=(front, WINDOW))


class TwoSlices:
    """The slices of a surface along x and y through a point (2,), with their tangents.

    They are in the space from when they are asked for; `parts` are those that are. The tangents
    are over ± `reach`.
    """

    def __init__(
        self, space: Space, field: ScalarField, at: tuple[float, float], reach: float
    ) -> None:
        self.space, self.field, self.at, self.reach = space, field, at, reach
        self.parts: list[mn.Mobject] = []

    def cut(self, axis: int) -> Curve:
        """The slice along an axis; the one along y ends in front of the bottom."""
        window = ((-WINDOW, FRONT)[axis], WINDOW)
        return self._keep(draw_slice(self.space, self.field, self.at, axis, window))

    def touch(self) -> Dot3:
        """A dot on the point."""
        return self._keep(draw_touch(self.space, self.field, self.at))

    def tangent(self, axis: int) -> Curve:
        """The tangent of the slice along an axis."""
        window = (self.at[axis] - self.reach, self.at[axis] + self.reach)
        return self._keep(draw_tangent(self.space, self.field, self.at, axis, window))

    def _keep(self, part: Any) -> Any:
        self.parts.append(part)
        return part


def slope_code(field: ScalarField, point: tuple[float, float], axis: int) -> str:
    """A partial derivative at a point with its value, in Typst's mathematics."""
    name, slope = field.variables[axis], float(field.gradient(point)[axis])
    return f"(partial f)/(partial {name}) ({point[0]:g}, {point[1]:g}) {number(slope, 4)}"


class CloseView:
    """The surface of f over ± h around a point, half of it, with its tangent plane.

    All three directions are magnified by 1/h, so the plane looks the same at any h and the surface
    bends by h as much. A camera on the whole surface sees the same with the settings
    `seen_from_afar`.
    """

    def __init__(
        self, theme: Theme, field: ScalarField, point: tuple[float, float], h: float
    ) -> None:
        self.field, self.point, self.h = field, np.array(point), h
        self.value, self.slopes = float(field(*point)), field.gradient(self.point)
        low = -ROOM * float(np.abs(self.slopes).sum())
        high = max(-low, float(self.relief(np.ones(1), np.ones(1))[0]))
        size = (SIDE, SIDE, (high - low) * STEEPNESS * SIDE / 2)
        self.space = Space(
            theme, (-1, 1), (-1, 1), (low, high),
            size=size, place=CLOSE_PLACE, zoom=CLOSE_ZOOM, phi=PHI,
        )  # fmt: skip
        self.seen_from_afar = {
            "centre": (*point, self.value),
            "zoom": CLOSE_ZOOM * SIDE / (h / WINDOW * BOX[0]),
            "place": (*CLOSE_PLACE, 0),
        }
        # The window's middle is where the plane touches, whatever the height of the box.
        self.space.camera.centre = np.zeros(3)
        self.surface = self.space.surface(self.relief, y=(0, 1))
        self.patch = self.space.tangent_plane(self.plane, (0.0, 0.0), 1.0)
        self.edge = self.space.curve(np.zeros((SAMPLES, 3)), theme.danger, width=6)
        tip = np.array([1.0, 0.0, float(self.slopes[0])])
        self.tangent = self.space.line(-tip, tip, theme.tangent)
        self.gap = self.space.line(tip, tip, theme.ink, width=5)
        self.touch = self.space.dot(np.zeros(3), theme.ink, radius=0.09)
        h_name, gap_name = (
            math(code, size=LABEL_SIZE, colour=theme.ink) for code in ("h", "f - L")
        )
        self.space.label(h_name, tip / 2, away_from=tip / 2 + [-0.3, 0, 2.0], gap=0.06)
        self.space.label(gap_name, tip, away_from=tip - [1.0, 0, 0.4], gap=0.2)
        self.show(h)

    def relief(self, u: Array, v: Array) -> Array:
        """The height over the point's, magnified, at (u, v) half-windows from it."""
        x, y = self.point
        return (self.field(x + self.h * u, y + self.h * v) - self.value) / self.h

    def plane(self, u: Array, v: Array) -> Array:
        """The tangent plane's height over the point's, magnified."""
        return self.slopes[0] * u + self.slopes[1] * v

    def show(self, h: float) -> None:
        """Show the window of ± h."""
        self.h = h
        self.surface.set_field(self.relief)
        u = np.linspace(-1, 1, SAMPLES)
        edge = np.column_stack([u, 0 * u, self.relief(u, 0 * u)])
        self.edge.put(edge)
        self.gap.put([[1, 0, self.slopes[0]], edge[-1]])
        self._claim()

    def _claim(self) -> None:
        """State what is drawn, as seen through this window."""
        x, y = self.point.tolist()
        space, close = self.space, Magnified(self.field, (x, y), self.h)
        facts, middle, side = FieldFacts(close), (0.0, 0.0), (1.0, 0.0)
        stated(self.surface, graph_of(space, close))
        stated(self.patch, tangent_plane_of(space, close, chosen(middle)))
        stated(self.edge, slice_of(space, close, middle, 0, (-1.0, 1.0)))
        stated(self.tangent, tangent_of(space, close, middle, 0))
        stated(self.touch, point_at(space, "touch", facts.on_surface(middle)))
        on_plane = (*chosen(side), facts.slope(middle, 0))
        stated(self.gap, segment(space, "gap", on_plane, facts.on_surface(side)))

    def zoom_to(self, h: float, run_time: float) -> mn.Animation:
        """Magnify evenly until the window is ± h."""
        start = self.h

        def draw(share: float) -> None:
            self.show(start * (h / start) ** share)

        return Drawn(self.space, draw, run_time=run_time)


class PlaneWalk(SurfaceWalk):
    """A walk on a surface with the tangent plane at its dot, over ± `reach` around it.

    The plane has a shadow straight beneath it on the floor.
    """

    def __init__(self, space: Space, name: str, walk: Walk, *, reach: float) -> None:
        self.reach = reach
        theme = space.world.theme
        self.shadow = space.wall(np.zeros((4, 3)), theme.dim, opacity=0.16, outline=1.5)
        self.patch = space.tangent_plane(lambda x, y: 0 * x * y, (0.0, 0.0), reach)
        super().__init__(space, name, walk, trail=False)

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """What it has put into space."""
        return (self.shadow, self.patch, *super().parts)

    def stand_on(self, k: int) -> PlaneWalk:
        """Stand on iterate k, with the plane there."""
        super().stand_on(k)
        self._claim(self.facts.on_map(k))
        return self

    def stand_between(self, k: int, share: float) -> PlaneWalk:
        """Be so far on the way to iterate k, with the plane there."""
        super().stand_between(k, share)
        self._claim(self.facts.between_on_map(k, share))
        return self

    def _claim(self, place: Place) -> None:
        stated(self.patch, tangent_plane_of(self.space, self.walk.field, place))
        stated(self.shadow, beneath(self.space, place))

    def draw(self, k: int, point: NDArray[np.float64]) -> None:
        """Put the dot above a point (2,), and the plane at it."""
        super().draw(k, point)
        sides = np.array([-self.reach, self.reach])
        field = self.walk.field
        x, y = np.meshgrid(sides, sides, indexing="ij")
        rise = np.stack([x, y], axis=-1) @ field.gradient(point)
        flat = np.stack([point[0] + x, point[1] + y], axis=-1)
        self.patch.put(np.concatenate([flat, (field.at(point) + rise)[..., None]], axis=-1))
        around = flat[[0, 1, 1, 0], [0, 0, 1, 1]]
        floor = np.full((4, 1), self.space.box.low[2])
        self.shadow.put(np.concatenate([around, floor], axis=-1))

    def arrive(self, goal: tuple[float, float]) -> mn.Animation:
        """Go on from the last iterate to a point, where it claims nothing."""
        self.dot.release()
        facts, last = FieldFacts(self.walk.field), self.walk.points[-1]

        def draw(share: float) -> None:
            now = last + share * (np.array(goal) - last)
            self.draw(self.walk.stopped_at, now)
            # On its way the mark of the bottom may come to lie on it.
            there = point_at(self.space, "arrived", facts.on_surface(goal))
            stated(self.dot, there if share == 1 else None)
            self._claim(chosen(now))

        return Drawn(self.space, draw)


class GapTable(mn.VGroup):
    """How far a surface is above its tangent plane at a point, h beside it along x: exact.

    The first baseline is from (x, top) in scene units; each row that is written has a smaller h,
    and says how many times smaller the gap became.
    """

    def __init__(
        self,
        theme: Theme,
        field: ScalarField,
        point: tuple[float, float],
        x: float,
        top: float,
    ) -> None:
        super().__init__()
        self.theme, self.x, self.top = theme, x, top
        self.field, self.point = field, point
        self.gaps: list[Fact] = []
        at, beside = (sp.Rational(str(c)) for c in point)
        here = {field.variables[0]: at + sp.Symbol("h"), field.variables[1]: beside}
        over = sp.expand((field.expr - tangent_plane(field, point).expr).subs(here))
        name = word("label")
        self._row(("h", theme.label, name), (f"f - L = {typst(over)}", theme.ink, name))

    def write(self, h: float) -> mn.VGroup:
        """Add a distance and its gap, as a row that is part of the table."""
        theme, found = self.theme, gap(self.field, self.point, h)
        cells: list[Cell] = [
            (digits(shown(h, 4)), theme.label, word("number", given("h", h))),
            (digits(shown(round(found.value, 9), 4)), theme.ink, word("number", found)),
        ]
        if self.gaps:
            times = ratio(self.gaps[-1], found)
            told = digits(shown(round(times.value, 6), 4))
            cells.append((f"div {told}", theme.label, word("number", times)))
        self.gaps.append(found)
        return self._row(*cells)

    def _row(self, *cells: Cell) -> mn.VGroup:
        y = self.top - ROW * len(self) - 0.05 * (len(self) > 0)
        row = mn.VGroup(
            *(
                stated(math(code, size=TABLE_SIZE, colour=colour), told).rest(self.x + at, y)
                for (code, colour, told), at in zip(cells, CELLS, strict=False)
            )
        )
        self.add(row)
        return row


def require_story(
    facts: Facts,
    field: ScalarField,
    point: tuple[float, float],
    reaches: Sequence[float],
    walk: Walk,
) -> None:
    """See that half the distance leaves a quarter of the gap, and that the walk's plane levels."""
    distances = [given("h", h) for h in reaches]
    facts.require("Halve the distance h", steady(distances, 0.5))
    facts.require("closer", ordered("<", *reversed(distances)))
    gaps = [gap(field, point, h) for h in reaches]
    facts.require("is a quarter", steady(gaps, 0.25, within=1e-4))
    facts.require("it fits better", ordered(">", *gaps))
    facts.require("less and less", along(walk, "steepness", "<"))
    facts.require("Walk down", along(walk, "value", "<"))
    level = (slope_there(field, (0.0, 0.0), axis) for axis in (0, 1))
    facts.require("both slopes are", equal(*level))
    facts.teach("Each cut has a tangent line", "One plane holds both lines")


def in_decimals(expression: sp.Expr) -> sp.Expr:
    """An expression with its fractions as decimals of at most four digits."""
    return expression.replace(
        lambda part: part.is_Rational and not part.is_Integer, lambda part: sp.Float(part, 4)
    )
