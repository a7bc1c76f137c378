"""What the explorer says of how a walk ended: gdmath's verdict, or that float64 does not tell."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from gdlecture.explorer.javascript import functions_of
from gdlecture.explorer.page import page as explorer_page
from gdlecture.explorer.subject import lab_subjects, typed_subject
from gdmath import Ending, GradientStep, Kind, ScalarField, Trend, Verdict, descend, gradient_step
from gdstage.walks.fates import fate

CASES = json.loads((Path(__file__).parents[1] / "data" / "public_cases.json").read_text())

# More of each kind: function, start, rate, steps, tolerance, and the verdict that must be said.
MORE = [
    ("x**3", [-1.0], 0.1, 20, None, "FALLING"),
    ("-exp(x)", [0.0], 0.1, 15, None, "FALLING"),
    ("-log(x)", [1.0], 1.0, 100, None, "FALLING"),
    ("x - y**4", [1.0, 0.1], 0.1, 50, None, "FALLING"),
    ("x + y**2", [1.0, 1.0], 0.1, 40, None, "FALLING"),
    ("x*y", [1.0, -1.0], 0.1, 30, None, "FALLING"),
    ("-sqrt(1 + x**2)", [0.5], 0.3, 100, None, "FALLING"),
    ("x*y", [1.0, 1.0], 0.1, 200, 1e-5, "STOPPED"),
    ("x**2 - y**4", [1.0, 0.0], 0.1, 200, 1e-5, "STOPPED"),
    ("(x - 1)**3", [1.5], 0.5, 1000, 1e-5, "STOPPED"),
    ("x - sin(x)", [1.0], 1.0, 1000, 1e-5, "STOPPED"),
    ("exp(-x)", [0.0], 1.0, 1000, 1e-2, "STOPPED"),
    ("atan(x)", [0.0], 5.0, 1000, 1e-2, "STOPPED"),
    ("exp(-x) + y**2", [0.0, 1.0], 0.4, 1000, 1e-2, "STOPPED"),
    ("-exp(-(x - 20)**2)", [0.0], 0.1, 20, 1e-5, "STUCK"),
    ("x**3", [0.0], 0.1, 20, None, "STUCK"),
    ("x**2 - y**2", [0.0, 0.0], 0.1, 20, None, "STUCK"),
    ("-x**4", [0.0], 0.1, 20, 1e-9, "STUCK"),
    ("cos(x)*cos(y)", [0.0, 0.0], 0.1, 20, None, "STUCK"),
    ("(1 - 3.2)*x**2/2 + 3.2*x**3/3", [0.3], 1.0, 200, None, "OSCILLATING"),
    ("(1 - 3.83)*x**2/2 + 3.83*x**3/3", [0.3], 1.0, 400, None, "OSCILLATING"),
    ("(1 - 3.9)*x**2/2 + 3.9*x**3/3", [0.3], 1.0, 200, None, "OSCILLATING"),
    ("x**2/2", [3.0], 2.0, 20, None, "OSCILLATING"),
    ("abs(x)", [1.0], 0.3, 25, None, "OSCILLATING"),
    ("abs(x) + x**2/10", [1.0], 0.3, 60, None, "OSCILLATING"),
    ("x**4/4 - x**2/2", [1.1], 1.05, 300, None, "OSCILLATING"),
    ("1 - cos(x)", [1e-6], 2.05, 25, None, "BUDGET_SPENT"),
    ("1 - cos(x) + y**2/10", [1e-4, 1.0], 2.1, 3, None, "BUDGET_SPENT"),
    ("x**2", [1.0], 0.4, 20, 1e-5, "CONVERGED"),
    ("(x - 3)**2", [4.0], 0.4, 100, None, "CONVERGED"),
    ("(x**2 + y**2 - 1)**2", [-1.2, 0.3], 0.1, 300, None, "CONVERGED"),
    ("relu(x)", [0.7], 1.0, 5, 1e-3, "CONVERGED"),
    ("x**2", [1.0], 1.1, 20, None, "DIVERGED"),
    ("x**4", [2.0], 1.0, 20, None, "DIVERGED"),
    ("sqrt(x)", [1.0], 3.0, 9, None, "LEFT_DOMAIN"),
]  # fmt: skip


def walk_of(function, start, rate, steps, tolerance):
    field = ScalarField.parse(function, tuple("xy"[: len(start)]))
    return descend(field, start, gradient_step(rate), steps, tolerance)


@pytest.fixture(scope="module")
def walks(planned):
    """Every walk, gdmath's, by its number, and the function that it is on."""
    public = [planned(c["args"]).runs[0].walk for c in CASES if "newton" not in c["args"]]
    public = [w for w in public if isinstance(w.step, GradientStep)]
    return public, [walk_of(*case[:-1]) for case in MORE]


@pytest.fixture(scope="module")
def page(chromium, walks, tmp_path_factory):
    """The explorer with all these functions, the labs' first."""
    functions = dict.fromkeys(str(w.field.expr) for w in itertools.chain(*walks))
    subjects = [typed_subject(text, text) for text in functions]
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    path.write_text(explorer_page([*lab_subjects(), *subjects]), encoding="utf-8")
    context = chromium.new_context(reduced_motion="reduce")
    opened = context.new_page()
    opened.goto(path.as_uri())
    opened.wait_for_selector("body[data-ready]")
    yield opened
    context.close()


