"""What manim does twice with a mobject, done once; nothing of it can be seen.

- The box around a mobject is found from whole arrays, not from a tuple of its points.
- A copy of a glyph shares the parsed SVG path that it came from and that nobody reads again.
- Python looks for garbage in cycles less often, and not among what was there before.
"""

from __future__ import annotations

import gc
from typing import Any

import manim as mn
import numpy as np
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath

_find_boundary = mn.VMobject.get_points_defining_boundary
_copy = VMobjectFromSVGPath.__deepcopy__
_POINTS_A_CURVE = 4
_SELDOM = (50_000, 20, 20)


def make_quicker() -> None:
    """Have manim handle mobjects in less time from now on; again, it does nothing."""
    if mn.VMobject.get_points_defining_boundary is _ends_of_curves:
        return
    quicker: tuple[tuple[Any, str, Any], ...] = (
        (mn.VMobject, "get_points_defining_boundary", _ends_of_curves),
        (VMobjectFromSVGPath, "__deepcopy__", _copy_without_source),
    )
    for owner, name, function in quicker:
        setattr(owner, name, function)
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


def _copy_without_source(self: Any, copied: dict[int, Any]) -> Any:
    copied[id(self.path_obj)] = self.path_obj
    return _copy(self, copied)
