"""What `scenes/newton.py` shows: parabolas, where a graph bends down, how many digits are right."""

from __future__ import annotations

from itertools import pairwise, takewhile, zip_longest
from typing import TYPE_CHECKING, Any

import manim as mn
import mpmath
import numpy as np
import sympy as sp

from gdmath import (
    TWO_VALLEYS,
    ScalarField,
    Verdict,
    descend,
    find_stationary_points,
    newton_step,
    precise_points,
    quadratic_model,
)
from gdmath.descent.certificate import DIGITS
from gdstage.clip import TURNING
from gdstage.facts import StoryError
from gdstage.layout import AXES_ROOM, PICTURE, Box
from gdstage.look.key import Key
from gdstage.look.named_parts import Parts
from gdstage.look.printing import matrix, typst
from gdstage.look.readout import Readout
from gdstage.look.rounding import shown
from gdstage.look.signs import dashed
from gdstage.look.text import SMALLEST, Typeset, digits, math, number, words
from gdstage.look.theme import mix
from gdstage.motion import Drawn
from gdstage.pace import TICK, Moment, paced
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap, bowl_levels
from gdstage.plane.minima import NEAR
from gdstage.proof.ending_facts import EndFacts
from gdstage.proof.evidence import IterateDot
from gdstage.proof.fact import WalkFacts, given, part_way
from gdstage.proof.field_facts import FieldFacts, NewtonEnds, on_model, right_digits, vertex
from gdstage.proof.statement import Statement, point, region, segment, stated, word
from gdstage.proof.truths import degree, gain, ordered, outside, ratio, size, steady, total
from gdstage.props.starting_point import Whole
from gdstage.walks.badge import Remark
from gdstage.walks.basins import StartStrip
from gdstage.walks.board import Board
from gdstage.walks.descent_clip import GRAPH, DescentClip
from gdstage.walks.map_walk import MapWalk
from gdstage.walks.newton_walk import NewtonWalk
from gdstage.walks.outside import Pointer
from gdstage.walks.readouts import LinePanel, column, coordinate, count, curvature, rule
from gdstage.walks.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.facts import Facts
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact
    from gdstage.proof.lens import Lens

    Array = NDArray[np.float64]
    Window = tuple[float, float]

# A name within a strip needs this much room (scene units).
ZONE_ROOM = 1.4
LEFT_END, WIDE = -1.9, 6.8
BOWL_WALKS = ("bowl, Newton", "bowl, gradient")
STEP = f"{column('x_k', 'y_k')} = {column('x_(k-1)', 'y_(k-1)')}"
SLOPES = "nabla f(x_(k-1), y_(k-1))"
RULES = (f"{STEP} - H^(-1) {SLOPES}", f"{STEP} - alpha thin {SLOPES}")
BESIDE_BOWL = 2.12
MAP = GRAPH.within(right=0.72)
"""Where what stands beside the map of a bowl begins, for long rules (scene units); the map."""

MINIMUM, MAXIMUM, OUTSIDE = "a minimum", "a maximum", "out of the picture"

LATE = {"rate_func": mn.squish_rate_func(mn.smooth, 0.4, 1), "run_time": 10 * TICK}
ZIGZAG = ((10, 5), (7, 3), (5, 2), (3, 2), (2, 1), (2, 1))

PAST, RINGS_APART, ARRIVED = 0.28, 0.4, 0.23
"""How pale what is past is; rings nearer than this (scene units) would be covered by the dot; the
radius of that around the end of a walk."""

LATER, GHOST = 0.6, 0.16
"""How opaque the parabolas of later steps than the first are, and what these leave."""

MARK = 1.5
"""How large the vertices of parabolas are marked, times as large as NewtonWalk does."""

OVER_END = 0.35
"""How far over the end of a walk on the hills that is remarked, in scene units."""

NEAR_BOX = Box(left=-5.9, right=5.6, bottom=PICTURE.bottom + 0.6, top=-0.55)
BENT, BESIDE, HARDLY = (-0.3, 0.25), 0.13, 0.18
NEAR_HEIGHTS, NEAR_TICKS, AXIS_TIP = (-11.0, 5.5), (-5.0, 0.0, 5.0), 0.32
"""Where the start of a flight is seen from near, under what is far: how far from it are places
where the graph bends, left and right, how much farther is seen, how far its parabola; heights; how
far above its box an axis ends."""

LINE, WHOLE, FAINT = 5.0, 3.0, 0.5
"""The breadth of a graph's line, and of how wide a window at most; how faint it becomes at last."""

NAME_ASIDE, CURVE_AT = (0.4, 0.25), (2.2, -205.0)
"""How far right of a dot its name is, and how far above (scene units); of a graph, where there is
room for the name of the parabola."""

OVER_GRAPH = 2.42
"""The baseline of what is written over a graph, in scene units."""

DIGIT_SIZE, DIGIT_ROW = 33, 0.62
BARS, BAR, DIGIT = 0.95, 0.2, 0.17
SHORTEST, MOST = 0.01, 50.0
CHART_BOX = Box(left=-5.6, right=5.9, bottom=PICTURE.bottom + 0.6, top=PICTURE.top - 0.95)
DOUBLES_FROM, NAMED = 2, 34
"""Where digits are charted; from which step on they are doubled; how large walks are named."""

