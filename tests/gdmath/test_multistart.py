import json
import sys
import tracemalloc
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdmath import (
    LOG_VALLEY,
    SAUNA,
    THREE_WELLS,
    TWO_VALLEYS,
    ScalarField,
    Verdict,
    descend,
    gradient_step,
    multistart,
)
from gdmath.descent.engine import Task, compiled_walk
from gdmath.fields.program import array_function, columns_of, program_of
from gdmath.fields.scalar_field import gradient_expressions

multistart_module = sys.modules["gdmath.descent.multistart"]
LAB = json.loads((Path(__file__).parents[1] / "data" / "lab_experiments.json").read_text())

# Field, how far the starts reach, rate, and the steps: some walks rest, some do not yet, some
# leave the domain, some run away, some run to and fro for ever.
RUNS = [
    (THREE_WELLS, 5.0, 0.2, 100),
    (THREE_WELLS, 5.0, 0.2, 7),
    (THREE_WELLS, 1e12, 0.2, 20),
    (SAUNA, 6.5, 0.25, 100),
    (SAUNA, 6.5, 0.5, 31),
    (TWO_VALLEYS, 2.0, 0.005, 35),
    (TWO_VALLEYS, 2.0, 0.02, 100),
    (LOG_VALLEY, 2.0, 0.3, 40),
    (ScalarField.parse("x**4 - 3*x**2*y + y**2/(2 + cos(x)) + sqrt(x)"), 2.0, 0.05, 40),
    (ScalarField.parse("x*y + y"), 2.0, 0.3, 40),
]
NAMES = [f"{field.name or field.expr} {rate} {steps}" for field, _, rate, steps in RUNS]


def starts_of(field, reach, count=1000, seed=0):
    return np.random.default_rng(seed).uniform(0, reach, (count, field.dimension))


@cache
def single_descents(field, reach, rate, steps, tolerance):
    """(start, walk) of every 27th start, by its number; once for both engines."""
    starts, step = starts_of(field, reach), gradient_step(rate)
    return {
        i: (starts[i], descend(field, starts[i], step, steps, tolerance))
        for i in range(0, len(starts), 27)
    }


@pytest.fixture(params=["numpy", "compiled"])
def engine(request, monkeypatch):
    """Both engines, where there are two; numpy takes what the compiled one cannot."""
    if request.param == "compiled":
        pytest.importorskip("numba", reason="the extra `fast` is not installed")
    worth = 0 if request.param == "compiled" else float("inf")
    monkeypatch.setattr(multistart_module, "_WORTH_COMPILING", worth)


both_engines = pytest.mark.usefixtures("engine")


@both_engines
@pytest.mark.parametrize("tolerance", [None, 1e-3])
@pytest.mark.parametrize(("field", "reach", "rate", "steps"), RUNS, ids=NAMES)
def test_ends_are_those_of_single_descents_bit_for_bit(field, reach, rate, steps, tolerance):
    basins = multistart(field, starts_of(field, reach), rate, steps, tolerance)
    for i, (start, walk) in single_descents(field, reach, rate, steps, tolerance).items():
        assert walk.points[-1].tobytes() == basins.endpoints[i].tobytes(), start
        assert walk.stopped_at == basins.steps_taken[i], start
        if walk.verdict is Verdict.LEFT_DOMAIN:
            assert basins.labels[i] == -1


@both_engines
@pytest.mark.parametrize("chunk", [1, 7, 333, 1000, 5000])
def test_chunks_do_not_matter(monkeypatch, chunk):
    for field, reach, rate, steps in RUNS[::3]:
        starts = starts_of(field, reach, min(1000, 40 * chunk))
        whole = multistart(field, starts, rate, steps, 1e-3)
        with monkeypatch.context() as patch:
            patch.setattr(multistart_module, "_CHUNK", chunk)
            parts = multistart(field, starts, rate, steps, 1e-3)
        for one, other in (
            (whole.endpoints, parts.endpoints),
            (whole.minima, parts.minima),
            (whole.labels, parts.labels),
            (whole.steps_taken, parts.steps_taken),
        ):
            assert one.tobytes() == other.tobytes()


