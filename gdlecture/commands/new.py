"""`lecture new`: a folder to begin a course of one's own in."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from gdlecture.commands.arguments import WrongArgumentError, examples


@click.command(
    epilog=examples(
        "lecture new my-course",
        "cd my-course && lecture render -q l && lecture verify",
    )
)
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Make FOLDER, with a clip, a test, a workflow and a README that work as they are.

    In it `lecture` finds the clips in scenes/, `pytest` renders and proves each of them, and
    `manim -pql scenes/first_step.py` plays one. A folder that is there must be empty.
    """
    from gdlecture.new.making import NewError, make_course  # noqa: PLC0415 (Jinja)

    try:
        written = make_course(folder)
    except NewError as error:
        raise WrongArgumentError(str(error)) from error
    click.echo(f"{folder}: {', '.join(written)}")
    click.echo(f"next: cd {shlex.quote(str(folder))} && lecture render -q l && lecture verify")
