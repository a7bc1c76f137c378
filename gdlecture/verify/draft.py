"""A video as plain manim leaves it: finished as a render does it, then verified as any other."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from gdlecture.media.video import MediaError
from gdlecture.render.finishing import finished_files
from gdlecture.verify.evidence import EvidenceError, read_evidence
from gdlecture.verify.report import Report
from gdlecture.verify.verify import report_of


def video_report(video: Path, *, pictures: bool = False) -> Report:
    """What there is to say of one video, whoever made it; the files beside it are read.

    manim names a video after its class, puts its index last, and leaves neither a poster nor a
    .vtt. What it shows, its evidence and its .srt are held against each other all the same. With
    `pictures` the report has pictures of what failed.
    """
    if not is_draft(video):
        return report_of(video, video.with_suffix(".json"), pictures)
    with tempfile.TemporaryDirectory(prefix="lecture-") as folder:
        try:
            finished = _finished(video, Path(folder))
        except (EvidenceError, MediaError, OSError):  # which is then told
            finished = video
        return report_of(finished, finished.with_suffix(".json"), pictures)


def is_draft(video: Path) -> bool:
    """Whether nothing was made of the video yet that manim does not make."""
    made = any(video.with_suffix(suffix).exists() for suffix in (".vtt", ".png"))
    return video.suffix in {".mp4", ".webm"} and not made


def _finished(video: Path, folder: Path) -> Path:
    """The video in a folder as it would be shipped, by its clip's name; captions are manim's."""
    raw = folder / f"raw{video.suffix}"
    shutil.copy(video, raw)
    shutil.copy(video.with_suffix(".json"), raw.with_suffix(".json"))
    name = Path(read_evidence(raw.with_suffix(".json")).clip).name or video.stem
    files, _ = finished_files(raw, name, video.suffix[1:])
    del files[".srt"]
    captions = video.with_suffix(".srt")
    if captions.is_file():
        files[".srt"] = captions.read_bytes()
    finished = folder / f"{name}{video.suffix}"
    for suffix, data in files.items():
        finished.with_suffix(suffix).write_bytes(data)
    return finished
