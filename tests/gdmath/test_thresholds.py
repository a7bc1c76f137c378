import mpmath
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
