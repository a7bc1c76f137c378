"""A number that changes many times."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.face import FACE
from gdstage.look.rounding import as_chosen, shown
from gdstage.look.text import digits, in_math, math, relation
from gdstage.proof.fact import Fact
from gdstage.proof.statement import stated, word

if TYPE_CHECKING:
    from gdstage.look.face import Face
    from gdstage.look.rounding import Shown


class Readout(mn.VGroup):
    """A number that changes many times: its glyphs are set once and then only moved.

    It is written from (x, y), the left end of its baseline in scene units, and begins with its
    "=" or "≈"; with `chosen` it has no zeros that say nothing, and `bare`, in a table, no "=". The
    slots stay the same objects, since manim lists what moves only once a play.
    """

    slots = 18

    def __init__(
        self,
        x: float,
        y: float,
        *,
        size: float,
        colour: str,
        decimals: int = 6,
        chosen: bool = False,
        bare: bool = False,
    ) -> None:
        super().__init__(*(mn.VMobject(stroke_width=0) for _ in range(self.slots)))
        self.set_fill(colour, 1)
        self._place = (x, y, 0.0)
        self._scale = size / _GLYPH_SIZE
        self.em = self._scale * _full_em()
        self.source = self.code = ""
        self._decimals, self._chosen, self._bare = decimals, chosen, bare

    def write(self, value: float | Fact, beside: str = "") -> Readout:
        """Show `value`, honestly rounded; nothing where there is no value.

        A fact is what the number states, `beside` the formula that it stands next to.
        """
        glyphs, powers, pen = _glyphs(), _powers(), 0.0
        facts = (value,) if isinstance(value, Fact) else ()
        size = value.value if isinstance(value, Fact) else value
        size = float("nan") if size is None else float(size)
        number = as_chosen(size) if self._chosen else shown(size, self._decimals)
        bare = self._bare and number.relation == "="
        self.source = digits(number) if bare else f"{relation(number)} {digits(number)}"
        self.code = in_math(self.source)
        stated(self, word("number", *facts, beside=beside))
        characters = _characters(number)
        if bare:
            characters = characters[1:]
        for slot, (character, raised) in zip(self.submobjects, characters, strict=False):
            shape, advance = (powers if raised else glyphs)[character]
            slot.set_points(shape.points * self._scale + self._place + np.array([pen, 0.0, 0.0]))
            pen += advance * self._scale
        for slot in self.submobjects[len(characters) :]:
            slot.clear_points()
        return self


_GLYPH_SIZE = 48.0
# Relations and operators keep the space that Typst gives them between two numbers.
_ALPHABET = {
    "=": "=",
    "≈": "approx",
    "<": "<",
    ">": ">",
    "×": "times",
    "−": 'class("normal", minus)',
    ".": 'class("normal", .)',
} | {digit: digit for digit in "0123456789"}


def _characters(number: Shown) -> list[tuple[str, bool]]:
    if number.mantissa == "no value":
        return []
    text = number.relation + number.mantissa
    if number.exponent is None:
        return [(character, False) for character in text]
    power = str(number.exponent).replace("-", "−")
    return [(c, False) for c in text + "×10"] + [(c, True) for c in power]


# Their shapes depend on the fonts, by which they are remembered.


def _full_em() -> float:
    return _em_in(FACE.get())


@cache
def _em_in(_face: Face) -> float:
    return math("0", size=_GLYPH_SIZE, colour="#ffffff").em


def _glyphs() -> dict[str, tuple[mn.VMobject, float]]:
    """Each character's shape on the baseline y = 0 with the pen at x = 0, and its advance."""
    return _glyphs_in(FACE.get())


@cache
def _glyphs_in(_face: Face) -> dict[str, tuple[mn.VMobject, float]]:
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


def _powers() -> dict[str, tuple[mn.VMobject, float]]:
    """The same for what stands in an exponent, whose pen is where the digit below it ends."""
    return _powers_in(FACE.get())


@cache
def _powers_in(_face: Face) -> dict[str, tuple[mn.VMobject, float]]:
    _, digit_advance = _glyphs()["0"]
    below, only = math("0^0", size=_GLYPH_SIZE, colour="#ffffff").rest(0.0, 0.0).submobjects
    start = only.get_left()[0] - below.get_left()[0]
    glyphs = {}
    for character in "−0123456789":
        code = f"0^({_ALPHABET[character]} 0)"
        below, shape, after = (
            math(code, size=_GLYPH_SIZE, colour="#ffffff").rest(0.0, 0.0).submobjects
        )
        pen = below.get_left()[0] + digit_advance
        advance = after.get_left()[0] - below.get_left()[0] - start
        glyphs[character] = (shape.copy().shift((-pen, 0, 0)), advance)
    return glyphs
