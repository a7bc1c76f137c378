"""A table of live numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn

from gdstage.look.readout import Readout
from gdstage.look.text import math

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdstage.look.theme import Theme

SIZE, HEAD_SIZE = 28, 30
ROW = 0.52
RELATION = 0.34


class NumberTable(mn.VGroup):
    """Columns under their heads, each a pair of Typst's mathematics and a colour.

    Column i begins at `xs[i]`, the heads' baseline is at `top` (scene units); there are as many
    `rows` as said, empty until they are written, with numbers to so many `decimals`.
    """

    def __init__(
        self,
        theme: Theme,
        heads: Sequence[tuple[str, str]],
        xs: Sequence[float],
        *,
        top: float,
        rows: int,
        decimals: int,
    ) -> None:
        super().__init__()
        self.xs, self.top = xs, top
        self.heads = mn.VGroup()
        for (code, colour), x in zip(heads, xs, strict=True):
            self.heads.add(math(code, size=HEAD_SIZE, colour=colour).rest(x + RELATION, top))
        ends = ((xs[0], top - 0.3, 0), (self.heads.get_right()[0] + 0.4, top - 0.3, 0))
        self.heads.add(mn.Line(*ends, color=theme.dim, stroke_width=2))
        self.rows = mn.VGroup()
        for row in range(rows):
            cells = mn.VGroup()
            for (_, colour), x in zip(heads, xs, strict=True):
                y = self.height_of(row)
                cells.add(Readout(x, y, size=SIZE, colour=colour, decimals=decimals))
            self.rows.add(cells)
        self.add(self.heads, self.rows)

    def height_of(self, row: int) -> float:
        """The baseline of a row."""
        return self.top - 0.8 - row * ROW

    def write(self, row: int, values: Sequence[float]) -> NumberTable:
        """Write the numbers of a row."""
        for readout, value in zip(self.rows[row], values, strict=True):
            readout.write(float(value))
        return self
