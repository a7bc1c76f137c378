"""Tables of walks: right of a picture a row for each walk in it, with its start, rate and sign.

A table is read as a viewer reads it. What stands in a row, with what is told once beneath the
picture, must be so of one of the walks in the picture; each walk there must have a row of its own;
and what one row tells, all tell. So whatever is exchanged, left out or said of all is found,
though each number be true of another walk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from gdlecture.verify.heads import headed_numbers, is_number
from gdlecture.verify.names import HEADING
from gdlecture.verify.reading import untinted
from gdlecture.verify.source import FactError
from gdlecture.verify.ties import facts_in, walks_of

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.evidence import Mark
    from gdlecture.verify.record import Record

Key = tuple[str, int | None]

ABOUT = 1.0
"""Ems over and under a picture within which a row of its table stands."""

BESIDE = 2.0
"""Ems from a sign to the words that say how many walks end so."""

ENDS = {
    "CONVERGED": "converged|at a minimum",
    "STOPPED": "stopped|at (a saddle|a maximum|an inflection|level ground)",
    "OSCILLATING": "never settles?",
    "DIVERGED": "diverged",
    "FALLING": "falls? for ever",
    "LEFT_DOMAIN": "left the domain",
    "STUCK": "stuck",
    "BUDGET_SPENT": "not there yet",
}
"""What is said, after their number, of the walks that end so; of what kind that is, facts tell."""

SAME = 1e-9
"""Relative: what a number of two walks is the same in."""


def wrong_tables(standing: Sequence[Claim], marks: Sequence[Mark], record: Record) -> Iterator[str]:
    """What does not agree in the tables among what stands, or is left out of them.

    Where one picture has a table, the rates of the walks in all others are told, too.

    Raises:
        FactError: a walk cannot be taken again.
    """
    stage = _Stage(standing, marks, record)
    if any(table.rows for table in stage.tables):
        headed = headed_numbers([claim for claim in standing if claim.kind == "word"])
        for table in stage.tables:
            yield from table.wrong(headed)
        yield from stage.strays()
    yield from _wrong_tallies(standing, record)


@dataclass
class Row:
    """The numbers of a row from left to right, and the signs right of them."""

    cells: list[Claim]
    signs: list[Claim] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The row as a failure names it."""
        return "row " + " ".join(repr(_text(cell)) for cell in self.cells)

    @property
    def told(self) -> dict[Key, float]:
        """What its numbers are, by what they are of a walk."""
        return {_key(cell): float(_fact(cell)["value"]) for cell in self.cells}

    def is_on_line(self, claim: Claim) -> bool:
        """Whether the middle of a word or sign is between its top and its bottom."""
        _, top, _, bottom = self.cells[0].told["box"]
        return bool(top < _middle(claim) < bottom)

    def fits(self, walk: str, record: Record) -> bool:
        """Whether all in it is so of a walk."""
        return all(_is_of(cell, walk, record) for cell in self.cells) and all(
            _verdict(sign, record) == record.walk(walk).verdict for sign in self.signs
        )


