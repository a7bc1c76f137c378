"""What clips in space share: a walk on the surface, and a column of formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gdstage.layout import PANEL
from gdstage.look.printing import typst
from gdstage.look.text import math
from gdstage.proof.statement import stated, word
from gdstage.walks.badge import Badge
from gdstage.walks.surface_walk import SurfaceWalk
from gdstage.walks.walk_clip import WalkClip

if TYPE_CHECKING:
    from gdmath import ScalarField, Walk
    from gdstage.look.text import Typeset
    from gdstage.space.space import Space

COLUMN, TOP = PANEL.left - 0.234, PANEL.top - 0.9
SIZE = 36


class SpaceClip(WalkClip):
    """A clip with one space at the left and formulas at the right, from x = `column`.

    The tolerance is the lab's in two variables.
    """

    tolerance = 1e-3
    column, size = COLUMN, SIZE
    space: Space

    def figure_of(self, name: str, walk: Walk) -> SurfaceWalk:
        """The walk on the surface."""
        return SurfaceWalk(self.space, name, walk)

    def badge_of(self, walk: Walk) -> Badge:
        """The verdict, in the column."""
        return Badge(self.theme, walk, x=self.column, y=PANEL.top - 5.05)

    def name_of(
        self, field: ScalarField, *, code: str = "", colour: str = "", down: float = 0.0
    ) -> Typeset:
        """The formula of a field, the first of the column; in a code and colour of its own if told.

        It is `down` scene units under the first baseline.
        """
        said = f"f(x, y) = {code or typst(field.expr)}"
        text = self.row(down, said, colour or self.theme.function)
        return stated(text, word("formula", field=field))

    def row(self, down: float, code: str, colour: str) -> Typeset:
        """A formula of the column, its baseline `down` scene units under the first."""
        return math(code, size=self.size, colour=colour).rest(self.column, TOP - down)
