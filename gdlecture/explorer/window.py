"""Which part of a typed function is worth showing, and how high its picture must be."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from gdmath import ScalarField
from gdmath.descent.ending import is_minimum
from gdmath.fields.evaluation import FloatArray
from gdmath.fields.scalar_field import Window, gradient_expressions

SEARCHED = (-10.0, 10.0)
_USUAL = (-3.0, 3.0)
_MOST_POINTS = 5
_SAMPLES = {1: 4001, 2: 161}
_STARTS = {1: 400, 2: 30}
_NEWTON_STEPS = 40
_MOST_IN_PLANE = 12
_MOST_MINIMA = 60


class NothingToShowError(ValueError):
    """The function has no value in the window; the message says which."""


def choose_window(field: ScalarField) -> Window:
    """The window of a field of one or two variables: around its stationary points if it has any.

    Raises:
        NothingToShowError: the field has no value between -10 and 10.
    """
    searched = tuple(SEARCHED for _ in field.variables)
    inside = domain_samples(field, searched)
    points = level_points(field, searched)
    # Many points in the plane may be a curve of them, which says little about where to look.
    if len(points) and (field.dimension == 1 or len(points) <= _MOST_IN_PLANE):
        nearest = points[np.argsort(abs(points).max(axis=1), kind="stable")][:_MOST_POINTS]
        return tuple(_around(column) for column in nearest.T)
    return tuple(_part(column) for column in inside.T)


def domain_samples(field: ScalarField, window: Window) -> FloatArray:
    """Points (m, d) of a grid over the window at which the field has a finite value.

    Raises:
        NothingToShowError: there are none.
    """
    axes = [np.linspace(lo, hi, _SAMPLES[field.dimension]) for lo, hi in window]
    grid = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, field.dimension)
    inside = grid[np.isfinite(field.at(grid))]
    if not len(inside):
        lo, hi = window[0]
        raise NothingToShowError(f"{field.expr} has no value between {lo:g} and {hi:g}")
    return inside


def level_points(field: ScalarField, window: Window) -> FloatArray:
    """Points (m, d) of the window where the gradient is zero, by Newton's method from a grid.

    Float64, and a search: `gdmath.stationary_points` is exact but may take minutes over what a
    person types. Of a curve of such points, some come out.
    """
    if all(slope.is_zero for slope in gradient_expressions(field)):
        return np.empty((0, field.dimension))
    axes = [np.linspace(lo, hi, _STARTS[field.dimension] + 2)[1:-1] for lo, hi in window]
    points = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, field.dimension)
    slopes = abs(field.gradient(points)).max(axis=1)
    usual = float(np.median(slopes[np.isfinite(slopes)])) if np.isfinite(slopes).any() else 0.0
    moved = np.full(len(points), np.inf)
    with np.errstate(all="ignore"):
        for _ in range(_NEWTON_STEPS):
            gradient, hessian = field.gradient(points), field.hessian(points)
            sound = np.isfinite(gradient).all(axis=1) & np.isfinite(hessian).all(axis=(1, 2))
            points, gradient, hessian = points[sound], gradient[sound], hessian[sound]
            step = np.einsum("mij,mj->mi", np.linalg.pinv(hessian), gradient)
            points, moved = points - step, abs(step).max(axis=1)
        level = abs(field.gradient(points)).max(axis=1) <= 1e-8 * usual
    low, high = np.array(window).T
    inside = ((points >= low) & (points <= high)).all(axis=1)
    return _distinct(points[level & inside & (moved < 1e-8 * (high - low).max())], high - low)


def minima(field: ScalarField, window: Window) -> list[tuple[float, ...]]:
    """The minima among the level points, lowest first; none where there are curves of them."""
    found = [p for p in level_points(field, window) if is_minimum(field, p, 0.0)]
    if len(found) > _MOST_MINIMA:
        return []
    found.sort(key=lambda p: float(field.at(p)))
    return [tuple(p.tolist()) for p in found]


def _distinct(points: FloatArray, width: FloatArray) -> FloatArray:
    """One of each group of points (m, d) that lie within a millionth of the window's width."""
    _, first = np.unique(np.round(points / width * 1e6), axis=0, return_index=True)
    kept: list[FloatArray] = []
    for point in points[np.sort(first)]:
        if all((abs(point - other) > 2e-6 * width).any() for other in kept):
            kept.append(point)
        if len(kept) > 4 * _MOST_MINIMA:
            break
    return np.array(kept).reshape(-1, points.shape[1])


