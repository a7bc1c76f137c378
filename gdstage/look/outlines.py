"""The outlines of what Typst has set, read from its SVG: a glyph of a font is read once.

manim reads any SVG, slowly: a third of a small clip's time went into it. Typst's has few kinds of
elements, and names each glyph by its shape, so that all texts share what is read.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

CLOSED = 1e-4
"""A path that ends so near to its beginning needs no line to close it."""

_HREF = "{http://www.w3.org/1999/xlink}href"
_PARTS = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "C": 6, "Z": 0}
"""The commands of a path, and how many numbers each takes."""

_TURNS = re.compile(r"(matrix|translate|scale)\(([^)]*)\)")
_IDLE = frozenset(("defs", "symbol", "title", "desc"))


class UnreadableError(ValueError):
    """An SVG of another kind than Typst's for words and formulas."""


class Outline(NamedTuple):
    """A shape: corners of its cubic curves (4n, 3), y down; colours "#rrggbb" or None; px."""

    points: Array
    fill: str | None
    stroke: str | None
    stroke_width: float


def outlines_in(svg: Path) -> list[Outline]:
    """The shapes of an SVG that Typst wrote, in the order of drawing.

    Raises:
        UnreadableError: there is something in it that Typst does not write for words and formulas.
    """
    root = ET.parse(svg).getroot()  # noqa: S314 (our own file)
    shapes = {
        f"#{symbol.get('id')}": part.get("d", "")
        for symbol in root.iter()
        if _tag(symbol) == "symbol"
        for part in symbol
    }
    return list(_drawn(root, np.eye(3), {}, shapes))


def _drawn(
    parent: ET.Element, turn: Array, style: Mapping[str, str], shapes: Mapping[str, str]
) -> Iterator[Outline]:
    for element in parent:
        tag = _tag(element)
        if tag in _IDLE:
            continue
        placed = turn @ _matrix(element.get("transform", ""))
        told = {**style, **element.attrib}
        if tag == "g":
            yield from _drawn(element, placed, told, shapes)
        elif tag == "use":
            at = np.array([float(element.get(key, 0)) for key in "xy"])
            yield _shape(shapes[element.get(_HREF, "")], placed, told, at)
        elif tag == "path":
            yield _shape(element.get("d", ""), placed, told, np.zeros(2))
        else:
            raise UnreadableError(f"expected words and formulas, found <{tag}>")


def _shape(path: str, turn: Array, style: Mapping[str, str], at: Array) -> Outline:
    flat = (curves(path) + at) @ turn[:2, :2].T + turn[:2, 2]
    points = np.column_stack([flat, np.zeros(len(flat))])
    fill, stroke = _colour(style.get("fill", "#000000")), _colour(style.get("stroke", "none"))
    width = float(style.get("stroke-width", 1)) if stroke else 0.0
    return Outline(points, fill, stroke, width)


def _colour(said: str) -> str | None:
    if said == "none":
        return None
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", said):
        raise UnreadableError(f"expected a colour, found {said!r}")
    return said


def _tag(element: ET.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _matrix(said: str) -> Array:
    """The matrix (3, 3) of a `transform`."""
    turn = np.eye(3)
    rest = _TURNS.sub("", said).strip(" ,")
    if rest:
        raise UnreadableError(f"expected a transform, found {rest!r}")
    for kind, numbers in _TURNS.findall(said):
        told = [float(number) for number in _PARTS.findall(numbers)]
        one = np.eye(3)
        if kind == "matrix":
            one[:2] = np.reshape(told, (3, 2)).T
        elif kind == "translate":
            one[:2, 2] = [*told, 0.0][:2]
        else:
            one[[0, 1], [0, 1]] = (told * 2)[:2]
        turn = turn @ one
    return turn


@lru_cache(maxsize=4096)
def curves(path: str) -> Array:
    """The corners (4n, 2) of the cubic curves of an SVG path; lines and parabolas as cubics, too.

    Raises:
        UnreadableError: it has a command that Typst does not write for glyphs and rules.
    """
    found: list[Array] = []
    here = start = np.zeros(2)
    parts, at, command = _PARTS.findall(path), 0, ""
    while at < len(parts):
        if parts[at].isalpha():
            command, at = parts[at], at + 1
        if command.upper() not in _TAKES:
            raise UnreadableError(f"expected the path of a glyph, found the command {command!r}")
        count = _TAKES[command.upper()]
        told, at = np.array(parts[at : at + count], dtype=float), at + count
        corners = _corners(command, told, here, start)
        if command.upper() == "M":
            start = corners[0]
            command = "l" if command == "m" else "L"  # more numbers are lines
        elif not (command.upper() == "Z" and np.linalg.norm(here - start) <= CLOSED):
            found.append(_cubic(here, corners))
        here = corners[-1]
    return np.concatenate(found) if found else np.zeros((0, 2))


def _corners(command: str, told: Array, here: Array, start: Array) -> Array:
    """The places (m, 2) that a command names."""
    origin = here if command.islower() else np.zeros(2)
    match command.upper():
        case "Z":
            return start[np.newaxis]
        case "H":
            return np.array([[origin[0] + told[0], here[1]]])
        case "V":
            return np.array([[here[0], origin[1] + told[0]]])
        case _:
            return told.reshape(-1, 2) + origin


def _cubic(start: Array, corners: Array) -> Array:
    """A line, a parabola or a cubic from a place through corners (1, 2 or 3, 2), as a cubic."""
    end = corners[-1]
    if len(corners) == 1:
        return np.stack([start, (2 * start + end) / 3, (start + 2 * end) / 3, end])
    if len(corners) == 2:
        middle = corners[0]
        return np.stack([start, (start + 2 * middle) / 3, (2 * middle + end) / 3, end])
    return np.stack([start, *corners])
