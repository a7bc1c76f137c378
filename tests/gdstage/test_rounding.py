import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdstage.look.rounding import shown


@pytest.mark.parametrize(
    ("value", "decimals", "relation", "text"),
    [
        (1.6, 6, "=", "1.6"),
        (0.0, 6, "=", "0"),
        (-0.0, 6, "=", "0"),
        (25.0, 6, "=", "25"),
        (0.4964619, 6, "≈", "0.496462"),
        (-0.3713574123, 4, "≈", "−0.3714"),
        (0.125, 2, "≈", "0.12"),  # a tie goes to the even digit
        (0.9999999, 4, "≈", "1.0000"),
        (0.064 + 3 * math.ulp(0.064), 3, "=", "0.064"),
        (0.06400000000000006, 3, "≈", "0.064"),  # 4 units of the last place off, and a little
        (-8.6123e-6, 6, "≈", "−8.612×10⁻⁶"),
        (1e-5, 6, "=", "0.00001"),
        (1e-7, 6, "=", "1.000×10⁻⁷"),
        (1234567.8, 6, "≈", "1.235×10⁶"),
        (1e9, 6, "=", "1.000×10⁹"),
        (float("inf"), 6, ">", "1.7×10³⁰⁸"),
        (float("-inf"), 6, "<", "−1.7×10³⁰⁸"),
        (float("nan"), 6, "=", "no value"),
    ],
)
def test_known_numbers(value, decimals, relation, text):
    assert (shown(value, decimals).relation, str(shown(value, decimals))) == (relation, text)


def as_decimal(number):
    mantissa = Decimal(number.mantissa.replace("−", "-"))
    return mantissa.scaleb(number.exponent or 0)


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(2, 8))
def test_never_further_off_than_half_a_unit_of_the_last_digit(value, decimals):
    number = shown(value, decimals)
    last = Decimal(1).scaleb(Decimal(number.mantissa.replace("−", "-")).as_tuple().exponent)
    unit = last.scaleb(number.exponent or 0)
    assert abs(as_decimal(number) - Decimal(value)) <= unit / 2


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_equality_is_claimed_only_where_the_number_reads_back(value):
    number = shown(value)
    if number.relation == "=":
        assert float(as_decimal(number)) == value


@given(st.floats(allow_nan=False, allow_infinity=False).filter(bool))
def test_no_number_is_rounded_to_zero(value):
    assert as_decimal(shown(value)) != 0
