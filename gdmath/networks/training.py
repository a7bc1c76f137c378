"""The loss of a network over given data, as a field of its parameters that `descend` walks down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import sympy as sp

from gdmath.fields.evaluation import BoolArray, FloatArray
from gdmath.fields.scalar_field import ScalarField
from gdmath.networks.activations import (
    COSTS,
    Cost,
    fused_log_loss,
    fused_log_loss_slope,
    fused_log_loss_symbolic,
)
from gdmath.networks.layers import Dense, Network, as_rows
from gdmath.networks.symbolic import last_sum, mean_cost

# Numbers held at once for one layer's outputs: beyond, points are taken in portions.
_AT_ONCE = 1_000_000
# Parameters × data up to which sympy is asked for the loss as one expression.
_SYMBOLIC = 1000


@dataclass(frozen=True, eq=False)
class TrainingLoss:
    """The mean over the data of what a network's outputs cost: a field of its d parameters.

    `data_x` (n, inputs) and `data_y` (n, outputs), or (n,) where that is 1, are float64 and
    become read-only. `cost` is "squared error", (p - y)², or "log loss", -y log p -
    (1 - y) log(1 - p), which needs targets in [0, 1]; of several outputs costs are added.

    Gradients are exact derivatives, by backpropagation, in float64; the Hessian is made of
    differences of them. The log loss of a sigmoid is taken from the sum before it, so that
    nothing overflows; of other activations it has a value where all outputs are in (0, 1).
    `descend` takes it as it takes a ScalarField. What needs an expression (`certify`, slices,
    stationary points) takes `symbolic()`, for small networks.

    Raises ValueError for data that do not fit the network or each other, or are not finite.
    """

    network: Network
    data_x: FloatArray
    data_y: FloatArray
    cost: str = "squared error"

    def __post_init__(self) -> None:
        if not isinstance(self.network, Network):
            raise ValueError(f"network must be a Network, not {self.network!r}")
        if self.cost not in COSTS:
            raise ValueError(f"cost must be one of {', '.join(COSTS)}, not {self.cost!r}")
        x = self.network.checked_inputs(self.data_x, "data_x")
        y = as_rows(self.data_y, self.network.outputs, "data_y")
        if len(x) != len(y) or not len(x):
            raise ValueError(f"data_y must have as many rows as data_x, not {len(y)} and {len(x)}")
        for argument, data in (("data_x", x), ("data_y", y)):
            if not np.isfinite(data).all():
                raise ValueError(f"{argument} must be finite")
            frozen = data.copy()
            frozen.setflags(write=False)
            object.__setattr__(self, argument, frozen)
        if self._cost.needs_probability and not ((y >= 0) & (y <= 1)).all():
            raise ValueError("data_y must be in [0, 1] for the log loss")

    @property
    def name(self) -> str:
        """The loss in words: "log loss of a 2-4-1 network (tanh, sigmoid) over 40 points"."""
        return f"{self.cost} of a {self.network.name} over {len(self.data_x)} points"

    @property
    def dimension(self) -> int:
        """The number d of parameters."""
        return self.network.size

    @property
    def variables(self) -> tuple[sp.Symbol, ...]:
        """The parameters' names as symbols, in the order of the coordinates."""
        return tuple(sp.Symbol(name) for name in self.network.parameter_names)

    @property
    def expr(self) -> sp.Expr:
        """There is none: always a ValueError that says what to do instead."""
        raise ValueError(f"the {self.name} has no expression: take its symbolic(), if it is small")

    def __call__(self, *coordinates: npt.ArrayLike) -> Any:
        """The loss at the coordinates, one argument a parameter; they broadcast."""
        if len(coordinates) != self.dimension:
            raise ValueError(
                f"coordinates must be {self.dimension} (one a variable), not {len(coordinates)}"
            )
        value = self.at(np.stack(np.broadcast_arrays(*coordinates), axis=-1))
        plain = value.ndim == 0 and not any(isinstance(c, np.ndarray) for c in coordinates)
        return float(value) if plain else value

    def at(self, points: npt.ArrayLike) -> FloatArray:
        """The loss (...) at points (..., d); nan outside the domain, inf where it overflows."""
        values: FloatArray = self._in_portions(self._value, points)
        return values

    def gradient(self, points: npt.ArrayLike) -> FloatArray:
        """The gradient (..., d) at points (..., d); nan outside the domain."""
        gradients: FloatArray = self._in_portions(self._gradient, points)
        return gradients

    def hessian(self, points: npt.ArrayLike) -> FloatArray:
        """The Hessian (..., d, d): central differences of the gradient, good to some 9 digits."""
        p = self.network.checked(points)
        shifts = 1e-5 * np.maximum(1.0, abs(p))[..., np.newaxis] * np.eye(self.dimension)
        ahead, behind = p[..., np.newaxis, :] + shifts, p[..., np.newaxis, :] - shifts
        with np.errstate(all="ignore"):
            width = np.diagonal(ahead - behind, axis1=-2, axis2=-1)[..., np.newaxis]
            rows = (self.gradient(ahead) - self.gradient(behind)) / width
        return np.asarray((rows + np.swapaxes(rows, -1, -2)) / 2)

    def contains(self, points: npt.ArrayLike) -> BoolArray:
        """Whether each of the points (..., d) is finite and the loss is defined there."""
        inside: BoolArray = self._in_portions(self._inside, points)
        return inside

    def explain(self, point: npt.ArrayLike) -> str:
        """Why one point (d,) is outside the domain, or ""."""
        if self.contains(point):
            return ""
        return "the log loss needs all outputs between 0 and 1"

    def predict(self, point: npt.ArrayLike, x: npt.ArrayLike) -> FloatArray:
        """The network's outputs (..., n, outputs) for inputs x (n, inputs)."""
        return self.network.predict(point, x)

    def accuracy(self, points: npt.ArrayLike) -> FloatArray:
        """The share (...) of targets for which output and target are on one side of 1/2."""
        shares: FloatArray = self._in_portions(self._accuracy, points)
        return shares

    def symbolic(self) -> ScalarField:
        """The same loss as an exact field, its data taken as the decimals they are written as.

        Of one neuron with squared error and no activation it is a quadratic polynomial. Raises
        ValueError where parameters × data are more than 1000: sympy would not end.
        """
        if self.dimension * len(self.data_x) > _SYMBOLIC:
            raise ValueError(f"the {self.name} is too large to be one expression")
        cost = fused_log_loss_symbolic if self._is_fused else self._cost.symbolic
        loss = mean_cost(
            self.network, self.variables, self.data_x, self.data_y, cost, of_sums=self._is_fused
        )
        return ScalarField(loss, self.variables, name=self.name)

    def border(self, point: npt.ArrayLike) -> ScalarField:
        """What the activation of the network's only output is given, over its inputs x1, x2 and on.

        Where it is 0 a sigmoid is 1/2: there is the border between two classes. The parameters are
        `point` (d,). Raises ValueError if the network has several outputs.
        """
        if self.network.outputs != 1:
            raise ValueError(f"expected a network of one output, found {self.network.outputs}")
        inputs = sp.symbols(f"x1:{self.network.inputs + 1}")
        parameters = self.network.checked(point)
        return ScalarField(last_sum(self.network, parameters, inputs), inputs)

    @property
    def recipe(self) -> dict[str, Any]:
        """Layers, cost and data as plain lists and texts, from which `from_recipe` makes it."""
        return {
            "layers": [[a.inputs, a.outputs, a.activation] for a in self.network.layers],
            "cost": self.cost,
            "data_x": self.data_x.tolist(),
            "data_y": self.data_y.tolist(),
        }

    @classmethod
    def from_recipe(cls, recipe: dict[str, Any]) -> Self:
        """The loss of which that is the recipe."""
        network = Network(tuple(Dense(*layer) for layer in recipe["layers"]))
        return cls(network, recipe["data_x"], recipe["data_y"], recipe["cost"])

    @property
    def _cost(self) -> Cost:
        return COSTS[self.cost]

    @property
    def _is_fused(self) -> bool:
        return self._cost.needs_probability and self.network.layers[-1].activation == "sigmoid"

    def _in_portions(self, work: Callable[[FloatArray], Any], points: npt.ArrayLike) -> Any:
        """`work` on points (m, d) at a time, few enough that their outputs fit in memory."""
        p = self.network.checked(points)
        flat = p.reshape(-1, self.dimension)
        widest = max(layer.outputs for layer in self.network.layers)
        portion = max(1, _AT_ONCE // (widest * len(self.data_x)))
        with np.errstate(all="ignore"):
            parts = [work(flat[lo : lo + portion]) for lo in range(0, max(1, len(flat)), portion)]
        joined = np.concatenate(parts)
        return joined.reshape(p.shape[:-1] + joined.shape[1:])

    def _forwards(self, p: FloatArray) -> tuple[list[tuple[FloatArray, FloatArray]], Any, Any]:
        pairs = self.network.unpack(p)
        sums = self.network.sums(pairs, self.data_x)
        return pairs, sums, self.network.layers[-1].function.value(sums[-1])

    def _value(self, p: FloatArray) -> FloatArray:
        _, sums, outputs = self._forwards(p)
        if self._is_fused:
            costs = fused_log_loss(sums[-1], self.data_y)
        else:
            costs = self._cost.value(outputs, self.data_y)
        value = costs.sum(axis=(-2, -1)) / len(self.data_x)
        return np.where(self._defined(p, outputs), value, np.nan)

    def _gradient(self, p: FloatArray) -> FloatArray:
        pairs, sums, outputs = self._forwards(p)
        if self._is_fused:
            slope = fused_log_loss_slope(sums[-1], self.data_y)
        else:
            slope = self._cost.slope(outputs, self.data_y)
            slope = slope * self.network.layers[-1].function.slope(sums[-1])
        slope = slope / len(self.data_x)
        gradient = self.network.backwards(pairs, self.data_x, sums, slope)
        return np.where(self._defined(p, outputs)[:, np.newaxis], gradient, np.nan)

    def _inside(self, p: FloatArray) -> BoolArray:
        return self._defined(p, self._forwards(p)[2])

    def _accuracy(self, p: FloatArray) -> FloatArray:
        right = (self._forwards(p)[2] > 0.5) == (self.data_y > 0.5)
        return np.asarray(right.mean(axis=(-2, -1)))

    def _defined(self, p: FloatArray, outputs: FloatArray) -> BoolArray:
        defined: BoolArray = np.asarray(np.isfinite(p).all(axis=-1))
        if self._cost.needs_probability and not self._is_fused:
            defined &= ((outputs > 0) & (outputs < 1)).all(axis=(-2, -1))
        return defined
