"""What lies outside the picture: an arrow at its edge, with the true value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.text import math
from gdstage.plane.axes import arrow_head

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdstage.plane.axes import Box

ARROW = 0.55


def is_inside(box: Box, place: NDArray[np.float64]) -> bool:
    """Whether a place (3,) of the scene is in the box."""
    return bool(box.left <= place[0] <= box.right and box.bottom <= place[1] <= box.top)


def way_out(
    box: Box, start: NDArray[np.float64], place: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Where the way from a place (3,) in the box to one (3,) out of it crosses the border (3,)."""
    low, high = np.array([box.left, box.bottom]), np.array([box.right, box.top])
    way = (place - start)[:2]
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(way > 0, (high - start[:2]) / way, (low - start[:2]) / way)
    share = float(np.min(shares[way != 0], initial=1.0))
    return start + share * (place - start)


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
        tip = way_out(box, start, place)
        along = (place - start) / np.linalg.norm(place - start)
        shaft = mn.Line(tip - ARROW * along, tip - 0.15 * along, color=colour, stroke_width=5)
        self.add(shaft, arrow_head(tip - along, tip, colour, 0.26))
        name = math(code, size=28, colour=colour)
        anchor = "right" if tip[0] > (box.left + box.right) / 2 else "left"
        self.add(name.rest(tip[0], tip[1] + 0.3, anchor=anchor))
