"""The explorer in a real Chromium: every iterate, verdict and bound it shows, against gdmath."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
import sympy as sp

import gdmath
from gdlecture.explorer.page import page as explorer_page
from gdlecture.explorer.subject import lab_subjects, typed_subject
from gdmath import Kind, ScalarField, Trend, Verdict, descend, gradient_step
from gdstage.look.rounding import shown
from gdstage.look.theme import DARK, LIGHT
from gdstage.walks.fates import fate_of

LAB = json.loads((Path(__file__).parents[1] / "data/lab_experiments.json").read_text())
TYPED = (
    "x**4 - x",
    "sqrt(x)*abs(x - 1) + x**3/(x + 3)",
    "asin(x/4) + acos(x/5)**2 - x**(1/3)*tan(x/7)",
    "sinh(x)/cosh(x) + tanh(x)*atan(x) + x**(-3/2) + 2**x - pi*e**(-x)",
    "x**4/4 - y**2*cos(x) + exp(-x*y)/sqrt(1 + x**2) - ln(y + 4)",
    "x**2 - y**2",
    "abs(x)",
    "3",
    "x**3",
    "x/10**6",
    "-x**2",
    "(x**2 + y**2 - 1)**2",
)
FIELDS = {field: ScalarField.parse(text) for field, text in LAB["functions"].items()}
FIELDS |= {f"typed_{i}": ScalarField.parse(text) for i, text in enumerate(TYPED, 1)}


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    subjects = [typed_subject(text, f"typed_{i}") for i, text in enumerate(TYPED, 1)]
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    path.write_text(explorer_page([*lab_subjects(), *subjects]), encoding="utf-8")
    return path


@pytest.fixture
def explorer(open_page, file):
    """Opens the page, still unless asked for motion."""

    def opened(query="", *, motion="reduce", **options):
        page = open_page(file, query=query, reduced_motion=motion, **options)
        page.wait_for_selector("body[data-ready]")
        return page

    return opened


def state_of(page):
    """The page's state, its one method being the plain gradient's."""
    state = page.evaluate("() => explorer.state")
    (method,), chosen = state.pop("methods"), state.pop("chosen")
    assert (method["name"], method["settings"], chosen) == ("gradient", {}, 0)
    return {**state, "rate": method["rate"]}


def assert_walk_is_gdmaths(page):
    """What the page walked is what gdmath walks from the state that the page says it is in."""
    state = state_of(page)
    seen = page.evaluate("() => explorer.walk")
    walk = expected(state)
    assert seen["stoppedAt"] == walk.stopped_at, state
    if not is_undecided(seen):
        assert seen["verdict"] == walk.verdict.name, state
    np.testing.assert_allclose(seen["points"], walk.points, rtol=1e-12, atol=0)
    np.testing.assert_allclose(seen["values"], walk.values, rtol=1e-12, atol=0)
    # A gradient near a minimum is a small difference of large numbers.
    steepest = abs(walk.gradients[np.isfinite(walk.gradients)]).max(initial=0)
    np.testing.assert_allclose(seen["gradients"], walk.gradients, rtol=1e-11, atol=1e-13 * steepest)
    return state, walk


def is_undecided(seen):
    return seen["verdict"] == "BUDGET_SPENT" and seen["ending"]["trend"] == "undecided"


def expected(state):
    rate, steps, tolerance = state["rate"], state["steps"], state["tolerance"]
    step = gradient_step(rate)
    return descend(FIELDS[state["name"]], state["start"], step, steps, tolerance)


def assert_verdict_is_shown(page, walk):
    """Words, sign and tone are the table's for gdmath's verdict."""
    told, box = fate_of(walk), page.locator("#verdict")
    assert page.locator("#word").inner_text() == told.words
    assert box.get_attribute("data-verdict") == walk.verdict.name
    assert (box.get_attribute("data-sign"), box.get_attribute("data-tone")) == (
        told.sign,
        told.tone,
    )


def choose(page, name):
    page.locator(f'input[name="function"][value="{name}"]').check(force=True)


def place_of(page, point):
    """The pixel of the window at which the picture shows a point."""
    x, y, width, height = page.evaluate(
        """() => {
          const view = Object.values(Bokeh.index.roots ? [...Bokeh.index.roots] : Bokeh.index)
            .find(({ model }) => model === explorer.plane.model);
          const { left, top, width, height } = view.frame.bbox;
          const box = document.getElementById("plane").getBoundingClientRect();
          return [box.x + left, box.y + top, width, height];
        }"""
    )
    ends = page.evaluate(
        "() => [explorer.plane.model.x_range, explorer.plane.model.y_range]"
        ".map(({ start, end }) => [start, end])"
    )
    (left, right), (bottom, top) = ends
    return (
        x + width * (point[0] - left) / (right - left),
        y + height * (top - point[1]) / (top - bottom),
        (right - left) / width,
    )


def settled(page):
    """Waits until the picture's window and place are the same for two looks at them."""
    last = None
    for _ in range(100):
        now = place_of(page, (0, 0))
        if now == last:
            return
        last = now
        page.wait_for_timeout(30)
    raise AssertionError(f"the picture still moves: {last}")


