"""What `scenes/local_minima.py` shows: what is deeper, a cycle of two, where a crowd came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdmath import cycle, multistart
from gdstage.facts import StoryError
from gdstage.layout import AXES_ROOM, IS_NARROW, PICTURE
from gdstage.look.rounding import shown
from gdstage.look.signs import SIGNS, dashed, strokes
from gdstage.look.text import SMALLEST, digits, math, number, words
from gdstage.proof.ending_facts import EndFacts
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.field_facts import FieldFacts
from gdstage.proof.statement import point, segment, sign, stated, word
from gdstage.proof.truths import equal, nowhere, ordered, ratio
from gdstage.props.starting_point import Whole, ZoomClip
from gdstage.walks.badge import Remark
from gdstage.walks.basins import graph_outcomes, outcome_colours
from gdstage.walks.crowd import Crowd, unnamed_runs
from gdstage.walks.graph_walk import CLOSEST_RINGS, GraphWalk, ring_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdmath import Cycle, Walk
    from gdstage.facts import Facts
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.plane.axes import Plane
    from gdstage.proof.fact import Fact
    from gdstage.proof.field_facts import BasinFacts
    from gdstage.walks.readouts import RuleLine


PLACE = PICTURE.within(**{**AXES_ROOM, "right": 0.8})
if IS_NARROW:
    RULE, VERDICT = (PLACE.left + 1.6, PLACE.top - 0.9), (PLACE.left + 3.6, PLACE.top + 0.31)
    NAME = (1.24, 8.4 - 0.3 * 16.8 / PLACE.height)
    NUMBERS = tuple((PLACE.left + x, PLACE.top - 1.5) for x in (1.6, 3.8, 5.3))
else:
    RULE, VERDICT = (1.0, PLACE.top - 0.3), (1.5, PLACE.top + 0.31)
    NAME = (0.95, 7.27)
    NUMBERS = tuple((x, PLACE.top - 0.9) for x in (-3.9, -1.7, 0.0))
"""From where the rule and the verdict are written, at which data point the formula ends, and from
where live numbers are written: over the curve, in rows where it is narrow."""

TINY = 0.055
"""The radius of a walker of a crowd on a large graph, in scene units."""

OVER_STRIP, BETWEEN, ROW = 0.22, 0.15, 0.48
"""How high over the axis shares are told; how far beside are words, or above (scene units)."""

BETWEEN_SIGNS, ROW_ABOVE = 0.35, 0.6
"""From the end of a rate to the middle of the sign after it; from a line to that above it (scene
units)."""

LAST_TWO = 8
"""So many parts of a walk's past are its last two steps: of each a ring, a drop, and a hop."""


def crowd_of(
    plane: Plane, known: BasinFacts, count: int, steps: int
) -> tuple[Crowd, Sequence[str]]:
    """Walkers from evenly spaced starts, and colours (count,) that tell where each of them ends.

    They do not show these yet.
    """
    (low, high), theme = known.window, plane.theme
    starts = low + (high - low) * (np.arange(count) + 0.5)[:, None] / count
    labels = multistart(known.field, starts, known.rate, 20 * steps).labels
    runs = unnamed_runs(known.field, known.rate, starts, steps, [theme.ink] * count)
    crowd = Crowd(plane, runs, rings=False, radius=TINY)
    return crowd, outcome_colours(theme, labels, graph_outcomes(theme))


class ValleysClip(ZoomClip):
    """A clip of walks on one graph, whose window may become another, and a line of numbers."""

    y_window: tuple[float, float]
    reader: RuleLine
    zooming = 1.6

    def draw_whole(self, name_at: tuple[float, float]) -> None:
        """Draw axes and graph, with the field's formula ending at a data point."""
        self.plane = self.axes(self.x_window, self.y_window, self.y_ticks)
        self.whole = Whole(self.plane, self.field)
        name = self.field_name(*self.plane.at(*name_at)[:2])
        axes_time, graph_time = self.drawing
        self.show(self.whole.signs, self.whole.wall, run_time=axes_time)
        self.play(mn.Create(self.whole.graph), mn.FadeIn(name), run_time=graph_time)
        self.add(self.whole)

    def be_done(self, *others: mn.Mobject) -> None:
        """Let the walk and its numbers, and others, leave with the words of this beat."""
        self.dismiss(*self.on_stage, *others, self.reader.numbers)
        self.on_stage = ()

    def badge_of(self, walk: Walk) -> Remark:
        """The verdict; a minimum that is not the deepest is called so."""
        if walk is not self.evidence.walks["left"]:
            return super().badge_of(walk)
        return local_minimum(self.theme, walk, *self.verdict_at)

    def figure_of(self, name: str, walk: Walk) -> GraphWalk:
        """The walk on the graph."""
        return GraphWalk(self.plane, name, walk)


