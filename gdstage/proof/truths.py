"""Statements that are so or not, made of facts: who checks them takes the facts again first.

Of two or more numbers the one that is spoken of comes first: "bold is faster than right" is
`ordered("<", steps of bold, steps of right)`.
"""

from __future__ import annotations

import math
import operator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import sympy as sp

from gdmath import ScalarField
from gdmath.descent.certificate import DIGITS
from gdstage.proof.fact import Fact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gdmath import Exploration, Walk
    from gdstage.proof.map_facts import SpotFacts

    Window = Sequence[tuple[float, float]]

RELATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
DUST = 1e-9


def ordered(by: str, *facts: Fact) -> Fact:
    """Each number stands so to the next: "<", "<=", ">" or ">="."""
    holds = all(RELATIONS[by](one.value, other.value) for one, other in pairwise(facts))
    return Fact("ordered", {"values": facts, "by": by}, bool(holds))


def unless(truth: Fact) -> Fact:
    """The opposite of an order of two numbers."""
    opposite = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}[truth.of["by"]]
    return ordered(opposite, *truth.of["values"])


def equal(*facts: Fact, within: float = DUST) -> Fact:
    """All numbers are the first one, within a distance."""
    holds = all(abs(fact.value - facts[0].value) <= within for fact in facts)
    return Fact("equal", {"values": facts, "within": within}, bool(holds))


def steady(facts: Sequence[Fact], ratio: float, within: float = 1e-6) -> Fact:
    """Each number is `ratio` times the one before, but for `within`."""
    ratios = (other.value / one.value for one, other in pairwise(facts))
    holds = len(facts) > 1 and all(abs(found - ratio) <= within for found in ratios)
    return Fact("steady", {"values": tuple(facts), "ratio": ratio, "within": within}, holds)


def outside(fact: Fact, low: float, high: float) -> Fact:
    """A number is in no window."""
    of = {"fact": fact, "low": low, "high": high}
    return Fact("outside", of, not low <= fact.value <= high)


def number_of(*things: Any) -> Fact:
    """How many different things there are: facts, walks, fields or numbers."""
    return Fact("number of", {"things": things}, len(things))


def size(fact: Fact) -> Fact:
    """A number without its sign."""
    return Fact("size", {"fact": fact}, abs(fact.value))


def ratio(one: Fact, other: Fact) -> Fact:
    """How many times as large one number is as another."""
    return Fact("ratio", {"values": (one, other)}, one.value / other.value)


def signs(*facts: Fact) -> Fact:
    """How many different signs some numbers have."""
    return Fact("signs", {"values": facts}, len({float(np.sign(fact.value)) for fact in facts}))


# Of a whole walk


def series(walk: Any, quantity: str, axis: int = 0) -> Any:
    """A quantity of a walk along its iterates, or for a length its steps."""
    points = walk.points
    return {
        "value": lambda: walk.values,
        "coordinate": lambda: points[:, axis],
        "steepness": lambda: np.linalg.norm(walk.gradients, axis=1),
        "length": lambda: np.linalg.norm(points[1:] - points[:-1], axis=1),
    }[quantity]()


def along(walk: Walk | Exploration, quantity: str, by: str) -> Fact:
    """Each of a walk's values, slopes or lengths of steps stands so to the one before."""
    told = series(walk, quantity)
    holds = len(told) > 1 and bool(RELATIONS[by](told[1:], told[:-1]).all())
    return Fact("along", {"walk": walk, "quantity": quantity, "by": by}, holds)


def steepest(walk: Walk) -> Fact:
    """The greatest length of its gradient."""
    return Fact("steepest", {"walk": walk}, float(series(walk, "steepness").max()))


def crosses(walk: Walk, place: Fact, axis: int = 0, steps: int = 10) -> Fact:
    """It jumps to and fro across a place, at every step of its first ten."""
    sides = walk.points[: steps + 1, axis] > place.value
    crossed = len(sides) > 1 and bool((sides[1:] != sides[:-1]).all())
    return Fact("crosses", {"walk": walk, "place": place, "axis": axis, "steps": steps}, crossed)


def growth(walk: Walk, axis: int, value: float) -> Fact:
    """By what each step multiplies a coordinate; nan if not each does."""
    told = series(walk, "coordinate", axis)
    steady_so = np.allclose(told[1:], value * told[:-1], rtol=DUST)
    return Fact("growth", {"walk": walk, "axis": axis}, value if steady_so else float("nan"))


# Of a whole field


