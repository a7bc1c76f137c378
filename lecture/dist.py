"""The folder that a render leaves: clips, each file whole, and a manifest of what they are."""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lecture.work import RenderedClip

SUFFIXES = (".mp4", ".srt", ".vtt", ".png", ".json")
"""What there is of each clip: video, captions twice, poster, evidence."""


class DistError(Exception):
    """The folder cannot be read or written; the message says what and why."""


@dataclass(frozen=True)
class Dist:
    """A folder of finished clips.

    A file is written in `.part/` beside the clips, and moved to its place when it is whole. The
    manifest is written last: until then the old hashes tell that something has changed.
    """

    root: Path

    @property
    def clips(self) -> Path:
        """Where the files of the clips are."""
        return self.root / "clips"

    @property
    def manifest_path(self) -> Path:
        """Where the manifest is."""
        return self.root / "manifest.json"

    def clip_names(self) -> list[str]:
        """Names of all clips of which there is a video or evidence."""
        return sorted({p.stem for s in (".mp4", ".json") for p in self.clips.glob(f"*{s}")})

    def manifest(self) -> dict[str, Any]:
        """The manifest: `files` by path with sha256, size, duration, and `clips` by name.

        Raises:
            DistError: there is none, or it is broken.
        """
        try:
            manifest = json.loads(self.manifest_path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise DistError(f"{self.manifest_path}: there is none; render first") from None
        except (OSError, ValueError) as error:
            raise DistError(f"{self.manifest_path}: {error}") from error
        if not all(isinstance(manifest.get(key), dict) for key in ("files", "clips")):
            raise DistError(f"{self.manifest_path}: files and clips are missing")
        return dict(manifest)

    def durations(self) -> dict[str, float]:
        """Seconds of each clip's video, as far as they are known."""
        try:
            clips = self.manifest()["clips"]
        except DistError:
            return {}
        return {
            name: float(clip["duration"])
            for name, clip in clips.items()
            if isinstance(clip, dict) and isinstance(clip.get("duration"), int | float)
        }

    def prepare(self) -> None:
        """Make the folders, and see that files can be written in them.

        Raises:
            DistError: they cannot.
        """
        try:
            self.clips.mkdir(parents=True, exist_ok=True)
            self._part("probe").write_bytes(b"")
        except OSError as error:
            raise DistError(f"cannot write in {self.root}: {_why(error)}") from error
        finally:
            self._clear()

    def publish(self, clip: RenderedClip) -> None:
        """Put a clip's files in their places, and then in the manifest.

        Raises:
            DistError: a file cannot be written; the clip's old files are as they were.
        """
        try:
            parts = {self.clips / f"{clip.name}{s}": data for s, data in clip.files.items()}
            for path, data in parts.items():
                self._part(path.name).write_bytes(data)
            for path in parts:
                self._part(path.name).replace(path)
            self._enter(clip)
        except OSError as error:
            raise DistError(f"cannot write {clip.name} in {self.root}: {_why(error)}") from error
        finally:
            self._clear()

    def _enter(self, clip: RenderedClip) -> None:
        try:
            manifest = self.manifest()
        except DistError:
            manifest = {"files": {}, "clips": {}}
        for suffix, data in clip.files.items():
            entry: dict[str, Any] = {"sha256": sha256(data), "size": len(data)}
            if suffix == ".mp4":
                entry["duration"] = clip.duration
            manifest["files"][f"clips/{clip.name}{suffix}"] = entry
        manifest["clips"][clip.name] = {
            "inputs": clip.inputs,
            "duration": clip.duration,
            "quality": clip.settings.quality,
            "theme": clip.settings.theme,
            "versions": clip.versions,
        }
        part = self._part(self.manifest_path.name)
        part.write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        part.replace(self.manifest_path)

    def _part(self, name: str) -> Path:
        (self.root / ".part").mkdir(exist_ok=True)
        return self.root / ".part" / name

    def _clear(self) -> None:
        """Remove what was begun, here or by a run that was killed."""
        shutil.rmtree(self.root / ".part", ignore_errors=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place, then move it there.

    Raises:
        DistError: it cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise DistError(f"cannot write {path}: {_why(error)}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _why(error: OSError) -> str:
    if isinstance(error, FileExistsError):
        return "a file stands where its folder should be"
    return error.strerror or str(error)


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