PIECES = 200
"""Of a stretch of starts, so many parts have a start between each two."""
BROAD = 26.0
"""The breadth of that strip: some parts of it are slivers."""
WRITTEN = 28
SAMPLES = 400
HAIR, HALVINGS = 1e-3, 50
"""Of a window, how far inside is inside; how often a stretch is halved to find a height."""


NEAR_HILL = 0.5
"""How far to both sides parabolas are drawn on a hill."""


class NewtonClip(DescentClip):
    """A clip of Newton's walks: what its beats are made of.

    What comes as other things leave comes `LATE`, or words would cross.
    """

    place, verdict_at = PICTURE.within(**{**AXES_ROOM, "right": 0.8}), (-0.6, 1.0)
    rule_at, numbers_at = (-4.95, 1.25), (-4.95, 0.3)
    opening = ((40, 8), (24, 5), (12, 4), (9, 3))
    drawing, leaving, judging = (6 * TICK, 12 * TICK), 4 * TICK, 0.8
    hills, heights = TWO_VALLEYS, (-6.0, 5.0)
    seen, far = (0.0, 2.4), ((0.0, 17.0), (-260.0, 110.0), (-200, -100, 0, 100), (0, 10))
    reach = 1.3

    view: Flight
    table: DigitTable

    def dismiss_all(self) -> None:
        """Let everything leave; lines are still there as the next words come: nothing is empty."""
        stage = self._on_stage()
        lines = [part for part in stage if not any(map(is_text, part.get_family()))]
        self.dismiss(*lines, ticks=TURNING)
        self.dismiss(*(part for part in stage if part not in lines))

    def figure_of(self, name: str, walk: Walk) -> MarkedWalk:
        """The walk on the graph."""
        return MarkedWalk(self.plane, name, walk, reach=self.reach)

    def draw_hills(self, walk: str) -> Typeset:
        """Draw the graph of the hills, on which a walk of this name is flung out; its formula."""
        self.plane = self.axes(self.seen, self.heights)
        self.view = Flight(self.plane, walk, self.evidence.walks[walk])
        name = self.field_name(self.place.right, OVER_GRAPH, self.hills)
        self.play(mn.FadeIn(self.view.signs, self.view.wall, **LATE))
        self.play(mn.Create(self.view.graph), mn.FadeIn(name), run_time=0.8)
        self.add(self.view)
        return name

    def stand_on_a_hill(self, name: str, flung: str) -> tuple[mn.Mobject, ...]:
        """Draw the hills, how they bend, and a walk at its start; all of it, to be dismissed.

        Another walk on them is `flung` out.
        """
        self.reach = NEAR_HILL
        formula, walk = self.draw_hills(flung), self.evidence.walks[name]
        zones = BendZones(self.plane, self.hills)
        self.reader = NewtonLine(self.theme, (-5.0, OVER_GRAPH)).read(walk, 0)
        self.figure = self.figure_of(name, walk)
        self.show(zones, self.figure, self.reader.whole)
        return self.reader.whole, self.figure, formula, zones

    def draw_chart(self, chart: DigitChart) -> None:
        """Draw a chart of digits, step after step, and what it tells."""
        self.play(mn.FadeIn(chart.plane, chart.names, **LATE))
        self.play(mn.LaggedStart(*map(mn.FadeIn, chart.steps), lag_ratio=0.5, run_time=3.2))
        self.show(chart.told)

    def zoom(self, *window: Any, above: float = 0.0) -> None:
        """Let the window of the hills become another, perhaps so far above the graph's place."""
        x_window, y_window, *ticks = window
        box, (up, across) = self.place.within(bottom=above), ticks or (None, None)
        self.plane = Plane(
            self.theme, box, x_window, y_window, x_ticks=across, y_ticks=up, y_name="f(x)"
        )
        self.play(*self.view.zoom(self.plane, 1.8), self.view.follow(1.8))

    def grow(self, bars: DigitBars, rows: Iterable[mn.Mobject] = ()) -> None:
        """Let bars grow one after the other, perhaps with the rows of digits that they count."""
        for k, (row, label) in enumerate(zip_longest(rows, bars.labels)):
            arriving = [mn.FadeIn(row)] if row else []
            self.play(*arriving, bars.grow(k, 9 * TICK), run_time=9 * TICK)
            self.show(label, run_time=3 * TICK)
        self.hold(0.4)

    def race(self, race: BowlRace) -> None:
        """Let both walks set out from one corner, the first at once with its only step."""
        one, other = race.walkers
        late = mn.squish_rate_func(mn.smooth, 0.5, 0.9)
        step = one.descend([Moment(1, 0, 1.4, 1.4 + TICK)])
        self.play(step, mn.FadeIn(other, run_time=step.run_time, rate_func=late))
        steps = paced(range(1, other.walk.stopped_at + 1), ZIGZAG, (1, 0))
        self.play(mn.FadeIn(race.board.fates[0]), one.retire(), run_time=4 * TICK)
        self.hold(2 * TICK)
        self.play(other.descend(steps))
        self.show(race.board.fates[1])


