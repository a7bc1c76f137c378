"""Facts of how a walk ends: its verdict, and what is known of where it is or would go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gdstage.proof.fact import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gdmath import Walk


class EndFacts:
    """What became of one walk, each as a fact. Verdicts, kinds and trends are told by name."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk

    def verdict(self) -> Fact:
        """How it ends."""
        return self._told("verdict", self.walk.verdict.name)

    def kind(self) -> Fact:
        """What the place is where it is, or to which it leads; "" if that is not known."""
        kind = self.walk.ending.kind
        return self._told("kind of end", "" if kind is None else kind.name)

    def trend(self) -> Fact:
        """Whether it comes nearer, where its steps are spent; "" elsewhere."""
        trend = self.walk.ending.trend
        return self._told("trend", "" if trend is None else trend.name)

    def period(self) -> Fact:
        """After how many steps its cycle is round."""
        return self._told("period", self.walk.ending.period)

    def factor(self) -> Fact:
        """What each step leaves of its distance."""
        return self._told("factor", self.walk.ending.factor)

    def more_steps(self) -> Fact:
        """How many more steps it would take to arrive."""
        return self._told("more steps", self.walk.ending.more_steps)

    def lower_elsewhere(self) -> Fact:
        """Whether a lower minimum is known than the one where it is."""
        minimum = self.walk.ending.minimum
        return self._told("lower elsewhere", minimum is not None and not minimum.is_lowest)

    def budget(self) -> Fact:
        """How many steps it was allowed."""
        return self._told("budget", self.walk.steps)

    def is_level(self, k: int = -1) -> Fact:
        """Whether all slopes at iterate k are below the tolerance, or 0 if there is none."""
        k = k if k >= 0 else len(self.walk.points) + k
        slope = float(abs(self.walk.gradients[k]).max())
        return Fact("is level", {"walk": self.walk, "k": k}, slope <= (self.walk.tolerance or 0.0))

    def _told(self, what: str, value: Any) -> Fact:
        return Fact(what, {"walk": self.walk}, value)


def ending_with(verdict: str, walks: Iterable[Walk]) -> Fact:
    """How many of some walks have a verdict."""
    walks = list(walks)
    count = sum(walk.verdict.name == verdict for walk in walks)
    return Fact("ending with", {"verdict": verdict, "walks": walks}, count)
