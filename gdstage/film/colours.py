"""Frames in the encoder's colours, of which only the rows are turned that have changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import av
import numpy as np
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

REACH, MARGIN = 4, 8
"""Rows to which the colours of others reach when four pixels share one; and how many are turned."""

Pixels = NDArray[np.uint8]


class EncoderColours:
    """Turns frames of one film from RGBA to a pixel format of the encoder's."""

    def __init__(self, width: int, height: int, pixel_format: str) -> None:
        self.width, self.height, self.format = width, height, pixel_format
        self._converter = VideoReformatter()
        self._planes: list[Pixels] = []

    def turned(self, pixels: Pixels, bands: Iterable[tuple[int, int]]) -> av.VideoFrame:
        """A frame (height, width, 4) that differs from the last one in these rows (from, past)."""
        if not self._planes:
            bands = [(0, self.height)]
        for first, past in bands:
            self._turn(pixels, first, past)
        frame = av.VideoFrame(self.width, self.height, self.format)
        for own, plane in zip(self._planes, frame.planes, strict=True):
            _rows(plane)[:, : own.shape[1]] = own
        return frame

    def _turn(self, pixels: Pixels, first: int, past: int) -> None:
        low, high = max(first - MARGIN, 0), min(past + MARGIN, self.height)
        first, past = max(first - REACH, 0), min(past + REACH, self.height)
        part = av.VideoFrame.from_numpy_buffer(pixels[low:high], format="rgba")
        turned = self._converter.reformat(part, self.width, high - low, self.format, threads=1)
        fresh = [_rows(plane) for plane in turned.planes]
        if not self._planes:
            self._planes = [rows.copy() for rows in fresh]
            return
        for own, rows in zip(self._planes, fresh, strict=True):
            share = own.shape[0] / self.height  # the rows of colour are half as many
            a, b = round(first * share), round(past * share)
            skip = round((first - low) * share)
            own[a:b] = rows[skip : skip + b - a]


def _rows(plane: Any) -> Pixels:
    """The bytes of a plane, a row each, with what is stored beyond its width."""
    return np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)
