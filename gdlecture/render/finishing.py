"""The files that are shipped of a clip, made of what manim leaves of it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from gdlecture.media.captions import Caption, to_srt, to_vtt
from gdlecture.media.video import frames_at, png
from gdlecture.render.formats import finish
from gdlecture.verify.evidence import read_evidence


def finished_files(movie: Path, name: str, kind: str) -> tuple[dict[str, bytes], float]:
    """A clip's files by their suffix, and its seconds; `movie` is manim's, its evidence beside it.

    Raises:
        EvidenceError, MediaError: manim's files are not what they should be.
    """
    evidence = read_evidence(movie.with_suffix(".json"))
    fps = Fraction(evidence.fps).limit_denominator(1001)
    finished = finish(movie, kind, name.replace("_", " "), fps)
    # A GIF has few colours: its poster is of the mp4 that it was made from.
    pictures = finished.with_suffix(".mp4") if kind == "gif" else finished
    ((_, poster),) = frames_at(pictures, [evidence.poster_frame])
    captions = [Caption.of(beat.t0, beat.t1, beat.text) for beat in evidence.beats]
    files = {
        f".{kind}": finished.read_bytes(),
        ".srt": to_srt(captions).encode(),
        ".vtt": to_vtt(captions).encode(),
        ".png": png(poster),
        ".json": movie.with_suffix(".json").read_bytes(),
    }
    return files, evidence.duration
