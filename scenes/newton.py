"""Second order: Newton follows a parabola, doubles its digits, and may climb to a peak."""

from __future__ import annotations

from itertools import groupby, pairwise
from math import log10

import manim as mn
import numpy as np

from gdmath import (
    LOG_VALLEY,
    TWO_VALLEYS,
    ScalarField,
    Verdict,
    Walk,
    descend,
    find_stationary_points,
    gradient_step,
    newton_step,
    stability_bound,
    stationary_points,
)
from gdstage.clip import Clip
from gdstage.layout import Box
from gdstage.look.printing import typst
from gdstage.look.rounding import shown
from gdstage.look.signs import CROSS_SIGN, strokes
from gdstage.look.text import math, number, words
from gdstage.pace import TICK, Moment, paced
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap, bowl_levels
from gdstage.props.newton import DigitBars, DigitTable, NewtonWalk, precisely
from gdstage.walks.badge import Badge
from gdstage.walks.board import Board
from gdstage.walks.map_walk import MapWalk
from gdstage.walks.outside import Pointer
from gdstage.walks.readouts import COLUMN, GraphPanel
from gdstage.walks.run import Run

GRAPH = Box(left=-6.1, right=1.75, bottom=-2.45, top=1.9)
SLOWLY = ((42, 12), (33, 9), (18, 6), (12, 5))
MINIMUM, MAXIMUM, OUTSIDE = "a minimum", "a maximum", "out of the picture"
BARS = 0.4
NAME_ROOM = 1.4
BRISKLY = ((10, 5), (7, 3), (5, 2), (3, 2), *((1, 1),) * 12)


