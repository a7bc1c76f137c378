"""What `scenes/tangent_plane.py` shows: a walk that carries its plane, a close view, gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np
import sympy as sp

from gdmath import ScalarField, tangent_plane
from gdstage.layout import FIGURE, PICTURE
from gdstage.look.printing import typst
from gdstage.look.rounding import shown
from gdstage.look.text import bare, digits, math, number
from gdstage.look.theme import mix
from gdstage.motion import Drawn
from gdstage.pace import TICK
from gdstage.proof.fact import WalkFacts, given
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
from gdstage.proof.statement import Statement, scenery, segment, stated, trail, word
from gdstage.proof.statement import point as point_at
from gdstage.proof.truths import along, equal, gap, ordered, ratio, slope_there, steady
from gdstage.space.axes import edge_axes
from gdstage.space.fitting import fit_into
from gdstage.space.slices import draw_slice, draw_tangent, draw_tangent_plane, draw_touch
from gdstage.space.space import DEGREE, Space
from gdstage.walks.space_clip import SpaceClip
from gdstage.walks.surface_walk import SurfaceWalk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.facts import Facts
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact, Place
    from gdstage.space.solids import Curve, Dot3

    Array = NDArray[np.float64]

Window = tuple[float, float]

Cell = tuple[str, str, Statement]
"""Of a table: what is written in Typst's mathematics, its colour, and what it states."""

CELLS = (0.0, 1.4, 2.45, 3.5)
"""How far from its beginning a row has its cells (scene units)."""

COLUMNS, TABLE_ROW = (0.0, 0.9, 2.4), 0.62
"""So of a table of slopes, and how far one row is under another (scene units)."""

DECIMALS = 5
"""So many decimals of slopes have room there."""

FRONT_EDGE = np.array([(-1, 0), (-1, -1), (1, -1), (1, 0)])

WINDOW, FLOOR, CEILING = 1.6, -2.0, 5.12
AROUND: dict[str, Any] = {
    "x": (-0.5, 1.1), "y": (-0.45, 0.9), "z": (-0.4, 2.02), "size": (6.4, 5.6, 4.9),
}  # fmt: skip
"""What is seen of the surface around the way to the bottom, where it is drawn steeper."""

PATCH = 0.4
"""How far the plane of a walk reaches to each side of its dot, in the data's units."""

BOX = (6.8, 6.8, 3.8)
STEEPNESS = BOX[2] / (CEILING - FLOOR) * 2 * WINDOW / BOX[0]
"""How long a unit of z is drawn for a unit of x."""

FRONT = -0.7
"""Where the slice along y ends, in front of the bottom."""

SEEN_THROUGH = 0.62
"""How opaque the surface is while a plane lies beneath it."""

# What the viewer does: stand across the way to the bottom, or lower, or close to the point.
HOME: dict[str, Any] = {"theta": -53 * DEGREE, "phi": 68 * DEGREE}
LOW: dict[str, Any] = {"theta": -53 * DEGREE, "phi": 77 * DEGREE}
CLOSE: dict[str, Any] = {"theta": -66 * DEGREE, "phi": 72 * DEGREE, "zoom": 0.9}
BEFORE = -10 * DEGREE
"""From where, beside its home, the first picture is seen."""

UPWARD = 0.6
"""How far the line of an earlier plane goes up in it, in the data's units."""

GIVES_WAY, COMES = 8 * TICK, {"rate_func": mn.squish_rate_func(mn.smooth, 0.4, 1)}
"""Seconds for a space to go while another one comes, which takes longer and begins later."""

SIDE = BOX[0] / 2
ROOM = 1.12
SAMPLES = 60
LABEL_SIZE = 30
TABLE_SIZE = 30
VIEWS = 3
"""Of so many close views, each with its numbers, there is room beside each other."""

STAIR = 0.4
"""How much lower each of them is than the one before (scene units)."""


class PlaneClip(SpaceClip):
    """A clip with the slopes at a place beside the picture."""

    def slope_rows(self, point: tuple[float, ...], colour: str) -> mn.VGroup:
        """The partial derivatives at a point (2,), a row each."""
        rows = (slope_code(self.field, point, axis) for axis in (0, 1))
        return mn.VGroup(*(self.row(1.15 * (i + 1), code, colour) for i, code in enumerate(rows)))


