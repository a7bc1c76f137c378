"""All that one frame of a space paints, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from gdstage.space import faces, marks, order
from gdstage.space.batch import DISCS, FACES, STROKES, Array, Batch, merged
from gdstage.space.camera import View
from gdstage.space.mesh import cut_to_grid, distinct, mesh_extent, mesh_lines
from gdstage.space.solids import Arrow3, Curve, Dot3, FloorLines, Mesh, Primitive, Wall


@dataclass(frozen=True)
class Backdrop:
    """All that has an area, seen from one place, and `known`: what lines and dots are before it.

    `look` is another number when it looks otherwise. `areas` and `faces` are its batches, those and
    only those that are faces, in the order of painting.
    """

    look: int
    scenery: order.Scenery
    areas: tuple[Batch, ...]
    faces: Batch | None
    known: dict[tuple[int, int], list[Batch]] = field(default_factory=dict)


@dataclass(frozen=True)
class Arrangement:
    """All that one frame of a space paints, a batch a kind, and the lines beneath everything.

    `dots` has the key of every dot that is painted, by the id of its mobject.
    """

    view: View
    batches: tuple[Batch, ...]
    floor: tuple[tuple[Array, tuple[float, ...], float], ...]
    backdrop: Backdrop
    dots: dict[int, float]

    @property
    def scenery(self) -> order.Scenery:
        """All that can hide a line or a dot."""
        return self.backdrop.scenery

    @cached_property
    def sequence(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Of all things, batch after batch: the order of painting, and in it which kind is when."""
        if not self.batches:
            return np.zeros(0, dtype=int), np.zeros(0, dtype=int)
        kinds = np.repeat([b.kind for b in self.batches], [len(b.key) for b in self.batches])
        rank = np.argsort(np.concatenate([b.key for b in self.batches]), kind="stable")
        return rank, kinds[rank]

    @cached_property
    def chains(self) -> NDArray[np.intp]:
        """For each stroke (n,) the number of the line that it belongs to, stroked as one.

        That is as long as nothing of another kind comes in between, and the style stays.
        """
        (strokes,) = (one for one in self.batches if one.kind == STROKES)
        _, kinds = self.sequence
        turns = np.concatenate([[0], np.cumsum(np.diff(kinds) != 0)])[kinds == STROKES]
        style = np.concatenate([strokes.rgba, strokes.size[:, None], turns[:, None]], axis=1)
        return np.concatenate([[0], np.cumsum((style[1:] != style[:-1]).any(axis=1))])

    @cached_property
    def prints(self) -> tuple[NDArray[np.uint64], Array]:
        """For each thing another number when it is painted otherwise; and where it is painted.

        That is (n,), and (n, 4): left, bottom, right, top. Strokes of one line are one thing.
        """
        prints, boxes = [np.zeros(0, dtype=np.uint64)], [np.zeros((0, 4))]
        for one in self.batches:
            own, where = one.prints, one.boxes
            if one.kind == STROKES:
                first = np.flatnonzero(np.diff(self.chains, prepend=-1))
                own = np.add.reduceat(own, first)
                low, high = where[:, :2], where[:, 2:]
                ends = np.minimum.reduceat(low, first), np.maximum.reduceat(high, first)
                where = np.concatenate(ends, axis=1)
            prints.append(own)
            boxes.append(where)
        for xy, colour, breadth in self.floor:
            row = np.concatenate([xy.ravel(), [*colour, breadth]])
            prints.append(np.array([hash(row.tobytes()) % 2**64], dtype=np.uint64))
            ends = xy.min(axis=0) - 0.5 * breadth, xy.max(axis=0) + 0.5 * breadth
            boxes.append(np.concatenate(ends)[None])
        return np.concatenate(prints), np.concatenate(boxes)


@dataclass(frozen=True)
class Grid:
    """The lines of x and of y that surfaces are cut along; `cell` is their largest distance apart.

    `cell` is in scene units at zoom 1, the lines are the data's.
    """

    xs: Array
    ys: Array
    cell: float


def arrange(
    view: View,
    grid: Grid,
    members: Iterable[Primitive],
    pixel: float,
    before: Arrangement | None = None,
) -> Arrangement:
    """Project, colour and order the members of a space; `pixel` is a pixel's side (scene units).

    What is as in the arrangement `before` is taken from it.
    """
    shown = [m for m in members if m.rgba[3] > 0 and len(m.points) and m.reveal[1] > m.reveal[0]]
    looks = {id(member): member.look() for member in shown}
    areas = [member for member in shown if isinstance(member, Mesh | Wall)]
    seen_from = (view.theta, view.phi, view.zoom, view.distance, pixel, *view.centre, *view.place)
    look = hash((seen_from, tuple((id(member), looks[id(member)]) for member in areas)))
    if before is not None and before.backdrop.look == look:
        backdrop = before.backdrop
    else:
        backdrop = _backdrop(look, view, grid, areas, pixel)
    lines, keys = _marks(shown, looks, backdrop)
    batches = merged([one for one in (*backdrop.areas, *lines) if one.kind != FACES])
    if backdrop.faces is not None:
        batches = (backdrop.faces, *batches)
    on_floor = [member for member in shown if isinstance(member, FloorLines)]
    floor = tuple(path for member in on_floor for path in marks.floor_paths(member, view))
    return Arrangement(view, batches, floor, backdrop, keys)


def _backdrop(
    look: int, view: View, grid: Grid, areas: Sequence[Mesh | Wall], pixel: float
) -> Backdrop:
    plots = [_Plot.of(mesh) for mesh in areas if isinstance(mesh, Mesh)]
    walls = [member for member in areas if isinstance(member, Wall)]
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
    batches = [made for made in batches if len(made.key)]
    (painted,) = merged([made for made in batches if made.kind == FACES]) or (None,)
    return Backdrop(look, scenery, tuple(batches), painted)


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


def _marks(
    shown: list[Primitive], looks: Mapping[int, int], backdrop: Backdrop
) -> tuple[list[Batch], dict[int, float]]:
    """Lines, arrows and dots, each on top of those before it; and the dots' keys."""
    walls = [member for member in shown if isinstance(member, Wall)]
    lines = [member for member in shown if isinstance(member, Curve | Arrow3)]
    dots = [member for member in shown if isinstance(member, Dot3)]
    dots.sort(key=lambda dot: dot.rank)
    names = [(id(member), looks[id(member)]) for member in (*walls, *lines, *dots)]
    known, scenery = backdrop.known, backdrop.scenery
    fresh = [member for member in (*walls, *lines) if (id(member), looks[id(member)]) not in known]
    drafts = [marks.drafts(member, scenery) for member in fresh]
    keyed = iter(marks.keyed([draft for own in drafts for draft in own], scenery))
    for member, own in zip(fresh, drafts, strict=True):
        known[id(member), looks[id(member)]] = list(islice(keyed, len(own)))
    new = [dot for dot in dots if (id(dot), looks[id(dot)]) not in known]
    for dot, disc in zip(new, marks.dot_batches(new, scenery), strict=True):
        known[id(dot), looks[id(dot)]] = [disc]
    for name in known.keys() - set(names):
        del known[name]
    drawn = marks.stacked([one for name in names for one in known[name]], scenery)
    keys = [float(one.key[0]) for one in drawn if one.kind == DISCS]
    return drawn, dict(zip(map(id, dots), keys, strict=True))
