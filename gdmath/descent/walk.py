"""What a descent leaves behind: every point, and how it ended."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

from gdmath import display
from gdmath.descent.steps import Step
from gdmath.fields.evaluation import FloatArray
from gdmath.fields.scalar_field import ScalarField, Window
from gdmath.stationary.kinds import Kind


class Verdict(Enum):
    """How a walk ended. Each is earned; what is not known is not said."""

    CONVERGED = "converged"
    """The slope is below the tolerance and a minimum lies as near as the tolerance says.

    Without a tolerance: the walk has come as near to a minimum as float64 can tell."""
    STOPPED = "stopped"
    """As CONVERGED, but what lies there is no minimum: `ending.kind` says what."""
    OSCILLATING = "oscillating"
    """It ends in a cycle, or moves about for ever within bounds without contraction."""
    DIVERGED = "diverged"
    """The iterates leave every bound, and f rises."""
    FALLING = "falling"
    """The iterates leave every bound, and f falls below every bound."""
    LEFT_DOMAIN = "left the domain"
    """The last point has no value."""
    STUCK = "stuck"
    """The slope is zero, or below the tolerance, at the start, and no minimum is there."""
    NO_STEP = "no step"
    """Newton's system is singular at the last point: the rule names no next point."""
    BUDGET_SPENT = "budget spent"
    """All steps were taken and none of the others holds: `ending.trend` says what is to come."""


class Trend(Enum):
    """Where a walk was heading when its steps were spent."""

    APPROACHING = "approaching"
    """Its rule, carried on, closes in on a point: `ending.factor`, `ending.more_steps`."""
    LEAVING = "leaving"
    """Its rule, carried on, goes away: to a cycle, out of the domain, or out of every bound."""
    UNDECIDED = "undecided"
    """Neither could be shown."""


@dataclass(frozen=True)
class Minimum:
    """A minimum (d,), its value, and whether a lower one is known.

    `is_lowest` says that nothing lower was seen where one looked: on a grid over `looked`, (low,
    high) for each variable, and along a few lines far beyond it. It is an observation.
    """

    point: tuple[float, ...]
    value: float
    is_lowest: bool
    looked: Window


@dataclass(frozen=True)
class Ending:
    """What is known of the end of a walk; None is what does not apply or is not known.

    `kind` of the stationary point where the walk is, or to which it leads. `period` of the cycle
    in steps. `trend` of a walk whose steps were spent; if it approaches, by which `factor` a step
    its distance shrinks (1 if it shrinks more slowly than every geometric series) and how many
    more steps it would take to arrive. `minimum` is the one where it is, or to which it leads.
    """

    kind: Kind | None = None
    period: int | None = None
    trend: Trend | None = None
    factor: float | None = None
    more_steps: int | None = None
    minimum: Minimum | None = None

    def record(self) -> dict[str, Any]:
        """It as plain data, for a file; `of` reads it."""
        return {
            "kind": self.kind and self.kind.value,
            "period": self.period,
            "trend": self.trend and self.trend.value,
            "factor": self.factor,
            "more_steps": self.more_steps,
            "minimum": self.minimum and dataclasses.asdict(self.minimum),
        }

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Ending:
        """The ending that a record tells.

        Raises:
            ValueError: a kind or a trend in it is none.
        """
        kind, trend, lowest = (record.get(key) for key in ("kind", "trend", "minimum"))
        return cls(
            kind=None if kind is None else Kind(kind),
            period=record.get("period"),
            trend=None if trend is None else Trend(trend),
            factor=record.get("factor"),
            more_steps=record.get("more_steps"),
            minimum=None if lowest is None else Minimum(**lowest),
        )


@dataclass(frozen=True, eq=False)
class Walk:
    """The record of one descent of n steps; arrays are float64 and read-only.

    `points` (n+1, d), `values` (n+1,), `gradients` (n+1, d); row k is iterate k, row 0 the start.
    `stopped_at` is the index of the last row. Points are always finite; the values and
    gradients of the last one are nan if it left the domain, and infinite where the true ones are
    beyond float64. `steps` is the budget, `tolerance` the bound on each gradient component or
    None. `memory` is what the rule would remember for the next step. Verdict and ending are
    worked out when they are first asked for, by `judge`.
    """

    field: ScalarField
    step: Step
    start: tuple[float, ...]
    steps: int
    tolerance: float | None
    points: FloatArray
    values: FloatArray
    gradients: FloatArray
    stopped_at: int
    memory: Any = dataclasses.field(repr=False)
    judge: Callable[[Walk], tuple[Verdict, Ending]] = dataclasses.field(repr=False)

    @property
    def verdict(self) -> Verdict:
        """How it ended."""
        return self._judged[0]

    @property
    def ending(self) -> Ending:
        """What is known of its end, beside the verdict."""
        return self._judged[1]

    @cached_property
    def _judged(self) -> tuple[Verdict, Ending]:
        return self.judge(self)

    def table(self) -> Any:
        """A row an iterate: k, the point, f there and the parts of its gradient.

        A DataFrame where pandas is installed, else a list of dicts by the columns' names.
        """
        return display.table(self)

    def _repr_html_(self) -> str:
        return display.walk_html(self)

    @property
    def offender(self) -> FloatArray | None:
        """The first iterate that has no value, shape (d,), or None."""
        return None if self.field.contains(self.points[-1]) else self.points[-1]

    def first_below(self, tolerance: float) -> int | None:
        """The first k at which every gradient component is smaller than `tolerance`, or None."""
        below = (abs(self.gradients) < tolerance).all(axis=1)
        return int(below.argmax()) if below.any() else None
