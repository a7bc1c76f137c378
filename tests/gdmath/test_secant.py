import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdmath import LOG_VALLEY, SAUNA, ScalarField, difference_quotient


@given(st.integers(-64, 64), st.integers(1, 12))
def test_of_a_square_it_is_twice_x_plus_h(sixteenths, halvings):
    x, h = sixteenths / 16, 2.0**-halvings
    # Dyadic numbers: no operation rounds.
    assert difference_quotient(ScalarField.parse("x**2"), x, h) == 2 * x + h


@pytest.mark.parametrize(
    ("text", "second_derivative"),
    [
        ("exp(x)", mpmath.exp),
        ("sin(x)", lambda x: -mpmath.sin(x)),
        ("log(x)", lambda x: -1 / x**2),
    ],
)
def test_its_error_is_first_order(text, second_derivative):
    x, h = 0.7, np.array([1e-3, 5e-4])
    slope = mpmath.diff({"exp(x)": mpmath.exp, "sin(x)": mpmath.sin, "log(x)": mpmath.log}[text], x)
    errors = difference_quotient(ScalarField.parse(text), x, h) - float(slope)
    assert errors / h == pytest.approx(float(second_derivative(x)) / 2, rel=1e-3)


def test_it_agrees_with_fifty_digits():
    with mpmath.workdps(50):
        x, h = mpmath.mpf(1.5), mpmath.mpf(0.125)
        f = lambda t: mpmath.exp(t) - mpmath.log(t)  # noqa: E731
        exact = (f(x + h) - f(x)) / h
    assert difference_quotient(LOG_VALLEY, 1.5, 0.125) == pytest.approx(float(exact), rel=1e-14)


def test_points_and_widths_broadcast():
    square = ScalarField.parse("x**2")
    slopes = difference_quotient(square, [[1.0], [2.0]], [0.5, -0.5, 1.0])
    assert slopes.tolist() == [[2.5, 1.5, 3.0], [4.5, 3.5, 5.0]]


@pytest.mark.parametrize(
    ("field", "x", "h", "message"),
    [
        (SAUNA, 1.0, 0.1, "one variable"),
        (LOG_VALLEY, 1.0, 0.0, "h must not be 0"),
        (LOG_VALLEY, 1.0, [0.5, 0.0], "h must not be 0"),
        (LOG_VALLEY, -1.0, 0.1, "in the domain"),
        (LOG_VALLEY, 0.5, -0.6, "in the domain"),
    ],
)
def test_what_is_no_secant_is_refused(field, x, h, message):
    with pytest.raises(ValueError, match=message):
        difference_quotient(field, x, h)
