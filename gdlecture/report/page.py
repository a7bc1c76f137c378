"""The report of verifying, as one file: what was checked, how well it fits, and what failed."""

from __future__ import annotations

import base64
import math
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from jinja2 import BaseLoader, Environment, StrictUndefined
from markupsafe import Markup

from gdlecture.dist import write_whole
from gdlecture.report import telling
from gdlecture.verify.report import Report, Shot, Walked
from gdmath import Verdict
from gdstage.look.theme import DARK, LIGHT, Theme

KINDS = {
    "axes": "Axes", "curve": "Graphs", "dot": "Current iterates", "hop": "Steps along an axis",
    "level": "Level lines", "line": "Lines with a slope", "map": "Maps of colours",
    "number": "Numbers", "point": "Points", "polyline": "Trails and charts",
    "region": "Filled areas", "scenery": "Scenery, no quantity", "segment": "Segments",
    "space": "Views of a space", "surface": "Surfaces", "tip": "Arrow heads", "word": "Words",
}  # fmt: skip
"""Kinds of claims as a reader calls them."""

LARGEST, WIDEST = 3, 1080
"""How many times as large as it was a picture is shown, and how wide (px) at most."""

LINES = 10
"""So many failures of a clip are told in words at once; the others are folded."""


def report_page(reports: Sequence[Report], of: str) -> bytes:
    """The page of what was verified, `of` where; the same reports give the same bytes."""
    environment = Environment(
        loader=BaseLoader(), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {
        "data": _data, "decimals": _decimals, "ended": _ended, "kind": _kind,
        "percent": telling.percent, "shown": _shown,
    }  # fmt: skip
    clips = [report for report in reports if report.kind == "clip"]
    page = environment.from_string(_asset("page.html.jinja"))
    text = page.render(
        of=of,
        clips=clips,
        others=[report for report in reports if report.kind != "clip"],
        failures=sum(len(report.failures) for report in reports),
        total=telling.total(reports).rpartition(":")[0],
        grouped=telling.grouped,
        groups=telling.GROUPS,
        line=telling.line,
        most=LINES,
        css=Markup(_colours() + _asset("page.css")),  # noqa: S704 (ours)
    )
    return (text + "\n").encode()


def write_report(path: Path, reports: Sequence[Report], of: str) -> None:
    """Write the page, whole or not at all.

    Raises:
        DistError: it cannot be written.
    """
    write_whole(path, report_page(reports, of))


def _asset(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _colours() -> str:
    """The lecture's colours by their meanings, for a light and for a dark screen."""
    dark = _variables(DARK)
    return f"{_variables(LIGHT)}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}\n\n"


def _variables(theme: Theme) -> str:
    return f":root {{ color-scheme: {theme.name}; {theme.css()} }}"


def _data(png: bytes) -> str:
    """A picture as an address that holds it."""
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")


def _shown(shot: Shot) -> tuple[int, int]:
    """How wide and high the pictures of a failure are shown, CSS px."""
    width, height = shot.size
    scale = min(LARGEST, WIDEST / width)
    return round(scale * width), round(scale * height)


def _kind(kind: str) -> str:
    return KINDS.get(kind, kind)


def _ended(walk: Walked) -> str:
    """How a walk ended, in words; a verdict that is not known stays as it is."""
    try:
        return Verdict[walk.verdict].value
    except KeyError:
        return walk.verdict.replace("_", " ").lower()


def _decimals(error: float) -> str:
    """To how many decimals a certified walk is that of 50 digits."""
    if error == 0:
        return "all"
    if not math.isfinite(error):
        return "none"
    return str(max(math.floor(-math.log10(2 * abs(error))), 0))
