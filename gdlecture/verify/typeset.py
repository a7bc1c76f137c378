"""Texts typeset anew by Typst, and what they cover of a picture's pixels.

Many texts go into one document, a page each, so that a clip's texts are set at once. Glyphs are
known by the names that Typst gives their shapes: the same shape has the same name in every
document.
"""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import cairo
import numpy as np
import typst
from numpy.typing import NDArray

Matrix = tuple[float, float, float, float, float, float]

EM = 10.0
"""The size at which texts are set, pt."""

_HEAD = f"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(size: {EM:g}pt)
"""
_WORDS = "Libertinus Serif"
_ONE: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_BATCH = 400
# Rules are drawn half as wide as Typst sets them: manim's unit of a stroke is a hundredth of a
# scene unit, an em's is a tenth of its size, and manim halves what it takes from Typst.
_RULE = 1.0


class TypesetError(ValueError):
    """A text cannot be set; the message says why."""


@dataclass(frozen=True)
class Face:
    """Fonts by their families: of words and of formulas, "" for Typst's own; and their folders."""

    words: str = ""
    maths: str = ""
    folders: tuple[Path, ...] = ()

    @property
    def head(self) -> str:
        """How a document begins that is set in them."""
        own = f'"{self.words}", ' if self.words else ""
        lines = [f'{_HEAD}#set text(font: ({own}"{_WORDS}",))\n']
        if self.maths:
            lines.append(f'#show math.equation: set text(font: "{self.maths}")\n')
        return "".join(lines)


_TYPSTS = Face()
FACE: ContextVar[Face] = ContextVar("fonts of the clip that is verified", default=_TYPSTS)
"""In which fonts texts are set anew."""


@dataclass(frozen=True, eq=False)
class Shape:
    """The outline of a glyph, or a rule of a width (pt): cairo's commands with their numbers."""

    name: str
    commands: tuple[tuple[str, tuple[float, ...]], ...]
    width: float = 0.0

    @cached_property
    def corners(self) -> NDArray[np.float64]:
        """All points of its curves, those that steer them too, (n, 2)."""
        numbers = [v for _, values in self.commands for v in values]
        return np.array(numbers, dtype=float).reshape(-1, 2)


@dataclass(frozen=True, eq=False)
class Part:
    """A shape where it stands in a text: `matrix` takes its points to pt on the page, y down."""

    shape: Shape
    matrix: Matrix
    colour: str

    @cached_property
    def corners(self) -> NDArray[np.float64]:
        """All points of its curves on the page, pt, (n, 2)."""
        a, b, c, d, e, f = self.matrix
        x, y = self.shape.corners.T
        return np.column_stack([a * x + c * y + e, b * x + d * y + f])

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of its points, pt."""
        return _box(self.corners)


@dataclass(frozen=True, eq=False)
class Setting:
    """A text as it was set: its parts in the order of reading."""

    parts: tuple[Part, ...]

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of its points, pt."""
        return _box(np.concatenate([part.corners for part in self.parts]))


def typeset(codes: Iterable[str]) -> dict[str, Setting | TypesetError]:
    """Each line of Typst set anew, or why it cannot be; what was set once is remembered."""
    wanted, known = list(dict.fromkeys(codes)), _KNOWN[FACE.get()]
    new = [code for code in wanted if code not in known]
    for at in range(0, len(new), _BATCH):
        _learn(new[at : at + _BATCH], known)
    return {code: known[code] for code in wanted}


@lru_cache(maxsize=20_000)
def mask(
    shape: Shape, linear: tuple[float, float, float, float], phase: tuple[float, float]
) -> tuple[NDArray[np.float32], int, int]:
    """What a shape covers of the pixels, 0…1, and the column and row of the first of them.

    `linear` takes its points to px, `phase` is where its origin is in a pixel.
    """
    a, b, c, d = linear
    x, y = shape.corners.T
    left, top, right, bottom = _box(np.column_stack([a * x + c * y, b * x + d * y]) + phase)
    pen = shape.width * math.sqrt(abs(a * d - b * c))
    column, row = math.floor(left - pen), math.floor(top - pen)
    width, height = math.ceil(right + pen) - column + 1, math.ceil(bottom + pen) - row + 1
    surface = cairo.ImageSurface(cairo.FORMAT_A8, width, height)
    context = cairo.Context(surface)
    context.set_matrix(cairo.Matrix(a, b, c, d, phase[0] - column, phase[1] - row))
    draw: Mapping[str, Callable[..., None]] = {
        "M": context.move_to,
        "L": context.line_to,
        "C": context.curve_to,
    }
    for command, values in shape.commands:
        if values:
            draw[command](*values)
        else:
            context.close_path()
    if shape.width:
        context.set_line_width(shape.width)
        context.stroke()
    else:
        context.fill()
    surface.flush()
    covered = np.frombuffer(surface.get_data(), dtype=np.uint8).reshape(height, -1)[:, :width]
    return np.asarray(covered / np.float32(255), dtype=np.float32), column, row


