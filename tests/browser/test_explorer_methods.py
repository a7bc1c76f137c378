"""The explorer's methods: each rule's walk is gdmath's, its verdict too; three at once, by keys."""

from dataclasses import replace
from urllib.parse import urlencode

import numpy as np
import pytest

from gdlecture.explorer.page import page as explorer_page
from gdlecture.explorer.presets import Setting
from gdlecture.explorer.subject import Subject
from gdmath import ScalarField, Trend, descend
from gdstage.any.methods import METHODS
from gdstage.look.theme import LIGHT
from gdstage.walks.fates import fate_of

FUNCTIONS = {
    "exp(x) - log(x)": [1.6],
    "x**4/4 - x**2 + x/3": [1.9],
    "x**2 + 3*y**2 + x*y": [1.4, -0.8],
    "exp(x/2) + exp(-x) + y**2*(1 + x**2/9)": [1.5, 1.1],
}
RATES = {"backtracking": 1.0, "adagrad": 0.4}
OTHERS = [
    {"name": "barzilai-borwein", "settings": {"length": "short"}},
    {"name": "cosine-decay", "settings": {"least": 0.01}},
    {"name": "inverse-decay", "settings": {"decay": 1.7}},
    {"name": "step-decay", "settings": {"every": 3, "factor": 0.3}},
    {"name": "adam", "settings": {"beta1": 0.0, "beta2": 0.4, "epsilon": 0.1}},
]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    path.write_text(explorer_page(map(subject, FUNCTIONS)), encoding="utf-8")
    return path


def subject(text):
    """The function with a plain window: which part of it is worth showing takes long to find."""
    start = FUNCTIONS[text]
    field = replace(ScalarField.parse(text), name=text, window=((-3.0, 3.0),) * len(start))
    settings = (Setting(tuple(start), 0.1, 30),)
    sides, heights = ((-3.0, 3.0), (-3.0, 8.0)) if len(start) == 1 else (None, None)
    return Subject(field, text, (), settings, (1e-3, 1.0), 1e-5, sides, heights)


@pytest.fixture
def explorer(open_page, file):
    def opened(query="", **options):
        page = open_page(file, query=query, reduced_motion="reduce", **options)
        page.wait_for_selector("body[data-ready]")
        return page

    return opened


def chosen(name, rate=0.05, settings=()):
    method = METHODS[name]
    own = None if method.rate is None else RATES.get(name, rate)
    return {"name": name, "rate": own, "settings": {**method.settings, **dict(settings)}}


def expected(function, start, method, steps, tolerance):
    rule = METHODS[method["name"]].step(method["rate"], method["settings"], steps)
    return descend(ScalarField.parse(function), start, rule, steps, tolerance)


def taken(page, states):
    return page.evaluate(
        """states => states.map(([name, ...rest]) => explorer.mathematics.descend(
             explorer.fields.find((field) => field.name === name), ...rest))""",
        states,
    )


def assert_same_points(seen, walk, what):
    points = np.array(seen["points"])
    assert points.shape == walk.points.shape, what
    # Beside a minimum at 0 a coordinate is what is left of larger ones.
    size = 1e-3 * abs(walk.points).max()
    np.testing.assert_allclose(points, walk.points, rtol=1e-12, atol=1e-12 * size, err_msg=what)


def test_each_rule_walks_as_in_gdmath(explorer):
    methods = [chosen(name) for name in METHODS] + [chosen(**other) for other in OTHERS]
    states = [(f, start, m, 40, None) for f, start in FUNCTIONS.items() for m in methods]
    for seen, state in zip(taken(explorer(), states), states, strict=True):
        walk = expected(*state)
        assert_same_points(seen, walk, str(state))


def random_states(count):
    rng = np.random.default_rng(5)
    for function, usual in FUNCTIONS.items():
        for name in METHODS:
            for _ in range(count):
                start = rng.uniform(0.3, 2.5, len(usual)).tolist()
                rate = float(np.exp(rng.uniform(np.log(3e-3), np.log(1.5))))
                steps = int(rng.integers(1, 70))
                tolerance = [None, 1e-5, 1e-3][rng.integers(3)]
                yield function, start, chosen(name, rate), steps, tolerance


def test_verdicts_are_gdmaths_or_left_open(explorer):
    states = list(random_states(2))
    decided = 0
    for seen, state in zip(taken(explorer(), states), states, strict=True):
        walk = expected(*state)
        told, ending = seen["ending"], walk.ending
        if seen["verdict"] == "BUDGET_SPENT" and told["trend"] == "undecided":
            decided += ending.trend is Trend.UNDECIDED
            continue
        decided += 1
        assert seen["verdict"] == walk.verdict.name, state
        assert told["trend"] == (ending.trend and ending.trend.value), state
        assert told["kind"] in {None, ending.kind and ending.kind.value}, state
        assert told["period"] == ending.period, state
    assert decided >= 0.8 * len(states)


