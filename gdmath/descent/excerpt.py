"""Parts of walks that are too long to be looked at as a whole."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import numpy as np

from gdmath.descent.walk import Walk

CERTIFIED_STEPS = 10_000
"""So many steps are taken again with 50 digits; at some 60 µs each, more would be waited for."""


def beginning(walk: Walk, steps: int | None = None) -> Walk:
    """The first `steps` steps as a walk of its own; a shorter walk is its own beginning.

    If not told, they are as many as are certified: fewer of a sum over many rows of data.

    Its verdict stays that of the whole, whose error cannot be told from that of a part: say how
    many steps an error is of.
    """
    if steps is None:
        field: Any = walk.field
        steps = max(1, CERTIFIED_STEPS // getattr(field, "summands", 1))
    if walk.stopped_at <= steps:
        return walk
    part = slice(0, steps + 1)
    return replace(
        walk, steps=steps, stopped_at=steps, points=walk.points[part],
        values=walk.values[part], gradients=walk.gradients[part],
    )  # fmt: skip


def digest(walk: Walk) -> str:
    """The sha256 of all points, values and gradients, bit for bit; any nan is like any other."""
    total = hashlib.sha256()
    for record in (walk.points, walk.values, walk.gradients):
        total.update(np.where(np.isnan(record), np.nan, record).astype("<f8").tobytes())
    return total.hexdigest()
