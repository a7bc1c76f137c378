"""What a clip showed, as numbers: every true iterate with the time and the pixel of its dot.

A mark is not declared but observed: frame by frame, whenever a dot stands exactly on the iterate
that it stands for, solid and in its full colour.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np

from gdmath import certify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from gdmath import Walk

VERSIONED = ("manim", "numpy", "sympy", "typst", "av", "pycairo")
_EXACTLY = 1e-9


class IterateDot(mn.Dot):
    """The solid disc of a current iterate; `stands_for` is the (walk, k) that it claims to be on.

    `anchor` is the exact place (scene units, shape (3,)) of that iterate; while the dot is
    elsewhere it is on its way and proves nothing.
    """

    def __init__(self, colour: str, radius: float = 0.11) -> None:
        super().__init__(radius=radius, color=colour, fill_opacity=1, stroke_width=0)
        self.set_z_index(10)
        self.colour = colour
        self.disc_radius = radius
        self.stands_for: tuple[str, int] | None = None
        self.anchor = np.full(3, np.nan)

    def claim(self, walk: str, k: int, anchor: np.ndarray) -> IterateDot:
        """Say which iterate of which walk the dot stands for, and where that is."""
        self.stands_for = (walk, k)
        self.anchor = np.asarray(anchor, dtype=float)
        return self

    def release(self) -> IterateDot:
        """Stand for nothing, as on the way to the next iterate."""
        self.stands_for = None
        return self

    def proves(self) -> bool:
        """Whether the dot is solid, whole and exactly where its iterate is."""
        return (
            self.stands_for is not None
            and self.get_fill_opacity() == 1.0
            and abs(self.width - 2 * self.disc_radius) < _EXACTLY
            and bool(np.all(np.abs(self.get_center() - self.anchor) < _EXACTLY))
        )


@dataclass
class _Mark:
    """A dot at rest, over the frames first ≤ n < past."""

    walk: str
    k: int
    place: tuple[float, float, float]
    radius: float
    colour: str
    first: int
    past: int


@dataclass
class Evidence:
    """The walks, marks and beats of one clip while it is being rendered."""

    clip: str
    walks: dict[str, Walk] = field(default_factory=dict)
    beats: list[dict[str, Any]] = field(default_factory=list)
    frames: int = 0
    _marks: list[_Mark] = field(default_factory=list)
    _open: dict[int, _Mark] = field(default_factory=dict)

    def add_walk(self, name: str, walk: Walk) -> None:
        """Make a walk known by a name that dots refer to.

        Raises:
            ValueError: another walk has that name.
        """
        if self.walks.setdefault(name, walk) is not walk:
            msg = f"walk name {name!r} is taken: give every walk of a clip a name of its own"
            raise ValueError(msg)

    def observe(self, mobjects: Iterable[mn.Mobject], frames: int) -> None:
        """Note which dots stand on their iterate during the next `frames` frames."""
        seen = {}
        for dot in mobjects:
            if isinstance(dot, IterateDot) and dot.proves():
                seen[id(dot)] = dot
        for key in [key for key in self._open if key not in seen]:
            self._marks.append(self._open.pop(key))
        for key, dot in seen.items():
            self._note(key, dot, frames)
        self.frames += frames

    def _note(self, key: int, dot: IterateDot, frames: int) -> None:
        assert dot.stands_for is not None
        walk, k = dot.stands_for
        x, y, z = (float(c) for c in dot.get_center())
        mark = self._open.get(key)
        if mark is not None and (mark.walk, mark.k, mark.place) == (walk, k, (x, y, z)):
            mark.past += frames
            return
        if mark is not None:
            self._marks.append(mark)
        self._open[key] = _Mark(
            walk, k, (x, y, z), dot.disc_radius, dot.colour, self.frames, self.frames + frames
        )

    def write(self, path: Path, camera: mn.Camera, to_pixel: Callable[..., Any]) -> None:
        """Write the evidence file of a finished clip.

        Raises:
            KeyError: a dot refers to a walk that was never made known.
        """
        fps = float(camera.frame_rate)
        marks = sorted([*self._marks, *self._open.values()], key=lambda m: (m.first, m.walk, m.k))
        scale = camera.pixel_width / camera.frame_width
        size = (camera.pixel_width, camera.pixel_height)
        record = {
            "clip": self.clip,
            "versions": {name: version(name) for name in VERSIONED},
            "fps": fps,
            "width": camera.pixel_width,
            "height": camera.pixel_height,
            "duration": self.frames / fps,
            "walks": [walk_record(name, walk) for name, walk in self.walks.items()],
            "marks": [mark_record(mark, fps, scale, size, to_pixel, self.walks) for mark in marks],
            "beats": self.beats,
        }
        text = json.dumps(json_ready(record), indent=1, ensure_ascii=False, allow_nan=False)
        beside = path.with_suffix(path.suffix + ".part")
        beside.write_text(text + "\n", encoding="utf-8")
        beside.replace(path)


def walk_record(name: str, walk: Walk) -> dict[str, Any]:
    """A walk as the evidence file keeps it: enough to take it again and compare."""
    step = walk.step
    return {
        "name": name,
        "function": str(walk.field.expr),
        "variables": [str(variable) for variable in walk.field.variables],
        "step": step.name,
        "rate": step.rate,
        "beta": getattr(step, "beta", None),
        "start": walk.start,
        "steps": walk.steps,
        "tolerance": walk.tolerance,
        "verdict": walk.verdict.name,
        "stopped_at": walk.stopped_at,
        "points": walk.points,
        "values": walk.values,
        "gradients": walk.gradients,
        "certified_error": certify(walk),
    }


def mark_record(
    mark: _Mark,
    fps: float,
    scale: float,
    size: tuple[int, int],
    to_pixel: Callable[..., Any],
    walks: dict[str, Walk],
) -> dict[str, Any]:
    """A mark in seconds and pixels; `scale` is pixels a scene unit, `size` the frame's pixels."""
    x, y = (float(c) for c in to_pixel(np.array(mark.place)))
    radius = mark.radius * scale
    inside = radius <= x <= size[0] - radius and radius <= y <= size[1] - radius
    return {
        "walk": mark.walk,
        "k": mark.k,
        "point": walks[mark.walk].points[mark.k],
        "t0": mark.first / fps,
        "t1": mark.past / fps,
        "pixel": [x, y],
        "radius": radius,
        "color": mark.colour,
        "on_screen": bool(inside),
    }


def json_ready(value: Any) -> Any:
    """The value with arrays as lists and unbounded numbers as the strings "inf", "-inf", "nan"."""
    if isinstance(value, np.ndarray | np.generic):
        return json_ready(value.tolist())
    if isinstance(value, dict):
        return {key: json_ready(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [json_ready(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value
