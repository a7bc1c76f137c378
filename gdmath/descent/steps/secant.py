"""Rates from the step before: what the gradient gained over it tells how curved the field is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gdmath.descent.steps.rule import Here, check_positive, dot, pick

LENGTHS = ("long", "short")


@dataclass(frozen=True)
class BarzilaiBorweinStep:
    """x - α * gradient with the α of Barzilai and Borwein (1988), from the last step's secant.

    With s and y what point and gradient have gained since the point before, α fits the secant
    equation y = s/α as nearly as it can ("long", α = s·s/s·y, often called BB1), or s = α y
    ("short", s·y/y·y, BB2). The first step has `rate`, and so has each after a step along which
    the field does not bend upward, s·y <= 0, where the α of the formula would lead uphill (Raydan
    1997 guards the method likewise).
    """

    rate: float
    length: str = "long"
    name = "barzilai_borwein"
    steady = True

    def __post_init__(self) -> None:
        check_positive(self.rate, "rate")
        if self.length not in LENGTHS:
            raise ValueError(f"length must be {' or '.join(LENGTHS)}, not {self.length!r}")

    def advance(self, here: Here, memory: Any) -> tuple[Any, Any]:
        """The next point; this one and its gradient."""
        x, g, rate = here.point, here.gradient, here.number(self.rate)
        if memory is not None:
            s, y = x - memory[0], g - memory[1]
            bends = here.decide(dot(s, y) > 0)
            other = s if self.length == "long" else y
            rate = pick(bends, dot(s, other) / pick(bends, dot(other, y), 1), rate)
        return x - rate * g, (x, g)


def barzilai_borwein_step(rate: float, length: str = "long") -> BarzilaiBorweinStep:
    """The step of Barzilai and Borwein; the first has the length `rate` times the gradient.

    Raises ValueError unless `rate` is finite and positive and `length` "long" or "short".
    """
    return BarzilaiBorweinStep(rate, length)
