"""What `scenes/tangent_plane.py` shows: a walk that carries its plane, and a close view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np

from gdstage.look.text import math
from gdstage.motion import Drawn
from gdstage.space.space import Space
from gdstage.walks.surface_walk import SurfaceWalk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdmath import ScalarField
    from gdstage.look.theme import Theme

    Array = NDArray[np.float64]

    from gdmath import Walk
    from gdstage.space.space import Space

SIDE = 5.0
ROOM = 1.12
SAMPLES = 60
LABEL_SIZE = 30


class CloseView:
    """The surface z = f(x, y) over ± h around a point, half of it, with its tangent plane.

    All three directions are magnified by 1/h, so the plane looks the same at any h and the surface
    bends by h as much. `steepness` is how long a unit of z is drawn for a unit of x; `view` are
    the settings of the space.
    """

    def __init__(
        self,
        theme: Theme,
        field: ScalarField,
        point: tuple[float, float],
        h: float,
        *,
        steepness: float,
        **view: Any,
    ) -> None:
        self.field, self.point, self.h = field, np.array(point), h
        self.value, self.slopes = float(field(*point)), field.gradient(self.point)
        low = -ROOM * float(np.abs(self.slopes).sum())
        high = max(-low, float(self.relief(np.ones(1), np.ones(1))[0]))
        size = (SIDE, SIDE, (high - low) * steepness * SIDE / 2)
        self.space = Space(theme, (-1, 1), (-1, 1), (low, high), size=size, **view)
        # The window's middle is where the plane touches, whatever the height of the box.
        self.space.camera.centre = np.zeros(3)
        self.surface = self.space.surface(self.relief, y=(0, 1))
        self.space.tangent_plane(self.plane, (0.0, 0.0), 1.0)
        self.edge = self.space.curve(np.zeros((SAMPLES, 3)), theme.danger, width=6)
        tip = np.array([1.0, 0.0, float(self.slopes[0])])
        self.space.line(-tip, tip, theme.tangent)
        self.gap = self.space.line(tip, tip, theme.ink, width=5)
        self.space.dot(np.zeros(3), theme.ink, radius=0.09)
        h_name, gap_name = (
            math(code, size=LABEL_SIZE, colour=theme.ink) for code in ("h", "f - z")
        )
        self.space.label(h_name, tip / 2, away_from=tip / 2 + [-0.3, 0, 2.0], gap=0.06)
        self.space.label(gap_name, tip, away_from=tip - [1.0, 0, 0.4], gap=0.2)
        self.show(h)

    def relief(self, u: Array, v: Array) -> Array:
        """The height over the point's, magnified, at (u, v) half-windows from it."""
        x, y = self.point
        return (self.field(x + self.h * u, y + self.h * v) - self.value) / self.h

    def plane(self, u: Array, v: Array) -> Array:
        """The tangent plane's height over the point's, magnified."""
        return self.slopes[0] * u + self.slopes[1] * v

    def show(self, h: float) -> None:
        """Show the window of ± h."""
        self.h = h
        self.surface.set_field(self.relief)
        u = np.linspace(-1, 1, SAMPLES)
        edge = np.column_stack([u, 0 * u, self.relief(u, 0 * u)])
        self.edge.put(edge)
        self.gap.put([[1, 0, self.slopes[0]], edge[-1]])

    def zoom_to(self, h: float, run_time: float) -> mn.Animation:
        """Magnify evenly until the window is ± h."""
        start = self.h

        def draw(share: float) -> None:
            self.show(start * (h / start) ** share)

        return Drawn(self.space, draw, run_time=run_time)


class PlaneWalk(SurfaceWalk):
    """A walk on a surface with the tangent plane at its dot, over ± `reach` around it.

    The plane has a shadow straight beneath it on the floor.
    """

    def __init__(self, space: Space, name: str, walk: Walk, *, reach: float) -> None:
        self.reach = reach
        theme = space.world.theme
        self.shadow = space.wall(np.zeros((4, 3)), theme.dim, opacity=0.16, outline=1.5)
        self.patch = space.tangent_plane(lambda x, y: 0 * x * y, (0.0, 0.0), reach)
        super().__init__(space, name, walk, trail=False)

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """What it has put into space."""
        return (self.shadow, self.patch, *super().parts)

    def draw(self, k: int, point: NDArray[np.float64]) -> None:
        """Put the dot above a point (2,), and the plane at it."""
        super().draw(k, point)
        sides = np.array([-self.reach, self.reach])
        field = self.walk.field
        x, y = np.meshgrid(sides, sides, indexing="ij")
        rise = np.stack([x, y], axis=-1) @ field.gradient(point)
        flat = np.stack([point[0] + x, point[1] + y], axis=-1)
        self.patch.put(np.concatenate([flat, (field.at(point) + rise)[..., None]], axis=-1))
        around = flat[[0, 1, 1, 0], [0, 0, 1, 1]]
        floor = np.full((4, 1), self.space.box.low[2])
        self.shadow.put(np.concatenate([around, floor], axis=-1))
