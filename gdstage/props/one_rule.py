"""What `scenes/one_rule.py` shows: the walks of the lecture, each in a small picture, in step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import manim as mn
import numpy as np

from gdmath import Kind, Verdict
from gdstage.layout import PICTURE, Box
from gdstage.look.printing import typst
from gdstage.look.signs import SIGNS, strokes
from gdstage.look.text import SMALLEST, math, tint, words
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap
from gdstage.plane.no_value import NoValueZones
from gdstage.proof.ending_facts import EndFacts, ending_with
from gdstage.proof.fact import WalkFacts
from gdstage.proof.statement import point, sign, stated, word
from gdstage.proof.truths import number_of
from gdstage.walks.crowd import RING, Crowd
from gdstage.walks.fates import KINDS, fate_of
from gdstage.walks.readouts import Readouts, count
from gdstage.walks.run import Run
from gdstage.walks.stepping import Stepper

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gdmath import ScalarField, Walk
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.proof.claim import Claim
    from gdstage.proof.fact import Fact
    from gdstage.proof.lens import Lens

    Window = tuple[float, float]
    Setting = tuple[float, Any, int]

RULE_SIZE, RULE_AT = 40, (-6.6, PICTURE.top - 0.55)
COUNT_AT, WALKS_DROP = -1.6, 0.42
"""Where the rule begins, and right of it the number of steps, and how far below that is how many
walks there are, in scene units."""

ENDS_AT, END_ROWS, END_ROW, END_GAP, END_INDENT = (1.35, PICTURE.top - 0.15), 3, 0.34, 0.5, 0.42
"""Where it begins to be told how many walks end how; in how many rows, how far one is from the next
and one column from the next, and words from the left of their sign, in scene units."""

ENDS = {
    Verdict.CONVERGED: "at a minimum",
    Verdict.OSCILLATING: "never settle",
    Verdict.LEFT_DOMAIN: "left the domain",
    Verdict.FALLING: "falls for ever",
    Verdict.STOPPED: "at {kind}",
    Verdict.BUDGET_SPENT: "not there yet",
}
"""What is said of so many walks as end so, in the order of telling; the kind is of where they are.

A minimum need not be the lowest."""

OWN_SIGNS = {
    Verdict.OSCILLATING: "wave",
    Verdict.FALLING: "fall",
    Verdict.BUDGET_SPENT: "dots",
}
"""Side by side each end has a sign of its own; elsewhere these have a dash or a cross."""

SIGN = 0.12
HEAD_RISE, TABLE_ROW, BESIDE, COLUMN_GAP, SIGN_GAP = 0.12, 0.35, 0.2, 0.2, 0.32
"""How large a sign is. Right of a picture is a row for each walk: how far above its top is the head
of these, how far one is from the next, from the picture, and a column from the next; how far the
middle of the sign is from the last of them, in scene units."""

NAME_DROP, BESIDE_NAME = 0.42, 0.3
"""How far below its picture the baseline of a function's name is; how far beside the name that is
what all walks have in common, in scene units."""

BIG = Box(left=-5.6, right=4.4, bottom=PICTURE.bottom + 0.75, top=PICTURE.top - 1.35)
SIDE = 22 / 15
ROWS = (22 / 15, -1.0)
LEFT, RIGHT = -6.6, 6.7
"""How large a small picture is, and where those of a row have their top, whole pixels at 480p and
at 1080p; from where to where the rows reach."""

ON_GRAPH, ON_MAP, TRAIL = 5.0, 0.6, 5.0
"""Breadth of a small graph's line; how much of its colours a small map shows, and the breadth of a
walk's way there."""

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
    """One picture of the gallery: a field, its name below, walkers on it, a row for each beside.

    `ground` is what stands: areas, axes, graph, name; `rates` are the walks' rates and starts,
    `signs` their fates.
    """

    def __init__(self, theme: Theme, act: Act, walks: Mapping[str, Walk], box: Box) -> None:
        self.plane = plane = Tile(theme, box, act.window)
        runs = [Run(name, "", walk, theme.iterate) for name, walk in walks.items()]
        is_graph = act.field.dimension == 1
        self.name = _name_of(act, theme).rest(box.left, box.bottom - NAME_DROP)
        table = Table(theme, act, walks)
        table.shift((box.right + BESIDE, box.top + HEAD_RISE, 0.0))
        left = self.name.get_right()[0]
        for said in (common := _common_to(act, theme, walks)):
            left = said.rest(left + BESIDE_NAME, self.name.baseline).get_right()[0]
        self.rates, self.signs = mn.VGroup(table.columns, *common), table.signs
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
        if not is_graph:
            self.crowd.past.add(*_starts(plane, walks))
            for lines in (self.crowd.steps, self.crowd.trails):
                lines.set_stroke(width=TRAIL)
        self.show_fates(0)

    def become(self, other: Small) -> Iterator[mn.Animation]:
        """Let what stands become what stands in another picture of the same field."""
        for one, another in zip(self.ground, other.ground, strict=True):
            yield mn.ReplacementTransform(mn.Group(one), mn.Group(another))

    def show_fates(self, k: int) -> None:
        """Show the signs of the walks that are over when all have been allowed k steps."""
        for mark, run in zip(self.signs, self.crowd.runs, strict=True):
            mark.set_stroke(opacity=float(k >= run.walk.stopped_at))


