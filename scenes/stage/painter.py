"""Paints all parts of a space in one pass over manim's own cairo context.

Faces are filled without smoothing: neighbours then share every pixel of their common edge out
between them, so that no seam can show, and it is three times as fast. Outlines, folds and cuts are
smoothed by a thin line in the face's own colour, painted right after the face.
"""

from __future__ import annotations

import itertools as it
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import cairo
import manim as mn
import numpy as np
from numpy.typing import NDArray

from scenes.stage import order
from scenes.stage.camera3 import View
from scenes.stage.mesh import Sheet, cut_to_grid, mesh_extent, mesh_lines
from scenes.stage.solids import Arrow3, Curve, Dot3, FloorLines, Mesh, Primitive, Wall

if TYPE_CHECKING:
    from scenes.stage.space import World

Array = NDArray[np.float64]

EDGE_PIXELS = 1.3
STROKE_UNIT = 0.01  # scene units of one unit of manim's stroke width
FREE_PIECES = 24  # pieces a side of a plane that stands aslant
FACES, STROKES, DISCS, HEADS = range(4)


@dataclass(frozen=True)
class Batch:
    """Things of one kind: scene coordinates (n, d), colours (n, 4), sizes (n,), keys (n,).

    Faces have 4 corners, strokes 2 ends and a breadth, discs a centre and a radius, heads 3
    corners; coordinates are x and y alternating. `depth` (n,) is the nearness to the viewer of what
    is a mark upon other things, None for faces and their edges.
    """

    kind: int
    xy: Array
    rgba: Array
    size: Array
    key: Array
    depth: Array | None = None


@dataclass(frozen=True)
class Arrangement:
    """All that one frame of a space paints, a batch a kind, and the lines beneath everything.

    `dots` has the key of every dot that is painted, by the id of its mobject.
    """

    view: View
    batches: tuple[Batch, ...]
    floor: tuple[tuple[Array, tuple[float, ...], float], ...]
    scenery: order.Scenery
    dots: dict[int, float]


def arrange(world: World, members: Iterable[Primitive], pixel: float) -> Arrangement:
    """Project, colour and order the members of a space; `pixel` is a pixel's side in scene units."""
    shown = [m for m in members if m.rgba[3] > 0 and len(m.points) and m.reveal[1] > m.reveal[0]]
    view = world.view()
    meshes = [(m, mesh_lines(m)) for m in shown if isinstance(m, Mesh)]
    walls = [m for m in shown if isinstance(m, Wall)]
    columns, cuts, extents = _grid(world, view, meshes, walls)
    sheets, opaque = [], []
    for (mesh, lines), extent in zip(meshes, extents, strict=True):
        if lines is None:
            continue
        sheet = cut_to_grid(mesh, lines, extent, columns.xs, columns.ys, view)
        if sheet is not None:
            sheets.append(sheet)
            opaque.append(mesh.rgba[3] >= 1)
    levels = order.Levels(columns, sheets)
    cell = float((world.box.size[:2] / world.resolution).max())
    scenery = order.Scenery(view, columns, levels, sheets, walls, cell)
    batches = _sheet_batches(scenery, opaque, cuts, pixel)
    marks, dots, floor = [], [], []
    for wall in walls:
        batches.append(_wall_faces(wall, scenery))
        marks += _wall_outline(wall, scenery)
    for mesh, lines in meshes:
        if lines is None:
            corners = mesh.points.reshape(*mesh.shape, 3)
            batches.append(_free_faces(corners, mesh.rgba, scenery))
    for member in shown:
        if isinstance(member, Curve):
            marks += _curve_batches(member, scenery)
        elif isinstance(member, Arrow3):
            marks += _arrow_batches(member, scenery)
        elif isinstance(member, Dot3):
            dots.append(_dot_batch(member, scenery))
        elif isinstance(member, FloorLines):
            floor += _floor_paths(member, view)
    stacked = _stacked(marks + dots, scenery)
    owners = [id(member) for member in shown if isinstance(member, Dot3)]
    keys = [float(batch.key[0]) for batch in stacked if batch.kind == DISCS]
    painted = dict(zip(owners, keys, strict=True))
    return Arrangement(view, _merged(batches + stacked), tuple(floor), scenery, painted)


