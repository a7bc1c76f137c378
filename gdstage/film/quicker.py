"""What manim does twice with a mobject, done once; nothing of it can be seen.

- A mobject's family is listed in one loop, not by generators within generators.
- Where neither a colour nor its opacity is told, no colours are made.
- The box around a mobject is found from whole arrays, not from a tuple of its points.
- Python looks for garbage in cycles less often, and not among what was there before.
"""

from __future__ import annotations

import gc
from collections.abc import Reversible
from typing import Any, TypeVar

import manim as mn
import numpy as np
from manim.utils import family

Thing = TypeVar("Thing")

_find_boundary = mn.VMobject.get_points_defining_boundary
_find_family = mn.Mobject.get_family
_update_colours = mn.VMobject.update_rgbas_array
_POINTS_A_CURVE = 4
_SELDOM = (50_000, 20, 20)

_LARGE = 1_000_000
"""No family has so many members, unless one of them is its own ancestor."""


def make_quicker() -> None:
    """Have manim handle mobjects in less time from now on; again, it does nothing."""
    if mn.VMobject.get_points_defining_boundary is _ends_of_curves:
        return
    mobject: Any = mn.Mobject
    shape: Any = mn.VMobject
    listing: Any = family
    mobject.get_family = _family
    listing.remove_list_redundancies = _last_of_each
    shape.update_rgbas_array = _told_colours
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


def _family(self: Any, recurse: bool = True) -> list[Any]:  # noqa: FBT001, FBT002 (manim's)
    """A mobject and all its parts, in the order of drawing; each once, where it comes last."""
    if not self.submobjects:
        return [self]
    found, waiting = [], [self]
    while waiting:
        mobject = waiting.pop()
        found.append(mobject)
        waiting += reversed(mobject.submobjects)
        if len(found) > _LARGE:
            return _find_family(self, recurse)
    return found if len(set(found)) == len(found) else _last_of_each(found)


def _last_of_each(things: Reversible[Thing]) -> list[Thing]:
    """The list without what comes again later."""
    return list(reversed(dict.fromkeys(reversed(things))))


def _told_colours(self: Any, name: str, color: Any = None, opacity: Any = None) -> Any:
    """Change a colour or its opacity, if one is told."""
    if color is None and opacity is None and hasattr(self, name):
        return self
    return _update_colours(self, name, color, opacity)
