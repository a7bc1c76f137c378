"""Find the dots of the evidence in the decoded video."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdlecture.media.video import all_frames
from gdlecture.verify.evidence import Evidence, Mark

TOLERANCE_AT_1080 = 1.5
"""How far a dot's centroid may be from its pixel, in px of a picture 1080 px high."""

PLAUSIBLE_AREA = (0.6, 1.4)
"""Of the area of a whole disc: what of it must be seen. Edges blend into what is behind."""

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


def tolerance(height: int) -> float:
    """How far off a dot may be in a picture of this height, px."""
    return TOLERANCE_AT_1080 * height / 1080


def frames_of(mark: Mark, fps: float) -> tuple[int, ...]:
    """The frames in which a mark is looked for: the middle one of its stay, and the last."""
    first, past = round(mark.t0 * fps), round(mark.t1 * fps)
    return tuple(sorted({(first + past - 1) // 2, past - 1}))


def sightings(video: Path, evidence: Evidence) -> Iterator[Sighting]:
    """Look for each mark that is on screen, in one pass through the video.

    Frames that the video does not have are not looked at.

    Raises:
        MediaError: the video cannot be decoded.
    """
    due: dict[int, list[Mark]] = defaultdict(list)
    for mark in (mark for mark in evidence.marks if mark.on_screen):
        for index in frames_of(mark, evidence.fps):
            due[index].append(mark)
    for index, frame in enumerate(all_frames(video)):
        if index in due:
            picture = frame.to_ndarray(format="rgb24")
            for mark in due[index]:
                yield look_for(mark, picture, index)


def look_for(mark: Mark, picture: NDArray[Any], frame: int) -> Sighting:
    """Look for a mark in a picture (height, width, 3), within two radii of its pixel.

    The centre of the picture's first pixel is at (0.5, 0.5).
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
    share[right_of**2 + below**2 > reach**2] = 0.0
    area = float(share.sum())
    if area == 0:
        return Sighting(mark, frame, (math.nan, math.nan), 0.0)
    offset = float((share * right_of).sum()) / area, float((share * below).sum()) / area
    return Sighting(mark, frame, offset, area / (math.pi * mark.radius**2))
