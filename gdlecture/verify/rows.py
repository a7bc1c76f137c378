"""In which row a number stands: beside which formula, and whether rows agree.

A right digit in the wrong row is a lie. So a number's formula is looked for on its line, and what
a formula stands for is known here: beside x_k stands a coordinate, never a slope.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import sympy as sp

from gdlecture.verify.claims import Claim
from gdlecture.verify.formulas import UnreadableError, read_formula
from gdlecture.verify.reading import numerals, untinted

Meaning = tuple[str, int | None]

_RELATION = re.compile(r"(<=|>=|≤|≥|<|>|=|≈|\bapprox\b)")
_DUST, _NEXT = 1e-12, 1.0
"""What two equal numbers may differ by; ems from a number to the "=" that goes on with it."""

_AXES = {"x": 0, "y": 1}
# What a formula stands for, and along which axis, if a letter of it says so.
_AT = r"\([a-z]_k(, [a-z]_k)*\)"
_MEANINGS: tuple[tuple[str, str], ...] = (
    (r"alpha", "rate"),
    (r"beta", "momentum"),
    (r"k", "count"),
    (r"(?P<axis>[a-z])_k", "coordinate"),
    (r"[a-zA-Z]" + _AT, "value"),
    (r"[a-zA-Z]'\((?P<axis>[a-z])_k\)", "slope"),
    (r"[a-zA-Z]''\([a-z]_k\)", "curvature"),
    (r"[a-zA-Z]_(?P<axis>[a-z])" + _AT, "slope"),
    (r"\(partial [a-zA-Z]\)/\(partial (?P<axis>[a-z])\)" + _AT, "slope"),
    (r"frac\(partial [a-zA-Z], partial (?P<axis>[a-z])\)" + _AT, "slope"),
    (rf"abs\(nabla [a-zA-Z]({_AT})?\)", "steepness"),
    (r"abs\([a-z]_k - [a-z]_\(k-1\)\)", "length"),
    (r"tries", "tries"),
    (r"moves", "moves"),
    (r'"accuracy"', "share right"),
)  # fmt: skip
_KINDS = frozenset(kind for _, kind in _MEANINGS)


def meaning(code: str) -> Meaning | None:
    """Of what kind the facts are that a formula stands for, and along which axis, if it says."""
    code = untinted(code).strip()
    for pattern, kind in _MEANINGS:
        found = re.fullmatch(pattern, code)
        if found:
            return kind, _AXES.get(found.groupdict().get("axis") or "")
    return None


def check_beside(number: Claim, standing: Iterable[Claim]) -> str:
    """What is wrong with where a number stands among the words that stand with it, or "".

    The word nearest to its left on its line must be the formula that it claims to stand beside, and
    that formula must be one for such a fact; a label with facts must be of the same walk.
    """
    beside = number.told.get("beside")
    if not beside:
        return ""
    told = _wrong_meaning(number, beside)
    if told:
        return told
    label = left_of(number, standing)
    if label is None or label.told["text"] != beside:
        seen = "nothing" if label is None else repr(label.told["text"])
        return f"{number.name}: expected {beside!r} to its left, found {seen}"
    walks = [_walk(fact) for fact in label.told.get("facts", []) if "walk" in fact["of"]]
    own = {_walk(fact) for fact in number.told.get("facts", []) if "walk" in fact["of"]}
    if walks and own and not own & set(walks):
        return f"{number.name}: expected a number of {walks[0]}, found one of {min(own)}"
    return ""


def check_relation(word: Claim, standing: Iterable[Claim]) -> str:
    """What is wrong with a text that begins with a relation, as "> 2/3", or "".

    It goes on with what stands just left of it: the relation must hold of the number there, and
    those in the text of what they stand between.
    """
    _, *rest = sides = _RELATION.split(untinted(str(word.told["text"])).strip())
    if sides[0] or not rest or word.told.get("beside"):
        return ""
    left, is_equality = left_of(word, standing), rest[0] in {"=", "≈", "approx"}
    if left is None:
        return "" if is_equality else f"{word.name}: expected a number left of it, found nothing"
    told = _RELATION.split(untinted(str(left.told["text"])).strip())
    before, gap = _number(told[-1]), word.told["box"][0] - left.told["box"][2]
    # What is equal may be in a column of its own, and so may be what is left of it: a number there
    # that is not said to be of anything is another's.
    alone = len(told) == 1 or not told[0]
    apart = is_equality and (alone or gap > _NEXT * word.told["em"])
    if before is None or apart:
        return ""
    for relation, said in zip(rest[::2], rest[1::2], strict=True):
        after = _number(said)
        if after is None:
            return ""
        if not _holds(before, relation, after, said):
            return f"{word.name}: expected what holds, found {before} {relation} {after}"
        before = after
    return ""


def _holds(one: sp.Expr, relation: str, other: sp.Expr, said: str) -> bool:
    """Whether a relation holds of two numbers, the other as it is said."""
    over = float(one - other)
    if relation in {"≈", "approx"}:
        written = numerals(said)
        return len(written) != 1 or abs(over) <= 0.5 * float(written[0].unit) + _DUST
    return {
        "<": over < 0, "≤": over <= 0, "<=": over <= 0,
        ">": over > 0, "≥": over >= 0, ">=": over >= 0,
        "=": abs(over) < _DUST,
    }[relation]  # fmt: skip


def _number(code: str) -> sp.Expr | None:
    """The number that a formula is, if it is one."""
    try:
        found = read_formula(code.replace("\\/", "/").replace("−", "-").strip())
    except UnreadableError:
        return None
    return found if found.is_number and found.is_real else None


def check_agreement(standing: Iterable[Claim], dots: Mapping[str, Collection[int]]) -> str:
    """What is wrong with the live numbers that stand together, or "".

    Those beside formulas in k that are of one walk must be of one iterate: of one on which a dot of
    that walk stands, if one does. `dots` has the iterates by walk.
    """
    ks: dict[str, dict[int, Claim]] = defaultdict(dict)
    for number in standing:
        beside = number.told.get("beside")
        if number.what != "number" or not beside:
            continue
        for fact in number.told.get("facts", []):
            if "walk" not in fact["of"] or "k" not in fact["of"] or fact["what"] == "tries":
                continue
            walk, k = _walk(fact), fact["of"]["k"]
            if meaning(beside) is not None:
                ks[walk].setdefault(k, number)
            elif walk in dots and k not in dots[walk]:
                return _elsewhere(number, k, dots[walk])
    for walk, numbers in ks.items():
        if len(numbers) > 1:
            told = " and ".join(f"{n.told['text']!r} of k = {k}" for k, n in numbers.items())
            return f"numbers of {walk}: expected them of one iterate, found {told}"
        ((k, number),) = numbers.items()
        if walk in dots and k not in dots[walk]:
            return _elsewhere(number, k, dots[walk])
    return ""


def _elsewhere(number: Claim, k: int, dots: Collection[int]) -> str:
    where = " or ".join(str(other) for other in sorted(dots))
    return f"{number.name}: expected it of k = {where}, where the dot is, found k = {k}"


def _wrong_meaning(number: Claim, beside: str) -> str:
    means = meaning(beside)
    for fact in number.told.get("facts", []):
        if means is None or fact["what"] not in _KINDS:
            continue
        kind, axis = means
        found: Meaning = fact["what"], fact["of"].get("axis")
        if kind != found[0] or (axis is not None and axis != found[1]):
            return f"{number.name}: expected {_said(means)} beside {beside!r}, found {_said(found)}"
    return ""


def _said(means: Meaning) -> str:
    kind, axis = means
    return kind if axis is None else f"{kind} along axis {axis}"


def left_of(number: Claim, standing: Iterable[Claim]) -> Claim | None:
    """The word nearest to the left of a number, on its line."""
    left, top, _, bottom = number.told["box"]
    em = number.told["em"]
    on_its_line = [
        word
        for word in standing
        if word is not number
        and word.kind == "word"
        and word.told["box"][2] < left + 0.2 * em
        and _overlap(word.told["box"], top, bottom) > 0.5 * min(bottom - top, _height(word))
    ]
    return max(on_its_line, key=lambda word: float(word.told["box"][2]), default=None)


def _overlap(box: Any, top: float, bottom: float) -> float:
    return float(min(box[3], bottom) - max(box[1], top))


def _height(word: Claim) -> float:
    return float(word.told["box"][3] - word.told["box"][1])


def _walk(fact: Mapping[str, Any]) -> str:
    """The walk of a fact, by its name or its recipe."""
    walk = fact["of"]["walk"]
    return walk if isinstance(walk, str) else repr(walk)
