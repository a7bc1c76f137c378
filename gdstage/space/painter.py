"""Paints all parts of a space in one pass over manim's own cairo context.

Faces are filled without smoothing: neighbours then share every pixel of their common edge out
between them, so that no seam can show, and it is three times as fast. Outlines, folds and cuts are
smoothed by a thin line in the face's own colour, painted right after the face.
"""

from __future__ import annotations

import itertools as it
from collections.abc import Iterable, Sequence

import cairo
import manim as mn
import numpy as np
from numpy.typing import NDArray

from gdstage.space.arrangement import Arrangement
from gdstage.space.batch import DISCS, FACES, HEADS, STROKES, Array, Batch

Corners = tuple[int, int, int, int]
"""Of a box: left, top, right, bottom, px."""


def paint(arrangement: Arrangement, camera: mn.Camera, context: cairo.Context) -> None:
    """Paint an arrangement into a cairo context: what may reach into the dirty tiles."""
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
    tiles = getattr(camera, "tiles", None)
    whole = [(0, 0, camera.pixel_width, camera.pixel_height)]
    boxes = whole if tiles is None else tiles.boxes()
    streams, counts = _streams(arrangement, scale, shift, boxes)
    painters = {FACES: _fill_faces, STROKES: _draw_strokes, DISCS: _fill_discs, HEADS: _fill_heads}
    for kind, count in counts:
        painters[kind](context, it.islice(streams[kind], count))
    context.restore()


def _streams(
    arrangement: Arrangement, scale: float, shift: Array, boxes: Sequence[Corners]
) -> tuple[dict, list]:
    """Each kind's things in order, ready for cairo, and how many of which kind come in turn.

    Only what may reach into one of the boxes.
    """
    rank, kinds = arrangement.sequence
    streams, kept = {}, np.zeros(len(rank), dtype=bool)
    first = 0
    for batch in arrangement.batches:
        n = len(batch.key)
        near = _within(batch, scale, shift, boxes)
        kept[first : first + n] = near
        width = batch.xy.shape[1]
        xy = batch.xy[near].reshape(-1, width // 2, 2) * [scale, -scale] + shift
        # Manim's buffer is RGBA and cairo's ARGB, so red and blue change places.
        columns = [xy.reshape(-1, width), batch.rgba[near][:, [2, 1, 0, 3]]]
        if batch.kind in (STROKES, DISCS):
            columns.append(batch.size[near, None] * scale)
        if batch.kind == STROKES:
            columns.append(arrangement.chains[near, None].astype(float))
        rows = np.concatenate(columns, axis=1)
        # One flat list, read row by row: a list a row would keep Python's garbage collector busy.
        streams[batch.kind] = zip(*[iter(rows.ravel().tolist())] * rows.shape[1], strict=True)
        first += n
    kinds = kinds[kept[rank]]
    if not len(kinds):
        return streams, []
    starts = np.concatenate([[0], np.flatnonzero(np.diff(kinds)) + 1])
    counts = np.diff(np.append(starts, len(kinds)))
    return streams, list(zip(kinds[starts].tolist(), counts.tolist(), strict=True))


def _within(
    batch: Batch, scale: float, shift: Array, boxes: Sequence[Corners]
) -> NDArray[np.bool_]:
    """Which things of a batch reach into one of some boxes."""
    low, high = batch.bounds
    reach = batch.reach * scale + 2.0
    left, right = low[:, 0] * scale + shift[0] - reach, high[:, 0] * scale + shift[0] + reach
    top, bottom = shift[1] - high[:, 1] * scale - reach, shift[1] - low[:, 1] * scale + reach
    near = np.zeros(len(left), dtype=bool)
    for x, y, past_x, past_y in boxes:
        near |= (left < past_x) & (right > x) & (top < past_y) & (bottom > y)
    return near


def _fill_faces(context: cairo.Context, faces: Iterable[tuple[float, ...]]) -> None:
    context.set_antialias(cairo.ANTIALIAS_NONE)
    move, line, colour, fill = (
        context.move_to,
        context.line_to,
        context.set_source_rgba,
        context.fill,
    )
    for ax, ay, bx, by, cx, cy, dx, dy, r, g, b, a in faces:
        move(ax, ay)
        line(bx, by)
        line(cx, cy)
        line(dx, dy)
        colour(r, g, b, a)
        fill()


def _draw_strokes(context: cairo.Context, strokes: Iterable[tuple[float, ...]]) -> None:
    context.set_antialias(cairo.ANTIALIAS_DEFAULT)
    before = -1.0
    end = (0.0, 0.0)
    for ax, ay, bx, by, r, g, b, a, width, chain in strokes:
        if before != chain:
            if before >= 0:
                context.stroke()
            # Caps of pieces that overlap would show as beads where the line is not yet solid.
            context.set_line_cap(cairo.LINE_CAP_ROUND if a >= 1 else cairo.LINE_CAP_BUTT)
            context.set_source_rgba(r, g, b, a)
            context.set_line_width(width)
            context.move_to(ax, ay)
            before = chain
        elif end != (ax, ay):
            context.move_to(ax, ay)
        context.line_to(bx, by)
        end = (bx, by)
    if before >= 0:
        context.stroke()


def _fill_discs(context: cairo.Context, discs: Iterable[tuple[float, ...]]) -> None:
    context.set_antialias(cairo.ANTIALIAS_DEFAULT)
    for x, y, r, g, b, a, radius in discs:
        context.new_sub_path()
        context.arc(x, y, radius, 0.0, 2 * np.pi)
        context.set_source_rgba(r, g, b, a)
        context.fill()


def _fill_heads(context: cairo.Context, heads: Iterable[tuple[float, ...]]) -> None:
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
