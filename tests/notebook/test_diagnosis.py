"""What is said of students' code: right ones, and wrong ones, each with a mistake of its own."""

# ruff: noqa: ARG001, ARG005, PLR0917, RET503, RET504 (the lab's signatures, the students' mistakes)

import math
import time

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gdlecture.notebook.checks import check_derivative, check_descent, check_number
from gdlecture.notebook.diagnosis import diagnose
from gdlecture.notebook.watch import Task, watched
from gdmath import LOG_VALLEY, SAUNA, descend, gradient_step

LINE = Task((1.6,), 0.1, 25)
PLANE = Task((0.5, 0.6), 0.25, 20)
EXACT = {1: (lambda x: np.exp(x) - 1 / x,), 2: tuple(SAUNA.partial(v) for v in "xy")}


def told(descent, task=LINE, derivatives=None, **more):
    field = LOG_VALLEY if len(task.start) == 1 else SAUNA
    run = watched(descent, derivatives or EXACT[len(task.start)], task, **more)
    found = diagnose(field, run, task)
    assert "\n" not in found.words + found.why
    return found


# --- right ones, however they are written ----------------------------------------------------


def loop(df_dx, x, learning_rate=0.1, num_iterations=100):
    for _ in range(num_iterations):
        x = x - learning_rate * df_dx(x)
    return x


def talkative(df_dx, x, learning_rate=0.1, num_iterations=100):
    """Asks for each slope more than once, before the loop too."""
    df_dx(x)
    for _ in range(num_iterations):
        if abs(df_dx(x)) > 1e9:
            break
        x -= learning_rate * df_dx(x)
    return x


def of_arrays(df_dx, x, learning_rate=0.1, num_iterations=100):
    x = np.array([x])
    for _ in range(num_iterations):
        x = x - learning_rate * df_dx(x)
    return x


def carries_the_slope(df_dx, x, learning_rate=0.1, num_iterations=100):
    slope = df_dx(x)
    for _ in range(num_iterations):
        x = x - learning_rate * slope
        slope = df_dx(x)
    return x


def recursive(df_dx, x, learning_rate=0.1, num_iterations=100):
    if num_iterations == 0:
        return x
    return recursive(df_dx, x - learning_rate * df_dx(x), learning_rate, num_iterations - 1)


RIGHT = (loop, talkative, of_arrays, carries_the_slope, recursive)


@pytest.mark.parametrize("descent", RIGHT, ids=lambda f: f.__name__)
def test_right_code_is_right_however_it_is_written(descent):
    found = told(descent)
    assert (found.kind, found.why) == ("", "")
    walk = descend(LOG_VALLEY, 1.6, gradient_step(0.1), 25)
    np.testing.assert_allclose(found.points, walk.points, rtol=1e-14)


@pytest.mark.parametrize("steps", [0, 1, 2, 300])
def test_right_code_is_right_for_any_number_of_steps(steps):
    found = told(loop, Task((1.6,), 0.1, steps))
    assert found.is_right
    assert len(found.points) == steps + 1  # after 90 it stands still, and is asked all the same


@pytest.mark.parametrize("steps", [1, 2, 20])
def test_where_the_slope_is_0_standing_still_is_right(steps):
    assert told(plane, Task((0.0, 3.0), 0.25, steps)).is_right


@settings(max_examples=60, deadline=None)
@example(0.1875, 1.0, 0.1328125, 36)  # the last step alone does not move
@given(st.floats(0.1, 4.9), st.floats(0.1, 4.9), st.floats(1e-4, 10), st.integers(0, 40))
def test_right_code_is_right_wherever_it_walks(x, y, rate, steps):
    assert told(loop, Task((x,), rate, steps)).is_right
    assert told(plane, Task((x, y), rate, steps)).is_right


def test_rounding_that_grows_parts_nobody():
    """On this rate the walk is chaotic: after 60 steps two ways of writing e^x are far apart."""
    task = Task((0.9,), 0.47, 80)
    others = (lambda x: math.exp(x) * (1 + 1e-15) - 1 / x,)
    assert told(loop, task, others).is_right


