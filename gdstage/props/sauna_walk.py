"""What `scenes/sauna_walk.py` shows: who feels around in the dark, and goes where it is colder."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.signs import CROSS_SIGN, strokes
from gdstage.look.text import words
from gdstage.proof.evidence import IterateDot
from gdstage.proof.fact import WalkFacts, part_way
from gdstage.proof.in_space import FieldFacts
from gdstage.proof.map_facts import TryFacts
from gdstage.proof.statement import point, scenery, segment, stated, trail, word
from gdstage.proof.truths import along, is_near, nowhere, ordered, tries_until
from gdstage.props.person import Person
from gdstage.props.thermometer import feeling
from gdstage.walks.readouts import Quantity, Readouts
from gdstage.walks.stepping import stepping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdmath import Exploration, Walk
    from gdstage.facts import Facts
    from gdstage.layout import Box
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.pace import Moment
    from gdstage.plane.axes import Plane
    from gdstage.proof.fact import Fact, Place
    from gdstage.proof.map_facts import SpotFacts
    from gdstage.proof.statement import Statement
    from gdstage.props.thermometer import Thermometer

REACHING = 0.55
"""The share of a try's time in which the arm is stretched out; then one goes, or does not."""

TALL = 1.8
"""Who stands, in scene units; a unit of the room is about as long."""

NAME_AT = 0.75, -0.25
"""From the start of the direct way to its name, in scene units."""

TRIED_AT = 0.1, -0.45
"""From the move of the blind way that went farthest along x to the middle of its name (scene)."""

NEAR = 0.32
"""The radius of the ring where it is near enough: what ends there is within it."""

SAID = 34
BESIDE, UNDER, OVER = 0.3, 0.32, 0.1
"""How far beside a try it is written what was felt, and how far under or over the middle of the way
where one goes."""

FELT = 0.16
"""The radius of a disc where one reaches: the dot of who goes there leaves a rim of it."""

ARM, DOWN = 0.32, 0.3
"""How far an arm reaches, and how far down it hangs at first, as shares of who stands."""


