"""A formula whose parts have names, so that they can be coloured, dimmed, and moved one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn

from gdstage.look.text import Typeset, tint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Parts(Typeset):
    """A formula set in one piece, from (name, code) pairs in Typst's mathematics.

    `part[name]` holds the glyphs of a part, in the order in which they are set; `colours` are by
    name, `colour` is for the rest.
    """

    def __init__(
        self,
        parts: Sequence[tuple[str, str]],
        *,
        size: float,
        colour: str,
        colours: Mapping[str, str] | None = None,
    ) -> None:
        # Each part is set in a colour of its own: that tells later which glyphs are whose.
        marks = {name: f"#0000{index + 1:02x}" for index, (name, _) in enumerate(parts)}
        code = " ".join(tint(part, marks[name]) for name, part in parts)
        source = " ".join(part for _, part in parts)
        super().__init__(f"$display(#${code}$)$", size=size, colour=colour, source=source)
        self.part = {name: self._marked(mark) for name, mark in marks.items()}
        for name, glyphs in self.part.items():
            paint(glyphs, (colours or {}).get(name, colour))

    def _marked(self, mark: str) -> mn.VGroup:
        return mn.VGroup(
            *(
                glyph
                for glyph in self.submobjects
                if mark in (_hex(glyph.get_fill_color()), _hex(glyph.get_stroke_color()))
            )
        )


def paint(glyphs: mn.VMobject, colour: str) -> mn.VMobject:
    """Give glyphs, fraction bars among them, a colour."""
    for glyph in glyphs.family_members_with_points():
        if glyph.get_stroke_width() > 0:
            glyph.set_stroke(colour)
        glyph.set_fill(colour)
    return glyphs


def _hex(colour: mn.ManimColor | None) -> str:
    return colour.to_hex().lower() if colour else ""
