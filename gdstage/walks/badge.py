"""The verdict on a walk: words, with a sign in their colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn

from gdstage.layout import PANEL
from gdstage.look.fitting import fitted
from gdstage.look.signs import SIGNS, strokes
from gdstage.look.text import words
from gdstage.proof.ending_facts import EndFacts
from gdstage.proof.statement import scenery, sign, stated, word
from gdstage.walks.fates import fate_of
from gdstage.walks.readouts import COLUMN, EDGE

if TYPE_CHECKING:
    from gdmath import Walk
    from gdstage.look.theme import Theme


VERDICT = PANEL.bottom + 0.1
"""The baseline of a verdict in the panel, in scene units."""


class Remark(mn.VGroup):
    """Words with a sign, both in the colour of a meaning, their baseline from (x, y)."""

    def __init__(self, text: str, kind: str, colour: str, x: float, y: float) -> None:
        self.icon = strokes(SIGNS[kind], 0.13, colour, 6).shift((x + 0.15, y + 0.13, 0))
        self.said = fitted(words(text, size=32, colour=colour), EDGE - x - 0.5)
        super().__init__(stated(self.icon, scenery("sign")), self.said.rest(x + 0.5, y))


class Badge(Remark):
    """What became of a walk, its baseline from (x, y) in scene units."""

    def __init__(self, theme: Theme, walk: Walk, *, x: float = COLUMN, y: float = VERDICT) -> None:
        fate = fate_of(walk)
        super().__init__(fate.words, fate.sign, getattr(theme, fate.tone), x, y)
        verdict = EndFacts(walk).verdict()
        stated(self.icon, sign(verdict))
        stated(self.said, word("verdict", verdict))
