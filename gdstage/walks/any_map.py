"""Any function of two variables: its surface beside its map, and walks on both."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.layout import Box
from gdstage.look.signs import CROSS_SIGN, strokes
from gdstage.look.text import math
from gdstage.motion import Drawn
from gdstage.plane.contour_map import bowl_levels
from gdstage.space.space import DEGREE, Space
from gdstage.walks.any_beyond import Beyond, tamed
from gdstage.walks.map_and_surface_walk import LEG_SAMPLES, PAST_RADIUS, TwinFigure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.look.theme import Theme
    from gdstage.plane.axes import Plane
    from gdstage.space.solids import Mesh

    Window = tuple[float, float]

THETAS = tuple(DEGREE * angle for angle in (-62, -28, -112, 28, 62, 118, 152, -152))
LEVELS = 12
CLOSEST_PAST = 0.16
NOWHERE = np.full(3, 0.5)
"""Where in the space is kept what is not to be seen; far outside, a projection may fail."""


def trim(mesh: Mesh) -> Mesh:
    """Let a surface of heights 0…1 end where it leaves them.

    A vertex beyond with a neighbour within is put on the rim, so that the rim is level; others
    are dropped.
    """
    m, n = mesh.shape
    z = mesh.points[:, 2].reshape(m, n)
    within = np.asarray((z >= 0) & (z <= 1))
    padded = np.pad(within, 1)
    near = np.any([padded[i : i + m, j : j + n] for i in range(3) for j in range(3)], axis=0)
    level = np.where(near & np.isfinite(z), np.clip(z, 0.0, 1.0), np.nan)
    mesh.points[:, 2] = mesh.heights = level.ravel()
    return mesh


def within(
    function: Callable[..., NDArray[np.float64]], heights: Window
) -> Callable[..., NDArray[np.float64]]:
    """The function without its values beyond these heights: the map ends where the surface does."""

    def values(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        z = np.asarray(function(x, y), dtype=float)
        return np.where((z >= heights[0]) & (z <= heights[1]), z, np.nan)

    return values


def levels_of(heights: Window, lowest: float) -> list[float]:
    """Heights of the level lines: close together where the function is low."""
    return bowl_levels(max(lowest, heights[0]), heights[1], LEVELS)[:-1]


def space_of(theme: Theme) -> Space:
    """A space whose sides are shares, 0…1, of a window: so no number is too large for it."""
    return Space(
        theme, (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), size=(4.6, 4.6, 2.6),
        theta=THETAS[0], phi=46 * DEGREE, resolution=120,
    )  # fmt: skip


class Shares:
    """Points of the data as shares (0…1) of a window and its heights: what the space is made of."""

    def __init__(self, window: tuple[Window, Window], heights: Window) -> None:
        self.low: NDArray[np.float64] = np.array([*(side[0] for side in window), heights[0]])
        self.high: NDArray[np.float64] = np.array([*(side[1] for side in window), heights[1]])

    def of(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points (…, 3) of the data as shares; what is far outside only about."""
        with np.errstate(all="ignore"):
            shares = (points - self.low) / (self.high - self.low)
        return np.clip(np.nan_to_num(shares, nan=50.0, posinf=50.0, neginf=-50.0), -50.0, 50.0)

    def field(
        self, function: Callable[..., NDArray[np.float64]]
    ) -> Callable[..., NDArray[np.float64]]:
        """A function of the data as one of shares with shares as values."""
        low, high = self.low, self.high

        def values(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
            z = function(low[0] + x * (high[0] - low[0]), low[1] + y * (high[1] - low[1]))
            return np.asarray((z - low[2]) / (high[2] - low[2]))

        return values


class AnyTwin(TwinFigure):
    """A walk on a map and on a surface whose box has sides from 0 to 1."""

    def __init__(self, plane: Plane, space: Space, shares: Shares, name: str, walk: Walk) -> None:
        self.shares = shares
        self._last_above = np.full(3, np.inf)
        self.space = space
        theme = plane.theme
        start = shares.of(np.append(walk.points[0], walk.values[0]))
        start = start if self._in_box(start) else NOWHERE
        self.above = space.curve(np.array([start, start]), theme.ink, width=3.5)
        self.halo_above = space.dot(start, theme.ground, 0.155)
        self.dot_above = space.dot(start, theme.iterate)
        self.halo_above.rank, self.dot_above.rank = 1, 2
        self.past_above: list[mn.Mobject] = []
        self.pointer = Beyond(theme, plane.box, "f")
        super(TwinFigure, self).__init__(plane, name, walk)
        self.add(self.pointer)

    def place(self, k: int) -> NDArray[np.float64]:
        """Where iterate k is on the map, in scene units (3,); far outside only about."""
        with np.errstate(all="ignore"):
            return tamed(super().place(k))

    def stand_on(self, k: int) -> AnyTwin:
        """Stand on iterate k, in both pictures."""
        place, value = self.place(k), float(self.walk.values[k])
        inside = self.plane.box.contains(place)
        self._show_dot(place if inside else np.zeros(3), visible=inside)
        # Outside it stands for the iterate all the same: not seen, so it proves nothing.
        self.dot.claim(self.name, k, place if inside else np.full(3, np.nan))
        if inside:
            self.pointer.rest()
        else:
            self.pointer.aim_across(place, value)
        self._climb(k, self.walk.points[k])
        spot = self.shares.of(np.append(self.walk.points[k], self.walk.values[k]))
        if self._in_box(spot):
            self.dot_above.claim(self.name, k, spot)
        else:
            self.dot_above.release()
        return self

    def stand_between(self, k: int, share: float) -> AnyTwin:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k."""
        self.pointer.rest()
        super().stand_between(k, share)
        return self

    def leave_behind(self, k: int) -> AnyTwin:
        """Turn iterate k, and the step that led to it, into the past, in both pictures."""
        super(TwinFigure, self).leave_behind(k)
        spot = self.shares.of(np.append(self.walk.points[k], self.walk.values[k]))
        seen = self.space.project(spot)
        if self._in_box(spot) and np.linalg.norm(seen - self._last_above) > CLOSEST_PAST:
            self.past_above.append(self.space.dot(spot, self.plane.theme.ink, radius=PAST_RADIUS))
            self._last_above = seen
        return self

    def fall_out(self, run_time: float) -> mn.Animation:
        """Step on the map from the last iterate that has a value to the first that has none."""
        last = self.walk.stopped_at
        start, end = self.place(last - 1), self.place(last)
        for part in (self.shaft, self.head):
            part.set_color(self.plane.theme.danger)

        def draw(share: float) -> None:
            now = start + max(share, 1e-3) * (end - start)
            self._draw_step(start, now, whole=float(np.linalg.norm(end - start)))

        return Drawn(self, draw, run_time=run_time)

    def mark_offender(self) -> None:
        """Say where the iterate without a value is: a cross on the map, or the arrow out."""
        place = self.place(self.walk.stopped_at)
        if self.plane.box.contains(place):
            self.add(strokes(CROSS_SIGN, 0.15, self.plane.theme.danger, 7).shift(place))
        else:
            self.pointer.aim_across(place, float("nan"))

    @property
    def in_space(self) -> tuple[mn.Mobject, ...]:
        """What belongs to this walk in space."""
        return (self.above, self.halo_above, self.dot_above, *self.past_above)

    def _in_box(self, spot: NDArray[np.float64]) -> bool:
        return bool((abs(spot - 0.5) <= 0.5).all())

    def _climb(self, k: int, point: NDArray[np.float64]) -> None:
        """Draw the path over iterates 0…k and on to a point (2,), as far as it is in the box."""
        way = path_to(self.walk, k, point)
        spots = self.shares.of(way)
        inside = np.asarray((abs(spots - 0.5) <= 0.5).all(axis=1))
        last = len(spots)
        while last > 0 and not inside[last - 1]:
            last -= 1
        first = last
        while first > 0 and inside[first - 1]:
            first -= 1
        run = spots[first:last]
        is_way = len(run) > 1
        self.above.put(run if is_way else np.array([NOWHERE, NOWHERE]))
        self.above.set_fill(opacity=float(is_way))
        here = bool(inside[-1])
        for disc in (self.halo_above, self.dot_above):
            disc.put(spots[-1:] if here else NOWHERE[None])
            disc.set_fill(opacity=float(here))


def whole_path(walk: Walk) -> NDArray[np.float64]:
    """The way of a walk from its start to its end, with its values, (n, 3)."""
    return path_to(walk, max(walk.stopped_at - 1, 0), walk.points[-1])


def path_to(walk: Walk, k: int, point: NDArray[np.float64]) -> NDArray[np.float64]:
    """The straight way over iterates 0…k and on to a point (2,), with its values, (n, 3)."""
    corners = np.vstack([walk.points[: k + 1], point])
    shares = np.linspace(0, 1, LEG_SAMPLES)[:, None]
    legs = [a + shares * (b - a) for a, b in pairwise(corners)]
    way = np.concatenate(legs)
    return np.column_stack([way, walk.field.at(way)])


def front_axes(space: Space) -> None:
    """Axes of x and y along the two edges of the floor next to the viewer, f at the left corner."""
    theme, view = space.world.theme, space.world.view()
    corners = [np.array([i, j, 0.0]) for i in (0.0, 1.0) for j in (0.0, 1.0)]
    front = max(corners, key=lambda c: float(view.project(c)[2]))
    left = min(corners, key=lambda c: float(view.project(c)[0]))
    for axis, name in enumerate(("x", "y", "f")):
        tail = (left if axis == 2 else front).copy()
        tail[axis] = 0.0
        tip = tail.copy()
        tip[axis] = 1.1
        space.arrow(tail, tip, theme.dim, width=2.5, head=0.16)
        text = math(name, size=28, colour=theme.label)
        space.label(text, tip, away_from=tail, gap=0.08)


def fit_into(space: Space, box: Box, turns: Sequence[float]) -> None:
    """Let a space with its axes fill a box of the frame, however it is turned by `turns`."""
    camera, reach = space.camera, np.array([-0.02, 1.2])
    corners = np.stack(np.meshgrid(reach, reach, np.array([0.0, 1.15])), axis=-1).reshape(-1, 3)
    theta = camera.theta
    seen = []
    for turn in turns:
        camera.theta = theta + turn
        seen.append(space.project(corners)[:, :2])
    low, high = np.concatenate(seen).min(axis=0), np.concatenate(seen).max(axis=0)
    room = np.array([box.right - box.left, box.top - box.bottom])
    scale = float((room / (high - low)).min())
    camera.zoom *= scale
    # What was seen in the middle of the picture is put into the middle of the box.
    place = camera.place
    middle = np.array([box.left + box.right, box.bottom + box.top]) / 2
    place[:2] = middle - scale * ((low + high) / 2 - place[:2])
    camera.place = place
    camera.theta = theta


def best_view(space: Space, spots: NDArray[np.float64]) -> float:
    """The azimuth from which most of these points (n, 3) of the space are seen."""
    hidden = []
    for theta in THETAS:
        space.camera.theta = theta
        hidden.append(sum(space.is_hidden(spot) for spot in spots))
    theta = THETAS[int(np.argmin(hidden))]
    space.camera.theta = theta
    return theta
