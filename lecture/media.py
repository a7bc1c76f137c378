"""Videos with PyAV alone: made fit for the web, and read back frame by frame."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from fractions import Fraction
from pathlib import Path

import av
from av.bitstream import BitStreamFilterContext

# What manim's pictures really are: sRGB drawn, converted by BT.601 to limited range, untagged.
PRIMARIES, TRANSFER, MATRIX, LIMITED = 1, 1, 6, 1
_TAG = (
    f"h264_metadata=colour_primaries={PRIMARIES}:transfer_characteristics={TRANSFER}"
    f":matrix_coefficients={MATRIX}:video_full_range_flag=0"
)


class MediaError(ValueError):
    """A video is not what it should be; the message says how."""


def finish_mp4(source: Path, target: Path, title: str) -> None:
    """Write the H.264 mp4 `source` again, without re-encoding, as one that starts at once.

    The index (`moov`) comes first, and colours are tagged, in the container and in the stream.
    The same source gives the same bytes: no dates, no versions are written.

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
        for packet in old.demux(before):
            # The demuxer ends with an empty packet, and so the filter is flushed.
            for finished in tagged.filter(packet if packet.size else None):
                finished.stream = after
                new.mux(finished)


def frames_at(video: Path, indices: Collection[int]) -> Iterator[tuple[int, av.VideoFrame]]:
    """The frames of these indices (0 is the first), in order, with their indices.

    Raises:
        MediaError: the video has no such frame.
    """
    wanted = set(indices)
    if not wanted:
        return
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
    raise MediaError(f"there is no frame {min(wanted)} in {video.name}")


def _ticks_a_frame(stream: av.VideoStream) -> Fraction:
    if not (stream.average_rate and stream.time_base):
        raise MediaError("the video does not tell its frame rate")
    return 1 / (stream.average_rate * stream.time_base)


def frame_count(video: Path) -> int:
    """How many frames the container says that its video has."""
    with av.open(video) as container:
        return int(container.streams.video[0].frames)


def png(frame: av.VideoFrame) -> bytes:
    """A decoded frame as a PNG file."""
    buffer = io.BytesIO()
    frame.to_image().save(buffer, format="PNG")
    return buffer.getvalue()
