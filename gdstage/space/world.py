"""What all parts of one space share."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdstage.film.changes import NOTHING, Picture, Prints
from gdstage.look.theme import Theme
from gdstage.space import order
from gdstage.space.arrangement import Arrangement, Grid, arrange
from gdstage.space.batch import covered
from gdstage.space.camera import Box3, Camera3, View
from gdstage.space.solids import Dot3, Mesh, Primitive, Wall

Array = NDArray[np.float64]

BETWEEN = 0.1
"""Scene units that are free between two labels of an axis."""


class Canvas(Picture):
    """What stands in the list of things to display for all parts of one space."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world

    def prints(self) -> Prints:
        """All that the last frame painted of the space."""
        arrangement = self.world.arrangement
        return NOTHING if arrangement is None else arrangement.prints


@dataclass
class Label:
    """A flat mobject that stays upright beside a point of the data, pushed away from another.

    It is hidden while that point is, and while one as large at `apart_from` would touch it.
    """

    mobject: mn.Mobject
    point: Array
    away_from: Array
    gap: float
    apart_from: Array | None = None
    known: tuple[int, Array] | None = None

    def box(self) -> Array:
        """Its lowest and its highest x and y, and its width and height (3, 2), in scene units."""
        parts = [part.points for part in self.mobject.get_family() if len(part.points)]
        key = hash(tuple(points.tobytes() for points in parts))
        if self.known is None or self.known[0] != key:
            ends = self.mobject.get_points_defining_boundary()[:, :2]
            points = np.concatenate(parts)[:, :2]  # to which the handles of curves belong
            size = points.max(axis=0) - points.min(axis=0)
            self.known = key, np.stack([ends.min(axis=0), ends.max(axis=0), size])
        return self.known[1]