class Table:
    """What stands beside a picture and beneath it, and the walks that the picture is of.

    `seen` are those that stand in it, `known` those that ever do, by name; `ks` has the last of
    the iterates of each that are seen.
    """

    def __init__(self, picture: Claim, stage: _Stage) -> None:
        self.picture, self.record, scale = picture, stage.record, picture.scale
        self.rows: list[Row] = []
        self.common: list[Claim] = []
        self.lost: list[Claim] = []
        parts = [claim for claim in stage.standing if claim.scale == scale]
        self.ks: dict[str, int] = {m.walk: m.k for m in stage.marks if m.scale == scale}
        for fact in facts_in([part.told for part in parts]):
            walk, k = fact["of"].get("walk"), fact["of"].get("k")
            if isinstance(walk, str) and isinstance(k, int):
                self.ks[walk] = max(self.ks.get(walk, 0), k)
        seen = {*self.ks, *(name for part in parts for name in walks_of(part.told))}
        evidence = self.record.evidence
        known = seen | {mark.walk for mark in evidence.marks if mark.scale == scale}
        self.seen, self.known = self._with_rates(seen), self._with_rates(known)

    def _with_rates(self, names: set[str]) -> list[str]:
        steps = {
            name: getattr(self.record.walk(name), "step", None)
            for name in sorted(names & set(self.record.names))
        }
        return [name for name, step in steps.items() if getattr(step, "rate", None) is not None]

    def put(self, cells: Sequence[Claim], others: Sequence[Claim], signs: Sequence[Claim]) -> None:
        """Read rates and starts, rows downwards, then what other numbers and signs are in these."""
        for cell in sorted(cells, key=lambda cell: (_middle(cell), cell.told["box"][0])):
            if self.rows and self.rows[-1].is_on_line(cell):
                self.rows[-1].cells.append(cell)
            else:
                self.rows.append(Row([cell]))
        for other in others:
            for row in self.rows:
                if row.is_on_line(other):
                    row.cells.append(other)
        for sign in signs:
            own = [row for row in self.rows if row.is_on_line(sign)]
            (own[0].signs if own else self.lost).append(sign)

    def wrong(self, headed: Sequence[Claim]) -> Iterator[str]:
        """What is wrong with it."""
        for cell in (cell for row in self.rows for cell in row.cells if cell not in headed):
            yield f"{cell.name}: expected a head over it, found none"
        for sign in self.lost:
            yield f"{sign.name}: expected it in the row of a walk, found it beside none"
        yield from self._incomplete()
        yield from self._not_common()
        yield from self._strangers()
        yield from self._unsigned()

    def _incomplete(self) -> Iterator[str]:
        """Rows that do not tell what others do, or rates that are told nowhere."""
        once = {_key(word) for word in self.common}
        asked = {key for row in self.rows for key in row.told} | {("rate", None)}
        for row in self.rows:
            for what, axis in sorted(asked - once - row.told.keys(), key=str):
                along = "" if axis is None else f" along axis {axis}"
                yield f"{row.name}: expected the {what}{along} too, found none"
        if not self.rows and self.seen and ("rate", None) not in once:
            told = "expected the rates beside it, as at other pictures, found none"
            yield f"picture of {', '.join(self.seen)}: {told}"
        found: list[dict[Key, float]] = []
        for row in self.rows:
            if row.told in found:
                yield f"{row.name}: expected rows that differ, found two alike"
            found.append(row.told)

    def _not_common(self) -> Iterator[str]:
        """What is told once for all walks, and is not of all."""
        for word in self.common:
            others = [name for name in self.known if not _is_of(word, name, self.record)]
            if others:
                yield f"{word.name}: expected it of all walks in that picture, not of {others[0]!r}"

    def _strangers(self) -> Iterator[str]:
        """Rows that are no walk's, and walks without a row."""
        if not self.rows:
            return
        for i in _unmatched(self._fits(self.known)):
            row = self.rows[i]
            signed = "".join(f" and {_verdict(sign, self.record).name}" for sign in row.signs)
            yield f"{row.name}: expected it of one walk in that picture, found no walk so{signed}"
        for i in _unmatched(self._fits(self.seen).T):
            yield f"table of {len(self.rows)} rows: expected one of {self.seen[i]!r} too"

    def _fits(self, names: Sequence[str]) -> NDArray[np.bool_]:
        """Whether a row is so of a walk, (rows, walks)."""
        fits = [[row.fits(name, self.record) for name in names] for row in self.rows]
        return np.array(fits, dtype=bool).reshape(len(self.rows), len(names))

    def _unsigned(self) -> Iterator[str]:
        """Rows without a sign, where others have one, of walks that are over."""
        for row in self.rows if any(row.signs for row in self.rows) else ():
            fitting = [name for name in self.known if row.fits(name, self.record)]
            if not row.signs and fitting and all(map(self._is_over, fitting)):
                yield f"{row.name}: expected the sign of its end, found none"

    def _is_over(self, name: str) -> bool:
        end = self.record.walk(name).stopped_at
        return self.ks.get(name, end) >= end  # what is not seen lies beneath another at its end


class _Stage:
    """All pictures of walks that stand, each with what is beside and beneath it."""

    def __init__(self, standing: Sequence[Claim], marks: Sequence[Mark], record: Record) -> None:
        self.standing, self.marks, self.record = standing, marks, record
        still = [claim for claim in standing if not claim.moves]
        self.signs = [claim for claim in still if claim.what == "sign" and claim.told.get("facts")]
        told = [word for word in still if word.what == "number" and _is_of_a_walk(word)]
        alone = [word for word in told if is_number(word)]
        cells = [word for word in alone if _tells_apart(word)]
        others = [word for word in alone if not _tells_apart(word)]
        common = [
            word for word in told
            if _tells_apart(word) and not is_number(word) and not word.told.get("beside")
        ]  # fmt: skip
        pictures = [claim for claim in standing if claim.kind == "axes"] if cells else []
        self.tables = [Table(picture, self) for picture in pictures]
        self.tables = [table for table in self.tables if table.known]
        for table in self.tables:
            own = [
                [claim for claim in claims if self._beside(claim) is table]
                for claims in (cells, others, self.signs)
            ]
            table.put(*own)
            table.common = [word for word in common if self._over(word) is table]

    def _beside(self, claim: Claim) -> Table | None:
        """The table that a number or sign is of: that of the next picture to its left."""
        left, top, _, bottom = claim.told["box"]
        room = ABOUT * float(claim.told.get("em", bottom - top))
        near = [
            (right, table)
            for table in self.tables
            for _, ceiling, right, floor in (table.picture.told["box"],)
            if right <= left and ceiling - room <= _middle(claim) <= floor + room
        ]
        return max(near, key=lambda pair: pair[0], default=(0.0, None))[1]

    def _over(self, word: Claim) -> Table | None:
        """The table of the picture beneath which, or right of whose name, something stands."""
        left, room = word.told["box"][0], HEADING * float(word.told["em"])
        near = [
            (begins, table)
            for table in self.tables
            for begins, _, _, floor in (table.picture.told["box"],)
            if begins - 1 <= left and floor <= _middle(word) <= floor + room
        ]
        return max(near, key=lambda pair: pair[0], default=(0.0, None))[1]

    def strays(self) -> Iterator[str]:
        """Signs of walks with tables that stand in no row, nor before words of how many end so."""
        known = {name for table in self.tables for name in table.known}
        for sign in self.signs:
            walk = _fact(sign)["of"].get("walk")
            if walk in known and self._beside(sign) is None and not _tallies(sign, self.standing):
                yield f"{sign.name}: expected it in the row of its walk, found it elsewhere"


