"""The handout as a PDF: a title page, then two beats a page."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gdlecture.still.pdf import compiled
from gdlecture.still.taking import Words
from gdstage.look.prose import prose
from gdstage.look.rounding import counted
from gdstage.look.theme import LIGHT

_TEMPLATE = Path(__file__).with_name("handout.typ")


@dataclass(frozen=True)
class Chapter:
    """A clip on paper: its name in words, what it is about, what it says, and a page a beat."""

    name: str
    about: str
    words: Sequence[Words]
    pages: bytes


def paper(title: str, chapters: Sequence[Chapter]) -> bytes:
    """The handout of chapters, in their order; the same ones give the same bytes."""
    beats = sum(len(chapter.words) for chapter in chapters)
    told = {
        "title": title,
        "subtitle": f"{counted(len(chapters), 'clip')}, {counted(beats, 'picture')}",
        "ink": LIGHT.ink,
        "label": LIGHT.label,
        "line": LIGHT.dim,
        "clips": [
            {
                "name": chapter.name,
                "about": chapter.about,
                "file": f"{number}.pdf",
                "beats": [
                    {
                        "title": prose(word.title),
                        "text": prose(word.text),
                        "alt": f"{word.title}. {word.text}",
                    }
                    for word in chapter.words
                ],
            }
            for number, chapter in enumerate(chapters)
        ],
    }
    with tempfile.TemporaryDirectory(prefix="lecture-") as folder:
        root = Path(folder)
        shutil.copy(_TEMPLATE, root)
        (root / "data.json").write_text(json.dumps(told), encoding="utf-8")
        for number, chapter in enumerate(chapters):
            (root / f"{number}.pdf").write_bytes(chapter.pages)
        return compiled(root / _TEMPLATE.name)
