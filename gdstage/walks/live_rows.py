"""Rows of a formula and the live number that it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import manim as mn

from gdstage.look.readout import Readout
from gdstage.look.text import math

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gdmath import Walk
    from gdstage.look.text import Typeset

SIZE = 36
DECIMALS = 4


@dataclass(frozen=True)
class LiveRow:
    """A formula in Typst's mathematics, its colour, and what it is at iterate k of a walk."""

    code: str
    colour: str
    value: Callable[[Walk, int], float]


class LiveRows(mn.VGroup):
    """Rows under each other, the first baseline from (x, y), in scene units; reads out a walk."""

    def __init__(
        self, rows: Sequence[LiveRow], *, x: float, y: float, step: float, size: float = SIZE
    ) -> None:
        super().__init__()
        self.rows = rows
        self.numbers = mn.VGroup()
        for index, row in enumerate(rows):
            label = math(row.code, size=size, colour=row.colour).rest(x, y - step * index)
            self.add(label)
            self.numbers.add(live_number(label, row.colour, size))

    def read(self, walk: Walk, k: int) -> LiveRows:
        """Read out iterate k."""
        for readout, row in zip(self.numbers, self.rows, strict=True):
            readout.write(float(row.value(walk, k)))
        return self


def live_number(label: Typeset, colour: str, size: float = SIZE) -> Readout:
    """A number of at most four decimals that begins where its label ends."""
    place = label.get_right()[0] + 0.03
    return Readout(place, label.baseline, size=size, colour=colour, decimals=DECIMALS)
