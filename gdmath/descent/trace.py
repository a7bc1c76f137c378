"""A step rule's own line, run on names instead of numbers: it leaves its operations behind.

So what is compiled is the rule itself, and no second writing of it. Rules that branch on values,
or look at a Hessian, cannot be traced.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gdmath.descent.steps import Here, Step


@dataclass(frozen=True)
class Line:
    """What one step does: `code` lines of Python, names of the next point and of the memory.

    It reads the point as v0, v1, …, the gradient as g0, g1, …, the memory as m0, m1, …, the
    numbers of the rule as p0, p1, … and what changes with the count of steps as w0, w1, …
    """

    code: tuple[str, ...]
    point: tuple[str, ...]
    memory: tuple[str, ...]


@dataclass(frozen=True)
class Traced:
    """A rule as its first step, and each later one, with its numbers.

    `numbers` (n,) are p0, p1, …; `tables` are functions of the count of steps, w0, w1, …, the
    first to be asked being that of the second step, 1.
    """

    first: Line
    later: Line
    numbers: tuple[float, ...]
    tables: tuple[Callable[[int], float], ...]

    @property
    def is_counted(self) -> bool:
        """Whether the steps are not all alike."""
        return bool(self.tables)


def traced(step: Step, dimension: int) -> Traced | None:
    """The rule's operations for points of so many coordinates; None where they depend on values."""
    notes = _Notes()
    try:
        first, memory = _line(notes, step, dimension, None)
        later, _ = _line(notes, step, dimension, _named(memory, _Names(notes)))
    except (TypeError, AttributeError):
        return None
    return Traced(first, later, tuple(notes.numbers), tuple(notes.tables))


@dataclass
class _Notes:
    """What is written down on the way."""

    code: list[str] = field(default_factory=list)
    numbers: list[float] = field(default_factory=list)
    tables: list[Callable[[int], float]] = field(default_factory=list)
    made: int = 0

    def name_of(self, value: Any) -> str:
        if isinstance(value, _Name):
            return value.text
        self.numbers.append(float(value))
        return f"p{len(self.numbers) - 1}"

    def made_by(self, phrase: str) -> _Name:
        self.made += 1
        self.code.append(f"r{self.made} = {phrase}")
        return _Name(self, f"r{self.made}")


class _Name:
    """A number that has only a name: what is done with it is written down."""

    def __init__(self, notes: _Notes, text: str) -> None:
        self.notes, self.text = notes, text

    def _with(self, left: Any, operator: str, right: Any) -> Any:
        if isinstance(left, np.ndarray) or isinstance(right, np.ndarray):
            return NotImplemented  # then numpy does it for each entry
        name = self.notes.name_of
        return self.notes.made_by(f"{name(left)} {operator} {name(right)}")

    def __add__(self, other: Any) -> Any:
        return self._with(self, "+", other)

    def __radd__(self, other: Any) -> Any:
        return self._with(other, "+", self)

    def __sub__(self, other: Any) -> Any:
        return self._with(self, "-", other)

    def __rsub__(self, other: Any) -> Any:
        return self._with(other, "-", self)

    def __mul__(self, other: Any) -> Any:
        return self._with(self, "*", other)

    def __rmul__(self, other: Any) -> Any:
        return self._with(other, "*", self)

    def __truediv__(self, other: Any) -> Any:
        return self._with(self, "/", other)

    def __rtruediv__(self, other: Any) -> Any:
        return self._with(other, "/", self)

    def sqrt(self) -> _Name:
        """What numpy's sqrt asks of an object."""
        return self.notes.made_by(f"np.sqrt({self.text})")

    def __bool__(self) -> bool:
        raise TypeError("a name has no value to decide by")


class _Count:
    """The count of steps, which is a number only when the walk is under way."""

    def __init__(self, notes: _Notes, ahead: int) -> None:
        self.notes, self.ahead = notes, ahead

    def __add__(self, more: int) -> _Count:
        return _Count(self.notes, self.ahead + more)

    def each(self, function: Callable[[int], Any]) -> _Name:
        """The function's value at each count, looked up."""
        ahead = self.ahead
        self.notes.tables.append(lambda k: float(function(k + ahead)))
        return _Name(self.notes, f"w{len(self.notes.tables) - 1}")


class _Names:
    """Gives the parts of a memory their names, in order."""

    def __init__(self, notes: _Notes) -> None:
        self.notes, self.given = notes, 0

    def next(self) -> _Name:
        self.given += 1
        return _Name(self.notes, f"m{self.given - 1}")


def _line(notes: _Notes, step: Step, dimension: int, memory: Any) -> tuple[Line, Any]:
    def forbidden(*_: Any) -> Any:
        raise TypeError("this rule looks at more than the gradient")

    notes.code = []
    x, g = (
        np.array([_Name(notes, f"{letter}{i}") for i in range(dimension)], dtype=object)
        for letter in "vg"
    )
    after, remembered = step.advance(Here(x, g, forbidden, forbidden), memory)
    point = tuple(notes.name_of(each) for each in after)
    kept = tuple(
        notes.name_of(part) for part in _parts(remembered) if not isinstance(part, int | _Count)
    )
    return Line(tuple(notes.code), point, kept), remembered


def _parts(memory: Any) -> list[Any]:
    """The numbers of a memory in order, counts among them."""
    if memory is None:
        return []
    if isinstance(memory, tuple):
        return [part for each in memory for part in _parts(each)]
    return list(memory) if isinstance(memory, np.ndarray) else [memory]


def _named(memory: Any, names: _Names) -> Any:
    """A memory of the same form, of names."""
    if isinstance(memory, tuple):
        return tuple(_named(part, names) for part in memory)
    if isinstance(memory, np.ndarray):
        return np.array([names.next() for _ in memory], dtype=object)
    if isinstance(memory, int):
        return _Count(names.notes, memory - 1)
    return memory
