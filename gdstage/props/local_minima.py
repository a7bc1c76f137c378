"""What `scenes/local_minima.py` shows: a crowd that falls onto the axis, and where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdmath import cycle
from gdstage.facts import StoryError
from gdstage.look.key import Key
from gdstage.look.rounding import shown
from gdstage.look.text import digits, math
from gdstage.proof.ending_facts import EndFacts
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.field_facts import FieldFacts
from gdstage.proof.statement import point, stated, word
from gdstage.proof.truths import equal, nowhere, ordered
from gdstage.walks.badge import Remark
from gdstage.walks.basins import graph_outcomes
from gdstage.walks.readouts import COLUMN

if TYPE_CHECKING:
    from gdmath import Cycle, Walk
    from gdstage.facts import Facts
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.proof.field_facts import BasinFacts
    from gdstage.walks.crowd import Crowd


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


class OutcomeKey(Key):
    """What the colours mean: two minima with their places, and the share of starts of each."""

    def __init__(self, theme: Theme, starts: BasinFacts) -> None:
        names = ("the deepest valley", "the other one", "out of the domain")
        colours = (*graph_outcomes(theme)[:2], theme.danger)
        super().__init__(zip(colours, names, strict=True), COLUMN, 1.4, size=32, pitch=1.3)
        notes, told = [], []
        for i in (0, 1, -1):
            share = starts.share(i)
            note, facts = f"from {share.value:.0f}% of the starts", [share]
            if i >= 0:
                at = starts.minimum(i)
                note, facts = f"at {shown(at.value, 4)}, {note}", [at, share]
            notes.append(note)
            told.append(facts)
        self.note(notes, theme.ink, told)


def orbit_of_two(theme: Theme, walk: Walk, orbit: tuple[float, float]) -> Typeset:
    """The two places between which a walk jumps in the end, the lower first."""
    code = " arrows.lr ".join(digits(shown(x, 4)) for x in orbit)
    facts = FieldFacts(walk.field)
    places = (facts.cycle_point(walk, i, float(x)) for i, x in enumerate(orbit))
    return stated(math(code, size=34, colour=theme.iterate), word("number", *places))


def local_minimum(theme: Theme, walk: Walk) -> Remark:
    """The verdict on a walk that has arrived, but where there are lower minima."""
    remark = Remark("stopped: a local minimum", "dash", theme.tangent, COLUMN, -2.95)
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
