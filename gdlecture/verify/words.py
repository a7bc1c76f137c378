"""The words of a clip: every numeral, verdict and adjective of a title or caption is a fact's.

The facts are taken again from the record, and the sentence is read as a viewer reads it: nothing
in it may be left over.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from gdlecture.schema import UNBOUNDED
from gdlecture.verify.bold import COMPARING, bold_words, is_reversed
from gdlecture.verify.called import METHODS, method_of, named_in
from gdlecture.verify.pictured import wrong_arrangement
from gdlecture.verify.source import FactError
from gdlecture.verify.wording import (
    KINDS,
    NO_MINIMUM,
    ORDERS,
    VERDICTS,
    Token,
    adjectives,
    claiming,
    counts_steps,
    formula_text,
    is_of_start,
    is_one_clause,
    named_coordinate,
    questions,
    sentences,
    spans,
    tokens,
)

if TYPE_CHECKING:
    from gdlecture.verify.evidence import Beat
    from gdlecture.verify.source import Source

CLOSE = 1e-9
MOST_FACTS = 200

COUNTED = ("values", "walks", "things")
"""What of a fact may be counted by a phrase: "all 3 arrive"."""

STEPS = {"steps", "count"}
"""Facts that say how many steps were taken."""

OF_ITERATES = {"coordinate", "value", "slope", "steepness", "curvature", "share right"}
"""Facts of one iterate."""

FELT = {"blue": "<", "red": ">"}
"""What is felt is blue where it is colder than here, and red where it is warmer."""

OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}
"""What an order is with a “not” before it."""

NOBODY = {"none", "no", "nobody"}
"""Words that count: 0."""

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


def check_words(beat: Beat, record: Source) -> Iterator[str]:
    """A beat's title and caption say what their facts say, and nothing more; one line a failure."""
    yield from check_sentence(f"{beat.title}\n{beat.text}", beat.facts, record)


def check_sentence(words: str, facts: Sequence[Any], record: Source) -> Iterator[str]:
    """Words say what their facts say, in that order, and nothing more; one line a failure."""
    if len(facts) > MOST_FACTS:
        yield f"facts: expected at most {MOST_FACTS}, found {len(facts)}"
        return
    known = []
    for fact in facts:
        try:
            known.append(taken_again(fact, record))
        except FactError as error:
            yield str(error)
    yield from _unfaithful(words, known)
    yield from _left_over(words, known)
    yield from _unproved(words, known)
    yield from _of_other_walks(known, record)
    yield from _of_other_iterates(words, known, record)


def check_name(words: str) -> Iterator[str]:
    """What a name that no fact says claims: a verdict, a comparison, something of all."""
    yield from _unproved(words, ())


def taken_again(fact: Any, record: Source) -> Known:
    """A fact that is as stated.

    Raises:
        FactError: it cannot be taken again, or is something else.
    """
    if not isinstance(fact, Mapping) or not isinstance(fact.get("of"), Mapping):
        raise FactError(f"expected a fact with what it is of, found {str(fact)[:60]!r}")
    name = f"{fact.get('what')} “{fact.get('said', '')}”"
    true, stated = record.retake(fact), fact.get("value")
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


def _numbers(value: Any, of: Mapping[str, Any], record: Source) -> Iterator[float]:
    """The numbers that a fact is about: its own, those of facts in it, a ratio, how many."""
    if isinstance(value, float):
        yield value
    if isinstance(of.get("ratio"), int | float):
        yield float(of["ratio"])
    inner = [item for part in of.values() for item in (part if isinstance(part, list) else [part])]
    yield from (float(len(of[key])) for key in COUNTED if isinstance(of.get(key), list))
    for item in inner:
        if isinstance(item, Mapping) and isinstance(item.get("of"), Mapping):
            number = record.retake(item)
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
    every = re.search(r"\b(?:all|both)\b", each.said, re.IGNORECASE)
    if each.what == "ending with" and every:
        count = len(each.fact["of"]["walks"])
        if each.value != count or (every[0].lower() == "both" and count != 2):
            yield f"“{each.said}”: expected {each.value:g} of {count}, found {every[0].lower()}"
    if each.what == "ending with" and each.value and set(each.said.lower().split()) & NOBODY:
        yield f"“{each.said}”: expected {each.value:g}, found none"


def _left_over(words: str, known: Sequence[Known]) -> Iterator[str]:
    """Numerals that are no fact's, or another one's."""
    left = [each for each in known if each.is_numeral]
    for token, each in _in_turn(words, known):
        if each is not None:
            left.remove(each)
            if not isinstance(each.value, float) or not token.tells(each.value):
                yield f"expected {_shown(each.value)}, found “{_with_relation(token)}”"
        elif not token.may_be_uncounted:
            yield f"“{token.text}”: expected a fact that says so, found none{_next(left)}"
    for each in left:
        yield f"expected “{each.said}”, a {each.what}, in its turn, found it nowhere"


