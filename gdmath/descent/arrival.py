"""Whether a walk has arrived: is there a stationary point as near as its tolerance says?"""

from __future__ import annotations

import numpy as np

from gdmath.descent.walk import Walk
from gdmath.fields.evaluation import FloatArray
from gdmath.stationary.kinds import Kind
from gdmath.stationary.nearest import Spot, spot_near

# How near is near, in parts of the walk's own length: with a tolerance, and to float64's limit
# without one. Where a field is too flat for its slope to tell the distance, `_FLAT` will do.
_NEAR, _LIMIT, _FLAT = 1e-3, 1e-12, 5e-2
_ROUND = 10


def is_level(walk: Walk) -> bool:
    """Whether the slope at the last point is below the tolerance, or zero from the start on."""
    if walk.tolerance is not None and (abs(walk.gradients[-1]) < walk.tolerance).all():
        return True
    return not walk.gradients[0].any()


def spot_reached(walk: Walk) -> Spot | None:
    """The stationary point at which the walk has arrived, or None.

    With a tolerance t it must be nearer than 10t/λ, λ being its largest curvature (in a round
    bowl slopes below t mean t/λ; one ten times as long as wide counts as round), or than a
    thousandth of the walk's way; where it is flat, so that a slope says little, or no minimum,
    than a twentieth. Without one, than 1e-12 of the way, or a few units in the last place. A walk
    of no steps has the way from 0, or 1.
    """
    x = walk.points[-1]
    scale = _length(walk, x)
    spot = spot_near(walk.field, x, max(_FLAT * scale, 4 * float(np.spacing(abs(x)).max())))
    return spot if spot is not None and is_at(walk, spot) else None


def is_at(walk: Walk, spot: Spot) -> bool:
    """Whether the walk's last point is as near to a stationary point as its tolerance says."""
    x = walk.points[-1]
    distance = float(abs(x - spot.point).max())
    scale = _length(walk, spot.point)
    if walk.tolerance is None:
        return distance <= limit_of(walk, spot)
    if not spot.is_round or spot.kind is not Kind.MINIMUM:
        return distance <= _FLAT * scale
    largest = float(abs(spot.curvatures).max())
    return distance <= max(_NEAR * scale, _ROUND * walk.tolerance / largest)


def limit_of(walk: Walk, spot: Spot) -> float:
    """The distance from a stationary point at which a walk without a tolerance has arrived."""
    rounding = 8 * float(np.spacing(abs(spot.point)).max())
    return max(_LIMIT * _length(walk, spot.point), rounding)


def _length(walk: Walk, end: FloatArray) -> float:
    if len(walk.points) == 1:
        return max(1.0, float(abs(end).max()))
    return float(abs(walk.points - end).max())
