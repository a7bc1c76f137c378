"""A walk in time: which iterate is reached, which step is under way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

import manim as mn

from gdstage.motion import Drawn
from gdstage.pace import TICK, Moment, moment_at, total
from gdstage.walks.readouts import Readouts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdstage.proof.claim import Claim


class Reader(Protocol):
    """What reads out the iterates of a walk: its live numbers, and how to set them."""

    numbers: mn.VGroup

    @property
    def whole(self) -> mn.VGroup:
        """All of it, to come and go."""

    def read(self, walk: Any, k: int) -> Any:
        """Read out iterate k of a walk, or the state after k tries."""


SLOW = 8 * TICK
"""Seconds: in a step that takes so long one sees that its numbers are not yet those."""

MOST_BETWEEN = 100
"""Iterates that are passed between two moments of a very long walk; more would be one blot."""


class Walker(Protocol):
    """A figure of a walk: it can stand on an iterate, between two, and leave one behind."""

    walk: Any

    @property
    def dot(self) -> Claim:
        """The dot on the current iterate; it claims while it is at rest."""

    def stand_on(self, k: int) -> Any:
        """Stand on iterate k."""

    def stand_between(self, k: int, share: float) -> Any:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k."""

    def leave_behind(self, k: int) -> Any:
        """Turn iterate k, and the step that led to it, into the past."""


class Together(Protocol):
    """Several walks that can stand on an iterate, or between two, all at once."""

    @property
    def length(self) -> int:
        """The number of steps of the longest walk."""

    def stand_on(self, k: int) -> Any:
        """Stand on iterate k of each walk."""

    def stand_between(self, k: int, share: float) -> Any:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k."""


def flow(
    walks: Together,
    drawn: mn.Mobject,
    run_time: float,
    *,
    back: bool = False,
    pace: Any = mn.linear,
) -> mn.Animation:
    """Let all of what is `drawn` walk from the start to the last step, or back again."""

    def draw(share: float) -> None:
        clock = walks.length * (1 - share if back else share)
        k = min(int(clock + 1e-9), walks.length)
        if clock - k < 1e-9:
            walks.stand_on(k)
        else:
            walks.stand_between(k + 1, clock - k)

    return Drawn(drawn, draw, run_time=run_time, rate_func=pace)


class Stepper:
    """A walker that takes its steps in time."""

    @property
    def moving(self) -> tuple[mn.Mobject, ...]:
        """What a step changes: the figure itself."""
        return (cast("mn.Mobject", self),)

    def descend(self, moments: Sequence[Moment], reader: Reader | None = None) -> mn.Animation:
        """Take the steps to the iterates of `moments`, each moving and resting as it says."""
        return stepping(cast("Walker", self), moments, reader, *self.moving)


class InStep(Stepper):
    """Several figures of one walk, which take its steps together."""

    def __init__(self, *figures: Any) -> None:
        self.figures = figures
        self.walk = figures[0].walk

    @property
    def moving(self) -> tuple[mn.Mobject, ...]:
        """What a step changes in any of the figures, each thing once."""
        return tuple(dict.fromkeys(part for figure in self.figures for part in figure.moving))

    @property
    def dot(self) -> Claim:
        """The first figure's dot: all claim the same iterates."""
        return self.figures[0].dot

    def stand_on(self, k: int) -> None:
        """Stand on iterate k."""
        for figure in self.figures:
            figure.stand_on(k)

    def stand_between(self, k: int, share: float) -> None:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k."""
        for figure in self.figures:
            figure.stand_between(k, share)

    def leave_behind(self, k: int) -> None:
        """Turn iterate k into the past."""
        for figure in self.figures:
            figure.leave_behind(k)


def stepping(
    figure: Walker, moments: Sequence[Moment], reader: Reader | None, *moving: mn.Mobject
) -> mn.Animation:
    """Take a figure through moments, and read every iterate out; `moving` is what it changes."""
    # Manim redraws what stands after the first thing that moves, so the numbers come last.
    numbers = [] if reader is None else [reader.numbers]
    steps = _Steps(figure, moments, reader)
    moved = mn.Group(*moving, *numbers)
    return Drawn(moved, steps.draw, run_time=total(moments), rate_func=mn.linear)


class _Steps:
    """Where a figure is at a share (0…1) of the time of its moments."""

    def __init__(
        self, figure: Walker, moments: Sequence[Moment], reader: Reader | None = None
    ) -> None:
        self.figure, self.moments, self.reader = figure, moments, reader
        self.reached = moments[0].k - 1

    def draw(self, alpha: float) -> None:
        moment, share = moment_at(self.moments, alpha * total(self.moments))
        # Moment by moment, though they pass at once as in a still: as much is left behind.
        for past in self.moments:
            if self.reached < past.k < moment.k:
                self._reach_all(past.k + 1)
        self._reach_all(moment.k + (share >= 1))
        between = 0 < share < 1
        if between:
            self._set_off(moment.k)
            self.figure.stand_between(moment.k, float(mn.smooth(share)))
        if isinstance(self.reader, Readouts):
            # The numbers are of the iterate behind; in a fast walk they would only flicker.
            self.reader.grow_pale(between and moment.landing - moment.start >= SLOW)

    def _reach_all(self, past: int) -> None:
        for k in thinned(self.reached + 1, past):
            self._reach(k)

    def _reach(self, k: int) -> None:
        self._set_off(k)
        self.figure.stand_between(k, 1.0)
        self.figure.stand_on(k)
        if self.reader is not None:
            self.reader.read(self.figure.walk, k)
        self.reached = k

    def _set_off(self, k: int) -> None:
        if self.figure.dot.stands_for is not None:
            self.figure.leave_behind(k - 1)


def thinned(first: int, past: int) -> Sequence[int]:
    """The indices first ≤ k < past, or of very many some and the last."""
    if past - first <= MOST_BETWEEN:
        return range(first, past)
    return [*range(first, past - 1, (past - first) // MOST_BETWEEN + 1), past - 1]
