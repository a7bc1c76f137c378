"""What is made of the video that manim leaves: mp4, webm or gif, fit to be shipped."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any

import av
from av.filter import Graph

from gdlecture.media.sound import Samples, add_sound, coded
from gdlecture.media.video import MediaError, all_frames, finish_mp4, in_time, set_times

WEBM_OPTIONS = {"crf": "24", "b": "0", "deadline": "good", "cpu-used": "5", "row-mt": "1"}
"""For VP9: a quality that keeps lines of one pixel, at a speed that can be waited for."""

GIF_WIDTH, GIF_FPS = 640, 15
"""What a GIF has at most: it knows no motion, so each frame costs."""

_TICK = Fraction(1, GIF_FPS)
_CPUINFO = Path("/proc/cpuinfo")


def repeatable(options: Mapping[str, str], cpuinfo: Path = _CPUINFO) -> dict[str, str]:
    """An H.264 encoder's options, and what makes them give the same bytes each time.

    Of x264's code for AVX-512 the macroblock tree gives other bytes in one run of a hundred. So
    that code is not used; that for AVX2 gives the bytes of all other processors.
    """
    try:
        processor = cpuinfo.read_text(encoding="utf-8")
    except OSError:  # not Linux
        processor = ""
    if "avx512" not in processor:
        return dict(options)
    told = [options["x264-params"]] if "x264-params" in options else []
    return {**options, "x264-params": ":".join([*told, "asm=avx2"])}


def finish(
    source: Path, kind: str, title: str, fps: Fraction, sound: Samples | None = None
) -> Path:
    """Make of manim's video `source` the file of that kind, beside it, with its `sound`.

    Raises:
        MediaError: it cannot be made.
    """
    target = source.with_name(f"{source.stem}.finished.{kind}")
    if kind == "webm":
        finish_webm(source, target, title, fps, sound)
    else:
        finish_mp4(source, target.with_suffix(".mp4"), title, fps, sound)
        if kind == "gif":
            finish_gif(target.with_suffix(".mp4"), target, fps)
    return target


def finish_webm(
    source: Path, target: Path, title: str, fps: Fraction, sound: Samples | None = None
) -> None:
    """Write a VP9 webm again, without re-encoding: at equal distances, the same bytes each time.

    Its `sound` is added in Opus.

    Raises:
        MediaError: it is no VP9.
    """
    options = {"fflags": "+bitexact"}
    try:
        with av.open(source) as old, av.open(target, "w", format="webm", options=options) as new:
            before = old.streams.video[0]
            if before.codec_context.name not in {"vp9", "libvpx-vp9"}:
                raise MediaError(f"expected vp9, found {before.codec_context.name}")
            new.metadata["title"] = title
            after = new.add_stream_from_template(before)
            if before.metadata.get("alpha_mode") == "1":
                after.metadata["alpha_mode"] = "1"
            track = None if sound is None else add_sound(new, "webm")
            packets = [packet for packet in old.demux(before) if packet.size]
            set_times(packets, fps)
            for packet in packets:
                packet.stream = after
            if sound is not None and track is not None:
                packets += coded(sound, track, "webm")
            for packet in in_time(packets):
                new.mux(packet)
    except av.FFmpegError as error:
        raise MediaError(f"cannot make a webm: {error}") from error


def finish_gif(source: Path, target: Path, fps: Fraction) -> None:
    """Make a GIF that loops: small, and in the 256 colours that this very clip needs.

    Raises:
        MediaError: it cannot be made.
    """
    every = math.ceil(fps / GIF_FPS)
    try:
        (palette,) = _through("palettegen=stats_mode=diff", _small(source, every))
        with av.open(target, "w", format="gif", options={"loop": "0"}) as new:
            stream = None
            for number, frame in enumerate(_painted(_small(source, every), palette)):
                if stream is None:
                    stream = new.add_stream("gif", rate=fps / every)
                    stream.width, stream.height = frame.width, frame.height
                    stream.pix_fmt = "pal8"
                frame.pts, frame.time_base = number, every / fps
                new.mux(stream.encode(frame))
            if stream is None:
                raise MediaError("there are no pictures to make a GIF of")
            new.mux(stream.encode())
    except av.FFmpegError as error:
        raise MediaError(f"cannot make a GIF: {error}") from error


def _small(source: Path, every: int) -> Iterator[av.VideoFrame]:
    """Each so many-th picture, no wider than a GIF may be."""
    for index, frame in enumerate(all_frames(source)):
        if index % every == 0:
            width = min(GIF_WIDTH, frame.width)
            height = round(frame.height * width / frame.width / 2) * 2
            yield frame.reformat(width, height, "rgb32", interpolation="AREA")


def _through(filters: str, frames: Iterator[av.VideoFrame]) -> list[av.VideoFrame]:
    """What one filter makes of all pictures together."""
    graph, entry = Graph(), None
    for frame in frames:
        if entry is None:
            name, _, arguments = filters.partition("=")
            entry = graph.add_buffer(**_shape(frame))
            graph.link_nodes(entry, graph.add(name, arguments), graph.add("buffersink"))
            graph.configure()
        frame.pts, frame.time_base = 0, _TICK  # which a palette does not depend on
        entry.push(frame)
    if entry is None:
        raise MediaError("there are no pictures to make a GIF of")
    entry.push(None)
    return list(_pulled(graph))


def _painted(frames: Iterator[av.VideoFrame], palette: av.VideoFrame) -> Iterator[av.VideoFrame]:
    """The pictures in the colours of the palette; what does not change keeps its very pixels."""
    graph = Graph()
    first = next(frames)
    pictures, colours = graph.add_buffer(**_shape(first)), graph.add_buffer(**_shape(palette))
    use = graph.add("paletteuse", "dither=bayer:bayer_scale=5:diff_mode=rectangle")
    pictures.link_to(use, 0, 0)
    colours.link_to(use, 0, 1)
    use.link_to(graph.add("buffersink"))
    graph.configure()
    palette.pts = 0
    colours.push(palette)
    colours.push(None)
    for number, frame in enumerate(chain([first], frames)):
        frame.pts, frame.time_base = number, _TICK
        pictures.push(frame)
        yield from _pulled(graph)
    pictures.push(None)
    yield from _pulled(graph)


def _shape(frame: av.VideoFrame) -> dict[str, Any]:
    return {
        "width": frame.width,
        "height": frame.height,
        "format": frame.format,
        "time_base": _TICK,
    }


def _pulled(graph: Graph) -> Iterator[av.VideoFrame]:
    """What the graph has ready."""
    with suppress(av.BlockingIOError, av.EOFError):
        while True:
            frame = graph.vpull()
            yield frame