# --- walks ---------------------------------------------------------------------------------


def test_every_setting_of_the_labs_walks_as_in_gdmath(explorer):
    page = explorer()
    for name in LAB["functions"]:
        choose(page, name)
        wanted = [e for e in LAB["experiments"] if e["function"] == name]
        buttons = page.locator("#presets button").all()
        for button, experiment in zip(buttons, wanted, strict=True):
            button.click()
            state, walk = assert_walk_is_gdmaths(page)
            for key in ("start", "rate", "steps"):
                assert state[key] == experiment[key]
            assert button.get_attribute("aria-pressed") == "true"
            first = experiment["first_step_with_gradient_below_lab_tolerance"]
            assert (walk.verdict is Verdict.CONVERGED) == (first is not None)
            assert_verdict_is_shown(page, walk)
            page.locator("#stop").uncheck()
            state, walk = assert_walk_is_gdmaths(page)
            assert_verdict_is_shown(page, walk)
            assert state["tolerance"] is None
            if experiment["leaves_domain_at_step"] is None:
                assert walk.stopped_at == experiment["steps"]
            if experiment["lab_printed"]:
                end = page.evaluate("() => explorer.walk.points.at(-1)")
                assert end == pytest.approx(experiment["lab_printed"], rel=1e-12)


def test_a_click_sets_the_start_and_runs(explorer):
    page = explorer(motion="no-preference")
    for name, point in [
        ("log_valley", (0.31, 3)),
        ("two_valleys", (0.4, 0)),
        ("sauna", (1.2, 2.9)),
        ("three_wells", (2.2, 4.1)),
        ("typed_1", (-0.2, 1)),
    ]:
        choose(page, name)
        settled(page)
        x, y, unit = place_of(page, point)
        before = json.dumps(state_of(page)["start"], separators=(",", ":"))
        page.mouse.click(x, y)
        # What runs may still be the walk that was there before.
        page.wait_for_function("old => JSON.stringify(explorer.state.start) !== old", arg=before)
        page.wait_for_function("() => explorer.timer !== null && explorer.state.k > 0")
        state, _ = assert_walk_is_gdmaths(page)
        assert state["start"] == pytest.approx(point[: len(state["start"])], abs=1.5 * unit)
        assert page.locator("#play").get_attribute("aria-label") == "Pause"


def test_a_run_ends_at_the_last_iterate_with_the_verdict(explorer):
    page = explorer(motion="no-preference")
    page.locator("#presets button").nth(2).click()
    assert page.locator("#word").inner_text() == "walking …"
    page.wait_for_function("() => explorer.timer === null")
    state, walk = assert_walk_is_gdmaths(page)
    assert state["k"] == walk.stopped_at
    assert page.locator("#word").inner_text() == "left the domain at step 1"


