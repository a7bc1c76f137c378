"""The short dissolve between two clips of the lecture: new pictures, encoded as the clips are."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from gdlecture.media.video import finish_mp4, frames_at, video_facts
from gdlecture.render.formats import repeatable
from gdstage.shape import WIDE, shape_of
from gdstage.studio import ENCODER

LENGTH = Fraction(6, 15)
"""Seconds from the last picture of a clip to the first of the next: whole ticks, as all is."""

HEADING, CAPTION = 1.12, 0.76
"""So far from the top the heading is over, from the bottom the caption begins (scene units)."""

LINES = 0.8
"""How much more there is of both where the frame is narrow, and words have lines."""


def dissolve_frames(fps: float | Fraction) -> int:
    """How many pictures a dissolve has at so many frames a second."""
    return round(LENGTH * Fraction(fps))


def dissolve(before: np.ndarray, after: np.ndarray, count: int) -> Iterator[np.ndarray]:
    """The `count` pictures between two, neither included: the one becomes the other.

    A heading goes before the next comes, and so does a caption, as within a clip: words through
    words are not read. What is between them fades over. Pictures are bytes of shape (3/2 height,
    width), as yuv420p is stored, in which a blend is as good as in colours; the height is a
    multiple of 4.
    """
    height = 2 * len(before) // 3
    words, ground = _words(before.shape[1], height), _ground(before, height)
    leaving, coming = before - ground, after - ground
    for i in range(1, count + 1):
        share = i / (count + 1)
        gone = np.where(words, _smooth(min(1.0, 2 * share)), _smooth(share))
        come = np.where(words, _smooth(max(0.0, 2 * share - 1)), _smooth(share))
        picture = ground + (1 - gone) * leaving + come * coming
        yield np.rint(picture).astype(np.uint8)


def _smooth(share: float) -> float:
    """Slow at its ends, so that a dissolve is less of a cut."""
    return share * share * (3 - 2 * share)


def _words(width: int, height: int) -> np.ndarray:
    """Which rows of a stored picture are the heading's or the caption's: a column of booleans."""
    shape = shape_of(width, height)
    more = LINES if shape.width < WIDE.width else 0.0
    heading, caption = ((zone + more) / shape.height for zone in (HEADING, CAPTION))
    colours = np.arange(height // 2) % (height / 4) / (height / 4)  # two planes, of half the rows
    down = np.concatenate([np.arange(height) / height, colours])[:, np.newaxis]
    return (down < heading) | (down > 1 - caption)


def _ground(picture: np.ndarray, height: int) -> np.ndarray:
    """What is in a picture's corner, where nothing is drawn: for each row of its planes."""
    planes = np.split(picture.astype(float), [height, height + height // 4])
    return np.concatenate([np.full((len(plane), 1), plane[0, 0]) for plane in planes])


def write_dissolve(before: Path, after: Path, target: Path, fps: Fraction) -> None:
    """Write the dissolve between two finished mp4s as an mp4 that is finished as they are.

    Raises:
        MediaError: one of the two cannot be read.
    """
    last = video_facts(before).frames - 1
    ((_, one),), ((_, other),) = frames_at(before, [last]), frames_at(after, [0])
    pictures = dissolve(one.to_ndarray(), other.to_ndarray(), dissolve_frames(fps))
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.mp4"
        _encode(list(pictures), raw, fps)
        finish_mp4(raw, target, "dissolve", fps)


def encoder_options() -> dict[str, str]:
    """What the encoder of every clip is told, and what gives the same bytes each time here."""
    return repeatable(ENCODER)


def _encode(pictures: list[np.ndarray], target: Path, fps: Fraction) -> None:
    """Encode pictures in yuv420p as manim does: a player is told of the encoding but once."""
    frames = [av.VideoFrame.from_ndarray(picture, format="yuv420p") for picture in pictures]
    with av.open(target, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=fps, options=encoder_options())
        stream.width, stream.height = frames[0].width, frames[0].height
        stream.pix_fmt = "yuv420p"
        for frame in [*frames, None]:  # None has it give what it still holds
            container.mux(stream.encode(frame))
