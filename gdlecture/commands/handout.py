"""`lecture handout`: the lecture on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gdlecture.catalogue import ClipSource
from gdlecture.commands.arguments import ClipName, examples, out_option, scenes_option
from gdlecture.commands.gallery import shown
from gdlecture.commands.outcome import finish, outcome
from gdlecture.dist import Dist
from gdstage.look.rounding import counted

if TYPE_CHECKING:
    from gdlecture.handout.build import Handout


@click.command(
    epilog=examples(
        "lecture handout                                of all clips in dist/",
        "lecture handout learning_rate sauna_descent    of just these, in this order",
    )
)
@click.argument("clips", metavar="[CLIP]...", nargs=-1, type=ClipName())
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Clips drawn at a time.  [default: one a core]",
)
@scenes_option
@out_option
def handout(clips: tuple[ClipSource, ...], jobs: int | None, out: Path) -> None:
    """Make handout.pdf of finished clips: two beats a page, with what is said and room for notes.

    It is drawn with vectors, in the light theme, whatever the films are. stills/CLIP.pdf has the
    pictures alone, a page a beat, for slides. Once there is one, `lecture render` of the whole
    lecture keeps it up to date; what has not changed is not drawn again.
    """
    from gdlecture.handout.build import build_handout  # noqa: PLC0415 (manim)
    from gdlecture.render.pool import cores  # noqa: PLC0415 (multiprocessing)

    dist, names = Dist(out), [clip.name for clip in clips]

    def build() -> Handout:
        return build_handout(
            dist, names, jobs=jobs or cores(), tell=lambda line: click.echo(line, err=True)
        )

    line, done = printed(build)
    if not done:
        raise click.ClickException(line)
    if not finish([(line, True), shown(dist)]):
        raise click.exceptions.Exit(1)


def printed(build: Callable[[], Handout]) -> tuple[str, bool]:
    """Make the handout, and say in one line what became of it, and whether there is one now."""
    from gdlecture.dist import DistError  # noqa: PLC0415
    from gdlecture.handout.build import PDF, HandoutError  # noqa: PLC0415 (manim)

    def make() -> str:
        done = build()
        told = f"{counted(done.pictures, 'picture')} of {counted(done.clips, 'clip')}"
        same = ", unchanged" if done.unchanged else ""
        return f"{told}, {done.size / 1e6:.1f} MB{same}"

    return outcome(PDF, make, DistError, HandoutError)