def is_text(part: mn.Mobject) -> bool:
    """Whether a part is words, a formula or a live number."""
    return isinstance(part, Typeset | Readout)


class MarkedWalk(NewtonWalk):
    """A walk of Newton's whose first step stays bright: parabola, vertex, and drop to the graph.

    The parabolas of later steps are fainter, and those that have gone are ghosts.
    """

    def __init__(self, plane: Plane, name: str, walk: Walk, *, reach: float) -> None:
        super().__init__(plane, name, walk, reach=reach)
        self.vertex.scale(MARK)

    def open_parabola(self, k: int, share: float) -> MarkedWalk:
        """Draw the parabola of iterate k - 1, opened by `share` (0…1) to both sides."""
        super().open_parabola(k, share)
        self.parabola.set_stroke(opacity=1.0 if k == 1 else LATER)
        return self

    def trace(self) -> list[mn.VMobject]:
        """What the step just taken leaves behind: its parabola, and its vertex if it is apart."""
        if self._modelled > 1:
            return [self.parabola.copy().set_stroke(width=3, opacity=GHOST)]
        apart = self.vertex.get_fill_opacity() > 0
        kept = [self.drop.copy().set_stroke(self.plane.theme.tangent), self.vertex.copy()]
        return [self.parabola.copy(), *(kept if apart else ())]


class NewtonLine(LinePanel):
    """The count, x and perhaps f″ at the iterate on one line; perhaps the rule from a place.

    Places (x, y) are where writing begins, in scene units.
    """

    def __init__(
        self, theme: Theme, line: tuple[float, float], rule_at: tuple[float, float] | None = None
    ) -> None:
        (x, y), at = line, coordinate(theme, 0, "x")
        if rule_at is not None:
            super().__init__(((x, count(theme)), (x + 1.4, at)), y, size=36, decimals=6)
            code = math(rule(theme, "newton")[0], size=40, colour=theme.ink)
            self.add(stated(code.rest(*rule_at), word("rule", method="newton", line=0)))
            return
        quantities = ((x, count(theme)), (x + 1.3, at), (x + 3.5, curvature(theme)))
        super().__init__(quantities, y, size=34, decimals=2)


