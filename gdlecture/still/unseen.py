"""A clip played without a picture of it: what happens is the film's, and so is the clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import manim as mn
import numpy as np
from manim.renderer.cairo_renderer import CairoRenderer

from gdlecture.render.patience import see_an_end
from gdstage.clip import Clip

Played = TypeVar("Played", bound=Clip)


def play_unseen(
    clip: type[Played],
    *,
    at_end: Callable[[Played], None] | None = None,
    after: Callable[[Played], None] | None = None,
) -> Played:
    """Play a clip from its first beat to its last, and give it back as it is then.

    `at_end` is called at the last picture of each beat, `after` after each animation; both are
    given the clip, which stands as it does in the film. Manim's settings are those that hold here.

    Raises:
        EndlessError: it goes on for too long; and whatever the clip raises.
    """
    with mn.tempconfig({"dry_run": True, "progress_bar": "none"}):
        scene = clip(renderer=_Unseen(after))
        if at_end is not None:
            scene.beat_done = lambda: at_end(scene)  # type: ignore[method-assign]
        scene.setup()
        scene.construct()
        scene.tear_down()
    return scene


class _Unseen(CairoRenderer):
    """Takes each animation to its end in one step, paints nothing, and counts the film's frames."""

    def __init__(self, after: Callable[[Any], None] | None = None) -> None:
        super().__init__(skip_animations=True)
        self._after = after

    def play(self, scene: mn.Scene, *args: Any, **kwargs: Any) -> None:
        """Leave what playing animations leaves."""
        animations = [
            _without_copies(animation) for animation in scene.compile_animations(*args, **kwargs)
        ]
        super().play(scene, *animations)
        scene.update_mobjects(0)
        if isinstance(scene, Clip):
            # As manim counts: a film's times are those of the frames that it has.
            rate = float(self.camera.frame_rate)
            see_an_end(scene.evidence.frames / rate + scene.duration)
            stands = scene.is_current_animation_frozen_frame()
            scene.evidence.frames += (
                int(scene.duration * rate)
                if stands
                else len(np.arange(0, scene.duration, 1 / rate))
            )
        if self._after is not None:
            self._after(scene)

    def render(self, scene: mn.Scene, time: float, moving_mobjects: Any = None) -> None:
        """Place what is placed whenever a picture is painted: the labels of spaces."""
        del time, moving_mobjects
        self.camera.get_mobjects_to_display(scene.mobjects)

    def update_frame(self, *_: Any, **__: Any) -> None:
        """Paint nothing."""

    def get_frame(self) -> Any:
        """No picture."""
        return None

    def add_frame(self, *_: Any, **__: Any) -> None:
        """Write nothing."""


class _AtOnce(mn.Animation):
    """Adds a mobject, or removes it, as fading does in the end."""

    def create_starting_mobject(self) -> mn.Mobject:
        """Copy nothing: each glyph would be."""
        return cast(mn.Mobject, self.mobject)

    def interpolate(self, alpha: float) -> None:
        """Change nothing."""


def _without_copies(animation: mn.Animation) -> mn.Animation:
    """The animation, or for one that fades, what is left when it has."""
    if type(animation) not in (mn.FadeIn, mn.FadeOut):
        return animation
    leaves = type(animation) is mn.FadeOut
    return _AtOnce(
        animation.mobject, run_time=animation.run_time, introducer=not leaves, remover=leaves
    )
