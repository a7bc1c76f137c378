"""What `scenes/momentum.py` shows: walks down a stretched bowl, and what becomes of all α and β."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np
import sympy as sp

from gdmath import ScalarField, Verdict, descend, momentum_step
from gdstage.clip import TURNING
from gdstage.facts import StoryError
from gdstage.layout import Box
from gdstage.look.printing import typst
from gdstage.look.readout import Readout
from gdstage.look.rounding import shown
from gdstage.look.signs import SIGNS, arrow_head, strokes
from gdstage.look.tag import tagged
from gdstage.look.text import SMALLEST, Typeset, digits, math, tint, words
from gdstage.look.theme import mix
from gdstage.motion import Drawn
from gdstage.pace import TICK, paced
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap, bowl_levels
from gdstage.plane.minima import MapMinima
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.in_space import FieldFacts
from gdstage.proof.map_facts import SpotFacts
from gdstage.proof.statement import levels, point, segment, stated, tip, trail, word
from gdstage.proof.truths import crosses, equal, momentum_gain, nowhere, ordered
from gdstage.props.newton import Racer
from gdstage.walks.board import Board
from gdstage.walks.chart import Chart, goal_line, steepness
from gdstage.walks.fates import fate_of
from gdstage.walks.gauges import Gauge
from gdstage.walks.readouts import LinePanel, column, count, momentum, value
from gdstage.walks.run import Run, rated
from gdstage.walks.walk_clip import WalkClip

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gdmath import Walk
    from gdmath.descent.steps import Step
    from gdstage.facts import Facts
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact, Place

RACERS = "gradient descent", "momentum"
LATE = {"rate_func": mn.squish_rate_func(mn.smooth, 0.4, 1), "run_time": 10 * TICK}

BESIDE = 2.9
"""Where what stands right of a picture begins, in scene units."""

STRIPS = tuple(Box(left=-5.9, right=2.2, bottom=top - 1.15, top=top) for top in (2.1, 0.3, -1.5))
STRIP_LEFT, STRIP_RIGHT = -3.0, 9.8
"""The places of three maps, one under the other, and what is seen of x in each."""

WAYS = (((1.2, 0.0), (6.6, 0.0)), ((-1.3, -0.8), (-1.3, 0.8)))
WAYS_NAMED = (4.0, 1.22), (-0.9, 1.22)
"""From where to where the ways along x and y are drawn on a map, and where their names are."""

RACE_MAPS = tuple(Box(left=-5.9, right=0.7, bottom=top - 1.6, top=top) for top in (2.1, -0.6))
RACE_CHART, RACE_BOARD = Box(left=2.9, right=6.1, bottom=-2.2, top=-0.25), (2.0, 2.3)

CLOSE, CLOSE_BY = Box(left=-5.9, right=0.2, bottom=-2.4, top=2.1), (7.5, 9.2)
KEPT_STEP = 2
"""The place and the x of what is seen of one step from close by; the iterate from which it goes."""

SWEPT = Box(left=-5.9, right=6.0, bottom=-0.75, top=1.75)
SWEPT_X, SWEPT_Y = (-6.8, 9.8), (-0.9, 0.9)
SCALE_SIDES, SCALE_AT, NUMBERS_AT = (-4.6, 4.8), -2.0, 2.45
"""The map over the scale of β, its window; the sides of the scale, its height, and that of the
line of numbers over the map (scene units)."""

PAIRS = Box(left=-5.6, right=4.6, bottom=-2.4, top=2.0)
MOST_BETA, LEAST_RATE, MORE = 0.98, 0.001, 1.06
"""The place of the map of all pairs; from there on β is left out, and up to there α, for where one
of them ends all gains are 0; how much farther than the largest rate one sees."""

HIGHEST_GAIN, LINES = 0.1, 5
NAMED, NAMED_AT = (0, 1, 3), 0.0335
"""What the deepest colour means, digits a step; how many lines there are, with the border, and
which of them are told, at which α."""

NO_GAIN_AT, FLYING = (0.16, 0.042), 0.35
"""Where it is told that there is no gain, in β and α; up to that β it is so above the border."""

SIGN, BESIDE_SIGN, BELOW = 0.14, (0.3, -0.1), -0.45
"""The size of a sign, where a number is from there, and how far under a scale (scene units)."""

SHAFT, HEAD, AT_RING = 7, 0.28, 0.15
"""How broad arrows are, how long their heads, and how far from an iterate they end there."""

HURRY = 11
"""So many steps are taken at a time when nothing new is seen."""

SLOW = ((9, 5), (7, 4), (5, 3), (4, 2))


class BowlClip(WalkClip):
    """A clip of walks down one stretched bowl, from one start, by any rule."""

    field = ScalarField.parse("(x**2 + 81*y**2)/2")
    start = (9.0, 0.6)
    tolerance = 1e-4
    leaving = 4 * TICK

    def stride(self, name: str, verdict: Verdict, step: Step, steps: int = 900) -> Walk:
        """A walk by a rule, which must end so, known to the evidence by its name."""
        walk = self.know(name, descend(self.field, self.start, step, steps, self.tolerance))
        if not self.facts.ends(name, verdict):
            raise StoryError(
                f"the walk {name!r} must end {verdict.value}, but ends {walk.verdict.value} "
                f"at step {walk.stopped_at}; choose other numbers"
            )
        return walk

    def bring(self, *parts: mn.Mobject) -> None:
        """Let parts come as the words of before leave, or words would cross."""
        self.play(mn.FadeIn(*parts, **LATE))

    def dismiss_all(self) -> None:
        """Let everything leave; lines are still there as the next words come: nothing is empty."""
        stage = self._on_stage()
        lines = [part for part in stage if not any(map(_is_text, part.get_family()))]
        self.dismiss(*lines, ticks=TURNING)
        self.dismiss(*(part for part in stage if part not in lines))


class MomentumClip(BowlClip):
    """A clip of walks down one bowl, by gradient descent and by momentum."""

    swept: Swept

    def ball(self, name: str, rate: float, beta: float) -> Walk:
        """A walk by momentum, which must arrive, known to the evidence by its name."""
        return self.stride(name, Verdict.CONVERGED, momentum_step(rate, beta))

    def sweep(self, beta: float, run_time: float, *passed: Walk) -> None:
        """Sweep β on to another one; then those that were `passed` are marked on the scale."""
        self.play(self.swept.sweep(beta, run_time))
        self.show(*(self.swept.sign(walk) for walk in passed))


def _is_text(part: mn.Mobject) -> bool:
    return isinstance(part, Typeset | Readout)


def bowl_map(
    theme: Theme,
    field: ScalarField,
    box: Box,
    x_window: tuple[float, float],
    *,
    y_window: tuple[float, float] | None = None,
    names: tuple[str, str] = ("x", "y"),
    y_ticks: tuple[float, ...] = (-0.5, 0, 0.5),
) -> tuple[Plane, mn.Group]:
    """A bowl seen from above in a place: its plane, and the map with its minimum.

    Unless a `y_window` is told, lengths along y are drawn as long as those along x. Without a name
    along x it has no ticks there.
    """
    up = (x_window[1] - x_window[0]) * box.height / box.width / 2
    across = [x for x in range(-6, 10, 3) if x_window[0] < x < x_window[1]]
    plane = Plane(
        theme, box, x_window, y_window or (-up, up),
        x_ticks=across if names[0] else (), y_ticks=y_ticks,
        x_name=names[0], y_name=names[1],
    )  # fmt: skip
    lines = bowl_levels(0, float(field(x_window[1], 0)), 8)
    return plane, mn.Group(ContourMap(plane, field, levels=lines), plane, least(plane, field))


def least(plane: Plane, field: ScalarField) -> MapMinima:
    """The mark of the bowl's minimum."""
    return MapMinima(plane, field, [(0.0, 0.0)], side=0.2)


