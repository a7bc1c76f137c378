"""`lecture sheet`: a finished clip as one picture."""

from __future__ import annotations

from pathlib import Path

import click

from lecture.catalogue import ClipSource
from lecture.commands.arguments import ClipName, examples, out_option
from lecture.dist import Dist, DistError, write_whole


@click.command(
    epilog=examples("lecture sheet learning_rate", "lecture sheet newton --frames 40 -o newton.png")
)
@click.argument("clip", type=ClipName())
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The picture's file.  [default: sheets/CLIP.png in the folder of --out]",
)
@click.option(
    "--frames", type=click.IntRange(min=1), default=24, show_default=True, help="How many frames."
)
@out_option
def sheet(clip: ClipSource, output: Path | None, frames: int, out: Path) -> None:
    """Lay frames of a finished clip out on one sheet, to judge it at a glance.

    Frames are evenly spaced, four in a row, each with its time and its beat.
    """
    from lecture.evidence import EvidenceError, read_evidence  # noqa: PLC0415 (numpy)
    from lecture.media import MediaError  # noqa: PLC0415 (FFmpeg)
    from lecture.sheet import contact_sheet  # noqa: PLC0415 (both, and Typst)

    dist = Dist(out)
    video = dist.video(clip.name)
    if not video.exists():
        raise click.ClickException(
            f"{video}: there is no such video; first: lecture render {clip.name}"
        )
    target = output or dist.root / "sheets" / f"{clip.name}.png"
    try:
        evidence = read_evidence(video.with_suffix(".json"))
        write_whole(target, contact_sheet(video, evidence, frames))
    except (EvidenceError, MediaError, DistError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(target)
