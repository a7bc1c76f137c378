"""What `scenes/starting_point.py` shows: a graph from close by, and then from farther."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np

from gdstage.layout import COLUMNS, IS_TALL, PANEL, SHAPE, Box
from gdstage.look.rounding import shown
from gdstage.look.signs import SIGNS, strokes
from gdstage.look.text import SMALLEST, bare, math, number, words
from gdstage.motion import Drawn
from gdstage.plane.axes import Plane
from gdstage.plane.minima import GraphMinima
from gdstage.plane.no_value import NoValueZones, no_value, stretches_without_value
from gdstage.proof.evidence import IterateDot
from gdstage.proof.fact import WalkFacts, given, part_way
from gdstage.proof.field_facts import FieldFacts, floored
from gdstage.proof.statement import Statement, graph, line, point, scenery, segment, stated, word
from gdstage.proof.truths import equal, number_of, ordered, size
from gdstage.shape import WIDE
from gdstage.walks.basins import STRIP
from gdstage.walks.descent_clip import GRAPH, DescentClip
from gdstage.walks.fates import fate_of
from gdstage.walks.readouts import Readouts, coordinate, count, rate, slope

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gdmath import ScalarField, StationaryPoint, Walk
    from gdstage.facts import Facts
    from gdstage.look.rounding import Shown
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact
    from gdstage.proof.field_facts import BasinFacts
    from gdstage.walks.graph_walk import GraphWalk

if IS_TALL:
    INSET = COLUMNS[0].within(left=0.75, right=0.75, bottom=1.2, top=0.75)
    NUMBERS, VERDICT = ((COLUMNS[1].left, PANEL.top - down) for down in (0.75, 3.0))
else:
    INSET = PANEL.within(left=0.75, right=0.75, bottom=3.65, top=0.75)
    NUMBERS, VERDICT = ((PANEL.left, PANEL.top - down) for down in (3.8, 5.7))
"""In the panel: a close-up of where walks start; live numbers and the verdict, under or beside."""

CLOSE = (-0.008, 0.07), (3.4, 5.6)
CLOSE_TICKS = (0, 0.03, 0.06), (4, 5)
"""The window in which walks start, and its ticks."""

ROW = 0.62
TANGENT_SHARE = 0.5
"""How long a tangent is, as a share of the height of the box."""

KEPT_SHARE = 0.55
"""Of a tangent, how much is left of it when the walk has gone on."""

BESIDE_HOP = 0.15, 0.55
"""How far right of the end of a step its length is written, and how far over the axis."""

AT_TANGENT, LOWER = 0.12 if SHAPE == WIDE else 0.2, 0.32
"""How far from a tangent's upper end its slope is written, and how far under it (scene units)."""

TABLE, TABLE_COLUMNS, TABLE_ROW = (GRAPH.left + 1.8, GRAPH.top - 0.7), (0.0, 0.75, 1.95), 0.5
"""Within the valley: where the table of first steps begins, its columns, and its rows' pitch."""

OVER_AXIS, LINE, UNDER_HOP, OFF_HOP = 0.3, 0.8, 0.5, 0.15
"""How far over the axis places are written, from there to the line above, and how far right of
the ends of a hop, in scene units."""

ASIDE, SIGN_ABOVE = (0.3, 0.14), 0.45
THERE = 1 - 1e-9
"""A share of a way that is all of it."""

GOES, COMES, COME = ((0.2, 0.5), (1.0, 0.0)), ((0.45, 0.7), (0.0, 1.0)), ((0.0, 1.0), (1.0, 1.0))
LABELS_APART = 0.08
"""How opaque a tick is when so much of the way has passed: one of the plane before, one of the next
plane, one of both; how far labels stay apart (scene units)."""

Window = tuple[float, float]


class Passing(mn.VMobject):
    """Leaves no ink: it states the plane that a view passes, whose axes are not drawn."""

    def state(self) -> bytes:
        """Nothing of it changes but what it states."""
        return b""