class Leaver(Racer):
    """A walk that may leave the map; how high f is where it goes is told at its end only."""

    def _point_to(self, k: int, place: np.ndarray) -> None:
        if k == self.walk.stopped_at:
            super()._point_to(k, place)


class Strips(mn.Group):
    """The same bowl three times, one under the other, with a walk on each, and what it is called.

    `walkers` are on the maps, `fates` tell what becomes of them; `ways` are the two directions of
    the bowl, with how much it bends.
    """

    def __init__(self, theme: Theme, walks: dict[str, Walk]) -> None:
        super().__init__()
        self.ways: list[mn.Mobject] = []
        colours = (theme.crowd[5], theme.runs[0], theme.danger)
        self.walkers: list[Racer] = []
        self.fates = mn.VGroup()
        for (name, walk), colour, box in zip(walks.items(), colours, STRIPS, strict=True):
            names = ("x" if box is STRIPS[-1] else "", "y" if box is STRIPS[0] else "")
            window = (STRIP_LEFT, STRIP_RIGHT)
            plane, seen = bowl_map(theme, walk.field, box, window, names=names)
            board = Board(theme, [rated(name, walk, colour)], x=BESIDE, top=box.middle[1] + 0.2)
            self.walkers.append(Leaver(plane, name, walk, colour))
            self.fates.add(*board.fates)
            self.add(*seen, *board.names)
            if not self.ways:
                self.ways += [*both_ways(plane, 0, walk.field), *both_ways(plane, 1, walk.field)]
        formula = math("f(x, y) = " + typst(walk.field.expr), size=36, colour=theme.function)
        self.add(stated(formula, word("formula", field=walk.field)).rest(BESIDE, 2.4))

    def walk(self) -> list[mn.Animation]:
        """All of them at one pace, to the end."""
        ks = range(1, self.walkers[0].walk.stopped_at + 1)
        return [walker.descend(paced(ks, SLOW)) for walker in self.walkers]


