"""The words of a clip: every numeral, verdict and adjective of a title or caption is a fact's.

The facts are taken again from the record, and the sentence is read as a viewer reads it: nothing
in it may be left over.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gdlecture.verify.evidence import UNBOUNDED
from gdlecture.verify.facts import retake_fact
from gdlecture.verify.source import FactError
from gdlecture.verify.wording import (
    KINDS,
    NO_MINIMUM,
    ORDERS,
    VERDICTS,
    Token,
    adjectives,
    claiming,
    formula_text,
    spans,
    tokens,
)

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.evidence import Beat
    from gdlecture.verify.record import Record

CLOSE = 1e-9
MOST_FACTS = 200

COUNTED = ("values", "walks", "things")
"""What of a fact may be counted by a phrase: "all 3 arrive"."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Known:
    """A fact that was taken again: how it was put, what it is, and its numbers."""

    fact: Mapping[str, Any]
    value: Any
    numbers: tuple[float, ...]

    @property
    def what(self) -> str:
        """Which fact it is."""
        return str(self.fact["what"])

    @property
    def said(self) -> str:
        """How it was put."""
        return str(self.fact.get("said", ""))

    @property
    def is_numeral(self) -> bool:
        """Whether it is put as nothing but a numeral."""
        found = tokens(self.said)
        return len(found) == 1 and found[0].text == self.said


def check_words(beat: Beat, record: Record) -> Iterator[str]:
    """A beat's title and caption say what their facts say, and nothing more; one line a failure."""
    name = f"beat {beat.title!r}"
    if len(beat.facts) > MOST_FACTS:
        yield f"{name}: facts: expected at most {MOST_FACTS}, found {len(beat.facts)}"
        return
    for line in check_sentence(f"{beat.title}\n{beat.text}", beat.facts, record):
        yield f"{name}: {line}"


def check_sentence(words: str, facts: Sequence[Any], record: Record) -> Iterator[str]:
    """Words say what their facts say, in that order, and nothing more."""
    known = []
    for fact in facts:
        try:
            known.append(taken_again(fact, record))
        except FactError as error:
            yield str(error)
    yield from _unfaithful(words, known)
    yield from _left_over(words, known)
    yield from _unproved(words, known)


def taken_again(fact: Any, record: Record) -> Known:
    """A fact that is as stated.

    Raises:
        FactError: it cannot be taken again, or is something else.
    """
    if not isinstance(fact, Mapping) or not isinstance(fact.get("of"), Mapping):
        raise FactError(f"expected a fact with what it is of, found {str(fact)[:60]!r}")
    name = f"{fact.get('what')} “{fact.get('said', '')}”"
    true, stated = retake_fact(fact, record), fact.get("value")
    if isinstance(stated, str):
        stated = UNBOUNDED.get(stated, stated)
    if not _same(true, stated):
        raise FactError(f"{name}: expected {_shown(true)}, found {_shown(stated)}")
    if true is False:
        raise FactError(f"{name}: it is not so")
    value = stated if isinstance(stated, bool | str) else float(stated or 0)
    return Known(fact, value, tuple(_numbers(value, fact["of"], record)))


def _same(true: Any, stated: Any) -> bool:
    if isinstance(true, str) or isinstance(stated, str):
        return bool(true == stated)
    if isinstance(stated, bool):
        return bool(true) is stated
    if not isinstance(stated, int | float) or true is None or isinstance(true, bool):
        return False
    one, other = float(true), float(stated)
    both_nan = math.isnan(one) and math.isnan(other)
    return both_nan or math.isclose(one, other, rel_tol=CLOSE, abs_tol=1e-12)


def _shown(value: Any) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{float(value):.12g}" if is_number else str(value)[:60]


def _numbers(value: Any, of: Mapping[str, Any], record: Record) -> Iterator[float]:
    """The numbers that a fact is about: its own, those of facts in it, a ratio, how many."""
    if isinstance(value, float):
        yield value
    if isinstance(of.get("ratio"), int | float):
        yield float(of["ratio"])
    inner = [item for part in of.values() for item in (part if isinstance(part, list) else [part])]
    yield from (float(len(of[key])) for key in COUNTED if isinstance(of.get(key), list))
    for item in inner:
        if isinstance(item, Mapping) and isinstance(item.get("of"), Mapping):
            number = retake_fact(item, record)
            if isinstance(number, int | float):
                yield from _numbers(float(number), item["of"], record)


# What is said


