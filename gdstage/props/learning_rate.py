"""What `scenes/learning_rate.py` shows: where the first step lands while its rate is swept."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdmath import Verdict, descend, gradient_step, rate_zones
from gdstage.layout import AXES_ROOM, FIGURE, HEADING, IS_NARROW, IS_TALL, PANEL, PICTURE, Box
from gdstage.look.signs import CROSS_SIGN, SIGNS, arrow_head, dashed, strokes
from gdstage.look.text import SMALLEST, math, number, words
from gdstage.look.theme import mix
from gdstage.look.ticks import nice_ticks
from gdstage.motion import Drawn
from gdstage.pace import paced
from gdstage.plane.axes import Plane
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.field_facts import FieldFacts, ZoneFacts
from gdstage.proof.map_facts import SpotFacts
from gdstage.proof.statement import hop, point, segment, stated, tip, trail, word
from gdstage.proof.truths import distance
from gdstage.walks.board import Board
from gdstage.walks.chart import Chart, excess, goal_line
from gdstage.walks.descent_clip import DescentClip
from gdstage.walks.fates import fate_of
from gdstage.walks.gauges import RateGauge
from gdstage.walks.graph_walk import HIGHEST_HOP, GraphWalk
from gdstage.walks.readouts import COLUMN, RuleLine
from gdstage.walks.run import rated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gdmath import ScalarField, Walk
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact

BENEATH = 2.7 if IS_NARROW else 2.1
PLOT = PICTURE.within(**{**AXES_ROOM, "right": 0.8, "bottom": BENEATH})
"""The graph's place: the scale of rates is beneath it, and a verdict where it is narrow."""

FREE = 0.06
"""The x from which on there is room over the valley."""

OVER_GRAPH, FIRST, SECOND = PICTURE.top - 0.45, PLOT.top - 0.6, PLOT.top - 1.25
"""Baselines over the graph, and from the top down over the valley."""

if IS_NARROW:
    FORMULA, RULE = (PLOT.right - 5.3, OVER_GRAPH), (PLOT.right - 4.7, OVER_GRAPH)
    VERDICT, NUMBERS = (
        (HEADING.left, PICTURE.bottom + 0.1),
        ((0.0, FIRST), (2.2, FIRST), (0.15, SECOND)),
    )
    LENS = Box(left=-1.9, right=1.75, bottom=PLOT.top - 1.8, top=PLOT.top - 0.3)
else:
    FORMULA, RULE, VERDICT = (-2.6, OVER_GRAPH), (-2.2, OVER_GRAPH), (2.1, OVER_GRAPH)
    NUMBERS = (0.0, FIRST), (2.2, FIRST), (3.65, FIRST)
    LENS = Box(left=-2.15, right=2.1, bottom=PLOT.top - 1.55, top=PLOT.top - 0.05)
"""Over the graph, whatever its window: where the formula ends, and rule and verdict begin. How far
from where the valley is open live numbers begin, and their baselines; the frame of what is seen
from close by, over the valley."""

NECK = 0.45
CLOSE_BY = LENS.within(left=0.3, right=0.5, bottom=0.6, top=0.42)
"""Half how wide that frame opens towards the place that it enlarges; the box of its axes."""

BEFORE, AFTER = 0.4, 1.15
"""How far it goes beyond the minimum and beyond the iterate, in shares of the way between them."""

CHART = FIGURE.within(**{**AXES_ROOM, "left": 1.2})

SCALE, SIGNS_BELOW, BOUND_BELOW, WORDS_BELOW = -1.1, -0.33, -0.42, -0.92
"""How far the scale is under the graph's axis; from there its signs, the bound, and its words."""

CLEAR_OF_SIGN = 0.25
"""What words beside a sign keep from its middle."""

COUNT_ASIDE, BESIDE_EDGE, BETWEEN, UPTO_WORDS, LARGE = (0.2, -0.09), 0.2, 0.3, 0.14, 1.35
"""From a sign to its walk's number of steps; from an edge to the words beside it, and on to more;
how far a pale post goes below the scale (scene units); how many times as large the number is."""

NAME, BESIDE_RING, OVER_RING, UNDER_RING = 34, 0.2, 0.12, -0.32
"""The size of places' names; how far right of rings they are, and from there up where the graph
falls, else down (scene units)."""

