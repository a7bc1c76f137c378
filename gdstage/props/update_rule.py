"""What `scenes/update_rule.py` shows: the sign of a slope, a step in numbers, a list of steps."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.layout import COLUMNS, IS_TALL, PANEL
from gdstage.look.rounding import shown
from gdstage.look.signs import arrow_head, dashed
from gdstage.look.text import SMALLEST, digits, math, number, relation, tint, words
from gdstage.look.ticks import nice_ticks
from gdstage.plane.axes import Plane
from gdstage.proof.ending_facts import EndFacts
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.statement import line, point, segment, stated, tip, word
from gdstage.proof.truths import along, ordered, ratio
from gdstage.walks.graph_walk import TANGENT_LENGTH, GraphWalk
from gdstage.walks.readouts import live_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.facts import Facts
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact, Place

LINE, CLOSE = 0.78, 0.62

LEFT, TOP = PANEL.left - 0.15, PANEL.top - 0.7
"""From where the rule is written."""

if IS_TALL:
    BOX = COLUMNS[1].within(left=0.9, right=0.7, bottom=0.65, top=1.25)
    FIRST, LATER = (LEFT, TOP - 1.0), (COLUMNS[1].left, TOP - 1.0)
else:
    BOX = PANEL.within(left=0.9, right=0.7, bottom=0.65, top=3.35)
    FIRST, LATER = (LEFT, TOP - 1.0), (LEFT, TOP - 2.95)
"""The chart's place, and from where two steps are written out."""

SIZE = 32
SLOPE = "abs(f'(x_k))"

BESIDE, OVER = {"right": -0.12, "left": 0.25 if IS_TALL else -0.1}, (0.3, 0.85)
"""How far right of its arrow's start words end or begin, and how high over it they stand."""

WAYS, WAYS_UP = (0.03, 0.13, 0.18), 0.5
"""From a start to both sides: where an arrow begins and ends, and its question mark; and how high
over the axis (data)."""


class FirstStep(GraphWalk):
    """A walk's first step, whose tangent stays where it departs; no hops on the axis."""

    def _stand_at(self, x: float, place: NDArray[np.float64]) -> None:
        super()._stand_at(x, place)
        at, walk = self.place(0), self.walk
        if self.plane.box.contains(at):
            slope, value = float(walk.gradients[0, 0]), float(walk.values[0])
            ends = self.plane.tangent(float(walk.points[0, 0]), value, slope, TANGENT_LENGTH / 2)
            self.tangent.set_points_as_corners(ends)

    def _state_lines(self, on_graph: Place, slope: Fact) -> None:
        super()._state_lines(on_graph, slope)
        departs = self.facts.on_graph(0), self.facts.slope(0)
        stated(self.tangent, line(self.plane, "tangent", *departs))

    def _hop_to(self, k: int, share: float) -> None:
        """Draw none."""

    def _state_hop(self, k: int) -> None:
        """State none."""


class StepArrow(mn.VGroup):
    """A walk's first step as a straight arrow from its start, as long as the step.

    `fall` is the dashed line from its tip down to the graph.
    """

    def __init__(self, plane: Plane, walk: Walk) -> None:
        facts, colour = WalkFacts(walk), plane.theme.iterate
        start, high = facts.on_graph(0), (facts.coordinate(1), facts.value(0))
        here, there = (plane.at(walk.points[k, 0], walk.values[0]) for k in (0, 1))
        end = plane.at(walk.points[1, 0], walk.values[1])
        way = (there - here) / np.linalg.norm(there - here)
        shaft = mn.Line(here, there - 0.1 * way, stroke_width=7, color=colour)
        stated(shaft, segment(plane, "step", start, high))
        head = arrow_head(here, there, colour, 0.26)
        stated(head, tip(plane, "step", start, high))
        self.fall = dashed(there, end, plane.theme.label)
        stated(self.fall, segment(plane, "drop", high, facts.on_graph(1), dashed=True))
        super().__init__(shaft, head)


