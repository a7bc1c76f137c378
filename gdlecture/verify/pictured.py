"""What captions say of how pictures are arranged: which is above, and what one reads off there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from gdlecture.verify.source import Source

OTHER = {"function": "derivative", "derivative": "function", "above": "below", "below": "above"}

_STANDS = re.compile(r"\b(above|below) (?:the|its) (function|derivative)\b", re.IGNORECASE)
_READ = re.compile(r"\bheight (above|below) is steepness (above|below)\b", re.IGNORECASE)


def pictured_above(_: Mapping[str, Any], record: Source) -> str:
    """Whether functions or their derivatives are above, wherever both are drawn at a time.

    Where nothing is pictured, which no clip may do, it is as usual: the function.

    Raises:
        ValueError: they are nowhere, or here so and there otherwise.
    """
    if not record.evidence.claims:
        return "function"
    claims = [claim for claim in record.evidence.claims if not claim.moves]
    boxes = {claim.scale: claim.told["box"] for claim in claims if claim.kind == "axes"}
    curves = [c for c in claims if c.kind == "curve" and c.scale in boxes and "field" in c.told]
    found = set()
    for graph in (curve for curve in curves if not curve.told.get("order")):
        for slope in curves:
            same = slope.told["field"] == graph.told["field"] and slope.told.get("order") == 1
            if same and slope.t0 < graph.t1 and graph.t0 < slope.t1:
                (_, high, _, low), (_, top, _, bottom) = boxes[graph.scale], boxes[slope.scale]
                where = "function" if low <= top else "derivative" if bottom <= high else "neither"
                found.add(where if graph.scale != slope.scale else "together")
    if found - {"together"} in ({"function"}, {"derivative"}):
        (where,) = found - {"together"}
        return where
    raise ValueError(f"expected functions over their derivatives, or under, found {sorted(found)}")


FITTED = "a point of the map is a line of the data, its height the squared error"

SPOTS = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (-0.7, 0.4))
"""Slopes and intercepts of lines at which a loss is compared with their mean squared error."""


def pictured_as(fact: Mapping[str, Any], record: Source) -> str:
    """What a point of a map is that a walk goes over: the line that is drawn among the data.

    Raises:
        ValueError: it is not.
    """
    walk, claims = fact["of"]["walk"], record.evidence.claims
    if not claims:
        return FITTED
    data = [claim for claim in claims if claim.what == "datum"]
    scales = {claim.scale for claim in data}
    lines = [c for c in claims if (c.kind, c.what) == ("line", "fit") and c.scale in scales]
    maps = {c.scale for c in claims if c.kind == "level" and c.told["field"] == {"walk": walk}}
    if not maps - scales or not lines or not all(_is_of(line, walk) for line in lines):
        raise ValueError("expected a map, and among data the lines that its points are, found none")
    scale = lines[0].scale
    rows = np.array([record.place(c.told["places"][0]) for c in data if c.scale == scale])
    lines_at, loss = np.array(SPOTS), record.field({"walk": walk})
    off = lines_at[:, :1] * rows[:, 0] + lines_at[:, 1:] - rows[:, 1]
    if not np.allclose((off**2).mean(axis=1), loss.at(lines_at), rtol=1e-9, atol=0):
        raise ValueError("expected the mean of the squared errors, found another loss")
    return FITTED


def _is_of(line: Any, walk: str) -> bool:
    """Whether the slope and the intercept of a line are an iterate of a walk, or on a way there."""
    slope, at = line.told["slope"], line.told["places"][0]
    ends = [(slope, at[1])]
    if slope["what"] == "part way":
        ends = [(slope["of"][end], at[1]["of"][end]) for end in ("from", "to")]
    return at[0]["value"] == 0 and all(
        (one["of"]["walk"], one["of"]["axis"], other["of"]["axis"]) == (walk, 0, 1)
        and one["of"]["k"] == other["of"]["k"]
        for one, other in ends
    )


def wrong_arrangement(said: str, above: str) -> Iterator[str]:
    """What words say of an arrangement in which functions, or derivatives, are `above`."""
    stands = [(where.lower(), what.lower()) for where, what in _STANDS.findall(said)]
    read = [tuple(map(str.lower, found)) for found in _READ.findall(said)]
    for where, what in stands:
        if (what == above) != (where == "above"):
            yield f"“{said}”: expected the {OTHER[what]} {where}, found the {what}"
    steep = "above" if above == "function" else "below"
    for height, steepness in read:
        if (height, steepness) != (OTHER[steep], steep):
            yield f"“{said}”: expected the steepness {steep}, found it {steepness}"
    if not stands and not read:
        yield f"“{said}”: expected words that say what is above, found none"
