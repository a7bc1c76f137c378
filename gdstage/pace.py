"""The pace of a walk: the first steps slowly enough to be understood, the rest as a flow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TICK = 1 / 15
"""Seconds; every length of time is a multiple of it, so that a clip is as long at any quality."""

OPENING = ((14, 9), (9, 6), (6, 4), (4, 3), (3, 2), (3, 2))
FLOW = (2, 1)
SPRINT = (1, 1)


@dataclass(frozen=True)
class Moment:
    """Iterate k: when the step to it starts, when it is reached, and when it is left (seconds)."""

    k: int
    start: float
    landing: float
    end: float


def paced(
    ks: Iterable[int],
    opening: Sequence[tuple[int, int]] = OPENING,
    flow: tuple[int, int] = FLOW,
) -> list[Moment]:
    """Moments for the iterates `ks`: the pairs are ticks of moving and of resting."""
    moments, clock = [], 0
    for i, k in enumerate(ks):
        move, rest = opening[i] if i < len(opening) else flow
        moments.append(Moment(k, clock * TICK, (clock + move) * TICK, (clock + move + rest) * TICK))
        clock += move + rest
    return moments


def total(moments: Sequence[Moment]) -> float:
    """Seconds that the moments take together."""
    return moments[-1].end


def moment_at(moments: Sequence[Moment], time: float) -> tuple[Moment, float]:
    """The moment at a time, and how much of its step is done: 0 not begun, 1 landed."""
    slack = TICK / 100
    current = next((m for m in moments if time < m.end - slack), moments[-1])
    if time >= current.landing - slack:
        return current, 1.0
    share = (time - current.start) / (current.landing - current.start)
    return current, 0.0 if share < slack else share
