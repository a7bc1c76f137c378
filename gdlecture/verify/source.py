"""What the recipes of facts are taken from: a clip's walks and fields, and other facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from gdmath import Step, step_named


class FactError(ValueError):
    """A fact cannot be taken again; the message says why."""


class Source(Protocol):
    """A clip's record, as recipes ask it; each method raises `FactError` if there is no such."""

    evidence: Any

    def walk(self, of: Any) -> Any:
        """The walk of that name, or of that recipe."""

    def field(self, of: Mapping[str, Any]) -> Any:
        """The field of a walk, or of a function in text."""

    def retake(self, fact: Any) -> Any:
        """What a fact is, taken again."""

    def value(self, fact: Any) -> float:
        """What a fact is, taken again, if that is a number."""

    def place(self, place: Sequence[Any]) -> NDArray[np.float64]:
        """The coordinates of a place, nan where it has none."""


def step_of(told: Mapping[str, Any]) -> Step:
    """The step that a recipe of walks tells.

    Raises:
        ValueError: gdmath knows none like that.
    """
    return step_named(told["step"], told["rate"], told.get("beta"), told.get("settings"))