@both_engines
@pytest.mark.parametrize("steps", [0, 1, 2, 8, 9, 10, 16, 17])
def test_budgets_around_a_stride(steps):
    starts = starts_of(THREE_WELLS, 5.0, 50)
    basins = multistart(THREE_WELLS, starts, 0.2, steps)
    for start, end in zip(starts, basins.endpoints, strict=True):
        walk = descend(THREE_WELLS, start, gradient_step(0.2), steps)
        assert walk.points[-1].tobytes() == end.tobytes()
    assert set(basins.steps_taken) == {steps}


@both_engines
def test_labels_are_the_nearest_of_the_labs_minima():
    lab = [e for e in LAB["experiments"] if e["function"] == "three_wells"]
    # Three starts of the lab, each at its minimum after 100 steps in 50-digit arithmetic; the
    # digits that the lab has are of the global one.
    minima = np.array(
        [[0.5230322579358745, 0.5169891562802605], [3.4789, 3.9475], [2.9806, 1.5409]]
    )
    assert lab[0]["lab_printed"] == minima[0].tolist()
    starts = starts_of(THREE_WELLS, 5.0, 3000)
    basins = multistart(THREE_WELLS, starts, 0.2, 200)
    apart = np.linalg.norm(basins.endpoints[:, np.newaxis] - minima, axis=2)
    assert apart.min(axis=1).max() < 1e-3
    assert (basins.labels == apart.argmin(axis=1)).all()
    assert abs(basins.minima - minima).max() < 1e-4
    assert (np.diff([THREE_WELLS(*m) for m in basins.minima]) > 0).all()


def test_the_labs_starts_reach_the_minima_it_says():
    basins = multistart(THREE_WELLS, [(0.5, 3), (2, 3), (4, 0.5)], 0.2, 100)
    assert basins.labels.tolist() == [0, 1, 2]


def test_steps_taken_are_those_the_lab_counts():
    for e in LAB["experiments"]:
        if e["function"] == "three_wells":
            counted = e["first_step_with_gradient_below_lab_tolerance"]
            basins = multistart(THREE_WELLS, [e["start"]], e["rate"], 100, 1e-3)
            assert basins.steps_taken.tolist() == [counted]


@both_engines
def test_what_is_lost_reaches_nothing_and_keeps_its_last_point():
    basins = multistart(LOG_VALLEY, [1.6, 0.02, -1.0, 0.567], 0.1, 60)
    assert basins.labels.tolist() == [0, -1, -1, 0]
    away = descend(LOG_VALLEY, 0.02, gradient_step(0.1), 60)
    assert basins.endpoints[1] == away.offender
    assert basins.endpoints[2] == -1.0
    assert basins.steps_taken.tolist() == [60, 2, 0, 60]
    runs = multistart(ScalarField.parse("x**4 - x**2"), [0.9, 5.0, 1e200], 0.1, 100)
    assert runs.labels.tolist() == [0, -1, -1]
    assert np.isfinite(runs.endpoints).all()


def test_minima_are_found_once_and_with_no_walk_at_rest():
    # After 7 steps hardly any walk rests, yet those nearby lead to the three minima.
    basins = multistart(THREE_WELLS, starts_of(THREE_WELLS, 5.0, 20_000), 0.2, 7)
    assert basins.minima.shape == (3, 2)
    assert set(basins.labels) == {-1, 0, 1, 2}
    none = multistart(SAUNA, [(0.5, 0.6)], 0.01, 1)
    assert none.minima.shape == (0, 2)
    assert none.labels.tolist() == [-1]


@pytest.mark.parametrize("count", [0, 1])
def test_few_starts(count):
    basins = multistart(THREE_WELLS, np.ones((count, 2)), 0.2, 50)
    assert basins.endpoints.shape == (count, 2)
    assert len(basins.labels) == len(basins.steps_taken) == count


