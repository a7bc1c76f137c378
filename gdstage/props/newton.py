"""What `scenes/newton.py` shows: parabolas, where a graph bends down, how many digits are right."""

from __future__ import annotations

from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Any

import manim as mn
import mpmath
import numpy as np

from gdmath import (
    ScalarField,
    Verdict,
    descend,
    find_stationary_points,
    newton_step,
    precise_points,
)
from gdmath.descent.certificate import DIGITS
from gdstage.facts import StoryError
from gdstage.look.key import Key
from gdstage.look.named_parts import Parts
from gdstage.look.printing import typst
from gdstage.look.rounding import shown
from gdstage.look.text import SMALLEST, digits, math, words
from gdstage.motion import Drawn
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap, bowl_levels
from gdstage.plane.minima import NEAR
from gdstage.proof.ending_facts import EndFacts
from gdstage.proof.fact import WalkFacts, given, part_way
from gdstage.proof.field_facts import FieldFacts, NewtonEnds, right_digits
from gdstage.proof.statement import Statement, region, stated, word
from gdstage.proof.truths import crosses, gain, ordered, outside, steady, total
from gdstage.walks.badge import Remark
from gdstage.walks.basins import StartStrip
from gdstage.walks.board import Board
from gdstage.walks.descent_clip import GRAPH
from gdstage.walks.map_walk import MapWalk
from gdstage.walks.readouts import COLUMN, column
from gdstage.walks.run import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sympy as sp

    from gdmath import Walk
    from gdstage.facts import Facts
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact
    from gdstage.proof.lens import Lens

    Window = tuple[float, float]

# A name within a strip needs this much room (scene units).
ZONE_ROOM = 1.4
LEFT_END, WIDE = -3.0, 8.5
BOWL_WALKS = ("bowl, Newton", "bowl, gradient")
STEP = f"{column('x_k', 'y_k')} = {column('x_(k-1)', 'y_(k-1)')}"
RULES = (f"{STEP} - H^(-1) nabla f", f"{STEP} - alpha nabla f")
MINIMUM, MAXIMUM, OUTSIDE = "a minimum", "a maximum", "out of the picture"

DIGIT_SIZE, DIGIT_ROW = 30, 0.58
BARS, BAR, DIGIT = 0.4, 0.2, 0.19
SHORTEST, MOST = 0.01, 50.0
PIECES = 200
"""Of a stretch of starts, so many parts have a start between each two."""
WRITTEN = 28


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
        head = math("-log_10 abs(x_k - x^*)", size=28, colour=theme.label).rest(BARS, 2.3)
        self.head = stated(mn.VGroup(head), Statement("axes", "bars", self))
        self.add(self.rows, self.goal, self.head)

    def line(self, k: float) -> float:
        """The baseline of row k, in scene units."""
        return self.top - DIGIT_ROW * k

    def bars(self, walk: Walk, colour: str, lift: float = 0.0) -> DigitBars:
        """Bars of the right digits of a walk to the same goal, in the rows."""
        lines = [self.line(k) + lift for k in range(walk.stopped_at + 1)]
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


class MethodKey(Key):
    """Whose bars are whose: Newton's and gradient descent's."""

    def __init__(self, theme: Theme, slow: Walk) -> None:
        rate = WalkFacts(slow).rate()
        told = f"gradient descent, α = {rate.value:g}"
        pairs = ((theme.iterate, "Newton"), (theme.runs[0], told))
        super().__init__(pairs, 2.7, 1.6, size=28, pitch=0.5, facts=((), (rate,)))


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
                self.add(name.rest(low[0] + 0.1, high[1] - 0.34))


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
                BOWL_WALKS[1], f"gradient, α = {slow.step.rate:g}", slow, theme.runs[0],
                facts=(WalkFacts(slow).rate(),),
            ),
        )  # fmt: skip
        up = WIDE * GRAPH.height / GRAPH.width
        plane = Plane(
            theme, GRAPH, (LEFT_END, LEFT_END + WIDE), (-up / 2, up / 2),
            x_ticks=range(-2, 6, 2), y_ticks=range(-2, 3), y_name="y",
        )  # fmt: skip
        levels = bowl_levels(0, 80, 10)
        name = math("f(x, y) = " + typst(field.expr), size=36, colour=theme.function)
        stated(name, word("formula", field=field))
        self.add(ContourMap(plane, field, levels=levels), plane, name.rest(COLUMN, 1.7))
        self.board = Board(theme, runs, x=COLUMN + 0.1, top=0.75)
        self.rules = [
            math(code, size=30, colour=run.colour).rest(COLUMN, -1.55 - 0.95 * row)
            for row, (code, run) in enumerate(zip(RULES, runs, strict=True))
        ]
        for line, method in zip(self.rules, ("newton", "gradient"), strict=True):
            stated(line, word("rule", method=method))
        self.walkers = [MapWalk(plane, run.name, run.walk, run.colour) for run in runs]


