"""Numbers as a reader wants them: few digits, a true minus, powers of ten; exact ones beside."""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup, escape

DIGITS = 6
"""Significant digits that are shown."""

FEW = 3
"""Coordinates of the longest point that is written out."""


def number(value: float, digits: int = DIGITS) -> Markup:
    """A number rounded for reading; machines find the exact one in the element's value."""
    if math.isnan(value):
        return Markup('<span class="none">no value</span>')
    return Markup('<data value="{}">{}</data>').format(repr(float(value)), _rounded(value, digits))


def point(coordinates: Sequence[float]) -> Markup:
    """A point; of one in many dimensions, how many they are and how far from 0."""
    if len(coordinates) == 1:
        return number(coordinates[0])
    if len(coordinates) > FEW:
        norm = number(math.hypot(*coordinates), 3)
        return Markup("{} numbers, |·| = {}").format(len(coordinates), norm)
    return Markup("({})").format(Markup(", ").join(number(c) for c in coordinates))


def _rounded(value: float, digits: int) -> Markup:
    if math.isinf(value):
        return escape("−∞" if value < 0 else "∞")
    if value == 0:
        return escape("0")
    mantissa, power = f"{value:.{digits - 1}e}".split("e")
    exponent = int(power)
    if -4 <= exponent < digits + 1:
        return escape(_signed(_trimmed(f"{value:.{max(digits - 1 - exponent, 0)}f}")))
    return Markup("{} × 10<sup>{}</sup>").format(
        _signed(_trimmed(mantissa)), _signed(str(exponent))
    )


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _signed(text: str) -> str:
    return text.replace("-", "−")


def clock(seconds: float) -> str:
    """Minutes and seconds: 1:09."""
    minutes, rest = divmod(int(seconds + 1e-6), 60)
    return f"{minutes}:{rest:02}"


def spoken(seconds: float) -> str:
    """The same in words, for a sentence: 1 min 9 s."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def size(octets: int) -> str:
    """The size of a file: 1.3 MB, 47 kB."""
    if octets >= 999_950:
        return f"{octets / 1e6:.1f} MB"
    return f"{max(octets, 1000) / 1e3:.0f} kB"
