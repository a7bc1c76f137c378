"""Facts of rates that a rule finds for itself: along each axis, by a schedule, or by trial.

A rule is replayed on its own walk, so that these are the very numbers that it steps by. It knows
nothing of manim.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from gdmath.descent.steps import Here
from gdstage.proof.fact import Fact, part_way

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.proof.fact import Place

    Array = NDArray[np.float64]


@lru_cache(maxsize=32)
def own_rates(walk: Walk) -> Array:
    """The rates along the axes of the step from each iterate, (n+1, d), slopes aside."""
    step: Any = walk.step
    rates, memory = [], None
    for k, (point, slope) in enumerate(zip(walk.points, walk.gradients, strict=True)):
        if step.name == "scheduled":
            rates.append(np.full(len(point), step.schedule.at(k)))
            continue
        if step.name == "gradient":
            rates.append(np.full(len(point), step.rate))
            continue
        here = Here(point, slope, lambda: None, lambda _: None)
        _, memory = step.advance(here, memory)
        size = memory[2] / (1 - step.beta2 ** (k + 1)) if step.name == "adam" else memory
        rates.append(step.rate / (np.sqrt(size) + step.epsilon))
    return np.array(rates)


class RateFacts:
    """The rates of one walk as facts: `own` along an axis, and of a line search its trials."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk

    def own(self, k: int, axis: int = 0) -> Fact:
        """The rate along an axis of the step from iterate k; -1 is the last."""
        k = k if k >= 0 else len(self.walk.points) + k
        rate = float(own_rates(self.walk)[k, axis])
        return Fact("own rate", {"walk": self.walk, "k": k, "axis": axis}, rate)

    def between(self, k: int, share: float, axis: int) -> Fact:
        """That rate `share` (0…1) of the way from the one at iterate k - 1 to that at k."""
        return part_way(self.own(k - 1, axis), self.own(k, axis), share)

    # A line search

    def lengths(self, k: int) -> list[float]:
        """The lengths that are tried from iterate k, the last of which is taken."""
        step: Any = self.walk.step
        steep = float(self.walk.gradients[k] @ self.walk.gradients[k])
        t, tried = step.rate, [step.rate]
        while not self._height(k, t) <= self.walk.values[k] - step.decrease * t * steep:
            t = step.shrink * t
            tried.append(t)
        return tried

    def trials(self, k: int | None = None) -> Fact:
        """How many trials step k + 1 took, or all steps together."""
        steps = range(self.walk.stopped_at) if k is None else [k]
        of = {"walk": self.walk} | ({} if k is None else {"k": k})
        return Fact("trials", of, sum(len(self.lengths(step)) for step in steps))

    def trial_rate(self, k: int, j: int) -> Fact:
        """The length of trial j from iterate k, the first being 0."""
        return self._of_trial("trial rate", self.lengths(k)[j], k, j)

    def trial_on_slice(self, k: int, j: int) -> Place:
        """A trial over its length: how high f is there."""
        t = self.lengths(k)[j]
        return (self.trial_rate(k, j), self._of_trial("trial height", self._height(k, t), k, j))

    def trial_on_map(self, k: int, j: int) -> Place:
        """A trial in the plane of two variables."""
        place = self._place(k, self.lengths(k)[j])
        return tuple(self._of_trial("trial", c, k, j, axis=i) for i, c in enumerate(place))

    def enough(self, k: int) -> Fact:
        """How the line falls below which f has fallen enough for a trial to be taken."""
        step: Any = self.walk.step
        slope = -step.decrease * float(self.walk.gradients[k] @ self.walk.gradients[k])
        return Fact("enough", {"walk": self.walk, "k": k}, slope)

    def _of_trial(self, what: str, value: float, k: int, j: int, **more: Any) -> Fact:
        return Fact(what, {"walk": self.walk, "k": k, "j": j, **more}, float(value))

    def _place(self, k: int, t: float) -> Array:
        return np.asarray(self.walk.points[k] - t * self.walk.gradients[k])

    def _height(self, k: int, t: float) -> float:
        return float(self.walk.field.at(self._place(k, t)))
