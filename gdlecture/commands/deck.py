"""`lecture deck`: the clips as slides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gdlecture.catalogue import ClipSource
from gdlecture.commands.arguments import ClipName, examples, out_option, scenes_option
from gdlecture.commands.gallery import shown
from gdlecture.commands.outcome import finish
from gdlecture.dist import Dist, DistError
from gdlecture.manifest import POSTERS
from gdstage.look.rounding import counted

if TYPE_CHECKING:
    from gdlecture.deck.build import Deck


@click.command(
    epilog=examples(
        "lecture deck                                 of all clips in dist/",
        "lecture deck learning_rate sauna_descent     of just these, in this order",
        "lecture deck --one-file                      deck.html alone, to be mailed",
    )
)
@click.argument("clips", metavar="[CLIP]...", nargs=-1, type=ClipName())
@click.option("--one-file", is_flag=True, help="Put films, pictures and scripts inside deck.html.")
@click.option(
    "--poster",
    type=click.Choice(POSTERS),
    default="last",
    show_default=True,
    help="Picture of a film in deck.pptx: its last is good on paper; its first does not show the "
    "end for a moment before PowerPoint plays.",
)
@scenes_option
@out_option
def deck(clips: tuple[ClipSource, ...], one_file: bool, poster: str, out: Path) -> None:  # noqa: FBT001
    """Make slides of finished clips: one a beat, played on arrival, held on the last frame.

    deck.html shows them in any browser, without a network: arrow keys or swipes, S for the
    presenter's view, Esc for all of them, R to play again, ?print-pdf to print. deck.pptx is the
    same for PowerPoint and Keynote; slides/ is for manim-slides. Captions are the notes. Nothing
    is encoded again.
    """
    from gdlecture.deck.build import build_deck  # noqa: PLC0415 (FFmpeg, python-pptx)

    dist = Dist(out)

    def build() -> Deck:
        return build_deck(dist, [clip.name for clip in clips], one_file=one_file, poster=poster)

    lines, done = slides_told(dist, build)
    if not done:
        raise click.ClickException(lines[0])
    if not finish([*((line, True) for line in lines), shown(dist)]):
        raise click.exceptions.Exit(1)


def slides_told(dist: Dist, build: Callable[[], Deck]) -> tuple[list[str], bool]:
    """Build the slides, and say in lines what became of it, and whether there are slides now."""
    from gdlecture.deck.build import HTML  # noqa: PLC0415 (FFmpeg, python-pptx)
    from gdlecture.deck.slides import DeckError  # noqa: PLC0415 (the same)
    from gdlecture.media.video import MediaError  # noqa: PLC0415 (FFmpeg)
    from gdlecture.verify.evidence import EvidenceError  # noqa: PLC0415 (numpy)

    try:
        done = build()
    except (DeckError, DistError, EvidenceError, MediaError) as error:
        return [str(error)], False
    except OSError as error:
        why = error.strerror or error
        return [f"the deck cannot be written in {dist.root}: {why}"], False
    told = f"{counted(done.slides, 'slide')} of {counted(len(done.clips), 'clip')}"
    same = ", unchanged" if done.unchanged else ""
    return [
        f"{dist.root / name}{' with deck/' if name == HTML and not done.one_file else ''}: "
        f"{told}, {size / 1e6:.1f} MB{same}"
        for name, size in done.sizes.items()
    ], True