class Settled(mn.VGroup):
    """What is left of a walk that has arrived: its rings, and at a place (x, y) its rate and sign.

    It is there to be compared with another walk.
    """

    def __init__(self, plane: Plane, walk: Walk, at: tuple[float, float]) -> None:
        super().__init__()
        theme, facts, last = plane.theme, WalkFacts(walk), np.full(3, np.inf)
        for k in reversed(range(len(walk.points))):
            place = plane.at(walk.points[k, 0], walk.values[k])
            if np.linalg.norm(place - last) >= CLOSEST_RINGS:
                self.add(ring_of(plane, facts, k).move_to(place))
                last = place
        name, (x, y, _) = rate_of(theme, walk, theme.label), plane.at(*at)
        tick = strokes(SIGNS["tick"], 0.13, theme.minimum, 6)
        self.add(name.rest(x, y))
        tick.shift((name.get_right()[0] + BETWEEN_SIGNS, y + 0.13, 0.0))
        self.add(stated(tick, sign(EndFacts(walk).verdict())))


class Drops(mn.VGroup):
    """Copies of a crowd's dots, which stand on their starts, to fall straight down."""

    def __init__(self, crowd: Crowd) -> None:
        super().__init__(*(dot.copy().release() for dot in crowd.dots))
        for dot, facts in zip(self, crowd.facts, strict=True):
            stated(dot, point(crowd.plane, "dot", facts.on_axis(0)))

    def fall(self, floor: float, run_time: float) -> mn.Animation:
        """Let them fall to a height of the frame (scene units)."""
        falls = (mn.ApplyMethod(dot.set_y, floor) for dot in self)
        return mn.AnimationGroup(
            *falls, run_time=run_time, rate_func=mn.rate_functions.ease_in_quad
        )


class Deeper(mn.VGroup):
    """Two ends on one graph: the `ghost` of the lower one, the `gap` from there to the other."""

    def __init__(self, plane: Plane, lower: Walk, higher: Walk) -> None:
        super().__init__()
        low, high, theme = WalkFacts(lower), WalkFacts(higher), plane.theme
        ring = mn.Circle(0.14, stroke_color=theme.past, stroke_width=4, fill_opacity=0)
        foot, top = (plane.at(higher.points[-1, 0], walk.values[-1]) for walk in (lower, higher))
        end = plane.at(lower.points[-1, 0], lower.values[-1])
        stated(ring.move_to(end), point(plane, "ring", low.on_graph(-1)))
        self.ghost = mn.VGroup(ring, _height(plane, low, end + 0.62 * mn.DOWN))
        corner = (high.coordinate(-1), low.value(-1))
        lines = (
            (dashed(foot, end, theme.label), corner, low.on_graph(-1)),
            (dashed(foot, top, theme.label), corner, high.on_graph(-1)),
        )
        self.gap = mn.VGroup(_height(plane, high, top + 0.95 * mn.RIGHT + 0.45 * mn.DOWN))
        for line, one, other in lines:
            self.gap.add(stated(line, segment(plane, "drop", one, other, dashed=True)))
        self.add(self.ghost, self.gap)


def _height(plane: Plane, facts: WalkFacts, at: mn.typing.Point3D) -> Typeset:
    """The height at which a walk ends, around a place of the frame (3,)."""
    value = facts.value(-1)
    text = math(f"f {number(value.value, 2)}", size=SMALLEST, colour=plane.theme.function)
    return stated(text, word("number", value)).rest(at[0], at[1], anchor="centre")


