"""Dense layers and networks of them: parameters in one flat vector, forwards and backwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from gdmath.descent.arguments import check_count
from gdmath.fields.evaluation import FloatArray
from gdmath.networks.activations import ACTIVATIONS, Activation


@dataclass(frozen=True)
class Dense:
    """One layer: activation(W x + b), with W (outputs, inputs) and b (outputs,).

    `activation` is one of identity, sigmoid, tanh, relu; ReLU's derivative at 0 is taken as 0.
    Raises ValueError for any other, and for sizes that are not whole numbers from 1.
    """

    inputs: int
    outputs: int
    activation: str = "identity"

    def __post_init__(self) -> None:
        for argument in ("inputs", "outputs"):
            check_count(getattr(self, argument), argument)
            if getattr(self, argument) == 0:
                raise ValueError(f"{argument} must be at least 1")
        if self.activation not in ACTIVATIONS:
            names = ", ".join(ACTIVATIONS)
            raise ValueError(f"activation must be one of {names}, not {self.activation!r}")

    @property
    def size(self) -> int:
        """The number of parameters."""
        return self.outputs * (self.inputs + 1)

    @property
    def function(self) -> Activation:
        """The activation with its derivative."""
        return ACTIVATIONS[self.activation]


@dataclass(frozen=True)
class Network:
    """Dense layers, each taking what the one before puts out.

    Parameters are one vector (d,): layer by layer, W row by row and then b.
    Raises ValueError if `layers` is empty or the sizes of neighbours differ.
    """

    layers: tuple[Dense, ...]

    def __post_init__(self) -> None:
        layers = tuple(self.layers) if isinstance(self.layers, Sequence) else (self.layers,)
        if not layers or not all(isinstance(layer, Dense) for layer in layers):
            raise ValueError(f"layers must be one or more Dense layers, not {self.layers!r}")
        for before, after in pairwise(layers):
            if before.outputs != after.inputs:
                raise ValueError(
                    f"layers must fit: {before.outputs} outputs are no {after.inputs} inputs"
                )
        object.__setattr__(self, "layers", layers)

    @property
    def inputs(self) -> int:
        """The number of inputs."""
        return self.layers[0].inputs

    @property
    def outputs(self) -> int:
        """The number of outputs."""
        return self.layers[-1].outputs

    @property
    def size(self) -> int:
        """The number d of parameters."""
        return sum(layer.size for layer in self.layers)

    @property
    def name(self) -> str:
        """The network in a few characters: "2-4-1 network (tanh, sigmoid)"."""
        sizes = "-".join(str(n) for n in (self.inputs, *(layer.outputs for layer in self.layers)))
        return f"{sizes} network ({', '.join(layer.activation for layer in self.layers)})"

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """What the coordinates are called: of one neuron w, b or w1, w2, b; else w2_1_3, b2_1.

        w2_1_3 is the weight in layer 2, to output 1, from input 3.
        """
        if len(self.layers) == self.outputs == 1:
            weights = [f"w{i + 1}" for i in range(self.inputs)] if self.inputs > 1 else ["w"]
            return (*weights, "b")
        names: list[str] = []
        for k, layer in enumerate(self.layers, 1):
            outs, ins = range(1, layer.outputs + 1), range(1, layer.inputs + 1)
            names += [f"w{k}_{o}_{i}" for o in outs for i in ins]
            names += [f"b{k}_{o}" for o in outs]
        return tuple(names)

    def initial(self, seed: int = 0) -> FloatArray:
        """Parameters (d,) to start from: normal weights of variance 1/inputs (ReLU: 2), biases 0.

        The same seed gives the same numbers; no global random state is touched.
        """
        check_count(seed, "seed")
        rng = np.random.default_rng(seed)
        parts: list[FloatArray] = []
        for layer in self.layers:
            spread = np.sqrt((2.0 if layer.activation == "relu" else 1.0) / layer.inputs)
            parts += [rng.normal(0.0, spread, layer.outputs * layer.inputs)]
            parts += [np.zeros(layer.outputs)]
        return np.concatenate(parts)

    def unpack(self, parameters: npt.ArrayLike) -> list[tuple[FloatArray, FloatArray]]:
        """Weights (..., outputs, inputs) and biases (..., outputs) of each layer, as views."""
        p = self.checked(parameters)
        pairs: list[tuple[FloatArray, FloatArray]] = []
        at = 0
        for layer in self.layers:
            cut = at + layer.outputs * layer.inputs
            weights = p[..., at:cut].reshape(*p.shape[:-1], layer.outputs, layer.inputs)
            at += layer.size
            pairs.append((weights, p[..., cut:at]))
        return pairs

    def predict(self, parameters: npt.ArrayLike, x: npt.ArrayLike) -> FloatArray:
        """Outputs (..., n, outputs) for parameters (..., d) and inputs (n, inputs), or (n,)."""
        with np.errstate(all="ignore"):
            last = self.sums(self.unpack(parameters), self.checked_inputs(x))[-1]
            return self.layers[-1].function.value(last)

    def sums(self, pairs: list[tuple[FloatArray, FloatArray]], x: FloatArray) -> list[FloatArray]:
        """What each layer's activation is given: W x + b, (..., n, outputs)."""
        sums: list[FloatArray] = []
        for layer, (weights, biases) in zip(self.layers, pairs, strict=True):
            sums.append(x @ np.swapaxes(weights, -1, -2) + biases[..., np.newaxis, :])
            x = layer.function.value(sums[-1])
        return sums

    def backwards(
        self,
        pairs: list[tuple[FloatArray, FloatArray]],
        x: FloatArray,
        sums: list[FloatArray],
        slope: FloatArray,
    ) -> FloatArray:
        """The gradient (..., d) by all parameters, summed over the data.

        `slope` (..., n, outputs) is the derivative by the last layer's sums.
        """
        parts: list[FloatArray] = []
        for k in reversed(range(len(self.layers))):
            given = self.layers[k - 1].function.value(sums[k - 1]) if k else x
            by_weights = np.swapaxes(slope, -1, -2) @ given
            weights = self.layers[k].outputs * self.layers[k].inputs
            flat = by_weights.reshape(*by_weights.shape[:-2], weights)
            parts.insert(0, np.concatenate([flat, slope.sum(axis=-2)], axis=-1))
            if k:
                slope = (slope @ pairs[k][0]) * self.layers[k - 1].function.slope(sums[k - 1])
        return np.concatenate(parts, axis=-1)

    def checked(self, parameters: npt.ArrayLike) -> FloatArray:
        """The parameters as float64 (..., d); ValueError for any other shape."""
        p = _as_float(parameters, "parameters")
        if p.ndim == 0 or p.shape[-1] != self.size:
            raise ValueError(f"parameters must have shape (..., {self.size}), not {p.shape}")
        return p

    def checked_inputs(self, x: npt.ArrayLike, argument: str = "x") -> FloatArray:
        """The inputs as float64 (n, inputs); ValueError naming `argument` for any other shape."""
        return as_rows(x, self.inputs, argument)


def as_rows(values: npt.ArrayLike, width: int, argument: str) -> FloatArray:
    """Values as float64 (n, width), where (n,) will do for width 1; ValueError otherwise."""
    rows = _as_float(values, argument)
    if rows.ndim == 1 and width == 1:
        rows = rows[:, np.newaxis]
    if rows.ndim != 2 or rows.shape[1] != width:
        raise ValueError(f"{argument} must have shape (n, {width}), not {rows.shape}")
    return rows


def _as_float(values: npt.ArrayLike, argument: str) -> FloatArray:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{argument} must be real numbers, not {values!r}") from None
