"""What a map must be like: heat, basins, decision regions, made anew from the record.

What is true at a point is asked of gdmath; only the scale of colours is taken from the claim.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.axes import Axes
from gdlecture.verify.claims import Claim
from gdlecture.verify.ink import rgb
from gdlecture.verify.record import Record
from gdlecture.verify.source import FactError, step_of
from gdmath import multistart

Array = NDArray[np.float64]
Painter = Callable[[Array], Array]
"""Colours (…, 3), 0…255, at points (…, 2) of the data; nan where nothing is painted."""

SAME_MINIMUM = 1e-2
"""Minima as near as this are the same, as gdmath's `multistart` has it."""


def painted(claim: Claim, axes: Axes, record: Record, places: Array) -> Array:
    """The colours (…, 3) that a map must have at places (…, 2) of the picture, px.

    Raises:
        FactError: what it is of cannot be taken again.
    """
    told = {key: value for key, value in claim.told.items() if key not in {"t0", "t1"}}
    return _painted(_Of(claim.what, told, axes, record), places.tobytes(), places.shape).copy()


class _Of:
    """What a map is of, as a key: two claims of the same are painted once."""

    def __init__(self, what: str, told: Mapping[str, Any], axes: Axes, record: Record) -> None:
        self.what, self.told, self.axes, self.record = what, told, axes, record
        self.key = (what, repr(sorted(told.items())), repr(axes), id(record))

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Of) and self.key == other.key


@lru_cache(maxsize=32)
def _painted(of: _Of, places: bytes, shape: tuple[int, ...]) -> Array:
    points = of.axes.to_data(np.frombuffer(places).reshape(shape))
    return painter(of.told, of.what, of.record)(points)


def painter(told: Mapping[str, Any], what: str, record: Record) -> Painter:
    """What paints the points of the data as a map of a kind must be.

    Raises:
        FactError: there is no such kind.
    """
    if what == "heat":
        return _heat(told, record)
    if what == "basins":
        return _basins(told, record)
    if what == "decision":
        return _decision(told, record)
    raise FactError(f"no map of {what!r} is known")


def _heat(told: Mapping[str, Any], record: Record) -> Painter:
    field, (low, high) = record.field(told["field"]), told["span"]
    stops = np.array([rgb(stop) for stop in told["palette"]])

    def paint(points: Array) -> Array:
        with np.errstate(all="ignore"):
            values = np.asarray(field(points[..., 0], points[..., 1]), dtype=float)
            values = np.broadcast_to(values, points.shape[:-1])
            shares = (values - low) / (high - low)
        at = np.clip(np.nan_to_num(shares), 0.0, 1.0) * (len(stops) - 1)
        stop = np.minimum(at.astype(int), len(stops) - 2)
        part = (at - stop)[..., None]
        colours = stops[stop] * (1 - part) + stops[stop + 1] * part
        hidden = ~np.isfinite(values)
        if told["cut"]:
            hidden |= (values < low) | (values > high)
        colours[hidden] = np.nan
        return np.asarray(colours)

    return paint


def _basins(told: Mapping[str, Any], record: Record) -> Painter:
    field, minima = record.field(told["field"]), np.array(told["minima"], dtype=float)
    colours = np.array([rgb(colour) for colour in (*told["palette"], told["lost"])])
    if len(colours) != len(minima) + 1:
        raise FactError(f"expected a colour for each of {len(minima)} minima")
    is_shaded, step = "shade" in told, step_of(told)  # a surface has the light

    def paint(points: Array) -> Array:
        starts = points.reshape(-1, 2)
        walks = {"steps": told["steps"], "tolerance": told["tolerance"]}
        ends = multistart(field, starts, step=step, **walks)
        names = np.full(len(ends.minima) + 1, len(minima))
        for i, minimum in enumerate(ends.minima):
            off = np.linalg.norm(minima - minimum, axis=1)
            if off.min() > SAME_MINIMUM:
                raise FactError(f"expected a colour for the minimum at {minimum.tolist()}")
            names[i] = int(off.argmin())
        shown = colours[names[ends.labels]]
        if is_shaded:
            slow = np.clip(ends.steps_taken / told["slowest"], 0.0, 1.0)[:, None]
            darker = told["shade"] * slow
            shown = (1 - darker) * shown + darker * rgb(told["ground"])
        return np.asarray(shown.reshape(*points.shape[:-1], 3))

    return paint


def _decision(told: Mapping[str, Any], record: Record) -> Painter:
    walk = record.walk(told["walk"])
    no, yes = (rgb(colour) for colour in told["palette"])
    ground, strength = rgb(told["ground"]), float(told["strength"])

    def paint(points: Array) -> Array:
        inputs = points.reshape(-1, 2)
        says = walk.field.predict(walk.points[told["k"]], inputs).reshape(points.shape[:-1])[
            ..., None
        ]
        sure = np.abs(2 * says - 1) * strength
        return np.asarray(ground * (1 - sure) + np.where(says > 0.5, yes, no) * sure)

    return paint