def test_sliders_set_the_rate_and_the_number_of_steps(explorer):
    page = explorer()
    for name in LAB["functions"]:
        choose(page, name)
        seen = set()
        for keys in (["Home"], ["PageUp"] * 3, ["ArrowRight"] * 5, ["PageUp"] * 3):
            for key in keys:
                page.locator("#rate").press(key)
            state, _ = assert_walk_is_gdmaths(page)
            seen.add(state["rate"])
            assert float(page.locator("#rate-number").input_value()) == state["rate"]
        assert len(seen) == 4
        page.locator("#steps").fill("57")
        assert assert_walk_is_gdmaths(page)[0]["steps"] == 57
        page.locator("#steps-number").fill("3")
        page.locator("#steps-number").press("Enter")
        assert assert_walk_is_gdmaths(page)[0]["steps"] == 3


def test_random_walks_end_as_in_gdmath(explorer):
    """Where rounding decides nothing: starts and rates a hair off take the same walk."""
    page = explorer()
    rng = np.random.default_rng(7)
    states, walks = [], []
    for name, field in FIELDS.items():
        window = page.evaluate(
            "name => explorer.fields.filter((f) => f.name === name)"
            ".map(({ window, rates }) => [window, rates])[0]",
            name,
        )
        ends, rates = np.array(window[0]), np.log(window[1])
        for number in range(16):
            start = rng.uniform(ends[:, 0], ends[:, 1])
            if not field.contains(start):
                continue
            rate, steps = float(np.exp(rng.uniform(*rates))), int(rng.integers(1, 60))
            tolerance = (None, 1e-5, 1e-3)[number % 3]
            state = {"name": name, "start": start.tolist(), "rate": rate, "steps": steps}
            state["tolerance"] = tolerance
            walk = expected(state)
            if all(is_beside(walk, expected({**state, **change})) for change in nudges(state)):
                states.append(state)
                walks.append(walk)
    assert len(states) > 80
    assert len({walk.verdict for walk in walks}) >= 5
    seen = page.evaluate(
        """states => states.map((s) => explorer.mathematics.descend(
             explorer.fields.find(({ name }) => name === s.name),
             s.start, { name: "gradient", rate: s.rate }, s.steps, s.tolerance))""",
        states,
    )
    open_ = [w for s, w in zip(seen, walks, strict=True) if is_undecided(s)]
    assert sum(w.ending.trend is not Trend.UNDECIDED for w in open_) <= 0.1 * len(seen)
    for state, walk, got in zip(states, walks, seen, strict=True):
        if not is_undecided(got):
            told, trend = got["ending"]["trend"], walk.ending.trend
            assert (got["verdict"], told) == (walk.verdict.name, trend and trend.value), state
        np.testing.assert_allclose(got["points"], walk.points, rtol=1e-12, atol=0)


def nudges(state):
    """The state's start and rate, moved by a few units in the last place."""
    for few in (-4e-16, 2e-15):
        yield {"start": [c * (1 + few) for c in state["start"]]}
        yield {"rate": state["rate"] * (1 + few)}


def is_beside(walk, other):
    if walk.points.shape != other.points.shape:
        return False
    return np.allclose(walk.points, other.points, rtol=1e-13, atol=0)


