"""Finds the dots of current iterates in a decoded picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.evidence import Mark
from gdlecture.verify.raster import grown

OWN = 1.0
"""So far (px) beyond its edge a disc's colour is its own."""

PLAUSIBLE_AREA, BLENDED = (0.55, 1.4), 1.5
"""Of the area of a whole disc: what of it must be seen. Edges blend into what is behind, so deep
(px) that of a very small disc less is seen."""

# Channel differences (0…255) up to which a pixel is wholly of the dot's colour, and from which it
# is not at all. Encoding moves colours by some ten; the dark theme's tangent, which runs behind
# the dot, is 61 away from its iterate.
_SAME, _OTHER = 25.0, 50.0


@dataclass(frozen=True)
class Sighting:
    """A mark looked for in frame `frame`: how far off its centre is (px), and its share of area.

    `offset` is (right, down); both are nan if nothing of its colour is there.
    """

    mark: Mark
    frame: int
    offset: tuple[float, float]
    area: float

    @property
    def error(self) -> float:
        """The distance between where the dot is and where it should be, px."""
        return math.hypot(*self.offset)


def plausible_area(radius: float) -> tuple[float, float]:
    """What of a disc's area must be seen (low, high), by its radius in px."""
    low, high = PLAUSIBLE_AREA
    return min(low, (1 - BLENDED / max(radius, BLENDED)) ** 2), high


def frames_of(mark: Mark, fps: float) -> tuple[int, ...]:
    """The frames in which a mark is looked for: the middle one of its stay, and the last."""
    first, past = round(mark.t0 * fps), round(mark.t1 * fps)
    return tuple(sorted({(first + past - 1) // 2, past - 1}))


def look_for(
    mark: Mark, picture: NDArray[Any], frame: int, foreign: NDArray[np.bool_] | None = None
) -> Sighting:
    """Look for a mark in a picture (height, width, 3), within two radii of its pixel.

    The centre of the picture's first pixel is at (0.5, 0.5). `foreign` (height, width) is where
    other ink may be: an arrow of the dot's colour that ends beside it would draw its middle aside.
    So would a surface of a like colour around its halo: what hangs together with nothing in the
    dot's own place is not of it.
    """
    (x, y), reach = mark.pixel, 2 * mark.radius
    height, width, _ = picture.shape
    left, right = max(0, math.floor(x - reach)), min(width, math.ceil(x + reach))
    top, bottom = max(0, math.floor(y - reach)), min(height, math.ceil(y + reach))
    right_of = np.arange(left, right) + 0.5 - x
    below = (np.arange(top, bottom) + 0.5 - y)[:, np.newaxis]
    colour = np.array([int(mark.color[i : i + 2], 16) for i in (1, 3, 5)], dtype=float)
    distance = np.abs(picture[top:bottom, left:right] - colour).max(axis=-1, initial=0.0)
    share = np.clip((_OTHER - distance) / (_OTHER - _SAME), 0.0, 1.0)
    far = right_of**2 + below**2
    share[far > reach**2] = 0.0
    if foreign is not None:
        share[foreign[top:bottom, left:right] & (far > (mark.radius + OWN) ** 2)] = 0.0
    share[~_reached(share > 0, far <= mark.radius**2)] = 0.0
    area = float(share.sum())
    if area == 0:
        return Sighting(mark, frame, (math.nan, math.nan), 0.0)
    offset = float((share * right_of).sum()) / area, float((share * below).sum()) / area
    return Sighting(mark, frame, offset, area / (math.pi * mark.radius**2))


def _reached(mask: NDArray[np.bool_], seed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What of a mask hangs together with what of it is in a seed, both (height, width)."""
    found, size = mask & seed, -1
    while size != (size := int(found.sum())):
        found = grown(found, 1) & mask
    return found
