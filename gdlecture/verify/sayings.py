"""What is written in the pictures, held against the record: formulas, verdicts, numbers in rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from gdlecture.verify.called import method_of
from gdlecture.verify.claims import Claim
from gdlecture.verify.colours import misnamed
from gdlecture.verify.fates import check_verdict
from gdlecture.verify.formulas import check_formula
from gdlecture.verify.labels import PROVED, check_kept, check_label, check_remark
from gdlecture.verify.matrices import check_hessian
from gdlecture.verify.naming import wrong_names
from gdlecture.verify.phases import is_over_pairs
from gdlecture.verify.record import Record, function_text
from gdlecture.verify.rows import check_beside, check_relation
from gdlecture.verify.rule_lines import check_rule, check_step
from gdlecture.verify.words import check_sentence
from gdlecture.verify.written import (
    check_condition,
    check_digits,
    check_kind,
    check_letters,
    check_product,
    check_row,
    check_way,
)

SIGNS = {
    "CONVERGED": "tick", "STOPPED": "dash", "OSCILLATING": "dash", "STUCK": "dash",
    "BUDGET_SPENT": "dash",
}  # fmt: skip
"""The signs of walks that arrive, and of those that end without harm; all others have a cross."""

OWN = {"OSCILLATING": "wave", "FALLING": "fall", "BUDGET_SPENT": "dots"}
"""The signs that some of them may have instead, where all kinds of ends are side by side."""

DRAWN = {
    "tick": [3], "dash": [2], "cross": [2, 2], "wave": [4], "fall": [2, 3], "dots": [2, 2, 2],
}  # fmt: skip
"""How many corners the lines of a sign have."""

WRITTEN: dict[str, Callable[[Claim, Record], str]] = {
    "way": check_way,
    "condition": check_condition,
    "digits": check_digits,
    "kind": check_kind,
}
"""How words are held against what they state that they are made from."""


def check_saying(word: Claim, standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """What is wrong with what a word says among the claims that stand with it.

    Raises:
        FactError: what it is of cannot be taken again.
    """
    if word.what == "verdict":
        yield check_verdict(word, record)
    if word.what == "rule":
        yield from _check_method(word, record)
    if word.what == "remark":
        yield from check_sentence(word.told["text"], word.told.get("facts", []), record)
        yield from check_remark(word, record)
    if word.what in {"title", "caption", "tick"}:
        yield check_kept(word, standing, record)
    if _is_label(word):
        yield from check_label(word, standing, record)
    if word.what in WRITTEN:
        yield WRITTEN[word.what](word, record)
    if word.what == "formula":
        yield from _check_formula(word, record)
    if word.what == "number":
        words = [claim for claim in standing if claim.kind == "word"]
        yield check_beside(word, words)
        yield check_relation(word, words)
        yield check_letters(word)
        yield check_product(word)
        yield check_step(word)
        yield check_row(word, standing)
        yield from wrong_names(word, record)
    yield from (misnamed(word, other) for other in standing if other.kind == "map")


def _check_method(word: Claim, record: Record) -> Iterator[str]:
    yield check_rule(word)
    steps = (getattr(record.walk(name), "step", None) for name in record.names)
    methods = {method_of(step) for step in steps if step is not None}
    if word.told.get("method") not in methods:
        yield f"expected the rule of {' or '.join(sorted(methods))}, found another’s"


def _is_label(word: Claim) -> bool:
    """Whether nothing but itself says what a word is, whatever it calls itself."""
    is_bare = word.what == "formula" and not {"field", "hessian"} & word.told.keys()
    return is_bare or word.what not in PROVED or (word.what == "axis" and word.scale is None)


def _check_formula(word: Claim, record: Record) -> Iterator[str]:
    if "field" in word.told:
        field = record.field(word.told["field"])
        said = word.told["text"].removesuffix(f" = {word.told.get('equals')}")
        yield check_formula(said, field, tuple(word.told.get("derivative", ())))
    if "hessian" in word.told:
        field = record.field(word.told["hessian"])
        yield check_hessian(word.told["text"], field, word.told["at"])


def check_sign(claim: Claim, record: Record) -> str:
    """What is wrong with the sign of a walk's end, or "": it is recognised by how it is drawn."""
    facts = claim.told.get("facts") if claim.what == "sign" else None
    if claim.what == "fate":  # on a scale of starts, at the start of its walk
        facts = [fact for fact in claim.told["places"][0] if fact and "walk" in fact["of"]]
    if not facts:
        return ""
    verdict = record.walk(facts[0]["of"]["walk"]).verdict.name
    lines = [len(line) for line in claim.told["path"]]
    found = next((name for name, drawn in DRAWN.items() if drawn == lines), "another sign")
    expected = SIGNS.get(verdict, "cross")
    fits = found in {expected, OWN.get(verdict)}
    return "" if fits else f"expected a {expected} for {verdict}, found {found}"


def check_functions(claims: Sequence[Claim], record: Record) -> Iterator[str]:
    """What pictures are of functions that the clip neither walks over nor writes down.

    A graph of another function, with evidence that says so, would else be as good. Of pictures over
    β and α others see that they are of the clip.

    Raises:
        FactError: a function cannot be taken again.
    """
    shown = [record.walk(name).field for name in record.names]
    pictures: list[tuple[Claim, Any]] = []
    for claim in claims:
        wholes = _wholes(claim.told.get("field"))
        fields = [record.field(of) for of in wholes if not {"walk", "network"} & of.keys()]
        if claim.kind == "word":
            shown += fields
        else:
            pictures += [(claim, field) for field in fields if not is_over_pairs(field)]
    if not shown:  # what a clip neither walks over nor names may be anything
        return
    known = {function_text(field) for field in shown}
    told: set[str] = set()
    for claim, field in pictures:
        text = function_text(field)
        if text not in known | told:
            told.add(text)
            yield f"{claim.name}: expected a function of the clip, found {text}"


def _wholes(of: Any) -> Iterator[dict[str, Any]]:
    """Of a slice, or of what is magnified, the whole; of a mixture, both."""
    while isinstance(of, dict) and isinstance(of.get("of"), dict):
        of = of["of"]
    if isinstance(of, dict) and "share" in of:
        yield from _wholes(of.get("from"))
        yield from _wholes(of.get("to"))
    elif isinstance(of, dict):
        yield of
