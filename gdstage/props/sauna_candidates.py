"""What `scenes/sauna_candidates.py` shows: candidates, each checked in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import manim as mn
import numpy as np
import sympy as sp

from gdmath import slice_at, stationary_points
from gdstage.look.printing import matrix, typst
from gdstage.look.text import Typeset, math, words
from gdstage.proof.fact import Fact, WalkFacts, given
from gdstage.proof.map_facts import EdgeFacts, SpotFacts, fraction
from gdstage.proof.statement import point, stated, word
from gdstage.proof.truths import eigenvalue, kind_there, nowhere, ordered, outside, stationary_sets
from gdstage.space.slices import draw_slice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdmath import ScalarField, StationaryPoint, StationarySet, Walk
    from gdstage.facts import Facts
    from gdstage.look.theme import Theme
    from gdstage.space.solids import Curve, Dot3
    from gdstage.space.space import Space

    Room = tuple[tuple[float, float], tuple[float, float]]

ROW = 0.62
SIZE = 32
RESULT_AT = 1.5


class Told(NamedTuple):
    """Words or a formula, and the facts that the numbers in it are."""

    text: str
    facts: tuple[Fact, ...]


class CandidateTable(mn.VGroup):
    """Candidates below each other from (x, top), in Typst's mathematics; results appear beside."""

    def __init__(self, theme: Theme, names: Sequence[Told], *, x: float, top: float) -> None:
        super().__init__()
        self._theme, self._x, self._top = theme, x, top
        self.names = mn.VGroup()
        for row, (code, facts) in enumerate(names):
            name = math(code, size=SIZE, colour=theme.ink).rest(x, top - ROW * row)
            self.names.add(stated(name, word("number", *facts)))
        self.add(self.names)

    def check(self, row: int, result: Told, colour: str) -> list[mn.Animation]:
        """Write the result of a row, and give the row its colour."""
        said = words(result.text, size=SIZE - 4, colour=colour)
        stated(said, word("number", *result.facts)).rest(self._x + RESULT_AT, self._top - ROW * row)
        self.add(said)
        return [mn.FadeIn(said), mn.FadeToColor(self.names[row], colour)]

    def add_row(self, row: Told, result: Told) -> list[Typeset]:
        """One more row, for what no equation gave."""
        y = self._top - ROW * len(self.names)
        name = math(row.text, size=SIZE, colour=self._theme.dim).rest(self._x, y)
        stated(name, word("number", *row.facts))
        said = words(result.text, size=SIZE - 4, colour=self._theme.dim)
        said.rest(max(self._x + RESULT_AT, name.get_right()[0] + 0.3), y)
        stated(said, word("number", *result.facts))
        self.add(name, said)
        return [name, said]


class Spots(NamedTuple):
    """The stationary places: one on each wall, those outside of the room, the coldest one."""

    walls: tuple[SpotFacts, SpotFacts]
    outside: SpotFacts
    coldest: SpotFacts

    @property
    def inside(self) -> tuple[Fact, ...]:
        """The coordinates of the coldest one."""
        return (self.coldest.coordinate(0), self.coldest.coordinate(1))


def spots_of(
    field: ScalarField, along: float, outside: StationaryPoint, coldest: StationaryPoint
) -> Spots:
    """What is known of them; the walls are known from a place `along` them."""
    walls = SpotFacts(field, (0.0, along), ""), SpotFacts(field, (along, 0.0), "")
    saddle = SpotFacts(field, outside.point, outside.kind.name)
    return Spots(walls, saddle, SpotFacts(field, coldest.point, coldest.kind.name))


def level_equations(theme: Theme, field: ScalarField, x: float, top: float) -> mn.VGroup:
    """Each partial derivative of the temperature, factored, set to 0."""
    lines = mn.VGroup()
    for row, variable in enumerate(field.variables):
        slope = sp.factor(field.partial(variable).expr)
        code = f"(partial T)/(partial {variable}) = {typst(slope)} = 0"
        line = math(code, size=30, colour=theme.tangent)
        stated(line, word("formula", field=field, derivative=[str(variable)], equals=0))
        lines.add(line.rest(x, top - 1.05 * row))
    return lines