ENDINGS = [
    ("sauna", [0.0, 3.0], 0.1, 20, None, "STUCK"),
    ("sauna", [6.0, 6.0], 0.1, 20, 1e-3, "STUCK"),
    ("sauna", [4.0, 4.0], 0.1, 20, None, "CONVERGED"),
    ("typed_6", [0.0, 0.0], 0.1, 9, None, "STUCK"),
    ("typed_6", [0.5, 0.5], 0.3, 40, None, "FALLING"),
    ("typed_6", [0.5, 0.0], 0.3, 40, 1e-3, "STOPPED"),
    ("typed_7", [0.1], 0.3, 40, None, "OSCILLATING"),
    ("typed_8", [1.0], 0.3, 4, None, "CONVERGED"),
    ("typed_8", [1.0], 0.3, 4, 1e-5, "CONVERGED"),
    ("typed_9", [0.0], 0.1, 20, None, "STUCK"),
    ("typed_9", [1.0], 0.1, 1000, 1e-3, "STOPPED"),
    # A slope that is small, but the same for ever.
    ("typed_10", [1.0], 0.1, 20, None, "FALLING"),
    # Three steps that grow after one that does not are no escape.
    ("typed_1", [0.18], 0.56, 4, None, "BUDGET_SPENT"),
    ("typed_1", [30.0], 5.0, 40, None, "DIVERGED"),
    ("typed_1", [1.5], 0.2, 0, None, "BUDGET_SPENT"),
    ("typed_11", [1.6], 0.1, 25, None, "FALLING"),
    ("typed_12", [0.3, 0.1], 0.1, 60, 1e-3, "CONVERGED"),
    ("log_valley", [0.02], 0.1, 25, 1e-5, "LEFT_DOMAIN"),
]


def test_each_verdict(explorer):
    page = explorer()
    for name, start, rate, steps, tolerance, verdict in ENDINGS:
        change = {"name": name, "start": start, "rate": rate, "steps": steps}
        change["tolerance"] = tolerance
        page.evaluate("change => explorer.set(change, 'end')", change)
        _, walk = assert_walk_is_gdmaths(page)
        assert walk.verdict.name == verdict
        assert_verdict_is_shown(page, walk)
        assert page.locator("#because").inner_text().endswith(".")
    # Steps of gradient descent always exist.
    assert {ending[-1] for ending in ENDINGS} == set(Verdict.__members__) - {"NO_STEP"}


def test_steps_to_come_are_told_in_numbers(explorer):
    page = explorer("#f=log_valley&x=1.6&a=0.04&n=25&tol=1e-05&k=25")
    more = expected(state_of(page)).ending.more_steps
    assert f"about {more} more would do" in page.locator("#because").inner_text()


# --- functions -----------------------------------------------------------------------------


def test_functions_are_gdmaths(explorer):
    page = explorer()
    for name, field in FIELDS.items():
        assert_functions_are_gdmaths(page, name, field)


def assert_functions_are_gdmaths(page, name, field):
    rng = np.random.default_rng(3)
    points = rng.uniform(-6, 6, (300, field.dimension))
    points[:20] = np.round(points[:20])  # zeros and ends of domains among them
    value, gradient, hessian, inside = page.evaluate(
        """([name, points]) => {
          const field = explorer.fields.find((f) => f.name === name);
          const each = (f) => points.map((point) => f(field, point));
          const { valueAt, gradientAt, hessianAt, contains } = explorer.mathematics;
          return [valueAt, gradientAt, hessianAt, contains].map(each);
        }""",
        [name, points.tolist()],
    )
    assert inside == field.contains(points).tolist()
    d = field.dimension
    for got, wanted in (
        (value, field.at(points)),
        (gradient, field.gradient(points)),
        (hessian, field.hessian(points).reshape(-1, d * d)),
    ):
        scale = abs(wanted[np.isfinite(wanted)]).max(initial=0)
        np.testing.assert_allclose(got, wanted, rtol=1e-11, atol=1e-13 * min(scale, 100))


