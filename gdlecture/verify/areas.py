"""What in a space has an area: surfaces and panes, where lines of sight meet them, in what colour.

The light is part of the evidence's format: see `docs/evidence.md`, from which this is written.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.claims import Claim
from gdlecture.verify.heights import heights_of, tangent_to
from gdlecture.verify.ink import rgb
from gdlecture.verify.painters import painter
from gdlecture.verify.record import Record
from gdlecture.verify.shapes import ClaimError
from gdlecture.verify.view import Rays, View

Array = NDArray[np.float64]
Indices = NDArray[np.int64]

STEPS, HALVINGS = 72, 18
"""A line of sight is looked at in so many places, and each crossing halved so often."""

GRID = 40
"""So many places a side of a surface are looked at to know how high it goes."""

PARTS = 1009
"""More than areas ever are: so parts of one are told from other areas."""

TOUCHING, NEAR = 0.02, 0.3
"""Drawn units: what lies on a surface is not hidden by it; so near behind one, who knows."""

LIGHT = np.array([-0.42, 0.62, 0.66])
AMBIENT, DIFFUSE, SOFTNESS = 0.56, 0.5, 1.5
GLOSS, SHININESS, UNDERSIDE = 0.1, 24, 0.72


@dataclass(frozen=True, eq=False)
class Hits:
    """Where lines of sight meet an area: the ray's index, the depth, the colour 0…255 (n, 3).

    `part` (n,) tells parts of different colours, which have borders.
    """

    ray: NDArray[np.int64]
    depth: Array
    colour: Array
    part: NDArray[np.int64]


class Area:
    """A surface or a pane: its claim, how opaque it is, what its colour is."""

    def __init__(self, claim: Claim, view: View) -> None:
        colour, opacity = claim.told["style"]["fill"]
        self.claim, self.view = claim, view
        self.colour, self.opacity = rgb(colour), float(opacity)

    @property
    def is_parted(self) -> bool:
        """Whether it has parts of different colours, by where starts lead from there."""
        return False

    def hits(self, rays: Rays) -> Hits:
        """Where lines of sight meet it."""
        raise NotImplementedError

    def outline(self) -> list[Array]:
        """Polygons (k, 3) that cover it."""
        raise NotImplementedError


class Surface(Area):
    """The graph of a field, or the plane that touches one, over a window."""

    def __init__(self, claim: Claim, view: View, record: Record) -> None:
        super().__init__(claim, view)
        told = claim.told
        if "tangent_to" in told:
            (place,) = told["places"]
            field = heights_of(told["tangent_to"], record)
            self.heights = tangent_to(field, record.place(place[:2]))
        else:
            self.heights = heights_of(told["field"], record)
        self.palette = [rgb(stop) for stop in told.get("palette", ())]
        self.lit, self.cut = bool(told["lit"]), bool(told.get("cut"))
        self.paint = painter(told, "basins", record) if claim.what == "basins" else None
        if self.paint is not None:
            self.palette.append(rgb(told["lost"]))
        (x0, x1), (y0, y1) = told["window"]
        xs, ys = np.linspace(x0, x1, GRID), np.linspace(y0, y1, GRID)
        plane = np.stack(np.meshgrid(xs, ys, indexing="ij"), axis=-1)
        z = self._trimmed(self.heights.at(plane))
        if not np.isfinite(z).any():
            raise ClaimError("expected a surface, found no height in its window")
        self.grid = np.concatenate([plane, z[..., None]], axis=-1)
        low, high = float(np.nanmin(z)), float(np.nanmax(z))
        room = 0.05 * (high - low) + 1e-6 * float(view.high[2] - view.low[2])
        self.low = np.array([x0, y0, low - room])
        self.high = np.array([x1, y1, high + room])

    def hits(self, rays: Rays) -> Hits:
        """Where lines of sight meet it."""
        first, last = self._within(rays)
        (picked,) = np.nonzero(first < last)
        rays, first, last = rays.of(picked), first[picked], last[picked]
        t = first[:, None] + (last - first)[:, None] * np.linspace(0, 1, STEPS)
        gap = self._gap(rays.at(t))
        row, step = np.nonzero(gap[:, :-1] * gap[:, 1:] < 0)
        near, far = t[row, step + 1], t[row, step]
        below, crossing = gap[row, step] < 0, rays.of(row)
        for _ in range(HALVINGS):
            middle = 0.5 * (near + far)
            same = (self._gap(crossing.at(middle)) < 0) == below
            far, near = np.where(same, middle, far), np.where(same, near, middle)
        depth = 0.5 * (near + far)
        points = crossing.at(depth)
        kept = np.ones(len(points), dtype=bool)
        if self.cut:
            kept = (points[:, 2] >= self.view.low[2]) & (points[:, 2] <= self.view.high[2])
        points = points[kept]
        base = self.own_colours(points)
        part = np.zeros(len(points), dtype=np.int64)
        if self.is_parted:
            part = np.abs(base[:, None] - np.array(self.palette)).sum(axis=-1).argmin(axis=1)
        return Hits(picked[row[kept]], depth[kept], self.in_light(points, base), part)

    @property
    def is_parted(self) -> bool:
        """Whether its colours say where starts lead."""
        return self.paint is not None

    def own_colours(self, points: Array) -> Array:
        """The colours (n, 3) of points on it: its own, or by what is so there."""
        view, base = self.view, np.tile(self.colour, (len(points), 1))
        if self.paint is not None:
            return self.paint(points[:, :2]) if len(points) else base
        if self.palette:
            share = (points[:, 2] - view.low[2]) / (view.high[2] - view.low[2])
            stops = np.linspace(0, 1, len(self.palette))
            table = np.array(self.palette)
            base = np.column_stack([np.interp(share, stops, table[:, c]) for c in range(3)])
        return base

    def in_light(self, points: Array, base: Array) -> Array:
        """The colours (n, 3) of points on it as they are seen in the light."""
        if not self.lit:
            return base
        view = self.view
        slopes = self.heights.slopes(points[:, :2]) * view.scale[2] / view.scale[:2]
        normal = np.column_stack([-slopes, np.ones(len(points))])
        normal = normal @ view.axes.T
        normal /= np.linalg.norm(normal, axis=1, keepdims=True)
        above = (normal * view.to_viewer(points)).sum(axis=1) > 0
        normal[~above] *= -1
        light = LIGHT / np.linalg.norm(LIGHT)
        halfway = light + np.array([0.0, 0.0, 1.0])
        halfway /= np.linalg.norm(halfway)
        bright = AMBIENT + DIFFUSE * (0.5 + 0.5 * (normal @ light)) ** SOFTNESS
        bright = np.where(above, bright, UNDERSIDE * bright)
        gloss = 255 * GLOSS * np.clip(normal @ halfway, 0, 1) ** SHININESS
        return np.clip(base * bright[:, None] + gloss[:, None], 0, 255)

    def outline(self) -> list[Array]:
        """Polygons (4, 3) that cover it."""
        g = self.grid
        quads = np.stack([g[:-1, :-1], g[1:, :-1], g[1:, 1:], g[:-1, 1:]], axis=2).reshape(-1, 4, 3)
        return list(quads[np.isfinite(quads).all(axis=(1, 2))])

    def _gap(self, points: Array) -> Array:
        return np.asarray(points[..., 2] - self.heights.at(points[..., :2]))

    def _trimmed(self, z: Array) -> Array:
        if not self.cut:
            return np.where(np.isfinite(z), z, np.nan)
        return np.where(np.isfinite(z), np.clip(z, self.view.low[2], self.view.high[2]), np.nan)

    def _within(self, rays: Rays) -> tuple[Array, Array]:
        """Between which depths (n,) each ray is over the window, at heights that it has."""
        first = np.full(len(rays.start), -np.inf)
        last = np.full(len(rays.start), 0.999 * self.view.distance)
        for axis in range(3):
            start, way = rays.start[:, axis], rays.way[:, axis]
            with np.errstate(all="ignore"):
                ends = np.sort(
                    [(side[axis] - start) / way for side in (self.low, self.high)], axis=0
                )
            along = np.abs(way) < 1e-12 * max(1.0, float(np.abs(self.high[axis])))
            inside = (start >= self.low[axis]) & (start <= self.high[axis])
            first = np.where(along, np.where(inside, first, np.inf), np.fmax(first, ends[0]))
            last = np.where(along, last, np.fmin(last, ends[1]))
        return first, last


class Pane(Area):
    """A flat rectangle by its corners in turn."""

    def __init__(self, claim: Claim, view: View, record: Record) -> None:
        super().__init__(claim, view)
        self.corners = np.array(claim.told["corners"], dtype=float)
        if claim.kind == "plane":
            self._see(claim, record)

    def hits(self, rays: Rays) -> Hits:
        """Where lines of sight meet it."""
        corner, one, _, other = self.corners
        sides = np.stack([one - corner, other - corner]) * self.view.scale
        across = np.cross(*sides)
        start, way = (part * self.view.scale for part in (rays.start, rays.way))
        with np.errstate(all="ignore"):
            depth = ((corner * self.view.scale - start) @ across) / (way @ across)
        foot = start + depth[:, None] * way - corner * self.view.scale
        shares = (foot @ sides.T) / (sides**2).sum(axis=1)
        met = np.isfinite(depth) & (shares >= 0).all(axis=1) & (shares <= 1).all(axis=1)
        (ray,) = np.nonzero(met & (depth < self.view.distance))
        none = np.zeros(len(ray), dtype=np.int64)
        return Hits(ray, depth[ray], np.tile(self.colour, (len(ray), 1)), none)

    def outline(self) -> list[Array]:
        """It itself."""
        return [self.corners]

    def _see(self, claim: Claim, record: Record) -> None:
        """It stands where its facts say."""
        axis = int(claim.told["axis"])
        if "at" in claim.told:
            expected = np.array(record.value(claim.told["at"]))
            found = self.corners[:, axis]
        else:
            (place,) = claim.told["places"]
            expected = record.place(place[:2])
            found = self.corners[:, :2].mean(axis=0)
        slack = 1e-6 * (self.view.high - self.view.low).max()
        if not np.allclose(found, expected, rtol=0, atol=slack):
            raise ClaimError(f"expected it at {expected}, found it drawn at {found}")


@dataclass(frozen=True, eq=False)
class Sight:
    """What is expected at some pixels: colours 0…255 (n, 3), and of which areas that is.

    `areas` (n,) has a bit for each area that is seen there, `met` for each that is there even if it
    is hidden; `order` tells one sequence of areas, and of their parts, from another.
    """

    colour: Array
    areas: NDArray[np.int64]
    met: NDArray[np.int64]
    order: NDArray[np.int64]


class Scene:
    """All areas of a space, and its ground."""

    def __init__(self, view: View, areas: list[Area], ground: str) -> None:
        self.view, self.areas, self.ground = view, areas, rgb(ground)

    def look(self, pixels: Array) -> Sight:
        """What is expected at pixels (n, 2) where nothing but areas is."""
        ray, _, colour, area, part = self._hits(self.view.rays(pixels))
        n = len(pixels)
        found = np.tile(self.ground, (n, 1))
        seen, met, order = np.zeros((3, n), dtype=np.int64)
        for picked in _in_turn(ray):
            at, index = ray[picked], area[picked]
            opacity = np.array([self.areas[i].opacity for i in index])[:, None]
            found[at] = (1 - opacity) * found[at] + opacity * colour[picked]
            solid = opacity[:, 0] >= 1
            seen[at] = np.where(solid, 0, seen[at]) | (1 << index)
            met[at] |= 1 << index
            order[at] = np.where(solid, 0, order[at] * 31) + index + 1 + PARTS * part[picked]
        return Sight(found, seen, met, order)

    def before(self, points: Array, colours: Array) -> tuple[Array, Array]:
        """What of ink at points (n, 3) is seen: 1 all, 0 nothing, nan unsure; and its colours."""
        pixels, depth = self.view.seen(points)
        ray, at, colour, area, _ = self._hits(self.view.rays(pixels))
        ahead = at - depth[ray]
        kept = ahead > TOUCHING
        ray, ahead, colour, area = ray[kept], ahead[kept], colour[kept], area[kept]
        share, told = np.ones(len(points)), colours.copy()
        opacity = np.array([part.opacity for part in self.areas])[area] if len(area) else area
        for picked in _in_turn(ray):
            alpha = opacity[picked][:, None]
            told[ray[picked]] = (1 - alpha) * told[ray[picked]] + alpha * colour[picked]
        share[ray[opacity >= 1]] = 0.0
        unsure = np.zeros(len(points), dtype=bool)
        unsure[ray[ahead < NEAR]] = True
        far = np.zeros(len(points), dtype=bool)
        far[ray[(ahead >= NEAR) & (opacity >= 1)]] = True
        return np.where(unsure & ~far, np.nan, share), told

    def is_cut(self, around: Array, point: Array, slope: float) -> bool:
        """Whether a surface may hide part of a disc, `around` (n, 2) px, in the middle of it seen.

        Its own surface goes up to `slope` drawn units before and behind the disc's point (3,).
        """
        _, depth = self.view.seen(point)
        ray, at, _, area, _ = self._hits(self.view.rays(around))
        ahead = at - float(depth)
        near = np.abs(ahead) <= slope
        folds = len(set(zip(ray[near].tolist(), area[near].tolist(), strict=True))) < near.sum()
        return bool(folds or (ahead > slope).any())

    def _hits(self, rays: Rays) -> tuple[Indices, Array, Array, Indices, Indices]:
        """All crossings, those of a ray in turn from far to near: ray, depth, colour, area, part.

        Each is (n,), the colours (n, 3).
        """
        found = [area.hits(rays) for area in self.areas]
        if not found:
            none = np.zeros(0, dtype=np.int64)
            return none, np.zeros(0), np.zeros((0, 3)), none, none
        ray = np.concatenate([hits.ray for hits in found])
        depth = np.concatenate([hits.depth for hits in found])
        colour = np.concatenate([hits.colour for hits in found])
        area = np.repeat(np.arange(len(found)), [len(hits.ray) for hits in found])
        part = np.concatenate([hits.part for hits in found])
        turn = np.lexsort((depth, ray))
        return ray[turn], depth[turn], colour[turn], area[turn], part[turn]


def _in_turn(ray: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """The indices of the first crossing of each ray, then of the second, and so on."""
    if not len(ray):
        return []
    starts = np.flatnonzero(np.concatenate([[True], ray[1:] != ray[:-1]]))
    lengths = np.diff(np.append(starts, len(ray)))
    rank = np.arange(len(ray)) - np.repeat(starts, lengths)
    return [np.flatnonzero(rank == k) for k in range(int(rank.max()) + 1)]