def both_ways(plane: Plane, axis: int, field: ScalarField) -> list[mn.Mobject]:
    """An arrow both ways along x (axis 0) or y over a bowl, and how much that bends so."""
    theme, (start, end) = plane.theme, WAYS[axis]
    places = [(given("x", at[0]), given("y", at[1])) for at in (start, end)]
    one, other = (plane.at(*at) for at in (start, end))
    shaft = mn.Line(one, other, stroke_width=0.6 * SHAFT, color=theme.ink)
    stated(shaft, segment(plane, "way", *places))
    heads = [
        stated(arrow_head(begin, past, theme.ink, HEAD), tip(plane, "way", *way))
        for begin, past, way in ((one, other, places), (other, one, places[::-1]))
    ]
    bend = SpotFacts(field, (0.0, 0.0)).curvature(axis, axis)
    said = math(f'"curvature" {bend.value:g}', size=SMALLEST, colour=theme.ink)
    stated(said, word("number", bend)).move_to(plane.at(*WAYS_NAMED[axis]))
    return [shaft, *heads, said]


class OneStep(mn.Group):
    """One step of momentum from close by: what is kept of the last one, and what the slope adds.

    `before` is the step before, `kept` and `slope` are arrows, `whole` is their sum; `rules` are
    the two lines of the method, in whose colours the arrows are.
    """

    def __init__(self, theme: Theme, walk: Walk) -> None:
        super().__init__()
        facts, k, field = WalkFacts(walk), KEPT_STEP, walk.field
        up = (CLOSE_BY[1] - CLOSE_BY[0]) * CLOSE.height / CLOSE.width / 2
        self.plane = Plane(
            theme, CLOSE, CLOSE_BY, (-up, up),
            x_ticks=(8, 8.5, 9), y_ticks=(-0.5, 0, 0.5), y_name="y",
        )  # fmt: skip
        lines = bowl_levels(0, float(field(CLOSE_BY[1], up)), 14)
        self.add(ContourMap(self.plane, field, levels=lines), self.plane)
        self.before, self.kept, self.slope, self.whole = (mn.VGroup() for _ in range(4))
        past, carried = mix(theme.iterate, theme.ground, 0.45), facts.carried(k)
        ways = (
            (self.before, facts.on_map(k - 1), facts.on_map(k), past),
            (self.kept, facts.on_map(k), carried, theme.iterate),
            (self.slope, carried, facts.on_map(k + 1), theme.tangent),
            (self.whole, facts.on_map(k), facts.on_map(k + 1), theme.ink),
        )
        for group, start, end, colour in ways:
            group.add(*arrow(self.plane, start, end, colour, 0.0 if end is carried else AT_RING))
        for i, group in ((k - 1, self.before), (k, self.before), (k + 1, self.whole)):
            ring = mn.Circle(0.13, stroke_color=theme.iterate, stroke_width=4)
            ring.set_fill(theme.ground, 1).set_z_index(4)
            x, y, _ = ring.move_to(self.plane.at(*walk.points[i])).get_center()
            name = math(f"x_{i}", size=34, colour=theme.iterate).rest(x + 0.25, y - 0.08)
            group.add(stated(ring, point(self.plane, "ring", facts.on_map(i))), name)
        kept, slope = (
            tint("beta v_(k-1)", theme.iterate),
            tint("nabla f(x_(k-1), y_(k-1))", theme.tangent),
        )
        codes = (
            f"v_k = {kept} + {slope}",
            f"{column('x_k', 'y_k')} = {column('x_(k-1)', 'y_(k-1)')} - alpha thin v_k",
        )
        self.rules = mn.VGroup()
        for line, code in enumerate(codes):
            rule = math(code, size=36, colour=theme.ink).rest(1.3, 1.4 - 1.2 * line)
            self.rules.add(stated(rule, word("rule", method="momentum")))
        share = facts.momentum()
        told = f"{share.value:g} of the last step"
        self.names = [
            words(told, size=34, colour=theme.iterate).rest(1.3, -1.1),
            words("slope", size=34, colour=theme.tangent).rest(1.3, -1.75),
        ]
        stated(self.names[0], word("remark", share.put(told)))


