"""Which part of a function is worth seeing: from where the walks go and where the valleys are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gdmath import Verdict
from gdmath.stationary.valleys import GRID, valleys_in
from gdstage.plane.heights import NARROWEST, clear_of_steps, heights_over

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from gdmath import ScalarField, Walk
    from gdmath.stationary.valleys import Valley

    Window = tuple[float, float]
    Array = NDArray[np.float64]

# In widths of what must be seen: how wide the iterates of a walk that runs away may make the
# window, how much of a valley's other side is seen (with one valley, with more), the room around.
NEAR, BEYOND, BEYOND_MANY, ROOM = 3.0, 0.6, 0.2, 0.1
# A closed curve of minima is seen whole if it is at most so many times as wide as the rest.
WHOLE = 4.0
# So often a window around a plateau is doubled.
DOUBLINGS = 14
FORBIDDEN = 0.16
# How many widths away a neighbouring valley still belongs to the picture; a map's has so many.
FARTHEST, FARTHEST_ON_MAP, NEIGHBOURS = 4.0, 1.5, 3
# Two neighbours are seen if they make the picture at most so many times as wide, else the nearer,
# and that only if it is not much farther.
WIDEST, WIDEST_ONE = 2.2, 6.0
# Of two neighbours that are equally far, but for this share, none is the nearer.
ALIKE = 0.2
# A bottom farther off than this many lengths of what happens is another story.
FAR = 60
# Up to this ratio of their widths the sides of a map have one scale.
ONE_SCALE = 30
MAP_SAMPLES = 121


def side_of(
    starts: Array, bottoms: Array, tame: Array, wild: Array,
    inside: Callable[[Array], Array] | None = None,
) -> Window:  # fmt: skip
    """The window (low, high) of one coordinate: all starts (m,), bottoms (n,) and `tame` iterates.

    Of the `wild` ones, of walks that climb, those that are near. `inside` tells of places (n,)
    whether they are in the domain, where that depends on this coordinate alone.
    """
    wild = wild[np.isfinite(wild)]
    core = np.concatenate([starts, bottoms, tame])
    low, high = float(core.min()), float(core.max())
    least = max(abs(low), abs(high)) * NARROWEST
    if high - low <= least:
        first = wild[: 1 + len(starts) * 4]
        reach = 3.0 * float(np.median(abs(first - starts[0]))) if len(first) else 0.0
        if reach <= least:
            reach = max(0.6 * abs(low), least * 10) if low else 1.0
            low, high = low - reach, high + reach
        near = wild[abs(wild - starts[0]) <= reach]
        low, high = (float(f([end, *near])) for f, end in ((min, low), (max, high)))
    width = high - low
    near = _first_near(wild, low, high)
    if len(bottoms):
        left, right = float(bottoms.min()), float(bottoms.max())
        beyond = (BEYOND if right - left < 0.1 * width else BEYOND_MANY) * width
        low, high = min(low, left - beyond), max(high, right + beyond)
    low, high = (float(f([end, *near])) for f, end in ((min, low), (max, high)))
    room = ROOM * (high - low)
    low, high = low - room, high + room
    if inside is None:
        return low, high
    left, right = _mostly_inside(low, high, starts, inside)
    # An iterate that left the domain is seen where it is, if it is near.
    return min([left, *(near - room)]), max([right, *(near + room)])


def _first_near(wild: Array, low: float, high: float) -> Array:
    """The iterates, in their order, until one of them would make the window too wide."""
    most = NEAR * (high - low)
    near: list[float] = []
    for place in wild.tolist():
        low, high = min(low, place), max(high, place)
        if high - low > most:
            break
        near.append(place)
    return np.array(near)


def graph_window(field: ScalarField, walks: Sequence[Walk], bottoms: Sequence[Array]) -> Window:
    """The window of x for walks of one variable, with a neighbouring valley at either side."""
    starts, tame, wild = _places(walks)
    floors = _reachable(field, bottoms, starts, np.concatenate([tame, wild]))

    def inside(x: Array) -> Array:
        return np.asarray(field.contains(x[:, None]))

    low, high = side_of(starts[:, 0], floors[:, 0], tame[:, 0], wild[:, 0], inside)
    if not len(floors) and not np.ptp(np.concatenate([starts, tame])):
        low, high = _where_it_changes(field, float(starts[0, 0]), (low, high))
    width = high - low
    wide = (low - FARTHEST * width, high + FARTHEST * width)
    seen = np.sort([v.point[0] for v in valleys_in(field, (wide,))])
    more = np.concatenate([seen[seen < low][-1:], seen[seen > high][:1]])
    if np.ptp([low, high, *more]) > WIDEST * width:
        away = np.maximum(low - more, more - high)
        alike = len(more) == 2 and np.ptp(away) < ALIKE * away.max()
        more = more[:0] if alike else more[np.argsort(away)][:1]
    if np.ptp([low, high, *more]) > WIDEST_ONE * width:
        more = more[:0]
    if len(more):
        margin = 0.25 * (max(high, more.max()) - min(low, more.min()))
        low, high = min(low, more.min() - margin), max(high, more.max() + margin)
        room = ROOM * (high - low)
        low, high = min(low, starts.min() - room), max(high, starts.max() + room)
        low, high = _mostly_inside(low, high, starts[:, 0], inside)
    return low, high


def _where_it_changes(field: ScalarField, start: float, window: Window) -> Window:
    """A window around a plateau that holds the place where it ends: a drop, a rise, a well.

    It is doubled until doubling shows no more of the function's change, or `window` if that never
    comes to an end.
    """
    reach = 0.25 * max(1.0, abs(start))
    changes = [_change(field, start, reach * 2.0**j) for j in range(DOUBLINGS)]
    for j in range(DOUBLINGS - 2):
        if changes[j] > 0 and changes[j + 2] < 1.05 * changes[j] and changes[0] < 0.5 * changes[j]:
            far = reach * 2.0**j
            return start - far, start + far
    return window


def _change(field: ScalarField, middle: float, reach: float) -> float:
    """How much a field of one variable varies within ± reach."""
    values = np.asarray(field(np.linspace(middle - reach, middle + reach, GRID)), dtype=float)
    values = values[np.isfinite(values)]
    return float(np.ptp(values)) if len(values) else 0.0


def map_window(
    field: ScalarField, walks: Sequence[Walk], bottoms: Sequence[Array]
) -> tuple[Window, Window]:
    """The window of x and y for walks of two variables, with the nearest other valleys.

    It is of equal scales if the sides allow.
    """
    starts, tame, wild = _places(walks)
    floors = _reachable(field, bottoms, starts, np.concatenate([tame, wild]))
    x, y = (side_of(starts[:, i], floors[:, i], tame[:, i], wild[:, i]) for i in (0, 1))
    core = np.concatenate([starts, floors, tame])
    still = np.ptp(core, axis=0) == 0
    x, y = _of_one_scale(x, y, still)
    low, high = np.array([x, y]).T
    margin = FARTHEST_ON_MAP * (high - low)
    wide = [(float(a), float(b)) for a, b in zip(low - margin, high + margin, strict=True)]
    seen = valleys_in(field, wide)
    x, y = _with_curves(x, y, seen)
    if any(v.curve for v in seen):
        return _of_one_scale(x, y, still)
    others = np.array([v.point for v in seen]).reshape(-1, 2)
    away = np.maximum(low - others, others - high).max(axis=1, initial=-np.inf)
    nearest = others[np.argsort(away, kind="stable")]
    beyond = nearest[np.sort(away) > 0][:NEIGHBOURS]
    if not len(beyond):
        return x, y
    low, high = np.minimum(low, beyond.min(axis=0)), np.maximum(high, beyond.max(axis=0))
    room = ROOM * (high - low)
    sides = [(float(a), float(b)) for a, b in zip(low - room, high + room, strict=True)]
    return _of_one_scale(sides[0], sides[1], still)


def _with_curves(x: Window, y: Window, valleys: Sequence[Valley]) -> tuple[Window, Window]:
    """The sides, widened so that closed curves of minima are seen whole, if that is near enough."""
    for valley in valleys:
        if not valley.curve or valley.curve[0] != valley.curve[-1]:
            continue
        low, high = np.array(valley.curve).min(axis=0), np.array(valley.curve).max(axis=0)
        room = ROOM * (high - low)
        wider = [
            (min(a, lo - r), max(b, hi + r))
            for (a, b), lo, hi, r in zip((x, y), low, high, room, strict=True)
        ]
        if all(b - a <= WHOLE * (d - c) for (a, b), (c, d) in zip(wider, (x, y), strict=True)):
            x, y = ((float(a), float(b)) for a, b in wider)
    return x, y


def _of_one_scale(x: Window, y: Window, still: Array) -> tuple[Window, Window]:
    """Two sides made equally wide, unless one is far wider and both are needed."""
    widths = x[1] - x[0], y[1] - y[0]
    # A coordinate in which nothing happens is seen as wide as the other.
    reach = widths[int(still[0])] if still.sum() == 1 else max(widths)
    if max(widths) > ONE_SCALE * min(widths) and not still.any():
        return x, y
    one, two = (((a + b - reach) / 2, (a + b + reach) / 2) for a, b in (x, y))
    return one, two


def values_window(
    field: ScalarField, x: Window, walks: Sequence[Walk], valleys: Sequence[Valley]
) -> Window:
    """The window of f over a window of x."""
    grid = np.linspace(*x, GRID)
    values = np.asarray(field(grid), dtype=float)
    return clear_of_steps(heights_over(values, *_must_be_seen([x], walks, valleys)))


def map_heights(
    field: ScalarField, window: tuple[Window, Window], walks: Sequence[Walk],
    valleys: Sequence[Valley],
) -> Window:  # fmt: skip
    """The heights that the surface's box spans: all, unless much of it would dwarf the walk."""
    axes = (np.linspace(*side, MAP_SAMPLES) for side in window)
    values = np.asarray(field(*np.meshgrid(*axes, indexing="ij")), dtype=float)
    core, others = _must_be_seen(window, walks, valleys)
    return heights_over(values.ravel(), core, others, above=1.2)


