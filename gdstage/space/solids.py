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

from gdmath import ScalarField
from gdstage.look.theme import hexed
from gdstage.proof.claim import Claim, Sight
from gdstage.proof.in_space import graph_of
from gdstage.proof.lens import Lens
from gdstage.proof.statement import Statement, stated
from gdstage.space.camera import stay_live
from gdstage.space.coat import Coat

STATE = ("reveal", "clip_window", "heights", "coated")
"""What a primitive has beside points and colours, and what Transform interpolates too."""

STYLE = ("line_width", "dashes", "head", "outline", "disc_radius", "rank", "lit", "palette")
"""What else a primitive is drawn by."""

STROKE_UNIT = 0.01
"""Scene units of one unit of manim's stroke width."""

MOST_TOLD = 40
"""So many points of a line that states nothing are told of it."""


class Primitive(mn.VMobject):
    """A part of a space; `world` is what all parts of one space share.

    `fill_color` and `fill_opacity` are its colour; `reveal` is the part (from, to) in 0…1 of its
    length that is drawn, which `Create` and `Uncreate` grow and shrink.
    """

    statement: Statement | None = None

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

    def state(self) -> bytes:
        """What must stay the same, beside points and colour, for it to stand still."""
        kept = (np.asarray(getattr(self, name)) for name in STATE if hasattr(self, name))
        return b"".join(part.tobytes() for part in kept)

    def look(self) -> int:
        """Another number when it, in the same space and seen from the same place, looks otherwise.

        So much of it at least; it may be another one when nobody can see why.
        """
        style = tuple(getattr(self, name, None) for name in STYLE)
        return hash((self.points.tobytes(), self.fill_rgbas.tobytes(), self.state(), style))

    def as_drawn(self, lens: Lens) -> dict[str, Any]:
        """How it is drawn now: colour, opacity, breadth in px, and where, in the data's units.

        Where it is drawn is told of what states no quantity, and of lines whose ends do not.
        """
        raise NotImplementedError

    def _stroke(self, lens: Lens, width: float) -> dict[str, Any]:
        """The style of a line, as of manim's own mobjects; `width` in manim's units of stroke."""
        px = round(width * STROKE_UNIT * lens.scale, 3)
        return {"style": {"stroke": [hexed(self.rgba), self._opacity(), px]}}

    def _fill(self) -> dict[str, Any]:
        return {"style": {"fill": [hexed(self.rgba), self._opacity()]}}

    def _opacity(self) -> float:
        return round(float(self.rgba[3]), 4)

    def _ends(self, points: NDArray[np.float64]) -> dict[str, Any]:
        """Some of the points, if nothing else tells them, and how much of it is drawn."""
        statement = self.statement
        told: dict[str, Any] = {}
        if statement is not None and (statement.drawn or statement.kind == "scenery"):
            if len(points) > MOST_TOLD:
                points = points[np.linspace(0, len(points) - 1, MOST_TOLD).round().astype(int)]
            told["ends"] = self.world.told(points).tolist()
        if (self.reveal != (0, 1)).any():
            told["reveal"] = self.reveal.tolist()
        return told

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
        if alpha == 1 and isinstance(mobject2, Primitive):
            self.statement = mobject2.statement
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
    is exact at any place, not only at vertices. It may have a `coat`, which is `coated` on so far
    (0…1), while no other thing cuts it.
    """

    coat: Coat | None = None

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
        self.coated = np.array(0.0)
        self.clip_window = np.array([self.us[0], self.us[-1], self.vs[0], self.vs[-1]])
        self._take_heights()
        self._claim(z)

    @property
    def shape(self) -> tuple[int, int]:
        """Its numbers of vertices along x and y."""
        return len(self.us), len(self.vs)

    def set_field(self, z: Callable[..., Any]) -> Self:
        """Become the graph of another function over the same grid."""
        self.points = self._sample(z)
        self._take_heights()
        self._claim(z)
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

    def put_on(self, coat: Coat) -> Self:
        """Be in a coat wholly; it can be seen to come over a surface whose `coat` it is already."""
        self.coat, self.coated = coat, np.array(1.0)
        return stated(self, coat.known)

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

    def as_drawn(self, _: Lens) -> dict[str, Any]:
        """Its window, and if it has no coat its colour or the palette of its heights."""
        points, sides = self.points.reshape(*self.shape, 3), self.drawn_window().reshape(2, 2)
        # The window is in the coordinates that it was made with; it may have been moved since.
        across = np.interp(sides[0], self.us, points[:, 0, 0])
        window = np.column_stack([across, np.interp(sides[1], self.vs, points[0, :, 1])])
        middle = np.full((2, 1), self.world.box.low[2])
        low, high = self.world.told(np.column_stack([window, middle]))[:, :2]
        told = self._fill() | {"window": [[low[k], high[k]] for k in (0, 1)], "lit": self.lit}
        is_bare = self.palette and self.coated < 1  # its coat's colours are those that it states
        return told | ({"palette": list(self.palette)} if is_bare else {})

    def _claim(self, z: Callable[..., Any]) -> None:
        """State what graph it is, if that is known."""
        space = self.world.space
        stated(self, graph_of(space, z) if isinstance(z, ScalarField) else None)

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

    def as_drawn(self, lens: Lens) -> dict[str, Any]:
        """Its corners, and how broad its border is."""
        border = round(self.outline * STROKE_UNIT * lens.scale, 3)
        return self._fill() | {"corners": self.world.told(self.points).tolist(), "border": border}

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

    def as_drawn(self, lens: Lens) -> dict[str, Any]:
        """How it is drawn, in how many dashes if not solid."""
        told = self._stroke(lens, self.line_width) | self._ends(self.points)
        return told | ({"dashes": self.dashes} if self.dashes else {})


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

    def as_drawn(self, lens: Lens) -> dict[str, Any]:
        """How it is drawn, and the length of its head, px."""
        head = round(self.head * lens.scale, 3)
        return self._stroke(lens, self.line_width) | {"head": head} | self._ends(self.points)


class Dot3(Claim, Primitive):
    """A flat disc of exactly its colour around a point; its radius is constant, in scene units.

    It may claim to stand on an iterate; its anchor is then a point of the data. Of dots in one
    place that of the highest `rank` lies on top, or the latest.
    """

    rank = 0

    def __init__(self, world: Any, point: ArrayLike, colour: str, radius: float) -> None:
        super().__init__(world, point, colour)
        self.colour, self.disc_radius = colour, radius

    def as_drawn(self, lens: Lens) -> dict[str, Any]:
        """How it is drawn, and its radius, px."""
        radius = round(self.disc_radius * lens.scale, 3)
        return self._fill() | {"radius": radius} | self._ends(self.points)

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

    `starts` are the indices where each begins, `colours` (k, 3) their colours: those of their
    heights on the `palette`, or all one.
    """

    def __init__(
        self,
        world: Any,
        lines: Sequence[NDArray[np.float64]],
        colours: NDArray[np.float64],
        width: float,
        *,
        palette: tuple[str, ...] = (),
    ) -> None:
        points = np.concatenate(lines) if len(lines) else np.zeros((0, 3))
        super().__init__(world, points, world.theme.ink)
        self.starts = np.cumsum([0, *(len(line) for line in lines)])
        self.colours, self.line_width, self.palette = colours, width, palette

    def look(self) -> int:
        """As of every primitive; its lines have colours of their own."""
        return hash((super().look(), self.starts.tobytes(), self.colours.tobytes()))

    def as_drawn(self, lens: Lens) -> dict[str, Any]:
        """How they are drawn; the colours of lines of different heights are of the palette."""
        told = self._stroke(lens, self.line_width)
        if self.palette:
            return told | {"palette": list(self.palette)}
        told["style"]["stroke"][0] = hexed(self.colours[0]) if len(self.colours) else ""
        return told
