"""An animation that draws every moment from numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import manim as mn

if TYPE_CHECKING:
    from collections.abc import Callable


class Drawn(mn.Animation):
    """Call `draw` with the share (0…1) of the time that has passed, eased by `rate_func`.

    Manim's own animations copy the mobject and interpolate between two copies; here `draw` puts
    the mobject into the right state itself, so nothing is copied and nothing is approximate.
    """

    def __init__(self, mobject: mn.Mobject, draw: Callable[[float], Any], **kwargs: Any) -> None:
        self._draw = draw
        super().__init__(mobject, suspend_mobject_updating=False, **kwargs)

    def create_starting_mobject(self) -> mn.Mobject:
        """An empty mobject: there is nothing to start from."""
        return mn.VMobject()

    def get_all_families_zipped(self) -> Any:
        """No pairs: there is no starting copy."""
        return []

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw this moment."""
        self._draw(self.rate_func(alpha))