def nowhere(by: str, field: ScalarField, window: Window, value: Fact) -> Fact:
    """In a window the field is nowhere less ("<") or greater (">") than a number."""
    axes = (np.linspace(*side, 201) for side in window)
    seen = np.asarray(field(*np.meshgrid(*axes, indexing="ij")), dtype=float)
    seen = seen[np.isfinite(seen)]
    slack = DUST * max(1.0, abs(value.value))
    beyond = seen < value.value - slack if by == "<" else seen > value.value + slack
    of = {"field": field, "window": [list(side) for side in window], "value": value, "by": by}
    return Fact("nowhere", of, not bool(beyond.any()))


def formula(
    field: ScalarField, text: str, by: Iterable[str] = (), at: Mapping[str, float] | None = None
) -> Fact:
    """A field, differentiated `by` variables, and with some `at` numbers, is the formula `text`.

    In `text` the field itself is `s`, so that a derivative can be told by what it is of.
    """
    by, at = list(by), dict(at or {})
    expr = field.expr.subs(at)
    for name in by:
        expr = sp.diff(expr, sp.Symbol(name))
    told = ScalarField.parse(text, ("s", *map(str, field.variables))).expr
    told = told.subs(sp.Symbol("s"), field.expr)
    of = {"field": field, "by": by, "at": at, "text": text}
    return Fact("formula", of, bool(sp.simplify(expr - told) == 0))


def separable(field: ScalarField) -> Fact:
    """A field of two variables is a sum of one of each."""
    return Fact("separable", {"field": field}, bool(sp.diff(field.expr, *field.variables) == 0))


def factored(field: ScalarField) -> Fact:
    """A field of two variables is a product of one of each."""
    x, y = field.variables
    return Fact(
        "factored", {"field": field}, bool(sp.simplify(sp.diff(sp.log(field.expr), x, y)) == 0)
    )


def degree(field: ScalarField, variable: str, at: Mapping[str, float]) -> Fact:
    """The degree of a polynomial in one variable, the others at numbers."""
    expr = field.expr.subs(dict(at))
    of = {"field": field, "variable": variable, "at": dict(at)}
    return Fact("degree", of, int(sp.degree(expr, sp.Symbol(variable))))


def dimension(field: ScalarField) -> Fact:
    """How many variables a field has."""
    return Fact("dimension", {"field": field}, field.dimension)


def slope_there(field: ScalarField, near: Sequence[Any], axis: int = 0) -> Fact:
    """A partial derivative, which is 0, at the stationary point nearest to a place."""
    of = {"field": field, "near": [float(c) for c in near], "kind": "", "axis": axis}
    return Fact("slope there", of, 0.0)


def eigenvalue(field: ScalarField, at: Sequence[float], index: int) -> Fact:
    """An eigenvalue of the Hessian at a chosen point, the smallest first."""
    values = np.linalg.eigvalsh(field.hessian([float(c) for c in at]))
    of = {"field": field, "at": [float(c) for c in at], "index": index}
    return Fact("eigenvalue", of, float(values[index]))


def stability_bound_at(field: ScalarField, near: Sequence[Any], value: float) -> Fact:
    """The largest stable learning rate at the minimum nearest to a place, 2/λmax."""
    return Fact("stable rate", {"field": field, "near": [float(c) for c in near]}, value)


def kind_there(field: ScalarField, near: Sequence[Any], kind: str) -> Fact:
    """What the stationary point nearest to a place is, by name."""
    return Fact("kind", {"field": field, "near": [float(c) for c in near]}, kind)


def stationary_sets(field: ScalarField, *, points: bool, curves: bool, value: int) -> Fact:
    """How many stationary points, or curves, or both, a field has: exactly."""
    return Fact("stationary sets", {"field": field, "points": points, "curves": curves}, value)


def everywhere(by: str, field: ScalarField, order: int, window: tuple[float, float]) -> Fact:
    """All over a window, its ends apart, a derivative of a field of one variable is < or > 0."""
    told = field
    for _ in range(order):
        told = told.partial(told.variables[0])
    seen = np.asarray(told(np.linspace(*window, 401)[1:-1]), dtype=float)
    of = {"field": field, "order": order, "window": list(window), "by": by}
    return Fact("everywhere", of, bool(RELATIONS[by](seen, 0.0).all()))


def steepest_place(field: ScalarField, window: tuple[float, float]) -> Fact:
    """Where in a window a field of one variable rises most."""
    x = np.linspace(*window, 4001)
    place = float(x[np.nanargmax(field.gradient(x[:, None])[:, 0])])
    return Fact("steepest place", {"field": field, "window": list(window)}, round(place, 9))