class TryFigure(mn.VGroup):
    """An exploration on the floor: who stands where, reaches where, and what has been in vain.

    The line to where one reaches, and the disc there, are blue if it is colder, else red. The
    `thermometer` goes with the hand. Of the first `told` tries these stay, and it is `said` beside
    them what was felt. Later a try that is not colder leaves a cross, and those that are make up a
    path, that of the first ones too, which are `forgotten` then.
    """

    def __init__(
        self, plane: Plane, name: str, walk: Exploration, thermometer: Thermometer, told: int
    ) -> None:
        super().__init__()
        self.plane, self.name, self.walk, self.thermometer = plane, name, walk, thermometer
        self.told, self.said, self.tries = told, mn.VGroup(), mn.VGroup()
        self.theme = theme = plane.theme
        self.facts, self.field = TryFacts(walk), FieldFacts(walk.field)
        self._moves = np.concatenate([[0], np.cumsum(walk.accepted)])
        self.crosses = mn.VGroup()
        self.path = mn.VMobject(stroke_color=theme.ink, stroke_width=4, fill_opacity=0)
        self.reach = mn.VMobject(stroke_width=6, fill_opacity=0)
        self.felt = mn.Dot(radius=FELT).set_fill(opacity=0)
        self.person = Person(theme, TALL, seated=True)
        self.dot = IterateDot(theme.iterate)
        self.add(self.crosses, self.path, self.reach, self.felt, self.person, self.dot)
        self.stand_on(0)

    def stand_on(self, k: int) -> TryFigure:
        """Stand where one is after k tries: the last of them is still seen."""
        move = int(self._moves[k])
        self._place(move, self.walk.points[move])
        self._state_path(last=move)
        known = point(self.plane, "iterate", WalkFacts(self.walk).on_map(move))
        stated(self.dot, None)  # at rest it claims the iterate
        self.dot.claim(self.name, move, self.plane.at(*self.walk.points[move]), known)
        if k > 0 and not self.walk.accepted[k - 1]:
            self._point_to(k, self.walk.tried[k - 1])
            self._state_try(k)
            if k > self.told:
                self._cross(k)
        else:
            self.person.pose()
            self._lower_arm()
            if k > self.told:
                here = self.walk.points[move - 1 : move + 1]
                self.reach.set_points_as_corners(self.plane.at(here[:, 0], here[:, 1]))
                self._state_try(k)
        if len(self.said) < k <= self.told:
            self._keep(k)
            self._say(k)
        self.thermometer.read(self.facts.value(k))
        return self

    def stand_between(self, k: int, share: float) -> TryFigure:
        """Be `share` (0…1) of the way through try k: reach out, then go, or stay."""
        move = int(self._moves[k - 1])
        before, tried = self.walk.points[move], self.walk.tried[k - 1]
        goes = self.walk.accepted[k - 1]
        if share > REACHING and goes:
            gone = (share - REACHING) / (1 - REACHING)
            if k > self.told:
                self.felt.set_fill(opacity=0)
            self._place(move, before + gone * (tried - before))
            self._state_dot(self._toward(k, gone))
            self._state_path(upto=move + gone)
            self.person.pose(stride=float(np.sin(2 * np.pi * gone)))
            self._restate_passed()
            return self
        reached = min(share / REACHING, 1.0)
        hand = before + reached * (tried - before)
        self._point_to(k, hand)
        self._state_dot(self.facts.on_map(move))
        self._state_try(k, reached)
        self.thermometer.read(self.field.height(hand))
        return self

    def leave_behind(self, k: int) -> TryFigure:
        """Nothing is left behind: the crosses and the path tell of the past."""
        del k
        return self

    def explore(self, moments: Sequence[Moment], meter: TryMeter) -> mn.Animation:
        """Make the tries of `moments`, each reaching out and resting as it says."""
        return stepping(self, moments, meter, self.tries, self, self.said, *self.thermometer.live)

    def forget(self, k: int) -> None:
        """Tell of the tries so far, k, by crosses and the path alone; the rest is gone."""
        self.told, move = 0, int(self._moves[k])
        for left in (self.said, self.tries):
            left.remove(*left)
        self._place(move, self.walk.points[move])
        self._state_path(last=move)
        for i in range(1, k + 1):
            if not self.walk.accepted[i - 1]:
                self._cross(i)

    def stand_up(self) -> None:
        """Rise from the bench, or be at ease."""
        self._lower_arm()
        self.person.seated = False
        self.person.pose()

    def _point_to(self, k: int, hand: NDArray[np.float64]) -> None:
        """Reach out over the floor to a point (2,), on the way to where try k leads."""
        start, end = self._draw_reach(k, hand)
        way = self.plane.at(*self.walk.tried[k - 1]) - start
        stretched = float(np.linalg.norm(end - start) / np.linalg.norm(way))
        pointed = ARM * way / np.linalg.norm(way) - (1 - stretched) * DOWN * mn.UP
        self.person.pose(self.person.shoulder(start + way) + TALL * pointed)

    def _draw_reach(self, k: int, hand: NDArray[np.float64]) -> NDArray[np.float64]:
        """Draw the line of try k to a point (2,), and the disc there; both ends (2, 3) of it."""
        here = self.walk.points[int(self._moves[k - 1])]
        ends = self.plane.at(*here), self.plane.at(*hand)
        colour = feeling(self.theme, *self._temperatures(k))
        self.reach.set_points_as_corners(ends).set_stroke(colour)
        self.felt.set_fill(colour, 1).move_to(ends[1])
        return np.array(ends)

    def _toward(self, k: int, share: float) -> Place:
        """The place `share` (0…1) of the way from where one stands to where try k reaches."""
        ends = self.facts.on_map(int(self._moves[k - 1])), self.facts.tried(k)
        pairs = zip(*ends, strict=True)
        return tuple(one and other and part_way(one, other, share) for one, other in pairs)

    def _state_dot(self, place: Place) -> None:
        stated(self.dot.release(), point(self.plane, "on its way", place))

    def _restate_passed(self) -> None:
        """Let the line of a try say anew what it is, and who goes along it and hides it."""
        for part in (self.reach, self.felt):
            known: Statement | None = getattr(part, "statement", None)
            if known is not None:
                stated(part, replace(known))
        for part in self.person:
            stated(part, scenery("person"))

    def _state_try(self, k: int, share: float = 1.0) -> None:
        felt, here = self._temperatures(k)
        ends = self.facts.on_map(int(self._moves[k - 1])), self._toward(k, share)
        stated(self.reach, segment(self.plane, "try", *ends, felt=felt, here=here))
        stated(self.felt, point(self.plane, "felt", ends[1], felt=felt, here=here))

    def _say(self, k: int) -> None:
        """Write beside try k whether it was colder, off the way to it."""
        felt, here = self._temperatures(k)
        colder, tried = self.walk.accepted[k - 1], self.walk.tried[k - 1]
        told, order = ("colder", "<") if colder else ("hotter", ">")
        words_said = words(told, size=SAID, colour=feeling(self.theme, felt, here))
        stated(words_said, word("remark", ordered(order, felt, here).put(told)))
        start, end = (
            self.plane.at(*at) for at in (self.walk.points[int(self._moves[k - 1])], tried)
        )
        left, up = end[0] < start[0], end[1] > start[1]
        # Where one goes, one stands, and reaches out again: it is said beside the way there.
        x, y, _ = (start + end) / 2 if colder else end + BESIDE * (mn.LEFT if left else mn.RIGHT)
        down = 0.09 if not colder else UNDER if up else -OVER
        words_said.rest(x, y - down, anchor="right" if left else "left")
        self.said.add(words_said)

    def _temperatures(self, k: int) -> tuple[Fact, Fact]:
        """Those where try k reaches, and where one stands."""
        return self.field.height(self.walk.tried[k - 1]), self.facts.value(k - 1)

    def _lower_arm(self) -> None:
        self.reach.clear_points()
        self.felt.set_fill(opacity=0)

    def _place(self, move: int, spot: NDArray[np.float64]) -> None:
        place = self.plane.at(*spot)
        self.dot.move_to(place)
        self.person.stand_at(place)
        corners = np.vstack([self.walk.points[: move + 1], spot])
        if not self.told and (corners[1:] != corners[0]).any():
            self.path.set_points_as_corners(self.plane.at(corners[:, 0], corners[:, 1]))

    def _state_path(self, **so_far: float) -> None:
        told = {"walk": self.walk, "first": 0, **so_far}
        stated(self.path, trail(self.plane, (), "trail", measure="map", **told))

    def _keep(self, k: int) -> None:
        """Let the line and the disc of try k stay."""
        self._draw_reach(k, self.walk.tried[k - 1])
        self._state_try(k)
        # The disc lies over the feet of who goes there, under the dot.
        self.tries.add(self.reach.copy(), self.felt.copy().set_z_index(9))
        self._lower_arm()

    def _cross(self, k: int) -> None:
        sign = strokes(CROSS_SIGN, 0.085, self.theme.label, 3)
        stated(sign, point(self.plane, "in vain", self.facts.tried(k)))
        self.crosses.add(sign.shift(self.plane.at(*self.walk.tried[k - 1])))