def test_the_bound_is_that_of_the_minimum_downhill(explorer):
    page = explorer()
    cases = {
        "log_valley": [((1.6,), 2 / (math.exp(w := 0.5671432904097838) + w**-2))],
        "sauna": [((0.5, 0.6), 15 / 32), ((3.5, 3.6), 15 / 32)],
        # Newton's method from near each minimum, and the second derivative there.
        "two_valleys": [((1.3,), bound_near("two_valleys", 1.77)),
                        ((0.3,), bound_near("two_valleys", 0.76))],
        "typed_1": [((1.7,), 2 / (12 * 0.25 ** (2 / 3)))],
    }  # fmt: skip
    for name, starts in cases.items():
        for start, bound in starts:
            change = {"name": name, "start": list(start)}
            page.evaluate("change => explorer.set(change, 'end')", change)
            assert page.evaluate("() => explorer.minimum.bound") == pytest.approx(bound, rel=1e-9)
    page.evaluate("() => explorer.set({ name: 'sauna', start: [0.5, 0.6] }, 'end')")
    assert "15/32" in page.locator("#bound").inner_text()
    page.evaluate("() => explorer.set({ name: 'typed_6', start: [0.5, 0.6] }, 'end')")
    assert "none" in page.locator("#bound").inner_text()


def bound_near(name, x):
    (symbol,), expr = FIELDS[name].variables, FIELDS[name].expr
    root = sp.nsolve(sp.diff(expr, symbol), symbol, x)
    return 2 / float(sp.diff(expr, symbol, 2).subs(symbol, root))


def test_minima_are_all_there(explorer):
    page = explorer()
    known = {"log_valley": 1, "two_valleys": 2, "sauna": 1, "three_wells": 3, "typed_1": 1}
    minima = page.evaluate("() => explorer.fields.map((f) => [f.name, f.minima.length])")
    assert {name: count for name, count in minima if name in known} == known
    (sauna,) = [p for p in gdmath.stationary_points(gdmath.SAUNA).points if p.kind is Kind.MINIMUM]
    (point,) = page.evaluate("() => explorer.fields[2].minima.map((m) => m.point)")
    assert point == [float(c) for c in sauna.point]


def test_a_curve_of_minima_is_drawn_as_a_curve(explorer):
    page = explorer()
    page.evaluate("() => explorer.set({ name: 'typed_12', start: [-0.6, 0.3] }, 'end')")
    xs, ys, single = page.evaluate(
        """() => { const of = (name) => explorer.plane.renderers.get(name).data_source.data;
             return [of("valleys").xs, of("valleys").ys, of("minima").x].map((l) => [...l]); }"""
    )
    assert len(xs) == 1
    np.testing.assert_allclose(np.hypot(xs[0], ys[0]), 1, rtol=1e-9)
    assert single == []
    assert "curve" in page.locator("#bound").inner_text()


# --- what is shown -------------------------------------------------------------------------


def test_the_readout_follows_the_iterate(explorer):
    page = explorer("#f=sauna&x=0.5&y=0.6&a=0.25&n=30&tol=0.001&k=9")
    walk = expected(state_of(page))
    page.locator("#forward").click()
    for id_, number in zip(
        ("read-x", "read-y", "read-f", "read-g", "read-h"),
        (*walk.points[10], walk.values[10], *walk.gradients[10]),
        strict=True,
    ):
        number = shown(float(number))  # noqa: PLW2901
        assert page.locator(f"#{id_}").inner_text() == f"{number.relation} {number}"
    assert page.locator("#read-k").inner_text() == "= 10"
    said = page.locator("#status").inner_text()
    assert said.startswith("Step 10 of 18: (")


def test_numbers_are_shown_as_in_the_clips(explorer):
    page = explorer()
    rng = np.random.default_rng(5)
    numbers = [0.0, -0.0, 0.5, -1.0, 1e6, 1234567.0, 0.001, 2.0**-7, 3 * 2.0**-7, 1e-9, -2.5e-4]
    numbers += [99999.95, 999999.9999999, 1600000.0, 4.0, 15 / 32, math.inf, -math.inf, math.nan]
    numbers += [1.7999999999999998, 0.1 + 0.2, 1 - 2.0**-53, 1e-12 + 1, 2.0**-52, 0.7 + 1e-9]
    numbers += (rng.standard_normal(300) * 10.0 ** rng.integers(-12, 12, 300)).tolist()
    numbers += np.round(rng.standard_normal(100), 4).tolist()
    seen = page.evaluate(
        "numbers => numbers.map((number) => explorer.mathematics.shown(number))", numbers
    )
    wanted = [{"relation": s.relation, "text": str(s)} for s in map(shown, numbers)]
    assert seen == wanted


