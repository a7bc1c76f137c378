"""A walk on a graph stays in its plot, wherever its iterates are."""

import numpy as np
import pytest

from gdmath import ScalarField, descend, gradient_step
from gdstage.layout import Box
from gdstage.look.theme import DARK
from gdstage.plane.axes import Plane
from gdstage.walks.graph_walk import GraphWalk
from gdstage.walks.outside import Pointer

BOX = Box(-4.0, 4.0, -2.0, 2.0)


@pytest.mark.parametrize(
    ("code", "start", "x_window", "y_window"),
    [
        ("x**3", 0.05, (0.0, 1.1), (-0.3, 1.3)),
        ("x**3", 1.08, (0.0, 1.1), (-0.3, 1.3)),
        ("x**2", 2.95, (-3.0, 3.0), (0.0, 9.0)),
        ("exp(-x)", 0.02, (0.0, 3.0), (0.0, 1.0)),
        ("abs(x)", -2.99, (-3.0, 3.0), (0.0, 3.0)),
    ],
)
def test_a_tangent_stays_in_the_plot(code, start, x_window, y_window):
    field = ScalarField.parse(code)
    plane = Plane(DARK, BOX, x_window, y_window)
    walker = GraphWalk(plane, "w", descend(field, start, gradient_step(0.01), steps=1))
    walker.stand_on(0)
    ends = walker.tangent.points[[0, -1]]
    assert np.linalg.norm(ends[1] - ends[0]) > 0.5
    low, high = (BOX.left, BOX.bottom), (BOX.right, BOX.top)
    assert np.all((np.array(low) - 1e-9 <= ends[:, :2]) & (ends[:, :2] <= np.array(high) + 1e-9))
    there = float(np.diff(ends[:, 1])[0] / np.diff(ends[:, 0])[0])
    assert there == pytest.approx(float(field.gradient([start])[0]) * plane.steepness)


@pytest.mark.parametrize("start", [(0.0, 1.6, 0.0), (-3.9, 0.0, 0.0), (3.2, -1.9, 0.0)])
@pytest.mark.parametrize("place", [(0.0, 9.0, 0.0), (-9.0, 0.1, 0.0), (7.0, -8.0, 0.0)])
def test_a_pointer_never_begins_behind_its_iterate(start, place):
    start, place = np.array(start), np.array(place)
    pointer = Pointer(BOX, DARK.danger).aim(start, place, "1")
    along = (place - start) / np.linalg.norm(place - start)
    first, last = pointer.shaft.points[[0, -1]]
    assert 0 <= (first - start) @ along <= (last - start) @ along
    assert np.cross(first - start, along)[2] == pytest.approx(0, abs=1e-9)


def test_what_leaves_the_domain_has_no_dot_on_the_graph_any_more():
    plane = Plane(DARK, BOX, (-2.0, 2.0), (0.0, 6.0))
    walk = descend(ScalarField.parse("exp(x) - log(x)"), 1.6, gradient_step(0.5))
    walker = GraphWalk(plane, "w", walk)
    assert walker.dot.get_fill_opacity() == 1
    walker.leave_behind(0)
    walker.fall_out(run_time=1).interpolate_mobject(1.0)
    assert walker.dot.get_fill_opacity() == 0
    assert walker.dot.stands_for is None
