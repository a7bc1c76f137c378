"""Rates that a rule finds for itself: what verify makes of the slopes is what rules step by."""

from types import SimpleNamespace

import numpy as np
import pytest

from gdlecture.verify.own_rates import RATE_RECIPES as RECIPES
from gdlecture.verify.own_rates import own_rate, own_rates, ray_of, trials_of
from gdmath import ScalarField, descend
from gdmath.descent import steps
from gdstage.proof import rate_facts

BOWL = ScalarField.parse("(x**2 + 81*y**2)/2")
START = (9.0, 0.6)


def walk_by(step, count=30):
    return descend(BOWL, START, step, count)


@pytest.mark.parametrize("step", [steps.adagrad_step(0.5), steps.rmsprop_step(0.5)])
def test_the_next_step_is_the_slope_times_these_rates(step):
    walk = walk_by(step)
    for k in (0, 1, 7, 20):
        rates = np.array([own_rate(walk, k, axis) for axis in (0, 1)])
        step_taken = walk.points[k] - walk.points[k + 1]
        assert rates * walk.gradients[k] == pytest.approx(step_taken, rel=1e-9)


def test_adams_first_step_is_as_long_as_alpha_whatever_the_slope():
    walk = walk_by(steps.adam_step(0.5))
    rates = np.array([own_rate(walk, 0, axis) for axis in (0, 1)])
    assert rates * abs(walk.gradients[0]) == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize(
    "step",
    [
        steps.gradient_step(0.02),
        steps.scheduled_step(steps.CosineDecay(0.02, 25, 0.001)),
        steps.adagrad_step(0.5, initial=0.1),
        steps.rmsprop_step(0.3, 0.99),
        steps.adam_step(0.5, 0.8, 0.95),
    ],
)
def test_the_stage_replays_the_same_rates(step):
    walk = walk_by(step)
    told = rate_facts.own_rates(walk)
    assert own_rates(walk) == pytest.approx(told[:, 0], rel=1e-12)
    for k in (0, 3, 30):
        assert own_rate(walk, k, 1) == pytest.approx(told[k, 1], rel=1e-12)


def test_a_rule_without_such_rates_is_refused():
    with pytest.raises(ValueError, match="a rate along each axis, found momentum"):
        own_rate(walk_by(steps.momentum_step(0.02, 0.5)), 0)
    with pytest.raises(ValueError, match="an iterate within"):
        own_rate(walk_by(steps.adam_step(0.5)), 31)


def test_trials_are_where_the_rule_asks_and_the_last_is_the_next_iterate():
    walk = walk_by(steps.backtracking_step(0.05, 0.5, 0.3))
    told, total = rate_facts.RateFacts(walk), 0
    for k in range(30):
        tried = trials_of(walk, k)
        assert tried[-1] == pytest.approx(walk.points[k + 1])
        lengths = told.lengths(k)
        assert len(tried) == len(lengths)
        for place, t in zip(tried, lengths, strict=True):
            assert place == pytest.approx(walk.points[k] - t * walk.gradients[k])
            enough = walk.values[k] - 0.3 * t * (walk.gradients[k] ** 2).sum()
            assert (BOWL.at(place) <= enough) is np.bool_(t == lengths[-1])
        total += len(tried)
    record = SimpleNamespace(walk=lambda _: walk)
    assert RECIPES["trials"]({"of": {"walk": "w"}}, record) == total == told.trials().value


def test_a_ray_is_the_field_along_the_step():
    walk = walk_by(steps.backtracking_step(0.05, 0.5, 0.3))
    ray = ray_of(walk, 0)(np.array([0.0, 0.0125]))
    assert ray == pytest.approx(walk.values[:2])


def test_who_tries_nothing_has_no_trials():
    with pytest.raises(ValueError, match="a rule that tries, found adam"):
        trials_of(walk_by(steps.adam_step(0.5)), 0)