def said(page, walks):
    """What the page says of walks: verdict, ending, words and points."""
    states = [(str(w.field.expr), w.start, w.step.rate, w.steps, w.tolerance) for w in walks]
    return page.evaluate(
        """states => states.map(([name, start, rate, steps, tolerance]) => {
             const { descend, fateOf } = explorer.mathematics;
             const field = explorer.fields.find((f) => f.name === name);
             const walk = descend(field, start, { name: "gradient", rate }, steps, tolerance);
             return { ...walk, ...fateOf(walk) };
        })""",
        states,
    )


def is_undecided(seen):
    return seen["verdict"] == "BUDGET_SPENT" and seen["ending"]["trend"] == "undecided"


def assert_true(seen, walk):
    """Its verdict is gdmath's, and whatever else it says of the end."""
    told, ending = seen["ending"], walk.ending
    what = f"{walk.field.expr} from {walk.start} by {walk.step.rate}: {seen['verdict']} {told}"
    assert seen["verdict"] == walk.verdict.name, f"{what}, not {walk.verdict} {ending}"
    if walk.verdict is Verdict.BUDGET_SPENT:
        assert told["trend"] == (ending.trend and ending.trend.value), f"{what}, not {ending}"
    assert told["kind"] in {None, ending.kind and ending.kind.value}, f"{what}, not {ending}"
    if walk.verdict is Verdict.OSCILLATING:
        assert told["period"] == ending.period, f"{what}, not {ending}"
    if told["moreSteps"] and ending.more_steps:
        assert told["moreSteps"] == pytest.approx(ending.more_steps, rel=0.05), what


def test_public_cases_end_as_in_gdmath_or_are_left_open(page, walks):
    public, _ = walks
    seen = said(page, public)
    decided = [(s, w) for s, w in zip(seen, public, strict=True) if not is_undecided(s)]
    for one, walk in decided:
        assert_true(one, walk)
    assert len(public) >= 20
    assert len(decided) >= len(public) - 1


def test_each_verdict_is_reached(page, walks):
    _, more = walks
    seen = said(page, more)
    for one, walk, (*_, verdict) in zip(seen, more, MORE, strict=True):
        assert_true(one, walk)
        assert one["verdict"] == verdict


def test_words_sign_and_tone_are_the_tables(page):
    endings = [
        Ending(kind=kind, period=period, trend=trend)
        for kind in (None, *Kind)
        for trend in (None, *Trend)
        for period in (None, 3)
    ]
    verdicts = [v for v in Verdict if v is not Verdict.NO_STEP]
    asked = [(v, e, k) for v in verdicts for e in endings for k in (0, 12)]
    records = [{"verdict": v.name, "ending": e.record(), "stoppedAt": k} for v, e, k in asked]
    seen = page.evaluate("records => records.map(explorer.mathematics.fateOf)", records)
    for one, (verdict, ending, k) in zip(seen, asked, strict=True):
        told = fate(verdict, ending, k=k, dimension=1)
        assert one == {"words": told.words, "sign": told.sign, "tone": told.tone}


FUNCTIONS = (
    "relu(x)", "relu(x*y - 1)", "max(x, 1 - x)", "max(x**2, y)", "min(x, 2)", "min(x*y, exp(x))",
    "where(x < 0, -x, x**2)", "where(x**2 + y**2 <= 4, x*y, y)", "cbrt(x)", "cbrt(x*y)*x",
    "sign(x)*x**2", "sign(x - y)*x", "sigmoid(x)", "sigmoid(3*x - y)", "softplus(x)",
    "softplus(-2*x*y)", "pow(x, 3)", "abs(x)**3", "asinh(x)", "acosh(1 + x**2)", "atanh(x/7)",
    "10**17*x + x**2/3", "x/12345678901234567",
)  # fmt: skip


def test_functions_with_kinks_are_numpys(page):
    rng = np.random.default_rng(11)
    for text in FUNCTIONS:
        field = ScalarField.parse(text)
        points = rng.uniform(-6, 6, (200, field.dimension))
        points[:40] = np.round(points[:40])  # kinks among them
        code = functions_of(field)
        lists = {key: f"[{', '.join(code[key])}]" for key in ("gradient", "hessian", "domain")}
        body = ", ".join([f"value: {code['value']}", *(f"{k}: {v}" for k, v in lists.items())])
        value, gradient, hessian = page.evaluate(
            f"""points => {{
              const {{ square, power, valueAt, gradientAt, hessianAt }} = explorer.mathematics;
              const field = {{ {body} }};
              return [valueAt, gradientAt, hessianAt].map((f) => points.map((p) => f(field, p)));
            }}""",
            points.tolist(),
        )
        d = field.dimension
        for got, wanted in (
            (value, field.at(points)),
            (gradient, field.gradient(points)),
            (hessian, field.hessian(points).reshape(-1, d * d)),
        ):
            np.testing.assert_allclose(got, wanted, rtol=1e-12, atol=1e-14, err_msg=text)
