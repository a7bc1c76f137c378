"""Numbers as a readout may honestly show them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

SMALLEST_FIXED = 1e-3
LARGEST_FIXED = 1e6
DUST = 4
"""Fewer units in the last place than these float64 may leave of a short decimal:
1.7999999999999998. The decimal itself is up to half a unit from its float."""


@dataclass(frozen=True)
class Shown:
    """A number as shown: `relation` is "=" if nothing was rounded away, else "≈".

    It is ">" or "<" of what is too large to be told.
    """

    relation: str
    mantissa: str
    exponent: int | None = None

    def __str__(self) -> str:
        if self.exponent is None:
            return self.mantissa
        return f"{self.mantissa}×10{str(self.exponent).translate(SUPERSCRIPTS)}"


SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def shown(value: float, decimals: int = 6) -> Shown:
    """`value` (float64) with at most `decimals` decimals, never rounded to a false zero.

    Numbers whose shortest decimal form fits, but for float64's dust, are written whole, with "=";
    others are rounded half
    to even from their exact binary value, with "≈". Very small and very large ones get a power of
    ten and `decimals` - 3 decimals. A minus is the typographic one.
    """
    if not math.isfinite(value):
        return _beyond(value)
    whole = Decimal(repr(float(value))).normalize()
    if value == 0:
        return Shown("=", "0")
    if _fits(whole, decimals):
        return Shown("=", _typographic(f"{whole:f}"))
    near = Decimal(repr(round(float(value), decimals))).normalize()
    if near and abs(float(near) - value) < DUST * math.ulp(value) and _fits(near, decimals):
        return Shown("=", _typographic(f"{near:f}"))
    exact = Decimal(float(value))
    if SMALLEST_FIXED <= abs(value) < LARGEST_FIXED:
        rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)
        return Shown("≈", _typographic(f"{rounded:f}"))
    digits = f"{exact:.{max(decimals - 3, 1)}e}"
    mantissa, exponent = digits.split("e")
    same = Decimal(digits) == whole
    return Shown("=" if same else "≈", _typographic(mantissa), int(exponent))


def _beyond(value: float) -> Shown:
    """A number beyond float64, whose largest is 1.797…×10³⁰⁸; it is not infinite."""
    if math.isnan(value):
        return Shown("=", "no value")
    return Shown(">", "1.7", 308) if value > 0 else Shown("<", "−1.7", 308)


def counted(count: int, what: str) -> str:
    """A number of things in words: 1 clip, 2 clips."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def floored(value: float, decimals: int) -> Decimal:
    """A number rounded down, for what is said of all numbers up to it."""
    return Decimal(float(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_FLOOR)


def as_chosen(value: float) -> Shown:
    """A number that someone chose, without zeros that say nothing: 4×10⁻¹⁰, not 4.000×10⁻¹⁰."""
    rounded = shown(value, 9)
    if rounded.exponent is None or "." not in rounded.mantissa:
        return rounded
    return replace(rounded, mantissa=rounded.mantissa.rstrip("0").rstrip("."))


def _fits(whole: Decimal, decimals: int) -> bool:
    _, digits, exponent = whole.as_tuple()
    if not isinstance(exponent, int):
        return False
    return -exponent <= decimals and len(digits) + max(exponent, 0) <= decimals + 1


def _typographic(text: str) -> str:
    return text.replace("-", "−")
