"""What clips in space share: parts that come and go, and a column of formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn

from gdmath import ScalarField, Walk, descend, gradient_step
from gdstage.clip import Clip
from gdstage.look.text import math

if TYPE_CHECKING:
    from gdstage.look.text import Typeset
    from gdstage.space.space import Space

COLUMN, TOP = 2.5, 1.95
SIZE = 36

Point = tuple[float, float]


class SpaceClip(Clip):
    """A clip with one space at the left and formulas at the right.

    Walks stop where both partial derivatives are below `tolerance`, the lab's 1e-3.
    """

    tolerance = 1e-3
    space: Space

    def walk(
        self, name: str, rate: float, field: ScalarField, start: Point, steps: int = 25
    ) -> Walk:
        """The walk with these settings, known to the evidence by its name."""
        return self.know(name, descend(field, start, gradient_step(rate), steps, self.tolerance))

    def show(self, *parts: mn.Mobject, run_time: float = 0.4) -> None:
        """Let parts appear, of the space or beside it."""
        self.play(*(mn.FadeIn(part) for part in parts), run_time=run_time)

    def hide(self, *parts: mn.Mobject, run_time: float = 0.4) -> None:
        """Let parts go, and take them out of the space."""
        self.play(*(mn.FadeOut(part) for part in parts), run_time=run_time)
        self.space.remove(*parts)

    def row(self, down: float, code: str, colour: str) -> Typeset:
        """A formula of the column, its baseline `down` scene units under the first."""
        return math(code, size=SIZE, colour=colour).rest(COLUMN, TOP - down)
