"""What `scenes/sauna_candidates.py` shows: candidates, each checked in turn."""

from __future__ import annotations

import math as maths
from typing import TYPE_CHECKING, Any, NamedTuple

import manim as mn
import numpy as np
import sympy as sp

from gdmath import slice_at, stationary_points
from gdstage.layout import FIGURE, PANEL, Box
from gdstage.look.printing import matrix, typst
from gdstage.look.text import Typeset, math, number, tint, words
from gdstage.look.theme import mix
from gdstage.plane.axes import Plane
from gdstage.proof.fact import Fact, WalkFacts, given
from gdstage.proof.field_facts import FieldFacts as CurveFacts
from gdstage.proof.in_space import FieldFacts
from gdstage.proof.map_facts import EdgeFacts, SpotFacts, fraction
from gdstage.proof.slice import Slice
from gdstage.proof.statement import line, parametric, point, scenery, stated, word
from gdstage.proof.truths import (
    eigenvalue,
    equal,
    kind_there,
    nowhere,
    ordered,
    outside,
    stationary_sets,
)
from gdstage.space.axes import edge_axes
from gdstage.space.slices import SAMPLES, draw_slice, draw_spot, draw_touch
from gdstage.space.space import DEGREE, Space

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gdmath import ScalarField, StationaryPoint, StationarySet, Walk
    from gdstage.facts import Facts
    from gdstage.look.theme import Theme
    from gdstage.space.solids import Curve, Dot3

    Room = tuple[tuple[float, float], tuple[float, float]]

ROW = 0.72
SIZE = 34
RESULT_AT = 1.5

BEYOND, HIGHEST = 6.4, 91.0
"""How far the formula is drawn beyond the room, and up to which temperature there."""

NAMES = ("x", "y", "T(x, y)")

OVERHANG = (0.11, 0.11, 0.06)
"""By which shares of the sides the axes pass the box."""

PALE = 0.42
"""How much of its colour is left of what lies outside of the room."""

COLUMN, TOP = PANEL.left - 0.8, 2.1
"""Where the writing beside the picture begins, and the baseline of its first line."""

NAMED_AT, OFF_WALL, UNDER_END = 1.1, 0.3, 0.12
"""Where along the wall where y ends its name stands, and how far off a wall its name and a
temperature are, and off the end of one."""

CUT_BOX, CUT_HEIGHTS, CUT_TICKS = Box(2.7, 6.1, -2.3, 0.0), (73.0, 90.0), (75.0, 80.0, 85.0)
"""Where the cut is seen straight on, and the temperatures there."""

LEVEL = 0.55
"""How long half of a level tangent is, in scene units."""

ROOMY = FIGURE.within(left=0.4, right=0.9, bottom=0.2, top=0.5)
"""Where the room is seen aslant, with room for its axes."""

ABOVE = {"theta": -90 * DEGREE, "phi": 0.0}
ASLANT = {"theta": -122 * DEGREE, "phi": 40 * DEGREE}
ASKANCE = {"theta": -108 * DEGREE, "phi": 42 * DEGREE}
DEEP = {"theta": -126 * DEGREE, "phi": 36 * DEGREE}
"""From where one looks: straight down; over the hot walls, from three sides."""


class Told(NamedTuple):
    """Words or a formula, and the facts that the numbers in it are."""

    text: str
    facts: tuple[Fact, ...]

    @property
    def outside(self) -> Told:
        """The same, of a place that is not in the room."""
        return self._replace(text=f"{self.text}, outside")


