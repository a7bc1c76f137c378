import numpy as np
import pytest

from gdmath import ScalarField
from gdstage.layout import Box
from gdstage.look.signs import dashed
from gdstage.look.theme import DARK
from gdstage.plane.axes import Plane
from gdstage.plane.ticks import nice_ticks

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
