"""What must agree while it moves: a live number with its point, the head of a hop with its arc."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from gdlecture.verify.shapes import IN_THE_AIR

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim


def number_elsewhere(word: Claim, standing: Iterable[Claim]) -> str:
    """What is wrong with a slope at an x of a graph that is read out on its way, or "".

    If points move in that picture, one of them must be there.
    """
    at = [fact["of"]["x"] for fact in word.told.get("facts", ()) if fact["what"] == "derivative at"]
    marked = {
        place["value"]
        for claim in standing
        if claim.kind == "point" and claim.t1 == word.t1
        for place in claim.told["places"][0][:1]
        if place
    }
    if not marked or not at or isinstance(at[0], dict) or at[0] in marked:
        return ""
    return f"{word.name}: expected it of x = {min(marked):g}, where the point is, found {at[0]:g}"


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