class RoomAndBeyond(Space):
    """The temperature over the room, lit, and pale what the formula says beyond its far walls.

    Seen without perspective, so that from straight above it is a map. `room` is (low, high) of x
    and of y, `heights` the temperatures that the colours span in it.
    """

    def __init__(
        self,
        theme: Theme,
        field: ScalarField,
        room: Room,
        heights: tuple[float, float],
        palette: tuple[str, ...],
    ) -> None:
        (x, y), (low, high) = room, heights
        super().__init__(
            theme, (x[0], BEYOND), (y[0], BEYOND), (low, HIGHEST), size=(5.6, 5.6, 3.4),
            distance=maths.inf, theta=ASLANT["theta"], phi=ASLANT["phi"],
        )  # fmt: skip
        # The box is higher than the room is hot: above that all is about as red.
        more = round((HIGHEST - high) / (high - low) * (len(palette) - 1))
        hotter = (mix(palette[-1], theme.danger, (k + 1) / more) for k in range(more))
        full = (*palette, *hotter)
        pale = tuple(mix(theme.ground, colour, PALE) for colour in full)
        self.room, self.field = room, field
        self.lines: dict[tuple[int, float], Curve] = {}
        self._white: set[tuple[int, float]] = set()
        self.inside = self.surface(field, x, y, palette=full)
        self.beyond = [
            self.surface(field, (x[1], BEYOND), (y[0], BEYOND), palette=pale),
            self.surface(field, x, (y[1], BEYOND), palette=pale),
        ]
        self.axes = edge_axes(self, NAMES, overhang=OVERHANG)
        self.border = [
            draw_slice(self, field, (x[1], y[1]), axis, room[axis], colour=theme.ground, width=7)
            for axis in (1, 0)
        ]
        self.height_axis = list(self.axes[2])
        # From straight above it would be a point.
        self.remove(*self.height_axis)
        self.look(ABOVE, FIGURE.within(left=0.1, right=1.2, bottom=0.65, top=0.3), BEYOND)

    def seen(self, angles: dict[str, float], box: Box, reach: float) -> dict[str, Any]:
        """The camera's settings to see it at these angles, so large as to fill a box of the frame.

        What is seen is the part as far as `reach` in x and y, and the axes.
        """
        camera, low = self.camera, self.box.low
        before = camera.points.copy()
        camera.set(**angles, zoom=1.0, place=np.zeros(3))
        ends = np.array([low, (reach, reach, HIGHEST)])
        corners = np.stack(np.meshgrid(*ends.T, indexing="ij"), axis=-1).reshape(-1, 3)
        axes = np.concatenate([axis[0].points[[0, -1]] for axis in self.axes])
        places = self.project(np.concatenate([corners, axes]))[:, :2]
        camera.points = before
        least, most = places.min(axis=0), places.max(axis=0)
        zoom = float((np.array([box.width, box.height]) / (most - least)).min())
        place = box.middle - zoom * np.append((least + most) / 2, 0.0)
        return {**angles, "zoom": zoom, "place": place}

    def rise(self) -> list[mn.Animation]:
        """Let the axis of the temperature come, which is seen from aside only."""
        self.add(*self.height_axis)
        return [mn.FadeIn(part) for part in self.height_axis]

    def light_border(self) -> list[mn.Animation]:
        """Let the far walls be lit, which with the hot ones close the room."""
        ink = self.world.theme.ink
        return [edge.animate.set_fill(ink).build() for edge in self.border]

    def redden(self, axis: int) -> mn.Animation:
        """Let the hot wall where x (axis 0) or y is 0 be seen to be hot."""
        return self.lines[axis, 0.0].animate.set_fill(self.world.theme.danger).build()

    def mark(self, spot: SpotFacts) -> Dot3:
        """A dot on a stationary place."""
        x, y = spot.near
        return draw_touch(self, self.field, (x, y), radius=0.14)

    def mark_minimum(self, found: StationaryPoint) -> tuple[Dot3, Dot3]:
        """A dot on a minimum, in the colour of those, and a halo around it."""
        theme = self.world.theme
        mark = draw_spot(self, self.field, found, theme.minimum, radius=0.14)
        halo = self.dot(mark.points[0], theme.ground, radius=0.185)
        halo.rank = mark.rank - 1
        return stated(halo, scenery("halo", self)), mark

    def name_spot(self, spot: SpotFacts) -> mn.Mobject:
        """The coordinates of a stationary place, over it."""
        x, y = spot.near
        text = math(f"({x:g}, {y:g})", size=SIZE, colour=self.world.theme.ink)
        stated(text, word("number", spot.coordinate(0), spot.coordinate(1)))
        at = np.array([x, y, float(self.field(x, y))])
        return self.label(text, at, away_from=at - (0, 0, 1), gap=OFF_WALL)

    def name_wall(self, edge: Place) -> mn.Mobject:
        """Which wall a far one is, beside it; where x ends, off its end next to the viewer."""
        axis, end = edge.facts.axis, given("wall", edge.facts.place[edge.facts.axis])
        name = math(f"{NAMES[axis]} = {end.value:g}", size=SIZE, colour=self.world.theme.ink)
        stated(name, word("number", end))
        if axis == 1:
            return self._beside(name, axis, (NAMED_AT, end.value))
        corner = np.array([end.value, low := self.room[1][0], float(self.field(end.value, low))])
        inward = np.array([0, 1.0, 0])
        return self.label(name, corner, away_from=corner + inward, gap=UNDER_END)

    def cut_at(self, y: float, zeros: Roots) -> tuple[mn.Mobject, ...]:
        """The line over the plane where y is a number, its name, and the cut there, straight on.

        The cut is level where the line crosses those on which the slope along x is zero.
        """
        ink = self.world.theme.ink
        line = draw_slice(self, self.field, (0.0, y), 0, (0.0, BEYOND), colour=ink, width=5)
        name = stated(math(f"y = {y:g}", size=SIZE, colour=ink), word("number", given("y", y)))
        end = np.array([BEYOND, y, float(self.field(BEYOND, y))])
        told = self.label(name, end, away_from=end - (1, 0, 0), gap=OFF_WALL)
        level = [at for along, at in zeros.lines if along == 0]
        return line, told, LevelCut(self.world.theme, self.field, y, level)

    def tell_wall(self, edge: Place) -> tuple[mn.Mobject, ...]:
        """Which wall a far one is, a dot on its coldest place, and how warm it is there."""
        warmth = math(f"T {number(edge.value, 1)}", size=SIZE, colour=self.world.theme.ink)
        stated(warmth, word("number", edge.facts.value()))
        dot = draw_touch(self, self.field, edge[:2], radius=0.11)
        return self.name_wall(edge), dot, self._beside(warmth, edge.facts.axis, edge[:2])

    def tell_corners(self) -> list[mn.Mobject]:
        """How warm it is where the hot walls meet, below it, and where the far ones do, above."""
        theme = self.world.theme
        told: list[mn.Mobject] = []
        for side, colour, way in ((0, theme.danger, (1, -1, -2)), (1, theme.ink, (0, 0, 1))):
            corner = (self.room[0][side], self.room[1][side])
            height = FieldFacts(self.field).height(corner)
            text = math(f"T {number(height.value, 1)}", size=SIZE, colour=colour)
            stated(text, word("number", height))
            spot, away = np.array([*corner, height.value]), np.array(way)
            told += [
                draw_touch(self, self.field, corner, colour, radius=0.11),
                self.label(text, spot, away_from=spot - away, gap=OFF_WALL),
            ]
        return told

    def _beside(self, text: mn.Mobject, axis: int, at: Sequence[float]) -> mn.Mobject:
        """A text outside of a far wall, next to a point (2,) of it."""
        spot = np.array([*at, float(self.field(*at))])
        outward = np.array([1.0, 0, 0] if axis == 0 else [-0.1, 0, 1.0])
        return self.label(text, spot, away_from=spot - outward, gap=OFF_WALL)

    def coloured(self) -> list[Curve]:
        """The lines on which but one partial derivative is zero, no longer known to it."""
        gone = [key for key in self.lines if key not in self._white]
        return [self.lines.pop(key) for key in gone]

    def look(self, angles: dict[str, float], box: Box, reach: float) -> None:
        """Be seen so at once."""
        self.camera.set(**self.seen(angles, box, reach))
        self.world.place_labels()

    def go(self, angles: dict[str, float], reach: float) -> mn.Animation:
        """Turn until it is seen at these angles, as far as `reach`."""
        return self.camera.animate.set(**self.seen(angles, ROOMY, reach)).build()

    def light(self, axis: int, at: float, colour: str) -> mn.Animation:
        """Draw the line over the plane where x (axis 0) or y is a number, as far as is drawn.

        A line that is there already turns white, and ends with the room: both partial derivatives
        are zero on it, a wall.
        """
        if (line := self.lines.get((axis, at))) is not None:
            self._white.add((axis, at))
            wall = np.array([0.0, self.room[1 - axis][1] / BEYOND])
            return line.animate.set(reveal=wall).set_fill(self.world.theme.ink).build()
        spot = (at, 0.0) if axis == 0 else (0.0, at)
        line = draw_slice(self, self.field, spot, 1 - axis, (0.0, BEYOND), colour=colour, width=7)
        self.lines[axis, at] = line
        return mn.Create(line)

    def up_and_down(self, saddle: SpotFacts) -> list[Curve]:
        """The curves through a saddle on which it is the highest and the lowest place."""
        theme = self.world.theme
        return [self.diagonal(saddle, 1, theme.function), self.diagonal(saddle, -1, theme.danger)]

    def bends(self, spot: SpotFacts, reach: float, colour: str) -> list[Curve]:
        """The slices of the surface through a place along x, as far as a `reach`, and along y."""
        along = (self.room[0][0], reach), self.room[1]
        return [
            draw_slice(self, self.field, spot.near, axis, along[axis], colour=colour, width=8)
            for axis in (0, 1)
        ]

    def diagonal(self, through: SpotFacts, way: int, colour: str) -> Curve:
        """The curve through a stationary place where x + y (1) or x − y (−1) grows."""
        x, y = through.near
        reach = BEYOND - max(x, y)
        low = -4 * reach if way > 0 else -reach
        t = sp.Symbol("t")
        spot = (sp.nsimplify(x) + t, sp.nsimplify(y) + way * t)
        told = self.field.expr.subs(
            dict(zip(self.field.variables, spot, strict=True)), simultaneous=True
        )
        times = np.linspace(low, reach, SAMPLES)
        plane = np.column_stack([x + times, y + way * times])
        curve = self.curve(np.column_stack([plane, self.field.at(plane)]), colour, width=7)
        return stated(curve, parametric(self, "way", (*spot, told), (low, reach)))


