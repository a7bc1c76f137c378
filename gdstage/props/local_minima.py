"""What `scenes/local_minima.py` shows: a crowd that falls onto the axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn

if TYPE_CHECKING:
    from gdstage.walks.crowd import Crowd


class Drops(mn.VGroup):
    """Copies of a crowd's dots, to fall straight down."""

    def __init__(self, crowd: Crowd) -> None:
        super().__init__(*(dot.copy().release() for dot in crowd.dots))

    def fall(self, floor: float, run_time: float) -> mn.Animation:
        """Let them fall to a height of the frame (scene units)."""
        falls = (mn.ApplyMethod(dot.set_y, floor) for dot in self)
        return mn.AnimationGroup(
            *falls, run_time=run_time, rate_func=mn.rate_functions.ease_in_quad
        )
