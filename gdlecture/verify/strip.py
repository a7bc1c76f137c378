"""Each picture of the video is the one that was drawn, as far as a few hundred pixels tell."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

if TYPE_CHECKING:
    from gdlecture.verify.claims import Picture

MOST_OFF = 6
"""How far a block's mean may be from what was drawn, of 255, by what the encoder loses."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Strip:
    """The film in small: `pictures` (n, 3, up, across), one of `every` so many frames.

    A pixel is the mean of a block of the frame, as a video has it: how light, how blue, how red.
    """

    every: int
    pictures: NDArray[np.uint8]

    def wrong(self, picture: Picture) -> tuple[str, Box] | None:
        """How a decoded picture is not the one that was drawn, and its box (px) that is so most.

        It is one of those that are kept, or beyond the last.
        """
        number = picture.index // self.every
        if number >= len(self.pictures):
            return None
        drawn = self.pictures[number].astype(np.int16)
        _, up, across = drawn.shape
        off = np.abs(drawn - in_small(picture, across, up)).max(axis=0)
        row, column = np.unravel_index(off.argmax(), off.shape)
        if off[row, column] <= MOST_OFF:
            return None
        wide, high = picture.frame.width / across, picture.frame.height / up
        left, top = column * wide, row * high
        told = f"expected the picture that was drawn, found another, off by {off.max()} of 255"
        return told, (float(left), float(top), float(left + wide), float(top + high))


def in_small(picture: Picture, across: int, up: int) -> NDArray[np.int16]:
    """A decoded picture as a strip has it (3, up, across)."""
    return np.array(
        [
            Image.fromarray(plane).resize((across, up), Image.Resampling.BOX)
            for plane in picture.stored
        ],
        dtype=np.int16,
    )


def unpacked(packed: str, number: int, across: int, up: int) -> NDArray[np.uint8]:
    """So many tiny pictures (n, 3, up, across), which the evidence has as what each changes.

    Raises:
        ValueError: they are not packed so, are more or fewer, or of another size.
    """
    size = 3 * up * across
    try:
        whole = base64.b64decode(packed, validate=True)
        changes = zlib.decompressobj().decompress(whole, number * size + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if len(changes) != number * size:
        raise ValueError(f"expected {number} pictures of {across}×{up}")
    tiny = np.frombuffer(changes, np.uint8).reshape(number, 3, up, across)
    return np.add.accumulate(tiny, axis=0, dtype=np.uint8)
