"""In which order the parts of a space are painted, so that the nearer covers the farther.

The floor is divided by lines of x and of y, on which every mesh has its vertices and every upright
plane stands. The columns over the cells, and the planes between them, can be put in an exact order
from back to front for any viewer: first by how many lines of x part them from the viewer, then by
lines of y. Within a column the faces are graphs over the same cell, and their heights order them.
Lines and dots that lie on a surface count as a little nearer, or the surface would cover half of
their breadth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdstage.space.camera import View
from gdstage.space.mesh import Sheet, halves, split_crossing
from gdstage.space.solids import Wall

Array = NDArray[np.float64]

ON_SURFACE = 0.012
"""Drawn units within which a point counts as lying on a mesh or a plane."""

FACE, EDGE, LINE, HEAD, DOT = 0.0, 1e-5, 1e-4, 2e-4, 3e-4
"""What is painted later of things in the same place."""

_TURNS = np.arange(12) * np.pi / 6
RIM = np.stack([np.cos(_TURNS), np.sin(_TURNS)])
"""Directions around a disc, (2, 12)."""

BENDS, REACHING = 4, 2.0
"""How often a point of a bent sheet under a disc's rim is looked for anew; so many times as far as
that of its tangent plane it is at most."""

STACK = 1e-6
"""How much later than what lies under it a mark upon a mark is painted."""


@dataclass(frozen=True)
class Columns:
    """The grid of the floor seen from the viewer's place.

    Along an axis with lines 0…n-1, cell k (between line k and k+1) has index 2k + 1, line k has 2k.
    """

    xs: Array
    ys: Array
    eye: tuple[int, int]

    @classmethod
    def seen_from(cls, view: View, xs: Array, ys: Array) -> Columns:
        """The columns between these lines for the view's eye."""
        x, y, _ = view.eye
        return cls(xs, ys, (int(cell_index(xs, x)), int(cell_index(ys, y))))

    def slot(self, i: NDArray, j: NDArray) -> Array:
        """The rank from the back of the columns or planes with indices i, j; a whole number."""
        stride = 2 * len(self.ys) + 2
        back_x = 2 * len(self.xs) - np.abs(i - self.eye[0])
        return back_x * float(stride) + (stride - 1 - np.abs(j - self.eye[1]))

    def at(self, points: Array) -> tuple[NDArray, NDArray]:
        """The indices of the cells in which points (p, 3) are."""
        return cell_index(self.xs, points[:, 0]), cell_index(self.ys, points[:, 1])


def cell_index(lines: Array, at: Array | float) -> NDArray:
    """The odd index of the cell in which a coordinate is; -1 and 2n-1 are outside."""
    return 2 * np.searchsorted(lines, at, side="right") - 1


