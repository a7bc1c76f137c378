"""What `scenes/learning_rate.py` shows: axes for how high above the minimum walks are."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

from gdstage.layout import Box
from gdstage.plane.axes import Plane
from gdstage.plane.ticks import nice_ticks
from gdstage.walks.chart import goal_line

if TYPE_CHECKING:
    from gdstage.look.theme import Theme

BOX = Box(left=-5.6, right=1.75, bottom=-2.35, top=1.9)


def height_plane(theme: Theme, tolerance: float, bound: float, steps: int) -> Plane:
    """Axes for height above the minimum, and how low a tolerance asks a walk to come.

    `bound` is the largest stable learning rate at the minimum, 2/f″; the longest walk takes so many
    `steps`.
    """
    plane = Plane(
        theme, BOX, (0, steps + 2), (1e-13, 10.0),
        x_ticks=[tick for tick in nice_ticks(0, steps) if tick == int(tick)],
        y_ticks=[10.0**power for power in range(-12, 1, 3)],
        x_name="k", y_name="f(x_k) - f(x^*)", log_y=True,
    )  # fmt: skip
    # Near the minimum f − f* = f′² / 2f″.
    goal = tolerance**2 * bound / 4
    code = f"abs(f') = 10^({round(log10(tolerance))})"
    return plane.add(*goal_line(plane, goal, code))
