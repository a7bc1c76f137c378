"""What a clip costs: seconds of work a second of video, and how much of it is encoding.

    python benchmarks/clip.py                      # every clip at 1080p60
    python benchmarks/clip.py learning_rate -q m
    python benchmarks/clip.py learning_rate --encoders   # which encoder options are worth it

Each clip is rendered as `lecture render` does, once, and its wall time is taken. Encoding alone is
measured on the same pictures: the clip is rendered once more without loss, and its frames, as the
RGBA arrays that manim hands to its encoder, are encoded again and nothing else is timed.

With --encoders those frames are encoded with several options; size and time are given as shares
of manim's default (preset medium, crf 23), beside the SSIM against the frames without loss.
JSON keys: `clips` (name → `wall_s_per_video_s`, `encode_share`) or `encoders`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest.mock import patch

import av
import click
import numpy as np

# lecture.py beside this file has the package's name, and Python looks here first.
sys.path[:] = [place for place in sys.path if Path(place).resolve() != Path(__file__).parent]

from gdlecture.catalogue import clips, find_clip  # noqa: E402
from gdlecture.render.rendering import render_clip  # noqa: E402
from gdlecture.render.work import RenderRequest  # noqa: E402
from gdlecture.settings import QUALITIES, Settings  # noqa: E402
from gdstage.studio import ENCODER  # noqa: E402

MANIM_DEFAULT = {"crf": "23"}
QUICK = {"preset": "veryfast", "rc-lookahead": "40", "trellis": "1", "threads": "1"}
QUICKER = {**QUICK, "subq": "1", "motion-est": "dia"}
CANDIDATES = [
    MANIM_DEFAULT,
    {"crf": "22", "preset": "fast"},
    {"crf": "21.7", "preset": "veryfast"},
    {"crf": "21.7", **QUICK, "bf": "5"},
    {"crf": "21.7", **QUICKER, "bf": "5"},
    {"crf": "21.5", **QUICKER, "bf": "8"},
    {"crf": "21.5", **QUICKER, "bf": "8", "b_strategy": "0"},
]
ENCODER_FRAMES = 900


def pictures(video: Path, limit: int | None = None) -> Iterator[av.VideoFrame]:
    with av.open(video) as container:
        container.streams.video[0].thread_type = "AUTO"
        for n, frame in enumerate(container.decode(video=0)):
            if n == limit:
                return
            yield frame


def encode(
    frames: Iterator[av.VideoFrame], options: dict[str, str], target: Path, fps: int
) -> float:
    """Encode frames from RGBA arrays, as manim does; the seconds that this alone took."""
    spent = 0.0
    with av.open(target, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=fps, options=options)
        stream.pix_fmt = "yuv420p"
        for n, frame in enumerate(frames):
            if n == 0:
                stream.width, stream.height = frame.width, frame.height
            array = frame.to_ndarray(format="rgba")
            began = time.perf_counter()
            again = av.VideoFrame.from_ndarray(array, format="rgba")
            again.pts, again.time_base = n, Fraction(1, fps)
            container.mux(stream.encode(again))
            spent += time.perf_counter() - began
        began = time.perf_counter()
        container.mux(stream.encode())
        return spent + time.perf_counter() - began


def ssim(video: Path, reference: Path) -> float:
    """The mean structural similarity of two videos, frame by frame (libavfilter's ssim)."""
    with av.open(video) as one, av.open(reference) as other:
        graph = av.filter.Graph()
        sources = [graph.add_buffer(template=c.streams.video[0]) for c in (one, other)]
        judge, sink = graph.add("ssim"), graph.add("buffersink")
        for pad, source in enumerate(sources):
            source.link_to(judge, 0, pad)
        judge.link_to(sink)
        graph.configure()
        found = []
        for n, pair in enumerate(zip(one.decode(video=0), other.decode(video=0), strict=False)):
            for source, frame in zip(sources, pair, strict=True):
                frame.pts = n
                source.push(frame)
            found.append(float(sink.pull().metadata["lavfi.ssim.All"]))
    return float(np.mean(found))


def lossless(request: RenderRequest, folder: Path) -> Path:
    """The clip's pictures without loss beyond the conversion to yuv420p."""
    with patch.dict(ENCODER, {"crf": "0", "preset": "ultrafast"}, clear=True):
        clip = render_clip(request)
    target = folder / f"{request.name}.mp4"
    target.write_bytes(clip.files[".mp4"])
    return target


def frame_rate(video: Path) -> int:
    with av.open(video) as container:
        return round(float(container.streams.video[0].average_rate))


def cost_of(request: RenderRequest, folder: Path) -> dict[str, float]:
    clip = render_clip(request)
    exact = lossless(request, folder)
    again = folder / "again.mp4"
    alone = encode(pictures(exact), ENCODER, again, frame_rate(exact))
    return {
        "video_s": clip.duration,
        "wall_s_per_video_s": clip.wall / clip.duration,
        "encode_share": alone / clip.wall,
        "megabytes": len(clip.files[".mp4"]) / 1e6,
    }


def compare_encoders(request: RenderRequest, folder: Path) -> list[dict[str, Any]]:
    exact = lossless(request, folder)
    target = folder / "candidate.mp4"
    rows: list[dict[str, Any]] = []
    for options in CANDIDATES:
        seconds = encode(pictures(exact, ENCODER_FRAMES), options, target, frame_rate(exact))
        size, likeness = target.stat().st_size, ssim(target, exact)
        first = rows[0] if rows else {"seconds": seconds, "bytes": size}
        rows.append(
            {
                "options": options,
                "seconds": seconds,
                "bytes": size,
                "time_share": seconds / first["seconds"],
                "size_share": size / first["bytes"],
                "ssim": likeness,
            }
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clips", nargs="*", help="names of clips; all if none is given")
    parser.add_argument("-q", "--quality", choices=QUALITIES, default="h")
    parser.add_argument("--encoders", action="store_true", help="compare encoder options")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    settings = Settings(arguments.quality, "dark")
    chosen = [find_clip(name) for name in arguments.clips] or clips()
    requests = [RenderRequest.of(clip, settings) for clip in chosen]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments.encoders:
            found: dict[str, Any] = {"encoders": compare_encoders(requests[0], folder)}
        else:
            found = {"clips": {r.name: cost_of(r, folder) for r in requests}}
    if arguments.json:
        click.echo(json.dumps(found))
        return
    for row in found.get("encoders", []):
        options = " ".join(f"{key}={value}" for key, value in row["options"].items())
        click.echo(
            f"{options:45} time {row['time_share']:5.2f}  size {row['size_share']:5.2f}"
            f"  SSIM {row['ssim']:.5f}"
        )
    for clip, cost in found.get("clips", {}).items():
        click.echo(
            f"{clip:22} {cost['wall_s_per_video_s']:5.2f} s a second of video,"
            f" encoding {cost['encode_share']:.0%}, {cost['megabytes']:.1f} MB"
        )


if __name__ == "__main__":
    main()
