"""What a lecture brought of its own: its palette must be one that may be, its fonts its own files.

The fonts are not taken from the evidence, which could show any picture as any digit: they are
looked for where the lecture is, and must be the very files.
"""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import typst

from gdlecture.verify.claims import Claim
from gdlecture.verify.evidence import BrandRecord, Evidence
from gdlecture.verify.typeset import FACE, Face
from gdmath.palette import channels, wrong_colours

OFF = 12.0
"""Levels that the picture's ground may be off the palette's, as encoded."""

BIG = (0.1, 0.18)
"""The most of the frame's height and width that a mark may take."""

CORNER = 0.12
"""How far from two sides of the frame a mark begins at most, as a share of their length."""


class FaceError(ValueError):
    """A lecture's font is not to be had; the message says which."""


def wrong_brand(evidence: Evidence) -> Iterator[str]:
    """What is wrong with a palette, and with what is called a mark."""
    colours = evidence.brand.colours
    if colours:
        for name, wrong in wrong_colours(colours):
            yield f"brand: colours.{name}: {wrong}"
    marks = [claim for claim in evidence.claims if claim.is_mark]
    if len(marks) > 1:
        yield f"mark: expected one at most, found {len(marks)}"
    for mark in marks:
        yield from _misplaced(mark, evidence)


def wrong_ground(evidence: Evidence, ground: Any) -> list[str]:
    """What is wrong with the ground of a picture, of channels (3,) in 0…255."""
    told = evidence.brand.colours.get("ground")
    off = 0.0 if told is None else float(np.abs(ground - 255 * channels(told)).max())
    return [f"brand: expected the ground {told}, found one {off:.0f} levels off"] * (off > OFF)


@contextmanager
def set_in(brand: BrandRecord, evidence: Path) -> Iterator[None]:
    """Have texts set in a brand's fonts, as long as this is open.

    They are looked for from the folder of the evidence upward, and from here.

    Raises:
        FaceError: one is not there, or is another file.
    """
    families = {name: _family(files, evidence) for name, files in brand.fonts.items()}
    words, maths = (families[name][0] if name in families else "" for name in ("text", "maths"))
    folders = tuple(folder for _, folder in families.values())
    token = FACE.set(Face(words, maths, folders))
    try:
        yield
    finally:
        FACE.reset(token)


def _misplaced(mark: Claim, evidence: Evidence) -> Iterator[str]:
    left, top, right, bottom = (float(side) for side in mark.told["box"])
    across, up = evidence.width, evidence.height
    most = BIG[0] * min(across, up), BIG[1] * min(across, up) * 16 / 9
    if bottom - top > most[0] or right - left > most[1]:
        yield f"mark: expected it at most {most[1]:.0f} × {most[0]:.0f} px large"
    beside = min(max(left, 0.0), max(across - right, 0.0))
    if beside > CORNER * across or min(max(top, 0.0), max(up - bottom, 0.0)) > CORNER * up:
        yield "mark: expected it in a corner of the frame"
    if mark.t0 > 0 or mark.t1 < evidence.duration - 1.5 / evidence.fps:
        yield f"mark: expected it all along, found it from {mark.t0:g} s to {mark.t1:g} s"


def _family(files: Sequence[tuple[str, str]], evidence: Path) -> tuple[str, Path]:
    """The family of a font's files, and a folder with them alone."""
    found = tuple(_found(file, digest, evidence) for file, digest in files)
    folder = _folder_of(found)
    fonts: Any = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
    families = fonts.families()
    if len(families) != 1:
        raise FaceError(f"expected a font of one family in {', '.join(map(str, found))}")
    return str(families[0]), folder


def _found(file: str, digest: str, evidence: Path) -> Path:
    """The file of a font, where the lecture is."""
    others = False
    for start in (evidence.resolve().parent, Path.cwd()):
        for folder in (start, *start.parents):
            for path in (folder / file, folder / "scenes" / file):
                if path.is_file():
                    if hashlib.sha256(path.read_bytes()).hexdigest() == digest:
                        return path
                    others = True
    what = "only another of that name" if others else "none"
    raise FaceError(
        f"expected the font {file} that the clip was drawn with in the lecture’s folder, or above "
        f"where this is called; found {what}"
    )


@cache
def _folder_of(files: tuple[Path, ...]) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="lecture-font-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for number, file in enumerate(files):
        shutil.copyfile(file, folder / f"{number}{file.suffix}")
    return folder
