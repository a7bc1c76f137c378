"""Feeling one's way: try a random point nearby, go there if it is colder."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdmath.descent.arguments import check_count, start_point
from gdmath.fields.evaluation import BoolArray, FloatArray
from gdmath.fields.scalar_field import ScalarField


@dataclass(frozen=True, eq=False)
class Exploration:
    """The record of a random walk of m tries, of which n were accepted; float64.

    `tried` (m, d) every point tried and `tried_values` (m,) the field there, `accepted` (m,)
    whether the walker moved there; `points` (n+1, d) and `values` (n+1,) are its path, from the
    start. A try outside the domain has the value nan and is never accepted.
    """

    field: ScalarField
    start: tuple[float, ...]
    seed: int
    radius: float
    tried: FloatArray
    tried_values: FloatArray
    accepted: BoolArray
    points: FloatArray
    values: FloatArray


def explore(
    field: ScalarField,
    start: npt.ArrayLike,
    seed: int = 0,
    tries: int = 100,
    radius: float = 0.5,
) -> Exploration:
    """Try `tries` random points one at a time, moving to each that has a smaller value.

    A try is uniformly distributed over the ball of `radius` around the present point, or over
    the part of it inside `field.window`. The same seed gives the same walk; no global random
    state is touched. Raises ValueError for a start outside the domain or the window, tries
    below 0 or not whole, and a radius that is not finite and positive.
    """
    here = start_point(field, start)
    check_count(tries, "tries")
    if not (np.isfinite(radius) and radius > 0):
        raise ValueError(f"radius must be a finite positive number, not {radius!r}")
    room = np.array(field.window or ((-np.inf, np.inf),) * field.dimension)
    if not ((room[:, 0] <= here) & (here <= room[:, 1])).all():
        raise ValueError(f"start must be inside the window {field.window}, not {start!r}")

    rng = np.random.default_rng(seed)
    points, values = [here], [float(field.at(here))]
    tried = np.empty((tries, field.dimension))
    tried_values = np.empty(tries)
    accepted = np.zeros(tries, dtype=np.bool_)
    for i in range(tries):
        tried[i] = _nearby(points[-1], radius, room, rng)
        tried_values[i] = field.at(tried[i])
        if tried_values[i] < values[-1]:
            accepted[i] = True
            points.append(tried[i].copy())
            values.append(float(tried_values[i]))
    return Exploration(
        field, tuple(here.tolist()), seed, float(radius), tried, tried_values, accepted,
        np.array(points), np.array(values),
    )  # fmt: skip


def _nearby(
    here: FloatArray, radius: float, room: FloatArray, rng: np.random.Generator
) -> FloatArray:
    """A uniformly random point of the ball that lies in the room, by rejection from a box."""
    lo = np.maximum(here - radius, room[:, 0])
    hi = np.minimum(here + radius, room[:, 1])
    while True:
        candidate = rng.uniform(lo, hi)
        if ((candidate - here) ** 2).sum() <= radius**2:
            return np.asarray(candidate)
