"""Each kind of fact that a clip may state, and how it is taken again from the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import sympy as sp

from gdlecture.verify.called import method_of
from gdlecture.verify.field_recipes import FIELD_RECIPES
from gdlecture.verify.given import is_given
from gdlecture.verify.heights import HEIGHT_RECIPES
from gdlecture.verify.map_recipes import MAP_RECIPES
from gdlecture.verify.own_rates import RATE_RECIPES
from gdlecture.verify.source import FactError
from gdlecture.verify.truths import TRUTH_RECIPES
from gdlecture.verify.valley_recipes import VALLEY_RECIPES
from gdmath import ScalarField

if TYPE_CHECKING:
    from gdlecture.verify.source import Source

Recipe = Callable[[Mapping[str, Any], "Source"], Any]


MALFORMED = (
    ArithmeticError, AttributeError, LookupError, MemoryError, NotImplementedError, RecursionError,
    TypeError, ValueError,
)  # fmt: skip
"""What numbers and names that make no sense raise, in gdmath and in sympy."""


def retake_fact(fact: Mapping[str, Any], record: Source) -> Any:
    """What a fact is, from its recipe alone.

    Raises:
        FactError: the recipe is unknown, or names what is not there.
    """
    what = fact.get("what") if isinstance(fact, Mapping) else None
    if not isinstance(what, str) or what not in RECIPES:
        raise FactError(f"no way is known to take {what!r} again")
    try:
        return RECIPES[what](fact, record)
    except FactError:
        raise
    except MALFORMED as error:
        raise FactError(f"{what}: {type(error).__name__}: {error}") from error


def _of_walk(part: Callable[[Any, Mapping[str, Any]], Any]) -> Recipe:
    return lambda fact, record: part(record.walk(fact["of"]["walk"]), fact["of"])


def _length(walk: Any, of: Mapping[str, Any]) -> float:
    k = of["k"]
    if k < 1:
        raise IndexError(f"no step leads to iterate {k}")
    return float(np.linalg.norm(walk.points[k] - walk.points[k - 1]))


def _carried(walk: Any, of: Mapping[str, Any]) -> float:
    """Where what is kept of the last step leads, without the slope."""
    k = of["k"]
    if k < 1:
        raise IndexError(f"no step leads to iterate {k}")
    now, before = (float(walk.points[i, of["axis"]]) for i in (k, k - 1))
    return now + float(walk.step.beta) * (now - before)


def _expression(fact: Mapping[str, Any], _: Source) -> float:
    """Read by a whitelist: what stands in a file is never executed."""
    at = fact["of"].get("at", {})
    expr = ScalarField.parse(fact["of"]["expr"], list(at) or ["x"]).expr
    return float(expr.subs({sp.Symbol(name): float(value) for name, value in at.items()}))


def _given(fact: Mapping[str, Any], _: Source) -> float:
    name, value = fact["of"]["name"], float(fact["value"])
    if not is_given(name, value):
        raise FactError(f"no {value:g} named {name!r} may be given: it needs a recipe")
    return value


def _part_way(fact: Mapping[str, Any], record: Source) -> float:
    """Between two numbers: of a size on a log scale, where it is plotted there."""
    of = fact["of"]
    share = float(of["share"])
    if not 0 <= share <= 1:
        raise FactError(f"expected a share of the way from 0 to 1, found {share}")
    start, end = record.value(of["from"]), record.value(of["to"])
    with np.errstate(all="ignore"):
        return start * (end / start) ** share if of["log"] else start + share * (end - start)


RECIPES: dict[str, Recipe] = {
    "given": _given,
    "expression": _expression,
    "part way": _part_way,
    "rate": _of_walk(lambda walk, _: walk.step.rate),
    "method": _of_walk(lambda walk, _: method_of(walk.step)),
    "momentum": _of_walk(lambda walk, _: walk.step.beta),
    "count": _of_walk(lambda _, of: of["k"]),
    "steps": _of_walk(lambda walk, _: walk.stopped_at),
    "coordinate": _of_walk(lambda walk, of: walk.points[of["k"], of["axis"]]),
    "value": _of_walk(lambda walk, of: walk.values[of["k"]]),
    "slope": _of_walk(lambda walk, of: walk.gradients[of["k"], of["axis"]]),
    "steepness": _of_walk(lambda walk, of: np.linalg.norm(walk.gradients[of["k"]])),
    "curvature": _of_walk(lambda walk, of: walk.field.hessian(walk.points[of["k"]])[0, 0]),
    "length": _of_walk(_length),
    "carried": _of_walk(_carried),
    **FIELD_RECIPES,
    **HEIGHT_RECIPES,
    **MAP_RECIPES,
    **RATE_RECIPES,
    **TRUTH_RECIPES,
    **VALLEY_RECIPES,
}
