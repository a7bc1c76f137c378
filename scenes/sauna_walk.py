"""Too hot? Feel around, and go where it is colder: a random walk gets there, at a price."""

from __future__ import annotations

from gdmath import explore
from gdstage.pace import Moment, paced
from gdstage.proof.map_facts import SpotFacts, TryFacts
from gdstage.proof.truths import tries_until, width
from gdstage.props.sauna_walk import TryFigure, TryMeter, require_story
from gdstage.space.space import DEGREE
from gdstage.walks.room_clip import READOUT_BASELINE
from gdstage.walks.sauna_clip import SaunaClip

MARGIN = 0.1
SLOWLY = ((16, 10), (14, 8), (12, 6), (10, 5), (8, 4), (6, 3))


class SaunaWalk(SaunaClip):
    """Finding the coldest place of the sauna by trying random directions."""

    start = (0.5, 0.6)
    seed, radius, tries = 2, 0.8, 40
    slow = 6

    def construct(self) -> None:
        self.compute()
        self.feel_hot()
        self.feel_around()
        self.carry_on()
        self.count_the_cost()

    def compute(self) -> None:
        self.trip = explore(self.field, self.start, self.seed, self.tries, self.radius)
        self.know("feeling around", self.trip)
        self.cold = SpotFacts(self.field, self.lowest.point)
        require_story(self.facts, self.trip, self.cold, MARGIN)

    def feel_hot(self) -> None:
        facts, name = self.facts, "feeling around"
        wide, deep = (facts.chosen(width(self.trip, axis)) for axis in (0, 1))
        self.beat(
            "too hot here",
            f"A room of {wide} by {deep}. Someone sits where it is "
            f"{facts.value(name, 0, 2)} degrees.",
        )
        self.draw_space(place=(-3.1, -0.8))
        self.draw_map()
        formula = self.field_name()
        self.show(formula, run_time=0.6)
        self.play(self.space.camera.animate.set(theta=self.theta + 10 * DEGREE), run_time=2)
        self.hide(formula)
        self.meter = TryMeter(self.theme, self.value_name, READOUT_BASELINE)
        self.meter.read(self.trip, 0)
        self.tracker = TryFigure(self.plane, self.space, "feeling around", self.trip)
        self.show(*self.tracker.parts, self.meter, self.meter.numbers, run_time=0.6)
        self.hold(1)

    def feel_around(self) -> None:
        self.beat(
            "feel around",
            "Reach out in a random direction. Colder? Go there. Not colder? Stay, and try again.",
        )
        self.explore(paced(range(1, self.slow + 1), opening=SLOWLY))

    def carry_on(self) -> None:
        facts, told = self.facts, TryFacts(self.trip)
        self.beat(
            "again and again",
            f"{facts.whole(told.tries(self.tries))} tries, of which "
            f"{facts.whole(told.moves(self.tries))} were colder: the crosses were in vain.",
            poster=True,
        )
        self.explore(paced(range(self.slow + 1, self.tries + 1), opening=(), flow=(3, 2)))
        self.hold(1.6)

    def count_the_cost(self) -> None:
        facts, cold = self.facts, self.cold.value()
        self.beat(
            "it gets there, blindly",
            f"After {facts.whole(tries_until(self.trip, cold, MARGIN))} tries it is within "
            f"{facts.given('goal', MARGIN)} of the coldest, {facts.number(cold, 2)}. "
            "A slope would have pointed the way.",
        )
        orbit = self.space.camera.animate.set(theta=self.theta - 6 * DEGREE)
        self.play(orbit, run_time=3)
        self.hold(2)

    def explore(self, moments: list[Moment]) -> None:
        """Make tries, counting them."""
        self.play(self.tracker.explore(moments, self.meter))
