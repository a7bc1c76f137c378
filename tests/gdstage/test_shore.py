import numpy as np
import pytest

from gdmath import TWO_VALLEYS, basins
from gdstage.layout import Box
from gdstage.look.theme import DARK, LIGHT
from gdstage.plane.axes import Plane
from gdstage.walks.shore import BasinStrip, GraphCrowd, shore_colours

BOX = Box(-6.0, 2.0, -2.0, 2.0)
RATE = 0.005


@pytest.fixture
def plane():
    return Plane(DARK, BOX, (-0.4, 2.0), (-8.0, 7.0))


@pytest.fixture
def crowd(plane):
    return GraphCrowd(plane, TWO_VALLEYS, RATE, (0.0, 2.0), count=20, steps=6)


def test_no_minimum_has_the_colour_of_the_graph():
    for theme in (DARK, LIGHT):
        assert theme.function not in shore_colours(theme)
        assert len(shore_colours(theme)) >= 2


def test_who_leaves_the_domain_is_unseen_and_comes_back(crowd):
    first = [dot.get_center().copy() for dot in crowd]
    crowd.walk(run_time=1).interpolate_mobject(1.0)
    # The starts left of the first maximum, at 0.22, walk to the left and out: 0.05 and 0.15.
    assert [dot.get_fill_opacity() for dot in crowd] == [0.0] * 2 + [1.0] * 18
    crowd.walk_back(run_time=1).interpolate_mobject(1.0)
    assert [dot.get_fill_opacity() for dot in crowd] == [1.0] * 20
    for dot, place in zip(crowd, first, strict=True):
        assert dot.get_center() == pytest.approx(place)


def test_walkers_stand_where_a_plain_loop_does(crowd, plane):
    crowd.walk(run_time=1).interpolate_mobject(1.0)
    x = 1.35
    for _ in range(6):
        tall, turn = np.exp(x) - np.log(x), 2 * np.pi * x
        x -= RATE * ((np.exp(x) - 1 / x) * np.sin(turn) + 2 * np.pi * tall * np.cos(turn))
    place = plane.at(x, (np.exp(x) - np.log(x)) * np.sin(2 * np.pi * x))
    assert crowd[13].get_center() == pytest.approx(place)


def test_a_cross_for_each_that_is_out_on_the_axis_left_of_0(crowd, plane):
    crosses = crowd.crosses()
    assert len(crosses) == 2
    for cross in crosses:
        assert cross.get_center()[1] == pytest.approx(plane.floor)
        assert cross.get_center()[0] < plane.at(0.0, 0.0)[0]


def test_walkers_have_the_colours_of_the_basins_they_start_in(crowd, plane):
    found = basins(TWO_VALLEYS, RATE, (0.001, 2.0), resolution=200)
    strip = BasinStrip(plane, found)
    for k, colour in enumerate(crowd.colours):
        start = 0.05 + 0.1 * k
        place = plane.at(start, 0.0)[0]
        (under,) = (p for p in strip if p.get_start()[0] < place < p.get_end()[0])
        assert under.get_stroke_color().to_hex().lower() == colour


def test_drops_fall_straight_onto_the_axis(crowd, plane):
    drops = crowd.drops()
    fall = crowd.fall(drops, run_time=1)
    fall.begin()
    fall.interpolate(1.0)
    fall.finish()
    for drop, dot in zip(drops, crowd, strict=True):
        assert drop.get_center()[:2] == pytest.approx([dot.get_center()[0], plane.floor])
