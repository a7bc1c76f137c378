"""What stands around a number: each name before it, and each word beside it, must be its fact's.

A true number under a wrong name is a lie. So the names of a label that has facts are read here, and
what is left of its text must be words that these facts bear out: there are no others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gdlecture.verify.called import METHODS, method_of
from gdlecture.verify.reading import numerals, untinted
from gdlecture.verify.ties import facts_in

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.record import Record

Fact = Mapping[str, Any]

RELATION = r"(?:=|≈|approx(?![a-z])|<=|>=|<|>)"
_NUMBER = r"−?-? ?\d+(?:\.\d+)?"
_LETTER = r"(?:alpha|α|beta|lambda_\d|[a-zA-Z](?:_\(?\w+\)?)?)"
_PRIMED = rf"{_LETTER}'*(?: ?\((?:{_LETTER}|{_NUMBER}|, |\^\*)*\))?"
_GRADIENT = r"abs\(nabla \w(?: ?\([^()]*\))?\)"
_BY = r"(?:frac\(|\()partial \w(?:, |\)/\()partial \w\)(?: ?\([^()]*\))?"
_NAME = rf"(?:{_GRADIENT}|{_BY}|abs\({_PRIMED}\)|{_PRIMED})"
_NAMED = re.compile(rf"(?<![\w\"'])(?P<names>{_NAME}(?:, {_NAME})*)\s*(?={RELATION}\s*{_NUMBER})")
"""Names, one or several for one number, before a relation and a number."""

VALUES = {"value", "height", "stationary value", "value at", "valley", "least on an edge"}
SLOPES = {"slope", "derivative at", "partial", "secant slope"}
BENDS = {"curvature", "derivative at", "stationary curvature"}
RATES = {"rate", "zone edge", "stability bound", "stable rate"}
PLACES = {
    "coordinate", "stationary point", "minimum", "threshold", "cycle point", "border",
    "basin edge", "steepest place", "least place on an edge",
}  # fmt: skip
LOOKED_AT = {
    "x": {"x", "wall", "right wall", "start"}, "y": {"y", "wall", "back wall", "held"},
    "c": {"x", "y", "held"}, "h": {"h"},
}  # fmt: skip
"""What a letter may be of what someone chose."""

SYNTAX = frozenset((
    "approx", "arrows", "delim", "display", "div", "dot", "frac", "lr", "mat", "med", "quad",
    "space", "thin", "times", "vec",
))  # fmt: skip
"""Words of Typst's that a viewer does not read."""

_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_WORDS = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def wrong_names(word: Claim, record: Record) -> Iterator[str]:
    """What a label with facts says of its numbers that they are not.

    Raises:
        FactError: a walk cannot be taken again.
    """
    facts = list(word.told.get("facts") or ())
    if word.what != "number" or not facts:
        return
    text = untinted(str(word.told["text"])).replace("−", "-")
    text = re.sub("[₀-₉]+", lambda index: "_" + index[0].translate(_LOWERED), text)
    if len(numerals(text)) != len(facts):  # told when its numbers are read
        return
    left = yield from _wrong_sayings(word, text, facts, record)
    for found in _NAMED.finditer(left):
        first = len(numerals(text[: found.start()]))
        inner = facts[first : first + len(numerals(found["names"]))]
        fact = facts[first + len(inner)]
        for name in re.findall(_NAME, found["names"]):
            if not _stands_for(name, fact, inner, record):
                yield f"{word.name}: expected the name of {told_of(fact)}, found {name!r}"
        left = left[: found.start()] + " " * len(found[0]) + left[found.end() :]
    for each in _WORDS.findall(left):
        if each not in SYNTAX and not _is_of_formula(each, text):
            yield f"{word.name}: expected a fact that says “{each}”, found none"


def bare(fact: Fact) -> Fact:
    """The fact of which another is a part, or cut off, or a size."""
    while fact["what"] in {"floored", "part of a fraction", "size"}:
        fact = fact["of"]["fact"]
    return fact


def told_of(fact: Fact) -> str:
    """What a fact is called in a failure."""
    own = bare(fact)
    of = {key: own["of"][key] for key in ("name", "axis", "k", "order") if key in own["of"]}
    return " ".join([str(own["what"]), *(f"{key} {value}" for key, value in of.items())])


def stands_for(name: str, fact: Fact, record: Record) -> bool | None:
    """Whether a name that stands apart from a number is its fact's; None if no fact has such.

    Raises:
        FactError: a walk cannot be taken again.
    """
    if not any(re.fullmatch(pattern, name) for pattern, _, _ in NAMES):
        return None
    return _stands_for(name, fact, (), record)