class Flight(Whole):
    """The graph of the hills, and a walk whose first parabola has its vertex far away.

    It is seen from near or, when it has travelled to a wide plane, from afar. `flung` is what the
    walk has on it: the start, the parabola, and the vertex once it was found.
    """

    def __init__(self, plane: Plane, name: str, walk: Walk) -> None:
        theme = plane.theme
        self.called, self.walk, self.facts = name, walk, WalkFacts(walk)
        self.model = quadratic_model(walk.field, walk.points[0])
        self.opened, self._leaves = 0.0, False
        self.parabola = mn.VMobject(stroke_color=theme.tangent, stroke_width=5)
        self.parabola.set_z_index(6)
        self.dot = IterateDot(theme.iterate)
        self.vertex = mn.Square(0.28, stroke_color=theme.tangent, stroke_width=4)
        self.vertex.rotate(np.pi / 4).set_fill(theme.ground, 1).set_z_index(7)
        self.flung = mn.VGroup(self.parabola, self.dot)
        super().__init__(plane, walk.field)

    def look(self, plane: Plane) -> None:
        """Draw everything in a plane; between heights out of the window the graph is no gap."""
        super().look(plane)
        # Where much is seen of it, many ups and downs, it is a finer and fainter line.
        near = min(1.0, WHOLE / float(np.ptp(plane.x_window)))
        theme = plane.theme
        tone = mix(theme.function, theme.ground, FAINT * (1 - near))
        self.graph.set_stroke(tone, width=LINE * near**0.5)
        x = np.linspace(*plane.x_window, PIECES * 10)
        x = np.sort([*x, *borders(self.field, x, plane.y_window)])
        self.graph.set_points(plane.curve(x, self.field.at(x[:, None]), "#000000").points)
        self.wall.clear_points()  # the window begins where there are values
        if not self._leaves:
            self._draw_parabola(plane)
            self.dot.move_to(plane.at(self.walk.points[0, 0], self.walk.values[0]))

    def state(self, plane: Plane) -> None:
        """Let all state what it is in a plane: on its way, in one that it passes."""
        super().state(plane)
        if self._leaves:
            return
        known = point(plane, "iterate", self.facts.on_graph(0))
        if self.is_passing(plane):
            stated(self.dot.release(), known)
        else:
            stated(self.dot, None)
            self.dot.claim(self.called, 0, self.dot.get_center(), known)
        self._state_parabola(plane)

    def _state_parabola(self, plane: Plane) -> None:
        data = {"model": {"walk": self.walk, "k": 0}, "x": self._reach(plane)}
        stated(self.parabola, Statement("curve", "parabola", plane, data=data))

    def open(self, run_time: float) -> mn.Animation:
        """Let the parabola open from the start over all that is seen."""

        def draw(share: float) -> None:
            self.opened = share
            self._draw_parabola(self.plane)
            self._state_parabola(self.plane)

        return Drawn(self.flung, draw, run_time=run_time)

    def follow(self, run_time: float) -> mn.Animation:
        """Be drawn anew in each frame, as the view is on its way."""
        return mn.Animation(self.flung, run_time=run_time)

    def closely(self) -> mn.VGroup:
        """The start from near: there the graph hardly bends, and its parabola as little.

        How much it bends is told there, and left and right of it, where it bends.
        """
        theme, x, field = self.plane.theme, self.facts.coordinate(0), FieldFacts(self.walk.field)
        places = [round(x.value + way, 2) for way in (BENT[0], 0.0, BENT[1])]
        low, high = places[0] - BESIDE, places[-1] + BESIDE
        near = Plane(
            theme, NEAR_BOX, (low, high), NEAR_HEIGHTS,
            x_ticks=places, y_ticks=NEAR_TICKS, x_name="",
        )  # fmt: skip
        ends = (x.value - HARDLY, x.value + HARDLY)
        samples = np.linspace(*ends, SAMPLES)
        parabola = near.curve(samples, self.model(samples), theme.tangent, 3)
        data = {"model": {"walk": self.walk, "k": 0}, "x": ends}
        stated(parabola, Statement("curve", "parabola", near, data=data))
        seen = mn.VGroup(near, near.graph(self.walk.field, theme.function, 6), parabola)
        seen.add(*self._enlarged(near))
        aside = ((0.25, 0.2, "left"), (0.25, 0.08, "left"), (-0.1, -0.45, "left"))
        for place, (right, up, anchor) in zip(places, aside, strict=True):
            is_start = place == x.value
            here = x if is_start else given("x", place)
            value, bend = field.value(here), field.derivative(here, 2)
            at = near.at(place, value.value)
            mark: mn.VMobject = mn.Circle(0.1, stroke_color=theme.past, stroke_width=3)
            if is_start:
                mark = mn.Dot(color=theme.iterate)
            stated(mark.move_to(at), point(near, "dot" if is_start else "ring", (here, value)))
            told, facts = ("x_0", [bend]) if is_start else (f"{place:g}", [here, bend])
            code = f"f''({told}) {number(bend.value, 2)}"
            said = math(code, size=40 if is_start else 32, colour=theme.tangent)
            stated(said, word("number", *facts))
            seen.add(mark, said.rest(at[0] + right, at[1] + up, anchor=anchor))
        return seen

    def _enlarged(self, near: Plane) -> list[mn.VMobject]:
        """Lines at both ends of what a plane below shows, from here down to there."""
        here, box = self.plane, near.box
        lines: list[mn.VMobject] = []
        top, floor = here.y_window[1], here.y_window[0]
        # The left one comes down on the tip of an axis.
        corners = ((box.left, box.top + AXIS_TIP), (box.right, box.top))
        for x, corner in zip(near.x_window, corners, strict=True):
            edge, there = given("edge", x), here.values_at(*corner)
            places = [(edge, given("edge", y)) for y in (top, floor)]
            places.append((given("edge", there[0]), given("edge", there[1])))
            for what, ends in zip(("link", "closer view"), pairwise(places), strict=True):
                at = [here.at(*(known.value for known in place)) for place in ends]
                line = mn.Line(at[0], at[1], stroke_width=2.5, color=here.theme.label)
                lines.append(stated(line, segment(here, what, *ends)))
        return lines

    def named(self) -> mn.VGroup:
        """The names of the start, of the graph and of the parabola, beside them."""
        theme, model = self.plane.theme, self.model
        start = math("x_0", size=34, colour=theme.iterate)
        start.rest(*self.dot.get_center()[:2] + NAME_ASIDE)
        curve = words("fitted parabola", size=SMALLEST, colour=theme.tangent)
        known = degree(model, "x", {}).put("fitted parabola")
        curve.rest(*self.plane.at(*CURVE_AT)[:2])
        return mn.VGroup(start, stated(curve, word("remark", known)))

    def leave(self) -> mn.VGroup:
        """What was `flung`, which goes as it is: the view travels on without it."""
        self._leaves = True
        return self.flung

    def ride(self, run_time: float) -> mn.Animation:
        """Let a mark go along the parabola from the start to its vertex."""
        self.flung.add(self.vertex)

        def draw(share: float) -> None:
            place = on_model(self.walk, 0, self.facts.between(1, share))
            self.vertex.move_to(self.plane.at(*(known.value for known in place)))
            what = "vertex" if share == 1 else "on its way"
            stated(self.vertex, point(self.plane, what, place))

        return Drawn(self.vertex, draw, run_time=run_time)

    def landed(self) -> mn.VGroup:
        """Where the vertex is, and how high over it the graph."""
        plane, facts, theme = self.plane, self.facts, self.plane.theme
        foot, top = (plane.at(self.walk.points[1, 0], y) for y in plane.y_window)
        line = dashed(foot, top, theme.tangent)
        ends = facts.on_axis(1), facts.on_graph(1)
        stated(line, segment(plane, "drop", *ends, dashed=True))
        x, value = facts.coordinate(1), facts.value(1)
        pointer = Pointer(plane.box, theme.function, plane.note_end)
        pointer.aim(foot, foot + 1e3 * mn.UP, f"f(x_1) {number(value.value, 1)}")
        pointer.state(plane, vertex(self.walk, 1), ends[1], value)
        name = math(f"x_1 {number(x.value, 2)}", size=34, colour=theme.tangent)
        stated(name, word("number", x))
        right = pointer.said.get_left()[0] - 0.6
        return mn.VGroup(line, pointer, name.rest(right, OVER_GRAPH, anchor="right"))

    def _reach(self, plane: Plane) -> tuple[float, float]:
        """From where to where the parabola is open."""
        start, (low, high) = float(self.walk.points[0, 0]), plane.x_window
        return start - self.opened * (start - low), start + self.opened * (high - start)

    def _draw_parabola(self, plane: Plane) -> None:
        self.parabola.clear_points()
        if self.opened > 0:
            x = np.linspace(*self._reach(plane), SAMPLES)
            line = plane.curve(x, self.model(x), plane.theme.tangent)
            self.parabola.set_points(line.points)


