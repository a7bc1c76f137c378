"""What `scenes/newton.py` shows: parabolas, where a graph bends down, how many digits are right."""

from __future__ import annotations

from itertools import groupby, pairwise, takewhile
from typing import TYPE_CHECKING, Any

import manim as mn
import mpmath
import numpy as np

from gdmath import (
    Kind,
    ScalarField,
    Verdict,
    find_stationary_points,
    precise_points,
    quadratic_model,
)
from gdmath.descent.certificate import DIGITS
from gdstage.look.key import Key
from gdstage.look.named_parts import Parts
from gdstage.look.printing import typst
from gdstage.look.rounding import shown
from gdstage.look.signs import dashed
from gdstage.look.text import digits, math, number, words
from gdstage.motion import Drawn
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap, bowl_levels
from gdstage.walks.badge import Remark
from gdstage.walks.basins import StartStrip
from gdstage.walks.board import Board
from gdstage.walks.descent_clip import GRAPH
from gdstage.walks.graph_walk import GraphWalk
from gdstage.walks.map_walk import MapWalk
from gdstage.walks.outside import Pointer
from gdstage.walks.readouts import COLUMN, column
from gdstage.walks.run import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sympy as sp
    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.facts import Facts
    from gdstage.look.theme import Theme

# Shares of a step's time: the parabola opens, its vertex is marked, the dot moves there.
OPENED, MARKED = 0.42, 0.6
SAMPLES = 400
VERTEX = 0.1
FLIGHT = 0.24
CLEAR_OF_DOT = 0.3
# A name under the axis needs this much room (scene units).
NAME_ROOM = 0.5
# So does one within a strip.
ZONE_ROOM = 1.4
LEFT_END, WIDE = -3.0, 8.5
BOWL_WALKS = ("bowl, Newton", "bowl, gradient")
STEP = f"{column('x_k', 'y_k')} = {column('x_(k-1)', 'y_(k-1)')}"
RULES = (f"{STEP} - H^(-1) nabla f", f"{STEP} - alpha nabla f")
MINIMUM, MAXIMUM, OUTSIDE = "a minimum", "a maximum", "out of the picture"

DIGIT_SIZE, DIGIT_ROW = 30, 0.58
BARS, BAR, DIGIT = 0.4, 0.2, 0.19
WRITTEN = 28


