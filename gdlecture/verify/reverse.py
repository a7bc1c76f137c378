"""The reverse: is there ink in a picture that no claim accounts for?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.axes import ground_of
from gdlecture.verify.claims import Picture

Mask = NDArray[np.bool_]

DIFFERENT = 48
"""Levels by which a pixel differs from the ground, and is ink. The encoder's noise is below."""

CELL = 24
"""Side (px at 1080p) of the squares that unaccounted ink is counted in."""

LEAST = 0.08
"""Of such a square, what must be ink that nothing accounts for, to be told."""


@dataclass(frozen=True)
class Stray:
    """Ink that no claim accounts for: in which frame, its box (left, top, right, bottom), px.

    It is `sudden` where it came while all else stood.
    """

    frame: int
    box: tuple[int, int, int, int]
    pixels: int
    sudden: bool = False


@dataclass(frozen=True)
class Account:
    """How much ink a picture has and how much of it is claimed, in pixels, and what strays."""

    ink: int
    claimed: int
    strays: tuple[Stray, ...]


def account(picture: Picture, claimed: Mask) -> Account:
    """Hold all ink of a picture against where claims' ink may be (height, width)."""
    ink = is_ink(picture, ground_of(picture))
    strays = tuple(strays_in(ink & ~claimed, picture))
    return Account(int(ink.sum()), int((ink & claimed).sum()), strays)


def is_ink(picture: Picture, ground: NDArray[np.float64]) -> Mask:
    """Which pixels (height, width) are not of the ground, whose colour is 0…255."""
    ink = np.zeros(picture.rgb.shape[:2], dtype=bool)
    for channel in range(3):
        ink |= (
            np.abs(picture.rgb[..., channel].astype(np.int16) - round(ground[channel])) > DIFFERENT
        )
    return ink


def strays_in(stray: Mask, picture: Picture) -> Iterable[Stray]:
    """The places in a picture where there are enough pixels of some ink to be told."""
    side = max(8, round(CELL * picture.scale))
    height, width = stray.shape
    rows, columns = height // side + 1, width // side + 1
    padded = np.zeros((rows * side, columns * side), dtype=bool)
    padded[:height, :width] = stray
    counts = padded.reshape(rows, side, columns, side).sum(axis=(1, 3))
    full = counts > LEAST * side * side
    for group in _groups(full):
        (top, left), (bottom, right) = group.min(axis=0), group.max(axis=0) + 1
        box = (left * side, top * side, min(right * side, width), min(bottom * side, height))
        pixels = int(counts[tuple(group.T)].sum())
        yield Stray(picture.index, tuple(int(v) for v in box), pixels)  # type: ignore[arg-type]


def _groups(full: Mask) -> Iterable[NDArray[np.int64]]:
    """The cells (n, 2) of each connected group, corners counting."""
    waiting = {(int(row), int(column)) for row, column in np.argwhere(full)}
    while waiting:
        found, front = [], [waiting.pop()]
        while front:
            row, column = front.pop()
            found.append((row, column))
            near = {
                (row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)
            } & waiting
            waiting -= near
            front += near
        yield np.array(found)