def fits(window: Sequence[Window], points: Array) -> Array:
    """Which of the points (m, d) lie in a window, bool (m,)."""
    low, high = np.array(window).T
    return np.asarray(((points >= low) & (points <= high)).all(axis=1))


def _must_be_seen(
    window: Sequence[Window], walks: Sequence[Walk], valleys: Sequence[Valley]
) -> tuple[Array, Array]:
    """The values of starts, valleys and tame walks, and of other iterates, inside a window."""
    core = [float(v.value) for v in valleys]
    others: list[float] = []
    for walk in walks:
        seen = fits(window, walk.points) & np.isfinite(walk.values)
        sure = len(seen) if stays(walk) else 1
        core += walk.values[:sure][seen[:sure]].tolist()
        others += walk.values[sure:][seen[sure:]].tolist()
    return np.array(core), np.array(others)


def _places(walks: Sequence[Walk]) -> tuple[Array, Array, Array]:
    """Starts, the other iterates of walks that stay, and those of walks that run away."""
    starts = np.array([walk.start for walk in walks])
    tame, wild = [np.empty((0, starts.shape[1]))], [np.empty((0, starts.shape[1]))]
    for walk in walks:
        (tame if stays(walk) else wild).append(walk.points[1:])
    return starts, np.concatenate(tame), np.concatenate(wild)


