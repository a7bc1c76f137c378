"""`lecture figures`: a page of all that clips are drawn with."""

from __future__ import annotations

from pathlib import Path

import click

from gdlecture.commands.arguments import examples, out_option
from gdstage.look.rounding import counted


@click.command(epilog=examples("lecture figures", "lecture figures --out handout"))
@out_option
def figures(out: Path) -> None:
    """Make figures.html: every figure of the visual vocabulary beside the lines that draw it.

    One file that needs no network, in a dark and in a light theme. The lines are files that run:
    copy them into a clip of your own.
    """
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    from gdlecture.dist import DistError  # noqa: PLC0415
    from gdlecture.figures.example import examples as all_examples  # noqa: PLC0415
    from gdlecture.figures.page import PAGE, write_figures  # noqa: PLC0415 (manim)

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"cannot write in {out}: {error.strerror}") from error
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("drawing", total=len(all_examples()))
        try:
            count = write_figures(out, lambda: bar.advance(task))
        except DistError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{out / PAGE}: {counted(count, 'figure')}")
