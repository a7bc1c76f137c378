"""How statements are taken again: which numbers stand how to each other, what holds all along.

Each is made anew from the facts in its recipe; the numbers there are what someone chose.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import sympy as sp

from gdlecture.verify.phases import momentum_gain
from gdlecture.verify.pictured import pictured_above, pictured_as
from gdmath import ScalarField, find_stationary_points, stationary_points, tangent_plane
from gdmath.descent.certificate import DIGITS
from gdmath.stationary.nearest import spot_near

if TYPE_CHECKING:
    from gdlecture.verify.source import Source
    from gdmath import StationarySet
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

NEAR = 1e-6
"""So near its place, as a share of that, a stationary point is looked for."""


def number_in(given: Any, record: Source) -> float:
    """A number of a recipe, which may be a fact itself."""
    return record.value(given) if isinstance(given, Mapping) else float(given)


def _values(fact: Fact, record: Source) -> list[float]:
    return [number_in(each, record) for each in fact["of"]["values"]]


def _ordered(fact: Fact, record: Source) -> bool:
    values, by = _values(fact, record), RELATIONS[fact["of"]["by"]]
    return len(values) > 1 and all(by(one, other) for one, other in pairwise(values))


def _equal(fact: Fact, record: Source) -> bool:
    values, within = _values(fact, record), float(fact["of"]["within"])
    return len(values) > 1 and all(abs(value - values[0]) <= within for value in values)


def _steady(fact: Fact, record: Source) -> bool:
    of, values = fact["of"], _values(fact, record)
    ratio, within = float(of["ratio"]), float(of["within"])
    if not within < 0.5 * abs(ratio):
        raise ValueError(f"expected a ratio that {within} tells from others, found {ratio}")
    pairs = pairwise(values)
    return len(values) > 1 and all(abs(after / one - ratio) <= within for one, after in pairs)


def _outside(fact: Fact, record: Source) -> bool:
    of = fact["of"]
    return not float(of["low"]) <= number_in(of["fact"], record) <= float(of["high"])


def _ratio(fact: Fact, record: Source) -> float:
    one, other = _values(fact, record)
    return one / other


def _signs(fact: Fact, record: Source) -> int:
    return len({float(np.sign(value)) for value in _values(fact, record)})


def _number_of(fact: Fact, record: Source) -> int:
    """How many things differ: facts are taken again, walks and fields are looked up."""
    return len({_known(thing, record) for thing in fact["of"]["things"]})


def _known(thing: Any, record: Source) -> Any:
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


def _along(fact: Fact, record: Source) -> bool:
    of = fact["of"]
    told = _series(record.walk(of["walk"]), of["quantity"])
    return len(told) > 1 and bool(RELATIONS[of["by"]](told[1:], told[:-1]).all())


def _steepest(fact: Fact, record: Source) -> float:
    return float(_series(record.walk(fact["of"]["walk"]), "steepness").max())


def _crosses(fact: Fact, record: Source) -> bool:
    of = fact["of"]
    told = _series(record.walk(of["walk"]), "coordinate", of["axis"])[: of["steps"] + 1]
    side = np.sign(told - number_in(of["place"], record))
    return of["steps"] > 0 and len(side) > 1 and bool((side[1:] != side[:-1]).all())


def _growth(fact: Fact, record: Source) -> float:
    of = fact["of"]
    told = _series(record.walk(of["walk"]), "coordinate", of["axis"])
    ratios = told[1:] / told[:-1]
    return float(ratios[0]) if np.allclose(ratios, ratios[0], rtol=DUST) else float("nan")


def _distance(fact: Fact, record: Source) -> float:
    of = fact["of"]
    return float(np.linalg.norm(record.walk(of["walk"]).points[of["k"]] - record.place(of["to"])))


def _across(fact: Fact, record: Source) -> bool:
    of = fact["of"]
    walk, place = record.walk(of["walk"]), number_in(of["place"], record)
    one, other = walk.points[-2:, of["axis"]]
    return bool(walk.ending.period == 2 and min(one, other) < place < max(one, other))


def _of_ending(part: Callable[[Any], Any]) -> Callable[[Fact, Source], Any]:
    return lambda fact, record: part(record.walk(fact["of"]["walk"]))


def _named(value: Any) -> str:
    return "" if value is None else str(value.name)


def _is_level(fact: Fact, record: Source) -> bool:
    walk = record.walk(fact["of"]["walk"])
    slope = abs(np.asarray(walk.gradients)[fact["of"]["k"]]).max()
    return bool(slope <= (walk.tolerance or 0.0))


def _ending_with(fact: Fact, record: Source) -> int:
    of = fact["of"]
    return sum(record.walk(walk).verdict.name == of["verdict"] for walk in of["walks"])


# Of a field


def _field(fact: Fact, record: Source) -> Any:
    return record.field(fact["of"]["field"])


def _nowhere(fact: Fact, record: Source) -> bool:
    of, field = fact["of"], _field(fact, record)
    value = number_in(of["value"], record)
    axes = (np.linspace(float(low), float(high), SIDE) for low, high in of["window"])
    seen = np.asarray(field(*np.meshgrid(*axes, indexing="ij")), dtype=float)
    seen, slack = seen[np.isfinite(seen)], DUST * max(1.0, abs(value))
    beyond = {"<": seen < value - slack, ">": seen > value + slack}[of["by"]]
    return bool(seen.size) and not bool(beyond.any())


def _numbers(at: Mapping[str, Any]) -> dict[sp.Symbol, sp.Expr]:
    return {sp.Symbol(str(name)): sp.nsimplify(float(value)) for name, value in at.items()}


def _formula(fact: Fact, record: Source) -> bool:
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


def _separable(fact: Fact, record: Source) -> bool:
    here, along_x, along_y, corner = _corners(_field(fact, record))
    return bool(np.allclose(here + corner, along_x + along_y, rtol=DUST, atol=DUST))


def _factored(fact: Fact, record: Source) -> bool:
    here, along_x, along_y, corner = _corners(_field(fact, record))
    return bool(np.allclose(here * corner, along_x * along_y, rtol=DUST, atol=DUST))


def _degree(fact: Fact, record: Source) -> int:
    of, field = fact["of"], _field(fact, record)
    expr = field.expr.subs(_numbers(of["at"]))
    return int(sp.Poly(expr, sp.Symbol(str(of["variable"]))).degree())


def _everywhere(fact: Fact, record: Source) -> bool:
    of, field = fact["of"], _field(fact, record)
    for _ in range(of["order"]):
        field = field.partial(field.variables[0])
    low, high = of["window"]
    seen = np.asarray(field(np.linspace(float(low), float(high), 2 * SIDE)[1:-1]), dtype=float)
    return bool(RELATIONS[of["by"]](seen, 0.0).all())


def _steepest_place(fact: Fact, record: Source) -> float:
    low, high = fact["of"]["window"]
    x = np.linspace(float(low), float(high), 4001)
    slopes = _field(fact, record).gradient(x[:, None])[:, 0]
    return round(float(x[np.nanargmax(slopes)]), 9)


def _gap(fact: Fact, record: Source) -> float:
    of = fact["of"]
    x, y = (float(c) for c in of["at"])
    plane = tangent_plane(_field(fact, record), (x, y))
    return float(_field(fact, record)(x + of["h"], y) - plane(x + of["h"], y))


# Stationary points


def _near(fact: Fact, record: Source) -> Any:
    """The stationary point nearest to a place, exactly there but for rounding."""
    place = np.array(fact["of"]["near"], dtype=float)
    spot = spot_near(_field(fact, record), place, NEAR * max(1.0, float(abs(place).max())))
    if spot is None:
        raise ValueError(f"expected a stationary point at {place.tolist()}, found none")
    return spot


def _slope_there(fact: Fact, record: Source) -> float:
    slope = _field(fact, record).gradient(_near(fact, record).point)[fact["of"]["axis"]]
    return 0.0 if abs(slope) < DUST else float(slope)


def _eigenvalue(fact: Fact, record: Source) -> float:
    of = fact["of"]
    hessian = _field(fact, record).hessian(np.array(of["at"], dtype=float))
    return float(np.linalg.eigvalsh(hessian)[of["index"]])


def _stable_rate(fact: Fact, record: Source) -> float:
    hessian = _field(fact, record).hessian(_near(fact, record).point)
    return 2.0 / float(np.linalg.eigvalsh(hessian)[-1])


@lru_cache(maxsize=64)
def _all_stationary(field: ScalarField) -> StationarySet:
    return stationary_points(field)


def _stationary_sets(fact: Fact, record: Source) -> int:
    of, found = fact["of"], _all_stationary(_field(fact, record))
    return len(found.points) * bool(of["points"]) + len(found.curves) * bool(of["curves"])


def _minima_seen(fact: Fact, record: Source) -> int:
    window = tuple((float(low), float(high)) for low, high in fact["of"]["window"])
    return _count_minima(_field(fact, record), window)


@lru_cache(maxsize=64)
def _count_minima(field: ScalarField, window: Any) -> int:
    return sum(point.kind.name == "MINIMUM" for point in find_stationary_points(field, window))


def _gain(fact: Fact, record: Source) -> float:
    of, field = fact["of"], _field(fact, record)
    bend = float(field.hessian([number_in(of["least"], record)])[0, 0])
    return -math.log10(abs(1 - number_in(of["rate"], record) * bend))


def _ends_apart(fact: Fact, record: Source) -> int:
    ends = np.array([record.walk(walk).points[-1] for walk in fact["of"]["walks"]])
    apart = abs(ends[:, None] - ends[None]).max(axis=2) > float(fact["of"]["within"])
    return sum(bool(apart[i, :i].all()) for i in range(len(ends)))


# Of a random walk


def _width(fact: Fact, record: Source) -> float:
    low, high = record.walk(fact["of"]["walk"]).field.window[fact["of"]["axis"]]
    return float(high - low)


def _tries_until(fact: Fact, record: Source) -> float:
    """Counted try by try: each that is accepted leads to the next value."""
    of = fact["of"]
    walk, below = record.walk(of["walk"]), number_in(of["goal"], record) + float(of["within"])
    move = 0
    for tries, accepted in enumerate([False, *walk.accepted]):
        move += bool(accepted)
        if walk.values[move] < below:
            return float(tries)
    return float("nan")


def _is_near(fact: Fact, record: Source) -> bool:
    of = fact["of"]
    value = record.walk(of["walk"]).values[of["k"]]
    return bool(value < number_in(of["goal"], record) + float(of["within"]))


# Of a picture


def _shading(fact: Fact, record: Source) -> str:
    """What starts look like that take long: their colours are mixed with the ground's."""
    of, claims = fact["of"], record.evidence.claims
    told = [claim.told for claim in claims if claim.what == "basins" and claim.told.get("shade")]
    if claims and not any(
        (one["ground"], one["palette"]) == (of["ground"], of["palette"]) for one in told
    ):
        raise ValueError("expected a map with this ground and these colours, found none")
    ground, colours = _light(of["ground"]), [_light(colour) for colour in of["palette"]]
    if min(colours) <= ground <= max(colours):
        raise ValueError("expected a ground that is darker or lighter than all colours")
    return "darker" if ground < min(colours) else "lighter"


