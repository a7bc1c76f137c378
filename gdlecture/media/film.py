"""Finished videos as one film: joined without re-encoding, with chapters and subtitles."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import OutputContainer
from av.subtitles.stream import SubtitleStream

from gdlecture.media.captions import Caption
from gdlecture.media.sound import Samples, add_sound, coded
from gdlecture.media.video import MediaError, in_time, set_times

_MILLISECOND = Fraction(1, 1000)

# FFmpeg wants a style before it opens a subtitle track, and the player chooses its own.
_NO_STYLE = b"""\
[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Alignment
Style: Default,Arial,16,&Hffffff,2

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


@dataclass(frozen=True)
class Chapter:
    """A named stretch of a video, in whole milliseconds."""

    start: int
    end: int
    title: str

    @classmethod
    def of(cls, start: float, end: float, title: str) -> Chapter:
        """A chapter from `start` to `end` in seconds."""
        return cls(round(1000 * start), round(1000 * end), title)


def join_mp4(
    sources: Sequence[Path],
    target: Path,
    *,
    title: str,
    fps: Fraction,
    chapters: Sequence[Chapter],
    captions: Sequence[Caption],
    language: str = "eng",
    sound: Samples | None = None,
) -> None:
    """Write finished mp4s one after the other as one, their pictures without re-encoding.

    The `sound` of all is coded as one: packets of sound do not end where clips do, so of joined
    ones some would be late, by more from clip to clip. The captions become a subtitle track
    (mov_text) in a `language` (three letters). As with finish_mp4, the index comes first, frames
    are at equal distances, and the same sources give the same bytes.

    Raises:
        MediaError: one of them cannot be read, or was encoded otherwise than the first.
    """
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    try:
        with ExitStack() as opened, av.open(target, "w", format="mp4", options=options) as new:
            clips = [opened.enter_context(av.open(path)) for path in sources]
            streams = [clip.streams.video[0] for clip in clips]
            new.metadata["title"] = title
            new.set_chapters([_entry_of(i, chapter) for i, chapter in enumerate(chapters)])
            pictures = new.add_stream_from_template(streams[0])
            words = _add_subtitles(new, language)
            heard = None if sound is None else add_sound(new, "mp4", language)
            packets: list[av.Packet] = []
            frames = 0
            for path, clip, stream in zip(sources, clips, streams, strict=True):
                if _shape(stream) != _shape(streams[0]):
                    raise MediaError(
                        f"{path.name} is encoded otherwise than {sources[0].name}; "
                        "render the clips again"
                    )
                own = [packet for packet in clip.demux(stream) if packet.size]
                for packet in own:
                    packet.pts = (packet.pts or 0) + round(frames / (fps * packet.time_base))
                packets += own
                frames += len(own)
            set_times(packets, fps)
            for packet in packets:
                packet.stream = pictures
            packets += _subtitle_packets(captions, words)
            if sound is not None and heard is not None:
                packets += coded(sound, heard, "mp4")
            for packet in in_time(packets):
                new.mux(packet)
    except (av.FFmpegError, IndexError) as error:
        raise MediaError(f"cannot join: {error}") from error


def _shape(stream: av.VideoStream) -> tuple[object, ...]:
    """What one track of an mp4 has for all its pictures."""
    kind = stream.codec_context
    return kind.name, kind.extradata, kind.width, kind.height, stream.average_rate, stream.time_base


def _entry_of(number: int, chapter: Chapter) -> Any:
    return {
        "id": number,
        "start": chapter.start,
        "end": chapter.end,
        "time_base": _MILLISECOND,
        "metadata": {"title": chapter.title},
    }


def _add_subtitles(container: OutputContainer, language: str) -> SubtitleStream:
    words: SubtitleStream = container.add_stream("mov_text")
    words.codec_context.subtitle_header = _NO_STYLE
    words.time_base = _MILLISECOND
    words.metadata["language"] = language
    return words


def _subtitle_packets(captions: Sequence[Caption], words: SubtitleStream) -> Iterator[av.Packet]:
    """A packet of mov_text is the length of the text in two bytes, then the text."""
    for caption in captions:
        text = caption.text.encode()
        packet = av.Packet(struct.pack(">H", len(text)) + text)
        packet.pts = packet.dts = caption.start
        packet.duration = caption.end - caption.start
        packet.time_base = _MILLISECOND
        packet.stream = words
        yield packet


def subtitles(video: Path) -> list[Caption]:
    """The captions of a video's subtitle track; none if it has no such track.

    Raises:
        MediaError: it cannot be read.
    """
    try:
        with av.open(video) as container:
            if not container.streams.subtitles:
                return []
            stream = container.streams.subtitles[0]
            return [
                _caption_of(packet)
                for packet in container.demux(stream)
                if packet.size > 2  # between two captions there may be an empty one
            ]
    except (av.FFmpegError, UnicodeDecodeError) as error:
        raise MediaError(f"{video.name}: expected subtitles, found {error}") from error


def _caption_of(packet: av.Packet) -> Caption:
    begins, lasts = packet.pts or 0, packet.duration or 0
    unit = packet.time_base
    return Caption.of(
        float(begins * unit), float((begins + lasts) * unit), bytes(packet)[2:].decode()
    )


def chapters_of(video: Path) -> list[Chapter]:
    """The chapters of a video.

    Raises:
        MediaError: it cannot be read.
    """
    try:
        with av.open(video) as container:
            found: list[Any] = list(container.chapters())
    except av.FFmpegError as error:
        raise MediaError(f"{video.name}: expected chapters, found {error}") from error
    return [
        Chapter.of(
            float(entry["start"] * entry["time_base"]),
            float(entry["end"] * entry["time_base"]),
            entry["metadata"].get("title", ""),
        )
        for entry in found
    ]


@dataclass(frozen=True)
class Stored:
    """A picture as a video stores it: its coded bytes, and when it is shown, in seconds.

    Decoding can begin at one that is `key`.
    """

    data: bytes
    shown: Fraction
    key: bool

    def later(self, seconds: Fraction) -> Stored:
        """The same picture, shown so much later."""
        return replace(self, shown=self.shown + seconds)


def encoding(video: Path) -> tuple[object, ...]:
    """What a video tells of the encoding of all its pictures: the same, or not the same, as others.

    Raises:
        MediaError: it cannot be read.
    """
    try:
        with av.open(video) as container:
            return _shape(container.streams.video[0])
    except (av.FFmpegError, IndexError) as error:
        raise MediaError(f"{video.name}: expected a video, found {error}") from error


def stored_pictures(video: Path) -> Iterator[Stored]:
    """The pictures of a video as they are stored, in that order, without decoding them.

    Raises:
        MediaError: it cannot be read.
    """
    try:
        with av.open(video) as container:
            for packet in container.demux(container.streams.video[0]):
                if packet.size:
                    shown = (packet.pts or 0) * packet.time_base
                    yield Stored(bytes(packet), shown, packet.is_keyframe)
    except (av.FFmpegError, IndexError) as error:
        raise MediaError(f"{video.name}: expected pictures, found {error}") from error
