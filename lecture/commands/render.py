"""`lecture render`: clips into the folder of finished ones."""

from __future__ import annotations

import time
from pathlib import Path

import click

from lecture import catalogue
from lecture.catalogue import ClipSource
from lecture.commands.arguments import ClipName, counted, examples, out_option
from lecture.dist import Dist, DistError
from lecture.settings import QUALITIES, THEMES, Settings
from lecture.work import RenderRequest


@click.command(
    epilog=examples(
        "lecture render",
        "lecture render learning_rate -q l",
        "lecture render --theme light --out handout",
    )
)
@click.argument("clips", nargs=-1, type=ClipName(), metavar="[CLIP]...")
@click.option(
    "-q",
    "--quality",
    type=click.Choice(list(QUALITIES)),
    default="h",
    show_default=True,
    help="480p15, 720p30, 1080p60, 1440p60 or 2160p60, by manim's letters.",
)
@click.option("--theme", type=click.Choice(THEMES), default="dark", show_default=True)
@out_option
def render(clips: tuple[ClipSource, ...], quality: str, theme: str, out: Path) -> None:
    """Render clips: all of the lecture, or those that are named.

    Each leaves CLIP.mp4, its captions (.srt, .vtt), a poster (.png) and its evidence (.json) in
    clips/, and is entered in manifest.json. A clip that fails is told on one line; the others
    are rendered all the same.
    """
    dist = Dist(out)
    try:
        dist.prepare()
    except DistError as error:
        raise click.ClickException(str(error)) from error
    from lecture.production import produce  # noqa: PLC0415 (manim takes a second to import)
    from lecture.progress import RenderProgress  # noqa: PLC0415 (so does rich, nearly)

    settings = Settings.of(quality, theme)
    chosen = list(dict.fromkeys(clips)) or catalogue.clips()
    requests = [RenderRequest.of(clip, settings) for clip in chosen]
    began = time.perf_counter()
    with RenderProgress([clip.name for clip in chosen], dist.durations()) as progress:
        there, missing = produce(requests, dist, progress)
    wall = time.perf_counter() - began
    seconds = sum(clip.duration for clip in there)
    failed = f"; failed: {', '.join(missing)}" if missing else ""
    click.echo(
        f"{counted(len(there), 'clip')} ({seconds:.1f} s of video) in {wall:.1f} s, "
        f"in {dist.clips}{failed}"
    )
    if missing:
        raise click.exceptions.Exit(1)
