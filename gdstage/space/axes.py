"""Axes along the edges of a space's box, where no surface hides their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.text import math

if TYPE_CHECKING:
    from gdstage.space.space import Space

NAMES = ("x", "y", "f(x, y)")
SIZE = 28
OVERHANG = np.array([0.11, 0.11, 0.08])


def box_axes(space: Space) -> mn.Group:
    """Axes for a viewer at -y and +x: x along the front, y along the right, f at the left.

    They pass the box by a share of its sides, and belong to the space.
    """
    theme, box = space.world.theme, space.box
    low, high = box.low, box.high
    tips = np.diag(high + OVERHANG * (high - low))
    left_front, right_front = low, np.array([high[0], low[1], low[2]])
    group = mn.Group()
    for axis, tail in enumerate((left_front, right_front, left_front)):
        tip = np.where(np.arange(3) == axis, tips[axis], tail)
        group.add(space.arrow(tail, tip, theme.dim, width=2.5, head=0.16))
        name = math(NAMES[axis], size=SIZE, colour=theme.label)
        group.add(space.label(name, tip, away_from=tail, gap=0.08))
    return group
