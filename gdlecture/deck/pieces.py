"""A clip cut into its beats, each a video of its own, without encoding a picture again."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av

from gdlecture.media.sound import RATE, Samples, SoundError, add_sound, coded, read_sound
from gdlecture.media.video import MediaError, in_time, set_times
from gdlecture.verify.evidence import Evidence


def cut_beats(video: Path, evidence: Evidence, targets: Sequence[Path]) -> None:
    """Write one mp4 a beat, its frames those that the clip has from the beat's t0 to its t1.

    manim encodes each animation by itself, so a beat begins at a frame that needs no other. As
    with finish_mp4, the index comes first, frames are at equal distances from 0 on, and the same
    clip gives the same bytes. Sound is coded again, since its packets do not end where beats do.

    Raises:
        MediaError: it cannot be read, or a beat does not stand by itself.
    """
    fps = Fraction(evidence.fps).limit_denominator(1001)
    try:
        sound = read_sound(video) if evidence.phrases else None
        with av.open(video) as clip:
            stream = clip.streams.video[0]
            packets = [packet for packet in clip.demux(stream) if packet.size]
            shown = [round((packet.pts or 0) * packet.time_base * fps) for packet in packets]
            for beat, target in zip(evidence.beats, targets, strict=True):
                places = _places(shown, round(beat.t0 * fps), round(beat.t1 * fps))
                if not (places and packets[places.start].is_keyframe):
                    raise MediaError(
                        f"{video.name}: beat {beat.title!r}, {beat.t0:.2f} to {beat.t1:.2f} s, is "
                        "not encoded by itself and cannot be cut out; render the clip again"
                    )
                heard = None if sound is None else sound[_samples(beat.t0) : _samples(beat.t1)]
                own = packets[places.start : places.stop]
                _write(own, stream, target, beat.title, fps=fps, sound=heard)
    except (av.FFmpegError, IndexError, SoundError) as error:
        raise MediaError(f"{video.name}: cannot be cut: {error}") from error


def _samples(seconds: float) -> int:
    return round(seconds * RATE)


def _places(shown: Sequence[int], first: int, past: int) -> range:
    """Where the frames from `first` on and before `past` are stored, if side by side.

    `shown` has each stored frame's number by time. Frames are stored as they are decoded, so a
    stretch that holds them all, begins with the first, and holds no other, refers to no other.
    """
    if past <= first or first not in shown:
        return range(0)
    start = shown.index(first)
    places = range(start, start + past - first)
    whole = sorted(shown[places.start : places.stop]) == list(range(first, past))
    return places if whole else range(0)


def _write(
    packets: list[av.Packet],
    like: av.VideoStream,
    target: Path,
    title: str,
    *,
    fps: Fraction,
    sound: Samples | None,
) -> None:
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    set_times(packets, fps)
    with av.open(target, "w", format="mp4", options=options) as piece:
        piece.metadata["title"] = title
        track = piece.add_stream_from_template(like)
        heard = None if sound is None else add_sound(piece, "mp4")
        for packet in packets:
            packet.stream = track
        if sound is not None and heard is not None:
            packets = in_time([*packets, *coded(sound, heard, "mp4")])
        for packet in packets:
            piece.mux(packet)
