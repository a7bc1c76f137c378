"""What lies outside the picture: an arrow at its edge, with the true value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.signs import arrow_head
from gdstage.look.text import math

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdstage.layout import Box

ARROW = 0.55


class PointerOut(mn.VGroup):
    """An arrow that ends at the border of a box, on the way to a place outside, and its name.

    `start` (3,) is in the box, `place` (3,) outside, both in scene units; `code` says in Typst's
    mathematics what is there.
    """

    def __init__(
        self,
        box: Box,
        start: NDArray[np.float64],
        place: NDArray[np.float64],
        code: str,
        colour: str,
    ) -> None:
        super().__init__()
        tip = box.way_out(start, place)
        along = (place - start) / np.linalg.norm(place - start)
        shaft = mn.Line(tip - ARROW * along, tip - 0.15 * along, color=colour, stroke_width=5)
        self.add(shaft, arrow_head(tip - along, tip, colour, 0.26))
        name = math(code, size=28, colour=colour)
        anchor = "right" if tip[0] > (box.left + box.right) / 2 else "left"
        self.add(name.rest(tip[0], tip[1] + 0.3, anchor=anchor))
