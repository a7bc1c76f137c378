"""The files that are shipped of a clip, made of what manim leaves of it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from gdlecture.media.captions import clip_captions, to_srt, to_vtt
from gdlecture.media.video import frames_at, png
from gdlecture.render.formats import finish
from gdlecture.verify.evidence import read_evidence
from gdlecture.voice.track import ClipSpeaker


def finished_files(
    movie: Path, name: str, kind: str, speaker: ClipSpeaker | None = None
) -> tuple[dict[str, bytes], float]:
    """A clip's files by their suffix, and its seconds; `movie` is manim's, its evidence beside it.

    The `speaker` is the one who said the clip's phrases while it was drawn.

    Raises:
        EvidenceError, MediaError: manim's files are not what they should be.
    """
    evidence = read_evidence(movie.with_suffix(".json"))
    fps = Fraction(evidence.fps).limit_denominator(1001)
    sound = None
    if speaker is not None and evidence.phrases:
        sound = speaker.track([phrase.t0 for phrase in evidence.phrases], evidence.duration)
    finished = finish(movie, kind, name.replace("_", " "), fps, sound)
    # A GIF has few colours: its poster is of the mp4 that it was made from.
    pictures = finished.with_suffix(".mp4") if kind == "gif" else finished
    ((_, poster),) = frames_at(pictures, [evidence.poster_frame])
    captions = clip_captions(evidence)
    files = {
        f".{kind}": finished.read_bytes(),
        ".srt": to_srt(captions).encode(),
        ".vtt": to_vtt(captions).encode(),
        ".png": png(poster),
        ".json": movie.with_suffix(".json").read_bytes(),
    }
    return files, evidence.duration
