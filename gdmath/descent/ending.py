"""What became of a walk: the verdict, and what is known of its end. Each is shown, not guessed.

A walk that stopped at a slope below its tolerance is judged by the stationary point next to it.
One that spent its steps is carried on by its own rule, far beyond the record, to see its fate; the
verdict names that fate only if the record shows it already, else the fate is the `trend`.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from gdmath.descent.approach import Approach, approach_of, approach_to
from gdmath.descent.arrival import is_at, is_level, spot_reached
from gdmath.descent.continuation import Continuation, End, carried_on
from gdmath.descent.cycles import slow_period_of
from gdmath.descent.exact_cycle import exact_period
from gdmath.descent.horizon import Horizon, far_along
from gdmath.descent.precise import is_singular, overflows
from gdmath.descent.steps import is_linear, is_steady, moves_on
from gdmath.descent.survey import surveyed
from gdmath.descent.walk import Ending, Trend, Verdict, Walk
from gdmath.fields.evaluation import FloatArray
from gdmath.fields.scalar_field import hessian_expressions, is_formula
from gdmath.stationary.kinds import Kind
from gdmath.stationary.nearest import Spot

Judgement = tuple[Verdict, Ending]

_LONGEST_PERIOD = 64
_LEAVING = (Verdict.BUDGET_SPENT, Ending(trend=Trend.LEAVING))
_UNDECIDED = (Verdict.BUDGET_SPENT, Ending(trend=Trend.UNDECIDED))
# Steps of a motion without a period that stand for a round.
_ROUND = 40
# Fewer steps than this show no lasting motion.
_LONG = 200


def judge(walk: Walk) -> Judgement:
    """The verdict on a walk, and what is known of its end."""
    with np.errstate(all="ignore"):
        if not walk.field.contains(walk.points[-1]):
            return Verdict.LEFT_DOMAIN, Ending()
        if is_level(walk):
            return _level(walk)
        if walk.step.name == "newton" and is_singular(walk.field, walk.points[0]):
            # What float64 made of it, if it did not notice, is rounding.
            return Verdict.NO_STEP, Ending()
        if not _is_finite(walk) or walk.stopped_at < walk.steps:
            return _beyond_numbers(walk)
        return _spent(walk)


# The slope is below the tolerance


def _level(walk: Walk) -> Judgement:
    spot = spot_reached(walk)
    at_start = not walk.gradients[0].any() or walk.stopped_at == 0
    if spot is not None:
        verdict, ending = _arrived(walk, spot)
        return Verdict.STUCK if at_start and verdict is Verdict.STOPPED else verdict, ending
    if at_start:
        return Verdict.STUCK, Ending(kind=Kind.PLATEAU)
    horizon = far_along(walk.field, walk.points[-1], _last_way(walk))
    if horizon is Horizon.NO_BOUND:
        return Verdict.FALLING, Ending()
    if horizon is Horizon.A_BOUND:
        return Verdict.STOPPED, Ending(kind=Kind.NONE)
    # It may be on the flat of a valley whose lowest point is farther on than the slope told.
    coming = approach_to(walk, carried_on(walk)) if is_linear(walk.step) else None
    if coming is None:
        return Verdict.STOPPED, Ending(kind=Kind.PLATEAU)
    ending = _approaching(walk, coming)
    return Verdict.STOPPED, Ending(
        Kind.PLATEAU, trend=ending.trend, factor=ending.factor, minimum=ending.minimum
    )


def _arrived(walk: Walk, spot: Spot) -> Judgement:
    if spot.kind is Kind.MINIMUM or _is_floor(walk, spot):
        minimum = surveyed(walk.field, spot, walk.points)
        return Verdict.CONVERGED, Ending(kind=Kind.MINIMUM, minimum=minimum)
    return Verdict.STOPPED, Ending(kind=_named(spot.kind))


def _is_floor(walk: Walk, spot: Spot) -> bool:
    """Whether a level piece of the graph is the lowest that is known: a minimum, not a shelf."""
    return spot.kind is Kind.FLAT and surveyed(walk.field, spot, walk.points).is_lowest


def _named(kind: Kind) -> Kind:
    return Kind.PLATEAU if kind is Kind.FLAT else kind


# The numbers ended before the steps did


def _beyond_numbers(walk: Walk) -> Judgement:
    field, x = walk.field, walk.points[-1]
    finite = _is_finite(walk)
    if finite and (spot := spot_reached(walk)) is not None and is_at(walk, spot):
        # Newton's method on a curve of minima: nowhere to go, and no need.
        return _arrived(walk, spot)
    if finite and walk.step.name == "newton" and not _runs_away(walk):
        if is_singular(field, x):
            return Verdict.NO_STEP, Ending()
        if not is_formula(field):
            return _UNDECIDED
    if not (_runs_away(walk) or overflows(field, walk.step, x, walk.memory)):
        return _UNDECIDED
    before = walk.values[-2] if len(walk.values) > 1 else walk.values[-1]
    falls = walk.values[-1] < before or (walk.values[-1] == before == -np.inf)
    return Verdict.FALLING if falls else Verdict.DIVERGED, Ending()


def _is_finite(walk: Walk) -> bool:
    """Whether float64 has the last value and slope of the record."""
    return bool(np.isfinite(walk.values[-1]) and np.isfinite(walk.gradients[-1]).all())


def _runs_away(walk: Walk) -> bool:
    """Whether the last steps of the record grow faster than any geometric series."""
    lengths = _lengths(walk.points)[-4:]
    shares = lengths[1:] / lengths[:-1]
    return len(shares) == 3 and bool((np.diff(shares) > 0).all() and shares[-1] > 4)


# The steps are spent


def _spent(walk: Walk) -> Judgement:
    on = carried_on(walk)
    if on.end is End.REPEATS:
        return _cycle(walk, on, on.period)
    if is_steady(walk.step, walk.memory) and (period := exact_period(walk)):
        return Verdict.OSCILLATING, Ending(period=period)
    if on.end is End.LEAVES:
        return _LEAVING
    if on.end is End.OVERFLOWS and overflows(walk.field, walk.step, on.points[-1], on.memory):
        return _unbounded(walk, on)
    return _still_finite(walk, on)


def _still_finite(walk: Walk, on: Continuation) -> Judgement:
    coming = approach_of(walk, on)
    if coming is not None:
        return _settling(walk, coming)
    if not is_steady(walk.step, walk.memory):
        return _UNDECIDED if on.end is End.RESTS else _outward(walk, on)
    period = slow_period_of(on.points, _LONGEST_PERIOD) if len(on.points) > _LONG else None
    if period or _wanders(on.points):
        return _cycle(walk, on, period)
    return _UNDECIDED if on.end is End.RESTS else _outward(walk, on)


def _settling(walk: Walk, coming: Approach) -> Judgement:
    spot = coming.spot
    if walk.tolerance is None and is_at(walk, spot):
        return _arrived(walk, spot)
    return Verdict.BUDGET_SPENT, _approaching(walk, coming)


def _approaching(walk: Walk, coming: Approach) -> Ending:
    spot = coming.spot
    is_low = spot.kind is Kind.MINIMUM
    return Ending(
        kind=_named(spot.kind),
        trend=Trend.APPROACHING,
        factor=coming.factor,
        more_steps=coming.more_steps,
        minimum=surveyed(walk.field, spot, walk.points) if is_low else None,
    )


def _cycle(walk: Walk, on: Continuation, period: int | None) -> Judgement:
    """OSCILLATING if the record has been round already, and stays about the cycle; else LEAVING.

    From its last round on, the walk must never leave the cycle's surroundings, half as wide again
    on every side, nor move on average over a round by less than two fifths of the cycle's strides.
    With no period: chaos, or a motion of several periods.
    """
    ring = on.points[-(period or len(on.points) // 2) :]
    length = max(3, period or _ROUND)
    from_here = np.concatenate([walk.points[-length - 1 :], on.points[1:]])
    room = 0.5 * float(np.ptp(ring, axis=0).max())
    is_near = (from_here >= ring.min(axis=0) - room) & (from_here <= ring.max(axis=0) + room)
    strides = _lengths(from_here)
    mean = np.convolve(strides, np.ones(length) / length, mode="valid")
    usual = _lengths(on.points[-len(ring) - 1 :]).mean()
    if walk.stopped_at >= length and is_near.all() and mean.min() >= 0.4 * usual:
        return Verdict.OSCILLATING, Ending(period=period)
    return Verdict.BUDGET_SPENT, Ending(period=period, trend=Trend.LEAVING)


def _wanders(points: FloatArray) -> bool:
    """Whether a long walk stays in one region, and neither its steps nor the region shrink."""
    if len(points) < _LONG:
        return False
    parts = np.array_split(points[len(points) // 5 :], 4)
    widths = np.array([np.ptp(part, axis=0).max() for part in parts])
    strides = np.array([_lengths(part).mean() for part in parts])
    steady = widths.min() > 0.8 * widths.max() and strides.min() > 0.8 * strides.max()
    # Something that creeps along is as wide as its steps are long together.
    return bool(steady and widths.max() < 0.2 * strides.mean() * len(parts[0]))


def _unbounded(walk: Walk, on: Continuation) -> Judgement:
    """DIVERGED or FALLING if the record shows it: f has risen, or does nothing but fall.

    Of a rule that changes on the way only the record itself could: its rate may yet die out.
    """
    if not is_steady(walk.step, walk.memory):
        return _LEAVING
    heights = _heights_from_here(walk, on)
    if heights[-1] < heights[0]:
        return _falling(walk, heights)
    lengths = _lengths(walk.points)
    grows = len(lengths) < 4 or lengths[-3:].max() > lengths[-6:-3].max()
    rises = walk.values[-3:].max() > walk.values[0]
    return (Verdict.DIVERGED, Ending()) if grows and rises else _LEAVING


def _falling(walk: Walk, heights: FloatArray) -> Judgement:
    rounding = 1e-9 * abs(heights[1:])
    falls = (np.diff(heights) <= rounding).all() and walk.values[-1] < walk.values[0]
    return (Verdict.FALLING, Ending()) if falls else _LEAVING


def _heights_from_here(walk: Walk, on: Continuation) -> FloatArray:
    """The values of the last step and of all that were carried on, as far as float64 has them."""
    heights = np.concatenate([walk.values[-2:], walk.field.at(on.points[1:])])
    ends = np.flatnonzero(~np.isfinite(heights))
    return heights[: max(2, int(ends[0]))] if len(ends) else heights


def _outward(walk: Walk, on: Continuation) -> Judgement:
    """A walk that is still under way after all those steps, to no place that could be found.

    Of the loss of a network, which has no formula to look far ahead with, nothing is said, nor of
    a rule whose rates have a finite sum, so that it comes to an end on any slope.
    """
    if not is_formula(walk.field) or not moves_on(walk.step):
        return _UNDECIDED
    middle = on.points[len(on.points) // 2]
    half = on.points[len(on.points) // 2 :]
    way = half[-1] - middle
    if not (np.diff(half, axis=0) @ way > 0).all():
        return _growing(walk, on)
    horizon = far_along(walk.field, half[-1], way)
    if horizon is Horizon.A_BOUND:
        return Verdict.BUDGET_SPENT, Ending(kind=Kind.NONE, trend=Trend.LEAVING)
    if horizon is Horizon.NO_BOUND:
        return _falling(walk, _heights_from_here(walk, on))
    if not is_linear(walk.step):
        return _UNDECIDED
    grown = _growing(walk, on)
    comes_far = abs(way).max() > 0.2 * abs(middle - on.points[0]).max()
    return _LEAVING if grown is _UNDECIDED and comes_far else grown


def _growing(walk: Walk, on: Continuation) -> Judgement:
    """On a parabola a linear rule's strides that grow by a factor do so for ever."""
    lengths = _lengths(on.points)
    if len(lengths) < _LONG or not is_linear(walk.step):
        return _UNDECIDED
    quarters = [part.max() for part in np.array_split(lengths, 4)]
    if not all(b > 1.0001 * a for a, b in pairwise(quarters)):
        return _UNDECIDED
    return _unbounded(walk, on) if _is_quadratic(walk) else _LEAVING


def _is_quadratic(walk: Walk) -> bool:
    """Whether every second derivative is a number."""
    return not any(bend.free_symbols for bend in hessian_expressions(walk.field))


def _last_way(walk: Walk) -> FloatArray:
    return np.asarray(-walk.gradients[-1])


def _lengths(points: FloatArray) -> FloatArray:
    lengths: FloatArray = np.hypot.reduce(np.diff(points, axis=0), axis=1)
    return lengths
