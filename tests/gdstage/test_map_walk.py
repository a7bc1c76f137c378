import numpy as np
import pytest

from gdmath import ScalarField, descend, gradient_step, newton_step
from gdstage.layout import Box
from gdstage.look.theme import DARK
from gdstage.pace import paced
from gdstage.plane.axes import Plane
from gdstage.walks.map_walk import MapWalk

BOX = Box(-2.0, 2.0, -1.0, 1.0)
BOWL = ScalarField.parse("x**2 + 10*y**2")


@pytest.fixture
def plane():
    return Plane(DARK, BOX, (-4.0, 4.0), (-2.0, 2.0))


def test_the_dot_stands_on_every_iterate(plane):
    walk = descend(BOWL, (3.0, 1.0), gradient_step(0.05), steps=8)
    trail = MapWalk(plane, "w", walk)
    course = trail.descend(paced(range(1, 9)))
    for alpha in np.linspace(0, 1, 200):
        course.interpolate_mobject(alpha)
        if trail.dot.stands_for is not None:
            k = trail.dot.stands_for[1]
            assert trail.dot.get_center()[:2] == pytest.approx(walk.points[k] / 2)
    assert trail.dot.stands_for == ("w", 8)


@pytest.mark.parametrize("pictures", [1, 3])
def test_a_still_leaves_as_much_behind_as_the_film(plane, pictures):
    walk = descend(BOWL, (3.0, 1.0), gradient_step(0.001), steps=400)
    ks = [*range(1, 40), *range(43, 400, 4), 400]
    behind = []
    for count in (len(ks), pictures):
        trail = MapWalk(plane, "w", walk)
        trail.stand_on(0)
        course = trail.descend(paced(ks, (), (1, 0)))
        for alpha in np.linspace(0, 1, count + 1)[1:]:
            course.interpolate_mobject(alpha)
        behind.append([part.points for part in trail.past])
    assert len(behind[0]) == len(behind[1])
    assert all(np.array_equal(one, other) for one, other in zip(*behind, strict=True))


def test_newton_is_there_in_one_step(plane):
    trail = MapWalk(plane, "w", descend(BOWL, (3.0, 1.0), newton_step, 5, 1e-9))
    assert trail.walk.stopped_at == 1
    trail.stand_between(1, 1.0)
    trail.stand_on(1)
    assert trail.dot.get_center() == pytest.approx(np.zeros(3))


def test_what_is_outside_is_pointed_at_never_clamped(plane):
    walk = descend(BOWL, (3.0, 1.0), gradient_step(0.3), steps=3)
    trail = MapWalk(plane, "w", walk)
    assert abs(walk.points[1, 1]) > 2
    trail.leave_behind(0)
    trail.stand_between(1, 1.0)
    trail.stand_on(1)
    assert trail.dot.sight() is None
    assert trail.dot.get_fill_opacity() == 0
    # From (3, 1), one step is (-0.6 * 3 + 3, 1 - 0.3 * 20) = (1.2, -5): f = 1.44 + 250.
    assert "251.44" in trail.pointer.code
    tip = trail.pointer.head.points[0]
    assert tip[1] == pytest.approx(BOX.bottom)
    trail.leave_behind(1)
    trail.stand_between(2, 1.0)
    trail.stand_on(2)
    assert trail.dot.sight() is None


def test_way_out_is_on_the_border_and_on_the_way():
    start, place = np.array([0.5, 0.2, 0.0]), np.array([8.0, 3.0, 0.0])
    tip = BOX.way_out(start, place)
    assert tip[0] == pytest.approx(2.0)
    assert np.cross(tip - start, place - start) == pytest.approx(np.zeros(3))
    assert BOX.way_out(start, np.array([0.5, -9.0, 0.0])) == pytest.approx([0.5, -1.0, 0.0])
