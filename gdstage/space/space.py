"""A space of three dimensions as one mobject: made, moved, and painted in one pass.

    space = Space(theme, x=(-2, 2), y=(-2, 2), z=(0, 8))
    bowl = space.surface(field)
    cut = space.plane(y=0.6)
    dot = space.dot((1, 0.6, 1.36), theme.iterate)
    self.add(space)
    self.play(space.camera.animate.set(theta=0.4), bowl.animate.clip(y=(0.6, None)))

It needs no special scene. Words beside it are ordinary mobjects and cannot flicker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self, cast

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdmath import ScalarField
from gdmath.level_lines import join, level_segments
from gdstage.look.theme import Theme, colour_map
from gdstage.proof.in_space import upright
from gdstage.proof.lens import Lens
from gdstage.proof.statement import Statement, stated
from gdstage.proof.statement import levels as levels_of
from gdstage.space.camera import Box3, Camera3
from gdstage.space.hook import hook_into_cairo
from gdstage.space.solids import Arrow3, Curve, Dot3, FloorLines, Mesh, Primitive, Wall
from gdstage.space.world import Label, World

Window = tuple[float, float]
Array = NDArray[np.float64]

DEGREE = np.pi / 180
CONTOUR_SAMPLES = 160


class Space(mn.Group):
    """A box of the data, seen by a camera; holds meshes, planes, curves, arrows and dots.

    `x`, `y`, `z` are the window of the data, `size` the lengths of its sides in scene units at
    zoom 1, `place` the point of the scene where the box's middle is seen. `theta` and `phi` are the
    viewer's azimuth from the x-axis and angle from the z-axis, in radians; `distance` is how far
    the viewer stands, in scene units (`math.inf`: without perspective). `resolution` is the number
    of faces of a surface along each side of the window.

    What its methods make belongs to the space from then on: it is seen as soon as the space is.
    """

    def __init__(
        self,
        theme: Theme,
        x: Window,
        y: Window,
        z: Window,
        *,
        size: tuple[float, float, float] = (5.0, 5.0, 3.4),
        place: tuple[float, float] = (0.0, 0.0),
        theta: float = -62 * DEGREE,
        phi: float = 66 * DEGREE,
        zoom: float = 1.0,
        distance: float = 18.0,
        resolution: int = 80,
    ) -> None:
        hook_into_cairo()
        super().__init__()
        low, high = np.array([x, y, z], dtype=float).T
        if not (high > low).all():
            raise ValueError(f"x={x}, y={y}, z={z}: every window is (low, high)")
        box = Box3(low, high, np.array(size, dtype=float))
        camera = Camera3(theta, phi, zoom, (low + high) / 2, (*place, 0.0))
        self.world = camera.world = World(theme, box, camera, distance, resolution)
        self.world.space = self
        self.add(stated(camera, Statement("space", "space", self)))

    def scale_seen(self, lens: Lens) -> dict[str, Any]:
        """The box in the data's units and as drawn, and from where it is seen; `place` in px."""
        camera, (low, high) = self.camera, self.world.units
        distance = float(self.world.distance)
        return {
            "low": low.tolist(),
            "high": high.tolist(),
            "size": self.box.size.tolist(),
            "theta": camera.theta,
            "phi": camera.phi,
            "zoom": camera.zoom,
            "centre": self.world.told(camera.centre).tolist(),
            "place": list(lens.to_pixel(camera.place)),
            "distance": distance,
            "unit": lens.scale,
            "frame": [lens.width, lens.height],
            "ground": self.world.theme.ground,
        }

    @property
    def camera(self) -> Camera3:
        """Its camera; `camera.animate.set(theta=…, phi=…, zoom=…, centre=…, place=…)` moves it."""
        return cast("Camera3", self.submobjects[0])

    @property
    def box(self) -> Box3:
        """Its window of the data and the size that it is drawn with."""
        return self.world.box

    def project(self, points: ArrayLike) -> Array:
        """Where points of the data (…, 3) are in the scene (…, 3), exactly as painted."""
        return self.world.project(points)

    def is_hidden(self, point: ArrayLike, radius: float = 0.0) -> bool:
        """Whether anything is painted over a point of the data (3,), or over a disc around it.

        Asks of what the last frame showed; translucent planes count. `radius` in scene units.
        """
        if not self.world.members:
            self.world.members = [m for m in self.get_family() if isinstance(m, Primitive)]
        return self.world.is_hidden(point, radius)

    def surface(
        self,
        field: Callable[..., Any],
        x: Window | None = None,
        y: Window | None = None,
        *,
        colour: str | None = None,
        opacity: float = 1.0,
        palette: tuple[str, ...] | None = None,
        lit: bool = True,
    ) -> Mesh:
        """The graph of `field(x, y)` over a window, coloured by height, or plainly by `colour`.

        Where the field has no finite value there is a hole.
        """
        lines = []
        for own, window in ((self.world.grid.xs, x), (self.world.grid.ys, y)):
            low, high = window or (own[0], own[-1])
            inside = own[(own > low + 1e-9) & (own < high - 1e-9)]
            lines.append(np.concatenate([[low], inside, [high]]))
        stops = () if colour else (palette or self.world.theme.height)
        mesh = Mesh(
            self.world,
            (lines[0], lines[1]),
            field,
            colour or self.world.theme.function,
            opacity=opacity,
            palette=stops,
            lit=lit,
        )
        return self._hold(mesh)

    def tangent_plane(
        self,
        plane: Callable[..., Any],
        at: tuple[float, float],
        reach: float | tuple[float, float],
        *,
        colour: str | None = None,
        opacity: float = 0.55,
    ) -> Mesh:
        """The graph of the linear field `plane(x, y)` over at ± reach: one flat, plain piece."""
        rx, ry = np.broadcast_to(reach, 2)
        xs, ys = (at[0] - rx, at[0] + rx), (at[1] - ry, at[1] + ry)
        shade = colour or self.world.theme.tangent
        return self._hold(Mesh(self.world, (xs, ys), plane, shade, opacity=opacity, lit=False))

    def plane(
        self,
        x: float | None = None,
        y: float | None = None,
        *,
        colour: str | None = None,
        opacity: float = 0.22,
        margin: float = 0.0,
        outline: float = 1.5,
    ) -> Wall:
        """The upright plane x = c or y = c through the box, which cuts every mesh exactly.

        `margin` lets it stand out of the box, as a share of the sides; `outline` is its border's
        width in manim's units of stroke.

        Raises:
            ValueError: unless exactly one of x and y is given.
        """
        if (x is None) == (y is None):
            raise ValueError(f"x={x}, y={y}: a plane stands at one x or at one y")
        axis, at = (0, x) if x is not None else (1, cast("float", y))
        extra = margin * (self.box.high - self.box.low)
        low, high = self.box.low - extra, self.box.high + extra
        low[2] = self.box.low[2]
        corners = np.array([low, low, high, high])
        corners[1, 1 - axis], corners[3, 1 - axis] = high[1 - axis], low[1 - axis]
        corners[:, axis] = at
        shade = colour or self.world.theme.danger
        wall = Wall(self.world, corners, shade, opacity=opacity, outline=outline)
        return self._hold(stated(wall, upright(self, axis, float(at))))

    def wall(
        self, corners: ArrayLike, colour: str, *, opacity: float = 0.3, outline: float = 1.5
    ) -> Wall:
        """A flat rectangle by its corners in turn (4, 3)."""
        return self._hold(Wall(self.world, corners, colour, opacity=opacity, outline=outline))

    def curve(
        self, points: ArrayLike, colour: str, *, width: float = 6.0, dashes: int = 0
    ) -> Curve:
        """A polyline through points of the data (n, 3), solid or in so many dashes."""
        return self._hold(Curve(self.world, points, colour, width=width, dashes=dashes))

    def line(self, start: ArrayLike, end: ArrayLike, colour: str, **style: Any) -> Curve:
        """The straight line between two points of the data (3,); `style` as for a curve."""
        return self.curve(np.array([start, end], dtype=float), colour, **style)

    def arrow(
        self,
        start: ArrayLike,
        end: ArrayLike,
        colour: str,
        *,
        width: float = 5.0,
        head: float = 0.2,
    ) -> Arrow3:
        """An arrow between two points of the data (3,); `head` is its head's length on screen."""
        return self._hold(Arrow3(self.world, (start, end), colour, width=width, head=head))

    def dot(self, point: ArrayLike, colour: str, radius: float = 0.11) -> Dot3:
        """A disc of exactly `colour` around a point of the data (3,); radius in scene units."""
        return self._hold(Dot3(self.world, point, colour, radius))

    def contours(
        self,
        field: Callable[..., Any],
        levels: Sequence[float],
        *,
        colour: str | None = None,
        width: float = 2.0,
    ) -> FloorLines:
        """The lines `field == level` on the floor of the box, coloured by height unless told."""
        xs, ys = (
            np.linspace(self.box.low[k], self.box.high[k], CONTOUR_SAMPLES + 1) for k in (0, 1)
        )
        values = np.asarray(field(*np.meshgrid(xs, ys, indexing="ij")), dtype=float)
        floor, top = self.box.low[2], self.box.high[2]
        lines, heights = [], []
        for level in levels:
            for line in join(level_segments(xs, ys, values, level)):
                lines.append(np.column_stack([line, np.full(len(line), floor)]))
                heights.append((level - floor) / (top - floor))
        palette = () if colour else self.world.theme.height
        colours = colour_map((colour, colour) if colour else palette, heights)
        drawn = FloorLines(self.world, lines, colours, width, palette=palette)
        if isinstance(field, ScalarField):
            stated(drawn, levels_of(self, field, levels))
        return self._hold(drawn)

    def label(
        self,
        mobject: mn.Mobject,
        point: ArrayLike,
        *,
        away_from: ArrayLike | None = None,
        gap: float = 0.15,
        apart_from: ArrayLike | None = None,
    ) -> mn.Mobject:
        """Keep an ordinary mobject beside a point of the data, upright and sharp, above all else.

        It stands on the side that faces away from another point (the box's middle unless told). It
        is hidden where its point is, and where another one as far off as `apart_from` is from
        `away_from` would touch it.
        """
        middle = (self.box.low + self.box.high) / 2
        origin = middle if away_from is None else away_from
        anchor, from_there = (np.asarray(end, dtype=float) for end in (point, origin))
        other = None if apart_from is None else np.asarray(apart_from, dtype=float)
        self.world.labels.append(Label(mobject, anchor, from_there, gap, other))
        self.world.place_labels()
        return self._hold(mobject)

    def shift(self, *vectors: ArrayLike) -> Self:
        """Move the picture in the frame."""
        self.camera.place = self.camera.place + np.sum(np.asarray(vectors, dtype=float), axis=0)
        return self

    def scale(self, scale_factor: float, **_: Any) -> Self:
        """Make the picture larger in the frame, around the camera's place."""
        self.camera.zoom = self.camera.zoom * scale_factor
        return self

    def set_opacity(self, opacity: float) -> Self:
        """Give all its parts and labels one opacity."""
        for mobject in self.get_family():
            if isinstance(mobject, mn.VMobject):
                mobject.set_opacity(opacity, family=False)
        return self

    def let_go(self, leaving: Iterable[mn.Mobject]) -> None:
        """Hold these parts no longer, if it held them: they do not come back with it."""
        gone = {id(part) for part in leaving}
        self.remove(*(part for part in self.submobjects if id(part) in gone))

    def _hold(self, mobject: Any) -> Any:
        self.add(mobject)
        return mobject
