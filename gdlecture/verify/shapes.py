"""Where the ink of a claim in the plane must be: retaken with gdmath, placed by the ticks.

What the evidence keeps of a line as it was drawn only tells how far it reaches: that it lies where
the numbers say is checked here, that it is in the picture elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.axes import Axes
from gdlecture.verify.claims import Claim
from gdlecture.verify.ink import tolerance
from gdlecture.verify.measures import measured
from gdlecture.verify.own_rates import half_axes, ray_of
from gdlecture.verify.record import Record
from gdmath import ScalarField, quadratic_model

Array = NDArray[np.float64]

SAMPLES, HALVINGS = 1600, 200
HEAD, DOT = 0.025, 0.023
"""As shares of the picture's height: how long the head of a step is, and how far from the middle of
the dot that it leads to its tip may be."""

IN_THE_AIR = "on its way"
"""What the head of a hop is until it has come down: how high it is then, its arc says."""

SLACK = 1.0
"""So far (px) out of its box a line may reach: half its own width, and rounding."""


class ClaimError(ValueError):
    """A claim does not hold in the evidence itself; the message says what was expected."""


@dataclass(frozen=True)
class Style:
    """How ink is drawn: colours as #rrggbb, opacities 0…1, the stroke's width in px."""

    fill: tuple[str, float] | None
    stroke: tuple[str, float, float] | None

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Style:
        """The style that a record tells."""
        fill, stroke = told.get("fill"), told.get("stroke")
        return cls(tuple(fill) if fill else None, tuple(stroke) if stroke else None)

    @property
    def colours(self) -> tuple[str, ...]:
        """Its colours."""
        return tuple(part[0] for part in (self.fill, self.stroke) if part)


@dataclass(frozen=True, eq=False)
class Shape:
    """Lines (n, 2) in px, each with its style; `dashed` if they have gaps."""

    lines: tuple[Array, ...]
    styles: tuple[Style, ...]
    dashed: bool = False


@dataclass(frozen=True, eq=False)
class Plate:
    """What a claim is placed with: its axes, the record, and the height of the picture in px."""

    axes: Axes | None
    record: Record
    height: float

    @property
    def limit(self) -> float:
        """How far off a place may be, px."""
        return tolerance(self.height)

    def at(self, place: Any) -> Array:
        """Where a place is, px; nan where it has no value."""
        return self.axes.to_px(self.record.place(place))


def shape_of(claim: Claim, plate: Plate) -> Shape:
    """Where a claim's ink must be.

    Raises:
        ClaimError: what is kept of it as drawn is not where its values are.
        FactError: its values cannot be taken again.
    """
    told = claim.told
    drawn = tuple(np.asarray(line, dtype=float) for line in told.get("path", ()))
    make = SHAPES.get(claim.kind)
    if make is None:
        raise ClaimError(f"no claim of kind {claim.kind!r} is known in the plane")
    lines = tuple(make(claim, plate, drawn))
    styles = told.get("styles") or [told["style"]] * len(lines)
    if len(styles) != len(lines):
        styles = [told["style"]] * len(lines)
    return Shape(lines, tuple(Style.of(style) for style in styles), bool(told.get("dashed")))


# Lines that are computed whole


def _curve(claim: Claim, plate: Plate, drawn: tuple[Array, ...]) -> Iterable[Array]:
    del drawn
    told, axes = claim.told, plate.axes
    if "curve" in told:
        first, last = (float(end) for end in told["t"])
        t = np.linspace(first, last, SAMPLES)
        across, up = (_along(code, t) for code in told["curve"])
        return inside(axes.to_px(np.stack([across, up], axis=-1)), axes.box)
    if "rates" in told:
        turn = np.linspace(0, 2 * np.pi, SAMPLES)
        around = np.stack([np.cos(turn), np.sin(turn)], axis=-1)
        middle = plate.record.place(told["places"][0])
        ellipse = middle + half_axes(told, plate.record) * around
        return inside(axes.to_px(ellipse), axes.box)
    low, high = told.get("x", axes.window[0])
    x = np.linspace(low, high, SAMPLES)
    if "ray" in told:
        of = told["ray"]
        y = ray_of(plate.record.walk(of["walk"]), of["k"])(x)
        return inside(axes.to_px(np.stack([x, y], axis=-1)), axes.box)
    field, order = _function(told, plate.record), told.get("order", 0)
    x = np.union1d(x, _toward_walls(field, x))
    x = x[np.asarray(field.contains(x[:, None]))]
    with np.errstate(all="ignore"):
        y = _derivative(field, x, order)
    return inside(axes.to_px(np.stack([x, y], axis=-1)), axes.box)


