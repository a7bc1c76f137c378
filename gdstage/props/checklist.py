"""A list of steps that lights up as they are done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn

from gdstage.look.text import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdstage.look.theme import Theme

SIZE = 28
ROW = 0.56


class Checklist(mn.VGroup):
    """Numbered lines from (x, top) downward, pale until they are lit."""

    def __init__(self, theme: Theme, lines: Sequence[str], *, x: float, top: float) -> None:
        super().__init__()
        self._theme = theme
        for row, text in enumerate(lines):
            y = top - row * ROW
            number = words(str(row + 1), size=SIZE, colour=theme.dim, bold=True).rest(x, y)
            self.add(mn.VGroup(number, words(text, size=SIZE, colour=theme.dim).rest(x + 0.35, y)))

    def light(self, row: int) -> mn.Animation:
        """Light one line up; those above stay lit."""
        number, text = self.submobjects[row]
        return mn.AnimationGroup(
            mn.FadeToColor(number, self._theme.iterate), mn.FadeToColor(text, self._theme.ink)
        )