def arrow(plane: Plane, start: Place, end: Place, colour: str, short: float) -> list[mn.VMobject]:
    """The arrow of a step between two places, or of a part of it; it may end so `short` of one."""
    one, other = (plane.at(*(known.value for known in ends if known)) for ends in (start, end))
    along = (other - one) / np.linalg.norm(other - one)
    other = other - short * along
    shaft = mn.Line(one, other - 0.8 * HEAD * along, stroke_width=SHAFT, color=colour)
    head = arrow_head(one, other, colour, HEAD)
    stated(shaft, segment(plane, "step", start, end))
    return [shaft, stated(head, tip(plane, "step", start, end))]


class Race(mn.Group):
    """Gradient descent and momentum from one start: each on a map, with a chart of their slopes.

    `walkers` are on the maps; `chart` and the fates on the `board` come later.
    """

    def __init__(self, theme: Theme, *walks: Walk) -> None:
        super().__init__()
        tolerance, most = WalkFacts(walks[0]).tolerance(), walks[0].stopped_at
        colours = theme.runs[0], theme.iterate
        runs = [
            Run(name, name, walk, colour)
            for name, walk, colour in zip(RACERS, walks, colours, strict=True)
        ]
        self.walkers: list[Racer] = []
        for run, box in zip(runs, RACE_MAPS, strict=True):
            names = ("x" if box is RACE_MAPS[-1] else "", "y")
            window = (STRIP_LEFT, STRIP_RIGHT)
            plane, seen = bowl_map(theme, run.walk.field, box, window, names=names)
            self.walkers.append(Racer(plane, run.name, run.walk, run.colour))
            self.add(*seen)
        axes = Plane(
            theme, RACE_CHART, (0, 1.35 * most), (1e-6, 1e2),
            x_ticks=range(0, most, 200), y_ticks=(1e-4, 1e-2, 1),
            x_name="k", y_name="max(abs(f_x), abs(f_y))", log_y=True,
        )  # fmt: skip
        code = f"10^({round(np.log10(tolerance.value))})"
        axes.add(*goal_line(axes, tolerance, code, tolerance, right=True))
        self.chart = Chart(axes, runs, steepness)
        x, top = RACE_BOARD
        self.board = Board(theme, runs, x=x, top=top)
        self.add(axes, *self.board.names)

    def together(self) -> list[mn.Animation]:
        """Both, step by step, until momentum has arrived."""
        last = self.walkers[1].walk.stopped_at
        return [walker.descend(paced(range(1, last + 1), SLOW, (1, 0))) for walker in self.walkers]

    def on(self) -> mn.Animation:
        """The rest of the way of gradient descent, in a hurry."""
        first, last = (walker.walk.stopped_at for walker in reversed(self.walkers))
        ks = [*range(first + HURRY, last, HURRY), last]
        return self.walkers[0].descend(paced(ks, (), (1, 0)))


