"""The `lecture` command."""

from __future__ import annotations

import click

from gdlecture.commands.arguments import examples
from gdlecture.commands.deck import deck
from gdlecture.commands.descend import descend
from gdlecture.commands.explore import explore
from gdlecture.commands.figures import figures
from gdlecture.commands.gallery import gallery
from gdlecture.commands.gather import gather
from gdlecture.commands.handout import handout
from gdlecture.commands.join import join
from gdlecture.commands.listing import list_clips
from gdlecture.commands.new import new
from gdlecture.commands.remove import remove
from gdlecture.commands.render import render
from gdlecture.commands.sheet import sheet
from gdlecture.commands.still import still
from gdlecture.commands.verify import verify
from gdlecture.commands.voice import voice


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples(
        "lecture list                        which clips there are",
        "lecture render                      all clips at 1080p60 into dist/",
        "lecture render learning_rate -q l   one clip, quickly",
        "lecture sheet learning_rate         the whole clip at a glance",
        "lecture voice record learning_rate  what to read, for a voice of your own",
        "lecture verify                      read everything in dist/ back",
        "lecture new my-course               a folder for clips of your own",
    ),
)
@click.version_option(package_name="gradient-lecture", message="lecture %(version)s")
def main() -> None:
    """Make the lecture on gradient descent: render its clips and prove them true.

    Exit codes: 0 done; 1 something failed, said on one line each; 2 wrong usage.
    """


for command in (
    deck, descend, explore, figures, gallery, gather, handout, join, list_clips, new, remove,
    render, sheet, still, verify, voice,
):  # fmt: skip
    main.add_command(command)

if __name__ == "__main__":
    main(prog_name="lecture")
