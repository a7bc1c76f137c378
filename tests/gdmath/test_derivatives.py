"""Derivatives against the definition: the Taylor remainder shrinks with the right order.

Remainders are summed over both directions: a remainder a h^2 + b h^3 alone is 0 at h = -a/b, and
near it no power law is seen, but |a h^2 + b h^3| + |a h^2 - b h^3| is never below 2|a| h^2.
"""

import numpy as np
import pytest
import sympy as sp
from hypothesis import assume, given
from hypothesis import strategies as st

from gdmath import LOG_VALLEY, PARABOLOID, SAUNA, THREE_WELLS, TWO_VALLEYS, ScalarField

FIELDS = [PARABOLOID, LOG_VALLEY, TWO_VALLEYS, SAUNA, THREE_WELLS]
STEPS = 2.0 ** -np.arange(4, 10)


@st.composite
def places(draw):
    """A field, a point well inside its window, and a direction."""
    field = draw(st.sampled_from(FIELDS))
    inside = [
        draw(st.floats(lo + 0.2 * (hi - lo), hi - 0.2 * (hi - lo))) for lo, hi in field.window
    ]
    angle = draw(st.floats(0, 2 * np.pi))
    direction = np.array([np.cos(angle), np.sin(angle)][: field.dimension])
    return field, np.array(inside), direction / np.linalg.norm(direction)


def order(errors, scale):
    """The slope of log error against log step, over the steps where rounding does not rule."""
    usable = errors > 1e-11 * scale
    assume(usable.sum() >= 4)
    return np.polyfit(np.log(STEPS[usable]), np.log(errors[usable]), 1)[0]


@given(places())
def test_the_gradient_leaves_a_remainder_of_second_order(place):
    field, x, d = place
    errors = sum(
        np.abs(field.at(x + h[:, None] * d) - field.at(x) - h * (field.gradient(x) @ d))
        for h in (STEPS, -STEPS)
    )
    # A remainder of higher order is better still; a wrong gradient leaves one of first order.
    assert order(errors, max(1, abs(field.at(x)))) > 1.5


@given(places())
def test_the_hessian_leaves_a_remainder_of_third_order(place):
    field, x, d = place
    slope, curvature = field.gradient(x) @ d, d @ field.hessian(x) @ d
    errors = sum(
        np.abs(field.at(x + h[:, None] * d) - field.at(x) - h * slope - h**2 / 2 * curvature)
        for h in (STEPS, -STEPS)
    )
    assert order(errors, max(1, abs(field.at(x)))) > 2.4


@given(places())
def test_hessians_are_symmetric(place):
    field, x, _ = place
    hessian = field.hessian(x)
    assert np.array_equal(hessian, hessian.T)


x, y = sp.symbols("x y")


def test_partials_of_the_paraboloid():
    assert PARABOLOID.partial(x).expr == 2 * x
    assert PARABOLOID.partial(y).expr == 2 * y
    assert PARABOLOID.gradient((2, 3)).tolist() == [4.0, 6.0]


def test_a_partial_is_a_field_again_on_the_same_domain():
    slope = LOG_VALLEY.partial(x)
    assert isinstance(slope, ScalarField)
    assert slope(2.0) == np.exp(2.0) - 0.5
    assert slope.contains([[2.0], [-1.0]]).tolist() == [True, False]


def test_constants_broadcast():
    flat = PARABOLOID.partial(x).partial(y)
    assert flat(np.zeros((3, 4)), np.zeros((3, 4))).shape == (3, 4)
    assert PARABOLOID.hessian(np.zeros((5, 2))).shape == (5, 2, 2)


@pytest.mark.parametrize("field", FIELDS, ids=lambda f: f.name)
def test_shape_in_is_shape_out(field):
    points = np.full((2, 3, field.dimension), 1.25)
    assert field.gradient(points).shape == points.shape
    assert field.hessian(points).shape == (*points.shape, field.dimension)
    assert field.contains(points).shape == (2, 3)
    assert field(*np.moveaxis(points, -1, 0)).shape == (2, 3)


@pytest.mark.parametrize("field", FIELDS, ids=lambda f: f.name)
def test_a_point_has_the_same_bits_alone_and_in_company(field):
    rng = np.random.default_rng(4)
    low, high = np.array(field.window).T
    points = low + (high - low) * rng.random((1001, field.dimension))
    together = field.gradient(points)
    alone = np.array([field.gradient(point) for point in points])
    assert np.array_equal(together, alone)


def test_the_slope_of_an_absolute_value_is_its_sign():
    kink = ScalarField.parse("abs(x)")
    assert kink.gradient([[-2.0], [3.0]]).tolist() == [[-1.0], [1.0]]


def test_the_domain_is_told_from_overflow():
    assert LOG_VALLEY.contains([[1e-300], [0.0], [-1.0], [1000.0]]).tolist() == [
        True,
        False,
        False,
        True,
    ]
    assert LOG_VALLEY(1000.0) == np.inf
    assert np.isnan(LOG_VALLEY(-1.0))