BESIDE_LANDING = 0.07
"""How much of x is seen beside where a step lands."""

SPOT, DIAMOND, DECIMALS = 0.11, 0.2, 3
ROOM, UNDER_ARC = 0.4, 0.42
"""How much wider than its name the free part of an arc is at least, and how high over the axis the
name stands (scene units)."""

FAST = (1, 0)
"""Frames of a step, and how many more before it lands."""

MARKED = ("right", "patient", "bold", "too large")
"""Walks whose first steps are marked, by name."""


def reaching(window: tuple[float, float], walk: Walk) -> tuple[float, float]:
    """A window of x in which it is also seen where a walk first lands."""
    return min(window[0], float(walk.points[1, 0]) - BESIDE_LANDING), window[1]


class RateClip(DescentClip):
    """A clip of walks from one start, with the scale of their rates under the graph.

    Its walks are called as in `MARKED`, among others.
    """

    place, verdict_at = PLOT, VERDICT
    y_window: tuple[float, float]
    ruler: RateRuler
    numbers: RuleLine
    lowest_sign: mn.VMobject

    def draw_whole(self, rates: Sequence[float], bound: Fact, known: ZoneFacts) -> None:
        """Show the graph, the scale of rates, the line of numbers, and where the minimum is."""
        self.plane = self.axes(self.x_window, self.y_window, self.y_ticks)
        self.show_graph(self.plane, self.field, self.field_name(*FORMULA))
        self.ruler = self.gauge = RateRuler(self.plane, rates, bound, known)
        left = float(self.plane.at(FREE, 0.0)[0])
        places = [(left + x, y) for x, y in NUMBERS]
        self.numbers = self.reader = RuleLine(self.theme, RULE, places)
        self.lowest_sign = self.point_out()
        self.show(self.lowest_sign, self.ruler, self.numbers, run_time=0.6)

    def look_close(self) -> None:
        """Look at where the walk has come to from close by, over the valley, till the beat ends."""
        close = CloseBy(self.plane, self.figure.walk, self.bottom)
        self.hide(*self.over_valley)
        self.show(close)
        self.hold(2)
        self.dismiss(close)

    def go_on_as(self, name: str) -> None:
        """Let the walk go on as a known one of more steps, when its own are spent."""
        walk = self.evidence.walks[name]
        self.hide(self.badge, run_time=0.2)
        self.show(*self.over_valley)
        self.figure.go_on_as(name, walk)
        self.descend(paced(range(self.budget + 1, walk.stopped_at + 1), (), FAST))

    @property
    def over_valley(self) -> tuple[mn.Mobject, ...]:
        """What is over the valley, where the lens is to be: live numbers, the minimum's sign."""
        *labels, _ = self.numbers
        return (*labels, self.numbers.numbers, self.lowest_sign)

    def figure_of(self, name: str, walk: Walk) -> GraphWalk:
        """The walk on the graph; one whose hops spread is drawn so."""
        return (Spreading if name == "beyond" else GraphWalk)(self.plane, name, walk)

    def sweep_to(self, name: str, run_time: float, *, paint: bool = False) -> None:
        """Sweep the rate from 0 to that of a known walk; where it lands is seen all the while.

        Perhaps the zones that are passed are painted.
        """
        walks = self.evidence.walks
        landing = Landing(self.ruler, self.plane, walks, arcs=not paint)
        self.on_stage = (landing,)
        self.show(landing, run_time=0.4)
        if paint:
            self.ruler.paint_to(0.0)
            self.add(self.ruler.zones)
        self.play(landing.sweep(walks[name], self.numbers, run_time, paint=paint))

    def fall_out(self) -> None:
        """What points out of the picture is gone before."""
        self.figure.remove(self.figure.pointer)
        super().fall_out()

    def judge(self) -> None:
        """Show the verdict on the walk, and keep its sign under its rate if it is over."""
        # The edge of the zones is where the sign of a rate just beyond it would be.
        if self.figure.walk.verdict is not Verdict.BUDGET_SPENT and self.figure.name != "beyond":
            self.show(*self.ruler.sign(self.figure.walk), run_time=0.2)
        super().judge()


