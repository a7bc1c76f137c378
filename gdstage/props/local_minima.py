"""What `scenes/local_minima.py` shows: what is deeper, a cycle of two, where a crowd came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdmath import cycle, multistart
from gdstage.facts import StoryError
from gdstage.layout import AXES_ROOM, IS_NARROW, PICTURE
from gdstage.look.rounding import shown
from gdstage.look.signs import dashed
from gdstage.look.text import SMALLEST, digits, math, number, words
from gdstage.proof.ending_facts import EndFacts
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.field_facts import FieldFacts
from gdstage.proof.statement import point, segment, stated, word
from gdstage.proof.truths import equal, nowhere, ordered
from gdstage.walks.badge import Remark
from gdstage.walks.basins import graph_outcomes, outcome_colours
from gdstage.walks.crowd import Crowd, unnamed_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdmath import Cycle, Walk
    from gdstage.facts import Facts
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.plane.axes import Plane
    from gdstage.proof.field_facts import BasinFacts


PLACE = PICTURE.within(**{**AXES_ROOM, "right": 0.8})
if IS_NARROW:
    RULE, VERDICT = (PLACE.left + 1.5, PLACE.top - 1.1), (PLACE.left + 6.2, PLACE.top - 0.3)
    NUMBERS = (PLACE.left + 1.5, PLACE.left + 3.7, PLACE.left + 5.4), PLACE.top - 1.7
else:
    RULE, VERDICT = (1.0, PLACE.top - 0.3), (1.5, PLACE.top + 0.31)
    NUMBERS = (-3.9, -1.7, 0.0), PLACE.top - 0.9
"""From where the rule, the verdict and the numbers are written: over the graph."""

NAME_AT = 1.25 if IS_NARROW else 0.95
"""The x at which the formula ends."""

NAME_DOWN = 0.3 / PLACE.height
"""How far under the top that is, as a share of the height."""

TINY = 0.055
"""The radius of a walker of a crowd on a large graph, in scene units."""

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
    """Over each stretch of the strip of starts, how many of all starts it is, in its colour."""

    def __init__(self, plane: Plane, starts: BasinFacts) -> None:
        super().__init__()
        theme, basins = plane.theme, starts.found.basins
        labels = np.array([basin.minimum for basin in basins])
        colours = outcome_colours(theme, labels, graph_outcomes(theme))
        for basin, colour in zip(basins, colours, strict=True):
            share = starts.share(basin.minimum)
            text = words(f"{share.value:.0f}%", size=34, colour=colour, bold=True)
            middle = plane.at((basin.low + basin.high) / 2, 0.0)[0]
            stated(text, word("number", share))
            self.add(text.rest(middle, plane.floor + 0.22, anchor="centre"))


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
    facts.require("deepest", nowhere("<", field, [starts.window], lowest))
    facts.require("deeper", ordered("<", end.value(-1), other.value(-1)))
    facts.require("the deepest valley up to", equal(end.value(-1), lowest, within=1e-6))
    orbit = cycle(field, bold.step.rate or 0.0, np.array(bold.start))
    facts.require("Period", equal(EndFacts(bold).period(), given("a cycle of two", 2.0)))
    if orbit is None:
        raise StoryError("the story says “it jumps between two places”, and no cycle is found")
    return orbit
