"""The gradient's step with a rate that follows a plan; step k = 0, 1, … has the rate `at(k)`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Protocol

import mpmath

from gdmath.descent.steps.rule import (
    Here,
    Number,
    check_between,
    check_not_negative,
    check_period,
    check_positive,
    of_count,
)


class Schedule(Protocol):
    """A rate for each step."""

    @property
    def name(self) -> str:
        """What the schedule is called."""

    @property
    def rate(self) -> float:
        """The rate of the first step."""

    @property
    def moves_on(self) -> bool:
        """Whether the sum of all rates is infinite."""

    def steady(self, k: int) -> bool:
        """Whether the rate is the same from step k on."""

    def at(self, k: int, number: Number = float) -> Any:
        """The rate of step k, 0 being the first, in the arithmetic of `number`."""


@dataclass(frozen=True)
class StepDecay:
    """The rate times `factor` after every `every` steps: rate * factor^⌊k/every⌋."""

    rate: float
    every: int
    factor: float = 0.1
    name = "step"
    moves_on = False

    def __post_init__(self) -> None:
        check_positive(self.rate, "rate")
        check_period(self.every, "every")
        check_between(self.factor, "factor")

    def steady(self, k: int) -> bool:
        """Never."""
        return bool(self.at(k) == 0)

    def at(self, k: int, number: Number = float) -> Any:
        """The rate of step k."""
        return number(self.rate) * number(self.factor) ** (k // self.every)


@dataclass(frozen=True)
class ExponentialDecay:
    """The rate times `factor` at each step: rate * factor^k."""

    rate: float
    factor: float
    name = "exponential"
    moves_on = False

    def __post_init__(self) -> None:
        check_positive(self.rate, "rate")
        check_between(self.factor, "factor")

    def steady(self, k: int) -> bool:
        """Only when nothing is left of it."""
        return bool(self.at(k) == 0)

    def at(self, k: int, number: Number = float) -> Any:
        """The rate of step k."""
        return number(self.rate) * number(self.factor) ** k


@dataclass(frozen=True)
class CosineDecay:
    """From `rate` to `least` along half a wave of `steps` steps, and `least` from then on.

    least + (rate - least) * (1 + cos(π k/steps))/2: Loshchilov, Hutter 2017, without restarts.
    """

    rate: float
    steps: int
    least: float = 0.0
    name = "cosine"

    def __post_init__(self) -> None:
        check_positive(self.rate, "rate")
        check_period(self.steps, "steps")
        check_not_negative(self.least, "least")

    @property
    def moves_on(self) -> bool:
        """Whether something is left at the end."""
        return self.least > 0

    def steady(self, k: int) -> bool:
        """From the end of the wave on."""
        return k >= self.steps

    def at(self, k: int, number: Number = float) -> Any:
        """The rate of step k."""
        rate, least = number(self.rate), number(self.least)
        if k >= self.steps:
            return least
        return least + (rate - least) * (1 + _cosine_of_half_turns(number(k) / self.steps)) / 2


@dataclass(frozen=True)
class InverseDecay:
    """rate/(1 + decay*k): the sum of the rates is infinite, that of their squares is not.

    These are the conditions of Robbins and Monro (1951).
    """

    rate: float
    decay: float = 1.0
    name = "1/k"
    moves_on = True

    def __post_init__(self) -> None:
        check_positive(self.rate, "rate")
        check_positive(self.decay, "decay")

    def steady(self, k: int) -> bool:  # noqa: ARG002 (a Schedule's)
        """Never."""
        return False

    def at(self, k: int, number: Number = float) -> Any:
        """The rate of step k."""
        return number(self.rate) / (1 + number(self.decay) * k)


SCHEDULES: dict[str, Any] = {
    kind.name: kind for kind in (StepDecay, ExponentialDecay, CosineDecay, InverseDecay)
}
"""The schedules by their names."""


@dataclass(frozen=True)
class ScheduledStep:
    """x - schedule.at(k) * gradient, k = 0, 1, … being the steps so far."""

    schedule: Schedule
    name = "scheduled"

    def __post_init__(self) -> None:
        if not hasattr(self.schedule, "at"):
            raise ValueError(
                f"schedule must be a schedule such as ExponentialDecay(0.1, 0.99), "
                f"not {self.schedule!r}"
            )

    @property
    def rate(self) -> float:
        """The rate of the first step."""
        return self.schedule.rate

    @property
    def moves_on(self) -> bool:
        """Whether the sum of its rates is infinite."""
        return self.schedule.moves_on

    def steady(self, memory: Any) -> bool:
        """Whether the rate is the same from here on."""
        return self.schedule.steady(memory or 0)

    def advance(self, here: Here, memory: Any) -> tuple[Any, Any]:
        """The next point, and the steps so far."""
        k = 0 if memory is None else memory
        rate = of_count(k, lambda k: self.schedule.at(k, here.number))
        return here.point - rate * here.gradient, k + 1


def scheduled_step(schedule: Schedule) -> ScheduledStep:
    """The gradient's step with the rates of a schedule; ValueError for anything else."""
    return ScheduledStep(schedule)


def _cosine_of_half_turns(share: Any) -> Any:
    """cos(π·share) of a float or an mpmath number."""
    if isinstance(share, mpmath.mpf):
        return mpmath.cospi(share)
    return math.cos(math.pi * share)
