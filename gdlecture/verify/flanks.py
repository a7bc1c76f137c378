"""Measures a line whose ground is another on its left than on its right: along a surface's edge."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.claims import Picture
from gdlecture.verify.ink import (
    BLOCK,
    FAINTEST,
    FEWEST,
    FINE,
    STRONGEST,
    Block,
    colours_at,
    covered,
    resampled,
    rgb,
)

Array = NDArray[np.float64]

ROOM_AT_1080, LEAST_ROOM = 7.0, 4.0
"""How far beside a line its ground is looked for, px."""


def flanked(
    picture: Picture, path: Array, width: float, colour: str, foreign: NDArray[np.bool_]
) -> list[Block]:
    """A line looked at piece by piece, each side of it against the ground there.

    As `ink.blocks`, whose `path`, `width` and `foreign` it takes. Pieces that cannot be told from
    the ground of a side, or from a strip of another area beside them, are no blocks.
    """
    places, normals = resampled(path)
    half = width / 2 + max(LEAST_ROOM, ROOM_AT_1080 * picture.scale)
    across = np.arange(-half, half + FINE / 2, FINE)
    spots = places[:, None] + across[None, :, None] * normals[:, None]
    found = colours_at(picture, spots)
    hidden = covered(foreign, spots) | np.isnan(found[..., 0])
    free = np.asarray(~hidden.any(axis=1))
    told = []
    for first in range(0, len(places), BLOCK):
        rows = np.flatnonzero(free[first : first + BLOCK]) + first
        if len(rows) < FEWEST:
            continue
        block = _judge(found[rows].mean(axis=0), across, width, rgb(colour))
        if block is not None and block[1] <= STRONGEST:
            x, y = places[rows[len(rows) // 2]]
            told.append(Block((float(x), float(y)), *block))
    return told


def _judge(profile: Array, across: Array, width: float, ink: Array) -> tuple[float, float] | None:
    """How far off and how strong a mean profile (n, 3) is."""
    share = np.zeros(len(across))
    for side in (-1, 1):
        beside = side * across > np.abs(across).max() - 1.5
        way = ink - np.median(profile[beside], axis=0)
        size = float(way @ way)
        if size < FAINTEST**2:
            return None
        here = side * across >= 0
        share[here] = np.clip((profile[here] - ink) @ way / size + 1, 0, 1)
    # What the encoder smears far from a line is not the line.
    share = np.where(share > 0.2, share, 0.0)
    total = float(share.sum() * FINE)
    if total < 0.2 * width:
        return 0.0, total / width
    return float((share * across).sum() / share.sum()), total / width
