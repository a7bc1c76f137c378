"""What the methods of descent are called, in words and in the record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

METHODS = {
    "newton": "newton", "gradient descent": "gradient", "momentum": "momentum",
    "nesterov": "nesterov", "adagrad": "adagrad", "rmsprop": "rmsprop", "adam": "adam",
    "step decay": "step decay", "exponential decay": "exponential decay",
    "cosine decay": "cosine decay", "inverse decay": "1/k decay", "backtracking": "backtracking",
    "barzilai–borwein": "barzilai_borwein", "damped newton": "damped_newton",
}  # fmt: skip
"""What methods are called, in small letters, and the names of their steps or schedules."""


def method_of(step: Any) -> str:
    """The name of a step's method: of a rate that follows a schedule, of the schedule."""
    schedule = getattr(step, "schedule", None)
    return f"{schedule.name} decay" if schedule else str(step.name)


def named_in(words: str) -> Iterator[str]:
    """The methods that some words name, of those that overlap the longest name."""
    names = "|".join(sorted(map(re.escape, METHODS), key=len, reverse=True))
    for found in re.finditer(rf"(?<!\w)({names})(?!\w)", words, re.IGNORECASE):
        yield METHODS[found[0].lower()]
