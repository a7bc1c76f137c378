"""What stands must agree: a number with its dot, a colour with its walk, words with both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gdlecture.verify.claims import Claim
from gdlecture.verify.evidence import Beat, Evidence
from gdlecture.verify.reading import is_rounding, numerals, tinted
from gdlecture.verify.rows import check_agreement
from gdlecture.verify.tones import is_alike, is_colour

if TYPE_CHECKING:
    from gdlecture.verify.record import Record

Dots = Mapping[str, Collection[int]]
Spots = Mapping[str, Sequence[tuple[float, ...]]]

BESIDE, BENEATH = 0.7, 2.0
"""Ems that a label may be off what it names, and the number of a post beneath that."""

TICK = 0.3
"""Seconds for which words of two beats may stand side by side."""

TURNED = 0.5
"""Seconds after which the words of the beat before are gone."""

TOLD_OF = {"coordinate", "value", "slope", "steps", "length", "rate"}
"""Numbers of a walk that is to be seen when they are said."""


def disagreements(
    standing: Sequence[Claim],
    dots: Dots,
    colours: Mapping[str, str],
    spots: Spots,
) -> Iterator[str]:
    """What does not agree of what stands in one picture.

    `dots` has the iterates on which a walk's dots stand, `colours` the colour of a walk's dots,
    `spots` the points of the data that they mark, by the scale that they are seen in.
    """
    yield check_agreement([claim for claim in standing if claim.kind == "word"], dots)
    pictured = (claim for claim in standing if claim.kind != "word" and claim.what != "sign")
    seen = {*dots, *(name for claim in pictured for name in walks_of(claim.told))}
    yield from _strange_verdicts(standing, seen)
    yield from _wrong_colours(standing, colours)
    yield from _wrong_keys(standing)
    yield from _wrong_shares(standing)
    yield from _wrong_parts(standing)
    yield from _wrong_sums(standing)
    yield from _planes_elsewhere(standing, spots)
    yield from _posts_elsewhere(standing)


def _strange_verdicts(standing: Sequence[Claim], seen: set[str]) -> Iterator[str]:
    for claim in (claim for claim in standing if claim.what == "verdict"):
        walk = next(iter(walks_of(claim.told.get("facts"))), None)
        if isinstance(walk, str) and seen and walk not in seen:
            yield f"{claim.name}: expected the end of {' or '.join(sorted(seen))}, found {walk}’s"


def _wrong_colours(standing: Sequence[Claim], colours: Mapping[str, str]) -> Iterator[str]:
    told: dict[str, dict[str, str]] = defaultdict(dict)
    for walk, colour in colours.items():
        told[walk].setdefault(colour, "its dot")
    for claim in standing:
        for walk, colour in _coloured(claim):
            told[walk].setdefault(colour, claim.name)
    for walk, found in told.items():
        (first, whose), *others = found.items()
        for colour, name in others:
            if is_colour(first) and is_colour(colour) and not is_alike(first, colour):
                yield f"{name}: expected the colour {first} of {walk!r} ({whose}), found {colour}"


def _coloured(claim: Claim) -> Iterator[tuple[str, str]]:
    """The walk that a chart's line, or a label of nothing but a rate, is of, and its colour."""
    walk, facts = claim.told.get("walk"), claim.told.get("facts", ())
    if claim.what == "chart" and isinstance(walk, str):
        yield walk, claim.told["style"]["stroke"][0]
    alone = claim.what == "number" and not claim.told.get("beside") and len(facts) == 1
    if alone and facts[0]["what"] == "rate" and isinstance(facts[0]["of"]["walk"], str):
        yield facts[0]["of"]["walk"], claim.told["colours"][0]


def _wrong_keys(standing: Sequence[Claim]) -> Iterator[str]:
    """Keys whose square is of another colour than the words beside it."""
    words = [claim for claim in standing if claim.kind == "word"]
    for key in (
        claim for claim in standing if claim.what == "key" and "fill" in claim.told["style"]
    ):
        beside = [word for word in words if is_key_of(key, word)]
        colour = key.told["style"]["fill"][0]
        for word in beside[:1]:
            said = word.told["colours"]
            if len(said) == 1 and is_colour(said[0]) and not is_alike(said[0], colour):
                yield f"{word.name}: expected a key of its colour {said[0]}, found {colour}"


def is_key_of(key: Claim, word: Claim) -> bool:
    """Whether a square stands just left of a word, on its line."""
    _, top, right, bottom = key.told["box"]
    left, high, _, low = word.told["box"]
    return bool(0 <= left - right < 2 * word.told["em"] and high < (top + bottom) / 2 < low)


def keys_of(word: Claim, standing: Sequence[Claim]) -> Iterator[tuple[str, str]]:
    """The keys of a word, by name, and their colours."""
    for key in standing:
        if key.what == "key" and "fill" in key.told["style"] and is_key_of(key, word):
            yield key.name, key.told["style"]["fill"][0]


