"""Is a surface or a pane in the picture: its colours along lines of pixels, and where it ends?

A space is looked at along some rows and columns of pixels. For each pixel the expected colour is
what its line of sight meets; where that changes from one area to another there is an edge, which is
measured across in the picture.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.areas import Scene, Sight
from gdlecture.verify.claims import ON_ITS_WAY, Claim, Picture, Seen
from gdlecture.verify.ink import FINEST, covered

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

LINES = 22
"""So many rows and as many columns of the picture are looked at."""

MEDIAN, FAR, SHARE, TURNING = 4.0, 14.0, 0.85, 0.7
"""Levels that a colour may be off in the middle; most pixels must be nearer than so many levels.

The last is the share of them while the camera moves, when lines may fade that lie on a surface."""

EDGE_AT_1080, FEWEST, ASTRAY = 2.0, 6, 0.2
"""How far an edge may be off (px), of how many at least, and which share may be farther."""

ROOM = 6
"""Pixels on each side of an edge in which nothing else may be."""

BESIDE, FINELY = ((0.0, 0.0), (-2.0, 3.0), (2.0, 3.0)), 12
"""Lines beside a strip (px) on which an edge is looked for too, to know how aslant it is."""

OUTSIDE = 0.55
"""How far beyond its edge (px of any picture) the line goes that smooths it."""

CONTRAST = 40.0
LEAST = 40
"""Pixels of an area that are seen, from which it is judged."""


@dataclass(frozen=True, eq=False)
class Strip:
    """A row or a column of pixels: their middles (n, 2), and what is expected there.

    `edges` says after which pixel other areas follow, how far after its middle (px), and the cosine
    of the angle at which the strip crosses.
    """

    pixels: Array
    sight: Sight
    edges: tuple[tuple[int, float, float], ...] = ()


SERRATED = 2.0
"""Times as far the edge of a surface may be off that is cut off at a height."""


def check_area(
    claim: Claim, scene: Scene, picture: Picture, foreign: Mask, *, passed: bool = False
) -> Seen:
    """Whether a surface or a pane has its colours where it must, and a surface its edges.

    A surface whose parts have colours of their own has its borders between them, too. A pane's
    edges are those of its border, which is a line; and none are looked for in what stands and is
    `passed` by the camera.
    """
    (index,) = (i for i, area in enumerate(scene.areas) if area.claim is claim)
    size = (picture.frame.height, picture.frame.width)
    strips = strips_of(scene, size)
    off = colour_errors(strips, index, picture, foreign)
    if len(off) < LEAST:
        return Seen(looked=False)
    middle, near = float(np.median(off)), float((off <= FAR).mean())
    most = MEDIAN * ON_ITS_WAY if passed or claim.moves else MEDIAN
    share = TURNING if passed else SHARE
    if middle > most or near < share:
        return Seen(
            f"expected its colours within {most:g} levels in the middle and "
            f"{100 * share:.0f} % within {FAR:g}, found {middle:.1f} and {100 * near:.0f} %"
        )
    if passed or claim.kind == "plane":
        return Seen()
    limit = max(EDGE_AT_1080 * picture.scale, FINEST)
    # A surface cut off at a height ends face by face: its rim is a little serrated.
    limit *= SERRATED if claim.told.get("cut") else 1.0
    seen = [_judged(edge_errors(strips, index, picture, foreign), "edges", limit)]
    if scene.areas[index].is_parted:
        borders = edge_errors(strips, index, picture, foreign, within=True)
        seen.append(_judged(borders, "borders", limit))
    bad = [one for one in seen if one.failure]
    return bad[0] if bad else max(seen, key=lambda one: np.nan_to_num(one.error, nan=-1.0))


def _judged(errors: Array, what: str, limit: float) -> Seen:
    """Whether most edges, so far off (n,) px, are within a limit."""
    astray = np.abs(errors) > limit
    if len(errors) >= FEWEST and astray.mean() > ASTRAY:
        worst = float(np.quantile(np.abs(errors), 0.9))
        return Seen(
            f"expected its {what} within {limit:.1f} px, found {astray.sum()} of {len(errors)} "
            f"farther, {worst:.1f} px off",
            worst, allowed=limit,
        )  # fmt: skip
    if not len(errors):
        return Seen()
    return Seen(error=float(np.quantile(np.abs(errors), 0.8)), allowed=limit)


@lru_cache(maxsize=8)
def strips_of(scene: Scene, size: tuple[int, int]) -> tuple[Strip, ...]:
    """Rows and columns of pixels over all areas, with what is expected in each."""
    corners = np.concatenate([np.concatenate(area.outline()) for area in scene.areas])
    pixels, _ = scene.view.seen(corners)
    pixels = pixels[np.isfinite(pixels).all(axis=1)]
    low = np.clip(pixels.min(axis=0) - ROOM - 2, 0, [size[1], size[0]]).astype(int)
    high = np.clip(pixels.max(axis=0) + ROOM + 2, 0, [size[1], size[0]]).astype(int)
    if (high - low < 2).any():
        return ()
    across, down = (np.arange(low[k], high[k]) + 0.5 for k in (0, 1))
    columns = np.unique(np.linspace(low[0], high[0] - 1, LINES + 2).round()[1:-1]) + 0.5
    rows = np.unique(np.linspace(low[1], high[1] - 1, LINES + 2).round()[1:-1]) + 0.5
    paths = [np.column_stack([across, np.full(len(across), row)]) for row in rows]
    paths += [np.column_stack([np.full(len(down), column), down]) for column in columns]
    sight = scene.look(np.concatenate(paths))
    ends = np.cumsum([len(path) for path in paths])[:-1]
    parts = (np.split(part, ends) for part in (sight.colour, sight.areas, sight.met, sight.order))
    strips = [Strip(path, Sight(*part)) for path, *part in zip(paths, *parts, strict=True)]
    return _with_edges(strips, scene)


def colour_errors(strips: tuple[Strip, ...], index: int, picture: Picture, foreign: Mask) -> Array:
    """By how many levels the pixels of an area are of another colour, away from edges."""
    found = []
    for strip in strips:
        same = _steady(strip.sight.order)
        picked = same & ((strip.sight.areas >> index) & 1 > 0) & ~covered(foreign, strip.pixels)
        column, row = strip.pixels[picked].astype(int).T
        colours = picture.rgb[row, column].astype(float)
        found.append(np.abs(colours - strip.sight.colour[picked]).mean(axis=1))
    return np.concatenate(found) if found else np.zeros(0)


def edge_errors(
    strips: tuple[Strip, ...],
    index: int,
    picture: Picture,
    foreign: Mask,
    *,
    within: bool = False,
) -> Array:
    """How far outward (px, across the edge) the edges of an area are that the strips cross.

    Or the borders `within` it, between its parts.
    """
    errors = []
    for strip in strips:
        sight, pixels = strip.sight, strip.pixels
        # Where it only goes behind another, or through it, that one has the edge.
        mine, seen = (sight.met >> index) & 1, (sight.areas >> index) & 1
        for i, expected, slant in strip.edges:
            here = slice(i - ROOM + 1, i + ROOM + 1)
            contrast = np.linalg.norm(sight.colour[i + 3] - sight.colour[i - 2])
            is_border = mine[i] == mine[i + 1]
            if is_border != within or not (seen[i] or seen[i + 1]) or contrast < CONTRAST:
                continue
            if covered(foreign, pixels[here]).any():
                continue
            column, row = pixels[here].astype(int).T
            share = _shares(picture.rgb[row, column].astype(float), sight.colour[here])
            found = float((1 - np.clip(share, 0, 1)).sum()) - ROOM + 0.5
            outward = 1 if mine[i] else -1
            beyond = 0.0 if within else OUTSIDE
            errors.append((found - expected) * slant * outward - beyond)
    return np.array(errors)


def _shares(found: Array, expected: Array) -> Array:
    """How far each pixel's colour is from that before the edge to that after it."""
    half = len(found) // 2
    # The colour goes on changing on both sides: what it would be there without the edge.
    before = np.concatenate([expected[:half], np.tile(expected[half - 1], (half, 1))])
    after = np.concatenate([np.tile(expected[half], (half, 1)), expected[half:]])
    way = after - before
    return np.asarray(((found - before) * way).sum(axis=1) / (way**2).sum(axis=1))


