"""Meshes cut along the lines of a grid, shaded, and split where they cross each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdstage.look.theme import colour_map
from gdstage.space.camera import View
from gdstage.space.coat import Coat
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
class Part:
    """A part of a face (i, j), projected (k, 2), and its border (2, 2) to the next part.

    Colours are those painted (4,).
    """

    face: tuple[int, int]
    seen: Array
    rgba: Array
    border: Array
    border_rgba: Array


@dataclass(frozen=True)
class Sheet:
    """A mesh whose vertices lie on lines of the common grid.

    `first` is the index of its first grid line in x and y; `vertices` (m, n, 3) data, `seen`
    (m, n, 3) projected; `rgba` (m-1, n-1, 4) and `up` (m-1, n-1), whether a face shows its upper
    side; `centre_z` (m-1, n-1). Some faces are divided into `parts`, and painted by these.
    """

    first: tuple[int, int]
    vertices: Array
    seen: Array
    rgba: Array
    up: NDArray[np.bool_]
    centre_z: Array
    parts: tuple[Part, ...] = ()

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
    base = np.broadcast_to(mesh.rgba[:3], (*up.shape, 3))
    if mesh.palette:
        base = colour_map(mesh.palette, _middle(heights))
    light = Light.on(vertices, up, view) if mesh.lit else Light.none(up)
    parts: tuple[Part, ...] = ()
    if mesh.coat is not None and mesh.coated > 0:
        if mesh.coat.faces.shape != up.shape:
            raise ValueError("a surface with a coat cannot be cut by other things")
        parts = tuple(_parts(mesh, mesh.coat, base, light, view))
        base = mesh.coat.over(base, float(mesh.coated))
    rgba = np.concatenate([light.over(base), np.full((*up.shape, 1), mesh.rgba[3])], axis=-1)
    centre_z = _middle(vertices[..., 2])
    return Sheet((first[0], first[1]), vertices, seen, rgba, up, centre_z, parts)


@dataclass(frozen=True)
class Light:
    """How the light falls on faces (m-1, n-1, 1): how bright they are, and what gloss is added."""

    bright: Array
    gloss: Array

    @classmethod
    def none(cls, up: NDArray[np.bool_]) -> Light:
        """Faces that are seen as they are."""
        return cls(np.ones((*up.shape, 1)), np.zeros((*up.shape, 1)))

    @classmethod
    def on(cls, vertices: Array, up: NDArray[np.bool_], view: View) -> Light:
        """The light on the faces between vertices (m, n, 3)."""
        drawn = view.box.to_drawn(vertices) @ view.turn.T
        normal = np.cross(drawn[1:, 1:] - drawn[:-1, :-1], drawn[:-1, 1:] - drawn[1:, :-1])
        length = np.linalg.norm(normal, axis=-1, keepdims=True)
        normal /= np.where(length == 0, 1, length)
        normal *= np.where(up, 1.0, -1.0)[..., None]
        # Half-Lambert: no face falls to black, and the change across a fold stays gentle.
        diffuse = (0.5 + 0.5 * (normal @ LIGHT)) ** 1.5
        gloss = GLOSS * np.clip(normal @ HALFWAY, 0, 1) ** SHININESS
        bright = (AMBIENT + DIFFUSE * diffuse) * np.where(up, 1.0, UNDERSIDE)
        return cls(bright[..., None], gloss[..., None])

    def over(self, colours: Array) -> Array:
        """Colours (m-1, n-1, 3) of the faces in this light."""
        return np.clip(colours * self.bright + self.gloss, 0, 1)

    def at(self, face: tuple[int, int], colour: Array, opacity: float) -> Array:
        """A colour (3,) on a face in this light, with an opacity (4,)."""
        return np.append(np.clip(colour * self.bright[face] + self.gloss[face], 0, 1), opacity)


def _parts(mesh: Mesh, coat: Coat, base: Array, light: Light, view: View) -> Iterator[Part]:
    """The parts of faces that a coat divides, of a mesh that covers the window it was made for."""
    pieces = coat.pieces
    flat = np.concatenate([part for one in pieces for part in (one.corners, one.border)])
    at = [
        np.interp(flat[:, axis], line, np.arange(len(line)))
        for axis, line in enumerate((mesh.us, mesh.vs))
    ]
    i, j = (np.minimum(place.astype(int), n - 2) for place, n in zip(at, mesh.shape, strict=True))
    s, t = (place - low for place, low in zip(at, (i, j), strict=True))
    z = mesh.points[:, 2].reshape(mesh.shape)
    low, high = (z[i, j + k] * (1 - s) + z[i + 1, j + k] * s for k in (0, 1))
    seen = view.project(np.column_stack([flat, low * (1 - t) + high * t]))[:, :2]
    ends = np.cumsum([n for one in pieces for n in (len(one.corners), 2)])[:-1]
    shapes = iter(np.split(seen, ends))
    for piece, shape, border in zip(pieces, shapes, shapes, strict=True):
        own, beyond = coat.piece_over(piece, base, float(mesh.coated))
        opacity = float(mesh.rgba[3])
        rgba = light.at(piece.face, own, opacity)
        yield Part(piece.face, shape, rgba, border, light.at(piece.face, beyond, opacity**2))


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