def gap(field: ScalarField, at: Sequence[float], h: float) -> Fact:
    """How high a field of two variables is over its tangent plane at a point, h along x from it."""
    (x, y), slope = at, float(field.gradient(at)[0])
    value = float(field(x + h, y)) - float(field(x, y)) - slope * h
    return Fact("gap", {"field": field, "at": [float(x), float(y)], "h": float(h)}, value)


# Of a random walk


def width(walk: Any, axis: int) -> Fact:
    """How wide the window of a random walk's field is along an axis."""
    low, high = walk.field.window[axis]
    return Fact("width", {"walk": walk, "axis": axis}, float(high - low))


def tries_until(walk: Any, goal: Fact, within: float) -> Fact:
    """After how many tries it is less than so much above a value; nan if it never is."""
    near = np.flatnonzero(walk.values < goal.value + within)
    tries = np.concatenate([[0], np.flatnonzero(walk.accepted) + 1])
    value = float(tries[near[0]]) if len(near) else float("nan")
    return Fact("tries until", {"walk": walk, "goal": goal, "within": within}, value)


def is_near(walk: Any, k: int, goal: Fact, within: float) -> Fact:
    """Whether its value after k moves is less than so much above a value."""
    of = {"walk": walk, "k": k, "goal": goal, "within": within}
    return Fact("is near", of, bool(walk.values[k] < goal.value + within))


def distance(walk: Walk, k: int, spot: SpotFacts) -> Fact:
    """How far iterate k is from a stationary point."""
    goal = spot.on_map()
    away = float(np.linalg.norm(walk.points[k] - [fact.value for fact in goal if fact]))
    return Fact("distance", {"walk": walk, "k": k, "to": goal}, away)


def across(walk: Walk, place: Fact, axis: int) -> Fact:
    """It ends in a cycle of two, on both sides of a place."""
    one, other = walk.points[-2:, axis] - place.value
    both = walk.ending.period == 2 and bool(one * other < 0)
    return Fact("across", {"walk": walk, "place": place, "axis": axis}, both)


def total(*facts: Fact) -> Fact:
    """The sum of some numbers."""
    return Fact("sum", {"values": facts}, sum(fact.value for fact in facts))


def gain(field: ScalarField, rate: Fact, least: Fact) -> Fact:
    """How many right digits a step of gradient descent comes to gain near a minimum."""
    left = abs(1 - rate.value * float(field.hessian([least.value])[0, 0]))
    return Fact("gain", {"field": field, "rate": rate, "least": least}, -math.log10(left))


def momentum_gain(walk: Walk, value: float) -> Fact:
    """How many right digits a step of momentum comes to gain on a bowl."""
    return Fact("momentum gain", {"walk": walk}, value)


def precision() -> Fact:
    """With how many digits gdmath certifies walks."""
    return Fact("precision", {}, DIGITS)


def minima_seen(field: ScalarField, window: Window, count: int) -> Fact:
    """How many minima a field has in a window, as far as is seen."""
    return Fact("minima seen", {"field": field, "window": [list(side) for side in window]}, count)


def ends_apart(walks: Sequence[Walk], within: float) -> Fact:
    """At how many different places some walks end."""
    places: list[Any] = []
    for walk in walks:
        end = walk.points[-1]
        if all(float(abs(end - place).max()) > within for place in places):
            places.append(end)
    return Fact("ends apart", {"walks": list(walks), "within": within}, len(places))


# Of a picture, and of none


def shading(ground: str, palette: Sequence[str]) -> Fact:
    """What starts look like on a map that take long to arrive: their colour nears the ground's."""
    value = "darker" if _light(ground) < min(map(_light, palette)) else "lighter"
    return Fact("shading", {"ground": ground, "palette": list(palette)}, value)


def pictured_above(what: str) -> Fact:
    """That a "function" is above its derivative, wherever both are drawn, or the "derivative"."""
    return Fact("pictured above", value=what)


def pictured_as(walk: Walk, what: str) -> Fact:
    """What a point of the map is that a walk goes over, and what its height is."""
    return Fact("pictured as", {"walk": walk}, what)


def _light(colour: str) -> float:
    """How light a colour like #f2a33a is, 0…255."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def taught() -> Fact:
    """What is not proved: theory, or what to do."""
    return Fact("taught", value=True)


# Of a network that is trained


def neurons(walk: Walk, layer: int) -> Fact:
    """How many neurons a layer has."""
    network: Any = walk.field.network  # type: ignore[attr-defined]
    return Fact("neurons", {"walk": walk, "layer": layer}, network.layers[layer].outputs)


def classes(walk: Walk) -> Fact:
    """How many kinds of points there are."""
    targets = walk.field.data_y  # type: ignore[attr-defined]
    return Fact("classes", {"walk": walk}, len(np.unique(targets)))