def _unfaithful(words: str, known: Sequence[Known]) -> Iterator[str]:
    """Facts that are not said, or put otherwise than they are."""
    numbers: dict[str, list[float]] = {}
    for each in known:
        numbers.setdefault(each.said, []).extend(each.numbers)
    for each in known:
        if not each.said:
            continue
        if not any(spans(each.said, words)):
            yield f"expected “{each.said}” in the words, found {words!r}"
        elif each.what == "formula":
            told = str(each.fact["of"].get("text"))
            if told.replace(" ", "") != formula_text(each.said):
                yield f"formula: expected {told}, found “{each.said}”"
        elif not each.is_numeral:
            yield from _wrong_in_phrase(each, numbers[each.said])


def _wrong_in_phrase(each: Known, numbers: Sequence[float]) -> Iterator[str]:
    for token in tokens(each.said):
        if not token.may_be_uncounted and not any(token.tells(n) for n in numbers):
            told = ", ".join(f"{number:.12g}" for number in numbers)
            yield f"“{each.said}”: expected one of {told}, found {token.text}"
    if isinstance(each.value, float) and not math.isfinite(each.value):
        beyond = "no value" if math.isnan(each.value) else "beyond float64"
        if each.said != beyond:
            yield f"expected “{beyond}”, found “{each.said}”"
    elif each.said == "beyond float64":
        yield f"expected {_shown(each.value)}, found “{each.said}”"
    if each.what == "ending with" and re.search(r"\ball\b", each.said, re.IGNORECASE):
        count = len(each.fact["of"]["walks"])
        if each.value != count:
            yield f"“{each.said}”: expected {each.value:g} of {count}, found all"


def _left_over(words: str, known: Sequence[Known]) -> Iterator[str]:
    """Numerals that are no fact's, or another one's."""
    phrases = _covered(words, [each for each in known if not each.is_numeral])
    left = [each for each in known if each.is_numeral]
    for token in tokens(words):
        if _within((token.start, token.end), phrases):
            continue
        if left and left[0].said == token.text:
            value = left.pop(0).value
            if not isinstance(value, float) or not token.tells(value):
                yield f"expected {_shown(value)}, found “{_with_relation(token)}”"
        elif not token.may_be_uncounted:
            yield f"“{token.text}”: expected a fact that says so, found none{_next(left)}"
    for each in left:
        yield f"expected “{each.said}”, a {each.what}, in its turn, found it nowhere"


def _next(left: Sequence[Known]) -> str:
    return f"; the next is “{left[0].said}”" if left else ""


def _with_relation(token: Token) -> str:
    return f"{token.relation} {token.text}".strip()


def _covered(words: str, known: Sequence[Known]) -> list[Span]:
    return [span for each in known for span in spans(each.said, words)]


def _within(span: Span, others: Sequence[Span]) -> bool:
    return any(low <= span[0] and span[1] <= high for low, high in others)


# What is claimed


def _unproved(words: str, known: Sequence[Known]) -> Iterator[str]:
    """Verdicts, kinds and adjectives that no fact bears out."""
    for meaning, word, span in claiming(words, VERDICTS):
        backing = _over(words, span, known)
        if not any(_ends_so(each, meaning) for each in backing):
            yield f"“{word}”: expected a walk that ends {meaning}, found {_told(backing)}"
    for each in known:
        if each.what in {"kind of end", "kind"} and not _is_kind(each):
            yield f"“{each.said}”: expected the words for {each.value}"
    for index, word, span in adjectives(words):
        _, quantities, order = ORDERS[index]
        backing = _over(words, span, known)
        if order and not any(_stands_so(each, quantities, order) for each in backing):
            told = f"{quantities or 'numbers'} {order}"
            yield f"“{word}”: expected a fact of {told}, found {_told(backing)}"


def _over(words: str, span: Span, known: Sequence[Known]) -> list[Known]:
    """The facts whose words are there."""
    return [each for each in known if _within(span, list(spans(each.said, words)))]


def _told(known: Sequence[Known]) -> str:
    return ", ".join(f"{each.what} {_shown(each.value)}" for each in known) or "none"


def _ends_so(each: Known, verdict: str) -> bool:
    match each.what:
        case "verdict" | "zone verdict":
            return bool(each.value == verdict)
        case "ending with":
            return bool(each.fact["of"].get("verdict") == verdict)
        case "basin minimum":
            return verdict == "CONVERGED" and each.value >= 0
        case "outside":
            return verdict == "DIVERGED"
        case "is near" | "equal":
            return verdict == "CONVERGED"
        case _:
            return False


def _is_kind(each: Known) -> bool:
    if NO_MINIMUM in each.said:
        return bool(each.value != "MINIMUM")
    return any(word in each.said for word in KINDS.get(each.value, "").split("|") if word)