def _wrong_tallies(standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """How many walks end how, in the words of another end, or with its sign before them."""
    for word in (claim for claim in standing if claim.what == "remark" and _endings(claim)):
        said = re.sub(r"^\d+ ", "", str(word.told["text"]))
        for verdict in _endings(word):
            if not re.fullmatch(ENDS.get(verdict, ""), said):
                yield f"{word.name}: expected words for {verdict}, found “{said}”"
    for sign in standing:
        if sign.what == "sign" and sign.told.get("facts"):
            found = _verdict(sign, record).name
            for word in _tallies(sign, standing):
                if found not in _endings(word):
                    ends = ", ".join(_endings(word))
                    yield f"{word.name}: expected the sign of {ends}, found that of {found}"


def _endings(word: Claim) -> list[str]:
    """The verdicts of which a word says how many walks end so."""
    facts = facts_in(word.told.get("facts"))
    return [str(fact["of"]["verdict"]) for fact in facts if fact["what"] == "ending with"]


def _tallies(sign: Claim, standing: Sequence[Claim]) -> list[Claim]:
    """The words right of a sign, on its line, that say how many walks end so."""
    right = sign.told["box"][2]
    return [
        word
        for word in standing
        if word.kind == "word"
        and 0 <= word.told["box"][0] - right < BESIDE * float(word.told["em"])
        and word.told["box"][1] < _middle(sign) < word.told["box"][3]
        and _endings(word)
    ]


# Of a claim


def _fact(claim: Claim) -> Mapping[str, Any]:
    fact: Mapping[str, Any] = claim.told["facts"][0]
    return fact


def _key(word: Claim) -> Key:
    """What a number is of its walk: of what kind, and along which axis."""
    return str(_fact(word)["what"]), _fact(word)["of"].get("axis")


def _is_of_a_walk(word: Claim) -> bool:
    """Whether a word has one number, of a walk with a name."""
    facts = list(word.told.get("facts") or ())
    return len(facts) == 1 and isinstance(facts[0]["of"].get("walk"), str)


def _tells_apart(word: Claim) -> bool:
    """Whether a number is a rate, or a coordinate of a start."""
    fact = _fact(word)
    is_start = fact["what"] == "coordinate" and fact["of"].get("k") == 0
    return bool(fact["what"] == "rate" or is_start)


def _is_of(word: Claim, walk: str, record: Record) -> bool:
    """Whether what a number is of its walk is the same of another."""
    fact = _fact(word)
    try:
        other = record.value({"what": fact["what"], "of": {**fact["of"], "walk": walk}})
    except (FactError, LookupError):
        return False
    return abs(other - float(fact["value"])) <= SAME * max(abs(other), 1.0)


def _verdict(sign: Claim, record: Record) -> Any:
    return record.walk(_fact(sign)["of"]["walk"]).verdict


def _middle(claim: Claim) -> float:
    """The height of its middle, px from the top."""
    _, top, _, bottom = claim.told["box"]
    return float(top + bottom) / 2


def _text(word: Claim) -> str:
    return untinted(str(word.told["text"])).strip()


def _unmatched(fits: NDArray[np.bool_]) -> list[int]:
    """The rows of `fits` (m, n) that are left if as many as may be have a column of their own."""
    rows, columns = linear_sum_assignment(fits, maximize=True)
    matched = {int(i) for i, j in zip(rows, columns, strict=True) if fits[i, j]}
    return [i for i in range(len(fits)) if i not in matched]
