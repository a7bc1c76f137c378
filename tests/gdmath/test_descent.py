"""Walks: verdicts, rules, and what is refused."""

import numpy as np
import pytest

from gdmath import (
    LOG_VALLEY,
    PARABOLOID,
    SAUNA,
    ScalarField,
    Verdict,
    certify,
    descend,
    explore,
    gradient_step,
    momentum_step,
    multistart,
    newton_step,
)

BOWL = ScalarField.parse("x**2/2")


@pytest.mark.parametrize("rate", [0.1, 0.5, 1.0, 1.5, 1.9])
def test_on_a_parabola_every_iterate_is_known(rate):
    taken = descend(BOWL, 3.0, step=gradient_step(rate), steps=20)
    expected = 3.0 * (1 - rate) ** np.arange(21)
    assert taken.points[:, 0] == pytest.approx(expected, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize(
    ("text", "start", "rate", "budget", "verdict"),
    [
        ("x**2/2", 3.0, 0.5, (100, 1e-6), Verdict.CONVERGED),
        ("x**2/2", 3.0, 0.5, (5, 1e-6), Verdict.BUDGET_SPENT),
        ("x**2/2", 3.0, 2.0, (20, 1e-6), Verdict.OSCILLATING),  # 3, −3, 3, …
        ("x**2/2", 3.0, 2.5, (20, 1e-6), Verdict.DIVERGED),
        ("x**2/2", 3.0, 2.5, (3000, 1e-6), Verdict.DIVERGED),  # until numbers end
        ("x**4", 2.0, 0.5, (50, 1e-6), Verdict.DIVERGED),
        ("exp(x**2)", 2.0, 10.0, (10, None), Verdict.DIVERGED),
        ("log(x) + x", 0.5, 1.0, (10, None), Verdict.LEFT_DOMAIN),
        ("sqrt(x)", 0.25, 1.0, (10, None), Verdict.LEFT_DOMAIN),
        ("x**2 - y**2", (0.0, 0.0), 0.1, (10, 1e-6), Verdict.STUCK),
        ("x**3", 0.0, 0.1, (10, None), Verdict.STUCK),
        ("-x**2", 0.0, 0.1, (10, None), Verdict.STUCK),
        ("x**4", 0.0, 0.1, (10, 1e-9), Verdict.CONVERGED),
        ("x**2 + y**2", (0.0, 0.0), 0.1, (10, 1e-9), Verdict.CONVERGED),
        ("x**2 - y**2", (1.0, 0.0), 0.25, (60, 1e-6), Verdict.STOPPED),  # along the ridge
    ],
)
def test_verdicts(text, start, rate, budget, verdict):
    taken = descend(ScalarField.parse(text), start, gradient_step(rate), *budget)
    assert taken.verdict is verdict
    assert len(taken.points) == len(taken.values) == len(taken.gradients) == taken.stopped_at + 1
    assert np.isfinite(taken.points).all()


def test_a_wall_of_the_sauna_is_no_minimum():
    assert descend(SAUNA, (0, 1), gradient_step(0.25)).verdict is Verdict.STUCK
    assert descend(SAUNA, (4, 4), gradient_step(0.25), tolerance=1e-3).verdict is Verdict.CONVERGED


def test_slow_is_not_oscillating():
    short = descend(LOG_VALLEY, 1.6, gradient_step(0.3), steps=8, tolerance=1e-5)
    assert short.verdict is Verdict.BUDGET_SPENT


def test_without_a_tolerance_a_walk_at_rest_has_converged():
    taken = descend(BOWL, 3.0, step=gradient_step(0.5), steps=2000)
    assert (taken.verdict, taken.stopped_at) == (Verdict.CONVERGED, 2000)


def test_momentum_is_polyaks_heavy_ball():
    taken = descend(BOWL, 3.0, step=momentum_step(0.1, 0.9), steps=30)
    x, v = 3.0, 0.0
    for k in range(31):
        assert taken.points[k, 0] == pytest.approx(x, rel=1e-13)
        v = 0.9 * v + x
        x = x - 0.1 * v


def test_newton_leaves_a_quadratic_in_one_step():
    stretched = ScalarField.parse("x**2 + 10*y**2 + x*y")
    taken = descend(stretched, (3.0, -2.0), step=newton_step, steps=5, tolerance=1e-9)
    assert (taken.verdict, taken.stopped_at) == (Verdict.CONVERGED, 1)
    assert np.abs(taken.points[1]).max() < 1e-14


def test_newton_without_curvature_ends_without_a_warning():
    assert descend(ScalarField.parse("3*x + 0*y"), 1.0, newton_step()).verdict is Verdict.NO_STEP


def test_certificates_are_small_but_not_zero():
    assert 0 < certify(descend(LOG_VALLEY, 1.6, gradient_step(0.1))) < 1e-14
    assert 0 < certify(descend(LOG_VALLEY, 1.6, newton_step(), steps=6)) < 1e-14
    assert certify(descend(PARABOLOID, (1.0, 2.0), momentum_step(0.1, 0.5), steps=9)) < 1e-14


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": -1.0}, r"start must be in the domain of log_valley \(x > 0\), not -1.0"),
        ({"start": float("nan")}, "start must be finite"),
        ({"start": (1.0, 2.0)}, r"start must have 1 coordinate\(s\) \(x\)"),
        ({"start": "here"}, "start must be real numbers, not 'here'"),
        ({"steps": -1}, "steps must be a whole number, 0 or more, not -1"),
        ({"steps": 2.5}, "steps must be a whole number"),
        ({"steps": True}, "steps must be a whole number"),
        ({"tolerance": 0}, "tolerance must be a finite positive number or None, not 0"),
        ({"tolerance": float("nan")}, "tolerance must be"),
        ({"step": 0.1}, "step must be a step such as"),
    ],
)
def test_bad_arguments_are_named(change, message):
    arguments = {"field": LOG_VALLEY, "start": 1.6, "steps": 3} | change
    with pytest.raises(ValueError, match=message):
        descend(**arguments)


@pytest.mark.parametrize("rate", [float("nan"), float("inf"), 0.0, -0.1, "fast"])
def test_bad_rates_are_refused(rate):
    with pytest.raises(ValueError, match="rate must be"):
        gradient_step(rate)
    with pytest.raises(ValueError, match="rate must be"):
        momentum_step(rate, 0.9)


def test_a_random_walk_only_ever_gets_colder():
    trip = explore(SAUNA, (0.5, 0.6), seed=3, tries=200)
    assert (np.diff(trip.values) < 0).all()
    assert trip.accepted.sum() == len(trip.points) - 1
    assert trip.points[1:].tolist() == trip.tried[trip.accepted].tolist()
    assert ((trip.tried >= 0) & (trip.tried <= 5)).all()
    again = explore(SAUNA, (0.5, 0.6), seed=3, tries=200)
    assert np.array_equal(trip.tried, again.tried)
    other = explore(SAUNA, (0.5, 0.6), seed=4, tries=200)
    assert not np.array_equal(trip.tried, other.tried)


def test_a_random_walk_refuses_a_start_outside_the_room():
    with pytest.raises(ValueError, match="start must be inside the window"):
        explore(SAUNA, (5.5, 1.0))


def test_many_starts_end_where_single_walks_end():
    rng = np.random.default_rng(1)
    starts = 5 * rng.random((40, 2))
    together = multistart(SAUNA, starts, rate=0.25, steps=30)
    for start, end in zip(starts, together.endpoints, strict=True):
        assert (
            descend(SAUNA, start, gradient_step(0.25), steps=30).points[-1].tolist() == end.tolist()
        )
