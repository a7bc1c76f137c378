"""Facts: numbers and statements that a clip shows or says, each with the recipe to take it again.

A fact names `what` it is and of what; who checks the clip takes it again from that and from the
record of the walks alone. It knows nothing of manim.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping


Place = tuple["Fact | None", ...]
"""A point of the data: a fact for each coordinate, None where it stands at no value, as a foot."""


@dataclass(frozen=True)
class Fact:
    """One thing that is shown or said: `what`, `of` what, what it is, and how it was put.

    `of` holds walks, iterates, fields, points; the evidence has walks by their names. `value` is a
    float64 or a truth, `said` the text that stands for it.
    """

    what: str
    of: Mapping[str, Any] = field(default_factory=dict)
    value: Any = None
    said: str = ""

    def record(self) -> dict[str, Any]:
        """The fact as the evidence keeps it."""
        kept: dict[str, Any] = {"what": self.what, "of": dict(self.of), "value": self.value}
        return kept | ({"said": self.said} if self.said else {})

    def put(self, said: str) -> Self:
        """The fact, said so."""
        return replace(self, said=said)


def given(what: str, value: float) -> Fact:
    """A number that someone chose; nothing can be said of it but that it is always the same."""
    return Fact("given", {"name": what}, float(value))


def expression(expr: Any, **values: float) -> Fact:
    """What an expression of sympy's is where its symbols have these values."""
    of: dict[str, Any] = {"expr": str(expr)} | ({"at": values} if values else {})
    return Fact("expression", of, float(expr.subs(values)))


def part_way(start: Fact, end: Fact, share: float, *, log: bool = False) -> Fact:
    """What is a `share` (0…1) of the way from one number to another, perhaps on a log scale."""
    if share in {0, 1}:
        return end if share else start
    one, other = float(start.value), float(end.value)
    of = {"from": start.record(), "to": end.record(), "share": float(share), "log": log}
    with np.errstate(all="ignore"):
        there = one * (other / one) ** share if log else one + share * (other - one)
    return Fact("part way", of, float(there))


class Walks(tuple[Any, ...]):
    """Walks that go together: the evidence keeps once what the recipes of unnamed ones share."""

    __slots__ = ()


class WalkFacts:
    """The numbers of one walk, each as a fact."""

    def __init__(self, walk: Any) -> None:
        self.walk = walk

    def rate(self) -> Fact:
        """The learning rate."""
        return Fact("rate", self._of(), self.walk.step.rate)

    def method(self) -> Fact:
        """The name of its rule; of a rate that follows a schedule, of the schedule."""
        step = self.walk.step
        schedule = getattr(step, "schedule", None)
        return Fact("method", self._of(), f"{schedule.name} decay" if schedule else step.name)

    def momentum(self) -> Fact:
        """How much of the last step is kept."""
        return Fact("momentum", self._of(), getattr(self.walk.step, "beta", None))

    def tolerance(self) -> Fact:
        """Below which slope it stops."""
        return Fact("tolerance", self._of(), self.walk.tolerance)

    def count(self, k: int) -> Fact:
        """The number of an iterate, k."""
        return Fact("count", self._of(k=k), k)

    def steps(self) -> Fact:
        """How many steps it took."""
        return Fact("steps", self._of(), self.walk.stopped_at)

    def coordinate(self, k: int, axis: int = 0) -> Fact:
        """A coordinate of iterate k."""
        k = self._index(k)
        return Fact("coordinate", self._of(k=k, axis=axis), float(self.walk.points[k, axis]))

    def value(self, k: int) -> Fact:
        """The field's value at iterate k."""
        k = self._index(k)
        return Fact("value", self._of(k=k), float(self.walk.values[k]))

    def slope(self, k: int, axis: int = 0) -> Fact:
        """The slope at iterate k along an axis."""
        k = self._index(k)
        return Fact("slope", self._of(k=k, axis=axis), float(self.walk.gradients[k, axis]))

    def steepness(self, k: int) -> Fact:
        """The length of the gradient at iterate k."""
        k = self._index(k)
        return Fact("steepness", self._of(k=k), float(np.linalg.norm(self.walk.gradients[k])))

    def curvature(self, k: int) -> Fact:
        """The second derivative at iterate k, in one variable."""
        k = self._index(k)
        bend = float(self.walk.field.hessian(self.walk.points[k])[0, 0])
        return Fact("curvature", self._of(k=k), bend)

    def length(self, k: int) -> Fact:
        """How far step k went."""
        k = self._index(k)
        points = self.walk.points
        return Fact("length", self._of(k=k), float(np.linalg.norm(points[k] - points[k - 1])))

    def carried(self, k: int) -> tuple[Fact, Fact]:
        """Where what momentum keeps of step k leads from iterate k, in the plane."""
        now, before = (np.asarray(self.walk.points[i], dtype=float) for i in (k, k - 1))
        place = now + self.walk.step.beta * (now - before)
        of = (self._of(k=k, axis=axis) for axis in (0, 1))
        one, other = (Fact("carried", told, float(c)) for told, c in zip(of, place, strict=True))
        return one, other

    def step(self, k: int) -> Fact:
        """What step k added to the coordinate, in one variable."""
        k = self._index(k)
        way = float(self.walk.points[k, 0] - self.walk.points[k - 1, 0])
        return Fact("step", self._of(k=k), way)

    # Places

    def on_map(self, k: int) -> Place:
        """Iterate k in the plane of two variables."""
        return (self.coordinate(k, 0), self.coordinate(k, 1))

    def between(self, k: int, share: float, axis: int = 0) -> Fact:
        """A coordinate `share` (0…1) of the way from iterate k - 1 to iterate k."""
        return part_way(self.coordinate(k - 1, axis), self.coordinate(k, axis), share)

    def between_on_map(self, k: int, share: float) -> tuple[Fact, Fact]:
        """The place in the plane of two variables so far on the way to iterate k."""
        return (self.between(k, share, 0), self.between(k, share, 1))

    def on_graph(self, k: int) -> Place:
        """Iterate k on the graph of a field of one variable."""
        return (self.coordinate(k), self.value(k))

    def on_axis(self, k: int) -> Place:
        """Iterate k on the horizontal axis, whatever the height."""
        return (self.coordinate(k), None)

    def on_surface(self, k: int) -> Place:
        """Iterate k on the graph of a field of two variables."""
        return (*self.on_map(k), self.value(k))

    def _index(self, k: int) -> int:
        return k if k >= 0 else len(self.walk.points) + k

    def _of(self, **more: Any) -> dict[str, Any]:
        return {"walk": self.walk, **more}