class Levels:
    """The order within the columns: what is nearer to the viewer's height is painted later.

    A face seen from above lies below the viewer and one seen from below lies above, so in each
    column there is a height between the two kinds, from which all its faces recede.
    """

    def __init__(self, columns: Columns, sheets: list[Sheet]) -> None:
        shape = (max(len(columns.xs) - 1, 1), max(len(columns.ys) - 1, 1))
        below, above = np.full(shape, -np.inf), np.full(shape, np.inf)
        for sheet in sheets:
            block = sheet_block(sheet)
            z = sheet.centre_z
            below[block] = np.fmax(below[block], np.where(sheet.up, z, -np.inf))
            above[block] = np.fmin(above[block], np.where(sheet.up, np.inf, z))
        heights = [sheet.vertices[..., 2] for sheet in sheets]
        self.low = min((float(np.nanmin(z)) for z in heights), default=0.0)
        self.high = max((float(np.nanmax(z)) for z in heights), default=1.0)
        span = self.high - self.low + 1.0
        self.between = np.where(
            np.isinf(above), self.high + span, np.where(np.isinf(below), self.low - span, 0.0)
        )
        both = np.isfinite(above) & np.isfinite(below)
        self.between[both] = 0.5 * (above[both] + below[both])
        self.scale = 0.9 / (2 * span)

    def faces(self, sheet: Sheet) -> Array:
        """The levels (m-1, n-1) of a sheet's faces, each in 0.05…0.95."""
        return self.of(sheet.centre_z, self.between[sheet_block(sheet)])

    def of(self, z: Array | float, between: Array | float) -> Array:
        """The levels of heights `z` in columns whose parting height is `between`."""
        return np.clip(0.95 - self.scale * np.abs(z - between), 0.05, 0.95)

    def parting(self, i: NDArray, j: NDArray) -> Array:
        """The parting heights of the columns with indices i, j; above all where there are none."""
        cell_x, cell_y = (i - 1) // 2, (j - 1) // 2
        rows, cols = self.between.shape
        known = (i % 2 == 1) & (j % 2 == 1) & (cell_x >= 0) & (cell_y >= 0)
        known &= (cell_x < rows) & (cell_y < cols)
        above = 2 * self.high - self.low + 1.0
        inside = self.between[np.clip(cell_x, 0, rows - 1), np.clip(cell_y, 0, cols - 1)]
        return np.where(known, inside, above)


def sheet_block(sheet: Sheet) -> tuple[slice, slice]:
    """The cells of the grid that a sheet covers."""
    (i, j), (m, n) = sheet.first, sheet.up.shape
    return slice(i, i + m), slice(j, j + n)


@dataclass(frozen=True)
class Scenery:
    """All that can hide a line or a dot, in the order of painting."""

    view: View
    columns: Columns
    levels: Levels
    sheets: list[Sheet]
    walls: list[Wall]
    cell: float

    def keys(self, points: Array, half_width: Array | float, offset: Array | float) -> Array:
        """The keys of marks at points (p, 3) of the data, half as broad as `half_width` drawn.

        They are painted `offset` later than what they lie on. Each is one number, or one a mark
        (p,).
        """
        if not len(points):
            return np.zeros(0)
        foreshortened = max(abs(float(np.cos(self.view.phi))), 0.25)
        on_sheet, on_wall = self._touching(points)
        # Out of its own plane a mark must step only just; over a surface, past its breadth.
        lift = np.where(on_wall, 0.25 * self.cell, 0.5 * half_width)
        lift = np.where(on_sheet, 2 * self.cell + half_width / foreshortened, lift)
        nearer = self.view.toward(points, lift)
        i, j = self.columns.at(nearer)
        between = self.levels.parting(i, j)
        level = self.levels.of(nearer[:, 2], between)
        covered = np.zeros(len(points), dtype=bool)
        front = np.full(len(points), 0.01)
        for sheet in self.sheets:
            over, ci, cj, z = sheet.locate(self.columns.xs, self.columns.ys, nearer)
            gap = nearer[:, 2] - z
            ahead = over & (np.where(sheet.up[ci, cj], gap, -gap) >= 0)
            block = self.levels.of(sheet.centre_z[ci, cj], between)
            covered |= over
            front = np.where(ahead, np.maximum(front, block), front)
        return self.columns.slot(i, j) + np.where(covered, front, level) + offset

    def footprint(self, point: Array, radius: float) -> Array:
        """Points (k, 3) of the sheet that a point (3,) lies on, around a disc seen on it.

        The disc faces the viewer and has a drawn `radius`; on no sheet there are none.
        """
        box = self.view.box
        scale = box.size / (box.high - box.low)
        around = []
        for sheet in self.sheets:
            over, i, j, z = sheet.locate(self.columns.xs, self.columns.ys, point[None])
            # Over a hole z is nan, which is on no surface.
            if not (over[0] and abs(point[2] - z[0]) * scale[2] <= ON_SURFACE):
                continue
            corner, right, up = (
                box.to_drawn(sheet.vertices[i[0] + a, j[0] + b])
                for a, b in ((0, 0), (1, 0), (0, 1))
            )
            across, along = (right - corner) / (right - corner)[0], (up - corner) / (up - corner)[1]
            # Steps over the floor whose points on the tangent plane are seen on the disc's rim.
            seen = self.view.turn[:2] @ np.column_stack([across, along])
            rim = (radius + 1.5 * self.cell) * RIM.T
            back = np.linalg.pinv(seen, rcond=0.1).T
            steps = rim @ back
            most = REACHING * np.linalg.norm(steps, axis=1, keepdims=True)
            # The sheet bends away from that plane, as in a well, where its near side is in front.
            for _ in range(BENDS):
                spots = point + np.column_stack([steps / scale[:2], np.zeros(len(steps))])
                over, k, m, spots[:, 2] = sheet.locate(self.columns.xs, self.columns.ys, spots)
                # Beyond a fold it is another part of the sheet, which may well hide the disc.
                over &= sheet.up[k, m] == sheet.up[i[0], j[0]]
                around.append(spots[over & np.isfinite(spots[:, 2])])
                missing = rim - ((spots - point) * scale) @ self.view.turn[:2].T
                steps = steps + np.nan_to_num(missing) @ back
                steps *= np.minimum(1.0, most / np.linalg.norm(steps, axis=1, keepdims=True))
        return np.concatenate(around) if around else np.zeros((0, 3))

    def _touching(self, points: Array) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        box = self.view.box
        near = ON_SURFACE * (box.high - box.low) / box.size
        on_sheet, on_wall = np.zeros((2, len(points)), dtype=bool)
        for sheet in self.sheets:
            over, _, _, z = sheet.locate(self.columns.xs, self.columns.ys, points)
            on_sheet |= over & (np.abs(points[:, 2] - z) <= near[2])
        for wall in self.walls:
            low, high = wall.points.min(axis=0) - near, wall.points.max(axis=0) + near
            on_wall |= ((points >= low) & (points <= high)).all(axis=1)
        return on_sheet, on_wall


