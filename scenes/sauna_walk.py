"""Too hot? Feel around, and go where it is colder: a random walk gets there, at a price."""

from __future__ import annotations

import manim as mn

from gdmath import Verdict, explore
from gdstage.layout import Box
from gdstage.pace import Moment, paced, total
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap
from gdstage.proof.map_facts import SpotFacts, TryFacts
from gdstage.proof.truths import tries_until, width
from gdstage.props.person import Sweat
from gdstage.props.sauna_walk import (
    TryFigure,
    TryMeter,
    bench,
    blind_way,
    direct_way,
    floor,
    near_enough,
    require_story,
)
from gdstage.props.thermometer import Thermometer
from gdstage.walks.sauna_clip import SaunaClip

MARGIN = 0.1
SLOWLY = ((20, 10), (18, 10), (18, 10))
FLOOR = Box(left=-5.9, right=2.5, bottom=-2.45, top=1.35)
"""Seen from a little above: across it is longer than deep."""


class SaunaWalk(SaunaClip):
    """Finding the coldest place of the sauna by trying random directions."""

    start = (2.0, 1.5)
    seed, radius, tries = 13, 0.8, 40
    slow = 3
    gentle = 0.1

    def construct(self) -> None:
        self.compute()
        self.sit()
        self.feel_around()
        self.carry_on()
        self.light_up()

    def compute(self) -> None:
        self.trip = explore(self.field, self.start, self.seed, self.tries, self.radius)
        self.know("feeling around", self.trip)
        self.budget, self.tolerance = 400, 1e-2
        self.direct = self.cast("direct", Verdict.CONVERGED, self.gentle)
        self.cold = SpotFacts(self.field, self.lowest.point)
        require_story(self.facts, self.trip, self.cold, MARGIN)

    def sit(self) -> None:
        facts, name, theme = self.facts, "feeling around", self.theme
        wide, deep = (facts.chosen(width(self.trip, axis)) for axis in (0, 1))
        self.beat(
            "too hot here",
            f"A room of {wide} by {deep}, in the dark. Someone sits where it is "
            f"{facts.value(name, 0, 1)} degrees.",
            say="A room seen as a plan, with a bench, and a thermometer beside it. {caption}",
        )
        self.plane = Plane(theme, FLOOR, *self.room, y_name="y", most=5)
        self.thermometer = Thermometer(
            theme, (75, 80, 85), self.heights, self.palette(), x=4.9, heights=(-2.1, 1.55)
        )
        self.tracker = TryFigure(self.plane, name, self.trip, self.thermometer, self.slow)
        self.sweat = Sweat(theme, self.tracker.person, 0.6)
        self.meter = TryMeter(theme, -5.9, 2.35)
        self.meter.read(self.trip, 0)
        self.bench = bench(theme, self.plane.at(*self.start))
        self.add(
            floor(self.plane),
            self.plane,
            self.bench,
            self.tracker.tries,
            self.tracker,
            self.tracker.said,
            self.sweat,
            *self.thermometer.parts,
        )
        self.play(self.sweat.flow(5.6))
        self.hold(0.4)
        self.dismiss(self.bench)

    def feel_around(self) -> None:
        self.beat(
            "feel around",
            "Reach out in a random direction. Colder? Go there. Not colder? Stay, and try again.",
            say="An arm is stretched out, and glows where it has felt. {caption}",
        )
        self.tracker.stand_up()
        self.show(self.meter, self.meter.numbers)
        self.explore(paced(range(1, self.slow + 1), opening=SLOWLY))
        self.hold(0.8)
        self.dismiss(self.tracker.tries, self.tracker.said)

    def carry_on(self) -> None:
        facts, told = self.facts, TryFacts(self.trip)
        self.beat(
            "again and again",
            f"{facts.whole(told.tries(self.tries))} tries, of which "
            f"{facts.whole(told.moves(self.tries))} were colder: the crosses were in vain.",
            say="A path grows through the room, with crosses along it. {caption}",
        )
        # What stays of the first tries leaves before their path is told.
        self.play(self.sweat.flow(0.6))
        self.tracker.forget(self.slow)
        self.explore(paced(range(self.slow + 1, self.tries + 1), opening=(), flow=(4, 1)))
        self.hold(0.8)

    def light_up(self) -> None:
        facts, cold = self.facts, self.cold.value()
        self.beat(
            "it gets there, blindly",
            f"After {facts.whole(tries_until(self.trip, cold, MARGIN))} tries it is within "
            f"{facts.given('goal', MARGIN)} of the coldest, {facts.number(cold, 2)}. "
            "A slope would have pointed the way.",
            say="The heat is shown, and beside the crooked path a smooth one. {caption}",
            poster=True,
        )
        heat = ContourMap(
            self.plane, self.field, levels=self.levels, palette=self.palette(),
            span=self.span, line_colour=self.theme.ground,
        )  # fmt: skip
        for part in (heat.heat, heat.lines):
            part.set_z_index(-1)
        self.tracker.stand_up()
        # Who stood there would hide where all ways end.
        gone = mn.FadeOut(self.tracker.crosses, self.tracker.person, self.sweat)
        self.play(mn.FadeIn(heat), gone, run_time=1.6)
        ring = near_enough(self.plane, self.trip, cold, MARGIN, self.direct)
        self.play(mn.FadeIn(ring), mn.FadeIn(blind_way(self.plane, self.trip)))
        way, name = direct_way(self.plane, self.direct)
        self.play(mn.Create(way, run_time=2.4, rate_func=mn.linear))
        self.play(mn.FadeIn(name, run_time=1.6))
        self.hold(1)

    def explore(self, moments: list[Moment]) -> None:
        """Make tries, counting them."""
        sweating = self.sweat.flow(total(moments))
        self.play(self.tracker.explore(moments, self.meter), sweating)
