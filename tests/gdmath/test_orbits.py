"""Gradient descent on a cubic is the logistic map: its cycles are known."""

import math

import numpy as np
import pytest
import sympy as sp

from gdmath import TWO_VALLEYS, ScalarField, cycle

x = sp.Symbol("x")


def logistic(r):
    """The field whose gradient step of rate 1 is x → r x (1 − x)."""
    r = sp.Rational(str(r))
    return ScalarField((1 - r) * x**2 / 2 + r * x**3 / 3, (x,))


def test_a_fixed_point_is_a_cycle_of_one():
    found = cycle(logistic(2.5), 1.0, 0.3)
    assert found.points == pytest.approx(np.array([[1 - 1 / 2.5]]))
    assert found.multiplier == pytest.approx(abs(2 - 2.5))


@pytest.mark.parametrize("r", [3.1, 3.2, 3.4])
def test_period_two_in_closed_form(r):
    root = np.sqrt((r - 3) * (r + 1))
    expected = sorted([(r + 1 - root) / (2 * r), (r + 1 + root) / (2 * r)])
    found = cycle(logistic(r), 1.0, 0.3)
    assert found.period == 2
    assert sorted(found.points[:, 0]) == pytest.approx(expected, abs=1e-14)
    assert found.multiplier == pytest.approx(abs(4 + 2 * r - r * r), abs=1e-12)


def test_the_window_of_period_three_begins_at_one_plus_the_root_of_eight():
    begin = 1 + math.sqrt(8)
    assert cycle(logistic(begin + 1e-3), 1.0, 0.3).period == 3
    before = cycle(logistic(begin - 1e-3), 1.0, 0.3)
    assert before is None or before.period > 3


@pytest.mark.parametrize(("r", "period"), [(3.5, 4), (3.55, 8), (3.565, 16), (3.83, 3), (3.845, 6)])
def test_known_windows_of_the_logistic_map(r, period):
    found = cycle(logistic(r), 1.0, 0.3)
    assert found.period == period
    slopes = [r * (1 - 2 * at) for at in found.points[:, 0]]
    assert found.multiplier == pytest.approx(abs(math.prod(slopes)))
    assert found.multiplier < 1


def test_a_cycle_through_the_maximum_is_superstable():
    assert cycle(logistic(1 + math.sqrt(5)), 1.0, 0.3).multiplier == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("r", [3.9, 4.0])
def test_chaos_has_no_cycle(r):
    assert cycle(logistic(r), 1.0, 0.3) is None


def test_a_period_above_the_longest_is_not_found():
    assert cycle(logistic(3.55), 1.0, 0.3, longest=7) is None


def test_a_walk_that_crawls_is_no_cycle():
    # 20,000 steps of 6e-10 lead nowhere near the minimum, though each all but repeats the last.
    assert cycle(ScalarField(x**2, (x,)), 1e-9, 0.3) is None
    # Here a step changes no digit, and the slope is still 0.6.
    assert cycle(ScalarField(x**2, (x,)), 1e-20, 0.3) is None


def test_a_cycle_that_does_not_attract_is_not_found():
    # At r = 3 the multiplier of the fixed point is -1, and the approach takes for ever.
    assert cycle(logistic(3), 1.0, 0.3) is None
    # A rate of exactly 2 / f'': every start is a cycle of two, none attracts.
    assert cycle(ScalarField(x**2, (x,)), 1.0, 0.3) is None
    # On the top of a hill the walk rests, but only there.
    assert cycle(ScalarField(-(x**2), (x,)), 0.1, 0.0) is None


def test_two_variables_cycle_each_on_its_own():
    y = sp.Symbol("y")
    both = logistic(3.2).expr + logistic(3.5).expr.subs(x, y)
    found = cycle(ScalarField(both, (x, y)), 1.0, np.array([0.3, 0.3]))
    assert found.period == 4
    # Errors die with the slower of the two; that of period 2 goes round twice.
    of_two, of_four = (cycle(logistic(r), 1.0, 0.3).multiplier for r in (3.2, 3.5))
    assert found.multiplier == pytest.approx(max(of_two**2, of_four))


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
    assert one == pytest.approx(found.points[0, 0], abs=1e-14)
