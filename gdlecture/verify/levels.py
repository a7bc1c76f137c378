"""Level lines of a map: is there ink where the field has these heights, and just there?

How far a pixel is from a level line follows from the field's value and slope there: no line is
traced.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.axes import Axes
from gdlecture.verify.claims import Claim, Picture, Seen
from gdlecture.verify.ink import rgb, tolerance
from gdlecture.verify.raster import Raster, averaged, grown
from gdlecture.verify.record import Record

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

NEAR = 1
"""Pixels as near as this to other ink are left out."""

APART = 4.5
"""Lines nearer to each other than this (px, and their width) are not told apart."""

BLUR = 1.5
"""Over so many px an edge is drawn out in the picture."""

FAINT, SURE = 4.0, 0.12
"""The least change that a line makes and is looked for, in levels of 255, and the standard error of
its strength with which it is judged."""

WEAK = 0.45
"""Of the expected strength, what must be there."""

TILES = 3
"""In so many rows and columns of tiles lines are looked for, besides one by one."""

LUMA = np.array([0.299, 0.587, 0.114])


@dataclass(frozen=True, eq=False)
class Lines:
    """How far each pixel (m, n) is from the level next to it, px, and which level that is.

    `apart` is how far from each other lines are there.
    """

    away: Array
    level: NDArray[np.int64]
    apart: Array

    def cover(self, width: float, off: float = 0.0) -> Array:
        """How much of each pixel lines of a width cover that are `off` px uphill of their place."""
        beside = np.abs(self.away - off)
        inside = (width / 2 + BLUR / 2 - beside) / BLUR
        return np.asarray(np.clip(inside, 0.0, min(1.0, width / BLUR)))


def check_levels(
    claim: Claim, picture: Picture, axes: Axes, record: Record, foreign: Mask | None = None
) -> Seen:
    """Whether the lines of a claim of kind `level` are in a picture of a map, each in its place.

    `foreign` (height, width) is other ink, but not the map beneath.

    Raises:
        FactError: the field cannot be taken again.
    """
    size = (picture.frame.height, picture.frame.width)
    raster = Raster.within(axes.box, size, (size[1], size[0]))
    colour, opacity, width = claim.told["style"]["stroke"]
    lines = lines_at(claim, axes, record, raster)
    luma = raster.cut(picture.luma).astype(float)
    free = np.isfinite(lines.away)
    if foreign is not None:
        free &= ~raster.cut(grown(foreign, NEAR))
    reach = max(4, round(6 * picture.scale + 2))
    ground = averaged(luma, free, reach)
    change = (float(LUMA @ rgb(colour)) - ground) * float(opacity)
    told = free & (lines.apart > APART + width) & (np.abs(change) > FAINT / min(1.0, width / BLUR))
    step = 0.5
    ink, ahead, behind = (
        _above(change * lines.cover(width, off), free, reach) for off in (0.0, step, -step)
    )
    way = (ahead - behind) / (2 * step)
    found = _above(luma, free, reach)
    noise = _noise(found, told & (np.abs(lines.away) > width / 2 + 2))
    limit, worst, looked = tolerance(picture.stature), 0.0, False
    found, ink, way = found[told], ink[told], way[told]
    for name, part in _parts(lines, told, claim.told["levels"], raster):
        strength, off, error = _fit(found[part], ink[part], way[part], noise)
        if error > SURE:
            continue
        looked = True
        if strength < WEAK or abs(off) > limit:
            return Seen(
                f"expected level lines {name} ± {limit:.2f} px, found {max(strength, 0.0):.0%} of "
                f"their ink there" + (f", {off:+.1f} px uphill" if abs(off) > limit else "")
            )
        worst = max(worst, abs(off))
    return Seen(error=worst if looked else float("nan"), looked=looked)


def level_ink(
    claim: Claim, axes: Axes, record: Record, size: tuple[int, int], more: float = 1.5
) -> Mask:
    """Where in a picture (height, width) the level lines of a claim are, and `more` px around.

    Raises:
        FactError: the field cannot be taken again.
    """
    raster = Raster.within(axes.box, size, (size[1], size[0]), edge=0.0)
    width = float(claim.told["style"]["stroke"][2])
    lines = lines_at(claim, axes, record, raster)
    mask = np.zeros(size, dtype=bool)
    mask[np.ix_(raster.rows, raster.columns)] = np.abs(lines.away) < width / 2 + more
    return mask


def lines_at(claim: Claim, axes: Axes, record: Record, raster: Raster) -> Lines:
    """Where the lines of a claim are, at each pixel of a raster.

    Raises:
        FactError: the field cannot be taken again.
    """
    field, levels = record.field(claim.told["field"]), np.sort(claim.told["levels"])
    points = axes.to_data(raster.places)
    with np.errstate(all="ignore"):
        values = np.asarray(field(points[..., 0], points[..., 1]), dtype=float)
        values = np.broadcast_to(values, points.shape[:-1])
        steep = np.hypot(*np.gradient(values, *raster.stride))
        after = np.searchsorted(levels, values)
        below, above = (np.clip(after - k, 0, len(levels) - 1) for k in (1, 0))
        nearer = np.abs(values - levels[below]) < np.abs(levels[above] - values)
        level = np.where(nearer, below, above)
        away = (values - levels[level]) / np.maximum(steep, 1e-300)
        gaps = np.diff(levels, prepend=-np.inf, append=np.inf)
        apart = np.minimum(gaps[level], gaps[level + 1]) / np.maximum(steep, 1e-300)
    return Lines(away, level, apart)


def _parts(lines: Lines, told: Mask, levels: list[float], raster: Raster) -> list[tuple[str, Mask]]:
    """Which of the told pixels are at each line, then in each tile, with what these are."""
    level, (down, right) = lines.level[told], np.nonzero(told)
    parts = [(f"at {height:g}", level == i) for i, height in enumerate(sorted(levels))]
    rows = np.array_split(np.arange(told.shape[0]), TILES)
    columns = np.array_split(np.arange(told.shape[1]), TILES)
    for row in rows:
        inside = (row[0] <= down) & (down <= row[-1])
        for column in columns:
            tile = inside & (column[0] <= right) & (right <= column[-1])
            x, y = raster.places[row[len(row) // 2], column[len(column) // 2]]
            parts.append((f"around ({x:.0f}, {y:.0f})", tile))
    return parts


def _above(image: Array, free: Mask, reach: int) -> Array:
    """An image without what is even over some pixels."""
    return np.where(free, image - averaged(image, free, reach), 0.0)


def _noise(found: Array, bare: Mask) -> float:
    """By how many levels pixels without ink differ from what is around them."""
    return max(float(np.sqrt((found[bare] ** 2).mean())) if bare.any() else 0.0, 1.0)


def _fit(found: Array, ink: Array, way: Array, noise: float) -> tuple[float, float, float]:
    """How strong lines are of 1, how far off (px), and the standard error of the first."""
    size = float(ink @ ink)
    if size <= 0:
        return 0.0, 0.0, float("inf")
    square = np.array([[size, ink @ way], [ink @ way, way @ way + 1e-9]])
    strength, moved = np.linalg.solve(square, np.array([ink @ found, way @ found]))
    off = float(moved / strength) if strength > WEAK else 0.0
    # Pixels next to each other are not independent.
    return float(strength), off, 2 * noise / float(np.sqrt(size))