def borders(field: ScalarField, x: Array, window: Window) -> Array:
    """Places a hair inside of where a field of one variable crosses a window of heights at once.

    That is between two neighbours of x (n,), one below the window and one above. There the field
    must have values all over.
    """
    low, high = window
    y = field.at(x[:, None])
    leaps = [
        (one, other) if after > before else (other, one)
        for (one, before), (other, after) in pairwise(zip(x, y, strict=True))
        if min(before, after) < low and max(before, after) > high
    ]
    found = []
    for height in (low + HAIR * (high - low), high - HAIR * (high - low)):
        below, above = np.array(leaps).reshape(-1, 2).T
        for _ in range(HALVINGS):
            middle = (below + above) / 2
            over = field.at(middle[:, None]) > height
            below, above = np.where(over, below, middle), np.where(over, middle, above)
        found.append(above)
    return np.concatenate(found)


class DigitTable(mn.VGroup):
    """The iterates of a walk of one variable in 50-digit arithmetic, one a row.

    `goal` is where they go, an exact number; digits that agree with it are bright. `rows` hold
    the numbers, a group a row; under them stands the goal itself, and a head over the bars.
    """

    def __init__(self, theme: Theme, walk: Walk, goal: sp.Expr, *, x: float, top: float) -> None:
        super().__init__()
        self.theme, self.top, self.exact = theme, top, precisely(goal)
        true = decimals(self.exact)
        self.rows = mn.VGroup()
        for k, (iterate,) in enumerate(precise_points(walk)):
            text = decimals(iterate)
            right = agreeing(text, true)
            name = math(f"x_{k}", size=DIGIT_SIZE, colour=theme.iterate).rest(x, self.line(k))
            parts = [("right", text[:right])] if right else []
            value = Parts(
                [*parts, ("wrong", text[right:])],
                size=DIGIT_SIZE,
                colour=theme.dim,
                colours={"right": theme.minimum},
            )
            stated(value, word("digits", walk=walk, k=k, right=right))
            value.rest(x + 0.55, self.line(k))
            self.rows.add(mn.VGroup(name, value))
        last = self.line(len(self.rows) + 0.25)
        self.goal = mn.VGroup(
            math("x^*", size=DIGIT_SIZE, colour=theme.minimum).rest(x, last),
            math(true, size=DIGIT_SIZE, colour=theme.minimum).rest(x + 0.55, last),
        )
        stated(self.goal[1], word("digits", field=walk.field, near=float(goal)))
        head = math("-log_10 abs(x_k - x^*)", size=28, colour=theme.label).rest(BARS, 2.42)
        self.head = stated(mn.VGroup(head), Statement("axes", "bars", self))
        whose = words("Newton", size=30, colour=theme.iterate).rest(x, 2.42)
        self.head.add(stated(whose, word("label")))
        self.add(self.rows, self.goal, self.head)

    def line(self, k: float) -> float:
        """The baseline of row k, in scene units."""
        return self.top - DIGIT_ROW * k

    def bars(self, walk: Walk, colour: str) -> DigitBars:
        """Bars of the right digits of a walk to the same goal, in the rows."""
        lines = [self.line(k) for k in range(walk.stopped_at + 1)]
        return DigitBars(self, correct_digits(walk, self.exact), colour, lines)

    def scale_seen(self, lens: Lens) -> dict[str, Any]:
        """Where numbers of digits are, as a plane's axes; its box has room for MOST of them.

        There are no ticks: each bar has its number beside it.
        """
        low, high = self.line(len(self.rows)), self.line(0)
        box = [*lens.to_pixel((BARS, high + BAR)), *lens.to_pixel((BARS + MOST * DIGIT, low))]
        return {"window": [[0.0, MOST], [0.0, 1.0]], "box": box}