def _stands_so(each: Known, quantities: str, order: str) -> bool:
    """Whether a fact is an order of these quantities."""
    what, by = _signature(each.fact)
    return by in order.split() and (not quantities or what in quantities.split())


def _signature(fact: Mapping[str, Any]) -> tuple[str, str]:
    """What is compared by a statement, and how: ("steps", "<")."""
    of = fact["of"]
    match fact["what"]:
        case "ordered":
            return _quantity(of["values"][0]), str(of["by"])
        case "along":
            return str(of["quantity"]), str(of["by"])
        case "nowhere" | "lower elsewhere" | "lower at the edge":
            return "value", str(of.get("by", "<"))
        case "steady":
            return _quantity(of["values"][0]), "<" if float(of["ratio"]) < 1 else ">"
        case "is level":
            return "slope", "<="
        case _:
            return "", ""


ALIKE = {
    "valley": "value", "stationary value": "value", "value at": "value", "height": "value",
    "basin bottom": "coordinate", "stationary point": "coordinate", "minimum": "coordinate",
    "derivative at": "slope", "partial": "slope",
}  # fmt: skip


def _quantity(fact: Any) -> str:
    """Which quantity a fact is: sizes and ratios are of what they are taken from."""
    if not isinstance(fact, Mapping) or not isinstance(fact.get("of"), Mapping):
        return ""
    what = str(fact.get("what"))
    if what in {"size", "floored"}:
        return _quantity(fact["of"].get("fact"))
    if what == "ratio":
        return _quantity(fact["of"]["values"][0])
    return ALIKE.get(what, what)


# Verdicts in the picture

FATES = {
    "CONVERGED": ("converged at step {k}", "there at {k}"),
    "STOPPED": ("stopped at step {k}: {kind}", "stopped at {k}"),
    "OSCILLATING": ("never settles: {orbit}", "never settles"),
    "DIVERGED": ("diverged by step {k}", "diverged by {k}"),
    "FALLING": ("f falls for ever", "falls for ever"),
    "LEFT_DOMAIN": ("left the domain at step {k}", "no value at {k}"),
    "STUCK": ("stuck: {kind}", "stuck"),
    "NO_STEP": ("no step from x{low}: {singular}", "no step from {k}"),
    "BUDGET_SPENT": ("{k} steps spent, {trend}", "not there at {k}"),
}
"""What is written of a walk's end, at length and shortly."""

KIND_WORDS = {
    None: "the slope is 0",
    "SADDLE": "a saddle",
    "MAXIMUM": "a maximum",
    "INFLECTION": "an inflection",
    "FLAT": "level ground",
    "PLATEAU": "a plateau",
    "NONE": "no minimum",
}
TRENDS = {"APPROACHING": "not there yet", "LEAVING": "moving away"}
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def verdict_words(walk: Any) -> tuple[str, str]:
    """What may be written of a walk's end, made from the walk alone: at length, and shortly."""
    verdict, ending, k = walk.verdict.name, walk.ending, walk.stopped_at
    if verdict == "CONVERGED" and k == 0:
        return "there from the start", "there at 0"
    kind, trend = ending.kind and ending.kind.name, ending.trend and ending.trend.name
    told = {
        "k": k,
        "low": str(k).translate(LOWERED),
        "kind": KIND_WORDS.get(kind, ""),
        "orbit": "bounded" if ending.period is None else f"a cycle of {ending.period}",
        "singular": "f″ is 0" if walk.field.dimension == 1 else "H is singular",
        "trend": TRENDS.get(trend or "", "not there"),
    }
    long, short = (text.format(**told) for text in FATES[verdict])
    leaving = verdict == "BUDGET_SPENT" and trend == "LEAVING"
    return long, "moving away" if leaving else short


def check_verdict(claim: Claim, record: Record) -> str:
    """What is wrong with a verdict's words in the picture, or "" if they are the walk's own."""
    text, facts = claim.told.get("text"), claim.told.get("facts")
    if not isinstance(text, str) or not isinstance(facts, list) or not facts:
        return f"{claim.name}: expected a text with the fact of a walk’s end"
    verdict = facts[0]
    try:
        taken_again(verdict, record)
        expected = verdict_words(record.walk(verdict["of"]["walk"]))
    except (FactError, KeyError) as error:
        return f"{claim.name}: {error}"
    if text not in expected:
        return f"{claim.name}: expected “{expected[0]}” or “{expected[1]}”, found “{text}”"
    return ""
