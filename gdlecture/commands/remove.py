"""`lecture remove`: finished clips out of their folder."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import click

from gdlecture.commands.arguments import FinishedClip, examples, out_option
from gdlecture.commands.gallery import shown
from gdlecture.commands.join import joined
from gdlecture.commands.outcome import finish
from gdlecture.commands.products import on_paper, slides
from gdlecture.dist import Dist, DistError


@click.command(
    epilog=examples(
        "lecture remove old_clip",
        "lecture remove descend_x_pow_2 old_clip --out handout",
    )
)
@click.argument("clips", nargs=-1, required=True, type=FinishedClip(), metavar="CLIP...")
@out_option
def remove(clips: tuple[str, ...], out: Path) -> None:
    """Remove finished clips: those whose scene is gone or has another name, or that are not wanted.

    CLIP is the name of a clip in the folder of --out, whose video, captions, poster and evidence
    go; a scene's source stays. What was made of the clips (film, slides, handout, page) is made
    again without it.
    """
    dist = Dist(out)
    try:
        known = {*dist.manifest()["clips"], *dist.clip_names()}
        for name in clips:
            if name not in known:
                raise click.BadParameter(_unknown(name, known, dist), param_hint="CLIP")
        for name in dict.fromkeys(clips):
            dist.remove(name)
            click.echo(f"{name}: removed from {dist.clips}")
        made = finish(_made_again(dist))
    except DistError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"cannot write in {out}: {error.strerror or error}") from error
    if not made:
        raise click.exceptions.Exit(1)


def _unknown(name: str, known: set[str], dist: Dist) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"there is no clip {name!r} in {dist.clips}{hint}"


def _made_again(dist: Dist) -> Iterator[tuple[str, bool]]:
    """Make what is there of film, slides and page without the clips that went, or remove it."""
    from gdlecture.gallery.check import has_gallery  # noqa: PLC0415 (sympy)
    from gdlecture.gallery.page import PAGE  # noqa: PLC0415 (sympy)
    from gdlecture.media.joining import SET, joined_clips  # noqa: PLC0415 (FFmpeg)

    manifest = dist.manifest()
    with dist.writing() as parts:
        if not joined_clips(manifest):
            dist.remove_set(SET, parts)
        if not manifest["clips"]:
            dist.remove_set("deck", parts)
            dist.remove_set("handout", parts)
            dist.remove_page(PAGE, parts)
    manifest = dist.manifest()
    if SET in manifest:
        yield joined(dist)
    if "deck" in manifest:
        yield from slides(dist)
    if "handout" in manifest:
        yield on_paper(dist)
    if has_gallery(dist, manifest):
        yield shown(dist)