def _in_turn(words: str, known: Sequence[Known]) -> Iterator[tuple[Token, Known | None]]:
    """The numerals that stand in no phrase, each with the fact whose turn it is, if it is said."""
    phrases = _covered(words, [each for each in known if not each.is_numeral])
    left = [each for each in known if each.is_numeral]
    for token in tokens(words):
        if not _within((token.start, token.end), phrases):
            yield token, left.pop(0) if left and left[0].said == token.text else None


def _next(left: Sequence[Known]) -> str:
    return f"; the next is “{left[0].said}”" if left else ""


def _with_relation(token: Token) -> str:
    return f"{token.relation} {token.text}".strip()


def _covered(words: str, known: Sequence[Known]) -> list[Span]:
    return [span for each in known for span in spans(each.said, words)]


def _within(span: Span, others: Sequence[Span]) -> bool:
    return any(low <= span[0] and span[1] <= high for low, high in others)


# Of whom


def _of_other_walks(known: Sequence[Known], record: Source) -> Iterator[str]:
    """Facts of walks with another learning rate or start than the one that the words name.

    What is compared with such walks stands within statements; where the words name several rates
    or starts, each may be meant.
    """
    of_walks = [each for each in known if isinstance(each.fact["of"].get("walk"), str)]
    rates = {each.value for each in of_walks if each.what == "rate"}
    starts = {
        (each.fact["of"]["axis"], each.value)
        for each in of_walks
        if each.what == "coordinate" and each.fact["of"]["k"] == 0
    }
    for each in of_walks:
        walk = record.walk(each.fact["of"]["walk"])
        name = f"“{each.said}”, a {each.what} of {each.fact['of']['walk']!r}"
        rate = getattr(getattr(walk, "step", None), "rate", None)
        if len(rates) == 1 and rate not in rates:
            yield f"{name}: expected a walk with α = {min(rates):g}, found {rate}"
        for axis, start in starts:
            if len({axis for axis, _ in starts}) == len(starts) and walk.start[axis] != start:
                yield f"{name}: expected a walk from {start:g}, found {walk.start[axis]:g}"


# Of which iterate


def _of_other_iterates(words: str, known: Sequence[Known], record: Source) -> Iterator[str]:
    """Numbers of another iterate than the one that the words name: by an index, or by steps.

    What stands after "x₃ =" is that coordinate of iterate 3. Where a sentence has counted the steps
    of a walk, or does so later in that clause, numbers of its iterates are of the one to which they
    lead, or of the start where it is named; and a sentence that tells how it ends counts all.
    """
    told = [(token, each) for token, each in _in_turn(words, known) if each is not None]
    for (index, of), (token, _) in pairwise(told):
        named = named_coordinate(words[: token.start])
        if named is None or index.end != named.end or of.what != "count":
            continue
        walk = record.walk(of.fact["of"]["walk"])
        letters = [str(letter) for letter in getattr(walk.field, "variables", ())]
        if named.text[0] not in letters:
            continue
        true = float(walk.points[int(of.value), letters.index(named.text[0])])
        if not token.tells(true):
            yield f"{named.text}: expected {_shown(true)}, found {_with_relation(token)}"
    for first, past in sentences(words):
        within = [(token, each) for token, each in told if first <= token.start < past]
        yield from _after_other_steps(words, first, within)
        endings = _over_any(words[first:past], known)
        yield from _at_another_end(words, within, endings, record)
        yield from _by_another_method(words[first:past], known, record)


def _by_another_method(words: str, known: Sequence[Known], record: Source) -> Iterator[str]:
    """Ends and steps that are said of one method, and are of a walk by another."""
    for clause in re.split("[;:]", words):
        named = {*named_in(clause)}
        if len(named) != 1:
            continue
        for each in _over_any(clause, known):
            if each.what in {"verdict", *STEPS} and isinstance(each.fact["of"].get("walk"), str):
                own = method_of(record.walk(each.fact["of"]["walk"]).step)
                if own not in named:
                    yield f"“{each.said}”: expected it of {named.pop()}, found it of {own}"
                    return


def _after_other_steps(
    words: str, first: int, told: Sequence[tuple[Token, Known]]
) -> Iterator[str]:
    counts = [pair for pair in told if pair[1].what in STEPS and counts_steps(words, pair[0])]
    indices = {token.end for token, each in told if each.what == "count"}
    for token, each in told:
        named = named_coordinate(words[: token.start])
        if each.what not in OF_ITERATES or (named and named.end in indices):
            continue
        own = [(other, steps) for other, steps in counts if _walk_of(steps) == _walk_of(each)]
        before = [steps for other, steps in own if other.end <= token.start]
        after = [
            steps for other, steps in own
            if token.end <= other.start and is_one_clause(words[token.end : other.start])
        ]  # fmt: skip
        k = each.fact["of"].get("k")
        for steps in before[-1:] or after[:1]:
            if k != steps.value and not (k == 0 and is_of_start(words[first : token.start])):
                yield f"“{each.said}”: expected it after {steps.said} steps, found k = {k}"


