"""How long the whole lecture takes, beside how long it plays, and how much of that is encoding.

    python benchmarks/lecture.py [--json] [-q h] [--jobs N] [CLIP]...

Runs `lecture render --force` into an empty folder, all clips unless some are named, and takes its
time by the clock: start-up, joining and hashing count. Then the finished clips are decoded, sixty
frames at a time, and the encoding of those frames is timed, with the same options, by as many
processes side by side as drew. JSON keys:

- `video_s`, `wall_s`: how long the clips play, and how long rendering took;
- `encode_only_s`: how long encoding alone would take, by the clock, side by side;
- `cost_over_encoder`: wall_s over encode_only_s, which hardly depends on the machine;
- `cpu_s`: of all processes that rendered;
- `rss_mb_a_job`: the most memory that a process which draws had at a time (sampled), MB.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from itertools import islice
from pathlib import Path

import av
import click
import psutil

# This file has the package's name, and Python looks beside it first.
sys.path[:] = [place for place in sys.path if Path(place).resolve() != Path(__file__).parent]

from gdlecture.dist import Dist  # noqa: E402
from gdlecture.media.video import all_frames, video_facts  # noqa: E402
from gdlecture.render.formats import repeatable  # noqa: E402
from gdlecture.render.pool import cores  # noqa: E402
from gdlecture.settings import QUALITIES  # noqa: E402
from gdstage.studio import ENCODER  # noqa: E402


def render(out: Path, quality: str, jobs: int, clips: list[str]) -> dict[str, float]:
    """Seconds by the clock and of CPU, and the memory of the largest process (MB)."""
    command = [sys.executable, "-m", "gdlecture", "render", "--force", "-q", quality]
    command += ["--out", str(out), "--jobs", str(jobs), *clips]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with subprocess.Popen(command, stdout=sys.stderr) as process:
        most = 0
        while process.poll() is None:
            most = max(most, *(rss(child) for child in children(process.pid)), 0)
            time.sleep(0.25)
    if process.returncode:
        sys.exit(process.returncode)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    wall = time.perf_counter() - began
    return {"wall_s": wall, "cpu_s": cpu, "rss_mb_a_job": most / 2**20}


def children(pid: int) -> list[psutil.Process]:
    """The processes that a process has started, and that these have."""
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).children(recursive=True)
    return []


def rss(process: psutil.Process) -> int:
    """Bytes of memory that a process has now."""
    with suppress(psutil.NoSuchProcess):
        return int(process.memory_info().rss)
    return 0


def seconds_of(video: Path) -> Iterator[list[av.VideoFrame]]:
    """The frames of a video, sixty at a time: more would not fit into memory."""
    frames = all_frames(video)
    while some := list(islice(frames, 60)):
        yield some


def encode(video: Path) -> float:
    """Seconds of encoding a clip's frames, without decoding them."""
    options = repeatable(ENCODER)
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
    jobs = options.jobs or cores()
    with tempfile.TemporaryDirectory(prefix="lecture-") as folder:
        out = Path(folder)
        found = render(out, options.quality, jobs, options.clips)
        durations = Dist(out).durations()
        with ProcessPoolExecutor(jobs) as pool:
            encoding = sum(pool.map(encode, map(Dist(out).video, durations))) / jobs
    video, wall = sum(durations.values()), found["wall_s"]
    figures = {
        "video_s": round(video, 1),
        "encode_only_s": round(encoding, 1),
        "cost_over_encoder": round(wall / encoding, 2),
        **{name: round(value, 1) for name, value in found.items()},
    }
    if options.json:
        click.echo(json.dumps(figures))
        return
    click.echo(
        f"{len(durations)} clips, {video:.1f} s of video: rendered in {wall:.1f} s "
        f"({wall / video:.2f} s a second of video), {figures['cpu_s']} s of CPU, "
        f"{figures['rss_mb_a_job']} MB a job; encoding alone {encoding:.1f} s"
    )


if __name__ == "__main__":
    main()
