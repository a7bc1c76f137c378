"""What a mark means: one whose name says something of its place must be where that is so."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gdlecture.verify.own_rates import wrong_trial
from gdlecture.verify.ties import facts_in

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.record import Record

LEVEL = 1e-6
"""A slope is 0 if it is smaller."""

BARE = frozenset((
    "beginning", "datum", "dot", "end", "fate", "felt", "foot", "hand", "head", "in vain",
    "iterate", "kink", "knob", "maximum", "minimum", "neuron", "no value", "on its way", "past",
    "point", "ring", "saddle", "slope", "steepness", "touch", "wrong",
))  # fmt: skip
"""Marks that say no more than where they are, or of which others prove what they say."""


def wrong_points(standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """Marks that are not where their name says, or whose name nobody knows.

    Raises:
        FactError: what they are of cannot be taken again.
    """
    for claim in standing:
        if claim.kind != "point" or claim.what in BARE:
            continue
        if claim.what not in MEANT:
            yield f"{claim.name}: expected a mark of a known kind, found {claim.what!r}"
        elif told := MEANT[claim.what](claim, standing, record):
            yield f"{claim.name}: {told}"
    yield from _wrong_pasts(standing)


def _wrong_pasts(standing: Sequence[Claim]) -> Iterator[str]:
    """What is marked as past on a scale of k, beyond its knob, or left out before it."""
    points = [claim for claim in standing if claim.kind == "point"]
    for knob in (claim for claim in points if claim.what == "knob"):
        ks = {
            int(claim.told["places"][0][0]["value"])
            for claim in points
            if claim.what == "past" and claim.scale == knob.scale and _is_count(claim)
        }
        at = float(knob.told["places"][0][0]["value"])
        beyond = sorted(k for k in ks if k > at)
        missing = sorted(set(range(math.ceil(at))) - ks)
        if beyond:
            yield f"{knob.name}: expected none past beyond it, at {at:g}, found {beyond}"
        if ks and missing:
            yield f"{knob.name}: expected all past before it, at {at:g}, found none at {missing}"


def _is_count(claim: Claim) -> bool:
    """Whether a mark is at a number of steps of its scale."""
    fact = claim.told["places"][0][0]
    return bool(fact and fact["what"] == "count")


def _level(claim: Claim, _: Sequence[Claim], record: Record) -> str:
    """On a graph where it is level, or on that of its derivative where this is 0."""
    fact = claim.told["places"][0][1]
    of, x = fact["of"], record.value(claim.told["places"][0][0])
    order = int(of.get("order", 0)) if fact["what"] == "derivative at" else 0
    slope = {"what": "derivative at", "of": {"field": _field(of), "x": x, "order": max(order, 1)}}
    steep = record.value(slope)
    return "" if abs(steep) < LEVEL else f"expected it where the slope is 0, found {steep:.3g}"


def _field(of: Mapping[str, Any]) -> Any:
    return of["field"] if "field" in of else {"walk": of["walk"]}


def _near_enough(claim: Claim, standing: Sequence[Claim], record: Record) -> str:
    """At the first iterate that is as low as the number of tries beside it says."""
    of = claim.told["places"][0][0]["of"]
    walk = record.walk(of["walk"])
    words = (other.told.get("facts") for other in standing if other.kind == "word")
    firsts = [
        int(np.flatnonzero(walk.values < record.value(told["goal"]) + float(told["within"]))[0])
        for fact in facts_in(list(filter(None, words)))
        if fact["what"] == "tries until" and (told := fact["of"])["walk"] == of["walk"]
    ]
    if not firsts:
        return "expected the number of tries beside it, found none"
    if of["k"] in firsts:
        return ""
    return f"expected it at iterate {firsts[0]}, the first near enough, found {of['k']}"


def _vertex(claim: Claim, _: Sequence[Claim], __: Record) -> str:
    """At the lowest place of the parabola that leads there."""
    across, up = (fact["of"] for fact in claim.told["places"][0])
    same = across["walk"] == up["walk"] and across["k"] == up["k"] + 1
    return "" if same else f"expected the vertex of parabola {across['k'] - 1}, found {up['k']}"


def _arrived(claim: Claim, _: Sequence[Claim], record: Record) -> str:
    """Where the surface is level: at the end of all ways down."""
    *at, up = claim.told["places"][0]
    point = [record.value(fact) for fact in at]
    steep = float(np.linalg.norm(record.field(_field(up["of"])).gradient(point)))
    return "" if steep < LEVEL else f"expected it where the slopes are 0, found {steep:.3g}"


def _well(claim: Claim, *_: Any) -> str:
    """At a minimum that is looked for."""
    kinds = {fact["of"].get("kind") for fact in claim.told["places"][0] if fact}
    return "" if kinds == {"MINIMUM"} else f"expected a minimum, found {sorted(map(str, kinds))}"


def _trial(claim: Claim, _: Sequence[Claim], record: Record) -> str:
    return wrong_trial(claim, record)


MEANT: dict[str, Callable[[Claim, Sequence[Claim], Record], str]] = {
    "arrived": _arrived,
    "level": _level,
    "near enough": _near_enough,
    "refused": _trial,
    "taken": _trial,
    "vertex": _vertex,
    "well": _well,
}
"""Names of marks that say something of their place, and how it is found wrong, or ""."""
