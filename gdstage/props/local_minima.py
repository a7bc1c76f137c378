"""What `scenes/local_minima.py` shows: a crowd that falls onto the axis, and where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn

from gdstage.look.key import Key
from gdstage.look.rounding import shown
from gdstage.look.text import digits, math
from gdstage.proof.field_facts import FieldFacts
from gdstage.proof.statement import point, stated, word
from gdstage.walks.basins import graph_outcomes
from gdstage.walks.readouts import COLUMN

if TYPE_CHECKING:
    from gdmath import Walk
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
