"""The lab that the lecture follows: its printed digits, its verdicts, and 50-digit references."""

import json
from pathlib import Path

import numpy as np
import pytest
import sympy as sp

from gdmath import (
    LOG_VALLEY,
    SAUNA,
    THREE_WELLS,
    TWO_VALLEYS,
    Verdict,
    certify,
    descend,
    gradient_step,
)

LAB = json.loads((Path(__file__).parents[1] / "data" / "lab_experiments.json").read_text())
FIELDS = {
    "log_valley": LOG_VALLEY,
    "two_valleys": TWO_VALLEYS,
    "sauna": SAUNA,
    "three_wells": THREE_WELLS,
}
EXPERIMENTS = LAB["experiments"]
NAMES = [f"{e['function']} {e['start']} {e['rate']} {e['steps']}" for e in EXPERIMENTS]
TOLERANCE = {1: 1e-5, 2: 1e-3}


def walk(experiment, tolerance=None):
    return descend(
        FIELDS[experiment["function"]],
        experiment["start"],
        step=gradient_step(experiment["rate"]),
        steps=experiment["steps"],
        tolerance=tolerance,
    )


def test_the_examples_are_the_labs_functions():
    for name, text in LAB["functions"].items():
        theirs = sp.nsimplify(sp.sympify(text))
        assert sp.simplify(FIELDS[name].expr - theirs) == 0


@pytest.mark.parametrize(
    "experiment",
    [pytest.param(e, id=n) for e, n in zip(EXPERIMENTS, NAMES, strict=True) if e["lab_printed"]],
)
def test_printed_results_to_the_last_bit(experiment):
    assert walk(experiment).points[-1].tolist() == experiment["lab_printed"]


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=NAMES)
def test_verdict_and_first_converged_step(experiment):
    taken = walk(experiment, TOLERANCE[len(experiment["start"])])
    first = experiment["first_step_with_gradient_below_lab_tolerance"]
    left = experiment["leaves_domain_at_step"]
    if left is not None:
        assert (taken.verdict, taken.stopped_at) == (Verdict.LEFT_DOMAIN, left)
    elif first is not None:
        assert (taken.verdict, taken.stopped_at) == (Verdict.CONVERGED, first)
        assert walk(experiment).first_below(TOLERANCE[len(experiment["start"])]) == first
    else:
        assert taken.verdict in {Verdict.BUDGET_SPENT, Verdict.OSCILLATING}
        assert taken.stopped_at == experiment["steps"]


@pytest.mark.parametrize(
    "experiment",
    [
        pytest.param(e, id=n)
        for e, n in zip(EXPERIMENTS, NAMES, strict=True)
        if e["first_step_with_gradient_below_lab_tolerance"]
    ],
)
def test_final_iterates_against_fifty_digits(experiment):
    expected = [float(digits) for digits in experiment["final_50_digits"]]
    assert np.abs(walk(experiment).points[-1] - expected).max() < 1e-12


OSCILLATING = {("two_valleys", 0.01), ("sauna", 0.5)}


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=NAMES)
def test_those_that_never_settle_are_told_from_the_slow(experiment):
    verdict = walk(experiment, TOLERANCE[len(experiment["start"])]).verdict
    expected = (experiment["function"], experiment["rate"]) in OSCILLATING
    assert (verdict is Verdict.OSCILLATING) == expected


def test_the_step_out_of_the_domain_is_kept():
    taken = descend(LOG_VALLEY, 1.6, step=gradient_step(0.5), steps=25)
    assert taken.verdict is Verdict.LEFT_DOMAIN
    assert taken.stopped_at == 1
    assert np.isfinite(taken.points).all()
    # x₁ = 1.6 − 0.5 (e^1.6 − 1/1.6)
    assert taken.offender == pytest.approx([-0.5640162121975575], abs=1e-15)
    assert np.isnan(taken.values[-1])
    assert np.isnan(taken.gradients[-1]).all()


def slope_log_valley(x):
    return np.exp(x) - 1 / x


def slope_two_valleys(x):
    # As sympy orders it.
    return (np.exp(x) - 1 / x) * np.sin(2 * np.pi * x) + 2 * np.pi * (
        np.exp(x) - np.log(x)
    ) * np.cos(2 * np.pi * x)


@pytest.mark.parametrize("rate", [0.04, 0.1, 0.3])
def test_iterates_are_those_of_the_plain_loop(rate):
    taken = descend(LOG_VALLEY, 1.6, step=gradient_step(rate), steps=75)
    x = 1.6
    for k in range(76):
        assert taken.points[k, 0] == x, k
        x = x - rate * slope_log_valley(x)


def test_iterates_are_those_of_the_plain_loop_for_the_same_derivative_expression():
    taken = descend(TWO_VALLEYS, 1.3, step=gradient_step(0.005), steps=35)
    symbol = TWO_VALLEYS.variables[0]
    df = sp.lambdify(symbol, sp.diff(TWO_VALLEYS.expr, symbol), "numpy")
    x = np.float64(1.3)
    for k in range(36):
        assert taken.points[k, 0] == x, k
        x = x - 0.005 * df(x)
    assert taken.gradients[-1, 0] == pytest.approx(slope_two_valleys(taken.points[-1, 0]), abs=1e-9)


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=NAMES)
def test_certificates_agree_with_the_reference_digits(experiment):
    taken = walk(experiment)
    error = certify(taken)
    if experiment["final_50_digits"] is not None:
        expected = [float(digits) for digits in experiment["final_50_digits"]]
        assert np.abs(taken.points[-1] - expected).max() <= error + 1e-15
    if experiment["first_step_with_gradient_below_lab_tolerance"] is not None:
        assert error < 1e-12
