"""What the axes of a chart are called: the name must be that of what is plotted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gdlecture.verify.claims import Claim
from gdlecture.verify.reading import untinted
from gdlecture.verify.shapes import ClaimError
from gdlecture.verify.tones import whole

if TYPE_CHECKING:
    from gdlecture.verify.record import Record

_X_K = r"\(\w_k(, \w_k)*\)"
MEASURED = {
    "value": rf'"(log |squared )?loss"|"squared error"|\w{_X_K}',
    "excess": rf"\w{_X_K} - \w\(\w\^\*(, \w\^\*)*\)",
    "coordinate": r"(?!y)\w_k",
    "second coordinate": "y_k",
    "steepness": r'"largest slope"|abs\(\w\'\(\w_k\)\)|max\(abs\(\w_x\), abs\(\w_y\)\)',
    "gradient length": rf"abs\(nabla \w({_X_K})?\)",
    "own rate": r"alpha_\(k\+1\)",
    "share right": r'"share right"',
    "length": r"abs\((\w)_k - \1_\(k-1\)\)",
    "right digits": r'-log_10 abs\((\w)_k - \1\^\*\)|"right digits"',
}
"""What may be written at the upper end of the axis along which each measure is plotted."""

SAME = {"largest slope": "steepness"}
"""What a single fact of a measure is called, where that is not the measure's own name."""

ABOVE, ASIDE = 2.5, 2.0
"""Ems above the box of a chart, and left of it, within which the name of its axis stands."""


def misnamed_charts(standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """Charts and maps whose axes are not called after what they show."""
    plotted: dict[str | None, set[str]] = defaultdict(set)
    fields: dict[str | None, list[Claim]] = defaultdict(list)
    for claim in standing:
        plotted[claim.scale] |= _measures(claim)
        if claim.kind in {"map", "level", "curve"} and isinstance(claim.told.get("field"), Mapping):
            fields[claim.scale].append(claim)
    words = [claim for claim in standing if claim.kind == "word"]
    for axes in (claim for claim in standing if claim.kind == "axes"):
        for measure in sorted(plotted[axes.scale]):
            yield from _wrong_name(axes, measure, words)
        for claim in fields[axes.scale][:1]:
            yield from _wrong_letters(axes, claim, words, record)
            yield from _wrong_primes(axes, claim, words)


def _measures(claim: Claim) -> set[str]:
    """What a claim plots in a chart."""
    if claim.kind == "polyline" and claim.what == "chart":
        return {_along(str(claim.told.get("measure")), claim.told)}
    if claim.kind == "region" and claim.what == "digits":
        return {"right digits"}
    plots = claim.kind in {"point", "segment"} and claim.told.get("places")
    place = claim.told["places"][-1] if plots else ()
    if len(place) != 2 or not all(place):
        return set()
    across, up = map(whole, place)
    measure = SAME.get(str(up["what"]), str(up["what"]))
    return {_along(measure, up["of"])} if across["what"] == "count" else set()


def _along(measure: str, of: Mapping[str, Any]) -> str:
    """A measure, told from that along the other axis."""
    return f"second {measure}" if measure == "coordinate" and of.get("axis") == 1 else measure


def _wrong_name(axes: Claim, measure: str, words: Sequence[Claim]) -> Iterator[str]:
    left, top, right, _ = axes.told["box"]
    pattern = MEASURED.get(measure)
    if pattern is None:
        yield f"{axes.name}: expected a chart of a known measure, found {measure!r}"
        return
    near = [
        untinted(word.told["text"]).strip()
        for word in words
        if 0 <= top - word.told["box"][3] < ABOVE * word.told["em"]
        and left - ASIDE * word.told["em"] < word.told["box"][2]
        and word.told["box"][0] < right
    ]
    own = [name for name in near if re.fullmatch(pattern, name)]
    others = [name for name in near for p in MEASURED.values() if re.fullmatch(p, name)]
    strange = [name for name in others if name not in own]
    if not own or strange:
        found = ", ".join(map(repr, strange or near)) or "nothing"
        yield f"{axes.name}: expected the name of {measure} at the axis, found {found}"


def _wrong_primes(axes: Claim, claim: Claim, words: Sequence[Claim]) -> Iterator[str]:
    """A graph that is called f', or the graph of a derivative that is called f."""
    if claim.kind != "curve" or claim.what not in {"graph", "trace"}:
        return
    left, top, _, bottom = axes.told["box"]
    for word in words:
        named = re.fullmatch(r"[a-zA-Z]('*)(\([a-z]\))?", untinted(word.told["text"]).strip())
        _, high, right, low = word.told["box"]
        em = word.told["em"]
        beside = left - 3 * em < right <= left + em and top - 2.5 * em < (high + low) / 2 < bottom
        is_tick = word.what == "tick"
        if named and beside and not is_tick and bool(named[1]) != (claim.what == "trace"):
            wanted = "a derivative" if claim.what == "trace" else "the function itself"
            yield f"{axes.name}: expected the name of {wanted}, found {word.told['text']!r}"


def _wrong_letters(
    axes: Claim, claim: Claim, words: Sequence[Claim], record: Record
) -> Iterator[str]:
    """Axes of a map or a graph that are not called after the field's variables, in their order."""
    variables = [str(variable) for variable in record.field(claim.told["field"]).variables]
    if claim.kind != "curve" and len(variables) != 2:
        raise ClaimError(f"expected a field of two variables on a map, found {variables}")
    for key, variable in zip("xy", variables[: 1 + (claim.kind != "curve")], strict=False):
        told: Any = axes.told.get(key) or {}
        name = told.get("name")
        if not name:
            continue
        if name.replace("_", "") != variable:
            yield f"{axes.name}: expected its axis called {variable!r}, found {name!r}"
        elif not any(word.told["text"] == name for word in words):
            yield f"{axes.name}: expected the axis’ name {name!r} in the picture, found none"
