"""How a lecture is rendered: its size, its theme, and manim's own settings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

QUALITIES = {
    "l": "low_quality",
    "m": "medium_quality",
    "h": "high_quality",
    "p": "production_quality",
    "k": "fourk_quality",
}
"""manim's letters and names: 480p15, 720p30, 1080p60, 1440p60, 2160p60."""

THEMES = ("dark", "light")

FORMATS = ("mp4", "webm", "gif")
"""H.264 that plays everywhere; VP9, which can be transparent; and what no player is needed for."""

_MANIM_CFG = Path(__file__).resolve().parents[1] / "manim.cfg"


@dataclass(frozen=True)
class Settings:
    """What all clips of one lecture share; `manim_cfg` is the text of the project's manim.cfg.

    The text travels, not the path: a worker elsewhere renders with the same settings.
    """

    quality: str = "h"
    theme: str = "dark"
    manim_cfg: str = ""
    format: str = "mp4"
    transparent: bool = False

    @classmethod
    def of(
        cls, quality: str, theme: str, kind: str = "mp4", *, transparent: bool = False
    ) -> Settings:
        """These settings with the project's manim.cfg."""
        text = _MANIM_CFG.read_text(encoding="utf-8")
        return cls(quality, theme, text, kind, transparent)
