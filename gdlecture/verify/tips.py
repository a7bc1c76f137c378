"""Where a line of a space ends in the picture: an arrow that is too long or too short says so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.areas import Scene
from gdlecture.verify.claims import Claim, Picture, Seen
from gdlecture.verify.ink import FAINTEST, colours_at, covered
from gdlecture.verify.space_lines import Line, stroke_of

Array = NDArray[np.float64]

TOLERANCE_AT_1080, FINEST = 4.0, 2.2
"""How far off an end may be in a picture 1080 px high, px, and the least that is asked of one.

A head's tip is so thin that its last pixels are hardly there."""

REACH_AT_1080, LEAST_REACH = 16.0, 9.0
FINE, TINY = 0.25, 1e-6


def check_tips(
    line: Line, claim: Claim, scene: Scene, picture: Picture, foreign: NDArray[np.bool_]
) -> list[Seen]:
    """Whether the ink of a line begins and ends where it must, one answer each."""
    pixels, _ = scene.view.seen(line.points)
    _, width = stroke_of(claim)
    reach = max(REACH_AT_1080 * picture.scale, LEAST_REACH)
    if np.hypot(*(pixels[-1] - pixels[0])) < 2 * reach:
        return []
    share, ink = scene.before(line.points[[0, -1]], np.tile(line.colour, (2, 1)))
    told = []
    for end, inner in ((0, 1), (-1, -2)):
        way = pixels[end] - pixels[inner]
        if share[end] >= 1 and np.hypot(*way) > TINY:
            # Lines end in half a disc, arrows in a tip.
            sharp = end == -1 and ("head" in claim.told or claim.kind == "arrows")
            cap = 0.0 if sharp else width / 2
            spots = _Spots(pixels[end], way / np.hypot(*way), reach, cap)
            places = spots.places(width)
            profile = colours_at(picture, places).mean(axis=1)
            if not covered(foreign, places).any() and not np.isnan(profile).any():
                told.append(_check(spots, ink[end], scene, picture, profile))
    return told


@dataclass(frozen=True, eq=False)
class _Spots:
    """Where the end of a line is (2,), px, its direction there, and how far around is looked.

    The ink may go on for a `cap`, px.
    """

    at: Array
    way: Array
    reach: float
    cap: float

    @property
    def along(self) -> Array:
        """How far each spot is beyond the end, px."""
        return np.arange(-self.reach, self.reach + FINE / 2, FINE)

    def places(self, width: float) -> Array:
        """Pixels (n, k, 2): along the line, and some across its breadth."""
        aside = np.array([-self.way[1], self.way[0]]) * np.linspace(-0.3, 0.3, 5)[:, None] * width
        return np.asarray(self.at + self.along[:, None, None] * self.way + aside)


def _check(spots: _Spots, ink: Array, scene: Scene, picture: Picture, profile: Array) -> Seen:
    beyond = scene.look((spots.at + spots.reach * spots.way)[None]).colour[0]
    size = float((ink - beyond) @ (ink - beyond))
    if size < (2 * FAINTEST) ** 2:
        return Seen(looked=False)
    inked = np.clip((profile - beyond) @ (ink - beyond) / size, 0, 1)
    off = float((inked > 0.5).sum() * FINE - spots.reach - spots.cap)
    limit = max(TOLERANCE_AT_1080 * picture.scale, FINEST)
    if abs(off) <= limit:
        return Seen(error=abs(off))
    x, y = spots.at
    return Seen(
        f"expected an end of it at ({x:.1f}, {y:.1f}) ± {limit:.1f} px, "
        f"found it {abs(off):.1f} px {'beyond' if off > 0 else 'before'} that",
        abs(off),
    )
