"""Measures ink in a decoded picture: lines across their path, areas by what fills them.

All places are in px from the picture's top left corner, (right, down). Nothing here knows what the
ink means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from gdlecture.verify.claims import Picture, Seen

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

TOLERANCE_AT_1080, FINEST = 1.5, 0.9
"""How far off ink may be in a picture 1080 px high, and the least that is asked of a small one.

The encoder moves edges in 480p by up to 0.6 px (measured: benchmarks/verify.py)."""

STEP, FINE = 1.5, 0.5
BESIDE = 2.5
"""How far beside a line its ground is looked for, px at any size."""

BLOCK = 18
"""So many samples along a line are judged together."""

BUMP = 1.5
"""Times as far as a line may be off, a single piece of it may be."""

FEWEST = 6
DASHES = 24.0
"""So much (px at 1080p) of dashes must be free that there is one, and so the gap beside it."""

LONGEST_DASH = 1.5
"""Times as long as the mean a dash may be with its gap: those in front are longer."""

BACK = 2.0
"""A line that is near itself has come back if the way is so many times as long as it is near."""

WHOLE, AS_GOOD = 0.7, 0.8
"""Of a piece that is less free than this share, a fit that is as good as this share counts."""

TINY = 1e-9
TINY_AT_1080 = 40.0
"""Rings and the like, so small (px) that other ink is always near."""

SURE = 0.6
"""Or one that is so strong, whatever stronger ink is near."""

STRONGEST = 1.1
"""What is so much stronger than a line can be is not the line, but beside it."""

FAINTEST = 28.0
"""Levels (of 255) by which ink must differ from its ground to be judged."""

FAINT = 0.2
"""Of an area's colour: pixels with less are taken for ground."""

SHORTEST = 9.0
"""Lines shorter than this (px) are too small to be measured."""

PIECES = 4
"""Of a line of so many pieces, the first and the last must be there."""

BORDER = 0.25
"""Grounds on both sides of a line that differ by half of what it differs from them are a border."""

UNLIKE = 0.15
"""By what share of that, squared, they then differ in other colours than the line's own."""

FAINT_DASHES = 60.0
"""Dashes are so small that more is needed to judge them by."""

SEEN_SHARE, DASHED_SHARE = 0.45, 0.18
"""Of the expected strength, what must be there."""


@dataclass(frozen=True)
class Block:
    """A piece of a line: where, how far across it is off (px), how strong of what is expected.

    It is `sure` where no other ink is near, and the ground is one on both sides.
    """

    middle: tuple[float, float]
    offset: float
    strength: float
    sure: bool = True


def tolerance(height: float) -> float:
    """How far off ink may be in a picture of this height, px."""
    return max(TOLERANCE_AT_1080 * height / 1080, FINEST)


