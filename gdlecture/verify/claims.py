"""The claims of a clip as they are checked, and the pictures in which they are looked for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

Image = NDArray[Any]

GLIMPSE = 0.1
"""Seconds that what is claimed in motion stands."""

ON_ITS_WAY = 1.6
"""Times the tolerance that a line, sign or colour may be off in the one frame in which it moves.

There is no other frame to judge by, and the encoder gives to what moves fewer bits.
"""


LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
"""How much each channel lightens a pixel."""

UNITS_UP = {16 / 9: 8.0, 4 / 3: 32 / 3, 1.0: 11.0, 9 / 16: 176 / 9}
"""By the shape of a frame, width over height, how many units of the scene it is high."""


def stature(width: int, height: int) -> float:
    """The height (px) of a wide picture in which all is as large as in one of a size (px).

    What is drawn, as the ticks of axes, is as large in units of the scene in frames of all shapes.
    """
    shape = min(UNITS_UP, key=lambda shape: abs(math.log(shape * height / width)))
    return height * UNITS_UP[16 / 9] / UNITS_UP[shape]


@dataclass(frozen=True, eq=False)
class Claim:
    """One claim: its `kind`, `what` it is, when it stood, in which `scale`; `told` is the rest."""

    kind: str
    what: str
    t0: float
    t1: float
    scale: str | None
    told: Mapping[str, Any]

    @property
    def moves(self) -> bool:
        """Whether it is claimed in motion."""
        return self.t1 - self.t0 < GLIMPSE

    @property
    def is_mark(self) -> bool:
        """Whether it is the lecture's mark in a corner: a picture, or a name."""
        return self.what == "mark" and self.kind in {"scenery", "word"}

    @property
    def name(self) -> str:
        """The claim as a failure names it."""
        told = self.told.get("text")
        said = f" {told!r}" if told else ""
        return f"{self.kind} “{self.what}”{said} at {self.t0:.2f} s"

    def off(self, x: float, y: float) -> float:
        """How far a place of the picture is from the claim's box, px; 0 in it."""
        left, top, right, bottom = self.told["box"]
        return math.hypot(max(left - x, x - right, 0.0), max(top - y, y - bottom, 0.0))


@dataclass(frozen=True)
class Seen:
    """What became of looking for a claim in one picture.

    `failure` says what was expected and what was found, or is "". `error` is how far off it was, px
    (nan where that is not measured), `missing` which share was not in its place. `looked` is false
    where nothing of it could be judged, as behind other ink. `allowed` is how far off it may be,
    px, where that is not what its kind may.
    """

    failure: str = ""
    error: float = float("nan")
    looked: bool = True
    missing: float = float("nan")
    allowed: float | None = None


@dataclass(frozen=True, eq=False)
class Picture:
    """One decoded frame; pixels are (row, column), the first one's centre is at (0.5, 0.5) px."""

    frame: av.VideoFrame
    index: int

    @cached_property
    def rgb(self) -> Image:
        """Its colours, (height, width, 3), uint8."""
        return self.frame.to_ndarray(format="rgb24")

    @cached_property
    def luma(self) -> NDArray[np.float32]:
        """How light it is, (height, width), 0…255."""
        return np.asarray(self.rgb.astype(np.float32) @ LUMA)

    @property
    def stored_luma(self) -> NDArray[np.uint8]:
        """How light it is, (height, width), as it is stored: 16…235."""
        return self.stored[0]

    @cached_property
    def stored(self) -> tuple[NDArray[np.uint8], ...]:
        """Its planes as they are stored: how light it is, and two of chroma, of half the size."""
        height, width = self.frame.height, self.frame.width
        lines = [
            np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
            for plane in self.frame.planes
        ]
        halves = [line[: (height + 1) // 2, : (width + 1) // 2] for line in lines[1:]]
        return (lines[0][:height, :width], *halves)

    @property
    def scale(self) -> float:
        """How large all is in it beside a wide picture 1080 px high."""
        return self.stature / 1080

    @property
    def stature(self) -> float:
        """Its stature, px."""
        return stature(self.frame.width, self.frame.height)
