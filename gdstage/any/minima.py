"""Minima found by looking, in float64: enough to choose a window and to mark what is in it.

The exact ones of `gdmath.stationary_points` may take minutes, or not be to be had; here the time is
bounded, whatever the function.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import sympy as sp

from gdmath import ScalarField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Window = tuple[float, float]

GRID = 2001
SIDE = 61
_HALVINGS = 90
_NEWTON_STEPS = 60
_MOST_MINIMA = 60


@dataclass(frozen=True)
class Valley:
    """A minimum: its point (d,), its value, and whether the graph has a kink there."""

    point: tuple[float, ...]
    value: float
    kink: bool = False


def bottom_below(field: ScalarField, start: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """The bottom (d,) of the valley in which a point (d,) lies, or None if none is found."""
    if field.dimension == 1:
        bottom = _bottom_on_a_line(field, float(start[0]))
        return None if bottom is None else np.array([bottom])
    return _bottom_in_the_plane(field, start)


def valleys_in(field: ScalarField, window: Sequence[Window]) -> tuple[Valley, ...]:
    """The minima seen on a grid over a window, by rising value; a narrow one can be missed."""
    places = (
        _seen_on_a_line(field, window[0]) if len(window) == 1 else _seen_on_a_map(field, window)
    )
    found: list[Valley] = []
    for exactly, kink in places:
        place = _rounded_off(field, exactly, window)
        value = float(field.at(place))
        if not np.isfinite(value) or _is_known(place, found, window):
            continue
        widths = np.array([high - low for low, high in window])
        place = np.where(abs(place) < 1e-12 * widths, 0.0, place)
        found.append(Valley(tuple(place.tolist()), value, kink))
    return tuple(sorted(found, key=lambda valley: (valley.value, valley.point)))


def kinks_in(field: ScalarField, window: Window) -> tuple[float, ...]:
    """Where in a window the argument of an absolute value changes its sign, in one variable."""
    places: list[float] = []
    x = np.linspace(*window, GRID)
    for node in field.expr.atoms(sp.Abs):
        inner = ScalarField(node.args[0], field.variables)
        values = np.asarray(inner(x), dtype=float)
        places += x[values == 0].tolist()[:_MOST_MINIMA]
        changes = _crossings(values)[:_MOST_MINIMA]
        places += [_bisected(inner.at, x[i], x[i + 1]) for i in changes]
    tiny = 1e-12 * (window[1] - window[0])
    places = [0.0 if abs(p) < tiny else float(p) for p in places]
    inside = [p for p in places if bool(field.contains([p]))]
    return tuple(sorted({_rounded(p, window): p for p in inside}.values()))


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


def _seen_on_a_line(field: ScalarField, window: Window) -> list[tuple[NDArray[np.float64], bool]]:
    x = np.linspace(*window, GRID)
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
    return [(np.array([p]), _is_kink(field, p, step)) for p in found if _is_low(field, p, step)]


def _is_low(field: ScalarField, x: float, step: float) -> bool:
    """Whether it is a bottom, not a pole at which the slope only changes its sign."""
    here, beside = field(x), (field(x - step), field(x + step))
    near = (field(x - 1e-3 * step), field(x + 1e-3 * step))
    return bool(
        np.isfinite([here, *beside, *near]).all()
        and here <= min(beside)
        and max(near) - here <= max(beside) - here
    )


def _is_kink(field: ScalarField, x: float, step: float) -> bool:
    """Whether the slope jumps at a minimum, instead of going through zero."""
    far = abs(field.gradient([[x - step], [x + step]])).max()
    near = abs(field.gradient([[x - 1e-3 * step], [x + 1e-3 * step]])).min()
    return bool(np.isfinite(far) and near > 0.2 * far)


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
        step *= min(1.0, size / max(float(abs(step).max()), 1e-300))
        for _ in range(40):
            lower = float(field.at(x - step))
            if np.isfinite(lower) and lower < value:
                break
            step = step / 2
        else:
            break
        x, value = x - step, lower
    return x if _is_hollow(field, x) else None


def _is_hollow(field: ScalarField, x: NDArray[np.float64]) -> bool:
    angles = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    r = 1e-4 * max(1.0, float(abs(x).max()))
    around = field.at(x + r * np.stack([np.cos(angles), np.sin(angles)], axis=-1))
    here = float(field.at(x))
    return bool((around >= here - 1e-12 * abs(here)).all())


def _seen_on_a_map(
    field: ScalarField, window: Sequence[Window]
) -> list[tuple[NDArray[np.float64], bool]]:
    xs, ys = (np.linspace(*side, SIDE) for side in window)
    values = np.asarray(field(*np.meshgrid(xs, ys, indexing="ij")), dtype=float)
    values = np.where(np.isfinite(values), values, np.inf)
    middle = values[1:-1, 1:-1]
    low = np.isfinite(middle)
    for i in (0, 1, 2):
        for j in (0, 1, 2):
            if (i, j) != (1, 1):
                low &= middle <= values[i : i + SIDE - 2, j : j + SIDE - 2]
    cells = np.argwhere(low) + 1
    order = np.argsort([values[i, j] for i, j in cells], kind="stable")[:_MOST_MINIMA]
    found = []
    for i, j in cells[order]:
        bottom = _bottom_in_the_plane(field, np.array([xs[i], ys[j]]))
        if bottom is not None:
            found.append((bottom, False))
    return found


def _rounded_off(
    field: ScalarField, place: NDArray[np.float64], window: Sequence[Window]
) -> NDArray[np.float64]:
    """The place, or the rounder one next to it where the slope is as small: 1 for 0.99999999998."""
    decimals = [9 - int(np.floor(np.log10(high - low))) for low, high in window]
    near = np.array([round(c, n) for c, n in zip(place.tolist(), decimals, strict=True)])
    here, there = (abs(field.gradient(p)).max() for p in (place, near))
    return near if there <= here or field.at(near) <= field.at(place) else place


def _is_known(place: NDArray[np.float64], found: list[Valley], window: Sequence[Window]) -> bool:
    low, high = np.array(window).T
    if (place < low).any() or (place > high).any():
        return True
    return any((abs(place - v.point) < 1e-4 * (high - low)).all() for v in found)


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


def _rounded(place: float, window: Window) -> int:
    return round((place - window[0]) / (window[1] - window[0]) * 1e6)