class DigitBars(mn.VGroup):
    """The numbers of right digits of a walk, as a bar for each on its baseline in a table."""

    def __init__(
        self,
        table: DigitTable,
        counts: Sequence[Fact],
        colour: str,
        baselines: Sequence[float],
    ) -> None:
        super().__init__()
        self.table, self.counts = table, counts
        self.bars, self.labels = mn.VGroup(), mn.VGroup()
        none = given("none", 0)
        for known, baseline in zip(counts, baselines, strict=True):
            width = max(DIGIT * known.value, SHORTEST)
            bar = mn.Rectangle(width=width, height=BAR, stroke_width=0).set_fill(colour, 1)
            bar.move_to((BARS, baseline + 0.1, 0), aligned_edge=mn.LEFT)
            stated(bar, region(table, "digits", (none, None), (known, None)))
            label = math(digits(shown(known.value, 1)), size=SMALLEST, colour=table.theme.label)
            stated(label, word("number", known))
            label.rest(bar.get_right()[0] + 0.12, baseline + 0.03)
            self.bars.add(bar)
            self.labels.add(label)
        self.add(self.bars, self.labels)

    def grow(self, k: int, run_time: float) -> mn.Animation:
        """Let the bar of iterate k grow from nothing."""
        bar, full = self.bars[k], self.bars[k].width
        left, none = bar.get_left(), given("none", 0)

        def draw(share: float) -> None:
            bar.stretch_to_fit_width(max(full * share, 1e-3)).move_to(left, aligned_edge=mn.LEFT)
            ends = (none, None), (part_way(none, self.counts[k], share), None)
            stated(bar, region(self.table, "digits", *ends))

        return Drawn(bar, draw, run_time=run_time)


class DigitChart(mn.VGroup):
    """The right digits of two walks to one goal over their steps, each iterate a dot.

    The first walk is Newton's: beside it is told how many digits are right, and between two dots
    how many times as many they become. The other is gradient descent's, and may be far longer: at
    it is told what a step has `gained`, which is less than that by far. `steps` are what arrives
    with each k, `told` what is said at last; `names` are whose dots are whose.
    """

    def __init__(self, theme: Theme, pair: Sequence[Walk], goal: sp.Expr, gained: Fact) -> None:
        super().__init__()
        exact, (fast, slow) = precisely(goal), pair
        counts, many = correct_digits(fast, exact), correct_digits(slow, exact)
        self.plane = Plane(
            theme, CHART_BOX, (0, slow.stopped_at + 0.5), (0, counts[-1].value + 0.8), x_name="k",
        )  # fmt: skip
        head = math("-log_10 abs(x_k - x^*)", size=SMALLEST, colour=theme.label)
        self.plane.add(stated(head, word("label")).rest(CHART_BOX.left - 0.8, CHART_BOX.top + 0.5))
        ways = (
            self._way(fast, counts, theme.iterate),
            self._way(slow, many, theme.runs[0]),
        )
        self.steps = [mn.VGroup(*filter(None, each)) for each in zip_longest(*ways)]
        self.told = mn.VGroup()
        for k, (before, known) in enumerate(pairwise(counts), 1):
            if k <= DOUBLES_FROM:  # too near the other walk, and not doubled yet
                continue
            x, y, _ = self.plane.at(k, known.value)
            label = math(digits(shown(known.value, 1)), size=SMALLEST, colour=theme.label)
            self.steps[k].add(stated(label, word("number", known)).rest(x + 0.2, y - 0.09))
            if k > DOUBLES_FROM + 1:
                times = ratio(known, before)
                label = math(f"times {times.value:.2f}", size=SMALLEST, colour=theme.iterate)
                x, y, _ = (self.plane.at(k, known.value) + self.plane.at(k - 1, before.value)) / 2
                stated(label, word("number", times)).rest(x - 0.2, y - 0.05, anchor="right")
                self.told.add(label)
        rate, text = WalkFacts(slow).rate(), f"{gained.value:.2f}"
        more = words(f"+ {text} a step", size=SMALLEST, colour=theme.runs[0])
        name = f"gradient descent, α = {rate.value:g}"
        whose = words(name, size=NAMED, colour=theme.runs[0])
        newton = words("Newton", size=NAMED, colour=theme.iterate)
        k = 2 * slow.stopped_at // 3
        x, y, _ = self.plane.at(k, many[k].value)
        stated(more, word("remark", gained.put(text))).rest(x, y - 0.55)
        stated(whose, word("number", rate)).rest(x, y + 0.4, anchor="right")
        end = self.steps[fast.stopped_at]
        stated(newton, word("label")).rest(end.get_right()[0] + 0.3, end[0][0].get_y() - 0.1)
        self.told.add(more)
        self.names = mn.VGroup(newton, whose)
        self.add(self.plane, *self.steps, self.told, self.names)

    def _way(self, walk: Walk, counts: Sequence[Fact], colour: str) -> list[mn.VGroup]:
        """For each iterate its dot, with the line that leads to it."""
        places = [(WalkFacts(walk).count(k), known) for k, known in enumerate(counts)]
        ats = [self.plane.at(*(known.value for known in place)) for place in places]
        pale = mix(colour, self.plane.theme.ground, 0.4)
        ways = []
        for k, (place, at) in enumerate(zip(places, ats, strict=True)):
            dot = mn.Dot(at, 0.07, color=colour).set_z_index(2)
            way = mn.VGroup(stated(dot, point(self.plane, "dot", place)))
            if k:
                line = mn.Line(ats[k - 1], at, stroke_width=4, color=pale)
                way.add(stated(line, segment(self.plane, "gain", places[k - 1], place)))
            ways.append(way)
        return ways


