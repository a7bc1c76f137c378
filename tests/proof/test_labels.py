"""Labels are bare names, or say what is proved."""

from types import SimpleNamespace

import pytest

from gdlecture.verify.claims import Claim
from gdlecture.verify.equations import Known, check_equation
from gdlecture.verify.labels import check_label
from gdlecture.verify.written import check_letters, check_row, check_way
from gdmath import PARABOLOID, ScalarField

SADDLE = ScalarField.parse("x**2 - y**2")
LINE = ScalarField.parse("x**2")
AT = ((0.8, 0.6),)

EQUATIONS = [
    (PARABOLOID, "f(x, y) = x^(2) + y^(2)", "f(x, y) = x^(2) - y^(2)"),
    (PARABOLOID, "f(x, 1) = x^(2) + 1", "f(x, 1) = x^(2) + 2"),
    (PARABOLOID, "f(x, c) = x^(2) + c^(2)", "f(x, c) = x^(2) + c^(3)"),
    (PARABOLOID, "(partial f)/(partial x) = 2 x = 0", "(partial f)/(partial x) = 2 x = 1"),
    (PARABOLOID, "(partial f)/(partial y)(2, 3) = 6", "(partial f)/(partial y)(2, 3) = 4"),
    (PARABOLOID, "(partial f)/(partial y)(2, 0.3) approx 0.6",
     "(partial f)/(partial y)(2, 0.3) approx 0.7"),
    (PARABOLOID, 'nabla f = vec(2 x, 2 y, delim: "[")', 'nabla f = vec(2 y, 2 x, delim: "[")'),
    (PARABOLOID, "abs(nabla f) = sqrt(4 x^2 + 4 y^2)", "abs(nabla f) = sqrt(2 x^2 + 2 y^2)"),
    (PARABOLOID, 'nabla f(2, 3) = vec(4, 6, delim: "[")', 'nabla f(2, 3) = vec(6, 4, delim: "[")'),
    (PARABOLOID, "L(x, y) = 1.6 x + 1.2 y - 1", "L(x, y) = 1.6 x + 1.2 y + 1"),
    (PARABOLOID, "f - L = h^(2)", "f - L = h"),
    (SADDLE, "H = mat(display(2), display(0); display(0), display(- 2))",
     "H = mat(display(2), display(0); display(0), display(2))"),
    (SADDLE, "lambda_2 = -2", "lambda_2 = -3"),
    (SADDLE, "(x, y) = (0, 0)", "(x, y) = (0, 1)"),
    (LINE, "f'(x) = 2 x", "f'(x) = x"),
    (LINE, "f'(3) > 0", "f'(3) < 0"),
    (LINE, '"slope" = (f(x + h) - f(x)) / h', '"slope" = (f(x + h) + f(x)) / h'),
    (LINE, "h -> 0", "h -> 1"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "true", "false"), EQUATIONS, ids=[e[1] for e in EQUATIONS])
def test_equations_are_held_against_the_functions(field, true, false):
    known = Known((field,), AT)
    assert check_equation(true, known) == ""
    assert check_equation(false, known)


def test_what_is_of_nothing_known_is_not_proved():
    known = Known((PARABOLOID,), AT)
    for code in ("k = 3", "alpha = 0.1", "x = 1", "(partial f)/(partial z) = 0", "f = ", "Q = R"):
        assert check_equation(code, known), code
    assert check_equation("f = 2", Known(()))


class Evidence:
    """A clip of one field over which one walk goes."""

    names = ("Down the hill",)

    def __init__(self, *claims):
        self.evidence = SimpleNamespace(claims=claims, beats=())

    def field(self, _):
        return PARABOLOID

    def walk(self, _):
        return SimpleNamespace(field=PARABOLOID)


def word(text, what="label", box=(0, 0, 10, 10), **told):
    code = f'#"{text}"' if told.pop("prose", False) else f"$display(#${text}$)$"
    return Claim(
        "word", what, 0, 1, None, {"text": text, "code": code, "em": 10, "box": box, **told}
    )