class NewtonWalk(GraphWalk):
    """One walk of Newton's over one graph, shown at an iterate or between two.

    The parabola that shares value, slope and curvature with the graph at the iterate opens from
    there, over ± `reach`; below or above its vertex, a diamond, lies the next iterate.
    """

    def __init__(self, plane: Plane, name: str, walk: Walk, *, reach: float) -> None:
        theme = plane.theme
        self.reach = reach
        self.names = mn.VGroup()
        self.parabola = mn.VMobject(stroke_color=theme.tangent, stroke_width=4, fill_opacity=0)
        self.vertex = mn.Square(2 * VERTEX, stroke_color=theme.tangent, stroke_width=4)
        self.vertex.rotate(np.pi / 4).set_fill(theme.ground, 1).set_opacity(0).set_z_index(5)
        self._named_at: list[float] = []
        super().__init__(plane, name, walk)
        # The parabola says what a tangent says, and its vertex where the step goes.
        self.remove(self.tangent, self.hop, self.hop_head)
        self.add(self.parabola, self.names, self.vertex)

    def vertex_place(self, k: int) -> NDArray[np.float64]:
        """Where the vertex of the parabola of iterate k - 1 is, in scene units (3,)."""
        x = self.walk.points[k, 0]
        return self._at(x, quadratic_model(self.walk.field, self.walk.points[k - 1])(x))

    def stand_on(self, k: int) -> NewtonWalk:
        """Stand on iterate k, with its name on the axis where there is room."""
        super().stand_on(k)
        if np.linalg.norm(self.vertex.get_center() - self.place(k)) < CLEAR_OF_DOT:
            self.vertex.set_opacity(0)
        foot = self.on_axis(k)
        if all(abs(foot[0] - other) > NAME_ROOM for other in self._named_at):
            self._named_at.append(float(foot[0]))
            name = math(f"x_{k}", size=30, colour=self.plane.theme.iterate)
            self.names.add(name.rest(foot[0] + 0.1, foot[1] + 0.3))
        return self

    def stand_between(self, k: int, share: float) -> NewtonWalk:
        """Be `share` (0…1) through the step from iterate k - 1 to iterate k."""
        moved = float(mn.smooth(max(0.0, (share - MARKED) / (1 - MARKED))))
        super().stand_between(k, moved)
        self.open_parabola(k, min(share / OPENED, 1.0))
        shown = float(np.clip((share - OPENED) / (MARKED - OPENED), 0, 1))
        self.vertex.move_to(self.vertex_place(k)).set_opacity(shown)
        if shown > 0:
            top = max(self.place(k), self.vertex_place(k), key=lambda place: float(place[1]))
            self.drop.set_points(dashed(self.on_axis(k), top, self.plane.theme.dim).points)
        return self

    def open_parabola(self, k: int, share: float) -> NewtonWalk:
        """Draw the parabola of iterate k - 1, opened by `share` (0…1) to both sides."""
        at = self.walk.points[k - 1, 0]
        x = at + np.linspace(-1, 1, SAMPLES) * max(share, 1e-3) * self.reach
        low, high = self.plane.x_window
        x = x[(x >= low) & (x <= high)]
        y = quadratic_model(self.walk.field, self.walk.points[k - 1])(x)
        self.parabola.set_points(self.plane.curve(x, y, self.plane.theme.tangent).points)
        return self

    def trace(self) -> list[mn.VMobject]:
        """What the step just taken leaves behind: its parabola, gone pale."""
        return [self.parabola.copy().set_stroke(width=3, opacity=0.3)]

    def believe(self, k: int, run_time: float) -> mn.Animation:
        """Only open the parabola of iterate k - 1: its vertex may be far out of the picture."""
        return Drawn(self, lambda share: self.open_parabola(k, share), run_time=run_time)

    def flight_to(self, k: int) -> Pointer:
        """An arrow from iterate k - 1 along the axis to iterate k, out of the picture."""
        here, there = (self.on_axis(i) + FLIGHT * mn.UP for i in (k - 1, k))
        code = f"x_{k} {number(self.walk.points[k, 0], 2)}"
        return Pointer(self.plane.box, self.plane.theme.danger).aim(here, there, code)


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
        for k, (point,) in enumerate(precise_points(walk)):
            text = decimals(point)
            right = agreeing(text, true)
            name = math(f"x_{k}", size=DIGIT_SIZE, colour=theme.iterate).rest(x, self.line(k))
            parts = [("right", text[:right])] if right else []
            value = Parts(
                [*parts, ("wrong", text[right:])],
                size=DIGIT_SIZE,
                colour=theme.dim,
                colours={"right": theme.minimum},
            )
            value.rest(x + 0.55, self.line(k))
            self.rows.add(mn.VGroup(name, value))
        last = self.line(len(self.rows) + 0.25)
        self.goal = mn.VGroup(
            math("x^*", size=DIGIT_SIZE, colour=theme.minimum).rest(x, last),
            math(true, size=DIGIT_SIZE, colour=theme.minimum).rest(x + 0.55, last),
        )
        self.head = math("-log_10 abs(x_k - x^*)", size=28, colour=theme.label).rest(BARS, 2.3)
        self.add(self.rows, self.goal, self.head)

    def line(self, k: float) -> float:
        """The baseline of row k, in scene units."""
        return self.top - DIGIT_ROW * k

    def bars(self, walk: Walk, colour: str, lift: float = 0.0) -> DigitBars:
        """Bars of the right digits of a walk to the same goal, in the rows."""
        lines = [self.line(k) + lift for k in range(walk.stopped_at + 1)]
        return DigitBars(self.theme, correct_digits(walk, self.exact), colour, lines)