class RateRuler(RateGauge):
    """A scale of learning rates under a graph: each rate is where the first step with it lands.

    So 0 is under the start, and rates grow the way of the step, as an arrow says. What becomes of
    them is not told until it is painted. `known` are the facts of the zones.
    """

    arriving = ""
    decimals = 2 if IS_NARROW else 4

    def __init__(self, plane: Plane, rates: Sequence[float], bound: Fact, known: ZoneFacts) -> None:
        y, zones = plane.floor + SCALE, known.zones
        self.start = known.start
        self.slope = float(known.field.gradient([known.start])[0])
        landings = (self.start, self.start - zones[-1].high * self.slope)
        left, right = (float(plane.at(x, 0.0)[0]) for x in reversed(landings))
        values, self.largest = (0.0, *rates), max(rates)
        super().__init__(plane.theme, values, zones, bound, known=known, sides=(right, left), y=y)
        self.known = known
        self.remove(self.answer)
        line = self.stretch_of(0.0, zones[-1].high, plane.theme.dim)
        name = math("alpha", size=32, colour=plane.theme.iterate)
        self.add_to_back(line, name.rest(left - 0.3, y - 0.07, anchor="right"))
        end = left - 0.15
        self.named.add(arrow_head((right, y, 0.0), (end, y, 0.0), plane.theme.dim, 0.22))
        self.edge = self._say_zones(bound)

    def landing(self, rate: float) -> float:
        """The x at which the first step with a rate lands."""
        return self.start - rate * self.slope

    def colour_at(self, rate: float) -> str:
        """The colour of the zone of a rate."""
        zones = zip(self.known.zones, self.zones, strict=True)
        return str(next(line for zone, line in zones if rate <= zone.high).get_color().to_hex())

    def paint_to(self, rate: float) -> None:
        """Paint the zones as far as a rate; they state nothing until they are whole."""
        for zone, line in zip(self.known.zones, self.zones, strict=True):
            end = min(max(rate, zone.low), zone.high)
            line.set_points_as_corners([self.at(zone.low), self.at(end)])
            line.set_stroke(opacity=float(end > zone.low))

    def _say_zones(self, bound: Fact) -> mn.VGroup:
        """Where the rates end that arrive, with its number, and what becomes of those on each side.

        The post of the valley's bound, which is none of these, is pale, its number beneath it.
        """
        first, theme = self.known.edge(0, "high"), self.theme
        x, y = float(self.at(first.value)[0]), self.y + WORDS_BELOW
        most, local = self.rows
        most.scale(LARGE).rest(x + BESIDE_EDGE, y)
        local.rest(float(self.at(bound.value)[0]), self.y + BOUND_BELOW, anchor="centre")
        if IS_NARROW and self.largest > bound.value:  # which has its sign there
            room = local.get_left()[0] - float(self.at(self.largest)[0])
            local.shift(max(0.0, CLEAR_OF_SIGN - room) * mn.RIGHT)
        arrives = self._fate(0, "arrives", theme.minimum)
        leaves = self._fate(1, "leaves the domain", theme.danger)
        arrives.rest(most.get_right()[0] + BETWEEN, y)
        leaves.rest(x - BESIDE_EDGE, y, anchor="right")
        post = self.fence(bound, UPTO_WORDS).set_stroke(theme.dim)
        return mn.VGroup(post, self.fence(first, -WORDS_BELOW), local, most, arrives, leaves)

    def _fate(self, zone: int, text: str, colour: str) -> Typeset:
        """What becomes of the rates of a zone, in words."""
        said = words(text, size=NAME, colour=colour)
        return stated(said, word("remark", self.known.verdict(zone).put(text)))

    def sign(self, walk: Walk) -> list[mn.VMobject]:
        """What became of a walk, under its rate, and how many steps it took if it arrived."""
        rate, fate = WalkFacts(walk).rate(), fate_of(walk)
        sign = strokes(SIGNS[fate.sign], 0.12, getattr(self.theme, fate.tone), 6)
        known = point(self, "fate", (rate, None), aside=(0.0, SIGNS_BELOW), sign=fate.sign)
        stated(sign.shift(self.at(rate.value) + SIGNS_BELOW * mn.UP), known)
        if walk.verdict is not Verdict.CONVERGED:
            return [sign]
        steps = WalkFacts(walk).steps()
        count = math(str(steps.value), size=SMALLEST, colour=self.theme.minimum)
        right, up = COUNT_ASIDE
        x, y, _ = sign.get_center()
        return [sign, stated(count, word("number", steps)).rest(x + right, y + up)]


