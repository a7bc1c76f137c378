"""Watches proved ink from frame to frame: if it changes, it is to be looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.claims import Picture
from gdlecture.verify.patches import Patch

Array = NDArray[np.int64]

POINTS = 120
CHANGED, MUCH = 36, 0.22
"""Levels by which a watched pixel differs from before, and from which share of them it counts."""

TINTED = 16
"""Levels of chroma that make as much of a change: half of what is ink beside the ground."""

STIRRED = 9.0
"""Side of a square (px at 1080p): so much may change in a picture in which all stands."""


@dataclass(frozen=True, eq=False)
class Pose:
    """A picture of a stretch (first, past) in which all must stand."""

    picture: Picture
    stretch: tuple[int, int]

    @cached_property
    def planes(self) -> list[NDArray[np.int16]]:
        """Its light and its two chromas, each at half of the resolution."""
        luma, *chromas = self.picture.stored
        return [plane.astype(np.int16) for plane in (luma[::2, ::2], *chromas)]

    def differs(self, other: Pose) -> bool:
        """Whether another picture of that stretch is not as this one."""
        least = (STIRRED * self.picture.scale) ** 2 / 4
        limits = (CHANGED, TINTED, TINTED)
        return self.stretch == other.stretch and any(
            (np.abs(one - two) > limit).sum() > least
            for one, two, limit in zip(self.planes, other.planes, limits, strict=True)
        )


@dataclass(eq=False)
class Watched:
    """Pixels at the border of some ink, and how light they were when it was proved."""

    rows: Array
    columns: Array
    levels: NDArray[np.int16] | None = None

    def keep(self, luma: NDArray[np.uint8]) -> None:
        """Take a picture's light as what is to stay."""
        self.levels = luma[self.rows, self.columns].astype(np.int16)

    def has_changed(self, luma: NDArray[np.uint8]) -> bool:
        """Whether a good part of it is not as it was."""
        if self.levels is None:
            return False
        off = np.abs(luma[self.rows, self.columns].astype(np.int16) - self.levels)
        return bool((off > CHANGED).mean() > MUCH)


def watched(patch: Patch) -> Watched | None:
    """The pixels next to the border of where ink is, on both sides of it, at most so many."""
    mask = patch.mask
    if min(mask.shape) < 3:
        return None
    edge = np.zeros_like(mask)
    edge[1:-1, 1:-1] = mask[1:-1, 1:-1] & ~(
        mask[:-2, 1:-1] & mask[2:, 1:-1] & mask[1:-1, :-2] & mask[1:-1, 2:]
    )
    rows, columns = np.nonzero(edge)
    if len(rows) < 8:
        return None
    picked = np.linspace(0, len(rows) - 1, min(POINTS, len(rows))).astype(int)
    return Watched(rows[picked] + patch.top, columns[picked] + patch.left)
