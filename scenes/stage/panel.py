"""The right column: the rule, the live numbers of an iterate, where α stands, and the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn

from gdmath import Verdict
from scenes.stage.formula import Readout, number, tint, words
from scenes.stage.formula import math as formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdmath import Walk
    from scenes.stage.theme import Theme

COLUMN = 2.75
SIZE = 38
ROW = 0.72


class Panel(mn.VGroup):
    """k, x_k, f(x_k) and f′(x_k) of the current iterate, under the rule that makes the next."""

    def __init__(self, theme: Theme, top: float = 2.15) -> None:
        super().__init__()
        self.theme = theme
        rule = (
            f"x_k = x_(k-1) - {tint('alpha', theme.iterate)} thin "
            f"{tint("f'", theme.tangent)}(x_(k-1))"
        )
        self.add(formula(rule, size=SIZE + 2, colour=theme.ink).rest(COLUMN, top))
        rows = (
            ("k", theme.ink),
            ("x_k", theme.iterate),
            ("f(x_k)", theme.function),
            ("f'(x_k)", theme.tangent),
        )
        self.numbers = mn.VGroup()
        for i, (code, colour) in enumerate(rows):
            y = top - 0.95 - i * ROW
            label = formula(code, size=SIZE, colour=colour).rest(COLUMN, y)
            self.add(label)
            place = label.get_right()[0] + 0.12
            self.numbers.add(Readout(place, y, size=SIZE, colour=colour))

    def show(self, walk: Walk, k: int) -> Panel:
        """Read out iterate k."""
        values = (k, walk.points[k, 0], walk.values[k], walk.gradients[k, 0])
        for readout, value in zip(self.numbers, values, strict=True):
            readout.write(float(value))
        return self


class RateGauge(mn.VGroup):
    """A scale of learning rates: green below the stability bound, red above it, a knob at α."""

    def __init__(
        self, theme: Theme, rates: Sequence[float], bound: float, *, y: float = -1.55, width: float = 3.75
    ) -> None:
        super().__init__()
        self.theme, self._y, self._width = theme, y, width
        self._most = 1.12 * max(*rates, bound)
        below = mn.Line(self.at(0), self.at(bound), color=theme.minimum, stroke_width=7)
        above = mn.Line(self.at(bound), self.at(self._most), color=theme.danger, stroke_width=7)
        fence = mn.Line(self.at(bound) + 0.14 * mn.DOWN, self.at(bound) + 0.14 * mn.UP)
        fence.set_stroke(theme.ink, 3)
        limit = formula(f"2 \\/ f''(x^*) {number(bound, 4)}", size=26, colour=theme.label)
        limit.rest(self.at(bound)[0], y - 0.5, anchor="centre")
        self.add(below, above, fence, limit)
        self.labels = {}
        for rate in rates:
            dot = mn.Dot(self.at(rate), radius=0.055, color=theme.ink)
            label = words(f"{rate:g}", size=24, colour=theme.label)
            label.rest(self.at(rate)[0], y + 0.27, anchor="centre")
            self.labels[rate] = label
            self.add(dot, label)
        self.knob = mn.Circle(0.15, stroke_color=theme.iterate, stroke_width=4).set_fill(opacity=0)
        self.knob.move_to(self.at(rates[0]))
        alpha = formula("alpha", size=SIZE, colour=theme.iterate).rest(COLUMN, y - 0.1)
        self.add(self.knob, alpha)

    def at(self, rate: float) -> mn.typing.Point3D:
        """Where a learning rate is on the scale, in scene units (3,)."""
        return mn.RIGHT * (COLUMN + 0.5 + rate / self._most * (self._width - 0.5)) + mn.UP * self._y

    def choose(self, rate: float) -> mn.Animation:
        """Move the knob to one of the rates."""
        return self.knob.animate.move_to(self.at(rate))


class VerdictBadge(mn.VGroup):
    """What became of a walk, in its colour and with its sign: tick, dots or cross."""

    def __init__(self, theme: Theme, walk: Walk, *, y: float = -2.75) -> None:
        super().__init__()
        colour, sign, text = self._meaning(theme, walk)
        icon = mn.VMobject(stroke_color=colour, stroke_width=6, fill_opacity=0)
        for stroke in sign:
            icon.start_new_path(_point(*stroke[0]))
            icon.add_points_as_corners([_point(*p) for p in stroke[1:]])
        icon.scale(0.13, about_point=mn.ORIGIN).shift((COLUMN + 0.15, y + 0.13, 0))
        self.add(icon, words(text, size=32, colour=colour).rest(COLUMN + 0.5, y))

    @staticmethod
    def _meaning(theme: Theme, walk: Walk) -> tuple[str, tuple[tuple[tuple[float, float], ...], ...], str]:
        k = walk.stopped_at
        tick = (((-1.0, 0.0), (-0.25, -0.8), (1.1, 0.9)),)
        cross = (((-0.9, -0.9), (0.9, 0.9)), ((-0.9, 0.9), (0.9, -0.9)))
        dash = (((-1.0, 0.0), (1.0, 0.0)),)
        return {
            Verdict.CONVERGED: (theme.minimum, tick, f"converged at step {k}"),
            Verdict.BUDGET_SPENT: (theme.label, dash, f"{k} steps spent, not there"),
            Verdict.OSCILLATING: (theme.danger, dash, "never settles"),
            Verdict.DIVERGED: (theme.danger, cross, f"diverged by step {k}"),
            Verdict.LEFT_DOMAIN: (theme.danger, cross, f"left the domain at step {k}"),
            Verdict.STUCK: (theme.label, dash, "stuck: the slope is 0"),
        }[walk.verdict]


def _point(x: float, y: float) -> mn.typing.Point3D:
    return x * mn.RIGHT + y * mn.UP
