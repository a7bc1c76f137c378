"""Kinked and piecewise functions: slopes, domains, and the same numbers from every engine."""

import mpmath
import numpy as np
import pytest
import sympy as sp

from gdmath import ScalarField, Verdict, certify, descend, gradient_step, multistart
from gdmath.fields.evaluation import mp_function
from gdmath.fields.functions import seams
from gdmath.fields.program import array_function, columns_of, program_of
from gdmath.fields.scalar_field import gradient_expressions

x = sp.Symbol("x")
TEXTS = (
    "relu(x**2 - 2)", "sigmoid(3*x) + y", "cbrt(x)*y", "max(x, y, 1/2)", "min(x**2, exp(y))",
    "where(x < 0, -x, x**2 + y)", "where(x >= 1, log(x), (x - 1)*y)", "sign(x)*x**2 + y**2",
    "pow(x, 3) - pow(2, y)", "relu(1 - x*y)**2 + sigmoid(-x)*max(0, y)", "atanh(x/9) + asinh(y)",
    "where(x < 0, 2, 3)*x", "abs(x)*relu(y) + cbrt(y - x)**2",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "at", "value", "slope"),
    [
        ("relu(x)", 2, 2, 1),
        ("relu(x)", -2, 0, 0),
        ("relu(x)", 0, 0, 0),
        ("relu(-x)", 0, 0, 0),
        ("max(x, 1)", 1, 1, 0.5),
        ("max(0, x)", 0, 0, 0.5),
        ("min(x, -x)", 0, 0, 0),
        ("abs(x)", 0, 0, 0),
        ("sign(x)", 3, 1, 0),
        ("cbrt(x)", -8, -2, 1 / 12),
        ("cbrt(x)", 0, 0, np.inf),
        ("sigmoid(x)", 0, 0.5, 0.25),
        ("where(x < 0, -x, x**2)", -3, 3, -1),
        ("where(x < 0, -x, x**2)", 0, 0, 0),
        ("where(x <= 0, -x, x**2)", 0, 0, -1),
        ("where(x < 0, 1, where(x < 1, 2, 3))*x", 0.5, 1, 2),
        ("pow(x, 3)", 2, 8, 12),
    ],
)
def test_values_and_slopes_kinks_included(text, at, value, slope):
    field = ScalarField.parse(text)
    assert field(at) == pytest.approx(value)
    assert field.gradient([at])[0] == pytest.approx(slope)


@pytest.mark.parametrize("text", TEXTS)
def test_slopes_are_those_of_differences(text):
    field = ScalarField.parse(text, ("x", "y"))
    points = np.random.default_rng(7).uniform(-3, 3, (200, 2))
    for i in (0, 1):
        ahead, behind = (points + s * 1e-6 * np.eye(2)[i] for s in (1, -1))
        guess = (field.at(ahead) - field.at(behind)) / 2e-6
        slope = field.gradient(points)[:, i]
        near = abs(slope - guess) <= 1e-4 * (1 + abs(slope))
        assert (near | ~np.isfinite(guess)).mean() > 0.98  # but for a kink between the two


@pytest.mark.parametrize("text", TEXTS)
def test_programs_and_single_points_have_the_bits_of_the_field(text):
    field = ScalarField.parse(text, ("x", "y"))
    exprs = (*gradient_expressions(field), field.expr)
    points = np.random.default_rng(3).uniform(-3, 3, (333, 2))
    inside = points[field.contains(points)]
    with np.errstate(all="ignore"):
        found = array_function(exprs, field.variables)(*columns_of(inside))
    for result, expected in zip(found, (*field.gradient(inside).T, field.at(inside)), strict=True):
        whole = np.broadcast_to(np.asarray(result, dtype=float), expected.shape)
        assert whole.tobytes() == np.ascontiguousarray(expected).tobytes()
    for point in inside[::40]:
        (row,) = np.flatnonzero((inside == point).all(axis=1))
        assert field.gradient(point).tobytes() == field.gradient(inside)[row].tobytes()
    assert not program_of(exprs, field.variables).is_finite_within(1.0)


@pytest.mark.parametrize("text", TEXTS)
def test_fifty_digits_agree(text):
    field = ScalarField.parse(text, ("x", "y"))
    exact = mp_function((field.expr, *gradient_expressions(field)), field.variables)
    points = np.random.default_rng(5).uniform(-3, 3, (40, 2))
    with mpmath.workdps(50):
        for point in points[field.contains(points)]:
            found = [float(v) for v in exact(*map(mpmath.mpf, point.tolist()))]
            expected = [float(field.at(point)), *field.gradient(point)]
            assert found == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("text", TEXTS)
