"""`lecture gather`: what several machines rendered, in one folder."""

from __future__ import annotations

from pathlib import Path

import click

from gdlecture.commands.arguments import examples, out_option
from gdlecture.dist import Dist, DistError
from gdstage.look.rounding import counted


@click.command(epilog=examples("lecture gather parts", "lecture gather parts --out handout"))
@click.argument("parts", type=click.Path(exists=True, file_okay=False, path_type=Path))
@out_option
def gather(parts: Path, out: Path) -> None:
    """Gather finished clips: PARTS is a folder of folders, each of which a render has left.

    A clip of which a file is missing or spoilt is told on one line, and not taken.
    """
    dist = Dist(out)
    taken, failures = 0, []
    try:
        dist.prepare()
    except DistError as error:
        raise click.ClickException(str(error)) from error
    if trouble := dist.trouble():
        click.echo(f"{trouble}; it is made anew", err=True)
    for part in sorted(path.parent for path in parts.glob("*/manifest.json")):
        source = Dist(part)
        try:
            names = sorted(source.manifest()["clips"])
        except DistError as error:
            failures.append(str(error))
            continue
        for name in names:
            try:
                dist.publish(source.load(name))
                taken += 1
            except DistError as error:
                failures.append(str(error))
    if not taken and not failures:
        failures.append(f"{parts}: there is no folder in it that a render has left")
    for failure in failures:
        click.echo(failure, err=True)
    click.echo(f"{counted(taken, 'clip')} gathered in {dist.clips}")
    if failures or not taken:
        raise click.exceptions.Exit(1)
