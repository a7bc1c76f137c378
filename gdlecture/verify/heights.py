"""Heights over a plane that the claims of a space speak of, and the facts taken of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from gdlecture.verify.source import Source

Array = NDArray[np.float64]
Fact = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Heights:
    """A function of two variables: its heights (…,) and its slopes (…, 2) at points (…, 2)."""

    at: Callable[[Array], Array]
    slopes: Callable[[Array], Array]


def heights_of(of: Mapping[str, Any], record: Source) -> Heights:
    """The heights of a field; of a magnified one, (f(p + h·u) - f(p)) / h.

    Raises:
        FactError: there is no such field.
    """
    if "h" not in of:
        field = record.field(of)
        return Heights(lambda points: _values(field, points), lambda points: _slopes(field, points))
    field, h = record.field(of["of"]), float(of["h"])
    point = np.array(of["at"], dtype=float)
    here = float(field(*point))
    return Heights(
        lambda points: (_values(field, point + h * points) - here) / h,
        lambda points: _slopes(field, point + h * points),
    )


def tangent_to(heights: Heights, point: ArrayLike) -> Heights:
    """The heights of the plane that touches those of a function above a point (2,)."""
    point = np.asarray(point, dtype=float)
    height, slopes = float(heights.at(point)), np.asarray(heights.slopes(point))
    return Heights(
        lambda points: height + (points - point) @ slopes,
        lambda points: np.broadcast_to(slopes, points.shape),
    )


def _values(field: Any, points: Array) -> Array:
    with np.errstate(all="ignore"):
        values = np.asarray(field(points[..., 0], points[..., 1]), dtype=float)
    return np.broadcast_to(values, points.shape[:-1])


def _slopes(field: Any, points: Array) -> Array:
    with np.errstate(all="ignore"):
        return np.asarray(field.gradient(points), dtype=float)


def _height(fact: Fact, record: Source) -> float:
    of = fact["of"]
    # A point may be a place on a walk's way, itself made of facts.
    at = [record.value(c) if isinstance(c, Mapping) else float(c) for c in of["at"]]
    return float(heights_of(of["field"], record).at(np.array(at)))


def _partial(fact: Fact, record: Source) -> float:
    of = fact["of"]
    slopes = heights_of(of["field"], record).slopes(np.array(of["at"], dtype=float))
    return float(slopes[of["axis"]])


def _ahead(fact: Fact, record: Source) -> float:
    of, turn = fact["of"], float(fact["of"].get("turn", 0.0))
    axis = of["axis"]
    slopes = heights_of(of["field"], record).slopes(np.array(of["at"], dtype=float))
    across = np.array([-slopes[1], slopes[0]])  # a quarter turn to the left
    along = np.cos(turn) * slopes[axis] + np.sin(turn) * across[axis]
    return float(float(of["at"][axis]) + float(of["times"]) * along)


def _steepness(fact: Fact, record: Source) -> float:
    of = fact["of"]
    slopes = heights_of(of["field"], record).slopes(np.array(of["at"], dtype=float))
    return float(np.linalg.norm(slopes))


HEIGHT_RECIPES = {
    "height": _height,
    "partial": _partial,
    "ahead": _ahead,
    "steepness at": _steepness,
}
"""Of a point: the height above it, its slopes, where an arrow of them ends, how long it is."""
