"""Meshes cut along the lines of a grid, shaded, and split where they cross each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdstage.look.theme import colour_map
from gdstage.space.camera import View
from gdstage.space.solids import Mesh

TOLERANCE = 1e-9
Array = NDArray[np.float64]

# Where the light is, seen by the viewer: to the left, above, and behind the viewer's shoulder.
TOWARD = np.array([0.0, 0.0, 1.0])
LIGHT = np.array([-0.42, 0.62, 0.66]) / np.linalg.norm([-0.42, 0.62, 0.66])
HALFWAY = (LIGHT + TOWARD) / np.linalg.norm(LIGHT + TOWARD)
AMBIENT, DIFFUSE, GLOSS, SHININESS = 0.56, 0.5, 0.1, 24
UNDERSIDE = 0.72
"""How bright a surface is from below, of its brightness from above: tells inside from outside."""


@dataclass(frozen=True)
class Sheet:
    """A mesh whose vertices lie on lines of the common grid.

    `first` is the index of its first grid line in x and y; `vertices` (m, n, 3) data, `seen`
    (m, n, 3) projected; `rgba` (m-1, n-1, 4) and `up` (m-1, n-1), whether a face shows its upper
    side; `centre_z` (m-1, n-1).
    """

    first: tuple[int, int]
    vertices: Array
    seen: Array
    rgba: Array
    up: NDArray[np.bool_]
    centre_z: Array

    def locate(
        self, xs: Array, ys: Array, points: Array
    ) -> tuple[NDArray[np.bool_], NDArray[np.intp], NDArray[np.intp], Array]:
        """For points (p, 3): whether over the sheet, their cell (i, j), and the sheet's z there."""
        (i0, j0), (m, n) = self.first, self.vertices.shape[:2]
        lines = (xs[i0 : i0 + m], ys[j0 : j0 + n])
        cells, shares, over = [], [], np.ones(len(points), dtype=bool)
        for axis, line in enumerate(lines):
            at = points[:, axis]
            over &= (at >= line[0] - TOLERANCE) & (at <= line[-1] + TOLERANCE)
            cell = np.clip(np.searchsorted(line, at, side="right") - 1, 0, len(line) - 2)
            cells.append(cell)
            shares.append((at - line[cell]) / (line[cell + 1] - line[cell]))
        (i, j), (s, t) = cells, shares
        z = self.vertices[..., 2]
        low = z[i, j] * (1 - s) + z[i + 1, j] * s
        high = z[i, j + 1] * (1 - s) + z[i + 1, j + 1] * s
        return over, i, j, low * (1 - t) + high * t


def mesh_lines(mesh: Mesh) -> tuple[Array, Array] | None:
    """The x of a mesh's vertex rows and the y of its columns; None when it is no longer a grid."""
    points = mesh.points.reshape(*mesh.shape, 3)
    xs, ys = points[:, 0, 0], points[0, :, 1]
    straight = (
        np.abs(points[..., 0] - xs[:, None]).max() < TOLERANCE
        and np.abs(points[..., 1] - ys).max() < TOLERANCE
    )
    if not straight or np.diff(xs).min() <= 0 or np.diff(ys).min() <= 0:
        return None
    return xs, ys


def mesh_extent(mesh: Mesh, lines: tuple[Array, Array]) -> Array:
    """Where the drawn part of a mesh lies now: x low, x high, y low, y high."""
    window = mesh.drawn_window()
    return np.concatenate(
        [np.interp(window[:2], mesh.us, lines[0]), np.interp(window[2:], mesh.vs, lines[1])]
    )


def cut_to_grid(
    mesh: Mesh, lines: tuple[Array, Array], extent: Array, *, grid: tuple[Array, Array], view: View
) -> Sheet | None:
    """The drawn part of a mesh with a vertex row on every grid line that passes through it.

    Between its own vertices a mesh is bilinear, so new rows leave its shape unchanged.
    """
    data = np.concatenate([mesh.points, mesh.heights[:, None]], axis=1).reshape(*mesh.shape, 4)
    first = []
    for axis, (own, common) in enumerate(zip(lines, grid, strict=True)):
        low, high = extent[2 * axis : 2 * axis + 2]
        inside = np.flatnonzero((common >= low - TOLERANCE) & (common <= high + TOLERANCE))
        if len(inside) < 2:
            return None
        first.append(int(inside[0]))
        data = _rows_at(data, own, common[inside], axis)
    vertices, heights = data[..., :3], data[..., 3]
    seen = view.project(vertices)
    up = _cross2(seen[1:, 1:] - seen[:-1, :-1], seen[:-1, 1:] - seen[1:, :-1]) > 0
    rgba = face_colours(mesh, vertices, heights, up, view)
    return Sheet((first[0], first[1]), vertices, seen, rgba, up, _middle(vertices[..., 2]))


