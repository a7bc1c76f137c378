"""Numbers and formulas are read as a viewer reads them, and told apart from what they are not."""

import math
from decimal import Decimal

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from gdlecture.verify.formulas import UnreadableError, check_formula, read_formula, same_function
from gdlecture.verify.reading import is_rounding, numerals
from gdmath import LOG_VALLEY, SAUNA, THREE_WELLS, TWO_VALLEYS
from gdmath.fields.regression import regression
from gdstage.look.printing import typst_of
from gdstage.look.rounding import floored, shown
from gdstage.look.text import digits, relation, tint

x, y = sp.symbols("x y")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("α = 0.04, 25 steps end at x ≈ 0.4327", ["= 0.04", "25", "≈ 0.4327"]),
        ("approx 4.483029", ["≈ 4.483029"]),
        ("approx -3.701 times 10^(-5)", ["≈ -3.701×10^-5"]),
        ("4.000×10⁻¹⁰", ["4.000×10^-10"]),
        ("x₁ ≈ −0.564, where f has no value", ["≈ -0.564"]),
        ("x_3 approx -0.564", ["≈ -0.564"]),
        ("x_0", []),
        ("abs(x_k - x_(k-1)) < 10^(-5)", ["< 10^-5"]),
        ("-alpha thin f'(x_0) approx -0.4328", ["≈ -0.4328"]),
        ("x_(k-1) - 0.1 times 2.5", ["0.1", "2.5"]),
        ("-log_10 abs(x_k - x^*)", []),
        ("e^(2 x) - ln x", []),
        ("x^(12) y^3", []),
        ("f''(x) > 0", ["> 0"]),
        ("a 2-D map and 3-dimensional room", []),
        (tint("0.5", "#6d7386") + " 436324", ["0.5436324"]),
        ("(4, −4), where it is 73.6 degrees", ["4", "-4", "73.6"]),
        ("the bound 15/32", ["15", "32"]),
        ("> 1.7 times 10^(308)", ["> 1.7×10^308"]),
        ("12\u2009%", ["12"]),
        ('"no value"', []),
    ],
)
def test_numerals_are_told_from_what_is_none(source, expected):
    assert [str(numeral) for numeral in numerals(source)] == expected


@pytest.mark.parametrize(
    ("source", "value", "unit"),
    [
        ("0.040", "0.040", "0.001"),
        ("1.20 times 10^(-5)", "0.0000120", "1E-7"),
        ("10^4", "10000", "1E+4"),
        ("−7", "-7", "1"),
    ],
)
def test_a_numeral_has_a_value_and_a_last_place(source, value, unit):
    (numeral,) = numerals(source)
    assert (numeral.value, numeral.unit) == (Decimal(value), Decimal(unit))


# Below the smallest normal numbers there is no float a last place further.
NORMAL = {"allow_subnormal": False}
FINITE = st.floats(-1e6, 1e6, **NORMAL) | st.floats(-1, 1, **NORMAL) | st.floats(1e-300, 1e-6)


@given(st.integers(1, 99_999), st.integers(-6, 6))
def test_what_is_shown_as_exact_is_read_as_exact(thousandths, steps):
    short = thousandths / 1000
    value = short + steps * math.ulp(short)
    said = shown(value, 3)
    (numeral,) = numerals(f"{relation(said)} {digits(said)}")
    assert is_rounding(numeral, value)


@given(FINITE, st.integers(3, 6))
def test_what_the_stage_writes_is_read_as_its_rounding(value, decimals):
    said = shown(value, decimals)
    (numeral,) = numerals(f"{relation(said)} {digits(said)}")
    assert is_rounding(numeral, value)
    # As far off as the next digit, and it is not one any more.
    assert not is_rounding(numeral, value + 1.01 * float(numeral.unit) + 1e-9 * abs(value))
    (words,) = numerals(f"{said.relation} {said}")
    assert (words.value, words.unit) == (numeral.value, numeral.unit)


@given(st.floats(-1e3, 1e3), st.integers(0, 6))
def test_what_is_rounded_down_is_not_above(value, decimals):
    (numeral,) = numerals(f"{floored(value, decimals):f}".replace("-", "−"))
    assert is_rounding(numeral, value, "down")
    unit = float(numeral.unit)
    assert not is_rounding(numeral, float(numeral.value) - 0.4 * unit, "down")
    assert not is_rounding(numeral, float(numeral.value) + 1.4 * unit, "down")


@pytest.mark.parametrize(
    ("said", "value", "holds"),
    [
        ("= 0.3", 0.1 + 0.2, True),
        ("= 0.3", 0.3000001, False),
        ("≈ 0.300000", 0.3000001, True),
        ("≈ 0.000000", 1e-9, False),
        ("≈ 0.5", 0.56, False),
        ("25", 25.0, True),
        ("< 10^(-5)", 9e-6, True),
        ("< 10^(-5)", 2e-5, False),
        ("≤ 0.3", 0.3, True),
        ("> 1.7 times 10^(308)", math.inf, True),
        ("> 1.7 times 10^(308)", 5.0, False),
        ("= 0", math.nan, False),
        ("= −2", 2.0, False),
    ],
)
def test_a_relation_says_how_exact_a_number_is(said, value, holds):
    (numeral,) = numerals(said)
    assert is_rounding(numeral, value) is holds


# --- formulas ------------------------------------------------------------------------------

LOSS = regression("a*t + b", {"t": [0, 1, 2], "score": [1, 3, 4]}, target="score")


@pytest.mark.parametrize("field", [LOG_VALLEY, TWO_VALLEYS, SAUNA, THREE_WELLS, LOSS])
def test_the_lectures_formulas_are_read_as_their_fields(field):
    code = typst_of(field)
    assert check_formula(f"f(x, y) = {code}", field) == ""
    lies = {code.replace(old, new, 1) for old, new in (("- ", "+ "), ("x", "y"), ("2", "3"))}
    for lie in lies - {code, code.removeprefix("- ")}:
        assert check_formula(f"f(x, y) = {lie}", field) != "", lie


def test_a_derivative_is_not_its_field():
    assert check_formula("f'(x) = e^(x) - 1/x", LOG_VALLEY, ("x",)) == ""
    told = check_formula("f'(x) = e^(x) - ln x", LOG_VALLEY, ("x",))
    assert told == "expected exp(x) - 1/x, found exp(x) - log(x)"


def test_colours_of_parts_change_nothing():
    assert read_formula("x - " + tint("alpha", "#f4e04d") + " y") == x - sp.Symbol("alpha") * y


@pytest.mark.parametrize("code", ["ln (x)^(2)", "2 3", "x^(2)^(3)", "", "x +", "vec(x)", "a; b"])
def test_what_cannot_be_read_is_no_pass(code):
    with pytest.raises(UnreadableError):
        read_formula(code)
    assert check_formula(code, LOG_VALLEY) != ""


def test_functions_are_compared_by_their_values():
    assert same_function((x + 1) ** 2, x**2 + 2 * x + 1)
    assert not same_function(x**2, x**2 + sp.Float("1e-9"))
    with pytest.raises(UnreadableError, match="at 0 of"):
        same_function(sp.log(-1 - x**2), sp.log(-1 - x**2))
