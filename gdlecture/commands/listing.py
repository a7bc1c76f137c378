"""`lecture list`: the clips, in the order of the lecture."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import click

from gdlecture.catalogue import ClipSource
from gdlecture.commands.arguments import examples, known_clips, out_option, scenes_option
from gdlecture.dist import Dist
from gdlecture.lines import one_line


@click.command(name="list", epilog=examples("lecture list", "lecture list --scenes ../talk/scenes"))
@click.option(
    "--matrix", is_flag=True, help='Print one line for a CI matrix instead: names=["CLIP", …].'
)
@scenes_option
@out_option
def list_clips(out: Path, matrix: bool) -> None:  # noqa: FBT001 (a flag of the command)
    """List the clips, in the order of the lecture.

    The seconds are those of the video in --out; "-" if it is not rendered yet.
    """
    clips = known_clips()
    if matrix:
        click.echo(f"names={json.dumps(_names_for_ci(clips))}")
        return
    dist = Dist(out)
    durations = dist.durations()
    width = max((len(clip.name) for clip in clips), default=0)
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else sys.maxsize
    room = columns - width - 12
    for clip in clips:
        seconds = f"{durations[clip.name]:.1f} s" if clip.name in durations else "-"
        click.echo(f"{clip.name:<{width}}  {seconds:>8}  {_shortened(clip.description, room)}")
    if trouble := dist.trouble():
        raise click.ClickException(trouble)


def _names_for_ci(clips: list[ClipSource]) -> list[str]:
    """The names of clips, which go into commands and keys elsewhere: they must be plain."""
    for clip in clips:
        if not clip.name.isidentifier():
            raise click.ClickException(
                f"{one_line(clip.path.name)}: a clip's file has the name of a Python module, such "
                "as my_clip.py: letters, digits and underscores"
            )
    return [clip.name for clip in clips]


def _shortened(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(room - 1, 0)].rstrip() + "…"
