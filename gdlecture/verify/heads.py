"""Heads of tables: what stands over a column of numbers, or before a row, names what they are.

There is no head that is not known here: else a word that says something could stand over numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gdlecture.verify.charts import MEASURED, SAME
from gdlecture.verify.naming import BENDS, SLOPES, bare, stands_for, told_of
from gdlecture.verify.reading import untinted
from gdlecture.verify.rows import left_of

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.record import Record

HEADS = {"label", "axis"}

BENEATH, BEFORE = 2.5, 2.5
"""Ems from a head to the first number of its column, from each to the next, and to its row."""

ALIGNED = 0.6
"""Ems that the left ends of a column may differ by."""

WORDS = {
    "slope": SLOPES,
    "error": {"secant error"},
    "step": {"step", "length"},
    "steps": {"steps", "count"},
    "share": {"basin share", "share of starts", "share right"},
    "starts": {"share of starts"},
    "out of the domain": {"basin share"},
    "f - L": {"gap"},
    "f(x + h) - f(x)": {"gap"},
    "H": BENDS,
}
"""Heads that are no name of a single quantity, and the facts beneath them."""


def wrong_heads(standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """Heads over a column, or before a row, of numbers that are something else, or not known.

    Raises:
        FactError: a walk or a function cannot be taken again.
    """
    words = [claim for claim in standing if claim.kind == "word" and not claim.moves]
    for head, numbers in (*_columns(words), *_rows(words)):
        said = untinted(str(head.told["text"])).strip().strip('"')
        for number in numbers:
            is_so = _is_headed(said, number, record)
            if is_so is None:
                yield f"{head.name}: expected a head that says what {number.told['text']!r} is"
            elif not is_so:
                found = told_of(number.told["facts"][0])
                yield f"{number.name}: expected {said!r} over or before it, found {found}"


def headed_numbers(words: Sequence[Claim]) -> list[Claim]:
    """The numbers of columns that have a head, among words."""
    return [number for _, numbers in _columns(words) for number in numbers]


def _is_headed(said: str, number: Claim, record: Record) -> bool | None:
    """Whether a number is what its head says; None if the head says nothing that is known here."""
    fact, *others = number.told["facts"]
    if others:
        return True
    what = str(bare(fact)["what"])
    if said in WORDS:
        return what in WORDS[said]
    named = stands_for(said, fact, record)
    measured = {measure for measure, name in MEASURED.items() if _is_name(said, name)}
    return SAME.get(what, what) in measured if named is None and measured else named


def _is_name(said: str, pattern: str) -> bool:
    """Whether a head is what an axis of a chart is called, whose words are in quotes."""
    return any(re.fullmatch(pattern, text) for text in (said, f'"{said}"'))


def is_number(word: Claim) -> bool:
    """Whether a word is a number of a table: a numeral alone, without a formula before it."""
    return (
        word.what == "number"
        and not word.told.get("beside")
        and len(word.told.get("facts") or ()) == 1
        and re.match(r"[+−-]? ?\d", untinted(str(word.told["text"])).strip()) is not None
    )


def _columns(words: Sequence[Claim]) -> Iterator[tuple[Claim, list[Claim]]]:
    """The heads over columns of numbers, and these."""
    left = sorted(filter(is_number, words), key=lambda word: float(word.told["box"][1]))
    while left:
        column = [left.pop(0)]
        for word in [*left]:
            if _is_next(word, column[-1]):
                column.append(word)
                left.remove(word)
        head = _over(column, words)
        if head is not None:
            yield head, column


def _is_next(word: Claim, last: Claim) -> bool:
    """Whether a number is the next of a column."""
    (x, top, _, _), (left, _, _, bottom) = word.told["box"], last.told["box"]
    em = float(word.told["em"])
    return bool(abs(x - left) <= ALIGNED * em and 0 <= top - bottom <= BENEATH * em)


def _over(column: Sequence[Claim], words: Sequence[Claim]) -> Claim | None:
    """What stands over a column, and over no other as near."""
    first, em = column[0].told["box"], float(column[0].told["em"])
    left, right = first[0], max(word.told["box"][2] for word in column)
    near = [
        (max(word.told["box"][0] - right, left - word.told["box"][2], 0.0), rise, i)
        for i, word in enumerate(words)
        if word not in column and 0 <= (rise := first[1] - word.told["box"][3]) <= BENEATH * em
    ]
    gap, _, i = min(near, default=(em, 0.0, -1))
    return words[i] if gap < em and words[i].what in HEADS else None


def _rows(words: Sequence[Claim]) -> Iterator[tuple[Claim, list[Claim]]]:
    """The heads before numbers: each the next word to the left on its line."""
    for number in filter(is_number, words):
        head, most = left_of(number, words), BEFORE * float(number.told["em"])
        if head and head.what in HEADS and number.told["box"][0] - head.told["box"][2] <= most:
            yield head, [number]
