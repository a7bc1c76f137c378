"""What is seen in a window: kinks, and minima that are alone or a whole curve."""

import math

import numpy as np
import pytest

from gdmath import ScalarField
from gdmath.stationary.curves_seen import curve_through
from gdmath.stationary.kinks import kinks
from gdmath.stationary.valleys import valleys_in

ROOT = math.sqrt(2)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("abs(x)**3", ()),
        ("x*abs(x) + 2*x**2", ()),
        ("abs(x)**(4/3)", ()),
        ("2/3*abs(x)**(3/2)", ()),
        ("(x**2)**(3/2)", ()),
        ("abs(x**2 + 1)", ()),
        ("x**2", ()),
        ("sqrt(x**2)", (0,)),
        ("sqrt((x - 1)**2) + x**2", (1,)),
        ("sqrt(x**4 - 2*x**2 + 1)", (-1, 1)),
        ("(x - 2)**2/2 + 3*abs(x)", (0,)),
        ("abs(x - 1/3) + abs(x + 1)", (-1, 1 / 3)),
        ("abs(x**2 - 2)", (-ROOT, ROOT)),
        ("abs(x)*x**2 + abs(x - 1)", (1,)),
        ("sqrt(abs(x))", (0,)),  # a cusp
        ("abs(x) - x", (0,)),
    ],
)
def test_a_kink_is_where_the_slopes_of_both_sides_differ(text, places):
    assert kinks(ScalarField.parse(text), -3, 3.1) == pytest.approx(places, abs=1e-15)


def seen(text, half=3.0):
    field = ScalarField.parse(text, ("x", "y"))
    return field, valleys_in(field, ((-half, half), (-half, 1.03 * half)))


@pytest.mark.parametrize(
    ("text", "equation", "count"),
    [
        ("(x**2 + y**2 - 1)**2", lambda x, y: x**2 + y**2 - 1, 1),
        ("(x*y - 1)**2", lambda x, y: x * y - 1, 2),
        ("y**2", lambda _, y: y, 1),
        ("(x + 2*y - 1)**2", lambda x, y: x + 2 * y - 1, 1),
        ("(y - x**2)**2", lambda x, y: y - x**2, 1),
        ("(x + y - 1)**2 + (2*x + 2*y - 2)**2", lambda x, y: x + y - 1, 1),  # collinear data
        ("(x**2/4 + y**2 - 1)**2 + 7", lambda x, y: x**2 / 4 + y**2 - 1, 1),
    ],
)
def test_a_curve_of_minima_is_one_valley_all_in_sight(text, equation, count):
    field, valleys = seen(text)
    assert len(valleys) == count
    for valley in valleys:
        points = np.array(valley.curve)
        assert np.abs(equation(*points.T)).max() < 1e-12
        gaps = np.hypot(*np.diff(points, axis=0).T)
        assert gaps.max() < 0.2
        closed = np.array_equal(points[0], points[-1])
        # What is not closed goes on to the window's edge.
        edge = np.abs(points[[0, -1]] / [3.0, 3.045]).max(axis=1)
        assert closed or edge == pytest.approx(1, abs=0.02)
    assert (field.at(points) >= valley.value).all()


@pytest.mark.parametrize("text", ["x**2 + y**4", "x**4 + y**4", "x**2 + y**2", "(x - y)**2 + x**4"])
def test_a_flat_bottom_is_no_curve(text):
    field, (valley,) = seen(text)
    assert valley.point == (0, 0)
    assert valley.curve == curve_through(field, np.zeros(2), ((-3, 3), (-3, 3))) == ()


@pytest.mark.parametrize("text", ["sqrt(x**2 + y**2)", "abs(x) + abs(y)", "abs(x + y) + abs(x)"])
def test_a_tip_is_where_it_is_without_noise(text):
    _, (valley,) = seen(text)
    assert (valley.point, valley.value, valley.kink) == ((0, 0), 0, True)


@pytest.mark.parametrize(
    "text",
    ["exp(-x**2 - y**2)", "-exp(-(x - 99)**2 - y**2)", "tanh(x + 40) + 0*y", "1/(x**2 + y**2 + 1)"],
)
def test_a_plateau_by_underflow_is_no_minimum(text):
    assert seen(text)[1] == ()


def test_easoms_plateau_has_no_valley_but_the_one():
    field = ScalarField.parse("-cos(x)*cos(y)*exp(-(x - pi)**2 - (y - pi)**2)")
    lowest, *others = valleys_in(field, ((-20, 20), (-20, 20)))
    assert lowest.point == pytest.approx((math.pi, math.pi), abs=1e-12)
    # Its ripples are minima too, of a depth that falls like exp(−r²).
    assert all(-1e-4 < valley.value < 0 for valley in others)
