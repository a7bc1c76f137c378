"""The rules that turn one iterate into the next: gradient, momentum, Newton.

Each is a frozen dataclass with a `name`, a `rate` (None for Newton) and one method, `advance`,
written so that the same line computes with float64 arrays and with arrays of mpmath numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

Number = Callable[[float], Any]


NAMES = ("gradient", "momentum", "newton")
"""The rules that a setting or a record can name."""


@dataclass(frozen=True)
class Here:
    """What a step may look at: the point (d,), its gradient (d,), its Hessian, the arithmetic.

    `hessian` is a function, so that only Newton pays for it. `number` turns a parameter of the
    step into the arithmetic of the point: float, or the exact decimal in mpmath.
    """

    point: Any
    gradient: Any
    hessian: Callable[[], Any]
    number: Number = float


class Step(Protocol):
    """A rule for the next iterate."""

    @property
    def name(self) -> str:
        """What the rule is called."""

    @property
    def rate(self) -> float | None:
        """The learning rate, or None if the rule has none."""

    def advance(self, here: Here, memory: Any) -> tuple[Any, Any]:
        """The next point, and what to remember for the step after it (None at the start)."""


@dataclass(frozen=True)
class GradientStep:
    """x - rate * gradient: the plain step downhill."""

    rate: float
    name = "gradient"

    def __post_init__(self) -> None:
        _check_rate(self.rate)

    def advance(self, here: Here, memory: Any) -> tuple[Any, Any]:  # noqa: ARG002 (a Step's)
        """The next point; nothing is remembered."""
        return here.point - here.number(self.rate) * here.gradient, None


@dataclass(frozen=True)
class MomentumStep:
    """Polyak's heavy ball: v = beta*v + gradient, then x - rate*v, from v = 0."""

    rate: float
    beta: float
    name = "momentum"

    def __post_init__(self) -> None:
        _check_rate(self.rate)
        if not 0 <= self.beta < 1:
            raise ValueError(f"beta must be at least 0 and below 1, not {self.beta}")

    def advance(self, here: Here, memory: Any) -> tuple[Any, Any]:
        """The next point, and the velocity."""
        old = 0 * here.gradient if memory is None else memory
        velocity = here.number(self.beta) * old + here.gradient
        return here.point - here.number(self.rate) * velocity, velocity


@dataclass(frozen=True)
class NewtonStep:
    """x - H⁻¹ gradient: the step to the stationary point of the local parabola, whatever its kind.

    Where the Hessian H is singular the next point is nan.
    """

    name = "newton"
    rate = None

    def advance(self, here: Here, memory: Any) -> tuple[Any, Any]:  # noqa: ARG002 (a Step's)
        """The next point; nothing is remembered."""
        return here.point - solve(here.hessian(), here.gradient), None


def gradient_step(rate: float) -> GradientStep:
    """The step of gradient descent; ValueError unless `rate` is finite and positive."""
    return GradientStep(rate)


def momentum_step(rate: float, beta: float) -> MomentumStep:
    """The heavy-ball step; ValueError unless `rate` is finite and positive and 0 <= beta < 1."""
    return MomentumStep(rate, beta)


def newton_step() -> NewtonStep:
    """Newton's step. `descend` takes `newton_step` and `newton_step()` alike."""
    return NewtonStep()


def step_named(name: str, rate: float | None = None, beta: float | None = None) -> Step:
    """The rule of a name, with a learning rate and a momentum where it has them.

    Raises:
        ValueError: there is no such rule, or it lacks a number.
    """
    if name == "newton":
        return newton_step()
    if name not in NAMES:
        raise ValueError(f"expected a step of {', '.join(NAMES)}, found {name!r}")
    if rate is None:
        raise ValueError(f"rate: expected a number for a {name} step, found none")
    if name == "gradient":
        return gradient_step(rate)
    if beta is None:
        raise ValueError(f"beta: expected a number for a {name} step, found none")
    return momentum_step(rate, beta)


def solve(matrix: Any, vector: Any) -> Any:
    """Solve a small linear system by elimination with pivoting, in the arithmetic of its entries.

    numpy's solver knows no mpmath numbers. Shapes (d, d) and (d,); nan if singular.
    """
    a = [[*row, b] for row, b in zip(matrix, vector, strict=True)]
    d = len(a)
    with np.errstate(all="ignore"):
        for i in range(d):
            pivot = max(range(i, d), key=lambda k: abs(a[k][i]))
            a[i], a[pivot] = a[pivot], a[i]
            if a[i][i] == 0:
                return np.full(d, math.nan)
            for k in range(i + 1, d):
                factor = a[k][i] / a[i][i]
                a[k] = [p - factor * q for p, q in zip(a[k], a[i], strict=True)]
        x: list[Any] = [None] * d
        for i in reversed(range(d)):
            x[i] = a[i][d]
            for j in range(i + 1, d):
                x[i] = x[i] - a[i][j] * x[j]
            x[i] = x[i] / a[i][i]
    return np.array(x)


def _check_rate(rate: float) -> None:
    try:
        good = math.isfinite(rate) and rate > 0
    except TypeError:
        good = False
    if not good:
        raise ValueError(f"rate must be a finite positive number, not {rate!r}")