def _toward_walls(field: Any, x: Array) -> Array:
    """Places ever closer to each end of the domain between places x (n,): a graph may rise there.

    Halving the way from the last place with a value finds both the wall and what leads to it.
    """
    has_value = np.asarray(field.contains(x[:, None]))
    found = []
    for i in np.flatnonzero(has_value[1:] != has_value[:-1]):
        within, beyond = (x[i], x[i + 1]) if has_value[i] else (x[i + 1], x[i])
        for _ in range(HALVINGS):
            middle = (within + beyond) / 2
            if field.contains([middle]):
                within = middle
                found.append(middle)
            else:
                beyond = middle
    return np.array(found)


def _function(told: Mapping[str, Any], record: Record) -> Any:
    """The field of a curve, or the parabola that Newton's method believes in at an iterate."""
    if "model" in told:
        walk, k = record.walk(told["model"]["walk"]), told["model"]["k"]
        return quadratic_model(walk.field, walk.points[k])
    return record.field(told["field"])


def _derivative(field: Any, x: Array, order: int) -> Array:
    if order == 0:
        return np.asarray(field(x), dtype=float)
    if order == 1:
        return np.asarray(field.gradient(x[:, None]), dtype=float)[:, 0]
    return np.array([float(field.hessian([value])[0, 0]) for value in x])


def _along(code: str, t: Array) -> Array:
    curve = ScalarField.parse(code, ("t",))
    with np.errstate(all="ignore"):
        return np.broadcast_to(np.asarray(curve(t), dtype=float), t.shape)


def _polyline(claim: Claim, plate: Plate, drawn: tuple[Array, ...]) -> Iterable[Array]:
    del drawn
    told, axes = claim.told, plate.axes
    if "places" in told:
        points = np.array([plate.record.place(place) for place in told["places"]])
    else:
        points = measured(told, plate.record)
    corners = axes.to_px(points)
    if share := told.get("upto", 0) % 1:  # it is on its way
        corners[-1] = corners[-2] + share * (corners[-1] - corners[-2])
    # What is at infinity is far out of the picture, on the side that its sign says.
    tall = 50.0 * plate.height
    return inside(np.nan_to_num(corners, nan=np.nan, posinf=tall, neginf=-tall), axes.box)


# Lines that are kept as drawn


def _line(claim: Claim, plate: Plate, drawn: tuple[Array, ...]) -> Iterable[Array]:
    (place,) = claim.told["places"]
    at = plate.at(place)
    slope = plate.record.value(claim.told["slope"])
    with np.errstate(all="ignore"):
        along = np.array([plate.axes.x.step, plate.axes.y.step * slope])
        along = along / np.hypot(*along)
    for line in drawn:
        for end in line[[0, -1]]:
            _see(end, at + ((end - at) @ along) * along, plate.limit, "an end of it")
    return drawn


def _segment(claim: Claim, plate: Plate, drawn: tuple[Array, ...]) -> Iterable[Array]:
    start, end = (plate.at(place) for place in claim.told["places"])
    for line in drawn:
        for corner in line[[0, -1]]:
            _see(corner, _nearest(corner, start, end), plate.limit, "an end of it")
    if claim.told.get("whole"):
        for place, corner in ((start, drawn[0][0]), (end, drawn[-1][-1])):
            _see(corner, place, plate.limit, "its end")
    elif claim.what == "step" and np.isfinite([start, end]).all():
        _see_whole_step(drawn, start, end, plate)
    elif len(drawn) and np.isfinite([start, end]).all():
        way, gone = end - start, drawn[-1][-1] - drawn[0][0]
        if gone @ way < 0:
            raise ClaimError("expected it to lead the other way")
    return drawn


def _see_whole_step(drawn: tuple[Array, ...], start: Array, end: Array, plate: Plate) -> None:
    """A step's arrow begins on its iterate, and ends as near to the next as its dot allows."""
    if _is_inside(start, plate):
        _see(drawn[0][0], start, plate.limit, "its start")
    if _is_inside(end, plate):
        _see(drawn[-1][-1], end, (HEAD + DOT) * plate.height, "its end")


def _is_inside(place: Array, plate: Plate) -> bool:
    left, top, right, bottom = plate.axes.box
    return bool(left <= place[0] <= right and top <= place[1] <= bottom)


def _hop(claim: Claim, plate: Plate, drawn: tuple[Array, ...]) -> Iterable[Array]:
    left, _, right, _ = plate.axes.box
    places = [plate.at(place) for place in claim.told["places"]]
    for place, corner in zip(places, (drawn[0][0], drawn[-1][-1]), strict=True):
        expected = np.clip(place[0], left, right)
        _see(corner, np.array([expected, corner[1]]), plate.limit, "its foot")
    return drawn