class View(mn.VGroup):
    """The graph of a field of one variable in a plane, shaded where it has no value.

    It may travel to another plane: through another window, or to another box. Ticks and names are
    no part of it, for they do not grow.
    """

    def __init__(self, plane: Plane, field: ScalarField) -> None:
        super().__init__()
        self.plane, self.field = plane, field
        self.wall = mn.VMobject(stroke_width=0).set_fill(plane.theme.danger, 0.13)
        self.graph = plane.graph(field, plane.theme.function)
        self.passing = Passing()
        self.add(self.wall, self.graph, self.passing)

    def travel(self, plane: Plane, run_time: float) -> mn.Animation:
        """Become the view in another plane; the window grows evenly, by a factor a second."""
        before, self.plane = self.plane, plane

        def draw(share: float) -> None:
            seen = plane if share > THERE else _between(before, plane, share)
            self.look(seen)
            self.pass_by(seen, share)
            self.state(seen)

        return Drawn(self, draw, run_time=run_time)

    def look(self, plane: Plane) -> None:
        """Draw everything in a plane."""
        self.graph.set_points(plane.graph(self.field, plane.theme.function).points)
        self.wall.clear_points()
        bottom, top = plane.y_window
        for low, high in stretches_without_value(self.field, plane.x_window):
            corners = plane.at([low, high, high, low, low], [bottom, bottom, top, top, bottom])
            self.wall.start_new_path(corners[0])
            self.wall.add_points_as_corners(corners[1:])

    def pass_by(self, plane: Plane, share: float) -> None:
        """Draw what else there is when so much (0…1) of the way to another plane has passed."""

    def state(self, plane: Plane) -> None:
        """Let all state what it is in a plane: on its way, in one that it passes."""
        stated(self.passing, Statement("axes", "axes", plane) if self.is_passing(plane) else None)
        stated(self.graph, graph(plane, self.field))
        zones = stretches_without_value(self.field, plane.x_window)
        stated(self.wall, no_value(plane, self.field, zones[0]) if len(zones) == 1 else None)

    def is_passing(self, plane: Plane) -> bool:
        """Whether a plane is none in which it rests."""
        return plane is not self.plane


class Whole(View):
    """The view of the whole graph; its `signs` are axes, where there is no value, the minimum.

    Where the minimum is, is shown if it is told. Ticks are `riding` along as the window changes.
    """

    riding: RidingTicks | None = None

    def __init__(
        self, plane: Plane, field: ScalarField, least: StationaryPoint | None = None
    ) -> None:
        super().__init__(plane, field)
        self._least = [(float(least.point[0]), float(least.value))] if least else []
        self.axes = mn.VGroup()
        self.add(self.axes)
        self.look(plane)
        self.state(plane)
        self.signs = self._signs(plane)

    def create(self, run_time: float) -> list[mn.Animation]:
        """Let it appear, the graph drawn."""
        signs = [mn.FadeIn(part, run_time=run_time) for part in (self.wall, self.signs)]
        return [*signs, mn.Create(self.graph, run_time=run_time)]

    def zoom(self, plane: Plane, run_time: float) -> list[mn.Animation]:
        """Let the window become that of a plane in the same box, and the signs follow.

        The ticks of both planes ride along.
        """
        before, self.signs = self.signs, self._signs(plane)
        self.riding = RidingTicks(self.plane, plane)
        self.add(self.riding)
        axes, *others = self.signs
        soon, late = (mn.squish_rate_func(mn.smooth, *part) for part in ((0.25, 0.5), (0.75, 1)))
        return [
            mn.FadeOut(before, run_time=0.4),
            self.travel(plane, run_time),
            _appear(axes, run_time=run_time, rate_func=soon),
            *(mn.FadeIn(part, run_time=run_time, rate_func=late) for part in others if len(part)),
        ]

    def pass_by(self, plane: Plane, share: float) -> None:
        """Let the ticks ride along, and settle where they have arrived."""
        if self.riding is None:
            return
        self.riding.ride(plane, share)
        if share > THERE:
            self.riding.settle()
            self.remove(self.riding)
            self.riding = None

    def look(self, plane: Plane) -> None:
        """Draw everything in a plane."""
        super().look(plane)
        if not self.axes and plane is not self.plane:
            # Without these there would be none while the ticks of one plane give way to others.
            self.axes.add(bare_plane(plane.theme, plane.box, plane.x_window, plane.y_window))
        if plane is self.plane:
            self.axes.remove(*self.axes)

    def _signs(self, plane: Plane) -> mn.VGroup:
        said = NoValueZones(plane, self.field).said
        return mn.VGroup(plane, said, GraphMinima(plane, self.field, self._least, above=True))


