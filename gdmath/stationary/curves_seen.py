"""A curve of minima, followed in float64: a ring, a trough, a hyperbola."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gdmath.fields.evaluation import FloatArray
from gdmath.fields.scalar_field import ScalarField

# Points along the longer side of a window, and the most that are taken of one curve.
_ALONG, _MOST = 80, 1200
_CORRECTIONS = 8
# Below this share of the largest curvature a direction is level.
_LEVEL = 1e-7

Points = tuple[tuple[float, ...], ...]


def curve_through(
    field: ScalarField, point: FloatArray, window: Sequence[tuple[float, float]]
) -> Points:
    """The curve of minima through a minimum (2,), as far as the window goes; () if it is alone.

    A step along the level direction of the Hessian, then Newton's method across it, and again;
    both ways, or until it closes. Points are in order, the first again at the end of a closed one.
    """
    low, high = np.array(window, dtype=np.float64).T
    step = float((high - low).max()) / _ALONG
    _, way = _level_way(field, point)
    if way is None:
        return ()
    there = _followed(field, point, way, step, (low, high))
    if len(there) > 2 and abs(there[-1] - point).max() < 1e-12 * (1 + abs(point).max()):
        return _plain([point, *there])
    back = _followed(field, point, -way, step, (low, high))
    # A curve that ends where it began to be followed is no curve.
    return _plain([*back[::-1], point, *there]) if len(there) + len(back) > 2 else ()


def _followed(
    field: ScalarField, start: FloatArray, way: FloatArray, step: float,
    window: tuple[FloatArray, FloatArray],
) -> list[FloatArray]:  # fmt: skip
    """The points after `start` in a direction, until the window's edge, an end, or the start."""
    points: list[FloatArray] = []
    x, low, high = start, *window
    for _ in range(_MOST):
        size, _ = _level_way(field, x)
        after = _corrected(field, x + step * way, size * step)
        if after is None or abs(after - x).max() > 2 * step:
            break
        _, turned = _level_way(field, after)
        if turned is None:
            break
        if (after < low).any() or (after > high).any():
            edge = _corrected(field, _at_the_edge(x, after, low, high), size * step)
            points += [] if edge is None else [edge]
            break
        way = turned if turned @ (after - x) > 0 else -turned
        # Closed once it is near again, having been farther away.
        if len(points) > 3 and np.hypot(*(after - start)) < 0.75 * step:
            points.append(start)
            break
        points.append(after)
        x = after
    return points


def _at_the_edge(x: FloatArray, after: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """Where the way from x (2,), inside, to a point outside crosses the window's edge."""
    with np.errstate(all="ignore"):
        shares = np.concatenate([(low - x) / (after - x), (high - x) / (after - x)])
    return np.asarray(x + shares[(shares > 0) & (shares <= 1)].min(initial=1.0) * (after - x))


def _corrected(field: ScalarField, x: FloatArray, slope: float) -> FloatArray | None:
    """The point across the curve's direction at which the gradient is zero, to rounding."""
    for _ in range(_CORRECTIONS):
        gradient, hessian = field.gradient(x), field.hessian(x)
        if not (np.isfinite(gradient).all() and np.isfinite(hessian).all()):
            return None
        curvatures, ways = np.linalg.eigh(hessian)
        if curvatures[-1] <= 0:
            return None
        x = x - ways[:, -1] * (ways[:, -1] @ gradient) / curvatures[-1]
    return x if abs(field.gradient(x)).max() <= 1e-9 * slope else None


def _level_way(field: ScalarField, x: FloatArray) -> tuple[float, FloatArray | None]:
    """The largest curvature, and the unit vector (2,) along which there is none, or None."""
    hessian = field.hessian(x)
    if not np.isfinite(hessian).all():
        return 0.0, None
    curvatures, ways = np.linalg.eigh(hessian)
    size = float(curvatures[-1])
    is_level = size > 0 and abs(curvatures[0]) <= _LEVEL * size
    return size, ways[:, 0] if is_level else None


def _plain(points: Sequence[FloatArray]) -> Points:
    return tuple(tuple(p.tolist()) for p in points)
