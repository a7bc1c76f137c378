"""Zones of learning rates for one start agree with plain loops and with mpmath."""

import math
from itertools import pairwise

import mpmath
import numpy as np
import pytest

from gdmath import LOG_VALLEY, SAUNA, ScalarField, Verdict, descend, gradient_step, rate_zones

START, TOLERANCE = 1.6, 1e-5


@pytest.fixture(scope="module")
def zones():
    return rate_zones(LOG_VALLEY, START, 0.672, tolerance=TOLERANCE)


def plain(rate):
    """Whether the walk on eˣ − ln x comes to rest, in a loop of its own."""
    x = START
    for _ in range(20_000):
        if not x > 0:
            return False
        slope = math.exp(x) - 1 / x if x < 700 else math.inf
        if abs(slope) < TOLERANCE:
            return True
        x -= rate * slope
    raise AssertionError(rate)


def test_from_the_lectures_start_large_rates_leave_far_below_the_local_bound(zones):
    arrives, leaves = zones
    assert (arrives.verdict, leaves.verdict) == (Verdict.CONVERGED, Verdict.LEFT_DOMAIN)
    assert arrives.high == pytest.approx(0.32787415504201, abs=1e-14)
    assert arrives.high < 2 / 4.8722 - 0.08
    steps = {0.33: 5, 0.34: 3, 0.36: 3, 0.3697: 1, 0.5: 1}
    for rate, step in steps.items():
        walk = descend(LOG_VALLEY, START, gradient_step(rate), 25, TOLERANCE)
        assert (walk.verdict, walk.stopped_at) == (Verdict.LEFT_DOMAIN, step)


def test_a_plain_loop_says_the_same_of_every_rate(zones):
    for rate in np.linspace(0.001, 0.67, 700):
        assert plain(float(rate)) == (rate < zones[0].high), rate


def test_the_border_parts_neighbours_in_float64(zones):
    border = zones[0].high
    assert plain(np.nextafter(border, 0))
    assert not plain(border)


def test_the_first_step_leaves_from_a_rate_known_exactly():
    with mpmath.workdps(30):
        slope = mpmath.exp("1.6") - 1 / mpmath.mpf("1.6")
        exact = mpmath.mpf("1.6") / slope
    for hair, at_once in ((1 - 1e-9, False), (1 + 1e-9, True)):
        walk = descend(LOG_VALLEY, START, gradient_step(float(exact) * hair), 25, TOLERANCE)
        assert (walk.stopped_at == 1) is at_once


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_on_a_parabola_the_border_is_the_bound(scale):
    field = ScalarField.parse(f"{scale:g}*x**2")
    inside, outside = rate_zones(
        field, 1.0, 1.5 / scale, tolerance=1e-5 * scale, resolution=100, steps=1000
    )
    assert inside.high * scale == pytest.approx(1.0, rel=1e-2)
    assert inside.verdict is Verdict.CONVERGED
    assert outside.verdict is Verdict.DIVERGED


def test_what_cannot_settle_is_a_zone_of_its_own():
    field = ScalarField.parse("x**4/4 - x**2/2")
    arrives, circles = rate_zones(field, 1.2, 1.2, tolerance=1e-5, steps=4000, resolution=150)
    assert (arrives.verdict, circles.verdict) == (Verdict.CONVERGED, Verdict.OSCILLATING)
    assert arrives.high == pytest.approx(1.0, abs=5e-3)  # 2/f″(1), which it nears ever more slowly


def test_zones_follow_one_another_and_two_variables_will_do():
    zones = rate_zones(SAUNA, (3.5, 3.6), 0.6, tolerance=1e-3, steps=500, resolution=60)
    assert zones[0].low == 0
    assert zones[-1].high == 0.6
    assert all(one.high == other.low for one, other in pairwise(zones))
    assert zones[0].high == pytest.approx(15 / 32, abs=0.02)


def test_bad_arguments_are_refused():
    with pytest.raises(ValueError, match="rate"):
        rate_zones(LOG_VALLEY, START, 0.0, tolerance=TOLERANCE)
