"""Who speaks: hibari, a command, or one's own recordings; each gives a phrase's sound."""

from __future__ import annotations

import hashlib
import shlex
import subprocess
import tempfile
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from gdlecture.lines import one_line
from gdlecture.media.sound import Samples, SoundError, read_sound, resampled
from gdlecture.settings import HIBARI, SILENT
from gdlecture.voice.kept import kept
from gdlecture.voice.loudness import levelled, trimmed
from gdlecture.voice.recorded import recording

_SECONDS = 120.0  # that a command may take for a phrase


class VoiceError(Exception):
    """A phrase cannot be spoken; the message says which, and why."""


@dataclass(frozen=True)
class Phrase:
    """What is said at once: the `number`th of a clip, from 1; as it is written and in words."""

    clip: str
    number: int
    text: str
    words: str


class Voice(Protocol):
    """Speaks phrases, of the same words the same bytes each time."""

    @property
    def name(self) -> str:
        """What the evidence calls it, with its version if it has one."""

    def speak(self, phrase: Phrase) -> Samples:
        """A phrase's sound, trimmed and levelled.

        Raises:
            VoiceError: it cannot be had.
        """


@dataclass(frozen=True)
class Hibari:
    """The voice of the package hibari-tts, which needs no network."""

    speaker: str = "heart"
    seed: int = 0

    @property
    def name(self) -> str:
        """hibari, its version, and which of its voices."""
        return f"{HIBARI} {version('hibari-tts')} {self.speaker}"

    def speak(self, phrase: Phrase) -> Samples:
        """As the interface says."""
        return kept(self.name, phrase.words, lambda: _fit(self._spoken(phrase.words), phrase))

    def _spoken(self, words: str) -> Samples:
        engine = _engine(self.speaker)
        return resampled(engine(words, seed=self.seed), engine.sample_rate)


@cache  # it loads in a fifth of a second, once a process
def _engine(speaker: str) -> Any:
    import hibari  # noqa: PLC0415 (onnxruntime)

    return hibari.Hibari(speaker)


@dataclass(frozen=True)
class Command:
    """Any other engine: words on its standard input, a sound file where `{out}` stands.

    Where it stands nowhere, the file's path is the last argument. A phrase is kept under the
    command's own text: an engine that has changed needs another one.
    """

    command: str

    @property
    def name(self) -> str:
        """The command's program, and a hash of all of it."""
        return f"{Path(self._arguments[0]).name} {_hash(self.command)}"

    @property
    def _arguments(self) -> list[str]:
        return command_arguments(self.command)

    def speak(self, phrase: Phrase) -> Samples:
        """As the interface says."""
        return kept(self.name, phrase.words, lambda: _fit(self._spoken(phrase), phrase))

    def _spoken(self, phrase: Phrase) -> Samples:
        with tempfile.TemporaryDirectory(prefix="lecture-") as folder:
            out = Path(folder) / "phrase.wav"
            arguments = [argument.replace("{out}", str(out)) for argument in self._arguments]
            if "{out}" not in self.command:
                arguments.append(str(out))
            try:
                ran = subprocess.run(  # noqa: S603 (what the user asks for)
                    arguments, input=phrase.words.encode(), capture_output=True, check=False,
                    timeout=_SECONDS,
                )  # fmt: skip
            except (OSError, subprocess.TimeoutExpired) as error:
                why = getattr(error, "strerror", None) or f"it takes more than {_SECONDS:g} s"
                raise VoiceError(f"the voice command {arguments[0]}: {why}") from error
            if ran.returncode or not out.is_file():
                told = one_line(ran.stderr.decode(errors="replace")) or "it left no file"
                raise VoiceError(
                    f"the voice command {arguments[0]} failed at “{phrase.text}”: {told}"
                )
            try:
                return read_sound(out)
            except SoundError as error:
                raise VoiceError(f"the voice command {arguments[0]}: {error}") from error


def command_arguments(command: str) -> list[str]:
    """A command's words, as a shell splits them.

    Raises:
        VoiceError: they are none.
    """
    try:
        arguments = shlex.split(command)
    except ValueError as error:
        raise VoiceError(f"the voice command cannot be read: {error}") from error
    if not arguments:
        raise VoiceError("the voice command has no words")
    return arguments


@dataclass(frozen=True)
class Recordings:
    """A folder of one's own recordings: FOLDER/CLIP/NN.wav, the phrases of a clip from 01 on.

    They may be of any rate, and of any kind that FFmpeg reads as such.
    """

    folder: Path
    name: str = field(default="recordings", init=False)

    def speak(self, phrase: Phrase) -> Samples:
        """As the interface says."""
        path = recording(self.folder, phrase.clip, phrase.number)
        if not path.is_file():
            raise VoiceError(
                f"there is no recording {path} of “{phrase.text}”; "
                f"all that are missing: lecture voice check {self.folder}"
            )
        try:
            return _fit(read_sound(path), phrase)
        except SoundError as error:
            raise VoiceError(str(error)) from error


def _fit(samples: Samples, phrase: Phrase) -> Samples:
    try:
        return levelled(trimmed(samples))
    except SoundError as error:
        raise VoiceError(f"phrase {phrase.number}, “{phrase.text}”: {error}") from error


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def voice_of(voice: str, command: str = "") -> Voice | None:
    """The voice that options ask for: `hibari`, a command, a folder; None for `none`.

    Raises:
        VoiceError: there is no such one.
    """
    if command:
        command_arguments(command)
        return Command(command)
    if voice == SILENT:
        return None
    if voice == HIBARI:
        return Hibari()
    folder = Path(voice)
    if not folder.is_dir():
        raise VoiceError(
            f"there is no voice {voice!r}: it is hibari, none, or a folder of recordings"
        )
    return Recordings(folder)
