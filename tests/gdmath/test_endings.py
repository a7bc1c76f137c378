"""How walks end: public cases, and of each kind some with closed forms."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
import sympy as sp

from gdmath import (
    Kind,
    NewtonStep,
    ScalarField,
    Trend,
    Verdict,
    descend,
    gradient_step,
    momentum_step,
    newton_step,
)
from gdmath.networks import Dense, Network, TrainingLoss

CASES = json.loads((Path(__file__).parents[1] / "data" / "public_cases.json").read_text())
MATYAS = "0.26*(x**2 + y**2) - 0.48*x*y"


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_public_cases(case, planned):
    walk = planned(case["args"]).runs[0].walk
    assert walk.verdict.name in case["verdict"]
    if case["kind"] is not None:
        assert walk.ending.kind.value == case["kind"]
    if case["period"] is not None:
        assert walk.ending.period == case["period"]
    if case["point"] is not None:
        round_trip = walk.points[-(case["period"] or 1) :]
        assert np.abs(round_trip - case["point"]).max(axis=1).min() <= case["within"]


def logistic(r):
    """The field whose gradient step of rate 1 is x → r x (1 − x)."""
    return f"(1 - {r})*x**2/2 + {r}*x**3/3"


def taken(text, start, step, steps=25, tolerance=None):
    rule = gradient_step(step) if isinstance(step, float) else step
    names = "xyz"[: len(np.atleast_1d(start))]
    return descend(ScalarField.parse(text, tuple(names)), start, rule, steps, tolerance)


N = NewtonStep()

FALLS = [
    ("x**3", -1.0, 0.1, 20),
    ("-exp(x)", 0.0, 0.1, 15),
    ("-log(x)", 1.0, 1.0, 100),  # x grows like √(2k)
    ("x - y**4", (1.0, 0.1), 0.1, 50),
    ("x + y**2", (1.0, 1.0), 0.1, 40),
    ("x*y", (1.0, -1.0), 0.1, 30),
    ("x**2 - y**2 + 3*z", (1.0, 0.5, 0.0), 0.1, 40),
    ("-sqrt(1 + x**2)", 0.5, 0.3, 100),
]

# What the slope falls below the tolerance at, and which kind it is.
STOPS = [
    ("x*y", (1.0, 1.0), 0.1, 200, 1e-5, Kind.SADDLE),
    ("x**2 - y**4", (1.0, 0.0), 0.1, 200, 1e-5, Kind.SADDLE),
    ("(x**2 + y - 11)**2 + (x + y**2 - 7)**2", (0.1, 2.9), N, 20, 1e-6, Kind.SADDLE),
    ("x**2 + y**2 + z**2 + x*y*z", (2.1, -2.1, 2.0), N, 20, 1e-6, Kind.SADDLE),
    ("cos(x)", 0.5, N, 20, 1e-6, Kind.MAXIMUM),
    ("-x**2 - 2*y**2 + x*y", (1.0, 2.0), N, 20, 1e-6, Kind.MAXIMUM),
    ("exp(-x**2)", 0.3, N, 20, 1e-6, Kind.MAXIMUM),
    ("-x**2 - 2*y**2 - 3*z**2 + x*y", (1.0, 2.0, 3.0), N, 20, 1e-6, Kind.MAXIMUM),
    ("(x - 1)**3", 1.5, 0.5, 1000, 1e-5, Kind.INFLECTION),
    ("x - sin(x)", 1.0, 1.0, 1000, 1e-5, Kind.INFLECTION),
    ("x**3*(x**2 + 1)", 0.4, 0.1, 3000, 1e-5, Kind.INFLECTION),
    ("exp(-x)", 0.0, 1.0, 2000, 1e-3, Kind.NONE),
    ("atan(x)", 0.0, 5.0, 3000, 1e-3, Kind.NONE),
    ("1/x", 1.0, 1.0, 2000, 1e-2, Kind.NONE),
    ("exp(-x) + y**2", (0.0, 1.0), 0.4, 5000, 1e-3, Kind.NONE),
    ("exp(-x)", 0.0, N, 40, 1e-5, Kind.NONE),
]

# At the start: where it is level, and no minimum is there.
STUCK = [
    ("-cos(x)*cos(y)*exp(-(x - pi)**2 - (y - pi)**2)", (-6.0, 9.0), 1e-3, Kind.PLATEAU),
    ("-exp(-(x - 40)**2)", 0.0, 1e-5, Kind.PLATEAU),
    ("tanh(x)**2", 30.0, None, Kind.PLATEAU),
    ("x**3", 0.0, None, Kind.INFLECTION),
    ("x**2 - y**2", (0.0, 0.0), None, Kind.SADDLE),
    ("-x**4", 0.0, 1e-9, Kind.MAXIMUM),
    ("cos(x)*cos(y)", (0.0, 0.0), None, Kind.MAXIMUM),
]

CYCLES = [
    (logistic("3.2"), 0.3, 1.0, 200, 2),
    (logistic("3.5"), 0.3, 1.0, 200, 4),
    (logistic("3.83"), 0.3, 1.0, 400, 3),
    (logistic("3.9"), 0.3, 1.0, 200, None),  # chaos
    (logistic("4"), 0.3, 1.0, 50, None),
    ("x**2/2", 3.0, 2.0, 20, 2),  # 3, −3, 3, …
    ("abs(x)", 1.0, 0.3, 25, 2),
    ("abs(x) + x**2/10", 1.0, 0.3, 60, 2),
    ("x**4/4 - x**2 + 2*x", 0.0, N, 20, 2),  # Newton's 0, 1, 0, … on x³ − 2x + 2
    ("x**2/2 - x**4/20", 1.0, N, 12, 2),  # 1, −1, 1, …, and errors grow by 6 a step
    ("x**4/4 - x**2/2", 1.1, 1.05, 300, 2),
]

LEAVES = [
    ("1 - cos(x)", 1e-6, 2.05, 25),
    ("sin(x)**2", 1e-6, 1.05, 20),
    ("(1 - cos(x)) + y**2/10", (1e-4, 1.0), 2.1, 3),
    ("log(x) + 1/x + x**2/100", 3.0, 30.0, 0),  # its next step has no value
]

DIVERGES = [
    ("x**2/2", 3.0, 2.5, 6),
    ("x**2/2", 3.0, 2.001, 200),  # by one part in a thousand a step
    ("x**2 + y**2/10", (1.0, 1.0), 1.2, 30),
    ("x**4", 2.0, 0.5, 10),
    ("sqrt(1 + x**2)", -1.5, N, 10),  # x → −x³
    ("sqrt(1 + x**2)", 1.01, N, 4),
    ("log(cosh(x))", 1.5, N, 10),
    ("x*atan(x) - log(1 + x**2)/2", 1.5, N, 8),
    ("x**2/2", 1.0, momentum_step(5.0, 0.5), 30),
]

NO_STEP = [
    ("3*x", 1.0),
    ("x**3 + x", 0.0),
    ("sin(x)", 0.0),
    ("x + y**2", (1.0, 1.0)),
    ("x*y*z + x + z", (0.0, 0.0, 1.0)),
    ("sqrt(x**2 + y**2)", (0.3, 0.4)),  # along a ray it is straight
]

ARRIVES = [
    ("x**4", 0.0, 0.1, 10, 1e-9),
    ("(x**2 + y**2 - 1)**2", (2.0, 0.1), 0.03, 200, 1e-5),
    ("(x*y - 1)**2", (2.0, 1.0), 0.05, 400, 1e-5),
    ("(x + 2*y - 1)**2", (1.0, 1.0), 0.1, 50, 1e-5),
    ("(x**2 + y**2 - 1)**2", (0.0, 2.0), N, 40, None),
    ("100*(y-x**2)**2+(1-x)**2+100*(z-y**2)**2+(1-y)**2", (1.1, 1.2, 1.3), N, 20, 1e-8),
    ("abs(x)", 1.0, 0.25, 10, 1e-5),
    ("2*x**2 - 1.05*x**4 + x**6/6 + x*y + y**2", (2.0, -1.0), 0.05, 100, 1e-3),
    ("5 + 0*x", 1.0, 0.1, 5, None),
]


@pytest.mark.parametrize(("text", "start", "step", "steps"), FALLS)
def test_what_has_no_lower_bound_along_the_walk_falls(text, start, step, steps):
    assert taken(text, start, step, steps).verdict is Verdict.FALLING


@pytest.mark.parametrize("case", STOPS, ids=str)
def test_stopped_where_no_minimum_is(case):
    *settings, kind = case
    walk = taken(*settings)
    assert (walk.verdict, walk.ending.kind) == (Verdict.STOPPED, kind)
    assert walk.ending.minimum is None


@pytest.mark.parametrize(("text", "start", "tolerance", "kind"), STUCK)
def test_stuck_at_the_start(text, start, tolerance, kind):
    walk = taken(text, start, 0.1, 10, tolerance)
    assert (walk.verdict, walk.ending.kind, walk.stopped_at) == (Verdict.STUCK, kind, 0)


@pytest.mark.parametrize(("text", "start", "step", "steps", "period"), CYCLES)
def test_cycles_and_chaos(text, start, step, steps, period):
    walk = taken(text, start, step, steps)
    assert walk.verdict is Verdict.OSCILLATING
    assert period is None or walk.ending.period == period


@pytest.mark.parametrize(("text", "start", "step", "steps"), LEAVES)
def test_what_leaves_within_bounds_is_leaving(text, start, step, steps):
    walk = taken(text, start, step, steps)
    assert (walk.verdict, walk.ending.trend) == (Verdict.BUDGET_SPENT, Trend.LEAVING)


@pytest.mark.parametrize(("text", "start", "step", "steps"), DIVERGES)
def test_divergence_is_growth_that_goes_on(text, start, step, steps):
    assert taken(text, start, step, steps).verdict is Verdict.DIVERGED


@pytest.mark.parametrize(("text", "start"), NO_STEP)
def test_no_step_where_the_system_is_singular(text, start):
    assert taken(text, start, newton_step()).verdict is Verdict.NO_STEP


@pytest.mark.parametrize(("text", "start", "step", "steps", "tolerance"), ARRIVES)
def test_converged_at_a_minimum(text, start, step, steps, tolerance):
    walk = taken(text, start, step, steps, tolerance)
    assert (walk.verdict, walk.ending.kind) == (Verdict.CONVERGED, Kind.MINIMUM)
    assert np.abs(np.array(walk.ending.minimum.point) - walk.points[-1]).max() < 1e-2


@pytest.mark.parametrize(
    ("text", "start", "rate", "factor"),
    [
        ("x**2/2", 3.0, 1.99, 0.99),
        ("x**2/2", 3.0, 0.004, 0.996),
        ("x**2/2", -70.0, 1e-5, 1 - 1e-5),
        ("(x - 5)**2/2", 3.0, 1.995, 0.995),
        ("x**2/2 + 50*y**2", (0.0, 1.0), 0.0199, 0.99),
    ],
)
def test_a_slow_walk_is_told_its_factor_and_its_steps_to_go(text, start, rate, factor):
    walk = taken(text, start, rate, 25, 1e-5)
    ending = walk.ending
    assert (walk.verdict, ending.trend) == (Verdict.BUDGET_SPENT, Trend.APPROACHING)
    assert ending.factor == pytest.approx(factor, abs=1e-9)
    steps = math.log(1e-5 / np.abs(walk.gradients[-1]).max()) / math.log(factor)
    assert ending.more_steps == pytest.approx(steps, rel=1e-3, abs=1)


@pytest.mark.parametrize("text", ["1 - cos(x)", "log(cosh(x))", "sqrt(1 + x**2)", "sin(x)**2/2"])
def test_at_the_bound_a_walk_comes_nearer_more_slowly_than_any_factor(text):
    # x → −x + c x³, so that 1/x² grows by 2c a step.
    walk = taken(text, 0.1, 2.0, 25, 1e-5)
    assert (walk.verdict, walk.ending.trend) == (Verdict.BUDGET_SPENT, Trend.APPROACHING)
    x = sp.Symbol("x")
    step = x - 2 * sp.diff(ScalarField.parse(text).expr, x)
    c = float(sp.series(step, x, 0, 4).removeO().coeff(x, 3))
    assert walk.ending.factor == 1
    assert walk.ending.more_steps == pytest.approx(1e10 / (2 * c), rel=0.05)


@pytest.mark.parametrize("tolerance", [None, 1e-5])
@pytest.mark.parametrize("rate", [0.1, 0.3, 0.9, 1.0, 1.2])
def test_moving_a_parabola_changes_no_verdict(rate, tolerance):
    for steps in (5, 25, 60, 100, 200, 1000, 2000):
        ends = {
            (walk.verdict, walk.ending.trend)
            for walk in (
                taken("x**2", 2.0, rate, steps, tolerance),
                taken("(x - 3)**2", 5.0, rate, steps, tolerance),
                taken("(x + 20)**2", -18.0, rate, steps, tolerance),
            )
        }
        assert len(ends) == 1, steps


@pytest.mark.parametrize("start", [(1.5, 1.0), (-5.0, -5.0), (10.0, 9.0)])
def test_a_slope_alone_is_no_arrival(start, planned):
    # Along the valley the slope is 0.04 t, so the lab's tolerance is met 0.025 away.
    walk = taken(MATYAS, start, 0.5, 1000, 1e-3)
    assert np.abs(walk.points[-1]).max() > 0.02
    assert (walk.verdict, walk.ending.kind) == (Verdict.STOPPED, Kind.PLATEAU)
    assert walk.ending.minimum.point == (0, 0)
    chosen = planned([MATYAS, "--start", *map(str, start), "--rate", "0.5", "--steps", "1000"])
    (run,) = chosen.runs
    assert run.walk.verdict is Verdict.CONVERGED
    assert np.abs(run.walk.points[-1]).max() <= 1e-3 * max(map(abs, start))


def test_a_minimum_says_whether_it_is_the_lowest_that_is_known():
    def lowest(text, start, rate=0.02):
        return taken(text, start, rate, 2000, 1e-6).ending.minimum.is_lowest

    assert lowest("x**2", 1.0)
    assert not lowest("x**4 - 3*x**2 + x", 1.5)
    assert lowest("x**4 - 3*x**2 + x", -1.5)
    assert not lowest("x**3 - 3*x", 2.0)  # without a lower bound
    assert not lowest("x**2 + y**2 + x**3", (0.1, 0.1))


def test_where_float64_ends_the_value_is_the_true_one():
    walk = taken("log(cosh(x))", 1.1, newton_step())
    # x₅ ≈ −12,000: cosh overflows, its logarithm is |x| − log 2.
    assert walk.values[-1] == pytest.approx(abs(walk.points[-1, 0]) - math.log(2), rel=1e-14)
    assert taken("exp(x**2)", 2.0, 10.0).values[-1] == math.inf  # as the true one, for float64


SEVERAL = [
    "x**2", "x**4 - 3*x**2 + x", "1 - cos(x)", "log(1 + exp(-x))", "x**3 - x", "abs(x)",
    "x**2/(1 + x**2)", "x*cos(x)", "-exp(-x**2)", "sin(x) + x/5", "2*x + 1", "x - log(x)",
    "x**2 - y**2", "(x**2 + y - 11)**2 + (x + y**2 - 7)**2", MATYAS, "sin(x)*cos(y)",
    "(x**2 + y**2 - 1)**2", "sqrt(x**2 + y**2)", "exp(-x) + y**2",
]  # fmt: skip


@pytest.mark.parametrize("text", SEVERAL)
def test_more_steps_change_no_verdict_but_that_of_a_spent_budget(text):
    rng = np.random.default_rng(0)
    field = ScalarField.parse(text)
    rules = [(0.1, 1e-5), (0.7, None), (2.2, None), (momentum_step(0.05, 0.9), 1e-5), (N, None)]
    for rule, tolerance in rules:
        start = np.abs(rng.uniform(0.2, 3, field.dimension).round(2))
        names = [
            taken(text, start.tolist(), rule, steps, tolerance).verdict
            for steps in (4, 25, 100, 400)
        ]
        earned = [v for v in names if v is not Verdict.BUDGET_SPENT]
        assert len(set(earned)) <= 1, (start, rule, names)


def test_the_loss_of_a_network_is_judged_by_its_numbers():
    rng = np.random.default_rng(0)
    x = rng.standard_normal((30, 2))
    loss = TrainingLoss(
        Network((Dense(2, 4, "tanh"), Dense(4, 1, "identity"))), x, x[:, 0] * x[:, 1]
    )
    start = rng.standard_normal(loss.dimension)
    for rate, steps in ((0.05, 50), (50.0, 20)):
        walk = descend(loss, start, gradient_step(rate), steps)
        assert isinstance(walk.verdict, Verdict)
        assert walk.ending.trend in {None, *Trend}
    line = TrainingLoss(Network((Dense(1, 1, "identity"),)), x[:, :1], 2 * x[:, 0] + 1)
    walk = descend(line, (0.0, 0.0), gradient_step(0.1), 500, 1e-6)
    assert walk.verdict is Verdict.CONVERGED
    assert walk.ending.minimum.point == pytest.approx((2, 1), abs=1e-6)


@pytest.mark.parametrize(
    ("expression", "start", "rate"),
    [("x**2*y**2", (1, 1.2), 0.1), ("x**2*y**2", (0.5, -2), 0.05), ("(y - x**2)**2", (1, 0), 0.05)],
)
def test_beside_a_curve_of_minima_a_walk_has_arrived(expression, start, rate):
    walk = descend(ScalarField.parse(expression), start, gradient_step(rate), 400, 1e-5)
    assert (walk.verdict, walk.ending.kind) == (Verdict.CONVERGED, Kind.MINIMUM)


def test_a_minimum_far_along_a_faint_valley_is_not_near():
    field = ScalarField.parse("x**2 + 1e-10*(y - 1000)**2")
    walk = descend(field, (1, 0), gradient_step(0.1), 400, 1e-5)
    assert walk.verdict is Verdict.STOPPED
