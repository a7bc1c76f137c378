"""A Hessian in a picture is read back entry by entry."""

import pytest

from gdlecture.verify.matrices import check_hessian
from gdmath import SAUNA

WALL = "H(0, y) = mat(display(frac(2 y^(2) (y - 6), 15)), display(0); display(0), display(0))"


def test_a_true_hessian_passes():
    assert check_hessian(WALL, SAUNA, [0.0, None]) == ""


@pytest.mark.parametrize(
    ("true", "lie"),
    [("15", "16"), ("0, y", "1, y"), ("; display(0)", "; display(1)"), ("2 y", "y")],
)
def test_a_false_one_is_told(true, lie):
    assert check_hessian(WALL.replace(true, lie), SAUNA, [0.0, None]) != ""