class BowlOverFloor(Space):
    """The space of a surface, its `graph`, over a `floor` that shows tilts, with `axes`.

    The windows of x, y and the height are the bowl's unless told, as is the `size` of its box.
    """

    def __init__(
        self,
        theme: Theme,
        field: ScalarField,
        *,
        x: Window = (-WINDOW, WINDOW),
        y: Window = (-WINDOW, WINDOW),
        z: Window = (FLOOR, CEILING),
        size: tuple[float, float, float] = BOX,
    ) -> None:
        super().__init__(theme, x, y, z, size=size, resolution=96, **HOME)
        fit_into(self, FIGURE.within(left=0.7, right=0.3, bottom=0.35, top=0.2), overhang=0.12)
        self.home = self.camera.points.copy()
        self.graph = self.surface(field)
        corners = [(x[i], y[j], z[0]) for i, j in ((0, 0), (1, 0), (1, 1), (0, 1))]
        floor = self.wall(corners, theme.dim, opacity=0.07, outline=1)
        self.floor = stated(floor, scenery("floor", self))
        self.axes = edge_axes(self)
        self.camera.theta += BEFORE

    @property
    def homely(self) -> dict[str, Any]:
        """The settings of a camera that sees it as at home."""
        (theta, phi, zoom), centre, place = self.home
        return {"theta": theta, "phi": phi, "zoom": zoom, "centre": centre, "place": place}

    @property
    def scenery(self) -> tuple[mn.Mobject, ...]:
        """The floor and all parts of the axes."""
        return (self.floor, *(part for axis in self.axes for part in axis))


def half_a_bowl(theme: Theme, field: ScalarField) -> BowlOverFloor:
    """The space around the way to the bottom, with the part of the surface behind it."""
    bowl = BowlOverFloor(theme, field, **AROUND)
    bowl.graph.clip(y=(0, None)).set_opacity(SEEN_THROUGH)
    bowl.camera.phi = LOW["phi"]
    return bowl


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


def slope_code(field: ScalarField, point: Sequence[float], axis: int) -> str:
    """A partial derivative at a point with its value, in Typst's mathematics."""
    name, slope = field.variables[axis], float(field.gradient(point)[axis])
    return f"(partial f)/(partial {name}) ({point[0]:g}, {point[1]:g}) {number(slope, 4)}"


class SpannedPlane:
    """The tangent plane at a point (2,), over ± `reach`, as a tangent sweeps it along the other.

    It begins as the tangent along x, of which two copies then move apart along that along y.
    """

    def __init__(
        self, space: Space, field: ScalarField, at: tuple[float, float], reach: float
    ) -> None:
        self.space, self.at, self.reach = space, at, reach
        self.plane = tangent_plane(field, at)
        self.patch = draw_tangent_plane(space, field, at, reach)
        theme = space.world.theme
        self.sides = [space.curve(np.zeros((2, 3)), theme.tangent, width=4) for _ in (0, 1)]
        self.draw(0.0)

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """What it has put into space."""
        return (self.patch, *self.sides)

    def draw(self, share: float) -> None:
        """Have swept this share (0…1) of it."""
        (x, y), height = self.at, FieldFacts(self.plane).on_surface
        width = max(share, 1e-3) * self.reach
        self.patch.clip(y=(y - width, y + width))
        for side, v in zip(self.sides, (y - width, y + width), strict=True):
            ends = [height((u, v)) for u in (x - self.reach, x + self.reach)]
            side.put([[fact.value for fact in end if fact] for end in ends])
            stated(side, segment(self.space, "edge of the plane", *ends))

    def sweep(self, run_time: float) -> mn.Animation:
        """Sweep all of it."""
        return Drawn(self.space, self.draw, run_time=run_time, rate_func=mn.smooth)