class TryMeter(Readouts):
    """How many tries and how many moves, on one line from x (scene units)."""

    def __init__(self, theme: Theme, x: float, baseline: float) -> None:
        super().__init__()
        tries = Quantity("tries", theme.ink, lambda walk, k: TryFacts(walk).tries(k))
        moved = Quantity("moves", theme.ink, lambda walk, k: TryFacts(walk).moves(k))
        for quantity, left in ((tries, x), (moved, x + 2.1)):
            label = words(quantity.code, size=34, colour=quantity.colour).rest(left, baseline)
            self.attach(quantity, label, size=34, decimals=4)


def bench(theme: Theme, place: NDArray[np.float64]) -> mn.VGroup:
    """A small bench on the floor at a place (3,)."""
    seat = TALL * 0.26
    parts = [
        mn.Rectangle(height=h, width=w, stroke_width=0).move_to(place + x * mn.RIGHT + y * mn.UP)
        for x, y, w, h in (
            (0, seat, 1.3, 0.16),
            (-0.5, seat / 2, 0.1, seat),
            (0.5, seat / 2, 0.1, seat),
        )
    ]
    return mn.VGroup(*(stated(p.set_fill(theme.dim, 0.45), scenery("sauna")) for p in parts))


def floor(plane: Plane) -> mn.VGroup:
    """The planks of the floor, hardly seen in the dark."""
    theme, box = plane.theme, plane.box
    ground = mn.Rectangle(height=box.height, width=box.width, stroke_width=0).move_to(box.middle)
    seams = mn.VMobject(stroke_color=theme.faint, stroke_width=2.5, fill_opacity=0)
    for across in np.linspace(box.left, box.right, 11):
        seams.start_new_path(np.array([across, box.bottom, 0.0]))
        seams.add_line_to(np.array([across, box.top, 0.0]))
    parts = (ground.set_fill(theme.panel, 1), seams)
    return mn.VGroup(*(stated(part, scenery("sauna")).set_z_index(-2) for part in parts))


