"""Numbers that a claim takes from the evidence, and what holds each: none is as one likes.

What is not here cannot lie: a `window`, an `x` or a `t` says of which part the graph is, with the
view of a space all of it is proved, and where a `line` ends is as drawn. What has a recipe is
retaken; what is `given` has a name of `given.py`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from gdlecture.verify.axes import read_axes
from gdlecture.verify.nets import check_border, check_weight, check_wrong
from gdlecture.verify.own_rates import check_ellipse
from gdlecture.verify.phases import check_pairs
from gdlecture.verify.shapes import ClaimError
from gdlecture.verify.source import step_of
from gdlecture.verify.ties import TICK, facts_in

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.evidence import Evidence
    from gdlecture.verify.record import Record

SAME = 1e-9

WAYS = {
    "gradients": 1, "gradient": 1, "component": 1, "parallelogram": 1,
    "opposites": -1, "opposite": -1,
}  # fmt: skip
"""Arrows along the gradient, and against it."""

ASIDE = {"minimum": 0.08, "fate": 0.08, "felt": 0.25, "hand": 0.25}
"""What may be drawn above or below its place, and how far (shares of the frame's height)."""

WHOLE = {"segment", "way", "arrows"}
"""Kinds that say where they end: no part of them may be drawn instead."""

LEAST_VALUES = {"value at": "x", "stationary value": ""}
"""Facts that a minimum's value is, and where in them its place is, if that is a fact."""

EVEN = 1e-6

LOOKED_AT = {"x", "y", "z", "h", "held", "wall", "right wall", "back wall", "start"}
"""Names of numbers that say where in the picture something is."""

AS_DRAWN = {"box", "path", "style", "styles", "corners", "ends", "t0", "t1", "pixels", "ticks"}
"""What of a claim says nothing of what it is of."""


def hold_choices(claim: Claim, record: Record) -> None:
    """See that the numbers that a claim has chosen may be chosen.

    Raises:
        ClaimError: one of them is none that may be chosen.
        FactError: what it is of cannot be taken again.
    """
    for check in CHECKS:
        check(claim, record)
    own = BY_KIND.get((claim.kind, claim.what)) or BY_KIND.get((claim.kind, ""))
    if own:
        own(claim, record)


def _see(is_so: object, expected: str, found: Any) -> None:
    if not is_so:
        raise ClaimError(f"expected {expected}, found {found}")


def _wrong_way(claim: Claim, record: Record) -> None:
    """Arrows of gradients lead along them, what is called opposite against them.

    Only while it turns an arrow leads elsewhere, or its length changes.
    """
    times = list(times_of(claim))
    way, moves = WAYS.get(claim.what), claim.moves
    if claim.what == "turning" or not times:
        _see(moves or not times, "an arrow that turns in motion only", "it at rest")
        return
    _see(way is not None, "an arrow that is known", claim.what)
    _see(all(t * (way or 0) > 0 for t in times), f"{claim.what} {way} times as long", times)
    _see(len({round(t, 12) for t in times}) <= 1, "one multiple for both coordinates", times)
    if way == -1 and not moves:
        # As long as the others, or as the step that it stands for.
        others = [t for other in record.evidence.claims for t in times_of(other)
                  if WAYS.get(other.what) == 1]  # fmt: skip
        known = [record.walk(name).step.rate or 0.0 for name in record.names] + others
        _see(any(abs(t + times[0]) < SAME for t in known), "it as long as a step", times[0])


def times_of(claim: Claim) -> Iterator[float]:
    """How many times as long as they are gradients are drawn by a claim; below 0 against them.

    Raises:
        ClaimError: one is turned but not to its opposite, and not in motion.
    """
    if claim.kind == "arrows":
        yield float(claim.told["times"])
    for place in claim.told.get("places", ()):
        for fact in filter(None, place):
            if fact["what"] == "ahead":
                along = math.cos(float(fact["of"].get("turn", 0.0)))
                straight = claim.what == "turning" or abs(abs(along) - 1) < SAME
                _see(straight, "an arrow along the gradient or against it", fact["of"])
                yield float(fact["of"]["times"]) * along


def _wrong_over(claim: Claim, record: Record) -> None:
    """What a walk's values are over is the value of a minimum of its field."""
    told = facts_in(claim.told.get("places", ()))
    facts = [fact["of"] for fact in told if fact["what"] == "excess"]
    for of in [*facts, *([claim.told] if claim.told.get("measure") == "excess" else [])]:
        over = of.get("over")
        _see(isinstance(over, Mapping) and over["what"] in LEAST_VALUES, "a minimum’s value", over)
        inner = over["of"].get(LEAST_VALUES[over["what"]], over)
        kind = inner["what"] if inner is not over else over["of"].get("kind")
        _see(str(kind).lower() == "minimum", "the value at a minimum", kind)
        for part in (over, inner):
            field = record.field(part["of"]["field"])
            _see(str(field) == str(record.walk(of["walk"]).field), "its walk’s field", field)


def _wrong_aside(claim: Claim, _: Record) -> None:
    """What is drawn off its place is so upright, and near."""
    if "aside" in claim.told and claim.kind == "point":
        right, up = (float(side) for side in claim.told["aside"])
        most = ASIDE.get(claim.what, 0.0)
        _see(right == 0 and abs(up) <= most, f"it within {most} of its place", (right, up))


def _partly_drawn(claim: Claim, _: Record) -> None:
    if claim.kind in WHOLE:
        reveal = list(claim.told.get("reveal", (0.0, 1.0)))
        _see(reveal == [0.0, 1.0], "it drawn whole", reveal)


def _magnified_backward(claim: Claim, _: Record) -> None:
    for key in ("field", "tangent_to"):
        of = claim.told.get(key)
        if isinstance(of, Mapping) and "h" in of:
            _see(float(of["h"]) > 0, "h > 0", of["h"])


def _mixed_at_rest(claim: Claim, _: Record) -> None:
    """A mixture of two functions is there only while one becomes the other."""
    of = claim.told.get("field")
    is_mixed = isinstance(of, Mapping) and "share" in of
    _see(claim.moves or not is_mixed, "a mixture in motion only", of)


def _levels(claim: Claim, record: Record) -> None:
    """Level lines are evenly apart, or ever farther as on a bowl: how dense they are is seen."""
    check_border(claim, record)
    levels = np.array(claim.told["levels"], dtype=float)
    steps = np.diff(levels)
    size = float(np.ptp(levels)) or 1.0
    even = len(steps) < 3 or float(np.ptp(np.diff(steps))) <= EVEN * size
    rising = (steps > 0).all() and (np.diff(steps) > -EVEN * size).all()
    _see(even and rising, "level lines evenly apart", levels.tolist())


def _basins(claim: Claim, record: Record) -> None:
    """A map of starts is of a step of the clip; those that take longer blend with the ground."""
    told, steps = claim.told, {getattr(record.walk(name), "step", None) for name in record.names}
    _see(step_of(told) in steps, "the step of a walk of the clip", (told["step"], told["rate"]))
    if claim.kind == "surface":
        _see("shade" not in told, "no shades but those of the light", told.get("shade"))
        return
    _see(0 <= float(told["shade"]) <= 1, "shades from 0 to 1", told["shade"])
    _see(float(told["slowest"]) > 0, "a number of steps", told["slowest"])


def _decision(claim: Claim, _: Record) -> None:
    strength = float(claim.told["strength"])
    _see(0 < strength <= 1, "a strength above 0", strength)


def _upright(claim: Claim, _: Record) -> None:
    """Values grow to the right and upward; a gauge's are read from its labels, whatever its way."""
    if claim.what == "scale":
        return
    for low, high in claim.told["window"]:
        _see(low < high, "a window that rises", (low, high))
    axes = read_axes(claim)
    _see(axes.x.step >= 0 >= axes.y.step, "values that grow to the right and upward", "others")


CHECKS = (
    _wrong_way, _wrong_over, _wrong_aside, _partly_drawn, _magnified_backward, _mixed_at_rest,
    check_pairs,
)  # fmt: skip
"""What is asked of every claim."""

BY_KIND: dict[tuple[str, str], Callable[[Claim, Record], None]] = {
    ("level", ""): _levels,
    ("map", "basins"): _basins,
    ("surface", "basins"): _basins,
    ("map", "decision"): _decision,
    ("axes", ""): _upright,
    ("curve", "ellipse of steps"): check_ellipse,
    ("segment", "weight"): check_weight,
    ("line", "hidden neuron"): check_weight,
    ("point", "wrong"): check_wrong,
}


# What stands together


OF_THEIR_LENGTH = re.compile(r"(\d+)/(\d+) of their length")


def wrong_lengths(claims: list[Claim]) -> Iterator[str]:
    """Arrows of one space that are drawn by several scales, or by another than is written."""
    lattices = [claim for claim in claims if claim.kind == "arrows"]
    for word in (claim for claim in claims if claim.kind == "word"):
        said = OF_THEIR_LENGTH.search(word.told["text"])
        if not said:
            continue
        times = int(said[1]) / int(said[2])
        drawn = {t for c in claims if c.what in {"gradient", "gradients"} for t in times_of(c)}
        if not drawn or any(abs(abs(t) - times) > SAME for t in drawn):
            yield f"{word.name}: expected arrows {times:g} times as long, found {sorted(drawn)}"
    for lattice in lattices:
        for other in claims:
            own = {abs(t) for t in times_of(other)} if other.scale == lattice.scale else set()
            times = float(lattice.told["times"])
            if WAYS.get(other.what) == 1 and any(abs(t - abs(times)) > SAME for t in own):
                yield f"{other.name}: expected it {times:g} times as long, as others, found {own}"


def wrong_counts(evidence: Evidence) -> Iterator[str]:
    """Numbers of starts that are said but are not how many are pictured."""
    for beat in evidence.beats:
        said = [
            float(fact["value"]) for fact in beat.facts
            if isinstance(fact, Mapping) and fact.get("what") == "given"
            and fact["of"].get("name") == "starts"
        ]  # fmt: skip
        claims = [c for c in evidence.claims if c.t0 < beat.t1 and beat.t0 < c.t1]
        seen = {*_starts_on_maps(claims), *_starts_of_crowds(claims), *_starts_on_strips(claims)}
        for number in said:
            if number not in seen:
                yield (
                    f"beat {beat.title!r}: expected {number:g} starts in the picture, "
                    f"found {sorted(seen)}"
                )


def unpictured_choices(evidence: Evidence) -> Iterator[str]:
    """Numbers that say where one looks, or what is held still, and are nowhere in the picture."""
    for beat in evidence.beats:
        standing = [c for c in evidence.claims if c.t0 < beat.t1 and beat.t0 < c.t1]
        words = [
            claim
            for claim in standing
            if claim.kind == "word" and claim.what == "number"
            and claim.t0 < beat.t1 - TICK and beat.t0 + TICK < claim.t1
        ]  # fmt: skip
        said = [(f"beat {beat.title!r}", list(facts_in(beat.facts)))]
        said += [(word.name, list(facts_in(word.told.get("facts")))) for word in words]
        chosen = [(where, fact) for where, facts in said for fact in facts if _is_looked_at(fact)]
        # What is computed of it, as in a row of a table, is proved with it.
        computed = [fact for _, facts in said for fact in facts if fact["what"] != "given"]
        pictures = [claim.told for claim in standing if claim.kind != "word"]
        seen = _numbers_in([*pictures, *computed]) if chosen else set()
        for where, fact in chosen:
            if round(float(fact["value"]), 9) not in seen:
                told = f"{fact['of']['name']} = {fact['value']:g}"
                yield f"{where}: expected {told} somewhere in the picture, found it nowhere"


def _is_looked_at(fact: Mapping[str, Any]) -> bool:
    return fact["what"] == "given" and fact["of"].get("name") in LOOKED_AT


def _numbers_in(records: Iterable[Mapping[str, Any]]) -> set[float]:
    """All numbers that records are of, but for how they are drawn."""
    found: set[float] = set()
    left: list[Any] = [
        {key: part for key, part in record.items() if key not in AS_DRAWN} for record in records
    ]
    while left:
        part = left.pop()
        if isinstance(part, Mapping):
            left += part.values()
        elif isinstance(part, list | tuple):
            left += part
        elif isinstance(part, int | float):
            found.add(round(float(part), 9))
    return found


def _starts_on_maps(claims: list[Claim]) -> Iterator[float]:
    for claim in claims:
        if claim.kind == "map" and claim.what == "basins":
            across, up = claim.told["pixels"]
            yield float(across * up)


def _starts_of_crowds(claims: list[Claim]) -> Iterator[float]:
    """How many different walks without a name have a dot."""
    walks = {
        repr(fact["of"]["walk"])
        for claim in claims if claim.kind in {"point", "tip"}
        for fact in filter(None, claim.told.get("places", [[]])[-1])
        if isinstance(fact["of"].get("walk"), Mapping)
    }  # fmt: skip
    yield float(len(walks))


def _starts_on_strips(claims: list[Claim]) -> Iterator[float]:
    for claim in claims:
        for place in claim.told.get("places", ()) if claim.what == "starts" else ():
            if place[0] and place[0]["what"] == "run edge":
                yield float(place[0]["of"]["pieces"] - 1)