class BendZones(mn.VGroup):
    """Strips over the x of a window where a field bends down: between the zeros of f″."""

    def __init__(self, plane: Plane, field: ScalarField) -> None:
        super().__init__()
        # Where f″ = 0, f′ is stationary.
        slope = ScalarField(field.partial("x").expr, field.variables, window=(plane.x_window,))
        width = plane.x_window[1] - plane.x_window[0]
        inner = [float(point.point[0]) for point in find_stationary_points(slope).points]
        facts = FieldFacts(field)
        for left, right in pairwise(sorted([*inner, *plane.x_window])):
            bend = facts.derivative((left + right) / 2, 2)
            if bend.value > 0:
                continue
            low, high = plane.at([left, right], plane.y_window)
            zone = mn.Rectangle(width=high[0] - low[0], height=high[1] - low[1], stroke_width=0)
            zone.set_fill(plane.theme.danger, 0.12)
            ends = [
                (facts.bend(end, NEAR * width) if end in inner else None, None)
                for end in (left, right)
            ]
            stated(zone, region(plane, "bends down", *ends, field=field))
            self.add(zone.move_to(low, aligned_edge=mn.DL))
            if zone.width > ZONE_ROOM:
                name = math("f'' < 0", size=SMALLEST, colour=plane.theme.danger)
                stated(name, word("number", bend))
                self.add(name.rest(low[0] + 0.1, low[1] + 0.62))


class Racer(MapWalk):
    """A walk of quick steps: where they are short it leaves no rings.

    A step is as pale as it will be when it is past.
    """

    def __init__(self, plane: Plane, name: str, walk: Walk, colour: str) -> None:
        super().__init__(plane, name, walk, colour)
        self.pale = mix(colour, plane.theme.ground, PAST)
        self.shaft.set_stroke(self.pale)
        self.head.set_fill(self.pale, 1)

    def leave_behind(self, k: int) -> Racer:
        """Turn iterate k, and the step that led to it, into the past."""
        if np.linalg.norm(self.place(k) - self._last_ring) < RINGS_APART:
            self._last_ring = self.place(k)
        super().leave_behind(k)
        return self

    def retire(self) -> mn.Animation:
        """Turn the last iterate into a ring too, around the dot of who else comes there.

        Of the step there a bright line is left: an arrow's head would be in the way of that one.
        """
        gone = super().retire()
        heads = [part for part in self.past if part.get_stroke_width() == 0]
        self.past.remove(*heads)
        *before, ring = self.past
        ring.scale_to_fit_width(2 * ARRIVED).set_stroke(self.colour, 4)
        for line in before[-1:]:
            start, end = line.points[0], ring.get_center()
            edge = end - ARRIVED * (end - start) / np.linalg.norm(end - start)
            line.set_points_as_corners([start, edge]).set_stroke(self.colour, 4)
        for part in (self.shaft, self.head):
            part.clear_points()
        return gone


class BowlRace(mn.Group):
    """A bowl of two variables seen from above, on which walks take turns.

    The first walk is Newton's, the second gradient descent's. `walkers` are on the map, `board`
    tells of them, `rules` are their methods'; these come one by one, the map and its formula are
    part of the group.
    """

    def __init__(self, theme: Theme, fast: Walk, slow: Walk) -> None:
        super().__init__()
        field = fast.field
        runs = (
            Run(BOWL_WALKS[0], "Newton", fast, theme.iterate),
            Run(
                BOWL_WALKS[1], f"α = {slow.step.rate:g}", slow, theme.runs[0],
                facts=(WalkFacts(slow).rate(),),
            ),
        )  # fmt: skip
        up = WIDE * MAP.height / MAP.width
        plane = Plane(
            theme, MAP, (LEFT_END, LEFT_END + WIDE), (-up / 2, up / 2),
            x_ticks=range(-1, 5), y_ticks=range(-1, 2), y_name="y",
        )  # fmt: skip
        levels = bowl_levels(0, 80, 10)
        name = math("f(x, y) = " + typst(field.expr), size=36, colour=theme.function)
        stated(name, word("formula", field=field))
        bends = math(
            "H = " + matrix(sp.hessian(field.expr, field.variables)), size=32, colour=theme.label
        )
        self.add(ContourMap(plane, field, levels=levels), plane, name.rest(BESIDE_BOWL, 2.4))
        self.add(bends.rest(BESIDE_BOWL, 1.62))
        self.board = Board(theme, runs, x=BESIDE_BOWL, top=0.8)
        self.rules = [
            math(code, size=SMALLEST, colour=run.colour).rest(BESIDE_BOWL, -1.65 - 0.83 * row)
            for row, (code, run) in enumerate(zip(RULES, runs, strict=True))
        ]
        for line, method in zip(self.rules, ("newton", "gradient"), strict=True):
            stated(line, word("rule", method=method))
        self.walkers = [Racer(plane, run.name, run.walk, run.colour) for run in runs]


class EndStrip(StartStrip):
    """The horizontal axis, each of evenly spaced starts coloured by where its walk ends."""

    def __init__(self, plane: Plane, ends: NewtonEnds) -> None:
        colours, runs = end_colours(plane.theme), ends.runs()
        stretches = [(low, high, colours[end]) for end, low, high in runs]
        super().__init__(plane, stretches, [{"reaches": end} for end, _, _ in runs])
        self.set_stroke(width=BROAD)


