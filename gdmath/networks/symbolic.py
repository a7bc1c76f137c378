"""A network's loss written out in sympy: the exact twin of small ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from gdmath.fields.evaluation import FloatArray
from gdmath.networks.layers import Network


def mean_cost(
    network: Network,
    parameters: tuple[sp.Symbol, ...],
    data_x: FloatArray,
    data_y: FloatArray,
    cost: Callable[[Any, Any], Any],
    *,
    of_sums: bool,
) -> sp.Expr:
    """The mean of `cost(output, target)`, or of `cost(sum before the output, target)`.

    Data are the decimals that their shortest text says; a polynomial is expanded.
    """
    total = sp.S.Zero
    for x, y in zip(data_x.tolist(), data_y.tolist(), strict=True):
        sums, outputs = _forwards(network, parameters, [_exact(c) for c in x])
        total += sum(map(cost, sums if of_sums else outputs, map(_exact, y)), sp.S.Zero)
    mean = total / len(data_x)
    return sp.expand(mean) if mean.is_polynomial(*parameters) else mean


def last_sum(network: Network, parameters: FloatArray, inputs: tuple[sp.Symbol, ...]) -> sp.Expr:
    """What the activation of a network's only output is given, for parameters (d,)."""
    (total,), _ = _forwards(network, tuple(map(_exact, parameters.tolist())), list(inputs))
    return total


def _forwards(
    network: Network, parameters: tuple[sp.Expr, ...], x: list[Any]
) -> tuple[list[Any], list[Any]]:
    """The sums and the outputs of the last layer for one input."""
    rest = iter(parameters)
    sums, values = x, x
    for layer in network.layers:
        weighted = [
            sum((next(rest) * value for value in values), sp.S.Zero) for _ in range(layer.outputs)
        ]
        sums = [total + next(rest) for total in weighted]
        values = [layer.function.symbolic(total) for total in sums]
    return sums, values


def _exact(number: float) -> sp.Rational:
    return sp.Rational(repr(number))
