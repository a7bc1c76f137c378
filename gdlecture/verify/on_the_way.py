"""What must agree while it moves: a reading with its place, the head of a hop with its arc."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gdlecture.verify.nets import iterates_of_maps
from gdlecture.verify.shapes import IN_THE_AIR

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.record import Record

SAME = 1e-9
ROUNDED = 0.005 + SAME
"""How far a plane may be from where it is read, which is told with two decimals."""

SOON = 0.5
"""Seconds from one glimpse to the next, at most."""


def reading_elsewhere(reading: Claim, standing: Iterable[Claim], record: Record) -> str:
    """What is wrong with a number, or the column of a gauge, that is read on its way, or "".

    It is of a place: if points move in that picture, one of them must be there, and if a plane
    moves that cuts a surface, it must be in that.

    Raises:
        FactError: a place cannot be taken again.
    """
    moving = [claim for claim in standing if claim.t1 == reading.t1 and claim.moves]
    points = [record.place(claim.told["places"][0]) for claim in moving if claim.kind == "point"]
    planes = {
        int(claim.told["axis"]): _number(claim.told["at"], record)
        for claim in moving
        if claim.kind == "plane" and "at" in claim.told and claim.told.get("axis") in {0, 1}
    }
    if reading.what == "column" and not points and not _is_moved(reading, record):
        return f"{reading.name}: expected a point that moves with it, found none"
    told = reading.told.get("facts") or [
        fact for place in reading.told.get("places", ()) for fact in place
    ]
    for fact in filter(None, told):
        for at in _places_of(fact, record):
            if points and not any(_is_at(point, at) for point in points):
                found = ", ".join(f"{c:g}" for c in at)
                return f"{reading.name}: expected it of where a point is, found it of {found}"
            wrong = [
                axis for axis, c in planes.items() if len(at) == 2 and abs(at[axis] - c) > ROUNDED
            ]
            if wrong and len(wrong) == len(planes):
                return f"{reading.name}: expected it in the plane at {planes}, found it at {at}"
    return ""


def iterate_apart(reading: Claim, standing: Iterable[Claim]) -> str:
    """What is wrong with a live number of a network beside a map of another iterate, or "".

    What a map says, what is ringed on it, and what is read out are of one iterate in every frame.
    """
    maps = dict(iterates_of_maps([claim for claim in standing if claim.t1 == reading.t1]))
    for fact in reading.told.get("facts") or ():
        walk, k = (fact["of"].get(key) for key in ("walk", "k"))
        if isinstance(walk, str) and maps.get(walk, k) != k:
            return f"{reading.name}: expected it of k = {maps[walk]}, as the map is, found k = {k}"
    return ""


def _is_moved(column: Claim, record: Record) -> bool:
    """Whether a point moves soon before or after a glimpse of a column: a hand that sets out."""
    return any(
        claim.kind == "point" and claim.moves and abs(claim.t0 - column.t0) <= SOON
        for claim in record.evidence.claims
    )


def _places_of(fact: Mapping[str, Any], record: Record) -> Iterator[list[float]]:
    """The places that a fact is of, as far as they are known: x, or x and y."""
    of = fact["of"]
    if fact["what"] in {"derivative at", "value at", "secant slope", "secant error"}:
        x = _number(of["x"], record)
        yield [x]
        if "h" in of:
            yield [x + _number(of["h"], record)]
    elif fact["what"] in {"height", "partial", "steepness at"} and len(of.get("at") or ()) == 2:
        yield [_number(c, record) for c in of["at"]]


def _number(told: Any, record: Record) -> float:
    return record.value(told) if isinstance(told, Mapping) else float(told)


def _is_at(point: Iterable[float], at: Sequence[float]) -> bool:
    """Whether a point is there, as far as that is known; a gauge has no such place."""
    return all(
        math.isclose(one, other, rel_tol=SAME, abs_tol=SAME)
        for one, other in zip(point, at, strict=False)
    )


def head_elsewhere(head: Claim, standing: Iterable[Claim], limit: float) -> str:
    """What is wrong with the head of a hop that is in the air, or "".

    Its tip is where an arc ends that is on its way with it, within a `limit` in px.
    """
    if head.what != IN_THE_AIR:
        return ""
    x, y = head.told["path"][0][0]
    ends = [
        claim.told["path"][-1][-1]
        for claim in standing
        if claim.kind == "hop" and claim.scale == head.scale and claim.t1 == head.t1
    ]
    if any(math.hypot(end[0] - x, end[1] - y) <= limit for end in ends):
        return ""
    return f"{head.name}: expected it at the end of its arc, found it at ({x:.1f}, {y:.1f})"
