"""The loss of a model over data, against numpy's own sums and least squares."""

import json
import time

import numpy as np
import pytest
import sympy as sp

from gdmath import ExpressionError, ScalarField, certify, descend, gradient_step, stationary_points
from gdmath.descent.excerpt import CERTIFIED_STEPS, beginning
from gdmath.fields.regression import RegressionError, RegressionLoss, regression

RNG = np.random.default_rng(4)
T = RNG.uniform(0, 3, 40).round(3)
S = (2 * T + 1 + RNG.normal(0, 0.2, 40)).round(3)
PASSED = (RNG.uniform(size=40) < 0.5).astype(int)
DATA = {name: [str(v) for v in column] for name, column in (("t", T), ("s", S), ("p", PASSED))}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def log_loss(z):
    return -(PASSED * np.log(sigmoid(z)) + (1 - PASSED) * np.log(1 - sigmoid(z)))


CASES = [
    ("a*t + b", "s", "squared", lambda a, b: (a * T + b - S) ** 2, False),
    ("w*t", "s", "squared", lambda w: (w * T - S) ** 2, False),
    ("a*t**2 + b*t", "s", "squared", lambda a, b: (a * T**2 + b * T - S) ** 2, False),
    ("a*b*t", "s", "squared", lambda a, b: (a * b * T - S) ** 2, False),
    ("a*exp(b*t)", "s", "squared", lambda a, b: (a * np.exp(b * T) - S) ** 2, True),
    ("a*sin(t) + b", "s", "squared", lambda a, b: (a * np.sin(T) + b - S) ** 2, True),
    ("relu(a*t + b)", "s", "squared", lambda a, b: (np.maximum(a * T + b, 0) - S) ** 2, True),
    ("a*t + b", "p", "log", lambda a, b: log_loss(a * T + b), True),
    ("sigmoid(a*t + b)", "p", "log", lambda a, b: log_loss(a * T + b), True),
    ("a/(b + t)", "s", "squared", lambda a, b: (a / (b + T) - S) ** 2, True),
]
each_case = pytest.mark.parametrize(("model", "target", "loss", "losses", "is_sum"), CASES)


@each_case
def test_values_are_the_means_of_the_rows_and_slopes_their_differences(
    model, target, loss, losses, is_sum
):
    field = regression(model, DATA, target=target, loss=loss)
    assert field.summands == (len(T) if is_sum else 1)
    d = field.dimension
    points = np.random.default_rng(1).uniform(0.1, 1.5, (7, d))
    for point in points:
        assert field.at(point) == pytest.approx(losses(*point).mean(), rel=1e-12)
        steps = 1e-6 * np.eye(d)
        guess = [(losses(*(point + h)).mean() - losses(*(point - h)).mean()) / 2e-6 for h in steps]
        assert field.gradient(point) == pytest.approx(guess, rel=1e-5, abs=1e-7)
        guess = [(field.gradient(point + h) - field.gradient(point - h)) / 2e-6 for h in steps]
        assert field.hessian(point) == pytest.approx(np.array(guess), rel=1e-5, abs=1e-6)


@each_case
def test_bits_do_not_depend_on_how_many_points_are_asked_for(model, target, loss, losses, is_sum):
    del losses, is_sum
    field = regression(model, DATA, target=target, loss=loss)
    points = np.random.default_rng(2).uniform(0.1, 1.5, (100, field.dimension))
    together = field.gradient(points)
    for i in range(0, 100, 9):
        assert field.gradient(points[i]).tobytes() == together[i].tobytes()


@each_case
def test_walks_are_certified_and_made_again_from_the_recipe(model, target, loss, losses, is_sum):
    del losses, is_sum
    field = regression(model, DATA, target=target, loss=loss)
    walk = descend(field, (0.5, 0.25)[: field.dimension], gradient_step(0.01), 12)
    assert certify(walk) < 1e-11
    again = RegressionLoss.read(field.written())
    assert again.name == field.name
    other = descend(again, walk.start, gradient_step(0.01), 12)
    assert other.points.tobytes() == walk.points.tobytes()
    assert other.values.tobytes() == walk.values.tobytes()