def test_three_methods_by_keys(explorer):
    page = explorer(f"#{urlencode({'f': list(FUNCTIONS)[2]})}")
    keys = page.keyboard
    page.locator("#name-0").focus()
    keys.type("mom")
    page.locator("#add").focus()
    keys.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "name-1"
    keys.type("Ada")
    keys.type("m")
    page.locator("#add").press("Enter")
    keys.type("New")
    state = page.evaluate("() => explorer.state")
    assert [m["name"] for m in state["methods"]] == ["momentum", "adam", "newton"]
    assert state["chosen"] == 2
    assert page.locator("#add").is_hidden()
    assert page.locator("#rate-control").is_hidden()
    page.locator("#chosen-2").press("ArrowUp")
    assert page.locator("#own input").count() == 3
    page.locator("#own-beta1").fill("0.5")
    page.locator("#own-beta1").press("Enter")
    page.locator("#own-beta2").fill("1")
    page.locator("#own-beta2").press("Enter")
    assert page.locator("#warning").inner_text() == "beta2 must be at least 0 and below 1."
    page.locator("#rate-number").fill("0.2")
    page.locator("#rate-number").press("Enter")
    state = page.evaluate("() => explorer.state")
    assert state["methods"][1] == chosen("adam", 0.2, {"beta1": 0.5})
    assert_walks_are_shown(page)
    page.locator("#usual").press("Enter")
    state = page.evaluate("() => explorer.state")
    assert state["methods"][1] == chosen("adam", 0.2)
    page.locator("#remove-0").press("Enter")
    state = page.evaluate("() => explorer.state")
    assert ([m["name"] for m in state["methods"]], state["chosen"]) == (["adam", "newton"], 0)
    assert_walks_are_shown(page)


def assert_walks_are_shown(page):
    """Each method's walk is gdmath's, its fate is told, and it is in both pictures where it is."""
    state, walks = page.evaluate("() => [explorer.state, explorer.walks]")
    for i, (method, seen) in enumerate(zip(state["methods"], walks, strict=True)):
        walk = expected(state["name"], state["start"], method, state["steps"], state["tolerance"])
        assert_same_points(seen, walk, str(method))
        assert page.locator(f"#fate-{i}").inner_text() == fate_of(walk).short
        mark = "now" if i == state["chosen"] else f"other{i}_now"
        places, colours = page.evaluate(
            """([mark, i]) => {
              const all = [explorer.plane, explorer.course].map((p) => p.renderers.get(mark));
              const place = ({ data_source: { data } }) => [data.x[0], data.y[0]];
              return [all.map(place), all.map(({ glyph }) => glyph.fill_color.value)];
            }""",
            [mark, i],
        )
        k = min(state["k"], walk.stopped_at)
        where = walk.points[k] if walk.field.dimension == 2 else (*walk.points[k], walk.values[k])
        np.testing.assert_allclose(places, [where, (k, walk.values[k])], rtol=1e-9)
        assert colours == [LIGHT.crowd[(0, 2, 4)[i]]] * 2


def test_a_link_restores_three_methods(explorer, serious):
    page = explorer()
    methods = [chosen("barzilai-borwein", 0.1 + 0.2, {"length": "short"}), chosen("newton"),
               chosen("step-decay", 1 / 3, {"every": 7})]  # fmt: skip
    name, start = list(FUNCTIONS.items())[2]
    change = {"name": name, "start": start, "methods": methods, "chosen": 2}
    page.evaluate("change => explorer.set(change, 'end')", change)
    page.locator("#k").fill("2")
    link = page.evaluate("() => explorer.link()").partition("#")[2]
    again = explorer(f"#{link}", scheme="dark")
    state = page.evaluate("() => explorer.state")
    assert again.evaluate("() => explorer.state") == state
    assert (state["methods"], state["chosen"], state["k"]) == (methods, 2, 2)
    assert_walks_are_shown(page)
    assert serious(page) == []
    assert serious(again) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390


def test_a_broken_link_has_sound_methods(explorer):
    page = explorer("#f=exp(x) - log(x)&m=nothing&m=adam_-1_2_0.5_x&m=cosine-decay&c=9")
    state = page.evaluate("() => explorer.state")
    adam = chosen("adam", 0.1, {"beta2": 0.5})
    assert state["methods"] == [adam, chosen("cosine-decay", 0.1)]
    assert state["chosen"] == 0
