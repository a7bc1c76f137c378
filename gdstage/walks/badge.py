"""The verdict on a walk: words, with a sign in their colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn

from gdstage.look.fitting import fitted
from gdstage.look.signs import SIGNS, strokes
from gdstage.look.text import words
from gdstage.walks.fates import fate_of
from gdstage.walks.readouts import COLUMN, EDGE

if TYPE_CHECKING:
    from gdmath import Walk
    from gdstage.look.theme import Theme


class Badge(mn.VGroup):
    """What became of a walk, its baseline from (x, y) in scene units."""

    def __init__(self, theme: Theme, walk: Walk, *, x: float = COLUMN, y: float = -2.95) -> None:
        super().__init__()
        fate = fate_of(walk)
        colour = getattr(theme, fate.tone)
        icon = strokes(SIGNS[fate.sign], 0.13, colour, 6).shift((x + 0.15, y + 0.13, 0))
        said = fitted(words(fate.words, size=32, colour=colour), EDGE - x - 0.5)
        self.add(icon, said.rest(x + 0.5, y))
