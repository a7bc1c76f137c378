"""What `scenes/sauna_descent.py` shows: a step split into its parts, and three maps in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdmath import Verdict
from gdstage.layout import PICTURE, Box
from gdstage.look.rounding import as_chosen, shown
from gdstage.look.signs import arrow_head
from gdstage.look.tag import tagged
from gdstage.look.text import SMALLEST, digits, math, relation, tint
from gdstage.pace import TICK, Moment
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap
from gdstage.proof.fact import Fact, WalkFacts, given
from gdstage.proof.map_facts import fraction
from gdstage.proof.statement import point, segment, stated, tip, word
from gdstage.proof.truths import across, distance, equal, nowhere, ordered, ratio, steepest
from gdstage.walks.badge import Badge
from gdstage.walks.gauges import Gauge
from gdstage.walks.map_walk import HALO, RADIUS, MapWalk
from gdstage.walks.readouts import LinePanel, column, count, pair_rule, rate, value
from gdstage.walks.room_clip import READOUT_BASELINE
from gdstage.walks.sauna_clip import SaunaClip
from gdstage.walks.stepping import InStep

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gdmath import Walk
    from gdstage.facts import Facts
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.proof.map_facts import SpotFacts
    from gdstage.walks.room_clip import RoomClip
    from gdstage.walks.stepping import Reader

    Window = tuple[tuple[float, float], tuple[float, float]]

_ROOM = PICTURE.within(left=0.7, bottom=0.6, top=0.95)
MAP = Box(_ROOM.left, _ROOM.left + _ROOM.height, _ROOM.bottom, _ROOM.top)
"""Where the large map is, a square at the left."""

BESIDE = Box(MAP.right + 1.1, PICTURE.right, _ROOM.bottom, _ROOM.top)
"""What is left of the picture beside it."""

SURFACE = (float(BESIDE.middle[0]) - 0.3, float(BESIDE.middle[1]) + 0.25)
"""Where the middle of the surface is, between the numbers and the verdict."""

STRIDES_AT = BESIDE.left, PICTURE.bottom + 0.2
"""Where the row of strides begins, below the surface, left of the verdict."""

HEAD, ROOM_OF_DOT = 0.2, RADIUS + HALO
SIZE = 34
ROWS, STRIDES_DROP = (0.75, 3.0), 1.5
"""How far under the first line beside a map each of two starts has its lines, and how far under
the first of these its strides are told, in scene units."""

STRIDE, FIRST_STRIDE, STRIDE_RADIUS, EVERY = 0.185, 0.5, 0.055, (6, 5, 4)
"""How far apart the dots of two strides are, and the first from where the row begins; their radius;
after how many one may have its number, in scene units."""

APART_ON_WAY, BELOW_RING = 0.55, np.array([0.29, -0.27, 0.0])
"""How far from each other rings are that have their numbers, and where from a ring its number is,
in scene units."""

APART = 0.85
"""Scene units between two maps of a row, for the labels of their axes."""

DARKER = 0.8
"""How strong the colours of small maps are: thin steps are to be seen on them."""

FASTEST, SLOWEST = 2, 10
TICKS_A_UNIT = 9
"""How many ticks a step takes, at least and at most, and for each unit of its length."""


def close_up(
    clip: RoomClip, x: tuple[float, float], y: tuple[float, float]
) -> tuple[ContourMap, Plane]:
    """A part of a clip's room as a large map: its colours with their lines, and its axes."""
    plane = Plane(clip.theme, MAP, x, y, y_name="y", most=4)
    heat = ContourMap(
        plane, clip.field, levels=clip.levels, palette=clip.palette(), span=clip.span,
        strength=clip.map_strength, line_colour=clip.theme.ground,
    )  # fmt: skip
    return heat, plane


def tones(theme: Theme) -> tuple[str, str]:
    """The colours of what is along x and along y."""
    return theme.tangent, theme.runs[0]


def rule(theme: Theme) -> Typeset:
    """The rule of gradient descent for the temperature, beside the map."""
    text = math(pair_rule(theme, "T"), size=SIZE, colour=theme.ink)
    stated(text, word("rule", method="gradient", name="T", variables=["x", "y"]))
    return text.rest(BESIDE.left, BESIDE.top - 0.6)


