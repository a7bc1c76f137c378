"""Steps as long as the function's own values allow: backtracking along a way downhill.

A search asks for a way and finds a length; of the two rules here one goes the gradient's way, the
other (`newton.py`) Newton's. All other rules know their length beforehand, so that a search and a
direction of their own would only be more words for the same line.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from gdmath.descent.steps.rule import Here, check_between, check_positive, dot, pick

# A length so many times shorter than the first moves no point of float64 that is not at 0.
_SHORTEST = 1e-20


@dataclass(frozen=True)
class BacktrackingStep:
    """x - t * gradient, t being `rate` or shortened until f falls enough (Armijo 1966).

    t is the first of rate, rate*shrink, rate*shrink², … for which f(x - t*g) <= f(x) -
    decrease*t*g·g: Nocedal, Wright, Numerical Optimization (2006), algorithm 3.1. Where f has no
    value it has not fallen. If no length down to 1e-20 of the first will do, as where rounding
    hides the fall, the point stays.
    """

    rate: float = 1.0
    shrink: float = 0.5
    decrease: float = 1e-4
    name = "backtracking"
    steady = True

    def __post_init__(self) -> None:
        check_positive(self.rate, "rate")
        check_between(self.shrink, "shrink")
        check_between(self.decrease, "decrease")

    def advance(self, here: Here, memory: Any) -> tuple[Any, Any]:  # noqa: ARG002 (a Step's)
        """The next point; nothing is remembered."""
        g = here.gradient
        first, shrink, decrease = map(here.number, (self.rate, self.shrink, self.decrease))
        return here.point - backtracked(here, g, first, shrink, decrease) * g, None


def backtracking_step(
    rate: float = 1.0, shrink: float = 0.5, decrease: float = 1e-4
) -> BacktrackingStep:
    """The gradient's step with Armijo's backtracking from `rate`.

    Raises ValueError unless `rate` is finite and positive and 0 < shrink, decrease < 1.
    """
    return BacktrackingStep(rate, shrink, decrease)


def backtracked(here: Here, way: Any, first: Any, shrink: Any, decrease: Any) -> Any:
    """The length t for which f falls enough from `here` to x - t*way, () or (m,); 0 if none does.

    `way` (d,) or (d, m) leads downhill: its product with the gradient is positive.
    """
    slope = dot(here.gradient, way)
    height = here.value(here.point)
    t = first + 0 * slope
    for _ in range(math.ceil(math.log(_SHORTEST) / math.log(float(shrink)))):
        falls = here.decide(here.value(here.point - t * way) <= height - decrease * t * slope)
        if np.all(falls):
            return t
        t = pick(falls, t, shrink * t)
    return pick(falls, t, 0 * t)