def test_what_leaves_the_window_is_told_at_the_edge_and_never_moved_inside(explorer):
    page = explorer("#f=typed_1&x=1.6&a=0.3&n=25&k=2")
    walk = expected(state_of(page))
    data = page.evaluate(
        """() => Object.fromEntries(explorer.plane.model.renderers.map(
             ({ name, data_source }) => [name, data_source.data]))"""
    )
    assert walk.points[2, 0] > 20
    assert list(data["now"]["x"]) == []
    assert list(data["past"]["x"]) == [1.6]
    assert len(data["edge"]["x"]) == 2
    assert data["words"]["text"] == ["x₂ = 30.2, f = 8.3×10⁵"]
    page.locator("#back").click()
    words = page.evaluate("() => explorer.plane.renderers.get('words').data_source.data.text")
    assert words == [f"x₁ = −{-walk.points[1, 0]:.3g}, f = {walk.values[1]:.3g}"]


def test_leaving_the_domain_is_told_with_its_condition(explorer):
    page = explorer("#f=log_valley&x=1.6&a=0.5&n=25&tol=1e-05&k=1")
    assert page.locator("#word").inner_text() == "left the domain at step 1"
    assert "x > 0" in page.locator("#because").inner_text()
    assert page.locator("#read-f").inner_text() == "= no value"
    data = page.evaluate("() => explorer.plane.renderers.get('forbidden').data_source.data.right")
    assert list(data) == pytest.approx([0], abs=1e-9)


def test_a_start_without_a_value_is_refused(explorer):
    page = explorer()
    before = state_of(page)
    settled(page)
    x, y, _ = place_of(page, (-0.3, 3))
    page.mouse.click(x, y)
    page.locator("#warning:not(:empty)").wait_for()
    assert state_of(page) == before
    assert page.locator("#warning").inner_text() == "No value at x = −0.3: needs x > 0."
    page.locator("#start-x").fill("0.9")
    page.locator("#start-x").press("Enter")
    assert_walk_is_gdmaths(page)
    assert page.locator("#warning").inner_text() == ""


# --- links, keys, looks --------------------------------------------------------------------


def test_a_link_restores_the_exact_state(explorer):
    page = explorer()
    state = {"name": "three_wells", "start": [0.1 + 0.2, 2 / 3], "rate": 0.1234567890123456789}
    state |= {"steps": 61, "tolerance": 1e-7}
    page.evaluate("state => explorer.set(state, 'end')", state)
    page.locator("#k").fill("9")
    link = page.evaluate("() => explorer.link()")
    assert link == page.url
    page.locator("#copy").click()
    page.wait_for_function("() => document.getElementById('copied').textContent === 'copied'")
    again = explorer(f"#{link.partition('#')[2]}", motion="no-preference")
    assert state_of(again) == {**state, "k": 9}
    assert again.evaluate("() => explorer.timer") is None
    assert again.evaluate("() => explorer.walk") == page.evaluate("() => explorer.walk")
    again.evaluate("() => { location.hash = '#f=log_valley&x=0.7&a=0.2&n=9&tol=none&k=4' }")
    again.wait_for_function("() => explorer.state.name === 'log_valley'")
    assert state_of(again) == {
        "name": "log_valley", "start": [0.7], "rate": 0.2, "steps": 9, "tolerance": None, "k": 4
    }  # fmt: skip


