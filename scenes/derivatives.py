"""A secant closes into the tangent; its slope, traced point by point, is the derivative."""

from __future__ import annotations

from typing import NamedTuple

import manim as mn

from gdmath import ScalarField
from scenes.stage.clip import Clip
from scenes.stage.formula import Readout, math, typst
from scenes.stage.slope_figure import SlopeFigure, Window

COLUMN, TOP, ROW, SIZE = 2.75, 1.6, 0.85, 36


class Exhibit(NamedTuple):
    """A function, where it is shown, and the windows of its values and of its slopes."""

    text: str
    x: Window
    height: Window
    slopes: Window


class Derivatives(Clip):
    """What a derivative looks like, for five functions."""

    topic = "Derivatives"
    at = 0.5
    widths = (1.3, 0.001)
    exhibits = (
        Exhibit("x**2", (-2.0, 2.0), (-0.6, 4.0), (-4.0, 4.0)),
        Exhibit("exp(x)", (-2.0, 1.5), (-0.4, 4.5), (-0.4, 4.5)),
        Exhibit("log(x)", (0.0, 4.0), (-2.4, 1.6), (-0.3, 4.0)),
        Exhibit("sin(x)", (-3.5, 3.5), (-1.3, 1.3), (-1.3, 1.3)),
        Exhibit("1/(1 + exp(-x))", (-5.0, 5.0), (-0.1, 1.1), (-0.03, 0.3)),
    )

    def construct(self) -> None:
        first, *others = self.exhibits
        self.close_a_secant(first)
        self.trace_the_slope(first)
        for exhibit in others:
            self.show_another(exhibit)

    def close_a_secant(self, exhibit: Exhibit) -> None:
        self.beat(
            "a secant closes in",
            "The line through two points of the graph. Let the second point run into the first.",
        )
        self.figure = self.figure_of(exhibit).show_secant(self.at, self.widths[0])
        self.write_formula(exhibit)
        rows = (
            ("h", self.theme.ink),
            ("(f(x + h) - f(x)) / h", self.theme.tangent),
            ('"error"', self.theme.label),
        )
        self.live = mn.VGroup()
        self.labels = mn.VGroup()
        for row, (code, colour) in enumerate(rows):
            y = TOP - (1.5 + 1.25 * row) * ROW
            label = math(code, size=SIZE - 4, colour=colour).rest(COLUMN, y)
            self.labels.add(label)
            place = label.get_right()[0] + 0.03
            self.live.add(Readout(place, y, size=SIZE - 4, colour=colour, decimals=5))
        self.read(self.widths[0])
        self.play(mn.FadeIn(self.figure), mn.FadeIn(self.formula), run_time=0.8)
        self.play(mn.FadeIn(self.labels), mn.FadeIn(self.live), run_time=0.5)
        closing = self.figure.close_secant(self.at, self.widths, self.read, run_time=5)
        self.play(closing)
        self.hold(1.6)

    def trace_the_slope(self, exhibit: Exhibit) -> None:
        self.beat(
            "its slope is a new function",
            "Slide the tangent along and write its slope below: that curve is the derivative.",
            poster=True,
        )
        self.play(mn.FadeOut(self.labels), mn.FadeOut(self.live), run_time=0.4)
        low, high = exhibit.x
        self.figure.show_tangent(low)
        self.play(self.figure.slide(low, high, run_time=5))
        self.play(mn.FadeIn(self.derivative), run_time=0.5)
        self.hold(1.4)

    def show_another(self, exhibit: Exhibit) -> None:
        titles = {
            "exp(x)": ("its own slope", "eˣ is as steep as it is high: it is its own derivative."),
            "log(x)": ("steep, then tired", "ln x rises ever more slowly: its slope is 1/x."),
            "sin(x)": (
                "a quarter turn",
                "The slope of sin x is cos x: greatest where the sine rises through 0.",
            ),
            "1/(1 + exp(-x))": (
                "flat at both ends",
                "The sigmoid is steep only in the middle: far out its slope almost vanishes.",
            ),
        }
        self.beat(*titles[exhibit.text])
        leaving = (self.figure, self.formula, self.derivative)
        self.play(*(mn.FadeOut(mob) for mob in leaving), run_time=0.4)
        self.figure = self.figure_of(exhibit)
        low, high = exhibit.x
        start = low if self.figure.field.contains([low]) else low + 0.02 * (high - low)
        self.figure.show_tangent(start)
        self.write_formula(exhibit)
        self.play(mn.FadeIn(self.figure), mn.FadeIn(self.formula), run_time=0.6)
        self.play(self.figure.slide(start, high, run_time=3.2))
        self.play(mn.FadeIn(self.derivative), run_time=0.4)
        self.hold(1)

    # What the beats are made of

    def figure_of(self, exhibit: Exhibit) -> SlopeFigure:
        """The figure of one function."""
        field = ScalarField.parse(exhibit.text)
        return SlopeFigure(self.theme, field, exhibit.x, exhibit.height, exhibit.slopes)

    def write_formula(self, exhibit: Exhibit) -> None:
        """Set the function and its derivative, which sympy takes."""
        field = ScalarField.parse(exhibit.text)
        slope = field.partial("x").expr
        self.formula = math(
            f"f(x) = {typst(field.expr)}", size=SIZE, colour=self.theme.function
        ).rest(COLUMN, TOP)
        self.derivative = math(
            f"f'(x) = {typst(slope)}", size=SIZE, colour=self.theme.tangent
        ).rest(COLUMN, -1.7)

    def read(self, h: float) -> None:
        """Read out the difference quotient and how far it is from the derivative."""
        field = self.figure.field
        quotient = (field(self.at + h) - field(self.at)) / h
        error = abs(quotient - field.partial("x")(self.at))
        for readout, value in zip(self.live, (h, quotient, error), strict=True):
            readout.write(float(value))
