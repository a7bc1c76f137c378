"""A secant closes into the tangent; its slope, traced point by point, is the derivative."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import NamedTuple

import manim as mn

from gdmath import ScalarField
from gdstage.clip import Clip
from gdstage.look.text import math, number, words
from gdstage.pace import TICK
from gdstage.proof.fact import given
from gdstage.proof.field_facts import FieldFacts
from gdstage.proof.statement import stated, word
from gdstage.props import derivatives as props
from gdstage.walks.readouts import live_number

COLUMN, SIZE = 2.75, 36


class Exhibit(NamedTuple):
    """A function with its windows of x, of values and of slopes, and what its slope tells."""

    field: ScalarField
    x: props.Window
    height: props.Window
    slopes: props.Window
    finding: str
    caption: str


class Derivatives(Clip):
    """What a derivative looks like, for five functions."""

    topic = "Derivatives"
    widths = (1.0, 1 / 2, 1 / 4, 1 / 8, 1 / 16)
    at, limit = 0.5, 1e-4
    secant_windows = ((-1.2, 2.0), (0.0, 4.0))
    exhibits = (
        Exhibit(
            ScalarField.parse("x**2"), (-2.0, 2.0), (0.0, 4.2), (-5.0, 5.0),
            "its slope is a new function",
            "Slide the tangent along and write its slope below: that curve is the derivative.",
        ),
        Exhibit(
            ScalarField.parse("exp(x)"), (-2.0, 1.5), (0.0, 4.6), (0.0, 4.6),
            "its own slope",
            "eˣ is as steep as it is high: it is its own derivative.",
        ),
        Exhibit(
            ScalarField.parse("log(x)"), (0.0, 4.0), (-2.2, 1.6), (0.0, 4.2),
            "ever gentler",
            "ln x rises for ever, but ever more gently: its slope is 1/x.",
        ),
        Exhibit(
            ScalarField.parse("sin(x)"), (-3.5, 3.5), (-1.2, 1.2), (-1.2, 1.2),
            "a quarter turn",
            "The slope of sin x is cos x: greatest where the sine rises through 0.",
        ),
        Exhibit(
            ScalarField.parse("1/(1 + exp(-x))"), (-5.0, 5.0), (0.0, 1.1), (0.0, 0.3),
            "flat at both ends",
            "The sigmoid is steep only in the middle: far out its slope almost vanishes.",
        ),
    )  # fmt: skip

    def construct(self) -> None:
        shown = [exhibit[:2] for exhibit in self.exhibits]
        props.require_story(self.facts, shown, self.at, self.widths)
        self.close_a_secant(self.exhibits[0].field)
        for exhibit in self.exhibits:
            self.trace_the_slope(exhibit)
        self.compare()

    def close_a_secant(self, field: ScalarField) -> None:
        self.beat(
            "a secant closes in",
            "Halve h, and the error halves: the secant closes into the tangent.",
        )
        self.draw_the_secant(field)
        for row, (before, after) in enumerate(pairwise(self.widths), start=1):
            self.secant.keep()
            read = partial(self.read, row)
            self.play(self.secant.close(before, after, read, run_time=14 * TICK))
            self.hold(0.4)
        self.play(self.secant.close(self.widths[-1], self.limit, run_time=14 * TICK))
        slope = FieldFacts(field).derivative(self.at)
        below = self.table.height_of(len(self.widths)) - 0.15
        limit = math("h -> 0", size=SIZE - 4, colour=self.theme.ink).rest(self.table.xs[0], below)
        code = f"f'({self.at:g}) {number(slope.value)}"
        goal = math(code, size=SIZE - 4, colour=self.theme.tangent).rest(self.table.xs[1], below)
        stated(goal, word("number", given("x", self.at), slope))
        self.show(limit, goal)

    def trace_the_slope(self, exhibit: Exhibit) -> None:
        field = exhibit.field
        self.beat(exhibit.finding, exhibit.caption)
        self.clear_stage()
        figure = props.SlopeFigure(self.theme, field, exhibit.x, exhibit.height, exhibit.slopes)
        name = props.formula_of(field, size=SIZE, colour=self.theme.function)
        rule = props.formula_of(field, 1, size=SIZE, colour=self.theme.tangent)
        label = words("slope", size=SIZE - 4, colour=self.theme.tangent).rest(COLUMN, -0.45)
        slope = live_number(label, self.theme.tangent, size=SIZE - 4, decimals=2)
        slope.write(figure.stand_at(float(figure.path[0])))
        self.show(figure, name.rest(COLUMN, 1.1), label, slope, run_time=0.6)
        self.play(figure.slide(slope.write, run_time=3.2))
        self.show(rule.rest(COLUMN, -1.75), run_time=1.2)
        self.hold(0.6)

    def compare(self) -> None:
        self.beat(
            "five functions, five slopes",
            "Above the function, below its derivative: height below is steepness above.",
            poster=True,
        )
        self.clear_stage()
        gallery = props.SlopeGallery(self.theme, [exhibit[:4] for exhibit in self.exhibits])
        self.play(mn.LaggedStart(*(mn.FadeIn(pair) for pair in gallery), run_time=30 * TICK))
        self.hold(3.4)

    # What the beats are made of

    def draw_the_secant(self, field: ScalarField) -> None:
        """Draw the widest secant with its run and rise, and the table of its numbers."""
        theme = self.theme
        self.secant = props.SecantFigure(theme, field, self.at, self.secant_windows)
        self.secant.span(self.widths[0])
        heads = (("h", theme.ink), ('"slope"', theme.tangent), ('"error"', theme.label))
        self.table = props.NumberTable(
            theme, heads, xs=(2.1, 3.6, 5.1), top=0.85, rows=len(self.widths), decimals=4
        )
        name = props.formula_of(field, size=SIZE, colour=theme.function)
        name.rest(*self.secant.plane.at(-0.5, 3.2)[:2])
        quotient = math('"slope" = (f(x + h) - f(x)) / h', size=32, colour=theme.tangent)
        quotient.rest(self.table.xs[0], 1.75)
        sides = self.secant.sides()
        self.show(self.secant.plane, run_time=0.6)
        self.play(mn.Create(self.secant.graph), mn.FadeIn(name), run_time=0.8)
        self.show(self.secant.moving, sides, run_time=0.6)
        self.read(0, self.widths[0])
        self.show(quotient, self.table, run_time=0.6)
        self.hide(sides, run_time=0.2)

    def read(self, row: int, h: float) -> None:
        """Read out the difference quotient and how far it is from the derivative."""
        x, facts = self.at, FieldFacts(self.secant.field)
        self.table.write(row, (given("h", h), facts.quotient(x, h), facts.quotient_error(x, h)))
