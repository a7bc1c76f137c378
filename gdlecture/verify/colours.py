"""Maps whose every pixel is a colour: held against what they must be, at the labelled values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.axes import Axes, ground_of
from gdlecture.verify.claims import Claim, Picture, Seen
from gdlecture.verify.painters import Painter, painted, painter
from gdlecture.verify.raster import Raster, as_encoded, averaged, between, blurred, grown
from gdlecture.verify.record import Record

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

MOST, COARSE = 240, (160, 90)
"""So many pixels across and up are looked at, and so many for the colours beneath other ink."""

EDGE = 2.0
"""So far (px) beyond its box a map may still colour the picture: its own edge, and the encoder."""

NEAR = 2
"""Pixels as near as this to other ink are left out: the encoder's colours are half as fine."""

ROUGH = 36.0
"""Where colours within a pixel differ by more levels than this, a pixel says little."""

FEWEST = 200
NOISE, OFF, MOST_OFF = 5.0, 16.0, 0.05
"""The most that the median of the colours' errors may be, in levels of 255; the error from which on
a pixel is of another colour, and the share of pixels that may be so. In 480p the encoder's errors
are 2.3, and 5 for the worst twentieth."""

AROUND, MOST_IN_PATCH = 3, 0.6
"""Within so many pixels on each side of one, the share that may be of another colour: honest maps
have 0.17 at most."""

MOVED = (0.005, 1.2)
"""How far a map may be out of its place: as a share of its width, but at least so many px."""

SPAN_OFF = 1.5
"""Percent of its span by which a scale of colours may be off; an honest one is within 0.3."""

SURE, TILES = 2.5, 6
"""So many standard errors are left to what is measured, told from rows and columns of tiles."""

SPREAD = 0.2
"""Mean square of how far from the middle borders are (0…1) from which a size can be told."""

LEVELS = 0.65
"""About so many levels the encoder changes dark colours otherwise than light ones."""


def check_map(
    claim: Claim, picture: Picture, axes: Axes, record: Record, foreign: Mask | None = None
) -> Seen:
    """Whether a map has the true colours: pixel by pixel, in its place, and of its scale.

    `foreign` (height, width) is other ink, level lines among it.

    Raises:
        FactError: what it is of cannot be taken again.
    """
    size = (picture.frame.height, picture.frame.width)
    raster = Raster.within(claim.told["box"], size, (MOST, MOST))
    own = _expected(claim, axes, record, raster)
    expected = as_encoded(_over(own, ground_of(picture), _opacity(claim)))
    free = np.ones(expected.shape[:2], dtype=bool)
    if foreign is not None:
        free = ~raster.cut(grown(foreign, NEAR))
    beheld = Beheld(raster, expected, raster.cut(picture.rgb).astype(float), free)
    if beheld.judged.sum() < FEWEST:
        return Seen(looked=False)
    failure = beheld.wrong_colours()
    if failure:
        return Seen(failure)
    shift, limit = beheld.displaced(), most_moved(claim)
    for what, off in shift.items():
        if abs(off) > limit:
            told = f"expected the map in its place ± {limit:.2f} px, found it {off:+.1f} px {what}"
            return Seen(told, abs(off))
    if claim.what == "heat":
        painted_on = Beheld(raster, expected, beheld.found, free & ~np.isnan(own).any(axis=-1))
        for end, off in _span_off(painted_on, claim, axes, record).items():
            if abs(off) > SPAN_OFF:
                span = " to ".join(f"{edge:g}" for edge in claim.told["span"])
                return Seen(
                    f"expected the colours of {span}, found the {end} end {off:+.1f} % of that off"
                )
    return Seen(error=max(map(abs, shift.values())))


def most_moved(claim: Claim) -> float:
    """How far off a map may be, px."""
    left, _, right, _ = claim.told["box"]
    return max(MOVED[0] * (right - left), MOVED[1])