class Swept(mn.VGroup):
    """The first steps by momentum on a map, as β is swept along its scale.

    In each frame they are those of a walk with the very β that is read; behind them are those of
    gradient descent, pale. `seen` is the map.
    """

    def __init__(self, theme: Theme, walk: Walk, steps: int, marked: Iterable[float]) -> None:
        super().__init__()
        self.plane, self.seen = bowl_map(theme, walk.field, SWEPT, SWEPT_X, y_window=SWEPT_Y)
        self.like, self.steps, self.beta = walk, steps, 0.0
        told = (0.0, *marked)
        self.gauge = Gauge(theme, told, (0.0, max(told)), SCALE_SIDES, SCALE_AT)
        line = self.gauge.stretch_of(0.0, max(told), theme.dim)
        name = math("beta", size=36, colour=theme.label)
        left = SCALE_SIDES[0] - 0.35
        self.gauge.add_to_back(line, name.rest(left, SCALE_AT - 0.08, anchor="right"))
        self.numbers = LinePanel(
            ((-5.0, momentum(theme)), (-2.4, count(theme)), (0.0, value(theme, "f(x_k, y_k)"))),
            NUMBERS_AT, size=36,
        )  # fmt: skip
        self.trail = mn.VMobject(stroke_width=4, fill_opacity=0)
        self.trail.set_stroke(mix(theme.iterate, theme.ground, 0.15))
        self.dot = mn.Dot(radius=0.13, color=theme.iterate).set_z_index(9)
        self.ghost = mn.VMobject(stroke_width=3, fill_opacity=0)
        self.ghost.set_stroke(mix(theme.runs[0], theme.ground, 0.35))
        self._draw(self.ghost, self._walk(0.0))
        self.add(self.ghost, self.trail, self.dot)
        self.put(0.0)

    def _walk(self, beta: float) -> Walk:
        step = momentum_step(self.like.step.rate or 0.0, beta)
        return descend(self.like.field, self.like.start, step, self.steps)

    def _draw(self, line: mn.VMobject, walk: Walk) -> None:
        """Let a line be all the way of a walk."""
        line.set_points_as_corners(self.plane.at(walk.points[:, 0], walk.points[:, 1]))
        way = {"walk": walk, "first": 0, "last": walk.stopped_at}
        stated(line, trail(self.plane, (), "trail", measure="map", **way))

    def put(self, beta: float) -> Swept:
        """Show the steps with a β."""
        walk = self._walk(beta)
        facts, last = WalkFacts(walk), walk.stopped_at
        self._draw(self.trail, walk)
        self.dot.move_to(self.plane.at(*walk.points[last]))
        stated(self.dot, point(self.plane, "dot", facts.on_map(last)))
        self.gauge.put_knob(facts.momentum())
        self.numbers.read(walk, last)
        self.beta = beta
        return self

    def sweep(self, beta: float, run_time: float) -> mn.Animation:
        """Go on to another β."""
        start = self.beta

        def draw(share: float) -> None:
            self.put(beta if share == 1 else round(start + share * (beta - start), 3))

        moving = mn.Group(self, self.gauge.knob, self.numbers.numbers)
        return Drawn(moving, draw, run_time=run_time)

    def sign(self, walk: Walk) -> mn.VGroup:
        """What became of a walk, under its β, and after how many steps."""
        beta = beta_of(walk)
        return sign_of(self.gauge, walk, (beta, None), self.gauge.at(beta.value), below=True)


class Pairs(mn.Group):
    """For each β and α: how many digits a step of momentum comes to gain on a bowl.

    Where it gains none there is no colour: those walks fly off, or stay. `border` is where they
    begin.
    """

    def __init__(self, theme: Theme, field: ScalarField) -> None:
        super().__init__()
        gains = gains_of(field)
        most = MORE * 4 / max(bends_of(field))
        plane = self.plane = Plane(
            theme, PAIRS, (0.0, MOST_BETA), (LEAST_RATE, most),
            x_ticks=(0.2, 0.4, 0.6, 0.8), y_ticks=(0.01, 0.02, 0.03, 0.04, 0.05),
            x_name="beta", y_name="alpha",
        )  # fmt: skip
        steps = [HIGHEST_GAIN * i / LINES for i in range(1, LINES)]
        self.map = ContourMap(
            plane, gains, levels=steps, palette=theme.heat, span=(0.0, HIGHEST_GAIN), strength=0.8,
            cut=True,
        )  # fmt: skip
        ends = plane.at([0.0, MOST_BETA], [border_of(field, beta) for beta in (0.0, MOST_BETA)])
        self.border = mn.Line(ends[0], ends[1], stroke_width=5, color=theme.ink)
        stated(self.border, levels(plane, gains, [0.0]))
        heights = mn.VGroup(*(self._height(gains, theme, steps[i]) for i in NAMED))
        nothing = words("no gain", size=SMALLEST, colour=theme.danger)
        start = border_of(field, FLYING)
        none = nowhere(">", gains, ((0.0, FLYING), (start, plane.y_window[1])), given("zero", 0.0))
        stated(nothing, word("remark", none.put("no gain"))).move_to(plane.at(*NO_GAIN_AT))
        self.add(self.map, self.border, plane, heights, nothing)

    def _height(self, gains: ScalarField, theme: Theme, height: float) -> mn.VGroup:
        """How many digits a step are gained on a line, where only β decides it."""
        place = (10 ** (-2 * height), NAMED_AT)
        known = FieldFacts(gains).height(place)
        said = stated(
            math(digits(shown(known.value, 2)), size=SMALLEST, colour=theme.ink),
            word("number", known),
        )
        said.move_to(self.plane.at(*place))
        return tagged(said, theme.ground).set_z_index(5)

    def sign(self, walk: Walk) -> mn.VGroup:
        """What became of a walk, at its β and α, and after how many steps if it arrived."""
        beta, rate = beta_of(walk), WalkFacts(walk).rate()
        return sign_of(self.plane, walk, (beta, rate), self.plane.at(beta.value, rate.value))


