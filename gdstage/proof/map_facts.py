"""Facts of fields of two variables, of random walks over them, and of data that networks learn."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from gdstage.proof.fact import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gdmath import Basins, Exploration, ScalarField
    from gdstage.proof.fact import Place


class SpotFacts:
    """A stationary point of a field that is known by a place near it, and its kind.

    `kind` is the name of a `gdmath.Kind`, or "" if that is not said.
    """

    def __init__(self, field: ScalarField, near: Iterable[Any], kind: str = "MINIMUM") -> None:
        self.field, self.near, self.kind = field, tuple(float(c) for c in near), kind

    def coordinate(self, axis: int) -> Fact:
        """One of its coordinates."""
        return self._told("stationary point", self.near[axis], axis=axis)

    def value(self) -> Fact:
        """The field's value there."""
        return self._told("stationary value", float(self.field(*self.near)))

    def curvature(self, row: int, column: int) -> Fact:
        """An entry of the Hessian there."""
        bend = float(self.field.hessian(self.near)[row, column])
        return self._told("stationary curvature", bend, row=row, column=column)

    def on_map(self) -> Place:
        """It in the plane."""
        return tuple(self.coordinate(axis) for axis in range(len(self.near)))

    def on_surface(self) -> Place:
        """It on the graph of the field."""
        return (*self.on_map(), self.value())

    def _told(self, what: str, value: float, **more: Any) -> Fact:
        of = {"field": self.field, "near": self.near, "kind": self.kind, **more}
        return Fact(what, of, value)


class EdgeFacts:
    """The lowest place of a field on an edge of a room: where its x (axis 0) or y is `at`.

    The edge is `within` (low, high) of the other variable; the place (2,) was found there.
    """

    def __init__(
        self,
        field: ScalarField,
        axis: int,
        within: tuple[float, float],
        place: tuple[float, float],
    ) -> None:
        self.field, self.axis, self.place = field, axis, place
        self._of = {"field": field, "axis": axis, "at": place[axis], "window": list(within)}

    def on_map(self) -> Place:
        """It in the plane."""
        at = Fact("given", {"name": "edge"}, self.place[self.axis])
        along = Fact("least place on an edge", self._of, self.place[1 - self.axis])
        return (at, along) if self.axis == 0 else (along, at)

    def value(self) -> Fact:
        """The field's value there."""
        return Fact("least on an edge", self._of, float(self.field(*self.place)))


class TryFacts:
    """The numbers of a random walk: its moves are iterates, its tries are counted from 1."""

    def __init__(self, walk: Exploration) -> None:
        self.walk = walk

    def tries(self, k: int) -> Fact:
        """The number of tries, k."""
        return Fact("tries", {"walk": self.walk, "tries": k}, k)

    def moves(self, k: int) -> Fact:
        """How many of the first k tries were colder."""
        moves = int(self.walk.accepted[:k].sum())
        return Fact("moves", {"walk": self.walk, "tries": k}, moves)

    def value(self, k: int) -> Fact:
        """The field's value where one is after k tries."""
        move = self.moves(k).value
        return Fact("value", {"walk": self.walk, "k": move}, float(self.walk.values[move]))

    def on_map(self, move: int) -> Place:
        """Where one is after a number of moves."""
        of = {"walk": self.walk, "k": move}
        return tuple(
            Fact("coordinate", of | {"axis": axis}, float(c))
            for axis, c in enumerate(self.walk.points[move])
        )

    def tried(self, k: int) -> Place:
        """Where try k reached."""
        of = {"walk": self.walk, "k": k}
        return tuple(
            Fact("tried", of | {"axis": axis}, float(c))
            for axis, c in enumerate(self.walk.tried[k - 1])
        )


class DataFacts:
    """The numbers of data (n, inputs + targets) of gdmath's: `source` says how it makes them.

    It is {"walk": the walk of the network trained on them}, or {"data": the function's name} with
    its arguments.
    """

    def __init__(self, source: Mapping[str, Any], rows: Any) -> None:
        self.source, self.rows = dict(source), rows

    def number(self, i: int, column: int) -> Fact:
        """One of the numbers of point i; the targets come after the inputs."""
        of = {**self.source, "n": len(self.rows), "i": i, "column": column}
        return Fact("datum", of, float(self.rows[i, column]))

    def place(self, i: int) -> Place:
        """Where point i is in the plane of the first two columns."""
        return (self.number(i, 0), self.number(i, 1))


class HiddenFacts:
    """The line in the plane of two inputs on which the sum of neuron i of the first layer is 0.

    The network is that of iterate k of its training.
    """

    def __init__(self, walk: Any, k: int, i: int) -> None:
        self.of = {"walk": walk, "k": k, "i": i}
        (weights, biases), *_ = walk.field.network.unpack(walk.points[k])
        (self.across, self.up), self.bias = map(float, weights[i]), float(biases[i])

    def slope(self) -> Fact:
        """How steep it is."""
        return Fact("slope of a neuron", self.of, -self.across / self.up)

    def place(self, x: float) -> Place:
        """Where it is over a chosen first input."""
        y = -(self.bias + self.across * x) / self.up
        return (Fact("given", {"name": "x"}, float(x)), Fact("on a neuron", {**self.of, "x": x}, y))


class StartFacts:
    """Where each start of a grid over a window leads: `starts` says which are asked, and how.

    It has the field, the window, and the settings of the walks.
    """

    def __init__(self, starts: Mapping[str, Any], basins: Basins) -> None:
        self.starts, self.basins = dict(starts), basins

    def share(self, minimum: int) -> Fact:
        """The share of the starts that reach a minimum, in percent."""
        share = 100 * float((self.basins.labels == minimum).mean())
        return Fact("share of starts", self._of(minimum), share)

    def spot(self, minimum: int) -> SpotFacts:
        """A minimum that is reached."""
        return SpotFacts(self.basins.field, self.basins.minima[minimum])

    def _of(self, minimum: int) -> dict[str, Any]:
        return {**self.starts, "minimum": minimum}


def fraction(fact: Fact) -> tuple[Fact, ...]:
    """A rational fact as it is written: a whole number, or numerator and denominator."""
    exact = Fraction(fact.value).limit_denominator(10_000)
    if exact.denominator == 1:
        return (fact,)
    return tuple(
        Fact("part of a fraction", {"fact": fact, "part": part}, number)
        for part, number in (("above", exact.numerator), ("below", exact.denominator))
    )


def right(walk: Any, k: int) -> Fact:
    """The share of its points that a network gets right at iterate k of its training."""
    share = float(walk.field.accuracy(walk.points[k]))
    return Fact("share right", {"walk": walk, "k": k}, share)
