"""What must agree while it moves: a live number with the point that it is read off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

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