_KNOWN: dict[Face, dict[str, Setting | TypesetError]] = defaultdict(dict)
_SHAPES: dict[str, Shape] = {}


def _learn(codes: list[str], known: dict[str, Setting | TypesetError]) -> None:
    try:
        pages = _compile(codes)
    except TypesetError as error:
        if len(codes) == 1:
            known[codes[0]] = error
            return
        for code in codes:
            _learn([code], known)
        return
    for code, page in zip(codes, pages, strict=True):
        parts = tuple(_parts(ET.fromstring(page)))  # noqa: S314 (Typst's own)
        known[code] = Setting(parts) if parts else TypesetError("it leaves no ink")


@cache
def _fonts(folders: tuple[Path, ...]) -> Any:
    """What Typst can set texts in, found once: the system may have many fonts."""
    return typst.Fonts(font_paths=[str(folder) for folder in folders])


def _compile(codes: list[str]) -> list[bytes]:
    """The pages of a document, each text on its own.

    Raises:
        TypesetError: Typst refuses one of them, or they do not make a page each.
    """
    face = FACE.get()
    source = face.head + "\n#pagebreak()\n".join(codes)
    try:
        found: Any = typst.compile(source.encode(), format="svg", font_paths=_fonts(face.folders))
    except RuntimeError as error:
        raise TypesetError(f"Typst: {error}") from error
    pages = found if isinstance(found, list) else [found]
    if len(pages) != len(codes):
        raise TypesetError(f"expected {len(codes)} pages, found {len(pages)}")
    return pages


def _parts(page: ET.Element) -> Iterator[Part]:
    """The parts of a page, in the order in which they are drawn."""
    for symbol in page.iter(_tag("symbol")):
        name = symbol.get("id", "")
        if name not in _SHAPES:
            _SHAPES[name] = Shape(name, _commands(symbol[0].get("d", "")))
    yield from _parts_of(page, _ONE)


def _parts_of(element: ET.Element, matrix: Matrix) -> Iterator[Part]:
    for child in element:
        if child.tag == _tag("defs"):
            continue
        inner = _times(matrix, _transform(child.get("transform", "")))
        if child.tag == _tag("use"):
            name = child.get("{http://www.w3.org/1999/xlink}href", "").removeprefix("#")
            pen = (1.0, 0.0, 0.0, 1.0, float(child.get("x", 0)), float(child.get("y", 0)))
            yield Part(_SHAPES[name], _times(inner, pen), child.get("fill", ""))
        elif child.tag == _tag("path"):
            commands = _commands(child.get("d", ""))
            if child.get("stroke", "none") != "none":
                width = _RULE * float(child.get("stroke-width", 1))
                yield Part(Shape("", commands, width), inner, child.get("stroke", ""))
            elif child.get("fill", "none") != "none":
                yield Part(Shape("", commands), inner, child.get("fill", ""))
        yield from _parts_of(child, inner)


def _commands(path: str) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """SVG's path in absolute moves, lines and curves."""
    found: list[tuple[str, tuple[float, ...]]] = []
    pen = start = np.zeros(2)
    for letter, text in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        values = [float(v) for v in re.findall(r"-?[\d.]+(?:e-?\d+)?", text)]
        base = pen if letter.islower() else np.zeros(2)
        kind = letter.upper()
        if kind == "Z":
            found.append(("Z", ()))
            pen = start
            continue
        if kind == "H":
            points = np.array([[base[0] + values[0], pen[1]]])
        elif kind == "V":
            points = np.array([[pen[0], base[1] + values[0]]])
        else:
            points = np.array(values).reshape(-1, 2) + base
        if kind == "Q":
            points = np.array([pen + (points[0] - pen) * 2 / 3,
                               points[1] + (points[0] - points[1]) * 2 / 3, points[1]])  # fmt: skip
        pen = points[-1]
        if kind == "M":
            start = pen
            if found and found[-1][0] == "M":
                found.pop()
        name = {"H": "L", "V": "L", "Q": "C"}.get(kind, kind)
        found.append((name, tuple(points.ravel().tolist())))
    return tuple(found)


def _transform(text: str) -> Matrix:
    found = re.fullmatch(r"(matrix|translate|scale)\((.*)\)", text.strip())
    if not found:
        return _ONE
    values = [float(v) for v in re.split(r"[\s,]+", found[2].strip())]
    if found[1] == "matrix":
        a, b, c, d, e, f = values
        return (a, b, c, d, e, f)
    x, y = values if len(values) == 2 else (values[0], values[0] if found[1] == "scale" else 0.0)
    return (1.0, 0.0, 0.0, 1.0, x, y) if found[1] == "translate" else (x, 0.0, 0.0, y, 0.0, 0.0)


def _times(outer: Matrix, inner: Matrix) -> Matrix:
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (
        a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j,
        a * k + c * m + e, b * k + d * m + f,
    )  # fmt: skip


def _tag(name: str) -> str:
    return "{http://www.w3.org/2000/svg}" + name


def _box(points: NDArray[np.float64]) -> tuple[float, float, float, float]:
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)
