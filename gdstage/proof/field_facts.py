"""Facts of a field of one variable that belong to no walk: where its minima are, where it ends.

Of each, `of` has what is needed to find it again without knowing the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from gdmath import basins, difference_quotient, domain_threshold, quadratic_model
from gdstage.proof.fact import Fact, WalkFacts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdmath import BasinMap, RateZone, ScalarField, Walk
    from gdstage.proof.fact import Place

    Window = tuple[float, float]

Number = float | Fact
"""A number that someone chose, or one that is a fact itself."""


class FieldFacts:
    """The numbers of one field of one variable, each as a fact."""

    def __init__(self, field: ScalarField) -> None:
        self.field = field

    def value(self, x: Number) -> Fact:
        """The field's value at x."""
        return self._told("value at", float(self.field(_size(x))), x=x)

    def derivative(self, x: Number, order: int = 1) -> Fact:
        """The derivative of an order at x."""
        field = self.field
        for _ in range(order):
            field = field.partial(field.variables[0])
        return self._told("derivative at", float(field(_size(x))), x=x, order=order)

    def quotient(self, x: Number, h: Number) -> Fact:
        """The slope of the secant through x and x + h."""
        slope = float(difference_quotient(self.field, _size(x), _size(h)))
        return self._told("secant slope", slope, x=x, h=h)

    def quotient_error(self, x: Number, h: Number) -> Fact:
        """How far that slope is from the derivative at x, without its sign."""
        error = abs(self.quotient(x, h).value - self.derivative(x).value)
        return self._told("secant error", float(error), x=x, h=h)

    def on_graph(self, x: Number) -> Place:
        """The place of x on the graph."""
        return (known(x), self.value(x))

    # Where something is

    def border(self, place: float, within: float) -> Fact:
        """The end of the domain that lies at a place, and no other as near as `within`."""
        return self._told("border", place, near=place, within=within)

    def minimum(self, place: float, within: float) -> Fact:
        """The x of the minimum that lies at a place, and no other as near as `within`."""
        return self._told("minimum", place, near=place, within=within)

    def at_minimum(self, place: float, within: float) -> Place:
        """Where that minimum is on the graph."""
        least = self.minimum(place, within)
        return (least, self.value(least))

    def kink(self, place: float, within: float) -> Fact:
        """The x at which the slope jumps."""
        return self._told("kink", place, near=place, within=within)

    def bend(self, place: float, within: float) -> Fact:
        """The x at which the second derivative changes its sign."""
        return self._told("bend", place, near=place, within=within)

    # What follows for walks

    def stability_bound(self, least: Fact) -> Fact:
        """The largest stable learning rate at a minimum, 2/f″."""
        bend = float(self.field.hessian([least.value])[0, 0])
        return self._told("stability bound", 2.0 / bend, x=least)

    def height_at_slope(self, least: Fact, slope: Number) -> Fact:
        """How high above a minimum a walk is where the slope is no more than that: f′²/2f″."""
        height = _size(slope) ** 2 / (2.0 * float(self.field.hessian([least.value])[0, 0]))
        return self._told("height at slope", height, x=least, slope=slope)

    def cycle_point(self, walk: Walk, index: int, value: float) -> Fact:
        """The place of a number, by size, in the cycle into which a walk runs."""
        return Fact("cycle point", {"walk": walk, "index": index}, value)

    def _told(self, what: str, value: float, **of: Any) -> Fact:
        return Fact(what, {"field": self.field, **of}, value)


@dataclass(frozen=True)
class ZoneFacts:
    """The borders of the zones of learning rates, of walks from one start to a tolerance."""

    field: ScalarField
    start: float
    tolerance: float
    zones: Sequence[RateZone]

    def edge(self, index: int, end: str) -> Fact:
        """Where a zone begins or ends: `end` is "low" or "high"."""
        return Fact("zone edge", self._of(index) | {"end": end}, getattr(self.zones[index], end))

    def ends(self, index: int) -> tuple[Place, Place]:
        """Both ends of a zone, on a scale of rates."""
        return (self.edge(index, "low"), None), (self.edge(index, "high"), None)

    def verdict(self, index: int) -> Fact:
        """How the walks of a zone end."""
        return Fact("zone verdict", self._of(index), self.zones[index].verdict.name)

    def _of(self, index: int) -> dict[str, Any]:
        return {
            "field": self.field,
            "start": self.start,
            "most": self.zones[-1].high,
            "tolerance": self.tolerance,
            "zone": index,
        }