class DigitBars(mn.VGroup):
    """Numbers of right digits, as a bar each on its baseline, or 0 if there is none."""

    def __init__(
        self, theme: Theme, counts: Sequence[float], colour: str, baselines: Sequence[float]
    ) -> None:
        super().__init__()
        self.bars, self.labels = mn.VGroup(), mn.VGroup()
        for each, baseline in zip(counts, baselines, strict=True):
            count = max(each, 0.0)
            width = max(DIGIT * count, 0.02)
            bar = mn.Rectangle(width=width, height=BAR, stroke_width=0).set_fill(colour, 1)
            bar.move_to((BARS, baseline + 0.1, 0), aligned_edge=mn.LEFT)
            label = math(digits(shown(count, 1)), size=24, colour=theme.label)
            label.rest(bar.get_right()[0] + 0.12, baseline + 0.03)
            self.bars.add(bar)
            self.labels.add(label)
        self.add(self.bars, self.labels)

    def grow(self, k: int, run_time: float) -> mn.Animation:
        """Let the bar of iterate k grow from nothing."""
        bar, full = self.bars[k], self.bars[k].width
        left = bar.get_left()

        def draw(share: float) -> None:
            bar.stretch_to_fit_width(max(full * share, 1e-3)).move_to(left, aligned_edge=mn.LEFT)

        return Drawn(bar, draw, run_time=run_time)


class MethodKey(Key):
    """Whose bars are whose: Newton's and gradient descent's."""

    def __init__(self, theme: Theme, rate: float) -> None:
        slow = f"gradient descent, α = {rate:g}"
        pairs = ((theme.iterate, "Newton"), (theme.runs[0], slow))
        super().__init__(pairs, 2.7, 1.6, size=28, pitch=0.5)


class BendZones(mn.VGroup):
    """Strips over the x of a window where a field bends down: between the zeros of f″."""

    def __init__(self, plane: Plane, field: ScalarField) -> None:
        super().__init__()
        # Where f″ = 0, f′ is stationary.
        slope = ScalarField(field.partial("x").expr, field.variables, window=(plane.x_window,))
        inner = [float(point.point[0]) for point in find_stationary_points(slope).points]
        for left, right in pairwise(sorted([*inner, *plane.x_window])):
            if field.hessian([(left + right) / 2])[0, 0] > 0:
                continue
            low, high = plane.at([left, right], plane.y_window)
            zone = mn.Rectangle(width=high[0] - low[0], height=high[1] - low[1], stroke_width=0)
            zone.set_fill(plane.theme.danger, 0.12)
            self.add(zone.move_to(low, aligned_edge=mn.DL))
            if zone.width > ZONE_ROOM:
                name = math("f'' < 0", size=24, colour=plane.theme.danger)
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
            Run(BOWL_WALKS[1], f"gradient, α = {slow.step.rate:g}", slow, theme.runs[0]),
        )
        up = WIDE * GRAPH.height / GRAPH.width
        plane = Plane(
            theme, GRAPH, (LEFT_END, LEFT_END + WIDE), (-up / 2, up / 2),
            x_ticks=range(-2, 6, 2), y_ticks=range(-2, 3), y_name="y",
        )  # fmt: skip
        levels = bowl_levels(0, 80, 10)
        name = math("f(x, y) = " + typst(field.expr), size=36, colour=theme.function)
        self.add(ContourMap(plane, field, levels=levels), plane, name.rest(COLUMN, 1.7))
        self.board = Board(theme, runs, x=COLUMN + 0.1, top=0.75)
        self.rules = [
            math(code, size=30, colour=run.colour).rest(COLUMN, -1.55 - 0.95 * row)
            for row, (code, run) in enumerate(zip(RULES, runs, strict=True))
        ]
        self.walkers = [MapWalk(plane, run.name, run.walk, run.colour) for run in runs]


