"""`lecture render`: clips into the folder of finished ones."""

from __future__ import annotations

import shlex
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from gdlecture import catalogue
from gdlecture.catalogue import ClipSource
from gdlecture.commands.arguments import (
    ClipName,
    examples,
    known_clips,
    out_option,
    quality_option,
    scenes_option,
    shape_option,
)
from gdlecture.commands.outcome import finish
from gdlecture.commands.products import products
from gdlecture.commands.speaking import chosen_voice, voice_options
from gdlecture.dist import Dist, DistError
from gdlecture.render.memory import HEAVY, jobs_here
from gdlecture.render.patience import SECONDS, Patience
from gdlecture.render.pool import ClusterPool, LocalPool, Pool, PoolError
from gdlecture.render.work import Listener, RenderedClip, RenderRequest
from gdlecture.settings import FORMATS, SILENT, THEMES, Settings
from gdstage.look.rounding import counted


@click.command(
    epilog=examples(
        "lecture render",
        "lecture render learning_rate -q l",
        "lecture render path/to/my_clip.py",
        "lecture render --theme light --out handout",
        "lecture render --voice my_recordings",
        "lecture render newton --voice-command 'espeak-ng --stdin -w {out}'",
        "lecture render newton --format gif --out handout",
        "lecture render --scheduler tcp://10.0.0.5:8786",
    )
)
@click.argument("clips", nargs=-1, type=ClipName(), metavar="[CLIP|FILE.py]...")
@quality_option("480p15, 720p30, 1080p60, 1440p60 or 2160p60, by manim's letters.")
@click.option("--theme", type=click.Choice(THEMES), default="dark", show_default=True)
@shape_option
@click.option(
    "--format",
    "kind",
    type=click.Choice(FORMATS),
    default="mp4",
    show_default=True,
    help="webm can be transparent; a gif is small and loops.",
)
@voice_options
@click.option("--transparent", is_flag=True, help="No ground behind the figures (webm).")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Clips drawn at a time on this machine.  [default: one a core, if memory holds them]",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Draw on the workers of this Dask scheduler instead (tcp://HOST:8786).",
)
@click.option(
    "--patience",
    type=click.FloatRange(min=1),
    metavar="SECONDS",
    default=SECONDS,
    show_default=True,
    help="A clip that draws nothing for so long never ends, and is given up.",
)
@click.option("--force", is_flag=True, help="Also render what is there and unchanged.")
@scenes_option
@out_option
def render(  # noqa: PLR0917 (click passes them by name)
    clips: tuple[ClipSource, ...],
    quality: str,
    theme: str,
    shape: str,
    kind: str,
    voice: str | None,
    voice_command: str | None,
    transparent: bool,  # noqa: FBT001 (a flag of the command)
    jobs: int | None,
    scheduler: str | None,
    patience: float,
    force: bool,  # noqa: FBT001 (a flag of the command)
    out: Path,
) -> None:
    """Render clips: all of the lecture, or those that are named, or whose files are.

    A voice says what there is to say, and the pictures wait for it. Each clip leaves CLIP.mp4 (or
    .webm, or .gif: a clip has one video), its captions (.srt, .vtt), a poster (.png) and its
    evidence (.json) in clips/, and is entered in manifest.json. A clip of
    which nothing has changed, neither its sources nor settings nor package versions, is not
    rendered again. The clips are then joined, and shown on a page: see `lecture join` and
    `lecture gallery`. Of the whole lecture there are slides and an explorer too: see `lecture
    deck` and `lecture explore`. A clip that fails, or never ends, is told on one line; the others
    are rendered all the same. Of the whole lecture in another --shape there are the clips that have
    a layout in it; one line names the others.
    """
    if jobs and scheduler:
        raise click.UsageError("--jobs is for this machine, --scheduler for a cluster")
    if transparent and kind != "webm":
        raise click.UsageError("--transparent needs --format webm")
    from gdlecture.render.production import hashed_inputs, produce  # noqa: PLC0415 (rich takes a moment)
    from gdlecture.render.progress import RenderProgress  # noqa: PLC0415 (it is rich)

    speaks = _speaking(kind, voice, voice_command)
    settings = Settings(quality, theme, kind, transparent, shape, *speaks)
    chosen = _no_two_alike(list(dict.fromkeys(clips))) or known_clips()
    requests = [RenderRequest.of(clip, settings) for clip in chosen]
    dist, began = Dist(out), time.perf_counter()
    try:
        dist.prepare()
        inputs, unreadable = hashed_inputs(requests)
        kept = set() if force else dist.unchanged(inputs)
        with (
            stopped_by_signals(f"stopped; what is finished is in {dist.clips}"),
            RenderProgress([clip.name for clip in chosen], dist.durations()) as progress,
        ):
            if trouble := dist.trouble():
                progress.note(f"{trouble}; it is made anew")
            for name in (clip.name for clip in chosen if clip.name in kept):
                progress.unchanged(name)
            for name, why in unreadable.items():
                progress.failed(name, why)
            due = [request for request in requests if request.name in inputs.keys() - kept]
            there: list[RenderedClip] = []
            missing: list[str] = []
            shapeless: list[str] = []
            if due:
                watched = Patience(patience, progress.drawn)
                place = scheduler or jobs or _at_a_time(len(due), quality, progress.note)
                with drawing_place(len(due), place, watched.heard) as pool:
                    there, missing, shapeless = produce(
                        due, inputs, dist, pool, progress, patience=watched
                    )
    except (DistError, PoolError) as error:
        raise click.ClickException(str(error)) from error
    wall = time.perf_counter() - began
    seconds = sum(clip.duration for clip in there)
    same = f", {len(kept)} unchanged" if kept else ""
    # Of the whole lecture there is what has a layout; a clip that was named is missed.
    missing = [*unreadable, *missing, *(shapeless if clips else [])]
    failed = f"; failed: {', '.join(missing)}" if missing else ""
    click.echo(
        f"{counted(len(there), 'clip')} ({seconds:.1f} s of video) in {wall:.1f} s{same}, "
        f"in {dist.clips}{failed}"
    )
    _tell(shapeless, shape)
    for name in catalogue.gone(dist.durations().keys() - {clip.name for clip in chosen}):
        click.echo(
            f"{name}: is no clip here any more; to take it out: {removal(name, out)}", err=True
        )
    made = finish(products(dist, film=kind == "mp4", all_of_it=not clips))
    if missing or not made:
        raise click.exceptions.Exit(1)


