"""Arguments that several subcommands take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from gdlecture import catalogue
from gdlecture.catalogue import ClipSource, UnknownClipError
from gdlecture.settings import QUALITIES, SHAPES

Function = TypeVar("Function", bound=Callable[..., Any])


class WrongArgumentError(click.ClickException):
    """An argument that cannot be used: one line, and the exit code of wrong usage."""

    exit_code = 2


class ClipName(click.ParamType):
    """The name of a clip, or its file; a wrong one is wrong usage, and the nearest is suggested."""

    name = "clip"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> ClipSource:
        """The clip of that name, or in that file."""
        if isinstance(value, ClipSource):
            return value
        try:
            return catalogue.find_clip(value)
        except UnknownClipError as error:
            self.fail(str(error), param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The clips that begin with what is typed."""
        del ctx, param
        return [
            CompletionItem(clip.name, help=clip.description)
            for clip in catalogue.clips()
            if clip.name.startswith(incomplete)
        ]


class FinishedClip(ClipName):
    """The name of a clip, or a video's path; whether there is such a one is seen later."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The name as it is."""
        del param, ctx
        return value


def examples(*lines: str) -> str:
    """The end of a command's help; what click is told first keeps it from joining the lines."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


def known_clips() -> list[ClipSource]:
    """All clips, of which there are some.

    Raises:
        click.ClickException: there is none.
    """
    found = catalogue.clips()
    if not found:
        raise click.ClickException(
            f"{catalogue.folder()}: there are no clips; `lecture new` makes a folder with one"
        )
    return found


def _take_clips_from(context: click.Context, _: click.Parameter, folder: Path | None) -> None:
    if folder is not None:
        context.with_resource(catalogue.clips_in(folder))


scenes_option = click.option(
    "--scenes",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    callback=_take_clips_from,
    expose_value=False,
    is_eager=True,  # names of clips are looked up in it
    metavar="DIR",
    help="Folder of the clips' sources.  [default: scenes here, or else the lecture's own]",
)


def quality_option(told: str) -> Callable[[Function], Function]:
    """The option `--quality`, of which this is told."""
    return click.option(
        "-q",
        "--quality",
        type=click.Choice(list(QUALITIES)),
        default="h",
        show_default=True,
        help=told,
    )


shape_option = click.option(
    "--shape",
    type=click.Choice(SHAPES),
    default="16:9",
    show_default=True,
    envvar="GDLECTURE_SHAPE",
    help="Of the frame: a layout of its own in each. 1080p is 1440×1080, 1080×1080 or 1080×1920.",
)

out_option = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("dist"),
    show_default=True,
    help="Folder of the finished clips.",
)