class EndCount(Key):
    """How many starts end where, on the line over the graph, from x (scene units)."""

    def __init__(self, theme: Theme, ends: NewtonEnds, x: float) -> None:
        colours = end_colours(theme)
        places = {MINIMUM: f"in {MINIMUM}", MAXIMUM: f"on {MAXIMUM}", OUTSIDE: OUTSIDE}
        counts = [ends.count(end) for end in places]
        pairs = [
            (colours[end], f"{known.value} {place}")
            for (end, place), known in zip(places.items(), counts, strict=True)
        ]
        told = [(known,) for known in counts]
        super().__init__(pairs, x, OVER_GRAPH, size=34, across=True, facts=told)


class EndRemark(Remark):
    """A warning, over the end of a walk on a graph, that it is not in a minimum."""

    def __init__(self, plane: Plane, walk: Walk) -> None:
        end, facts = end_of(walk, plane.x_window), WalkFacts(walk)
        text = f"{end} at step {walk.stopped_at}"
        x, y, _ = plane.at(walk.points[-1, 0], walk.values[-1])
        super().__init__(text, "cross", plane.theme.danger, 0.0, y + OVER_END)
        self.set_x(float(np.clip(x, plane.box.left + self.width / 2, plane.box.right)))
        kind = EndFacts(walk).kind()
        if end == OUTSIDE:
            kind = outside(facts.coordinate(walk.stopped_at), *plane.x_window)
        stated(self.said, word("remark", kind.put(end), facts.steps().put(str(walk.stopped_at))))


def end_colours(theme: Theme) -> dict[str, str]:
    """The colour of each end that a walk of Newton's may take."""
    return {MINIMUM: theme.minimum, MAXIMUM: theme.danger, OUTSIDE: theme.label}


def require_story(facts: Facts, walks: dict[str, Walk], window: tuple[float, float]) -> None:
    """See that each of the walks does what is told of it; `window` is what is seen of the hills."""
    misled, flung = WalkFacts(walks["misled"]), WalkFacts(walks["flung"])
    for name in ("parabolas", *BOWL_WALKS):
        if not facts.ends(name, Verdict.CONVERGED):
            raise StoryError(f"the walk {name!r} must converge, and it does not")
    bends = ordered("<", misled.curvature(0), given("straight", 0.0))
    facts.require("the curvature is negative", bends)
    facts.teach("the same value, slope and curvature")
    flatter = (size(told.curvature(0)) for told in (flung, misled))
    facts.require("hardly bends", ordered("<", *flatter))
    facts.require("flies off", outside(flung.coordinate(1), *window))
    facts.require_as("straight to the bottom", WalkFacts(walks[BOWL_WALKS[0]]).steps(), 1)


def require_digits(facts: Facts, pair: Sequence[Walk], goal: sp.Expr, least: Fact) -> Fact:
    """See that Newton doubles its right digits from step 2 on, and the other walk gains no more.

    What it comes to gain a step is given back; `least` is the goal as a fact.
    """
    fast, slow = pair
    exact, gained = precisely(goal), gain(slow.field, WalkFacts(slow).rate(), least)
    doubled = steady(correct_digits(fast, exact)[2:], 2.0, within=0.05)
    for said in ("about doubles them", "Newton doubles"):
        facts.require(said, doubled)
    pairs = pairwise(correct_digits(slow, exact))
    more = (ordered("<=", after, total(before, gained)) for before, after in pairs)
    facts.require("comes to gain", *more)
    return gained


def newton_ends(
    field: ScalarField,
    stretch: Window,
    settings: tuple[int, float],
    window: Window,
) -> NewtonEnds:
    """Where walks of Newton's end from the inner borders of the equal parts of a stretch.

    `settings` are the most steps and the tolerance.
    """
    starts = np.linspace(*stretch, PIECES + 1)[1:-1]
    walks = (descend(field, start, newton_step, *settings) for start in starts)
    ends = [end_of(walk, window) for walk in walks]
    return NewtonEnds(field, stretch, PIECES, *settings, window, ends)


def end_of(walk: Walk, window: tuple[float, float]) -> str:
    """Where a walk of one variable ends: in a minimum or maximum of a window, or elsewhere."""
    end, (low, high) = float(walk.points[-1, 0]), window
    level = (Verdict.CONVERGED, Verdict.STOPPED, Verdict.STUCK)
    if walk.verdict not in level or not low < end < high:
        return OUTSIDE
    return kind_at(walk.field, end)


def kind_at(field: ScalarField, x: float) -> str:
    """What a stationary point with a curvature is."""
    return MINIMUM if field.hessian([x])[0, 0] > 0 else MAXIMUM


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


def correct_digits(walk: Walk, goal: Any) -> list[Fact]:
    """−log₁₀|x_k − goal| of the iterates of a walk of one variable, from 50 digits; at least 0."""
    with mpmath.workdps(DIGITS):
        sizes = [float(-mpmath.log10(abs(x - goal))) for (x,) in precise_points(walk)]
    return [right_digits(walk, k, size) for k, size in enumerate(sizes)]
