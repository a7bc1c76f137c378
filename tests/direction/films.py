"""Draws a clip small and at five frames a second, without a video: to measure how it is told."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field

import manim as mn
import numpy as np

from gdstage.clip import Clip, clip_name
from gdstage.layout import LayoutError, check_layout

FPS, WIDTH, HEIGHT = 5, 320, 180


@dataclass
class Film:
    """A clip's frames (height, width, 3), its evidence, and where its layout fails in motion."""

    scene: Clip
    frames: list[np.ndarray] = field(default_factory=list)
    crossings: list[str] = field(default_factory=list)

    @property
    def beats(self):
        return self.scene.evidence.beats

    def frames_of(self, beat):
        first, past = round(beat["t0"] * FPS), round(beat["t1"] * FPS)
        return self.frames[first : max(past, first + 1)]


def draw(name: str, media) -> Film:
    """The film of one of the lecture's clips."""
    module = importlib.import_module(f"scenes.{name}")
    (clip,) = (
        thing for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Clip) and clip_name(thing) == name
    )  # fmt: skip
    size = {"pixel_width": WIDTH, "pixel_height": HEIGHT, "frame_rate": FPS}
    quiet = {"dry_run": True, "progress_bar": "none", "media_dir": str(media)}
    with mn.tempconfig(size | quiet):
        film = Film(clip())

        def keep(frame, num_frames=1):
            film.frames += [frame[..., :3].copy()] * num_frames
            try:
                check_layout(film.scene.get_mobject_family_members())
            except LayoutError as error:
                film.crossings.append(f"{len(film.frames) / FPS:.1f} s: {error}")

        film.scene.renderer.add_frame = keep
        film.scene.setup()
        film.scene.construct()
        film.scene.tear_down()
    return film
