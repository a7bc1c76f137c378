"""What is called by a name must be what stands there: pictures, level lines, methods, letters."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gdlecture.verify.reading import untinted
from gdlecture.verify.record import Record, function_text
from gdlecture.verify.ties import keys_of, references, walks_of
from gdlecture.verify.tones import is_alike, is_colour
from gdlecture.verify.view import View

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.evidence import Mark
    from gdlecture.verify.standing import Cast

HEADING = 3.0
"""Ems from the box of a picture within which its name stands."""

AT = 2.0
"""Ems that the number of a level line may be off its place."""

SAME = 1e-9
"""Of a level, what a number on its line may be off."""

SPOTS = 101
"""Places of a line from which a word's distance is measured."""


def misnamed(
    standing: Sequence[Claim], marks: Sequence[Mark], cast: Cast, record: Record
) -> Iterator[str]:
    """Names and numbers that stand at what they are not of, among what stands in one picture.

    Raises:
        FactError: a walk or a function cannot be taken again.
    """
    words = [claim for claim in standing if claim.kind == "word"]
    yield from _wrong_headings(words, standing, marks, record)
    yield from _wrong_levels(words, standing, cast)
    yield from _wrong_walks(words, standing, marks, record)
    yield from _wrong_lines(words, standing, record)


# Pictures


def _wrong_headings(
    words: Sequence[Claim], standing: Sequence[Claim], marks: Sequence[Mark], record: Record
) -> Iterator[str]:
    """Names of walks, or formulas, at a picture of others."""
    for word in words:
        picture = headed(word, standing) if word.what in {"formula", "label"} else None
        if picture is None:
            continue
        parts = [claim for claim in standing if claim.scale == picture.scale]
        if word.what == "formula":
            yield from _wrong_formula(word, parts, record)
            continue
        said = str(word.told["text"]).lower()
        named = {name for name in record.names if name.lower().split(", ")[0] == said}
        walks = {mark.walk for mark in marks if mark.scale == picture.scale}
        told = (walk for claim in parts for walk in references(claim.told))
        walks |= {walk for walk in told if isinstance(walk, str)}
        if named and walks and not named & walks:
            found = ", ".join(sorted(walks))
            yield f"{word.name}: expected the name of a walk in that picture: {found}"


def _wrong_formula(word: Claim, parts: Sequence[Claim], record: Record) -> Iterator[str]:
    """A formula at a picture of other functions."""
    told = [claim.told["field"] for claim in parts if isinstance(claim.told.get("field"), Mapping)]
    fields = {function_text(record.field(of)) for of in told if "h" not in of}
    own = word.told.get("field")
    orders = {
        int(claim.told.get("order", 0))
        for claim in parts
        if claim.kind == "curve" and claim.what in {"graph", "trace"} and "field" in claim.told
    }
    order = len(word.told.get("derivative", ()))
    if orders and isinstance(own, Mapping) and order not in orders:
        yield f"{word.name}: expected the derivative of order {sorted(orders)}, found {order}"
    if fields and isinstance(own, Mapping) and function_text(record.field(own)) not in fields:
        yield f"{word.name}: expected it at its own picture, found one of {sorted(fields)}"


def headed(word: Claim, standing: Sequence[Claim]) -> Claim | None:
    """The pair of axes that a word stands in, or nearest over or under."""
    left, top, right, bottom = word.told["box"]
    near = []
    for axes in (claim for claim in standing if claim.kind == "axes"):
        low, ceiling, high, floor = axes.told["box"]
        if low < (left + right) / 2 < high:
            near.append((max(ceiling - bottom, top - floor, 0.0), axes))
    gap, picture = min(near, key=lambda pair: pair[0], default=(np.inf, None))
    return picture if gap < HEADING * word.told["em"] else None


# Level lines


def _wrong_levels(words: Sequence[Claim], standing: Sequence[Claim], cast: Cast) -> Iterator[str]:
    """Numbers of level lines that do not stand on them."""
    for word in words:
        fact = _own_height(word)
        if fact is None:
            continue
        on = [
            claim
            for claim in standing
            if claim.kind == "level"
            and claim.told["field"] == fact["of"]["field"]
            and any(abs(level - fact["value"]) < SAME * max(1, abs(level))
                    for level in claim.told["levels"])
        ]  # fmt: skip
        places = [cast.pixel_of(claim, fact["of"]["at"], standing) for claim in on]
        offs = [word.off(x, y) for x, y in places]
        if offs and min(offs) > AT * word.told["em"]:
            yield f"{word.name}: expected it on its level line, found it {min(offs):.0f} px off"


def _own_height(word: Claim) -> Mapping[str, Any] | None:
    """The height at a place that a number is, if it is the number of nothing else."""
    facts = list(word.told.get("facts") or ())
    if word.what != "number" or word.told.get("beside") is not None or len(facts) != 1:
        return None
    fact: Mapping[str, Any] = facts[0]
    at = fact["of"].get("at") if fact["what"] == "height" else None
    numbers = at and len(at) == 2 and all(isinstance(c, int | float) for c in at)
    return fact if numbers else None


# Lines on a surface

_LINE = re.compile(r"(?P<letter>[a-z]) = (?P<at>-?\d+(?:\.\d+)?)")


