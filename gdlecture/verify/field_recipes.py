"""How facts of a field of one variable are taken again: minima, borders, zones, basins.

Places are searched for around where the record says they are, so that a wrong one is not found.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import ROUND_FLOOR, Decimal
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

import mpmath
import numpy as np

from gdmath import (
    BasinMap,
    RateZone,
    ScalarField,
    Verdict,
    Walk,
    basins,
    cycle,
    descend,
    difference_quotient,
    domain_threshold,
    newton_step,
    precise_points,
    quadratic_model,
    rate_zones,
    stationary_points,
)
from gdmath.descent.certificate import DIGITS
from gdmath.stationary.kinks import kinks

if TYPE_CHECKING:
    from gdlecture.verify.source import Source

Fact = Mapping[str, Any]

AT_REST = (Verdict.CONVERGED, Verdict.STOPPED, Verdict.STUCK)
SAMPLES = 4001
HALVINGS = 80


def _field(fact: Fact, record: Source) -> ScalarField:
    field: ScalarField = record.field(fact["of"]["field"])
    return field


def _number(given: Any, record: Source) -> float:
    """A number of a recipe, which may be a fact itself."""
    return record.value(given) if isinstance(given, Mapping) else float(given)


def _at(fact: Fact, record: Source, name: str = "x") -> float:
    return _number(fact["of"][name], record)


def _derivative(field: ScalarField, order: int) -> ScalarField:
    for _ in range(order):
        field = field.partial(field.variables[0])
    return field


def _secant(fact: Fact, record: Source) -> float:
    x, h = _at(fact, record), _at(fact, record, "h")
    return float(difference_quotient(_field(fact, record), x, h))


def _secant_error(fact: Fact, record: Source) -> float:
    slope = float(_derivative(_field(fact, record), 1)(_at(fact, record)))
    return abs(_secant(fact, record) - slope)


# Where something is


def _around(of: Mapping[str, Any]) -> np.ndarray:
    """Places evenly spaced around where a search begins, (n,)."""
    near, within = float(of["near"]), float(of["within"])
    return np.linspace(near - within, near + within, SAMPLES)


def _nearest(places: list[float], of: Mapping[str, Any], what: str) -> float:
    if not places:
        raise ValueError(f"expected a {what} within {of['within']} of {of['near']}, found none")
    return min(places, key=lambda place: abs(place - of["near"]))


def _halved(left: float, right: float, is_left: Callable[[float], bool]) -> float:
    """Where what is so on the left ends, between two places, to the last bits."""
    for _ in range(HALVINGS):
        middle = (left + right) / 2
        left, right = (middle, right) if is_left(middle) else (left, middle)
    return (left + right) / 2


def _changes(so: Callable[[float], bool], x: np.ndarray, seen: np.ndarray) -> list[float]:
    """Where along places x (n,) something begins or ceases to be `so`; `seen` (n,) is where."""
    found = []
    for i in np.flatnonzero(np.diff(seen)):
        left, right = float(x[i]), float(x[i + 1])
        found.append(_halved(left, right, so if seen[i] else lambda place: not so(place)))
    return found


def _border(fact: Fact, record: Source) -> float:
    field, x = _field(fact, record), _around(fact["of"])
    inside = np.asarray(field.contains(x[:, None]))
    found = _changes(lambda place: bool(field.contains([place])), x, inside)
    return _nearest(found, fact["of"], "border of the domain")


def _minimum(fact: Fact, record: Source) -> float:
    field, x = _field(fact, record), _around(fact["of"])
    y = np.asarray(field.at(x[:, None]), dtype=float)
    with np.errstate(invalid="ignore"):
        low = (y[1:-1] <= y[:-2]) & (y[1:-1] <= y[2:]) & ((y[1:-1] < y[:-2]) | (y[1:-1] < y[2:]))
    found = [_bottom(field, float(x[i]), float(x[i + 2])) for i in np.flatnonzero(low)]
    return _nearest(found, fact["of"], "minimum")


def _bottom(field: ScalarField, left: float, right: float) -> float:
    """The lowest place between two that are higher: where the slope changes its sign."""
    slopes = field.gradient(np.array([[left], [right]]))[:, 0]
    if slopes[0] < 0 < slopes[1]:
        return _halved(left, right, lambda m: bool(field.gradient([m])[0] < 0))
    for _ in range(HALVINGS):
        one, other = left + (right - left) / 3, right - (right - left) / 3
        left, right = (left, other) if field(one) <= field(other) else (one, right)
    return (left + right) / 2


def _kink(fact: Fact, record: Source) -> float:
    x = _around(fact["of"])
    found = kinks(_field(fact, record), float(x[0]), float(x[-1]))
    return _nearest(list(found), fact["of"], "kink")


def _bend(fact: Fact, record: Source) -> float:
    field, x = _field(fact, record), _around(fact["of"])
    upward = field.hessian(x[:, None])[:, 0, 0] > 0
    found = _changes(lambda place: bool(field.hessian([place])[0, 0] > 0), x, upward)
    return _nearest(found, fact["of"], "bend")


# What follows for walks


def _bound(fact: Fact, record: Source) -> float:
    return 2.0 / float(_field(fact, record).hessian([_at(fact, record)])[0, 0])


def _height_at_slope(fact: Fact, record: Source) -> float:
    return _at(fact, record, "slope") ** 2 * _bound(fact, record) / 4


def _zone(fact: Fact, record: Source) -> RateZone:
    of = fact["of"]
    return _zones(_field(fact, record), of["start"], of["most"], of["tolerance"])[of["zone"]]


def count_of_zones(fact: Fact, record: Source) -> int:
    """How many zones of rates there are where a fact is of one of them."""
    of = fact["of"]
    return len(_zones(_field(fact, record), of["start"], of["most"], of["tolerance"]))


@cache
def _zones(field: ScalarField, start: float, most: float, tolerance: float) -> tuple[RateZone, ...]:
    return rate_zones(field, start, most, tolerance=tolerance)


def _basins(fact: Fact, record: Source) -> BasinMap:
    of = fact["of"]
    return _basin_map(_field(fact, record), of["rate"], tuple(of["window"]))


@cache
def _basin_map(field: ScalarField, rate: float, window: tuple[float, float]) -> BasinMap:
    return basins(field, rate, window)


def count_of_basins(fact: Fact, record: Source) -> int:
    """How many basins there are of the map that a fact of one of them is of."""
    return len(_basins(fact, record).basins)


def _basin_edge(fact: Fact, record: Source) -> float:
    of = fact["of"]
    return float(getattr(_basins(fact, record).basins[of["basin"]], of["end"]))


def _threshold(fact: Fact, record: Source) -> float:
    of = fact["of"]
    field = _field(fact, record)
    return float(_exact_threshold(field, of["rate"], of["leaves"], of["stays"]))


@cache
def _exact_threshold(field: ScalarField, rate: float, leaves: float, stays: float) -> Any:
    return domain_threshold(field, rate, leaves=leaves, stays=stays)


def _cycle_point(fact: Fact, record: Source) -> float:
    walk = record.walk(fact["of"]["walk"])
    places = _cycle_of(walk.field, walk.step.rate, tuple(walk.start))
    return sorted(places)[fact["of"]["index"]]


@cache
def _cycle_of(field: ScalarField, rate: float, start: tuple[float, ...]) -> tuple[float, ...]:
    found = cycle(field, rate, np.array(start))
    if found is None:
        raise ValueError("expected a cycle, found none")
    return tuple(found.points[:, 0].tolist())


def _model_at(fact: Fact, record: Source) -> float:
    of = fact["of"]
    walk, k = record.walk(of["walk"]), of["k"]
    if k < 0:
        raise IndexError(f"no parabola belongs to iterate {k}")
    return float(quadratic_model(walk.field, walk.points[k])(record.value(of["x"])))


def _step(fact: Fact, record: Source) -> float:
    walk, k = record.walk(fact["of"]["walk"]), fact["of"]["k"]
    if k < 1:
        raise IndexError(f"no step leads to iterate {k}")
    return float(walk.points[k, 0] - walk.points[k - 1, 0])


def _excess(fact: Fact, record: Source) -> float:
    walk = record.walk(fact["of"]["walk"])
    return float(walk.values[fact["of"]["k"]]) - _at(fact, record, "over")


def _largest_slope(fact: Fact, record: Source) -> float:
    return float(abs(record.walk(fact["of"]["walk"]).gradients[fact["of"]["k"]]).max())


def _right_digits(fact: Fact, record: Source) -> float:
    """−log₁₀ of the distance to the minimum, both with 50 digits."""
    walk = record.walk(fact["of"]["walk"])
    goal, x = exact_end(walk.field, float(walk.points[-1, 0])), exact_points(walk)
    with mpmath.workdps(DIGITS):
        found = -mpmath.log10(abs(x[fact["of"]["k"]][0] - mpmath.mpf(goal)))
    return max(float(found), 0.0)


def newton_ends(fact: Fact, record: Source) -> tuple[str, ...]:
    """Where Newton's walks from evenly spaced starts end, in words, one start after the other."""
    of = fact["of"]
    settings = (of["pieces"], of["steps"], of["tolerance"])
    return _all_ends(_field(fact, record), tuple(of["stretch"]), tuple(of["window"]), settings)


