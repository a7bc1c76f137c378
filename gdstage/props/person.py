"""The person of the sauna: a few smooth shapes, seen from the front and a little from above."""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING, Any, Self

import manim as mn
import numpy as np

from gdstage.look.theme import mix, rgb
from gdstage.motion import Drawn
from gdstage.proof.statement import scenery, stated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike, NDArray

    from gdstage.look.theme import Theme

    Array = NDArray[np.float64]
    Points = Sequence[tuple[float, float]]

PALM = 0.027
"""The radius of a hand, as a share of the height of who stands."""

FLATTENED = 0.45
"""How much shorter a way into the room is drawn than one across it, seen from so far above."""

# Right halves of what is symmetric, from the top round to the bottom; the unit is the height of the
# person, the origin on the floor between the feet of who stands.
_TORSO = ((0.033, 0.86), (0.052, 0.832), (0.118, 0.808), (0.137, 0.765), (0.108, 0.7), (0.09, 0.6),
          (0.1, 0.52), (0.05, 0.5))  # fmt: skip
_HEAD = ((0.03, 1.0), (0.066, 0.965), (0.068, 0.915), (0.042, 0.866), (0.012, 0.85))
_HAIR = (
    (0.025, 1.014),
    (0.066, 0.988),
    (0.076, 0.925),
    (0.063, 0.93),
    (0.05, 0.958),
    (0.015, 0.962),
)
_TOWELS = {
    False: ((0.05, 0.565), (0.106, 0.565), (0.112, 0.46), (0.122, 0.35), (0.05, 0.34)),
    True: ((0.05, 0.355), (0.112, 0.355), (0.178, 0.27), (0.182, 0.2), (0.13, 0.178), (0.05, 0.2)),
}
_LEGS: dict[bool, Points] = {
    False: ((0.055, 0.5), (0.064, 0.26), (0.056, 0.03)),
    True: ((0.05, 0.28), (0.15, 0.27), (0.15, 0.1), (0.115, -0.1)),
}
_THICK = {False: (0.058, 0.045, 0.025), True: (0.06, 0.07, 0.045, 0.026)}
_FOOT = ((0.0, -0.005), (0.026, -0.034))
_ARMS: dict[bool, Points] = {
    False: ((0.128, 0.775), (0.185, 0.62), (0.155, 0.475)),
    True: ((0.128, 0.56), (0.255, 0.42), (0.135, 0.225)),
}
_PARTS = (
    "far",
    "far palm",
    "legs",
    "torso",
    "towel",
    "left",
    "right",
    "near",
    "shoulders",
    "head",
    "hair",
    "eyes",
    "near palm",
)
"""What it is made of, from the back to the front; `far` and `near` is the arm that reaches, which
has its palm right over it."""

_SHOULDER, _HIP, _SEAT = 0.77, 0.5, 0.215
"""How high shoulders and hips of who stands are, and how much lower who sits."""

_ROUND = np.array([[np.cos(turn), np.sin(turn)] for turn in np.linspace(0, 2 * np.pi, 24)])


