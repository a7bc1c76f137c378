"""The folder that a render leaves: clips, each file whole, and a manifest of what they are."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from gdlecture.manifest import empty_manifest, read_manifest
from gdlecture.render.work import RenderedClip
from gdlecture.schema import SchemaError
from gdlecture.settings import SHAPES, SILENT, Settings

VIDEOS = (".mp4", ".webm", ".gif")
"""What a video may be; a clip has one."""

BESIDE = (".srt", ".vtt", ".png", ".json")
"""What there is of each clip beside its video: captions twice, poster, evidence."""


class DistError(Exception):
    """The folder cannot be read or written; the message says what and why."""


class NoManifestError(DistError):
    """There is no manifest: nothing was rendered there."""


@dataclass(frozen=True)
class Dist:
    """A folder of finished clips.

    A file is written in `.part/` beside the clips, and moved to its place when it is whole. The
    manifest is written last: until then the old hashes tell that something has changed. One
    process writes at a time, so several may render into one folder.
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
        return sorted({p.stem for s in (*VIDEOS, ".json") for p in self.clips.glob(f"*{s}")})

    def video(self, name: str) -> Path:
        """Where a clip's video is, or would be."""
        paths = [self.clips / f"{name}{suffix}" for suffix in VIDEOS]
        return next((path for path in paths if path.is_file()), paths[0])

    def files_of(self, name: str) -> list[str]:
        """A clip's files, as the manifest calls them."""
        names = [self.video(name).name, *(f"{name}{suffix}" for suffix in BESIDE)]
        return [f"clips/{file}" for file in names]

    def manifest(self) -> dict[str, Any]:
        """The manifest, all of it what docs/manifest.md says: `files` by path, `clips` by name.

        `lecture` and `deck` tell of what was made of the clips, `pages` by name of pages about
        them, where there are such.

        Raises:
            NoManifestError: there is none.
            DistError: it is broken.
        """
        try:
            return read_manifest(self.manifest_path)
        except FileNotFoundError:
            raise NoManifestError(f"{self.manifest_path}: there is none; render first") from None
        except SchemaError as error:
            raise DistError(f"{self.manifest_path}: {error}") from error

    def trouble(self) -> str:
        """What is wrong with the manifest, if there is one; "" if nothing is."""
        try:
            self.manifest()
        except NoManifestError:
            return ""
        except DistError as error:
            return str(error)
        return ""

    def durations(self) -> dict[str, float]:
        """Seconds of each clip's video, as far as they are known."""
        clips = self._manifest_or_none()["clips"]
        return {name: float(clip["duration"]) for name, clip in clips.items()}

    def unchanged(self, inputs: Mapping[str, str]) -> set[str]:
        """Which of these clips are here whole, made from inputs of these hashes."""
        manifest = self._manifest_or_none()
        return {name for name, hashed in inputs.items() if self._holds(name, hashed, manifest)}

    def _holds(self, name: str, inputs: str, manifest: Mapping[str, Any]) -> bool:
        clip = manifest["clips"].get(name)
        if clip is None or clip["inputs"] != inputs:
            return False
        return all(self._intact(path, manifest["files"].get(path)) for path in self.files_of(name))

    def _intact(self, path: str, entry: Mapping[str, Any] | None) -> bool:
        try:
            data = (self.root / path).read_bytes()
        except OSError:
            return False
        return entry is not None and entry["sha256"] == sha256(data)

    def prepare(self) -> None:
        """Make the folders, and see that files can be written in them.

        Raises:
            DistError: they cannot.
        """
        try:
            self.clips.mkdir(parents=True, exist_ok=True)
            with self.writing() as parts:
                (parts / "probe").write_bytes(b"")
        except OSError as error:
            raise DistError(f"cannot write in {self.root}: {_why(error)}") from error

    def load(self, name: str) -> RenderedClip:
        """A clip as it was published.

        Raises:
            DistError: it is not here whole.
        """
        manifest = self.manifest()
        clip = manifest["clips"].get(name)
        if clip is None or not self._holds(name, clip["inputs"], manifest):
            raise DistError(f"{name}: a file is missing in {self.root}, or is not what it was")
        shape = clip.get("shape", SHAPES[0])
        voice, command = clip.get("voice", SILENT), clip.get("voice_command", "")
        settings = Settings(
            clip["quality"], clip["theme"], clip["format"], shape=shape,
            voice=voice, voice_command=command,
        )  # fmt: skip
        files = {Path(p).suffix: (self.root / p).read_bytes() for p in self.files_of(name)}
        return RenderedClip(
            name,
            files,
            clip["duration"],
            settings,
            clip["inputs"],
            clip["versions"],
            0.0,
            clip["description"],
        )

    def publish(self, clip: RenderedClip) -> None:
        """Put a clip's files in their places, and then in the manifest.

        Raises:
            DistError: a file cannot be written; the clip's old files are as they were.
        """
        files = {f"clips/{clip.name}{suffix}": data for suffix, data in clip.files.items()}
        entry = {
            "inputs": clip.inputs,
            "duration": clip.duration,
            "quality": clip.settings.quality,
            "theme": clip.settings.theme,
            "format": clip.settings.format,
            "shape": clip.settings.shape,
            "versions": clip.versions,
            "description": clip.description,
            **_spoken_by(clip.settings),
        }
        try:
            with self.writing() as parts:
                for path, data in files.items():
                    (parts / Path(path).name).write_bytes(data)
                for path in files:
                    (parts / Path(path).name).replace(self.root / path)
                manifest = self._manifest_or_none()
                others = {f"clips/{clip.name}{suffix}" for suffix in VIDEOS} - files.keys()
                self._drop(others, manifest)
                for path, data in files.items():
                    manifest["files"][path] = _entry(path, data, clip.duration)
                manifest["clips"][clip.name] = entry
                self._write_manifest(manifest, parts)
        except OSError as error:
            raise DistError(f"cannot write {clip.name} in {self.root}: {_why(error)}") from error

    def remove(self, name: str) -> None:
        """Remove a clip: its files, and what the manifest says of it.

        Raises:
            DistError: the manifest is broken, or a file cannot be removed.
        """
        try:
            with self.writing() as parts:
                manifest = self.manifest()
                self._drop([f"clips/{name}{s}" for s in (*VIDEOS, *BESIDE)], manifest)
                manifest["clips"].pop(name, None)
                self._write_manifest(manifest, parts)
        except OSError as error:
            raise DistError(f"cannot remove {name} from {self.root}: {_why(error)}") from error

    def holds_set(self, name: str, inputs: str) -> bool:
        """Whether a set of files, as `put_set` left it, is whole, and from inputs of this hash."""
        manifest = self.manifest()
        entry = manifest.get(name)
        if entry is None or entry["inputs"] != inputs:
            return False
        return all(self._intact(path, manifest["files"].get(path)) for path in entry["files"])

    def put_set(
        self, name: str, parts: Path, entry: Mapping[str, Any], durations: Mapping[str, float]
    ) -> None:
        """Move all that is in `parts` to its places, as one set, and enter it.

        Files that an earlier set of the name had, and this one has not, are removed. `durations`
        are the videos' seconds, by path.
        """
        manifest = self.manifest()
        paths = sorted(str(p.relative_to(parts)) for p in parts.rglob("*") if p.is_file())
        for path in paths:
            data = (parts / path).read_bytes()
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (parts / path).replace(self.root / path)
            manifest["files"][path] = _entry(path, data, durations.get(path, 0.0))
        self._drop(set(manifest.get(name, {}).get("files", ())) - set(paths), manifest)
        manifest[name] = {**entry, "files": paths}
        self._write_manifest(manifest, parts)

    def remove_set(self, name: str, parts: Path) -> None:
        """Remove a set, if there is one: it is not what the clips are any more."""
        manifest = self.manifest()
        entry = manifest.pop(name, None)
        if entry is None:
            return
        self._drop(entry["files"], manifest)
        self._write_manifest(manifest, parts)

    def _drop(self, paths: Iterable[str], manifest: Mapping[str, Any]) -> None:
        """Remove files, here and from the manifest, and folders that are empty then."""
        for path in paths:
            (self.root / path).unlink(missing_ok=True)
            manifest["files"].pop(path, None)
            with suppress(OSError):  # one is not empty, or not here
                for folder in PurePosixPath(path).parents[:-1]:
                    (self.root / folder).rmdir()

    def holds_page(self, name: str) -> bool:
        """Whether a page is here as it was put."""
        return self._intact(name, self.manifest()["files"].get(name))

    def put_page(self, name: str, data: bytes, entry: Mapping[str, Any], parts: Path) -> bool:
        """Put a page in its place and in the manifest; whether it is a new one."""
        manifest = self.manifest()
        pages = manifest.setdefault("pages", {})
        same = self._intact(name, {"sha256": sha256(data)}) and pages.get(name) == dict(entry)
        if same and manifest["files"].get(name) == _entry(name, data, 0.0):
            return False
        (parts / name).write_bytes(data)
        (parts / name).replace(self.root / name)
        manifest["files"][name] = _entry(name, data, 0.0)
        pages[name] = dict(entry)
        self._write_manifest(manifest, parts)
        return True

    def remove_page(self, name: str, parts: Path) -> None:
        """Remove a page, if there is one: it is not what the clips are any more."""
        (self.root / name).unlink(missing_ok=True)
        manifest = self._manifest_or_none()
        pages = manifest.get("pages", {})
        known = [manifest["files"].pop(name, None), pages.pop(name, None)]
        if not pages:
            manifest.pop("pages", None)
        if any(known):
            self._write_manifest(manifest, parts)

    def _manifest_or_none(self) -> dict[str, Any]:
        try:
            return self.manifest()
        except DistError:
            return empty_manifest()

    def _write_manifest(self, manifest: Mapping[str, Any], parts: Path) -> None:
        part = parts / self.manifest_path.name
        part.write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        part.replace(self.manifest_path)

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """Hold the right to write here, and give a folder for what is not whole yet.

        The lock is on the folder of clips itself: no file of its own is left, and the system
        lifts it if its holder is killed. What that one had begun is cleared away here.

        Raises:
            DistError: there is no such folder.
            OSError: nothing can be written in it.
        """
        parts = self.root / ".part"
        try:
            lock = os.open(self.root, os.O_RDONLY)
        except FileNotFoundError:
            raise DistError(f"{self.root}: there is no such folder; render first") from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            shutil.rmtree(parts, ignore_errors=True)
            parts.mkdir()
            yield parts
        finally:
            shutil.rmtree(parts, ignore_errors=True)
            os.close(lock)


def _spoken_by(settings: Settings) -> dict[str, str]:
    """What the manifest says of a clip's voice: nothing of a silent one."""
    if settings.voice_command:
        return {"voice_command": settings.voice_command}
    return {} if settings.voice == SILENT else {"voice": settings.voice}


def _entry(path: str, data: bytes, duration: float) -> dict[str, Any]:
    """What the manifest says of a file; of a video, its seconds too."""
    entry: dict[str, Any] = {"sha256": sha256(data), "size": len(data)}
    if path.endswith(VIDEOS):
        entry["duration"] = duration
    return entry


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