def _with_edges(strips: list[Strip], scene: Scene) -> tuple[Strip, ...]:
    """The strips, with where between two pixels the areas change, and how aslant."""
    found = [(k, i) for k, strip in enumerate(strips) for i in _changes(strip.sight.order)]
    if not found:
        return tuple(strips)
    pixels = np.array([strips[k].pixels[i] for k, i in found])
    steps = np.array([strips[k].pixels[1] - strips[k].pixels[0] for k, _ in found])
    orders = np.array([strips[k].sight.order[i] for k, i in found])
    places = [
        _turns(pixels + shift * steps[:, ::-1], steps, orders, scene, reach)
        for shift, reach in BESIDE
    ]
    slants = 1 / np.hypot(1.0, (places[2] - places[1]) / (2 * BESIDE[2][0]))
    told: list[list[tuple[int, float, float]]] = [[] for _ in strips]
    for (k, i), place, slant in zip(found, places[0], slants, strict=True):
        if np.isfinite(slant) and np.isfinite(place):
            told[k].append((i, float(place), float(slant)))
    return tuple(
        replace(strip, edges=tuple(edges)) for strip, edges in zip(strips, told, strict=True)
    )


def _changes(order: NDArray[np.int64]) -> list[int]:
    """The pixels after which other areas follow, with nothing else near."""
    changes = np.flatnonzero(order[1:] != order[:-1])
    apart = np.diff(np.concatenate([[-1], changes, [len(order) - 1]])) >= ROOM
    return [int(i) for i in changes[apart[:-1] & apart[1:]]]


def _turns(
    pixels: Array, steps: Array, orders: NDArray[np.int64], scene: Scene, reach: float
) -> Array:
    """How many steps from each pixel (n, 2) other areas begin; nan where that is not so."""
    low, high = np.full(len(pixels), -reach), np.full(len(pixels), 1 + reach)
    good = np.ones(len(pixels), dtype=bool)
    for _ in range(2):
        at = low[:, None] + (high - low)[:, None] * np.linspace(0, 1, FINELY)
        spots = pixels[:, None] + at[..., None] * steps[:, None]
        same = scene.look(spots.reshape(-1, 2)).order.reshape(at.shape) == orders[:, None]
        good &= same[:, 0] & ~same[:, -1]
        last = np.maximum(np.argmin(same, axis=1), 1)
        row = np.arange(len(at))
        low, high = at[row, last - 1], at[row, last]
    return np.where(good, 0.5 * (low + high), np.nan)


def _steady(order: NDArray[np.int64]) -> Mask:
    """Which pixels of a strip have only pixels of the same areas around them."""
    same = np.ones(len(order), dtype=bool)
    for shift in (1, 2, 3):
        changed = order[shift:] != order[:-shift]
        same[shift:] &= ~changed
        same[:-shift] &= ~changed
    return same
