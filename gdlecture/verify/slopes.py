"""Graphs over each other: a derivative is that of the graph it is aligned with, and so is its name.

What is read out, too, is of a function that is in the picture.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gdlecture.verify.reading import untinted
from gdlecture.verify.record import Record, function_text
from gdlecture.verify.ties import facts_in

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim

ALIGNED = 2.0
"""Pixels that the sides of two pictures may be off each other, if one is over the other."""

SET_TO_0 = re.compile(r"\(partial \w+\)/\(partial (\w+)\) = .*= 0")
"""An equation that sets the slope along an axis to 0."""

LEVEL = 1e-6
"""The slope of what is level."""

PICTURES = {"curve", "surface", "map", "level", "arrows", "way"}


def wrong_slopes(standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """Derivatives, and numbers, of another function than the one that is drawn with them.

    Raises:
        FactError: a function cannot be taken again.
    """
    graphs: dict[str | None, list[Claim]] = defaultdict(list)
    for claim in standing:
        if claim.kind == "curve" and claim.what in {"graph", "trace"} and _of(claim) is not None:
            graphs[claim.scale].append(claim)
    axes = [claim for claim in standing if claim.kind == "axes"]
    for lower in axes:
        for slope in (one for one in graphs[lower.scale] if one.told.get("order")):
            above = [
                function_text(record.field(_of(one)))
                for upper in axes
                if upper.scale != lower.scale and _are_aligned(upper, lower)
                for one in graphs[upper.scale]
                if one.told.get("order", 0) < slope.told["order"]
            ]
            own = function_text(record.field(_of(slope)))
            if above and own not in above:
                found = f"found that of {own}"
                yield f"{slope.name}: expected the derivative of {' or '.join(above)}, {found}"
    yield from _of_no_picture(standing, record)
    yield from _of_no_cut(standing, record)
    yield from _not_level(standing, record)


def _of(claim: Claim) -> Any:
    of = claim.told.get("field")
    return of if isinstance(of, Mapping) else None


def _are_aligned(one: Claim, other: Claim) -> bool:
    """Whether one picture is straight over the other, over the same x."""
    (left, _, right, _), (low, _, high, _) = one.told["box"], other.told["box"]
    return (
        abs(left - low) <= ALIGNED
        and abs(right - high) <= ALIGNED
        and list(one.told["window"][0]) == list(other.told["window"][0])
    )


def _of_no_picture(standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """Numbers of functions that are not in the picture, where some are."""
    shown = {
        _text(of, record)
        for claim in standing
        if claim.kind in PICTURES
        for of in (claim.told.get("field"), claim.told.get("tangent_to"))
        if isinstance(of, Mapping)
    }
    if not shown:
        return
    for word in (claim for claim in standing if claim.kind == "word"):
        for fact in facts_in(word.told.get("facts")) if word.what == "number" else ():
            of = fact["of"].get("field")
            if isinstance(of, Mapping) and _text(of, record) not in shown:
                found = f"found one of {_text(of, record)}"
                yield f"{word.name}: expected a number of {' or '.join(sorted(shown))}, {found}"


def _of_no_cut(standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """Numbers of cuts through a surface that are not in the picture, where some are."""
    drawn = {
        function_text(record.field(of))
        for claim in standing
        if claim.kind == "curve" and (of := _of(claim)) is not None and "held" in of
    }
    if not drawn:
        return
    for word in (claim for claim in standing if claim.kind == "word" and claim.what == "number"):
        fields = (fact["of"].get("field") for fact in facts_in(word.told.get("facts")))
        cuts = [of for of in fields if isinstance(of, Mapping) and "held" in of]
        texts = [function_text(record.field(of)) for of in cuts]
        if texts and not drawn & set(texts):
            wanted = " or ".join(sorted(drawn))
            yield f"{word.name}: expected a number of the cut {wanted}, found one of {texts[-1]}"


def _not_level(standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """Tangents along an axis that are not level, beside an equation that sets that slope to 0."""
    words = [untinted(str(claim.told["text"])) for claim in standing if claim.kind == "word"]
    level = {found[1] for text in words if (found := SET_TO_0.fullmatch(text.strip()))}
    for line in (claim for claim in standing if claim.what == "tangent" and level):
        slope, along = line.told.get("slope"), line.told.get("along")
        if line.kind != "line" or slope is None or along is None:
            continue
        of = slope["of"]
        field = record.field(of["field"] if "field" in of else {"walk": of["walk"]})
        name = str(field.variables[along])
        if name in level and abs(record.value(slope)) > LEVEL:
            wanted = f"expected it level along {name}, as is written"
            yield f"{line.name}: {wanted}, found a slope of {record.value(slope):.3g}"


def _text(of: Mapping[str, Any], record: Record) -> str:
    """The function of which another is a part or is seen from near."""
    while isinstance(of.get("of"), Mapping):
        of = of["of"]
    return function_text(record.field(of))