class EndStrip(StartStrip):
    """The horizontal axis, each of evenly spaced starts coloured by where its walk ends."""

    def __init__(self, plane: Plane, starts: Sequence[float], ends: Sequence[str]) -> None:
        colours, half = end_colours(plane.theme), (starts[1] - starts[0]) / 2
        stretches = []
        for end, run in groupby(zip(ends, starts, strict=True), key=lambda pair: pair[0]):
            inside = [start for _, start in run]
            stretches.append((inside[0] - half, inside[-1] + half, colours[end]))
        super().__init__(plane, stretches)


class EndCount(mn.VGroup):
    """How many starts end where, in the column, and where one ended that flew off."""

    def __init__(self, theme: Theme, ends: Sequence[str], lost: Walk) -> None:
        super().__init__()
        head = words(f"{len(ends)} starts between 0 and 2:", size=28, colour=theme.ink)
        colours = end_colours(theme)
        places = {MINIMUM: f"in {MINIMUM}", MAXIMUM: f"on {MAXIMUM}", OUTSIDE: OUTSIDE}
        pairs = [(colours[end], f"{ends.count(end)} {place}") for end, place in places.items()]
        self.add(head.rest(COLUMN, 1.2), Key(pairs, COLUMN, 0.4))
        end = float(lost.points[-1, 0])
        lines = (
            f"{lost.start[0]:g} ends at x ≈ {shown(end, 3)},",
            f"{kind_at(lost.field, end)} far outside.",
        )
        for row, line in enumerate(lines):
            self.add(words(line, size=28, colour=theme.label).rest(COLUMN, -2.2 - 0.5 * row))


class EndRemark(Remark):
    """A warning, under the column, of where a walk ended instead of in a minimum."""

    def __init__(self, plane: Plane, walk: Walk) -> None:
        text = f"{end_of(walk, plane.x_window)} at step {walk.stopped_at}"
        super().__init__(text, "cross", plane.theme.danger, COLUMN, -2.95)


def end_colours(theme: Theme) -> dict[str, str]:
    """The colour of each end that a walk of Newton's may take."""
    return {MINIMUM: theme.minimum, MAXIMUM: theme.danger, OUTSIDE: theme.label}


def require_story(facts: Facts, walks: dict[str, Walk], window: tuple[float, float]) -> None:
    """See that each of the walks does what is told of it; `window` is what is seen of the hills."""
    misled, flung = walks["misled"], walks["flung"]
    facts.require(
        "the parabolas lead to a minimum", holds=facts.ends("parabolas", Verdict.CONVERGED)
    )
    bends = float(misled.field.hessian(misled.points[0])[0, 0])
    facts.require("the curvature is negative there", holds=facts.less("curvature", bends, 0))
    peak = misled.ending.kind is Kind.MAXIMUM and misled.values[-1] > misled.values[0]
    facts.require("Newton climbs to a maximum", holds=bool(peak))
    away = not window[0] <= flung.points[1, 0] <= window[1]
    facts.require("from there it flies off", holds=away)
    fast, slow = BOWL_WALKS
    for name in BOWL_WALKS:
        facts.require("both cross the bowl", holds=facts.ends(name, Verdict.CONVERGED))
    facts.require("Newton is faster", holds=facts.faster(fast, slow))
    facts.require("gradient descent zigzags", holds=facts.crosses(slow, 0.0, axis=1))


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


def correct_digits(walk: Walk, goal: Any) -> list[float]:
    """−log₁₀|x_k − goal| of the iterates of a walk of one variable, from 50 digits."""
    with mpmath.workdps(DIGITS):
        return [float(-mpmath.log10(abs(x - goal))) for (x,) in precise_points(walk)]
