"""Sound as numbers, and as a track of a film: mono, `RATE` samples a second, from time 0 on."""

from __future__ import annotations

import os
import tempfile
import wave
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer
from numpy.typing import NDArray
from scipy.signal import resample_poly

Samples = NDArray[np.float32]

RATE = 48_000
"""Of all sound that is shipped, Hz: what Opus has, and a whole number of samples a frame."""

FULL = 32_767
"""What full scale is in a WAV file of 16 bits."""

CODECS = {"mp4": ("aac", "fltp", 112_000), "webm": ("libopus", "flt", 64_000)}
"""By kind of film: FFmpeg's encoder, the samples that it takes, and bits a second."""

OPTIONS = {"aac": {"aac_pns": "0"}}
"""What else an encoder is told: noise that AAC puts in place of noise clicks, twice as high."""


class SoundError(ValueError):
    """A sound cannot be used; the message says why."""


def read_sound(path: Path) -> Samples:
    """The sound of any file that FFmpeg reads, from its time 0 on; none if it has no such track.

    Raises:
        SoundError: it cannot be read.
    """
    try:
        with av.open(path) as container:
            if not container.streams.audio:
                return np.zeros(0, np.float32)
            stream = container.streams.audio[0]
            resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
            first, parts = None, []
            for frame in container.decode(stream):
                if first is None:
                    first = float((frame.pts or 0) * (frame.time_base or 0))
                parts += resampler.resample(frame)
            parts += resampler.resample(None)
    except (av.FFmpegError, OSError, IndexError) as error:
        raise SoundError(f"{path.name}: expected sound, found {error}") from error
    if not parts:
        return np.zeros(0, np.float32)
    sound = np.concatenate([part.to_ndarray().reshape(-1) for part in parts])
    begins = round((first or 0.0) * RATE)
    late = np.zeros(max(begins, 0), np.float32)
    return np.concatenate([late, sound[max(-begins, 0) :]]).astype(np.float32)


def resampled(samples: Samples, rate: int) -> Samples:
    """Sound of another rate (Hz) at `RATE`."""
    factor = np.gcd(rate, RATE)
    return resample_poly(samples, RATE // factor, rate // factor).astype(np.float32)


def write_sound(path: Path, samples: Samples) -> None:
    """Write sound as a 16-bit WAV file, beside its place, then there.

    Two processes may write the same file at once.

    Raises:
        OSError: it cannot be written.
    """
    number, part = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(number, "wb") as stream, wave.open(stream, "wb") as file:
        file.setparams((1, 2, RATE, len(samples), "NONE", ""))
        file.writeframes(np.rint(np.clip(samples, -1, 1) * FULL).astype("<i2").tobytes())
    Path(part).chmod(0o644)
    Path(part).replace(path)


def read_wav(path: Path) -> Samples:
    """The sound of a file that `write_sound` wrote.

    Raises:
        OSError, EOFError, wave.Error: it is none.
    """
    with wave.open(str(path), "rb") as file:
        whole = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    return (whole / np.float32(FULL)).astype(np.float32)


def add_sound(film: OutputContainer, kind: str, language: str = "") -> av.AudioStream:
    """A track for sound in a film of that kind, in a `language` (three letters) if it is known."""
    encoder, layout, bits = CODECS[kind]
    track = film.add_stream(
        encoder, rate=RATE, layout="mono", format=layout, options=OPTIONS.get(encoder, {})
    )
    if not isinstance(track, av.AudioStream):
        raise SoundError(f"expected an encoder of sound, found {encoder}")
    track.bit_rate = bits
    if language:
        track.metadata["language"] = language
    return track


def coded(samples: Samples, track: av.AudioStream, kind: str) -> Iterator[av.Packet]:
    """Sound as packets of its track.

    An encoder needs a little before what it codes. FFmpeg gives that times below 0, and the film
    says so to players: the first sample is heard at 0, exactly.
    """
    layout = CODECS[kind][1]
    frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format=layout, layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
    yield from track.encode(frame)
    yield from track.encode(None)