class LevelCut(mn.VGroup):
    """The slice of a field where y is a number, straight on, and its tangents where it is level.

    `at` are the x (n,) of those.
    """

    def __init__(self, theme: Theme, field: ScalarField, y: float, at: Sequence[float]) -> None:
        super().__init__()
        cut = Slice.where(field, y=y)
        plane = Plane(
            theme, CUT_BOX, (0.0, BEYOND), CUT_HEIGHTS, x_ticks=(2, 4, 6), y_ticks=CUT_TICKS,
            x_name="x", y_name=f"T(x, {y:g})",
        )  # fmt: skip
        self.add(plane, plane.graph(cut, theme.ink))
        facts = CurveFacts(cut)
        for x in at:
            here, slope = facts.on_graph(x), facts.derivative(x)
            ends = plane.tangent(x, float(cut(x)), slope.value, LEVEL, inside=True)
            tangent = mn.Line(*ends, color=theme.tangent, stroke_width=6)
            self.add(stated(tangent, line(plane, "tangent", here, slope)))


class Roots(NamedTuple):
    """A partial derivative that is to be zero; names of the lines where it is, and the lines.

    A line is where x (axis 0) or y is a number.
    """

    equation: Typeset
    names: tuple[Typeset, ...]
    lines: tuple[tuple[int, float], ...]

    @property
    def words(self) -> tuple[Typeset, ...]:
        """What is written: the derivative, and the names of the lines."""
        return (self.equation, *self.names)


