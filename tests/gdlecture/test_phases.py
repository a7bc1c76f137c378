"""What momentum gains a step on a bowl, by the eigenvalues of its own steps."""

import numpy as np
import pytest

from gdlecture.verify.phases import bends_of, gain_of
from gdmath import ScalarField, momentum_step, rate_range
from gdstage.props.momentum import border_of, gains_of

BOWL = ScalarField.parse("(x**2 + 81*y**2)/2")


def test_the_formula_of_the_stage_gains_what_the_steps_gain():
    gains, bends = gains_of(BOWL), bends_of(BOWL)
    for beta in (0.0, 0.3, 0.64, 0.95):
        for rate in (0.001, 0.02, 0.04, 0.06):
            assert float(gains(beta, rate)) == pytest.approx(gain_of(bends, rate, beta), abs=1e-6)


def test_it_is_0_at_the_border_that_gdmath_knows():
    for beta in (0.0, 0.5, 0.9):
        bound = float(rate_range(BOWL, (0, 0), momentum_step(0.01, beta)).bound)
        assert border_of(BOWL, beta) == pytest.approx(bound)
        assert gain_of(bends_of(BOWL), bound, beta) == pytest.approx(0, abs=1e-6)


def test_the_best_pair_is_polyaks():
    one, other = np.sqrt(bends_of(BOWL))
    rate, beta = 4 / (one + other) ** 2, ((other - one) / (other + one)) ** 2
    assert (rate, beta) == pytest.approx((0.04, 0.64))
    # Two double eigenvalues, of which numerics lose half of the digits.
    assert gain_of(bends_of(BOWL), rate, beta) == pytest.approx(-np.log10(0.8), abs=1e-6)


def test_what_is_no_bowl_is_refused():
    with pytest.raises(ValueError, match="expected a bowl"):
        bends_of(ScalarField.parse("x**4 + y**2"))
