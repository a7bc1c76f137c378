"""Axes along the edges of a space's box, where no surface hides their names."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.text import math
from gdstage.proof.fact import given
from gdstage.proof.statement import scenery, segment, stated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdstage.space.space import Space

SIZE = 28
OVERHANG = (0.11, 0.11, 0.08)
# Shares of the box's height between which zero is worth a tick, and the tick's of half its width.
_INSIDE = (0.04, 0.85)
_TICK = 0.06


def edge_axes(
    space: Space,
    names: Sequence[str] = ("x", "y", "f"),
    corner: Sequence[float] | None = None,
    overhang: Sequence[float] = OVERHANG,
) -> mn.Group:
    """Axes of x and y along the two edges of the floor next to the viewer, f at the left corner.

    Or all three through one `corner` (x, y) of the floor. They pass the box by a share of its
    sides, `overhang`, and belong to the space: an arrow and its name, three times. Where the floor
    is well below zero, the height zero has a tick.
    """
    theme, view = space.world.theme, space.world.view()
    low, high = space.box.low, space.box.high
    corners = [np.array([x, y, low[2]]) for x, y in product(*zip(low[:2], high[:2], strict=True))]
    front = max(corners, key=lambda corner: float(view.project(corner)[2]))
    left = min(corners, key=lambda corner: float(view.project(corner)[0]))
    if corner is not None:
        front = left = np.array([*corner, low[2]])
    group = mn.Group()
    for axis, name in enumerate(names):
        tail = (left if axis == 2 else front).copy()
        tail[axis] = low[axis]
        tip = tail.copy()
        tip[axis] = high[axis] + overhang[axis] * (high - low)[axis]
        arrow = space.arrow(tail, tip, theme.dim, width=2.5, head=0.16)
        group.add(stated(arrow, scenery("axis", space)))
        text = math(name, size=SIZE, colour=theme.label)
        group.add(space.label(text, tip, away_from=tail, gap=0.08))
    if _INSIDE[0] < -low[2] / (high - low)[2] < _INSIDE[1]:
        zero = np.array([*left[:2], 0.0])
        inward = (low + high) / 2 - left
        beside = zero + _TICK * np.array([*inward[:2], 0.0])
        tick = space.line(zero, beside, theme.dim, width=2.5)
        ends = (tuple(given("tick", float(c)) for c in end) for end in (zero, beside))
        group.add(stated(tick, segment(space, "zero", *ends)))
        text = math("0", size=SIZE, colour=theme.label)
        group.add(space.label(text, zero, away_from=beside, gap=0.08))
    return group
