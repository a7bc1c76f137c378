import math
from itertools import pairwise

import mpmath
import numpy as np
import pytest

from gdmath import LOG_VALLEY, SAUNA, Verdict, descend, domain_threshold, gradient_step


def test_the_log_valleys_threshold_is_a_point_of_period_two():
    found = domain_threshold(LOG_VALLEY, 0.1, leaves=0.02, stays=0.03)
    with mpmath.workdps(40):
        rate = mpmath.mpf("0.1")

        def twice(x):
            for _ in range(2):
                x = x - rate * (mpmath.exp(x) - 1 / x)
            return x

        # A start that is thrown back exactly onto itself parts the two fates.
        orbit = mpmath.findroot(lambda x: twice(x) - x, (0.0270, 0.0279), solver="anderson")
        assert abs(mpmath.mpf(str(found)) - orbit) < mpmath.mpf(10) ** -20


def test_starts_that_land_on_the_edge_close_in_on_the_threshold():
    found = domain_threshold(LOG_VALLEY, 0.1, leaves=0.02, stays=0.03)
    with mpmath.workdps(60):
        rate = mpmath.mpf("0.1")

        def step(x):
            return x - rate * (mpmath.exp(x) - 1 / x)

        def led_to(goal, below, above):
            return mpmath.findroot(lambda x: step(step(x)) - goal, (below, above), "anderson")

        # x₂ = 0, that is x₁ = α f′(x₁): such a walk leaves at step 2, on the edge itself.
        edges = [led_to(0, mpmath.mpf("0.02"), mpmath.mpf("0.03"))]
        for _ in range(6):
            # Those that leave two steps later: the start whose x₂ is the one before.
            edges.append(led_to(edges[-1], edges[-1], mpmath.mpf("0.0275")))
        gaps = [mpmath.mpf(str(found)) - e for e in edges]
        assert all(before > after > 0 for before, after in pairwise(gaps))
        # At the threshold the walk returns after two steps, stretched by (1 - α f″) twice.
        one = mpmath.mpf(str(found))
        stretch = mpmath.fprod(1 - rate * (mpmath.exp(at) + 1 / at**2) for at in (one, step(one)))
        assert gaps[4] / gaps[5] == pytest.approx(float(stretch), rel=1e-6)


def test_the_threshold_is_the_only_one_between_its_ends():
    found = float(domain_threshold(LOG_VALLEY, 0.1, leaves=0.02, stays=0.03))
    for start in np.linspace(0.02, 0.03, 501):
        at = start
        for _ in range(400):
            at = at - 0.1 * (math.exp(at) - 1 / at) if 0 < at < 700 else -1.0
        assert (at > 0) == (start > found), start


def test_a_hair_on_either_side_decides():
    at = float(domain_threshold(LOG_VALLEY, 0.1, leaves=0.02, stays=0.03))
    fates = [
        descend(LOG_VALLEY, at * (1 + hair), gradient_step(0.1), 400, 1e-5).verdict
        for hair in (-1e-12, 1e-12)
    ]
    assert fates == [Verdict.LEFT_DOMAIN, Verdict.CONVERGED]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"field": SAUNA}, "field must have one variable, not 2"),
        ({"rate": 0.0}, "rate must be positive, not 0.0"),
        ({"leaves": 0.05}, "leaves must be a start that leaves, not 0.05"),
        ({"stays": 0.01}, "stays must be a start that stays, not 0.01"),
    ],
    ids=["dimension", "rate", "leaves", "stays"],
)
def test_bad_arguments_are_named(change, message):
    arguments = {"field": LOG_VALLEY, "rate": 0.1, "leaves": 0.02, "stays": 0.03} | change
    with pytest.raises(ValueError, match=message):
        domain_threshold(**arguments)