class Landing(GraphWalk):
    """The start of several walks, and where the first step lands with any learning rate.

    Where the rate has passed that of a walk, a ring stays on the graph, or a cross on its axis
    where the field has no value; with `arcs` the step too, with what it is where there is room.
    """

    def __init__(
        self, ruler: RateRuler, plane: Plane, walks: Mapping[str, Walk], *, arcs: bool = False
    ) -> None:
        self.ruler = ruler
        self.spot = mn.Dot(radius=SPOT, color=plane.theme.iterate).set_z_index(9)
        self.fall = mn.VMobject(stroke_color=plane.theme.dim, stroke_width=2)
        self.marks = mn.VGroup()
        super().__init__(plane, MARKED[0], walks[MARKED[0]])
        self.to_mark = sorted((walks[name] for name in MARKED), key=rate_of)
        self.passed = [mn.VGroup(self._mark(WalkFacts(walk))) for walk in self.to_mark]
        for mark, walk, before in zip(
            self.passed, self.to_mark, [None, *self.to_mark], strict=False
        ):
            if arcs:
                mark.add(*self._arc(WalkFacts(walk), before))
        self.add_to_back(self.fall, self.marks).add(self.spot)
        self.spot.set_fill(opacity=0)

    def aim(self, walk: Walk, colour: str = "") -> Landing:
        """Let the step be the first one of a walk from here, its hop in a colour if one is told."""
        plane, theme, facts = self.plane, self.plane.theme, WalkFacts(walk)
        foot, place = (plane.at(walk.points[1, 0], y) for y in (plane.y_window[0], walk.values[1]))
        has_value = bool(np.isfinite(walk.values[1]))
        self.spot.move_to(place if has_value else foot).set_fill(opacity=float(has_value))
        self.fall.set_points(dashed(foot, place if has_value else foot, theme.dim).points)
        tone = colour or mix(theme.iterate, theme.ground, 0.3)
        self.hop.set_stroke(tone)
        self.hop_head.set_fill(tone, 1)
        self._draw_hop(self.on_axis(0), foot, 1.0)
        ends = facts.on_axis(0), facts.on_axis(1)
        stated(self.hop, hop(plane, *ends))
        stated(self.hop_head, tip(plane, "hop", *ends))
        stated(self.spot, point(plane, "dot", facts.on_graph(1)))
        stated(self.fall, segment(plane, "drop", ends[1], facts.on_graph(1), dashed=True))
        marks = zip(self.passed, self.to_mark, strict=True)
        self.marks.submobjects = [m for m, other in marks if rate_of(walk) >= rate_of(other)]
        return self

    def sweep(
        self, to: Walk, numbers: RuleLine, run_time: float, *, paint: bool = False
    ) -> mn.Animation:
        """Sweep the rate to that of a walk, and let all follow; perhaps paint the zones passed.

        In each frame the step is that of a walk with the very rate that is read.
        """
        ruler = self.ruler

        def draw(share: float) -> None:
            rate = max(round(share * rate_of(to), DECIMALS), 10.0**-DECIMALS)
            there = share > 1 - 1e-9
            walk = to if there else descend(to.field, to.start, gradient_step(rate), 1)
            self.aim(walk, ruler.colour_at(rate_of(walk)) if paint else "")
            ruler.put_knob(WalkFacts(walk).rate())
            numbers.read(walk, 1)
            if paint:
                ruler.paint_to(ruler.ends[1] if there else rate)

        moving = mn.Group(*([ruler.zones] if paint else []), self, ruler.knob, numbers.numbers)
        return Drawn(moving, draw, run_time=run_time, rate_func=_gently)

    def _arc(self, facts: WalkFacts, before: Walk | None) -> list[mn.VMobject]:
        """The first step of a walk, and under it α f'(x₀), if it goes far beyond one before."""
        plane, past = self.plane, self.plane.theme.past
        start, end, rate = self.on_axis(0), plane.at(facts.walk.points[1, 0], 0.0), facts.rate()
        end[1] = start[1]
        self._draw_hop(start, end, 1.0)
        ends = facts.on_axis(0), facts.on_axis(1)
        arc = stated(self.hop.copy().set_stroke(past, 3), hop(plane, *ends))
        head = stated(self.hop_head.copy().set_fill(past, 1), tip(plane, "hop", *ends))
        self._draw_hop(start, start, 1.0)  # none is under way
        name = math(f"{rate.value:g} thin f'(x_0)", size=SMALLEST, colour=plane.theme.iterate)
        stated(name, word("number", rate))
        border = start[0] if before is None else plane.at(before.points[1, 0], 0.0)[0]
        if border - end[0] < name.width + ROOM:
            return [arc, head]
        middle = max(end[0], plane.at(0.0, 0.0)[0]) / 2 + border / 2
        return [arc, head, name.rest(middle, plane.floor + UNDER_ARC, anchor="centre")]

    def _mark(self, facts: WalkFacts) -> mn.VMobject:
        plane, theme, walk = self.plane, self.plane.theme, facts.walk
        if np.isfinite(walk.values[1]):
            ring = mn.Circle(0.14, stroke_color=theme.past, stroke_width=4, fill_opacity=0)
            stated(ring, point(plane, "ring", facts.on_graph(1)))
            return ring.move_to(plane.at(walk.points[1, 0], walk.values[1])).set_z_index(3)
        cross = strokes(CROSS_SIGN, 0.15, theme.danger, 7)
        cross.shift(plane.at(walk.points[1, 0], plane.y_window[0]))
        return stated(cross, point(plane, "no value", facts.on_axis(1)))


