import numpy as np
import pytest

from gdmath import LOG_VALLEY, descend, gradient_step
from gdstage.layout import Box
from gdstage.look.theme import DARK
from gdstage.plane.axes import Plane
from gdstage.props.starting_point import CloseUp

BOX = Box(-4.0, 4.0, -2.0, 2.0)
NEAR = (-0.01, 0.09), (3.0, 6.0)
FAR = (-1.0, 5.0), (-10.0, 40.0)


@pytest.fixture
def view():
    walks = {
        name: descend(LOG_VALLEY, start, gradient_step(0.1), steps=2)
        for name, start in (("slope", 0.05), ("steep", 0.02))
    }
    return CloseUp(Plane(DARK, BOX, *NEAR), walks)


def centre(dot):
    return dot.get_center()[:2]


def test_dots_claim_the_starts_until_the_view_moves(view):
    assert [dot.stands_for for dot in view.dots] == [("slope", 0), ("steep", 0)]
    # x = 0.02 is 0.03 of 0.1 from the left in a box 8 wide.
    assert centre(view.dots[1])[0] == pytest.approx(-4 + 8 * 0.3)
    assert all(dot.sight() is not None for dot in view.dots)
    view.step_back(Plane(DARK, BOX, *FAR), run_time=1)
    assert all(dot.sight() is None for dot in view.dots)


def test_the_far_end_is_the_plane_of_the_far_window(view):
    view.step_back(Plane(DARK, BOX, *FAR), run_time=1).interpolate_mobject(1.0)
    far = Plane(DARK, BOX, *FAR)
    for dot, x in zip(view.dots, (0.05, 0.02), strict=True):
        assert centre(dot) == pytest.approx(far.at(x, np.exp(x) - np.log(x))[:2])
    assert view.graph.points == pytest.approx(far.graph(LOG_VALLEY, DARK.function).points)


def test_half_way_the_width_is_the_geometric_mean(view):
    # With a linear easing: smooth(0.5) is 0.5 too.
    view.step_back(Plane(DARK, BOX, *FAR), run_time=1).interpolate_mobject(0.5)
    apart = centre(view.dots[0])[0] - centre(view.dots[1])[0]
    assert apart == pytest.approx(8 * 0.03 / np.sqrt(0.1 * 6.0))


def test_the_tangent_has_the_slope_of_the_place_it_slides_to(view):
    view.slide("steep", run_time=1).interpolate_mobject(1.0)
    begin, end = view.tangent.get_start(), view.tangent.get_end()
    rise = (end - begin)[1] / (end - begin)[0]
    # In data units, from the box's 8 × 4 over a window of 0.1 × 3.
    assert rise * (3.0 / 4.0) / (0.1 / 8.0) == pytest.approx(np.exp(0.02) - 50)
