"""Minima found by looking, in float64: enough to choose a window and to say what is in it.

The exact ones of `gdmath.stationary_points` may take minutes, or not be to be had; here the time is
bounded, whatever the function.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gdmath.stationary.curves_seen import curve_through
from gdmath.stationary.kinds import Kind
from gdmath.stationary.kinks import has_kink, kinks
from gdmath.stationary.nearest import spot_near

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdmath.fields.scalar_field import ScalarField

    Window = tuple[float, float]

GRID = 2001
SIDE = 61
SEEN = 201
"""Places along each axis at which one looks whether a field is lower somewhere."""
_HALVINGS = 90
_NEWTON_STEPS = 60
_MOST_MINIMA = 60


@dataclass(frozen=True)
class Valley:
    """A minimum: its point (d,), its value, and whether the graph has a kink there.

    If the minima are a whole curve, `curve` holds points (d,) along it as far as the window goes,
    in order, the first again at the end if it is closed; `point` is the one that was found first.
    """

    point: tuple[float, ...]
    value: float
    kink: bool = False
    curve: tuple[tuple[float, ...], ...] = ()


def bottom_below(field: ScalarField, start: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """The bottom (d,) of the valley in which a point (d,) lies, or None if none is found."""
    if field.dimension == 1:
        bottom = _bottom_on_a_line(field, float(start[0]))
        return None if bottom is None else np.array([bottom])
    return _bottom_in_the_plane(field, start)


def valleys_in(field: ScalarField, window: Sequence[Window]) -> tuple[Valley, ...]:
    """The minima seen on a grid over a window, by rising value; a narrow one can be missed.

    What float64 shows level, for want of digits, is asked for its kind with 60 of them. In the
    plane minima that are not alone are followed along their curve.
    """
    found: list[Valley] = []
    if len(window) == 1:
        for place in _seen_on_a_line(field, window):
            _keep(_valley_at(field, place, window), found, window)
        return _by_height(found)
    low, lowest_by_parts = _low_cells(field, window)
    _look_under(field, low, found, window)
    if not found:
        # Along a trough that is askew no point of a grid need be lower than all its neighbours.
        _look_under(field, lowest_by_parts, found, window)
    return _by_height(found)


def _look_under(
    field: ScalarField,
    cells: NDArray[np.float64],
    found: list[Valley],
    window: Sequence[Window],
) -> None:
    """Add to `found` the valleys under points (m, 2) of a grid, trying at most 60."""
    tries = 0
    for cell in cells:
        if tries == _MOST_MINIMA or _is_on_a_curve(cell, found, window):
            continue
        tries += 1
        bottom = _bottom_in_the_plane(field, cell)
        if bottom is not None and not _is_known(bottom, found, window):
            _keep(_valley_at(field, bottom, window), found, window)


def _keep(valley: Valley | None, found: list[Valley], window: Sequence[Window]) -> None:
    if valley is not None and not _is_known(np.array(valley.point), found, window):
        found.append(valley)


def _by_height(found: list[Valley]) -> tuple[Valley, ...]:
    return tuple(sorted(found, key=lambda valley: (valley.value, valley.point)))


def _valley_at(
    field: ScalarField, place: NDArray[np.float64], window: Sequence[Window]
) -> Valley | None:
    """The valley whose bottom was seen about a place (d,), or None if a closer look shows none."""
    widths = np.array([high - low for low, high in window])
    spot = spot_near(field, place, 1e-3 * float(widths.min()))
    if spot is not None:
        if spot.kind is not Kind.MINIMUM:
            return None
        point, value = spot.point, spot.value
    else:
        point = _rounded_off(field, place, window)
        value = float(field.at(point))
    is_sharp = has_kink(field, point.tolist())
    if spot is None and not is_sharp and not _is_low_around(field, point):
        return None
    if not np.isfinite(value):
        return None
    curve = curve_through(field, point, window) if len(window) == 2 and spot is not None else ()
    return Valley(tuple(point.tolist()), value, is_sharp, curve)


def _is_low_around(field: ScalarField, point: NDArray[np.float64]) -> bool:
    """Whether a point without a gradient of zero next to it lies lower than all around it."""
    r = 1e-4 * max(1.0, float(abs(point).max()))
    around = field.at(point + r * _ways_from(field, point))
    return bool((around > field.at(point)).all())


def _ways_from(field: ScalarField, point: NDArray[np.float64]) -> NDArray[np.float64]:
    """Directions (m, d) all around a point, and those in which the field bends most and least.

    Without these a narrow trough that falls for ever would pass for a hollow.
    """
    if len(point) == 1:
        return np.array([[1.0], [-1.0]])
    angles = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    ways = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    hessian = field.hessian(point)
    if not np.isfinite(hessian).all():
        return ways
    bends = np.linalg.eigh(hessian)[1].T
    return np.concatenate([ways, bends, -bends])


def kinks_in(field: ScalarField, window: Window) -> tuple[float, ...]:
    """Where in a window the slope of a field of one variable jumps."""
    return kinks(field, *window)


# One variable


def _bottom_on_a_line(field: ScalarField, start: float) -> float | None:
    slope = float(field.gradient([start])[0])
    if not np.isfinite(slope) or slope == 0:
        return start if slope == 0 and _rises_around(field, start) else None
    scale = max(abs(start), 1.0)
    reach = np.concatenate([[0.0], scale * np.logspace(-13, 13, 700)])
    x = start - np.sign(slope) * reach
    slopes = field.gradient(x[:, None])[:, 0] * np.sign(slope)
    gone = np.flatnonzero(~np.isfinite(slopes))
    rising = np.flatnonzero(slopes < 0)
    if not len(rising) or (len(gone) and gone[0] < rising[0]):
        return None
    # What lies between is level: exp(-x) far out, or the bottom hit exactly.
    before = int(np.flatnonzero(slopes[: rising[0]] > 0)[-1])
    if rising[0] - before > 2:
        return None
    return _bisected(lambda p: field.gradient(p)[..., 0], x[before], x[rising[0]])


def _rises_around(field: ScalarField, x: float) -> bool:
    r = 1e-3 * max(abs(x), 1.0)
    return bool(min(field(x - r), field(x + r)) > field(x))


def _seen_on_a_line(field: ScalarField, window: Sequence[Window]) -> list[NDArray[np.float64]]:
    x = np.linspace(*window[0], GRID)
    slopes = field.gradient(x[:, None])[:, 0]
    level = np.flatnonzero((slopes[1:-1] == 0) & (slopes[:-2] < 0) & (slopes[2:] > 0)) + 1
    found = x[level].tolist()
    falls = [i for i in _crossings(slopes) if slopes[i] < 0]
    # The nearest to the middle, if there are very many.
    falls.sort(key=lambda i: abs(i - GRID // 2))
    found += [
        _bisected(lambda p: field.gradient(p)[..., 0], x[i], x[i + 1]) for i in falls[:_MOST_MINIMA]
    ]
    step = x[1] - x[0]
    return [np.array([p]) for p in found if _is_low(field, p, step)]


def _is_low(field: ScalarField, x: float, step: float) -> bool:
    """Whether it is a bottom, not a pole at which the slope only changes its sign."""
    here, beside = field(x), (field(x - step), field(x + step))
    near = (field(x - 1e-3 * step), field(x + 1e-3 * step))
    return bool(
        np.isfinite([here, *beside, *near]).all()
        and here <= min(beside)
        and max(near) - here <= max(beside) - here
    )


# Two variables


def _bottom_in_the_plane(
    field: ScalarField, start: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """Newton's method with every curvature taken as upward, and steps halved until they descend."""
    x, value = start, float(field.at(start))
    size = max(1.0, float(abs(start).max()))
    for _ in range(_NEWTON_STEPS):
        gradient, hessian = field.gradient(x), field.hessian(x)
        if not (np.isfinite(gradient).all() and np.isfinite(hessian).all()):
            return None
        if abs(gradient).max() <= 1e-12 * (1 + abs(value)):
            break
        curvatures, ways = np.linalg.eigh(hessian)
        least = 1e-6 * max(float(abs(curvatures).max()), 1e-300)
        step = ways @ ((ways.T @ gradient) / np.maximum(abs(curvatures), least))
        length = max(float(abs(step).max()), 1e-300)
        if length > size:
            # Twice as far next time: a bottom may be far out of the start's own size.
            step, size = step * (size / length), 2 * size
        for _ in range(40):
            lower = float(field.at(x - step))
            if np.isfinite(lower) and lower < value:
                break
            step = step / 2
        else:
            break
        x, value = x - step, lower
    if _is_hollow(field, x):
        return x
    # Where it is very flat the search stops short of the bottom.
    spot = spot_near(field, x, 1e-2 * size)
    return spot.point if spot is not None and spot.kind is Kind.MINIMUM else None