@dataclass(frozen=True)
class BasinFacts:
    """The borders of the basins of a field of one variable, for a learning rate, in a window."""

    field: ScalarField
    rate: float
    window: Window
    found: BasinMap

    @classmethod
    def of(cls, field: ScalarField, rate: float, window: Window) -> Self:
        """The basins that gdmath finds."""
        return cls(field, rate, window, basins(field, rate, window))

    def edge(self, index: int, end: str) -> Fact:
        """Where a basin begins or ends: `end` is "low" or "high"."""
        edge = getattr(self.found.basins[index], end)
        return Fact("basin edge", self._of() | {"basin": index, "end": end}, edge)

    def ends(self, index: int) -> tuple[Place, Place]:
        """Both ends of a basin, on the axis."""
        return (self.edge(index, "low"), None), (self.edge(index, "high"), None)

    def reached(self, index: int) -> Fact:
        """Which minimum the starts of a basin reach, the lowest being 0, or -1 for none."""
        minimum = self.found.basins[index].minimum
        return Fact("basin minimum", self._of() | {"basin": index}, minimum)

    def share(self, minimum: int) -> Fact:
        """The share of starts that reach a minimum, in percent."""
        share = 100 * self.found.share(minimum)
        return Fact("basin share", self._of() | {"minimum": minimum}, share)

    def minimum(self, index: int) -> Fact:
        """The x of one of the minima."""
        least = float(self.found.minima[index])
        return Fact("basin bottom", self._of() | {"minimum": index}, least)

    def _of(self) -> dict[str, Any]:
        return {"field": self.field, "rate": self.rate, "window": list(self.window)}


@dataclass(frozen=True)
class NewtonEnds:
    """Where walks of Newton's end from the inner borders of `pieces` equal parts of a stretch.

    `ends` are in words, in the order of the starts: "a minimum" or "a maximum" that lies in the
    `window`, else anything. Neighbours that end alike form a run.
    """

    field: ScalarField
    stretch: Window
    pieces: int
    steps: int
    tolerance: float
    window: Window
    ends: Sequence[str]

    def runs(self) -> list[tuple[str, Fact, Fact]]:
        """Each run from left to right: its end in words, where it begins, where it ceases."""
        low, high = self.stretch
        piece, first, found = (high - low) / self.pieces, 0, []
        for index, (end, group) in enumerate(groupby(self.ends)):
            past = first + len(list(group))
            sides = (low + (first + 0.5) * piece, low + (past + 0.5) * piece)
            of = self._of() | {"run": index}
            left, right = (
                Fact("run edge", of | {"end": side}, value)
                for side, value in zip(("low", "high"), sides, strict=True)
            )
            found.append((end, left, right))
            first = past
        return found

    def count(self, end: str) -> Fact:
        """How many of the walks end so."""
        return Fact("ends so", self._of() | {"so": end}, self.ends.count(end))

    def _of(self) -> dict[str, Any]:
        return {
            "field": self.field,
            "stretch": list(self.stretch),
            "pieces": self.pieces,
            "steps": self.steps,
            "tolerance": self.tolerance,
            "window": list(self.window),
        }


def threshold(field: ScalarField, rate: float, leaves: float, stays: float) -> Fact:
    """The start at which the fate of walks changes, between one that leaves and one that stays."""
    of = {"field": field, "rate": rate, "leaves": leaves, "stays": stays}
    return Fact("threshold", of, float(domain_threshold(field, rate, leaves=leaves, stays=stays)))


def floored(fact: Fact, decimals: int, value: float) -> Fact:
    """A fact rounded down, as it is said of all numbers up to it."""
    return Fact("floored", {"fact": fact, "decimals": decimals}, value)


def right_digits(walk: Walk, k: int, digits: float) -> Fact:
    """How many digits of iterate k are right, −log₁₀ of its distance from where the walk goes.

    It is 0 if there is none; both are taken with 50 digits.
    """
    return Fact("right digits", {"walk": walk, "k": k}, max(digits, 0.0))


def vertex(walk: Walk, k: int) -> Place:
    """The vertex of the parabola of iterate k − 1 of Newton's method: over iterate k."""
    return on_model(walk, k - 1, WalkFacts(walk).coordinate(k))


def on_model(walk: Walk, k: int, x: Fact) -> tuple[Fact, Fact]:
    """The place of x on the parabola of iterate k of Newton's method."""
    value = float(quadratic_model(walk.field, walk.points[k])(x.value))
    return (x, Fact("model at", {"walk": walk, "k": k, "x": x}, value))


def known(number: Number) -> Fact:
    """The number as a fact: one that someone chose is given."""
    return number if isinstance(number, Fact) else Fact("given", {"name": "x"}, float(number))


def _size(number: Number) -> float:
    size = number.value if isinstance(number, Fact) else number
    return float(np.asarray(size))
