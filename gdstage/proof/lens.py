"""How the frame shows the scene: where its units are in pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Lens:
    """The frame's size in pixels, frames a second, and pixels a scene unit."""

    width: int
    height: int
    fps: float
    scale: float

    @classmethod
    def of(cls, camera: Any) -> Lens:
        """The lens that a camera of manim's has; the centre of its frame is the origin."""
        scale = camera.pixel_width / camera.frame_width
        return cls(camera.pixel_width, camera.pixel_height, float(camera.frame_rate), scale)

    def to_pixel(self, place: Sequence[float]) -> tuple[float, float]:
        """Pixels right and down from the frame's top left corner, of a place in scene units."""
        return self.width / 2 + place[0] * self.scale, self.height / 2 - place[1] * self.scale
