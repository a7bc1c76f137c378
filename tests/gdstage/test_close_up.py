import numpy as np
import pytest

from gdmath import LOG_VALLEY, descend, gradient_step, stationary_points
from gdstage.layout import Box, check_layout
from gdstage.look.text import Typeset
from gdstage.look.theme import DARK
from gdstage.motion import Drawn
from gdstage.plane.axes import Plane
from gdstage.proof.fact import WalkFacts
from gdstage.props.starting_point import CloseUp, View, Whole, bare_plane

BOX, CORNER = Box(-4.0, 4.0, -2.0, 2.0), Box(3.0, 5.0, 0.0, 1.0)
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
    view.travel(Plane(DARK, BOX, *FAR), run_time=1).interpolate_mobject(0.1)
    assert all(dot.sight() is None for dot in view.dots)


@pytest.mark.parametrize("goal", [(BOX, *FAR), (CORNER, *NEAR)], ids=["farther off", "smaller"])
def test_the_far_end_is_that_plane(view, goal):
    view.travel(Plane(DARK, *goal), run_time=1).interpolate_mobject(1.0)
    far = Plane(DARK, *goal)
    for dot, x in zip(view.dots, (0.05, 0.02), strict=True):
        assert centre(dot) == pytest.approx(far.at(x, np.exp(x) - np.log(x))[:2])
    assert view.graph.points == pytest.approx(far.graph(LOG_VALLEY, DARK.function).points)
    assert view.graph.statement is not None


def test_half_way_the_width_is_the_geometric_mean(view):
    # With a linear easing: smooth(0.5) is 0.5 too.
    view.travel(Plane(DARK, BOX, *FAR), run_time=1).interpolate_mobject(0.5)
    apart = centre(view.dots[0])[0] - centre(view.dots[1])[0]
    assert apart == pytest.approx(8 * 0.03 / np.sqrt(0.1 * 6.0))
    passed = view.passing.statement.frame
    assert view.graph.statement.frame is passed
    assert passed.x_window[1] - passed.x_window[0] == pytest.approx(np.sqrt(0.1 * 6.0))


def test_half_way_to_a_corner_the_box_is_between_both(view):
    view.travel(Plane(DARK, CORNER, *NEAR), run_time=1).interpolate_mobject(0.5)
    middle = bare_plane(DARK, Box(-0.5, 4.5, -1.0, 1.5), *NEAR)
    for dot, x in zip(view.dots, (0.05, 0.02), strict=True):
        assert centre(dot) == pytest.approx(middle.at(x, np.exp(x) - np.log(x))[:2])


def test_a_tangent_has_the_slope_of_the_place_it_slides_to(view):
    for name in ("slope", "steep"):
        view.slide(name, run_time=1).interpolate_mobject(1.0)
    for tangent, x in zip(view.tangents, (0.05, 0.02), strict=True):
        rise = tangent.get_end() - tangent.get_start()
        # In data units, from the box's 8 × 4 over a window of 0.1 × 3.
        slope = rise[1] / rise[0] * (3.0 / 4.0) / (0.1 / 8.0)
        assert slope == pytest.approx(np.exp(x) - 1 / x)
        assert tangent.statement is not None


def test_the_ring_goes_along_the_graph_and_follows_the_view(view):
    one, other = (WalkFacts(walk).coordinate(0) for walk in view.walks.values())
    view.choose(one, run_time=1).interpolate_mobject(1.0)
    assert centre(view.ring) == pytest.approx(centre(view.dots[0]))
    view.choose(other, run_time=1).interpolate_mobject(1.0)
    view.travel(Plane(DARK, CORNER, *NEAR), run_time=1).interpolate_mobject(1.0)
    assert centre(view.ring) == pytest.approx(centre(view.dots[1]))


def test_on_its_way_the_whole_graph_has_axes_without_ticks():
    (least,) = stationary_points(LOG_VALLEY).points
    near, far = (Plane(DARK, BOX, *window) for window in (FAR, ((-9.0, 6.0), (-40.0, 150.0))))
    whole = Whole(near, LOG_VALLEY, least)
    assert not whole.axes
    zoom = whole.travel(far, run_time=1)
    zoom.interpolate_mobject(0.5)
    assert whole.axes
    zoom.interpolate_mobject(1.0)
    assert not whole.axes
    assert isinstance(whole, View)


def labels(plane):
    return {part.source for part in plane.submobjects if isinstance(part, Typeset)} - {"x"}


def test_ticks_ride_along_while_the_window_changes_and_then_are_the_planes_own():
    near, far = (Plane(DARK, BOX, *window) for window in (FAR, ((-9.0, 6.0), (-40.0, 150.0))))
    whole, own = Whole(near, LOG_VALLEY), labels(far)
    zoom = next(part for part in whole.zoom(far, run_time=1) if isinstance(part, Drawn))
    assert not labels(near)
    for share in np.linspace(0, 1, 11)[:-1]:
        zoom.interpolate_mobject(zoom.rate_func(share))
        ticks = [part for part in whole.riding if isinstance(part, Typeset)]
        seen = [tick for tick in ticks if tick[0].get_fill_opacity() > 0]
        assert len(seen) > 1
        check_layout(seen)
    zoom.interpolate_mobject(1.0)
    assert whole.riding is None
    assert labels(far) == own
