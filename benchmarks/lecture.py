"""How long the whole lecture takes, beside how long it plays, and how much of that is encoding.

    python benchmarks/lecture.py [--json] [-q h] [--jobs N] [CLIP]...

Runs `lecture render --force` into an empty folder, all clips unless some are named, and takes its
time by the clock: start-up, joining and hashing count. `encode_only_s` is what encoding the same
pictures takes by itself: the finished clips are decoded, sixty frames at a time, and only
the encoding of those frames, with the same options, is timed. JSON keys: `video_s`,
`wall_s`, `encode_only_s`.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import av
import click

# This file has the package's name, and Python looks beside it first.
sys.path[:] = [place for place in sys.path if Path(place).resolve() != Path(__file__).parent]

from gdlecture.dist import Dist  # noqa: E402
from gdlecture.media.video import all_frames, video_facts  # noqa: E402
from gdlecture.settings import QUALITIES  # noqa: E402
from gdstage.studio import ENCODER  # noqa: E402


def render(out: Path, quality: str, jobs: int | None, clips: list[str]) -> float:
    command = [sys.executable, "-m", "gdlecture", "render", "--force", "-q", quality]
    command += ["--out", str(out), *(["--jobs", str(jobs)] if jobs else []), *clips]
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=sys.stderr)
    return time.perf_counter() - began


def seconds_of(video: Path) -> Iterator[list[av.VideoFrame]]:
    """The frames of a video, sixty at a time: more would not fit into memory."""
    frames = all_frames(video)
    while some := list(islice(frames, 60)):
        yield some


def encode(video: Path, options: dict[str, str]) -> float:
    """Seconds of encoding a clip's frames, without decoding them."""
    spent = 0.0
    with av.open(io.BytesIO(), "w", format="mp4") as container:
        stream = None
        for second in seconds_of(video):
            if stream is None:
                first = second[0]
                rate = round(video_facts(video).fps)
                stream = container.add_stream("libx264", rate=rate, options=options)
                stream.width, stream.height, stream.pix_fmt = first.width, first.height, "yuv420p"
            began = time.perf_counter()
            for frame in second:
                frame.pict_type = 0  # the encoder's own choice, as if drawn just now
                container.mux(stream.encode(frame))
            spent += time.perf_counter() - began
        began = time.perf_counter()
        container.mux(stream.encode())
        spent += time.perf_counter() - began
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("clips", nargs="*", metavar="CLIP")
    parser.add_argument("-q", "--quality", choices=list(QUALITIES), default="h")
    parser.add_argument("--jobs", type=int, metavar="N")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lecture-") as folder:
        out = Path(folder)
        wall = render(out, options.quality, options.jobs, options.clips)
        durations = Dist(out).durations()
        encoding = sum(encode(Dist(out).video(name), ENCODER) for name in durations)
    video = sum(durations.values())
    figures = {
        "video_s": round(video, 1),
        "wall_s": round(wall, 1),
        "encode_only_s": round(encoding, 1),
    }
    if options.json:
        click.echo(json.dumps(figures))
        return
    click.echo(
        f"{len(durations)} clips, {video:.1f} s of video: rendered in {wall:.1f} s "
        f"({wall / video:.2f} s a second of video); encoding alone {encoding:.1f} s"
    )


if __name__ == "__main__":
    main()
