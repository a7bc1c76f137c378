import numpy as np
import pytest

from gdmath import ScalarField
from gdstage.props.derivatives import path_inside


def test_the_path_is_where_value_and_slope_are_in_their_windows():
    # ln x is at least −2.2 from e^−2.2 ≈ 0.11 on, but its slope 1/x at most 4 from 0.25 on.
    path = path_inside(ScalarField.parse("log(x)"), (0.0, 4.0), (-2.2, 1.6), (0.0, 4.0))
    spacing = 4 / 599
    assert path[0] == pytest.approx(0.25, abs=spacing)
    assert path[-1] == 4.0
    assert np.diff(path) == pytest.approx(spacing)


def test_a_low_ceiling_cuts_the_path_at_both_ends():
    path = path_inside(ScalarField.parse("x**2"), (-2.0, 2.0), (0.0, 1.0), (-9.0, 9.0))
    assert path[[0, -1]] == pytest.approx([-1, 1], abs=4 / 599)
