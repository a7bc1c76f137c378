"""What charts show of a walk, step by step, taken again from the record."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.own_rates import own_rates
from gdlecture.verify.record import Record
from gdlecture.verify.source import FactError

Array = NDArray[np.float64]

MEASURES: dict[str, Callable[[Any], Array]] = {
    "value": lambda walk: np.asarray(walk.values),
    "steepness": lambda walk: np.asarray(abs(walk.gradients).max(axis=1)),
    "gradient length": lambda walk: np.linalg.norm(walk.gradients, axis=1),
    "own rate": own_rates,
    "share right": lambda walk: np.asarray(walk.field.accuracy(walk.points)),
}
"""Sizes of each iterate of a walk, (n + 1,)."""


def measured(told: Mapping[str, Any], record: Record) -> Array:
    """The corners (n, 2) of a chart's or a trail's line: by `walk`, `measure`, `first`, `last`.

    A line on its way, `upto` no whole number, has the iterate too that it leads to.

    Raises:
        FactError: there is no such measure.
    """
    walk = record.walk(told["walk"])
    measure, first = told.get("measure", "map"), told.get("first", 0)
    last = math.ceil(told.get("last", told.get("upto", len(walk.points) - 1)))
    if not 0 <= first <= last < len(walk.points):
        raise FactError(f"expected iterates within 0…{len(walk.points) - 1}, found {first}…{last}")
    part = slice(first, last + 1)
    if measure == "map":
        return np.asarray(walk.points[part])
    if measure == "graph":
        return np.column_stack([walk.points[part, 0], walk.values[part]])
    if measure == "excess":
        sizes = walk.values - record.value(told["over"])
    elif measure == "coordinate":
        sizes = walk.points[:, int(told.get("axis", 0))]
    elif measure in MEASURES:
        sizes = MEASURES[measure](walk)
    else:
        raise FactError(f"no measure {measure!r} is known")
    return np.column_stack([np.arange(first, last + 1), sizes[part]])
