"""What `scenes/adaptive_rates.py` shows: a shrinking rate, refused trials, ellipses of steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np

from gdstage.layout import Box
from gdstage.look.signs import CROSS_SIGN, strokes
from gdstage.look.text import SMALLEST, math, number, words
from gdstage.look.theme import mix
from gdstage.pace import paced
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap, bowl_levels
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.map_facts import SpotFacts
from gdstage.proof.rate_facts import RateFacts, own_rates
from gdstage.proof.statement import Statement, point, segment, stated, word
from gdstage.proof.truths import along, crosses, ordered, stability_bound_at
from gdstage.props.local_minima import rate_of
from gdstage.props.momentum import BowlClip, arrow, bowl_map
from gdstage.props.newton import PAST, Racer
from gdstage.walks.board import Board
from gdstage.walks.chart import Chart, Measure, goal_line, steepness
from gdstage.walks.readouts import LinePanel, Quantity, coordinate, count
from gdstage.walks.run import Run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gdmath import ScalarField, Walk
    from gdstage.facts import Facts
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact, Place

BIG, BIG_X = Box(left=-5.9, right=6.0, bottom=-2.4, top=1.84), (-1.0, 9.9)
NUMBERS_AT = 2.42
"""A map that fills the picture, and what is seen of x; the height of the numbers over it."""

HALF, HALF_X = Box(left=-5.9, right=0.7, bottom=-2.4, top=1.9), (-0.6, 10.0)
RATE_CHART, MOST_RATE = Box(left=2.5, right=6.1, bottom=-2.2, top=1.6), 0.034
"""The place of a map beside a chart of rates, and that of the chart, which ends at a rate."""

LARGE_AT, SMALL_AT = (0.14, 0.0295), (0.62, 0.0085)
"""Where in that chart it is told which rates are too large, too small: a share of k, and a rate."""

TRIED, TRIED_X, TRIED_Y = Box(-5.9, 0.2, -2.4, 2.0), (6.2, 10.2), (-2.05, 0.84)
SLICE, SLICE_T, SLICE_F = Box(left=1.9, right=6.1, bottom=-2.2, top=1.6), 1.12, 1.08
"""A map of trials and a slice through them: their places, and what is seen: of the slice as shares
of the first length that is tried, and of how high f is there."""

STRIPS = tuple(Box(left=-5.9, right=2.2, bottom=top - 1.15, top=top) for top in (2.1, 0.3, -1.5))
STRIP_X, BESIDE = (-4.4, 9.8), 2.9
"""The places of three maps, one under the other, what is seen of x, where words beside begin."""

RACE, RACE_BOARD = Box(left=-5.6, right=1.6, bottom=-2.3, top=1.75), (2.4, 2.0)

BOLD = "AdaGrad, bold"
"""What the second walk by AdaGrad is known by."""

HEIGHT = 2.4
"""How high the level lines are that ellipses of steps would be, over their middles."""

CALLED = (("one rate", (8.8, -0.85)), ("one along x, one along y", (7.6, 1.15)))
"""What a circle and an ellipse of steps are called, and where, in x and y."""

SAMPLES = 90
"""So many corners has an ellipse of steps."""

GHOST, CROSS = 0.13, 0.1
"""The radius of a trial's ghost, and the size of its cross (scene units)."""

OPENING = ((9, 4), (6, 3), (4, 2))
HURRY = 4
"""So many steps are taken at a time when nothing new is seen."""

own_rate = Measure("own rate", "own rate", lambda walk: own_rates(walk)[:, 0], {"axis": 0})
"""The rate of the step from each iterate of a walk, (n+1,)."""


class AdaptiveClip(BowlClip):
    """A clip of walks whose rates change as they go."""

    def on_big_map(self, name: str) -> tuple[mn.Group, Racer]:
        """The bowl over the whole picture, and a known walk on its start there."""
        plane, seen = big_map(self.theme, self.field)
        return seen, Racer(plane, name, self.evidence.walks[name], colours_of(self.theme)[name])

    def numbers(self, *quantities: Quantity) -> LinePanel:
        """A line of live numbers over a big map."""
        return LinePanel([(-4.9 + 2.6 * i, each) for i, each in enumerate(quantities)], NUMBERS_AT)