def _stacked(marks: list[Batch], scenery: order.Scenery) -> list[Batch]:
    """The marks with keys raised so that of marks in one place the later one lies on top."""
    below: list[tuple[Array, Array, Array]] = []
    stacked = []
    for mark in marks:
        if not len(mark.key):
            continue
        ends = mark.xy.reshape(len(mark.key), -1, 2)
        middle = ends.mean(axis=1)
        reach = 0.5 * mark.size if mark.kind == STROKES else mark.size
        reach = reach + np.hypot(*(ends - middle[:, None]).transpose(2, 0, 1)).max(axis=1)
        place = np.column_stack([middle, mark.depth])
        key = mark.key.copy()
        for other, other_reach, other_key in below:
            touch = reach[:, None] + other_reach
            away = np.abs(place[:, None] - other)
            near = (away[..., 0] < touch) & (away[..., 1] < touch)
            near &= away[..., 2] < 3 * touch / scenery.view.zoom + 2 * scenery.cell
            key = np.maximum(key, np.where(near, other_key + order.STACK, 0.0).max(axis=1))
        below.append((place, reach, key))
        stacked.append(replace(mark, key=key))
    return stacked


def _grid(
    world: World, view: View, meshes: list, walls: list[Wall]
) -> tuple[order.Columns, tuple[Array, Array], list]:
    """The lines of the floor: the space's own, the meshes' borders, and the planes' places."""
    lines: tuple[list, list] = ([world.xs], [world.ys])
    cuts: tuple[list, list] = ([], [])
    extents = []
    for mesh, own in meshes:
        extent = mesh_extent(mesh, own) if own is not None else None
        extents.append(extent)
        if extent is not None:
            lines[0].append(extent[:2])
            lines[1].append(extent[2:])
    for wall in walls:
        axis = wall.cut_axis()
        if axis is not None:
            lines[axis].append(wall.points[:1, axis])
            cuts[axis].append(wall.points[0, axis])
    xs, ys = (_distinct(np.concatenate(parts)) for parts in lines)
    return (
        order.Columns.seen_from(view, xs, ys),
        (np.array(cuts[0], dtype=float), np.array(cuts[1], dtype=float)),
        extents,
    )


def _distinct(values: Array) -> Array:
    values = np.sort(values)
    return values[np.concatenate([[True], np.diff(values) > 2e-9])]


def _sheet_batches(
    scenery: order.Scenery, opaque: list[bool], cuts: tuple[Array, Array], pixel: float
) -> list[Batch]:
    batches = []
    masks, parts = order.crossing_parts(scenery.sheets)
    for sheet, solid, split in zip(scenery.sheets, opaque, masks, strict=True):
        key = _face_keys(sheet, scenery)
        xy = sheet.seen[..., :2]
        corners = [xy[:-1, :-1], xy[1:, :-1], xy[1:, 1:], xy[:-1, 1:]]
        faces = np.concatenate(corners, axis=-1)
        whole = ~np.isnan(faces).any(axis=-1)
        keep = (whole & ~split).ravel()
        batches.append(
            _batch(FACES, faces.reshape(-1, 8)[keep], sheet.rgba.reshape(-1, 4)[keep], 0.0,
                   key.ravel()[keep])
        )
        on_cut = tuple(
            np.isclose(lines[:, None], cut, rtol=0, atol=2e-9).any(axis=1) & solid
            for lines, cut in zip(
                (sheet.vertices[:, 0, 0], sheet.vertices[0, :, 1]), cuts, strict=True
            )
        )
        batches.append(_edges(sheet, np.where(whole, key, -np.inf), on_cut, pixel))
    for index, face, piece in parts:
        batches += _part_batches(scenery, index, face, piece, pixel)
    return batches