class SlopeSigns(mn.VGroup):
    """Two lines over a walk's first step: its slope at its start, and minus it, times α.

    The start is told as a number, for two walks have two.
    """

    def __init__(self, plane: Plane, walk: Walk) -> None:
        facts, theme = WalkFacts(walk), plane.theme
        at, slope, step = facts.coordinate(0), facts.slope(0), facts.step(1)
        there, back, side = (">", "<", "right") if slope.value > 0 else ("<", ">", "left")
        start = digits(shown(at.value, 3))
        codes = (
            f"-alpha thin f'({start}) {back} 0",
            f"f'({start}) {number(slope.value, 2)} {there} 0",
        )
        told = (word("number", at, step), word("number", at, slope, slope))
        colours = theme.iterate, theme.tangent
        here = plane.at(walk.points[0, 0], walk.values[0])
        x = here[0] + BESIDE[side]
        super().__init__()
        for code, known, colour, over in zip(codes, told, colours, OVER, strict=True):
            text = stated(math(code, size=32, colour=colour), known)
            self.add(text.rest(float(x), float(here[1]) + over, anchor=side))


class Asked(mn.VGroup):
    """Under the start of a walk, near the axis: to the left, and to the right, each with a "?"."""

    def __init__(self, plane: Plane, walk: Walk) -> None:
        super().__init__()
        theme, x0 = plane.theme, float(walk.points[0, 0])
        for side in (-1, 1):
            xs = [x0 + side * along for along in WAYS]
            start, end, asked = (plane.at(x, plane.y_window[0] + WAYS_UP) for x in xs)
            ends = [(given("x", x), given("y", plane.y_window[0] + WAYS_UP)) for x in xs[:2]]
            shaft = mn.Line(start, end - 0.16 * side * mn.RIGHT, color=theme.label, stroke_width=5)
            head = arrow_head(start, end, theme.label, 0.22)
            mark = words("?", size=40, colour=theme.ink, bold=True)
            self.add(
                stated(shaft, segment(plane, "way", *ends)),
                stated(head, tip(plane, "way", *ends)),
                mark.rest(float(asked[0]), float(asked[1]) - 0.14, anchor="centre"),
            )


class WrittenStep(mn.VGroup):
    """Step k of a walk in three lines from (x, top): the rule, the numbers in it, what they make.

    The iterates are told to so many `decimals`.
    """

    def __init__(
        self, theme: Theme, walk: Walk, k: int, *, decimals: int, x: float, top: float
    ) -> None:
        facts = WalkFacts(walk)
        start, way, end = facts.coordinate(k - 1), facts.slope(k - 1), facts.coordinate(k)
        before, after = (shown(each.value, decimals) for each in (start, end))
        slope = shown(way.value, max(decimals - 2, 4))
        alpha = tint(f"{walk.step.rate:g}", theme.iterate)
        rated = f"{digits(before)} - {alpha} dot {tint(digits(slope), theme.tangent)}"
        codes = (
            rule(theme, str(k), str(k - 1)),
            f"{relation(slope)} {rated}",
            f"{relation(after)} {tint(digits(after), theme.iterate)}",
        )
        lines = [math(code, size=SMALLEST, colour=theme.ink) for code in codes]
        stated(lines[0], word("rule", method="gradient", k=k))
        stated(lines[1], word("number", start, facts.rate(), way))
        stated(lines[2], word("number", end))
        super().__init__(*(text.rest(x, top - CLOSE * row) for row, text in enumerate(lines)))


def rule(theme: Theme, k: str, before: str = "") -> str:
    """The update rule for step k, in Typst's mathematics, its parts in their colours."""
    past = before or f"{k}-1"
    slope = tint(f"f'(x_({past}))", theme.tangent)
    return f"x_({k}) = x_({past}) - {tint('alpha', theme.iterate)} thin {slope}"


def rule_of_all_steps(theme: Theme) -> Typeset:
    """The update rule for any step."""
    text = math(rule(theme, "k"), size=36, colour=theme.ink)
    return stated(text, word("rule", method="gradient"))


