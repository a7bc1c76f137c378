"""`lecture join`: the clips as one video."""

from __future__ import annotations

from pathlib import Path

import click

from gdlecture.commands.arguments import examples, out_option
from gdlecture.commands.outcome import outcome
from gdlecture.dist import Dist
from gdstage.look.rounding import counted


@click.command(epilog=examples("lecture join", "lecture join --out handout"))
@out_option
def join(out: Path) -> None:
    """Join finished clips to one video, in the order of the lecture.

    No clip is encoded again; between two of them stands a short dissolve. lecture.mp4 has a
    chapter a clip and the captions as a track; lecture.vtt and transcript.md say the same.
    `lecture render` does this too when it ends.
    """
    line, done = joined(Dist(out))
    if not done:
        raise click.ClickException(line)
    click.echo(line)


def joined(dist: Dist) -> tuple[str, bool]:
    """Join, and say in one line what became of it, and whether there is a lecture now."""
    from gdlecture.dist import DistError  # noqa: PLC0415
    from gdlecture.media.joining import FILES, JoinError, join_lecture  # noqa: PLC0415 (FFmpeg)
    from gdlecture.media.video import MediaError  # noqa: PLC0415 (the same)
    from gdlecture.verify.evidence import EvidenceError  # noqa: PLC0415 (numpy)

    def make() -> str:
        done = join_lecture(dist)
        if done is None:
            raise JoinError("not joined: there are no clips of the lecture")
        same = ", unchanged" if done.unchanged else ""
        return f"{counted(done.clips, 'clip')}, {done.duration:.1f} s{same}"

    return outcome(FILES[0], make, JoinError, DistError, EvidenceError, MediaError)
