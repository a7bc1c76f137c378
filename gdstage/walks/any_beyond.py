"""Where an iterate is that left the window: an arrow at the edge, with the true number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.readout import Readout
from gdstage.look.signs import arrow_head
from gdstage.look.text import math

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdstage.layout import Box
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme

ARROW = 0.55
SIZE = 26
GAP = 0.04
FAR = 1e4
"""Scene units: what is farther off is as good as there, and cannot overflow."""


def tamed(place: NDArray[np.float64]) -> NDArray[np.float64]:
    """A place of the scene (3,), brought near enough to compute with if it is far outside."""
    return np.clip(np.nan_to_num(place, nan=FAR, posinf=FAR, neginf=-FAR), -FAR, FAR)


class Beyond(mn.VGroup):
    """One arrow at the border of a box, which points to an iterate outside and tells its number.

    Over the left or right border that is x_k, over the upper or lower one f. It is made once and
    then only moved; `aim` shows it, `rest` takes it away.
    """

    def __init__(self, theme: Theme, box: Box, value_name: str = "f(x_k)") -> None:
        super().__init__()
        self.box = box
        self.shaft = mn.VMobject(stroke_color=theme.danger, stroke_width=5)
        self.head = mn.VMobject(stroke_width=0).set_fill(theme.danger, 1)
        self.names = [math(code, size=SIZE, colour=theme.danger) for code in ("x_k", value_name)]
        self.number = Readout(0, 0, size=SIZE, colour=theme.danger, decimals=4)
        self.add(self.shaft, self.head, *self.names, self.number)
        self.set_z_index(12)
        self.rest()

    def rest(self) -> Beyond:
        """Be nowhere: the iterate is in the window."""
        for part in (self.shaft, self.head, *self.number):
            part.clear_points()
        for name in self.names:
            name.set_fill(opacity=0)
        return self

    def aim(self, place: NDArray[np.float64], x: float, value: float) -> Beyond:
        """Point to an iterate outside: its place in the scene (3,), and its numbers."""
        box, place = self.box, tamed(place)
        sideways = not box.left <= place[0] <= box.right
        if sideways:
            along = mn.RIGHT if place[0] > box.right else mn.LEFT
            tip = np.array([box.right if along[0] > 0 else box.left, box.top - 0.55, 0.0])
        else:
            along = mn.UP if place[1] > box.top else mn.DOWN
            tip = np.array([place[0], box.top if along[1] > 0 else box.bottom, 0.0])
        base = tip[1] - 0.55 if sideways else tip[1] - 0.42 * along[1] - 0.08
        return self._show(tip, along, self.names[not sideways], x if sideways else value, base)

    def aim_across(self, place: NDArray[np.float64], value: float) -> Beyond:
        """Point from the middle of a map to an iterate outside it, and tell its value."""
        box = self.box
        middle = np.array([(box.left + box.right) / 2, (box.bottom + box.top) / 2, 0.0])
        tip = box.way_out(middle, tamed(place))
        along = (tip - middle) / np.linalg.norm(tip - middle)
        base = float(np.clip(tip[1] - 0.6 * along[1], box.bottom + 0.2, box.top - 0.45))
        if abs(along[1]) < 0.5:
            base = tip[1] - 0.5
        return self._show(tip, along, self.names[1], value, base)

    def _show(
        self, tip: NDArray[np.float64], along: NDArray[np.float64], name: Typeset, value: float,
        base: float,
    ) -> Beyond:  # fmt: skip
        self.rest()
        self.shaft.set_points_as_corners([tip - ARROW * along, tip - 0.15 * along])
        self.head.set_points(arrow_head(tip - along, tip, "#000000", 0.26).points)
        name.set_fill(opacity=1)
        self.number.write(value)
        # The number is written from the origin of its own line and shifted there with its name.
        width = name.width + GAP + self.number.width
        right = tip[0] > (self.box.left + self.box.right) / 2
        left = float(tip[0] - width - 0.2 if right else tip[0] + 0.2)
        name.rest(left, float(base))
        self.number.shift((left + name.width + GAP, base, 0.0))
        return self
