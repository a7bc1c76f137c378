"""What `scenes/starting_point.py` shows: a graph from close by, then from farther."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.rounding import shown
from gdstage.look.text import digits, math, number
from gdstage.motion import Drawn
from gdstage.plane.axes import Plane
from gdstage.plane.no_value import no_value, stretches_without_value
from gdstage.proof.evidence import IterateDot
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.field_facts import floored
from gdstage.proof.statement import graph, line, point, scenery, stated, word
from gdstage.proof.truths import equal, number_of, ordered, size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdmath import Walk
    from gdstage.facts import Facts
    from gdstage.look.text import Typeset
    from gdstage.proof.fact import Fact
    from gdstage.proof.field_facts import BasinFacts
    from gdstage.walks.gauges import StartGauge
    from gdstage.walks.graph_walk import GraphWalk

TANGENT_LENGTH = 1.8
ASIDE = (0.3, 0.14)
THERE = 1 - 1e-9
"""A share of a way that is all of it."""

Window = tuple[float, float]


class CloseUp(mn.VGroup):
    """The graph of a field of one variable with the starts of walks on it, and a tangent.

    `plane` has the axes and ticks of the window that is looked through first; they are no part
    of the group, for they do not grow. Where the field has no value, it is shaded.
    """

    def __init__(self, plane: Plane, walks: dict[str, Walk]) -> None:
        super().__init__()
        theme, self.plane, self.walks = plane.theme, plane, walks
        self.field = next(iter(walks.values())).field
        self.axes = bare_plane(plane, plane.x_window, plane.y_window)
        stated(self.axes, scenery("axes"))
        self.wall = mn.VMobject(stroke_width=0).set_fill(theme.danger, 0.13)
        self.graph = plane.graph(self.field, theme.function)
        self.tangent = mn.VMobject(stroke_color=theme.tangent, stroke_width=5)
        self.dots = mn.VGroup(*(IterateDot(theme.iterate) for _ in walks))
        self.add(self.wall, self.axes, self.graph, self.tangent, self.dots)
        self._touched = float(next(iter(walks.values())).points[0, 0])
        self._look(plane.x_window, plane.y_window)
        self._state(plane, next(iter(walks)))
        for dot, name in zip(self.dots, walks, strict=True):
            known = point(plane, "iterate", WalkFacts(walks[name]).on_graph(0))
            stated(dot.claim(name, 0, dot.get_center(), known), None)

    def slope(self, name: str) -> Typeset:
        """The slope at a walk's start, written beside it."""
        walk, facts = self.walks[name], WalkFacts(self.walks[name])
        at, slope = facts.coordinate(0), facts.slope(0)
        label = math(
            f"f'({at.value:g}) {number(slope.value, 1)}",
            size=32,
            colour=self.plane.theme.tangent,
        )
        stated(label, word("number", at, slope))
        return label.rest(*self.plane.at(at.value, walk.values[0])[:2] + ASIDE)

    def slide(self, name: str, run_time: float) -> mn.Animation:
        """Let the tangent slide to a walk's start."""
        begin, end = self._touched, float(self.walks[name].points[0, 0])

        def draw(share: float) -> None:
            self._touch(self.plane, begin + share * (end - begin))
            # What need not move states all the while where it is.
            self._state_tangent(self.plane, name if share > THERE or begin == end else "")

        return Drawn(self.tangent, draw, run_time=run_time)

    def step_back(self, plane: Plane, run_time: float) -> mn.Animation:
        """Let the window grow to that of a plane, evenly: each second by the same factor."""
        for dot in self.dots:
            dot.release()
        name = self._touched_walk
        pairs = (
            (self.plane.x_window, plane.x_window),
            (self.plane.y_window, plane.y_window),
        )
        ways = [(np.array(near), np.array(far)) for near, far in pairs]

        def draw(share: float) -> None:
            self._look(*(_between(near, far, share) for near, far in ways))
            self._state(plane, name if share > THERE else "")

        return Drawn(self, draw, run_time=run_time)

    def _state(self, plane: Plane, name: str) -> None:
        """Let all state what it is in a plane, the tangent being at the start of a walk.

        Without a name, the window is none of a plane's.
        """
        self._state_tangent(plane, name)
        stated(self.graph, graph(plane, self.field) if name else None)
        zones = stretches_without_value(self.field, plane.x_window) if name else []
        stated(self.wall, no_value(plane, self.field, zones[0]) if len(zones) == 1 else None)
        for dot, walk in zip(self.dots, self.walks.values(), strict=True):
            start = point(plane, "dot", WalkFacts(walk).on_graph(0))
            stated(dot, start if name and dot.stands_for is None else None)

    def _state_tangent(self, plane: Plane, name: str) -> None:
        if not name:
            stated(self.tangent, None)
            return
        self._touched_walk, facts = name, WalkFacts(self.walks[name])
        stated(self.tangent, line(plane, "tangent", facts.on_graph(0), facts.slope(0)))

    def _look(self, x_window: Window, y_window: Window) -> None:
        plane = bare_plane(self.plane, x_window, y_window)
        self.graph.set_points(plane.graph(self.field, self.plane.theme.function).points)
        self.wall.clear_points()
        bottom, top = y_window
        for low, high in stretches_without_value(self.field, x_window):
            corners = plane.at([low, high, high, low, low], [bottom, bottom, top, top, bottom])
            self.wall.start_new_path(corners[0])
            self.wall.add_points_as_corners(corners[1:])
        for walk, dot in zip(self.walks.values(), self.dots, strict=True):
            dot.move_to(plane.at(walk.points[0, 0], walk.values[0]))
        self._touch(plane, self._touched)

    def _touch(self, plane: Plane, x: float) -> None:
        self._touched = x
        slope = float(self.field.gradient([x])[0])
        ends = plane.tangent(x, self.field(x), slope, TANGENT_LENGTH / 2)
        self.tangent.set_points_as_corners(ends)


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


def first_length(figure: GraphWalk) -> Typeset:
    """How far the first step of a walk to the right went, written under its hop."""
    step, colour = figure.facts.step(1), figure.plane.theme.iterate
    length = math(f"+{digits(shown(step.value, 3))}", size=32, colour=colour)
    stated(length, word("number", step))
    middle = (figure.on_axis(0) + figure.on_axis(1)) / 2
    return length.rest(middle[0], middle[1] + 0.35, anchor="centre")


def parted(scale: StartGauge, threshold: Fact, digits: str) -> mn.VGroup:
    """The scale in two colours, which meet at the threshold, with the first of its digits."""
    cut = floored(threshold, len(digits.partition(".")[2]), float(digits))
    return scale.part(threshold, f"x_0 = {digits}...", cut)


def _between(near: np.ndarray, far: np.ndarray, share: float) -> Window:
    """The window `share` (0…1) of the way from one (2,) to another, its width growing evenly."""
    before, after = np.ptp(near), np.ptp(far)
    width = before * (after / before) ** share
    low, high = near + (far - near) * (width - before) / (after - before)
    return float(low), float(high)


def bare_plane(plane: Plane, x_window: Window, y_window: Window) -> Plane:
    """Axes without ticks or names, in the place of others."""
    return Plane(plane.theme, plane.box, x_window, y_window, x_ticks=(), y_ticks=(), x_name="")