def _wrong_shares(standing: Sequence[Claim]) -> Iterator[str]:
    """Shares of starts in another colour than the stretches of those that reach that minimum."""
    stretches: dict[int, str] = {}
    for claim in standing:
        told = claim.told.get("reaches")
        if claim.what == "starts" and isinstance(told, Mapping):
            stretches[int(told["value"])] = claim.told["style"]["stroke"][0]
    for word in standing:
        facts = word.told.get("facts") or ()
        shares = [fact for fact in facts if fact["what"] == "basin share"]
        if word.what != "number" or not shares or len(facts) != 1:
            continue
        colour, own = word.told["colours"][0], stretches.get(int(shares[0]["of"]["minimum"]))
        if own and is_colour(colour) and not is_alike(colour, own):
            yield f"{word.name}: expected the colour {own} of its starts, found {colour}"


def _wrong_parts(standing: Sequence[Claim]) -> Iterator[str]:
    """Slopes in another colour than the part of a step along their own axis."""
    parts: dict[tuple[Any, int], set[str]] = defaultdict(set)
    for part in (claim for claim in standing if claim.what == "part of a step"):
        start, end = part.told["places"]
        for axis, (here, there) in enumerate(zip(start, end, strict=True)):
            if here["value"] != there["value"]:
                (colour, *_), *_ = part.told["style"].values()
                parts[here["of"]["walk"], axis].add(colour)
    for word in (claim for claim in standing if claim.what == "number" and parts):
        slopes = [fact for fact in word.told.get("facts") or () if fact["what"] == "slope"]
        for colour, code in tinted(str(word.told["text"])) if slopes else ():
            said = numerals(code)
            of = [
                (fact["of"].get("walk"), fact["of"].get("axis"))
                for fact in slopes
                if len(said) == 1 and is_rounding(said[0], float(fact["value"]))
            ]
            own = parts.get(of[0], set()) if len(of) == 1 else set()
            if own and own != {colour}:
                found = f"found {colour}"
                yield f"{word.name}: expected {code} in {own} as its part of the step, {found}"


def _wrong_sums(standing: Sequence[Claim]) -> Iterator[str]:
    """Words for what momentum keeps, or for the slope's part, in the colour of the other arrow.

    What is kept leads to the place that is `carried` to, the slope's part on from there.
    """
    colours: dict[str, str] = {}
    for step in standing:
        if step.kind == "segment" and step.what == "step":
            start, end = ({fact["what"] for fact in place if fact} for place in step.told["places"])
            part = "kept" if "carried" in end else "slope" if "carried" in start else ""
            if part:
                colours[part] = step.told["style"]["stroke"][0]
    for word in standing if len(colours) > 1 else ():
        for colour, part in _parts_of_sum(word):
            if not is_alike(colour, colours[part]):
                own = colours[part]
                yield f"{word.name}: expected the colour {own} of its arrow, found {colour}"


def _parts_of_sum(word: Claim) -> Iterator[tuple[str, str]]:
    """Which part of a step of momentum a word tells of, or a part of a rule, in which colour."""
    if word.kind != "word" or word.what not in {"label", "remark", "rule"}:
        return
    text, facts = str(word.told["text"]), word.told.get("facts") or ()
    if word.what == "rule":
        for colour, code in tinted(text):
            if "nabla" in code or "v_(k-1)" in code.replace(" ", ""):
                yield colour, "slope" if "nabla" in code else "kept"
    elif any(fact["what"] == "momentum" for fact in facts):
        yield from ((colour, "kept") for colour in word.told["colours"])
    elif text.strip('" ') == "slope":
        yield from ((colour, "slope") for colour in word.told["colours"])


def early_ends(standing: Sequence[Claim], dots: Dots, record: Record) -> Iterator[str]:
    """Verdicts, and their signs, of walks whose dots do not stand at their end.

    Raises:
        FactError: a walk cannot be taken again.
    """
    for claim in (claim for claim in standing if claim.what in {"verdict", "sign"}):
        name = next(iter(walks_of(claim.told.get("facts"))), None)
        if isinstance(name, str) and name in dots:
            end = record.walk(name).stopped_at
            if end - 1 > max(dots[name]):
                yield (
                    f"{claim.name}: expected the dot of {name!r} at its end, {end}, "
                    f"found it at {max(dots[name])}"
                )


