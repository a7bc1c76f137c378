"""Crowds: many walks at once, a dot for each, said in one claim and read as so many points."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gdlecture.verify.brief import circle
from gdlecture.verify.facts import MALFORMED
from gdlecture.verify.ties import facts_in

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.evidence import Evidence
    from gdlecture.verify.record import Record

Fact = dict[str, Any]


def one_by_one(claims: Iterable[Claim], record: Record, spaces: set[str | None]) -> Iterator[Claim]:
    """All claims, those of crowds as a point for each dot that is seen; `spaces` are scales.

    One that is not whole stays as it is: no claim of its kind is known elsewhere.
    """
    for claim in claims:
        if claim.kind != "crowd":
            yield claim
            continue
        try:
            yield from [*_dots_of(claim, record, in_space=claim.scale in spaces)]
        except MALFORMED:
            yield claim


def wrong_crowds(evidence: Evidence) -> Iterator[str]:
    """What walks on its way and is no walk that is seen at rest, or has another colour there."""
    crowds = [claim for claim in evidence.claims if claim.kind == "crowd"]
    at_rest = _colours_at_rest(evidence) if crowds else {}
    for claim in crowds:
        try:
            walkers = [(walk, dot and dot[0]) for walk, dot in _walkers(claim)]
        except MALFORMED as error:
            yield f"{claim.name}: expected walks with a dot each, found {error}"
            continue
        for walk, colour in walkers:
            known = at_rest.get((claim.scale, _key(walk)))
            if known is None:
                yield f"{claim.name}: expected walks that are seen at rest, found {walk}"
            elif colour not in {None, *known}:
                yield f"{claim.name}: expected the colour it has at rest, found {colour} of {walk}"


def _colours_at_rest(evidence: Evidence) -> Mapping[tuple[str | None, str], set[str]]:
    """The colours in which each walk stands somewhere, by scale and walk."""
    found: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for mark in evidence.marks:
        found[mark.scale, _key(mark.walk)].add(mark.color)
    for claim in evidence.claims:
        if claim.kind in {"point", "tip"}:
            with suppress(*MALFORMED):  # told elsewhere
                style = claim.told["style"]
                colours = [style[part][0] for part in ("fill", "stroke") if part in style]
                for fact in facts_in(claim.told["places"]):
                    if "walk" in fact["of"]:
                        found[claim.scale, _key(fact["of"]["walk"])].update(colours)
    return found


def _key(walk: Any) -> str:
    return json.dumps(walk, sort_keys=True)


def _walkers(claim: Claim) -> list[tuple[Any, Any]]:
    """The walks of a crowd, each by its name or its recipe, and its dot as drawn, or None."""
    walks = claim.told["walks"]
    if isinstance(walks, Mapping):
        shared = {key: part for key, part in walks.items() if key != "starts"}
        walks = [shared | {"start": start} for start in walks["starts"]]
    return list(zip(walks, claim.told["dots"], strict=True))


def _dots_of(claim: Claim, record: Record, *, in_space: bool) -> Iterator[Claim]:
    """A point for each dot of a crowd that is seen."""
    told, radius = claim.told, float(claim.told["radius"])
    for walk, drawn in _walkers(claim):
        if drawn is not None:
            colour, *pixel = drawn
            dot = {
                "places": [_place(walk, told["k"], told["share"], record, in_space=in_space)],
                "style": {"fill": [colour, 1.0]},
                "radius": radius,
                "pixel": pixel,
                "path": [circle(pixel, radius).tolist()],
            }
            yield replace(claim, kind="point", told=dot)


def _place(walk: Any, k: int, share: float, record: Record, *, in_space: bool) -> list[Fact]:
    """Where a walk is, so far on its way to iterate k, as facts: on its graph, or on the map."""
    taken = record.walk(walk)
    at = [_coordinate(walk, taken, k, share, axis) for axis in range(taken.field.dimension)]
    field = {"walk": walk} if isinstance(walk, str) else walk["field"]
    if taken.field.dimension == 1:
        at.append({"what": "value at", "of": {"field": field, "x": at[0]}})
    elif in_space:
        at.append({"what": "height", "of": {"field": field, "at": list(at)}})
    return [fact | {"value": record.value(fact)} for fact in at]


def _coordinate(walk: Any, taken: Any, k: int, share: float, axis: int) -> Fact:
    """A coordinate of where a walk is on its way, or of where it ended before."""
    last = taken.stopped_at
    ends = [
        {"what": "coordinate", "of": {"walk": walk, "k": min(i, last), "axis": axis}}
        for i in (k - 1, k)
    ]
    told = {"from": ends[0], "to": ends[1], "share": share, "log": False}
    return {"what": "part way", "of": told}