def ends(theme: Theme, walk: Walk, x: float, top: float) -> mn.VGroup:
    """Where a walk starts, from (x, top) in scene units, and why it stops, two rows below."""
    facts, last = WalkFacts(walk), walk.stopped_at
    start, rate = facts.coordinate(0), facts.rate()
    alpha = tint(f"alpha = {rate.value:g}", theme.iterate)
    begin = math(f"x_0 = {start.value:g}, quad {alpha}", size=36, colour=theme.ink)
    code = f"abs(f'(x_({last}))) < 10^({round(log10(facts.tolerance().value))})"
    stop = math(code, size=36, colour=theme.minimum)
    stated(begin, word("number", start, rate))
    stated(stop, word("number", facts.steepness(last)))
    return mn.VGroup(begin.rest(x, top), stop.rest(x, top - 1.4))


class SlopeChart(mn.VGroup):
    """|f'(x_k)| of a walk of one variable over k: a dot for every iterate that was reached.

    A dashed line is where the walk stops.
    """

    def __init__(self, theme: Theme, walk: Walk) -> None:
        super().__init__()
        self.theme, facts = theme, WalkFacts(walk)
        sizes, last = np.abs(walk.gradients[:, 0]), walk.stopped_at
        lowest = floor(log10(sizes.min()))
        self.plane = Plane(
            theme, BOX, (0, last + 1), (10.0 ** (lowest - 0.5), 10.0),
            x_ticks=nice_ticks(0, last, most=3), y_ticks=[10.0**p for p in range(lowest, 1, 3)],
            x_name="k", log_y=True,
        )  # fmt: skip
        name = math(SLOPE, size=SIZE, colour=theme.tangent).rest(BOX.left - 0.6, BOX.top + 0.6)
        stop, ends = facts.tolerance(), (0.0, last + 1.0)
        start, end = (self.plane.at(end, stop.value) for end in ends)
        limit = dashed(start, end, theme.minimum)
        places = [(given("edge", end), stop) for end in ends]
        stated(limit, segment(self.plane, "tolerance", *places, dashed=True))
        self.add(self.plane, name, limit)
        self.readout = live_number(name, theme.tangent, size=SIZE)
        self.dots = mn.VGroup()
        for k, size in enumerate(sizes):
            dot = mn.Dot(self.plane.at(k, size), radius=0.07, color=theme.tangent)
            known = (facts.count(k), facts.steepness(k))
            self.dots.add(stated(dot, point(self.plane, "steepness", known)))
        self.numbers = mn.VGroup(self.readout, self.dots)

    @property
    def whole(self) -> mn.VGroup:
        """Axes, name, number and dots together."""
        return mn.VGroup(self, self.numbers)

    def read(self, walk: Walk, k: int) -> SlopeChart:
        """Show the slopes up to iterate k."""
        for reached, dot in enumerate(self.dots):
            dot.set_fill(opacity=float(reached <= k))
        self.readout.write(WalkFacts(walk).steepness(k), beside=SLOPE)
        return self


def require_story(facts: Facts, walks: dict[str, Walk], least: Fact, k: int) -> None:
    """See that one walk comes from the right, one from the left, both go down, and one ends.

    At its step k, the last but some, its slope is almost 0: a thousandth of the first one.
    """
    nothing = given("level", 0.0)
    for name, by, side, way in (
        ("from the right", ">", "Right of", "points left"),
        ("from the left", "<", "Left of", "points right"),
    ):
        told = WalkFacts(walks[name])
        facts.require(side, ordered(by, told.coordinate(0), least))
        facts.require(way, ordered(by, told.coordinate(0), told.coordinate(1)))
        for said in ("downhill", "for both sides", "either way it goes down"):
            facts.require(said, along(walks[name], "value", "<"))
    walk = walks["algorithm"]
    told = WalkFacts(walk)
    at = ordered("<", told.count(1), told.count(min(k, walk.stopped_at)), told.steps())
    facts.require("Step", at)
    share = ratio(told.steepness(k), told.steepness(0)) if at.value else nothing
    for said in ("where the slope is almost 0", "stop where the slope is almost 0"):
        facts.require(said, ordered("<=", share, given("almost nothing", 1e-3)))
        facts.require(said, EndFacts(walk).is_level())