def _at_another_end(
    words: str, told: Sequence[tuple[Token, Known]], endings: Sequence[Known], record: Source
) -> Iterator[str]:
    ended = {_walk_of(each) for each in endings if each.what == "verdict"}
    for token, each in told:
        if each.what == "count" and _walk_of(each) in ended and counts_steps(words, token):
            last = record.walk(each.fact["of"]["walk"]).stopped_at
            if each.value != last:
                yield f"“step {token.text}”: expected the end at step {last}, found another step"


def _over_any(words: str, known: Sequence[Known]) -> list[Known]:
    """The facts that are said in some words."""
    return [each for each in known if any(spans(each.said, words))]


def _walk_of(each: Known) -> str:
    """The walk of a fact: its name, or its recipe."""
    return str(each.fact["of"].get("walk"))


# What is claimed


def _unproved(words: str, known: Sequence[Known]) -> Iterator[str]:
    """Verdicts, kinds and adjectives that no fact bears out."""
    asked, fates = list(questions(words)), []
    for meaning, word, span in claiming(words, VERDICTS):
        fates.append(span)
        if _within(span, asked):
            continue
        backing = _over(words, span, known)
        # “None arrive” counts those that do: there are 0.
        counted = any(each.what == "ending with" for each in backing)
        turned = is_reversed(words, span[0], but=NOBODY if counted else ())
        if not backing or any(_ends_so(each, meaning) for each in backing) == turned:
            wanted = f"a walk that ends {'not ' * turned}{meaning}"
            yield f"“{word}”: expected {wanted}, found {_told(backing)}"
    for each in known:
        if each.what in {"kind of end", "kind"} and not _is_kind(each):
            yield f"“{each.said}”: expected the words for {each.value}"
        if each.what == "method" and METHODS.get(each.said.lower()) != each.value:
            yield f"“{each.said}”: expected what {each.value} is called"
        if each.what == "pictured above":
            yield from wrong_arrangement(each.said, str(each.value))
        if each.what == "pictured as" and each.said.lower() != each.value:
            yield f"“{each.said}”: expected “{each.value}”"
        if each.what == "shading" and str(each.value) not in each.said.lower():
            yield f"“{each.said}”: expected {each.value}"
    yield from _unordered(words, known, [*asked, *fates])
    yield from _unfounded(words, known, [*asked, *fates])


def _unordered(words: str, known: Sequence[Known], told: Sequence[Span]) -> Iterator[str]:
    """Adjectives whose order no fact tells, but for what is `told` otherwise."""
    for index, word, span in adjectives(words):
        _, quantities, order = ORDERS[index]
        if _within(span, told):
            continue
        backing = _over(words, span, known)
        if is_reversed(words, span[0]):
            order = " ".join(OPPOSITE[each] for each in order.split())
        if order and not any(_stands_so(each, quantities, order) for each in backing):
            expected = f"{quantities or 'numbers'} {order}"
            yield f"“{word}”: expected a fact of {expected}, found {_told(backing)}"


def _unfounded(words: str, known: Sequence[Known], told: Sequence[Span]) -> Iterator[str]:
    """Bold words that no statement says; numerals say nothing but how much.

    In questions they claim nothing, and in what is `told` otherwise others have seen to them.
    """
    for kind, word, span in bold_words(words):
        if _within(span, told):
            continue
        over = _over(words, span, known)
        backing = [each for each in over if not each.is_numeral]
        if word.lower() in FELT:
            backing = [each for each in backing if FELT[word.lower()] in _signature(each.fact)[1]]
        if kind == "comparison":
            backing = [each for each in backing if each.what in COMPARING]
        if not backing:
            yield f"“{word}”: expected a fact that says so, found {_told(over)}"


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
    said = each.said
    return any(
        word in said and not is_reversed(said, said.index(word))
        for word in KINDS.get(each.value, "").split("|")
        if word
    )


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
        case "everywhere":
            return ("value", "slope", "curvature")[min(int(of["order"]), 2)], str(of["by"])
        case what:
            return SIGNATURES.get(str(fact["value"]) if what == "trend" else what, ("", ""))


SIGNATURES = {
    "is level": ("slope", "<="),
    "APPROACHING": ("distance", "<"),
    "LEAVING": ("distance", ">"),
    "shading": ("steps", ">"),  # the nearer to the ground, the more steps
}


ALIKE = {
    "valley": "value", "stationary value": "value", "value at": "value", "height": "value",
    "basin bottom": "coordinate", "stationary point": "coordinate", "minimum": "coordinate",
    "derivative at": "slope", "partial": "slope", "stationary curvature": "curvature",
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