class Table(mn.VGroup):
    """A row for each walk over a field: its start and rate where they differ, and its sign.

    The left end of the line with the heads is (0, 0); `columns` are heads and numbers.
    """

    def __init__(self, theme: Theme, act: Act, walks: Mapping[str, Walk]) -> None:
        told = [WalkFacts(walk) for walk in walks.values()]
        columns = [
            (f"{act.field.variables[axis]}_0", [facts.coordinate(0, axis) for facts in told])
            for axis in _varied(walks)
        ]
        rates = [facts.rate() for facts in told]
        if len(rates) == 1 or len({rate.value for rate in rates}) > 1:
            columns.append(("alpha", rates))
        self.columns, left = mn.VGroup(), 0.0
        for head, known in columns:
            column = mn.VGroup(math(head, size=SMALLEST, colour=theme.iterate).rest(left, 0.0))
            for row, fact in enumerate(known, 1):
                said = math(f"{fact.value:g}", size=SMALLEST, colour=theme.iterate)
                stated(said, word("number", fact))
                column.add(said.rest(left, -TABLE_ROW * row))
            left = column.get_right()[0] + COLUMN_GAP
            self.columns.add(column)
        middle = self.columns.get_right()[0] + SIGN_GAP
        self.signs = mn.VGroup(
            *(
                _sign_of(theme, walk).move_to((middle, 0.1 - TABLE_ROW * row, 0.0))
                for row, walk in enumerate(walks.values(), 1)
            )
        )
        super().__init__(self.columns, self.signs)


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
    """How many walks end how: a sign, their number and words, in two columns."""

    def __init__(self, theme: Theme, walks: Sequence[Walk]) -> None:
        super().__init__()
        found = {walk.verdict: walk for walk in reversed(walks)}
        left, top = ENDS_AT
        told = sorted(found, key=list(ENDS).index)
        for column in (told[i : i + END_ROWS] for i in range(0, len(told), END_ROWS)):
            for row, verdict in enumerate(column):
                fate, y = fate_of(found[verdict]), top - END_ROW * row
                mark = _sign_of(theme, found[verdict]).move_to((left + SIGN, y + 0.1, 0))
                text, facts = _ends_so(verdict, walks)
                said = words(text, size=SMALLEST, colour=getattr(theme, fate.tone))
                self.add(mark, stated(said, word("remark", *facts)).rest(left + END_INDENT, y))
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
    theme: Theme, acts: Sequence[Act], walks: Mapping[str, Walk], columns: int
) -> list[Small]:
    """The pictures of acts in two rows of so many `columns`, walkers on their starts."""
    own = [{name: walks[name] for name in act.names()} for act in acts]
    pairs = list(zip(acts, own, strict=True))
    rows = (pairs[:columns], pairs[columns:])
    tables = [
        max(Table(theme, *pair).width for pair in column) for column in zip(*rows, strict=True)
    ]
    gap = (RIGHT - LEFT - columns * (SIDE + BESIDE) - sum(tables)) / (columns - 1)
    steps = [SIDE + BESIDE + width + gap for width in tables]
    lefts = [LEFT + sum(steps[:i]) for i in range(columns)]
    return [
        Small(theme, *pair, Box(left, left + SIDE, top - SIDE, top))
        for top, row in zip(ROWS, rows, strict=True)
        for left, pair in zip(lefts, row, strict=True)
    ]


