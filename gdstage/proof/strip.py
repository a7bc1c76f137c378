"""The film in small: of what was drawn, tiny pictures that its video is held against.

Between two glimpses of what moves no claim says where it is. But that the video shows then what was
drawn, and in its order, can be seen even in pictures of a few hundred pixels.
"""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

PICTURES_A_SECOND = 15
ACROSS, UP = 32, 18

# BT.601, limited range, as videos are coded: how light, then how blue and how red.
CODED = np.array(
    [[65.481, 128.553, 24.966], [-37.797, -74.203, 112.0], [112.0, -93.786, -18.214]]
) / 255  # fmt: skip
ZERO = np.array([16.0, 128.0, 128.0])


@dataclass
class Strip:
    """Tiny pictures of a film, as it is written."""

    _every: int = 1
    _frames: int = 0
    _pictures: list[tuple[bytes, int]] = field(default_factory=list)

    def add(self, pixels: Any, frames: int, fps: float) -> None:
        """Keep what is due of a frame (height, width, 4), 0…255, that is shown so often."""
        self._every = max(1, round(fps / PICTURES_A_SECOND))
        first, self._frames = self._frames, self._frames + frames
        due = range(-(-first // self._every), -(-self._frames // self._every))
        if due:
            self._pictures.append((_tiny(np.ascontiguousarray(pixels)), len(due)))

    def __len__(self) -> int:
        """How many pictures are kept."""
        return sum(times for _, times in self._pictures)

    def record(self) -> dict[str, Any]:
        """The strip as the evidence file has it."""
        kept = b"".join(picture * times for picture, times in self._pictures)
        pictures = np.frombuffer(kept, np.uint8).reshape(-1, 3 * ACROSS * UP)
        # Each as what it changes, modulo 256: what stands is naught, and takes no room.
        changes = np.diff(pictures, axis=0, prepend=np.zeros_like(pictures[:1]))
        packed = base64.b64encode(zlib.compress(changes.tobytes(), 9)).decode("ascii")
        return {"every": self._every, "across": ACROSS, "up": UP, "pictures": packed}


def _tiny(pixels: NDArray[np.uint8]) -> bytes:
    """The mean of each block, in whole numbers as a video has them: one plane after the other."""
    height, width, _ = pixels.shape
    # X, not A: whatever is transparent counts as much, and nothing is copied.
    whole = Image.frombuffer("RGBX", (width, height), pixels, "raw", "RGBX", 0, 1)
    means = np.asarray(whole.resize((ACROSS, UP), Image.Resampling.BOX))[..., :3]
    planes = np.tensordot(CODED, means, axes=(1, 2)) + ZERO[:, None, None]
    return bytes(np.rint(planes).astype(np.uint8))
