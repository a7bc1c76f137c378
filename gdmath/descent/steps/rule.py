"""What every step rule is and may look at, and the few operations that rules share.

A rule is a frozen dataclass with a `name`, a `rate` and one method, `advance`, written so that the
same line computes with float64 arrays, with arrays of mpmath numbers, and for many walks at once:
coordinates come first, so that a point (d,) may as well be d rows of m walks, (d, m).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

Number = Callable[[float], Any]


@dataclass(frozen=True)
class Here:
    """What a step may look at: the point (d,), its gradient (d,), Hessian, values, the arithmetic.

    `hessian()` and `value(point)` are functions, so that only rules that need them pay for them;
    `value` is nan outside the domain. `number` turns a parameter of the step into the arithmetic
    of the point: float, or the exact decimal in mpmath. `decisions` are the answers to what the
    rule asked with `decide`: where exact arithmetic answers otherwise, it is on another walk.
    """

    point: Any
    gradient: Any
    hessian: Callable[[], Any]
    value: Callable[[Any], Any]
    number: Number = float
    decisions: list[Any] = field(default_factory=list)

    def decide(self, condition: Any) -> Any:
        """The condition, bool, written down: what the rule does next depends on it."""
        self.decisions.append(condition)
        return condition


class Step(Protocol):
    """A rule for the next iterate.

    Some say more of themselves, see `is_linear`, `is_steady` and `moves_on`.
    """

    @property
    def name(self) -> str:
        """What the rule is called."""

    @property
    def rate(self) -> float | None:
        """The learning rate that one chooses, the first if it changes; None if there is none."""

    def advance(self, here: Here, memory: Any) -> tuple[Any, Any]:
        """The next point, and what to remember for the step after it (None at the start).

        What is remembered is None, an array like the point, a count of steps (int), or a tuple.
        """


def is_linear(step: Step) -> bool:
    """Whether each step on a parabola is one and the same linear map of point and memory.

    What such a rule does there, by a factor a step, it does for ever.
    """
    return bool(getattr(step, "linear", False))


def is_steady(step: Step, memory: Any) -> bool:
    """Whether from this memory on no count of steps, and no sum that only grows, plays a part.

    Only then does a walk that is back where it was, with the same memory, go round for ever.
    """
    steady: Any = getattr(step, "steady", False)
    return bool(steady(memory) if callable(steady) else steady)


def moves_on(step: Step) -> bool:
    """Whether the rule gets as far as one likes where the slope does not end."""
    return bool(getattr(step, "moves_on", True))


def of_count(count: Any, function: Callable[[int], Any]) -> Any:
    """A number that depends on the count of steps alone; who compiles a rule asks for all at once.

    `count` is a whole number, or what stands for all of them and has a method `each`.
    """
    return function(count) if isinstance(count, int) else count.each(function)


def pick(condition: Any, one: Any, other: Any) -> Any:
    """`one` where the condition holds, else `other`, in any arithmetic; shapes () or (m,)."""
    return np.where(condition, one, other)[()]


def dot(one: Any, other: Any) -> Any:
    """The scalar product over the coordinates, (d,) or (d, m), added in their order."""
    total = one[0] * other[0]
    for a, b in zip(one[1:], other[1:], strict=True):
        total = total + a * b
    return total


def check_positive(number: Any, argument: str) -> None:
    """ValueError naming `argument` unless the number is finite and positive."""
    if not (_is_finite(number) and number > 0):
        raise ValueError(f"{argument} must be a finite positive number, not {number!r}")


def check_not_negative(number: Any, argument: str) -> None:
    """ValueError naming `argument` unless the number is finite and at least 0."""
    if not (_is_finite(number) and number >= 0):
        raise ValueError(f"{argument} must be a finite number, 0 or more, not {number!r}")


def check_share(number: Any, argument: str) -> None:
    """ValueError naming `argument` unless 0 <= number < 1."""
    if not (_is_finite(number) and 0 <= number < 1):
        raise ValueError(f"{argument} must be at least 0 and below 1, not {number}")


def check_between(number: Any, argument: str) -> None:
    """ValueError naming `argument` unless 0 < number < 1."""
    if not (_is_finite(number) and 0 < number < 1):
        raise ValueError(f"{argument} must be between 0 and 1, not {number!r}")


def check_period(number: Any, argument: str) -> None:
    """ValueError naming `argument` unless it is a whole number from 1."""
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise ValueError(f"{argument} must be a whole number, 1 or more, not {number!r}")


def _is_finite(number: Any) -> bool:
    try:
        return math.isfinite(number)
    except TypeError:
        return False
