"""Parts of walks that are too long to be looked at as a whole."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np

from gdmath.descent.walk import Walk

CERTIFIED_STEPS = 10_000
"""So many steps are taken again with 50 digits; at some 60 µs each, more would be waited for."""


def beginning(walk: Walk, steps: int = CERTIFIED_STEPS) -> Walk:
    """The first `steps` steps as a walk of its own; a shorter walk is its own beginning.

    Its verdict stays that of the whole, whose error cannot be told from that of a part: say how
    many steps an error is of.
    """
    if walk.stopped_at <= steps:
        return walk
    rows = slice(0, steps + 1)
    return replace(
        walk, steps=steps, stopped_at=steps, points=walk.points[rows],
        values=walk.values[rows], gradients=walk.gradients[rows],
    )  # fmt: skip


def digest(walk: Walk) -> str:
    """The sha256 of all points, values and gradients, bit for bit; any nan is like any other."""
    total = hashlib.sha256()
    for record in (walk.points, walk.values, walk.gradients):
        total.update(np.where(np.isnan(record), np.nan, record).astype("<f8").tobytes())
    return total.hexdigest()
