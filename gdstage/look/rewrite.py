"""An animation of a formula that becomes another."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import manim as mn

from gdstage.proof.statement import loose


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