class CandidateTable(mn.VGroup):
    """Candidates in one row, which then stand below each other; results appear beside them.

    Names are in Typst's mathematics.
    """

    def __init__(self, theme: Theme, names: Sequence[Told]) -> None:
        super().__init__()
        self._theme, self._x, self._top = theme, COLUMN, TOP
        self.names = mn.VGroup()
        for row, (code, facts) in enumerate(names):
            name = math(code, size=SIZE, colour=theme.ink).rest(COLUMN + 1.3 * row, TOP - 4)
            self.names.add(stated(name, word("number", *facts)))
        self.add(self.names)

    def stack(self) -> list[mn.Animation]:
        """Put the names below each other."""
        return [
            name.animate.shift((-1.3 * row, 4 - ROW * row, 0)).build()
            for row, name in enumerate(self.names)
        ]

    def check(self, row: int, result: Told, colour: str) -> list[mn.Animation]:
        """Write the result of a row, and give the row its colour."""
        said = words(result.text, size=SIZE - 2, colour=colour)
        stated(said, word("number", *result.facts)).rest(self._x + RESULT_AT, self._top - ROW * row)
        self.add(said)
        return [mn.FadeIn(said), mn.FadeToColor(self.names[row], colour)]

    def add_rows(self, rows: Sequence[tuple[Told, Told]]) -> list[Typeset]:
        """More rows, for what no equation gave."""
        written = []
        for row, (name, result) in enumerate(rows, len(self.names)):
            y = self._top - ROW * row
            for told, x in ((name, 0.0), (result, RESULT_AT)):
                text = math(told.text, size=SIZE, colour=self._theme.ink).rest(self._x + x, y)
                written.append(stated(text, word("number", *told.facts)))
        self.add(*written)
        return written


