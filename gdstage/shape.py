"""The shape of the frame: wide, as screens are, or another, for which clips have other layouts.

A process draws in one shape, which the environment names before this is imported: places in the
frame are constants. In a shape less wide there are fewer pixels to a scene unit, but never so few
that the smallest text has less than 28 of them to an em, of 1080 lines or columns.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

VARIABLE = "GDLECTURE_SHAPE"
"""Environment variable that chooses the shape by name; `lecture render --shape` sets it."""


@dataclass(frozen=True)
class Shape:
    """A frame of so many parts across and up, `width` scene units wide."""

    name: str
    across: int
    up: int
    width: float

    @property
    def height(self) -> float:
        """Of the frame, in scene units."""
        return self.width * self.up / self.across

    def pixels(self, lines: int) -> tuple[int, int]:
        """The frame's width and height in pixels, the smaller of which is so many."""
        least = min(self.across, self.up)
        return self._even(lines * self.across / least), self._even(lines * self.up / least)

    @staticmethod
    def _even(size: float) -> int:
        """The nearest even number, as encoders want it; of two the larger."""
        return 2 * int(size / 2 + 0.5)


SHAPES = {
    shape.name: shape
    for shape in (
        Shape("16:9", 16, 9, 8 * 16 / 9),
        Shape("4:3", 4, 3, 8 * 16 / 9),
        Shape("1:1", 1, 1, 11.0),
        Shape("9:16", 9, 16, 11.0),
    )
}
WIDE = SHAPES["16:9"]


def shape_of(width: int, height: int) -> Shape:
    """The shape that pictures of a size (px) have, or the nearest."""
    return min(SHAPES.values(), key=lambda shape: abs(shape.across / shape.up - width / height))


def shape_here() -> Shape:
    """The shape that the environment asks for: wide unless told otherwise.

    Raises:
        ValueError: the variable names no shape.
    """
    name = os.environ.get(VARIABLE) or WIDE.name
    if name not in SHAPES:
        raise ValueError(f"{VARIABLE}={name!r} is no shape; choose one of {', '.join(SHAPES)}")
    return SHAPES[name]


@contextmanager
def chosen(variable: str, value: str) -> Iterator[None]:
    """Have a variable of the environment be so meanwhile, and then as it was."""
    before = os.environ.get(variable)
    os.environ[variable] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[variable]
        else:
            os.environ[variable] = before
