"""The gallery's page: one file beside the clips that it shows, for any browser, offline too."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined
from markupsafe import Markup

from gdlecture.dist import Dist, DistError
from gdlecture.gallery import numbers
from gdlecture.gallery.contents import gather_contents
from gdlecture.gallery.drawing import drawing
from gdlecture.gallery.formulas import formula
from gdlecture.languages import own_name
from gdlecture.media.joining import FILES, SCRIPT, TITLE
from gdlecture.report.telling import percent, said
from gdlecture.verify.evidence import EvidenceError, WalkRecord
from gdstage.look.theme import DARK, LIGHT, Theme

PAGE = "index.html"

RULES = {"newton": "Newton"}
"""Names of steps that are written otherwise in a sentence."""

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<path d="M3 4Q16 50 29 4" fill="none" stroke="{line}" stroke-width="3"/>'
    '<circle cx="16" cy="26" r="5" fill="{dot}"/></svg>'
)


@dataclass(frozen=True)
class Gallery:
    """What became of making the page: of how many clips it tells, and whether it was so before."""

    clips: int
    unchanged: bool


def write_gallery(dist: Dist) -> Gallery | None:
    """Write the page of all clips in `dist`; None if there are none.

    What an earlier run left is removed if there is nothing to put in its place.

    Raises:
        DistError: there is no manifest, or a clip's video is missing.
        EvidenceError: a clip's evidence is broken.
        OSError: nothing can be written.
    """
    with dist.writing() as parts:
        manifest = dist.manifest()
        if not manifest["clips"]:
            dist.remove_page(PAGE, parts)
            return None
        try:
            data = gallery_page(dist, manifest)
        except (DistError, EvidenceError):
            dist.remove_page(PAGE, parts)
            raise
        new = dist.put_page(PAGE, data, {"of": files_hash(manifest)}, parts)
        return Gallery(len(manifest["clips"]), unchanged=not new)


def refresh_gallery(dist: Dist) -> bool:
    """Make the page that is there anew, in place, if it would be another; whether it was.

    Raises:
        DistError: there is no manifest, or a clip's video is missing.
        EvidenceError: a clip's evidence is broken; the page stays as it is.
        OSError: nothing can be written.
    """
    with dist.writing() as parts:
        manifest = dist.manifest()
        if PAGE not in manifest["files"]:
            return False
        data = gallery_page(dist, manifest)
        return dist.put_page(PAGE, data, {"of": files_hash(manifest)}, parts)


def files_hash(manifest: Mapping[str, Any]) -> str:
    """What the clips and the joined lecture are, in one word: by it a page of others is known."""
    entries = {
        path: entry["sha256"]
        for path, entry in manifest["files"].items()
        if path.startswith("clips/") or path in {*FILES, SCRIPT}
    }
    return hashlib.sha256(json.dumps(entries, sort_keys=True).encode()).hexdigest()


def gallery_page(dist: Dist, manifest: Mapping[str, Any]) -> bytes:
    """The page of the clips that a manifest names; the same clips give the same bytes.

    Raises:
        DistError: a clip's video is missing.
        EvidenceError: a clip's evidence is broken.
    """
    page = _environment().from_string(_asset("page.html.jinja"))
    text = page.render(
        title=TITLE,
        contents=gather_contents(dist, manifest),
        css=Markup(_colours() + _asset("page.css")),  # noqa: S704 (ours)
        js=Markup(_asset("page.js")),  # noqa: S704 (ours)
        drawing=drawing(),
        icon=_ICON.format(line=LIGHT.function, dot=LIGHT.iterate),
    )
    return (text + "\n").encode()


def _environment() -> Environment:
    environment = Environment(
        loader=BaseLoader(), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {
        "brief": lambda value: numbers.number(value, 2),
        "clock": numbers.clock,
        "function": _function,
        "instant": _instant,
        "language": own_name,
        "percent": percent,
        "number": numbers.number,
        "point": numbers.point,
        "rule": _rule,
        "said": said,
        "size": numbers.size,
        "spoken": numbers.spoken,
    }
    return environment


def _asset(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _colours() -> str:
    """The lecture's colours by their meanings, for a light and for a dark screen."""
    dark = _variables(DARK)
    return f"{_variables(LIGHT)}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}\n\n"


def _variables(theme: Theme) -> str:
    return f":root {{ color-scheme: {theme.name}; {theme.css()} }}"


def _instant(seconds: float) -> str:
    """A time for a player: whole milliseconds, never before the frame that is meant."""
    return f"{math.ceil(seconds * 1000 - 1e-6) / 1000:.3f}"


def _function(record: WalkRecord) -> Markup:
    if record.network is not None:  # its name, in words
        return Markup("{}").format(record.function)
    return formula(record.function, tuple(map(str, record.variables)))


def _rule(record: WalkRecord) -> Markup:
    """How a step is made: gradient, α = 0.1."""
    settings = [
        Markup("{} = {}").format(name, numbers.number(value))
        for name, value in (("α", record.rate), ("β", record.beta), ("radius", record.radius))
        if value is not None
    ]
    return Markup(", ").join([RULES.get(record.step, record.step), *settings])
