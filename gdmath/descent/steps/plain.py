"""Rules of one constant rate: the gradient's, and two that keep a velocity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gdmath.descent.steps.rule import Here, check_positive, check_share


@dataclass(frozen=True)
class GradientStep:
    """x - rate * gradient: the plain step downhill (Cauchy 1847)."""

    rate: float
    name = "gradient"
    linear = steady = True

    def __post_init__(self) -> None:
        check_positive(self.rate, "rate")

    def advance(self, here: Here, memory: Any) -> tuple[Any, Any]:  # noqa: ARG002 (a Step's)
        """The next point; nothing is remembered."""
        return here.point - here.number(self.rate) * here.gradient, None


@dataclass(frozen=True)
class MomentumStep:
    """Polyak's heavy ball (1964): v = beta*v + gradient, then x - rate*v, from v = 0.

    PyTorch's SGD with `momentum` and no `dampening` is this rule; with dampening τ its gradient
    enters v times 1 - τ, but for the first step, where v is the whole gradient.
    """

    rate: float
    beta: float
    name = "momentum"
    linear = steady = True

    def __post_init__(self) -> None:
        check_positive(self.rate, "rate")
        check_share(self.beta, "beta")

    def advance(self, here: Here, memory: Any) -> tuple[Any, Any]:
        """The next point, and the velocity."""
        old = 0 * here.gradient if memory is None else memory
        velocity = here.number(self.beta) * old + here.gradient
        return here.point - here.number(self.rate) * velocity, velocity


@dataclass(frozen=True)
class NesterovStep:
    """Nesterov's accelerated gradient (1983), beta constant, seen where it takes the gradient.

    v = beta*v + gradient, then x - rate*(gradient + beta*v), from v = 0: the form of Sutskever et
    al. (2013) that PyTorch and optax compute. Nesterov writes two sequences, z = y - rate*∇f(y),
    the step, and y' = z' + beta*(z' - z), the look ahead from which the next is taken. The
    iterates here are the y: with z = y + rate*beta*v his lines become these.
    """

    rate: float
    beta: float
    name = "nesterov"
    linear = steady = True

    def __post_init__(self) -> None:
        check_positive(self.rate, "rate")
        check_share(self.beta, "beta")

    def advance(self, here: Here, memory: Any) -> tuple[Any, Any]:
        """The next point, and the velocity."""
        rate, beta = here.number(self.rate), here.number(self.beta)
        old = 0 * here.gradient if memory is None else memory
        velocity = beta * old + here.gradient
        return here.point - rate * (here.gradient + beta * velocity), velocity


def gradient_step(rate: float) -> GradientStep:
    """The step of gradient descent; ValueError unless `rate` is finite and positive."""
    return GradientStep(rate)


def momentum_step(rate: float, beta: float) -> MomentumStep:
    """The heavy-ball step; ValueError unless `rate` is finite and positive and 0 <= beta < 1."""
    return MomentumStep(rate, beta)


def nesterov_step(rate: float, beta: float) -> NesterovStep:
    """Nesterov's step; ValueError unless `rate` is finite and positive and 0 <= beta < 1."""
    return NesterovStep(rate, beta)
