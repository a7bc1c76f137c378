"""Where things are in a clip of any descent, in a frame of each shape (scene units)."""

from __future__ import annotations

from dataclasses import replace

from gdstage.layout import FIGURE, HEADING, IS_NARROW, IS_TALL, PANEL, PICTURE, SHAPE, Box
from gdstage.shape import WIDE
from gdstage.walks.badge import VERDICT
from gdstage.walks.readouts import COLUMN

GRAPH = FIGURE.within(left=0.85, right=0.834, bottom=0.8, top=1.43)
HEADLINE = PICTURE.top - 0.45
"""The baseline of the function's formula."""

HIGHEST = HEADING.bottom - 0.05
"""Where the heading's descenders end."""

NAME_WIDTH = FIGURE.right - HEADING.left - 0.784, PICTURE.right - HEADING.left - 0.55
"""What the formula of one variable may take, and that of two."""

ROOM = PICTURE.within(left=0.7, right=0.7, bottom=0.15, top=0.8)
NAMES, TICKS, ASIDE = 0.9, 0.6, 0.15
"""How much is left over a map, or left of it, for its axes' names; under it; and how far under the
middle of its room it is."""

UNDER_MAP, UNDER_BOTH = (1.3, 2.7) if IS_TALL else (0.6, 2.2)
"""What numbers and a verdict take beneath the map in other frames than the wide one; a board."""


def _square(left: float, side: float, middle: float) -> Box:
    """A box of that side from `left` on, around a height."""
    return Box(left, left + side, middle - side / 2, middle + side / 2)


def _parted(room: Box) -> tuple[Box, Box]:
    """The space's part of a room and the map: under it where the room is tall, else beside it."""
    if IS_TALL:
        side = min(0.53 * room.height, room.width - 1.4)
        bottom = room.bottom + TICKS
        flat = _square(float(room.middle[0]) - side / 2, side, bottom + side / 2)
        return replace(room, bottom=flat.top + NAMES), flat
    side = min(0.4 * room.width, room.height - NAMES - TICKS)
    flat = _square(room.right - side, side, float(room.middle[1]) - ASIDE)
    return replace(room, right=flat.left - NAMES), flat


def _places() -> tuple[tuple[Box, Box], tuple[Box, Box]]:
    """Space and map alone, and with a board: beside them in the wide frame, else beneath."""
    if SHAPE == WIDE:
        alone = replace(ROOM, right=1.5), Box(left=2.2, right=5.95, bottom=-2.45, top=1.3)
        small = Box(left=-1.45, right=1.85, bottom=-2.35, top=0.95)
        return alone, (replace(ROOM, right=-2.2, top=ROOM.top - 0.15), small)
    low = ROOM.bottom
    return _parted(replace(ROOM, bottom=low + UNDER_MAP)), _parted(
        replace(ROOM, bottom=low + UNDER_BOTH)
    )


ALONE, COMPARED = _places()

_SIDE = min(PICTURE.height - 1.1, PICTURE.width - 2.0)
BASINS = _square(-_SIDE / 2, _SIDE, float(PICTURE.middle[1]))

LINE = tuple(HEADING.left + (0.9 if IS_NARROW else 1.0) * at for at in (0, 2, 3.25, 5.7, 8.15))
"""Where α, k, x, y and f begin on the line of numbers."""

LINE_BASELINE = PICTURE.bottom + 0.85 if IS_TALL else HEADLINE
VERDICTS = (
    (COLUMN, VERDICT),
    (ALONE[1].left + 0.4, ALONE[1].top + 0.58)
    if SHAPE == WIDE
    else (HEADING.left, PICTURE.bottom + 0.1),
)
"""From where a verdict is written, in one variable and in two."""


def board_at(dimension: int) -> tuple[float, float, bool]:
    """From where (x, top) a board is written, and whether it is folded."""
    if IS_TALL or (dimension == 2 and SHAPE != WIDE):
        return HEADING.left, PICTURE.bottom + UNDER_BOTH - 0.45, True
    return COLUMN, PANEL.top - 1.25, False
