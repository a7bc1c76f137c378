"""What `scenes/many_minima.py` shows: wells that are marked, and a crowd that runs into them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdmath import multistart
from gdstage.look.rounding import shown
from gdstage.look.tag import tagged
from gdstage.look.text import digits, math
from gdstage.proof.fact import WalkFacts
from gdstage.proof.in_space import way
from gdstage.proof.statement import crowd, point, scenery, stated, word
from gdstage.space.fitting import fit_into
from gdstage.space.space import DEGREE
from gdstage.walks.basins import found, outcome_colours
from gdstage.walks.crowd import unnamed_runs
from gdstage.walks.readouts import Readouts, count, rate, value
from gdstage.walks.stepping import flow
from gdstage.walks.surface_walk import PAST_RADIUS, WIDTH, whole_way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from numpy.typing import NDArray

    from gdmath import ScalarField, Walk
    from gdstage.layout import Box
    from gdstage.look.theme import Theme
    from gdstage.plane.axes import Plane
    from gdstage.proof.map_facts import SpotFacts
    from gdstage.space.solids import Curve, Dot3
    from gdstage.space.space import Space
    from gdstage.walks.basins import BasinPicture

    Array = NDArray[np.float64]

ABOVE, ASIDE = 16 * DEGREE, 37 * DEGREE
"""From where the landscape is seen: from above, and from aside, so that one sees depths."""

WELL, HALO, WALKER = 0.18, 0.04, 0.08
"""Radii of the mark of a well and of a walker of a crowd; how far a mark's halo reaches beyond it.

As all these in scene units."""

RIM = 0.035
"""How far the rim of a start reaches beyond its dot, in scene units."""

AT_LAST, FROM_ASIDE = 0.5, 0.3
"""So near to its end it does not matter from where a walk comes, in the data's units; which share
of its way goes across where it comes from aside."""

LATE = mn.squish_rate_func(mn.smooth, 0.5, 1)
"""The pace of what comes when the space has almost gone aside."""

NAME, NAME_GAP = 44, 0.34
READER_AT, ROW = (-6.4, -1.35), 0.62
OVER_SIGN = 0.25
"""How far over a minimum its height is written, and over the map the shares, in scene units."""


class Numbers(Readouts):
    """The live numbers of a walk, one under the other in the lower left corner of the picture.

    The height has no well's colour, as that of the function would be: nobody knows yet which.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        height = replace(value(theme, "f(x_k, y_k)"), colour=theme.ink)
        quantities = (rate(theme), count(theme), height)
        self.rows(quantities, *READER_AT, ROW, decimals=2)


def wells(
    space: Space, spots: Sequence[SpotFacts], colours: Sequence[str]
) -> Iterator[tuple[mn.Mobject, mn.Mobject]]:
    """A mark at the bottom of each well of a surface in its colour, with a halo."""
    for spot, colour in zip(spots, colours, strict=True):
        at = [float(fact.value) for fact in spot.on_surface() if fact]
        halo = space.dot(at, space.world.theme.ground, WELL + HALO)
        mark = space.dot(at, colour, WELL)
        halo.rank, mark.rank = 1, 2
        stated(halo, scenery("halo", space))
        stated(mark, point(space, "well", spot.on_surface()))
        yield halo, mark


def bottoms(
    space: Space, spots: Sequence[SpotFacts], colours: Sequence[str] = ()
) -> list[mn.Mobject]:
    """The marks of all wells, each in its colour or all in ink, and their halos."""
    colours = colours or len(spots) * (space.world.theme.ink,)
    return [part for mark in wells(space, spots, colours) for part in mark]


def depths(
    space: Space,
    spots: Sequence[SpotFacts],
    colours: Sequence[str],
    side: Sequence[float] = (0.0, 0.0, 1.0),
) -> Iterator[mn.Mobject]:
    """How high the bottom of each well is, on a side (3,) of it in its colour: over it."""
    for spot, colour in zip(spots, colours, strict=True):
        at = np.array([float(fact.value) for fact in spot.on_surface() if fact])
        height = math(digits(shown(at[2], 2)), size=NAME, colour=colour)
        stated(height, word("number", spot.value()))
        label = tagged(height, space.world.theme.ground)
        yield space.label(label, at, away_from=at - np.array(side), gap=NAME_GAP)


def arrival(
    space: Space, walk: Walk, spots: Sequence[SpotFacts], colours: Sequence[str]
) -> tuple[mn.Mobject, ...]:
    """That a walk has come to the nearest of the wells: the mark of that, and how high it is.

    The number is over it on the right, clear of the axes, unless the walk comes from there at last.
    The start gets a rim of the ground's colour, which tells it from the other iterates.
    """
    off = [float(np.linalg.norm(walk.points[-1] - spot.near)) for spot in spots]
    nearest = int(np.argmin(off))
    spot, colour = [spots[nearest]], [colours[nearest]]
    ways = walk.points - walk.points[-1]
    theta, way = space.camera.theta, ways[np.linalg.norm(ways, axis=1) > AT_LAST][-1]
    right = np.array([-np.sin(theta), np.cos(theta)])
    from_right = way @ right > FROM_ASIDE * np.linalg.norm(way)
    aside = [*(-right if from_right else right), 2.0]
    (mark,), (height,) = wells(space, spot, colour), depths(space, spot, colour, aside)
    start = [*walk.points[0], float(walk.values[0])]
    rim = space.dot(start, space.world.theme.ground, PAST_RADIUS + RIM)
    rim.rank = -1
    return stated(rim, scenery("halo", space)), *mark, height


