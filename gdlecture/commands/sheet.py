"""`lecture sheet`: a finished clip as one picture."""

from __future__ import annotations

from pathlib import Path

import click

from gdlecture import catalogue
from gdlecture.catalogue import UnknownClipError
from gdlecture.commands.arguments import FinishedClip, examples, out_option, scenes_option
from gdlecture.dist import BESIDE, VIDEOS, Dist, DistError, write_whole


@click.command(
    epilog=examples(
        "lecture sheet learning_rate",
        "lecture sheet newton --frames 40 -o newton.png",
        "lecture sheet my.mp4",
    )
)
@click.argument("clip", type=FinishedClip())
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The picture's file.  [default: sheets/CLIP.png in the folder of --out]",
)
@click.option(
    "--frames", type=click.IntRange(min=1), default=24, show_default=True, help="How many frames."
)
@scenes_option
@out_option
def sheet(clip: str, output: Path | None, frames: int, out: Path) -> None:
    """Lay frames of a finished clip out on one sheet, to judge it at a glance.

    CLIP is a clip's name, or a video with its evidence beside it. Frames are evenly spaced, four in
    a row, each with its time and its beat; under it is the sound until the next, and what is said.
    """
    from gdlecture.media.sheet import contact_sheet  # noqa: PLC0415 (both, and Typst)
    from gdlecture.media.sound import SoundError  # noqa: PLC0415 (FFmpeg)
    from gdlecture.media.video import MediaError  # noqa: PLC0415 (FFmpeg)
    from gdlecture.verify.evidence import EvidenceError, read_evidence  # noqa: PLC0415 (numpy)

    dist = Dist(out)
    video = _video(clip, dist)
    beside = video.with_name(f"{video.stem}.sheet.png")
    target = output or (
        dist.root / "sheets" / f"{clip}.png" if Path(clip).suffix not in VIDEOS else beside
    )
    kept = {video.with_suffix(suffix).resolve() for suffix in (*BESIDE, *VIDEOS)}
    if target.resolve() in kept:
        raise click.BadParameter(
            f"{target} is one of the clip's own files; write {beside.name}, or another name",
            param_hint="-o",
        )
    try:
        evidence = read_evidence(video.with_suffix(".json"))
        write_whole(target, contact_sheet(video, evidence, frames))
    except (EvidenceError, MediaError, SoundError, DistError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(target)


def _video(clip: str, dist: Dist) -> Path:
    """The video of a clip in the folder of finished ones, or the video itself."""
    if Path(clip).suffix in VIDEOS:
        if not Path(clip).is_file():
            raise click.ClickException(f"{clip}: there is no such video")
        return Path(clip)
    video = dist.video(clip) if clip in dist.clip_names() else None
    if video is None or not video.exists():
        try:
            catalogue.find_clip(clip)
        except UnknownClipError as error:
            raise click.BadParameter(str(error), param_hint="CLIP") from error
        video = dist.video(clip)
        raise click.ClickException(f"{video}: there is no such video; first: lecture render {clip}")
    return video