@cache
def _all_ends(
    field: ScalarField,
    stretch: tuple[float, float],
    window: tuple[float, float],
    settings: tuple[int, int, float],
) -> tuple[str, ...]:
    pieces, steps, tolerance = settings
    starts = np.linspace(*stretch, pieces + 1)[1:-1]
    walks = (descend(field, start, newton_step, steps, tolerance) for start in starts)
    return tuple(_end_of(walk, window) for walk in walks)


def _end_of(walk: Walk, window: tuple[float, float]) -> str:
    """Where a walk ends, in the words of who tells of it."""
    end = float(walk.points[-1, 0])
    if walk.verdict not in AT_REST or not window[0] < end < window[1]:
        return "out of the picture"
    return "a minimum" if walk.field.hessian([end])[0, 0] > 0 else "a maximum"


def _run_edge(fact: Fact, record: Source) -> float:
    of, ends = fact["of"], newton_ends(fact, record)
    lengths = [len(list(group)) for _, group in groupby(ends)]
    first = sum(lengths[: of["run"]])
    border = first if of["end"] == "low" else first + lengths[of["run"]]
    low, high = of["stretch"]
    return float(low + (border + 0.5) * (high - low) / of["pieces"])


@cache
def exact_points(walk: Walk) -> list[tuple[Any, ...]]:
    """A walk's iterates with 50 digits, as `precise_points` takes them; once."""
    return precise_points(walk)