def test_a_broken_link_opens_a_sound_state(explorer):
    page = explorer("#f=nothing")
    for hash_, first in [
        ("", ("log_valley", [1.6], 0.1, 25)),
        ("#f=sauna&y=", ("sauna", [0.5, 0.6], 0.25, 30)),
        ("#f=log_valley&x=-1&a=0&n=1.5&k=x", ("log_valley", [1.6], 0.1, 25)),
        ("#f=sauna&x=Infinity&y=1&a=-1&n=1e9&tol=-1", ("sauna", [0.5, 1.0], 0.25, 30)),
    ]:
        if hash_:
            page.evaluate("hash => { location.hash = hash; }", hash_)
            page.wait_for_function("name => explorer.state.name === name", arg=first[0])
        state, _ = assert_walk_is_gdmaths(page)
        assert (state["name"], state["start"], state["rate"], state["steps"]) == first


def test_keys_step_and_play(explorer):
    page = explorer("#f=log_valley&x=1.6&a=0.1&n=25&tol=1e-05&k=3", motion="no-preference")
    for key, k in [("ArrowRight", 4), ("ArrowLeft", 3), ("Home", 0), ("ArrowLeft", 0), ("End", 21)]:
        page.keyboard.press(key)
        assert state_of(page)["k"] == k
    page.keyboard.press(" ")
    page.wait_for_function("() => explorer.timer !== null && explorer.state.k >= 2")
    page.keyboard.press(" ")
    assert page.evaluate("() => explorer.timer") is None
    page.locator("#steps").press("ArrowLeft")
    assert state_of(page)["steps"] == 24


def test_every_control_is_reached_by_tab_and_named(explorer):
    page = explorer("#f=log_valley&k=3")
    reached, names = [], []
    for _ in range(40):
        page.keyboard.press("Tab")
        id_, ring = page.evaluate(
            """() => { const e = document.activeElement;
                 const seen = e.name === "function" ? e.nextElementSibling : e;
                 return [e.id || e.name || e.tagName, getComputedStyle(seen).outlineStyle] }"""
        )
        if id_ == "BODY":
            break
        reached.append(id_)
        names.append(ring)
    wanted = {"function", "plane", "first", "back", "play", "forward", "k", "rate", "steps"}
    assert wanted | {"rate-number", "steps-number", "stop", "start-x", "copy"} <= set(reached)
    assert set(names) == {"solid"}
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("input, button")].filter((e) =>
             !e.hidden && !e.labels?.length && !e.getAttribute("aria-label") && !e.innerText.trim()
           ).map((e) => e.outerHTML)"""
    )
    assert nameless == []


def test_nothing_is_wider_than_the_window(explorer):
    page = explorer()
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        for name in FIELDS:
            page.evaluate(
                "name => explorer.set(firstOf(name), 'end')".replace(
                    "firstOf(name)",
                    "{ name, ...explorer.fields.find((f) => f.name === name).settings[0] }",
                ),
                name,
            )
            assert page.evaluate("() => document.documentElement.scrollWidth") == width
            box = page.locator("#plane").bounding_box()
            assert 300 < box["width"] <= width
            if FIELDS[name].dimension == 2:
                # A map's units are equally long along both axes, once it is laid out.
                page.wait_for_function(
                    "() => { const [sx, sy] = explorer.plane.scale();"
                    " return Math.abs(sx / sy - 1) < 0.01; }"
                )


def test_colours_are_the_clips(explorer):
    page = explorer(scheme="dark")
    for scheme, theme in [("dark", DARK), ("light", LIGHT), ("dark", DARK)]:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(
            """([iterate, graph]) =>
                 explorer.plane.renderers.get("now").glyph.fill_color.value === iterate
                 && explorer.plane.renderers.get("graph").glyph.line_color.value === graph""",
            arg=[theme.iterate, theme.function],
        )
        rgb = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        channels = [int(theme.ground[i : i + 2], 16) for i in (1, 3, 5)]
        assert [int(c) for c in rgb[4:-1].split(",")] == channels


def test_the_page_allows_itself_no_network(file):
    text = file.read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert not [tag for tag in ('<link rel="stylesheet', "<script src", "<img") if tag in text]
    assert len(text) < 3_000_000