# Names


def _stands_for(name: str, fact: Fact, inner: Sequence[Fact], record: Record) -> bool:
    """Whether a name is that of a fact; `inner` are the facts of numbers within it, f'(1.6)."""
    own = bare(fact)
    what, of = str(own["what"]), own["of"]
    for pattern, kinds, check in NAMES:
        found = re.fullmatch(pattern, name)
        told = {key: part for key, part in found.groupdict().items() if part} if found else {}
        known = what in kinds or (what == "given" and _is_chosen(told.get("letter", ""), of))
        if found and known and check(told, own, record):
            return _is_there(inner, own)
    return False


def _is_chosen(letter: str, of: Mapping[str, Any]) -> bool:
    return str(of.get("name")) in LOOKED_AT.get(letter, ())


def _is_there(inner: Sequence[Fact], fact: Fact) -> bool:
    """Whether a fact is one at the place that is written in its name."""
    of = fact["of"]
    for axis, each in enumerate(inner):
        at = of.get("x", (of.get("at") or of.get("near") or [None] * 2))
        at = at[axis] if isinstance(at, list) else at
        if "k" in of and "k" in each["of"]:
            if of["k"] != each["of"]["k"] or of["walk"] != each["of"]["walk"]:
                return False
        elif isinstance(at, int | float) and not np.isclose(at, float(each["value"])):
            return False
    return True


def _any(*_: Any) -> bool:
    return True


def _axis(told: Mapping[str, str], fact: Fact, record: Record) -> bool:
    """That a letter is that of the axis, among the variables of what is pictured."""
    axis = fact["of"].get("axis")
    if axis is None:
        return True
    letters = _letters(fact, record)
    return not letters or letters[axis : axis + 1] == [told["letter"]]


def _letters(fact: Fact, record: Record) -> list[str]:
    of = fact["of"]
    field = record.walk(of["walk"]).field if "walk" in of else record.field(of["field"])
    return [str(variable) for variable in getattr(field, "variables", ())]


def _iterate(told: Mapping[str, str], fact: Fact, record: Record) -> bool:
    """That an index is the iterate’s, or one at which that coordinate is the same."""
    of, index = fact["of"], told.get("k", "k")
    if fact["what"] == "threshold":
        return index == "0"
    if not index.isdigit() or "k" not in of:
        return True
    if int(index) == of["k"]:
        return True
    walk = record.walk(of["walk"])
    series = {
        "coordinate": lambda: np.asarray(walk.points)[:, of.get("axis", 0)],
        "value": lambda: np.asarray(walk.values),
    }.get(str(fact["what"]))
    if series is None or int(index) >= len(walk.points):
        return False
    return bool(np.isclose(series()[int(index)], series()[of["k"]], rtol=1e-3))


def _both(told: Mapping[str, str], fact: Fact, record: Record) -> bool:
    return _iterate(told, fact, record) and _axis(told, fact, record)


def _order(told: Mapping[str, str], fact: Fact, record: Record) -> bool:
    order = fact["of"].get("order")
    return _iterate(told, fact, record) and order in {None, len(told["dashes"])}


def _index(told: Mapping[str, str], fact: Fact, _: Record) -> bool:
    return int(told["k"]) == fact["of"]["index"] + 1


_K = r"(?:\w_\(?(?P<k>\w+)\)?(?:, \w_\(?\w+\)?)*|\w\^\*|[^()]*)"

NAMES: tuple[tuple[str, set[str], Callable[[Mapping[str, str], Fact, Record], bool]], ...] = (
    (r"alpha|α", RATES, _any),
    (r"alpha_(?P<letter>[a-z])", {"own rate"}, _axis),
    (r"beta", {"momentum"}, _any),
    (r"k", {"count", "steps"}, _any),
    (r"lambda_(?P<k>\d)", {"eigenvalue"}, _index),
    (r"(?P<letter>h)", set(), _any),
    (r"(?P<letter>[a-z])", PLACES, _axis),
    (r"(?P<letter>[a-z])_\(?(?P<k>\w+)\)?", PLACES, _both),
    (rf"[a-zA-Z](?: ?\({_K}\))?", VALUES, _iterate),
    (rf"[a-zA-Z](?P<dashes>')(?: ?\({_K}\))?", SLOPES, _order),
    (rf"[a-zA-Z](?P<dashes>'')(?: ?\({_K}\))?", BENDS, _order),
    (rf"abs\([a-zA-Z]'(?: ?\({_K}\))?\)", {"steepness", "tolerance"}, _iterate),
    (rf"abs\(nabla \w(?: ?\({_K}\))?\)", {"steepness", "steepness at", "tolerance"}, _iterate),
    (rf"(?:frac\(|\()partial \w(?:, |\)/\()partial (?P<letter>\w)\)(?: ?\({_K}\))?",
     {"slope", "partial"}, _axis),
)  # fmt: skip
"""Patterns of names, the facts that may be called so, and what else must agree."""


