"""What a descent leaves behind: every point, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from gdmath.descent.steps import Step
from gdmath.fields.evaluation import FloatArray
from gdmath.fields.scalar_field import ScalarField


class Verdict(Enum):
    """How a walk ended."""

    CONVERGED = "converged"
    """The gradient fell below the tolerance, or, without one, the iterates came to rest."""
    BUDGET_SPENT = "budget spent"
    """All steps were taken, and none of the other verdicts holds."""
    DIVERGED = "diverged"
    """A point, value or gradient overflowed, or the walk was running away uphill at the end."""
    LEFT_DOMAIN = "left the domain"
    """The last point has no value."""
    STUCK = "stuck"
    """The gradient is zero at the start, and the start is not a minimum."""
    OSCILLATING = "oscillating"
    """All steps were taken, and the walk keeps reversing without its steps getting shorter."""


@dataclass(frozen=True, eq=False)
class Walk:
    """The record of one descent of n steps; arrays are float64 and read-only.

    `points` (n+1, d), `values` (n+1,), `gradients` (n+1, d); row k is iterate k, row 0 the start.
    `stopped_at` is the index of the last row. Points are always finite; the values and
    gradients of the last one are nan if it left the domain, and may be infinite if it diverged.
    `steps` is the budget, `tolerance` the bound on each gradient component or None.
    """

    field: ScalarField
    step: Step
    start: tuple[float, ...]
    steps: int
    tolerance: float | None
    points: FloatArray
    values: FloatArray
    gradients: FloatArray
    verdict: Verdict
    stopped_at: int

    @property
    def offender(self) -> FloatArray | None:
        """The first iterate that has no value, shape (d,), or None."""
        return self.points[-1] if self.verdict is Verdict.LEFT_DOMAIN else None

    def first_below(self, tolerance: float) -> int | None:
        """The first k at which every gradient component is smaller than `tolerance`, or None."""
        below = (abs(self.gradients) < tolerance).all(axis=1)
        return int(below.argmax()) if below.any() else None
