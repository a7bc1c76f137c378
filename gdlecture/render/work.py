"""What is handed to a renderer and what comes back; all of it can be pickled and sent far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from gdlecture.settings import Settings
from gdlecture.voice.recorded import recordings_hash

Listener = Callable[[str, float], None]
"""Is told a clip's name and how many seconds of its video are drawn."""


class Source(Protocol):
    """Where a clip is written; a clip of the catalogue is one.

    The catalogue is not imported: a clip's pictures do not depend on which others there are.
    """

    @property
    def name(self) -> str:
        """The clip's name."""

    @property
    def module(self) -> str:
        """The module to import."""

    @property
    def class_name(self) -> str:
        """The scene in it."""

    @property
    def path(self) -> Path:
        """The module's file."""

    @property
    def description(self) -> str:
        """What the clip is about, in a line."""


@dataclass(frozen=True)
class RenderRequest:
    """Which scene to render, and how.

    `parameters` are class attributes that a variation of the scene sets, by name. `folder` is that
    of the clips of which the module is one; an installed module has none. `description` is kept.
    """

    name: str
    module: str
    class_name: str
    settings: Settings
    parameters: tuple[tuple[str, Any], ...] = ()
    folder: Path | None = None
    description: str = ""

    @classmethod
    def of(cls, clip: Source, settings: Settings) -> RenderRequest:
        """The request for a clip."""
        return cls(
            clip.name, clip.module, clip.class_name, settings,
            folder=clip.path.parent, description=clip.description,
        )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """All that it is rendered with, besides sources: settings, parameters, recordings."""
        settings = self.settings
        recorded = recordings_hash(settings.voice, settings.voice_command, self.name)
        told = {**asdict(settings), **dict(self.parameters)}
        return {**told, "recordings": recorded} if recorded else told


@dataclass(frozen=True)
class RenderedClip:
    """A clip's files by their suffix (.mp4, .webm or .gif; .srt .vtt .png .json), and their source.

    `inputs` is the hash of all that they depend on, `duration` is in seconds of video, `wall` in
    seconds of work. `description` says in a line what the clip is about.
    """

    name: str
    files: dict[str, bytes]
    duration: float
    settings: Settings
    inputs: str
    versions: dict[str, str]
    wall: float
    description: str = ""


class RenderError(Exception):
    """A clip could not be rendered: in which beat ("" if before the first), and why."""

    def __init__(self, clip: str, beat: str, reason: str) -> None:
        super().__init__(clip, beat, reason)
        self.clip, self.beat, self.reason = clip, beat, reason

    def __str__(self) -> str:
        beat = f" in the beat {self.beat!r}" if self.beat else ""
        return f"{self.clip}: failed{beat}: {self.reason}"


class ShapeError(RenderError):
    """The clip has no layout for the shape of the frame that is wanted."""

    def __str__(self) -> str:
        return f"{self.clip}: {self.reason}"
