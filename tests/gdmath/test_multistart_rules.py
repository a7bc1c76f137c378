"""Many starts by every rule: the bits of single walks from both engines, and basins."""

import sys

import numpy as np
import pytest

from gdmath import (
    LOG_VALLEY,
    THREE_WELLS,
    CosineDecay,
    ExponentialDecay,
    InverseDecay,
    ScalarField,
    StepDecay,
    adagrad_step,
    adam_step,
    backtracking_step,
    barzilai_borwein_step,
    basins,
    damped_newton_step,
    descend,
    gradient_step,
    momentum_step,
    multistart,
    nesterov_step,
    newton_step,
    rmsprop_step,
    scheduled_step,
)
from gdmath.descent.engine import Task, compiled_walk
from gdmath.descent.kernel import _compiled
from gdmath.descent.steps import RULES
from gdmath.descent.steps.schedules import SCHEDULES

multistart_module = sys.modules["gdmath.descent.multistart"]

TRACED = [
    gradient_step(0.2),
    momentum_step(0.1, 0.6),
    nesterov_step(0.1, 0.6),
    adagrad_step(0.4),
    rmsprop_step(0.05),
    adam_step(0.1),
    # At first it leaps out of the box of what is compiled, and would come back at a later rate.
    scheduled_step(StepDecay(1e10, 3, 1e-12)),
    scheduled_step(ExponentialDecay(0.3, 0.97)),
    scheduled_step(CosineDecay(0.3, 30)),
    scheduled_step(InverseDecay(0.3, 0.1)),
]
BRANCHING = [
    backtracking_step(),
    barzilai_borwein_step(0.1),
    barzilai_borwein_step(0.1, "short"),
    newton_step(),
    damped_newton_step(),
]


def agrees(field, starts, step, steps, *, tolerance, every):
    found = multistart(field, starts, steps=steps, tolerance=tolerance, step=step)
    assert found.step == step
    for i in range(0, len(starts), every):
        walk = descend(field, starts[i], step, steps, tolerance)
        assert walk.points[-1].tobytes() == found.endpoints[i].tobytes(), starts[i]
        assert walk.stopped_at == found.steps_taken[i], starts[i]


def test_all_rules_are_tried_here():
    steps = [*TRACED, *BRANCHING]
    assert {step.name for step in steps} == set(RULES)
    assert {step.schedule.name for step in steps if step.name == "scheduled"} == set(SCHEDULES)


@pytest.mark.parametrize("tolerance", [None, 1e-3])
@pytest.mark.parametrize("step", [*TRACED, *BRANCHING], ids=repr)
def test_numpy_has_the_bits_of_single_walks(step, tolerance):
    rng = np.random.default_rng(2)
    agrees(THREE_WELLS, rng.uniform(0, 5, (300, 2)), step, 45, tolerance=tolerance, every=60)
    inside = rng.uniform(0.01, 3, (200, 1))
    agrees(LOG_VALLEY, inside, step, 45, tolerance=tolerance, every=40)


# Each is compiled, so with a tolerance only some.
@pytest.mark.parametrize(
    ("step", "tolerance"),
    [*((step, None) for step in TRACED), (momentum_step(0.1, 0.6), 1e-3), (adam_step(0.1), 1e-3)],
    ids=repr,
)
def test_machine_code_has_the_bits_of_single_walks(monkeypatch, step, tolerance):
    pytest.importorskip("numba", reason="the extra `fast` is not installed")
    monkeypatch.setattr(multistart_module, "_WORTH_COMPILING", 0)
    assert compiled_walk(Task(THREE_WELLS, step, 5, tolerance)) is not None
    starts = np.random.default_rng(2).uniform(0, 5, (700, 2))
    for steps in (0, 1, 9, 60):
        agrees(THREE_WELLS, starts, step, steps, tolerance=tolerance, every=140)


@pytest.mark.parametrize("step", BRANCHING, ids=repr)
def test_what_branches_is_not_compiled(step):
    assert compiled_walk(Task(THREE_WELLS, step, 5, None)) is None


def test_another_rate_is_not_compiled_again():
    pytest.importorskip("numba", reason="the extra `fast` is not installed")
    compiled_walk(Task(THREE_WELLS, adam_step(0.1), 5, None))
    before = _compiled.cache_info().misses
    compiled_walk(Task(THREE_WELLS, adam_step(0.2, 0.8, 0.99), 7, None))
    assert _compiled.cache_info().misses == before


def test_basins_are_those_of_the_rule():
    """A ball with momentum rolls through the first valley; the plain step stays in it."""
    double = ScalarField.parse("(x**2 - 1)**2 + x/5")
    window, rate = (0.5, 2.0), 0.01
    plain = basins(double, rate, window, resolution=60)
    rolls = basins(double, None, window, resolution=60, step=momentum_step(rate, 0.9))
    assert len(rolls.basins) > len(plain.basins) == 1
    for basin in rolls.basins:
        start = (basin.low + basin.high) / 2
        x, v = start, 0.0
        for _ in range(2000):
            v = 0.9 * v + 4 * x * (x * x - 1) + 0.2
            x = x - rate * v
        assert x == pytest.approx(rolls.minima[basin.minimum], abs=1e-6)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({}, "either rate or step"),
        ({"rate": 0.1, "step": gradient_step(0.1)}, "either rate or step"),
        ({"step": 0.1}, "step must be a step such as"),
    ],
)
def test_a_rate_or_a_rule(arguments, named):
    with pytest.raises(ValueError, match=named):
        multistart(THREE_WELLS, [(1.0, 1.0)], **arguments)
