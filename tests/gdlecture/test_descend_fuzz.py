"""Whatever a stranger sends is a plan, or one clear line: never a traceback, a hang, or a file.

As many inputs as GDLECTURE_FUZZ says, 400 if it is silent; 10,000 take some five minutes.
"""

import os
import random
import time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdlecture.descend.latex import LatexError, formula_of
from gdlecture.descend.making import SECONDS, DescendError, planned

COUNT = int(os.environ.get("GDLECTURE_FUZZ", "240"))
SEED = int(os.environ.get("GDLECTURE_FUZZ_SEED", "20"))
PARTS = 8
"""Tests of their own, so that two processes share them."""

_spec = spec_from_file_location("hostile", Path(__file__).with_name("hostile.py"))
hostile = module_from_spec(_spec)
_spec.loader.exec_module(hostile)


def outcome(function, **more):
    """The plan or the line, after how many seconds of computing."""
    began = time.process_time()
    try:
        plan, _ = planned({"function": function, **more})
    except DescendError as error:
        line = str(error)
        assert line
        assert "\n" not in line
        assert "\r" not in line
        assert len(line) < 400
        plan = None
    return plan, time.process_time() - began


def check(plan):
    """A plan can be drawn: finite windows, and walks that begin inside the domain."""
    for low, high in (*plan.window, plan.heights):
        assert np.isfinite([low, high]).all()
        assert low < high
    for run in plan.runs:
        assert np.isfinite(run.walk.points).all()
        assert plan.field.contains(run.walk.points[0])


def settings_by(rng):
    choice = rng.random()
    if choice < 0.15:
        return {"method": rng.choice(("momentum", "newton"))}
    if choice < 0.25:
        return {"starts": rng.randint(1, 8)}
    if choice < 0.35:
        return {"start": rng.choice([0, 1.5, -2, 1e9, 1e-9, 1e300, float("nan")])}
    if choice < 0.45:
        return {"rate": rng.choice([1e-9, 1, 100, 1e9, -1])}
    if choice < 0.55:
        return {"window": [rng.choice([-3, 0, 1e-9]), rng.choice([3, 1e9, 1e-8])]}
    return {}


def everything():
    """Every function, and what else is asked of it: the same each time."""
    rng = random.Random(SEED)  # noqa: S311
    return [(function, settings_by(rng)) for function in hostile.inputs(SEED, COUNT)]


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_hostile_and_random_inputs(tmp_path, monkeypatch, part):
    monkeypatch.chdir(tmp_path)
    inputs, plans = everything()[part::PARTS], 0
    for function, more in inputs:
        plan, seconds = outcome(function, **more)
        assert seconds < SECONDS + 2, (function, more)  # with a step that cannot be stopped
        if plan is not None:
            check(plan)
            plans += 1
    assert plans > len(inputs) / 10  # not all of it is refused
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=max(100, COUNT // 10), deadline=None, derandomize=True,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(st.text(max_size=60))
def test_any_text(text):
    plan, _ = outcome(text)
    if plan is not None:
        check(plan)


@settings(max_examples=max(20, COUNT // 40), deadline=None, derandomize=True,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(st.text(alphabet="xye0123456789+-^_{}()\\fracsqtlnexp \\cdot|=", max_size=30))
def test_any_latex(text):
    pytest.importorskip("lark")
    began = time.process_time()
    try:
        outcome(formula_of(text))
    except LatexError as error:
        assert "\n" not in str(error)  # noqa: PT017 (an error is one of two good ends)
    assert time.process_time() - began < 4


@pytest.mark.parametrize("function", hostile.CORPUS[:60])
def test_the_first_of_the_corpus(function):
    plan, seconds = outcome(function)
    assert seconds < 2.5
    if plan is not None:
        check(plan)