def _tip(claim: Claim, plate: Plate, drawn: tuple[Array, ...]) -> Iterable[Array]:
    start, end = (plate.at(place) for place in claim.told["places"])
    for line in drawn:
        tip, back = line[0], line[1:].mean(axis=0)
        # An arc's head is aslant: there only its foot is where the numbers say.
        if np.isfinite(end).all() and np.isfinite(start).all():
            _see(tip, _nearest(tip, start, end), plate.limit, "its tip")
            if claim.what == "step" and _is_inside(end, plate):
                _see(tip, end, DOT * plate.height, "its tip")
            if (tip - back) @ (end - start) < 0:
                raise ClaimError("expected its head to point the other way")
        else:
            left, _, right, bottom = plate.axes.box
            expected = np.where(np.isfinite(end), np.clip(end, left, right), tip)
            if left < end[0] < right and np.isnan(end[1]) and claim.what != IN_THE_AIR:
                expected[1] = bottom  # a hop comes down on the axis
            _see(tip, expected, plate.limit, "its tip")
    return drawn


def _point(claim: Claim, plate: Plate, drawn: tuple[Array, ...]) -> Iterable[Array]:
    (place,) = claim.told["places"]
    at = plate.at(place)
    corners = np.concatenate(drawn)
    middle = (corners.min(axis=0) + corners.max(axis=0)) / 2
    right, up = claim.told.get("aside", (0.0, 0.0))
    at = at + plate.height * np.array([right, -up])
    expected = np.where(np.isnan(at), middle, at)
    _see(middle, expected, plate.limit, "its middle")
    return drawn


def _region(claim: Claim, plate: Plate, drawn: tuple[Array, ...]) -> Iterable[Array]:
    low, high = (plate.at(place) for place in claim.told["places"])
    left, top, right, bottom = plate.axes.box
    corners = np.concatenate(drawn)
    found = np.concatenate([corners.min(axis=0), corners.max(axis=0)])
    # Values grow to the right and upward; a border that is the window's own has none.
    edges = np.array([
        np.clip(low[0], left, right), np.clip(high[1], top, bottom),
        np.clip(high[0], left, right), np.clip(low[1], top, bottom),
    ])  # fmt: skip
    off = np.abs(np.where(np.isnan(edges), found, edges) - found)
    if off.max() > plate.limit:
        side = ("left", "top", "right", "bottom")[int(off.argmax())]
        raise ClaimError(
            f"expected its {side} edge at {edges[int(off.argmax())]:.1f} px ± {plate.limit:.2f}, "
            f"found it {off.max():.1f} px off"
        )
    return drawn


def _as_drawn(claim: Claim, plate: Plate, drawn: tuple[Array, ...]) -> Iterable[Array]:
    del claim, plate
    return drawn


SHAPES: dict[str, Callable[[Claim, Plate, tuple[Array, ...]], Iterable[Array]]] = {
    "curve": _curve,
    "polyline": _polyline,
    "line": _line,
    "segment": _segment,
    "hop": _hop,
    "tip": _tip,
    "point": _point,
    "region": _region,
    "scenery": _as_drawn,
}


def inside(path: Array, box: tuple[float, float, float, float]) -> list[Array]:
    """The runs of a broken line (n, 2) in a box, cut at its border; gaps at nan."""
    left, top, right, bottom = box
    low, high = np.array([left, top]) - SLACK, np.array([right, bottom]) + SLACK
    pieces: list[list[Array]] = [[]]
    for a, b in pairwise(path):
        part = _clipped(a, b, low, high) if np.isfinite([a, b]).all() else None
        if part is None:
            pieces.append([])
            continue
        start, end = part
        if not pieces[-1] or abs(pieces[-1][-1] - start).max() > 1e-9:
            pieces.append([start])
        pieces[-1].append(end)
    return [np.array(piece) for piece in pieces if len(piece) > 1]


def _clipped(a: Array, b: Array, low: Array, high: Array) -> tuple[Array, Array] | None:
    way, first, last = b - a, 0.0, 1.0
    for axis in (0, 1):
        if abs(way[axis]) < 1e-12:
            if not low[axis] <= a[axis] <= high[axis]:
                return None
            continue
        one, other = sorted(((low[axis] - a[axis]) / way[axis], (high[axis] - a[axis]) / way[axis]))
        first, last = max(first, one), min(last, other)
    return None if first >= last else (a + first * way, a + last * way)


def _nearest(corner: Array, start: Array, end: Array) -> Array:
    """The point of the way between two places that is nearest to a corner; nan is anywhere."""
    start, end = np.where(np.isnan(start), corner, start), np.where(np.isnan(end), corner, end)
    way = end - start
    length = float(way @ way)
    share = 0.0 if length == 0 else float(np.clip((corner - start) @ way / length, 0.0, 1.0))
    return np.asarray(start + share * way)


def _see(found: Array, expected: Array, limit: float, what: str) -> None:
    off = math.hypot(*(found - expected))
    if not off <= limit:
        raise ClaimError(
            f"expected {what} at ({expected[0]:.1f}, {expected[1]:.1f}) ± {limit:.2f} px, "
            f"found it at ({found[0]:.1f}, {found[1]:.1f}), {off:.1f} px off"
        )
