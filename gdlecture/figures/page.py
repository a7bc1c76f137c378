"""The page of the figures: one file that shows each beside its code, for any browser, offline."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from gdlecture.dist import write_whole
from gdlecture.figures.drawing import HEIGHT, WIDTH, picture_of, scratch
from gdlecture.figures.example import Example, examples, rooms
from gdstage.look.theme import DARK, LIGHT, Theme

PAGE = "figures.html"
THEMES = (LIGHT, DARK)

# What Pygments calls the kinds of words, by the colours of the lecture that suit them.
_SYNTAX = {
    "label": ("c1", "k", "kn", "o", "ow", "p"),
    "function": ("nn",),
    "minimum": ("s1", "s2", "sd", "sa", "si"),
    "tangent": ("mi", "mf"),
}

Pictures = Mapping[tuple[str, str], bytes]
"""PNG files by the names of an example and of a theme."""


def write_figures(root: Path, drawn: Callable[[], object]) -> int:
    """Write the page into a folder, and tell how many figures it shows; slow.

    `drawn` is called whenever another of the figures is there.

    Raises:
        DistError: it cannot be written.
    """
    found = examples()
    pictures = {}
    with scratch():
        for example in found:
            for theme in THEMES:
                pictures[example.anchor, theme.name] = picture_of(example, theme)
            drawn()
    write_whole(root / PAGE, page(found, pictures).encode())
    return len(found)


def page(found: list[Example], pictures: Pictures) -> str:
    """The page of these examples; it asks nothing of any network."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters |= {"highlighted": _highlighted}
    told = rooms()
    return environment.from_string(_text("page.html.jinja")).render(
        rooms=[
            (room, told[room], list(shown))
            for room, shown in groupby(found, key=lambda example: example.room)
        ],
        addresses={key: _address(data) for key, data in pictures.items()},
        width=WIDTH,
        height=HEIGHT,
        css=Markup(_colours() + _text("page.css")),  # noqa: S704 (ours)
    )


def _text(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _highlighted(code: str) -> Markup:
    # What Pygments gives is escaped.
    return Markup(highlight(code, PythonLexer(), HtmlFormatter(nowrap=True)))  # noqa: S704


def _address(data: bytes) -> str:
    return f"data:image/png;base64,{b64encode(data).decode()}"


def _colours() -> str:
    light, dark = (_variables(theme) for theme in THEMES)
    syntax = "\n".join(
        f"{', '.join(f'code .{kind}' for kind in kinds)} {{ color: var(--{colour}); }}"
        for colour, kinds in _SYNTAX.items()
    )
    return f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n\n{syntax}\n\n"


def _variables(theme: Theme) -> str:
    return f":root {{ color-scheme: {theme.name}; {theme.css()} }}"