class Shares(mn.VGroup):
    """Over each stretch of the strip of starts, how many of all starts it is, and where they end.

    `lower` and `higher` are walks that end in the deepest minimum and in another one.
    """

    def __init__(self, plane: Plane, starts: BasinFacts, lower: Walk, higher: Walk) -> None:
        super().__init__()
        theme, basins = plane.theme, starts.found.basins
        labels = np.array([basin.minimum for basin in basins])
        colours = outcome_colours(theme, labels, graph_outcomes(theme))
        for basin, colour in zip(basins, colours, strict=True):
            share = starts.share(basin.minimum)
            text = words(f"{share.value:.0f}%", size=34, colour=colour, bold=True)
            low, high = plane.at([basin.low, basin.high], 0.0)[:, 0]
            stated(text, word("number", share))
            end, y = _end_of(colour, starts, basin.minimum, lower, higher), plane.floor + OVER_STRIP
            wide = text.width + BETWEEN + end.width
            # Where there is no room beside the number, over it: all else is under the graph.
            fits = wide < high - low
            left = (low + high - wide) / 2 if fits else (low + high - text.width) / 2
            self.add(text.rest(left, y))
            if fits:
                self.add(end.rest(left + text.width + BETWEEN, y))
            else:
                self.add(end.rest(low + BETWEEN, y + ROW))


def _end_of(colour: str, starts: BasinFacts, minimum: int, lower: Walk, higher: Walk) -> Typeset:
    """What the end of starts is that reach a minimum, the deepest being 0, or none (-1)."""
    if minimum < 0:
        return words("out of the domain", size=SMALLEST, colour=colour)
    if minimum > 0:
        text, end = "a local minimum", EndFacts(higher)
        told = [end.kind().put(text), end.lower_elsewhere().put("local")]
    else:
        text, least = "the deepest", WalkFacts(lower).value(-1)
        told = [nowhere("<", starts.field, [starts.window], least).put("deepest")]
    return stated(words(text, size=SMALLEST, colour=colour), word("remark", *told))


def rate_of(theme: Theme, walk: Walk, colour: str = "") -> Typeset:
    """The learning rate of a walk, in the colour of what is now unless told."""
    rate = WalkFacts(walk).rate()
    code = f"alpha = {rate.value:g}"
    return stated(math(code, size=36, colour=colour or theme.iterate), word("number", rate))


def larger_rate(facts: Facts, one: Fact, other: Fact) -> str:
    """How a rate that is larger than another is told: "twice the rate", if it is."""
    if one.value == 2 * other.value:
        return f"{facts.say(ratio(one, other), 'twice')} the rate"
    return facts.require("a larger rate", ordered(">", one, other))


def orbit_of_two(theme: Theme, walk: Walk, orbit: tuple[float, float]) -> Typeset:
    """The two places between which a walk jumps in the end, the lower first."""
    code = " arrows.lr ".join(digits(shown(x, 4)) for x in orbit)
    facts = FieldFacts(walk.field)
    places = (facts.cycle_point(walk, i, float(x)) for i, x in enumerate(orbit))
    return stated(math(code, size=36, colour=theme.iterate), word("number", *places))


def local_minimum(theme: Theme, walk: Walk, x: float, y: float) -> Remark:
    """The verdict, from (x, y), on a walk that has arrived, but where there are lower minima."""
    remark = Remark("stopped: a local minimum", "dash", theme.tangent, x, y)
    end = EndFacts(walk)
    told = end.kind().put("a local minimum"), end.lower_elsewhere().put("local")
    stated(remark.said, word("remark", *told))
    return remark


def require_story(facts: Facts, walks: dict[str, Walk], starts: BasinFacts) -> Cycle:
    """See that one walk ends in the deepest valley, one in another, and one in a cycle of two.

    It is given back.
    """
    right, left, bold = (walks[name] for name in ("right", "left", "bold"))
    end, other = WalkFacts(right), WalkFacts(left)
    field, low = right.field, float(starts.found.minima[0])
    lowest = FieldFacts(field).value(FieldFacts(field).minimum(low, 0.05))
    facts.teach("it cannot see the other valley")
    facts.require("deepest", nowhere("<", field, [starts.window], lowest))
    facts.require("deeper", ordered("<", end.value(-1), other.value(-1)))
    facts.require("the deepest valley up to", equal(end.value(-1), lowest, within=1e-6))
    orbit = cycle(field, bold.step.rate or 0.0, np.array(bold.start))
    facts.require("Period", equal(EndFacts(bold).period(), given("a cycle of two", 2.0)))
    if orbit is None:
        raise StoryError("the story says “it jumps between two places”, and no cycle is found")
    return orbit