def direct_way(plane: Plane, walk: Walk) -> tuple[mn.VMobject, Typeset]:
    """The way of gradient descent over the floor, straight to where it is coldest, and its name."""
    colour = plane.theme.iterate
    line = mn.VMobject(stroke_color=colour, stroke_width=4, fill_opacity=0)
    line.set_points_as_corners(plane.at(walk.points[:, 0], walk.points[:, 1]))
    told = {"walk": walk, "first": 0, "last": len(walk.points) - 1}
    x, y, _ = plane.at(*walk.points[0])
    name = words("gradient descent", size=30, colour=colour).rest(x + NAME_AT[0], y + NAME_AT[1])
    stated(name, word("label"))
    return stated(line, trail(plane, (), "trail", measure="map", **told)), name


def blind_way(plane: Plane, trip: Exploration) -> Typeset:
    """The name of the way of who feels around: beneath where it strays farthest to the right."""
    tries = TryFacts(trip).tries(len(trip.tried))
    said = f"blind: {tries.value} tries"
    name = words(said, size=30, colour=plane.theme.ink)
    way = plane.at(*trip.points.T)
    x, y, _ = way[int(way[:, 0].argmax())]
    name.rest(x + TRIED_AT[0], y + TRIED_AT[1], anchor="centre")
    return stated(name, word("remark", tries.put(said)))


def near_enough(
    plane: Plane, trip: Exploration, goal: Fact, margin: float, direct: Walk
) -> mn.VGroup:
    """A ring where it first is less than so much above a temperature, and after which try.

    The label keeps off the way there, and off the `direct` one.
    """
    theme, count = plane.theme, tries_until(trip, goal, margin)
    move = int(np.flatnonzero(trip.values < goal.value + margin)[0])
    place = plane.at(*trip.points[move])
    ring = mn.Circle(NEAR, stroke_color=theme.ink, stroke_width=4).move_to(place)
    stated(ring, point(plane, "near enough", TryFacts(trip).on_map(move)))
    said = f"after {int(count.value)} tries"
    label = words(said, size=32, colour=theme.ink)
    stated(label, word("remark", count.put(said)))
    ways = [_along(plane.at(*walk.points.T)) for walk in (trip, direct)]
    label.move_to(_free_spot(plane.box, label, place, np.vstack(ways)))
    return mn.VGroup(ring, label)


def _along(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points close together (n, 3) on a broken line through corners (m, 3)."""
    count = len(corners)
    fine = np.linspace(0, count - 1, 20 * count)
    return np.stack([np.interp(fine, np.arange(count), axis) for axis in corners.T], axis=-1)


def _free_spot(
    box: Box, label: mn.Mobject, place: NDArray[np.float64], crowd: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The middle (3,) of a label in a box, beside the ring at a place, farthest from a crowd."""
    half = np.array([label.width, label.height, 0.0]) / 2
    turns = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    round_it = np.stack([np.cos(turns), np.sin(turns), 0 * turns], axis=-1)
    spots = place + (half + NEAR + 0.12) * round_it
    room = np.array([box.width, box.height]) / 2 - half[:2] - 0.1
    inside = (np.abs(spots - box.middle)[:, :2] <= room).all(axis=1)
    spots = spots[inside] if inside.any() else spots
    off = np.maximum(np.abs(spots[:, None] - crowd) - half, 0)
    return np.asarray(spots[np.linalg.norm(off, axis=-1).min(axis=1).argmax()])


def require_story(facts: Facts, trip: Exploration, coldest: SpotFacts, margin: float) -> None:
    """See that some tries lead to where it is colder, some are in vain, and they get there."""
    told, tries = TryFacts(trip), len(trip.tried)
    for said in ("Colder", "colder"):
        facts.require(said, along(trip, "value", "<"))
    facts.require("were in vain", ordered("<", told.moves(tries), told.tries(tries)))
    last = len(trip.points) - 1
    facts.require("it gets there", is_near(trip, last, coldest.value(), margin))
    facts.require("too hot here", ordered(">", told.value(0), told.value(tries)))
    facts.require("the coldest", nowhere("<", trip.field, trip.field.window or (), coldest.value()))