@cache
def exact_end(field: ScalarField, near: float) -> str:
    """The stationary point nearest to a place, written with 55 digits."""
    places = [point.point[0] for point in stationary_points(field).points]
    best = min(places, key=lambda place: abs(float(place) - near))
    return str(best.evalf(DIGITS + 5))


def _floored(fact: Fact, record: Source) -> float:
    value = record.value(fact["of"]["fact"])
    step = Decimal(1).scaleb(-int(fact["of"]["decimals"]))
    return (
        float(Decimal(value).quantize(step, rounding=ROUND_FLOOR))
        if math.isfinite(value)
        else value
    )


FIELD_RECIPES: dict[str, Callable[[Fact, Source], Any]] = {
    "value at": lambda fact, record: _field(fact, record)(_at(fact, record)),
    "derivative at": lambda fact, record: _derivative(_field(fact, record), fact["of"]["order"])(
        _at(fact, record)
    ),
    "secant slope": _secant,
    "secant error": _secant_error,
    "border": _border,
    "minimum": _minimum,
    "kink": _kink,
    "bend": _bend,
    "stability bound": _bound,
    "height at slope": _height_at_slope,
    "zone edge": lambda fact, record: getattr(_zone(fact, record), fact["of"]["end"]),
    "zone verdict": lambda fact, record: _zone(fact, record).verdict.name,
    "basin edge": _basin_edge,
    "basin minimum": lambda fact, record: _basins(fact, record).basins[fact["of"]["basin"]].minimum,
    "basin bottom": lambda fact, record: _basins(fact, record).minima[fact["of"]["minimum"]],
    "basin share": lambda fact, record: 100 * _basins(fact, record).share(fact["of"]["minimum"]),
    "threshold": _threshold,
    "cycle point": _cycle_point,
    "model at": _model_at,
    "step": _step,
    "excess": _excess,
    "largest slope": _largest_slope,
    "tolerance": lambda fact, record: record.walk(fact["of"]["walk"]).tolerance,
    "right digits": _right_digits,
    "run edge": _run_edge,
    "ends so": lambda fact, record: newton_ends(fact, record).count(fact["of"]["so"]),
    "floored": _floored,
}