def test_walks_are_the_same_from_many_starts_and_certified(text):
    field = ScalarField.parse(text, ("x", "y"))
    starts = np.random.default_rng(1).uniform(-2, 2, (20, 2))
    starts = starts[field.contains(starts)]
    basins = multistart(field, starts, 0.01, 15)
    for start, end in zip(starts, basins.endpoints, strict=True):
        walk = descend(field, start, gradient_step(0.01), 15)
        assert walk.points[-1].tobytes() == end.tobytes()
    assert certify(descend(field, starts[0].round(2), gradient_step(0.01), 15)) < 1e-12


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("max(x, y, 1/2)", Verdict.BUDGET_SPENT),
        ("max(x, y, 2)", Verdict.CONVERGED),
        ("min(max(x, y), 1)", Verdict.STUCK),
        ("where(x < 0, 1, 2)*where(x < 0, x, y)", Verdict.FALLING),
        ("max(x**2, y**2, x*y)", Verdict.BUDGET_SPENT),
    ],
)
def test_a_condition_that_stands_twice_is_no_trouble_for_the_verdict(text, verdict):
    field = ScalarField.parse(text, ("x", "y"))
    assert descend(field, (1.0, 2.0), gradient_step(0.1), 20).verdict is verdict


def test_what_lies_on_the_other_branch_counts_for_nothing():
    for text in ("min(x, exp(x))", "where(x > 700, x, exp(x**2))", "relu(-exp(x)) + x"):
        field = ScalarField.parse(text)
        assert field(1000.0) == 1000.0
        assert field.gradient([1000.0])[0] == 1.0


def test_a_sigmoid_keeps_its_slope_far_out():
    field = ScalarField.parse("sigmoid(x)")
    for at in (-700.0, -40.0, 40.0, 700.0):
        assert field.gradient([at])[0] == pytest.approx(np.exp(-abs(at)), rel=1e-12)


@pytest.mark.parametrize(
    ("text", "inside", "outside", "needs"),
    [
        ("where(x > 0, log(x), -1)", [-1, 0, 1], [], ""),
        ("where(x >= 0, sqrt(x), 0)", [-1, 0, 1], [], ""),
        ("where(x < 1, 0, log(x))", [-1, 2], [], ""),
        ("where(x < 3, log(x), 1/(x - 5))", [1, 4, 6], [-1, 5], "x > 0 where x < 3"),
        ("where(log(x) < 0, 1, x)", [0.5, 2], [-1], "x > 0"),
        ("1/relu(x)", [1], [-1, 0], "relu(x) != 0"),
        ("sqrt(min(x, 2))", [0, 5], [-1], "min(x, 2) >= 0"),
        ("log(sigmoid(x))", [-9, 9], [], ""),
        ("cbrt(x)", [-1, 0, 1], [], ""),
    ],
)
def test_a_branch_asks_only_where_it_is_taken(text, inside, outside, needs):
    field = ScalarField.parse(text)
    assert [bool(field.contains([p])) for p in inside] == [True] * len(inside)
    assert [bool(field.contains([p])) for p in outside] == [False] * len(outside)
    if outside:
        assert field.explain([outside[0]]) == needs


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("relu(-3) + relu(2)*x", "2*x"),
        ("cbrt(-27)*x", "-3*x"),
        ("max(1, 2)*x + min(pi, 3)", "2*x + 3"),
        ("max(x, x)", "x"),
        ("where(1 < 2, x, log(x))", "x"),
        ("where(sin(1)**2 + cos(1)**2 <= 1, x, 0)", "x"),
        ("where(x < 0, x, x)", "x"),
        ("sigmoid(0)*x", "x/2"),
        ("Max(x, Abs(y))", "max(x, abs(y))"),
    ],
)  # fmt: skip
def test_what_is_decided_is_worked_out(text, same):
    read = ScalarField.parse(text, ("x", "y"))
    assert read == ScalarField.parse(same, ("x", "y"))


@pytest.mark.parametrize("text", TEXTS)
def test_they_are_written_out_and_read_again(text):
    expr = ScalarField.parse(text, ("x", "y")).expr
    assert ScalarField.parse(str(expr), ("x", "y")).expr == expr


def test_seams_are_where_a_kink_may_be():
    field = ScalarField.parse("abs(x - 1) + relu(2*x) + max(x, 3) + where(x < 4, 0, 1) + x**2")
    assert set(seams(field.expr)) == {x - 1, 2 * x, x - 3, x - 4}
    assert seams(x**2) == ()
