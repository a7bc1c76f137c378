"""Which pixels of a picture claims account for: by their place, and large ones by colour."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.axes import ground_of
from gdlecture.verify.claims import Claim, Picture
from gdlecture.verify.colours import expected_colour
from gdlecture.verify.ink import rgb
from gdlecture.verify.painters import Painter
from gdlecture.verify.patches import Patch
from gdlecture.verify.raster import grown
from gdlecture.verify.shapes import Style
from gdlecture.verify.standing import Cast, Standing

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

ALIKE = 44.0
"""Levels up to which a pixel has the colour of a map: the encoder blurs colours beside lines."""

RIM, BLEND = 5, 4
"""Pixels at a map's border, and at that of scenery, are blends with what is beside it."""

NEAR, APART = 30.0, 45.0
"""Levels: so near to a dot's colour a pixel is a dot's, if an area's own colours are so far off."""

LIGHTS = np.linspace(0.5, 1.15, 8)
"""How light shades of a surface are beside its own colour."""

OFF = 60.0
"""Levels up to which a pixel lies between the ground and the colour of scenery."""


class Ledger:
    """Accounts for the ink of a clip's pictures."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._maps: dict[Claim, Painter] = {}
        self._lit: dict[str | None, Array] = {}

    def claimed(self, picture: Picture) -> Mask:
        """Where (height, width) the ink of a picture is accounted for."""
        claimed = np.zeros(self.cast.size, dtype=bool)
        for one in self.cast.standing(picture.index):
            patch = self.cast.patch_at(one, picture.index)
            if patch is None:
                continue
            if one.kind == "map":
                part = self._of_map(one, patch, picture)
            elif one.kind in {"surface", "plane"}:
                part = patch.mask & ~self._of_dots(one, patch, picture)
            elif one.kind in {"scenery", "region"}:
                border = ~grown(~np.pad(patch.mask, 1), BLEND)[1:-1, 1:-1]
                part = patch.mask & (self._of_scenery(one, patch, picture) | ~border)
            else:
                part = patch.mask
            claimed[patch.window] |= part
        for patch in self.cast.discs_at(picture.index):
            claimed[patch.window] |= patch.mask
        return claimed

    def _of_map(self, one: Standing, patch: Patch, picture: Picture) -> Mask:
        """The pixels that have the very colour that a map has there, and its rim."""
        if one.claim not in self._maps:
            axes = self.cast.axes(one)
            self._maps[one.claim] = expected_colour(one.claim, axes, self.cast.record)
        rows, columns = patch.window
        down, right = np.mgrid[rows.start : rows.stop : 2, columns.start : columns.stop : 2]
        expected = self._maps[one.claim](np.stack([right + 0.5, down + 0.5], axis=-1))
        found = picture.rgb[rows.start : rows.stop : 2, columns.start : columns.stop : 2]
        with np.errstate(invalid="ignore"):
            alike = np.abs(found - expected).max(axis=-1) < ALIKE
        # Where a map is cut off at a height, its edge is a blend, too.
        known = np.isfinite(expected[..., 0])
        alike |= grown(known, BLEND // 2) & grown(~known, BLEND // 2)
        height, width = patch.mask.shape
        whole = alike.repeat(2, axis=0).repeat(2, axis=1)[:height, :width]
        whole[:RIM] = whole[-RIM:] = whole[:, :RIM] = whole[:, -RIM:] = True
        return whole

    def _of_dots(self, one: Standing, patch: Patch, picture: Picture) -> Mask:
        """The pixels on a surface that are of a dot's or a line's colour and not of its own."""
        found = picture.rgb[patch.window].astype(np.int16)
        own = self._shades(one.claim.scale)
        mask = np.zeros(patch.mask.shape, dtype=bool)
        for colour in self._inks:
            if np.abs(own - colour).max(axis=1).min(initial=np.inf) > APART:
                mask |= np.abs(found - colour.astype(np.int16)).max(axis=-1) < NEAR
        return mask

    def _shades(self, scale: str | None) -> Array:
        """The colours (n, 3) that areas of a space may have: between their stops, and as lit."""
        if scale not in self._lit:
            stops = [rgb(colour) for colour in self._own(scale)]
            between = [
                a + share * (b - a) for a, b in pairwise(stops) for share in np.linspace(0, 1, 9)
            ]
            lit = [light * colour for colour in (*stops, *between) for light in LIGHTS]
            self._lit[scale] = np.array(lit).reshape(-1, 3)
        return self._lit[scale]

    def _own(self, scale: str | None) -> list[str]:
        """The colours of a space's areas, each palette in its order."""
        areas = [
            other.claim for other in self.cast.all
            if other.kind in {"surface", "plane"} and other.claim.scale == scale
        ]  # fmt: skip
        fills = [Style.of(claim.told.get("style", {})).colours for claim in areas]
        palettes = [tuple(claim.told.get("palette", ())) for claim in areas]
        return [colour for part in (*palettes, *fills) for colour in part]

    @cached_property
    def _inks(self) -> list[Array]:
        """The colours of all dots of current iterates."""
        return [rgb(colour) for colour in {mark.color for mark in self.cast.evidence.marks}]

    def _of_scenery(self, one: Standing, patch: Patch, picture: Picture) -> Mask:
        """The pixels between the ground's colour and that of scenery, or of a region, on it."""
        if one.shape is None:  # in a space, where it is before surfaces
            return np.ones(patch.mask.shape, dtype=bool)
        found, ground = picture.rgb[patch.window].astype(float), ground_of(picture)
        mask = np.zeros(patch.mask.shape, dtype=bool)
        parts = [part for style in one.shape.styles for part in (style.fill, style.stroke) if part]
        for colour, opacity, *_ in parts:
            way = opacity * (rgb(colour) - ground)
            share = np.clip((found - ground) @ way / max(float(way @ way), 1.0), 0.0, 1.0)
            mask |= np.abs(found - ground - share[..., None] * way).max(axis=-1) < OFF
        return mask
