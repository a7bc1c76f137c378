"""The right column: the rule, the live numbers of an iterate, where α stands, and the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import manim as mn

from gdmath import Verdict
from gdstage.look.readout import Readout
from gdstage.look.signs import CROSS_SIGN, DASH_SIGN, TICK_SIGN, strokes
from gdstage.look.text import math as formula
from gdstage.look.text import number, tint, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdmath import Walk
    from gdstage.look.theme import Theme

COLUMN = 2.7
SIZE = 36
ROW = 0.72
GAUGE_WIDTH = 4.0


class Reader(Protocol):
    """What reads out the iterates of a walk: its live numbers, and how to set them."""

    numbers: mn.VGroup

    def read(self, walk: Any, k: int) -> Any:
        """Read out iterate k of a walk, or the state after k tries."""


class Panel(mn.VGroup):
    """α, k, x_k, f(x_k) and f′(x_k) of the current iterate, under the rule that makes the next."""

    def __init__(self, theme: Theme, top: float = 2.1) -> None:
        super().__init__()
        alpha, slope = tint("alpha", theme.iterate), tint("f'(x_(k-1))", theme.tangent)
        rule = f"x_k = x_(k-1) - {alpha} thin {slope}"
        self.add(formula(rule, size=SIZE, colour=theme.ink).rest(COLUMN, top))
        self.numbers = mn.VGroup()
        for row, code, colour, x in (
            (0, "alpha", theme.iterate, COLUMN),
            (0, "k", theme.ink, COLUMN + 2.2),
            (1, "x_k", theme.iterate, COLUMN),
            (2, "f(x_k)", theme.function, COLUMN),
            (3, "f'(x_k)", theme.tangent, COLUMN),
        ):
            y = top - 0.95 - row * ROW
            label = formula(code, size=SIZE, colour=colour).rest(x, y)
            self.add(label)
            self.numbers.add(Readout(label.get_right()[0] + 0.03, y, size=SIZE, colour=colour))

    def read(self, walk: Walk, k: int) -> Panel:
        """Read out iterate k."""
        rate = walk.step.rate
        values = (rate, k, walk.points[k, 0], walk.values[k], walk.gradients[k, 0])
        for readout, value in zip(self.numbers, values, strict=True):
            readout.write(float("nan") if value is None else float(value))
        return self


class RateGauge(mn.VGroup):
    """A scale of learning rates: green below the stability bound, red above it, a knob at α."""

    def __init__(
        self, theme: Theme, rates: Sequence[float], bound: float, *, y: float = -1.95
    ) -> None:
        super().__init__()
        self._y = y
        self._most = 1.12 * max(*rates, bound)
        below = mn.Line(self.at(0), self.at(bound), color=theme.minimum, stroke_width=7)
        above = mn.Line(self.at(bound), self.at(self._most), color=theme.danger, stroke_width=7)
        fence = mn.Line(self.at(bound) + 0.14 * mn.DOWN, self.at(bound) + 0.14 * mn.UP)
        fence.set_stroke(theme.ink, 3)
        limit = formula(f"2 \\/ f''(x^*) {number(bound, 4)}", size=26, colour=theme.label)
        limit.rest(self.at(self._most)[0], y - 0.5, anchor="right")
        self.add(below, above, fence, limit)
        for rate in rates:
            dot = mn.Dot(self.at(rate), radius=0.055, color=theme.ink)
            label = words(f"{rate:g}", size=22, colour=theme.label)
            label.rest(self.at(rate)[0], y + 0.27, anchor="centre")
            self.add(dot, label)
        self.knob = mn.Circle(0.15, stroke_color=theme.iterate, stroke_width=4).set_fill(opacity=0)
        self.knob.move_to(self.at(rates[0]))
        self.add(self.knob)

    def at(self, rate: float) -> mn.typing.Point3D:
        """Where a learning rate is on the scale, in scene units (3,)."""
        return mn.RIGHT * (COLUMN + rate / self._most * GAUGE_WIDTH) + mn.UP * self._y

    def choose(self, rate: float) -> mn.Animation:
        """Move the knob to a rate."""
        return mn.ApplyMethod(self.knob.move_to, self.at(rate))


class VerdictBadge(mn.VGroup):
    """What became of a walk, in its colour and with its sign: tick, dash or cross."""

    def __init__(self, theme: Theme, walk: Walk, *, x: float = COLUMN, y: float = -2.95) -> None:
        super().__init__()
        meanings = {
            Verdict.CONVERGED: (theme.minimum, TICK_SIGN, "converged at step {k}"),
            Verdict.BUDGET_SPENT: (theme.label, DASH_SIGN, "{k} steps spent, not there"),
            Verdict.OSCILLATING: (theme.danger, DASH_SIGN, "{k} steps, never settles"),
            Verdict.DIVERGED: (theme.danger, CROSS_SIGN, "diverged by step {k}"),
            Verdict.LEFT_DOMAIN: (theme.danger, CROSS_SIGN, "left the domain at step {k}"),
            Verdict.STUCK: (theme.label, DASH_SIGN, "stuck: the slope is 0"),
        }
        colour, sign, text = meanings[walk.verdict]
        icon = strokes(sign, 0.13, colour, 6).shift((x + 0.15, y + 0.13, 0))
        said = words(text.format(k=walk.stopped_at), size=32, colour=colour)
        self.add(icon, said.rest(x + 0.5, y))
