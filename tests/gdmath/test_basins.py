"""Basins against single walks, written out as plain loops, and against closed forms."""

import math
from itertools import pairwise

import numpy as np
import pytest
import sympy as sp

from gdmath import LOG_VALLEY, TWO_VALLEYS, ScalarField, basins

x = sp.Symbol("x")


def two_valleys_slope(at):
    tall = math.exp(at) - math.log(at)
    turn = 2 * math.pi * at
    return (math.exp(at) - 1 / at) * math.sin(turn) + 2 * math.pi * tall * math.cos(turn)


def home(found, start):
    return next(b.minimum for b in found.basins if b.low < start < b.high)


def test_two_valleys_agree_with_a_plain_loop():
    found = basins(TWO_VALLEYS, 0.005, (0.001, 2.0), resolution=400)
    assert found.minima == pytest.approx([1.7751686, 0.7585729], abs=1e-6)
    for start in np.random.default_rng(5).uniform(0.001, 2.0, 200):
        at, steps = start, 0
        while at > 0 and steps < 2000:
            at, steps = at - 0.005 * two_valleys_slope(at), steps + 1
        distances = np.abs(found.minima - at)
        expected = int(distances.argmin()) if at > 0 else -1
        assert expected == -1 or distances.min() < 1e-6
        assert home(found, start) == expected, start


def test_the_two_sides_of_each_border_end_apart():
    found = basins(TWO_VALLEYS, 0.005, (0.001, 2.0), resolution=400)
    for left, right in pairwise(found.basins):
        assert left.high == right.low
        assert left.minimum != right.minimum
        ends = []
        for start in (left.high - 1e-10, left.high + 1e-10):
            at = start
            for _ in range(2000):
                at = at - 0.005 * two_valleys_slope(at) if at > 0 else at
            ends.append(at)
        assert abs(ends[0] - ends[1]) > 0.5


def test_a_border_is_a_maximum_where_steps_are_small():
    double = ScalarField.parse("x**4 - 2*x**2 + x/4")
    found = basins(double, 0.01, (-1.5, 1.5), resolution=100)
    assert [b.minimum for b in found.basins] == [0, 1]
    top = min(sp.Poly(4 * x**3 - 4 * x + sp.Rational(1, 4), x).nroots(), key=abs)
    assert found.basins[0].high == pytest.approx(float(top), abs=1e-11)
    assert found.share(0) == pytest.approx((float(top) + 1.5) / 3)
    assert found.share(0) + found.share(1) == pytest.approx(1)
    assert found.share(-1) == 0


def test_the_logistic_basin_is_the_unit_interval():
    # x → r x (1 − x) keeps 0 < x < 1 there, and throws everything else to −∞.
    r = sp.Rational(5, 2)
    field = ScalarField((1 - r) * x**2 / 2 + r * x**3 / 3, (x,))
    found = basins(field, 1.0, (-0.53, 1.47), resolution=300)
    assert [b.minimum for b in found.basins] == [-1, 0, -1]
    assert found.basins[1].low == pytest.approx(0, abs=1e-11)
    assert found.basins[1].high == pytest.approx(1, abs=1e-11)
    assert found.minima == pytest.approx([0.6])


def test_the_log_valleys_basin_ends_at_a_cycle_of_two():
    found = basins(LOG_VALLEY, 0.1, (0.001, 5.0))
    assert [b.minimum for b in found.basins] == [-1, 0, -1]
    low, high = found.basins[1].low, found.basins[1].high
    for one, other in ((low, high), (high, low)):
        assert one - 0.1 * (math.exp(one) - 1 / one) == pytest.approx(other, abs=1e-9)


def test_far_from_zero_borders_are_as_sharp_as_floats_are():
    far = ScalarField.parse("(x - 1000000)**4 - 2*(x - 1000000)**2")
    found = basins(far, 0.01, (999_998.6, 1_000_001.3), resolution=50)
    assert [b.minimum for b in found.basins] in ([0, 1], [1, 0])
    assert found.basins[0].high == pytest.approx(1e6, abs=1e-5)


@pytest.mark.parametrize("window", [(1.0, 1.0), (2.0, 1.0), (0.0, math.inf), (math.nan, 1.0)])
def test_a_window_must_have_two_ends(window):
    with pytest.raises(ValueError, match="window must be two finite numbers"):
        basins(LOG_VALLEY, 0.1, window)
