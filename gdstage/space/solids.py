"""What a space holds: meshes, planes, curves, arrows, dots and floor lines, as manim mobjects.

Their `points` are points of the data, not of the frame, so that manim's own animations work in
three dimensions: `bowl.animate.shift(2 * OUT)` lifts a surface by 2 in z, `plane.animate.shift(UP)`
moves a cut by 1 in y. They draw nothing themselves; their space paints them together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Self

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdstage.proof.claim import Claim, Sight
from gdstage.space.camera import stay_live

STATE = ("reveal", "clip_window", "heights")
"""What a primitive has beside points and colours, and what Transform interpolates too."""


class Primitive(mn.VMobject):
    """A part of a space; `world` is what all parts of one space share.

    `fill_color` and `fill_opacity` are its colour; `reveal` is the part (from, to) in 0…1 of its
    length that is drawn, which `Create` and `Uncreate` grow and shrink.
    """

    def __init__(self, world: Any, points: ArrayLike, colour: str, opacity: float = 1.0) -> None:
        super().__init__(color=colour, fill_opacity=opacity, stroke_width=0)
        self.world = world
        self.points = np.array(points, dtype=float).reshape(-1, 3)
        self.reveal = np.array([0.0, 1.0])
        self.add_updater(stay_live)

    @property
    def rgba(self) -> NDArray[np.float64]:
        """Its colour and opacity now, each 0…1, shape (4,)."""
        return np.asarray(self.fill_rgbas[0], dtype=float)

    def put(self, points: ArrayLike) -> Self:
        """Replace its points, in the data's units, by as many others or fewer."""
        self.points = np.array(points, dtype=float).reshape(-1, 3)
        return self

    def get_anchors(self) -> NDArray[np.float64]:  # type: ignore[override]
        """All its points; they are vertices, not the controls of Bézier curves."""
        return self.points

    def interpolate(
        self,
        mobject1: mn.Mobject,
        mobject2: mn.Mobject,
        alpha: float,
        path_func: Callable[..., Any] = mn.straight_path(),  # noqa: B008 - manim's own default
    ) -> Self:
        """Stand `alpha` of the way between two primitives of the same number of points."""
        super().interpolate(mobject1, mobject2, alpha, path_func)
        for name in STATE:
            if hasattr(mobject1, name) and hasattr(mobject2, name):
                one, two = getattr(mobject1, name), getattr(mobject2, name)
                # A part that both leave alone may be moved by someone else meanwhile.
                if not np.array_equal(one, two):
                    setattr(self, name, (1 - alpha) * one + alpha * two)
        return self

    def pointwise_become_partial(self, vmobject: mn.VMobject, a: float, b: float) -> Self:
        """Show the part from `a` to `b` of another primitive; what `Create` calls."""
        start, end = vmobject.reveal if isinstance(vmobject, Primitive) else (0.0, 1.0)
        if start == end:  # what `Uncreate` took away whole comes back whole
            start, end = 0.0, 1.0
        self.reveal = start + (end - start) * np.array([a, b], dtype=float)
        return self


class Mesh(Primitive):
    """A surface over a grid of the floor, coloured by height or plainly.

    `points` are its vertices, (m · n, 3), the x index first; `heights` (m · n,) are 0…1 along the
    `palette` and stay with the vertices when the mesh is moved. `clip_window` (x low, x high, y
    low, y high) is the part that is drawn, in the coordinates that the mesh was made with; its edge
    is exact at any place, not only at vertices.
    """

    def __init__(
        self,
        world: Any,
        lines: tuple[ArrayLike, ArrayLike],
        z: Callable[..., Any],
        colour: str,
        *,
        opacity: float = 1.0,
        palette: tuple[str, ...] = (),
        lit: bool = True,
    ) -> None:
        self.us, self.vs = (np.asarray(line, dtype=float) for line in lines)
        super().__init__(world, self._sample(z), colour, opacity)
        self.palette, self.lit = palette, lit
        self.clip_window = np.array([self.us[0], self.us[-1], self.vs[0], self.vs[-1]])
        self._take_heights()

    @property
    def shape(self) -> tuple[int, int]:
        """Its numbers of vertices along x and y."""
        return len(self.us), len(self.vs)

    def set_field(self, z: Callable[..., Any]) -> Self:
        """Become the graph of another function over the same grid."""
        self.points = self._sample(z)
        self._take_heights()
        return self

    def clip(
        self,
        x: tuple[float | None, float | None] = (None, None),
        y: tuple[float | None, float | None] = (None, None),
    ) -> Self:
        """Draw only the part between these bounds; None leaves a bound as it is.

        Raises:
            ValueError: nothing would be left.
        """
        bounds = (*x, *y)
        window = [
            old if new is None else new for old, new in zip(self.clip_window, bounds, strict=True)
        ]
        if window[0] > window[1] or window[2] > window[3]:
            raise ValueError(f"clip window {window} is empty: bounds are (low, high)")
        self.clip_window = np.array(window, dtype=float)
        return self

    def drawn_window(self) -> NDArray[np.float64]:
        """The clip window, less what is not yet revealed (along x)."""
        window = np.clip(
            self.clip_window,
            [self.us[0], self.us[0], self.vs[0], self.vs[0]],
            [self.us[-1], self.us[-1], self.vs[-1], self.vs[-1]],
        )
        low, high = window[:2]
        window[:2] = low + (high - low) * self.reveal
        return window

    def _sample(self, z: Callable[..., Any]) -> NDArray[np.float64]:
        x, y = np.meshgrid(self.us, self.vs, indexing="ij")
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            values = np.broadcast_to(np.asarray(z(x, y), dtype=float), x.shape)
        values = np.where(np.isfinite(values), values, np.nan)  # no value: no face
        return np.stack([x, y, values], axis=-1).reshape(-1, 3)

    def _take_heights(self) -> None:
        low, high = self.world.box.low[2], self.world.box.high[2]
        self.heights = (self.points[:, 2] - low) / (high - low)


