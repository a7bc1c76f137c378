"""Scales with a knob: where a learning rate stands, where a start stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn

from gdmath import Verdict
from gdstage.look.fitting import fitted
from gdstage.look.rounding import floored
from gdstage.look.signs import SIGNS, strokes
from gdstage.look.text import math, number, words
from gdstage.walks.readouts import COLUMN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdmath import RateZone
    from gdstage.look.theme import Theme
    from gdstage.walks.fates import Fate


class Gauge(mn.VGroup):
    """A level scale from `low` to `high` between two x of the frame, with some of its values named.

    The scale is at height `y`, in scene units; a knob is on the first of the values.
    """

    label_size = 22

    def __init__(
        self,
        theme: Theme,
        values: Sequence[float],
        ends: tuple[float, float],
        sides: tuple[float, float],
        y: float,
    ) -> None:
        super().__init__()
        self.theme, self.ends, self.sides, self.y = theme, ends, sides, y
        for value in values:
            label = words(f"{value:g}", size=self.label_size, colour=theme.label)
            label.rest(self.at(value)[0], y + 0.27, anchor="centre")
            self.add(mn.Dot(self.at(value), radius=0.055, color=theme.ink), label)
        self.knob = mn.Circle(0.15, stroke_color=theme.iterate, stroke_width=4).set_fill(opacity=0)
        self.add(self.knob.move_to(self.at(values[0])))

    def at(self, value: float) -> mn.typing.Point3D:
        """Where a value is on the scale, in scene units (3,)."""
        (low, high), (left, right) = self.ends, self.sides
        return mn.RIGHT * (left + (value - low) / (high - low) * (right - left)) + mn.UP * self.y

    def choose(self, value: float) -> mn.Animation:
        """Move the knob to a value."""
        return mn.ApplyMethod(self.knob.move_to, self.at(value))

    def stretch_of(self, low: float, high: float, colour: str) -> mn.Line:
        """A part of the scale, in a colour."""
        return mn.Line(self.at(low), self.at(high), color=colour, stroke_width=7)

    def fence(self, value: float, below: float) -> mn.Line:
        """A post at a value, which reaches so far below the scale (scene units)."""
        post = mn.Line(self.at(value) + below * mn.DOWN, self.at(value) + 0.14 * mn.UP)
        return post.set_stroke(self.theme.ink, 3)


class RateGauge(Gauge):
    """A scale of learning rates in the zones of one start, a knob at α, a post at the local bound.

    Green rates arrive, red ones leave the domain or every bound, amber ones do neither. The bound
    2/f″ is none of the zones' borders: it holds near the minimum.
    """

    def __init__(
        self,
        theme: Theme,
        rates: Sequence[float],
        zones: Sequence[RateZone],
        bound: float,
        *,
        y: float = -1.72,
    ) -> None:
        super().__init__(theme, rates, (0.0, zones[-1].high), (COLUMN, COLUMN + 4.0), y)
        self.add_to_back(
            *(self.stretch_of(zone.low, zone.high, _colour(theme, zone)) for zone in zones),
            self.fence(bound, 0.14),
        )
        local = f'2 \\/ f\'\'(x^*) {number(bound, 4)} "near" x^* "only"'
        codes = [(local, theme.label)]
        if zones[0].verdict is Verdict.CONVERGED:
            all_below = f'"arrives in the end:" alpha <= {floored(zones[0].high, 4)}'
            codes.insert(0, (all_below, theme.minimum))
        for row, (code, colour) in enumerate(codes):
            line = fitted(math(code, size=26, colour=colour), 4.0)
            self.add(line.rest(COLUMN, y - 0.42 - 0.37 * row))


def _colour(theme: Theme, zone: RateZone) -> str:
    if zone.verdict is Verdict.CONVERGED:
        return theme.minimum
    gone = (Verdict.LEFT_DOMAIN, Verdict.DIVERGED, Verdict.FALLING)
    return theme.danger if zone.verdict in gone else theme.tangent


class StartGauge(Gauge):
    """An axis of starts x₀ from `low` to `high`; signs and colours come as the walks are seen."""

    label_size = 24

    def __init__(
        self, theme: Theme, starts: Sequence[float], low: float, high: float, *, y: float = -2.05
    ) -> None:
        super().__init__(theme, starts, (low, high), (COLUMN + 0.45, COLUMN + 3.95), y)
        self.line = self.stretch_of(low, high, theme.dim)
        name = math("x_0", size=28, colour=theme.label)
        self.add_to_back(self.line, name.rest(COLUMN, y - 0.07))

    def sign(self, start: float, fate: Fate) -> mn.VMobject:
        """What became of the walk from a start, above its label."""
        sign = strokes(SIGNS[fate.sign], 0.1, getattr(self.theme, fate.tone), 5)
        return sign.shift(self.at(start) + 0.6 * mn.UP)

    def part(self, threshold: float, digits: str) -> mn.VGroup:
        """The scale in two colours, which meet at the threshold, with the threshold's digits."""
        low, high = self.ends
        name = math(digits, size=30, colour=self.theme.ink)
        name.rest(max(self.at(threshold)[0] - 0.5, COLUMN), self.y - 0.55)
        return mn.VGroup(
            self.stretch_of(low, threshold, self.theme.danger),
            self.stretch_of(threshold, high, self.theme.minimum),
            self.fence(threshold, 0.2),
            name,
        )
