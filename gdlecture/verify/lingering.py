"""Ink that stands while something else moves, and that no claim ever accounts for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull

from gdlecture.verify.axes import ground_of
from gdlecture.verify.claims import Picture
from gdlecture.verify.ledger import Ledger
from gdlecture.verify.patches import Patch, painted
from gdlecture.verify.raster import grown
from gdlecture.verify.reverse import Stray, is_ink, strays_in
from gdlecture.verify.space_ink import patch_in_space
from gdlecture.verify.standing import Cast, Standing
from gdlecture.verify.view import View

Mask = NDArray[np.bool_]

STEP, STEPS = 0.5, 2
"""Seconds between pictures that are compared, and how many steps ink must stand to be looked at."""

SAME = 10
"""Levels by which a pixel that stands may change from one picture to the other."""

ROOM = 0.06
"""How far axes reach beyond the box of their space, as a share of the picture's height."""

REACHING = {"line", "polyline", "segment"}
"""Kinds of lines that may end outside of the box of their space."""

AROUND = 4
"""Pixels around its place in which what comes or goes may already, or still, be seen."""


class Lingering:
    """Looks, in the stretches in which something moves, for what stands and claims nothing.

    What is being drawn stands in part before it is claimed, and what leaves stood before: in a
    stretch, all counts that is claimed in it or in the rests beside it.
    """

    def __init__(self, cast: Cast, ledger: Ledger) -> None:
        self.cast, self.ledger = cast, ledger
        self._gap = max(1, round(STEP * cast.evidence.fps))
        self._edges = [edge for stretch in cast.still for edge in stretch]
        self._seen: list[Picture] = []
        self._rooms: dict[Standing, Patch | None] = {}

    def strays(self, picture: Picture) -> Iterator[Stray]:
        """The ink of a picture that has stood without a claim, once all pictures come in turn."""
        if picture.index % self._gap:
            return
        stretch = self._stretch(picture.index)
        self._seen = [one for one in self._seen if self._stretch(one.index) == stretch]
        if stretch is None:
            return
        self._seen = [*self._seen[-STEPS:], picture]
        if len(self._seen) > STEPS:
            stands = is_ink(picture, ground_of(picture))
            for before in self._seen[:-1]:
                stands &= (np.abs(before.rgb.astype(np.int16) - picture.rgb) <= SAME).all(axis=-1)
            for account in (self._in_plane, self._at_once, self._in_spaces):
                # One after the other, as the later ones take long.
                if not any(strays_in(stands, picture)):
                    return
                stands &= ~grown(account(picture, stretch), AROUND)
            yield from (replace(stray, sudden=True) for stray in strays_in(stands, picture))

    def _stretch(self, index: int) -> int | None:
        """Which stretch a frame is in, of those in which something moves."""
        turn = bisect_right(self._edges, index)
        return None if turn % 2 else turn

    def _at_once(self, picture: Picture, _: int) -> Mask:
        """Where ink is claimed in a picture itself."""
        return self.ledger.claimed(picture)

    def _in_plane(self, picture: Picture, stretch: int) -> Mask:
        """Where it is in the rest of its stretch or the rests beside, but for what is in spaces."""
        claimed = np.zeros(self.cast.size, dtype=bool)
        for one in self._near(stretch):
            if one.patch and not self.cast.is_in_space(one) and not one.stands_at(picture.index):
                claimed[one.patch.window] |= one.patch.mask
        return claimed

    def _in_spaces(self, _: Picture, stretch: int) -> Mask:
        """Where a space is seen meanwhile: what moves in it may show one colour for long.

        So may lines that stand in it and reach farther, while the space itself does not stand.
        """
        claimed = np.zeros(self.cast.size, dtype=bool)
        near = list(self._near(stretch))
        for one in near:
            if one.kind != "space":
                continue
            for line in near:
                if line.claim.scale == one.claim.scale and line.kind in REACHING:
                    patch = patch_in_space(line.claim, one.claim, self.cast.record, self.cast.size)
                    if patch:
                        claimed[patch.window] |= patch.mask
            if one not in self._rooms:
                view = View(one.claim.told)
                corners = np.array(list(product(*zip(view.low, view.high, strict=True))))
                seen = view.seen(corners)[0]
                hull = seen[ConvexHull(seen).vertices]
                more = ROOM * self.cast.evidence.stature
                self._rooms[one] = painted([hull], self.cast.size, filled=True, more=more)
            room = self._rooms[one]
            if room:
                claimed[room.window] |= room.mask
        return claimed

    def _near(self, stretch: int) -> Iterator[Standing]:
        """The claims that stand in a stretch, or in the rests beside it."""
        end = self.cast.evidence.frames
        edges = [0, 0, *self._edges, end, end]
        first, past = edges[stretch], edges[stretch + 3]
        return (one for one in self.cast.all if one.first < past and first < one.past)