def line_of_numbers(theme: Theme) -> LinePanel:
    """The line of live numbers: α, k, and the temperature at the current iterate."""
    left, height = BESIDE.left, value(theme, "T(x_k, y_k)")
    quantities = ((left, rate(theme)), (left + 1.9, count(theme)), (left + 3.2, height))
    return LinePanel(quantities, READOUT_BASELINE)


def part_of_step(plane: Plane, walk: Walk, k: int, axis: int) -> mn.VGroup | None:
    """The arrow of what step k changes in x (axis 0), or after that in y; None if too short."""
    facts, colour = WalkFacts(walk), tones(plane.theme)[axis]
    (x0, y0), (x1, y1) = facts.on_map(k - 1), facts.on_map(k)
    ends = ((x0, y0), (x1, y0)) if axis == 0 else ((x1, y0), (x1, y1))
    start, end = (plane.at(*(fact.value for fact in place)) for place in ends)
    length = float(np.linalg.norm(end - start))
    along = (end - start) / max(length, 1e-9)
    # The head ends at the edge of the dot, where it leads to one.
    if np.linalg.norm(plane.at(x1.value, y1.value) - end) < ROOM_OF_DOT:
        length -= ROOM_OF_DOT
        end = end - ROOM_OF_DOT * along
    if length < 1.1 * HEAD:
        return None
    shaft = mn.Line(start, end - 0.8 * HEAD * along, color=colour, stroke_width=6)
    head = arrow_head(start, end, colour, HEAD)
    arrow = mn.VGroup(
        stated(shaft, segment(plane, "part of a step", *ends)),
        stated(head, tip(plane, "part of a step", *ends)),
    )
    return arrow.set_z_index(2)


def step_in_numbers(theme: Theme, walk: Walk, k: int) -> Typeset:
    """The rule with the numbers of step k, under it, each slope in the colour of its part."""
    facts = WalkFacts(walk)
    new, old = ([facts.coordinate(i, axis) for axis in (0, 1)] for i in (k, k - 1))
    slopes = [facts.slope(k - 1, axis) for axis in (0, 1)]
    told = [[_written(fact) for fact in pair] for pair in (new, old, slopes)]
    told[2] = [tint(code, tone) for code, tone in zip(told[2], tones(theme), strict=True)]
    after, before, gradient = (column(*pair) for pair in told)
    exact = {relation(shown(float(fact.value), 4)) for fact in (*new, *old, *slopes)} == {"="}
    alpha = tint(digits(as_chosen(facts.rate().value)), theme.iterate)
    equals = "=" if exact else "approx"
    text = math(f"{after} {equals} {before} - {alpha} thin {gradient}", size=SIZE, colour=theme.ink)
    stated(text, word("number", *new, *old, facts.rate(), *slopes))
    return text.rest(BESIDE.left, BESIDE.top - 2.1)


def _written(fact: Fact) -> str:
    return digits(shown(float(fact.value), 4))


class StridesClip(SaunaClip):
    """A clip with numbers and a verdict beside the map."""

    def draw_reader(self) -> None:
        """Draw the line of live numbers beside the map."""
        self.reader = line_of_numbers(self.theme)
        self.show(self.reader)

    def badge_of(self, walk: Walk) -> Badge:
        """The verdict, below the surface."""
        return Badge(self.theme, walk, x=BESIDE.left + 4.3, y=PICTURE.bottom + 0.2)