def face_colours(
    mesh: Mesh, vertices: Array, heights: Array, up: NDArray[np.bool_], view: View
) -> Array:
    """The painted colours of a mesh's faces (m-1, n-1, 4), from its palette and the light."""
    rgba = np.empty((*up.shape, 4))
    rgba[...] = mesh.rgba
    if mesh.palette:
        rgba[..., :3] = colour_map(mesh.palette, _middle(heights))
    if mesh.lit:
        drawn = view.box.to_drawn(vertices) @ view.turn.T
        normal = np.cross(drawn[1:, 1:] - drawn[:-1, :-1], drawn[:-1, 1:] - drawn[1:, :-1])
        length = np.linalg.norm(normal, axis=-1, keepdims=True)
        normal /= np.where(length == 0, 1, length)
        normal *= np.where(up, 1.0, -1.0)[..., None]
        # Half-Lambert: no face falls to black, and the change across a fold stays gentle.
        diffuse = (0.5 + 0.5 * (normal @ LIGHT)) ** 1.5
        gloss = GLOSS * np.clip(normal @ HALFWAY, 0, 1) ** SHININESS
        bright = (AMBIENT + DIFFUSE * diffuse) * np.where(up, 1.0, UNDERSIDE)
        rgba[..., :3] = rgba[..., :3] * bright[..., None] + gloss[..., None]
        np.clip(rgba, 0, 1, out=rgba)
    return rgba


def distinct(values: Array) -> Array:
    """The values (n,) in order, without those that repeat."""
    values = np.sort(values)
    return values[np.concatenate([[True], np.diff(values) > 2e-9])]


def split_crossing(one: Sheet, two: Sheet) -> list[tuple[int, int]]:
    """The grid cells (i, j) in which two sheets cross each other, by the signs at the corners."""
    low = np.maximum(one.first, two.first)
    high = np.minimum(
        np.add(one.first, one.vertices.shape[:2]), np.add(two.first, two.vertices.shape[:2])
    )
    if (high - low < 2).any():
        return []
    gap = _part(one, low, high) - _part(two, low, high)
    corners = np.stack([gap[:-1, :-1], gap[1:, :-1], gap[1:, 1:], gap[:-1, 1:]])
    scale = TOLERANCE * max(1.0, float(np.nanmax(np.abs(gap))))
    cells = np.argwhere((corners.min(axis=0) < -scale) & (corners.max(axis=0) > scale))
    return [(int(i + low[0]), int(j + low[1])) for i, j in cells]


def halves(polygon: Array, gaps: Array) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """A polygon (k, d) cut where `gaps` (k,) change sign: its parts ≥ 0 and ≤ 0, and their gaps."""
    parts: tuple[tuple[list, list], ...] = (([], []), ([], []))
    for k, (point, gap) in enumerate(zip(polygon, gaps, strict=True)):
        for (points, values), side in zip(parts, (1, -1), strict=True):
            if side * gap >= 0:
                points.append(point)
                values.append(gap)
        after, next_gap = polygon[(k + 1) % len(polygon)], gaps[(k + 1) % len(gaps)]
        if gap * next_gap < 0:
            share = gap / (gap - next_gap)
            for points, values in parts:
                points.append((1 - share) * point + share * after)
                values.append(0.0)
    (above, more), (below, less) = parts
    return (np.array(above), np.array(more)), (np.array(below), np.array(less))


def _part(sheet: Sheet, low: NDArray, high: NDArray) -> Array:
    (i, j), (k, m) = low - sheet.first, high - sheet.first
    return sheet.vertices[i:k, j:m, 2]


def _rows_at(data: Array, own: Array, wanted: Array, axis: int) -> Array:
    at = np.interp(wanted, own, np.arange(len(own)))
    row = np.minimum(at.astype(int), len(own) - 2)
    share = at - row
    low, high = np.take(data, row, axis), np.take(data, row + 1, axis)
    shares = share.reshape((-1, 1, 1) if axis == 0 else (1, -1, 1))
    between = (share > TOLERANCE) & (share < 1 - TOLERANCE)
    # On its own rows a mesh has its own vertices, to the last bit, whatever lies next to them.
    exact = np.where(shares < 0.5, low, high)
    if not between.any():
        result = exact
    else:
        result = np.where(between.reshape(shares.shape), low * (1 - shares) + high * shares, exact)
    result[..., axis] = wanted[:, None] if axis == 0 else wanted
    return result


def _middle(values: Array) -> Array:
    return 0.25 * (values[:-1, :-1] + values[1:, :-1] + values[1:, 1:] + values[:-1, 1:])


def _cross2(a: Array, b: Array) -> Array:
    return a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