def expected_colour(claim: Claim, axes: Axes, record: Record) -> Painter:
    """The colours (…, 3), 0…255, of a map at places (…, 2) of the picture, px; nan outside of it.

    They are sampled coarsely: near a border between colours they are about those of either side.

    Raises:
        FactError: what it is of cannot be taken again.
    """
    left, top, right, bottom = (float(v) for v in claim.told["box"])
    (across, up), shown = COARSE, _in_box(claim, axes, record, COARSE)

    def at(places: Array) -> Array:
        column = (places[..., 0] - left) / (right - left) * across - 0.5
        row = (places[..., 1] - top) / (bottom - top) * up - 0.5
        beyond = np.maximum(
            np.maximum(left - places[..., 0], places[..., 0] - right),
            np.maximum(top - places[..., 1], places[..., 1] - bottom),
        )
        inside = beyond <= EDGE
        return np.where(inside[..., None], between(shown, row, column), np.nan)

    return at


def misnamed(word: Claim, claim: Claim) -> str:
    """What is wrong with a word that tells of a minimum of a map of basins, or "".

    It is written in the colour in which the map shows the starts that reach that minimum.
    """
    for fact in word.told.get("facts", ()):
        minimum = fact["of"].get("minimum") if fact["what"] == "share of starts" else None
        if minimum is not None and claim.what == "basins":
            colour = claim.told["palette"][minimum]
            if word.told["colours"] != [colour]:
                found = ", ".join(word.told["colours"])
                return f"expected {word.told['text']!r} in {colour}, as on the map, found {found}"
    return ""


@dataclass(frozen=True, eq=False)
class Beheld:
    """A map as expected and as found (m, n, 3) at the pixels of a raster, where it is `free`."""

    raster: Raster
    expected: Array
    found: Array
    free: Mask

    @cached_property
    def judged(self) -> Mask:
        """The free pixels (m, n) around which the colours differ little."""
        padded = np.pad(self.expected, ((1, 1), (1, 1), (0, 0)), mode="edge")
        rows, columns = self.free.shape
        around = [padded[i : i + rows, j : j + columns] for i in range(3) for j in range(3)]
        span = (np.max(around, axis=0) - np.min(around, axis=0)).max(axis=-1)
        return np.asarray(self.free & (span < ROUGH))

    @cached_property
    def seen(self) -> Mask:
        """The pixels of which, a little blurred, more is free than not."""
        return np.asarray(blurred(self.free.astype(float)) > 0.5)

    def smooth(self, image: Array) -> Array:
        """An image (m, n, 3) without what is not free, blurred a little."""
        share = np.maximum(blurred(self.free.astype(float)), 1e-6)
        return blurred(image * self.free[..., None]) / share[..., None]

    @cached_property
    def change(self) -> Array:
        """By how much it is other than expected, blurred a little (m, n, 3)."""
        return self.smooth(self.found - self.expected)

    def wrong_colours(self) -> str:
        """What is wrong with its colours, or ""."""
        errors, sure = np.abs(self.found - self.expected).max(axis=-1), self.judged
        wrong = errors > OFF
        middle, off = float(np.median(errors[sure])), float(wrong[sure].mean())
        known = averaged(sure.astype(float), np.ones_like(sure), AROUND) > 0.5
        spot = float(np.where(known, averaged(wrong.astype(float), sure, AROUND), 0.0).max())
        if middle <= NOISE and off <= MOST_OFF and spot <= MOST_IN_PATCH:
            return ""
        # Where it is worst: not a pixel but a patch of them.
        about = blurred(np.where(sure, np.minimum(errors, 99.0), 0.0))
        row, column = np.unravel_index(int(np.where(sure, about, -1.0).argmax()), sure.shape)
        x, y = self.raster.places[row, column]
        return (
            f"expected {_hex(self.expected[row, column])} at ({x:.0f}, {y:.0f}), found "
            f"{_hex(self.found[row, column])}; {off:.0%} of its pixels are of another colour, "
            f"half of them by {middle:.0f} levels or more"
        )

    def displaced(self) -> dict[str, float]:
        """By how many px it is surely out of its place, as a whole and at its borders."""
        down, right = np.gradient(self.smooth(self.expected), *self.raster.stride, axis=(0, 1))
        rows, columns = self.free.shape
        across = np.linspace(-1, 1, columns)[None, :, None]
        along = np.linspace(-1, 1, rows)[:, None, None]
        ways = {
            "to the right": -right,
            "downwards": -down,
            "too wide on each side": -right * across,
            "too high on each side": -down * along,
        }
        # From borders in the middle alone no one can tell how wide or high a picture is.
        told = {"too wide on each side": (right, across), "too high on each side": (down, along)}
        for what, (change, place) in told.items():
            size = float(np.square(change).sum())
            if size <= 0 or float(np.square(change * place).sum()) < SPREAD * size:
                del ways[what]
        return {what: self.explained(np.asarray(way)) for what, way in ways.items()}

    def explained(self, way: Array, levels: float = 0.0) -> float:
        """How much of a way to be changed (m, n, 3) surely is in the change.

        What is the same everywhere, as the encoder makes all a little darker, is left out. What it
        does to a block of pixels it does to all of them, so the error is told from tiles. Changes
        by so many `levels` are its own, too.
        """
        seen, change = self.seen, self.change
        way = np.where(seen[..., None], way - way[seen].mean(axis=0), 0.0)
        change = np.where(seen[..., None], change - change[seen].mean(axis=0), 0.0)
        size = float((way * way).sum())
        if size <= 0:
            return 0.0
        off = float((way * change).sum()) / size
        left = (way * (change - off * way)).sum(axis=-1)
        tiles = [
            tile.sum()
            for row in np.array_split(left, TILES)
            for tile in np.array_split(row, TILES, 1)
        ]
        error = float(np.sqrt(np.square(tiles).sum())) / size
        even = levels / float(np.sqrt(size / max(seen.sum(), 1)))
        return float(np.sign(off)) * max(abs(off) - SURE * error - even, 0.0)