def _name_of(act: Act, theme: Theme) -> Typeset:
    if act.called:
        return words(act.called, size=SMALLEST, colour=theme.function)
    line = math(typst(act.field.expr), size=SMALLEST, colour=theme.function)
    return stated(line, word("formula", field=act.field))


def _common_to(act: Act, theme: Theme, walks: Mapping[str, Walk]) -> list[Typeset]:
    """The start and the learning rate that several walks have in common."""
    told = [WalkFacts(walk) for walk in walks.values()]
    first, common = told[0], []
    if act.field.dimension == 1 and not _varied(walks):
        common.append((f"{act.field.variables[0]}_0", first.coordinate(0)))
    if len(told) > 1 and len({facts.rate().value for facts in told}) == 1:
        common.append(("alpha", first.rate()))
    return [
        stated(
            math(f"{name} = {fact.value:g}", size=SMALLEST, colour=theme.iterate),
            word("number", fact),
        )
        for name, fact in common
    ]


def _varied(walks: Mapping[str, Walk]) -> list[int]:
    """The first axis along which starts of walks differ, if they do."""
    starts = np.array([walk.points[0] for walk in walks.values()])
    return [axis for axis, low in enumerate(np.ptp(starts, axis=0)) if low > 0][:1]


def _ends_so(verdict: Verdict, walks: Sequence[Walk]) -> tuple[str, list[Fact]]:
    """How many walks end so, in words, and the facts in these."""
    known, kind = ending_with(verdict.name, walks), "{kind}"
    if kind not in ENDS[verdict]:
        text = f"{known.value} {ENDS[verdict]}"
        return text, [known.put(text)]
    ends = [EndFacts(walk).kind() for walk in walks if walk.verdict is verdict]
    (name,) = {KINDS[Kind[end.value]] for end in ends}
    text = f"{known.value} {ENDS[verdict].format(kind=name)}"
    return text, [known.put(str(known.value)), *(end.put(name) for end in ends)]


def _starts(plane: Plane, walks: Mapping[str, Walk]) -> list[mn.Circle]:
    """A ring where walks over a map begin, which is seen when they are gone."""
    told = {tuple(walk.points[0]): WalkFacts(walk).on_map(0) for walk in walks.values()}
    return [
        stated(
            mn.Circle(RING, stroke_color=plane.theme.iterate, stroke_width=3)
            .set_fill(plane.theme.ground, 1)
            .move_to(plane.at(*start))
            .set_z_index(3),
            point(plane, "ring", place),
        )
        for start, place in told.items()
    ]


def _sign_of(theme: Theme, walk: Walk) -> mn.VMobject:
    fate = fate_of(walk)
    lines = SIGNS[OWN_SIGNS.get(walk.verdict, fate.sign)]
    mark = strokes(lines, SIGN, getattr(theme, fate.tone), 6)
    return stated(mark, sign(EndFacts(walk).verdict()))