def _light(colour: str) -> float:
    """How light a colour like #f2a33a is, 0…255."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


# Of a network that is trained


def _neurons(fact: Fact, record: Source) -> int:
    network: Network = record.walk(fact["of"]["walk"]).field.network
    return network.layers[fact["of"]["layer"]].outputs


def _classes(fact: Fact, record: Source) -> int:
    return len(np.unique(record.walk(fact["of"]["walk"]).field.data_y))


TRUTH_RECIPES: dict[str, Callable[[Fact, Source], Any]] = {
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
    "distance": _distance,
    "across": _across,
    "verdict": _of_ending(lambda walk: walk.verdict.name),
    "kind of end": _of_ending(lambda walk: _named(walk.ending.kind)),
    "trend": _of_ending(lambda walk: _named(walk.ending.trend)),
    "period": _of_ending(lambda walk: walk.ending.period),
    "factor": _of_ending(lambda walk: walk.ending.factor),
    "more steps": _of_ending(lambda walk: walk.ending.more_steps),
    "budget": _of_ending(lambda walk: walk.steps),
    "is level": _is_level,
    "ending with": _ending_with,
    "nowhere": _nowhere,
    "formula": _formula,
    "separable": _separable,
    "factored": _factored,
    "degree": _degree,
    "everywhere": _everywhere,
    "steepest place": _steepest_place,
    "gap": _gap,
    "slope there": _slope_there,
    "kind": lambda fact, record: _near(fact, record).kind.name,
    "eigenvalue": _eigenvalue,
    "stable rate": _stable_rate,
    "stationary sets": _stationary_sets,
    "sum": lambda fact, record: sum(_values(fact, record)),
    "gain": _gain,
    "momentum gain": momentum_gain,
    "precision": lambda *_: DIGITS,
    "minima seen": _minima_seen,
    "ends apart": _ends_apart,
    "width": _width,
    "tries until": _tries_until,
    "is near": _is_near,
    "shading": _shading,
    "pictured above": pictured_above,
    "pictured as": pictured_as,
    "taught": lambda *_: True,
    "neurons": _neurons,
    "classes": _classes,
    "dimension": lambda fact, record: _field(fact, record).dimension,
}
