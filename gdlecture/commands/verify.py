"""`lecture verify`: prove that finished clips show what they claim."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from gdlecture.commands.arguments import examples, out_option
from gdlecture.commands.render import stopped_by_signals
from gdlecture.dist import Dist, DistError
from gdlecture.render.pool import cores

if TYPE_CHECKING:
    from gdlecture.verify.report import Report


class ReportPath(click.Path):
    """Where the page of a report goes: nothing but an .html file, in a folder that can be there."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, if a page can be written there as far as can be seen."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if path.suffix != ".html":
            self.fail(f"{path}: the report is a page; write {path.stem or 'report'}.html", param)
        folder = path.absolute().parent
        while not folder.exists():
            folder = folder.parent
        if not folder.is_dir():
            self.fail(f"cannot write {path}: {folder} is no folder", param)
        return path


@click.command(
    epilog=examples(
        "lecture verify",
        "lecture verify --out handout --report handout.html",
        "lecture verify my.mp4 --report my.html",
        "lecture verify media/videos/my_clip/480p15/MyClip.mp4",
    )
)
@click.argument(
    "place",
    metavar="[DIST|VIDEO]",
    required=False,
    type=click.Path(exists=True, path_type=Path),
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Clips verified at a time.  [default: one a core]",
)
@click.option(
    "--report",
    "page",
    type=ReportPath(dir_okay=False, writable=True),
    metavar="FILE.html",
    help="Also write a page of what was checked, with pictures of what failed.",
)
@out_option
@click.pass_context
def verify(
    context: click.Context, place: Path | None, jobs: int | None, page: Path | None, out: Path
) -> None:
    """Read finished clips back, and fail if anything they show is not true.

    Every walk in the evidence is taken again with gdmath and must be the same to the last bit.
    Every claim is looked for in the decoded video: numbers, formulas and words, lines, points,
    areas and dots must be there, where their values are, within 1.5 px (at 1080p); and claims must
    account for the ink. Captions must be readable and as the beats say; files must be whole; and
    the joined lecture must hold the clips' very pictures, dissolves between them, their captions,
    and a chapter for each.
    A gallery must be that of these clips; it then shows what was proved, from proof.json. Of a
    single VIDEO, the files beside it are read; it may be one that plain manim left. What is taught
    in words, not proved, is counted; its words are told for a VIDEO, and on the page of --report.
    """
    if place is not None and context.get_parameter_source("out") is ParameterSource.COMMANDLINE:
        raise click.UsageError(f"either {place} or --out {out}, not both")
    place = place or out
    if not place.exists():
        raise click.ClickException(f"{place}: there is no such folder; first: lecture render")
    # Sympy takes half a second to import.
    from gdlecture.report.page import write_report  # noqa: PLC0415
    from gdlecture.report.telling import total  # noqa: PLC0415

    try:
        with stopped_by_signals("stopped; nothing is proved"):
            reports = list(_told(_reports(place, jobs, pictures=page is not None), place))
            if place.is_dir():
                _keep(Dist(place), reports)
            if page is not None:
                write_report(page, reports, of=place.name or str(place))
    except DistError as error:
        raise click.ClickException(str(error)) from error
    if page is not None:
        click.echo(f"{page}: {'all true' if all(r.is_true for r in reports) else 'what failed'}")
    click.echo(total(reports))
    if any(report.failures for report in reports):
        raise click.exceptions.Exit(1)


def _reports(place: Path, jobs: int | None, *, pictures: bool) -> Iterator[Report]:
    from gdlecture.verify.draft import video_report  # noqa: PLC0415 (sympy)
    from gdlecture.verify.verify import verify_dist  # noqa: PLC0415 (the same)

    if place.is_dir():
        yield from verify_dist(Dist(place), jobs or cores(), pictures=pictures)
    else:
        yield video_report(place, pictures=pictures)


def _told(reports: Iterable[Report], place: Path) -> Iterator[Report]:
    """The reports as they come, each told in a line; in a terminal a bar moves on."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    from gdlecture.report.telling import line  # noqa: PLC0415

    console = Console(stderr=True)
    seconds = Dist(place).durations() if place.is_dir() else {}
    with Progress(
        console=console,
        transient=True,
        disable=not console.is_terminal,
        # Else what is told would go where the bar is.
        redirect_stdout=sys.stdout.isatty(),
    ) as bar:
        task = bar.add_task("verifying", total=sum(seconds.values()) or None)
        for report in reports:
            for failure in report.failures:
                click.echo(f"{report.clip}: {failure}", err=True)
            click.echo(line(report))
            # Of a whole lecture these are many lines: its page has them.
            for said in report.taught if place.is_file() else ():
                click.echo(f"    not proved: “{said}”")
            bar.advance(task, seconds.get(report.clip, 0.0))
            yield report


def _keep(dist: Dist, reports: list[Report]) -> None:
    """Keep what was proved beside the clips, and let a sound gallery show it.

    Verifying does not fail by this: a folder may be for reading only.
    """
    from gdlecture.gallery.page import PAGE, refresh_gallery  # noqa: PLC0415 (sympy)
    from gdlecture.report.proofs import PROOF, entries_of, write_proof  # noqa: PLC0415
    from gdlecture.verify.evidence import EvidenceError  # noqa: PLC0415

    try:
        write_proof(dist, entries_of(reports))
        if any(report.clip == PAGE and report.is_true for report in reports):
            # A clip that is broken has been told already: the page stays as it is.
            with suppress(DistError, EvidenceError):
                refresh_gallery(dist)
    except OSError as error:
        click.echo(f"{PROOF}: not kept: {error.strerror or error}", err=True)
