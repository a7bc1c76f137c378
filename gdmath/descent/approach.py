"""What a walk closes in on, by which factor a step, and how many more steps it would take."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from gdmath.descent.arrival import limit_of, spot_reached
from gdmath.descent.continuation import Continuation, End, carried_on
from gdmath.descent.steps import is_linear
from gdmath.descent.walk import Walk
from gdmath.fields.evaluation import FloatArray
from gdmath.stationary.kinds import Kind
from gdmath.stationary.nearest import Spot, spot_near

# What a slow approach still has to go may be so many times the way that it has come; from the
# first on it must be downhill all the way.
_STRAIGHT, _REACH = 4.0, 1e6
# Steps by which one sees whether a point attracts.
_TRIAL = 200
# From this exponent on an approach is no geometric series but slower.
_GEOMETRIC = 0.1


@dataclass(frozen=True, eq=False)
class Approach:
    """The stationary point, the factor a step by which the distance shrinks, the steps to go."""

    spot: Spot
    factor: float | None
    more_steps: int | None


def approach_of(walk: Walk, on: Continuation) -> Approach | None:
    """The approach of a walk, as its continuation shows it, or None."""
    if not is_linear(walk.step):
        return seen_approach(walk, on)
    resting = approach_to(walk, on) if on.end is End.RESTS else None
    return resting or slow_approach(walk, on)


def approach_to(walk: Walk, on: Continuation) -> Approach | None:
    """The approach of a walk whose continuation came to rest, or None if it rests elsewhere."""
    end = on.points[-1]
    length = float(abs(walk.points - end).max())
    spot = spot_near(walk.field, end, max(1e-3 * length, 8 * float(np.spacing(abs(end)).max())))
    if spot is None:
        return None
    away = abs(on.points - spot.point).max(axis=1)
    floor = max(1e-13 * length, 1e4 * float(np.spacing(abs(end)).max()))
    if away[-1] > max(1e-6 * length, floor):
        return None
    return Approach(spot, _factor(away[away > floor]), _steps_seen(walk, on, spot, away))


def seen_approach(walk: Walk, on: Continuation) -> Approach | None:
    """The approach of a walk whose continuation was seen to arrive, or None.

    Nothing is made out from how it came nearer: of a rule that counts, remembers or searches the
    factor changes, and one whose rate dies out may never arrive.
    """
    if walk.tolerance is None:
        if on.end is not End.RESTS:
            return None
        last = len(on.points) - 1
    else:
        level = (abs(walk.field.gradient(on.points)) < walk.tolerance).all(axis=1)
        if not level.any():
            return None
        last = int(level.argmax())
    way = np.concatenate([walk.points, on.points[1 : last + 1]])
    spot = spot_reached(replace(walk, points=way))
    if spot is None:
        return None
    away = abs(on.points - spot.point).max(axis=1)
    return Approach(spot, None, _steps_seen(walk, on, spot, away))


def slow_approach(walk: Walk, on: Continuation) -> Approach | None:
    """The approach of a walk whose continuation is still on its way: nearer in each quarter."""
    points = on.points
    end, come = points[-1], float(abs(points[-1] - points[0]).max())
    if len(points) < 16 or not np.isfinite(end).all():
        return None
    length = max(float(abs(walk.points - end).max()), come)
    spot = spot_near(walk.field, end, _REACH * length)
    if spot is None:
        return None
    away = abs(points - spot.point).max(axis=1)
    if away[-1] > _STRAIGHT * length and not _is_downhill(walk, end, spot):
        return None
    quarters = np.array([part.max() for part in np.array_split(away, 4)])
    if not (np.diff(quarters) < -1e-9 * quarters[0]).all():
        return None
    # Past a saddle a walk may come near for long before it turns off.
    is_low, is_near = spot.kind is Kind.MINIMUM, quarters[-1] <= 0.1 * length
    if not (_attracts(walk, spot, 1e-5 * length) if is_low else is_near):
        return None
    factor, to_come = _outlook(walk, on, spot, away)
    seen = _steps_seen(walk, on, spot, away)
    return Approach(spot, factor, to_come if seen is None else seen)


def _attracts(walk: Walk, spot: Spot, aside: float) -> bool:
    """Whether the rule, begun a little beside a point, comes nearer to it.

    A walk may creep for long towards a minimum that its rate is too large for.
    """
    beside = spot.point + aside * np.random.default_rng(0).uniform(-1, 1, spot.point.shape)
    if not walk.field.contains(beside):
        return True
    again = replace(walk, points=beside[np.newaxis], memory=None)
    away = abs(carried_on(again, _TRIAL).points - spot.point).max(axis=1)
    return bool(away[-20:].max() <= away[0] * (1 + 1e-9))


def _is_downhill(walk: Walk, end: FloatArray, spot: Spot) -> bool:
    """Whether the field falls along the straight line from a point (d,) to a minimum."""
    shares = np.linspace(0.0, 1.0, 101)[:, np.newaxis]
    heights = walk.field.at(end + shares * (spot.point - end))
    return spot.kind is Kind.MINIMUM and bool((np.diff(heights) <= 0).all())


def _factor(away: FloatArray) -> float | None:
    """The mean factor a step over the later half of the distances (m,)."""
    late = away[len(away) // 2 :]
    if len(late) < 3 or not late[0] > 0 or not late[-1] > 0:
        return None
    return float((late[-1] / late[0]) ** (1 / (len(late) - 1)))


def _steps_seen(walk: Walk, on: Continuation, spot: Spot, away: FloatArray) -> int | None:
    """After how many of the steps carried on the walk would have arrived, or None."""
    if walk.tolerance is None:
        there = np.asarray(away <= limit_of(walk, spot))
    else:
        there = np.asarray((abs(walk.field.gradient(on.points)) < walk.tolerance).all(axis=1))
    return int(there.argmax()) if there.any() else None


def _outlook(
    walk: Walk, on: Continuation, spot: Spot, away: FloatArray
) -> tuple[float | None, int | None]:
    """Factor and steps to go beyond the continuation, from how distance and slope shrink there.

    A distance d that shrinks by the share c·dᑫ of itself a step takes (1/r - 1/r₀)/q steps, if r₀
    and r are its shares now and then; for q = 0, a geometric series, log(d₀/d)/r.
    """
    envelope = np.maximum.accumulate(away[::-1])[::-1]
    window = max(2, len(away) // 16)
    ends = envelope[[len(away) // 2, len(away) // 2 + window, -1 - window, -1]]
    if not (ends > 0).all():
        return None, None
    early, late = -np.log(ends[[1, 3]] / ends[[0, 2]]) / window
    if not early > 0 < late:
        return None, None
    target = _target(walk, on, spot, away)
    middles = np.sqrt(ends[[0, 2]] * ends[[1, 3]])
    q = math.log(late / early) / math.log(middles[1] / middles[0])
    q = q if q > _GEOMETRIC else 0.0
    now = late * float(ends[3] / middles[1]) ** q
    factor = 1.0 if q else math.exp(-late)
    if target is None or not 0 < target < ends[3]:
        return factor, None
    more = math.log(ends[3] / target) / now
    if q:
        more = ((ends[3] / target) ** q - 1) / (q * now)
    return factor, round(len(away) - 1 + more) if more < 1e15 else None


def _target(walk: Walk, on: Continuation, spot: Spot, away: FloatArray) -> float | None:
    """The distance at which the walk would have arrived, from how its slope falls with it."""
    if walk.tolerance is None:
        return limit_of(walk, spot)
    half = len(away) // 2
    slopes = abs(walk.field.gradient(on.points[[half, -1]])).max(axis=1)
    power = math.log(slopes[1] / slopes[0]) / math.log(away[-1] / away[half])
    if not (np.isfinite(power) and power > 0):
        return None
    return float(away[-1] * (walk.tolerance / slopes[1]) ** (1 / power))