def stays(walk: Walk) -> bool:
    """Whether a walk neither runs away nor leaves the domain: then all of it is worth seeing."""
    gone = (Verdict.DIVERGED, Verdict.FALLING, Verdict.LEFT_DOMAIN)
    return walk.verdict not in gone and bool(np.isfinite(walk.values).all())


def _reachable(field: ScalarField, bottoms: Sequence[Array], starts: Array, others: Array) -> Array:
    """The bottoms (n, d) that are not so far away that the walks would shrink to a dot."""
    moved = float(np.median(abs(others - starts[0]).max(axis=1))) if len(others) else 0.0
    spread = float(np.ptp(starts, axis=0).max())
    reach = FAR * max(moved, spread, 1e-3 * float(abs(starts).max()), _newton_length(field, starts))
    near = [b for b in bottoms if reach == 0 or abs(b - starts).max(axis=1).min() <= reach]
    return np.array(near).reshape(-1, starts.shape[1])


def _newton_length(field: ScalarField, starts: Array) -> float:
    """How far a parabola's bottom would be from a start: the function's own scale of length."""
    hessian, gradient = field.hessian(starts), field.gradient(starts)
    if not (np.isfinite(hessian).all() and np.isfinite(gradient).all()):
        return 0.0
    curvature = abs(hessian).max(axis=(1, 2))
    lengths = abs(gradient).max(axis=1)[curvature > 0] / curvature[curvature > 0]
    return float(lengths.min(initial=np.inf)) if len(lengths) else 0.0


def _mostly_inside(
    low: float, high: float, starts: Array, inside: Callable[[Array], Array]
) -> Window:
    """Of what lies out of the domain at either end, a strip."""
    x = np.linspace(low, high, GRID)
    good = np.flatnonzero(inside(x))
    if not len(good):
        return low, high
    first, last = min(x[good[0]], starts.min()), max(x[good[-1]], starts.max())
    strip = FORBIDDEN * (last - first)
    return max(low, float(first - strip)), min(high, float(last + strip))
