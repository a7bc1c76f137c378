"""What manim does twice with a mobject, done once; nothing of it can be seen.

- The box around a mobject is found from whole arrays, not from a tuple of its points.
- Python looks for garbage in cycles less often, and not among what was there before.
"""

from __future__ import annotations

import gc
from typing import Any

import manim as mn
import numpy as np

_find_boundary = mn.VMobject.get_points_defining_boundary
_POINTS_A_CURVE = 4
_SELDOM = (50_000, 20, 20)


def make_quicker() -> None:
    """Have manim handle mobjects in less time from now on; again, it does nothing."""
    if mn.VMobject.get_points_defining_boundary is _ends_of_curves:
        return
    shape: Any = mn.VMobject
    shape.get_points_defining_boundary = _ends_of_curves
    gc.freeze()
    gc.set_threshold(*_SELDOM)


def _ends_of_curves(self: Any) -> Any:
    """The ends of all curves of a mobject and of its parts."""
    found = []
    for part in self.get_family():
        points = getattr(part, "points", None)
        usual = getattr(type(part), "get_anchors", None) is mn.VMobject.get_anchors
        if points is None or not usual or len(points) % _POINTS_A_CURVE:
            return _find_boundary(self)
        if len(points):
            found.append(points.reshape(-1, _POINTS_A_CURVE, points.shape[1])[:, [0, 3]])
    return np.concatenate(found).reshape(-1, self.dim) if found else np.array(())
