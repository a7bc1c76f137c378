"""Too hot: which way is it cooler, if there is nothing but the skin to tell?"""

from __future__ import annotations

import manim as mn

from gdstage.facts import COUNTS
from gdstage.layout import Box
from gdstage.look.text import words
from gdstage.proof.map_facts import SpotFacts
from gdstage.proof.truths import number_of, ordered
from gdstage.props.person import Person
from gdstage.props.sauna_question import Air, Hands, Room, Ways, look_around
from gdstage.props.thermometer import Thermometer
from gdstage.walks.sauna_clip import SaunaClip

FLOOR, WALL = Box(left=-6.6, right=2.8, bottom=-3.0, top=-0.5), 2.75
UNIT, SEAT = 3.0, 1.25
HEIGHT = 5.0
"""Of the person, if she stood; as all these in scene units."""

ASKED_AT = 4.0, 0.3
"""Beside what was felt: from the person's foot to the right, and how high in the frame."""


class SaunaQuestion(SaunaClip):
    """Someone sits in the hot sauna and feels around for where it is cooler."""

    start = (2.0, 1.5)
    reach = 0.8
    ways = (145.0, 180.0, 215.0, 325.0, 0.0, 35.0)
    directions = (205.0, 60.0, 155.0, 350.0, 180.0, 25.0)
    around = 24

    def construct(self) -> None:
        self.sit()
        self.ask()
        self.feel_around()
        self.wonder()

    def sit(self) -> None:
        theme, facts = self.theme, self.facts
        room = Room(theme, FLOOR, WALL, self.start, UNIT)
        self.person = Person(theme, HEIGHT, seated=True).stand_at(room.place(self.start))
        self.hands = Hands(room, self.person, self.field, self.reach)
        here, cold = self.hands.here, SpotFacts(self.field, self.lowest.point)
        colder = facts.require("colder", ordered("<", cold.value(), here))
        self.beat(
            "too hot",
            f"{facts.number(here, 1)} degrees on this bench. Somewhere in the room it is {colder}.",
            say="Someone sits in a sauna and sweats, a thermometer beside the bench. {caption}",
        )
        self.thermometer = Thermometer(
            theme, (75, 80, 85), (73.0, 85.0), self.palette(), x=4.75, heights=(-2.1, 1.55)
        )
        self.thermometer.read(self.hands.here)
        self.air = Air(theme, self.person, room.box.middle + 4.18 * mn.LEFT, 4.2)
        bench = room.bench(theme, SEAT, 2.0)
        self.add(room, bench, self.person, self.air, *self.thermometer.parts)
        self.go_on(5)
        self.hold(0.4)

    def ask(self) -> None:
        self.facts.teach("No map, no light: nothing but the skin can tell")
        self.beat(
            "which way is cooler?",
            "No map, no light: nothing but the skin can tell.",
            say="Which way is cooler? {caption}",
        )
        ways = Ways(self.theme, self.hands.room, self.ways)
        shown = mn.LaggedStart(*map(mn.FadeIn, ways), lag_ratio=0.3, run_time=2.0)
        self.go_on(2.0, shown)
        self.go_on(2.6, look_around(self.person, 2.6))
        self.hold(0.4)
        self.dismiss(ways)

    def feel_around(self) -> None:
        facts, hands = self.facts, self.hands
        felt = [hands.felt(direction) for direction in self.directions]
        colder = [ordered("<", it, hands.here) for it in felt if it.value < hands.here.value]
        hotter = [ordered(">", it, hands.here) for it in felt if it.value > hands.here.value]
        blue = facts.require("Blue: colder", *colder)
        red = facts.require("Red: hotter", *hotter)
        self.beat(
            "reach out, and feel",
            f"{blue} there than here. {red} still.",
            say="Reach out, one direction after another, and mark what the hand feels. {caption}",
            poster=True,
        )
        line = self.thermometer.mark(hands.here)
        for k, direction in enumerate(self.directions):
            slow = 1.0 if k < 2 else 0.6
            new = () if k else (mn.FadeIn(line, run_time=0.3),)
            self.go_on(slow, hands.feel(direction, self.thermometer, slow), *new)
            marks = (
                hands.leave(direction, self.theme),
                hands.tell(direction, self.theme),
                self.thermometer.felt(felt[k], hands.here, 0.6 + 0.22 * k),
            )
            self.go_on(0.4, *(mn.FadeIn(mark, run_time=0.3) for mark in marks))
            if direction != self.directions[-1]:
                self.go_on(0.4, hands.back(direction, self.thermometer, 0.4))
        self.hold(0.6)

    def wonder(self) -> None:
        facts, count = self.facts, number_of(*self.directions)
        tried = COUNTS[int(count.value)].capitalize()
        self.beat(
            "and which way is best?",
            f"{facts.say(count, tried)} directions are felt, and countless others are left. "
            "Must one try them all?",
            say=f"{tried} directions are felt. Empty rings around stand for "
            "others: countless ones are left. Must one try them all?",
        )
        self.go_on(0.6, self.hands.back(self.directions[-1], self.thermometer, 0.6))
        rings = self.hands.ring(self.around, self.directions, self.theme)
        shown = mn.LaggedStart(*(mn.FadeIn(ring) for ring in rings), lag_ratio=0.2, run_time=2.4)
        self.go_on(2.4, shown, look_around(self.person, 2.4))
        mark = words("?", size=110, colour=self.theme.ink, bold=True)
        mark.rest(self.person.foot[0] + ASKED_AT[0], ASKED_AT[1], anchor="centre")
        self.go_on(3.2, mn.FadeIn(mark, shift=0.2 * mn.UP, run_time=0.6))
        self.hold(1)

    def go_on(self, seconds: float, *animations: mn.Animation) -> None:
        """Let sweat and steam go on for so long, whatever else happens."""
        self.play(self.air.flow(seconds), *animations)