def _wrong_lines(
    words: Sequence[Claim], standing: Sequence[Claim], record: Record
) -> Iterator[str]:
    """What is called x = 5, but stands at a line of a surface that is another one.

    Raises:
        FactError: a function cannot be taken again.
    """
    spaces = {claim.scale: View(claim.told) for claim in standing if claim.kind == "space"}
    lines = [
        claim
        for claim in standing
        if claim.kind == "curve"
        and claim.what == "slice"
        and claim.scale in spaces
        and "h" not in claim.told["field"]
    ]
    named = [
        (word, found) for word in words if (found := _LINE.fullmatch(untinted(word.told["text"])))
    ]
    for word, found in named if lines else ():
        offs = [_off_line(word, line, spaces[line.scale], record) for line in lines]
        own = [
            off
            for off, line in zip(offs, lines, strict=True)
            if _is_line(line, found["letter"], float(found["at"]), record)
        ]
        em = float(word.told["em"])
        if min(offs) < AT * em and min(own, default=np.inf) > min(offs) + AT * em / 2:
            yield f"{word.name}: expected it at its own line, found it at another"


def _is_line(line: Claim, letter: str, at: float, record: Record) -> bool:
    """Whether a slice is that along which a variable is a number."""
    letters = [str(variable) for variable in record.field(line.told["field"]).variables]
    held = 1 - int(line.told["along"])
    return letters[held] == letter and abs(float(line.told["at"][held]) - at) < SAME


def _off_line(word: Claim, line: Claim, view: View, record: Record) -> float:
    """How far (px) a word is from a slice."""
    along, at = int(line.told["along"]), np.array(line.told["at"], dtype=float)
    low, high = (float(end) for end in line.told["t"])
    places = np.tile(at, (SPOTS, 1))
    places[:, along] = np.linspace(low, high, SPOTS)
    heights = np.asarray(record.field(line.told["field"]).at(places), dtype=float)
    seen = view.seen(np.column_stack([places, heights]))[0]
    left, top, right, bottom = word.told["box"]
    across = np.maximum(np.maximum(left - seen[:, 0], seen[:, 0] - right), 0)
    down = np.maximum(np.maximum(top - seen[:, 1], seen[:, 1] - bottom), 0)
    return float(np.nanmin(np.hypot(across, down)))


# Walks


def _wrong_walks(
    words: Sequence[Claim], standing: Sequence[Claim], marks: Sequence[Mark], record: Record
) -> Iterator[str]:
    """Names of walks in the colour of others, or on the line of numbers of others."""
    colours: dict[Any, set[str]] = {}
    for walk, colour in _inks(standing, marks):
        if isinstance(walk, str) and is_colour(colour):
            colours.setdefault(walk, set()).add(colour)
    names = {name.lower(): name for name in record.names}
    called = {word: names[said] for word in words if (said := _said(word)) in names}
    for word, walk in called.items():
        for name, colour in ((word.name, word.told["colours"][0]), *keys_of(word, standing)):
            own = sorted(colours.get(walk, ()))
            others = {other for told in colours.values() for other in told}
            if own and _is_any(colour, others) and not _is_any(colour, own):
                yield f"{name}: expected the colour of its walk, {own}, found {colour}"
    for number in words if called else ():
        walks = set(walks_of(number.told.get("facts"))) if number.what == "number" else set()
        before = [word for word in called if _is_left_of(word, number)]
        if walks and before:
            label = max(before, key=lambda word: float(word.told["box"][2]))
            if called[label] not in walks:
                yield f"{number.name}: expected it of {called[label]!r}, found it of {walks}"


def _is_any(colour: str, others: Collection[str]) -> bool:
    """Whether a colour is one of several, but for how pale they are."""
    return is_colour(colour) and any(is_alike(colour, other) for other in others)


def _said(word: Claim) -> str:
    return untinted(str(word.told["text"])).lower().strip('" ') if word.what == "label" else ""


def _is_left_of(word: Claim, other: Claim) -> bool:
    """Whether a word is on the line of another, and left of it."""
    _, _, right, _ = word.told["box"]
    left, top, _, bottom = other.told["box"]
    _, high, _, low = word.told["box"]
    return bool(
        right <= left and min(low, bottom) - max(high, top) > 0.5 * min(low - high, bottom - top)
    )


def _inks(standing: Sequence[Claim], marks: Sequence[Mark]) -> Iterator[tuple[Any, str]]:
    """The walks whose dots or lines stand, and the colours of these."""
    yield from ((mark.walk, mark.color) for mark in marks)
    for claim in standing:
        if claim.kind in {"polyline", "way", "region"}:
            style = claim.told["style"]
            colour = (style.get("fill") or style["stroke"])[0]
            yield from ((walk, colour) for walk in references(claim.told))


# Letters

_LETTERS = re.compile(r"(?<![\w\"])([a-zA-Z])(?![\w\"])")

USUAL = "fkT"
"""Letters of any clip: a function, the number of a step, a temperature."""


def strange_letter(word: Claim, record: Record) -> str:
    """What is wrong with a label that is one letter, if nothing else in the clip has it."""
    text = untinted(str(word.told["text"])).strip()
    if not re.fullmatch("[a-zA-Z]", text) or text in {*USUAL, *_letters_of(record)}:
        return ""
    return f"{word.name}: expected a letter that the clip explains, found {text!r}"


def _letters_of(record: Record) -> Iterator[str]:
    """The letters of functions, of axes, and of all words that are no letter alone."""
    for name in record.names:
        yield from map(str, record.walk(name).field.variables)
    for claim in record.evidence.claims:
        if claim.kind == "axes":
            told = (claim.told.get(axis) or {} for axis in "xy")
            yield from (str(side.get("name")) for side in told)
        text = untinted(str(claim.told.get("text", ""))).strip()
        if claim.kind == "word" and len(text) > 1:
            yield from _LETTERS.findall(text)
