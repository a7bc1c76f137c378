"""A walk among others in one picture: what it is called, and its colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gdstage.proof.fact import WalkFacts

if TYPE_CHECKING:
    from gdmath import Walk
    from gdstage.proof.fact import Fact


@dataclass(frozen=True, eq=False)
class Run:
    """A walk, the name that the evidence knows it by, what to call it, and its colour.

    `error` is how far its iterates are from those of 50-digit arithmetic, as `certify` tells;
    `facts` are the numbers in the label.
    """

    name: str
    label: str
    walk: Walk
    colour: str = ""
    error: float = 0.0
    facts: tuple[Fact, ...] = ()

    @property
    def last(self) -> int:
        """The last iterate that has a value."""
        return self.walk.stopped_at - (self.walk.offender is not None)


def rated(name: str, walk: Walk, colour: str) -> Run:
    """A run that is called by its learning rate."""
    rate = WalkFacts(walk).rate()
    return Run(name, f"α = {rate.value:g}", walk, colour, facts=(rate,))
