"""What is written in the pictures, held against the record: formulas, verdicts, numbers in rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gdlecture.verify.claims import Claim
from gdlecture.verify.colours import misnamed
from gdlecture.verify.formulas import check_formula
from gdlecture.verify.matrices import check_hessian
from gdlecture.verify.record import Record
from gdlecture.verify.rows import check_beside
from gdlecture.verify.words import check_verdict


def check_saying(word: Claim, standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """What is wrong with what a word says among the claims that stand with it.

    Raises:
        FactError: what it is of cannot be taken again.
    """
    if word.what == "verdict":
        yield check_verdict(word, record)
    if word.what == "formula" and "field" in word.told:
        field = record.field(word.told["field"])
        said = word.told["text"].removesuffix(f" = {word.told.get('equals')}")
        yield check_formula(said, field, tuple(word.told.get("derivative", ())))
    if word.what == "formula" and "hessian" in word.told:
        field = record.field(word.told["hessian"])
        yield check_hessian(word.told["text"], field, word.told["at"])
    if word.what == "number":
        yield check_beside(word, [claim for claim in standing if claim.kind == "word"])
    for other in standing:
        if other.kind == "map":
            yield misnamed(word, other)
