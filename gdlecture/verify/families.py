"""What is shown of a family is all of it: where some of a kind are marked in a picture, all are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from gdlecture.verify.field_recipes import count_of_basins, count_of_zones, newton_ends
from gdlecture.verify.nets import drawn_neurons, iterates_of_maps, wrong_data
from gdlecture.verify.own_rates import trials_of
from gdlecture.verify.tones import whole

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.record import Record

Key = tuple[Any, ...]

SAMPLES = 201
"""Places across a window at which zones are looked for."""

EDGE = 2
"""So many of them at a zone's edges may be in it or not."""

HEADS = {"head", "no value"}
"""Marks at the end of a chart's line, of which there is one."""


@dataclass
class Family:
    """The members of one family that stand: `of` is a claim of one of them."""

    of: Claim
    found: set[int] = field(default_factory=set)


def forgotten(standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """Members of families that are not among what stands in one picture, where others are.

    Raises:
        FactError: what they are of cannot be taken again.
    """
    families: dict[Key, Family] = {}
    for claim in standing:
        for i, kind in enumerate(KINDS):
            member = kind.member(claim)
            if member is not None:
                key, own = member
                family = families.setdefault((i, claim.scale, *key), Family(claim))
                family.found.add(own)
    for (i, *_), family in families.items():
        missing = KINDS[i].all_of(family, standing, record) - family.found
        if missing:
            named = f"{family.of.kind}s “{family.of.what}”"
            yield f"{named}: expected {KINDS[i].called} {min(missing)} too, found none"
    yield from _uncovered(standing, record)


# Kinds of families


@dataclass(frozen=True)
class Kind:
    """A kind of family: what its members are `called`, which one a claim is, and all there are.

    `member` gives the family's key and the member's number, or None for a claim of no such family.
    """

    called: str
    member: Callable[[Claim], tuple[Key, int] | None]
    all_of: Callable[[Family, Sequence[Claim], Record], set[int]]


def _try(claim: Claim) -> tuple[Key, int] | None:
    if (claim.kind, claim.what) != ("point", "in vain"):
        return None
    of = claim.told["places"][0][0]["of"]
    return (of["walk"],), int(of["k"])


def _tries(family: Family, _: Sequence[Claim], record: Record) -> set[int]:
    """The tries in vain before the last one that has a cross."""
    accepted = record.walk(family.of.told["places"][0][0]["of"]["walk"]).accepted
    return {k for k in range(1, max(family.found)) if not accepted[k - 1]}


def _wrong(claim: Claim) -> tuple[Key, int] | None:
    if (claim.kind, claim.what) != ("point", "wrong"):
        return None
    return (), int(claim.told["datum"]["i"])


def _wrongs(family: Family, standing: Sequence[Claim], record: Record) -> set[int]:
    """The data that the network gets wrong at the iterate of the map beneath."""
    beneath = [claim for claim in standing if claim.scale == family.of.scale]
    found = (wrong_data(record.walk(name), k) for name, k in iterates_of_maps(beneath))
    return set().union(*found)


def _neuron(claim: Claim) -> tuple[Key, int] | None:
    if (claim.kind, claim.what) != ("line", "hidden neuron"):
        return None
    of = claim.told["weight"]["of"]
    return (of["walk"], of["k"]), int(of["axis"])


def _neurons(family: Family, standing: Sequence[Claim], record: Record) -> set[int]:
    """The hidden neurons whose lines would be broad enough to be seen in the window."""
    of = family.of.told["weight"]["of"]
    return drawn_neurons(record.walk(of["walk"]), int(of["k"]), _window(family, standing))


def _window(family: Family, standing: Sequence[Claim]) -> Any:
    """What is shown of x and y where a family stands."""
    axes = (claim for claim in standing if claim.kind == "axes")
    return next(each.told["window"] for each in axes if each.scale == family.of.scale)


def _datum(claim: Claim) -> tuple[Key, int] | None:
    if (claim.kind, claim.what) != ("point", "datum"):
        return None
    of = claim.told["places"][0][0]["of"]
    told = tuple(sorted((key, str(of[key])) for key in of if key not in {"i", "column", "n"}))
    return told, int(of["i"])


def _data(family: Family, standing: Sequence[Claim], record: Record) -> set[int]:
    """All data of a training set: of those over which the walks of the clip go, the same."""
    of = family.of.told["places"][0][0]["of"]
    walks = [of["walk"]] if "walk" in of else record.names
    known = [rows for name in walks if (rows := _rows(name, record)) is not None]
    if "walk" not in of:
        first = record.place(family.of.told["places"][0])
        known = [rows for rows in known if _has(rows, first)]
    members, window = range(max([int(of["n"]), *map(len, known)])), _window(family, standing)
    return {i for i in members if _is_within(_place_of(of, i, record), window)}


def _rows(name: str, record: Record) -> np.ndarray | None:
    """The data of a walk over a loss, if it goes over one."""
    loss: Any = record.walk(name).field
    x, y = getattr(loss, "data_x", None), getattr(loss, "data_y", None)
    return None if x is None or y is None else np.hstack([x, y])


def _has(rows: np.ndarray, point: np.ndarray) -> bool:
    return rows.shape[1] == len(point) and bool((rows == point).all(axis=1).any())


def _place_of(of: Mapping[str, Any], i: int, record: Record) -> list[float]:
    told = ({"what": "datum", "of": {**of, "i": i, "column": column}} for column in (0, 1))
    return [record.value(fact) for fact in told]


def _is_within(point: Sequence[float], window: Any) -> bool:
    return all(low < c < high for c, (low, high) in zip(point, window, strict=True))


def _dot(claim: Claim) -> tuple[Key, int] | None:
    """A dot of a chart: how many steps there are to it, of a walk by a measure."""
    if claim.kind != "point" or claim.what in HEADS or len(claim.told["places"][0]) != 2:
        return None
    across, up = (fact and whole(fact) for fact in claim.told["places"][0])
    if not across or not up or across["what"] != "count":
        return None
    return (str(across["of"]["walk"]), up["what"], claim.what), int(across["of"]["k"])


def _dots(family: Family, *_: Any) -> set[int]:
    return set(range(max(family.found)))


def _stretch(part: str) -> Callable[[Claim], tuple[Key, int] | None]:
    """A stretch of a scale that is divided into such parts."""

    def member(claim: Claim) -> tuple[Key, int] | None:
        if claim.kind != "segment" or claim.what not in {"starts", "stretch"}:
            return None
        of = _end_of(claim)["of"]
        told = sorted((key, str(of[key])) for key in of if key not in {part, "end"})
        return (tuple(told), int(of[part])) if part in of else None

    return member


def _basins(family: Family, _: Sequence[Claim], record: Record) -> set[int]:
    return set(range(count_of_basins(_end_of(family.of), record)))


def _rates(family: Family, _: Sequence[Claim], record: Record) -> set[int]:
    return set(range(count_of_zones(_end_of(family.of), record)))


def _runs(family: Family, _: Sequence[Claim], record: Record) -> set[int]:
    ends = newton_ends(_end_of(family.of), record)
    return set(range(1 + sum(one != other for one, other in pairwise(ends))))


def _end_of(stretch: Claim) -> Mapping[str, Any]:
    """An end of a stretch that is no border of the window."""
    ends = [place[0] for place in stretch.told["places"] if place[0]]
    return max(ends, key=lambda end: len(end["of"]))


def _trial(claim: Claim) -> tuple[Key, int] | None:
    if claim.kind != "point" or claim.what not in {"refused", "taken"}:
        return None
    of = claim.told["places"][0][0]["of"]
    return (str(of["walk"]), of["k"]), int(of["j"])


def _trials(family: Family, _: Sequence[Claim], record: Record) -> set[int]:
    """Those before the last one that is marked: a search goes from one to the next."""
    of = family.of.told["places"][0][0]["of"]
    tried = len(trials_of(record.walk(of["walk"]), of["k"]))
    return set(range(min(tried, max(family.found))))


KINDS = (
    Kind("a cross at try", _try, _tries),
    Kind("a mark at trial", _trial, _trials),
    Kind("a ring around datum", _wrong, _wrongs),
    Kind("that of neuron", _neuron, _neurons),
    Kind("datum", _datum, _data),
    Kind("the dot at k =", _dot, _dots),
    Kind("basin", _stretch("basin"), _basins),
    Kind("run", _stretch("run"), _runs),
    Kind("zone", _stretch("zone"), _rates),
)


# Zones


def _uncovered(standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """Where a function is so, and is not marked so, while it is elsewhere in the window."""
    zones: dict[Key, list[Claim]] = defaultdict(list)
    for claim in standing:
        if claim.kind == "region" and claim.what in SO and "field" in claim.told:
            zones[claim.scale, claim.what, repr(claim.told["field"])].append(claim)
    windows = {claim.scale: claim.told["window"] for claim in standing if claim.kind == "axes"}
    for (scale, what, _), found in zones.items():
        if scale not in windows:
            continue
        low, high = windows[scale][0]
        x = np.linspace(low, high, SAMPLES)[1:-1]
        so = SO[what](record.field(found[0].told["field"]), x)
        marked = np.zeros(len(x), dtype=bool)
        for zone in found:
            left, right = _reach(zone, (low, high), record)
            marked |= (left < x) & (x < right)
        bare = so & ~marked
        # At the edges of what is so, a place may be on either side.
        runs = np.flatnonzero(np.convolve(bare, np.ones(1 + EDGE), "valid") > EDGE)
        if runs.size:
            there = f"around x = {x[runs[0] + EDGE // 2]:.3g}"
            yield f"regions “{what}”: expected one {there} too, found none"


def _reach(zone: Claim, window: tuple[float, float], record: Record) -> tuple[float, float]:
    ends = (place[0] for place in zone.told["places"])
    left, right = (
        float(edge) if end is None else record.value(end)
        for end, edge in zip(ends, window, strict=True)
    )
    return left, right


SO: dict[str, Callable[[Any, np.ndarray], np.ndarray]] = {
    "bends down": lambda field, x: field.hessian(x[:, None])[:, 0, 0] < 0,
    "no value": lambda field, x: ~np.asarray(field.contains(x[:, None]), dtype=bool),
}
"""What a zone may say of the function in it, and where that is so."""