class Spots(NamedTuple):
    """The stationary places: one on each hot wall, one outside of the room, the coldest one.

    `edges` are the coldest places of the far walls, where x ends and where y does.
    """

    walls: tuple[SpotFacts, SpotFacts]
    outside: SpotFacts
    coldest: SpotFacts
    edges: tuple[Place, Place]

    @property
    def inside(self) -> tuple[Fact, ...]:
        """The coordinates of the coldest one."""
        return (self.coldest.coordinate(0), self.coldest.coordinate(1))


def spots_of(
    field: ScalarField,
    room: Room,
    along: float,
    outside: StationaryPoint,
    coldest: StationaryPoint,
) -> Spots:
    """What is known of them; the hot walls are known from a place `along` them."""
    walls = SpotFacts(field, (0.0, along), ""), SpotFacts(field, (along, 0.0), "")
    saddle = SpotFacts(field, outside.point, outside.kind.name)
    edges = least_on_edge(field, 0, room), least_on_edge(field, 1, room)
    return Spots(walls, saddle, SpotFacts(field, coldest.point, coldest.kind.name), edges)


def roots(field: ScalarField, spots: Spots, axis: int, colour: str, top: float) -> Roots:
    """The derivative along x (axis 0) or y, factored, and where it is 0: on which lines.

    It is 0 on the hot walls, where the coldest place is, and in the other variable where the one
    beyond the room is.
    """
    left, front = spots.walls
    variable, other = field.variables[axis], field.variables[1 - axis]
    slope = sp.factor(field.partial(variable).expr)
    code = f"(partial T)/(partial {variable}) = {typst(slope)} = 0"
    equation = math(code, size=SIZE, colour=colour).rest(COLUMN, top)
    stated(equation, word("formula", field=field, derivative=[str(variable)], equals=0))
    walls = left.coordinate(0), front.coordinate(1)
    zeros = [
        (variable, walls[axis], axis),
        (variable, spots.coldest.coordinate(axis), axis),
        (other, walls[1 - axis], 1 - axis),
        (other, spots.outside.coordinate(1 - axis), 1 - axis),
    ]
    names, lines = [], []
    for i, (letter, zero, along) in enumerate(zeros):
        if slope.subs(letter, sp.nsimplify(zero.value)) != 0:
            raise ValueError(f"the slope along {variable} is not 0 at {letter} = {zero.value:g}")
        name = math(f"{letter} = {zero.value:g}", size=SIZE, colour=colour)
        names.append(stated(name.rest(COLUMN + 1.3 * i, top - 0.85), word("number", zero)))
        lines.append((along, float(zero.value)))
    return Roots(equation, tuple(names), tuple(lines))