def test_a_line_through_points_has_the_least_squares_for_its_minimum():
    field = regression("a*t + b", DATA, target="s")
    assert field.parameters == ("a", "b")
    assert field.name == "mean squared error of a*t + b over 40 points"
    (point,) = stationary_points(field).points
    assert [float(c) for c in point.point] == pytest.approx(np.polyfit(T, S, 1), rel=1e-9)
    assert all(c.is_Rational for c in sp.Poly(field.expr, *field.variables).coeffs())


def test_the_minimum_of_the_log_loss_is_where_the_walk_ends():
    field = regression("a*t + b", DATA, target="p", loss="log")
    walk = descend(field, (0, 0), gradient_step(1.0), 3000, tolerance=1e-6)
    z = walk.points[-1, 0] * T + walk.points[-1, 1]
    assert (sigmoid(z) - PASSED).mean() == pytest.approx(0, abs=2e-6)
    assert field.at((0, 0)) == pytest.approx(np.log(2))
    assert field.at((1e4, -5e3)) < np.inf


def test_a_model_has_a_value_where_it_has_one_on_every_row():
    field = regression("a/(b + t)", DATA, target="s")
    assert field.contains((1, 0.5))
    assert not field.contains((1, -T[3]))
    field = regression("a*log(b + t)", DATA, target="s")
    assert field.contains((1, 0.1))
    assert not field.contains((1, -1))


def test_ten_thousand_rows_are_quick():
    t = np.arange(10_000) / 1000
    data = {"t": t, "s": 2 * t + 1}
    began = time.process_time()
    field = regression("a*t + b", data, target="s")
    assert len(str(field.expr)) < 300
    descend(field, (0, 0), gradient_step(0.01), 100)
    assert time.process_time() - began < 2
    field = regression("a*t + b", data | {"p": (t > 5).astype(int)}, target="p", loss="log")
    walk = descend(field, (0, 0), gradient_step(0.01), 30)
    assert beginning(walk).stopped_at == max(1, CERTIFIED_STEPS // 10_000)
    assert time.process_time() - began < 4


@pytest.mark.parametrize(
    ("model", "changes", "says"),
    [
        ("t", {}, "one or two parameters, not none"),
        ("a*t + b + c", {}, "one or two parameters, not a, b, c"),
        ("a*tt + b", {}, "not a, tt, b .the columns are t, s, p"),
        ("a*s + b*t", {}, "s is the target"),
        ("a*t", {"target": "y"}, "no column is called 'y'"),
        ("a*t", {"loss": "huber"}, "loss: one of squared, log"),
        ("a*t", {"loss": "log"}, "row 1: the log loss needs targets 0 and 1"),
        ("a*t", {"columns": {"t": ["1", "x"], "s": [1, 2]}}, "column t, row 2: 'x' is no number"),
        ("a*t", {"columns": {"t": ["1", "nan"], "s": [1, 2]}}, "row 2: 'nan' is no number"),
        ("a*t", {"columns": {"t": [1], "s": [1, 2]}}, "of one length"),
        ("a*t", {"columns": {"t": [], "s": []}}, "1 to 10,000 rows"),
        ("a*t", {"columns": {"t": [1] * 10_001, "s": [1] * 10_001}}, "not 10,001"),
        ("a*log(t)", {"columns": {"t": [1, 0], "s": [1, 2]}}, "row 2: the model has no value"),
    ],
)
def test_what_makes_no_field_is_told_in_one_line(model, changes, says):
    arguments = {"columns": DATA, "target": "s", **changes}
    columns = arguments.pop("columns")
    with pytest.raises(RegressionError, match=says) as told:
        regression(model, columns, **arguments)
    assert "\n" not in str(told.value)


def test_a_model_is_read_by_the_same_whitelist():
    for model in ("a*t +", "a.real*t", "__import__('os')*a", "a*t^2", "a if t else b", "f(a)*t"):
        with pytest.raises((ExpressionError, RegressionError)):
            regression(model, DATA, target="s")


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "{}",
        '{"model": 3}',
        "[" * 100_000,
        '{"model":"a","target":"t","loss":"log","columns":{}}',
    ],
)
def test_broken_recipes_are_refused(text):
    with pytest.raises(RegressionError):
        RegressionLoss.read(text)


def test_a_recipe_is_plain_json():
    field = regression("a*t", DATA, target="s")
    assert json.loads(field.written())["columns"]["t"] == DATA["t"]
    assert isinstance(field, ScalarField)