def _posts_elsewhere(standing: Sequence[Claim]) -> Iterator[str]:
    """Posts on scales whose number, perhaps cut off or rounded, is written somewhere else."""
    for post in (claim for claim in standing if claim.what == "post"):
        (x, y), *_ = post.told["path"][0]
        own = post.told["places"][0][0]
        for word in (claim for claim in standing if claim.kind == "word"):
            facts = word.told.get("facts", ())
            if len(facts) != 1 or not _is_of(facts[0], own):
                continue
            (left, top, right, bottom), em = word.told["box"], word.told["em"]
            right_of = max(left - x, x - right, 0.0)
            below = max(top - y, y - bottom, 0.0)
            if right_of > BESIDE * em or below > BENEATH * em:
                off = right_of + below
                yield f"{word.name}: expected it at its post, found it {off:.0f} px off"


def _is_of(fact: Any, other: Mapping[str, Any]) -> bool:
    """Whether a fact is another one, or is what is cut off of it."""
    while fact["what"] == "floored":
        fact = fact["of"]["fact"]
    return (fact["what"], fact["of"]) == (other["what"], other["of"])


def _planes_elsewhere(standing: Sequence[Claim], spots: Spots) -> Iterator[str]:
    """Tangent planes that touch where no point of their space is marked."""
    for plane in (claim for claim in standing if claim.what == "tangent plane"):
        points = [
            _coordinates(claim)
            for claim in standing
            if claim.kind == "point" and claim.scale == plane.scale and claim.told.get("places")
        ]
        points += [list(spot[:2]) for spot in spots.get(plane.scale or "", ())]
        at = _coordinates(plane)
        if points and not any(np.allclose(at, point, atol=1e-9) for point in points):
            yield f"{plane.name}: expected it at a marked point, found it at {at}"


def _coordinates(claim: Claim) -> list[float]:
    return [float(fact["value"]) for fact in claim.told["places"][0][:2]]


def unsaid(evidence: Evidence) -> Iterator[str]:
    """Beats whose words are not those in the picture, or are of walks that are not pictured."""
    for beat in evidence.beats:
        claims = [c for c in evidence.claims if c.t0 < beat.t1 - TICK and beat.t0 + TICK < c.t1]
        for what, said in (("title", beat.title), ("caption", beat.text)):
            found = [claim.told.get("text") for claim in claims if claim.what == what]
            if said not in found:
                wanted = f"expected the {what} {said!r} in the picture"
                yield f"beat {beat.title!r}: {wanted}, found {found}"
        for claim in claims:
            own = {"title": beat.title, "caption": beat.text}.get(claim.what)
            if own is not None and claim.told.get("text") != own and beat.t0 + TURNED < claim.t1:
                told = f"found {claim.told.get('text')!r} until {claim.t1:.2f} s"
                yield f"beat {beat.title!r}: expected no {claim.what} but its own, {told}"
        yield from _unpictured(beat, claims, evidence)


def _unpictured(beat: Beat, claims: Sequence[Claim], evidence: Evidence) -> Iterator[str]:
    marks = {mark.walk for mark in evidence.marks if mark.t0 < beat.t1 and beat.t0 < mark.t1}
    pictured = marks | {name for claim in claims for name in walks_of(claim.told)}
    # A crowd's walks and the map of all starts have no name, but a rate.
    rates = {rate for claim in claims for rate in _rates_of(claim.told)}
    for fact in beat.facts:
        walk = fact.get("of", {}).get("walk") if isinstance(fact, dict) else None
        told = isinstance(walk, str) and fact.get("what") in TOLD_OF and fact.get("said")
        crowds = told and fact["what"] == "rate" and fact.get("value") in rates
        if told and pictured and walk not in pictured and not crowds:
            wanted = "expected numbers of a walk in the picture"
            yield f"beat {beat.title!r}: {wanted}, found {walk!r}’s"


def facts_in(told: Any) -> Iterator[Mapping[str, Any]]:
    """All facts in a record, those within facts too."""
    if isinstance(told, Mapping):
        if {"what", "of"} <= told.keys():
            yield told
        told = list(told.values())
    if isinstance(told, list | tuple):
        for part in told:
            yield from facts_in(part)


def walks_of(told: Any) -> Iterator[str]:
    """The names of all walks that a record refers to.

    A function that is known by a walk over it is not that walk.
    """
    told_of = references(told, but=("field", "tangent_to"))
    return (walk for walk in told_of if isinstance(walk, str))


def references(told: Any, but: Collection[str] = ()) -> Iterator[Any]:
    """The walks that a record refers to, by name or recipe, for whatever `but` under some keys."""
    if isinstance(told, Mapping):
        if "walk" in told:
            yield told["walk"]
        told = [part for key, part in told.items() if key not in {"walk", *but}]
    if isinstance(told, list | tuple):
        for part in told:
            yield from references(part, but)


def _rates_of(told: Any) -> Iterator[float]:
    """The learning rates of all walks without a name that a record refers to by their recipe."""
    if isinstance(told, Mapping):
        if isinstance(told.get("rate"), float):
            yield told["rate"]
        told = list(told.values())
    if isinstance(told, list | tuple):
        for part in told:
            yield from _rates_of(part)
