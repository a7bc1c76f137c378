"""What charts show of a walk, step by step, taken again from the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.facts import FactError
from gdlecture.verify.record import Record

Array = NDArray[np.float64]

MEASURES: dict[str, Callable[[Any], Array]] = {
    "value": lambda walk: np.asarray(walk.values),
    "coordinate": lambda walk: np.asarray(walk.points[:, 0]),
    "steepness": lambda walk: np.asarray(abs(walk.gradients).max(axis=1)),
    "gradient length": lambda walk: np.linalg.norm(walk.gradients, axis=1),
}
"""Sizes of each iterate of a walk, (n + 1,)."""


def measured(told: Mapping[str, Any], record: Record) -> Array:
    """The corners (n, 2) of a chart's or a trail's line: by `walk`, `measure`, `upto`.

    Raises:
        FactError: there is no such measure.
    """
    walk = record.walk(told["walk"])
    measure, last = told.get("measure", "map"), told.get("upto", walk.stopped_at)
    if measure == "map":
        return np.asarray(walk.points[: last + 1])
    if measure == "graph":
        return np.column_stack([walk.points[: last + 1, 0], walk.values[: last + 1]])
    if measure == "excess":
        sizes = walk.values - record.value(told["over"])
    elif measure in MEASURES:
        sizes = MEASURES[measure](walk)
    else:
        raise FactError(f"no measure {measure!r} is known")
    return np.column_stack([np.arange(last + 1), sizes[: last + 1]])
