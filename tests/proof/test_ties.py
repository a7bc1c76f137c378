"""What stands together and does not agree, told from the claims alone."""

from types import SimpleNamespace

import pytest

from gdlecture.verify.charts import misnamed_charts
from gdlecture.verify.claims import Claim
from gdlecture.verify.evidence import BrandRecord
from gdlecture.verify.rule_lines import check_rule, check_step
from gdlecture.verify.shapes import ClaimError
from gdlecture.verify.ties import disagreements, early_ends
from gdlecture.verify.tones import wrong_tones
from gdmath import ScalarField

GREEN, RED, BLUE = "#3cc08e", "#e8643c", "#437eba"


def claim(kind, what, scale="scale 1", **told):
    return Claim(kind, what, 0.0, 1.0, scale, {"kind": kind, **told})


def word(text, what="number", colour="#e9e7e1", box=(0, 0, 10, 10), **told):
    return claim(
        "word", what, None, text=text, code=text, colours=[colour], box=list(box), em=10.0, **told
    )


# --- shares of starts ----------------------------------------------------------------------


def stretch(minimum, colour):
    reaches = {"what": "basin minimum", "of": {}, "value": minimum}
    return claim("segment", "starts", reaches=reaches, style={"stroke": [colour, 1.0, 8.0]})


def share(minimum, colour):
    fact = {"what": "basin share", "of": {"minimum": minimum}, "value": 36.5}
    return word("36%", colour=colour, facts=[fact])


@pytest.mark.parametrize(("colour", "told"), [(GREEN, 0), (RED, 1), ("#e9e7e1", 0)])
def test_a_share_has_the_colour_of_its_starts(colour, told):
    standing = [stretch(0, GREEN), stretch(1, RED), share(0, colour)]
    found = [line for line in disagreements(standing, {}, {}, {}) if line]
    assert len(found) == told
    assert all("expected the colour #3cc08e of its starts" in line for line in found)


# --- ends of walks -------------------------------------------------------------------------


@pytest.mark.parametrize(("k", "told"), [(8, 0), (7, 0), (6, 1), (0, 1)])
@pytest.mark.parametrize("what", ["verdict", "sign"])
def test_an_end_is_not_told_before_the_walk_is_there(what, k, told):
    end = claim("scenery", what, facts=[{"what": "end", "of": {"walk": "down"}, "value": ""}])
    record = SimpleNamespace(walk=lambda _: SimpleNamespace(stopped_at=8))
    assert len(list(early_ends([end], {"down": {k}}, record))) == told
    assert list(early_ends([end], {"other": {k}}, record)) == []


# --- a step in numbers ---------------------------------------------------------------------

STEP = [{"what": what, "of": {}, "value": 1.0} for what in ("coordinate", "rate", "slope")]


@pytest.mark.parametrize(
    ("text", "is_true"),
    [
        ("approx 1.6 - 0.1 dot 4.3280", True),
        ("approx 0.5671502 - 0.1 dot 3.36 times 10^(-5)", True),
        ("= 1.6 - 0.1 dot (-4.3)", True),
        ("approx 1.6 + 0.1 dot 4.3280", False),
        ("approx 1.6 - 0.1 + 4.3280", False),
    ],
)
def test_a_step_in_numbers_subtracts(text, is_true):
    assert bool(check_step(word(text, facts=STEP))) != is_true
    assert check_step(word(text, facts=STEP[:2])) == ""


# --- names of axes -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "name", "told"),
    [
        ("graph", "f", 0), ("graph", "f(x)", 0), ("graph", "f'", 1),
        ("trace", "f'", 0), ("trace", "f", 1), ("trace", "f(x)", 1),
    ],
)  # fmt: skip
def test_a_derivative_has_a_prime_and_its_function_none(what, name, told):
    field = {"function": "x**2", "variables": ["x"]}
    standing = [
        claim("axes", "axes", box=[100, 100, 500, 300], x={"name": "x"}, y={"name": ""}),
        claim("curve", what, field=field),
        word("x", "label", box=(505, 295, 512, 305)),
        word(name, "label", box=(90, 80, 98, 92)),
    ]
    record = SimpleNamespace(field=lambda of: ScalarField.parse(of["function"]))
    found = [line for line in misnamed_charts(standing, record) if "name of" in line]
    assert len(found) == told


@pytest.mark.parametrize(("axis", "name"), [(0, "x_k"), (1, "y_k")])
@pytest.mark.parametrize("told", ["x_k", "y_k"])
def test_a_chart_of_a_coordinate_is_called_after_it(axis, name, told):
    standing = [
        claim("axes", "axes", box=[100, 100, 500, 300], x={"name": "k"}, y={"name": told}),
        claim("polyline", "chart", walk="w", measure="coordinate", axis=axis),
        word(told, "label", box=(90, 70, 110, 90)),
    ]
    found = list(misnamed_charts(standing, SimpleNamespace()))
    assert (found == []) == (told == name)


# --- a thermometer -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("height", "colour", "is_true"),
    [(84.0, RED, True), (84.0, BLUE, False), (74.0, BLUE, True), (74.0, RED, False)],
)
def test_the_column_of_a_thermometer_is_red_where_it_is_hot(height, colour, is_true):
    axes = claim("axes", "axes", window=[[0, 1], [73.0, 85.0]])
    top = {"what": "height", "of": {}, "value": height}
    column = claim(
        "region", "column", places=[[None, None], [None, top]], style={"fill": [colour, 1.0]}
    )
    record = SimpleNamespace(
        evidence=SimpleNamespace(claims=[axes, column], brand=BrandRecord()),
        value=lambda fact: fact["value"],
    )
    if is_true:
        assert list(wrong_tones(column, record)) == []
    else:
        with pytest.raises(ClaimError, match="expected a column in"):
            list(wrong_tones(column, record))


# --- rules ---------------------------------------------------------------------------------

PAIR = 'vec(x_k, y_k, delim: "[") = vec(x_(k-1), y_(k-1), delim: "[") - '


@pytest.mark.parametrize(("method", "by"), [("newton", "H^(-1)"), ("gradient", "alpha thin")])
@pytest.mark.parametrize(("where", "fits"), [("(x_(k-1), y_(k-1))", True), ("", False)])
def test_a_rule_says_where_its_gradient_is(method, by, where, fits):
    said = check_rule(word(f"{PAIR}{by} nabla f{where}", "rule", method=method))
    assert (said == "") is fits