class Strides(Gauge):
    """A dot for each stride of a walk in a row from (x, y), the last one ringed; some are numbered.

    It steps with its walk.
    """

    def __init__(self, theme: Theme, walk: Walk, x: float, y: float, colour: str = "") -> None:
        self.walk, self.facts, last = walk, WalkFacts(walk), walk.stopped_at
        every = next(step for step in (*EVERY, last) if last % step == 0)
        left = x + FIRST_STRIDE
        sides = left, left + STRIDE * last
        super().__init__(theme, range(0, last + 1, every), (0.0, float(last)), sides, y)
        self.knob.set_stroke(colour or theme.iterate)
        self.past = mn.VGroup()
        for k in range(last + 1):
            dot = mn.Dot(self.at(k), STRIDE_RADIUS, color=theme.ink).set_fill(opacity=0)
            self.past.add(stated(dot, point(self, "past", (self.facts.count(k), None))))
        name = math("k", size=SMALLEST, colour=theme.label).rest(x, y - 0.07)
        self.add_to_back(self.stretch_of(0.0, float(last), theme.dim))
        self.add(name, self.past)
        self.stand_on(0)

    @property
    def moving(self) -> tuple[mn.Mobject, ...]:
        """What a step changes."""
        return (self.past, self.knob)

    def stand_on(self, k: int) -> None:
        """Have told of the strides as far as iterate k."""
        self.put_knob(self.facts.count(k))
        self.past[k].set_fill(opacity=1)

    def stand_between(self, k: int, share: float) -> None:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k."""
        self.put_knob(k - 1 + share)

    def leave_behind(self, k: int) -> None:
        """Leave iterate k: its dot stays."""


def stride(figure: MapWalk, strides: Strides, reader: Reader | None = None) -> mn.Animation:
    """Take a walk from its start to its end; each stride leaves a dot in its row too."""
    return InStep(figure, strides).descend(by_distance(strides.walk), reader)


def counted(figure: MapWalk) -> mn.VGroup:
    """The numbers of the rings that a walk to the upper right has left on a map, below them.

    Only of those that are far enough from the next one that has its number.
    """
    theme, numbers, after = figure.plane.theme, mn.VGroup(), figure.place(figure.walk.stopped_at)
    for k in reversed(figure.ringed):
        if np.linalg.norm(figure.place(k) - after) > APART_ON_WAY:
            after = figure.place(k)
            number = math(f"{k}", size=SMALLEST, colour=theme.ink)
            number.move_to(after + BELOW_RING)
            stated(number, word("number", figure.facts.count(k)))
            numbers.add(tagged(number, theme.ground))
    return numbers


def by_distance(*walks: Walk) -> list[Moment]:
    """The pace of walks that go in step: as long as the longest of each step is."""
    moments, clock = [], 0
    for k in range(1, max(walk.stopped_at for walk in walks) + 1):
        far = max(
            float(np.linalg.norm(walk.points[k] - walk.points[k - 1]))
            for walk in walks
            if k <= walk.stopped_at
        )
        move = int(np.clip(round(TICKS_A_UNIT * far), FASTEST, SLOWEST))
        start, clock = clock, clock + move + 1
        moments.append(Moment(k, start * TICK, (clock - 1) * TICK, clock * TICK))
    return moments


class Swing(MapWalk):
    """A walk that ends in jumping to and fro: of its jumps only the last one each way stays.

    `turn` is the first iterate that it comes back to; those before are the way to the cycle.
    """

    def __init__(self, plane: Plane, name: str, walk: Walk) -> None:
        steps = np.diff(walk.points, axis=0)
        back = np.flatnonzero((steps[1:] * steps[:-1]).sum(axis=1) < 0)
        self.turn = int(back[0]) + 2 if len(back) else len(walk.points)
        self._outdated: list[mn.Mobject] = []
        super().__init__(plane, name, walk)

    def leave_behind(self, k: int) -> Swing:
        """Turn iterate k, and the step that led to it, into the past, instead of the jump before.

        Of the step that led into the cycle the shaft stays.
        """
        known = len(self.past)
        super().leave_behind(k)
        self.past.remove(*self._outdated)
        left = self.past.submobjects[known - len(self._outdated) :]
        self._outdated = [*left[max(self.turn - k, 0) :]] if k >= self.turn - 1 else []
        return self


class MapRow:
    """Maps of a clip's room side by side, on each a walk with its learning rate above it."""

    def __init__(self, clip: RoomClip, walks: Mapping[str, Walk]) -> None:
        theme, number = clip.theme, len(walks)
        side = (_ROOM.width - APART * (number - 1)) / number - 0.05
        top = _ROOM.top - 0.1
        self.theme, self.maps, self.figures, self.labels = theme, [], {}, {}
        self._lows: dict[str, tuple[float, float]] = {}
        for i, (name, walk) in enumerate(walks.items()):
            left = _ROOM.left + i * (side + APART)
            box = Box(left, left + side, top - side, top)
            plane = Plane(theme, box, *clip.room, x_name="", most=5)
            heat = ContourMap(
                plane, clip.field, levels=clip.levels, palette=clip.palette(), span=clip.span,
                strength=DARKER, line_colour=theme.ground,
            )  # fmt: skip
            self.maps.append(mn.Group(heat, plane))
            figure = Swing if walk.verdict is Verdict.OSCILLATING else MapWalk
            self.figures[name] = figure(plane, name, walk)
            chosen = WalkFacts(walk).rate()
            code = f"alpha = {digits(as_chosen(chosen.value))}"
            label = math(code, size=36, colour=theme.iterate).rest(left + 0.3, top + 0.45)
            self.labels[name] = stated(label, word("number", chosen))
            self._lows[name] = (left - 0.5, box.bottom - 0.95)

    @property
    def whole(self) -> list[mn.Mobject]:
        """All that it begins with: the maps, the rates above them, the walks on their starts."""
        return [*self.maps, *self.labels.values(), *self.figures.values()]

    def badge(self, name: str, walk: Walk) -> Badge:
        """What became of a walk, below its map."""
        x, y = self._lows[name]
        return Badge(self.theme, walk, x=x, y=y)

    def bound_beside(self, name: str, spot: SpotFacts, bound: Fact) -> Typeset:
        """The bound that a rate is over: 2 over the largest curvature."""
        label = self.labels[name]
        (above, below), (top, bottom) = fraction(spot.curvature(0, 0)), fraction(bound)
        two = given("2", 2.0)
        code = (
            f"> frac({two.value:g}, {above.value:g} \\/ {below.value:g}) = "
            f"frac({top.value:g}, {bottom.value:g})"
        )
        text = math(code, size=28, colour=self.theme.danger)
        text.rest(float(label.get_right()[0]) + 0.15, label.baseline)
        return stated(text, word("number", two, above, below, top, bottom))


