"""Videos with PyAV alone: made fit for the web, and read back frame by frame."""

from __future__ import annotations

import io
import struct
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.bitstream import BitStreamFilterContext
from av.container import InputContainer

from gdlecture.media.sound import Samples, add_sound, coded

# What manim's pictures really are: sRGB drawn, converted by BT.601 to limited range, untagged.
PRIMARIES, TRANSFER, MATRIX, LIMITED = 1, 1, 6, 1
_TAG = (
    f"h264_metadata=colour_primaries={PRIMARIES}:transfer_characteristics={TRANSFER}"
    f":matrix_coefficients={MATRIX}:video_full_range_flag=0"
)


class MediaError(ValueError):
    """A video is not what it should be; the message says how."""


def finish_mp4(
    source: Path, target: Path, title: str, fps: Fraction, sound: Samples | None = None
) -> None:
    """Write the H.264 mp4 `source` again, without re-encoding, as one that starts at once.

    The index (`moov`) comes first; colours are tagged, in the container and in the stream; frame
    n is shown at n / fps exactly; its `sound` is added in AAC. The same source gives the same
    bytes: no dates, no versions are written.

    Raises:
        MediaError: it is no H.264 in yuv420p.
    """
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(source) as old, av.open(target, "w", format="mp4", options=options) as new:
        before = old.streams.video[0]
        kind = before.codec_context
        if (kind.name, kind.pix_fmt) != ("h264", "yuv420p"):
            raise MediaError(f"expected h264 in yuv420p, found {kind.name} in {kind.pix_fmt}")
        new.metadata["title"] = title
        after = new.add_stream_from_template(before)
        tagged = BitStreamFilterContext(_TAG, before, after)
        tags = after.codec_context
        tags.color_primaries, tags.color_trc = PRIMARIES, TRANSFER
        tags.colorspace, tags.color_range = MATRIX, LIMITED
        track = None if sound is None else add_sound(new, "mp4")
        packets = [packet for packet in old.demux(before) if packet.size]
        set_times(packets, fps)
        whole: list[av.Packet] = []
        for packet in [*packets, None]:  # None flushes the filter
            for finished in tagged.filter(packet):
                finished.stream = after
                whole.append(finished)
        if sound is not None and track is not None:
            whole += coded(sound, track, "mp4")
        for packet in in_time(whole):
            new.mux(packet)


def in_time(packets: Iterable[av.Packet]) -> list[av.Packet]:
    """Packets of several tracks in the order of time: a player finds what it needs side by side."""
    return sorted(packets, key=lambda packet: (packet.dts or 0) * (packet.time_base or 0))


def set_times(packets: list[av.Packet], fps: Fraction) -> None:
    """Show the frames at equal distances: where manim joins its pieces, some are cut short."""
    order = sorted(range(len(packets)), key=lambda i: packets[i].pts or 0)
    shown = {i: rank for rank, i in enumerate(order)}
    # A frame must be decoded before it is shown, though it may be stored after later ones.
    ahead = max(i - rank for i, rank in shown.items())
    for i, packet in enumerate(packets):
        ticks = 1 / (fps * packet.time_base)
        packet.pts, packet.dts = round(shown[i] * ticks), round((i - ahead) * ticks)
        packet.duration = round(ticks)


def all_frames(video: Path) -> Iterator[av.VideoFrame]:
    """Every frame of a video, in order.

    Raises:
        MediaError: it cannot be decoded.
    """
    try:
        with av.open(video) as container:
            stream = container.streams.video[0]
            stream.thread_type = "AUTO"
            yield from container.decode(stream)
    except av.FFmpegError as error:
        raise MediaError(f"{video.name}: expected pictures, found {error}") from error


def frames_at(video: Path, indices: Collection[int]) -> Iterator[tuple[int, av.VideoFrame]]:
    """The frames of these indices (0 is the first), in order, with their indices.

    Raises:
        MediaError: the video has no such frame, or cannot be decoded.
    """
    wanted = set(indices)
    if not wanted:
        return
    try:
        with av.open(video) as container:
            stream = container.streams.video[0]
            stream.thread_type = "AUTO"
            ticks = _ticks_a_frame(stream)
            # Decoding can begin at a key frame only; what comes before the first is not needed.
            container.seek(round(min(wanted) * ticks), stream=stream, backward=True)
            for frame in container.decode(stream):
                index = round((frame.pts or 0) / ticks)
                if index in wanted:
                    yield index, frame
                    wanted.discard(index)
                    if not wanted:
                        return
    except av.FFmpegError as error:
        raise MediaError(f"{video.name}: expected pictures, found {error}") from error
    raise MediaError(f"there is no frame {min(wanted)} in {video.name}")


def _ticks_a_frame(stream: av.VideoStream) -> Fraction:
    if not (stream.average_rate and stream.time_base):
        raise MediaError("the video does not tell its frame rate")
    return 1 / (stream.average_rate * stream.time_base)


@dataclass(frozen=True)
class VideoFacts:
    """What a container says of its video stream; `duration` in seconds.

    `tags` are the numbers of primaries, transfer, matrix and range; `moov_first` says that it
    starts to play before it is loaded.
    """

    codec: str
    pixel_format: str
    width: int
    height: int
    fps: float
    frames: int
    duration: float
    tags: tuple[int, int, int, int]
    moov_first: bool


TAGS = (PRIMARIES, TRANSFER, MATRIX, LIMITED)


def video_facts(video: Path) -> VideoFacts:
    """What there is to know of a video without decoding it.

    Raises:
        MediaError: it cannot be read, or has no video.
    """
    try:
        with av.open(video) as container:
            stream = container.streams.video[0]
            kind = stream.codec_context
            return VideoFacts(
                codec=kind.name,
                pixel_format=kind.pix_fmt or "",
                width=kind.width,
                height=kind.height,
                fps=float(stream.average_rate or 0),
                frames=stream.frames or sum(1 for packet in container.demux(stream) if packet.size),
                duration=_duration(container, stream),
                tags=(kind.color_primaries, kind.color_trc, kind.colorspace, kind.color_range),
                moov_first=_moov_first(video),
            )
    except (av.FFmpegError, OSError, IndexError) as error:
        raise MediaError(f"expected a video, found {error}") from error


def _duration(container: InputContainer, stream: av.VideoStream) -> float:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return (container.duration or 0) / 1_000_000  # a webm tells it of the whole alone


def _moov_first(video: Path) -> bool:
    """Whether the mp4's index comes before its pictures: the order of its outermost boxes."""
    with video.open("rb") as file:
        while len(head := file.read(8)) == 8:
            size, kind = struct.unpack(">I4s", head)
            if kind in (b"moov", b"mdat"):
                return bool(kind == b"moov")
            if size == 1:  # the true size follows
                file.seek(struct.unpack(">Q", file.read(8))[0] - 16, io.SEEK_CUR)
            else:
                file.seek(max(size - 8, 0), io.SEEK_CUR)
    return False


def png(frame: av.VideoFrame) -> bytes:
    """A decoded frame as a PNG file."""
    buffer = io.BytesIO()
    frame.to_image().save(buffer, format="PNG")
    return buffer.getvalue()
