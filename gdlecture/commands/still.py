"""`lecture still`: the last picture of a beat, for slides and paper."""

from __future__ import annotations

from pathlib import Path

import click

from gdlecture.catalogue import ClipSource
from gdlecture.commands.arguments import (
    ClipName,
    examples,
    quality_option,
    scenes_option,
    shape_option,
)
from gdlecture.dist import DistError, write_whole
from gdlecture.render.shapes import can_draw
from gdlecture.render.work import RenderError, RenderRequest
from gdlecture.settings import THEMES, Settings


@click.command(
    epilog=examples(
        "lecture still learning_rate -o rates.pdf               the last beat",
        "lecture still learning_rate 3 --theme light -o 3.svg   the third",
        'lecture still slicing "y is held still" -o cut.png     the one of this title',
        "lecture still slicing --all --theme light -o s.pdf     a page a beat",
        "lecture still local_minima --shape 9:16 -o tall.png    upright",
    )
)
@click.argument("clip", type=ClipName(), metavar="CLIP|FILE.py")
@click.argument("beat", required=False, metavar="[BEAT]")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="A .pdf or .svg of vectors, or a .png.",
)
@click.option("--all", "all_of_it", is_flag=True, help="A PDF with a page for each beat.")
@click.option("--theme", type=click.Choice(THEMES), default="dark", show_default=True)
@shape_option
@quality_option("Of a PNG: 480, 720, 1080, 1440 or 2160 pixels along its shorter side.")
@click.option("--transparent", is_flag=True, help="No ground behind the figures.")
@scenes_option
def still(  # noqa: PLR0917 (click passes them by name)
    clip: ClipSource,
    beat: str | None,
    output: Path,
    all_of_it: bool,  # noqa: FBT001 (a flag of the command)
    theme: str,
    shape: str,
    quality: str,
    transparent: bool,  # noqa: FBT001 (a flag of the command)
) -> None:
    """Draw the last picture of a beat: of BEAT, its number from 1 or its title, or of the last.

    The clip is played without a film, which takes seconds. A PDF and an SVG are vectors of any
    size; their words can be searched and copied, and a PDF has their font in it.
    """
    can_draw(shape)  # this process draws, once it has chosen so
    from gdlecture.still.taking import KINDS, NoBeatError, take_all, take_still  # noqa: PLC0415 (manim)

    kind = output.suffix.lower()
    if kind not in KINDS:
        raise click.BadParameter(
            f"{output}: a still is a {', '.join(KINDS[:-1])} or {KINDS[-1]}", param_hint="-o"
        )
    if all_of_it and (beat is not None or kind != ".pdf"):
        raise click.UsageError("--all is for a .pdf, and without a BEAT")
    # Vectors are drawn as for 1080p, in which breadths of lines and cuts are chosen.
    settings = Settings(quality if kind == ".png" else "h", theme, shape=shape)
    request = RenderRequest.of(clip, settings)
    try:
        if all_of_it:
            pages = take_all(request, transparent=transparent)
            told, data = f"{clip.name}, beats 1 to {len(pages.words)}", pages.pdf
        else:
            number, data = take_still(request, beat, kind, transparent=transparent)
            told = f"{clip.name}, beat {number}"
        write_whole(output, data)
    except NoBeatError as error:
        raise click.BadParameter(str(error), param_hint="BEAT") from error
    except (RenderError, DistError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{output}: {told}, {len(data) / 1e3:.0f} kB")
