"""Text made to fit: smaller if it must be, and short if it would be too small."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gdstage.look.text import math

if TYPE_CHECKING:
    from gdstage.look.text import Typeset

TALLEST = 0.75
"""What a formula may be high, in scene units."""


def fitted(text: Typeset, width: float) -> Typeset:
    """The text, made smaller if it is wider than `width` (scene units)."""
    if text.width > width:
        text.scale(width / text.width)
    return text


def rounded_off(code: str) -> str:
    """Typst's mathematics with long rows of zeros as powers of ten: 3 · 10⁹ for 3000000000."""

    def power(found: re.Match[str]) -> str:
        digits, zeros = found.groups()
        return f"10^({len(zeros)})" if digits == "1" else f"{digits} dot 10^({len(zeros)})"

    return re.sub(r"(?<![\d.])([1-9]\d*?)(0{6,})(?![\d.])", power, code)


def formula_line(name: str, code: str, *, size: float, colour: str, width: float) -> Typeset:
    """A function's formula on one line, or its name alone if it would be too small to be read."""
    text = math(f"{name} = {rounded_off(code)}", size=size, colour=colour)
    if text.width > 2.6 * width:
        text = math(f"{name} = ...", size=size, colour=colour)
    return fitted(text, min(width, text.width * TALLEST / max(text.height, TALLEST)))
