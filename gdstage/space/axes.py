"""Axes along the edges of a space's box, with a few round ticks, where no surface hides them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.rounding import shown
from gdstage.look.text import digits
from gdstage.look.text import math as formula
from gdstage.look.ticks import nice_ticks
from gdstage.proof.fact import given
from gdstage.proof.statement import Statement, scenery, segment, stated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdstage.look.text import Typeset
    from gdstage.proof.fact import Place
    from gdstage.space.space import Space

    Array = NDArray[np.float64]

SIZE = 28
OVERHANG = (0.11, 0.11, 0.16)
FEWEST, MOST = 3, 5
MARK = 0.1
"""How long a tick's mark is, in drawn units."""

NAME_GAP = 0.5
"""Scene units from a mark to a name that stands farther out than the ticks' labels."""

CLEAR = 0.04
"""Share of a side at its ends in which x and y have no tick: other axes begin or pass there."""

LONGEST = 6
"""Characters of a label; an axis that needs longer ones has no ticks."""


def edge_axes(
    space: Space,
    names: Sequence[str] = ("x", "y", "f(x, y)"),
    corner: Sequence[float] | None = None,
    overhang: Sequence[float] = OVERHANG,
) -> mn.Group:
    """Axes of x and y along the two edges of the floor next to the viewer, f at the left corner.

    Or all three through one `corner` (x, y) of the floor. They pass the box by a share of its
    sides, `overhang`, and belong to the space; where a tip would cross another axis, those of x and
    y end with the box, and their names stand beside their middles. The result has three groups, for
    x, y and the height, each a line, its name, and for every tick a mark and its label. The
    height's ticks begin with that of the floor, if that is at a round height.
    """
    view, (low, high) = space.world.view(), (space.box.low, space.box.high)
    corners = [np.array([x, y, low[2]]) for x, y in product(*zip(low[:2], high[:2], strict=True))]
    front = max(corners, key=lambda corner: float(view.project(corner)[2]))
    left = min(corners, key=lambda corner: float(view.project(corner)[0]))
    if corner is not None:
        front = left = np.array([*corner, low[2]])
    tips = [(high[0], front[1]), (front[0], high[1])]
    # In one corner with another axis a tip would cross it.
    meet = tips[0] == tips[1] or tuple(left[:2]) in tips
    axes = mn.Group()
    for axis, name in enumerate(names):
        edge = _Edge(space, axis, left if axis == 2 else front)
        plain = meet and axis < 2
        line = edge.line(name) if plain else edge.arrow(name, overhang[axis])
        axes.add(mn.Group(*line, *edge.ticks()))
    return axes


def round_places(low: float, high: float, *, floor: bool = False) -> list[float]:
    """Three to five round places of a window, fewer only where none are so few.

    At a `floor` the lowest is the window's low end, if that is round; else none is near an end.
    """
    clear = 0.0 if floor else CLEAR * (high - low)
    for most in range(FEWEST, 2 * MOST + 1):
        places = [p for p in nice_ticks(low, high, most) if low + clear <= p <= high - clear]
        if len(places) >= FEWEST:
            break
    places = places if len(places) <= MOST else places[::2]
    spacing = min(np.diff(places), default=high - low)
    if floor and len(str(shown(low))) <= LONGEST:
        # What is too near to the floor's own label goes.
        places = [low, *(p for p in places if p - low > 0.5 * spacing)]
    return places


@dataclass(frozen=True)
class _Edge:
    """An edge of the box that has the axis of a number, 0…2, and goes through a corner (3,)."""

    space: Space
    axis: int
    corner: Array

    def arrow(self, name: str, overhang: float) -> tuple[mn.Mobject, mn.Mobject]:
        """The arrow along the edge and beyond by a share of it, and its name."""
        space, box = self.space, self.space.box
        reach = overhang * (box.high - box.low)[self.axis]
        tail, tip = self._at(box.low[self.axis]), self._at(box.high[self.axis] + reach)
        arrow = space.arrow(tail, tip, space.world.theme.dim, width=2.5, head=0.16)
        stated(arrow, scenery("axis", space))
        return arrow, space.label(self._name(name, tip), tip, away_from=tail, gap=0.08)

    def line(self, name: str) -> tuple[mn.Mobject, mn.Mobject]:
        """The edge as a plain line, and its name beside its middle, farther out than ticks."""
        space, box = self.space, self.space.box
        low, high = (self._at(end[self.axis]) for end in (box.low, box.high))
        edge = space.line(low, high, space.world.theme.dim, width=2.5)
        stated(edge, scenery("axis", space))
        middle = (low + high) / 2
        end, text = middle + MARK * self._outward, self._name(name, middle)
        return edge, space.label(text, end, away_from=middle, gap=NAME_GAP)

    def ticks(self) -> list[mn.Mobject]:
        """A mark that leaves the box at every round value, and its label."""
        low, high = (float(end[self.axis]) for end in self.space.world.units)
        values = round_places(low, high, floor=self.axis == 2)
        codes = [digits(shown(value)) for value in values]
        if max(map(len, codes), default=0) > LONGEST:
            return []
        # Values are told in the data's units, which may be others than the space's own.
        start, end = (float(side[self.axis]) for side in (self.space.box.low, self.space.box.high))
        foots = [self._at(start + (v - low) / (high - low) * (end - start)) for v in values]
        ticks: list[mn.Mobject] = []
        for k, (foot, code) in enumerate(zip(foots, codes, strict=True)):
            # Where there is not room for all, every other label goes first.
            step = 1 if k % 2 else 2
            near = [foots[i] for i in (k + step, k - step) if 0 <= i < len(foots)]
            ticks += self._tick(foot, code, near[0] if near else None)
        return ticks

    def _tick(self, foot: Array, code: str, beside: Array | None) -> tuple[mn.Mobject, mn.Mobject]:
        space, theme = self.space, self.space.world.theme
        end = foot + MARK * self._outward
        mark = space.line(foot, end, theme.dim, width=2.5)
        places = self._place(foot), self._place(end)
        stated(mark, segment(space, "tick", *places))
        label = formula(code, size=SIZE, colour=theme.label)
        stated(label, Statement("word", "tick", space, places[:1], {"axis": self.axis}))
        return mark, space.label(label, end, away_from=foot, gap=0.07, apart_from=beside)

    def _name(self, name: str, at: Array) -> Typeset:
        """The axis' name, which stands at a point (3,) of it."""
        text = formula(name, size=SIZE, colour=self.space.world.theme.label)
        of_axis = Statement("word", "axis", self.space, (self._place(at),), {"axis": self.axis})
        return stated(text, of_axis)

    def _at(self, value: float) -> Array:
        """The point (3,) of the edge where its own coordinate is a value of the box."""
        point = self.corner.copy()
        point[self.axis] = value
        return point

    def _place(self, point: Array) -> Place:
        return tuple(given("tick", float(c)) for c in self.space.world.told(point))

    @property
    def _outward(self) -> Array:
        """The way (3,) out of the box, level and across the edge, one drawn unit long.

        From an edge within the box it is toward the viewer.
        """
        box, eye = self.space.box, self.space.world.view().eye
        outside = (self.corner == box.low) | (self.corner == box.high)
        way = np.sign(self.corner - np.where(outside, (box.low + box.high) / 2, eye))
        way = np.where(outside, way, -way)
        way[[self.axis, 2]] = 0.0
        return way / np.linalg.norm(way) * (box.high - box.low) / box.size