class EndStrip(StartStrip):
    """The horizontal axis, each of evenly spaced starts coloured by where its walk ends."""

    def __init__(self, plane: Plane, ends: NewtonEnds) -> None:
        colours, runs = end_colours(plane.theme), ends.runs()
        stretches = [(low, high, colours[end]) for end, low, high in runs]
        super().__init__(plane, stretches, [{"reaches": end} for end, _, _ in runs])


class EndCount(mn.VGroup):
    """How many starts end where, in the column, and where one ended that flew off."""

    def __init__(self, theme: Theme, ends: NewtonEnds, lost: Walk) -> None:
        super().__init__()
        low, high = ends.stretch
        text = f"{len(ends.ends)} starts between {low:g} and {high:g}:"
        head = words(text, size=28, colour=theme.ink).rest(COLUMN, 1.2)
        chosen = (given("starts", len(ends.ends)), given("first", low), given("last", high))
        colours = end_colours(theme)
        places = {MINIMUM: f"in {MINIMUM}", MAXIMUM: f"on {MAXIMUM}", OUTSIDE: OUTSIDE}
        counts = [ends.count(end) for end in places]
        pairs = [
            (colours[end], f"{count.value} {place}")
            for (end, place), count in zip(places.items(), counts, strict=True)
        ]
        key = Key(pairs, COLUMN, 0.4, facts=[(count,) for count in counts])
        self.add(stated(head, word("number", *chosen)), key)
        facts = WalkFacts(lost)
        start, end = facts.coordinate(0), facts.coordinate(-1)
        lines = (
            (f"{start.value:g} ends at x ≈ {shown(end.value, 3)},", word("number", start, end)),
            (f"{kind_at(lost.field, end.value)} far outside.", word("kind", walk=lost)),
        )
        for row, (line, known) in enumerate(lines):
            said = words(line, size=28, colour=theme.label).rest(COLUMN, -2.2 - 0.5 * row)
            self.add(stated(said, known))


class EndRemark(Remark):
    """A warning, under the column, of where a walk ended instead of in a minimum."""

    def __init__(self, plane: Plane, walk: Walk) -> None:
        end, facts = end_of(walk, plane.x_window), WalkFacts(walk)
        text = f"{end} at step {walk.stopped_at}"
        super().__init__(text, "cross", plane.theme.danger, COLUMN, -2.95)
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
    peak = "Newton climbs to a maximum"
    for said in ("it may climb", peak):
        facts.require(said, ordered(">", misled.value(-1), misled.value(0)))
    facts.teach("the same value, slope and curvature")
    facts.require_as(peak, facts.end_of("misled").kind(), "MAXIMUM")
    facts.require(peak, facts.end_of("misled").verdict())
    facts.require("flies off", outside(flung.coordinate(1), *window))
    _, slow = BOWL_WALKS
    steps = (WalkFacts(walks[name]).steps() for name in BOWL_WALKS)
    facts.require("it knows the bowl’s shape", ordered("<", *steps))
    facts.require("zigzags", crosses(walks[slow], given("trough", 0.0), axis=1))


def require_digits(facts: Facts, pair: Sequence[Walk], goal: sp.Expr, least: Fact) -> Fact:
    """See that Newton doubles its right digits from step 2 on, and the other walk gains no more.

    What it comes to gain a step is given back; `least` is the goal as a fact.
    """
    fast, slow = pair
    exact, gained = precisely(goal), gain(slow.field, WalkFacts(slow).rate(), least)
    doubled = steady(correct_digits(fast, exact)[2:], 2.0, within=0.05)
    for said in ("the right digits double", "Each step about doubles", "Newton doubles"):
        facts.require(said, doubled)
    pairs = pairwise(correct_digits(slow, exact))
    more = (ordered("<=", after, total(before, gained)) for before, after in pairs)
    facts.require("and never more", *more)
    return gained


def end_counts(ends: NewtonEnds) -> tuple[Fact, Fact, Fact]:
    """How many end in a minimum and on a maximum, and how many walks there are."""
    bottoms, peaks, lost = (ends.count(end) for end in (MINIMUM, MAXIMUM, OUTSIDE))
    return bottoms, peaks, total(bottoms, peaks, lost)


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
