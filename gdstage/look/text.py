"""Words and formulas, set by Typst from its own fonts: neither LaTeX nor a system font matters."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.rounding import shown

if TYPE_CHECKING:
    from gdstage.look.rounding import Shown

_PREAMBLE = '#set text(font: "Libertinus Serif")'
# A bar of one em that stands on the baseline tells where the baseline is; it is removed again.
_STRUT = "#box(width: 0pt, height: 1em, rect(width: 0.01pt, height: 1em, fill: black))"


class Typeset(mn.Typst):
    """One line of text or mathematics that knows its baseline.

    `source` is what it says, for messages; `em` the height of an em in scene units.
    """

    def __init__(self, code: str, *, size: float, colour: str, source: str | None = None) -> None:
        super().__init__(_STRUT + code, font_size=size, color=colour, typst_preamble=_PREAMBLE)
        self.source = source or code
        strut = self.submobjects[0]
        foot = strut.get_bottom()[1]
        self._full_em = strut.height
        self.remove(strut)
        self._full_height = self.height
        self._full_drop = foot - self.get_bottom()[1]

    def __repr__(self) -> str:
        """What manim's progress bar says of it."""
        return self.source

    @property
    def em(self) -> float:
        """One em in scene units."""
        return float(self._full_em * self.height / self._full_height)

    @property
    def baseline(self) -> float:
        """The y of the baseline in scene units."""
        return float(self.get_bottom()[1] + self._full_drop * self.height / self._full_height)

    def rest(self, x: float, y: float, *, anchor: str = "left") -> Typeset:
        """Put the baseline at y and the left edge, centre or right edge at x (scene units)."""
        edge = {"left": self.get_left, "centre": self.get_center, "right": self.get_right}[anchor]
        self.shift((x - edge()[0], y - self.baseline, 0))
        return self


def words(text: str, *, size: float, colour: str, bold: bool = False) -> Typeset:
    """Plain words, taken literally: no character of them is markup."""
    # Libertinus sets the double prime into the f; a hair space parts them.
    parted = text.replace("f″", "f\u200a″")
    quoted = parted.replace("\\", "\\\\").replace('"', '\\"')
    code = f'#strong("{quoted}")' if bold else f'#"{quoted}"'
    return Typeset(code, size=size, colour=colour, source=text)


def math(code: str, *, size: float, colour: str) -> Typeset:
    """A formula in Typst's mathematics; `tint` colours parts of it."""
    return Typeset(f"$display(#${code}$)$", size=size, colour=colour, source=code)


def tint(code: str, colour: str) -> str:
    """The part of a formula in a colour of its own."""
    return f'#text(fill: rgb("{colour}"), $display(#${code}$)$)'


def number(value: float, decimals: int = 6) -> str:
    """A rounded number in Typst's mathematics, with its "=" or "≈" in front."""
    rounded = shown(value, decimals)
    return f" {relation(rounded)} {digits(rounded)}"


def relation(number: Shown) -> str:
    """The relation sign of a number in Typst's mathematics."""
    return "approx" if number.relation == "≈" else "="


def digits(number: Shown) -> str:
    """The digits of a number in Typst's mathematics."""
    mantissa = number.mantissa.replace("−", "-").replace("∞", "infinity")
    mantissa = '"no value"' if mantissa == "no value" else mantissa
    return mantissa if number.exponent is None else f"{mantissa} times 10^({number.exponent})"


class Readout(mn.VGroup):
    """A number that changes many times: its glyphs are set once and then only moved.

    It is written from (x, y), the left end of its baseline in scene units, and begins with its
    "=" or "≈". The slots stay the same objects, since manim lists what moves only once a play.
    """

    slots = 18

    def __init__(self, x: float, y: float, *, size: float, colour: str, decimals: int = 6) -> None:
        super().__init__(*(mn.VMobject(stroke_width=0) for _ in range(self.slots)))
        self.set_fill(colour, 1)
        self._place = (x, y, 0.0)
        self._scale = size / _GLYPH_SIZE
        self._decimals = decimals

    def write(self, value: float) -> Readout:
        """Show `value`, honestly rounded."""
        glyphs, pen = _glyphs(), 0.0
        characters = _characters(shown(value, self._decimals))
        for slot, (character, raised) in zip(self.submobjects, characters, strict=False):
            shape, advance = glyphs[character]
            scale = self._scale * (_SUPER_SCALE if raised else 1.0)
            rise = _SUPER_RISE * self._scale if raised else 0.0
            slot.set_points(shape.points * scale + self._place + np.array([pen, rise, 0.0]))
            pen += advance * scale
        for slot in self.submobjects[len(characters) :]:
            slot.clear_points()
        return self


_GLYPH_SIZE = 48.0
_SUPER_SCALE = 0.7
_SUPER_RISE = 0.175
# Relations and operators keep the space that Typst gives them between two numbers.
_ALPHABET = {
    "=": "=",
    "≈": "approx",
    "×": "times",
    "−": 'class("normal", minus)',
    "∞": "infinity",
    ".": 'class("normal", .)',
} | {digit: digit for digit in "0123456789"}


def _characters(number: Shown) -> list[tuple[str, bool]]:
    text = number.relation + number.mantissa.replace("no value", "∞")
    if number.exponent is None:
        return [(character, False) for character in text]
    power = str(number.exponent).replace("-", "−")
    return [(c, False) for c in text + "×10"] + [(c, True) for c in power]


@cache
def _glyphs() -> dict[str, tuple[mn.VMobject, float]]:
    """Each character's shape on the baseline y = 0 with the pen at x = 0, and its advance."""
    double = math("00", size=_GLYPH_SIZE, colour="#ffffff").rest(0.0, 0.0).submobjects
    zero_advance = double[1].get_left()[0] - double[0].get_left()[0]
    glyphs = {}
    for character, code in _ALPHABET.items():
        between = math(f"0 {code} 0", size=_GLYPH_SIZE, colour="#ffffff").rest(0.0, 0.0)
        before, shape, after = between.submobjects
        advance = after.get_left()[0] - before.get_left()[0] - zero_advance
        pen = before.get_left()[0] - double[0].get_left()[0] + zero_advance
        glyphs[character] = (shape.copy().shift((-pen, 0, 0)), advance)
    return glyphs