class Spreading(GraphWalk):
    """A walk whose hops on the axis are the higher the farther they go, and that names its places.

    So one tells hops apart that lie over one another.
    """

    def height_of(self, reach: float) -> float:
        """How high a hop is over the axis that reaches so far, in scene units."""
        places = self.plane.at(self.walk.points[:, 0], 0.0)[:, 0]
        return float(HIGHEST_HOP * abs(reach) / np.abs(np.diff(places)).max())

    def leave_behind(self, k: int) -> Spreading:
        """Turn iterate k into the past, and name it."""
        super().leave_behind(k)
        name = math(f"x_{k}", size=NAME, colour=self.plane.theme.iterate)
        x, y, _ = self.place(k)
        up = OVER_RING if self.walk.gradients[k, 0] < 0 else UNDER_RING
        self.past.add(name.rest(x + BESIDE_RING, y + up))
        return self


class CloseBy(mn.VGroup):
    """Where a walk has come to and where a minimum is, seen from close by: what is left of the way.

    A frame over the valley of `main`, tied to the place that it enlarges; the minimum is near
    `bottom`.
    """

    def __init__(self, main: Plane, walk: Walk, bottom: float) -> None:
        super().__init__()
        theme, field, last, facts = main.theme, walk.field, walk.stopped_at, WalkFacts(walk)
        left = distance(walk, last, SpotFacts(field, (bottom,)))
        way = float(walk.points[last, 0]) - bottom
        across = bottom - BEFORE * way, bottom + (1 + AFTER) * way
        low, rise = float(field(bottom)), float(field(across[1]) - field(bottom))
        plane = Plane(
            theme, CLOSE_BY, across, (low - 0.45 * rise, low + 1.4 * rise),
            x_ticks=(), y_ticks=(), x_name="",
        )  # fmt: skip
        least = FieldFacts(field).at_minimum(bottom, 0.1 * way)
        self.add(_frame(main, facts, LENS), plane, plane.graph(field, theme.function))
        here = walk.points[last, 0], walk.values[last]
        feet = [plane.at(x, plane.y_window[0]) for x in (bottom, here[0])]
        places = (least, facts.on_graph(last))
        tops = plane.at(bottom, low), plane.at(*here)
        tones = theme.minimum, theme.iterate
        for foot, top, place, tone, code in zip(
            feet, tops, places, tones, ("x^*", f"x_({last})"), strict=True
        ):
            drop = stated(
                dashed(foot, top, tone),
                segment(plane, "drop", (place[0], None), place, dashed=True),
            )
            name = math(code, size=NAME, colour=tone)
            self.add(drop, name.rest(top[0], LENS.top - 0.45, anchor="centre"))
        gap = mn.Line(feet[0], feet[1], color=theme.iterate, stroke_width=8)
        self.add(stated(gap, segment(plane, "run", *((place[0], None) for place in places))))
        for k in range(last):
            if walk.points[k, 0] < across[1]:
                ring = mn.Circle(0.1, stroke_color=theme.past, stroke_width=3, fill_opacity=0)
                stated(ring, point(plane, "ring", facts.on_graph(k)))
                self.add(ring.move_to(plane.at(walk.points[k, 0], walk.values[k])))
        goal = mn.Square(DIAMOND, stroke_width=0).set_fill(theme.minimum, 1).rotate(mn.PI / 4)
        dot = mn.Dot(tops[1], radius=SPOT, color=theme.iterate)
        name = math(number(left.value, 4), size=NAME, colour=theme.iterate)
        name.rest(sum(foot[0] for foot in feet) / 2, feet[0][1] - 0.45, anchor="centre")
        self.add(
            stated(goal.move_to(tops[0]), point(plane, "minimum", least)),
            stated(dot, point(plane, "dot", facts.on_graph(last))),
            stated(name, word("number", left)),
        )


