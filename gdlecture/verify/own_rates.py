"""Rates that a rule finds for itself: along each axis, by a schedule, or by trial.

Nothing of a rule's own memory is trusted: rates along an axis are made of the slopes of the walk up
to there, and trials are the places at which gdmath's own rule asks for f.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from gdlecture.verify.source import FactError
from gdmath.descent.steps import Here

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdlecture.verify.claims import Claim
    from gdlecture.verify.source import Source

    Array = NDArray[np.float64]


def own_rate(walk: Any, k: int, axis: int = 0) -> float:
    """The rate along an axis of the step from iterate k, the slope's own factor aside.

    Raises:
        ValueError: there is no such iterate, or the rule has no rate of this kind.
    """
    if not 0 <= k < len(walk.points):
        raise ValueError(f"expected an iterate within 0…{len(walk.points) - 1}, found {k}")
    step = walk.step
    if step.name == "gradient":
        return float(step.rate)
    if step.name == "scheduled":
        return float(step.schedule.at(k))
    squares = np.asarray(walk.gradients[: k + 1, axis], dtype=float) ** 2
    if step.name == "adagrad":
        size = step.initial + squares.sum()
    elif step.name == "rmsprop":
        size = _faded(squares, step.decay)
    elif step.name == "adam":
        size = _faded(squares, step.beta2) / (1 - step.beta2 ** (k + 1))
    else:
        raise ValueError(f"expected a rule with a rate along each axis, found {step.name}")
    return float(step.rate / (np.sqrt(size) + step.epsilon))


def _faded(squares: Array, decay: float) -> float:
    """A mean that begins at 0, of squares (k+1,) of which each counts `decay` times the next."""
    ages = np.arange(len(squares))[::-1]
    return float(((1 - decay) * decay**ages * squares).sum())


def own_rates(walk: Any) -> Array:
    """The rate along the first axis of the step from each iterate, (n+1,)."""
    return np.array([own_rate(walk, k) for k in range(len(walk.points))])


def trials_of(walk: Any, k: int) -> Array:
    """The places (t, d) that a line search tries from iterate k: where its rule asks for f.

    Raises:
        ValueError: no step leads on from there, or the rule tries nothing.
    """
    if not 0 <= k < len(walk.points) - 1:
        raise ValueError(f"expected a step from an iterate, found none from {k}")
    asked: list[Any] = []
    here = walk.points[k]

    def value(place: Any) -> Any:
        asked.append(np.array(place, dtype=float))
        return walk.field.at(place)

    walk.step.advance(Here(here, walk.gradients[k], partial(walk.field.hessian, here), value), None)
    if len(asked) < 2:
        raise ValueError(f"expected a rule that tries, found {walk.step.name}")
    return np.array(asked[1:])


def _trial(of: Mapping[str, Any], record: Source) -> tuple[Any, Array]:
    """The walk, and the place of trial j from iterate k, the first being 0."""
    walk = record.walk(of["walk"])
    tried = trials_of(walk, of["k"])
    if not 0 <= of["j"] < len(tried):
        raise ValueError(f"expected a trial within 0…{len(tried) - 1}, found {of['j']}")
    return walk, tried[of["j"]]


def _trial_rate(fact: Mapping[str, Any], record: Source) -> float:
    of = fact["of"]
    walk, place = _trial(of, record)
    way = walk.gradients[of["k"]]
    return float((walk.points[of["k"]] - place) @ way / (way @ way))


def _trial_height(fact: Mapping[str, Any], record: Source) -> float:
    walk, place = _trial(fact["of"], record)
    return float(walk.field.at(place))


def _trials(fact: Mapping[str, Any], record: Source) -> int:
    """How many there are in all of a walk, or of one of its steps."""
    walk, k = record.walk(fact["of"]["walk"]), fact["of"].get("k")
    steps = range(len(walk.points) - 1) if k is None else [k]
    return sum(len(trials_of(walk, k)) for k in steps)


def _enough(fact: Mapping[str, Any], record: Source) -> float:
    """How the line falls along the ray below which f has fallen enough: Armijo's."""
    walk, k = record.walk(fact["of"]["walk"]), fact["of"]["k"]
    return float(-walk.step.decrease * (walk.gradients[k] ** 2).sum())


RATE_RECIPES: dict[str, Callable[[Mapping[str, Any], Source], Any]] = {
    "own rate": lambda fact, record: own_rate(
        record.walk(fact["of"]["walk"]), fact["of"]["k"], fact["of"]["axis"]
    ),
    "trial": lambda fact, record: float(_trial(fact["of"], record)[1][fact["of"]["axis"]]),
    "trial rate": _trial_rate,
    "trial height": _trial_height,
    "trials": _trials,
    "enough": _enough,
}


# What is drawn


def ray_of(walk: Any, k: int) -> Callable[[Array], Array]:
    """F along the ray against the gradient from iterate k, over the length t (n,) of the step."""
    start, way = walk.points[k], walk.gradients[k]
    return lambda t: np.asarray(walk.field.at(start - np.multiply.outer(t, way)), dtype=float)


def half_axes(told: Mapping[str, Any], record: Source) -> Array:
    """Half of the axes (2,) of an ellipse of steps: the roots of `height` times twice each rate."""
    rates = np.array([record.value(rate) for rate in told["rates"]])
    return np.asarray(np.sqrt(2 * float(told["height"]) * rates))


def check_ellipse(claim: Claim, record: Source) -> None:
    """See that an ellipse of steps is of the rates of the walk, and the iterate, on which it is.

    All of a clip are of one height, or one could not compare them.

    Raises:
        FactError: it is not.
    """
    heights = {
        float(other.told["height"])
        for other in record.evidence.claims
        if (other.kind, other.what) == (claim.kind, claim.what)
    }
    _see(heights == {float(claim.told["height"])} and min(heights) > 0, "one height", heights)
    rates, place = claim.told["rates"], claim.told["places"][0]
    _see(len(rates) == len(place), "a rate along each axis", len(rates))
    for axis, (rate, coordinate) in enumerate(zip(rates, place, strict=True)):
        share, there = _iterates(coordinate)
        expected = share, [("own rate", walk, k, axis) for _, walk, k, _ in there]
        _see(_iterates(rate) == expected, f"the rates of {expected}", _iterates(rate))


def _iterates(fact: Mapping[str, Any]) -> tuple[float, list[tuple[Any, ...]]]:
    """How far on the way a fact is, and of which walk, iterate and axis are both of its ends."""
    of = fact["of"]
    if fact["what"] == "part way":
        ends = [_iterates(of[end])[1] for end in ("from", "to")]
        return float(of["share"]), [*ends[0], *ends[1]]
    return 0.0, [(fact["what"], str(of.get("walk")), of.get("k"), of.get("axis"))]


def _see(is_so: object, expected: str, found: Any) -> None:
    if not is_so:
        raise FactError(f"expected {expected}, found {found}")


def wrong_trial(claim: Claim, record: Source) -> str:
    """What is wrong with a trial's mark, or "": the last that a rule tries is taken, no other."""
    of = claim.told["places"][0][0]["of"]
    last = len(trials_of(record.walk(of["walk"]), of["k"])) - 1
    own = "taken" if of["j"] == last else "refused"
    if {(part["of"]["k"], part["of"]["j"]) for part in claim.told["places"][0]} != {
        (of["k"], of["j"])
    }:
        return "expected both numbers of one trial, found others"
    return "" if claim.what == own else f"expected trial {of['j'] + 1} {own}, found it {claim.what}"
