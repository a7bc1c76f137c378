"""`lecture verify`: prove that finished clips show what they claim."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from gdlecture.commands.arguments import examples, out_option
from gdlecture.dist import Dist, DistError
from gdstage.look.rounding import counted


@click.command(
    epilog=examples("lecture verify", "lecture verify --out handout", "lecture verify my.mp4")
)
@click.argument(
    "place",
    metavar="[DIST|VIDEO]",
    required=False,
    type=click.Path(exists=True, path_type=Path),
)
@out_option
@click.pass_context
def verify(context: click.Context, place: Path | None, out: Path) -> None:
    """Read finished clips back, and fail if anything they show is not true.

    Every walk in the evidence is taken again with gdmath and must be the same to the last bit;
    every dot is looked for in the decoded video and must be within 1.5 px (at 1080p) of where
    its iterate is; captions must be readable and as the beats say; files must be whole; and the
    joined lecture must hold the clips' very pictures, their captions, and a chapter for each. A
    gallery must be that of these clips. Of a single VIDEO, the files beside it are read.
    """
    if place is not None and context.get_parameter_source("out") is ParameterSource.COMMANDLINE:
        raise click.UsageError(f"either {place} or --out {out}, not both")
    place = place or out
    if not place.exists():
        raise click.ClickException(f"{place}: there is no such folder; first: lecture render")
    # Sympy takes half a second to import.
    from gdlecture.verify.verify import verify_clip, verify_dist  # noqa: PLC0415

    reports = []
    try:
        for report in (
            verify_dist(Dist(place))
            if place.is_dir()
            else [verify_clip(place, place.with_suffix(".json"))]
        ):
            reports.append(report)
            for failure in report.failures:
                click.echo(f"{report.clip}: {failure}", err=True)
            if report.kind != "clip":
                name = "lecture.mp4" if report.kind == "film" else report.clip
                click.echo(f"{name}: {'FAILED' if report.failures else 'true'}")
                continue
            off = f" and {report.off_screen} off screen" if report.off_screen else ""
            click.echo(
                f"{report.clip}: {'FAILED' if report.failures else 'true'}: "
                f"{counted(report.marks, 'mark')}{off}, at most {report.worst:.2f} px off "
                f"({report.limit:.2f} allowed), {counted(report.walks, 'walk')}, "
                f"{counted(report.beats, 'beat')}"
            )
    except DistError as error:
        raise click.ClickException(str(error)) from error
    failures = sum(len(report.failures) for report in reports)
    click.echo(
        f"{counted(sum(report.kind == 'clip' for report in reports), 'clip')}, "
        f"{counted(sum(report.marks for report in reports), 'mark')}, "
        f"{counted(sum(report.walks for report in reports), 'walk')}: "
        + (counted(failures, "failure") if failures else "all true")
    )
    if failures:
        raise click.exceptions.Exit(1)
