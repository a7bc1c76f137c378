"""How statements are taken again: which numbers stand how to each other, what holds all along.

Each is made anew from the facts in its recipe; the numbers there are what someone chose.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import sympy as sp

from gdmath import ScalarField

if TYPE_CHECKING:
    from gdlecture.verify.record import Record
    from gdmath.networks import Network

Fact = Mapping[str, Any]

RELATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
DUST = 1e-9
SIDE = 201
"""Places along each axis of a window at which a field is asked whether it is lower anywhere."""

SPOTS = 41
"""Places along each axis at which two formulas are compared."""

MOST_STEPS = 10_000


def number_in(given: Any, record: Record) -> float:
    """A number of a recipe, which may be a fact itself."""
    return record.value(given) if isinstance(given, Mapping) else float(given)


def _values(fact: Fact, record: Record) -> list[float]:
    return [number_in(each, record) for each in fact["of"]["values"]]


def _ordered(fact: Fact, record: Record) -> bool:
    values, by = _values(fact, record), RELATIONS[fact["of"]["by"]]
    return len(values) > 1 and all(by(one, other) for one, other in pairwise(values))


def _equal(fact: Fact, record: Record) -> bool:
    values, within = _values(fact, record), float(fact["of"]["within"])
    return len(values) > 1 and all(abs(value - values[0]) <= within for value in values)


def _steady(fact: Fact, record: Record) -> bool:
    of, values = fact["of"], _values(fact, record)
    ratio, within = float(of["ratio"]), float(of["within"])
    if not within < 0.5 * abs(ratio):
        raise ValueError(f"expected a ratio that {within} tells from others, found {ratio}")
    pairs = pairwise(values)
    return len(values) > 1 and all(abs(after / one - ratio) <= within for one, after in pairs)


def _outside(fact: Fact, record: Record) -> bool:
    of = fact["of"]
    return not float(of["low"]) <= number_in(of["fact"], record) <= float(of["high"])


def _ratio(fact: Fact, record: Record) -> float:
    one, other = _values(fact, record)
    return one / other


def _signs(fact: Fact, record: Record) -> int:
    return len({float(np.sign(value)) for value in _values(fact, record)})


def _number_of(fact: Fact, record: Record) -> int:
    """How many things differ: facts are taken again, walks and fields are looked up."""
    return len({_known(thing, record) for thing in fact["of"]["things"]})


def _known(thing: Any, record: Record) -> Any:
    if isinstance(thing, str):
        record.walk(thing)
        return thing
    if not isinstance(thing, Mapping):
        return float(thing)
    if "what" in thing:
        return record.value(thing)
    field = record.field(thing)
    return getattr(field, "expr", id(field))


# Of a walk


def _series(walk: Any, quantity: str, axis: int = 0) -> np.ndarray:
    points = np.asarray(walk.points)
    told = {
        "value": lambda: walk.values,
        "coordinate": lambda: points[:, axis],
        "steepness": lambda: np.linalg.norm(walk.gradients, axis=1),
        "length": lambda: np.linalg.norm(np.diff(points, axis=0), axis=1),
    }
    return np.asarray(told[quantity]())


def _along(fact: Fact, record: Record) -> bool:
    of = fact["of"]
    told = _series(record.walk(of["walk"]), of["quantity"])
    return len(told) > 1 and bool(RELATIONS[of["by"]](told[1:], told[:-1]).all())


def _steepest(fact: Fact, record: Record) -> float:
    return float(_series(record.walk(fact["of"]["walk"]), "steepness").max())


def _crosses(fact: Fact, record: Record) -> bool:
    of = fact["of"]
    told = _series(record.walk(of["walk"]), "coordinate", of["axis"])[: of["steps"] + 1]
    side = np.sign(told - number_in(of["place"], record))
    return of["steps"] > 0 and len(side) > 1 and bool((side[1:] != side[:-1]).all())


def _growth(fact: Fact, record: Record) -> float:
    of = fact["of"]
    told = _series(record.walk(of["walk"]), "coordinate", of["axis"])
    ratios = told[1:] / told[:-1]
    return float(ratios[0]) if np.allclose(ratios, ratios[0], rtol=DUST) else float("nan")


def _of_ending(part: Callable[[Any], Any]) -> Callable[[Fact, Record], Any]:
    return lambda fact, record: part(record.walk(fact["of"]["walk"]))


def _named(value: Any) -> str:
    return "" if value is None else str(value.name)


def _is_level(fact: Fact, record: Record) -> bool:
    walk = record.walk(fact["of"]["walk"])
    slope = abs(np.asarray(walk.gradients)[fact["of"]["k"]]).max()
    return bool(slope <= (walk.tolerance or 0.0))


def _ending_with(fact: Fact, record: Record) -> int:
    of = fact["of"]
    return sum(record.walk(walk).verdict.name == of["verdict"] for walk in of["walks"])


# Of a field


def _field(fact: Fact, record: Record) -> Any:
    return record.field(fact["of"]["field"])


def _nowhere(fact: Fact, record: Record) -> bool:
    of, field = fact["of"], _field(fact, record)
    value = number_in(of["value"], record)
    axes = (np.linspace(float(low), float(high), SIDE) for low, high in of["window"])
    seen = np.asarray(field(*np.meshgrid(*axes, indexing="ij")), dtype=float)
    seen, slack = seen[np.isfinite(seen)], DUST * max(1.0, abs(value))
    beyond = {"<": seen < value - slack, ">": seen > value + slack}[of["by"]]
    return bool(seen.size) and not bool(beyond.any())


def _numbers(at: Mapping[str, Any]) -> dict[sp.Symbol, sp.Expr]:
    return {sp.Symbol(str(name)): sp.nsimplify(float(value)) for name, value in at.items()}


def _formula(fact: Fact, record: Record) -> bool:
    """Compared at many places: to simplify what a file says may take for ever."""
    of, field = fact["of"], _field(fact, record)
    names = [str(variable) for variable in field.variables]
    expr = field.expr
    for name in of["by"]:
        expr = ScalarField(expr, field.variables).partial(str(name)).expr
    one = ScalarField(expr, field.variables)
    other = ScalarField.parse(of["text"], ("s", *names))
    axes = [np.linspace(-2.03, 2.41 + 0.1 * i, SPOTS) for i in range(len(names))]
    places = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(names))
    for name, value in of["at"].items():
        places[:, names.index(name)] = float(value)
    seen = other.at(np.column_stack([field.at(places), places]))
    true = one.at(places)
    both = np.isfinite(true) & np.isfinite(seen)
    same = np.isclose(true[both], seen[both], rtol=DUST, atol=DUST)
    return bool(both.sum() > SPOTS / 4) and bool(same.all())


def _corners(field: Any) -> tuple[np.ndarray, ...]:
    """Values at the four corners of many rectangles, each (n,)."""
    x, y = np.linspace(-1.9, 1.7, SPOTS), np.linspace(0.3, 2.3, SPOTS)
    one, other = np.meshgrid(x, y, indexing="ij")
    corners = (field(one, other), field(one, 0 * other + 0.7), field(0 * one + 1.3, other))
    return (*(np.asarray(c).ravel() for c in corners), np.full(one.size, field(1.3, 0.7)))


def _separable(fact: Fact, record: Record) -> bool:
    here, along_x, along_y, corner = _corners(_field(fact, record))
    return bool(np.allclose(here + corner, along_x + along_y, rtol=DUST, atol=DUST))


def _factored(fact: Fact, record: Record) -> bool:
    here, along_x, along_y, corner = _corners(_field(fact, record))
    return bool(np.allclose(here * corner, along_x * along_y, rtol=DUST, atol=DUST))


def _degree(fact: Fact, record: Record) -> int:
    of, field = fact["of"], _field(fact, record)
    expr = field.expr.subs(_numbers(of["at"]))
    return int(sp.Poly(expr, sp.Symbol(str(of["variable"]))).degree())


# Of a network that is trained


def _neurons(fact: Fact, record: Record) -> int:
    network: Network = record.walk(fact["of"]["walk"]).field.network
    return network.layers[fact["of"]["layer"]].outputs


def _classes(fact: Fact, record: Record) -> int:
    return len(np.unique(record.walk(fact["of"]["walk"]).field.data_y))


TRUTH_RECIPES: dict[str, Callable[[Fact, Record], Any]] = {
    "ordered": _ordered,
    "equal": _equal,
    "steady": _steady,
    "outside": _outside,
    "ratio": _ratio,
    "signs": _signs,
    "number of": _number_of,
    "size": lambda fact, record: abs(number_in(fact["of"]["fact"], record)),
    "along": _along,
    "steepest": _steepest,
    "crosses": _crosses,
    "growth": _growth,
    "verdict": _of_ending(lambda walk: walk.verdict.name),
    "kind of end": _of_ending(lambda walk: _named(walk.ending.kind)),
    "trend": _of_ending(lambda walk: _named(walk.ending.trend)),
    "period": _of_ending(lambda walk: walk.ending.period),
    "factor": _of_ending(lambda walk: walk.ending.factor),
    "more steps": _of_ending(lambda walk: walk.ending.more_steps),
    "is lowest": _of_ending(
        lambda walk: walk.ending.minimum is not None and walk.ending.minimum.is_lowest
    ),
    "budget": _of_ending(lambda walk: walk.steps),
    "is level": _is_level,
    "ending with": _ending_with,
    "nowhere": _nowhere,
    "formula": _formula,
    "separable": _separable,
    "factored": _factored,
    "degree": _degree,
    "neurons": _neurons,
    "classes": _classes,
    "dimension": lambda fact, record: _field(fact, record).dimension,
}
