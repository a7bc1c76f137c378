"""The faces of meshes and planes, and the thin lines that smooth their edges."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from gdstage.space import order
from gdstage.space.batch import FACES, STROKES, Array, Batch, batch
from gdstage.space.mesh import Sheet
from gdstage.space.solids import Wall

EDGE_PIXELS = 1.3
FREE_PIECES = 24  # pieces a side of a plane that stands aslant


def sheet_batches(
    scenery: order.Scenery, solid: list[bool], cuts: tuple[Array, Array], pixel: float
) -> list[Batch]:
    """The faces and edges of all sheets; `solid` says which let nothing through.

    `cuts` are the x and the y of the planes, `pixel` is a pixel's side in scene units.
    """
    batches: list[Batch] = []
    masks, parts = order.crossing_parts(scenery.sheets)
    for sheet, full, split in zip(scenery.sheets, solid, masks, strict=True):
        key = _face_keys(sheet, scenery)
        xy = sheet.seen[..., :2]
        corners = [xy[:-1, :-1], xy[1:, :-1], xy[1:, 1:], xy[:-1, 1:]]
        faces = np.concatenate(corners, axis=-1)
        whole = ~np.isnan(faces).any(axis=-1)
        for part in sheet.parts:
            split[part.face] = True
        batches += _coat_batches(sheet, key, pixel)
        keep = (whole & ~split).ravel()
        batches.append(
            batch(
                FACES,
                faces.reshape(-1, 8)[keep],
                sheet.rgba.reshape(-1, 4)[keep],
                key=key.ravel()[keep],
            )
        )
        lines = (sheet.vertices[:, 0, 0], sheet.vertices[0, :, 1])
        on_cut = tuple(
            np.isclose(line[:, None], cut, rtol=0, atol=2e-9).any(axis=1) & np.full(len(line), full)
            for line, cut in zip(lines, cuts, strict=True)
        )
        batches.append(_edges(sheet, np.where(whole, key, -np.inf), on_cut, pixel))
    for index, face, piece in parts:
        batches += _part_batches(scenery, index, face, piece, pixel)
    return batches


def _face_keys(sheet: Sheet, scenery: order.Scenery) -> Array:
    (i0, j0), (m, n) = sheet.first, sheet.up.shape
    i, j = 2 * (i0 + np.arange(m)) + 1, 2 * (j0 + np.arange(n)) + 1
    return scenery.columns.slot(i[:, None], j[None, :]) + scenery.levels.faces(sheet)


def _edges(sheet: Sheet, key: Array, on_cut: tuple[NDArray[np.bool_], ...], pixel: float) -> Batch:
    """The smoothing lines of a sheet: along its outline, its folds, and the cuts through it."""
    found_xy, found_rgba, found_key = [], [], []
    side = np.where(np.isfinite(key), np.where(sheet.up, 1, -1), 0)
    for axis in (0, 1):
        keys, sides, rgba, xy, cut = key, side, sheet.rgba, sheet.seen[..., :2], on_cut[axis]
        if axis == 1:
            keys, sides = keys.T, sides.T
            rgba, xy = rgba.transpose(1, 0, 2), xy.transpose(1, 0, 2)
        beyond = ((1, 1), (0, 0))
        keys = np.pad(keys, beyond, constant_values=-np.inf)
        sides = np.pad(sides, beyond)
        mark = (sides[:-1] != sides[1:]) | (cut[:, None] & (sides[1:] != 0))
        row, col = np.nonzero(mark)
        one, two = keys[row, col], keys[row + 1, col]
        nearer = np.clip(np.where(one > two, row - 1, row), 0, len(rgba) - 1)
        found_xy.append(np.concatenate([xy[row, col], xy[row, col + 1]], axis=1))
        found_rgba.append(rgba[nearer, col])
        found_key.append(np.maximum(one, two))
    rgba = np.concatenate(found_rgba)
    # Over a face that is not yet solid the line would show; it comes in last.
    rgba[:, 3] **= 2
    return batch(
        STROKES,
        np.concatenate(found_xy),
        rgba,
        size=EDGE_PIXELS * pixel,
        key=np.concatenate(found_key) + order.EDGE,
    )


def _coat_batches(sheet: Sheet, key: Array, pixel: float) -> Iterator[Batch]:
    """The parts of faces that a coat divides, and the smoothing lines of the borders there."""
    for part in sheet.parts:
        here = float(key[part.face])
        yield batch(FACES, _quads(part.seen), part.rgba, key=here)
        yield batch(
            STROKES, part.border.reshape(1, 4), part.border_rgba,
            size=EDGE_PIXELS * pixel, key=here + order.EDGE,
        )  # fmt: skip


def _quads(seen: Array) -> Array:
    """The quadrilaterals (q, 8) of a convex polygon (k, 2); the last may be a triangle."""
    return np.array(
        [
            np.concatenate([seen[0], seen[k], seen[k + 1], seen[min(k + 2, len(seen) - 1)]])
            for k in range(1, len(seen) - 1, 2)
        ]
    )


def _part_batches(
    scenery: order.Scenery, index: int, face: tuple[int, int], piece: Array, pixel: float
) -> list[Batch]:
    """A part of a split face, and the smoothing line along the crossing where it is in front."""
    sheet = scenery.sheets[index]
    i, j = face[0] + sheet.first[0], face[1] + sheet.first[1]
    slot = scenery.columns.slot(np.array(2 * i + 1), np.array(2 * j + 1))
    key = float(slot + scenery.levels.of(piece[:, 2].mean(), scenery.levels.between[i, j]))
    seen = scenery.view.project(piece[:, :3])[:, :2]
    rgba = sheet.rgba[face]
    batches = [batch(FACES, _quads(seen), rgba, key=key)]
    gaps = piece[:, 3:]
    crossing = (np.abs(gaps) < 1e-12) & (np.abs(np.roll(gaps, -1, axis=0)) < 1e-12)
    edges = (crossing & ((gaps.mean(axis=0) > 0) == sheet.up[face])).any(axis=1)
    if edges.any() and rgba[3] >= 1:
        xy = np.concatenate([seen, np.roll(seen, -1, axis=0)], axis=1)[edges]
        batches.append(batch(STROKES, xy, rgba, size=EDGE_PIXELS * pixel, key=key + order.EDGE))
    return batches


def wall_faces(wall: Wall, scenery: order.Scenery) -> Batch:
    """The faces of a plane, upright or aslant."""
    axis = wall.cut_axis()
    if axis is not None:
        return _upright_faces(wall, axis, scenery)
    s, t = np.meshgrid(*2 * [np.linspace(0, 1, FREE_PIECES + 1)], indexing="ij")
    s, t = s[..., None], t[..., None]
    a, b, c, d = wall.points
    grid = (1 - s) * (1 - t) * a + s * (1 - t) * b + s * t * c + (1 - s) * t * d
    return free_faces(grid, wall.rgba, scenery)


def _upright_faces(wall: Wall, axis: int, scenery: order.Scenery) -> Batch:
    """Strips of an upright plane, from line to line of the floor."""
    columns, corners = scenery.columns, wall.points
    along = 1 - axis
    across = (columns.xs, columns.ys)[along]
    low, high = corners[:, along].min(), corners[:, along].max()
    low, high = low + (high - low) * wall.reveal
    stops = np.concatenate([[low], across[(across > low + 1e-9) & (across < high - 1e-9)], [high]])
    foot = np.zeros((len(stops), 3))
    foot[:, axis], foot[:, along] = corners[0, axis], stops
    head = foot.copy()
    foot[:, 2], head[:, 2] = corners[:, 2].min(), corners[:, 2].max()
    foot, head = (scenery.view.project(row)[:, :2] for row in (foot, head))
    xy = np.concatenate([foot[:-1], foot[1:], head[1:], head[:-1]], axis=1)
    line = 2 * int(np.argmin(np.abs((columns.xs, columns.ys)[axis] - corners[0, axis])))
    cells = order.cell_index(across, 0.5 * (stops[:-1] + stops[1:]))
    fixed = np.full_like(cells, line)
    slot = columns.slot(fixed, cells) if axis == 0 else columns.slot(cells, fixed)
    return batch(FACES, xy, wall.rgba, key=slot + 0.5)


def free_faces(grid: Array, rgba: Array, scenery: order.Scenery) -> Batch:
    """The faces of a grid (m, n, 3) that no longer follows the floor, ordered by their middles."""
    corners = np.stack([grid[:-1, :-1], grid[1:, :-1], grid[1:, 1:], grid[:-1, 1:]], axis=2)
    corners = corners.reshape(-1, 4, 3)
    corners = corners[~np.isnan(corners).any(axis=(1, 2))]
    xy = scenery.view.project(corners)[..., :2].reshape(-1, 8)
    middle = corners.mean(axis=1)
    i, j = scenery.columns.at(middle)
    level = scenery.levels.of(middle[:, 2], scenery.levels.parting(i, j))
    return batch(FACES, xy, rgba, key=scenery.columns.slot(i, j) + level)