class ZoomClip(DescentClip):
    """A clip of walks on one graph, whose window may become another, in `zooming` seconds."""

    whole: Whole
    zooming = 2.0

    def zoom(self, *window: Any) -> None:
        """Let the window of the whole graph become another."""
        self.plane = self.axes(*window)
        self.play(*self.whole.zoom(self.plane, run_time=self.zooming))


class RidingTicks(mn.VGroup):
    """The ticks of two planes while the window of one becomes that of the other.

    Those of the first go, those of the second come; of a value that both have one label stays.
    """

    def __init__(self, before: Plane, after: Plane) -> None:
        super().__init__()
        self.after = after
        old, self.new = before.lend_ticks(), after.lend_ticks()
        stated(after, scenery("axes"))  # there are no values at it yet
        kept = [(axis, value) for axis, value, *_ in old]
        self.riders = [
            *((tick, COME) for tick in self.new if _is_among(tick, kept)),
            *((tick, GOES) for tick in old if not _is_among(tick, self.new)),
            *((tick, COMES) for tick in self.new if not _is_among(tick, kept)),
        ]
        self.marks = stated(mn.VGroup(), scenery("axes"))
        self.add(self.marks)
        for (_, _, mark, label), _ in self.riders:
            self.marks.add(mark)
            self.add(label)

    def ride(self, plane: Plane, share: float) -> None:
        """Be where a plane on the way has the values, with so much (0…1) of it passed."""
        seen: list[Typeset] = []
        for (axis, value, mark, label), times in self.riders:
            window = (plane.x_window, plane.y_window)[axis]
            corner = [plane.x_window[0], plane.y_window[0]]
            corner[axis] = value
            mn.VGroup(mark, label).shift(plane.at(*corner) - mark.points[0])
            opacity = float(np.interp(share, *times))
            if not window[0] <= value <= window[1] or any(_touch(label, other) for other in seen):
                opacity = 0.0
            mark.set_stroke(opacity=opacity)
            label.set_fill(opacity=opacity)
            seen += [label] if opacity else []

    def settle(self) -> None:
        """Let the second plane have its ticks again."""
        self.after.add(*(part for _, _, *parts in self.new for part in parts))
        stated(self.after, Statement("axes", "axes", self.after))


def _appear(whole: mn.Mobject, **pace: Any) -> mn.Animation:
    """Let something fade in that more is added to meanwhile."""
    parts = whole.family_members_with_points()
    seen = [(part, part.get_fill_opacity(), part.get_stroke_opacity()) for part in parts]

    def draw(share: float) -> None:
        for part, fill, stroke in seen:
            part.set_fill(opacity=share * fill, family=False)
            part.set_stroke(opacity=share * stroke, family=False)

    return Drawn(whole, draw, **pace)


def _is_among(tick: Sequence[Any], others: Iterable[Sequence[Any]]) -> bool:
    """Whether a tick has the axis and the value of another."""
    return any(tick[0] == other[0] and np.isclose(tick[1], other[1]) for other in others)