def test_where_f_ends_right_code_has_come_to_its_end():
    found = told(loop, Task((1.6,), 0.5, 25))
    assert found.is_right
    assert found.points[1][0] == descend(LOG_VALLEY, 1.6, gradient_step(0.5)).points[1, 0]


def test_a_stop_of_ones_own_is_no_mistake():
    def stops(df_dx, x, learning_rate=0.1, num_iterations=100):
        k = 0
        while abs(df_dx(x)) >= 1e-3 and k < num_iterations:
            x, k = x - learning_rate * df_dx(x), k + 1
        return x

    found = told(stops)
    first = descend(LOG_VALLEY, 1.6, gradient_step(0.1), 25, 1e-3).stopped_at
    assert (found.is_right, len(found.points)) == (True, first + 1)
    assert f"after {first} steps" in found.why


# --- wrong ones of one variable ----------------------------------------------------------------


def uphill(df_dx, x, learning_rate=0.1, num_iterations=100):
    for _ in range(num_iterations):
        x = x + learning_rate * df_dx(x)
    return x


def without_rate(df_dx, x, learning_rate=0.1, num_iterations=100):
    for _ in range(num_iterations):
        x = x - df_dx(x)
    return x


def keeps_nothing(df_dx, x, learning_rate=0.1, num_iterations=100):
    for _ in range(num_iterations):
        new = x - learning_rate * df_dx(x)
    del new
    return x


def slope_alone(df_dx, x, learning_rate=0.1, num_iterations=100):
    for _ in range(num_iterations):
        x = -learning_rate * df_dx(x)
    return x


def one_slope(df_dx, x, learning_rate=0.1, num_iterations=100):
    slope = df_dx(x)
    for _ in range(num_iterations):
        x = x - learning_rate * slope
    return x


def one_less(df_dx, x, learning_rate=0.1, num_iterations=100):
    for _ in range(1, num_iterations):
        x = x - learning_rate * df_dx(x)
    return x


def one_more(df_dx, x, learning_rate=0.1, num_iterations=100):
    for _ in range(num_iterations + 1):
        x = x - learning_rate * df_dx(x)
    return x


def one_step_only(df_dx, x, learning_rate=0.1, num_iterations=100):
    for _ in range(num_iterations):
        x = x - learning_rate * df_dx(x)
        return x


def shrinking(df_dx, x, learning_rate=0.1, num_iterations=100):
    for k in range(num_iterations):
        x = x - learning_rate / (k + 1) * df_dx(x)
    return x


def rounding(df_dx, x, learning_rate=0.1, num_iterations=100):
    for _ in range(num_iterations):
        x = round(x - learning_rate * df_dx(x), 3)
    return x


def twice(df_dx, x, learning_rate=0.1, num_iterations=100):
    for _ in range(num_iterations):
        x = x - 2 * learning_rate * df_dx(x)
    return x


def from_zero(df_dx, x, learning_rate=0.1, num_iterations=100):
    x = 1
    for _ in range(num_iterations):
        x = x - learning_rate * df_dx(x)
    return x


def says_nothing(df_dx, x, learning_rate=0.1, num_iterations=100):
    for _ in range(num_iterations):
        x = x - learning_rate * df_dx(x)


def other_than_it_walks(df_dx, x, learning_rate=0.1, num_iterations=100):
    first = x
    for _ in range(num_iterations + 1):
        df_dx(x)
        x = x - learning_rate * df_dx(x)
    return first


WRONG = {
    uphill: ("sign", 1, "the sign"),
    without_rate: ("rate_forgotten", 1, "rate is forgotten"),
    keeps_nothing: ("never_moves", 1, "at the start alone, 25 times"),
    slope_alone: ("point_forgotten", 1, "taken from is forgotten"),
    one_slope: ("derivative_once", 1, "at the start alone"),
    one_less: ("off_by_one", None, "off by one"),
    one_more: ("off_by_one", None, "off by one"),
    one_step_only: ("returns_early", None, "inside the loop"),
    shrinking: ("rate_shrinks", 2, "divided by the number of the step"),
    rounding: ("rounded", 1, "rounded"),
    twice: ("other_rate", 1, "0.2 times the slope"),
    from_zero: ("starts_elsewhere", 0, "x = 1"),
    says_nothing: ("return", None, "return x"),
}


