"""What evidence says in few words, at length: `gdstage.proof.brief` writes it so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


def circle(middle: Any, radius: float, sides: int = 32) -> NDArray[np.float64]:
    """A line around a place (2,): (sides + 1, 2), its last place is its first."""
    turn = np.linspace(0, 2 * np.pi, sides + 1)
    return np.asarray(middle + radius * np.stack([np.cos(turn), np.sin(turn)], axis=-1))


def whole(told: Mapping[str, Any]) -> dict[str, Any]:
    """What a claim says, with the `path` of a `disc`, its `box`, a fact for each coordinate.

    Raises:
        ValueError: a disc is no three numbers, or lists of alike facts differ in length.
    """
    found = dict(told)
    if "disc" in told:
        x, y, radius = (float(number) for number in told["disc"])
        # As manim's circles are drawn: eight curves, from the right on, upward.
        found["path"] = [circle((x, y), radius, 16)[::-1].tolist()]
    if "box" not in found and (places := [at for line in found.get("path", ()) for at in line]):
        found["box"] = [*np.min(places, axis=0).tolist(), *np.max(places, axis=0).tolist()]
    if isinstance(told.get("places"), list):
        found["places"] = [each_alone(place) for place in told["places"]]
    return found


def each_alone(place: Any) -> Any:
    """A place with a fact for each coordinate: one with a list of values is as many."""
    return [fact for told in place for fact in _facts(told)] if isinstance(place, list) else place


def _facts(told: Any) -> Iterator[Any]:
    if isinstance(told, dict) and isinstance(told.get("value"), list):
        for i in range(len(told["value"])):
            yield _entry(told, i, len(told["value"]))
    else:
        yield told


def _entry(told: Any, i: int, size: int) -> Any:
    if isinstance(told, dict):
        return {key: _entry(part, i, size) for key, part in told.items()}
    if isinstance(told, list):
        if len(told) != size:
            raise ValueError(f"expected {size} entries, found {len(told)}")
        return told[i]
    return told
