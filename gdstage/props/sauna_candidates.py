"""What `scenes/sauna_candidates.py` shows: candidates, each checked in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn

from gdstage.look.text import math, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdstage.look.theme import Theme

ROW = 0.62
SIZE = 32
RESULT_AT = 1.5


class CandidateTable(mn.VGroup):
    """Candidates below each other from (x, top), in Typst's mathematics; results appear beside."""

    def __init__(self, theme: Theme, codes: Sequence[str], *, x: float, top: float) -> None:
        super().__init__()
        self._x, self._top = x, top
        self.names = mn.VGroup(
            *(
                math(code, size=SIZE, colour=theme.ink).rest(x, top - ROW * row)
                for row, code in enumerate(codes)
            )
        )
        self.add(self.names)

    def check(self, row: int, result: str, colour: str) -> list[mn.Animation]:
        """Write the result of a row, and give the row its colour."""
        said = words(result, size=SIZE - 4, colour=colour)
        said.rest(self._x + RESULT_AT, self._top - ROW * row)
        self.add(said)
        return [mn.FadeIn(said), mn.FadeToColor(self.names[row], colour)]
