"""How many digits are right: iterates written out in full, and bars that count."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

import manim as mn
import mpmath

from gdmath import precise_points
from gdmath.descent.certificate import DIGITS
from gdstage.look.named_parts import Parts
from gdstage.look.rounding import shown
from gdstage.look.text import digits, math
from gdstage.motion import Drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sympy as sp

    from gdmath import Walk
    from gdstage.look.theme import Theme

SIZE = 30
ROW = 0.58
BAR = 0.2
WRITTEN = 28


class DigitTable(mn.VGroup):
    """The iterates of a walk of one variable in 50-digit arithmetic, one a row.

    `goal` is where they go, an exact number; digits that agree with it are bright. `rows` hold
    the numbers, a group a row; under them stands the goal itself.
    """

    def __init__(self, theme: Theme, walk: Walk, goal: Any, *, x: float, top: float) -> None:
        super().__init__()
        self.theme, self.x, self.top = theme, x, top
        true = decimals(goal)
        self.rows = mn.VGroup()
        for k, (point,) in enumerate(precise_points(walk)):
            text = decimals(point)
            right = agreeing(text, true)
            name = math(f"x_{k}", size=SIZE, colour=theme.iterate).rest(x, self.line(k))
            parts = [("right", text[:right])] if right else []
            value = Parts(
                [*parts, ("wrong", text[right:])],
                size=SIZE,
                colour=theme.dim,
                colours={"right": theme.minimum},
            )
            value.rest(x + 0.55, self.line(k))
            self.rows.add(mn.VGroup(name, value))
        last = self.line(len(self.rows) + 0.25)
        self.goal = mn.VGroup(
            math("x^*", size=SIZE, colour=theme.minimum).rest(x, last),
            math(true, size=SIZE, colour=theme.minimum).rest(x + 0.55, last),
        )
        self.add(self.rows, self.goal)

    def line(self, k: float) -> float:
        """The baseline of row k, in scene units."""
        return self.top - ROW * k


class DigitBars(mn.VGroup):
    """Correct digits −log₁₀|x_k − x*|, or 0, of a walk's iterates, as bars of `unit` a digit.

    `baselines` are those of the table's rows; `lift` moves the bars within their rows.
    """

    def __init__(
        self,
        theme: Theme,
        walk: Walk,
        goal: Any,
        colour: str,
        *,
        x: float,
        baselines: Sequence[float],
        unit: float,
        lift: float = 0.0,
    ) -> None:
        super().__init__()
        self.counts = [max(count, 0.0) for count in correct_digits(walk, goal)]
        self.bars, self.labels = mn.VGroup(), mn.VGroup()
        for count, baseline in zip(self.counts, baselines, strict=True):
            width = max(unit * count, 0.02)
            bar = mn.Rectangle(width=width, height=BAR, stroke_width=0).set_fill(colour, 1)
            bar.move_to((x, baseline + 0.1 + lift, 0), aligned_edge=mn.LEFT)
            label = math(digits(shown(count, 1)), size=24, colour=theme.label)
            label.rest(bar.get_right()[0] + 0.12, baseline + 0.03 + lift)
            self.bars.add(bar)
            self.labels.add(label)
        self.add(self.bars, self.labels)

    def grow(self, k: int, run_time: float) -> mn.Animation:
        """Let the bar of iterate k grow from nothing."""
        bar, full = self.bars[k], self.bars[k].width
        left = bar.get_left()

        def draw(share: float) -> None:
            bar.stretch_to_fit_width(max(full * share, 1e-3)).move_to(left, aligned_edge=mn.LEFT)

        return Drawn(bar, draw, run_time=run_time)


def precisely(value: sp.Expr) -> Any:
    """An exact number as a 50-digit one."""
    with mpmath.workdps(DIGITS):
        return mpmath.mpf(str(value.evalf(DIGITS + 5)))


def decimals(value: Any) -> str:
    """The leading decimals of a 50-digit number, cut off, not rounded."""
    with mpmath.workdps(DIGITS):
        text = mpmath.nstr(+value, DIGITS - 5, strip_zeros=False)
    return str(text)[: WRITTEN + 2]


def agreeing(text: str, true: str) -> int:
    """How many leading characters of a decimal number are right; 0 if its whole part is wrong."""
    pairs = zip(text, true, strict=False)
    count = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    return count if count > true.index(".") else 0


def correct_digits(walk: Walk, goal: Any) -> list[float]:
    """−log₁₀|x_k − goal| of the iterates of a walk of one variable, from 50 digits."""
    with mpmath.workdps(DIGITS):
        return [float(-mpmath.log10(abs(x - goal))) for (x,) in precise_points(walk)]
