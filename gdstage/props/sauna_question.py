"""What `scenes/sauna_question.py` shows: the sauna, and hands that feel it all around."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import manim as mn
import numpy as np

from gdstage.look.rounding import shown
from gdstage.look.signs import arrow_head
from gdstage.look.text import digits, math, words
from gdstage.look.theme import mix
from gdstage.motion import Drawn
from gdstage.proof.fact import given
from gdstage.proof.in_space import FieldFacts
from gdstage.proof.statement import Statement, point, scenery, segment, stated, tip, word
from gdstage.props.person import FLATTENED, Person, Sweat, flowing
from gdstage.props.thermometer import feeling

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from gdmath import ScalarField
    from gdstage.layout import Box
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact, Place
    from gdstage.proof.lens import Lens
    from gdstage.props.thermometer import Thermometer

    Array = NDArray[np.float64]

LIFT = 1.95
"""How high above the floor hands reach out, in scene units."""

HIDDEN = 1.1
"""So far to each side of its middle nothing is seen but the body, in scene units."""

TOLD_AT = 0.42, 0.3
"""How far outside of a dot it is written how warm it is there, and how far up at most."""

WAYS, ASKED, HEAD = (0.78, 1.12), 1.26, 0.26
"""How far from the middle of the room, in its units, an arrow over the floor begins and ends, and
what is asked there stands; and how long its head is (scene units)."""

STRETCHED = 0.55
"""The share of a try's time in which the hand is on its way."""


class Room(mn.VGroup):
    """The floor of the sauna in a box of the frame, and a wall up to a height behind it.

    A unit of the room is `unit` scene units across; its point `at` (2,) is in the middle of the
    box. It is a scale without ticks, which are not needed to see which way someone reaches.
    """

    def __init__(
        self, theme: Theme, box: Box, top: float, at: tuple[float, float], unit: float
    ) -> None:
        super().__init__()
        self.box, self.middle, self.unit = box, np.array(at), unit
        faint = mix(theme.ground, theme.faint, 0.55)
        wall = _area([(box.left, box.top), (box.right, box.top), (box.right, top), (box.left, top)])
        self.add(stated(wall.set_fill(theme.panel, 1), scenery("sauna")))
        boards = mn.VMobject(stroke_color=faint, stroke_width=3, fill_opacity=0)
        for up in np.linspace(box.top, top, 7)[:-1]:
            _line(boards, (box.left, up), (box.right, up))
        planks = mn.VMobject(stroke_color=faint, stroke_width=3, fill_opacity=0)
        for across in np.linspace(box.left, box.right, 10):
            _line(planks, (across, box.bottom), (across, box.top))
        _line(planks, (box.left, box.bottom), (box.right, box.bottom))
        self.add(stated(boards, scenery("sauna")))
        self.add(stated(planks, Statement("axes", "floor", self)))

    def place(self, spot: Array | Sequence[float]) -> Array:
        """Where a point (2,) of the room is on the floor, in scene units (3,)."""
        across, up = self.unit * (np.asarray(spot) - self.middle) * (1.0, FLATTENED)
        return self.box.middle + np.array([across, up, 0.0])

    def scale_seen(self, lens: Lens) -> dict[str, Any]:
        """Which part of the room its floor shows, for the evidence: it has no ticks."""
        box, half = self.box, np.array([self.box.width, self.box.height / FLATTENED]) / 2
        low, high = self.middle - half / self.unit, self.middle + half / self.unit
        corners = [*lens.to_pixel((box.left, box.top)), *lens.to_pixel((box.right, box.bottom))]
        return {"window": [[low[0], high[0]], [low[1], high[1]]], "box": corners}

    def bench(self, theme: Theme, seat: float, half: float) -> mn.VGroup:
        """A bench in its middle, `seat` high and `half` as wide, in scene units."""
        (x, y, _), colour = self.box.middle, theme.faint
        boards = [_board(x, y + seat + 0.3 * row, half - 0.12 * row, 0.22) for row in (1.0, 0.0)]
        legs = [_board(x + side * (half - 0.4), y - 0.2 + seat / 2, 0.14, seat) for side in (-1, 1)]
        edge = _board(x, y + seat - 0.2, half, 0.14)
        parts = [*legs, *boards, edge]
        return mn.VGroup(*(stated(part.set_fill(colour, 1), scenery("sauna")) for part in parts))


