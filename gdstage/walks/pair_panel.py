"""The live numbers of a walk of two variables, under the rule that makes the next iterate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.readout import Readout
from gdstage.look.text import math, tint

if TYPE_CHECKING:
    from gdmath import Walk
    from gdstage.look.theme import Theme

SIZE = 34
ROW = 0.68


class PairPanel(mn.VGroup):
    """α, k, x_k, y_k and the length of the gradient at the current iterate p_k = (x_k, y_k)."""

    def __init__(self, theme: Theme, x: float, top: float) -> None:
        super().__init__()
        alpha, slope = tint("alpha", theme.iterate), tint("nabla f(p_(k-1))", theme.tangent)
        rule = math(f"p_k = p_(k-1) - {alpha} thin {slope}", size=SIZE, colour=theme.ink)
        self.add(rule.rest(x, top))
        self.numbers = mn.VGroup()
        rows = {
            "alpha": (0.0, 1.1, theme.iterate),
            "k": (1.9, 1.1, theme.ink),
            "x_k": (0.0, 2.1, theme.iterate),
            "y_k": (0.0, 3.1, theme.iterate),
            "abs(nabla f(p_k))": (0.0, 4.1, theme.tangent),
        }
        for code, (across, down, colour) in rows.items():
            label = math(code, size=SIZE, colour=colour).rest(x + across, top - ROW * down - 0.1)
            self.add(label)
            place = (label.get_right()[0] + 0.03, label.baseline)
            self.numbers.add(Readout(*place, size=SIZE, colour=colour, decimals=4))

    def read(self, walk: Walk, k: int) -> PairPanel:
        """Read out iterate k."""
        rate = float("nan") if walk.step.rate is None else walk.step.rate
        steepness = np.linalg.norm(walk.gradients[k])
        for readout, value in zip(self.numbers, (rate, k, *walk.points[k], steepness), strict=True):
            readout.write(float(value))
        return self