def _frame(plane: Plane, facts: WalkFacts, box: Box) -> mn.VMobject:
    """A frame in a plane, which opens below towards where a walk has come."""
    k = facts.walk.stopped_at
    spot = plane.at(facts.walk.points[k, 0], facts.walk.values[k])
    places = spot[0] - NECK, box.left, box.left, box.right, box.right, spot[0] + NECK
    heights = box.bottom, box.bottom, box.top, box.top, box.bottom, box.bottom
    corners = [*zip(places, heights, strict=True)]
    known = [tuple(given("edge", v) for v in plane.values_at(x, y)) for x, y in corners]
    line = mn.VMobject(stroke_color=plane.theme.dim, stroke_width=2.5)
    line.set_points_as_corners([spot, *((x, y, 0.0) for x, y in corners), spot])
    here = facts.on_graph(k)
    return stated(line, trail(plane, [here, *known, here], "closer view"))


def rate_of(walk: Walk) -> float:
    """The learning rate of a walk."""
    return float(walk.step.rate or 0.0)


def _gently(share: float) -> float:
    """Evenly, but for the beginning and the end, which are softer."""
    return float(0.5 * share + 0.5 * mn.rate_functions.ease_in_out_sine(share))


def zones_within(walk: Walk, x: float) -> ZoneFacts:
    """The zones of the rates of a walk's start, up to that whose first step lands at x."""
    start, slope = float(walk.points[0, 0]), float(walk.gradients[0, 0])
    tolerance = walk.tolerance or 0.0
    found = rate_zones(walk.field, start, (start - x) / slope, tolerance=tolerance)
    return ZoneFacts(walk.field, start, tolerance, found)


def race(
    theme: Theme, field: ScalarField, least: Fact, walks: Mapping[str, Walk]
) -> tuple[Plane, Chart, Board]:
    """How high above the minimum walks are, step by step, and a board of what becomes of them.

    `least` is where the minimum is; the first walk is the longest, and the axes show how low its
    tolerance asks it to come.
    """
    longest = next(iter(walks.values()))
    steps, tolerance = longest.stopped_at, WalkFacts(longest).tolerance()
    plane = Plane(
        theme, CHART, (0, steps + 2), (1e-13, 10.0),
        x_ticks=[tick for tick in nice_ticks(0, steps) if tick == int(tick)],
        y_ticks=[10.0**power for power in range(-12, 1, 3)],
        x_name="k", y_name="f(x_k) - f(x^*)", log_y=True,
    )  # fmt: skip
    goal = FieldFacts(field).height_at_slope(least, tolerance)
    code = f"abs(f') = 10^({round(log10(tolerance.value))})"
    line, name = goal_line(plane, goal, code, tolerance)
    if IS_NARROW:  # between the ends of the longest walk and of the others
        before = sorted(walk.stopped_at for walk in walks.values())[-2]
        name.rest(float(plane.at(before, 1.0)[0]) + BETWEEN, name.baseline)
    plane.add(line, name)
    runs = [
        rated(name, walk, colour)
        for (name, walk), colour in zip(walks.items(), theme.runs, strict=True)
    ]
    chart = Chart(plane, runs, excess(FieldFacts(field).value(least)))
    x, top = (HEADING.left, PANEL.top - 0.5) if IS_TALL else (COLUMN + 0.2, PANEL.top - 1.15)
    return plane, chart, Board(theme, runs, x=x, top=top, folded=IS_TALL)
