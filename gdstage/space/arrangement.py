"""All that one frame of a space paints, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from gdstage.space import faces, marks, order
from gdstage.space.batch import DISCS, Array, Batch, merged
from gdstage.space.camera import View
from gdstage.space.mesh import cut_to_grid, distinct, mesh_extent, mesh_lines
from gdstage.space.solids import Arrow3, Curve, Dot3, FloorLines, Mesh, Primitive, Wall


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


@dataclass(frozen=True)
class Grid:
    """The lines of x and of y that surfaces are cut along; `cell` is their largest distance apart.

    `cell` is in scene units at zoom 1, the lines are the data's.
    """

    xs: Array
    ys: Array
    cell: float


def arrange(view: View, grid: Grid, members: Iterable[Primitive], pixel: float) -> Arrangement:
    """Project, colour and order the members of a space; `pixel` is a pixel's side (scene units)."""
    shown = [m for m in members if m.rgba[3] > 0 and len(m.points) and m.reveal[1] > m.reveal[0]]
    plots = [_Plot.of(mesh) for mesh in shown if isinstance(mesh, Mesh)]
    walls = [member for member in shown if isinstance(member, Wall)]
    columns, cuts = _columns(view, grid, plots, walls)
    lines = (columns.xs, columns.ys)
    sheets, solid, free = [], [], []
    for plot in plots:
        if plot.lines is None or plot.extent is None:
            free.append(plot.mesh)
            continue
        sheet = cut_to_grid(plot.mesh, plot.lines, plot.extent, grid=lines, view=view)
        if sheet is not None:
            sheets.append(sheet)
            solid.append(bool(plot.mesh.rgba[3] >= 1))
    levels = order.Levels(columns, sheets)
    scenery = order.Scenery(view, columns, levels, sheets, walls, grid.cell)
    batches = faces.sheet_batches(scenery, solid, cuts, pixel)
    batches += [faces.wall_faces(wall, scenery) for wall in walls]
    for mesh in free:
        batches.append(faces.free_faces(mesh.points.reshape(*mesh.shape, 3), mesh.rgba, scenery))
    drawn, keys = _marks(shown, scenery)
    levels_below = [member for member in shown if isinstance(member, FloorLines)]
    floor = [path for member in levels_below for path in marks.floor_paths(member, view)]
    return Arrangement(view, merged(batches + drawn), tuple(floor), scenery, keys)


@dataclass(frozen=True)
class _Plot:
    """A mesh, its lines of x and y, and where its drawn part lies; None when it is no grid now."""

    mesh: Mesh
    lines: tuple[Array, Array] | None
    extent: Array | None

    @classmethod
    def of(cls, mesh: Mesh) -> _Plot:
        lines = mesh_lines(mesh)
        return cls(mesh, lines, None if lines is None else mesh_extent(mesh, lines))


def _columns(
    view: View, grid: Grid, plots: list[_Plot], walls: list[Wall]
) -> tuple[order.Columns, tuple[Array, Array]]:
    """The floor cut by the space's lines, the meshes' borders and the planes; where planes are."""
    lines: tuple[list, list] = ([grid.xs], [grid.ys])
    cuts: tuple[list, list] = ([], [])
    for plot in plots:
        if plot.extent is not None:
            lines[0].append(plot.extent[:2])
            lines[1].append(plot.extent[2:])
    for wall in walls:
        axis = wall.cut_axis()
        if axis is not None:
            lines[axis].append(wall.points[:1, axis])
            cuts[axis].append(wall.points[0, axis])
    xs, ys = (distinct(np.concatenate(parts)) for parts in lines)
    across, along = (np.array(cut, dtype=float) for cut in cuts)
    return order.Columns.seen_from(view, xs, ys), (across, along)


def _marks(shown: list[Primitive], scenery: order.Scenery) -> tuple[list[Batch], dict[int, float]]:
    """Lines, arrows and dots, each on top of those before it; and the dots' keys."""
    drawn: list[Batch] = []
    for member in shown:
        if isinstance(member, Wall):
            drawn += marks.wall_outline(member, scenery)
    for member in shown:
        if isinstance(member, Curve):
            drawn += marks.curve_batches(member, scenery)
        elif isinstance(member, Arrow3):
            drawn += marks.arrow_batches(member, scenery)
    dots = [member for member in shown if isinstance(member, Dot3)]
    dots.sort(key=lambda dot: dot.rank)
    drawn += marks.dot_batches(dots, scenery)
    drawn = marks.stacked(drawn, scenery)
    keys = [float(part.key[0]) for part in drawn if part.kind == DISCS]
    return drawn, dict(zip(map(id, dots), keys, strict=True))
