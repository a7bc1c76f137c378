"""Where things are in the frame: boxes, and text within the safe frame and off other text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.text import Typeset
from gdstage.shape import WIDE, shape_here

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Place = NDArray[np.float64]

MARGIN = 0.3
"""How far text stays from the edge of the frame, in scene units."""

OVERLAP = 0.01
PARALLEL = 1e-12


@dataclass(frozen=True)
class Box:
    """A rectangle of the frame, in scene units."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def width(self) -> float:
        """From left to right, in scene units."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top, in scene units."""
        return self.top - self.bottom

    @property
    def middle(self) -> Place:
        """Its middle (3,), in scene units."""
        return np.array([(self.left + self.right) / 2, (self.bottom + self.top) / 2, 0.0])

    def contains(self, place: Place) -> bool:
        """Whether a place (3,) of the scene is in the box."""
        return bool(self.left <= place[0] <= self.right and self.bottom <= place[1] <= self.top)

    def way_out(self, start: Place, place: Place) -> Place:
        """Where the way from a place (3,) in the box to one (3,) out of it crosses the border."""
        low, high = np.array([self.left, self.bottom]), np.array([self.right, self.top])
        way = (place - start)[:2]
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = np.where(way > 0, (high - start[:2]) / way, (low - start[:2]) / way)
        share = float(np.min(shares[way != 0], initial=1.0))
        return start + share * (place - start)

    def chord(self, place: Place, along: Place, reach: float = np.inf) -> Place:
        """Both ends (2, 3) of a line's piece in the box, at most `reach` to each side of a place.

        The place (3,) lies in the box and the line goes `along` (3,), not zero; scene units.
        """
        unit = along / np.linalg.norm(along)
        back, forth = -reach, reach
        for step, start, low, high in zip(
            unit, place, (self.left, self.bottom), (self.right, self.top), strict=False
        ):
            # A direction this close to an axis never meets the borders along it.
            if abs(step) > PARALLEL:
                one, other = sorted(((low - start) / step, (high - start) / step))
                back, forth = max(back, one), min(forth, other)
        return np.array([place + min(back, 0.0) * unit, place + max(forth, 0.0) * unit])

    def parted(self, share: float, gap: float = 0.0) -> tuple[Box, Box]:
        """Its left part, of a share (0…1) of its width, and the right one, a gap apart."""
        border = self.left + share * self.width
        return replace(self, right=border - gap / 2), replace(self, left=border + gap / 2)

    def within(
        self, left: float = 0.0, right: float = 0.0, bottom: float = 0.0, top: float = 0.0
    ) -> Box:
        """The box that is left of it inside margins, in scene units."""
        return Box(self.left + left, self.right - right, self.bottom + bottom, self.top - top)


SHAPE = shape_here()

# A little more than the margin at the sides: what is drawn there has lines of some breadth.
_SIDE = WIDE.width / 2 - 6.8
_RIGHT, _TOP = round(SHAPE.width / 2 - _SIDE, 9), round(SHAPE.height / 2 - MARGIN, 9)

IS_NARROW = SHAPE.width < WIDE.width
"""Whether words have lines, as there is less room than a title or a caption takes."""

IS_TALL = SHAPE.height > SHAPE.width * 4 / 3
"""Whether numbers stand beneath a figure, not beside it."""

# In scene units: how high the zones of words are, and how far below the frame's margin the first.
_HEADING_HEIGHT, _CAPTION_HEIGHT, _BETWEEN = (1.5, 1.1, 0.2) if IS_NARROW else (0.75, 0.55, 0.1)

HEADING = Box(0.25 - _RIGHT, _RIGHT, _TOP - _HEADING_HEIGHT, _TOP)
CAPTION = Box(-_RIGHT, _RIGHT, -_TOP, _CAPTION_HEIGHT - _TOP)
PICTURE = Box(-_RIGHT, _RIGHT, CAPTION.top + _BETWEEN, HEADING.bottom - _BETWEEN)
"""The zones of the frame: the picture has the most, words its margins."""

PANEL_WIDTH, PANEL_HEIGHT, _GAP = 4.066, 5.9, 0.3
BENEATH_HEIGHT = 3.6
"""How high the panel is beneath a figure, where it has two columns (scene units)."""


def _parts() -> tuple[Box, Box]:
    """The picture's parts where numbers stand beside a figure, or beneath it.

    Beside it, numbers take the same room in all shapes, from the top of theirs.
    """
    if IS_TALL:
        border = PICTURE.bottom + BENEATH_HEIGHT
        figure = replace(PICTURE, bottom=border + _GAP, right=PICTURE.right - _GAP)
        return figure, replace(PICTURE, top=border, left=HEADING.left)
    border = round(PICTURE.right - PANEL_WIDTH, 9)
    figure = replace(PICTURE, right=border - _GAP)
    panel = replace(PICTURE, left=border)
    return figure, replace(panel, bottom=panel.top - PANEL_HEIGHT)


FIGURE, PANEL = _parts()
"""The picture's parts where numbers stand beside a figure."""

COLUMNS = PANEL.parted(0.5, _GAP) if IS_TALL else (PANEL, PANEL)
"""The panel's parts: where a rule and a verdict stand, and live numbers; beside a figure, one."""

AXES_ROOM = {"left": 0.85, "right": 0.5, "bottom": 0.6, "top": 0.8}
"""Margins (scene units) in which a pair of axes has its labels and names."""


class LayoutError(Exception):
    """Text leaves the safe frame or lies on other text."""


class NoLayoutError(LayoutError):
    """A clip has no layout for the shape of the frame."""


def check_layout(mobjects: list[mn.Mobject]) -> None:
    """See that all text lies inside the safe frame and none on other text.

    Raises:
        LayoutError: naming the words that are out of place.
    """
    texts = [mob for mob in mobjects if isinstance(mob, Typeset) and _visible(mob)]
    boxes = [_box(text) for text in texts]
    half = np.array([mn.config.frame_width, mn.config.frame_height]) / 2 - MARGIN
    for text, (low, high) in zip(texts, boxes, strict=True):
        if (low < -half).any() or (high > half).any():
            place = f"x {low[0]:.2f}…{high[0]:.2f}, y {low[1]:.2f}…{high[1]:.2f}"
            raise LayoutError(f"{text.source!r} leaves the safe frame: {place}")
    for (one, (low, high)), (other, (lower, higher)) in combinations(
        zip(texts, boxes, strict=True), 2
    ):
        if (np.minimum(high, higher) - np.maximum(low, lower) > OVERLAP).all():
            raise LayoutError(f"{one.source!r} lies on {other.source!r}")


def _visible(text: Typeset) -> bool:
    shown = not getattr(text, "hidden", False)
    return shown and any(part.get_fill_opacity() > 0 for part in text.submobjects)


def _box(text: Typeset) -> tuple[np.ndarray, np.ndarray]:
    """The lower left and the upper right corner (2,) of a text, in scene units."""
    points = np.concatenate([part.points[:, :2] for part in text.family_members_with_points()])
    return points.min(axis=0), points.max(axis=0)