class World:
    """What all parts of one space share: box, camera, grid of the floor, labels.

    Copies of a part, as manim's animations make them, share it too. `units` is what the low and the
    high corner of the box stand for: themselves, unless its coordinates are shares of others.
    """

    def __init__(
        self, theme: Theme, box: Box3, camera: Camera3, distance: float, resolution: int
    ) -> None:
        self.theme, self.box, self.camera, self.distance = theme, box, camera, distance
        xs, ys = (np.linspace(box.low[k], box.high[k], resolution + 1) for k in (0, 1))
        self.grid = Grid(xs, ys, float((box.size[:2] / resolution).max()))
        self.labels: list[Label] = []
        self.canvas = Canvas(self)
        self.members: list[Primitive] = []
        self.arrangement: Arrangement | None = None
        self._hidden: tuple[tuple[int, int], set[int]] = (0, 0), set()
        self.space: Any = None
        self.units = (box.low, box.high)

    def __deepcopy__(self, memo: dict) -> World:
        return self

    def view(self) -> View:
        """Where the camera is now."""
        camera = self.camera
        return View(
            self.box,
            camera.theta,
            camera.phi,
            camera.zoom,
            camera.centre,
            camera.place,
            self.distance,
        )

    def told(self, points: Array) -> Array:
        """Points of the space (…, 3) in the units that they stand for."""
        low, high = self.units
        if low is self.box.low:
            return points
        return low + (points - self.box.low) / (self.box.high - self.box.low) * (high - low)

    def areas(self) -> bytes:
        """What the last frame showed that has an area, and so hides or tints other things.

        And which statements these have: who checks must know all of them.
        """
        areas = (part for part in self.members if isinstance(part, Mesh | Wall))
        return b"".join(
            part.points.tobytes()
            + part.fill_rgbas.tobytes()
            + part.state()
            + id(part.statement).to_bytes(8, "little")
            for part in areas
        )

    def project(self, points: ArrayLike) -> Array:
        """Where points of the data (…, 3) are in the scene (…, 3), with z = 0."""
        seen = self.view().project(points)
        seen[..., 2] = 0.0
        return seen

    def prepare(
        self, members: Iterable[Primitive], pixel: float, stage: Collection[int]
    ) -> set[int]:
        """Arrange what the next frame shows, and place the labels.

        `pixel` is a pixel's side in scene units, `stage` has the ids of all mobjects on the stage.
        Returns the ids of those that belong to labels whose point is hidden, or that would lie on
        labels before them, and are not to be drawn.
        """
        self.members = list(members)
        self.arrangement = arrange(self.view(), self.grid, self.members, pixel, self.arrangement)
        self.place_labels()
        hidden: set[int] = set()
        taken: list[tuple[Array, Array]] = []
        behind = self._behind(self.arrangement)
        # Ticks, which have neighbours, give way to all else.
        for label in sorted(self.labels, key=lambda label: label.apart_from is not None):
            parts = {id(part) for part in label.mobject.get_family()}
            low, high, _ = label.box()
            gone = id(label) in behind or self._is_crowded(label)
            if label.apart_from is not None:
                gone = gone or any((low < b).all() and (a < high).all() for a, b in taken)
            setattr(label.mobject, "hidden", gone)  # noqa: B010 - what states that it is read
            if gone:
                hidden |= parts
            elif not parts.isdisjoint(stage):
                # A tick that is beside a name reads as if it were part of it.
                room = BETWEEN if label.apart_from is None else 0.0
                taken.append((low - room, high + room))
        return hidden

    def hides(self, dot: Dot3) -> bool:
        """Whether the last frame showed a dot not at all, or painted anything over its disc."""
        if self.arrangement is None or id(dot) not in self.arrangement.dots:
            return True
        centre = self.arrangement.view.project(dot.points[0])[:2]
        key = self.arrangement.dots[id(dot)]
        return covered(self.arrangement.batches, centre, dot.disc_radius, key=key)

    def is_hidden(self, point: ArrayLike, radius: float = 0.0) -> bool:
        """Whether a dot at a point (3,) would be painted over, among what the last frame showed."""
        dot = Dot3(self, point, self.theme.ink, radius)
        pixel = mn.config.frame_width / mn.config.pixel_width
        arrangement = arrange(self.view(), self.grid, [*self.members, dot], pixel, self.arrangement)
        centre = arrangement.view.project(dot.points[0])[:2]
        key = arrangement.dots[id(dot)]
        return covered(arrangement.batches, centre, radius, key=key)

    def _behind(self, arrangement: Arrangement) -> set[int]:
        """The ids of the labels whose points lie behind a surface, where they would confuse.

        Words behind a translucent plane or a line stay.
        """
        faces, labels = arrangement.backdrop.faces, self.labels
        if faces is None or not labels:
            return set()
        points = np.stack([label.point for label in labels])
        known_for = arrangement.backdrop.look, hash(points.tobytes())
        if self._hidden[0] != known_for:
            keys = arrangement.scenery.keys(points, 0.0, order.DOT).tolist()
            centres = arrangement.view.project(points)[:, :2]
            self._hidden = (
                known_for,
                {
                    id(label)
                    for label, key, centre in zip(labels, keys, centres, strict=True)
                    if covered((faces,), centre, 0.0, key=key, opacity=0.5)
                },
            )
        return self._hidden[1]

    def _is_crowded(self, label: Label) -> bool:
        """Whether an axis is seen so much end on that its labels would lie on each other."""
        if label.apart_from is None:
            return False
        one, other = self.project(np.stack([label.away_from, label.apart_from]))[:, :2]
        return bool((np.abs(other - one) < label.box()[2] + BETWEEN).all())

    def place_labels(self) -> None:
        """Put every label beside its point, as the camera sees it now."""
        view = self.view()
        for label in self.labels:
            anchor, origin = view.project(np.stack([label.point, label.away_from]))[:, :2]
            way = anchor - origin
            way = way / max(float(np.hypot(*way)), 1e-9)
            low, high, size = label.box()
            half = 0.5 * size
            # The reach of an ellipse around the words: no jump when the direction turns.
            place = anchor + way * (label.gap + float(np.hypot(*(way * half))))
            move = np.append(place - 0.5 * (low + high), 0.0)
            if np.abs(move).max() > 1e-9:
                label.mobject.shift(move)
