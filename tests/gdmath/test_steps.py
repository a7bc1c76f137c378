"""Step rules against their textbook lines as plain loops, closed forms and defining properties."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdmath import (
    LOG_VALLEY,
    SAUNA,
    THREE_WELLS,
    CosineDecay,
    ExponentialDecay,
    InverseDecay,
    ScalarField,
    StepDecay,
    Verdict,
    adagrad_step,
    adam_step,
    backtracking_step,
    barzilai_borwein_step,
    certify,
    damped_newton_step,
    descend,
    gradient_step,
    momentum_step,
    nesterov_step,
    newton_step,
    rmsprop_step,
    scheduled_step,
    settings_of,
    step_named,
)
from gdmath.descent.certificate import parting
from gdmath.descent.steps import RULES, Here
from gdmath.descent.steps.newton import solve

CURVED = ScalarField.parse("x**4/4 + x*y + y**2 + exp(x/3)")
ALL = [
    gradient_step(0.05),
    momentum_step(0.05, 0.8),
    nesterov_step(0.05, 0.8),
    adagrad_step(0.5),
    adagrad_step(0.5, 1e-6, 0.1),
    rmsprop_step(0.05),
    adam_step(0.2),
    scheduled_step(StepDecay(0.1, 5, 0.5)),
    scheduled_step(ExponentialDecay(0.1, 0.95)),
    scheduled_step(CosineDecay(0.1, 20, 0.01)),
    scheduled_step(InverseDecay(0.2, 0.1)),
    backtracking_step(),
    barzilai_borwein_step(0.05),
    barzilai_borwein_step(0.05, "short"),
    newton_step(),
    damped_newton_step(),
]
NAMED = [f"{step.name} {i}" for i, step in enumerate(ALL)]
every_rule = pytest.mark.parametrize("step", ALL, ids=NAMED)


def loop(advance, steps=30, start=(2.0, -1.5)):
    """The points of a rule written as a generator of them, in lists of floats."""
    taking = advance(list(start))
    return np.array([list(start)] + [list(next(taking)) for _ in range(steps)])


def slopes(x):
    return [float(g) for g in CURVED.gradient(x)]


def momentum(x, rate=0.05, beta=0.8):
    v = [0.0, 0.0]
    while True:
        v = [beta * a + g for a, g in zip(v, slopes(x), strict=True)]
        x = [a - rate * b for a, b in zip(x, v, strict=True)]
        yield x


def nesterov_in_two_sequences(y, rate=0.05, beta=0.8):
    """As Nesterov writes it: a step from y, then a look ahead along what was gained."""
    before = y
    while True:
        after = [a - rate * g for a, g in zip(y, slopes(y), strict=True)]
        y = [b + beta * (b - a) for a, b in zip(before, after, strict=True)]
        before = after
        yield y


def adagrad(x, rate=0.5, epsilon=1e-6, initial=0.1):
    s = [initial] * 2
    while True:
        g = slopes(x)
        s = [a + b * b for a, b in zip(s, g, strict=True)]
        x = [a - rate * b / (math.sqrt(c) + epsilon) for a, b, c in zip(x, g, s, strict=True)]
        yield x


def rmsprop(x, rate=0.05):
    v = [0.0, 0.0]
    while True:
        g = slopes(x)
        v = [0.9 * a + 0.1 * b * b for a, b in zip(v, g, strict=True)]
        x = [a - rate * b / (math.sqrt(c) + 1e-8) for a, b, c in zip(x, g, v, strict=True)]
        yield x


def adam(x, rate=0.2):
    m, v, k = [0.0, 0.0], [0.0, 0.0], 0
    while True:
        g, k = slopes(x), k + 1
        m = [0.9 * a + 0.1 * b for a, b in zip(m, g, strict=True)]
        v = [0.999 * a + 0.001 * b * b for a, b in zip(v, g, strict=True)]
        size = rate * math.sqrt(1 - 0.999**k) / (1 - 0.9**k)
        small = 1e-8 * math.sqrt(1 - 0.999**k)
        x = [a - size * b / (math.sqrt(c) + small) for a, b, c in zip(x, m, v, strict=True)]
        yield x


def planned(rates):
    def taking(x):
        for rate in rates:
            x = [a - rate * g for a, g in zip(x, slopes(x), strict=True)]
            yield x

    return taking


@pytest.mark.parametrize(
    ("step", "line"),
    [
        (momentum_step(0.05, 0.8), momentum),
        (nesterov_step(0.05, 0.8), nesterov_in_two_sequences),
        (adagrad_step(0.5, 1e-6, 0.1), adagrad),
        (rmsprop_step(0.05), rmsprop),
        (adam_step(0.2), adam),
        (
            scheduled_step(StepDecay(0.1, 5, 0.5)),
            planned([0.1 * 2.0 ** -(k // 5) for k in range(30)]),
        ),
        (
            scheduled_step(ExponentialDecay(0.1, 0.9)),
            planned([0.1 * math.exp(k * math.log(0.9)) for k in range(30)]),
        ),
        (
            scheduled_step(CosineDecay(0.1, 20, 0.01)),
            planned([0.055 + 0.045 * math.cos(math.pi * min(k, 20) / 20) for k in range(30)]),
        ),
        (
            scheduled_step(InverseDecay(0.2, 0.5)),
            planned([0.4 / (2 + k) for k in range(30)]),
        ),
    ],
    ids=[
        "heavy ball",
        "nesterov",
        "adagrad",
        "rmsprop",
        "adam",
        "step",
        "exponential",
        "cosine",
        "1/k",
    ],
)
def test_a_rule_is_its_textbook_line(step, line):
    walk = descend(CURVED, (2.0, -1.5), step, 30)
    assert walk.points == pytest.approx(loop(line), rel=1e-12, abs=1e-13)


@every_rule
def test_every_rule_goes_down_and_its_error_is_rounding(step):
    walk = descend(CURVED, (1.0, -0.5), step, 8)
    assert walk.values[-1] < walk.values[0]
    assert 0 < certify(walk) < 1e-11
    assert parting(walk) is None


@every_rule
def test_a_rule_is_made_again_from_what_is_written_of_it(step):
    again = step_named(step.name, step.rate, getattr(step, "beta", None), settings_of(step))
    assert again == step


def test_all_rules_are_tried_here():
    assert {step.name for step in ALL} == set(RULES)


@every_rule
def test_many_points_at_once_have_the_bits_of_each(step):
    rng = np.random.default_rng(3)
    points = rng.uniform(0.2, 4.5, (50, 2))
    points[7] = points[8] = (0.0, 1.0)

    def value(x):
        return THREE_WELLS.at(x.T)

    x, memory, steps = points.T.copy(), None, 12
    with np.errstate(all="ignore"):
        for _ in range(steps):
            hessian = np.moveaxis(THREE_WELLS.hessian(x.T), 0, -1)
            here = Here(x, THREE_WELLS.gradient(x.T).T, lambda h=hessian: h, value)
            x, memory = step.advance(here, memory)
    for start, end in zip(points, x.T, strict=True):
        walk = descend(THREE_WELLS, start, step, steps)
        if walk.stopped_at == steps:
            assert walk.points[-1].tobytes() == end.tobytes()
        else:
            assert not np.isfinite(end).all()


# Defining properties

SMALL = st.floats(-2, 2).map(lambda number: round(number, 2))
COEFFICIENTS = st.tuples(SMALL, SMALL, SMALL, SMALL)


def random_field(a, b, c, d):
    """Bounded below, with several minima."""
    return ScalarField.parse(f"x**4 + y**4/2 + ({a})*x**2*y + ({b})*x*y + ({c})*x + ({d})*sin(3*y)")


@given(COEFFICIENTS, st.tuples(SMALL, SMALL), st.sampled_from([1e-4, 0.1, 0.4]))
def test_backtracking_keeps_armijos_inequality_and_the_longest_that_does(numbers, start, share):
    field = random_field(*numbers)
    walk = descend(field, start, backtracking_step(1.0, 0.5, share), 8)
    for k, after in enumerate(walk.points[1:]):
        x, f, g = walk.points[k], walk.values[k], walk.gradients[k]
        squares = float(g @ g)
        if squares < 1e-10:
            continue
        i = int(abs(g).argmax())
        halvings = round(-math.log2((x[i] - after[i]) / g[i]))
        t = 0.5**halvings
        assert after == pytest.approx(x - t * g, rel=1e-12, abs=1e-14)
        slack = 1e-12 * max(1.0, abs(f))
        assert field.at(x - t * g) <= f - share * t * squares + slack
        if halvings:
            assert field.at(x - 2 * t * g) > f - share * 2 * t * squares - slack


@given(COEFFICIENTS, st.tuples(SMALL, SMALL), st.sampled_from(["long", "short"]))
def test_barzilai_and_borwein_fit_the_secant_equation(numbers, start, length):
    walk = descend(random_field(*numbers), start, barzilai_borwein_step(0.05, length), 6)
    for k in range(1, walk.stopped_at):
        s, y = np.diff(walk.points, axis=0)[k - 1], np.diff(walk.gradients, axis=0)[k - 1]
        g, step = walk.gradients[k], walk.points[k] - walk.points[k + 1]
        if abs(g).max() < 1e-6 or s @ y == 0:
            continue
        i = int(abs(g).argmax())
        alpha = step[i] / g[i]
        if s @ y < 0:
            assert alpha == pytest.approx(0.05, rel=1e-6)
            continue
        # A small change of α either way fits the equation less well.
        one, other, sign = (s, y, -1) if length == "long" else (y, s, 1)
        best, *others = (
            float(np.linalg.norm(one * (alpha * f) ** sign - other)) for f in (1, 1.01, 0.99)
        )
        assert min(others) >= best * (1 - 1e-6)


def test_on_a_parabola_barzilai_and_borwein_know_the_curvature():
    for length in ("long", "short"):
        walk = descend(ScalarField.parse("7*x**2/2"), 3.0, barzilai_borwein_step(0.01, length), 3)
        assert walk.points[2, 0] == pytest.approx(0, abs=1e-14)


@given(st.floats(1.5, 400), st.floats(0.01, 100))
def test_momentum_has_its_best_factor_at_polyaks_settings(condition, least):
    """β = ((√κ - 1)/(√κ + 1))², α = 4/(√L + √μ)²: both ends of the spectrum shrink by √β."""
    root = math.sqrt(condition)
    factor = (root - 1) / (root + 1)
    rate = 4 / (math.sqrt(least) + math.sqrt(least * condition)) ** 2
    for curvature in (least, least * condition):
        assert _late_factor(momentum_step(rate, factor**2), curvature, factor) == pytest.approx(
            math.log(factor), rel=0.05
        )


@given(st.floats(1.5, 400), st.floats(0.01, 100))
def test_nesterov_shrinks_the_flattest_direction_by_one_minus_one_over_root_kappa(condition, least):
    """At α = 1/L, β = (√κ - 1)/(√κ + 1) the root of the flattest direction is double."""
    root = math.sqrt(condition)
    rate, beta = 1 / (least * condition), (root - 1) / (root + 1)
    factor = 1 - 1 / root
    assert _late_factor(nesterov_step(rate, beta), least, factor) == pytest.approx(
        math.log(factor), rel=0.05
    )


@given(st.floats(1.1, 400))
def test_the_gradients_best_factor_is_that_of_both_ends(condition):
    rate = 2 / (1 + condition)
    for curvature in (1.0, condition):
        x = _quadratic(gradient_step(rate), curvature, 5)
        factor = (condition - 1) / (condition + 1)
        assert abs(x[-1] / x[-2]) == pytest.approx(factor, rel=1e-6)


def _late_factor(step, curvature, expected):
    """The logarithm of the mean factor a step, late: a double root's power has a factor k too."""
    n = round(-60 / math.log(expected))
    x = np.abs(_quadratic(step, curvature, 2 * n))
    return math.log(max(x[-3:]) / max(x[n - 2 : n + 1])) / n