def _touch(one: mn.Mobject, other: mn.Mobject) -> bool:
    """Whether two labels would be too near to each other."""
    apart = np.abs(one.get_center() - other.get_center())[:2]
    sizes = np.array([one.width + other.width, one.height + other.height])
    return bool((apart < sizes / 2 + LABELS_APART).all())


class CloseUp(View):
    """A view with the starts of walks on the graph, a tangent at each, and a ring at one.

    The tangents come one after the other, each out of the one before.
    """

    def __init__(self, plane: Plane, walks: Mapping[str, Walk]) -> None:
        super().__init__(plane, next(iter(walks.values())).field)
        theme, self.walks = plane.theme, walks
        self.tangents = mn.VGroup()
        self.dots = mn.VGroup(*(IterateDot(theme.iterate) for _ in walks))
        self.ring = mn.Circle(0.2, stroke_color=theme.ink, stroke_width=4)
        self.ring.set_fill(opacity=0).set_stroke(opacity=0)
        self.add(self.tangents, self.dots, self.ring)
        self._touched: list[Fact] = []
        self._ringed: Fact | None = None
        self.look(plane)
        self.state(plane)
        for dot, name in zip(self.dots, walks, strict=True):
            known = point(plane, "iterate", WalkFacts(walks[name]).on_graph(0))
            stated(dot.claim(name, 0, dot.get_center(), known), None)

    def label(self, name: str) -> Typeset:
        """The slope at a walk's start, written beside it."""
        facts = WalkFacts(self.walks[name])
        at, slope_there = facts.coordinate(0), facts.slope(0)
        label = math(
            f"f'({at.value:g}) {number(slope_there.value, 1)}",
            size=32,
            colour=self.plane.theme.tangent,
        )
        stated(label, word("number", at, slope_there))
        return label.rest(*self._place(name)[:2] + ASIDE)

    def slide(self, name: str, run_time: float) -> mn.Animation:
        """Let a tangent slide to a walk's start, out of the last one."""
        end = WalkFacts(self.walks[name]).coordinate(0)
        begin = self._touched[-1] if self._touched else end
        self.tangents.add(mn.VMobject(stroke_color=self.plane.theme.tangent, stroke_width=5))
        self._touched.append(begin)

        def draw(share: float) -> None:
            self._touched[-1] = _part_way(begin, end, share)
            self._touch(self.plane)
            self._state_tangents(self.plane)

        return Drawn(self.tangents, draw, run_time=run_time)

    def choose(self, at: Fact, run_time: float) -> mn.Animation:
        """Let the ring go to a start along the graph; at first it appears there.

        Of the tangents only that of the start stays.
        """
        begin = self._ringed or at
        seen = [
            (tangent, tangent.get_stroke_opacity(), float(touched.value == at.value))
            for tangent, touched in zip(self.tangents, self._touched, strict=True)
        ]

        def draw(share: float) -> None:
            self._ringed = _part_way(begin, at, share)
            self._put_ring(self.plane)
            self._state_ring(self.plane)
            for tangent, before, after in seen:
                tangent.set_stroke(opacity=before + share * (after - before))

        return Drawn(mn.Group(self.tangents, self.ring), draw, run_time=run_time)

    def sign(self, name: str) -> mn.VMobject:
        """What became of a walk, beside its start."""
        fate, theme = fate_of(self.walks[name]), self.plane.theme
        sign = strokes(SIGNS[fate.sign], 0.13, getattr(theme, fate.tone), 6)
        start = WalkFacts(self.walks[name]).on_graph(0)
        known = point(self.plane, "fate", start, aside=(0.0, SIGN_ABOVE), sign=fate.sign)
        return stated(sign.shift(self._place(name) + SIGN_ABOVE * mn.UP), known)

    def part(self, threshold: Fact, said: str) -> mn.VGroup:
        """The axis in two colours, which meet at the threshold, with the first of its digits."""
        plane = self.plane
        theme, strip = plane.theme, mn.VGroup()
        edges = (given("on the scale", 0.0), threshold, given("on the scale", plane.x_window[1]))
        for ends, colour in zip(pairwise(edges), (theme.danger, theme.minimum), strict=True):
            left, right = (plane.at(end.value, plane.y_window[0]) for end in ends)
            stretch = mn.Line(left, right, color=colour, stroke_width=STRIP)
            strip.add(stated(stretch, segment(plane, "stretch", *((end, None) for end in ends))))
        foot = plane.at(threshold.value, plane.y_window[0])
        post = mn.Line(foot + 0.1 * mn.DOWN, foot + 0.3 * mn.UP, color=theme.ink, stroke_width=3)
        stated(post, segment(plane, "post", (threshold, None), (threshold, None)))
        name = math(f"x_0 = {said}...", size=SMALLEST, colour=theme.ink)
        decimals = len(said.partition(".")[2])
        stated(name, word("number", floored(threshold, decimals, float(said))))
        name.rest(plane.box.right + 0.5, foot[1] - 0.85, anchor="right")
        return mn.VGroup(strip, post, name)

    def look(self, plane: Plane) -> None:
        """Draw everything in a plane."""
        super().look(plane)
        for walk, dot in zip(self.walks.values(), self.dots, strict=True):
            dot.move_to(plane.at(walk.points[0, 0], walk.values[0]))
        self._touch(plane)
        self._put_ring(plane)

    def state(self, plane: Plane) -> None:
        """Let all state what it is in a plane: on its way, in one that it passes."""
        super().state(plane)
        for dot, walk in zip(self.dots, self.walks.values(), strict=True):
            if self.is_passing(plane):
                dot.release()
            claims, start = dot.stands_for is not None, WalkFacts(walk).on_graph(0)
            stated(dot, None if claims else point(plane, "dot", start))
        self._state_tangents(plane)
        self._state_ring(plane)

    def _state_tangents(self, plane: Plane) -> None:
        facts = FieldFacts(self.field)
        for tangent, x in zip(self.tangents, self._touched, strict=True):
            stated(tangent, line(plane, "tangent", facts.on_graph(x), facts.derivative(x)))

    def _state_ring(self, plane: Plane) -> None:
        if self._ringed:
            known = point(plane, "knob", FieldFacts(self.field).on_graph(self._ringed))
            stated(self.ring, known)

    def _touch(self, plane: Plane) -> None:
        reach = TANGENT_SHARE * plane.box.height / 2
        for tangent, touched in zip(self.tangents, self._touched, strict=True):
            x = float(touched.value)
            slope_there = float(self.field.gradient([x])[0])
            ends = plane.tangent(x, float(self.field(x)), slope_there, reach)
            tangent.set_points_as_corners(ends)

    def _put_ring(self, plane: Plane) -> None:
        if self._ringed:
            x = float(self._ringed.value)
            self.ring.move_to(plane.at(x, float(self.field(x)))).set_stroke(opacity=1)

    def _place(self, name: str) -> np.ndarray:
        walk = self.walks[name]
        return self.plane.at(walk.points[0, 0], walk.values[0])