def sign_of(
    frame: Plane | Gauge, walk: Walk, place: Place, at: np.ndarray, *, below: bool = False
) -> mn.VGroup:
    """A tick or a cross at a place for what became of a walk; its steps beside it, or `below`."""
    theme, fate = frame.theme, fate_of(walk)
    sign = strokes(SIGNS[fate.sign], SIGN, getattr(theme, fate.tone), 7)
    aside = {"aside": (0.0, BELOW)} if below else {}
    stated(sign, point(frame, "fate", place, sign=fate.sign, **aside))
    sign.shift(at + (BELOW * mn.UP if below else 0)).set_z_index(5)
    if walk.verdict is not Verdict.CONVERGED:
        return mn.VGroup(sign)
    steps = WalkFacts(walk).steps()
    said = f"{steps.value} steps"
    told = words(said, size=SMALLEST, colour=theme.ink)
    stated(told, word("remark", steps.put(said)))
    right, up = BESIDE_SIGN
    x, y, _ = sign.get_center()
    told.rest(x + right, y + up)
    return mn.VGroup(sign, told if below else tagged(told, theme.ground).set_z_index(5))


def beta_of(walk: Walk) -> Fact:
    """How much of the last step a walk keeps; gradient descent keeps nothing."""
    return WalkFacts(walk).momentum() if walk.step.name == "momentum" else given("zero", 0.0)


def bends_of(field: ScalarField) -> list[float]:
    """The curvatures of a bowl of two variables, the smaller first."""
    return [round(float(bend), 9) for bend in np.linalg.eigvalsh(field.hessian([0.0, 0.0]))]


def border_of(field: ScalarField, beta: float) -> float:
    """The rate from which on momentum flies off, 2(1 + β)/λ."""
    return 2 * (1 + beta) / max(bends_of(field))


def gains_of(field: ScalarField) -> ScalarField:
    """−log₁₀ of the factor by which momentum shrinks a step on a bowl in the end, over β and α.

    Along a curvature λ the factors are the roots of z² − (1 + β − αλ)z + β; if they are not real,
    their size is √β.
    """
    trace = "(1 + beta - {:g}*alpha)"
    root = f"(abs({trace}) + sqrt(max({trace}**2 - 4*beta, 0)))/2"
    sizes = ", ".join(root.format(bend, bend) for bend in bends_of(field))
    return ScalarField.parse(f"-log(max(sqrt(beta), {sizes}))/log(10)", ("beta", "alpha"))


def gain_of(walk: Walk) -> Fact:
    """How many digits a step a walk by momentum comes to gain."""
    gains, facts = gains_of(walk.field), WalkFacts(walk)
    pair = facts.momentum().value, facts.rate().value
    # Exactly: float64 loses half of its digits at a double root, which is where it is best.
    exact = (sp.Rational(str(number)) for number in pair)
    value = gains.expr.subs(dict(zip(gains.variables, exact, strict=True)))
    return momentum_gain(walk, float(value))


def best(plane: Plane, field: ScalarField, walk: Walk) -> Fact:
    """That no pair of a plane gains more than a walk."""
    return nowhere(">", gains_of(field), (plane.x_window, plane.y_window), gain_of(walk))


def require_story(facts: Facts, zigzag: Walk, *walks: Walk) -> None:
    """See that each walk does what is told of it: without momentum, with some, with too much."""
    across = SpotFacts(zigzag.field, (0, 0)).coordinate(1)
    facts.require("zigzags", crosses(zigzag, across, axis=1))
    plain, light, heavy = map(WalkFacts, walks)
    facts.require("The same α", equal(plain.rate(), light.rate()))
    facts.require("slower than none", ordered(">", heavy.steps(), plain.steps()))
    farthest = int(np.argmin(heavy.walk.points[:, 0]))
    past = ordered("<", heavy.coordinate(farthest), given("zero", 0.0))
    facts.require("swings past the minimum", past)
