"""What the evidence says in few words: a round line, and facts that are alike but for some parts.

`gdlecture.verify.brief` reads them. It knows nothing of manim.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

FEWEST = 12
"""Places that a line must have, or it may as well have corners."""


def round_line(line: NDArray[np.float64], off: float) -> list[float] | None:
    """Middle and radius, [x, y, r], of a closed line through places (n, 2), if it is a circle.

    None of its places may be more than `off` nearer to the middle or farther from it, nor half the
    radius from the next.
    """
    if len(line) < FEWEST or np.abs(line[0] - line[-1]).max() > off:
        return None
    low, high = line.min(axis=0), line.max(axis=0)
    middle, radius = (low + high) / 2, (high - low).max() / 2
    far = np.hypot(*(line - middle).T)
    steps = [float(np.hypot(*(b - a))) for a, b in pairwise(line)]
    is_round = np.abs(far - radius).max() <= off and max(steps) < radius / 2
    return [float(v) for v in (*middle, radius)] if is_round else None


def in_columns(place: Sequence[Any]) -> list[Any]:
    """A place's coordinates, facts as JSON has them, those that are alike as one fact.

    What they differ in is a list in it, and so is its value: an entry for each coordinate.
    """
    told: list[Any] = []
    for fact in place:
        alike = [*told[-1], fact] if told else []
        if alike and _joined(alike) is not None:
            told[-1] = alike
        else:
            told.append([fact])
    return [
        facts[0] if len(facts) == 1 else _joined(facts) | {"value": [f["value"] for f in facts]}
        for facts in told
    ]


def _joined(parts: Sequence[Any]) -> Any:
    """JSON values of one form as one of that form, or None if they have none.

    Lists have none, since what differs becomes a list.
    """
    first = parts[0]
    if isinstance(first, dict):
        if not all(isinstance(part, dict) and part.keys() == first.keys() for part in parts):
            return None
        told: Mapping[str, Any] = {key: _joined([part[key] for part in parts]) for key in first}
        return None if None in told.values() else told
    if any(part is None or isinstance(part, list | dict) for part in parts):
        return None
    return first if all(part == first for part in parts) else list(parts)