@pytest.mark.parametrize("descent", WRONG, ids=lambda f: f.__name__)
def test_wrong_code_is_told_its_mistake_and_where(descent):
    kind, step, words = WRONG[descent]
    found = told(descent)
    assert (found.kind, found.step) == (kind, step), found
    assert words in found.why
    assert found.points[0] == (1.6,)


@pytest.mark.parametrize("descent", WRONG, ids=lambda f: f.__name__)
def test_an_exercise_says_the_same(descent):
    check = check_descent(descent)
    assert not check
    assert check.kind == WRONG[descent][0]
    assert repr(check).startswith("✗ ")


def test_off_by_one_says_how_many():
    assert (told(one_less).words, told(one_more).words) == ("24 steps, not 25", "26 steps, not 25")


def test_what_it_returns_must_be_where_it_walked():
    found = told(other_than_it_walks)
    assert (found.kind, found.step) == ("returns_other", None)
    assert "returns x₀ = 1.6" in found.why


# --- of two ------------------------------------------------------------------------------------


def plane(dfdx, dfdy, x, y, learning_rate=0.1, num_iterations=100):
    for _ in range(num_iterations):
        x, y = x - learning_rate * dfdx(x, y), y - learning_rate * dfdy(x, y)
    return x, y


def y_first(dfdx, dfdy, x, y, learning_rate=0.1, num_iterations=100):
    for _ in range(num_iterations):
        b = y - learning_rate * dfdy(x, y)
        a = x - learning_rate * dfdx(x, y)
        x, y = a, b
    return np.array([x, y])


def one_after_the_other(dfdx, dfdy, x, y, learning_rate=0.1, num_iterations=100):
    for _ in range(num_iterations):
        x = x - learning_rate * dfdx(x, y)
        y = y - learning_rate * dfdy(x, y)
    return x, y


def swapped(dfdx, dfdy, x, y, learning_rate=0.1, num_iterations=100):
    for _ in range(num_iterations):
        x, y = x - learning_rate * dfdy(x, y), y - learning_rate * dfdx(x, y)
    return x, y


def x_only(dfdx, dfdy, x, y, learning_rate=0.1, num_iterations=100):
    for _ in range(num_iterations):
        x = x - learning_rate * dfdx(x, y)
    return x, y


def y_uphill(dfdx, dfdy, x, y, learning_rate=0.1, num_iterations=100):
    for _ in range(num_iterations):
        x, y = x - learning_rate * dfdx(x, y), y + learning_rate * dfdy(x, y)
    return x, y


def y_without_rate(dfdx, dfdy, x, y, learning_rate=0.1, num_iterations=100):
    for _ in range(num_iterations):
        x, y = x - learning_rate * dfdx(x, y), y - dfdy(x, y)
    return x, y


def x_alone_back(dfdx, dfdy, x, y, learning_rate=0.1, num_iterations=100):
    for _ in range(num_iterations):
        x, y = x - learning_rate * dfdx(x, y), y - learning_rate * dfdy(x, y)
    return x


WRONG_IN_TWO = {
    one_after_the_other: ("not_simultaneous", 1, "y is updated with the new x"),
    swapped: ("swapped", 1, "swapped"),
    x_only: ("one_only", 1, "Only x moves"),
    y_uphill: ("sign", 1, "sign of y"),
    y_without_rate: ("rate_forgotten", 1, "forgotten for y"),
    x_alone_back: ("return", None, "return x, y"),
}


@pytest.mark.parametrize("descent", [plane, y_first], ids=lambda f: f.__name__)
def test_right_code_of_two_variables(descent):
    found = told(descent, PLANE)
    assert found.is_right, found
    walk = descend(SAUNA, (0.5, 0.6), gradient_step(0.25), 20)
    np.testing.assert_array_equal(found.points, walk.points)


