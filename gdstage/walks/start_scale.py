"""A scale of starts: a knob on the present one, signs for what became of each, their threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn

from gdmath import Verdict
from gdstage.look.signs import CROSS_SIGN, TICK_SIGN, strokes
from gdstage.look.text import math, words
from gdstage.walks.panel import COLUMN, GAUGE_WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdstage.look.theme import Theme


class StartScale(mn.VGroup):
    """An axis of starts x₀ from `low` to `high`; signs and colours come as the walks are seen."""

    def __init__(
        self, theme: Theme, starts: Sequence[float], low: float, high: float, *, y: float = -2.05
    ) -> None:
        super().__init__()
        self.theme, self.low, self.high, self._y = theme, low, high, y
        self.line = mn.Line(self.at(low), self.at(high), color=theme.dim, stroke_width=7)
        self.add(self.line)
        name = math("x_0", size=28, colour=theme.label)
        self.add(name.rest(COLUMN, y - 0.07))
        for start in starts:
            label = words(f"{start:g}", size=24, colour=theme.label)
            self.add(mn.Dot(self.at(start), radius=0.055, color=theme.ink))
            self.add(label.rest(self.at(start)[0], y + 0.27, anchor="centre"))
        self.knob = mn.Circle(0.15, stroke_color=theme.iterate, stroke_width=4).set_fill(opacity=0)
        self.knob.move_to(self.at(starts[0]))
        self.add(self.knob)

    def at(self, start: float) -> mn.typing.Point3D:
        """Where a start is on the scale, in scene units (3,)."""
        share = (start - self.low) / (self.high - self.low)
        return mn.RIGHT * (COLUMN + 0.45 + share * (GAUGE_WIDTH - 0.5)) + mn.UP * self._y

    def choose(self, start: float) -> mn.Animation:
        """Move the knob to a start."""
        return mn.ApplyMethod(self.knob.move_to, self.at(start))

    def sign(self, start: float, verdict: Verdict) -> mn.VMobject:
        """What became of the walk from a start, above its label: a tick or a cross."""
        good = verdict is Verdict.CONVERGED
        shape, colour = (TICK_SIGN, "minimum") if good else (CROSS_SIGN, "danger")
        sign = strokes(shape, 0.1, getattr(self.theme, colour), 5)
        return sign.shift(self.at(start) + 0.6 * mn.UP)

    def part(self, threshold: float, digits: str) -> mn.VGroup:
        """The scale in two colours, which meet at the threshold, with the threshold's digits."""
        fence = self.at(threshold)
        below = mn.Line(self.at(self.low), fence, color=self.theme.danger, stroke_width=7)
        above = mn.Line(fence, self.at(self.high), color=self.theme.minimum, stroke_width=7)
        post = mn.Line(fence + 0.2 * mn.DOWN, fence + 0.14 * mn.UP)
        post.set_stroke(self.theme.ink, 3)
        name = math(digits, size=30, colour=self.theme.ink)
        name.rest(max(fence[0] - 0.5, COLUMN), self._y - 0.55)
        return mn.VGroup(below, above, post, name)
