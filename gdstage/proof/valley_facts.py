"""Facts of the minima that are seen in a window: how many, which is the deepest, who ends where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gdmath.stationary.valleys import SEEN
from gdstage.proof.fact import Fact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdmath import ScalarField, Walk
    from gdmath.stationary.valleys import Valley


@dataclass(frozen=True)
class ValleyFacts:
    """What is seen of a field in a window, (low, high) for each variable.

    `valleys` are the minima there, the lowest first; `kinks` the places without a derivative.
    """

    field: ScalarField
    window: Sequence[tuple[float, float]]
    valleys: Sequence[Valley]
    kinks: Sequence[float] = ()

    def count(self) -> Fact:
        """How many minima there are, a curve of them counting once."""
        return self._told("valleys", len(self.valleys))

    def curves(self) -> Fact:
        """How many of them are curves."""
        return self._told("curves of minima", sum(bool(valley.curve) for valley in self.valleys))

    def place(self, index: int) -> list[Fact]:
        """Where one of them is, the lowest being 0."""
        point = self.valleys[index].point
        return [self._told("valley", c, index=index, part=axis) for axis, c in enumerate(point)]

    def value(self, index: int) -> Fact:
        """How high the field is there."""
        return self._told("valley", self.valleys[index].value, index=index, part="value")

    def spread(self) -> Fact:
        """How far the heights of the minima are apart."""
        heights = [valley.value for valley in self.valleys]
        return self._told("spread of valleys", max(heights) - min(heights))

    def lower_at_the_edge(self, slack: float) -> Fact:
        """Whether the field is lower in the window than its lowest minimum, but for a slack."""
        axes = (np.linspace(*side, SEEN) for side in self.window)
        values = np.asarray(self.field(*np.meshgrid(*axes, indexing="ij")), dtype=float)
        values = values[np.isfinite(values)]
        lower = bool((values < self.valleys[0].value - slack).any())
        return self._told("lower at the edge", lower, slack=slack)

    def number_of_kinks(self) -> Fact:
        """At how many places the slope jumps."""
        return self._told("kinks", len(self.kinks))

    def reached(self, walks: Sequence[Walk]) -> Fact:
        """In how many different valleys some walks end."""
        found = {self._nearest(walk.points[-1]) for walk in walks}
        return self._told("valleys reached", len(found), walks=list(walks))

    def _nearest(self, end: Any) -> int:
        """Which of the valleys a place is nearest to; -1 if there is none."""
        if not self.valleys:
            return -1
        away = [abs(np.array(v.curve or [v.point]) - end).max(axis=1).min() for v in self.valleys]
        return int(np.argmin(away))

    def _told(self, what: str, value: Any, **more: Any) -> Fact:
        window = [list(side) for side in self.window]
        return Fact(what, {"field": self.field, "window": window, **more}, value)