def _around(values: FloatArray) -> tuple[float, float]:
    lo, hi = float(values.min()), float(values.max())
    margin = max(1.0, 0.4 * (hi - lo))
    return _outward(lo - margin, hi + margin)


def _outward(lo: float, hi: float) -> tuple[float, float]:
    """The ends moved outward to multiples of a half, or of something rounder if wide."""
    step = 0.5 if hi - lo < 12 else 1.0
    return float(np.floor(lo / step) * step), float(np.ceil(hi / step) * step)


def _part(values: FloatArray) -> tuple[float, float]:
    """The usual window as far as there are values in it, else where there are."""
    usual = values[(values >= _USUAL[0]) & (values <= _USUAL[1])]
    some = usual if len(usual) > 0.02 * len(values) else values
    lo, hi = float(some.min()), float(some.max())
    return _outward(lo, hi) if hi - lo > 0.1 else (lo - 0.5, hi + 0.5)


def picture_of_line(field: ScalarField) -> tuple[tuple[float, float], tuple[float, float]]:
    """What a graph's picture shows of x and of y: the window, and a forbidden part beside it.

    Below the graph there is room for the arcs of the steps; walls are cut off.
    """
    assert field.window is not None  # noqa: S101 (given by the caller)
    ((lo, hi),) = field.window
    width = hi - lo
    left, right = lo - 0.03 * width, hi + 0.03 * width
    beyond = 0.33 * width
    if not field.contains([[lo - 0.05 * width]]).any():
        left = lo - beyond
    if not field.contains([[hi + 0.05 * width]]).any():
        right = hi + beyond
    y = field(np.linspace(lo, hi, 2001))
    y = y[np.isfinite(y)]
    low, high = float(y.min()), float(np.quantile(y, 0.94))
    low = max(low, float(np.quantile(y, 0.03)) - 2 * (high - float(np.quantile(y, 0.03))))
    span = high - low if high - low > 1e-12 * max(1.0, abs(high)) else max(1.0, abs(high))
    return (left, right), (low - 0.42 * span, low + 1.12 * span)


def heights_of(field: ScalarField, samples: int = 121) -> dict[str, Any]:
    """Of a field of two variables: lowest, highest, how much to stretch, and lines of height.

    Heights are coloured by t = log1p(stretch*u)/log1p(stretch), where u in 0…1 is the share of
    the way up; stretch 0 means t = u. `lines` are polylines (m, 2) at evenly spaced t.
    """
    from contourpy import contour_generator  # noqa: PLC0415 (Bokeh brings it)

    assert field.window is not None  # noqa: S101 (given by the caller)
    x, y = (np.linspace(lo, hi, samples) for lo, hi in field.window)
    z = field(*np.meshgrid(x, y))
    finite = z[np.isfinite(z)]
    low, high = float(finite.min()), float(np.quantile(finite, 0.995))
    if not high > low:
        return {"low": low, "high": low + 1.0, "stretch": 0.0, "lines": []}
    middle = (float(np.median(finite)) - low) / (high - low)
    # A narrow valley between cliffs: half of the colours for the lower half of the points.
    stretch = 0.0 if middle > 0.15 else float(max(1.0, 1 / max(middle, 1e-4) ** 2))
    levels = np.linspace(0, 1, 16)[1:-1]
    shares = np.expm1(levels * np.log1p(stretch)) / stretch if stretch else levels
    generator: Any = contour_generator(x, y, np.ma.masked_invalid(z), line_type="Separate")
    lines = [line for share in shares for line in generator.lines(low + share * (high - low))]
    scale = max(hi - lo for lo, hi in field.window)
    digits = max(0, 3 - int(np.floor(np.log10(scale))))
    rounded = [np.round(line, digits).tolist() for line in itertools.chain(lines)]
    return {"low": low, "high": high, "stretch": stretch, "lines": rounded}
