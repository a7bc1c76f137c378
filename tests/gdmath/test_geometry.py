from fractions import Fraction

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from gdmath import (
    LOG_VALLEY,
    PARABOLOID,
    SAUNA,
    ScalarField,
    Verdict,
    descend,
    gradient_step,
    slice_at,
    stability_bound,
    tangent_line,
    tangent_plane,
)

x, y = sp.symbols("x y")


def test_slices_of_the_paraboloid_are_parabolas():
    assert slice_at(PARABOLOID, y=1).expr == x**2 + 1
    assert slice_at(PARABOLOID, y=0.6).expr == x**2 + sp.Rational(9, 25)
    assert slice_at(PARABOLOID, x=-2).expr == y**2 + 4
    assert slice_at(PARABOLOID, x=-2).variables == (y,)


def test_tangents():
    assert tangent_line(slice_at(PARABOLOID, y=0), 3).expr == 6 * x - 9
    assert tangent_plane(PARABOLOID, (2, 3)).expr == 4 * x + 6 * y - 13
    assert tangent_plane(SAUNA, (4, 4)).expr == sp.Rational(3313, 45)


@given(st.floats(0.1, 2), st.floats(1e-3, 1e-1))
def test_the_gap_to_the_tangent_line_is_quadratic(at, reach):
    line = tangent_line(LOG_VALLEY, at)
    gap = LOG_VALLEY(at + reach) - line(at + reach)
    # Taylor with Lagrange's remainder: f″ between its values at the ends.
    curvatures = [np.exp(t) + 1 / t**2 for t in (at, at + reach)]
    # The slack is float64's rounding of numbers below 10.
    assert min(np.exp(at) + 1 / (at + reach) ** 2, *curvatures) * reach**2 / 2 - 1e-13 <= gap
    assert gap <= (np.exp(at + reach) + 1 / at**2) * reach**2 / 2 + 1e-13


def test_the_saunas_bound_is_exact():
    assert stability_bound(SAUNA, (4, 4)) == sp.Rational(15, 32)
    assert stability_bound(SAUNA, (Fraction(4), 4)) == sp.Rational(15, 32)
    assert stability_bound(SAUNA, (4.0, 4.0)) == pytest.approx(15 / 32, rel=1e-15)


def test_the_log_valleys_bound():
    omega = 0.56714329040978387300
    bound = stability_bound(LOG_VALLEY, sp.LambertW(1))
    assert float(bound) == pytest.approx(2 / (1 / omega + 1 / omega**2), rel=1e-14)


def test_the_bound_parts_walks_that_settle_from_walks_that_do_not():
    bowl = ScalarField.parse("3*x**2 + y**2")
    bound = float(stability_bound(bowl, (0, 0)))
    assert bound == pytest.approx(1 / 3)
    below, above = (
        descend(bowl, (1.0, 1.0), gradient_step(share * bound), 400, 1e-6) for share in (0.95, 1.05)
    )
    assert below.verdict is Verdict.CONVERGED
    assert above.verdict is Verdict.DIVERGED


def test_where_nothing_curves_upward_no_rate_is_too_large():
    assert stability_bound(ScalarField.parse("-x**2"), 0) == sp.oo
    assert stability_bound(ScalarField.parse("-x**2"), 0.0) == float("inf")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: slice_at(PARABOLOID), "value must fix exactly one variable"),
        (lambda: slice_at(PARABOLOID, z=1), "variable must be one of x, y, not z"),
        (lambda: slice_at(LOG_VALLEY, x=1), "field must have two or more variables"),
        (lambda: tangent_line(PARABOLOID, 1), "field must have one variable"),
        (lambda: tangent_plane(LOG_VALLEY, (1, 1)), "field must have two variables"),
        (lambda: tangent_line(LOG_VALLEY, -1), r"x0 must be in the domain \(x > 0\), not -1"),
        (lambda: stability_bound(SAUNA, (1, 2, 3)), r"point must have 2 coordinate\(s\), not 3"),
    ],
    ids=["nothing fixed", "no such variable", "one variable", "line", "plane", "domain", "three"],
)
def test_bad_arguments_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_bound_of_three_variables_is_real():
    # Cardano's formula for the largest root of this Hessian's polynomial is written with i.
    variables = ("x", "y", "z")
    rosenbrock = ScalarField.parse(
        "100*(y-x**2)**2 + (1-x)**2 + 100*(z-y**2)**2 + (1-y)**2", variables
    )
    exact = stability_bound(rosenbrock, (1, 1, 1))
    assert exact.is_real
    assert float(exact) == pytest.approx(stability_bound(rosenbrock, (1.0, 1.0, 1.0)), rel=1e-12)
    transcendental = ScalarField.parse("exp(x + 1) + x*y + y**2 + 3*z**2 + z*y", variables)
    exact = stability_bound(transcendental, (0, 0, 0))
    assert float(exact) == pytest.approx(stability_bound(transcendental, (0.0, 0, 0)), rel=1e-12)
    assert stability_bound(ScalarField.parse("x*y*z", variables), (0, 0, 0)) == sp.oo