def close_plane(theme: Theme, box: Box) -> Plane:
    """The axes of a window near the wall, in a box of the frame."""
    across, up = CLOSE_TICKS
    return Plane(theme, box, *CLOSE, x_ticks=across, y_ticks=up, y_name="f(x)")


def numbers(theme: Theme) -> Readouts:
    """The live numbers: α and k on one line, x_k, and the slope there."""
    reader, (x, y) = Readouts(), NUMBERS
    reader.put(rate(theme), x, y)
    reader.put(count(theme), x + 2.0, y)
    return reader.rows((coordinate(theme, 0, "x"), slope(theme)), x, y - ROW, ROW, decimals=4)


def require_story(
    facts: Facts, walks: dict[str, Walk], least: Fact, starts: BasinFacts, names: Sequence[str]
) -> None:
    """See that the three walks of these names, and the one from the threshold, are as told.

    `least` is where the minimum is, `starts` are those that arrive.
    """
    told = [WalkFacts(walks[name]) for name in reversed(names)]  # the nearest to 0 first
    third, second, first = told
    facts.say(number_of(*map(_start, told)), "Three")
    places, slopes = ([f(walk) for walk in told] for f in (_start, _first_slope))
    facts.require("nearer to", ordered("<", *places))
    facts.require("to 0", ordered("<", given("end of the domain", 0.0), places[0]))
    facts.require("steeper", ordered(">", *slopes))
    facts.require("and longer", ordered(">", *(walk.length(1) for walk in told)))
    facts.require("across the valley", *(
        ordered(">", walk.coordinate(1), least, walk.coordinate(0)) for walk in told
    ))  # fmt: skip
    facts.require("comes back", ordered("<", second.coordinate(2), second.coordinate(1)))
    leaves = equal(third.steps(), given("steps", 2.0))
    facts.require("the next step ends at", leaves)
    facts.require("so steep", ordered(">", size(third.slope(1)), size(first.slope(1))))
    edge = WalkFacts(walks["threshold"])
    back = equal(edge.coordinate(2), edge.coordinate(0), within=1e-6)
    facts.require("back for ever", back)
    lost = equal(*(starts.reached(i) for i in (0, 2)), given("no minimum", -1.0))
    ends = (
        equal(starts.edge(1, end), edge.coordinate(k), within=1e-5)
        for k, end in enumerate(("low", "high"))
    )
    facts.require("Starts between the two arrive", lost, *ends, starts.reached(1))


