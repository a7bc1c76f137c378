"""Looks for a claim in the plane: is its ink in the picture where the values say?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.claims import Picture, Seen
from gdlecture.verify.ink import Block, blocks, centroid, fill, judge_line
from gdlecture.verify.patches import Patch, painted
from gdlecture.verify.shapes import Shape, Style

Mask = NDArray[np.bool_]

TRANSLUCENT = 0.5
"""Areas less opaque than this are looked for by their outline's place only, not by their colour."""


def check_shape(shape: Shape, picture: Picture, foreign: Mask, unlike: Mask) -> Seen:
    """Whether the lines and areas of a shape are in a picture.

    `foreign` (height, width) is other ink there, `unlike` that of other colours.
    """
    found = _lines(shape, picture, foreign)
    # Among ink of its own colour, and under other ink, a line can be found, but not be missed.
    for other in (unlike, np.zeros_like(foreign)):
        if not found.looked:
            again = _lines(shape, picture, other)
            found = found if again.failure else again
    filled = [
        _filled(picture, line, style, foreign, unlike)
        for line, style in zip(shape.lines, shape.styles, strict=True)
        if style.fill and style.fill[1] >= TRANSLUCENT and len(line) > 2 and not style.stroke
    ]
    if found.failure or not filled:
        return found
    bad = next((seen for seen in filled if seen.failure), None)
    looked = found.looked or any(seen.looked for seen in filled)
    errors = [seen.error for seen in (found, *filled) if np.isfinite(seen.error)]
    return bad or Seen(error=max(errors, default=float("nan")), looked=looked)


def _lines(shape: Shape, picture: Picture, foreign: Mask) -> Seen:
    told: list[Block] = []
    for line, style in zip(shape.lines, shape.styles, strict=True):
        if style.stroke and len(line) > 1:
            colour, opacity, width = style.stroke
            told += blocks(
                picture, line, width, colour,
                opacity=opacity, foreign=foreign, dashed=shape.dashed,
            )  # fmt: skip
    return judge_line(told, picture.stature, dashed=shape.dashed)


def _filled(
    picture: Picture, line: NDArray[np.float64], style: Style, foreign: Mask, unlike: Mask
) -> Seen:
    size = (picture.frame.height, picture.frame.width)
    area = painted([line], size, filled=True)
    if area is None or style.fill is None:
        return Seen(looked=False)
    rows, columns = area.window
    # A border of ground around, so that there is something to tell the area from.
    room = 3
    near = min(rows.start, columns.start) < room
    if near or rows.stop + room > size[0] or columns.stop + room > size[1]:
        return Seen(looked=False)
    mask = np.pad(area.mask, room)
    corner = (rows.start - room, columns.start - room)
    colour, opacity = style.fill
    return fill(
        picture, mask, corner, colour,
        opacity=opacity, foreign=unlike, alike=foreign, middle=centroid(line),
    )  # fmt: skip


def patch_of(shape: Shape, size: tuple[int, int], more: float) -> Patch | None:
    """Where a shape's ink may be, and `more` px around; `size` is the picture's (height, width)."""
    widths = [style.stroke[2] if style.stroke else 0.0 for style in shape.styles]
    filled = any(style.fill for style in shape.styles)
    return painted(shape.lines, size, width=max(widths, default=0.0), filled=filled, more=more)