def _quadratic(step, curvature, steps):
    """The iterates on curvature*x²/2 from 1; the rule itself, no field, so that it is quick."""
    x, memory, seen = np.array([1.0]), None, [1.0]
    for _ in range(steps):
        x, memory = step.advance(Here(x, curvature * x, None, None), memory)
        seen.append(float(x[0]))
    return seen


def test_adam_moves_by_its_rate_at_first_whatever_the_slope():
    for scale in ("1e-3", "1", "1e6"):
        walk = descend(ScalarField.parse(f"{scale}*x**2"), 3.0, adam_step(0.1), 1)
        assert walk.points[1, 0] == pytest.approx(2.9, rel=1e-4)


def test_adagrad_takes_ever_shorter_steps_on_a_slope():
    walk = descend(ScalarField.parse("-x"), 0.0, adagrad_step(1.0), 40)
    assert np.diff(walk.points[:, 0]) == pytest.approx(1 / np.sqrt(np.arange(1, 41)))


def test_backtracking_does_not_leave_the_domain():
    walk = descend(LOG_VALLEY, 0.02, backtracking_step(1.0), 200, 1e-6)
    assert walk.verdict is Verdict.CONVERGED
    assert descend(LOG_VALLEY, 0.02, gradient_step(1.0)).verdict is Verdict.LEFT_DOMAIN


