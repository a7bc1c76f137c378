"""Facets that meet without a seam: each reaches under those beside it that are painted later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from gdlecture.still.layers import Extent, area

Corner = tuple[float, float]
Colour = tuple[float, float, float, float]
Edge = frozenset[Corner]

_FLAT = 1e-3

ALIKE = 2 / 255
"""How far two colours may be apart, in each channel, and be painted as one."""


@dataclass(frozen=True)
class Facet:
    """A polygon of three or four corners of a surface, px, and its colour (4,)."""

    corners: tuple[Corner, ...]
    colour: Colour

    @classmethod
    def of(cls, corners: Sequence[Corner], colour: Colour) -> Facet:
        """The facet with these corners, each of them once; they are rounded, so as to be met."""
        rounded = [(round(x, 2), round(y, 2)) for x, y in corners]
        return cls(tuple(dict.fromkeys(rounded)), colour)

    @property
    def material(self) -> str:
        """How opaque it is, and which side is seen: another side lies before or behind."""
        return f"facets {self.colour[3]:.3f} {self.turn > 0}"

    @property
    def extent(self) -> Extent:
        """Where it is."""
        return area(self.corners)

    @cached_property
    def turn(self) -> float:
        """Twice its area, with the sign of the way round."""
        return sum(a[0] * b[1] - a[1] * b[0] for a, b in _edges(self.corners))


@dataclass(frozen=True)
class Patch:
    """An area of one colour (4,), and the outlines that enclose it, px."""

    outlines: tuple[tuple[Corner, ...], ...]
    colour: Colour


def patches(layers: Iterable[Iterable[Facet]]) -> list[list[Patch]]:
    """What is painted for the facets of layers, in each of which all show one side.

    Those that meet and are alike become one. Where a viewer smooths the edge of one, it shows what
    is beneath: the one before, which reaches halfway under it.
    """
    pieces = [_pieces(facet for facet in layer if abs(facet.turn) > _FLAT) for layer in layers]
    last = {
        (facet.colour[3] >= 1 or depth, edge): (depth, number, facet)
        for depth, layer in enumerate(pieces)
        for number, piece in enumerate(layer)
        for facet in piece.facets
        for edge in map(frozenset, _edges(facet.corners))
    }

    def reaching(
        depth: int, number: int, piece: _Piece, outline: list[Corner]
    ) -> tuple[Corner, ...]:
        corners: list[Corner] = []
        solid = piece.colour[3] >= 1  # hides what reaches under it from another layer, too
        for one, two in _edges(outline):
            corners.append(one)
            *place, facet = last[solid or depth, frozenset((one, two))]
            if place > [depth, number] and _lies_beyond(facet, piece.facets[0].turn, one, two):
                first, second = _halfway(facet, one, two)
                if len(corners) > 1 and corners[-2] == first:  # goes on from there
                    corners.pop()
                else:
                    corners.append(first)
                corners.append(second)
        return tuple(corners)

    return [
        [
            Patch(
                tuple(reaching(depth, number, piece, line) for line in piece.outlines()),
                piece.colour,
            )
            for number, piece in enumerate(layer)
        ]
        for depth, layer in enumerate(pieces)
    ]


@dataclass
class _Piece:
    """Facets that are painted as one, and the edges around them, by where they begin."""

    facets: list[Facet]
    around: dict[Corner, list[Corner]]

    @property
    def colour(self) -> Colour:
        channels = np.mean([facet.colour for facet in self.facets], axis=0)
        red, green, blue, alpha = map(float, channels)
        return red, green, blue, alpha

    def unlike(self, facet: Facet) -> float:
        """How far the colour of a facet is from that of the first."""
        return max(abs(a - b) for a, b in zip(self.facets[0].colour, facet.colour, strict=True))

    def take(self, facet: Facet) -> None:
        """Add a facet: an edge that it shares is none of the whole."""
        self.facets.append(facet)
        for one, two in _edges(facet.corners):
            back = self.around.get(two, [])
            if one in back:
                back.remove(one)
            else:
                self.around.setdefault(one, []).append(two)

    def outlines(self) -> Iterator[list[Corner]]:
        """Its edges, one after another."""
        around = {one: list(others) for one, others in self.around.items() if others}
        while around:
            corners = [next(iter(around))]
            while corners[-1] in around:
                others = around[corners[-1]]
                corners.append(others.pop())
                if not others:
                    del around[corners[-2]]
            yield corners[:-1]


def _pieces(facets: Iterable[Facet]) -> list[_Piece]:
    """Facets gathered, each with the most alike of those that it meets."""
    pieces: list[_Piece] = []
    owners: dict[tuple[Corner, Corner], _Piece] = {}
    for facet in facets:
        edges = _edges(facet.corners)
        beside = [owners[two, one] for one, two in edges if (two, one) in owners]
        piece = min(beside, key=lambda found: found.unlike(facet), default=None)
        if piece is None or piece.unlike(facet) > ALIKE:
            piece = _Piece([], {})
            pieces.append(piece)
        piece.take(facet)
        owners.update(dict.fromkeys(edges, piece))
    return pieces


def _edges(corners: Sequence[Corner]) -> list[tuple[Corner, Corner]]:
    """From each corner to the next."""
    return list(pairwise((*corners, corners[0])))


def _lies_beyond(facet: Facet, sign: float, one: Corner, two: Corner) -> bool:
    """Whether a facet lies on the other side of an edge of an area that goes round with a sign."""
    x, y = (sum(values) / len(facet.corners) for values in zip(*facet.corners, strict=True))
    side = (two[0] - one[0]) * (y - one[1]) - (two[1] - one[1]) * (x - one[0])
    return side * sign < 0


def _halfway(facet: Facet, one: Corner, two: Corner) -> tuple[Corner, Corner]:
    """The middles of the sides of a facet that go from the ends of an edge of it."""
    found = []
    for end, other in ((one, two), (two, one)):
        at, n = facet.corners.index(end), len(facet.corners)
        beside = (facet.corners[(at + 1) % n], facet.corners[at - 1])
        across = next(corner for corner in beside if corner != other)
        found.append((round((end[0] + across[0]) / 2, 2), round((end[1] + across[1]) / 2, 2)))
    return found[0], found[1]
