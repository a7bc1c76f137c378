"""Which pixels of a picture claims account for: by their place, and large ones by colour."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.areas import AMBIENT, UNDERSIDE
from gdlecture.verify.axes import ground_of
from gdlecture.verify.claims import Claim, Picture
from gdlecture.verify.colours import expected_colour
from gdlecture.verify.ink import rgb
from gdlecture.verify.painters import Painter
from gdlecture.verify.patches import Patch
from gdlecture.verify.raster import grown
from gdlecture.verify.shapes import Style
from gdlecture.verify.standing import Cast, Standing
from gdlecture.verify.text import stencil_of
from gdlecture.verify.typeset import TypesetError

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

ALIKE = 44.0
"""Levels up to which a pixel has the colour of a map: the encoder blurs colours beside lines."""

RIM, BLEND = 5, 4
"""Pixels at a map's border, and at that of scenery, are blends with what is beside it."""

APART, BIN = 32, 8
"""Levels: what is so far off all colours of areas is none of theirs; by steps of so many."""

LIGHTS = np.linspace(UNDERSIDE * AMBIENT, 1.15, 8)
"""How light shades of a surface are beside its own colour: from its underside, turned away."""

BLEED, FAINT = 3, 0.05
"""Pixels by which colours bleed beyond a glyph, and what of one it must cover to be seen."""

OFF = 60.0
"""Levels up to which a pixel lies between the ground and the colour of scenery."""


