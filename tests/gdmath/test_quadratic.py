import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdmath import (
    LOG_VALLEY,
    SAUNA,
    TWO_VALLEYS,
    ScalarField,
    descend,
    newton_step,
    quadratic_model,
)


def test_a_quadratic_is_its_own_model():
    bowl = ScalarField.parse("3*x**2 + x*y - 7*y + 5*y**2")
    model = quadratic_model(bowl, (0.3, -2))
    assert (model.expr - bowl.expr).expand() == 0


@given(st.floats(0.2, 2), st.floats(-0.1, 0.1))
def test_the_gap_to_the_model_is_cubic(at, reach):
    gap = LOG_VALLEY(at + reach) - quadratic_model(LOG_VALLEY, at)(at + reach)
    # Taylor with Lagrange's remainder: |f‴| = |exp − 2/t³| is at most this between the two.
    nearest = min(at, at + reach)
    bound = np.exp(at + abs(reach)) + 2 / nearest**3
    assert abs(gap) <= bound * abs(reach) ** 3 / 6 + 1e-12


def test_the_models_orders_in_the_plane():
    way = np.array([0.6, -0.8])
    model = quadratic_model(SAUNA, (3, 2))
    gaps = [abs(SAUNA(*(p := (3, 2) + h * way)) - model(*p)) for h in (0.1, 0.05)]
    assert gaps[0] / gaps[1] == pytest.approx(8, rel=0.1)


@pytest.mark.parametrize(("field", "start"), [(LOG_VALLEY, 1.6), (TWO_VALLEYS, 1.4)])
def test_newton_lands_on_the_models_vertex(field, start):
    model = quadratic_model(field, start)
    # Three values fix a parabola, and so its vertex.
    h = 0.5
    low, here, high = (model(start + t) for t in (-h, 0, h))
    vertex = start - h * (high - low) / (2 * (high - 2 * here + low))
    assert descend(field, start, newton_step, steps=1).points[1, 0] == pytest.approx(vertex)


def test_no_model_outside_the_domain():
    with pytest.raises(ValueError, match="in the domain"):
        quadratic_model(LOG_VALLEY, -1)