class Wall(Primitive):
    """A flat rectangle by its corners in turn (4, 3); upright at x = c or y = c it cuts exactly."""

    def __init__(
        self, world: Any, corners: ArrayLike, colour: str, *, opacity: float, outline: float
    ) -> None:
        super().__init__(world, corners, colour, opacity)
        self.outline = outline

    def cut_axis(self) -> int | None:
        """0 when all its corners have one x, 1 when they have one y, None when it is aslant."""
        spread = np.ptp(self.points, axis=0)
        for axis in (0, 1):
            if spread[axis] < 1e-9 < spread[1 - axis]:
                return axis
        return None


class Curve(Primitive):
    """A polyline through points of the data (n, 3), `width` in manim's units of stroke."""

    def __init__(
        self,
        world: Any,
        points: ArrayLike,
        colour: str,
        *,
        width: float,
        dashes: int = 0,
    ) -> None:
        super().__init__(world, points, colour)
        self.line_width, self.dashes = width, dashes


class Arrow3(Primitive):
    """A straight arrow from `points[0]` to `points[1]` with a flat head that faces the viewer."""

    def __init__(
        self,
        world: Any,
        ends: tuple[ArrayLike, ArrayLike],
        colour: str,
        *,
        width: float,
        head: float,
    ) -> None:
        super().__init__(world, np.array(ends, dtype=float), colour)
        self.line_width, self.head = width, head


class Dot3(Claim, Primitive):
    """A flat disc of exactly its colour around a point; its radius is constant, in scene units.

    It may claim to stand on an iterate; its anchor is then a point of the data. Of dots in one
    place that of the highest `rank` lies on top, or the latest.
    """

    rank = 0

    def __init__(self, world: Any, point: ArrayLike, colour: str, radius: float) -> None:
        super().__init__(world, point, colour)
        self.colour, self.disc_radius = colour, radius

    @property
    def place(self) -> NDArray[np.float64]:
        """The point of the data that it marks (3,)."""
        return self.points[0].copy()

    def scene_point(self) -> NDArray[np.float64]:
        """The centre of its disc in the scene (3,), z = 0: exactly as painted."""
        return self.world.project(self.points)[0]

    def sight(self) -> Sight | None:
        """The dot as painted in the last frame, if it is solid and exactly on its iterate."""
        if self.rgba[3] == 1.0 and self.is_at(self.place):
            return self.seen_at(self.scene_point(), uncovered=not self.is_hidden())
        return None

    def is_hidden(self) -> bool:
        """Whether, in the last frame, anything over it, even translucent, touched its disc.

        True also when the last frame did not show the dot.
        """
        return self.world.hides(self)


class FloorLines(Primitive):
    """Lines on the floor, beneath all else: polylines that share one list of points.

    `starts` are the indices where each begins, `colours` (k, 3) their colours.
    """

    def __init__(
        self,
        world: Any,
        lines: Sequence[NDArray[np.float64]],
        colours: NDArray[np.float64],
        width: float,
    ) -> None:
        points = np.concatenate(lines) if len(lines) else np.zeros((0, 3))
        super().__init__(world, points, world.theme.ink)
        self.starts = np.cumsum([0, *(len(line) for line in lines)])
        self.colours, self.line_width = colours, width
