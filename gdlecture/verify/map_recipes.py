"""How facts of fields of two variables, of random walks and of data are taken again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from gdlecture.verify.source import step_of
from gdmath import ScalarField, multistart, slice_at
from gdmath.networks import TrainingLoss, line, two_groups, two_moons, xor
from gdmath.stationary.nearest import Spot, spot_near

if TYPE_CHECKING:
    from gdlecture.verify.source import Source

Fact = Mapping[str, Any]

WITHIN = 1e-6
"""So near its place, as a share of that, a stationary point is looked for."""

AROUND, DIRECTIONS = (1e-3, 1e-5), 24
"""Where there is no slope, as at a kink, a minimum is lower than so many points around it."""

SAMPLES, HALVINGS = 2001, 80
MOST_SIDE = 2000
LARGEST, DUST = 10_000, 1e-14
"""The largest denominator of a fraction, and how far (as a share) float64 may be off it."""

DATA = {"line": line, "two_groups": two_groups, "two_moons": two_moons, "xor": xor}


def _field(fact: Fact, record: Source) -> ScalarField:
    field: ScalarField = record.field(fact["of"]["field"])
    return field


# Stationary points


def _spot(fact: Fact, record: Source) -> tuple[ScalarField, np.ndarray, Spot | None]:
    """The field, and the stationary point that is of the kind and at the place that are told."""
    field, of = _field(fact, record), fact["of"]
    near = np.array(of["near"], dtype=float)
    spot = spot_near(field, near, WITHIN * max(1.0, float(abs(near).max())))
    if spot is None:
        if of["kind"] != "MINIMUM" or not _is_lowest(field, near):
            raise ValueError(f"expected a stationary point at {near.tolist()}, found none")
        return field, near, None
    if of["kind"] and spot.kind.name != of["kind"]:
        raise ValueError(f"expected a {of['kind']} at {near.tolist()}, found a {spot.kind.name}")
    return field, spot.point, spot


def _is_lowest(field: ScalarField, place: np.ndarray) -> bool:
    """Whether a field is at no point of some small circles lower than in their middle."""
    here = float(field.at(place))
    angles = np.linspace(0.0, 2 * np.pi, DIRECTIONS, endpoint=False)
    ways = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    scale = max(1.0, float(abs(place).max()))
    return all(bool((field.at(place + share * scale * ways) >= here).all()) for share in AROUND)


def _stationary_point(fact: Fact, record: Source) -> float:
    return float(_spot(fact, record)[1][fact["of"]["axis"]])


def _stationary_value(fact: Fact, record: Source) -> float:
    field, place, spot = _spot(fact, record)
    return float(field.at(place)) if spot is None else spot.value


def _stationary_curvature(fact: Fact, record: Source) -> float:
    field, place, _ = _spot(fact, record)
    return float(field.hessian(place)[fact["of"]["row"], fact["of"]["column"]])


def _part_of_fraction(fact: Fact, record: Source) -> float:
    """The numerator or the denominator of a rational fact: of the simplest within its dust."""
    value = record.value(fact["of"]["fact"])
    exact = Fraction(value).limit_denominator(LARGEST)
    if abs(float(exact) - value) > DUST * abs(value):
        raise ValueError(f"expected a fraction of whole numbers, found {value!r}")
    return float(exact.numerator if fact["of"]["part"] == "above" else exact.denominator)


# The least on an edge


def _edge(fact: Fact, record: Source) -> tuple[float, float]:
    """Where along an edge of a window a field is lowest, and its value there."""
    of, field = fact["of"], _field(fact, record)
    edge = slice_at(field, **{str(field.variables[of["axis"]]): of["at"]})
    start, end = (float(edge) for edge in of["window"])
    along = np.linspace(start, end, SAMPLES)
    values = np.asarray(edge(along), dtype=float)
    at = int(np.nanargmin(values))
    low, high = float(along[max(at - 1, 0)]), float(along[min(at + 1, SAMPLES - 1)])
    slope = edge.partial(edge.variables[0])
    if slope(low) * slope(high) < 0:
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if slope(middle) < 0 else (low, middle)
        place = (low + high) / 2
    else:
        place = float(along[at])
    return place, float(edge(place))


# Random walks, data, starts


def _tries(fact: Fact, record: Source) -> float:
    k = int(fact["of"]["tries"])
    if not 0 <= k <= len(record.walk(fact["of"]["walk"]).tried):
        raise IndexError(f"there are no {k} tries")
    return float(k)


def _moves(fact: Fact, record: Source) -> float:
    of = fact["of"]
    return float(record.walk(of["walk"]).accepted[: of["tries"]].sum())


def _tried(fact: Fact, record: Source) -> float:
    of = fact["of"]
    if of["k"] < 1:
        raise IndexError("tries are counted from 1")
    return float(record.walk(of["walk"]).tried[of["k"] - 1, of["axis"]])


def _datum(fact: Fact, record: Source) -> float:
    of = fact["of"]
    if "walk" in of:
        loss: TrainingLoss = record.walk(of["walk"]).field
        rows = np.hstack([loss.data_x, loss.data_y])
    else:
        rows = np.hstack(DATA[of["data"]](of["n"], of["seed"], of["noise"]))
    if of["i"] < 0 or of["i"] >= len(rows):
        raise IndexError(f"there is no point {of['i']}")
    return float(rows[of["i"], of["column"]])


def _neuron(fact: Fact, record: Source) -> tuple[float, float, float]:
    """The two weights and the bias of a neuron of the first layer."""
    of = fact["of"]
    walk = record.walk(of["walk"])
    (weights, biases), *_ = walk.field.network.unpack(walk.points[of["k"]])
    across, up = weights[of["i"]]
    return float(across), float(up), float(biases[of["i"]])


def _slope_of_neuron(fact: Fact, record: Source) -> float:
    across, up, _ = _neuron(fact, record)
    return -across / up


def _on_neuron(fact: Fact, record: Source) -> float:
    across, up, bias = _neuron(fact, record)
    return -(bias + across * float(fact["of"]["x"])) / up


def _share_right(fact: Fact, record: Source) -> float:
    walk = record.walk(fact["of"]["walk"])
    return float(walk.field.accuracy(walk.points[fact["of"]["k"]]))


@dataclass(frozen=True)
class Starts:
    """The middles of side × side equal cells of a window."""

    window: tuple[tuple[float, float], ...]
    side: int

    def grid(self) -> np.ndarray:
        """All of them (side², 2)."""
        if not 0 < self.side <= MOST_SIDE:
            raise ValueError(f"expected a side of 1…{MOST_SIDE}, found {self.side}")
        axes = [
            low + (high - low) * (np.arange(self.side) + 0.5) / self.side
            for low, high in self.window
        ]
        return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 2)


@lru_cache(maxsize=2)
def _shares(
    field: ScalarField, step: Any, steps: int, tolerance: float, starts: Starts
) -> tuple[float, ...]:
    """The share of the starts of a grid that reach each minimum, the lowest first."""
    found = multistart(field, starts.grid(), steps=steps, tolerance=tolerance, step=step)
    return tuple(float((found.labels == i).mean()) for i in range(len(found.minima)))


def _share_of_starts(fact: Fact, record: Source) -> float:
    of = fact["of"]
    window = tuple((float(low), float(high)) for low, high in of["window"])
    starts = Starts(window, of["side"])
    rule: Any = step_of(of)
    shares = _shares(_field(fact, record), rule, of["steps"], of["tolerance"], starts)
    return 100 * shares[of["minimum"]]


MAP_RECIPES: dict[str, Callable[[Fact, Source], Any]] = {
    "stationary point": _stationary_point,
    "stationary value": _stationary_value,
    "stationary curvature": _stationary_curvature,
    "part of a fraction": _part_of_fraction,
    "least place on an edge": lambda fact, record: _edge(fact, record)[0],
    "least on an edge": lambda fact, record: _edge(fact, record)[1],
    "tries": _tries,
    "moves": _moves,
    "tried": _tried,
    "datum": _datum,
    "share right": _share_right,
    "slope of a neuron": _slope_of_neuron,
    "on a neuron": _on_neuron,
    "share of starts": _share_of_starts,
}