def _is_hollow(field: ScalarField, x: NDArray[np.float64]) -> bool:
    r = 1e-4 * max(1.0, float(abs(x).max()))
    around = field.at(x + r * _ways_from(field, x))
    here = float(field.at(x))
    return bool((around >= here - 1e-12 * abs(here)).all())


def _low_cells(
    field: ScalarField, window: Sequence[Window]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The points (m, 2) of a grid that lie no higher than their neighbours, the lowest first.

    And the lowest (9, 2) of each ninth of the window.
    """
    xs, ys = (np.linspace(*side, SIDE) for side in window)
    values = np.asarray(field(*np.meshgrid(xs, ys, indexing="ij")), dtype=float)
    values = np.where(np.isfinite(values), values, np.inf)
    middle = values[1:-1, 1:-1]
    low = np.isfinite(middle)
    for i in (0, 1, 2):
        for j in (0, 1, 2):
            if (i, j) != (1, 1):
                low &= middle <= values[i : i + SIDE - 2, j : j + SIDE - 2]
    rows, columns = np.argwhere(low).T + 1
    order = np.argsort(values[rows, columns], kind="stable")
    cells = np.stack([xs[rows], ys[columns]], axis=-1)[order]
    parts = []
    for left in np.array_split(np.arange(SIDE), 3):
        for bottom in np.array_split(np.arange(SIDE), 3):
            i, j = divmod(int(values[np.ix_(left, bottom)].argmin()), len(bottom))
            parts.append((xs[left[i]], ys[bottom[j]]))
    return cells, np.array(parts)


def _is_on_a_curve(
    cell: NDArray[np.float64], found: list[Valley], window: Sequence[Window]
) -> bool:
    """Whether a grid point is beside a curve of minima that is known."""
    widths = np.array([high - low for low, high in window])
    return any(
        (abs(np.array(v.curve) - cell) < 1.5 * widths / SIDE).all(axis=1).any()
        for v in found
        if v.curve
    )


def _rounded_off(
    field: ScalarField, place: NDArray[np.float64], window: Sequence[Window]
) -> NDArray[np.float64]:
    """The place, or the roundest one next to it that lies as low: the tip of a cone."""
    for digits in (3, 6, 9):
        decimals = [digits - int(np.floor(np.log10(high - low))) for low, high in window]
        near = np.array([round(c, n) for c, n in zip(place.tolist(), decimals, strict=True)]) + 0.0
        if field.at(near) <= field.at(place):
            return near
    return place


def _is_known(place: NDArray[np.float64], found: list[Valley], window: Sequence[Window]) -> bool:
    low, high = np.array(window).T
    if (place < low).any() or (place > high).any():
        return True
    apart = [(v, 1e-4 if not v.curve else 1e-2) for v in found]
    return any(
        (abs(np.array(v.curve or (v.point,)) - place) < share * (high - low)).all(axis=1).any()
        for v, share in apart
    )


def _crossings(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """The i between which and i + 1 the sign changes, both values being finite and not 0."""
    with np.errstate(invalid="ignore", over="ignore"):
        changes = np.sign(values[:-1]) * np.sign(values[1:]) < 0
    return np.flatnonzero(changes)


def _bisected(function: object, low: float, high: float) -> float:
    """Where a function of points (1,) changes its sign between two places, to the last bit."""
    sign = np.sign(float(function(np.array([low]))))  # type: ignore[operator]
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        there = float(function(np.array([middle])))  # type: ignore[operator]
        if there == 0 or not np.isfinite(there):
            return middle
        low, high = (middle, high) if np.sign(there) == sign else (low, middle)
    return (low + high) / 2
