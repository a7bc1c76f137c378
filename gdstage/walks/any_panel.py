"""The numbers of any descent: the rule that is followed, the current iterate, and the verdict."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import manim as mn

from gdmath import Verdict
from gdstage.any.story import plain
from gdstage.look.readout import Readout
from gdstage.look.signs import CROSS_SIGN, DASH_SIGN, TICK_SIGN, strokes
from gdstage.look.text import math as formula
from gdstage.look.text import tint, words
from gdstage.plane.any_axes import fitted
from gdstage.walks.panel import COLUMN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdmath import Walk
    from gdstage.any.plan import Run
    from gdstage.look.theme import Theme

SIZE = 34
ROW = 0.7
EDGE = 6.75
"""The right end of what may be written, in scene units."""


class AnyPanel(mn.VGroup):
    """The rule of a method, and k, x_k, f(x_k) and f′(x_k) of the current iterate."""

    def __init__(
        self, theme: Theme, method: str, rate: float, beta: float, top: float = 2.0
    ) -> None:
        super().__init__()
        rows = [
            fitted(formula(code, size=SIZE, colour=theme.ink), EDGE - COLUMN)
            for code in rule(theme, method)
        ]
        given = [] if method == "newton" else [("alpha", rate, theme.iterate)]
        given += [("beta", beta, theme.label)] if method == "momentum" else []
        y = top
        for row in rows:
            self.add(row.rest(COLUMN, y))
            y -= 0.6
        y -= 0.2
        x, half = COLUMN, (EDGE - COLUMN) / max(len(given), 1) - 0.2
        for code, value, colour in given:
            text = formula(f'{code} = "{plain(value)}"', size=SIZE, colour=colour)
            self.add(fitted(text, half).rest(x, y))
            x = text.get_right()[0] + 0.4
        y -= ROW if given else 0.0
        self.numbers = mn.VGroup()
        for code, colour in (
            ("k", theme.ink),
            ("x_k", theme.iterate),
            ("f(x_k)", theme.function),
            ("f'(x_k)", theme.tangent),
        ):
            label = formula(code, size=SIZE, colour=colour).rest(COLUMN, y)
            self.add(label)
            place = label.get_right()[0] + 0.03
            self.numbers.add(Readout(place, y, size=SIZE, colour=colour, decimals=5))
            y -= ROW

    def read(self, walk: Walk, k: int) -> AnyPanel:
        """Read out iterate k."""
        values = (k, walk.points[k, 0], walk.values[k], walk.gradients[k, 0])
        for readout, value in zip(self.numbers, values, strict=True):
            readout.write(float(value))
        return self


class AnyReader(mn.VGroup):
    """The same for two variables, on one line under the heading."""

    def __init__(self, theme: Theme, method: str, rate: float, y: float) -> None:
        super().__init__()
        self.numbers = mn.VGroup()
        x = -6.55
        if method != "newton":
            text = formula(f'alpha = "{plain(rate)}"', size=30, colour=theme.iterate).rest(x, y)
            self.add(text)
            x = text.get_right()[0] + 0.5
        for code, colour, room in (
            ("k", theme.ink, 1.2),
            ("x_k", theme.iterate, 2.1),
            ("y_k", theme.iterate, 2.1),
            ("f", theme.function, 2.1),
        ):
            label = formula(code, size=30, colour=colour).rest(x, y)
            self.add(label)
            place = label.get_right()[0] + 0.03
            self.numbers.add(Readout(place, y, size=30, colour=colour, decimals=3))
            x = place + room

    def read(self, walk: Walk, k: int) -> AnyReader:
        """Read out iterate k."""
        values = (k, *walk.points[k], walk.values[k])
        for readout, value in zip(self.numbers, values, strict=True):
            readout.write(float(value))
        return self


class AnyBadge(mn.VGroup):
    """What became of a walk, in its colour and with its sign: tick, dash or cross."""

    def __init__(self, theme: Theme, walk: Walk, *, x: float = COLUMN, y: float = -2.95) -> None:
        super().__init__()
        colour, sign = judged(theme, walk)
        icon = strokes(sign, 0.13, colour, 6).shift((x + 0.15, y + 0.13, 0))
        said = fitted(words(fate(walk), size=30, colour=colour), EDGE - x - 0.5)
        self.add(icon, said.rest(x + 0.5, y))


class ShortReadout(Readout):
    """A readout of few glyphs: there are many of them, and all are redrawn each frame."""

    slots = 12

    def clear(self) -> None:
        """Show nothing."""
        for slot in self.submobjects:
            slot.clear_points()


class Board(mn.VGroup):
    """Several runs, a row each: its colour, its name, f at its current iterate, then its fate."""

    def __init__(
        self, theme: Theme, runs: Sequence[Run], colours: Sequence[str], *, x: float, top: float
    ) -> None:
        super().__init__()
        self.runs = runs
        self.names, self.numbers, self.fates = mn.VGroup(), mn.VGroup(), mn.VGroup()
        row = min(1.0, 4.6 / len(runs))
        for i, (run, colour) in enumerate(zip(runs, colours, strict=True)):
            y = top - row * i
            # A square, so that no disc but an iterate's is of that colour.
            key = mn.Square(0.2, stroke_width=0).set_fill(colour, 1).move_to((x, y + 0.1, 0))
            name = fitted(words(run.label, size=26, colour=colour), 1.75).rest(x + 0.25, y)
            self.names.add(key, name)
            self.numbers.add(ShortReadout(x + 2.05, y, size=24, colour=theme.function, decimals=3))
            tone, sign = judged(theme, run.walk)
            icon = strokes(sign, 0.1, tone, 5).shift((x + 2.15, y + 0.1, 0))
            said = words(fate(run.walk, short=True), size=24, colour=tone)
            self.fates.add(icon, fitted(said, EDGE - x - 2.35).rest(x + 2.35, y))
        self.add(self.names)

    def read(self, ks: Sequence[int]) -> Board:
        """Read out iterate k of each run."""
        for readout, run, k in zip(self.numbers, self.runs, ks, strict=True):
            value = float(run.walk.values[k])
            readout.write(value)
            if math.isnan(value):
                readout.clear()
        return self


def rule(theme: Theme, method: str) -> tuple[str, ...]:
    """The lines of a method's rule in Typst's mathematics."""
    alpha, slope = tint("alpha", theme.iterate), tint("f'(x_(k-1))", theme.tangent)
    return {
        "gradient": (f"x_k = x_(k-1) - {alpha} thin {slope}",),
        "momentum": (f"v_k = beta thin v_(k-1) + {slope}", f"x_k = x_(k-1) - {alpha} thin v_k"),
        "newton": (f"x_k = x_(k-1) - {slope} \\/ f''(x_(k-1))",),
    }[method]


def judged(theme: Theme, walk: Walk) -> tuple[str, tuple]:
    """The colour and the sign of a verdict."""
    return {
        Verdict.CONVERGED: (theme.minimum, TICK_SIGN),
        Verdict.BUDGET_SPENT: (theme.label, DASH_SIGN),
        Verdict.OSCILLATING: (theme.danger, DASH_SIGN),
        Verdict.DIVERGED: (theme.danger, CROSS_SIGN),
        Verdict.LEFT_DOMAIN: (theme.danger, CROSS_SIGN),
        Verdict.STUCK: (theme.label, DASH_SIGN),
    }[walk.verdict]


def fate(walk: Walk, *, short: bool = False) -> str:
    """What became of a walk, in a few words."""
    k = walk.stopped_at
    if walk.step.name == "newton" and walk.verdict is Verdict.DIVERGED and k < walk.steps:
        return f"no step from x{lowered(k)}: f″ is 0" if not short else f"no step from {k}"
    if short:
        return {
            Verdict.CONVERGED: f"there at {k}",
            Verdict.BUDGET_SPENT: f"not there at {k}",
            Verdict.OSCILLATING: "never settles",
            Verdict.DIVERGED: f"diverged by {k}",
            Verdict.LEFT_DOMAIN: f"no value at {k}",
            Verdict.STUCK: "stuck",
        }[walk.verdict]
    return {
        Verdict.CONVERGED: f"converged at step {k}",
        Verdict.BUDGET_SPENT: f"{k} steps spent, not there",
        Verdict.OSCILLATING: f"{k} steps, never settles",
        Verdict.DIVERGED: f"diverged by step {k}",
        Verdict.LEFT_DOMAIN: f"left the domain at step {k}",
        Verdict.STUCK: "stuck: the slope is 0",
    }[walk.verdict]


def lowered(k: int) -> str:
    """A number as a subscript."""
    return str(k).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
