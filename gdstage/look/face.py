"""The fonts that texts are set in: Typst's own, unless a lecture brings files of its own."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst

WORDS = "Libertinus Serif"
"""The font of words, and of those of their characters that another has not."""

_TABLES, _ENTRY = 12, 16


class FontError(ValueError):
    """A file cannot be used as a font; the message says why."""


@dataclass(frozen=True)
class Font:
    """A family of a font, in one file or more, a file for each weight; `digests` are sha256."""

    family: str
    files: tuple[Path, ...]
    digests: tuple[str, ...]


@dataclass(frozen=True)
class Face:
    """The font of words and that of formulas; None is Typst's own."""

    words: Font | None = None
    maths: Font | None = None

    @property
    def preamble(self) -> str:
        """What Typst is told; a font's file is named, too, since a text may be known already."""
        families = [self.words.family, WORDS] if self.words else [WORDS]
        lines = ["#set text(font: (" + "".join(f'"{family}",' for family in families) + "))"]
        if self.maths:
            lines.append(f'#show math.equation: set text(font: "{self.maths.family}")')
        digests = [digest for font in self.fonts for digest in font.digests]
        return "\n".join([*lines, *(f"// {digest}" for digest in digests)])

    @property
    def known(self) -> Any:
        """What Typst can set texts in, found once: the system may have many fonts."""
        return _known_in(tuple(map(_folder_of, self.fonts)))

    @property
    def fonts(self) -> list[Font]:
        """Those that are not Typst's own."""
        return [font for font in (self.words, self.maths) if font]


_TYPSTS = Face()
FACE: ContextVar[Face] = ContextVar("fonts of texts", default=_TYPSTS)
"""In which fonts texts are set now."""


def read_font(files: tuple[Path, ...], *, maths: bool = False) -> Font:
    """The font in files, a weight each; one for `maths` must be made for it.

    Raises:
        FontError: there is no such file, it is no font, or they are of several families.
        OSError: one cannot be read.
    """
    families: list[str] = []
    for file in files:
        if not file.is_file():
            raise FontError(f"there is no such file: {file}")
        found = _families_in(file)
        if len(found) != 1:
            raise FontError(f"expected a TrueType or OpenType font, found none in {file}")
        families += found
        if maths and not _has_table(file.read_bytes(), b"MATH"):
            raise FontError(
                f"expected a font for mathematics, with a table MATH, found none in {file}"
            )
    if len({*families}) > 1:
        raise FontError(f"expected weights of one family, found {' and '.join(families)}")
    digests = tuple(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
    return Font(families[0], files, digests)


def _families_in(file: Path) -> list[str]:
    folder = tempfile.mkdtemp(prefix="lecture-font-")
    try:
        shutil.copyfile(file, Path(folder) / f"font{file.suffix}")
        fonts: Any = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
        )
        return list(fonts.families())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@cache
def _folder_of(font: Font) -> str:
    """A folder with nothing but a font's files: beside them there may be thousands."""
    folder = tempfile.mkdtemp(prefix="lecture-font-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for number, file in enumerate(font.files):
        shutil.copyfile(file, Path(folder) / f"{number}{file.suffix}")
    return folder


@cache
def _known_in(folders: tuple[str, ...]) -> typst.Fonts:
    return typst.Fonts(font_paths=list(folders))


def _has_table(data: bytes, name: bytes) -> bool:
    """Whether a font's directory names a table."""
    count = int.from_bytes(data[4:6], "big")
    return any(data[at : at + 4] == name for at in range(_TABLES, _TABLES + count * _ENTRY, _ENTRY))
