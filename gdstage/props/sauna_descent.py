"""What `scenes/sauna_descent.py` shows: a step split into its parts, and three maps in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.layout import PICTURE, Box
from gdstage.look.rounding import as_chosen, shown
from gdstage.look.signs import arrow_head
from gdstage.look.text import digits, math, relation, tint
from gdstage.pace import TICK, Moment
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap
from gdstage.proof.fact import Fact, WalkFacts, given
from gdstage.proof.map_facts import fraction
from gdstage.proof.statement import segment, stated, tip, word
from gdstage.proof.truths import across, distance, equal, nowhere, ordered, ratio, steepest
from gdstage.walks.badge import Badge
from gdstage.walks.map_walk import MapWalk
from gdstage.walks.readouts import LinePanel, column, count, pair_rule, rate, value
from gdstage.walks.room_clip import READOUT_BASELINE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gdmath import Walk
    from gdstage.facts import Facts
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.proof.map_facts import SpotFacts
    from gdstage.walks.room_clip import RoomClip

    Window = tuple[tuple[float, float], tuple[float, float]]

_ROOM = PICTURE.within(left=0.7, bottom=0.6, top=0.95)
_SPARE = max(_ROOM.height - 4.35, 0.0) / 2
_ROOM = _ROOM.within(bottom=_SPARE, top=_SPARE)
MAP = Box(_ROOM.left, _ROOM.left + _ROOM.height, _ROOM.bottom, _ROOM.top)
"""Where the large map is, a square at the left."""

BESIDE = Box(MAP.right + 1.1, PICTURE.right, _ROOM.bottom, _ROOM.top)
"""What is left of the picture beside it."""

SURFACE = (float(BESIDE.middle[0]) - 0.3, float(BESIDE.middle[1]) + 0.25)
"""Where the middle of the surface is, between the numbers and the verdict."""

HEAD = 0.2
SIZE = 34
APART = 0.85
"""Scene units between two maps of a row, for the labels of their axes."""

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
    """The rule of gradient descent for the temperature."""
    text = math(pair_rule(theme, "T"), size=SIZE, colour=theme.ink)
    return stated(text, word("rule", method="gradient", name="T", variables=["x", "y"]))


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
    if length < 1.5 * HEAD:
        return None
    along = (end - start) / length
    shaft = mn.Line(start, end - 0.8 * HEAD * along, color=colour, stroke_width=6)
    head = arrow_head(start, end, colour, HEAD)
    arrow = mn.VGroup(
        stated(shaft, segment(plane, "part of a step", *ends)),
        stated(head, tip(plane, "part of a step", *ends)),
    )
    return arrow.set_z_index(2)


def step_in_numbers(theme: Theme, walk: Walk, k: int) -> Typeset:
    """The rule with the numbers of step k, each slope in the colour of its part."""
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
    return stated(text, word("number", *new, *old, facts.rate(), *slopes))


def _written(fact: Fact) -> str:
    return digits(shown(float(fact.value), 4))


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
                strength=clip.map_strength, line_colour=theme.ground,
            )  # fmt: skip
            self.maps.append(mn.Group(heat, plane))
            self.figures[name] = MapWalk(plane, name, walk)
            chosen = WalkFacts(walk).rate()
            code = f"alpha = {digits(as_chosen(chosen.value))}"
            label = math(code, size=36, colour=theme.iterate).rest(left + 0.3, top + 0.35)
            self.labels[name] = stated(label, word("number", chosen))
            self._lows[name] = (left - 0.5, box.bottom - 0.95)

    def walk_on(self, name: str, walk: Walk, other: str) -> MapWalk:
        """Another walk, on the map of one that is there."""
        self._lows[name] = self._lows[other]
        return MapWalk(self.figures[other].plane, name, walk)

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
        text = math(code, size=30, colour=self.theme.danger)
        text.rest(float(label.get_right()[0]) + 0.15, label.baseline)
        return stated(text, word("number", two, above, below, top, bottom))


def in_step(figures: Sequence[MapWalk], moments: Sequence[Moment]) -> list[mn.Animation]:
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
