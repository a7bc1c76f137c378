"""What must hold of a clip's proof as a whole: there are claims, and they account for its ink."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gdlecture.verify.evidence import Evidence
from gdlecture.verify.prove import Failure, Proof
from gdlecture.verify.reverse import Stray
from gdlecture.verify.wording import VERDICTS, claiming, sentences

LEAST_ACCOUNTED = 0.97
"""Of a clip's ink, the share that claims must account for."""

MOST_TAUGHT = 0.2
"""Of the words that a clip says, the share that may be taught without a proof."""

TOLD = 5
"""So many places of stray ink are told one by one."""


@dataclass
class StrayPlace:
    """Stray ink that shows in one place in several pictures: where, and in which frames."""

    first: Stray
    box: tuple[int, int, int, int]
    frames: set[int] = field(default_factory=set)


def broken_rules(told: Evidence, proof: Proof) -> Iterator[Failure]:
    """Each way in which a clip's claims do not answer for what it shows."""
    if not told.claims and (told.walks or told.beats):
        yield Failure("evidence: expected claims, found none")
    for beat in told.beats if told.claims else ():
        if not any(first < beat.t1 and beat.t0 < past for first, past in told.still):
            yield Failure(f"beat {beat.title!r}: expected a time in which all stands, found none")
    yield from map(Failure, overtaught(told))
    if proof.accounted < LEAST_ACCOUNTED:  # which nan, of no ink at all, is not
        # Rounded down, so that what fails never reads as what is asked for.
        share = math.floor(1000 * proof.accounted) / 10
        yield Failure(
            f"ink: expected claims to account for {100 * LEAST_ACCOUNTED:g} % of it or more, "
            f"found {share:.1f} %"
        )
    places = [
        place for place in stray_places(proof.strays) if len(place.frames) > 1 or place.first.sudden
    ]
    for place in places[:TOLD]:
        frame, (left, top, right, bottom) = place.first.frame, place.first.box
        where = f"({left}, {top})…({right}, {bottom}) px"
        more = f", and in {len(place.frames) - 1} more" if len(place.frames) > 1 else ""
        when = f"frame {frame}, {frame / told.fps:.2f} s{more}"
        yield Failure(
            f"ink: expected a claim for what is at {where}, found none: {when}",
            frame, (left, top, right, bottom),
        )  # fmt: skip
    if len(places) > TOLD:
        yield Failure(f"ink: and {len(places) - TOLD} more places without a claim")


def overtaught(told: Evidence) -> Iterator[str]:
    """What passes for theory and must be proved: verdicts, numbers, or too much of the words."""
    words = " ".join(
        dict.fromkeys(
            text[first:past].strip()
            for texts, _ in told.utterances
            for text in texts
            for first, past in sentences(text)
        )
    )
    taught = dict.fromkeys(
        str(fact.get("said")) for _, facts in told.utterances for fact in facts
        if fact.get("what") == "taught"
    )  # fmt: skip
    for said in taught:
        if re.search(r"\d", said) or any(claiming(said, VERDICTS)):
            yield f"words: expected a proof of “{said}”, found that it is only taught"
    share = len(" ".join(taught).split()) / max(1, len(words.split()))
    if share > MOST_TAUGHT:
        most = f"{100 * MOST_TAUGHT:g} %"
        yield f"words: expected at most {most} of them taught, found {100 * share:.0f} %"


def stray_places(strays: Iterable[Stray]) -> list[StrayPlace]:
    """Stray ink gathered by where it is: what overlaps from picture to picture is one place."""
    places: list[StrayPlace] = []
    for stray in sorted(strays, key=lambda stray: (stray.frame, stray.box)):
        place = next((place for place in places if _overlap(place.box, stray.box)), None)
        if place is None:
            place = StrayPlace(stray, stray.box)
            places.append(place)
        place.box = stray.box  # ink that moves is followed
        place.frames.add(stray.frame)
    return places


def _overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]
