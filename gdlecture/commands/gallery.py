"""`lecture gallery`: a page to look at the clips."""

from __future__ import annotations

from pathlib import Path

import click

from gdlecture.commands.arguments import examples, out_option
from gdlecture.commands.outcome import outcome
from gdlecture.dist import Dist
from gdstage.look.rounding import counted


@click.command(epilog=examples("lecture gallery", "lecture gallery --out handout"))
@out_option
def gallery(out: Path) -> None:
    """Make index.html: every clip with its player, its words and its numbers.

    The page stands beside the clips and refers to them; it needs neither a server nor a network.
    It links to the slides and to the explorer where they are there. `lecture render` makes it too
    when it ends.
    """
    line, done = shown(Dist(out))
    if not done:
        raise click.ClickException(line)
    click.echo(line)


def shown(dist: Dist) -> tuple[str, bool]:
    """Make the page, and say in one line what became of it, and whether there is one now."""
    from gdlecture.dist import DistError  # noqa: PLC0415
    from gdlecture.gallery.page import PAGE, write_gallery  # noqa: PLC0415 (sympy)
    from gdlecture.verify.evidence import EvidenceError  # noqa: PLC0415 (numpy)

    def make() -> str:
        done = write_gallery(dist)
        if done is None:
            raise DistError("not made: there are no clips")
        return counted(done.clips, "clip") + (", unchanged" if done.unchanged else "")

    return outcome(PAGE, make, DistError, EvidenceError)