def _start(walk: WalkFacts) -> Fact:
    return walk.coordinate(0)


def _first_slope(walk: WalkFacts) -> Fact:
    return size(walk.slope(0))


def keep_tangent(figure: GraphWalk) -> mn.VMobject:
    """Leave a walk's tangent behind where it is now, shorter, so as to cross no other."""
    at = figure.dot.get_center()
    kept: mn.VMobject = figure.tangent.copy().scale(KEPT_SHARE, about_point=at)
    figure.past.add(kept)
    return kept


def first_step(figure: GraphWalk, tangents: Sequence[mn.VMobject]) -> list[Typeset]:
    """How far the first step of a walk to the right went, written over its hop.

    At `tangents` that stayed, from the start on, stands the slope.
    """
    plane, facts = figure.plane, figure.facts
    step, colour = facts.step(1), plane.theme.iterate
    length = math(signed(shown(step.value, 2)), size=SMALLEST, colour=colour)
    stated(length, word("number", step))
    end, (right, up) = figure.on_axis(1), BESIDE_HOP
    told = [length.rest(end[0] + right, end[1] + up)]
    for k, tangent in enumerate(tangents):
        slope_there = facts.slope(k)
        said = bare(shown(slope_there.value, 1))
        name = stated(
            math(said, size=SMALLEST, colour=plane.theme.tangent), word("number", slope_there)
        )
        ends = tangent.get_start(), tangent.get_end()
        x, y, _ = max(ends, key=lambda end: float(end[1]))
        side = -1 if slope_there.value < 0 else 1
        down = LOWER if side > 0 else 0.1  # right of the valley the graph bends up beside it
        name.rest(x + side * AT_TANGENT, y - down, anchor="right" if side < 0 else "left")
        told.append(name)
    return told


def signed(step: Shown) -> str:
    """A step to the right with its sign, in Typst's mathematics; a rounded one has its "≈"."""
    return bare(replace(step, mantissa=f"+{step.mantissa}"))


