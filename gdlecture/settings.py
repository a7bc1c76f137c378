"""How a lecture is rendered: its size, its theme, its format, its shape."""

from __future__ import annotations

from dataclasses import dataclass

QUALITIES = {
    "l": "low_quality",
    "m": "medium_quality",
    "h": "high_quality",
    "p": "production_quality",
    "k": "fourk_quality",
}
"""manim's letters and names: 480p15, 720p30, 1080p60, 1440p60, 2160p60."""

THEMES = ("dark", "light")

SHAPES = ("16:9", "4:3", "1:1", "9:16")

FORMATS = ("mp4", "webm", "gif")
"""H.264 that plays everywhere; VP9, which can be transparent; and what no player is needed for."""

SILENT, HIBARI = "none", "hibari"
"""Nobody's voice, and that which the lecture has; any other is a folder of recordings."""


@dataclass(frozen=True)
class Settings:
    """What all clips of one lecture share; a `voice_command` takes the place of the voice."""

    quality: str = "h"
    theme: str = "dark"
    format: str = "mp4"
    transparent: bool = False
    shape: str = "16:9"
    voice: str = SILENT
    voice_command: str = ""
