"""Lines, arrows and dots: what is drawn upon surfaces, with a breadth of its own."""

from __future__ import annotations

import itertools as it
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gdstage.space import order
from gdstage.space.batch import DISCS, HEADS, STROKES, Array, Batch, batch
from gdstage.space.camera import View
from gdstage.space.mesh import distinct
from gdstage.space.solids import STROKE_UNIT, Arrow3, Curve, Dot3, FloorLines, Wall


@dataclass(frozen=True)
class Draft:
    """A mark whose place in the order is yet to be found: as a batch, without keys.

    Its pieces are ordered as if they were at the points `at` (n, 3) of the data, half as broad as
    `half` drawn units, and `offset` later than what is there.
    """

    kind: int
    xy: Array
    rgba: Array
    size: float
    depth: Array
    at: Array
    half: float
    offset: float


def keyed(drafts: Sequence[Draft], scenery: order.Scenery) -> list[Batch]:
    """The batches of drafts, in the order of painting; all at once, which is quicker."""
    if not drafts:
        return []
    counts = [len(draft.at) for draft in drafts]
    halves, offsets = (
        np.repeat([getattr(draft, name) for draft in drafts], counts) for name in ("half", "offset")
    )
    keys = scenery.keys(np.concatenate([draft.at for draft in drafts]), halves, offsets)
    return [
        batch(draft.kind, draft.xy, draft.rgba, size=draft.size, key=key, depth=draft.depth)
        for draft, key in zip(drafts, np.split(keys, np.cumsum(counts)[:-1]), strict=True)
    ]


def drafts(member: Wall | Curve | Arrow3, scenery: order.Scenery) -> list[Draft]:
    """What is drawn of a member that is no dot: of a plane, its border."""
    if isinstance(member, Wall):
        return _outline(member, scenery)
    if isinstance(member, Curve):
        return _curve(member, scenery)
    return _arrow(member, scenery)


def _curve(curve: Curve, scenery: order.Scenery) -> list[Draft]:
    """A curve's solid part or dashes."""
    start, end = curve.reveal
    if not curve.dashes:
        chains = [_pieces(curve.points, scenery, start, end)]
    else:
        marks = np.arange(curve.dashes) / (curve.dashes - 0.5)
        spans = [(max(a, start), min(a + 0.5 / (curve.dashes - 0.5), end)) for a in marks]
        chains = [_pieces(curve.points, scenery, a, b) for a, b in spans if b > a]
    return [_line(c, curve.rgba, curve.line_width, scenery) for c in chains if len(c) > 1]


def _arrow(arrow: Arrow3, scenery: order.Scenery) -> list[Draft]:
    """An arrow's shaft and head; nothing when it points straight at the viewer."""
    start, end = arrow.points[0], arrow.points[-1]
    tail = start + (end - start) * arrow.reveal[0]
    tip = start + (end - start) * arrow.reveal[1]
    seen, depth = np.split(scenery.view.project(np.array([tail, tip])), [2], axis=1)
    way = seen[1] - seen[0]
    length = float(np.hypot(*way))
    if length < 1e-9:
        return []
    head = min(arrow.head, 0.6 * length)
    shaft = _pieces(np.array([tail, tip]), scenery, 0.0, 1 - 0.8 * head / length)
    forward = way / length
    aside = 0.42 * head * np.array([-forward[1], forward[0]])
    foot = seen[1] - head * forward
    corners = np.concatenate([seen[1], foot + aside, foot - aside])[None]
    behind = (tip + (tail - tip) * 0.5 * head / length)[None]
    half = 0.5 * head / scenery.view.zoom
    return [
        _line(shaft, arrow.rgba, arrow.line_width, scenery),
        Draft(HEADS, corners, arrow.rgba, 0.0, depth[1], behind, half, order.HEAD),
    ]


def dot_batches(dots: Sequence[Dot3], scenery: order.Scenery) -> list[Batch]:
    """The disc of each dot."""
    if not dots:
        return []
    points = np.concatenate([dot.points[:1] for dot in dots])
    radii = np.array([dot.disc_radius for dot in dots]) / scenery.view.zoom
    keys = scenery.keys(points, radii, order.DOT)
    # On a slope a disc stands out in front of faces that are painted after the one it lies on.
    rims = [scenery.footprint(point, r) for point, r in zip(points, radii.tolist(), strict=True)]
    owners = np.repeat(np.arange(len(dots)), [len(rim) for rim in rims])
    np.maximum.at(keys, owners, scenery.keys(np.concatenate(rims), 0.0, order.DOT))
    seen = scenery.view.project(points)
    return [
        batch(DISCS, at[None, :2], dot.rgba, size=dot.disc_radius, key=key, depth=at[2:])
        for dot, at, key in zip(dots, seen, keys[:, None], strict=True)
    ]


