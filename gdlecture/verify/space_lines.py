"""Where the lines and points of a space must be: retaken with gdmath, as points of the data (n, 3).

What the evidence keeps of a line as drawn only tells how far it reaches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.claims import Claim
from gdlecture.verify.heights import heights_of
from gdlecture.verify.ink import rgb
from gdlecture.verify.record import Record
from gdlecture.verify.shapes import ClaimError
from gdlecture.verify.view import View
from gdmath import ScalarField
from gdmath.level_lines import join, level_segments

Array = NDArray[np.float64]

SAMPLES, LEG, LEVEL_GRID = 500, 40, 221
MOST = 100_000
"""So many points of a long way are enough."""
SLACK = 1e-9


@dataclass(frozen=True, eq=False)
class Line:
    """A line through points (n, 3), its colour 0…255; whether its `ends` are stated."""

    points: Array
    colour: Array
    ends: bool = False


def lines_of(claim: Claim, view: View, record: Record) -> list[Line]:
    """The lines of a claim.

    Raises:
        ClaimError: what is kept of it as drawn is not where its values are.
        FactError: its values cannot be taken again.
    """
    make = LINES.get(claim.kind)
    if make is None:
        raise ClaimError(f"no claim of kind {claim.kind!r} is known in a space")
    lines = list(make(claim, view, record))
    first, last = claim.told.get("reveal", (0.0, 1.0))
    if (first, last) == (0.0, 1.0):
        return lines
    return [Line(part_of(line.points, view, first, last), line.colour) for line in lines]


def place_in(place: Sequence[Any], view: View, record: Record) -> Array:
    """A place (3,); where it has no height it is on the floor.

    Raises:
        FactError: it cannot be taken again.
    """
    point = record.place(place)
    return np.where(np.isnan(point), view.low, point)


def part_of(points: Array, view: View, first: float, last: float) -> Array:
    """The part of a line (n, 3) between two shares of its drawn length."""
    steps = np.linalg.norm(np.diff(view.drawn(points), axis=0), axis=1)
    reach = np.concatenate([[0.0], np.cumsum(steps)])
    low, high = first * reach[-1], last * reach[-1]
    stops = np.concatenate([[low], reach[(reach > low) & (reach < high)], [high]])
    return np.stack([np.interp(stops, reach, points[:, k]) for k in range(3)], axis=1)


def _curve(claim: Claim, _: View, record: Record) -> Iterable[Line]:
    told = claim.told
    low, high = (float(end) for end in told["t"])
    t = np.linspace(low, high, SAMPLES)
    if "curve" in told:
        points = np.stack([_along(code, t) for code in told["curve"]], axis=-1)
    else:
        plane = np.tile(np.array(told["at"], dtype=float), (SAMPLES, 1))
        plane[:, told["along"]] = t
        points = np.column_stack([plane, heights_of(told["field"], record).at(plane)])
    yield Line(points, colour_of(claim))


def _along(code: str, t: Array) -> Array:
    curve = ScalarField.parse(code, ("t",))
    with np.errstate(all="ignore"):
        return np.broadcast_to(np.asarray(curve(t), dtype=float), t.shape)


def _line(claim: Claim, view: View, record: Record) -> Iterable[Line]:
    told = claim.told
    (place,) = told["places"]
    through, slope = place_in(place, view, record), record.value(told["slope"])
    way = np.zeros(3)
    way[told["along"]], way[2] = 1.0, slope
    ends = []
    for end in np.array(told["ends"], dtype=float)[[0, -1]]:
        expected = through + (end - through)[told["along"]] * way
        if np.linalg.norm((end - expected) * view.scale) > 1e-6 * view.size.max():
            raise ClaimError(f"expected an end of it at {expected}, found it drawn to {end}")
        ends.append(expected)
    yield Line(np.linspace(ends[0], ends[1], SAMPLES), colour_of(claim), ends=True)


def _segment(claim: Claim, view: View, record: Record) -> Iterable[Line]:
    start, end = (place_in(place, view, record) for place in claim.told["places"])
    yield Line(np.linspace(start, end, SAMPLES), colour_of(claim), ends=True)


def _polyline(claim: Claim, view: View, record: Record) -> Iterable[Line]:
    corners = [place_in(place, view, record) for place in claim.told["places"]]
    legs = [np.linspace(a, b, LEG) for a, b in pairwise(corners)]
    yield Line(np.concatenate(legs), colour_of(claim))


def _way(claim: Claim, view: View, record: Record) -> Iterable[Line]:
    told = claim.told
    walk = record.walk(told["walk"])
    corners, share = walk.points[: told["k"] + 1], float(told.get("share", 0.0))
    if share:
        here, there = walk.points[told["k"] : told["k"] + 2]
        corners = np.vstack([corners, here + share * (there - here)])
    shares = np.linspace(0, 1, max(2, min(LEG, MOST // len(corners))))[:, None]
    legs = [a + shares * (b - a) for a, b in pairwise(corners)]
    if not legs:
        return
    plane = np.concatenate(legs)
    heights = np.full(len(plane), view.low[2])
    if not told["floor"]:
        with np.errstate(all="ignore"):
            heights = np.asarray(walk.field(plane[:, 0], plane[:, 1]), dtype=float)
    points = np.column_stack([plane, heights])
    room = SLACK * (view.high - view.low)
    with np.errstate(invalid="ignore"):
        inside = ((points >= view.low - room) & (points <= view.high + room)).all(axis=1)
    if inside.any():
        last = int(np.flatnonzero(inside)[-1])
        before = np.flatnonzero(~inside[:last])
        yield Line(points[(before[-1] + 1 if len(before) else 0) : last + 1], colour_of(claim))


def _level(claim: Claim, view: View, record: Record) -> Iterable[Line]:
    told = claim.told
    heights = heights_of(told["field"], record)
    xs, ys = (np.linspace(view.low[k], view.high[k], LEVEL_GRID) for k in (0, 1))
    values = heights.at(np.stack(np.meshgrid(xs, ys, indexing="ij"), axis=-1))
    palette = [rgb(stop) for stop in told.get("palette", ())]
    for level in told["levels"]:
        colour = (
            colour_of(claim)
            if not palette
            else _on(palette, (level - view.low[2]) / (view.high - view.low)[2])
        )
        for line in join(level_segments(xs, ys, values, float(level))):
            yield Line(np.column_stack([line, np.full(len(line), view.low[2])]), colour)


def _on(palette: list[Array], share: float) -> Array:
    stops = np.linspace(0, 1, len(palette))
    return np.array([np.interp(share, stops, [stop[c] for stop in palette]) for c in range(3)])


def _arrows(claim: Claim, view: View, record: Record) -> Iterable[Line]:
    told = claim.told
    points = np.array(told["at"], dtype=float)
    ends = points + float(told["times"]) * heights_of(told["field"], record).slopes(points)
    for start, end in zip(points, ends, strict=True):
        shaft = np.linspace([*start, view.low[2]], [*end, view.low[2]], LEG)
        yield Line(shaft, colour_of(claim), ends=True)


def _border(claim: Claim, _view: View, _record: Record) -> Iterable[Line]:
    corners = np.array(claim.told["corners"], dtype=float)
    for a, b in pairwise([*corners, corners[0]]):
        yield Line(np.linspace(a, b, LEG), colour_of(claim))


def stroke_of(claim: Claim) -> tuple[float, float]:
    """The opacity and the breadth (px) of a claim's lines; a pane's border is less translucent."""
    told = claim.told
    if "stroke" in told["style"]:
        _, opacity, width = told["style"]["stroke"]
        return float(opacity), float(width)
    return float(told["style"]["fill"][1]) ** 0.5, float(told["border"])


def _as_drawn(claim: Claim, _view: View, _record: Record) -> Iterable[Line]:
    yield Line(np.array(claim.told["ends"], dtype=float), colour_of(claim))


def colour_of(claim: Claim) -> Array:
    """The colour 0…255 of a claim's line, or of what fills it."""
    style: Mapping[str, Any] = claim.told["style"]
    return rgb(style["stroke"][0] if "stroke" in style else style["fill"][0])


LINES: dict[str, Callable[[Claim, View, Record], Iterable[Line]]] = {
    "curve": _curve,
    "line": _line,
    "segment": _segment,
    "polyline": _polyline,
    "way": _way,
    "level": _level,
    "arrows": _arrows,
    "plane": _border,
    "scenery": _as_drawn,
}