def _face_keys(sheet: Sheet, scenery: order.Scenery) -> Array:
    (i0, j0), (m, n) = sheet.first, sheet.up.shape
    i, j = 2 * (i0 + np.arange(m)) + 1, 2 * (j0 + np.arange(n)) + 1
    return scenery.columns.slot(i[:, None], j[None, :]) + scenery.levels.faces(sheet)


def _edges(
    sheet: Sheet, key: Array, on_cut: tuple[NDArray[np.bool_], ...], pixel: float
) -> Batch:
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
    return _batch(
        STROKES, np.concatenate(found_xy), rgba, EDGE_PIXELS * pixel,
        np.concatenate(found_key) + order.EDGE,
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
    quads = [
        np.concatenate([seen[0], seen[k], seen[k + 1], seen[min(k + 2, len(seen) - 1)]])
        for k in range(1, len(seen) - 1, 2)
    ]
    rgba = sheet.rgba[face]
    batches = [_batch(FACES, np.array(quads), rgba, 0.0, key)]
    gaps = piece[:, 3:]
    crossing = (np.abs(gaps) < 1e-12) & (np.abs(np.roll(gaps, -1, axis=0)) < 1e-12)
    edges = (crossing & ((gaps.mean(axis=0) > 0) == sheet.up[face])).any(axis=1)
    if edges.any() and rgba[3] >= 1:
        xy = np.concatenate([seen, np.roll(seen, -1, axis=0)], axis=1)[edges]
        batches.append(_batch(STROKES, xy, rgba, EDGE_PIXELS * pixel, key + order.EDGE))
    return batches


def _wall_faces(wall: Wall, scenery: order.Scenery) -> Batch:
    axis = wall.cut_axis()
    if axis is not None:
        return _upright_faces(wall, axis, scenery)
    s, t = np.meshgrid(*2 * [np.linspace(0, 1, FREE_PIECES + 1)], indexing="ij")
    s, t = s[..., None], t[..., None]
    a, b, c, d = wall.points
    grid = (1 - s) * (1 - t) * a + s * (1 - t) * b + s * t * c + (1 - s) * t * d
    return _free_faces(grid, wall.rgba, scenery)


def _wall_outline(wall: Wall, scenery: order.Scenery) -> list[Batch]:
    if not wall.outline or wall.reveal[0] > 0 or wall.reveal[1] < 1:
        return []
    ring = _pieces(np.concatenate([wall.points, wall.points[:1]]), scenery, 0.0, 1.0)
    rgba = np.append(wall.rgba[:3], wall.rgba[3] ** 0.5)
    return [_line_batch(ring, rgba, wall.outline, scenery)]


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
    return _batch(FACES, xy, wall.rgba, 0.0, slot + 0.5)


def _free_faces(grid: Array, rgba: Array, scenery: order.Scenery) -> Batch:
    """The faces of a grid (m, n, 3) that no longer follows the floor, ordered by their middles."""
    corners = np.stack([grid[:-1, :-1], grid[1:, :-1], grid[1:, 1:], grid[:-1, 1:]], axis=2)
    corners = corners.reshape(-1, 4, 3)
    corners = corners[~np.isnan(corners).any(axis=(1, 2))]
    xy = scenery.view.project(corners)[..., :2].reshape(-1, 8)
    middle = corners.mean(axis=1)
    i, j = scenery.columns.at(middle)
    level = scenery.levels.of(middle[:, 2], scenery.levels.parting(i, j))
    return _batch(FACES, xy, rgba, 0.0, scenery.columns.slot(i, j) + level)


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
    stops = _distinct(np.concatenate([own, extra]))
    return np.stack([np.interp(stops, reach, points[:, k]) for k in range(3)], axis=1)


def _line_batch(points: Array, rgba: Array, width: float, scenery: order.Scenery) -> Batch:
    seen = scenery.view.project(points)
    middle = 0.5 * (points[:-1] + points[1:])
    breadth = width * STROKE_UNIT
    key = scenery.keys(middle, 0.5 * breadth / scenery.view.zoom, order.LINE)
    xy = np.concatenate([seen[:-1, :2], seen[1:, :2]], axis=1)
    return _batch(STROKES, xy, rgba, breadth, key, 0.5 * (seen[:-1, 2] + seen[1:, 2]))


def _curve_batches(curve: Curve, scenery: order.Scenery) -> list[Batch]:
    start, end = curve.reveal
    if not curve.dashes:
        chains = [_pieces(curve.points, scenery, start, end)]
    else:
        marks = np.arange(curve.dashes) / (curve.dashes - 0.5)
        spans = [(max(a, start), min(a + 0.5 / (curve.dashes - 0.5), end)) for a in marks]
        chains = [_pieces(curve.points, scenery, a, b) for a, b in spans if b > a]
    return [_line_batch(c, curve.rgba, curve.line_width, scenery) for c in chains if len(c) > 1]


def _arrow_batches(arrow: Arrow3, scenery: order.Scenery) -> list[Batch]:
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
    behind = tip + (tail - tip) * 0.5 * head / length
    key = scenery.keys(behind[None], 0.5 * head / scenery.view.zoom, order.HEAD)
    return [
        _line_batch(shaft, arrow.rgba, arrow.line_width, scenery),
        _batch(HEADS, corners, arrow.rgba, 0.0, key, depth[1]),
    ]


def _dot_batch(dot: Dot3, scenery: order.Scenery) -> Batch:
    point = dot.points[:1]
    key = scenery.keys(point, dot.disc_radius / scenery.view.zoom, order.DOT)
    seen = scenery.view.project(point)
    return _batch(DISCS, seen[:, :2], dot.rgba, dot.disc_radius, key, seen[:, 2])


def _floor_paths(lines: FloorLines, view: View) -> list:
    alpha = float(lines.rgba[3])
    share = float(lines.reveal[1])
    paths = []
    for k, (a, b) in enumerate(it.pairwise(lines.starts.tolist())):
        points = lines.points[a : a + max(int(np.ceil((b - a) * share)), 2)]
        colour = (*lines.colours[k].tolist(), alpha)
        paths.append((view.project(points)[:, :2], colour, lines.line_width * STROKE_UNIT))
    return paths


def _batch(
    kind: int,
    xy: Array,
    rgba: Array,
    size: float,
    key: Array | float,
    depth: Array | None = None,
) -> Batch:
    n = len(xy)
    sizes, keys = np.broadcast_to(size, n), np.broadcast_to(key, n)
    return Batch(kind, xy, np.broadcast_to(rgba, (n, 4)), sizes, keys, depth)


def _merged(batches: list[Batch]) -> tuple[Batch, ...]:
    """One batch a kind, each sorted from back to front."""
    merged = []
    for kind in (FACES, STROKES, DISCS, HEADS):
        same = [batch for batch in batches if batch.kind == kind and len(batch.key)]
        if not same:
            continue
        key = np.concatenate([batch.key for batch in same])
        rank = np.argsort(key, kind="stable")
        fields = ("xy", "rgba", "size")
        parts = [np.concatenate([getattr(b, name) for b in same])[rank] for name in fields]
        merged.append(Batch(kind, *parts, key[rank]))
    return tuple(merged)


def covered(
    arrangement: Arrangement, centre: Array, radius: float, key: float, opacity: float = 0.0
) -> bool:
    """Whether anything painted after `key` touches the disc around a point of the scene (2,).

    What is no more than `opacity` opaque does not count.
    """
    for batch in arrangement.batches:
        later = (batch.key > key) & (batch.rgba[:, 3] > opacity)
        if not later.any():
            continue
        xy = batch.xy[later].reshape(int(later.sum()), -1, 2) - centre
        margin = radius + (0.5 * batch.size[later] if batch.kind == STROKES else batch.size[later])
        near = (xy.min(axis=1) <= margin[:, None]).all(axis=1)
        near &= (xy.max(axis=1) >= -margin[:, None]).all(axis=1)
        if batch.kind == DISCS:
            near &= np.hypot(xy[:, 0, 0], xy[:, 0, 1]) < margin
        if any(_touches(shape, float(m)) for shape, m in zip(xy[near], margin[near], strict=True)):
            return True
    return False


def _touches(shape: Array, radius: float) -> bool:
    """Whether a point, a segment or a polygon (k, 2) comes within `radius` of the origin."""
    after = np.roll(shape, -1, axis=0)
    way = after - shape
    square = (way**2).sum(axis=1)
    share = np.clip(-(shape * way).sum(axis=1) / np.where(square == 0, 1, square), 0, 1)
    nearest = shape + share[:, None] * way
    if (np.hypot(nearest[:, 0], nearest[:, 1]) < radius).any():
        return True
    side = way[:, 0] * -shape[:, 1] + way[:, 1] * shape[:, 0]
    return len(shape) > 2 and bool((side > 0).all() or (side < 0).all())


def paint(arrangement: Arrangement, camera: mn.Camera, context: cairo.Context) -> None:
    """Paint an arrangement into the context of a cairo camera."""
    scale = camera.pixel_width / camera.frame_width
    shift = np.array(
        [
            camera.pixel_width / 2 - camera.frame_center[0] * scale,
            camera.pixel_height / 2 + camera.frame_center[1] * scale,
        ]
    )
    context.save()
    context.identity_matrix()
    context.new_path()
    context.set_line_join(cairo.LINE_JOIN_ROUND)
    _paint_floor(arrangement, context, scale, shift)
    streams, counts = _streams(arrangement.batches, scale, shift)
    painters = {FACES: _fill_faces, STROKES: _draw_strokes, DISCS: _fill_discs, HEADS: _fill_heads}
    for kind, count in counts:
        painters[kind](context, it.islice(streams[kind], count))
    context.restore()


def _streams(batches: tuple[Batch, ...], scale: float, shift: Array) -> tuple[dict, list]:
    """Each kind's things in order, ready for cairo, and how many of which kind come in turn."""
    streams = {}
    for batch in batches:
        n = len(batch.key)
        xy = (batch.xy.reshape(n, -1, 2) * [scale, -scale] + shift).reshape(n, -1)
        # Manim's buffer is RGBA and cairo's ARGB, so red and blue change places.
        columns = np.concatenate([xy, batch.rgba[:, [2, 1, 0, 3]]], axis=1)
        if batch.kind in (STROKES, DISCS):
            columns = np.concatenate([columns, batch.size[:, None] * scale], axis=1)
        streams[batch.kind] = iter(columns.tolist())
    if not batches:
        return streams, []
    kinds = np.repeat([b.kind for b in batches], [len(b.key) for b in batches])
    kinds = kinds[np.argsort(np.concatenate([b.key for b in batches]), kind="stable")]
    starts = np.concatenate([[0], np.flatnonzero(np.diff(kinds)) + 1])
    counts = np.diff(np.append(starts, len(kinds)))
    return streams, list(zip(kinds[starts].tolist(), counts.tolist(), strict=True))


def _fill_faces(context: cairo.Context, faces: Iterable[list[float]]) -> None:
    context.set_antialias(cairo.ANTIALIAS_NONE)
    move, line, colour, fill = (
        context.move_to, context.line_to, context.set_source_rgba, context.fill,
    )
    for ax, ay, bx, by, cx, cy, dx, dy, r, g, b, a in faces:
        move(ax, ay)
        line(bx, by)
        line(cx, cy)
        line(dx, dy)
        colour(r, g, b, a)
        fill()


def _draw_strokes(context: cairo.Context, strokes: Iterable[list[float]]) -> None:
    context.set_antialias(cairo.ANTIALIAS_DEFAULT)
    before: tuple[float, ...] = ()
    end = (0.0, 0.0)
    for ax, ay, bx, by, *style in strokes:
        r, g, b, a, width = style
        if before != tuple(style):
            if before:
                context.stroke()
            # Caps of pieces that overlap would show as beads where the line is not yet solid.
            context.set_line_cap(cairo.LINE_CAP_ROUND if a >= 1 else cairo.LINE_CAP_BUTT)
            context.set_source_rgba(r, g, b, a)
            context.set_line_width(width)
            context.move_to(ax, ay)
            before = tuple(style)
        elif end != (ax, ay):
            context.move_to(ax, ay)
        context.line_to(bx, by)
        end = (bx, by)
    if before:
        context.stroke()


def _fill_discs(context: cairo.Context, discs: Iterable[list[float]]) -> None:
    context.set_antialias(cairo.ANTIALIAS_DEFAULT)
    for x, y, r, g, b, a, radius in discs:
        context.new_sub_path()
        context.arc(x, y, radius, 0.0, 2 * np.pi)
        context.set_source_rgba(r, g, b, a)
        context.fill()


def _fill_heads(context: cairo.Context, heads: Iterable[list[float]]) -> None:
    context.set_antialias(cairo.ANTIALIAS_DEFAULT)
    for ax, ay, bx, by, cx, cy, r, g, b, a in heads:
        context.move_to(ax, ay)
        context.line_to(bx, by)
        context.line_to(cx, cy)
        context.close_path()
        context.set_source_rgba(r, g, b, a)
        context.fill()


def _paint_floor(
    arrangement: Arrangement, context: cairo.Context, scale: float, shift: Array
) -> None:
    context.set_antialias(cairo.ANTIALIAS_DEFAULT)
    context.set_line_cap(cairo.LINE_CAP_ROUND)
    for xy, (r, g, b, a), width in arrangement.floor:
        for k, (x, y) in enumerate((xy * [scale, -scale] + shift).tolist()):
            (context.line_to if k else context.move_to)(x, y)
        if (xy[0] == xy[-1]).all():
            context.close_path()
        context.set_source_rgba(b, g, r, a)
        context.set_line_width(width * scale)
        context.stroke()


class Canvas(mn.VMobject):
    """What stands in the list of things to display for all parts of one space."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world


def hook_into_cairo() -> None:
    """Teach manim's cairo camera to paint spaces; once, and without effect on anything else.

    The camera asks `get_mobjects_to_display` for its list, in which the parts of a space are
    replaced by one canvas, and hands that canvas to `display_vectorized`.
    """
    if getattr(mn.Camera, "paints_spaces", False):
        return
    list_mobjects, display = mn.Camera.get_mobjects_to_display, mn.Camera.display_vectorized

    def get_mobjects_to_display(self: Any, *args: Any, **kwargs: Any) -> list[mn.Mobject]:
        return _gathered(list_mobjects(self, *args, **kwargs), self)

    def display_vectorized(self: Any, vmobject: mn.VMobject, ctx: cairo.Context) -> Any:
        if not isinstance(vmobject, Canvas):
            return display(self, vmobject, ctx)
        paint(vmobject.world.arrangement, self, ctx)
        return self

    mn.Camera.get_mobjects_to_display = get_mobjects_to_display
    mn.Camera.display_vectorized = display_vectorized
    mn.Camera.paints_spaces = True


def _gathered(mobjects: list[mn.Mobject], camera: mn.Camera) -> list[mn.Mobject]:
    """The list with one canvas for each space, where its first part was, less hidden labels."""
    members: dict[World, list[Primitive]] = {}
    gathered: list[mn.Mobject] = []
    for mobject in mobjects:
        if not isinstance(mobject, Primitive):
            gathered.append(mobject)
            continue
        if mobject.world not in members:
            gathered.append(mobject.world.canvas)
        members.setdefault(mobject.world, []).append(mobject)
    hidden: set[int] = set()
    for world, parts in members.items():
        hidden |= world.prepare(parts, camera.frame_width / camera.pixel_width)
    return [mobject for mobject in gathered if id(mobject) not in hidden]
