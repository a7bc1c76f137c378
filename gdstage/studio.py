"""How manim is set up for a clip. The clip sees to it itself, wherever and however it is run."""

from __future__ import annotations

import os
import platform
import shutil
from typing import Any

from gdstage.shape import WIDE, Shape

ENCODER = {
    "crf": "20",
    "preset": "veryfast",
    "rc-lookahead": "20",
    "trellis": "1",
    "bf": "8",
    "b_strategy": "0",
    "subq": "1",
    "motion-est": "dia",
    # One a file, of which several are encoded at once: smaller files, and the same bytes whatever
    # the number of cores.
    "threads": "1",
}
"""What x264 is told. By benchmarks/clip.py --encoders: manim's own default (crf 23, preset medium)
again in SSIM, in no larger a file, and in less than two thirds of the time."""

IN_FLIGHT = 2
"""How many files are written while the next frames are already drawn."""


def set_up(config: Any, shape: Shape = WIDE) -> None:
    """Set in manim's `config` what a clip needs, and what is quicker unless someone chose already.

    In another `shape` than the wide one the frame has as many pixels on its shorter side as it had.

    manim reads most of it when the scene is made, so this comes before.
    """
    if shape != WIDE:
        lines = min(config.pixel_width, config.pixel_height)
        config.frame_width, config.frame_height = shape.width, shape.height
        config.pixel_width, config.pixel_height = shape.pixels(lines)
    # The cache does not see changes in imported modules, so an old picture could survive in a new
    # video; and what comes from it is not drawn, so nobody could observe it.
    config.disable_caching = True
    from gdstage.film.quicker import make_quicker  # noqa: PLC0415 (manim, which is not needed to read the rest)

    make_quicker()
    if config.max_inflight_encoders == 1:  # manim's default
        config.max_inflight_encoders = IN_FLIGHT
    if not config.video_encoder_options and _is_h264(config):
        config.video_encoder_options = dict(ENCODER)
    # A picture that nobody can look at here has been rendered all the same.
    if config.preview and not config.preview_command and not has_player():
        config.preview = False


def has_player() -> bool:
    """Whether the system can open a video: it has a screen, and the command that manim would call.

    On macOS and Windows it always has.
    """
    if platform.system() != "Linux":
        return True
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(screen) and shutil.which("xdg-open") is not None


def _is_h264(config: Any) -> bool:
    return (
        config.format in {None, "auto", "mp4"}
        and not config.transparent
        and config.video_codec in {"auto", "libx264"}
    )