def _expected(claim: Claim, axes: Axes, record: Record, raster: Raster) -> Array:
    """The colours (m, n, 3) at the pixels of a raster; nan where nothing is painted."""
    (across, up), (left, top, right, bottom) = claim.told["pixels"], claim.told["box"]
    if right - left <= across and bottom - top <= up:
        return painted(claim, axes, record, raster.places)
    # Of a picture of few pixels of its own, those between are mixed from them.
    own, places = _in_box(claim, axes, record, (across, up)), raster.places
    column = (places[..., 0] - left) / (right - left) * across - 0.5
    row = (places[..., 1] - top) / (bottom - top) * up - 0.5
    return between(own, row, column)


def _in_box(claim: Claim, axes: Axes, record: Record, shape: tuple[int, int]) -> Array:
    """The colours (up, across, 3) in the middles of so many equal parts of a map's box."""
    (across, up), (left, top, right, bottom) = shape, claim.told["box"]
    columns = left + (np.arange(across) + 0.5) / across * (right - left)
    rows = top + (np.arange(up) + 0.5) / up * (bottom - top)
    return painted(claim, axes, record, np.stack(np.meshgrid(columns, rows), axis=-1))


def _over(colours: Array, ground: Array, opacity: float) -> Array:
    """Colours over a ground, which is seen where there are none."""
    shown = np.where(np.isnan(colours), ground, colours)
    return np.asarray(ground + opacity * (shown - ground))


def _opacity(claim: Claim) -> float:
    return float(claim.told.get("opacity", 1.0))


def _span_off(beheld: Beheld, claim: Claim, axes: Axes, record: Record) -> dict[str, float]:
    """By how many percent of its span the scale of a heat map surely is off at either end."""
    low, high = claim.told["span"]
    percent = (high - low) / 100
    points = axes.to_data(beheld.raster.places)

    def shown(*span: float) -> Array:
        return painter({**claim.told, "span": span, "cut": False}, "heat", record)(points)

    true, told = shown(low, high), {}
    for end, span in (("lower", (low + percent, high)), ("upper", (low, high + percent))):
        way = np.nan_to_num(shown(*span) - true) * _opacity(claim)
        told[end] = beheld.explained(beheld.smooth(way), LEVELS)
    return told


def _hex(colour: Array) -> str:
    return "#" + "".join(f"{round(float(np.clip(v, 0, 255))):02x}" for v in colour)
