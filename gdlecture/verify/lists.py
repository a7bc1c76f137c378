"""Lists beside pictures: they leave nothing out of what is pictured, and add nothing to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gdlecture.verify.names import headed
from gdlecture.verify.reading import untinted
from gdlecture.verify.ties import facts_in, walks_of

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.evidence import Evidence, Mark
    from gdlecture.verify.record import Record

_RATE = re.compile(r"(?:alpha|α) = [\d.]+")


def wrong_lists(standing: Sequence[Claim], marks: Sequence[Mark], record: Record) -> Iterator[str]:
    """Learning rates that are written at a picture, but not of all the walks in it, or of others.

    Raises:
        FactError: a walk cannot be taken again.
    """
    listed: dict[str | None, list[Claim]] = defaultdict(list)
    for word in standing:
        if word.kind == "word" and word.what == "number" and _tells_rate(word):
            picture = headed(word, standing)
            if picture is not None:
                listed[picture.scale].append(word)
    for scale, words in listed.items():
        told = {fact["value"] for word in words for fact in word.told["facts"]}
        names = {mark.walk for mark in marks if mark.scale == scale}
        names |= {
            name for claim in standing if claim.scale == scale for name in walks_of(claim.told)
        }
        missing = {record.walk(name).step.rate for name in names if _has_rate(name, record)} - told
        if missing:
            wanted = ", ".join(f"{rate:g}" for rate in sorted(missing))
            yield f"{words[0].name}: expected α = {wanted} too, of a walk in that picture"
        known = {mark.walk for mark in record.evidence.marks if mark.scale == scale} | names
        rates = {record.walk(name).step.rate for name in known if _has_rate(name, record)}
        rates |= {
            rate for claim in standing if claim.scale == scale for rate in _crowd_rates(claim.told)
        }
        if rates and told - rates:
            found = ", ".join(f"{rate:g}" for rate in sorted(told - rates))
            yield f"{words[0].name}: expected rates of walks in that picture, found α = {found}"


def _tells_rate(word: Claim) -> bool:
    """Whether a word is a rate with its name: α = 0.1."""
    facts = word.told.get("facts") or ()
    is_rate = _RATE.fullmatch(untinted(str(word.told["text"])).strip())
    return bool(facts and is_rate) and all(fact["what"] == "rate" for fact in facts)


def _crowd_rates(told: Any) -> Iterator[float]:
    """The rates of the walks without names that a claim's record tells how to take."""
    if isinstance(told, Mapping):
        if "step" in told and isinstance(told.get("rate"), int | float):
            yield float(told["rate"])
        told = list(told.values())
    if isinstance(told, list | tuple):
        for part in told:
            yield from _crowd_rates(part)


def _has_rate(name: str, record: Record) -> bool:
    return name in record.names and getattr(record.walk(name), "step", None) is not None


def wrong_sums(evidence: Evidence) -> Iterator[str]:
    """Counts of how things end, of which one is left out: they are not as many as all."""
    counts: dict[str, dict[str, float]] = defaultdict(dict)
    totals: dict[str, int] = {}
    for word in (claim for claim in evidence.claims if claim.kind == "word"):
        for fact in facts_in(word.told.get("facts")):
            for what, key, total in WHOLES:
                if fact["what"] == what:
                    of = {name: part for name, part in fact["of"].items() if name != key}
                    counts[repr((what, of))][str(fact["of"][key])] = float(fact["value"])
                    totals[repr((what, of))] = total(fact["of"])
    for group, parts in counts.items():
        found = sum(parts.values())
        if len(parts) > 1 and found != totals[group]:
            told = " + ".join(f"{number:g}" for number in parts.values())
            yield f"list {sorted(parts)}: expected it of all {totals[group]}, found {told}"


def _walks(of: Mapping[str, Any]) -> int:
    return len(of["walks"])


def _starts(of: Mapping[str, Any]) -> int:
    return int(of["pieces"]) - 1


WHOLES = (("ending with", "verdict", _walks), ("ends so", "so", _starts))
"""Facts that count how many of all are so, what they are counted by, and how many there are."""
