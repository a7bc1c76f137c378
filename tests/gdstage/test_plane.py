import numpy as np
import pytest

from gdlecture.verify.axes import tick_value
from gdmath import ScalarField
from gdstage.layout import Box
from gdstage.look.signs import dashed
from gdstage.look.theme import DARK
from gdstage.look.ticks import nice_ticks, quarter_turns
from gdstage.plane.axes import Plane
from gdstage.plane.minima import GraphMinima, MapMinima

BOX = Box(left=-4, right=4, bottom=-2, top=2)


def test_data_points_are_placed_linearly():
    plane = Plane(DARK, BOX, (0, 2), (10, 20))
    assert plane.at(0, 10) == pytest.approx([-4, -2, 0])
    assert plane.at(2, 20) == pytest.approx([4, 2, 0])
    assert plane.at(np.array([0.5, 1]), np.array([15, 12.5])) == pytest.approx(
        np.array([[-2, 0, 0], [0, -1, 0]])
    )


def test_a_logarithmic_axis_spaces_powers_of_ten_evenly():
    plane = Plane(DARK, BOX, (0, 1), (1e-8, 1), log_y=True)
    heights = plane.at(0, 10.0 ** np.array([-8, -6, -4, -2, 0]))[:, 1]
    assert np.diff(heights) == pytest.approx(np.ones(4))


def test_a_graph_lies_on_its_function_and_ends_on_the_window():
    plane = Plane(DARK, BOX, (-3, 3), (0, 4))
    points = plane.graph(ScalarField.parse("x**2"), DARK.function).points
    x = (points[:, 0] + 4) / 8 * 6 - 3
    y = points[:, 1] + 2
    assert np.abs(y - x**2).max() < 1e-4
    assert y.max() == pytest.approx(4, abs=1e-9)
    assert np.abs(x).max() == pytest.approx(2, abs=1e-4)


def test_a_graph_has_a_gap_where_the_field_has_no_value():
    plane = Plane(DARK, BOX, (-1, 2), (-5, 5))
    points = plane.graph(ScalarField.parse("log(x)"), DARK.function).points
    assert points[:, 0].min() > plane.at(0, 0)[0]


def test_a_pole_is_not_bridged():
    plane = Plane(DARK, BOX, (-1, 1), (-5, 5))
    graph = plane.graph(ScalarField.parse("1/x"), DARK.function)
    assert len(graph.get_subpaths()) == 2


def test_dashes_keep_their_length_and_stay_between_the_ends():
    short, long = (dashed(np.zeros(3), np.array([0, n, 0.0]), DARK.dim) for n in (1, 3))
    assert len(long.get_subpaths()) == pytest.approx(3 * len(short.get_subpaths()), abs=2)
    assert long.points[:, 1].min() >= 0
    assert long.points[:, 1].max() <= 3


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 5.6, [0, 1, 2, 3, 4, 5]),
        (-0.78, 1.95, [-0.5, 0, 0.5, 1, 1.5]),
        (0, 1e9, [0, 2e8, 4e8, 6e8, 8e8, 1e9]),
        (0, 3e-9, [0, 5e-10, 1e-9, 1.5e-9, 2e-9, 2.5e-9, 3e-9]),
    ],
)
def test_ticks_are_round(low, high, ticks):
    assert nice_ticks(low, high) == pytest.approx(ticks, abs=1e-12)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-3.5, 3.5, ["-pi", r"-pi\/2", "0", r"pi\/2", "pi"]),
        (4.0, 7.0, [r"3 pi\/2", "2 pi"]),
        (0.1, 1.5, []),
    ],
)
def test_quarters_of_a_turn_are_told_as_such_and_read_back(low, high, said):
    ticks = quarter_turns(low, high)
    assert list(ticks.labels) == said
    assert [tick_value(label) for label in ticks.labels] == pytest.approx(list(ticks.places))


@pytest.mark.parametrize("width", [1e-9, 1.0, 1e9])
def test_a_tangent_is_as_long_as_told_and_as_steep_as_the_data_say(width):
    plane = Plane(DARK, BOX, (0, width), (0, 5 * width))
    start, end = plane.tangent(0.5 * width, 2.5 * width, 3.0, 0.7)
    assert (start + end) / 2 == pytest.approx(np.zeros(3), abs=1e-12)
    assert np.linalg.norm(end - start) == pytest.approx(1.4)
    # A unit of x is 8 scene units wide, a unit of y 4/5 high.
    assert (end - start)[1] / (end - start)[0] == pytest.approx(3.0 * 0.8 / 8)


def test_a_tangent_stays_inside_the_box_if_told():
    plane = Plane(DARK, BOX, (0, 8), (0, 4))
    start, end = plane.tangent(1.0, 3.0, 1.0, inside=True)
    assert start == pytest.approx([-4, 0, 0])
    assert end == pytest.approx([-2, 2, 0])
    start, end = plane.tangent(4.0, 2.0, 0.0, 1.5, inside=True)
    assert [start[0], end[0]] == pytest.approx([-1.5, 1.5])


def tip_of(sign):
    return sign.points[0][:2]


def test_minima_are_pointed_at_from_below_where_there_is_room():
    plane = Plane(DARK, BOX, (0, 8), (0, 4))
    level = ScalarField.parse("x")
    high, name, low = GraphMinima(plane, level, [(2.0, 2.0), (6.0, 0.1)])
    assert tip_of(high)[0] == pytest.approx(-2)
    assert tip_of(high)[1] < 0
    assert name.source == "x^*"
    assert tip_of(low)[1] > plane.at(6.0, 0.1)[1]
    above, _ = GraphMinima(plane, level, [(2.0, 2.0)], above=True)
    assert tip_of(above)[1] > 0


def test_minima_of_a_map_are_diamonds_on_their_points():
    plane = Plane(DARK, BOX, (0, 8), (0, 4))
    signs = MapMinima(plane, ScalarField.parse("x + y"), [(1.0, 1.0), (7.0, 3.0)])
    assert [sign.get_center()[:2].tolist() for sign in signs] == [
        pytest.approx([-3, -1]),
        pytest.approx([3, 1]),
    ]
    assert {sign.get_stroke_color().to_hex().lower() for sign in signs} == {DARK.minimum}


@pytest.mark.parametrize(
    ("formula", "window", "heights", "ends"),
    [
        ("exp(x) - log(x)", (-1.6, 5.4), (-18.0, 37.0), ["top", "top"]),
        ("log(x)", (-1.0, 3.0), (-30.0, 2.0), ["bottom", "right"]),
        ("1/(1000*x)", (-1.0, 2.0), (-3.0, 3.0), ["left", "bottom", "top", "right"]),
        ("sqrt(2 - x)", (0.0, 3.0), (0.0, 2.0), ["left", "bottom"]),
    ],
)
def test_a_branch_is_drawn_to_the_edge_that_it_leaves_by(formula, window, heights, ends):
    plane = Plane(DARK, BOX, window, heights)
    graph = plane.graph(ScalarField.parse(formula), DARK.function)
    sides = {"top": BOX.top, "bottom": BOX.bottom, "left": BOX.left, "right": BOX.right}
    places = [place for path in graph.get_subpaths() for place in (path[0], path[-1])]
    assert len(places) == len(ends)
    for place, side in zip(places, ends, strict=True):
        assert place[int(side in ("top", "bottom"))] == pytest.approx(sides[side], abs=0.01), side
