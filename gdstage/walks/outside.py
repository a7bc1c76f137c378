"""What lies outside the picture: an arrow at its edge, with the true number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.signs import arrow_head
from gdstage.look.text import math
from gdstage.proof.statement import segment, stated, tip, word

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdstage.layout import Box
    from gdstage.plane.axes import Plane
    from gdstage.proof.fact import Fact
    from gdstage.proof.fact import Place as Known

    Place = NDArray[np.float64]

ARROW = 0.55
SIZE = 28
DOWNWARD = -0.9
CLEAR = 0.3
"""How far a name over the box keeps from the vertical axis, in scene units."""

FAR = 1e4
"""Scene units: what is farther off is as good as there, and cannot overflow."""


def tamed(place: Place) -> Place:
    """A place of the scene (…, 3), brought near enough to compute with if it is far outside."""
    return np.clip(np.nan_to_num(place, nan=FAR, posinf=FAR, neginf=-FAR), -FAR, FAR)


class Pointer(mn.VGroup):
    """An arrow that ends at the border of a box, on the way to a place outside, and its name.

    It is nowhere until it is aimed. With `above`, an x of the frame, its name stands over the box
    and right of that, unless the arrow points down; else within the box.
    """

    def __init__(self, box: Box, colour: str, above: float | None = None) -> None:
        super().__init__()
        self.box, self.colour, self.above = box, colour, above
        self.shaft = mn.VMobject(stroke_color=colour, stroke_width=5)
        self.head = mn.VMobject(stroke_width=0).set_fill(colour, 1)
        self.said = mn.VGroup()
        self.code = ""
        self.add(self.shaft, self.head, self.said)
        self.set_z_index(12)

    def aim(self, start: Place, place: Place, code: str) -> Pointer:
        """Point from `start` (3,) in the box to `place` (3,) outside, which `code` names.

        Places are in scene units, `code` in Typst's mathematics.
        """
        place = tamed(place)
        tip = self.box.way_out(start, place)
        along = (place - start) / np.linalg.norm(place - start)
        # A start near the border leaves no room for all of it.
        length = min(ARROW, float(np.linalg.norm(tip - start)))
        self.shaft.set_points_as_corners([tip - length * along, tip - min(0.15, length) * along])
        self.head.set_points(arrow_head(tip - along, tip, self.colour, 0.26).points)
        if code != self.code:
            name = math(code, size=SIZE, colour=self.colour).set_z_index(12)
            self.said.remove(*self.said).add(name)
            self.code = code
        self._put_name(tip, along)
        return self

    def state(self, plane: Plane, start: Known, end: Known, *numbers: Fact) -> Pointer:
        """State from which place it points to which, and the `numbers` in its name.

        A coordinate that is None is as drawn: from there it points level to the other place.
        """
        stated(self.shaft, segment(plane, "pointer", start, end))
        stated(self.head, tip(plane, "pointer", start, end))
        stated(self.said[0], word("number", *numbers))
        return self

    def _put_name(self, tip: Place, along: Place) -> None:
        box, name = self.box, self.said[0]
        right = tip[0] > box.middle[0]
        if self.above is not None and along[1] > DOWNWARD:
            left = tip[0] - name.width if right else max(float(tip[0]), self.above + CLEAR)
            name.rest(left, box.top + 0.3)
            return
        base = tip[1] - 0.6 * along[1]
        if abs(along[1]) < 0.5:
            base = tip[1] - 0.5 if tip[1] - 0.5 > box.bottom + 0.2 else tip[1] + 0.3
        base = float(np.clip(base, box.bottom + 0.2, box.top - 0.45))
        name.rest(
            tip[0] - 0.2 if right else tip[0] + 0.2, base, anchor="right" if right else "left"
        )