def colours_of(theme: Theme) -> dict[str, str]:
    """The colour of each method of the clip."""
    return {
        "gradient descent": theme.runs[0], "schedule": theme.crowd[0],
        "backtracking": theme.crowd[4], "AdaGrad": theme.crowd[0], "RMSProp": theme.crowd[2],
        "Adam": theme.crowd[5],
    }  # fmt: skip


def big_map(theme: Theme, field: ScalarField) -> tuple[Plane, mn.Group]:
    """The bowl over the whole picture."""
    return bowl_map(theme, field, BIG, BIG_X)


def place_of_walk(theme: Theme) -> list[Quantity]:
    """The count and both coordinates of an iterate."""
    return [count(theme), coordinate(theme, 0, "x"), coordinate(theme, 1, "y")]


def rates_of_walk(theme: Theme) -> list[Quantity]:
    """The count, and the rate along each axis of the step from an iterate."""
    return [count(theme), *(_rate_along(theme, axis, name) for axis, name in enumerate("xy"))]


def _rate_along(theme: Theme, axis: int, name: str) -> Quantity:
    def value(walk: Any, k: int) -> Fact:
        return RateFacts(walk).own(k, axis)

    return Quantity(f"alpha_{name}", theme.iterate, value)


class Shrinking(mn.Group):
    """A walk with a rate that shrinks, on a map, and the rate over k beside it, with the bound.

    `walker` is on the map, `chart` beside it; they come on their own.
    """

    def __init__(self, theme: Theme, walk: Walk, name: str) -> None:
        super().__init__()
        colour = colours_of(theme)[name]
        plane, seen = bowl_map(theme, walk.field, HALF, HALF_X, y_ticks=(-2, 0, 2))
        self.walker = Racer(plane, name, walk, colour)
        axes = Plane(
            theme, RATE_CHART, (0, 1.04 * walk.stopped_at), (0, MOST_RATE),
            x_ticks=(0, walk.stopped_at // 2, walk.stopped_at), y_ticks=(0.01, 0.02, 0.03),
            x_name="k", y_name="alpha_(k+1)",
        )  # fmt: skip
        bound = bound_across(walk.field)
        bend = SpotFacts(walk.field, (0, 0)).curvature(1, 1)
        code = f"2\\/{bend.value:g} {number(bound.value, 4)}"
        axes.add(*goal_line(axes, bound, code, given("2", 2), bend, bound, right=True))
        self.chart = Chart(axes, [Run(name, name, walk, colour)], own_rate)
        rates, told = RateFacts(walk), mn.VGroup()
        for said, order, tone, at in (
            ("too large", ordered(">", rates.own(0), bound), theme.danger, LARGE_AT),
            ("too small", ordered(">", bound, rates.own(-1)), theme.label, SMALL_AT),
        ):
            x, y, _ = axes.at(at[0] * walk.stopped_at, at[1])
            text = words(said, size=SMALLEST, colour=tone).rest(float(x), float(y))
            told.add(stated(text, word("remark", order.put(said))))
        self.add(*seen, axes, told)

    def go(self) -> list[mn.Animation]:
        """Walk, and chart the rates at the same pace."""
        last = self.walker.walk.stopped_at
        steps = self.walker.descend(paced(range(1, last + 1), (), (1, 0)))
        return [steps, self.chart.race(steps.run_time * (last + 1) / last)]


def bound_across(field: ScalarField) -> Fact:
    """The largest rate with which gradient descent does not fly off, 2/λ of the steep direction."""
    bend = float(np.linalg.eigvalsh(field.hessian([0.0, 0.0]))[-1])
    return stability_bound_at(field, (0.0, 0.0), 2 / bend)


class Trials(mn.Group):
    """The trials of a step of backtracking: on a map along its ray, and on the slice of f there.

    Below the `line` f has fallen enough. `of(j)` are the marks of trial j, `step` is what is taken.
    """

    def __init__(self, theme: Theme, walk: Walk, k: int = 0) -> None:
        super().__init__()
        self.theme, self.walk, self.k, self.rates = theme, walk, k, RateFacts(walk)
        self.lengths, facts, field = self.rates.lengths(k), WalkFacts(walk), walk.field
        self.map = Plane(
            theme, TRIED, TRIED_X, TRIED_Y, x_ticks=(7, 8, 9, 10), y_ticks=(-2, -1, 0),
            y_name="y",
        )  # fmt: skip
        lines = bowl_levels(0, float(field(TRIED_X[1], TRIED_Y[0])), 14)
        self.add(ContourMap(self.map, field, levels=lines), self.map)
        farthest = self.rates.trial_on_slice(k, 0)
        high = SLICE_F * farthest[1].value
        self.slice = Plane(
            theme, SLICE, (0.0, SLICE_T * self.lengths[0]), (0.0, high),
            x_ticks=self.lengths, x_name="alpha", y_name="f",
        )  # fmt: skip
        self.add(self.slice)
        t = np.linspace(0.0, SLICE_T * self.lengths[0], 400)
        ray = walk.points[k] - np.multiply.outer(t, walk.gradients[k])
        graph = self.slice.curve(t, field.at(ray), theme.function)
        told = {"ray": {"walk": walk, "k": k}, "x": [0.0, SLICE_T * self.lengths[0]]}
        stated(graph, Statement("curve", "slice", self.slice, data=told))
        self.colour = colours_of(theme)["backtracking"]
        here = facts.on_map(k)
        path = mn.Line(
            self.map.at(*walk.points[k]), self._on_map(0), stroke_width=2.5, color=theme.label
        )
        stated(path, segment(self.map, "ray", here, self.rates.trial_on_map(k, 0)))
        self.ray = mn.VGroup(path, graph)
        start, slope = (given("zero", 0.0), facts.value(k)), self.rates.enough(k)
        end = self.slice.x_window[1]
        ends = self.slice.at([0.0, end], [start[1].value, start[1].value + slope.value * end])
        self.line = mn.Line(*ends, stroke_width=4, color=theme.tangent)
        told = {"slope": slope.record()}
        stated(self.line, Statement("line", "enough", self.slice, (start,), told, drawn=True))
        self.dots = mn.VGroup(
            self._dot(self.map, here, "iterate"), self._dot(self.slice, start, "iterate")
        )

    def _on_map(self, j: int) -> np.ndarray:
        return self.map.at(*(fact.value for fact in self.rates.trial_on_map(self.k, j)))

    def _dot(self, plane: Plane, place: Place, what: str) -> mn.Dot:
        dot = mn.Dot(plane.at(*(fact.value for fact in place)), GHOST, color=self.colour)
        return stated(dot.set_z_index(6), point(plane, what, place))

    def of(self, j: int) -> mn.VGroup:
        """Trial j, the first being 0, on the map and on the slice: a cross if it is refused."""
        marks = mn.VGroup()
        places = self.rates.trial_on_map(self.k, j), self.rates.trial_on_slice(self.k, j)
        for plane, place in zip((self.map, self.slice), places, strict=True):
            if j == len(self.lengths) - 1:
                marks.add(self._dot(plane, place, "taken"))
                continue
            cross = strokes(CROSS_SIGN, CROSS, self.theme.danger, 6).set_z_index(6)
            cross.shift(plane.at(*(fact.value for fact in place)))
            marks.add(stated(cross, point(plane, "refused", place)))
        return marks


class StepEllipse(mn.VMobject):
    """The level line that rates along the axes would fit, around an iterate of a walk.

    Of all steps on it, a step along the rates' way gets down most: a rule whose rates are alike
    takes level lines for circles. Its half axes are the roots of 2 · height · rate.
    """

    def __init__(self, plane: Plane, walk: Walk, colour: str) -> None:
        super().__init__(stroke_width=4, stroke_color=mix(colour, plane.theme.ground, PAST))
        self.plane, self.walk = plane, walk
        self.set_fill(opacity=0).set_z_index(5)

    def put(self, k: int, share: float = 1.0) -> StepEllipse:
        """Be around the place `share` (0…1) of the way from iterate k - 1 to iterate k."""
        facts, rates = WalkFacts(self.walk), RateFacts(self.walk)
        if share == 1:
            place, own = facts.on_map(k), [rates.own(k, axis) for axis in (0, 1)]
        else:
            place = facts.between_on_map(k, share)
            own = [rates.between(k, share, axis) for axis in (0, 1)]
        turn = np.linspace(0, 2 * np.pi, SAMPLES + 1)
        (x, y), (across, up) = ([fact.value for fact in pair] for pair in (place, own))
        around = self.plane.curve(
            x + np.sqrt(2 * HEIGHT * across) * np.cos(turn),
            y + np.sqrt(2 * HEIGHT * up) * np.sin(turn),
            self.stroke_color,
        )
        self.points = around.points
        told = {"rates": [rate.record() for rate in own], "height": HEIGHT}
        return stated(self, Statement("curve", "ellipse of steps", self.plane, (place,), told))


class AdaptiveRacer(Racer):
    """A walk on a map, with the ellipse of its steps around where it is."""

    def __init__(self, plane: Plane, name: str, walk: Walk, colour: str) -> None:
        self.ellipse = StepEllipse(plane, walk, colour)
        super().__init__(plane, name, walk, colour)
        self.add(self.ellipse)

    def stand_on(self, k: int) -> AdaptiveRacer:
        """Stand on iterate k."""
        super().stand_on(k)
        self.ellipse.put(k)
        return self

    def stand_between(self, k: int, share: float) -> AdaptiveRacer:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k."""
        super().stand_between(k, share)
        self.ellipse.put(k, share)
        return self


class RoundAndLong(mn.Group):
    """The first steps by one rate, and by a rate along each axis: a circle, and an ellipse.

    `seen` is the map, `round` the circle with its step, `long` the ellipse and `step` that along
    it, from which `walker` goes on; `names` say how many rates the two have.
    """

    def __init__(self, theme: Theme, plain: Walk, adapted: Walk, names: Sequence[str]) -> None:
        super().__init__()
        plane, self.seen = big_map(theme, plain.field)
        colours = [colours_of(theme)[name] for name in names]
        self.round = mn.VGroup(*self._first(plane, plain, colours[0]))
        self.long, self.step = self._first(plane, adapted, colours[1])
        self.walker = AdaptiveRacer(plane, names[1], adapted, colours[1])
        self.names = [
            stated(words(said, size=SMALLEST, colour=colour), word("label")).move_to(plane.at(*at))
            for (said, at), colour in zip(CALLED, colours, strict=True)
        ]

    def _first(self, plane: Plane, walk: Walk, colour: str) -> tuple[StepEllipse, mn.VGroup]:
        """The ellipse at the start of a walk, and its first step."""
        facts = WalkFacts(walk)
        ways = arrow(plane, facts.on_map(0), facts.on_map(1), colour, 0.0)
        return StepEllipse(plane, walk, colour).put(0), mn.VGroup(*ways)


class Strips(mn.Group):
    """The bowl three times, one under the other, on each a walk with the ellipse of its steps.

    `walkers` are on the maps, `fates` tell what becomes of them.
    """

    def __init__(self, theme: Theme, walks: Mapping[str, Walk]) -> None:
        super().__init__()
        self.walkers: list[AdaptiveRacer] = []
        self.fates = mn.VGroup()
        for (name, walk), box in zip(walks.items(), STRIPS, strict=True):
            names = ("x" if box is STRIPS[-1] else "", "y" if box is STRIPS[0] else "")
            plane, seen = bowl_map(theme, walk.field, box, STRIP_X, names=names)
            colour = colours_of(theme)[name]
            board = Board(theme, [Run(name, name, walk, colour)], x=BESIDE, top=box.middle[1] + 0.2)
            self.walkers.append(AdaptiveRacer(plane, name, walk, colour))
            self.fates.add(*board.fates)
            self.add(*seen, *board.names)
        self.add(rate_of(theme, walk, theme.ink).rest(BESIDE, 2.42))
        self.fates.add(self._swing(theme))

    def _swing(self, theme: Theme) -> mn.VMobject:
        """How far beyond the minimum the last of the walks came, under its fate."""
        facts = WalkFacts(self.walkers[-1].walk)
        x = facts.coordinate(farthest_back(facts.walk))
        past = ordered("<", x, given("zero", 0.0))
        said = words("past it:", size=SMALLEST, colour=theme.danger)
        place = math(f"x_{x.of['k']} {number(x.value, 2)}", size=SMALLEST, colour=theme.danger)
        left, low = BESIDE + 0.65, STRIPS[-1].middle[1] - 0.72
        stated(said, word("remark", past.put("past it:"))).rest(left, low)
        stated(place, word("number", x)).rest(float(said.get_right()[0]) + 0.2, low)
        return mn.VGroup(said, place)

    def go(self) -> list[mn.Animation]:
        """All at one pace, at last in a hurry, each to its end."""
        return [walker.descend(_hurried(walker.walk.stopped_at)) for walker in self.walkers]


def _hurried(last: int) -> Any:
    slowly = min(last, 40)
    ks = [*range(1, slowly + 1), *range(slowly + HURRY, last, HURRY), last]
    return paced(list(dict.fromkeys(ks)), OPENING, (1, 0))


class Race(mn.Group):
    """The slopes of some walks, step by step on a log scale, and beside it what they are called."""

    def __init__(self, theme: Theme, walks: Mapping[str, Walk]) -> None:
        super().__init__()
        runs = [_run(theme, name, walk) for name, walk in walks.items()]
        most, tolerance = max(run.last for run in runs), WalkFacts(runs[0].walk).tolerance()
        axes = Plane(
            theme, RACE, (0, 1.06 * most), (1e-5, 1e3),
            x_ticks=range(0, most, 100), y_ticks=(1e-4, 1e-2, 1, 1e2),
            x_name="k", y_name="max(abs(f_x), abs(f_y))", log_y=True,
        )  # fmt: skip
        code = f"10^({round(np.log10(tolerance.value))})"
        axes.add(*goal_line(axes, tolerance, code, tolerance))
        self.chart = Chart(axes, runs, steepness)
        for line in self.chart.lines:  # sharp corners would have long tips
            line.joint_type = mn.LineJointType.ROUND
        x, top = RACE_BOARD
        self.board = Board(theme, runs, x=x, top=top)
        for run, name, fate in zip(runs, self.board.names, tuple(self.board.fates), strict=True):
            if run.walk.step.name == "backtracking":
                trials = RateFacts(run.walk).trials()
                said = f"price: {trials.value:g} trials"
                price = words(said, size=SMALLEST, colour=theme.danger)
                price.rest(float(name.get_right()[0]) + 0.25, top - 1.05)
                fate.add(stated(price, word("remark", trials.put(said))))
        self.add(axes, *self.board.names)


def farthest_back(walk: Walk) -> int:
    """The iterate of a walk with the least x."""
    return int(np.argmin(walk.points[:, 0]))


def _run(theme: Theme, name: str, walk: Walk) -> Run:
    """A run that is called by its method, and by its rate too where there is another by that."""
    method, _, again = name.partition(", ")
    colour = colours_of(theme)[method]
    if not again:
        return Run(name, name, walk, colour)
    rate = WalkFacts(walk).rate()
    return Run(name, f"{method}, α = {rate.value:g}", walk, colour, facts=(rate,))


def require_story(facts: Facts, walks: Mapping[str, Walk]) -> None:
    """See that each walk does what is told of it."""
    first = WalkFacts(walks["gradient descent"])
    across = SpotFacts(first.walk.field, (0, 0)).coordinate(1)
    facts.require("across the valley", crosses(first.walk, across, axis=1, steps=1))
    adam, zero = WalkFacts(walks["Adam"]), given("zero", 0.0)
    farthest = farthest_back(adam.walk)
    rates = RateFacts(walks["schedule"])
    order = ordered(">", rates.own(0), bound_across(first.walk.field), rates.own(-1))
    facts.require("too large, then too small", order)
    facts.require("dwindle", along(walks["AdaGrad"], "length", "<"))
    facts.require("past the minimum", ordered("<", adam.coordinate(farthest), zero))
    facts.require("faster", ordered("<", WalkFacts(walks[BOLD]).steps(), first.steps()))
