"""Newton's parabola and its vertex stand where closed forms say, whatever the numbers."""

import numpy as np
import pytest

from gdmath import LOG_VALLEY, TWO_VALLEYS, descend, newton_step
from gdstage.layout import Box
from gdstage.look.theme import DARK
from gdstage.pace import paced
from gdstage.plane.axes import Plane
from gdstage.proof.field_facts import NewtonEnds
from gdstage.props.newton import MAXIMUM, MINIMUM, OUTSIDE, EndStrip, end_of
from gdstage.walks.newton_walk import NewtonWalk

BOX = Box(-4.0, 4.0, -2.0, 2.0)


@pytest.fixture
def walker():
    plane = Plane(DARK, BOX, (0.0, 2.0), (1.0, 6.0))
    walk = descend(LOG_VALLEY, 1.6, newton_step, 25, 1e-5)
    return NewtonWalk(plane, "w", walk, reach=1.3)


def test_the_vertex_lies_over_the_next_iterate(walker):
    for k in range(1, walker.walk.stopped_at + 1):
        walker.stand_between(k, 0.7)
        x, before = walker.walk.points[k, 0], walker.walk.points[k - 1, 0]
        slope, bend = np.exp(before) - 1 / before, np.exp(before) + 1 / before**2
        lowest = LOG_VALLEY(before) - slope**2 / (2 * bend)
        assert walker.vertex.get_center() == pytest.approx(walker.plane.at(x, lowest))
        assert walker.vertex.get_fill_opacity() == 1
        walker.stand_on(k)


def test_the_dot_stands_on_every_iterate(walker):
    course = walker.descend(paced(range(1, walker.walk.stopped_at + 1)))
    for alpha in np.linspace(0, 1, 200):
        course.interpolate_mobject(alpha)
        if walker.dot.stands_for is not None:
            k = walker.dot.stands_for[1]
            assert walker.dot.get_center() == pytest.approx(walker.place(k))
    assert walker.dot.stands_for == ("w", walker.walk.stopped_at)


def test_no_drop_to_come_crosses_the_name_of_an_iterate(walker):
    last = walker.walk.stopped_at
    for k in range(last + 1):
        walker.stand_on(k)
    drops = [walker.on_axis(k)[0] for k in range(last + 1)]
    assert len(walker.names) == 3
    for k, name in enumerate(walker.names):
        low, high = name.get_left()[0], name.get_right()[0]
        assert not any(low < drop < high for drop in drops[k:])


def test_who_is_flung_out_is_pointed_at():
    plane = Plane(DARK, BOX, (0.0, 2.4), (-6.0, 5.0))
    walk = descend(TWO_VALLEYS, 1.55, newton_step, 25, 1e-5)
    walker = NewtonWalk(plane, "w", walk, reach=0.5)
    walker.stand_between(1, 1.0)
    walker.stand_on(1)
    assert walker.dot.sight() is None
    assert walker.dot.get_fill_opacity() == 0
    tip = walker.flight_to(1).head.points[0]
    assert tip[0] == pytest.approx(BOX.right)


def test_starts_have_the_colour_of_where_their_walks_end():
    plane = Plane(DARK, BOX, (0.0, 2.4), (-6.0, 5.0))
    starts = (1.7, 1.8, 1.4, 1.55)
    walks = [descend(TWO_VALLEYS, x, newton_step, 25, 1e-5) for x in starts]
    ends = [end_of(walk, plane.x_window) for walk in walks]
    assert ends == [MINIMUM, MINIMUM, MAXIMUM, OUTSIDE]
    # Starts at 0.5, 0.6, 0.7 and 0.8.
    found = NewtonEnds(TWO_VALLEYS, (0.4, 0.9), 5, 25, 1e-5, plane.x_window, ends)
    strip = EndStrip(plane, found)
    assert [line.get_stroke_color().to_hex().lower() for line in strip] == [
        DARK.minimum,
        DARK.danger,
        DARK.label,
    ]
    assert strip[0].get_start()[0] == pytest.approx(plane.at(0.45, 0)[0])
    assert strip[0].get_end()[0] == pytest.approx(plane.at(0.65, 0)[0])
