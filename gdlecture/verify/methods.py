"""Whose a name, a rule or a rate is: in the colour of a walk by that, and nearest to its dots."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gdlecture.verify.called import METHODS, method_of
from gdlecture.verify.reading import untinted
from gdlecture.verify.source import step_of
from gdlecture.verify.ties import keys_of, references
from gdlecture.verify.tones import is_alike, is_colour

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.evidence import Mark
    from gdlecture.verify.record import Record

INKED = {"chart", "dot", "ellipse of steps", "gain", "hop", "iterate", "on its way", "ring", "step"}
"""What has the colour of its walk."""

NEARER = 0.5
"""Ems by which the dots of other walks may be nearer to a name than those of its own."""


@dataclass(frozen=True)
class Way:
    """How a walk goes: its method, and its learning rate; None is not told."""

    method: str | None
    rate: float | None

    def fits(self, other: Way) -> bool:
        """Whether all that it tells is so of another."""
        return self.method in {None, other.method} and self.rate in {None, other.rate}


@dataclass(frozen=True)
class Drawn:
    """What is drawn of a walk: its colour, and its place, px, if it is a dot over k in a chart."""

    way: Way
    colour: str
    place: Sequence[float] | None = None


def wrong_methods(
    standing: Sequence[Claim], marks: Sequence[Mark], record: Record
) -> Iterator[str]:
    """Names of methods, rules and rates in the colour, or in a chart at the dots, of other walks.

    They are held against what is drawn if some of it is of a walk that they fit.

    Raises:
        LookupError: a rate is not of a walk.
    """
    drawn = [Drawn(_way(mark.walk, record), mark.color) for mark in marks]
    drawn += [part for claim in standing for part in _drawn(claim, record)]
    for word in standing:
        told = _told(word, record) if word.kind == "word" else None
        if not told or not any(told.fits(part.way) for part in drawn):
            continue
        one_colour = [(word.name, *word.told["colours"])] if len(word.told["colours"]) == 1 else []
        for name, colour in (*one_colour, *keys_of(word, standing)):
            same = [part.way for part in drawn if _is_one(part.colour, colour)]
            if same and not any(map(told.fits, same)):
                yield f"{name}: expected the colour of its walk, found another’s, {colour}"
        if word.what != "rule":
            yield from _elsewhere(word, told, standing, record)


def _elsewhere(word: Claim, told: Way, standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """A name within a chart that stands nearer to the dots of other walks than of its own.

    It is held against all dots that ever stand with it, for it may come before them.
    """
    box = word.told["box"]
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for axes in (claim for claim in standing if claim.kind == "axes"):
        left, top, right, bottom = axes.told["box"]
        if not (left <= x <= right and top <= y <= bottom):
            continue
        gaps: dict[bool, float] = {}
        for dot in record.evidence.claims:
            if dot.scale != axes.scale or not (dot.t0 < word.t1 and word.t0 < dot.t1):
                continue
            for part in _drawn(dot, record):
                if part.place:
                    own = told.fits(part.way)
                    gaps[own] = min(gaps.get(own, math.inf), word.off(*part.place))
        if len(gaps) == 2 and gaps[False] < gaps[True] - NEARER * word.told["em"]:
            yield (
                f"{word.name}: expected it at the dots of its walk, {gaps[True]:.0f} px off, "
                f"found another’s {gaps[False]:.0f} px off"
            )


def _told(word: Claim, record: Record) -> Way | None:
    """What a rule, or a name of a method or a lone rate, tells of the walks that it is of."""
    if word.what == "rule":
        return Way(word.told.get("method"), None)
    if word.what not in {"label", "number"} or word.told.get("beside"):
        return None
    said, facts = untinted(str(word.told["text"])).strip('" '), [*(word.told.get("facts") or [])]
    called = (step for name, step in METHODS.items() if re.match(rf"{name}\b", said.lower()))
    method = next(called, None)
    if len(facts) == 1 and facts[0]["what"] == "rate":
        return Way(method, _way(facts[0]["of"]["walk"], record).rate)
    return Way(method, None) if method and not facts else None


def _drawn(claim: Claim, record: Record) -> Iterator[Drawn]:
    """The dots, steps and lines of one walk."""
    if claim.kind == "word" or claim.what not in INKED:
        return
    places = claim.told.get("places") or ()
    of_it = [claim.told["walk"]] if claim.what == "chart" else references(places, but=("field",))
    walks = {repr(of): of for of in of_it}
    style = claim.told.get("style") or {}
    inks = style.get("stroke") or style.get("fill")
    if len(walks) == 1 and inks:
        (of,) = walks.values()
        over_k = all(place[0] and place[0]["what"] == "count" for place in places)
        at = claim.told["disc"][:2] if over_k and "disc" in claim.told else None
        yield Drawn(_way(of, record), inks[0], at)


def _way(of: Any, record: Record) -> Way:
    """How a walk goes, by its name or its recipe."""
    if isinstance(of, Mapping):
        step = step_of(of) if "step" in of else None
    else:
        step = getattr(record.walk(of), "step", None) if of in record.names else None
    return Way(None, None) if step is None else Way(method_of(step), step.rate)


def _is_one(one: str, other: str) -> bool:
    """Whether two colours are one; greys only if they are the same."""
    return one == other or (is_colour(one) and is_colour(other) and is_alike(one, other))
