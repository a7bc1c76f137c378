"""What `scenes/one_rule.py` shows: the walks of the lecture, each in a small picture, in step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import manim as mn
import numpy as np

from gdmath import Verdict
from gdstage.layout import PICTURE, Box
from gdstage.look.printing import typst
from gdstage.look.signs import SIGNS, strokes
from gdstage.look.text import SMALLEST, math, tint, words
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap
from gdstage.plane.no_value import NoValueZones
from gdstage.proof.ending_facts import EndFacts, ending_with
from gdstage.proof.fact import WalkFacts
from gdstage.proof.statement import sign, stated, word
from gdstage.proof.truths import number_of
from gdstage.walks.crowd import Crowd
from gdstage.walks.fates import fate_of
from gdstage.walks.readouts import Readouts, count
from gdstage.walks.run import Run
from gdstage.walks.stepping import Stepper

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gdmath import ScalarField, Walk
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.proof.claim import Claim
    from gdstage.proof.lens import Lens

    Window = tuple[float, float]
    Setting = tuple[float, Any, int]

RULE_SIZE, RULE_AT = 40, (-6.6, PICTURE.top - 0.55)
COUNT_AT, WALKS_DROP = -1.6, 0.42
"""Where the rule begins, and right of it the number of steps, and how far below that is how many
walks there are, in scene units."""

ENDS_AT, END_ROWS, END_ROW, END_GAP = (0.0, PICTURE.top - 0.2), 3, 0.36, 0.4
TALLY, TALLY_GAP, FIVE, FIVE_GAP, INDENT = 0.075, 0.18, 5, 0.12, 0.1
"""Where it begins to be told how many walks end how; in how many rows, how far one is from the next
and one column from the next; how large signs are that are counted, how far from the next, after
how many there is a gap, how wide, and how far from their last the words are, in scene units."""

ENDS = {
    Verdict.CONVERGED: "converged",
    Verdict.OSCILLATING: "never settle",
    Verdict.LEFT_DOMAIN: "left the domain",
    Verdict.FALLING: "falls for ever",
    Verdict.STOPPED: "stopped",
    Verdict.BUDGET_SPENT: "not there yet",
}
"""What is said of so many walks as end so, in the order of telling."""

OWN_SIGNS = {
    Verdict.OSCILLATING: "wave",
    Verdict.FALLING: "fall",
    Verdict.BUDGET_SPENT: "dots",
}
"""Side by side each end has a sign of its own; elsewhere these have a dash or a cross."""

SIGN, SIGN_GAP, SIGN_RISE = 0.12, 0.4, 0.17
"""How large a sign is, how far from the next, and how far above its picture, in scene units."""

NAME_DROP, RATES_DROP, BESIDE_NAME = 0.42, 0.82, 0.35
"""How far below its picture the baselines of a function's name and of the learning rates are; how
far beside the name these are where there is room, in scene units."""

BIG = Box(left=-5.0, right=4.6, bottom=PICTURE.bottom + 0.75, top=PICTURE.top - 1.35)
LOWER = 2 / 15
"""How much lower small pictures are than there is room for, which the tally needs: whole pixels at
480p and at 1080p."""

GRAPHS = Box(left=-6.6, right=6.2, bottom=0.85 - LOWER, top=1.7 - LOWER)
MAPS = Box(left=-6.6, right=6.2, bottom=PICTURE.bottom + 0.9 - LOWER, top=-LOWER)
BETWEEN = 0.6
"""The least room between two pictures side by side, in scene units."""

ON_GRAPH, ON_MAP = 5.0, 0.6
"""Breadth of a small graph's line; how much of its colours a small map shows."""

SAME_LINE = "The line above did not change"
"""What is said of the rule, when all have walked."""


@dataclass(frozen=True)
class Act:
    """The walks of a clip over one field: what is seen of it, and each one's settings.

    `window` is (low, high) of x, and of y or of the heights. `walks` are a rate, a start and the
    steps allowed, each; a field whose formula is too long is `called` something. Of a map, `span`
    is which values its colours spread over, `levels` which heights have a line.
    """

    clip: str
    field: ScalarField
    window: Any
    tolerance: float
    walks: Sequence[Setting]
    called: str = ""
    span: Window | None = None
    levels: Sequence[float] | None = None
    is_warm: bool = False

    def names(self) -> dict[str, Setting]:
        """The settings of its walks, by names for the evidence: the first is called as the clip."""
        settings = enumerate(self.walks, 1)
        return {f"{self.clip}, {i}" if i > 1 else self.clip: setting for i, setting in settings}


