"""A contact sheet: a whole clip at a glance, from the frames of its finished video."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import numpy as np
import typst

from gdlecture.media.video import frames_at, png
from gdlecture.verify.evidence import Beat, Evidence

COLUMNS = 4
_THUMBNAIL = 480
_PIXELS_AN_INCH = 72.0

# Typst sets it, so that every sign of a title is there, whatever fonts the system has.
_LAYOUT = """\
#let sheet = json("sheet.json")
#set page(width: auto, height: auto, margin: 16pt, fill: rgb("#23252d"))
#set text(font: "Libertinus Serif", size: 17pt, fill: rgb("#e9e7e1"))
#text(size: 24pt, weight: "bold", sheet.title)
#grid(
  columns: sheet.columns, column-gutter: 10pt, row-gutter: 14pt,
  ..sheet.frames.map(frame => box(width: sheet.width * 1pt)[
    #image(frame.file, width: 100%)
    #v(-9pt)
    #text(fill: rgb("#f4e04d"), frame.time) #h(6pt) #frame.beat
  ])
)
"""


def contact_sheet(video: Path, evidence: Evidence, count: int = 24) -> bytes:
    """A PNG of `count` frames, evenly spaced from the first to the last, with time and beat.

    Raises:
        MediaError: the video lacks a frame that the evidence tells of.
    """
    indices = np.unique(np.linspace(0, evidence.frames - 1, count).round().astype(int)).tolist()
    with tempfile.TemporaryDirectory(prefix="lecture-") as folder:
        root = Path(folder)
        frames = []
        for index, frame in frames_at(video, indices):
            file = f"{index}.png"
            width = _THUMBNAIL
            height = round(frame.height * width / frame.width / 2) * 2
            (root / file).write_bytes(png(frame.reformat(width=width, height=height)))
            time = index / evidence.fps
            frames.append({"file": file, "time": f"{time:.1f} s", "beat": _title(evidence, time)})
        sheet = {
            "title": f"{video.stem}, {evidence.duration:.1f} s",
            "columns": COLUMNS,
            "width": _THUMBNAIL,
            "frames": frames,
        }
        (root / "sheet.json").write_text(json.dumps(sheet), encoding="utf-8")
        (root / "sheet.typ").write_text(_LAYOUT, encoding="utf-8")
        made = typst.compile(str(root / "sheet.typ"), format="png", ppi=_PIXELS_AN_INCH)
    if not isinstance(made, bytes):
        raise TypeError("a contact sheet has one page")
    return made


def _title(evidence: Evidence, time: float) -> str:
    begun: list[Beat] = [beat for beat in evidence.beats if beat.t0 <= time + 1e-6]
    return begun[-1].title if begun else ""