@both_engines
def test_memory_stays_that_of_the_result():
    count = 300_000
    starts = starts_of(THREE_WELLS, 5.0, count)
    multistart(THREE_WELLS, starts[:20], 0.2, 2)  # whatever is made once
    tracemalloc.start()
    basins = multistart(THREE_WELLS, starts, 0.2, 3)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    kept = basins.starts.nbytes + basins.endpoints.nbytes + 2 * basins.labels.nbytes
    # One flag a start, masks, what lies near no minimum, and the chunks at work: 16,384 points
    # by about 70 numbers on each core.
    cores = multistart_module.os.cpu_count()
    assert peak < kept + 5 * count * 8 + cores * 16_384 * 70 * 8


@both_engines
def test_many_starts_need_no_more_temporaries_than_few(monkeypatch):
    sizes = []
    walk = multistart_module._engine

    def watched(task, count):
        inner = walk(task, count)

        def noting(points, taken):
            sizes.append(len(points))
            return inner(points, taken)

        return noting

    monkeypatch.setattr(multistart_module, "_engine", watched)
    multistart(THREE_WELLS, starts_of(THREE_WELLS, 5.0, 100_000), 0.2, 2)
    assert max(sizes) <= multistart_module._CHUNK
    assert sum(sizes) == 100_000


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([(1.0, 2.0, 3.0)], 0.1, 5), "starts"),
        (([1.0, 2.0], 0.1, 5), "starts"),
        (([(1.0, np.nan)], 0.1, 5), "starts"),
        (([(1.0,), (1.0, 2.0)], 0.1, 5), "starts"),
        (("far", 0.1, 5), "starts"),
        (([(1.0, 2.0)], -0.1, 5), "rate"),
        (([(1.0, 2.0)], 0.1, 2.5), "steps"),
        (([(1.0, 2.0)], 0.1, -1), "steps"),
        (([(1.0, 2.0)], 0.1, 5, 0.0), "tolerance"),
    ],
)
def test_wrong_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        multistart(THREE_WELLS, *arguments)


@pytest.mark.parametrize("field", [run[0] for run in RUNS], ids=NAMES)
def test_programs_have_the_bits_of_the_field(field):
    points = starts_of(field, 2.0) + 1e-3
    run = array_function((*gradient_expressions(field), field.expr), field.variables)
    *gradient, value = run(*columns_of(points))
    assert np.stack(gradient, axis=1).tobytes() == field.gradient(points).tobytes()
    assert value.tobytes() == field.at(points).tobytes()


def test_programs_compute_nothing_twice():
    program = program_of(
        (*gradient_expressions(THREE_WELLS), THREE_WELLS.expr), THREE_WELLS.variables
    )
    assert len(set(program.code.values())) == len(program.code) < 60


NUMBER = st.floats(-30, 30).map(lambda number: round(number, 2))


@given(st.floats(0.1, 50), st.lists(st.tuples(NUMBER, NUMBER), min_size=1, max_size=20))
def test_boxes_hold_what_they_are_said_to(bound, pairs):
    # 1/(x - 3) has a pole as soon as the box reaches it.
    field = ScalarField.parse("y*x + x/(x - 3)")
    program = program_of((field.expr,), field.variables)
    assert program.is_finite_within(bound) == (bound < 3)
    for x, y in pairs:
        if max(abs(x), abs(y)) <= bound < 3:
            exact = Fraction(x) * Fraction(y) + Fraction(x) / (Fraction(x) - 3)
            assert field(x, y) == pytest.approx(float(exact), rel=1e-9, abs=1e-9)


def test_polynomials_and_rational_functions_are_compiled():
    pytest.importorskip("numba", reason="the extra `fast` is not installed")
    compiled = {
        field.name: compiled_walk(Task(field, gradient_step(0.1), 1, None)) is not None
        for field in (THREE_WELLS, SAUNA, TWO_VALLEYS, LOG_VALLEY)
    }
    assert compiled == {
        "three_wells": True, "sauna": True, "two_valleys": False, "log_valley": False
    }  # fmt: skip
