"""Statements that are so or not, made of facts: who checks them takes the facts again first.

Of two or more numbers the one that is spoken of comes first: "bold is faster than right" is
`ordered("<", steps of bold, steps of right)`.
"""

from __future__ import annotations

import operator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import sympy as sp

from gdmath import ScalarField
from gdstage.proof.fact import Fact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gdmath import Walk

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


def series(walk: Walk, quantity: str, axis: int = 0) -> Any:
    """A quantity of a walk along its iterates, or for a length its steps."""
    points = walk.points
    return {
        "value": lambda: walk.values,
        "coordinate": lambda: points[:, axis],
        "steepness": lambda: np.linalg.norm(walk.gradients, axis=1),
        "length": lambda: np.linalg.norm(points[1:] - points[:-1], axis=1),
    }[quantity]()


def along(walk: Walk, quantity: str, by: str) -> Fact:
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
