"""A secant closes into the tangent; its slope, traced point by point, is the derivative."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import manim as mn

from gdmath import ScalarField
from gdstage.clip import Clip
from gdstage.layout import PANEL
from gdstage.look.text import math, number, words
from gdstage.pace import TICK
from gdstage.proof.fact import given
from gdstage.proof.field_facts import FieldFacts
from gdstage.proof.statement import stated, word
from gdstage.proof.truths import pictured_above
from gdstage.props import derivatives as props
from gdstage.walks.readouts import live_number

COLUMN, SIZE = PANEL.left, 36


class Derivatives(Clip):
    """What a derivative looks like, for five functions."""

    topic = "Derivatives"
    carried: tuple[mn.Mobject, ...] = ()
    widths = (1.0, 1 / 2, 1 / 4, 1 / 8, 1 / 16)
    at, limit = 0.5, 1e-4
    secant_windows = ((-1.2, 2.0), (0.0, 4.0))
    exhibits = props.EXHIBITS

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
            say="A line cuts a parabola; the dots where it does draw together. {caption}",
        )
        self.draw_the_secant(field)
        for row, (before, after) in enumerate(pairwise(self.widths), start=1):
            self.secant.keep()
            read = partial(self.read, row)
            numbers = self.table.rows
            self.play(self.secant.close(before, after, read, numbers=numbers, run_time=16 * TICK))
            self.hold(0.3)
        self.play(self.secant.close(self.widths[-1], self.limit, run_time=20 * TICK))
        slope = FieldFacts(field).derivative(self.at)
        below = self.table.height_of(len(self.widths)) - 0.15
        limit = math("h -> 0", size=SIZE - 4, colour=self.theme.ink).rest(self.table.xs[0], below)
        code = f"f'({self.at:g}) {number(slope.value)}"
        goal = math(code, size=SIZE - 4, colour=self.theme.tangent).rest(self.table.xs[1], below)
        stated(goal, word("number", given("x", self.at), slope))
        self.show(limit, goal)
        self.hold(0.6)
        figure = self.secant
        self.carried = (figure.graph, figure.line, figure.ends[0])
        others = (figure.kept, figure.feet, figure.run, figure.rise, figure.ends[1])
        self.dismiss(figure.plane, *others, figure.lens, *self.panel, limit, goal)

    def trace_the_slope(self, exhibit: props.Exhibit) -> None:
        field, theme = exhibit.field, self.theme
        self.beat(exhibit.finding, exhibit.caption, say=exhibit.said)
        windows = (exhibit.x, exhibit.height, exhibit.slopes)
        figure = props.SlopeFigure(theme, field, *windows, turns=exhibit.shifted)
        name = props.formula_of(field, size=SIZE, colour=theme.function)
        rule = props.formula_of(field, 1, size=SIZE, colour=theme.tangent)
        label = words("slope", size=SIZE - 4, colour=theme.tangent).rest(COLUMN, 0.0)
        slope = live_number(label, theme.tangent, size=SIZE - 4, decimals=2)
        slope.write(figure.stand_at(float(figure.path[0])))
        self.turn_into(figure, name.rest(COLUMN, 1.3), label, slope)
        marks = mn.VGroup(figure.beginning(), figure.levels())
        self.play(figure.slide(slope.write, run_time=3.2))
        marks.add(figure.turned() if exhibit.shifted else mn.VGroup())
        self.show(rule.rest(COLUMN, -1.45), *filter(len, marks), run_time=0.8)
        self.hold(0.6)
        self.carried = figure.carried
        self.last = figure
        self.dismiss(*figure.left, *filter(len, marks), name, label, slope, rule)

    def compare(self) -> None:
        facts, above = self.facts, pictured_above("function")
        self.beat(
            "five functions, five slopes",
            f"{facts.say(above, 'Above the function, below its derivative')}: "
            f"{facts.say(above, 'height below is steepness above')}.",
            say="The curves shrink and stand side by side, like pictures on a wall. {caption}",
            poster=True,
        )
        gallery = props.SlopeGallery(self.theme, [exhibit[:4] for exhibit in self.exhibits])
        graph, tangent, point = self.carried
        self.play(
            *gallery.unfold(graph, self.last.trace), mn.FadeOut(tangent), mn.FadeOut(point),
            run_time=36 * TICK,
        )  # fmt: skip
        self.remove(*gallery.get_family())
        self.add(gallery)
        self.hold(2.4)

    # What the beats are made of

    def turn_into(self, figure: props.SlopeFigure, *coming: mn.Mobject) -> None:
        """Let what is carried from figure to figure become that of this one."""
        late = mn.squish_rate_func(mn.smooth, 0.4, 1.0)
        moves = map(mn.ReplacementTransform, self.carried, figure.carried)
        rest = [*figure.left, *coming, *(() if self.carried else figure.carried)]
        self.play(*moves, *(mn.FadeIn(part, rate_func=late) for part in rest), run_time=1.0)
        self.remove(*figure.get_family(), *coming)
        self.add(figure, *coming)

    def draw_the_secant(self, field: ScalarField) -> None:
        """Draw the widest secant with its run and rise, and the table of its numbers."""
        theme = self.theme
        self.secant = props.SecantFigure(theme, field, self.at, self.secant_windows)
        self.secant.span(self.widths[0])
        heads = (("h", theme.ink), ('"slope"', theme.tangent), ('"error"', theme.label))
        column = COLUMN - 0.1
        self.table = props.NumberTable(
            theme, heads, xs=(column, column + 1.3, column + 2.7), top=1.1,
            rows=len(self.widths), decimals=4,
        )  # fmt: skip
        name = props.formula_of(field, size=SIZE, colour=theme.function).rest(column, 2.45)
        quotient = math('"slope" = (f(x + h) - f(x)) / h', size=30, colour=theme.tangent)
        quotient.rest(column, 1.75)
        self.panel = (name, quotient, self.table)
        sides = self.secant.sides()
        self.show(self.secant.plane, name, self.secant.graph)
        self.play(mn.FadeIn(self.secant.moving), mn.FadeIn(sides), run_time=0.8)
        self.read(0, self.widths[0])
        self.show(quotient, self.table, run_time=0.6)
        self.play(mn.FadeOut(sides), mn.FadeIn(self.secant.lens), run_time=0.8)

    def read(self, row: int, h: float) -> None:
        """Read out the difference quotient and how far it is from the derivative."""
        x, facts = self.at, FieldFacts(self.secant.field)
        self.table.write(row, (given("h", h), facts.quotient(x, h), facts.quotient_error(x, h)))
