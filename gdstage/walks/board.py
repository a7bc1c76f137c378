"""Several runs beside their picture: what each is called, where it is, what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn

from gdstage.layout import SHAPE
from gdstage.look.fitting import fitted
from gdstage.look.key import KeyEntry
from gdstage.look.readout import Readout
from gdstage.look.signs import SIGNS, strokes
from gdstage.look.text import SMALLEST, words
from gdstage.proof.ending_facts import EndFacts
from gdstage.proof.fact import WalkFacts
from gdstage.proof.statement import sign, stated, word
from gdstage.shape import WIDE
from gdstage.walks.fates import fate_of
from gdstage.walks.readouts import EDGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdstage.look.theme import Theme
    from gdstage.walks.run import Run

ROOMY = 4
"""So many runs have two lines each."""

HEIGHT = 4.6
WIDEST = 2.1
"""Of the name of one of many runs, scene units."""

FOLDED_HEIGHT, FEWEST_ROWS, BETWEEN = 2.0, 4, 0.3
"""Of rows in two columns, which are as close as so many at least; how far those are apart."""


MANY, FEW = (26, 24) if SHAPE == WIDE else (SMALLEST, SMALLEST)
"""The sizes of many names and of their numbers: other frames have fewer pixels to a size."""


class ShortReadout(Readout):
    """A readout of few glyphs: there are many of them, and all are redrawn each frame."""

    slots = 12


class Board(mn.VGroup):
    """A row for each run from (x, top) down: its colour and name, f at its iterate, its fate.

    The three parts `names`, `numbers` and `fates` come and go each on its own; `names` is part of
    the group. Up to four runs have their fate in a second line; of more, it takes the number's
    place. Rows that are `folded` stand in two columns.
    """

    def __init__(
        self, theme: Theme, runs: Sequence[Run], *, x: float, top: float, folded: bool = False
    ) -> None:
        super().__init__()
        self.runs = runs
        self.names, self.numbers, self.fates = mn.VGroup(), mn.VGroup(), mn.VGroup()
        roomy = len(runs) <= ROOMY
        height, aside = (HEIGHT, 0.0) if not folded else (FOLDED_HEIGHT, (EDGE - x) / 2)
        rows = len(runs) if not folded else (len(runs) + 1) // 2
        size, pitch = (34, 1.05) if roomy else (MANY, height / max(rows, FEWEST_ROWS))
        places = [(x + aside * (i // rows), top - pitch * (i % rows)) for i in range(len(runs))]
        for run, (left, y) in zip(runs, places, strict=True):
            room = EDGE - x - aside - 1.95 if roomy else WIDEST
            name = KeyEntry(run.colour, run.label, left, y, size=size, width=room, facts=run.facts)
            self.names.add(name)
        widest = max(name.width for name in self.names)
        for run, (left, y), entry in zip(runs, places, self.names, strict=True):
            column = left + max(2.05, widest + 0.2)
            at = entry.get_right()[0] + 0.3 if roomy else column
            number = ShortReadout(
                at, y, size=28 if roomy else FEW, colour=theme.function, decimals=3
            )
            self.numbers.add(number)
            fate = fate_of(run.walk)
            told = fate.words if roomy else fate.short
            place = (left + 0.35, y - 0.45) if roomy else (column, y)
            edge = EDGE if not folded else left + aside - BETWEEN
            signed = _fate(theme, told, fate.sign, fate.tone, place, edge)
            verdict = EndFacts(run.walk).verdict()
            stated(signed[0], sign(verdict))
            stated(signed[1], word("verdict", verdict))
            self.fates.add(signed)
        self.add(self.names)

    def read(self, ks: Sequence[int]) -> Board:
        """Read out iterate k of each run."""
        for readout, run, k in zip(self.numbers, self.runs, ks, strict=True):
            readout.write(WalkFacts(run.walk).value(k), beside=run.label)
        return self


def _fate(  # noqa: PLR0917 (how it looks, and where)
    theme: Theme, told: str, kind: str, tone: str, place: tuple[float, float], edge: float
) -> mn.VGroup:
    colour, (x, y) = getattr(theme, tone), place
    icon = strokes(SIGNS[kind], 0.1, colour, 5).shift((x + 0.1, y + 0.1, 0))
    said = fitted(words(told, size=28, colour=colour), edge - x - 0.3)
    return mn.VGroup(icon, said.rest(x + 0.3, y))
