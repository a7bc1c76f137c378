"""Gradient descent on a cubic is the logistic map: its cycles are known."""

import numpy as np
import pytest
import sympy as sp

from gdmath import TWO_VALLEYS, ScalarField, basins, cycle, descend, gradient_step

x = sp.Symbol("x")


def logistic(r):
    """The field whose gradient step of rate 1 is x → r x (1 − x)."""
    r = sp.Rational(str(r))
    return ScalarField((1 - r) * x**2 / 2 + r * x**3 / 3, (x,))


def test_a_fixed_point_is_a_cycle_of_one():
    found = cycle(logistic(2.5), 1.0, 0.3)
    assert found.points == pytest.approx(np.array([[1 - 1 / 2.5]]))


def test_period_two_in_closed_form():
    r = 3.2
    root = np.sqrt((r - 3) * (r + 1))
    expected = sorted([(r + 1 - root) / (2 * r), (r + 1 + root) / (2 * r)])
    found = cycle(logistic(r), 1.0, 0.3)
    assert found.period == 2
    assert sorted(found.points[:, 0]) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("r", "period"), [(3.5, 4), (3.55, 8), (3.83, 3)])
def test_known_windows_of_the_logistic_map(r, period):
    assert cycle(logistic(r), 1.0, 0.3).period == period


@pytest.mark.parametrize("r", [3.9, 4.0])
def test_chaos_has_no_cycle(r):
    assert cycle(logistic(r), 1.0, 0.3) is None


def test_what_escapes_has_none():
    assert cycle(logistic(4.5), 1.0, 0.3) is None
    assert cycle(ScalarField.parse("log(x) + x"), 1.0, 0.5) is None


def test_the_lab_walk_that_never_settles_has_period_two():
    found = cycle(TWO_VALLEYS, 0.01, 1.3)
    assert found.period == 2
    # The 35th iterate in the lab's file, near one of the two.
    assert np.abs(found.points - 1.68320924202285).min() < 1e-5
    one = found.points[0, 0]
    for _ in range(2):
        derivative = (np.exp(one) - 1 / one) * np.sin(2 * np.pi * one)
        derivative += 2 * np.pi * (np.exp(one) - np.log(one)) * np.cos(2 * np.pi * one)
        one = one - 0.01 * derivative
    assert one == pytest.approx(found.points[0, 0], abs=1e-9)


def test_basins_agree_with_single_walks():
    found = basins(TWO_VALLEYS, 0.005, (0.02, 1.98), resolution=400)
    assert found.minima == pytest.approx([1.7751686, 0.7585729], abs=1e-6)
    rng = np.random.default_rng(5)
    for start in rng.uniform(0.02, 1.98, 60):
        (home,) = (b for b in found.basins if b.low < start < b.high)
        end = descend(TWO_VALLEYS, start, gradient_step(0.005), steps=2000).points[-1, 0]
        reached = np.abs(found.minima - end)
        expected = int(reached.argmin()) if reached.min() < 1e-2 else -1
        assert home.minimum == expected, start


def test_a_basins_border_is_a_maximum_where_steps_are_small():
    double = ScalarField.parse("x**4 - 2*x**2 + x/4")
    found = basins(double, 0.01, (-1.5, 1.5), resolution=100)
    assert [b.minimum for b in found.basins] == [0, 1]
    top = min(sp.Poly(4 * x**3 - 4 * x + sp.Rational(1, 4), x).nroots(), key=abs)
    assert found.basins[0].high == pytest.approx(float(top), abs=1e-9)
