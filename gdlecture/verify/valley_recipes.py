"""How facts of the minima in a window are taken again: by looking at the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from gdmath.stationary.kinks import kinks
from gdmath.stationary.valleys import SEEN, Valley, valleys_in

if TYPE_CHECKING:
    from gdlecture.verify.source import Source

Fact = Mapping[str, Any]
Window = tuple[tuple[float, float], ...]


def _seen(fact: Fact, record: Source) -> tuple[Any, Window]:
    """The field and the window of a fact."""
    field = record.field(fact["of"]["field"])
    window = tuple((float(low), float(high)) for low, high in fact["of"]["window"])
    if len(window) != field.dimension or not all(low < high for low, high in window):
        raise ValueError(f"expected a window of {field.dimension} variables, found {window}")
    return field, window


def _valleys(fact: Fact, record: Source) -> tuple[Valley, ...]:
    return _found(*_seen(fact, record))


@lru_cache(maxsize=16)
def _found(field: Any, window: Window) -> tuple[Valley, ...]:
    with np.errstate(all="ignore"):
        return valleys_in(field, window)


def _valley(fact: Fact, record: Source) -> float:
    valley, part = _valleys(fact, record)[fact["of"]["index"]], fact["of"]["part"]
    return valley.value if part == "value" else valley.point[part]


def _spread(fact: Fact, record: Source) -> float:
    heights = [valley.value for valley in _valleys(fact, record)]
    return max(heights) - min(heights)


def _lower(fact: Fact, record: Source) -> bool:
    field, window = _seen(fact, record)
    axes = (np.linspace(*side, SEEN) for side in window)
    with np.errstate(all="ignore"):
        values = np.asarray(field(*np.meshgrid(*axes, indexing="ij")), dtype=float)
    least = _valleys(fact, record)[0].value - float(fact["of"]["slack"])
    return bool((values[np.isfinite(values)] < least).any())


def _kinks(fact: Fact, record: Source) -> int:
    field, (side,) = _seen(fact, record)
    return len(kinks(field, *side))


def _reached(fact: Fact, record: Source) -> int:
    """How many valleys are nearest to an end: on a curve of minima its nearest point counts."""
    valleys, ends = _valleys(fact, record), set()
    for name in fact["of"]["walks"]:
        end = record.walk(name).points[-1]
        away = [np.abs(np.array(v.curve or [v.point]) - end).max(axis=1).min() for v in valleys]
        ends.add(int(np.argmin(away)) if away else -1)
    return len(ends)


VALLEY_RECIPES: dict[str, Callable[[Fact, Source], Any]] = {
    "valleys": lambda fact, record: len(_valleys(fact, record)),
    "curves of minima": lambda fact, record: sum(bool(v.curve) for v in _valleys(fact, record)),
    "valley": _valley,
    "spread of valleys": _spread,
    "lower at the edge": _lower,
    "kinks": _kinks,
    "valleys reached": _reached,
    "lower elsewhere": lambda fact, record: not _is_lowest(fact, record),
}


def _is_lowest(fact: Fact, record: Source) -> bool:
    minimum = record.walk(fact["of"]["walk"]).ending.minimum
    return minimum is None or bool(minimum.is_lowest)