def crossing_parts(
    sheets: list[Sheet],
) -> tuple[list[NDArray[np.bool_]], list[tuple[int, tuple[int, int], Array]]]:
    """Which faces of each sheet must be split, and their parts.

    Returns a mask (m-1, n-1) a sheet, and the parts as (sheet, its face (i, j), corners (k, 3+c)):
    point, then how far above each of c other sheets; a part is wholly above or below each of them.
    """
    masks = [np.zeros(sheet.up.shape, dtype=bool) for sheet in sheets]
    rivals: dict[tuple[int, tuple[int, int]], list[int]] = {}
    for a in range(len(sheets)):
        for b in range(a + 1, len(sheets)):
            for cell in split_crossing(sheets[a], sheets[b]):
                rivals.setdefault((a, cell), []).append(b)
                rivals.setdefault((b, cell), []).append(a)
    parts = []
    for (index, cell), others in rivals.items():
        face = (cell[0] - sheets[index].first[0], cell[1] - sheets[index].first[1])
        masks[index][face] = True
        corners = _corners(sheets[index], cell)
        gaps = [corners[:, 2] - _corners(sheets[other], cell)[:, 2] for other in others]
        pieces = [np.column_stack([corners, *gaps])]
        for column in range(3, 3 + len(others)):
            cut = [halves(piece, piece[:, column])[side][0] for piece in pieces for side in (0, 1)]
            pieces = [piece for piece in cut if len(piece) >= 3]
        parts += [(index, face, piece) for piece in pieces]
    return masks, parts


def _corners(sheet: Sheet, cell: tuple[int, int]) -> Array:
    i, j = cell[0] - sheet.first[0], cell[1] - sheet.first[1]
    return sheet.vertices[[i, i + 1, i + 1, i], [j, j, j + 1, j + 1]]