class Starts:
    """Two walks, by name, on one map, and beside it their `rate`.

    Of `rows` each is a walk's figure, its strides, from where it starts, and what becomes of it.
    The first one is in the colour of labels: it was told before.
    """

    def __init__(self, plane: Plane, walks: Mapping[str, Walk]) -> None:
        theme, left, top = plane.theme, BESIDE.left, BESIDE.top - 0.3
        chosen = WalkFacts(next(iter(walks.values()))).rate()
        code = f"alpha = {digits(as_chosen(chosen.value))}"
        self.rate = math(code, size=36, colour=theme.iterate).rest(left, top)
        stated(self.rate, word("number", chosen))
        self.rows: list[tuple[MapWalk, Strides, Typeset, Badge]] = []
        tones = theme.label, theme.iterate
        for (name, walk), colour, down in zip(walks.items(), tones, ROWS, strict=True):
            start = [fact for fact in WalkFacts(walk).on_map(0) if fact]
            place = ", ".join(digits(as_chosen(fact.value)) for fact in start)
            text = math(f'"start" ({place})', size=SIZE, colour=colour).rest(left, top - down)
            stated(text, word("number", *start))
            badge = Badge(theme, walk, x=left, y=top - down - 0.75)
            strides = Strides(theme, walk, left, top - down - STRIDES_DROP, colour)
            self.rows.append((MapWalk(plane, name, walk, colour), strides, text, badge))


def in_step(figures: Iterable[MapWalk], moments: Sequence[Moment]) -> list[mn.Animation]:
    """Take walks on, all their steps at once, each until it is over."""
    return [
        figure.descend([m for m in moments if m.k <= figure.walk.stopped_at]) for figure in figures
    ]


def grow(arrow: mn.VGroup) -> mn.Animation:
    """Let an arrow grow from where it begins."""
    return mn.GrowFromPoint(arrow, arrow[0].get_start())


def require_story(facts: Facts, room: Window, cold: SpotFacts, most: Fact) -> None:
    """See that walks are what is told of them: one arrives, one jumps, one has too far to go."""
    walks = facts.walks
    for axis in (0, 1):
        for walk, said in (("good", "the walk reaches"), ("near", "is there")):
            there = facts.of(walk).coordinate(-1, axis)
            facts.require(said, equal(there, cold.coordinate(axis), within=0.01))
        straddle = across(walks["large"], cold.coordinate(axis), axis)
        facts.require("it jumps across the coldest place, again and again", straddle)
    facts.require("is over the bound", ordered(">", facts.of("large").rate(), most))
    facts.require("the coldest place", nowhere("<", cold.field, room, cold.value()))
    nearer = (distance(walks[name], 0, cold) for name in ("near", "good"))
    facts.require("start nearer", ordered("<", *nearer))
    share = ratio(facts.of("small").steepness(0), steepest(walks["good"]))
    level = ordered("<=", share, given("a quarter", 0.25))
    facts.require("Near the hot wall the floor is almost level", level)
