"""Lies about whose something is: names, colours and rules exchanged, bounds and scales of k."""

import manim as mn
import pytest
from clips_with_lies import Brisk
from ways_of_lying import afterwards, replaced

from gdmath import descend, gradient_step, newton_step
from gdstage.pace import TICK
from gdstage.props import newton, sauna_descent
from scenes.newton import Newton
from scenes.sauna_descent import SaunaDescent


class Digits(Brisk, Newton):
    """The right digits of two methods in a chart, each with its name."""

    def construct(self):
        self.compute()
        self.facts.told, self.facts._unsaid = [], []
        self.beat("digits", "Right digits.")
        chart = newton.DigitChart(self.theme, self.pair, self.goal, self.gain)
        self.show(chart.plane, chart.names, *chart.steps)
        self.show(chart.told)
        self.hold(0.4)


class Bottom(Brisk, Newton):
    """Two methods on the map of a bowl, each with its rule."""

    def construct(self):
        self.know(
            newton.BOWL_WALKS[0],
            descend(self.bowl, self.corner, newton_step, self.budget, self.tolerance),
        )
        self.know(
            newton.BOWL_WALKS[1],
            descend(self.bowl, self.corner, gradient_step(self.bowl_rate), 3, None),
        )
        self.beat("rules", "Walks by rules.")
        race = newton.BowlRace(self.theme, *self.evidence.walks.values())
        self.show(race, *race.rules, *race.board.names)
        self.add(race.walkers[0], race.walkers[1].stand_on(2))
        self.hold(0.6)


class Bounded(Brisk, SaunaDescent):
    """Rates over maps, one of them with the bound that it is over."""

    def construct(self):
        self.compute()
        self.facts.told, self.facts._unsaid = [], []
        self.beat("a bound", "Walks, and a bound.")
        names = ("small", "good", "large")
        self.row = sauna_descent.MapRow(self, {name: self.evidence.walks[name] for name in names})
        self.show(*self.row.whole)
        self.show(self.row.bound_beside("large", self.cold, self.most))
        self.hold(0.4)


class Counted(Brisk, SaunaDescent):
    """Strides on a scale, the first few of them past."""

    def construct(self):
        walk = self.walk("aside", self.good, self.aside)
        self.beat("strides", "A row of dots.")
        strides = sauna_descent.Strides(self.theme, walk, -4.0, 0.0)
        for k in range(3):
            strides.stand_on(k)
        self.show(strides)
        self.hold(4 * TICK)


CLIPS = (Digits, Bottom, Bounded, Counted)


def at_the_other(chart):
    """Each name is at the other’s line."""
    one, other = chart.names
    left, middle = one.get_left(), other.get_center()
    one.move_to(middle)
    other.move_to(left, aligned_edge=mn.LEFT)


def colours_of(pair):
    """The colours of two are exchanged."""

    def change(whole):
        one, other = pair(whole)
        colours = one.get_color(), other.get_color()
        one.set_color(colours[1])
        other.set_color(colours[0])

    return change


def both(chart):
    at_the_other(chart)
    colours_of(lambda chart: chart.names)(chart)


def of_the_small(original, row, name, *rest):
    del name
    return original(row, "small", *rest)


def ahead(original, strides, k):
    original(strides, k)
    strides.past[: k + 4].set_fill(opacity=1)


def behind(original, strides, k):
    original(strides, k)
    strides.past[1].set_fill(opacity=0)


CHART, RACE = (f"gdstage.props.newton:{name}.__init__" for name in ("DigitChart", "BowlRace"))
STRIDES = "gdstage.props.sauna_descent:Strides.stand_on"

LIES = {
    "each name is at the other’s line": (Digits, afterwards(CHART, at_the_other), "at the dots"),
    "each name has the other’s place and colour": (
        Digits, afterwards(CHART, both), "at the dots"),
    "each name has the other’s colour": (
        Digits, afterwards(CHART, colours_of(lambda chart: chart.names)), "the colour of its walk"),
    "each rule has the other’s colour": (
        Bottom, afterwards(RACE, colours_of(lambda race: race.rules)), "the colour of its walk"),
    "a small rate is over the bound": (
        Bounded,
        replaced("gdstage.props.sauna_descent:MapRow.bound_beside", of_the_small),
        "expected what holds"),
    "strides are past that are to come": (Counted, replaced(STRIDES, ahead), "none past beyond"),
    "a stride is left out": (Counted, replaced(STRIDES, behind), "all past before"),
}  # fmt: skip


@pytest.mark.parametrize(("clip", "lie", "expected"), LIES.values(), ids=LIES)
def test_methods(caught, clip, lie, expected):
    caught(clip, lie, expected)


@pytest.mark.parametrize("clip", CLIPS)
def test_the_same_without_lies(film, clip):
    assert not film(clip)
