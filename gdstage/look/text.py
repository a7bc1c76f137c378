"""Words and formulas, set by Typst from its own fonts or a lecture's: no LaTeX, no system font."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import manim as mn

from gdstage.look.face import FACE
from gdstage.look.outlines import UnreadableError, outlines_in
from gdstage.look.prose import prose
from gdstage.look.rounding import shown
from gdstage.proof.statement import word

if TYPE_CHECKING:
    from gdstage.look.outlines import Outline
    from gdstage.look.rounding import Shown

BLACK = "#000000"
"""In which Typst sets what is given no colour."""

SMALLEST = 28
"""Manim's size of type that can still be read from the back row: an em of 39 px at 1080p."""

FRACTION_BAR = 2.0
"""Manim's units of stroke: Typst's own bar is not seen from the back row."""

# A bar of one em that stands on the baseline tells where the baseline is; it is removed again.
_STRUT = "#box(width: 0pt, height: 1em, rect(width: 0.01pt, height: 1em, fill: black))"


class _Glyph(mn.VMobject):
    """A shape of a text: what Typst has in black is in the text's `ink`."""

    def __init__(self, outline: Outline, ink: str) -> None:
        said = outline.fill or outline.stroke
        colour = ink if said == BLACK else said
        filled = {"fill_opacity": 1.0} if outline.fill else {"fill_color": mn.WHITE}
        super().__init__(color=colour, stroke_width=outline.stroke_width, **filled)
        self.set_points(outline.points * (1, -1, 1))


class Typeset(mn.Typst):
    """One line of text or mathematics that knows its baseline.

    `source` is what it says, for messages; `code` how Typst is told; `em` the height of an em in
    scene units.
    """

    def __init__(self, code: str, *, size: float, colour: str, source: str | None = None) -> None:
        face = FACE.get()
        self._ink = colour  # which the glyphs have as soon as they are read
        super().__init__(
            _STRUT + code, font_size=size, color=colour,
            typst_preamble=face.preamble, font_paths=face.known,
        )  # fmt: skip
        self.source, self.code = source or code, code
        self.statement = word("label")
        strut = self.submobjects[0]
        foot = strut.get_bottom()[1]
        self._full_em = strut.height
        self.remove(strut)
        for glyph in self.submobjects:
            if glyph.get_stroke_width() > 0:
                glyph.set_stroke(width=FRACTION_BAR)
        self._full_height = self.height
        self._full_drop = foot - self.get_bottom()[1]

    def init_svg_mobject(self, use_svg_cache: bool) -> Self:  # noqa: FBT001 (manim's)
        """Read the outlines from Typst's SVG, a glyph once, in place of manim's slow reading."""
        try:
            outlines = outlines_in(self.get_file_path())
        except UnreadableError:
            return super().init_svg_mobject(use_svg_cache)
        self.add(*(_Glyph(outline, self._ink) for outline in outlines))
        return self

    def init_colors(self, propagate_colors: bool = True) -> Self:  # noqa: FBT001, FBT002 (manim's)
        """Leave glyphs as they are: they were read in their colours."""
        if all(isinstance(part, _Glyph) for part in self.submobjects):
            return self
        return super().init_colors(propagate_colors)

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
    """Words, taken literally: no character of them is markup; mathematics among them is set so."""
    return Typeset(prose(text, bold=bold), size=size, colour=colour, source=text)


def math(code: str, *, size: float, colour: str) -> Typeset:
    """A formula in Typst's mathematics; `tint` colours parts of it."""
    return Typeset(in_math(code), size=size, colour=colour, source=code)


def in_math(code: str) -> str:
    """Typst's mathematics as a line of Typst."""
    return f"$display(#${code}$)$"


def tint(code: str, colour: str) -> str:
    """The part of a formula in a colour of its own."""
    return f'#text(fill: rgb("{colour}"), $display(#${code}$)$)'


def number(value: float, decimals: int = 6) -> str:
    """A rounded number in Typst's mathematics, with its "=" or "≈" in front."""
    rounded = shown(value, decimals)
    return f" {relation(rounded)} {digits(rounded)}"


def relation(number: Shown) -> str:
    """The relation sign of a number in Typst's mathematics."""
    return "approx" if number.relation == "≈" else number.relation


def digits(number: Shown) -> str:
    """The digits of a number in Typst's mathematics."""
    mantissa = number.mantissa.replace("−", "-")
    mantissa = '"no value"' if mantissa == "no value" else mantissa
    return mantissa if number.exponent is None else f"{mantissa} times 10^({number.exponent})"


def bare(number: Shown) -> str:
    """Its digits without "=", as in a table; rounded ones keep their "≈"."""
    return digits(number) if number.relation == "=" else f"{relation(number)} {digits(number)}"