# Words


def _wrong_sayings(
    word: Claim, text: str, facts: Sequence[Fact], record: Record
) -> Generator[str, None, str]:
    """What is said of its numbers and is not so; what is left of the text without all that."""
    for pattern, is_so in SAYINGS:
        for found in re.finditer(pattern, text):
            if not any(is_so(found, fact, record) for fact in map(bare, facts)):
                yield f"{word.name}: expected a fact that says “{found[0].strip()}”, found none"
            text = text[: found.start()] + " " * len(found[0]) + text[found.end() :]
    return text


def _is_of_formula(each: str, text: str) -> bool:
    """Whether a letter is one of a calculation, which others prove: vec(…) = vec(…) - α vec(…)."""
    return bool(re.search(r"\bvec\(|\bmat\(|\bfrac\(", text)) and len(each) == 1


def _ends_so(found: re.Match[str], fact: Fact, _: Record) -> bool:
    said = {"in a minimum": "a minimum", "on a maximum": "a maximum"}
    return fact["what"] == "ends so" and fact["of"]["so"] == said.get(found[0], found[0])


def _lies_outside(_: re.Match[str], fact: Fact, record: Record) -> bool:
    """Of a stationary point of which the words say that it is outside, and prove it."""
    told = facts_in([beat.facts for beat in record.evidence.beats])
    of = {"field", "near"}
    return any(
        other["what"] == "outside"
        and {key: other["of"]["fact"]["of"].get(key) for key in of}
        == {key: fact["of"].get(key) for key in of}
        for other in told
    )


def _is_step(found: re.Match[str], fact: Fact, record: Record) -> bool:
    """Of a walk that takes the steps of the method that is named."""
    method = METHODS[found[0].strip(" ,").lower()]
    return "walk" in fact["of"] and method_of(record.walk(fact["of"]["walk"]).step) == method


def _of(*kinds: str) -> Callable[[re.Match[str], Fact, Record], bool]:
    return lambda _, fact, __: fact["what"] in kinds


def _along(found: re.Match[str], fact: Fact, record: Record) -> bool:
    axis, letters = fact["of"].get("axis"), _letters(fact, record)
    return axis is not None and letters[axis : axis + 1] == [found[1]]


def _of_start(found: re.Match[str], fact: Fact, _: Record) -> bool:
    return fact["what"] == "rate" or fact["of"].get("k") == int(found[1])


def _way(found: re.Match[str], fact: Fact, record: Record) -> bool:
    """−α f′ < 0: the sign of a step."""
    return fact["what"] == "step" and (record.value(fact) > 0) == (found[1] == ">")


SAYINGS: tuple[tuple[str, Callable[[re.Match[str], Fact, Record], bool]], ...] = (
    (r"in a minimum|on a maximum|out of the picture", _ends_so),
    (r"(?<=, )outside\b", _lies_outside),
    (r"\bend here\b", _of("basin share", "share of starts")),
    (r"\bof starts\b", _of("basin share", "share of starts")),
    (rf"(?<!\w)(?i:{'|'.join(map(re.escape, METHODS))}), ", _is_step),
    (r'"arrives in the end:"(?= alpha <=| )', _of("zone edge")),
    (r"2 \\/ \w''\(\w\^\*\)\s+(?:=|approx) .*", _of("stability bound")),
    (r"(?<=\d )along (\w)\b", _along),
    (r'^"start"', lambda _, fact, __: fact["what"] == "coordinate" and fact["of"]["k"] == 0),
    (
        r'"curvature"',
        lambda _, fact, __: (
            fact["what"] == "stationary curvature" and fact["of"]["row"] == fact["of"]["column"]
        ),
    ),
    (r'"slope"', lambda _, fact, __: fact["what"] == "derivative at" and fact["of"]["order"] == 1),
    (r"\btry(?= \d)", _of("tries until", "tries")),
    (r"thin \w'\(\w_(\d+)\)", _of_start),
    (r"-alpha thin \w'\([^()]*\) ([<>])", _way),
    (r"\"?arrived below\"?", _of("tolerance", "given")),
)
"""What may be said with a number, and the fact that must be there for it."""
