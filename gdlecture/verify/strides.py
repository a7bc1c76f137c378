"""Walks in time: they go forward, and those that are seen side by side take their steps at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from gdlecture.verify.facts import MALFORMED

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.evidence import Evidence
    from gdlecture.verify.record import Record

ANEW = 1.0
"""A walk begins again where it is within its first step."""

SAME = 1e-6


def wrong_strides(evidence: Evidence, record: Record) -> Iterator[str]:
    """Dots that go back along their walk, and walks that are ahead of those beside them.

    Raises:
        FactError: a walk cannot be taken again.
    """
    dots = [(claim, *found) for claim in evidence.claims if (found := _on_its_way(claim))]
    yield from _walked_back(evidence, dots)
    lines = [
        (claim, str(claim.told["walk"]), float(claim.told["upto"]))
        for claim in evidence.claims
        if claim.what == "chart" and isinstance(claim.told.get("walk"), str)
        and isinstance(claim.told.get("upto"), int | float)
    ]  # fmt: skip
    yield from _ahead(dots, record)
    yield from _ahead(lines, record)


def _walked_back(evidence: Evidence, dots: list[tuple[Claim, str, float]]) -> Iterator[str]:
    """Walks that go back, but to their first step: then they set out anew."""
    ways: dict[Any, list[tuple[float, float, str]]] = defaultdict(list)
    for claim, walk, steps in dots:
        ways[claim.scale, walk].append((claim.t0, steps, claim.name))
    for mark in evidence.marks:
        if (mark.scale, mark.walk) in ways:
            told = f"the dot of {mark.walk!r} at {mark.t0:.2f} s"
            ways[mark.scale, mark.walk].append((mark.t0, float(mark.k), told))
    for way in ways.values():
        before = 0.0
        for _, steps, name in sorted(way):
            if ANEW < steps < before - SAME:
                yield f"{name}: expected it to go on from {before:.4g} steps, found {steps:.4g}"
                break
            before = steps


def _ahead(seen: list[tuple[Claim, str, float]], record: Record) -> Iterator[str]:
    """Walks of which one is on another step in the same frame, and not at its end."""
    frames: dict[float, list[tuple[Claim, str, float]]] = defaultdict(list)
    for one in seen:
        if one[0].moves:
            frames[one[0].t0].append(one)
    for together in frames.values():
        farthest = max(int(steps) for *_, steps in together)
        for claim, walk, steps in together:
            if int(steps) < farthest and steps < record.walk(walk).stopped_at - 1:
                yield (
                    f"{claim.name}: expected {walk!r} at step {farthest}, as those beside it, "
                    f"found it at {int(steps)}"
                )
                return


def _on_its_way(claim: Claim) -> tuple[str, float] | None:
    """The walk whose dot moves, and how many steps it has taken."""
    if (claim.kind, claim.what) != ("point", "on its way"):
        return None
    with suppress(*MALFORMED):  # told elsewhere
        first: Mapping[str, Any] = claim.told["places"][0][0]
        if first["what"] == "part way":
            start = first["of"]["from"]["of"]
            if isinstance(start["walk"], str) and first["of"]["from"]["what"] == "coordinate":
                return start["walk"], int(start["k"]) + float(first["of"]["share"])
    return None