class CloseView:
    """The surface of f over ± h around a point, half of it, with its tangent plane.

    All three directions are magnified by 1/h, so the plane looks the same at any h and the surface
    bends by h as much. A camera on the whole surface sees the same with the settings
    `seen_from_afar`. It is the view of this `number`, of `VIEWS` beside each other.
    """

    def __init__(
        self,
        theme: Theme,
        field: ScalarField,
        point: tuple[float, float],
        h: float,
        number: int = 0,
    ) -> None:
        self.field, self.point, self.h = field, np.array(point), h
        self.value, self.slopes = float(field(*point)), field.gradient(self.point)
        low = -ROOM * float(np.abs(self.slopes).sum())
        high = max(-low, float(self.relief(np.ones(1), np.ones(1))[0]))
        size = (SIDE, SIDE, (high - low) * STEEPNESS * SIDE / 2)
        view = {**CLOSE, "place": place_of(number)}
        self.space = Space(theme, (-1, 1), (-1, 1), (low, high), size=size, **view)
        self.seen_from_afar = {
            **CLOSE,
            "centre": (*point, self.value),
            "zoom": CLOSE["zoom"] * SIDE / (h / WINDOW * BOX[0]),
            "place": (*place_of(number), 0),
        }
        # The window's middle is where the plane touches, whatever the height of the box.
        self.space.camera.centre = np.zeros(3)
        self.surface = self.space.surface(self.relief, y=(0, 1))
        self.patch = self.space.tangent_plane(self.plane, (0.0, 0.0), 1.0)
        self.edge = self.space.curve(np.zeros((SAMPLES, 3)), theme.danger, width=6)
        tip = np.array([1.0, 0.0, float(self.slopes[0])])
        self.tangent = self.space.line(-tip, tip, theme.tangent)
        self.gap = self.space.line(tip, tip, theme.ink, width=7)
        self.touch = self.space.dot(np.zeros(3), theme.ink, radius=0.09)
        if number == 0:
            h_name, gap_name = (
                math(code, size=LABEL_SIZE, colour=theme.ink) for code in ("h", "f - L")
            )
            far = 0.75 * tip  # beside the frame of the closer view, which ends at half of it
            self.space.label(h_name, far, away_from=np.add(far, [-0.3, 0, 2.0]), gap=0.06)
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

    def frame(self, h: float) -> Curve:
        """The edge of the plane over ± h, in front of the surface: what a closer view shows."""
        slopes = [sp.Rational(str(slope)) for slope in self.slopes]
        level = sum(s * v for s, v in zip(slopes, self.field.variables, strict=True))
        plane = FieldFacts(ScalarField(level, self.field.variables))
        places = [plane.on_surface(corner) for corner in h / self.h * FRONT_EDGE]
        edge = [[fact.value for fact in place if fact] for place in places]
        line = self.space.curve(edge, self.space.world.theme.label, width=2.5)
        return stated(line, trail(self.space, places, "closer view"))

    def move_from(self, other: CloseView) -> Any:
        """Come into its own place from that of another."""
        camera, place = self.space.camera, self.space.camera.place
        camera.place = other.space.camera.place
        return camera.animate.set(place=place)

    def zoom_to(self, h: float, run_time: float) -> mn.Animation:
        """Magnify evenly until the window is ± h."""
        start = self.h

        def draw(share: float) -> None:
            self.show(start * (h / start) ** share)

        return Drawn(self.space, draw, run_time=run_time)


def give_way(space: Space, *coming: mn.Mobject) -> list[mn.Animation]:
    """Let a space go, and others and words come before it is gone: no picture is empty."""
    arriving = (mn.FadeIn(part, run_time=10 * TICK, **COMES) for part in coming)
    return [mn.FadeOut(space, run_time=GIVES_WAY), *arriving]


def place_of(number: int) -> tuple[float, float]:
    """Where in the frame the middle of a close view is, each lower than the one before."""
    step = PICTURE.width / VIEWS
    return PICTURE.left + (number + 0.5) * step, PICTURE.top - 2.1 - number * STAIR


class PlaneWalk(SurfaceWalk):
    """A walk on a surface with the tangent plane at its dot, over ± `reach` around it.

    Of those at the iterates `kept` the line stays that goes straight up in them, with its number;
    of the last one, only that. The plane has a `shadow` straight beneath it on the floor, which is
    not yet there.
    """

    def __init__(
        self, space: Space, name: str, walk: Walk, *, reach: float = PATCH, kept: Sequence[int] = ()
    ) -> None:
        self.reach, self.kept = reach, kept
        theme = space.world.theme
        self.shadow = space.wall(np.zeros((4, 3)), theme.dim, opacity=0.16, outline=1.5)
        space.remove(self.shadow)
        self.patch = space.tangent_plane(lambda x, y: 0 * x * y, (0.0, 0.0), reach)
        self.ghosts: list[mn.Mobject] = []
        super().__init__(space, name, walk, trail=False)

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """What it has put into space."""
        return (self.patch, *self.ghosts, *super().parts)

    def leave_behind(self, k: int) -> PlaneWalk:
        """Leave a small dot on iterate k, and the line of the plane there if it is to be kept."""
        super().leave_behind(k)
        if k in self.kept:
            # From its dot on: below that, the lines would lie on each other.
            low, high = self._upward(k, 0.0), self._upward(k, UPWARD)
            points = [[fact.value for fact in place if fact] for place in (low, high)]
            theme = self.space.world.theme
            ghost = self.space.curve(points, mix(theme.tangent, theme.ground, 0.15), width=7)
            stated(ghost, trail(self.space, (low, high), "plane before"))
            self.ghosts += [ghost, self.number(k)]
        return self

    def number(self, k: int) -> mn.Mobject:
        """The number of iterate k, where the line of the plane there ends."""
        name = math(f"k = {k}", size=LABEL_SIZE, colour=self.space.world.theme.tangent)
        stated(name, word("number", self.facts.count(k)))
        end = np.array([fact.value for fact in self._upward(k, UPWARD) if fact])
        before = np.array([fact.value for fact in self._upward(k, 0.0) if fact])
        before[2] = end[2]  # so that the number is right of the end
        return self.space.label(name, end, away_from=before)

    def _upward(self, k: int, far: float) -> Place:
        """The place in the plane at iterate k that is so far up the gradient."""
        field, here = self.walk.field, self.walk.points[k]
        way = field.gradient(here) / np.linalg.norm(field.gradient(here))
        return FieldFacts(tangent_plane(field, here)).on_surface(here + far * way)

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

    def arrive(self, goal: Sequence[float]) -> mn.Animation:
        """Go on from the last iterate to a point, where it claims nothing."""
        self.dot.release()
        facts, last = FieldFacts(self.walk.field), self.walk.points[-1]

        def draw(share: float) -> None:
            now = last + share * (np.array(goal) - last)
            self.draw(self.walk.stopped_at, now)
            what = "arrived" if share == 1 else "on its way"
            stated(self.dot, point_at(self.space, what, facts.on_surface(now)))
            self._claim(chosen(now))

        return Drawn(self.space, draw)


