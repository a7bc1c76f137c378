"""Animations: one that draws every moment from numbers, one of formulas that become others."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import manim as mn

from gdstage.proof.statement import loose

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


class Rewrite(mn.TransformMatchingShapes):
    """Let a formula become another, glyph by glyph; these state that they are loose meanwhile."""

    def __init__(self, before: mn.Mobject, after: mn.Mobject, **kwargs: Any) -> None:
        self._loose = ExitStack()
        self._loose.enter_context(loose([before, after]))
        super().__init__(before, after, **kwargs)

    def clean_up_from_scene(self, scene: mn.Scene) -> None:
        """Leave the formula, which stands for its glyphs again."""
        super().clean_up_from_scene(scene)
        self._loose.close()
