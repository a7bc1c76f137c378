"""`lecture voice`: a voice of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gdlecture.catalogue import ClipSource
from gdlecture.commands.arguments import ClipName, examples, known_clips, scenes_option
from gdstage.look.rounding import counted

if TYPE_CHECKING:
    from gdlecture.voice.phrases import Phrase


@click.group(
    epilog=examples(
        "lecture voice record learning_rate            what to read, phrase by phrase",
        "lecture voice record learning_rate --into me  and hibari's reading of it, to be replaced",
        "lecture voice check me                        what is missing, clipped, too long",
        "lecture render --voice me                     the lecture in your voice",
    )
)
def voice() -> None:
    """Speak the lecture yourself: what to read, and whether the recordings can be used.

    A phrase is a file DIR/CLIP/NN.wav, of any rate; silence around it is cut off, and all are made
    equally loud. Clips wait for them as they wait for any voice.
    """


@voice.command(
    epilog=examples(
        "lecture voice record learning_rate", "lecture voice record learning_rate --into me"
    )
)
@click.argument("clip", type=ClipName())
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Have hibari read each phrase that is not there yet, into DIR/CLIP/NN.wav.",
)
@scenes_option
def record(clip: ClipSource, into: Path | None) -> None:
    """Print what a clip says, phrase by phrase, to be read aloud.

    Each has its number, and how many seconds hibari takes for it; what is not written in words
    stands in words below.
    """
    from gdlecture.media.sound import RATE, write_sound  # noqa: PLC0415 (FFmpeg)
    from gdlecture.voice.phrases import Hibari  # noqa: PLC0415 (the same)
    from gdlecture.voice.recorded import recording  # noqa: PLC0415

    reader = Hibari()
    for phrase in _phrases(clip):
        sound = reader.speak(phrase)
        click.echo(f"{phrase.number:02}  {len(sound) / RATE:4.1f} s  {phrase.text}")
        if _has_signs(phrase):
            click.echo(f"            {phrase.words}")
        path = None if into is None else recording(into, clip.name, phrase.number)
        if path is not None and not path.exists():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                write_sound(path, sound)
            except OSError as error:
                raise click.ClickException(f"cannot write {path}: {error.strerror}") from error


@voice.command(epilog=examples("lecture voice check me", "lecture voice check me learning_rate"))
@click.argument(
    "folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.argument("clips", nargs=-1, type=ClipName(), metavar="[CLIP]...")
@scenes_option
def check(folder: Path, clips: tuple[ClipSource, ...]) -> None:
    """Say which recordings in DIR are missing, silent, clipped, too long, or of no phrase."""
    from gdlecture.voice.phrases import Hibari  # noqa: PLC0415 (FFmpeg)
    from gdlecture.voice.script import check_recordings  # noqa: PLC0415 (manim)

    chosen, wrong, count = clips or known_clips(), 0, 0
    for clip in chosen:
        phrases = _phrases(clip)
        count += len(phrases)
        for failure in check_recordings(folder, clip.name, phrases, Hibari()):
            click.echo(failure, err=True)
            wrong += 1
    told = f"{counted(count, 'phrase')} of {counted(len(chosen), 'clip')}"
    click.echo(f"{told}: {counted(wrong, 'failure') if wrong else 'all can be used'}")
    if wrong:
        raise click.exceptions.Exit(1)


def _phrases(clip: ClipSource) -> list[Phrase]:
    """What a clip says.

    Raises:
        click.ClickException: it cannot be played.
    """
    from gdlecture.lines import said_by  # noqa: PLC0415
    from gdlecture.voice.script import phrases_of  # noqa: PLC0415 (manim)

    try:
        return phrases_of(clip)
    except Exception as error:  # what a clip may raise is open
        raise click.ClickException(f"{clip.name}: {said_by(error)}") from error


def _has_signs(phrase: Phrase) -> bool:
    """Whether anything in it is not written in words."""
    letters = [
        "".join(filter(str.isalnum, text)).casefold() for text in (phrase.text, phrase.words)
    ]
    return letters[0] != letters[1]