class Tile(Plane):
    """Axes without ticks: which way a walk goes is seen without, and there is no room for them."""

    def __init__(self, theme: Theme, box: Box, window: tuple[Window, Window]) -> None:
        super().__init__(theme, box, *window, x_ticks=(), y_ticks=(), x_name="")

    def scale_seen(self, lens: Lens) -> dict[str, Any]:
        """What it shows, for the evidence, by its edges alone."""
        told = super().scale_seen(lens)
        return {key: told[key] for key in ("window", "box")}


class Small:
    """One picture of the gallery: a field, its name below, walkers on it, their fates above.

    `ground` is what stands: areas, axes, graph, name; beside or below that are the `rates`.
    """

    def __init__(self, theme: Theme, act: Act, walks: Mapping[str, Walk], box: Box) -> None:
        self.plane = plane = Tile(theme, box, act.window)
        runs = [Run(name, "", walk, theme.iterate) for name, walk in walks.items()]
        is_graph = act.field.dimension == 1
        self.name, self.rates = _name_of(act, theme), _rates_of(theme, walks.values())
        middle, y = float(box.middle[0]), box.bottom - NAME_DROP
        if is_graph:
            half = (self.name.width + BESIDE_NAME + self.rates.width) / 2
            self.name.rest(middle - half, y)
            self.rates.rest(middle + half, y, anchor="right")
        else:
            self.name.rest(middle, y, anchor="centre")
            self.rates.rest(middle, box.bottom - RATES_DROP, anchor="centre")
        if is_graph:
            areas: mn.Mobject = NoValueZones(plane, act.field).strips
            line: mn.Mobject = plane.graph(act.field, theme.function, ON_GRAPH)
        else:
            areas = ContourMap(
                plane, act.field, palette=theme.heat if act.is_warm else theme.height,
                span=act.span, levels=act.levels, strength=ON_MAP,
            )  # fmt: skip
            line = mn.VGroup()
        self.ground = mn.Group(areas, plane, line, self.name)
        self.crowd = Crowd(plane, runs, legs=not is_graph, rings=is_graph)
        self.crowd.crosses.set_stroke(theme.danger)
        self.signs = mn.VGroup(*(_sign_of(theme, walk) for walk in walks.values()))
        for i, mark in enumerate(self.signs):
            left = box.right - SIGN_GAP * (len(self.signs) - 1 - i)
            mark.move_to((left, box.top + SIGN_RISE, 0.0))
        self.show_fates(0)

    def show_fates(self, k: int) -> None:
        """Show the signs of the walks that are over when all have been allowed k steps."""
        for mark, run in zip(self.signs, self.crowd.runs, strict=True):
            mark.set_stroke(opacity=float(k >= run.walk.stopped_at))


class Gallery(Stepper):
    """Small pictures whose walkers step together, all at iterate k at the same time."""

    def __init__(self, pictures: Sequence[Small]) -> None:
        self.pictures = list(pictures)
        crowds = [picture.crowd for picture in self.pictures]
        self.longest = max(crowds, key=lambda crowd: crowd.length)
        lengths = [run.walk.stopped_at for run in self.longest.runs]
        self._leader = int(np.argmax(lengths))
        self.walk = self.longest.runs[self._leader].walk

    @property
    def moving(self) -> tuple[mn.Mobject, ...]:
        """What a step changes: walkers, and signs of those that are over."""
        return tuple(part for each in self.pictures for part in (each.crowd, each.signs))

    @property
    def dot(self) -> Claim:
        """The dot of the longest walk."""
        return cast("Claim", self.longest.dots[self._leader])

    def stand_on(self, k: int) -> None:
        """Stand on iterate k of every walk."""
        for picture in self.pictures:
            picture.crowd.stand_on(k)
            picture.show_fates(k)

    def stand_between(self, k: int, share: float) -> None:
        """Be `share` (0…1) of the way from iterate k - 1 to k, where there is such a step."""
        for picture in self._walking(k):
            picture.crowd.stand_between(k, share)

    def leave_behind(self, k: int) -> None:
        """Turn iterate k of all that go on into the past."""
        for picture in self._walking(k + 1):
            picture.crowd.leave_behind(k)

    def _walking(self, k: int) -> list[Small]:
        # What stands must not be drawn anew, or it would not be seen to stand.
        return [picture for picture in self.pictures if k <= picture.crowd.length]