class Ledger:
    """Accounts for the ink of a clip's pictures."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._maps: dict[Claim, Painter] = {}
        self._lit: dict[str | None, Mask] = {}
        self._words: dict[Claim, Mask] = {}

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
                part = self._of_area(one, patch, picture)
            elif one.kind == "word":
                part = self._of_word(one, patch)
            elif one.kind in {"scenery", "region"} and not one.claim.is_mark:
                border = ~grown(~np.pad(patch.mask, 1), BLEND)[1:-1, 1:-1]
                part = patch.mask & (self._of_scenery(one, patch, picture) | ~border)
            else:
                part = patch.mask
            claimed[patch.window] |= part
        for patch in self.cast.discs_at(picture.index):
            claimed[patch.window] |= patch.mask
        return claimed

    def _of_map(self, one: Standing, patch: Patch, picture: Picture) -> Mask:
        """The pixels that have the very colour that a map has there, and its rim.

        Where two colours meet, walks take long: what is between them and the ground may be there.
        """
        if one.claim not in self._maps:
            axes = self.cast.axes(one)
            self._maps[one.claim] = expected_colour(one.claim, axes, self.cast.record)
        rows, columns = patch.window
        down, right = np.mgrid[rows.start : rows.stop : 2, columns.start : columns.stop : 2]
        expected = self._maps[one.claim](np.stack([right + 0.5, down + 0.5], axis=-1))
        found = picture.rgb[rows.start : rows.stop : 2, columns.start : columns.stop : 2]
        known = np.isfinite(expected[..., 0])
        with np.errstate(invalid="ignore"):
            alike = np.abs(found - expected).max(axis=-1) < ALIKE
            if (known & ~alike).any():
                alike |= _where_two_meet(found, expected, ground_of(picture))
        # Where a map is cut off at a height, its edge is a blend, too.
        alike |= grown(known, BLEND // 2) & grown(~known, BLEND // 2)
        height, width = patch.mask.shape
        whole = alike.repeat(2, axis=0).repeat(2, axis=1)[:height, :width]
        whole[:RIM] = whole[-RIM:] = whole[:, :RIM] = whole[:, -RIM:] = True
        return whole

    def _of_word(self, one: Standing, patch: Patch) -> Mask:
        """The pixels of a word's box that are beside its glyphs: what else is there is not its."""
        if one.claim not in self._words:
            try:
                held = stencil_of(one.claim)
            except TypesetError:  # told when it is looked for
                return patch.mask
            glyphs = grown(held.cover > FAINT, BLEED)
            own = np.zeros(self.cast.size, dtype=bool)
            # A stencil has room around its glyphs, and may begin beyond the picture.
            top, left = max(held.top, 0), max(held.left, 0)
            part = own[top : held.top + len(glyphs), left : held.left + glyphs.shape[1]]
            begin = top - held.top, left - held.left
            part[:] = glyphs[begin[0] :, begin[1] :][: part.shape[0], : part.shape[1]]
            self._words[one.claim] = own[patch.window]
        return self._words[one.claim]

    def _of_area(self, one: Standing, patch: Patch, picture: Picture) -> Mask:
        """The pixels that have a colour of the areas of a space, and narrow blends beside them."""
        red, green, blue = np.moveaxis(picture.rgb[patch.window] // BIN, -1, 0)
        unlike = ~self._shades(one.claim.scale)[red, green, blue]
        wide = grown(~grown(~unlike, BLEND // 4), BLEND // 4)
        return patch.mask & ~(unlike & wide)

    def _shades(self, scale: str | None) -> Mask:
        """Which colours, each a BIN-th of their levels, are like some that areas may have."""
        if scale not in self._lit:
            known = np.zeros((256 // BIN,) * 3, dtype=bool)
            known[tuple((np.clip(self._seen(scale), 0, 255) // BIN).astype(int).T)] = True
            for axis in range(3):
                shifts = range(-(APART // BIN), APART // BIN + 1)
                known = np.any([_shifted(known, axis, shift) for shift in shifts], axis=0)
            self._lit[scale] = known
        return self._lit[scale]

    def _seen(self, scale: str | None) -> Array:
        """The colours (n, 3) of a space's areas: between their stops, as lit, and one over another.

        A pane's border has the square root of its opacity; what is not flat may cover itself.
        """
        claims = {one.claim for one in self.cast.all if one.claim.scale == scale}
        grounds = [rgb(claim.told["ground"]) for claim in claims if claim.kind == "space"]
        below: list[Array] = [np.array(grounds).reshape(-1, 3)]
        clear: list[tuple[float, Array]] = []
        for claim in claims:
            if claim.kind not in {"surface", "plane"}:
                continue
            colour, opacity = claim.told["style"]["fill"]
            stops = np.array([rgb(stop) for stop in claim.told.get("palette") or [colour]])
            places = np.linspace(0, len(stops) - 1, 8 * len(stops) - 7)
            between = [np.interp(places, np.arange(len(stops)), part) for part in stops.T]
            lights = LIGHTS if claim.told.get("lit") else np.ones(1)
            shades = (lights[:, None, None] * np.stack(between, axis=-1)).reshape(-1, 3)
            if opacity >= 1:
                below.append(shades)
                continue
            is_flat = claim.kind == "plane" or "tangent_to" in claim.told
            clear += [(opacity, shades)] * (1 if is_flat else 2)
            if claim.told.get("border"):
                clear.append((opacity**0.5, shades))
        opaque = _distinct(np.concatenate(below))
        both = [_all_over(opaque, order) for order in (clear, clear[::-1])]
        return np.concatenate(both)

    def _of_scenery(self, one: Standing, patch: Patch, picture: Picture) -> Mask:
        """The pixels between the ground's colour and that of scenery, or of a region, on it."""
        styles = one.shape.styles if one.shape else [Style.of(one.claim.told.get("style", {}))]
        found, ground = picture.rgb[patch.window].astype(float), ground_of(picture)
        mask = np.zeros(patch.mask.shape, dtype=bool)
        parts = [part for style in styles for part in (style.fill, style.stroke) if part]
        for colour, opacity, *_ in parts:
            way = opacity * (rgb(colour) - ground)
            share = np.clip((found - ground) @ way / max(float(way @ way), 1.0), 0.0, 1.0)
            mask |= np.abs(found - ground - share[..., None] * way).max(axis=-1) < OFF
        return mask


def _where_two_meet(found: Array, expected: Array, ground: Array) -> Mask:
    """Where colours (height, width, 3) that are expected differ, and what is found is between."""
    low, high = _beside(expected, np.fmin), _beside(expected, np.fmax)
    meet = (high - low).max(axis=-1) > ALIKE
    above = (found > np.minimum(low, ground) - ALIKE).all(axis=-1)
    below = (found < np.maximum(high, ground) + ALIKE).all(axis=-1)
    return np.asarray(meet & above & below)


def _beside(colours: Array, which: np.ufunc) -> Array:
    """The least, or the greatest, of each colour (height, width, 3) and those around it."""
    for axis in (0, 1):
        padded = np.pad(colours, [(int(k == axis), int(k == axis)) for k in range(3)], "edge")
        before, _, after = (
            np.take(padded, range(k, k + colours.shape[axis]), axis) for k in range(3)
        )
        colours = which(which(before, colours), after)
    return colours


def _all_over(found: Array, clear: Sequence[tuple[float, Array]]) -> Array:
    """Colours (n, 3), and what they are behind some areas, each with its opacity, in turn."""
    for opacity, shades in clear:
        over = [opacity * shade + (1 - opacity) * found for shade in shades]
        found = _distinct(np.concatenate([found, *over]))
    return found


def _distinct(colours: Array) -> Array:
    """Colours (n, 3) no two of which are within a BIN of levels."""
    bins = (colours // BIN).astype(int) @ (1 << 20, 1 << 10, 1)
    _, first = np.unique(bins, return_index=True)
    return np.asarray(colours[first])


def _shifted(table: Mask, axis: int, shift: int) -> Mask:
    """A table moved along an axis; nothing comes from beyond it."""
    moved = np.roll(table, shift, axis=axis)
    gone = slice(None, shift) if shift > 0 else slice(shift or len(table), None)
    np.moveaxis(moved, axis, 0)[gone] = False
    return moved
