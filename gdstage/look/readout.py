"""A number that changes many times."""

from __future__ import annotations

from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.face import FACE
from gdstage.look.rounding import as_chosen, shown
from gdstage.look.text import digits, in_math, math, relation
from gdstage.proof.fact import Fact
from gdstage.proof.statement import stated, word

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        """Show `value`, honestly rounded, or that there is none; then a `bare` one is empty.

        A fact is what the number states, `beside` the formula that it stands next to.
        """
        facts = (value,) if isinstance(value, Fact) else ()
        size = value.value if isinstance(value, Fact) else value
        size = float("nan") if size is None else float(size)
        number = as_chosen(size) if self._chosen else shown(size, self._decimals)
        bare = self._bare and number.relation == "="
        self.source = digits(number) if bare else f"{relation(number)} {digits(number)}"
        self.code = in_math(self.source)
        stated(self, word("number", *facts, beside=beside))
        if number.mantissa == NO_VALUE:
            return self._draw([] if bare else [(shape, 0.0) for shape in _no_value()])
        glyphs, powers = _glyphs(), _powers()
        characters = _characters(number)[1 if bare else 0 :]
        return self._draw((powers if raised else glyphs)[sign] for sign, raised in characters)

    def _draw(self, glyphs: Iterable[tuple[mn.VMobject, float]]) -> Readout:
        """Put shapes into the slots, each as far on as the advances of those before it."""
        pen = 0.0
        for slot, glyph in zip_longest(self.submobjects, glyphs):
            if glyph is None:
                slot.clear_points()
                continue
            shape, advance = glyph
            slot.set_points(shape.points * self._scale + self._place + np.array([pen, 0.0, 0.0]))
            pen += advance * self._scale
        return self


_GLYPH_SIZE = 48.0
NO_VALUE = "no value"
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


def _no_value() -> list[mn.VMobject]:
    """The shapes of "= no value" as after a label, all with one pen at x = 0."""
    return _no_value_in(FACE.get())


@cache
def _no_value_in(_face: Face) -> list[mn.VMobject]:
    line = math(f'0 = "{NO_VALUE}"', size=_GLYPH_SIZE, colour="#ffffff").rest(0.0, 0.0)
    label, *shapes = line.submobjects
    one, other = math("00", size=_GLYPH_SIZE, colour="#ffffff").submobjects
    pen = label.get_left()[0] + other.get_left()[0] - one.get_left()[0]
    return [shape.copy().shift((-pen, 0, 0)) for shape in shapes]


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