class StepCount(Readouts):
    """The number of steps that all have taken, k, right of the rule."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.put(count(theme), COUNT_AT, RULE_AT[1], size=RULE_SIZE)


def so_many(theme: Theme, walks: Sequence[Walk]) -> Typeset:
    """How many walks there are, under the number of steps."""
    many = number_of(*walks)
    text = f"{many.value} walks"
    said = words(text, size=SMALLEST, colour=theme.label)
    said.rest(COUNT_AT, RULE_AT[1] - WALKS_DROP)
    return stated(said, word("remark", many.put(text)))


class Ends(mn.VGroup):
    """A tally of how walks end: a sign for each walk, their number and words, in two columns."""

    def __init__(self, theme: Theme, walks: Sequence[Walk]) -> None:
        super().__init__()
        found = {walk.verdict: fate_of(walk) for walk in walks}
        left, top = ENDS_AT
        told = sorted(found, key=list(ENDS).index)
        for column in (told[i : i + END_ROWS] for i in range(0, len(told), END_ROWS)):
            for row, verdict in enumerate(column):
                fate, known = found[verdict], ending_with(verdict.name, walks)
                y, x = top - END_ROW * row, left
                for i, walk in enumerate(walk for walk in walks if walk.verdict is verdict):
                    x = left + i * TALLY_GAP + i // FIVE * FIVE_GAP
                    self.add(_sign_of(theme, walk, TALLY).move_to((x, y + 0.1, 0)))
                text = f"{known.value} {ENDS[verdict]}"
                said = words(text, size=SMALLEST, colour=getattr(theme, fate.tone))
                stated(said, word("remark", known.put(text)))
                self.add(said.rest(x + TALLY_GAP / 2 + INDENT, y))
            left = self.get_right()[0] + END_GAP


def rule(theme: Theme, slope: str) -> Typeset:
    """The rule of gradient descent, above the pictures; `slope` is f' or nabla f."""
    told = tint(f"{slope}(x_(k-1))", theme.tangent)
    code = f"x_k = x_(k-1) - {tint('alpha', theme.iterate)} thin {told}"
    line = math(code, size=RULE_SIZE, colour=theme.ink).rest(*RULE_AT)
    return stated(line, word("rule", method="gradient"))


def become(line: Typeset, other: Typeset) -> list[mn.Animation]:
    """One rule goes before the other comes: never do both stand in one place."""
    half = {"rate_func": mn.squish_rate_func(mn.smooth, 0.5, 1.0)}
    return [
        mn.FadeOut(line, rate_func=mn.squish_rate_func(mn.smooth, 0.0, 0.5)),
        mn.FadeIn(other, **half),
    ]


def in_rows(
    theme: Theme, graphs: Sequence[Act], maps: Sequence[Act], walks: Mapping[str, Walk]
) -> list[Small]:
    """The pictures of acts, walkers on their starts: graphs above, square maps below."""
    boxes = [*_row(GRAPHS, len(graphs)), *_row(MAPS, len(maps), square=True)]
    return [
        Small(theme, act, {name: walks[name] for name in act.names()}, box)
        for act, box in zip((*graphs, *maps), boxes, strict=True)
    ]


def _row(row: Box, count: int, *, square: bool = False) -> list[Box]:
    """So many boxes of one size in a row, as wide as there is room, or only as they are high."""
    pitch = (row.width + BETWEEN) / count
    width = min(pitch - BETWEEN, row.height if square else np.inf)
    middles = [row.left + (i + 0.5) * pitch - BETWEEN / 2 for i in range(count)]
    return [Box(middle - width / 2, middle + width / 2, row.bottom, row.top) for middle in middles]


def _name_of(act: Act, theme: Theme) -> Typeset:
    if act.called:
        return words(act.called, size=SMALLEST, colour=theme.function)
    line = math(typst(act.field.expr), size=SMALLEST, colour=theme.function)
    return stated(line, word("formula", field=act.field))


def _rates_of(theme: Theme, walks: Iterable[Walk]) -> Typeset:
    """The learning rates of some walks, each once."""
    told = {fact.value: fact for fact in (WalkFacts(walk).rate() for walk in walks)}
    code = f"alpha = {', '.join(f'{rate:g}' for rate in told)}"
    line = math(code, size=SMALLEST, colour=theme.iterate)
    return stated(line, word("number", *told.values()))


def _sign_of(theme: Theme, walk: Walk, size: float = SIGN) -> mn.VMobject:
    fate = fate_of(walk)
    lines = SIGNS[OWN_SIGNS.get(walk.verdict, fate.sign)]
    mark = strokes(lines, size, getattr(theme, fate.tone), 6 if size == SIGN else 4.5)
    return stated(mark, sign(EndFacts(walk).verdict()))