def candidates(
    field: ScalarField, spots: Spots, *points: StationaryPoint
) -> tuple[list[Told], list[Told]]:
    """The walls x = 0 and y = 0, then the points; and how warm it is there."""
    names, warmth = [], []
    for axis, (variable, spot) in enumerate(zip(field.variables, spots.walls, strict=True)):
        names.append(Told(f"{variable} = 0", (spot.coordinate(axis),)))
        warmth.append(Told(f"T = {spot.value().value:g}", (spot.value(),)))
    for found in points:
        spot = SpotFacts(field, found.point, found.kind.name)
        where = (spot.coordinate(0), spot.coordinate(1))
        names.append(Told(f"({', '.join(map(str, found.point))})", where))
        value, exact = spot.value(), sp.sstr(found.value)
        rounded = "" if found.value.is_Integer else f" ≈ {float(found.value):.1f}"
        facts = (*fraction(value), *([value] if rounded else []))
        warmth.append(Told(f"T = {exact}{rounded}", facts))
    return names, warmth


class Place(NamedTuple):
    """The lowest place on an edge of the surface, and what is known of it."""

    x: float
    y: float
    value: float
    facts: EdgeFacts


def other_walls(room: Room, edges: Sequence[Place], least: str) -> list[tuple[Told, Told]]:
    """The walls that no equation gave, each with the `least` that it is there."""
    return [
        (
            Told(f"{name} = {side[1]:g}", (given("wall", side[1]),)),
            Told(f"T >= {least}", (edge.facts.value(),)),
        )
        for name, side, edge in zip(NAMES, room, edges, strict=False)
    ]


def least_on_edge(field: ScalarField, axis: int, room: Room) -> Place:
    """The least value on the edge of a room (low, high) of x and y where x (axis 0) or y ends."""
    end, (low, high) = room[axis][1], room[1 - axis]
    edge = slice_at(field, **{str(field.variables[axis]): end})
    inner = [float(found.point[0]) for found in stationary_points(edge).points]
    places = [low, high, *(place for place in inner if low <= place <= high)]
    least = min(places, key=lambda place: float(edge(place)))
    x, y = (end, least) if axis == 0 else (least, end)
    return Place(x, y, float(edge(least)), EdgeFacts(field, axis, room[1 - axis], (x, y)))


def _require_least(facts: Facts, field: ScalarField, room: Room, edges: Sequence[Place]) -> None:
    """See that on the far walls it is nowhere colder than at the places that were found."""
    for axis, edge in enumerate(edges):
        wall = [(room[axis][1],) * 2 if axis == k else room[k] for k in (0, 1)]
        facts.require("the least is at", nowhere("<", field, wall, edge.facts.value()))