class Newton(Clip):
    """Newton's method beside gradient descent: on eˣ − ln x, on two valleys, on a stretched bowl.

    The walks on the graph stop where the slope is below `tolerance`, the lab's 1e-5; `digits`
    are counted over so many steps; `rate` is gradient descent's on the valley, `bowl_rate` on the
    bowl, where both begin at `corner`.
    """

    topic = "Newton’s method"
    field, start, rate = LOG_VALLEY, 1.6, 0.1
    tolerance, digits = 1e-5, 6
    hills, misled, flung = TWO_VALLEYS, 1.4, 1.55
    bowl, corner, bowl_rate = ScalarField.parse("x**2 + 10*y**2"), (4.0, 1.6), 0.09
    starts = tuple(np.linspace(0.0, 2.0, 201)[1:-1].tolist())

    def construct(self) -> None:
        self.compute()
        self.follow_the_parabola()
        self.count_digits()
        self.compare_digits()
        self.climb()
        self.be_flung_out()
        self.cross_the_bowl()

    def compute(self) -> None:
        (valley,) = stationary_points(self.field)
        self.goal = precisely(valley.point[0])
        self.bend = float(2 / stability_bound(self.field, valley.point))
        self.newton("parabolas", self.field, self.start)
        self.newton("misled", self.hills, self.misled)
        self.newton("flung", self.hills, self.flung)
        self.newton("bowl, Newton", self.bowl, self.corner)
        slow = descend(self.bowl, self.corner, gradient_step(self.bowl_rate), 200, self.tolerance)
        self.know("bowl, gradient", slow)

    def newton(self, name: str, field: ScalarField, start: float | tuple[float, ...]) -> Walk:
        """Newton's walk from a start, known by a name."""
        return self.know(name, descend(field, start, newton_step, 25, self.tolerance))

    def follow_the_parabola(self) -> None:
        self.beat(
            "follow the parabola",
            "A parabola with the same value, slope and curvature: its vertex is the next guess.",
        )
        plane = self.draw_graph(self.field, (0.0, 1.95), (1.6, 5.0), name_at=(1.2, 4.45))
        panel = GraphPanel(self.theme, "newton")
        figure = NewtonWalk(plane, "parabolas", self.evidence.walks["parabolas"], reach=1.3)
        panel.read(figure.walk, 0)
        self.play(mn.FadeIn(figure), mn.FadeIn(panel.whole), run_time=6 * TICK)
        self.hold(0.6)
        self.play(figure.descend(paced(range(1, figure.walk.stopped_at + 1), SLOWLY), panel))
        self.play(mn.FadeIn(Badge(self.theme, figure.walk)), run_time=6 * TICK)
        self.hold(1.0)

    def count_digits(self) -> None:
        self.beat(
            "the right digits double",
            "Each step about doubles the number of right digits (computed with 50 digits).",
        )
        self.clear_stage()
        walk = descend(self.field, self.start, newton_step, self.digits)
        self.table = DigitTable(self.theme, walk, self.goal, x=-6.2, top=1.75)
        self.bars = self.measure(walk, self.theme.iterate, lift=0.0)
        head = math("-log_10 abs(x_k - x^*)", size=28, colour=self.theme.label).rest(BARS, 2.3)
        self.play(mn.FadeIn(self.table.goal), mn.FadeIn(head), run_time=6 * TICK)
        for k, row in enumerate(self.table.rows):
            self.play(mn.FadeIn(row), self.bars.grow(k, 7 * TICK), run_time=7 * TICK)
            self.play(mn.FadeIn(self.bars.labels[k]), run_time=3 * TICK)
        self.hold(0.8)

    def compare_digits(self) -> None:
        gain = -log10(1 - self.rate * self.bend)
        self.beat(
            "gradient descent adds, Newton doubles",
            f"Gradient descent with α = {self.rate:g} comes to gain "
            f"{shown(gain, 2)} digits a step, and never more.",
        )
        walk = descend(self.field, self.start, gradient_step(self.rate), self.digits)
        slow = self.measure(walk, self.theme.runs[0], lift=-0.24)
        names = mn.VGroup(
            words("Newton", size=28, colour=self.theme.iterate).rest(6.4, 1.6, anchor="right"),
            words(f"gradient descent, α = {self.rate:g}", size=28, colour=self.theme.runs[0]).rest(
                6.4, 1.1, anchor="right"
            ),
        )
        self.play(mn.FadeIn(slow), mn.FadeIn(names), run_time=9 * TICK)
        self.hold(3.0)

    def measure(self, walk: Walk, colour: str, lift: float) -> DigitBars:
        """Bars of the right digits of a walk, beside the table."""
        lines = [self.table.line(k) for k in range(walk.stopped_at + 1)]
        return DigitBars(
            self.theme, walk, self.goal, colour, x=BARS, baselines=lines, unit=0.19, lift=lift
        )

    def climb(self) -> None:
        walk = self.evidence.walks["misled"]
        self.beat(
            "it may climb",
            f"At {self.misled:g} the curvature is negative: the vertex is a top, "
            "and Newton climbs to a maximum.",
        )
        self.clear_stage()
        self.plane = self.draw_graph(self.hills, (0.0, 2.4), (-6.0, 5.0), name_at=(2.4, 6.0))
        zones = self.shade_where_it_bends_down()
        panel = GraphPanel(self.theme, "newton")
        figure = NewtonWalk(self.plane, "misled", walk, reach=0.5)
        panel.read(walk, 0)
        self.play(*(mn.FadeIn(mob) for mob in (zones, figure, panel.whole)), run_time=6 * TICK)
        self.play(figure.descend(paced(range(1, walk.stopped_at + 1), SLOWLY[1:]), panel))
        end = self.say(f"{self.fate(walk)} at step {walk.stopped_at}")
        self.play(mn.FadeIn(end, shift=0.1 * mn.UP), run_time=6 * TICK)
        self.hold(0.8)
        self.leaving = mn.Group(panel.whole, figure, end)

    def be_flung_out(self) -> None:
        walk = self.evidence.walks["flung"]
        fates = [
            self.fate(descend(self.hills, start, newton_step, 25, self.tolerance))
            for start in self.starts
        ]
        self.beat(
            "or be flung out",
            f"From {self.flung:g} it flies off. Of {len(fates)} starts, "
            f"{fates.count(MAXIMUM)} end on a maximum, {fates.count(MINIMUM)} in a minimum.",
        )
        self.play(mn.FadeOut(self.leaving), run_time=4 * TICK)
        figure = NewtonWalk(self.plane, "flung", walk, reach=0.5)
        self.play(mn.FadeIn(figure), run_time=4 * TICK)
        self.play(figure.believe(1, run_time=12 * TICK))
        aside = self.plane.at(np.array([self.flung, walk.points[1, 0]]), -5.4)
        code = f"x_1 {number(walk.points[1, 0], 2)}"
        pointer = Pointer(self.plane.box, self.theme.danger).aim(aside[0], aside[1], code)
        self.play(mn.FadeIn(pointer, shift=0.3 * mn.RIGHT), run_time=6 * TICK)
        self.hold(0.8)
        self.play(mn.FadeIn(self.colour_the_starts(fates)), run_time=9 * TICK)
        self.play(
            mn.FadeIn(self.count_fates(fates)), mn.FadeIn(self.tell_end(walk)), run_time=6 * TICK
        )
        self.hold(2.0)

    def cross_the_bowl(self) -> None:
        fast, slow = (self.evidence.walks[f"bowl, {way}"] for way in ("Newton", "gradient"))
        self.beat(
            "it knows the bowl’s shape",
            f"On a stretched bowl Newton needs {fast.stopped_at} step; "
            f"gradient descent zigzags for {slow.stopped_at}.",
        )
        self.clear_stage()
        wide, up = 8.5, 8.5 * (GRAPH.top - GRAPH.bottom) / (GRAPH.right - GRAPH.left)
        plane = Plane(
            self.theme, GRAPH, (-3.0, wide - 3.0), (-up / 2, up / 2),
            x_ticks=range(-2, 6, 2), y_ticks=range(-2, 3), y_name="y",
        )  # fmt: skip
        field = ContourMap(plane, self.bowl, levels=bowl_levels(0, 80, 10))
        runs = [
            Run("bowl, Newton", "Newton", fast, self.theme.iterate),
            Run("bowl, gradient", f"gradient, α = {self.bowl_rate:g}", slow, self.theme.runs[0]),
        ]
        legend = Board(self.theme, runs, x=COLUMN + 0.1, top=0.75)
        name = math("f(x, y) = " + typst(self.bowl.expr), size=36, colour=self.theme.function)
        name.rest(COLUMN, 1.7)
        rules = mn.VGroup(
            math("x_k = x_(k-1) - H^(-1) nabla f", size=34, colour=runs[0].colour),
            math("x_k = x_(k-1) - alpha nabla f", size=34, colour=runs[1].colour),
        )
        for rule, y in zip(rules, (-1.6, -2.35), strict=True):
            rule.rest(COLUMN, y)
        self.play(*(mn.FadeIn(mob) for mob in (field, plane, name)), run_time=9 * TICK)
        one, other = (MapWalk(plane, run.name, run.walk, run.colour) for run in runs)
        self.play(
            mn.FadeIn(one), mn.FadeIn(legend.names[0]), mn.FadeIn(rules[0]), run_time=6 * TICK
        )
        self.play(one.descend([Moment(1, 0, 1.2, 2.0)]))
        self.play(mn.FadeIn(legend.fates[0]), one.retire(), run_time=6 * TICK)
        self.play(
            mn.FadeIn(other), mn.FadeIn(legend.names[1]), mn.FadeIn(rules[1]), run_time=6 * TICK
        )
        self.play(other.descend(paced(range(1, slow.stopped_at + 1), BRISKLY, (1, 0))))
        self.play(mn.FadeIn(legend.fates[1]), run_time=6 * TICK)
        self.hold(2.0)

    def draw_graph(
        self,
        field: ScalarField,
        x_window: tuple[float, float],
        y_window: tuple[float, float],
        name_at: tuple[float, float],
    ) -> Plane:
        """Draw axes and graph, with the field's formula ending at a data point."""
        plane = Plane(self.theme, GRAPH, x_window, y_window, y_name="f(x)")
        name = math("f(x) = " + typst(field.expr), size=34, colour=self.theme.function)
        name.rest(*plane.at(*name_at)[:2], anchor="right")
        graph = plane.graph(field, self.theme.function)
        self.play(mn.FadeIn(plane), run_time=6 * TICK)
        self.play(mn.Create(graph), mn.FadeIn(name), run_time=12 * TICK)
        return plane

    def shade_where_it_bends_down(self) -> mn.VGroup:
        """Where the second derivative is negative: between the zeros that it has."""
        plane, zones = self.plane, mn.VGroup()
        # Where f″ = 0, f′ is stationary.
        slope = ScalarField(
            self.hills.partial("x").expr, self.hills.variables, window=(plane.x_window,)
        )
        inner = [float(point.point[0]) for point in find_stationary_points(slope).points]
        edges = sorted([0.0, *inner, plane.x_window[1]])
        for left, right in pairwise(edges):
            if self.hills.hessian([(left + right) / 2])[0, 0] < 0:
                low, high = plane.at(left, plane.y_window[0]), plane.at(right, plane.y_window[1])
                zone = mn.Rectangle(width=high[0] - low[0], height=high[1] - low[1])
                zone.set_stroke(width=0).set_fill(self.theme.danger, 0.12)
                zone.move_to(low, aligned_edge=mn.DL)
                zones.add(zone)
                if zone.width > NAME_ROOM:
                    name = math("f'' < 0", size=24, colour=self.theme.danger)
                    zones.add(name.rest(low[0] + 0.1, high[1] - 0.34))
        return zones

    def fate(self, walk: Walk) -> str:
        """Where a walk of Newton's on the two valleys ends: a minimum, a maximum, or elsewhere."""
        end, (low, high) = float(walk.points[-1, 0]), self.plane.x_window
        if walk.verdict is not Verdict.CONVERGED or not low < end < high:
            return OUTSIDE
        return MINIMUM if self.hills.hessian([end])[0, 0] > 0 else MAXIMUM

    def colours(self) -> dict[str, str]:
        """The colour of each fate."""
        theme = self.theme
        names = (MINIMUM, MAXIMUM, OUTSIDE)
        return dict(zip(names, (theme.minimum, theme.danger, theme.label), strict=True))

    def colour_the_starts(self, fates: list[str]) -> mn.VGroup:
        """A strip on the axis: each start in the colour of where Newton leads from there."""
        strip = mn.VGroup()
        half = (self.starts[1] - self.starts[0]) / 2
        pairs = zip(fates, self.starts, strict=True)
        for fate, run in groupby(pairs, key=lambda pair: pair[0]):
            starts = [start for _, start in run]
            ends = np.array([starts[0] - half, starts[-1] + half])
            places = self.plane.at(ends, self.plane.y_window[0]) + 0.09 * mn.UP
            strip.add(mn.Line(*places, color=self.colours()[fate], stroke_width=14))
        return strip

    def count_fates(self, fates: list[str]) -> mn.VGroup:
        """How many starts end where, in the column."""
        said = mn.VGroup()
        head = f"{len(fates)} starts between 0 and 2:"
        said.add(words(head, size=28, colour=self.theme.ink).rest(COLUMN, 1.2))
        for row, (fate, colour) in enumerate(self.colours().items()):
            y = 0.4 - 0.75 * row
            said.add(math(str(fates.count(fate)), size=36, colour=colour).rest(COLUMN, y))
            said.add(words(fate, size=30, colour=colour).rest(COLUMN + 0.9, y))
        return said

    def tell_end(self, walk: Walk) -> mn.VGroup:
        """Where a walk really ended, far from where it began."""
        end = float(walk.points[-1, 0])
        kind = MINIMUM if self.hills.hessian([end])[0, 0] > 0 else MAXIMUM
        lines = f"{walk.start[0]:g} ends at x ≈ {shown(end, 3)},", f"{kind} far outside."
        said = mn.VGroup()
        for row, line in enumerate(lines):
            text = words(line, size=28, colour=self.theme.label)
            said.add(text.rest(COLUMN, -2.2 - 0.5 * row))
        return said

    def say(self, text: str) -> mn.VGroup:
        """A finding that warns, under the column."""
        icon = strokes(CROSS_SIGN, 0.13, self.theme.danger, 6).shift((COLUMN + 0.15, -2.82, 0))
        return mn.VGroup(
            icon, words(text, size=30, colour=self.theme.danger).rest(COLUMN + 0.5, -2.95)
        )
