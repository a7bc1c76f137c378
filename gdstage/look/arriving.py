"""How pictures and their words come where others were."""

from __future__ import annotations

from typing import Any

import manim as mn
import numpy as np

from gdstage.look.text import Typeset


class Arriving(mn.FadeIn):
    """Let a mobject come while others leave: its texts later, when there is no text in their place.

    Texts begin at a share `late` (0…1) of the time, all else at once, and is there as much sooner.
    """

    def __init__(self, mobject: mn.Mobject, late: float, **kwargs: Any) -> None:
        self.late = late
        texts = (part for part in mobject.get_family() if isinstance(part, Typeset))
        self._glyphs = {id(glyph) for text in texts for glyph in text.get_family()}
        super().__init__(mobject, rate_func=mn.linear, **kwargs)

    def interpolate_submobject(  # type: ignore[override]  # as Transform's own
        self, submobject: mn.Mobject, starting: mn.Mobject, target: mn.Mobject, alpha: float
    ) -> Arriving:
        """Have a part come in its time."""
        late = self.late if id(submobject) in self._glyphs else 0.0
        share = float(mn.smooth(np.clip((alpha - late) / (1 - self.late), 0.0, 1.0)))
        super().interpolate_submobject(submobject, starting, target, share)
        return self
