"""A dot's claim to stand on a true iterate."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from gdstage.proof.statement import Statement

EXACTLY = 1e-9


@dataclass(frozen=True)
class Sight:
    """A dot seen at rest on iterate k of a walk: where in the scene, how large, and uncovered.

    `known` states in which scale it is seen, and which point of the data it is on there.
    """

    walk: str
    k: int
    place: tuple[float, ...]
    radius: float
    colour: str
    uncovered: bool = True
    known: Statement | None = field(default=None, compare=False)


class Claim:
    """What a dot claims: `stands_for` is the (walk, k) that it is on, `anchor` where that is.

    While the dot is elsewhere, or fading, it proves nothing. A class that mixes this in says in
    `sight` what there is to see.
    """

    statement: Statement | None = None
    stands_for: tuple[str, int] | None = None
    anchor: NDArray[np.float64] = np.full(3, np.nan)
    known: Statement | None = None
    colour: str
    disc_radius: float

    def claim(self, walk: str, k: int, anchor: ArrayLike, known: Statement | None = None) -> Self:
        """Say which iterate of which walk the dot stands for, and where that is (3,).

        What is `known` of the place, a point in a scale, is what a viewer can check it by.
        """
        self.stands_for, self.known = (walk, k), known
        self.anchor = np.asarray(anchor, dtype=float)
        return self

    def release(self) -> Self:
        """Stand for nothing, as on the way to the next iterate."""
        self.stands_for = None
        return self

    def is_at(self, place: NDArray[np.float64]) -> bool:
        """Whether a place (3,) is exactly the claimed one."""
        return bool(np.all(np.abs(place - self.anchor) < EXACTLY))

    def sight(self) -> Sight | None:
        """What is to be seen of the dot now, or None if it proves nothing."""
        raise NotImplementedError

    def seen_at(self, place: NDArray[np.float64], *, uncovered: bool = True) -> Sight | None:
        """The sight of the dot with its centre at a place of the scene (3,)."""
        if self.stands_for is None:
            return None
        walk, k = self.stands_for
        at = tuple(place.tolist())
        return Sight(
            walk, k, at, self.disc_radius, self.colour, uncovered=uncovered, known=self.known
        )
