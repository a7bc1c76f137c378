"""Who speaks a clip: what was asked for, what lecture.toml says, or the voice that there is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from gdlecture.commands.arguments import WrongArgumentError
from gdlecture.settings import HIBARI, SILENT

Function = TypeVar("Function", bound=Callable[..., Any])

VARIABLE = "GDLECTURE_VOICE"
"""The environment's variable that chooses a voice, where nothing is asked for."""

_SPEAKS = "en"
"""The language that hibari speaks."""


def voice_options(function: Function) -> Function:
    """The options `--voice` and `--voice-command`."""
    voice = click.option(
        "--voice",
        metavar="hibari|none|DIR",
        help="Who speaks: hibari, nobody, or your recordings DIR/CLIP/NN.wav (see `lecture "
        "voice`).  [default: hibari, where captions are English]",
    )
    command = click.option(
        "--voice-command",
        metavar="CMD",
        help="Or any program: words on its standard input, sound into the file {out}.",
    )
    return voice(command(function))


def chosen_voice(voice: str | None, command: str | None, folder: Path) -> tuple[str, str]:
    """The voice and the command for clips in a folder, one of them at most.

    Raises:
        WrongArgumentError: there is no such voice.
        BrandError: lecture.toml cannot be used.
    """
    if voice and command:
        raise click.UsageError("--voice and --voice-command say the same; give one")
    if not voice and not command:
        voice = os.environ.get(VARIABLE)
    if not voice and not command:
        voice, command = _told_by(folder)
    if command or voice not in {SILENT, HIBARI}:
        from gdlecture.voice.phrases import VoiceError, voice_of  # noqa: PLC0415 (scipy, FFmpeg)

        try:
            voice_of(voice or SILENT, command or "")
        except VoiceError as error:
            raise WrongArgumentError(str(error)) from error
    return (SILENT, command) if command else (voice or SILENT, "")


def _told_by(folder: Path) -> tuple[str, str]:
    """What a lecture itself says; of another language, hibari would make a hash."""
    from gdstage.look.brand import brand_at  # noqa: PLC0415 (numpy takes a moment)

    brand = brand_at(folder)
    if brand.voice or brand.voice_command:
        return brand.voice, brand.voice_command
    return (HIBARI if brand.language.partition("-")[0] == _SPEAKS else SILENT), ""