@pytest.mark.parametrize("descent", WRONG_IN_TWO, ids=lambda f: f.__name__)
def test_wrong_code_of_two_variables(descent):
    kind, step, words = WRONG_IN_TWO[descent]
    found = told(descent, PLANE)
    assert (found.kind, found.step) == (kind, step), found
    assert words in found.why
    assert check_descent(descent).kind == kind


# --- what breaks, and what does not end ----------------------------------------------------------


def test_an_error_is_told_in_one_line_with_the_line_of_code():
    def fails(df_dx, x, learning_rate, num_iterations):
        rates = [learning_rate] * 4
        for k in range(num_iterations):
            x = x - rates[k] * df_dx(x)
        return x

    found = told(fails)
    assert (found.kind, found.words) == ("error", "it breaks off")
    assert "IndexError: list index out of range" in found.why
    assert "`x = x - rates[k] * df_dx(x)`" in found.why
    assert len(found.points) == 4


@pytest.mark.parametrize("swallows", [False, True])
def test_what_never_ends_is_ended(swallows):
    def endless(df_dx, x, learning_rate, num_iterations):
        while True:
            try:
                num_iterations += 1
            except BaseException:
                if not swallows:
                    raise

    begun = time.monotonic()
    found = told(endless, patience=0.2)
    assert time.monotonic() - begun < 3
    assert found.kind == "endless"
    assert "still running" in found.why


def test_a_loop_that_walks_for_ever_shows_where():
    def for_ever(df_dx, x, learning_rate, num_iterations):
        while abs(df_dx(x)) >= 0:
            x = x - learning_rate * df_dx(x)

    found = told(for_ever)
    assert found.kind == "endless"
    assert len(found.points) == 26


def test_what_is_no_number_is_told():
    def letters(df_dx, x, learning_rate, num_iterations):
        return df_dx("x")

    found = told(letters)
    assert found.kind == "error"
    assert "A coordinate is no number: 'x'" in found.why


def test_nan_ends_the_picture_and_is_told():
    def lost(df_dx, x, learning_rate, num_iterations):
        for k in range(num_iterations):
            x = x - learning_rate * df_dx(x) + (math.nan if k == 2 else 0)
        return x

    found = told(lost)
    assert (found.kind, found.step) == ("not_finite", 3)
    assert "x₃ is nan" in found.why
    assert len(found.points) == 3


def test_what_overflows_by_the_rule_itself_is_right():
    found = told(plane, Task((5.0, 5.0), 100.0, 20))
    assert found.is_right, found
    assert np.isfinite(found.points).all()


def test_a_derivative_that_is_not_fs_is_told_with_the_place():
    found = told(loop, LINE, (lambda x: np.exp(x) + 1 / x,))
    assert (found.kind, found.step) == ("wrong_derivative", 1)
    assert found.why == "df/dx at x = 1.6 is 4.328, but the one given says 5.578."


# --- exercises -----------------------------------------------------------------------------------


def test_derivatives_are_held_against_exact_ones():
    f = "exp(x) - log(x)"
    assert check_derivative(lambda x: np.exp(x) - 1 / x, f)
    assert check_derivative(lambda x: -np.exp(x) + 1 / x, f).kind == "sign"
    assert check_derivative(lambda x: np.exp(x) - np.log(x), f).kind == "function"
    assert check_derivative(lambda x: np.exp(x) - 1 / x + 3, f).kind == "constant"
    assert check_derivative(lambda x: np.exp(x) - x, f).kind == "unlike"
    assert check_derivative(lambda x: math.cos(3 * x), "sin(3*x)").kind == "factor"
    assert check_derivative(lambda x: undefined, f).kind == "error"  # noqa: F821
    by_y = SAUNA.partial("y")
    assert check_derivative(by_y, SAUNA, "y")
    assert check_derivative(by_y, SAUNA, "x").kind == "other_variable"


def test_numbers_are_held_against_exact_ones():
    assert check_number(0.4687, 15 / 32)
    check = check_number(15 / 64, 15 / 32, hints={15 / 64: "That is 1/λ."})
    assert (bool(check), check.words) == (False, "not 0.234375. That is 1/λ.")
    assert "larger" in check_number(0.1, 15 / 32).words
    assert check_number("many", 1).kind == "error"
