"""What a clip may say: facts about its walks, asked for, written down, and refused if not so.

A caption's numbers come from here, and so do its adjectives: "faster", "at once", "below the
bound". What was asked for while a beat's words were made is kept with the beat, for whoever
checks them. It knows nothing of manim.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gdstage.look.rounding import floored, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gdmath import Verdict, Walk


class StoryError(ValueError):
    """The story says what is not so; the message says what, and what is so."""


@dataclass(frozen=True)
class Fact:
    """One thing that was said: what, of which walks, what it is, and how it was put.

    `what` is the name of the method of `Facts` that told it, with its settings.
    """

    what: str
    of: tuple[str, ...]
    value: Any
    said: str = ""

    def record(self) -> dict[str, Any]:
        """The fact as the evidence keeps it."""
        return {"what": self.what, "of": list(self.of), "value": self.value, "said": self.said}


class Facts:
    """Facts about walks known by their names; each that is asked for is `told`."""

    def __init__(self, walks: Mapping[str, Any]) -> None:
        self.walks = walks
        self.told: list[Fact] = []

    def collect(self) -> list[Fact]:
        """What was told since the last time, to be kept with the words that say it."""
        told, self.told = self.told, []
        return told

    # Numbers, as they are written

    def steps(self, name: str) -> str:
        """How many steps a walk took."""
        return self._tell("steps", name, self._walk(name).stopped_at)

    def coordinate(self, name: str, k: int, decimals: int, axis: int = 0) -> str:
        """A coordinate of iterate k, rounded; -1 is the last."""
        return self._number("coordinate", name, k, decimals, self._walk(name).points[k, axis])

    def value(self, name: str, k: int, decimals: int) -> str:
        """The field's value at iterate k, rounded."""
        return self._number("value", name, k, decimals, self._walk(name).values[k])

    def slope(self, name: str, k: int, decimals: int, axis: int = 0) -> str:
        """The slope at iterate k along an axis, rounded."""
        return self._number("slope", name, k, decimals, self._walk(name).gradients[k, axis])

    def length(self, name: str, k: int, decimals: int) -> str:
        """How far step k went, rounded."""
        points = self._walk(name).points
        length = float(np.linalg.norm(points[k] - points[k - 1]))
        return self._number("length of step", name, k, decimals, length)

    def number(self, what: str, value: float, decimals: int) -> str:
        """Another number, rounded, with what it is: "the stability bound"."""
        said = str(shown(float(value), decimals))
        self.told.append(Fact(what, (), float(value), said))
        return said

    def up_to(self, what: str, value: float, decimals: int) -> str:
        """A number rounded down, for what holds of all numbers up to it."""
        said = str(floored(value, decimals))
        self.told.append(Fact(what, (), float(value), said))
        return said

    # Statements that are so or not

    def ends(self, name: str, verdict: Verdict) -> bool:
        """Whether a walk ends so."""
        return self._hold(
            f"ends {verdict.name}", (name,), holds=self._walk(name).verdict is verdict
        )

    def faster(self, one: str, other: str) -> bool:
        """Whether one walk takes fewer steps than another."""
        fewer = self._walk(one).stopped_at < self._walk(other).stopped_at
        return self._hold("faster", (one, other), holds=fewer)

    def at_step(self, name: str, k: int) -> bool:
        """Whether a walk is over at step k."""
        return self._hold(f"over at step {k}", (name,), holds=self._walk(name).stopped_at == k)

    def crosses(self, name: str, place: float, axis: int = 0) -> bool:
        """Whether a walk jumps to and fro across a place, at every step of its first ten."""
        sides = self._walk(name).points[:11, axis] > place
        crossed = len(sides) > 1 and bool((sides[1:] != sides[:-1]).all())
        return self._hold(f"crosses {place:.6g}", (name,), holds=crossed)

    def shortens(self, name: str) -> bool:
        """Whether every step of a walk is shorter than the one before."""
        points = self._walk(name).points
        lengths = np.linalg.norm(points[1:] - points[:-1], axis=1)
        shorter = len(lengths) > 1 and bool((lengths[1:] < lengths[:-1]).all())
        return self._hold("ever shorter steps", (name,), holds=shorter)

    def falls(self, name: str) -> bool:
        """Whether every step of a walk leads to a lower value."""
        values = self._walk(name).values
        return self._hold("goes down", (name,), holds=bool((np.diff(values) < 0).all()))

    def less(self, what: str, one: float, other: float) -> bool:
        """Whether one number is less than another, with what that says: "α is below the bound"."""
        return self._hold(what, (), holds=bool(one < other), value=[float(one), float(other)])

    def require(self, statement: str, *, holds: bool) -> None:
        """See that something is so before it is said.

        Raises:
            StoryError: it is not.
        """
        self._hold(statement, (), holds=bool(holds))
        if not holds:
            raise StoryError(
                f"the story says “{statement}”, and it is not so; choose other numbers"
            )

    # How it is done

    def _walk(self, name: str) -> Walk:
        return self.walks[name]

    def _number(self, what: str, name: str, k: int, decimals: int, value: float) -> str:
        return self._tell(f"{what} at {k}", name, float(value), str(shown(float(value), decimals)))

    def _tell(self, what: str, name: str, value: Any, said: str = "") -> str:
        said = said or str(value)
        self.told.append(Fact(what, (name,), value, said))
        return said

    def _hold(self, what: str, of: tuple[str, ...], *, holds: bool, value: Any = None) -> bool:
        self.told.append(Fact(what, of, holds if value is None else value, "" if holds else "not"))
        return holds
