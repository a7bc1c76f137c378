"""Activations and costs: values, exact derivatives, and the same in sympy.

Every formula is written so that nothing overflows and no digits cancel, however large the
argument: exponentials are taken of -|z| only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy as sp

from gdmath.fields.evaluation import FloatArray

Elementwise = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True)
class Activation:
    """A function of one number, elementwise, with its derivative."""

    name: str
    value: Elementwise
    slope: Elementwise
    symbolic: Callable[[Any], Any]


@dataclass(frozen=True)
class Cost:
    """What one prediction p costs where y was right, elementwise, with its derivative by p."""

    name: str
    value: Callable[[FloatArray, FloatArray], FloatArray]
    slope: Callable[[FloatArray, FloatArray], FloatArray]
    symbolic: Callable[[Any, Any], Any]
    needs_probability: bool


def sigmoid(z: FloatArray) -> FloatArray:
    """1/(1 + exp(-z))."""
    small = np.exp(-abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


def _sigmoid_slope(z: FloatArray) -> FloatArray:
    return sigmoid(z) * sigmoid(-z)


def _tanh_slope(z: FloatArray) -> FloatArray:
    # 1 - tanh² loses all its digits where tanh is nearly 1; 4σ(2z)σ(-2z) none.
    return 4.0 * _sigmoid_slope(2.0 * z)


def _relu_slope(z: FloatArray) -> FloatArray:
    return np.where(z > 0, 1.0, 0.0)


def _softplus(z: FloatArray) -> FloatArray:
    return np.maximum(z, 0.0) + np.log1p(np.exp(-abs(z)))


def fused_log_loss(z: FloatArray, y: FloatArray) -> FloatArray:
    """The log loss of sigmoid(z), straight from z: no log of a number that rounded to 0."""
    return y * _softplus(-z) + (1.0 - y) * _softplus(z)


def fused_log_loss_slope(z: FloatArray, y: FloatArray) -> FloatArray:
    """Its derivative by z, which is sigmoid(z) - y."""
    return (1.0 - y) * sigmoid(z) - y * sigmoid(-z)


def fused_log_loss_symbolic(z: Any, y: Any) -> Any:
    """The same in sympy."""
    return sp.log(1 + sp.exp(-z)) + (1 - y) * z


ACTIVATIONS = {
    activation.name: activation
    for activation in (
        Activation("identity", lambda z: z, np.ones_like, lambda z: z),
        Activation("sigmoid", sigmoid, _sigmoid_slope, lambda z: 1 / (1 + sp.exp(-z))),
        Activation("tanh", np.tanh, _tanh_slope, sp.tanh),
        # Its derivative at 0 is taken to be 0; sympy's, of (z + |z|)/2, is 1/2 there.
        Activation("relu", lambda z: np.maximum(z, 0.0), _relu_slope, lambda z: (z + abs(z)) / 2),
    )
}

COSTS = {
    cost.name: cost
    for cost in (
        Cost(
            "squared error",
            lambda p, y: (p - y) ** 2,
            lambda p, y: 2.0 * (p - y),
            lambda p, y: (p - y) ** 2,
            needs_probability=False,
        ),
        Cost(
            "log loss",
            lambda p, y: -(y * np.log(p) + (1.0 - y) * np.log1p(-p)),
            lambda p, y: (p - y) / (p * (1.0 - p)),
            lambda p, y: -(y * sp.log(p) + (1 - y) * sp.log(1 - p)),
            needs_probability=True,
        ),
    )
}