class SurfaceCrowd(mn.Group):
    """Many walks over the graph of a field in a space, all at iterate k, or between two.

    A walk that is over stands still. Each walker has one `tone`, and an `end` colour to be given.
    """

    def __init__(
        self,
        space: Space,
        field: ScalarField,
        rate: float,
        starts: Array,
        steps: int,
    ) -> None:
        super().__init__()
        theme = space.world.theme
        self.reached = multistart(field, starts, rate, 20 * steps).labels
        self.ends = outcome_colours(theme, self.reached)
        runs = unnamed_runs(field, rate, starts, steps, self.ends)
        self.space, self.field = space, field
        self.walks = [run.walk for run in runs]
        self.facts = [WalkFacts(walk) for walk in self.walks]
        self.length = max(walk.stopped_at for walk in self.walks)
        places = self._places(0, 0.0)
        self.add(*(space.dot(place, theme.iterate, WALKER) for place in places))
        space.remove(*self).add(self)
        self.stand_on(0)

    def flow(self, run_time: float, *, back: bool = False) -> mn.Animation:
        """Let everyone walk evenly from the start to the last step, or back again."""
        # In the end of a walk little happens.
        pace = mn.rate_functions.ease_out_quad if back else mn.rate_functions.ease_in_quad
        return flow(self, self.space, run_time, back=back, pace=pace)

    def stand_on(self, k: int) -> None:
        """Stand on iterate k of each walk."""
        self._put(self._places(k, 0.0))
        stated(self, None)
        for dot, facts in zip(self, self.facts, strict=True):
            last = facts.walk.stopped_at
            stated(dot, point(self.space, "dot", facts.on_surface(min(k, last))))

    def stand_between(self, k: int, share: float) -> None:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k of each walk."""
        self._put(self._places(k - 1, share))
        stated(self, crowd(self.space, self.walks, k, share))

    def recolour(self, run_time: float) -> mn.Animation:
        """Give each walker the colour of the well that it reaches."""
        turns = (
            mn.ApplyMethod(dot.set_fill, end) for dot, end in zip(self, self.ends, strict=True)
        )
        return mn.AnimationGroup(*turns, run_time=run_time)

    def halos(self) -> list[Dot3]:
        """A disc of the ground's colour under each walker, who is seen then on what is like him."""
        space, drawn = self.space, []
        for dot in self:
            halo = space.dot(dot.points, space.world.theme.ground, WALKER + HALO)
            halo.rank = -1
            drawn.append(stated(halo, scenery("halo", space)))
        return drawn

    def paths(self) -> list[Curve]:
        """For each well, the way over the surface of who comes to it from farthest off."""
        reach = np.array([np.linalg.norm(walk.points[-1] - walk.points[0]) for walk in self.walks])
        drawn, ink = [], self.space.world.theme.ink
        for well in sorted({*self.reached.tolist()} - {-1}):
            farthest = int(np.where(self.reached == well, reach, -1.0).argmax())
            walk = self.walks[farthest]
            points = whole_way(walk)
            path = np.column_stack([points, self.field.at(points)])
            known = way(self.space, walk, walk.stopped_at)
            drawn.append(stated(self.space.curve(path, ink, width=WIDTH), known))
        return drawn

    def _places(self, k: int, share: float) -> Array:
        """Where all are, `share` (0…1) of the way from iterate k to the next (m, 3)."""
        before, after = (
            np.array([walk.points[min(j, walk.stopped_at)] for walk in self.walks])
            for j in (k, k + 1)
        )
        points = before + share * (after - before)
        return np.column_stack([points, self.field.at(points)])

    def _put(self, places: Array) -> None:
        for dot, place in zip(self, places, strict=True):
            dot.put(place)
            stated(dot, None)


def told_of(
    plane: Plane, picture: BasinPicture, spots: Sequence[SpotFacts]
) -> tuple[mn.Mobject, ...]:
    """The minima on a map of basins, how high each is over its sign, and the shares of starts."""
    signs, *key = found(plane, picture, spots)
    heights = mn.VGroup()
    for spot, sign in zip(spots, signs, strict=True):
        height = math(digits(shown(float(spot.value().value), 2)), size=36, colour=plane.theme.ink)
        stated(height, word("number", spot.value()))
        at = sign.get_center()
        heights.add(height.rest(at[0], at[1] + OVER_SIGN, anchor="centre"))
    return signs, heights, *key


def look_from_above(space: Space, box: Box) -> float:
    """Have the camera of a space look from above, some way off; its zoom in a box, from `ASIDE`."""
    space.camera.set(phi=ASIDE)
    frame = framing(space, box, 1.15)
    space.camera.set(place=frame["place"], zoom=0.8 * frame["zoom"], phi=ABOVE)
    return float(frame["zoom"])


def framing(space: Space, box: Box, larger: float) -> dict[str, Any]:
    """How a space's camera shows it in a box, so many times `larger` than with all its room."""
    camera = space.camera
    before = camera.points.copy()
    fit_into(space, box, overhang=0.0)
    found = {"zoom": camera.zoom * larger, "place": camera.place}
    camera.points = before
    return found