class GapTable(mn.VGroup):
    """How far a surface is above its tangent plane at a point, h beside it along x: exact.

    What it is for any h comes first, then the rows, each from its place of `places` (scene units)
    and for a smaller h: they say how many times smaller the gap became.
    """

    def __init__(
        self,
        theme: Theme,
        field: ScalarField,
        point: tuple[float, float],
        places: Sequence[tuple[float, float]],
    ) -> None:
        super().__init__()
        self.theme, self.places = theme, places
        self.field, self.point = field, point
        self.gaps: list[Fact] = []
        at, beside = (sp.Rational(str(c)) for c in point)
        here = {field.variables[0]: at + sp.Symbol("h"), field.variables[1]: beside}
        over = sp.expand((field.expr - tangent_plane(field, point).expr).subs(here))
        self._row((f"f - L = {typst(over)}", theme.ink, word("label")))

    def write(self, h: float) -> mn.VGroup:
        """Add a distance and its gap, as a row that is part of the table."""
        theme, found = self.theme, gap(self.field, self.point, h)
        told = bare(shown(round(found.value, 9), 4))
        cells: list[Cell] = [
            (f"h = {digits(shown(h, 4))}", theme.label, word("number", given("h", h))),
            ("f - L", theme.ink, word("label")),
            (told, theme.ink, word("number", found)),
        ]
        if self.gaps:
            times = ratio(self.gaps[-1], found)
            told = bare(shown(round(times.value, 6), 4))
            cells.append((f"div {told}", theme.label, word("number", times)))
        self.gaps.append(found)
        return self._row(*cells)

    def _row(self, *cells: Cell) -> mn.VGroup:
        row = row_of(cells, self.places[len(self)], CELLS)
        self.add(row)
        return row


def row_of(
    cells: Iterable[Cell], place: tuple[float, float], offsets: Sequence[float]
) -> mn.VGroup:
    """Cells on one baseline from a place of the scene, each so far right of it (scene units)."""
    x, y = place
    return mn.VGroup(
        *(
            stated(math(code, size=TABLE_SIZE, colour=colour), told).rest(x + at, y)
            for (code, colour, told), at in zip(cells, offsets, strict=False)
        )
    )


class SlopeTable(mn.VGroup):
    """The slopes of a walk's field along x and y at some of its iterates, from a place downward."""

    def __init__(self, theme: Theme, walk: Walk, place: tuple[float, float]) -> None:
        super().__init__()
        self.theme, self.facts, self.place = theme, WalkFacts(walk), place
        names = [(f"(partial f)/(partial {name})", theme.tangent) for name in "xy"]
        heads = [("k", theme.ink), *names]
        self.add(row_of([(*head, word("label")) for head in heads], place, COLUMNS))

    def write(self, k: int) -> mn.VGroup:
        """Add the row of iterate k, as part of the table."""
        x, y = self.place
        slopes = [self.facts.slope(k, axis) for axis in (0, 1)]
        cells: list[Cell] = [(str(k), self.theme.ink, word("number", self.facts.count(k)))]
        cells += [
            (bare(shown(slope.value, DECIMALS)), self.theme.tangent, word("number", slope))
            for slope in slopes
        ]
        row = row_of(cells, (x, y - 0.3 - TABLE_ROW * len(self)), COLUMNS)
        self.add(row)
        return row


def rows_of_views() -> list[tuple[float, float]]:
    """Where a table has its rows (scene units): the first over the views, then under each its."""
    under = [place_of(number) for number in range(VIEWS)]
    return [(PICTURE.right - 2.6, PICTURE.top - 0.6), *((x - 2.1, y - 2.1) for x, y in under)]


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