class Ways(mn.VGroup):
    """Ways over the floor that one might go, in directions from its middle: what each has is asked.

    Directions are in degrees, 0° to the right, 90° away. The parts are an arrow and its question
    mark for each.
    """

    def __init__(self, theme: Theme, room: Room, directions: Sequence[float]) -> None:
        super().__init__(*(self._way(theme, room, degrees) for degrees in directions))

    def _way(self, theme: Theme, room: Room, degrees: float) -> mn.VGroup:
        turn = np.radians(degrees)
        along = np.array([np.cos(turn), np.sin(turn)])
        spots = [room.middle + share * along for share in WAYS]
        start, end = map(room.place, spots)
        ends = [(given("x", spot[0]), given("y", spot[1])) for spot in spots]
        way = (end - start) / np.linalg.norm(end - start)
        shaft = mn.Line(start, end - 0.8 * HEAD * way, color=theme.label, stroke_width=5)
        head = arrow_head(start, end, theme.label, HEAD)
        asked = words("?", size=64, colour=theme.ink, bold=True)
        x, y, _ = room.place(room.middle + ASKED * along)
        return mn.VGroup(
            stated(shaft, segment(room, "way", *ends)),
            stated(head, tip(room, "way", *ends)),
            asked.rest(x, y - 0.22, anchor="centre"),
        )


class Air(mn.VGroup):
    """What never stands still in a sauna: sweat that drips, and steam that rises."""

    def __init__(self, theme: Theme, person: Person, foot: Array, height: float) -> None:
        super().__init__()
        self.sweat = Sweat(theme, person, 1.0)
        self.foot, self.height = foot, height
        self.steam = mn.VGroup(*(
            stated(mn.VMobject(stroke_width=5, fill_opacity=0), scenery("sauna")) for _ in range(4)
        ))  # fmt: skip
        self.steam.set_stroke(mix(theme.ground, theme.label, 0.4))
        self.add(self.steam, self.sweat)
        self.blow(0.0)

    def blow(self, seconds: float) -> Self:
        """Be as it is so many seconds later than it was last left."""
        time = self.sweat.time + seconds
        self.sweat.drip(seconds)
        for i, wisp in enumerate(self.steam):
            age = (time / 4.5 + 0.25 * i) % 1.0
            up = np.linspace(0.0, 1.1, 24)
            swing = 0.12 * np.sin(5 * up + 2 * time + 2.1 * i) * (0.3 + up)
            rise = np.stack([0.22 * (i - 1.5) + swing, up + (self.height - 1.1) * age, 0 * up], -1)
            wisp.set_points_smoothly([*(self.foot + rise)])
            wisp.set_stroke(opacity=float(np.sin(np.pi * age)) ** 0.8)
        return self

    def flow(self, seconds: float) -> mn.Animation:
        """Go on for so long."""
        return flowing(self, self.blow, self.sweat, seconds)