def test_damped_newton_arrives_where_newton_runs_away_and_at_no_maximum():
    log_cosh, wave = ScalarField.parse("sqrt(1 + x**2)"), ScalarField.parse("cos(x)")
    assert descend(log_cosh, 2.0, newton_step()).verdict is Verdict.DIVERGED
    assert descend(log_cosh, 2.0, damped_newton_step, 50, 1e-8).verdict is Verdict.CONVERGED
    assert descend(wave, 0.5, newton_step(), 20, 1e-6).verdict is Verdict.STOPPED
    ended = descend(wave, 0.5, damped_newton_step(), 50, 1e-6)
    assert ended.verdict is Verdict.CONVERGED
    assert ended.points[-1, 0] == pytest.approx(math.pi, abs=1e-6)


def test_damped_newton_is_newton_where_newton_does_well():
    bowl = ScalarField.parse("x**2 + 10*y**2 + x*y")
    taken = [
        descend(bowl, (3.0, -2.0), rule, 1).points for rule in (newton_step, damped_newton_step)
    ]
    assert np.array_equal(*taken)


@pytest.mark.parametrize("d", [1, 2, 3, 5])
def test_systems_are_solved_one_by_one_and_together(d):
    rng = np.random.default_rng(d)
    a, b = rng.standard_normal((40, d, d)), rng.standard_normal((40, d))
    a[3, 0], a[4] = 0.0, 0.0
    together = solve(np.moveaxis(a, 0, -1), b.T)
    for i in range(40):
        alone = solve(a[i], b[i])
        assert np.array_equal(alone, together[:, i], equal_nan=True)
        if i in (3, 4):
            assert np.isnan(alone).all()
        else:
            assert alone == pytest.approx(np.linalg.solve(a[i], b[i]), rel=1e-9)


