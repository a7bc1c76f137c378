"""The ranges of rates against the spectral radius of the rule's own map."""

import math
from fractions import Fraction

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from gdmath import (
    ExponentialDecay,
    ScalarField,
    adagrad_step,
    adam_step,
    backtracking_step,
    barzilai_borwein_step,
    damped_newton_step,
    gradient_step,
    momentum_step,
    nesterov_step,
    newton_step,
    rate_range,
    rmsprop_step,
    scheduled_step,
    stability_bound,
)
from gdmath.descent.steps import Here

STRETCHED = ScalarField.parse("x**2 + 4*y**2 + x*y")


def radius(step, curvatures):
    """The spectral radius of a step on a quadratic, from what the rule does to unit vectors."""
    curved = np.diag(curvatures)
    d = len(curved)
    columns = []
    for unit in np.eye(2 * d):
        x, velocity = unit[:d], unit[d:]
        after, memory = step.advance(Here(x, curved @ x, None, None), velocity)
        columns.append([*after, *(np.zeros(d) if memory is None else memory)])
    return float(np.abs(np.linalg.eigvals(np.array(columns).T)).max())


@settings(max_examples=40)
@given(
    st.sampled_from([gradient_step, momentum_step, nesterov_step]),
    st.floats(0, 0.98).map(lambda beta: round(beta, 3)),
    st.floats(0.01, 100),
    st.floats(1, 50),
)
def test_within_the_bound_the_radius_is_below_one_and_beyond_it_above(kind, beta, least, ratio):
    def made(rate):
        return kind(rate) if kind is gradient_step else kind(rate, beta)

    a, b = sp.Rational(least) / 2, sp.Rational(least * ratio) / 2
    x, y = sp.symbols("x y")
    bound = float(rate_range(ScalarField(a * x**2 + b * y**2, (x, y)), (0, 0), made(0.1)).bound)
    curvatures = (least, least * ratio)
    assert radius(made(bound * (1 - 1e-6)), curvatures) < 1
    assert radius(made(bound * (1 + 1e-6)), curvatures) > 1


def test_bounds_are_exact_and_for_no_momentum_those_of_the_gradient():
    plain = stability_bound(STRETCHED, (0, 0))
    assert rate_range(STRETCHED, (0, 0), gradient_step(0.1)).bound == plain
    for kind in (momentum_step, nesterov_step):
        assert sp.simplify(rate_range(STRETCHED, (0, 0), kind(0.1, 0.0)).bound - plain) == 0
    heavy = rate_range(STRETCHED, (0, 0), momentum_step(0.1, 0.9)).bound
    assert sp.simplify(heavy / plain) == sp.Rational(19, 10)
    ahead = rate_range(STRETCHED, (Fraction(0), 0), nesterov_step(0.1, 0.9)).bound
    assert sp.simplify(ahead / plain) == sp.Rational(19, 28)
    assert isinstance(rate_range(STRETCHED, (0.0, 0.0), momentum_step(0.1, 0.9)).bound, float)


def test_where_nothing_curves_upward_no_rate_is_too_large():
    hill = ScalarField.parse("-x**2")
    assert rate_range(hill, 0, momentum_step(0.1, 0.5)).bound == sp.oo
    assert rate_range(hill, 0.0, momentum_step(0.1, 0.5)).bound == math.inf


@pytest.mark.parametrize(
    "step",
    [
        adagrad_step(0.1),
        rmsprop_step(0.1),
        adam_step(0.1),
        scheduled_step(ExponentialDecay(0.1, 0.9)),
        backtracking_step(),
        barzilai_borwein_step(0.1),
        newton_step(),
        damped_newton_step(),
    ],
    ids=lambda step: step.name,
)
def test_of_other_rules_nothing_is_guessed(step):
    found = rate_range(STRETCHED, (0, 0), step)
    assert found.bound is None
    assert found.reason
    assert "known" not in found.reason