class Person(mn.VGroup):
    """Somebody with nothing but a towel, who sits or stands and can reach out for one place.

    `height` is that of who stands, in scene units. It is scenery, and bears no colour of meaning.
    """

    def __init__(self, theme: Theme, height: float, *, seated: bool = False) -> None:
        super().__init__()
        self.full, self.seated = height, seated
        self.foot = np.zeros(3)
        self.palm = mn.VMobject()
        """The hand that reaches, a disc: who knows what it is over may let it state that."""
        skin = mix(theme.label, theme.tangent, 0.35)
        hair, eyes = (
            min(pair, key=_light) for pair in ((theme.dim, theme.label), (theme.ground, theme.ink))
        )
        others = {"towel": theme.ink, "hair": hair, "eyes": eyes}
        self._parts = {
            name: mn.VMobject(stroke_width=0).set_fill(others.get(name, skin), 1) for name in _PARTS
        }
        for name, part in self._parts.items():
            # An edge in the ground's colour parts a shape from those behind it, as in a paper cut.
            if name not in {"shoulders", "eyes", "far palm", "near palm"}:
                part.set_stroke(theme.ground, min(1.2 * height, 5.0), background=True)
            self.add(stated(part, scenery("person")))
        self.pose()

    def stand_at(self, place: ArrayLike) -> Self:
        """Put the feet of who stands, or the middle of who sits, over a place of the floor (3,)."""
        self.foot = np.asarray(place, dtype=float)
        return self.pose()

    def shoulder(self, hand: ArrayLike) -> Array:
        """The shoulder (3,) of the arm that reaches for a place (3,)."""
        side = 1.0 if np.asarray(hand)[0] >= self.foot[0] else -1.0
        return self.foot + self.full * np.array([0.128 * side, _SHOULDER - self._lower, 0.0])

    def brows(self) -> Array:
        """Where sweat breaks out (4, 3): at the temples, at the chin, at an elbow."""
        places = [(-0.08, 0.94), (0.082, 0.93), (0.05, 0.85), (-0.19, 0.6)]
        return np.array([self._at(x, y - self._lower) for x, y in places])

    def pose(
        self,
        hand: ArrayLike | None = None,
        *,
        look: tuple[float, float] = (0.0, 0.0),
        stride: float = 0.0,
    ) -> Self:
        """Stand or sit there with an arm stretched out to a place (3,) of the scene, or with none.

        The eyes follow the hand, or else `look` right and up (-1…1). Who walks has one leg lifted
        by `stride` (-1…1), the left one or the right one.
        """
        side = 0.0 if hand is None else 1.0 if np.asarray(hand)[0] >= self.foot[0] else -1.0
        low, lean = self._lower, 0.06 * side
        gaze = np.array(look) if hand is None else _unit((np.asarray(hand) - self.foot)[:2])
        for name, shape in (("torso", _TORSO), ("head", _HEAD), ("hair", _HAIR)):
            points = _mirrored(shape) - (0.0, low)
            points[:, 0] += lean * (points[:, 1] - _HIP + low)
            self._draw(name, [_closed(points)])
        self._draw("towel", [_closed(_mirrored(_TOWELS[self.seated]))])
        self._draw("legs", [line for way in (-1.0, 1.0) for line in self._leg(way, stride)])
        for name, way in (("left", -1.0), ("right", 1.0)):
            spine = np.array(_ARMS[self.seated]) * (way, 1.0)
            spine[0, 0] += lean * (_SHOULDER - _HIP)
            self._draw(name, [] if way == side else [_limb(spine, (0.034, 0.03, 0.022))])
        joints = [np.array([0.124 * way, _SHOULDER - low]) for way in (-1.0, 1.0)]
        for joint in joints:
            joint[0] += lean * (_SHOULDER - _HIP)
        self._draw("shoulders", [joint + 0.044 * _ROUND for joint in joints])
        face = np.array([lean * (0.92 - _HIP), 0.912 - low]) + gaze * (0.018, 0.01)
        self._draw("eyes", [face + (way * 0.024, 0.0) + 0.0075 * _ROUND for way in (-1.0, 1.0)])
        for name in ("far", "far palm", "near", "near palm"):
            self._draw(name, [])
        if hand is not None:
            self._stretch(np.asarray(hand, dtype=float), lean)
        return self

    @property
    def _lower(self) -> float:
        return _SEAT if self.seated else 0.0

    def _stretch(self, hand: Array, lean: float) -> None:
        """Draw the arm that reaches: behind the body if what it reaches for is."""
        shoulder = self.shoulder(hand) + self.full * np.array([lean * (_SHOULDER - _HIP), 0, 0])
        start, end = ((place - self.foot)[:2] / self.full for place in (shoulder, hand))
        elbow = (start + end) / 2 - (0.0, 0.025)
        arm = _limb(np.array([start, elbow, end]), (0.036, 0.03, 0.02))
        side = "far" if end[1] > start[1] else "near"
        self._draw(side, [arm])
        self._draw(f"{side} palm", [end + PALM * _ROUND])
        self.palm = self._parts[f"{side} palm"]

    def _leg(self, way: float, stride: float) -> list[Array]:
        spine = np.array(_LEGS[self.seated]) * (way, 1.0)
        spine[-1, 1] += 0.07 * max(way * stride, 0.0)
        foot = spine[-1] + np.array(_FOOT) * (way, 1.0)
        return [_limb(spine, _THICK[self.seated]), _limb(foot, (0.026, 0.022))]

    def _at(self, x: float, y: float) -> Array:
        return self.foot + self.full * np.array([x, y, 0.0])

    def _draw(self, name: str, outlines: Sequence[Array]) -> None:
        part = self._parts[name].clear_points()
        for outline in outlines:
            places = np.column_stack([outline, np.zeros(len(outline))]) * self.full + self.foot
            part.start_new_path(places[0])
            part.add_points_as_corners([*places[1:], places[0]])


