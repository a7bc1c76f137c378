import numpy as np
import pytest

from gdmath import TWO_VALLEYS, basins, descend, gradient_step, multistart
from gdstage.layout import Box
from gdstage.look.theme import DARK, LIGHT
from gdstage.plane.axes import Plane
from gdstage.props.local_minima import Drops
from gdstage.walks.basins import BasinStrip, graph_outcomes, outcome_colours
from gdstage.walks.crowd import SMALL, Crowd, unnamed_runs
from gdstage.walks.run import Run

BOX = Box(-6.0, 2.0, -2.0, 2.0)
RATE = 0.005


@pytest.fixture
def plane():
    return Plane(DARK, BOX, (-0.4, 2.0), (-8.0, 7.0))


STARTS = 2.0 * (np.arange(20) + 0.5)[:, None] / 20


@pytest.fixture
def colours():
    labels = multistart(TWO_VALLEYS, STARTS, RATE, 400).labels
    return outcome_colours(DARK, labels, graph_outcomes(DARK))


@pytest.fixture
def crowd(plane, colours):
    runs = unnamed_runs(TWO_VALLEYS, RATE, STARTS, 6, colours)
    return Crowd(plane, runs, rings=False, radius=SMALL)


def test_no_minimum_has_the_colour_of_the_graph():
    for theme in (DARK, LIGHT):
        assert theme.function not in graph_outcomes(theme)
        assert len(graph_outcomes(theme)) >= 2


def test_who_leaves_the_domain_is_crossed_out_and_comes_back(crowd, plane):
    first = [dot.get_center().copy() for dot in crowd.dots]
    crowd.flow(run_time=1).interpolate_mobject(1.0)
    # The starts left of the first maximum, at 0.22, walk to the left and out: 0.05 and 0.15.
    assert [dot.get_fill_opacity() for dot in crowd.dots] == [0.0] * 2 + [1.0] * 18
    assert [cross.get_stroke_opacity() for cross in crowd.crosses] == [1.0] * 2 + [0.0] * 18
    for cross in crowd.crosses[:2]:
        assert cross.get_center()[1] == pytest.approx(plane.floor)
        assert cross.get_center()[0] < plane.at(0.0, 0.0)[0]
    crowd.flow(run_time=1, back=True).interpolate_mobject(1.0)
    assert [dot.get_fill_opacity() for dot in crowd.dots] == [1.0] * 20
    for dot, place in zip(crowd.dots, first, strict=True):
        assert dot.get_center() == pytest.approx(place)


def test_walkers_stand_where_a_plain_loop_does(crowd, plane):
    crowd.flow(run_time=1).interpolate_mobject(1.0)
    x = 1.35
    for _ in range(6):
        tall, turn = np.exp(x) - np.log(x), 2 * np.pi * x
        x -= RATE * ((np.exp(x) - 1 / x) * np.sin(turn) + 2 * np.pi * tall * np.cos(turn))
    place = plane.at(x, (np.exp(x) - np.log(x)) * np.sin(2 * np.pi * x))
    assert crowd.dots[13].get_center() == pytest.approx(place)


def test_runs_with_a_name_claim_their_iterates_unless_another_dot_is_near(plane):
    starts = (0.3, 1.0, 1.001)
    walks = [descend(TWO_VALLEYS, start, gradient_step(RATE), 3) for start in starts]
    runs = [Run(str(x), "", w, c) for x, w, c in zip(starts, walks, DARK.crowd, strict=False)]
    crowd = Crowd(plane, runs)
    assert [dot.stands_for for dot in crowd.dots] == [("0.3", 0), None, None]
    place = plane.at(0.3, TWO_VALLEYS(0.3))
    assert crowd.dots[0].anchor == pytest.approx(place)
    assert all(dot.stands_for is None for dot in crowd.stand_between(1, 0.5).dots)


def test_walkers_have_the_colours_of_the_basins_they_start_in(colours, plane):
    found = basins(TWO_VALLEYS, RATE, (0.001, 2.0), resolution=200)
    strip = BasinStrip(plane, found)
    for k, colour in enumerate(colours):
        start = 0.05 + 0.1 * k
        place = plane.at(start, 0.0)[0]
        (under,) = (p for p in strip if p.get_start()[0] < place < p.get_end()[0])
        assert under.get_stroke_color().to_hex().lower() == colour


def test_drops_fall_straight_onto_the_axis(crowd, plane):
    drops = Drops(crowd)
    fall = drops.fall(plane.floor, run_time=1)
    fall.begin()
    fall.interpolate(1.0)
    fall.finish()
    for drop, dot in zip(drops, crowd.dots, strict=True):
        assert drop.get_center()[:2] == pytest.approx([dot.get_center()[0], plane.floor])
