"""Pictures as the pages of a PDF: vectors, with the font of their words inside."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import typst

# As wide as a slide of Beamer's of 16:9, and as high as the picture asks for.
_DOCUMENT = """\
#set document(date: none)
#set page(width: 160mm, height: auto, margin: 0pt, fill: none)
#for file in {files} {{ page(image(file, width: 100%)) }}
"""


def pdf_of(svgs: Sequence[str]) -> bytes:
    """A PDF with a page for each SVG, in their order; the same ones give the same bytes."""
    with tempfile.TemporaryDirectory(prefix="lecture-") as folder:
        root = Path(folder)
        files = [f"{number}.svg" for number in range(len(svgs))]
        for file, svg in zip(files, svgs, strict=True):
            (root / file).write_text(svg, encoding="utf-8")
        listed = "".join(f'"{file}", ' for file in files)
        (root / "pages.typ").write_text(_DOCUMENT.format(files=f"({listed})"), encoding="utf-8")
        return compiled(root / "pages.typ")


def compiled(document: Path) -> bytes:
    """The PDF of a document of Typst, which knows no time."""
    made = typst.compile(str(document), format="pdf", timestamp=0)
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made