def _light(colour: str) -> float:
    return float(rgb(colour).sum())


def _unit(way: Array) -> Array:
    return np.asarray(way / max(float(np.hypot(*way)), 1e-9))


def _mirrored(half: Points) -> Array:
    """A closed outline (n, 2) from its right half."""
    right = np.array(half, dtype=float)
    return np.concatenate([right, right[::-1] * (-1.0, 1.0)])


def _closed(points: Array, finely: int = 8) -> Array:
    """The smooth closed curve (m, 2) through points (n, 2): Catmull's and Rom's."""
    t = np.linspace(0.0, 1.0, finely, endpoint=False)[:, None]
    a, b, c, d = (np.roll(points, shift, axis=0) for shift in (1, 0, -1, -2))
    pieces = [
        0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t**2
               + (3 * q - p - 3 * r + s) * t**3)
        for p, q, r, s in zip(a, b, c, d, strict=True)
    ]  # fmt: skip
    return np.concatenate(pieces)


def _limb(spine: Array, thick: Sequence[float], finely: int = 20) -> Array:
    """The outline (m, 2) along the Bézier curve of a spine (n, 2), half as wide as `thick` (n,)."""
    t = np.linspace(0.0, 1.0, finely)[:, None]
    last = len(spine) - 1
    weights = np.hstack([comb(last, i) * t**i * (1 - t) ** (last - i) for i in range(last + 1)])
    middle, half = weights @ spine, weights @ np.asarray(thick, dtype=float)
    along = np.gradient(middle, axis=0)
    along /= np.hypot(*along.T)[:, None]
    across = np.column_stack([-along[:, 1], along[:, 0]])
    turn = np.linspace(0.0, np.pi, 9)[1:-1, None]
    end = middle[-1] + half[-1] * (np.cos(turn) * across[-1] + np.sin(turn) * along[-1])
    start = middle[0] - half[0] * (np.cos(turn) * across[0] + np.sin(turn) * along[0])
    side = half[:, None] * across
    return np.concatenate([middle + side, end, (middle - side)[::-1], start])


class Sweat(mn.VGroup):
    """Drops that swell on the skin, fall, and are gone, one after the other."""

    def __init__(self, theme: Theme, person: Person, size: float) -> None:
        super().__init__()
        self.person, self.fall = person, 2.2 * size
        turn = np.linspace(0, 2 * np.pi, 25)[:-1]
        # Round below, pointed above.
        drop = np.column_stack([np.sin(turn) * np.sin(turn / 2) ** 1.5, np.cos(turn), 0 * turn])
        colour = mix(theme.ink, theme.function, 0.3)
        for _ in person.brows():
            shape = mn.VMobject(stroke_width=0).set_fill(colour, 1)
            shape.set_points_as_corners(0.07 * size * np.vstack([drop, drop[:1]]))
            self.add(stated(shape, scenery("sauna")))
        self._shapes = [shape.points.copy() for shape in self]
        self.time = 0.0
        self.drip(0.0)

    def drip(self, seconds: float) -> Self:
        """Be as they are so many seconds later than they were last left."""
        time = self.time + seconds
        for i, (drop, place) in enumerate(zip(self, self.person.brows(), strict=True)):
            age = (time / 1.6 + 0.37 * i) % 1.0
            swell, fallen = min(age / 0.4, 1.0), max(age - 0.5, 0.0) / 0.5
            down = np.array([0.0, -0.1 * swell - self.fall * fallen**2, 0.0])
            drop.set_points(self._shapes[i] * (0.3 + 0.7 * swell) + place + down)
            drop.set_fill(opacity=1.0 if fallen < 0.7 else (1 - fallen) / 0.3)
        return self

    def flow(self, seconds: float) -> mn.Animation:
        """Drip for so long."""
        return flowing(self, self.drip, self, seconds)


def flowing(
    moved: mn.Mobject, draw: Callable[[float], Any], clock: Sweat, seconds: float
) -> mn.Animation:
    """Draw what flows for so many seconds, and go on from there the next time."""

    def flow(share: float) -> None:
        draw(share * seconds)
        if share >= 1:
            clock.time += seconds

    return Drawn(moved, flow, run_time=seconds, rate_func=mn.linear)
