import numpy as np
import pytest

from gdmath import ScalarField, descend, gradient_step
from gdstage.look.theme import DARK
from gdstage.walks.chart import Chart, steepness, steepness_plane
from gdstage.walks.run import rated


@pytest.mark.parametrize(
    ("code", "start", "rate"),
    [
        ("where(x < 0, -x, x**2)", -1.5, 0.1),  # a step that lands on the kink but for rounding
        ("x**2", 1.0, 0.4999999999),  # all but the whole way in one step
        ("(x - 3)**4", 5.0, 0.0624999999),
    ],
)
def test_a_line_leaves_the_chart_where_the_true_one_does(code, start, rate):
    field = ScalarField.parse(code)
    walk = descend(field, start, gradient_step(rate), steps=30, tolerance=1e-5)
    runs = [rated("w", walk, DARK.iterate)]
    plane = steepness_plane(DARK, runs, "f'", 1e-5)
    chart = Chart(plane, runs, steepness).draw_to(walk.stopped_at)
    sizes = np.log10(np.abs(walk.gradients[:, 0]))
    low = np.log10(plane.y_window[0])
    k = int(np.argmax(sizes < low))
    assert sizes[k] < low <= sizes[k - 1]
    true = k - 1 + (sizes[k - 1] - low) / (sizes[k - 1] - sizes[k])
    points = chart.lines[0].points
    foot = points[np.abs(points[:, 1] - plane.box.bottom) < 1e-9]
    assert foot[0, 0] == pytest.approx(plane.at(true, plane.y_window[0])[0], abs=1e-6)