def _tell(shapeless: list[str], shape: str) -> None:
    """Say on one line which clips have no layout in a shape, if there are any."""
    if shapeless:
        click.echo(f"no layout in {shape} yet, so not drawn: {', '.join(shapeless)}", err=True)


def _speaking(kind: str, voice: str | None, command: str | None) -> tuple[str, str]:
    """The voice and the command that speak; what the lecture brings of its own can be used.

    Raises:
        click.ClickException: it cannot.
    """
    from gdstage.look.brand import BrandError, brand_at  # noqa: PLC0415 (numpy takes a moment)

    try:
        brand_at(catalogue.folder())
        chosen = chosen_voice(voice, command, catalogue.folder())
    except BrandError as error:
        raise click.ClickException(str(error)) from error
    return (SILENT, "") if kind == "gif" else chosen  # in which there is no sound


def removal(name: str, out: Path) -> str:
    """The command that takes a clip out of a folder, ready to be typed."""
    words = ["lecture", "remove", name, *([] if out == Path("dist") else ["--out", str(out)])]
    return shlex.join(words)


def _no_two_alike(chosen: list[ClipSource]) -> list[ClipSource]:
    """The clips, which would take each other's place if two had one name.

    Raises:
        click.UsageError: two have.
    """
    paths = {clip.name: clip.path for clip in chosen}
    for clip in chosen:
        if clip.path != paths[clip.name]:
            raise click.UsageError(
                f"{clip.path} and {paths[clip.name]} have one name; render one of them, or each "
                "into an --out of its own"
            )
    return chosen


def _at_a_time(clips: int, quality: str, tell: Callable[[str], None]) -> int:
    """How many clips to draw side by side on this machine; it is told when memory makes it few."""
    jobs, fewer = jobs_here(quality)
    if fewer and clips > jobs:
        tell(fewer)
    return jobs


@contextmanager
def drawing_place(clips: int, place: str | int, listener: Listener) -> Iterator[Pool]:
    """So many processes, or the cluster of a scheduler's address, that draw.

    What they are at when this ends is dropped.
    """
    pool: Pool
    if isinstance(place, str):
        pool = ClusterPool(place, listener)
    else:
        pool = LocalPool(min(clips, place), listener, heavy=HEAVY)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def stopped_by_signals(left: str) -> Iterator[None]:
    """Ctrl-C and a polite kill end the command at once, and tell what is `left`."""

    def stop(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_IGN)
        raise Stopped(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except Stopped as stopped:
        click.echo(left, err=True)
        raise click.exceptions.Exit(128 + stopped.number) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Stopped(BaseException):
    """A signal asked to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