def floor_paths(lines: FloorLines, view: View) -> list:
    """Lines on the floor: scene points (k, 2), colour and breadth of each."""
    alpha = float(lines.rgba[3])
    share = float(lines.reveal[1])
    paths = []
    for k, (a, b) in enumerate(it.pairwise(lines.starts.tolist())):
        points = lines.points[a : a + max(int(np.ceil((b - a) * share)), 2)]
        colour = (*lines.colours[k].tolist(), alpha)
        paths.append((view.project(points)[:, :2], colour, lines.line_width * STROKE_UNIT))
    return paths


def _outline(wall: Wall, scenery: order.Scenery) -> list[Draft]:
    """The border of a plane, once it is wholly revealed."""
    if not wall.outline or wall.reveal[0] > 0 or wall.reveal[1] < 1:
        return []
    ring = _pieces(np.concatenate([wall.points, wall.points[:1]]), scenery, 0.0, 1.0)
    rgba = np.append(wall.rgba[:3], wall.rgba[3] ** 0.5)
    return [_line(ring, rgba, wall.outline, scenery)]


def stacked(drawn: list[Batch], scenery: order.Scenery) -> list[Batch]:
    """The marks with keys raised so that of marks in one place the later one lies on top."""
    below: list[_Placed] = []
    result = []
    lows, highs = np.empty((2, len(drawn), 2))
    for mark in drawn:
        if mark.depth is None or not len(mark.key):
            continue
        ends = mark.xy.reshape(len(mark.key), -1, 2)
        middle = ends.mean(axis=1)
        reach = mark.reach + np.hypot(*(ends - middle[:, None]).transpose(2, 0, 1)).max(axis=1)
        place = _Placed(middle, mark.depth, reach, mark.key.copy())
        n, (low, high) = len(below), place.box
        met = ((lows[:n] <= high) & (highs[:n] >= low)).all(axis=1)
        for i in np.flatnonzero(met):
            place.rise_above(below[i], scenery)
        lows[n], highs[n] = low, high
        below.append(place)
        result.append(replace(mark, key=place.key))
    return result


@dataclass(frozen=True)
class _Placed:
    """The pieces of a mark: middles (n, 2) and how far they reach (n,), depths and keys (n,)."""

    middle: Array
    depth: Array
    reach: Array
    key: Array

    @cached_property
    def box(self) -> tuple[Array, Array]:
        """The corners (2,) of what it reaches."""
        reach = self.reach[:, None]
        return (self.middle - reach).min(axis=0), (self.middle + reach).max(axis=0)

    def within(self, other: _Placed) -> NDArray[np.intp]:
        """Which of its pieces reach into the box of another mark."""
        low, high = other.box
        reach = self.reach[:, None]
        return np.flatnonzero(
            ((self.middle - reach <= high) & (self.middle + reach >= low)).all(axis=1)
        )

    def rise_above(self, other: _Placed, scenery: order.Scenery) -> None:
        """Raise the keys of the pieces that touch pieces of another mark."""
        mine, theirs = self.within(other), other.within(self)
        if not len(mine) or not len(theirs):
            return
        touch = self.reach[mine, None] + other.reach[theirs]
        near = np.abs(self.depth[mine, None] - other.depth[theirs]) < (
            3 * touch / scenery.view.zoom + 2 * scenery.cell
        )
        for axis in (0, 1):
            away = np.abs(self.middle[mine, axis, None] - other.middle[theirs, axis])
            near &= away < touch
        raised = np.where(near, other.key[theirs] + order.STACK, 0.0).max(axis=1)
        self.key[mine] = np.maximum(self.key[mine], raised)


def _line(points: Array, rgba: Array, width: float, scenery: order.Scenery) -> Draft:
    seen = scenery.view.project(points)
    middle = 0.5 * (points[:-1] + points[1:])
    breadth = width * STROKE_UNIT
    half = 0.5 * breadth / scenery.view.zoom
    xy = np.concatenate([seen[:-1, :2], seen[1:, :2]], axis=1)
    depth = 0.5 * (seen[:-1, 2] + seen[1:, 2])
    return Draft(STROKES, xy, rgba, breadth, depth, middle, half, order.LINE)


def _pieces(points: Array, scenery: order.Scenery, start: float, end: float) -> Array:
    """The part of a polyline (n, 3) between two shares of its drawn length, in steps ≤ a cell."""
    drawn = scenery.view.box.to_drawn(points)
    lengths = np.linalg.norm(np.diff(drawn, axis=0), axis=1)
    reach = np.concatenate([[0.0], np.cumsum(lengths)])
    if not reach[-1] > 0:
        return points[:0]
    low, high = start * reach[-1], end * reach[-1]
    steps = max(int(np.ceil((high - low) / scenery.cell)), 1)
    own = reach[(reach > low) & (reach < high)]
    # A finely sampled curve has corners enough; a coarse one gets more, for the order's sake.
    extra = np.linspace(low, high, steps + 1) if len(own) < steps else np.array([low, high])
    stops = distinct(np.concatenate([own, extra]))
    return np.stack([np.interp(stops, reach, points[:, k]) for k in range(3)], axis=1)