def rgb(colour: str) -> Array:
    """The channels of #rrggbb, 0…255, shape (3,)."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=float)


def resampled(path: Array, step: float = STEP) -> tuple[Array, Array]:
    """Points (m, 2) evenly along a broken line (n, 2), and the unit normals (m, 2) there."""
    ways = np.diff(path, axis=0)
    lengths = np.hypot(*ways.T)
    ways, lengths = ways[lengths > 1e-9], lengths[lengths > 1e-9]
    if not len(lengths):
        return path[:0], path[:0]
    starts = path[:-1][np.hypot(*np.diff(path, axis=0).T) > 1e-9]
    reach = np.concatenate([[0.0], np.cumsum(lengths)])
    at = (np.arange(max(int(reach[-1] / step), 1)) + 0.5) * min(step, reach[-1])
    piece = np.clip(np.searchsorted(reach, at, side="right") - 1, 0, len(lengths) - 1)
    along = ways[piece] / lengths[piece, None]
    places = starts[piece] + (at - reach[piece])[:, None] * along
    return places, np.stack([-along[:, 1], along[:, 0]], axis=-1)


def colours_at(picture: Picture, places: Array) -> Array:
    """The colours (…, 3) at places (…, 2), between pixels by their shares; nan outside."""
    image = picture.rgb
    height, width = image.shape[:2]
    x, y = places[..., 0] - 0.5, places[..., 1] - 0.5
    inside = (x >= 0) & (y >= 0) & (x <= width - 1) & (y <= height - 1)
    x, y = np.clip(x, 0, width - 1.001), np.clip(y, 0, height - 1.001)
    left, top = x.astype(int), y.astype(int)
    right, down = (x - left)[..., None], (y - top)[..., None]
    upper = image[top, left] * (1 - right) + image[top, left + 1] * right
    lower = image[top + 1, left] * (1 - right) + image[top + 1, left + 1] * right
    found = upper * (1 - down) + lower * down
    found[~inside] = np.nan
    return np.asarray(found)


def covered(mask: Mask | None, places: Array) -> Mask:
    """Which of the places (…, 2) lie in a mask (height, width)."""
    if mask is None:
        return np.zeros(places.shape[:-1], dtype=bool)
    height, width = mask.shape
    column = np.clip(places[..., 0].astype(int), 0, width - 1)
    row = np.clip(places[..., 1].astype(int), 0, height - 1)
    return np.asarray(mask[row, column])


def blocks(
    picture: Picture,
    path: Array,
    width: float,
    colour: str,
    *,
    opacity: float = 1.0,
    foreign: Mask | None = None,
    dashed: bool = False,
    period: float = 0.0,
) -> list[Block]:
    """A line looked at piece by piece: the mean of its profiles across, against the ground there.

    `path` (n, 2) is where its middle must be, `width` in px; `foreign` is other ink, which is left
    out. Pieces that cannot be told from their ground, or are covered, are no blocks. It may be
    `dashed`: from dash to dash it is so far in the mean (`period`, px), if that is known.
    """
    places, normals = resampled(path)
    longest = LONGEST_DASH * period
    if len(places) * STEP < max(SHORTEST, longest):
        return []
    size, fewest = BLOCK, FEWEST
    if dashed:
        size = round(max(BLOCK * max(picture.scale, 1.0), longest / STEP))
        fewest = round(max(FEWEST, DASHES * picture.scale / STEP, longest / STEP))
    # Rounded once for all, so that profiles and shapes have as many samples.
    half = round(float(width / 2 + max(BESIDE, 3.2 * picture.scale)), 2)
    across = np.arange(-half, half + FINE / 2, FINE)
    spots = places[:, None, :] + across[None, :, None] * normals[:, None, :]
    found = colours_at(picture, spots)
    hidden: Any = np.logical_or(covered(foreign, spots), np.isnan(found[..., 0]))
    free = ~hidden[:, np.abs(across) <= width / 2 + 1].any(axis=1)
    shapes = _shapes(round(width, 2), half)
    tiny = float(np.ptp(path, axis=0).max()) < TINY_AT_1080 * picture.scale
    alone = ~_meets_itself(places, width / 2 + half)
    told: list[Block] = []
    for first in range(0, len(places), size):
        rows = np.flatnonzero(free[first : first + size]) + first
        if len(rows) < min(fewest, len(places)):
            continue
        colours = np.where(hidden[rows][..., None], np.nan, found[rows])
        whole = len(rows) >= WHOLE * len(free[first : first + size]) and not hidden[rows].any()
        whole &= bool(alone[rows].all())
        block = _judge(
            colours, across, shapes, rgb(colour), opacity,
            alone=whole and not (dashed or tiny),
            near=tolerance(picture.stature),
            sure=DASHED_SHARE if dashed else SURE,
        )  # fmt: skip
        if block is not None:
            x, y = (float(along) for along in places[rows[len(rows) // 2]])
            told.append(Block((x, y), *block))
    return told


def _meets_itself(places: Array, reach: float) -> Mask:
    """At which places (m, 2) a line has come back to within `reach` px of itself."""
    met = np.zeros(len(places), dtype=bool)
    pairs = KDTree(places).query_pairs(reach, output_type="ndarray")
    # What is near along the line is the line: it has come back if the way is a good deal longer.
    far = pairs[np.abs(pairs[:, 0] - pairs[:, 1]) * STEP > BACK * reach]
    met[far] = True
    return met


@cache
def _shapes(width: float, half: float) -> tuple[Array, Array]:
    """Offsets (k,), and how a line of a width covers the samples across when it is off by them."""
    across = np.arange(-half, half + FINE / 2, FINE)
    most = half - width / 2
    offsets = np.arange(-most, most + 0.05, 0.1)
    # The encoder and the half pixel of either side blur an edge over about a pixel.
    edge = np.abs(across[None, :] - offsets[:, None])
    return offsets, np.clip((width / 2 + 0.75 - edge) / 1.5, 0.0, min(1.0, width / 1.5))


def _judge(
    found: Array,
    across: Array,
    shapes: tuple[Array, Array],
    colour: Array,
    opacity: float,
    *,
    alone: bool,
    near: float,
    sure: float,
) -> tuple[float, float, bool] | None:
    """How far off, how strong and how sure the mean profile (across, 3) of some samples is.

    Where it is not `alone`, as beside other ink, what is as good within `near` px counts as there,
    or so `sure`; so it does on the border of two grounds, and beside what is no line's colour.
    """
    kept = ~np.isnan(found[..., 0]).all(axis=0)
    profile = np.nanmean(found[:, kept], axis=0)
    offsets, covers = shapes[0], shapes[1][:, kept]
    beside = np.abs(across[kept]) >= np.abs(across).max() - 1.01
    if beside.sum() < 2:
        return None
    ground = np.median(profile[beside], axis=0)
    way = (colour - ground) * opacity
    size = float(way @ way)
    sides = [profile[beside & side] for side in (across[kept] < 0, across[kept] > 0)]
    step = sides[0].mean(axis=0) - sides[1].mean(axis=0) if all(map(len, sides)) else np.zeros(3)
    # On the border of two grounds dashes cannot be told from the border.
    dashed = sure <= DASHED_SHARE
    least = FAINT_DASHES if dashed else FAINTEST
    if size < least**2 or (dashed and float(step @ step) > BORDER * size):
        return None
    # A short piece hardly can; but a side that has the line's own colour is the line, moved.
    other = step - float(step @ way) / size * way
    parts = float(other @ other) > UNLIKE * size
    share = np.clip((profile - ground) @ way / size, -0.5, 1.5)
    along, sizes = covers @ share, (covers**2).sum(axis=1)
    scores, strengths = along / np.sqrt(sizes + TINY), along / sizes
    best = int(scores.argmax())
    alone &= not parts and bool(strengths[best] <= STRONGEST)
    if not alone:
        close = np.where(np.abs(offsets) <= near, scores, -np.inf)
        nearest = int(close.argmax())
        as_good = close.max() >= AS_GOOD * scores[best]
        best = nearest if strengths[nearest] >= sure or as_good else best
    return float(offsets[best]), float(strengths[best]), alone


def judge_line(
    told: Sequence[Block], height: float, *, dashed: bool = False, what: str = "line"
) -> Seen:
    """Whether the blocks of a line say that it is where it must be."""
    # One piece alone beside other ink may well be hidden by it: that is no evidence.
    if not told or (len(told) == 1 and not told[0].sure and told[0].strength < SEEN_SHARE):
        return Seen(looked=False)
    limit, least = tolerance(height), DASHED_SHARE if dashed else SEEN_SHARE
    there = [block for block in told if block.strength >= least]
    missing = len(told) - len(there)
    ends = min(told[0].strength, told[-1].strength)
    ended = dashed or len(told) < PIECES or ends >= least / 2
    if missing > 0.1 * len(told) + 0.5 or not ended:
        gone = next(block for block in told if block.strength < least)
        x, y = gone.middle
        return Seen(
            f"expected its {what} through ({x:.1f}, {y:.1f}), found none there "
            f"({missing} of {len(told)} pieces are missing)",
            missing=missing / len(told),
        )
    offsets = np.abs([block.offset for block in there])
    worst = float(np.quantile(offsets, 0.9)) if len(offsets) > 9 else float(np.median(offsets))
    runs = offsets > limit
    bumps = np.array([block.sure for block in there]) & (offsets > BUMP * limit)
    if worst > limit or (runs[1:] & runs[:-1]).any() or bumps.any():
        at = int(offsets.argmax())
        x, y = there[at].middle
        return Seen(
            f"expected its {what} through ({x:.1f}, {y:.1f}) ± {limit:.2f} px, "
            f"found it {offsets[at]:.2f} px off",
            float(offsets[at]),
            missing=(missing + int(runs.sum())) / len(told),
        )
    return Seen(error=worst)


def fill(
    picture: Picture,
    mask: Mask,
    corner: tuple[int, int],
    colour: str,
    *,
    opacity: float = 1.0,
    foreign: Mask | None = None,
    alike: Mask | None = None,
    middle: Array | None = None,
) -> Seen:
    """Whether an area is filled with a colour, and the colour's middle is the area's.

    `mask` is the area, a crop of the picture whose top left pixel is `corner` (row, column), with a
    border of ground around it. `foreign` is ink of other colours, `alike` all other ink: where
    that is near, the middle is not measured. `middle` (2,) is its centroid in px, or else that of
    the mask's pixels.
    """
    (top, left), (high, wide) = corner, mask.shape
    rows, columns = slice(top, top + high), slice(left, left + wide)
    area = picture.rgb[rows, columns].astype(float)
    hidden = np.zeros_like(mask) if foreign is None else foreign[rows, columns]
    others = hidden if alike is None else hidden | alike[rows, columns]
    inner, outer = mask & ~hidden, ~_grown(mask) & ~others
    if inner.sum() < max(4, 0.5 * mask.sum()) or outer.sum() < 4:
        return Seen(looked=False)
    ground = np.median(area[outer], axis=0)
    way = (rgb(colour) - ground) * opacity
    size = float(way @ way)
    if size < FAINTEST**2:
        return Seen(looked=False)
    share = np.clip((area - ground) @ way / size, 0.0, 1.2)
    other = np.abs(area - ground - share[..., None] * way).max(axis=-1) > 0.5 * np.sqrt(size)
    share[hidden | other] = 0.0
    filled = float(share[inner].mean())
    if filled < SEEN_SHARE:
        return Seen(
            f"expected {colour} around ({left + wide / 2:.1f}, {top + high / 2:.1f}), "
            f"found {100 * filled:.0f} % of it"
        )
    near = _grown(_grown(mask))
    if others[near].any():
        return Seen()
    down, right = np.mgrid[0:high, 0:wide] + 0.5
    weight = np.where(near & (share > FAINT), share, 0.0)
    here = np.array([left, top])
    of_mask = here + np.array((right[mask].mean(), down[mask].mean()))
    expected = of_mask if middle is None else middle
    found = here + np.array([(weight * right).sum(), (weight * down).sum()]) / weight.sum()
    off = float(np.hypot(*(found - expected)))
    limit = tolerance(picture.stature)
    if off > limit:
        x, y = expected
        there = f"({x:.1f}, {y:.1f}) ± {limit:.2f} px"
        return Seen(f"expected its middle at {there}, found it {off:.2f} px off", off)
    return Seen(error=off)


def centroid(corners: Array) -> Array | None:
    """The middle (2,) of the area in a polygon (n, 2), by the shoelace formula; None if it is flat.

    A mask's pixels would give a narrow part too much weight, or too little.
    """
    here, there = corners, np.roll(corners, -1, axis=0)
    parts = here[:, 0] * there[:, 1] - there[:, 0] * here[:, 1]
    area = parts.sum() / 2
    if abs(area) < 1:
        return None
    return np.asarray(((here + there) * parts[:, None]).sum(axis=0) / (6 * area))


def _grown(mask: Mask) -> Mask:
    """A mask and the pixels next to it."""
    wide = np.pad(mask, 1)
    return np.asarray(
        wide[1:-1, 1:-1] | wide[:-2, 1:-1] | wide[2:, 1:-1] | wide[1:-1, :-2] | wide[1:-1, 2:]
    )