class Hands(mn.VGroup):
    """What is felt around who sits: a dot for each place reached, blue where it is colder.

    The arm is `reach` long, in units of the room.
    """

    def __init__(self, room: Room, person: Person, field: ScalarField, reach: float) -> None:
        super().__init__()
        self.room, self.person, self.facts, self.reach = room, person, FieldFacts(field), reach
        self.here = self.facts.height(room.middle)

    def spot(self, degrees: float, share: float = 1.0) -> Array:
        """The point (2,) of the room that is so far in a direction, 0° to the right, 90° away."""
        turn = np.radians(degrees)
        return self.room.middle + share * self.reach * np.array([np.cos(turn), np.sin(turn)])

    def held(self, spot: Array) -> Array:
        """Where a hand over a point (2,) of the room is, in scene units (3,)."""
        return self.room.place(spot) + LIFT * mn.UP

    def felt(self, degrees: float) -> Fact:
        """The temperature in a direction."""
        return self.facts.height(self.spot(degrees))

    def leave(self, degrees: float, theme: Theme) -> mn.VGroup:
        """The dot that a try in a direction leaves in the air, with a glow around it."""
        felt, spot = self.felt(degrees), self.spot(degrees)
        place: Place = (given("x", spot[0]), given("y", spot[1]))
        colour, middle = feeling(theme, felt, self.here), self.held(spot)
        discs = [(0.34, 0.22), (0.25, 0.3), (0.17, 1.0)]
        dot = mn.VGroup(*(mn.Dot(middle, radius=r, color=colour, fill_opacity=a) for r, a in discs))
        aside = (0.0, LIFT)
        known = point(self.room, "felt", place, aside=aside, felt=felt, here=self.here)
        # In front of the arm that reaches past it.
        return stated(dot.set_z_index(1), known)

    def tell(self, degrees: float, theme: Theme) -> Typeset:
        """How warm it is in a direction, written outside of the dot there."""
        felt, at = self.felt(degrees), self.held(self.spot(degrees))
        said = math(digits(shown(felt.value, 1)), size=34, colour=feeling(theme, felt, self.here))
        turn = np.radians(degrees)
        right, up = float(np.cos(turn)) > 0, float(np.sin(turn))
        x = at[0] + (TOLD_AT[0] if right else -TOLD_AT[0])
        stated(said, word("number", felt))
        return said.rest(x, at[1] + TOLD_AT[1] * up - 0.12, anchor="left" if right else "right")

    def ring(self, count: int, but: Sequence[float], theme: Theme) -> mn.VGroup:
        """Rings in the other directions, evenly spread, where nobody has felt yet."""
        turns = [turn for turn in np.arange(count) * 360 / count if _apart(turn, but)]
        places = (self.held(self.spot(turn)) for turn in turns)
        # Before the body and behind it they would not be told apart from it.
        middle = self.held(self.room.middle)
        seen = (at for at in places if abs(at[0] - middle[0]) > HIDDEN)
        rings = (
            mn.Circle(0.12, stroke_color=theme.label, stroke_width=4).move_to(place)
            for place in seen
        )
        return mn.VGroup(*(stated(ring, scenery("not felt")) for ring in rings))

    def feel(self, degrees: float, thermometer: Thermometer, seconds: float) -> mn.Animation:
        """Stretch the arm out in a direction; the thermometer goes with the hand."""

        def draw(share: float) -> None:
            self._reach(degrees, float(mn.smooth(min(share / STRETCHED, 1.0))), thermometer)

        return self._drawn(draw, thermometer, seconds)

    def back(self, degrees: float, thermometer: Thermometer, seconds: float) -> mn.Animation:
        """Take the arm back; the thermometer comes back to here."""

        def draw(share: float) -> None:
            self._reach(degrees, float(1 - mn.smooth(share)), thermometer)

        return self._drawn(draw, thermometer, seconds)

    def _reach(self, degrees: float, out: float, thermometer: Thermometer) -> None:
        """Hold the hand over the place so far `out` (0…1) in a direction, and read it there."""
        spot = self.spot(degrees, out)
        thermometer.read(self.facts.height(spot))
        self.person.pose(self.held(spot) if out > 0 else None)
        place: Place = (given("x", spot[0]), given("y", spot[1]))
        stated(self.person.palm, point(self.room, "hand", place, aside=(0.0, LIFT)))

    def _drawn(
        self, draw: Callable[[float], None], thermometer: Thermometer, seconds: float
    ) -> mn.Animation:
        moved = mn.Group(self.person, *thermometer.live)
        return Drawn(moved, draw, run_time=seconds, rate_func=mn.linear)


def look_around(person: Person, seconds: float) -> mn.Animation:
    """Look to the left, to the right, and ahead again."""

    def draw(share: float) -> None:
        person.pose(look=(-float(np.sin(2 * np.pi * share)), 0.25 * float(np.sin(np.pi * share))))

    return Drawn(person, draw, run_time=seconds, rate_func=mn.linear)


def _apart(turn: float, others: Sequence[float]) -> bool:
    return all(abs((turn - other + 180) % 360 - 180) > 14 for other in others)


def _line(mobject: mn.VMobject, start: tuple[float, float], end: tuple[float, float]) -> None:
    mobject.start_new_path(np.array([*start, 0.0]))
    mobject.add_line_to(np.array([*end, 0.0]))


def _area(corners: Sequence[tuple[float, float]]) -> mn.Polygon:
    return mn.Polygon(*(np.array([*corner, 0.0]) for corner in corners), stroke_width=0)


def _board(x: float, y: float, half: float, thick: float) -> mn.Polygon:
    left, right, low, high = x - half, x + half, y - thick / 2, y + thick / 2
    return _area([(left, low), (right, low), (right, high), (left, high)])
