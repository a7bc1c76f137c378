"""A contact sheet: a whole clip at a glance, from the frames of its finished video."""

from __future__ import annotations

import json
import tempfile
from itertools import pairwise
from pathlib import Path

import numpy as np
import typst

from gdlecture.media.sound import RATE, Samples, read_sound
from gdlecture.media.video import frames_at, png
from gdlecture.verify.evidence import Beat, Evidence

COLUMNS = 4
_THUMBNAIL = 480
_STRIP, _LOUDEST = 44, 0.9
"""How high the strip of a frame's sound is, px, and the share of full scale that fills it."""

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
    #if frame.sound != none [#image(bytes(frame.sound), format: "svg", width: 100%) #v(-9pt)]
    #text(fill: rgb("#f4e04d"), frame.time) #h(6pt) #frame.beat
    #if frame.said != "" [#v(-8pt) #text(size: 13pt, fill: rgb("#9aa0b4"), frame.said)]
  ])
)
"""


def contact_sheet(video: Path, evidence: Evidence, count: int = 24) -> bytes:
    """A PNG of `count` frames, evenly spaced from the first to the last, with time and beat.

    Where there is sound, it is under each frame from its time to the next one's, light where a
    phrase is said, and below what begins to be said then.

    Raises:
        MediaError: the video lacks a frame that the evidence tells of.
        SoundError: its sound cannot be decoded.
    """
    indices = np.unique(np.linspace(0, evidence.frames - 1, count).round().astype(int)).tolist()
    spans = dict(zip(indices, pairwise([*indices, evidence.frames]), strict=True))
    sound = read_sound(video)
    with tempfile.TemporaryDirectory(prefix="lecture-") as folder:
        root = Path(folder)
        frames = []
        for index, frame in frames_at(video, indices):
            file = f"{index}.png"
            width = _THUMBNAIL
            height = round(frame.height * width / frame.width / 2) * 2
            (root / file).write_bytes(png(frame.reformat(width=width, height=height)))
            time, past = (at / evidence.fps for at in spans[index])
            begun = [p.text for p in evidence.phrases if time <= p.t0 < past]
            frames.append({
                "file": file,
                "time": f"{time:.1f} s",
                "beat": _title(evidence, time),
                "sound": _waveform(sound, evidence, time, past) if len(sound) else None,
                "said": " ".join(begun),
            })  # fmt: skip
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


def _waveform(sound: Samples, evidence: Evidence, time: float, past: float) -> str:
    """The sound from one time to another (s) as an SVG: how loud it is at most at each pixel."""

    def across(at: float) -> float:
        return float(np.clip((at - time) / (past - time), 0, 1)) * _THUMBNAIL

    edges = np.linspace(time, past, _THUMBNAIL + 1) * RATE
    loud = [np.abs(part).max(initial=0.0) for part in np.split(sound, edges.astype(int))[1:-1]]
    half = np.clip(np.array(loud) / _LOUDEST, 0.02, 1) * _STRIP / 2
    x = np.arange(_THUMBNAIL) + 0.5
    upper, lower = (np.column_stack([x, _STRIP / 2 + way * half]) for way in (-1, 1))
    corners = " ".join(f"{a:.1f},{b:.1f}" for a, b in np.concatenate([upper, lower[::-1]]))
    said = "".join(
        f'<rect x="{across(p.t0):.1f}" width="{across(p.t1) - across(p.t0):.1f}" y="0" '
        f'height="{_STRIP}" fill="#343846"/>'
        for p in evidence.phrases if p.t0 < past and p.t1 > time
    )  # fmt: skip
    box = f'viewBox="0 0 {_THUMBNAIL} {_STRIP}" width="{_THUMBNAIL}" height="{_STRIP}"'
    wave = f'<polygon points="{corners}" fill="#7fb4e6"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{said}{wave}</svg>'
