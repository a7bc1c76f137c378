"""How walks of rules with a memory, a plan or a search end: nothing is said that is not seen."""

import numpy as np
import pytest

from gdmath import (
    CosineDecay,
    ExponentialDecay,
    InverseDecay,
    ScalarField,
    StepDecay,
    Trend,
    Verdict,
    adagrad_step,
    adam_step,
    backtracking_step,
    barzilai_borwein_step,
    damped_newton_step,
    descend,
    nesterov_step,
    rmsprop_step,
    scheduled_step,
)

BOWL = "x**2/2"
SEARCHING = [backtracking_step(), barzilai_borwein_step(0.1), damped_newton_step()]
CHANGING = [
    adagrad_step(0.5),
    rmsprop_step(0.02),
    adam_step(0.1),
    scheduled_step(StepDecay(0.3, 50, 0.5)),
    scheduled_step(ExponentialDecay(0.3, 0.97)),
    scheduled_step(CosineDecay(0.3, 80)),
    scheduled_step(InverseDecay(0.5, 0.05)),
]
FIELDS = ["x**2", "x**4 - 3*x**2 + x", "1 - cos(x)", "-x", "x**2 + 20*y**2 + x*y", "exp(-x) + y**2"]


def taken(text, start, step, steps, tolerance=None):
    return descend(ScalarField.parse(text), start, step, steps, tolerance)


@pytest.mark.parametrize("steps", [25, 400, 1500])
def test_a_rate_that_dies_out_short_of_the_minimum_has_not_converged(steps):
    # The rates sum up to 1, so that about e⁻¹ of the way is left.
    walk = taken(BOWL, 3.0, scheduled_step(ExponentialDecay(0.1, 0.9)), steps, 1e-5)
    assert walk.points[-1, 0] > 1
    assert (walk.verdict, walk.ending.trend) == (Verdict.BUDGET_SPENT, Trend.UNDECIDED)
    assert walk.ending.factor is None


def test_slowly_dying_rates_are_not_taken_for_an_approach():
    # The rates sum up to 2: still on its way when the continuation is over, and never there.
    walk = taken(BOWL, 3.0, scheduled_step(ExponentialDecay(0.001, 0.9995)), 200, 1e-5)
    assert (walk.verdict, walk.ending.trend) == (Verdict.BUDGET_SPENT, Trend.UNDECIDED)


@pytest.mark.parametrize("plan", [ExponentialDecay(0.1, 0.999), CosineDecay(0.1, 2000)])
def test_a_rate_that_dies_out_does_not_fall_for_ever(plan):
    walk = taken("-x", 0.0, scheduled_step(plan), 100)
    assert (walk.verdict, walk.ending.trend) == (Verdict.BUDGET_SPENT, Trend.UNDECIDED)


@pytest.mark.parametrize(
    "step",
    [
        adagrad_step(0.5),
        adam_step(0.1),
        rmsprop_step(0.1),
        nesterov_step(0.1, 0.9),
        scheduled_step(InverseDecay(0.5)),
        scheduled_step(CosineDecay(0.5, 100, 0.1)),
        *SEARCHING,
    ],
    ids=repr,
)
def test_on_a_slope_without_end_f_falls(step):
    assert taken("-x", 0.0, step, 60).verdict is Verdict.FALLING


def test_a_plan_between_two_drops_is_no_cycle():
    # 3, −3, 3, … for 100 steps; at half that rate the next step is the last.
    rule = scheduled_step(StepDecay(2.0, 100, 0.5))
    for steps in (20, 50, 90):
        walk = taken(BOWL, 3.0, rule, steps, 1e-6)
        assert (walk.verdict, walk.ending.trend) == (Verdict.BUDGET_SPENT, Trend.APPROACHING)
        assert (walk.ending.factor, walk.ending.more_steps) == (None, 101 - steps)
    assert taken(BOWL, 3.0, rule, 200, 1e-6).stopped_at == 101


def test_rmsprop_goes_round_its_minimum_by_its_rate():
    walk = taken(BOWL, 3.0, rmsprop_step(0.1), 2000)
    assert (walk.verdict, walk.ending.period) == (Verdict.OSCILLATING, 2)
    # g/√v is ±1 there, so that the cycle is ±rate/2.
    assert np.abs(walk.points[-2:, 0]) == pytest.approx(0.05, rel=1e-6)


def test_adagrad_with_a_large_beginning_is_no_cycle():
    # For long its rate hardly changes, and is 2; but its sum grows.
    walk = taken(BOWL, 3.0, adagrad_step(2e6, initial=1e12), 400)
    assert np.abs(walk.points[-1]) == pytest.approx(3, rel=1e-3)
    assert walk.verdict is Verdict.BUDGET_SPENT
    assert walk.ending.trend is Trend.UNDECIDED


@pytest.mark.parametrize("step", [*CHANGING, *SEARCHING], ids=repr)
@pytest.mark.parametrize("text", FIELDS)
def test_more_steps_change_no_verdict_and_arrive_when_they_said(text, step):
    start = (1.5, 0.7) if "y" in text else 1.5
    budgets = (4, 60, 300)
    walks = [taken(text, start, step, steps, 1e-4) for steps in budgets]
    earned = {walk.verdict for walk in walks} - {Verdict.BUDGET_SPENT}
    assert len(earned) <= 1
    for steps, walk in zip(budgets, walks, strict=True):
        assert walk.ending.factor is None
        if walk.ending.trend is Trend.APPROACHING and walk.verdict is Verdict.BUDGET_SPENT:
            later = taken(text, start, step, steps + walk.ending.more_steps, 1e-4)
            assert later.verdict in (Verdict.CONVERGED, Verdict.STOPPED)
            assert later.stopped_at == steps + walk.ending.more_steps
        if walk.verdict is Verdict.CONVERGED:
            assert np.abs(walk.gradients[-1]).max() < 1e-4


def test_nesterov_is_told_its_factor():
    # The larger root of z² - (1 + β)q z + βq, q = 1 - αλ.
    walk = taken(BOWL, 3.0, nesterov_step(0.001, 0.5), 25, 1e-5)
    q, beta = 0.999, 0.5
    root = ((1 + beta) * q + np.sqrt(((1 + beta) * q) ** 2 - 4 * beta * q)) / 2
    assert walk.ending.trend is Trend.APPROACHING
    assert walk.ending.factor == pytest.approx(root, abs=1e-9)


def test_nesterov_diverges_beyond_its_bound():
    bound = (2 + 2 * 0.5) / (1 + 2 * 0.5)
    beyond = taken(BOWL, 3.0, nesterov_step(1.05 * bound, 0.5), 200, 1e-6)
    assert beyond.verdict is Verdict.DIVERGED
    within = taken(BOWL, 3.0, nesterov_step(0.95 * bound, 0.5), 2000, 1e-6)
    assert within.verdict is Verdict.CONVERGED
