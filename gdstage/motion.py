"""An animation that draws every moment from numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np

from gdstage.look.text import Typeset

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