def test_what_exact_arithmetic_decides_otherwise_is_said():
    # Beside its minimum float64 sees no fall, so that the two searches part.
    flat = ScalarField.parse("1e6 + 1.2*x**2")
    walk = descend(flat, 1.0, backtracking_step(1.0, 0.5, 0.3), 30)
    at = parting(walk)
    assert at is not None
    assert 0 < at <= walk.stopped_at
    before = descend(flat, 1.0, backtracking_step(1.0, 0.5, 0.3), at - 1)
    assert parting(before) is None
    assert certify(before) < 1e-9


def test_schedules_in_exact_arithmetic_are_exact():
    with mpmath.workdps(50):
        third = CosineDecay(0.1, 3).at(1, lambda number: mpmath.mpf(repr(number)))
        assert abs(third - mpmath.mpf("0.075")) < mpmath.mpf(10) ** -48


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: nesterov_step(0.1, 1.0), "beta must be at least 0 and below 1, not 1.0"),
        (lambda: nesterov_step(-1, 0.5), "rate must be a finite positive number, not -1"),
        (lambda: momentum_step(0.1, "fast"), "beta must be at least 0 and below 1"),
        (lambda: adagrad_step(0.1, 0), "epsilon must be a finite positive number, not 0"),
        (lambda: adagrad_step(0.1, 1e-8, -1), "initial must be a finite number, 0 or more"),
        (lambda: rmsprop_step(0.1, 1), "decay must be"),
        (lambda: adam_step(0.1, 1.0), "beta1 must be"),
        (lambda: adam_step(0.1, 0.9, -0.1), "beta2 must be"),
        (lambda: adam_step(0.1, epsilon=math.inf), "epsilon must be"),
        (lambda: scheduled_step(0.1), "schedule must be a schedule such as"),
        (lambda: StepDecay(0.1, 2.5), "every must be a whole number, 1 or more, not 2.5"),
        (lambda: StepDecay(0.1, 5, 1.0), "factor must be between 0 and 1, not 1.0"),
        (lambda: ExponentialDecay(0.1, 0.0), "factor must be between"),
        (lambda: CosineDecay(0.1, True), "steps must be a whole number"),  # noqa: FBT003 (the point)
        (lambda: CosineDecay(0.1, 5, math.nan), "least must be"),
        (lambda: InverseDecay(0.1, 0), "decay must be a finite positive"),
        (lambda: backtracking_step(1.0, 1.0), "shrink must be between 0 and 1"),
        (lambda: backtracking_step(1.0, 0.5, 0), "decrease must be"),
        (lambda: barzilai_borwein_step(0.1, "middle"), "length must be long or short"),
        (lambda: damped_newton_step(0), "shrink must be"),
        (lambda: step_named("adams", 0.1), "expected a step of gradient, .*, found 'adams'"),
        (lambda: step_named("adam"), "rate: expected a number for a adam step, found none"),
        (lambda: step_named("adam", 0.1, None, {"gamma": 1}), "settings: .* 'gamma'"),
        (lambda: step_named("scheduled", 0.1), "schedule: expected"),
        (lambda: step_named("scheduled", settings={"schedule": {"name": "no"}}), "schedule: exp"),
        (
            lambda: step_named("scheduled", settings={"schedule": {"name": "step", "rate": 1}}),
            "every: expected a number for a step schedule, found none",
        ),
    ],
)
def test_bad_settings_are_named(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_a_search_stays_where_the_room_is_level():
    walk = descend(SAUNA, (4.0, 4.0), backtracking_step(), 60, 1e-3)
    assert walk.verdict is Verdict.CONVERGED