def require_story(
    facts: Facts, field: ScalarField, room: Room, found: StationarySet, spots: Spots
) -> None:
    """See that the room is as it is told: its hottest walls, its coldest place, and what is out."""
    _require_least(facts, field, room, spots.edges)
    points, curves, both = (
        stationary_sets(field, points=bool(which & 1), curves=bool(which & 2), value=count)
        for which, count in ((1, len(found.points)), (2, len(found.curves)), (3, len(found)))
    )
    for said in ("zero", "zero"):
        facts.level(spots.coldest, said)
    facts.spelled(both)
    for count in (curves, points):
        facts.spelled(count)
    facts.spelled(curves)
    facts.require("the hottest", *(nowhere(">", field, room, wall.value()) for wall in spots.walls))
    (low, high), *_ = room
    facts.require("is not in the room", outside(spots.outside.coordinate(0), low, high))
    facts.say(kind_there(field, spots.outside.near, "SADDLE"), "a saddle")
    coldest = nowhere("<", field, room, spots.coldest.value())
    facts.require("coldest", coldest)
    inside = (ordered("<", given("wall", low), c, given("wall", high)) for c in spots.inside)
    facts.require("Inside", *inside)
    nothing = given("level", 0.0)
    bends = (eigenvalue(field, spots.coldest.near, i) for i in (0, 1))
    facts.require("both curvatures are positive", *(ordered(">", b, nothing) for b in bends))
    facts.say(kind_there(field, spots.coldest.near, "MINIMUM"), "a minimum")
    flat = eigenvalue(field, spots.walls[0].near, 1)
    facts.say(flat, "one is zero")
    facts.require("there it cannot tell", equal(flat, nothing))


def hessians(
    theme: Theme, field: ScalarField, lowest: StationaryPoint
) -> list[tuple[Typeset, Typeset]]:
    """The Hessian at the coldest place and on the wall x = 0, each with what it tells."""
    hessian, (one, other) = sp.hessian(field.expr, field.variables), field.variables
    where = ", ".join(map(str, lowest.point))
    at_point = hessian.subs(dict(zip((one, other), lowest.point, strict=True)))
    spot = SpotFacts(field, lowest.point)
    bends = [spot.curvature(row, column) for row in (0, 1) for column in (0, 1)]
    numbers = [part for bend in bends for part in fraction(bend)]

    def bending(colour: str) -> Callable[[int, int, str], str]:
        """How much it bends along x and y, in the colour of the curves."""
        return lambda row, column, code: tint(code, colour) if row == column else code

    rows = (
        (
            f"H({where}) = {matrix(at_point, bending(theme.minimum))}",
            word("number", spot.coordinate(0), spot.coordinate(1), *numbers),
            ("positive definite", "a minimum"),
            theme.minimum,
        ),
        (
            f"H(0, y) = {matrix(hessian.subs(one, 0), bending(theme.label))}",
            word("formula", hessian=field, at=[0.0, None]),
            ("negative semidefinite", "it cannot tell"),
            theme.label,
        ),
    )
    truths = tested(field, spot, SpotFacts(field, (0.0, lowest.point[1])))
    lines = []
    for row, (code, statement, told, colour) in enumerate(rows):
        y = TOP - 0.4 - 2.5 * row
        formula = stated(math(code, size=30, colour=theme.ink).rest(COLUMN, y), statement)
        said = words(": ".join(told), size=30, colour=colour).rest(COLUMN, y - 1.15)
        facts = (fact.put(part) for fact, part in zip(truths[row], told, strict=True))
        lines.append((formula, stated(said, word("remark", *facts))))
    return lines


def tested(field: ScalarField, spot: SpotFacts, wall: SpotFacts) -> list[tuple[Fact, Fact]]:
    """What the lower eigenvalue tells at a minimum, and the higher one on a wall."""
    nothing = given("level", 0.0)
    bends = [[eigenvalue(field, place.near, i) for i in (0, 1)] for place in (spot, wall)]
    return [
        (ordered(">", bends[0][0], nothing), kind_there(field, spot.near, "MINIMUM")),
        (ordered("<=", bends[1][1], nothing), equal(bends[1][1], nothing)),
    ]


def start_dot(space: Space, name: str, walk: Walk) -> Dot3:
    """A dot on the start of a walk, on the surface."""
    place = np.append(walk.points[0], walk.values[0])
    known = point(space, "iterate", WalkFacts(walk).on_surface(0))
    return space.dot(place, space.world.theme.iterate).claim(name, 0, place, known)
