"""What `scenes/sauna_walk.py` shows: every try of a random walk."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.signs import CROSS_SIGN, strokes
from gdstage.look.text import math, words
from gdstage.proof.evidence import IterateDot
from gdstage.proof.fact import WalkFacts
from gdstage.proof.in_space import way
from gdstage.proof.map_facts import TryFacts
from gdstage.proof.statement import point, scenery, segment, stated, trail
from gdstage.proof.truths import along, is_near, nowhere, ordered
from gdstage.walks.readouts import Quantity, Readouts
from gdstage.walks.stepping import stepping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdmath import Exploration
    from gdstage.facts import Facts
    from gdstage.look.theme import Theme
    from gdstage.pace import Moment
    from gdstage.plane.axes import Plane
    from gdstage.proof.map_facts import SpotFacts
    from gdstage.space.space import Space

REACHING = 0.6
"""The share of a try's time in which the arm is stretched out; then one goes, or does not."""


class TryFigure(mn.VGroup):
    """An exploration on the map and on the surface: who stands where, after how many tries.

    A try that is not colder leaves a cross, one that is becomes a step of the path.
    """

    def __init__(self, plane: Plane, space: Space, name: str, walk: Exploration) -> None:
        super().__init__()
        theme = plane.theme
        self.plane, self.space, self.name, self.walk = plane, space, name, walk
        self.facts = TryFacts(walk)
        self._trying = 0
        self._moves = np.concatenate([[0], np.cumsum(walk.accepted)])
        self.crosses = mn.VGroup()
        self.path = mn.VMobject(stroke_color=theme.ink, stroke_width=3.5, fill_opacity=0)
        self.arm = mn.VMobject(stroke_color=theme.ink, stroke_width=2.5, fill_opacity=0)
        self.halo = mn.Dot(radius=0.16, color=theme.ground).set_z_index(9)
        stated(self.halo, scenery("halo"))
        self.dot = IterateDot(theme.iterate)
        start = np.append(walk.points[0], walk.values[0])
        self.above = space.curve(np.array([start, start]), theme.ink, width=3.5)
        self.dot_above = space.dot(start, theme.iterate)
        self.dot_above.rank = 1
        self.add(self.crosses, self.path, self.arm, self.halo, self.dot)
        self.stand_on(0)

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """What it draws on the map, and in the space."""
        return (self, self.above, self.dot_above)

    def stand_on(self, k: int) -> TryFigure:
        """Stand where one is after k tries."""
        if k > 0 and not self.walk.accepted[k - 1]:
            self._cross(k)
        self.arm.clear_points()
        move = int(self._moves[k])
        self._place(move, self.walk.points[move])
        so_far = {"walk": self.walk, "first": 0, "last": move}
        stated(self.path, trail(self.plane, (), "trail", measure="map", **so_far))
        known = point(self.plane, "iterate", WalkFacts(self.walk).on_map(move))
        self.dot.claim(self.name, move, self.plane.at(*self.walk.points[move]), known)
        stated(self.above, way(self.space, self.walk, move))
        above = np.append(self.walk.points[move], self.walk.values[move])
        known = point(self.space, "iterate", WalkFacts(self.walk).on_surface(move))
        self.dot_above.claim(self.name, move, above, known)
        return self

    def stand_between(self, k: int, share: float) -> TryFigure:
        """Be `share` (0…1) of the way through try k: reach out, then go, or stay."""
        before, tried = self.walk.points[int(self._moves[k - 1])], self.walk.tried[k - 1]
        reach = min(share / REACHING, 1.0)
        hand = before + reach * (tried - before)
        self.arm.set_points_as_corners([self.plane.at(*before), self.plane.at(*hand)])
        if self._trying != k:
            self._trying = k
            ends = self.facts.on_map(int(self._moves[k - 1])), self.facts.tried(k)
            stated(self.arm, segment(self.plane, "try", *ends))
        if share > REACHING and self.walk.accepted[k - 1]:
            gone = (share - REACHING) / (1 - REACHING)
            self.dot.release()
            self.dot_above.release()
            for part in (self.path, self.arm):
                stated(part, None)
            self._place(int(self._moves[k - 1]), before + gone * (tried - before))
        return self

    def leave_behind(self, k: int) -> TryFigure:
        """Nothing is left behind: the crosses and the path tell of the past."""
        del k
        return self

    def explore(self, moments: Sequence[Moment], meter: TryMeter) -> mn.Animation:
        """Make the tries of `moments`, each reaching out and resting as it says."""
        return stepping(self, moments, meter, self.space, self)

    def _place(self, move: int, point: NDArray[np.float64]) -> None:
        for part in (self.halo, self.dot):
            part.move_to(self.plane.at(*point))
        corners = np.vstack([self.walk.points[: move + 1], point])
        if (corners[1:] != corners[0]).any():
            self.path.set_points_as_corners(self.plane.at(corners[:, 0], corners[:, 1]))
        shares = np.linspace(0, 1, 16)[:, None]
        legs = [a + shares * (b - a) for a, b in pairwise(corners)]
        along = np.concatenate(legs)
        path = np.column_stack([along, self.walk.field.at(along)])
        self.above.put(path)
        self.dot_above.put(path[-1:])

    def _cross(self, k: int) -> None:
        sign = strokes(CROSS_SIGN, 0.085, self.plane.theme.ground, 4)
        stated(sign, point(self.plane, "in vain", self.facts.tried(k)))
        self.crosses.add(sign.shift(self.plane.at(*self.walk.tried[k - 1])).set_z_index(2))


class TryMeter(Readouts):
    """How many tries, how many moves, and the temperature where one stands."""

    def __init__(self, theme: Theme, value: str, baseline: float) -> None:
        super().__init__()
        tries = Quantity("tries", theme.ink, lambda walk, k: TryFacts(walk).tries(k))
        moved = Quantity("moves", theme.iterate, lambda walk, k: TryFacts(walk).moves(k))
        height = Quantity(value, theme.function, lambda walk, k: TryFacts(walk).value(k))
        for quantity, typeset, x in (
            (tries, words, -6.55),
            (moved, words, -4.75),
            (height, math, -2.75),
        ):
            label = typeset(quantity.code, size=32, colour=quantity.colour).rest(x, baseline)
            self.attach(quantity, label, size=32, decimals=4)


def require_story(facts: Facts, trip: Exploration, coldest: SpotFacts, margin: float) -> None:
    """See that some tries lead to where it is colder, some are in vain, and they get there."""
    told, tries = TryFacts(trip), len(trip.tried)
    for said in ("Colder", "colder"):
        facts.require(said, along(trip, "value", "<"))
    facts.require("were in vain", ordered("<", told.moves(tries), told.tries(tries)))
    last = len(trip.points) - 1
    facts.require("it gets there", is_near(trip, last, coldest.value(), margin))
    facts.require("too hot here", ordered(">", told.value(0), told.value(tries)))
    facts.require("the coldest", nowhere("<", trip.field, trip.field.window or (), coldest.value()))
