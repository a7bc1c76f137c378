"""Newton's rule, whole and damped: a step to the stationary point of the local parabola."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from gdmath.descent.steps.line_search import backtracked
from gdmath.descent.steps.rule import Here, check_between, dot, pick


@dataclass(frozen=True)
class NewtonStep:
    """x - H⁻¹ gradient: the step to the stationary point of the local parabola, whatever its kind.

    Where the Hessian H is singular the next point is nan.
    """

    name = "newton"
    rate = None
    linear = steady = True

    def advance(self, here: Here, memory: Any) -> tuple[Any, Any]:  # noqa: ARG002 (a Step's)
        """The next point; nothing is remembered."""
        return here.point - solve(here.hessian(), here.gradient), None


@dataclass(frozen=True)
class DampedNewtonStep:
    """x - t H⁻¹ gradient, t being 1 or shortened until f falls enough, as Armijo asks.

    Boyd, Vandenberghe, Convex Optimization (2004), algorithm 9.5, with the test of
    `BacktrackingStep` along Newton's way. Where that way does not lead downhill, g·H⁻¹g <= 0 or H
    singular, the gradient's is taken (after Goldstein, Price 1967): so it ends at no maximum.
    """

    shrink: float = 0.5
    decrease: float = 1e-4
    name = "damped_newton"
    rate = None
    steady = True

    def __post_init__(self) -> None:
        check_between(self.shrink, "shrink")
        check_between(self.decrease, "decrease")

    def advance(self, here: Here, memory: Any) -> tuple[Any, Any]:  # noqa: ARG002 (a Step's)
        """The next point; nothing is remembered."""
        way = solve(here.hessian(), here.gradient)
        downhill = here.decide(dot(here.gradient, way) > 0)
        way = pick(downhill, way, here.gradient)
        first, shrink, decrease = map(here.number, (1.0, self.shrink, self.decrease))
        return here.point - backtracked(here, way, first, shrink, decrease) * way, None


def newton_step() -> NewtonStep:
    """Newton's step. `descend` takes `newton_step` and `newton_step()` alike."""
    return NewtonStep()


def damped_newton_step(shrink: float = 0.5, decrease: float = 1e-4) -> DampedNewtonStep:
    """Newton's step with Armijo's backtracking from 1; ValueError unless 0 < shrink, decrease < 1.

    `descend` takes `damped_newton_step` and `damped_newton_step()` alike.
    """
    return DampedNewtonStep(shrink, decrease)


def solve(matrix: Any, vector: Any) -> Any:
    """Solve a small linear system by elimination with pivoting, in the arithmetic of its entries.

    numpy's solver knows no mpmath numbers. Shapes (d, d) and (d,), or (d, d, m) and (d, m) for m
    systems at once; nan where singular.
    """
    rows = [np.concatenate([row, [b]]) for row, b in zip(matrix, vector, strict=True)]
    d = len(rows)
    with np.errstate(all="ignore"):
        for i in range(d):
            _pivot(rows, i)
            rows[i][i] = pick(rows[i][i] == 0, math.nan, rows[i][i])
            for k in range(i + 1, d):
                rows[k] = rows[k] - (rows[k][i] / rows[i][i]) * rows[i]
        x: list[Any] = [None] * d
        for i in reversed(range(d)):
            x[i] = rows[i][d]
            for j in range(i + 1, d):
                x[i] = x[i] - rows[i][j] * x[j]
            x[i] = x[i] / rows[i][i]
    return np.array(x)


def _pivot(rows: list[Any], i: int) -> None:
    """Exchange row i with the first of those below whose entry i is the largest."""
    best, largest = i + 0 * (rows[i][i] == 0), abs(rows[i][i])
    for k in range(i + 1, len(rows)):
        larger = abs(rows[k][i]) > largest
        best, largest = pick(larger, k, best), pick(larger, abs(rows[k][i]), largest)
    top = rows[i]
    for k in range(i + 1, len(rows)):
        rows[i], rows[k] = pick(best == k, rows[k], rows[i]), pick(best == k, top, rows[k])