def first_steps(
    theme: Theme, walks: Mapping[str, Walk], names: Sequence[str]
) -> dict[str, mn.VGroup]:
    """A row of cells for each name: its walk's start, the slope there, how far its first step goes.

    What the columns are stands over the first row, and is part of it.
    """
    colours, (left, top) = (theme.ink, theme.tangent, theme.iterate), TABLE
    heads = (
        math("x_0", size=SMALLEST, colour=colours[0]),
        math("f'(x_0)", size=SMALLEST, colour=colours[1]),
        words("step", size=SMALLEST, colour=colours[2]),
    )
    table: list[list[Typeset]] = [list(heads)]
    for walk in (WalkFacts(walks[name]) for name in names):
        known = walk.coordinate(0), walk.slope(0), walk.step(1)
        told = (
            f"{known[0].value:g}", bare(shown(known[1].value, 1)), signed(shown(known[2].value, 2)),
        )  # fmt: skip
        cells = zip(known, told, colours, strict=True)
        table.append([
            stated(math(code, size=SMALLEST, colour=colour), word("number", fact))
            for fact, code, colour in cells
        ])  # fmt: skip
    for i, row in enumerate(table):
        for cell, x in zip(row, TABLE_COLUMNS, strict=True):
            cell.rest(left + x, top - TABLE_ROW * i)
    head, first, *others = table
    rows = (mn.VGroup(*row) for row in ([*head, *first], *others))
    return dict(zip(names, rows, strict=True))


def to_and_fro(figure: GraphWalk, arrives: Fact) -> list[Typeset]:
    """Over the axis, at both ends of a walk's only hop: whose places these are; and who arrives.

    `arrives` tells it of the starts between; those beyond leave the domain.
    """
    theme, (low, high) = figure.plane.theme, (figure.on_axis(k)[0] for k in (0, 1))
    y, (one, other) = figure.plane.floor + OVER_AXIS, (figure.facts.coordinate(k) for k in (0, 1))
    told = (f"x_0, x_2, x_4 {number(one.value, 4)}", f"x_1, x_3 {number(other.value, 3)}")
    first, second = (math(code, size=30, colour=theme.iterate) for code in told)
    stated(first, word("number", one)).rest(low + UNDER_HOP, y)
    stated(second, word("number", other)).rest(high + OFF_HOP, y)
    said = words("these arrive", size=30, colour=theme.minimum)
    stated(said, word("remark", arrives.put("these arrive")))
    lost = words("out of the domain", size=SMALLEST, colour=theme.danger)
    lost.rest(high + OFF_HOP, y + LINE)
    return [first, second, said.rest((low + high) / 2, y + LINE, anchor="centre"), lost]


def _part_way(one: Fact, other: Fact, share: float) -> Fact:
    """A place on the way between two, themselves if they are one."""
    if share > THERE or one.value == other.value:
        return other
    return part_way(one, other, share)


def _between(one: Plane, other: Plane, share: float) -> Plane:
    """A plane without ticks, `share` (0…1) of the way from one to another."""
    sides = (
        (1 - share) * getattr(one.box, side) + share * getattr(other.box, side)
        for side in ("left", "right", "bottom", "top")
    )
    pairs = ((one.x_window, other.x_window), (one.y_window, other.y_window))
    windows = (_window(np.array(near), np.array(far), share) for near, far in pairs)
    return bare_plane(one.theme, Box(*sides), *windows)


def _window(near: np.ndarray, far: np.ndarray, share: float) -> Window:
    """The window `share` (0…1) of the way from one (2,) to another, its width growing evenly."""
    before, after = np.ptp(near), np.ptp(far)
    if np.isclose(before, after):
        low, high = near + share * (far - near)
    else:
        width = before * (after / before) ** share
        low, high = near + (far - near) * (width - before) / (after - before)
    return float(low), float(high)


def bare_plane(theme: Theme, box: Box, x_window: Window, y_window: Window) -> Plane:
    """Axes without ticks or names."""
    plane = Plane(theme, box, x_window, y_window, x_ticks=(), y_ticks=(), x_name="")
    return stated(plane, scenery("axes"))