FIELD = Claim("surface", "surface", 0, 1, "s", {"field": {"walk": "down"}})


def wrong(claim, *standing):
    told = check_label(claim, (FIELD, claim, *standing), Evidence(claim, *standing))
    return [line for line in told if line]


@pytest.mark.parametrize(
    "text",
    ["x", "x_k", "x^*", "f'", "f(x_k)", "(partial f)/(partial x)(x_k, y_k)",
     "abs(nabla f(x_k, y_k))", "nabla f", "lambda_2", "f(x + h) - f(x)",
     "-log_10 abs(x_k - x^*)", '"slope"'],
)  # fmt: skip
def test_symbols_are_bare_names(text):
    assert wrong(word(text)) == []


@pytest.mark.parametrize(
    "text", ["0.18", "div 4", "f(x + h) + f(x)", "2 x", "x^(2)", "x_k = 2", "x + y", "pm 3"]
)
def test_other_formulas_are_not(text):
    assert wrong(word(text))


def test_a_term_of_a_proved_equation_is_a_name():
    assert wrong(word("c^(2)"), word("f(x, c) = x^(2) + c^(2)")) == []
    assert wrong(word("c^(3)"), word("f(x, c) = x^(2) + c^(2)"))


@pytest.mark.parametrize(
    "text", ["tries", "squared error", "right digits", "trained on log loss", "down the hill"]
)
def test_words_that_claim_nothing_are_names(text):
    assert wrong(word(text, prose=True)) == []


@pytest.mark.parametrize(
    "text",
    ["saddle", "minimum", "the deepest valley", "it arrives", "4 along x", "always right", "α = 3",
     "all digits right",
     "positive definite: a minimum", "no value", "> 0: curves up", "x is only a number"],
)  # fmt: skip
@pytest.mark.parametrize("what", ["label", "whatever it calls itself", "formula"])
def test_words_that_claim_need_facts(text, what):
    assert wrong(word(text, what, prose=True))


def test_a_number_alone_is_an_item_only_in_its_turn():
    one, two = word("1", box=(0, 0, 10, 10), prose=True), word("2", box=(0, 20, 10, 30), prose=True)
    texts = [word("step", box=(15, y, 60, y + 10), prose=True) for y in (0, 20)]
    assert wrong(two, one, *texts) == []
    assert wrong(word("3", box=(0, 20, 10, 30), prose=True), one, *texts)
    assert wrong(two, one)


def test_only_a_number_is_what_the_cut_has_a_number_for():
    cut = word("f(x, 1) = x^(2) + 1")
    assert wrong(word("y is only a number", prose=True), cut) == []
    assert wrong(word("x is only a number", prose=True), cut)


def number(text, *facts, box=(0, 0, 10, 10)):
    return word(text, "number", box, facts=list(facts))


def test_a_slope_is_along_its_own_letter():
    slope = {"what": "slope", "of": {"walk": "w", "k": 0, "axis": 0}, "value": 4.0}
    assert check_letters(number("4 along x", slope)) == ""
    assert check_letters(number("4 along y", slope))
    place = {"what": "coordinate", "of": {"walk": "w", "k": 0, "axis": 1}, "value": 4.0}
    assert check_letters(number("y = 4", place)) == ""
    assert check_letters(number("x = 4", place))


def test_a_gap_is_that_at_the_distance_in_its_row():
    gap = number("0.16", {"what": "gap", "of": {"h": 0.4}, "value": 0.16}, box=(20, 0, 30, 10))
    same, other = (
        number(str(h), {"what": "given", "of": {"name": "h"}, "value": h}) for h in (0.4, 0.6)
    )
    assert check_row(gap, [same]) == ""
    assert check_row(gap, [other])


def test_a_step_goes_where_its_sign_says():
    record = SimpleNamespace(value=lambda fact: fact["value"])
    left = word("so the step goes left", "way", step={"value": -1.0})
    assert check_way(left, record) == ""
    assert check_way(word("so the step goes right", "way", step={"value": -1.0}), record)
