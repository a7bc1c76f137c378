"""Rules with a rate for each coordinate, from the squares of its slopes so far.

In all three ε stands outside the root, as in the papers and in PyTorch; optax has it inside for
AdaGrad, and for RMSProp unless told otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gdmath.descent.steps.rule import (
    Here,
    check_not_negative,
    check_positive,
    check_share,
    of_count,
)


@dataclass(frozen=True)
class AdaGradStep:
    """AdaGrad (Duchi, Hazan, Singer 2011): s = s + g², then x - rate * g/(√s + epsilon).

    s begins at `initial`: 0 in the paper and in PyTorch, 0.1 in optax.
    """

    rate: float
    epsilon: float = 1e-10
    initial: float = 0.0
    name = "adagrad"

    def __post_init__(self) -> None:
        check_positive(self.rate, "rate")
        check_positive(self.epsilon, "epsilon")
        check_not_negative(self.initial, "initial")

    def advance(self, here: Here, memory: Any) -> tuple[Any, Any]:
        """The next point, and the sum of the squares (d,)."""
        rate, epsilon = here.number(self.rate), here.number(self.epsilon)
        g = here.gradient
        old = 0 * g + here.number(self.initial) if memory is None else memory
        squares = old + g * g
        return here.point - rate * (g / (np.sqrt(squares) + epsilon)), squares


@dataclass(frozen=True)
class RMSPropStep:
    """RMSProp (Hinton's lecture 6e, 2012): v = decay*v + (1 - decay)*g², x - rate * g/(√v + ε).

    v begins at 0, as in PyTorch and optax. The lecture has decay 0.9 and no ε; PyTorch's default
    is 0.99, optax's 0.9.
    """

    rate: float
    decay: float = 0.9
    epsilon: float = 1e-8
    name = "rmsprop"
    steady = True

    def __post_init__(self) -> None:
        check_positive(self.rate, "rate")
        check_share(self.decay, "decay")
        check_positive(self.epsilon, "epsilon")

    def advance(self, here: Here, memory: Any) -> tuple[Any, Any]:
        """The next point, and the mean of the squares (d,)."""
        rate, decay, epsilon = map(here.number, (self.rate, self.decay, self.epsilon))
        g = here.gradient
        old = 0 * g if memory is None else memory
        squares = decay * old + (1 - decay) * (g * g)
        return here.point - rate * (g / (np.sqrt(squares) + epsilon)), squares


@dataclass(frozen=True)
class AdamStep:
    """Adam (Kingma, Ba 2015, algorithm 1), with its correction of the bias towards 0.

    m = β₁m + (1 - β₁)g and v = β₂v + (1 - β₂)g², both from 0; with k steps taken, this one
    included, x - rate * m/(1 - β₁ᵏ) / (√(v/(1 - β₂ᵏ)) + epsilon). PyTorch and optax (its
    `eps_root` being 0) compute the same in another order.
    """

    rate: float
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    name = "adam"

    def __post_init__(self) -> None:
        check_positive(self.rate, "rate")
        check_share(self.beta1, "beta1")
        check_share(self.beta2, "beta2")
        check_positive(self.epsilon, "epsilon")

    def steady(self, memory: Any) -> bool:
        """Whether both corrections have become 1 to the last bit."""
        k = memory[0] if memory else 0
        return all(1 - float(beta) ** k == 1 for beta in (self.beta1, self.beta2))

    def advance(self, here: Here, memory: Any) -> tuple[Any, Any]:
        """The next point; the steps so far, the mean of the slopes (d,), that of their squares."""
        beta1, beta2 = here.number(self.beta1), here.number(self.beta2)
        g = here.gradient
        taken, mean, squares = (0, 0 * g, 0 * g) if memory is None else memory
        k = taken + 1
        mean = beta1 * mean + (1 - beta1) * g
        squares = beta2 * squares + (1 - beta2) * (g * g)
        unbiased = mean / of_count(k, lambda k: 1 - beta1**k)
        scale = np.sqrt(squares / of_count(k, lambda k: 1 - beta2**k))
        way = unbiased / (scale + here.number(self.epsilon))
        return here.point - here.number(self.rate) * way, (k, mean, squares)


def adagrad_step(rate: float, epsilon: float = 1e-10, initial: float = 0.0) -> AdaGradStep:
    """AdaGrad's step.

    Raises ValueError unless `rate` and `epsilon` are finite and positive, `initial` at least 0.
    """
    return AdaGradStep(rate, epsilon, initial)


def rmsprop_step(rate: float, decay: float = 0.9, epsilon: float = 1e-8) -> RMSPropStep:
    """RMSProp's step.

    Raises ValueError unless `rate` and `epsilon` are finite and positive and 0 <= decay < 1.
    """
    return RMSPropStep(rate, decay, epsilon)


def adam_step(
    rate: float, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8
) -> AdamStep:
    """Adam's step.

    Raises ValueError unless `rate` and `epsilon` are finite and positive, both betas in [0, 1).
    """
    return AdamStep(rate, beta1, beta2, epsilon)