def candidates(
    field: ScalarField, along: float, points: Sequence[StationaryPoint]
) -> tuple[list[Told], list[Told]]:
    """The walls x = 0 and y = 0, then the points; and how warm it is there.

    The walls are known from a place `along` them.
    """
    names, warmth = [], []
    for axis, variable in enumerate(field.variables):
        spot = SpotFacts(field, (0.0, along) if axis == 0 else (along, 0.0), kind="")
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


def other_walls(room: Room, edges: Sequence[Place], least: str) -> tuple[Told, Told]:
    """The walls that no equation gave, with what they are above."""
    (_, right), (_, back) = room
    name = f"x = {right:g}, y = {back:g}"
    found = min((edge.facts.value() for edge in edges), key=lambda fact: float(fact.value))
    ends = (given("right wall", right), given("back wall", back))
    return Told(name, ends), Told(f"T > {least}", (found,))


def least_on_edge(field: ScalarField, axis: int, room: Room) -> Place:
    """The least value on the edge of a room (low, high) of x and y where x (axis 0) or y ends."""
    end, (low, high) = room[axis][1], room[1 - axis]
    edge = slice_at(field, **{str(field.variables[axis]): end})
    inner = [float(found.point[0]) for found in stationary_points(edge).points]
    places = [low, high, *(place for place in inner if low <= place <= high)]
    least = min(places, key=lambda place: float(edge(place)))
    x, y = (end, least) if axis == 0 else (least, end)
    return Place(x, y, float(edge(least)), EdgeFacts(field, axis, room[1 - axis], (x, y)))


def wall_edge(
    space: Space, field: ScalarField, room: Room, corner: tuple[float, float], axis: int
) -> Curve:
    """The edge of the surface at the wall along an axis that leads through a corner."""
    ink = space.world.theme.ink
    return draw_slice(space, field, corner, axis, room[axis], colour=ink, width=7)


def require_story(
    facts: Facts, field: ScalarField, room: Room, found: StationarySet, spots: Spots
) -> None:
    """See that the room is as it is told: its hottest walls, its coldest place, and what is out."""
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
    facts.say(eigenvalue(field, spots.walls[0].near, 1), "one is zero")


def hessians(
    theme: Theme, field: ScalarField, lowest: StationaryPoint, x: float, top: float
) -> list[tuple[Typeset, Typeset]]:
    """The Hessian at the coldest place and on the wall x = 0, each with what it tells."""
    hessian, (one, other) = sp.hessian(field.expr, field.variables), field.variables
    where = ", ".join(map(str, lowest.point))
    at_point = hessian.subs(dict(zip((one, other), lowest.point, strict=True)))
    spot = SpotFacts(field, lowest.point)
    bends = [spot.curvature(row, column) for row in (0, 1) for column in (0, 1)]
    numbers = [part for bend in bends for part in fraction(bend)]
    rows = (
        (
            f"H({where}) = {matrix(at_point)}",
            word("number", spot.coordinate(0), spot.coordinate(1), *numbers),
            "positive definite: a minimum",
            theme.minimum,
        ),
        (
            f"H(0, y) = {matrix(hessian.subs(one, 0))}",
            word("formula", hessian=field, at=[0.0, None]),
            "negative semidefinite: it cannot tell",
            theme.label,
        ),
    )
    lines = []
    for row, (code, statement, verdict, colour) in enumerate(rows):
        y = top - 2.35 * row
        formula = stated(math(code, size=30, colour=theme.ink).rest(x, y), statement)
        lines.append((formula, words(verdict, size=28, colour=colour).rest(x, y - 1.15)))
    return lines


def start_dot(space: Space, name: str, walk: Walk) -> Dot3:
    """A dot on the start of a walk, on the surface."""
    place = np.append(walk.points[0], walk.values[0])
    known = point(space, "iterate", WalkFacts(walk).on_surface(0))
    return space.dot(place, space.world.theme.iterate).claim(name, 0, place, known)
