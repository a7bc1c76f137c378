"""The slides as a page of reveal.js that needs no network."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gdlecture.deck.slides import FOLDER, DeckError, Slide
from gdlecture.languages import common_language

TEMPLATES = Path(__file__).with_name("templates")

# How wide a slide is for reveal.js, which scales it to the window.
_WIDTH = 1280

_MEDIA = {".jpg": "image/jpeg", ".mp4": "video/mp4"}


@dataclass(frozen=True)
class Asset:
    """A style or a script of the page: its address beside deck.html, and what it says."""

    path: str
    text: str


def reveal_folder() -> Path:
    """Where reveal.js is: sphinx-revealjs ships it, and Sphinx is not run.

    Raises:
        DeckError: it is not installed.
    """
    spec = find_spec("sphinx_revealjs")
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place) / "_static/revealjs"
        if (folder / "dist/reveal.js").is_file():
            return folder
    raise DeckError("reveal.js is not installed; the package sphinx-revealjs has it")


def styles() -> list[Asset]:
    """The page's styles: reveal.js's, then the deck's own."""
    return [_reveal("dist/reveal.css"), _own("deck.css")]


def scripts() -> list[Asset]:
    """The page's scripts, in the order in which they are run."""
    return [_reveal("dist/reveal.js"), _reveal("plugin/notes/notes.js"), _own("deck.js")]


def assets() -> list[Asset]:
    """All that a page in a folder needs besides the slides, with reveal.js's licence."""
    return [*styles(), *scripts(), _reveal("LICENSE")]


def _reveal(file: str) -> Asset:
    path = reveal_folder() / file
    return Asset(f"{FOLDER}/reveal/{path.name}", path.read_text(encoding="utf-8"))


def _own(file: str) -> Asset:
    return Asset(f"{FOLDER}/{file}", (TEMPLATES / file).read_text(encoding="utf-8"))


def page(slides: Sequence[Slide], title: str, *, one_file: bool) -> str:
    """The deck as HTML; with `one_file` films, pictures and reveal.js are within it.

    Each clip is a column of slides, one a beat.
    """
    # Neither address nor text may end what it stands in.
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(TEMPLATES),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    first = slides[0]
    return environment.get_template("deck.html.j2").render(
        title=title,
        theme=first.theme,
        language=common_language(slide.language for slide in slides),
        width=_WIDTH,
        height=8 * round(_WIDTH * first.height / first.width / 8),
        stacks=[list(beats) for _, beats in groupby(slides, key=lambda slide: slide.clip)],
        slides=slides,
        styles=[_closed(asset) for asset in styles()],
        scripts=[_closed(asset) for asset in scripts()],
        inline=one_file,
        address=_data_address if one_file else _address,
        base64=_base64,
    )


def _closed(asset: Asset) -> Asset:
    """Text that can stand within a page: no end tag in it ends what holds it."""
    return Asset(asset.path, re.sub(r"</(?=script|style)", r"<\\/", asset.text))


def _address(path: Path) -> str:
    return f"{FOLDER}/{path.name}"


def _data_address(path: Path) -> str:
    return f"data:{_MEDIA[path.suffix]};base64,{_base64(path)}"


def _base64(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode("ascii")
