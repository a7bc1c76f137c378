"""A drawing as SVG, made with the calls that cairo's contexts take.

Cairo's own SVG takes ten times the bytes, and changes with its version. Above all it leaves seams:
a viewer smooths each facet of a surface by itself, so that what lies behind shows where two meet.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

import cairo

from gdlecture.still.facets import Colour, Facet, patches
from gdlecture.still.layers import Extent, Layer, Part, area, disc, layered, stroke
from gdlecture.still.outline import Point, Step, circle, number, polygon, written

# What is not named is what SVG takes anyway.
_CAPS = {cairo.LINE_CAP_ROUND: "round", cairo.LINE_CAP_SQUARE: "square"}
_JOINS = {cairo.LINE_JOIN_ROUND: "round", cairo.LINE_JOIN_BEVEL: "bevel"}
_STRAIGHT = 0.004
"""Pixels that a curve may leave its chord by, and be written as a line."""

_FACET_DIGITS = 1
"""To how many digits of a pixel facets are told, which are many and meet one another."""


@dataclass(frozen=True)
class Line:
    """A line of text: its baseline begins at x and y; em and width are px, as these."""

    text: str
    x: float
    y: float
    em: float
    width: float


@dataclass(frozen=True)
class Mark:
    """A path in a style, as SVG has both, and where it is."""

    style: str
    path: str
    extent: Extent
    material: str = "marks"


class SvgContext:
    """What stands in for a cairo context whose surface is an SVG of so many pixels.

    Red and blue change places in it, as they do in manim's pixels, for which its colours are told.
    """

    def __init__(self, width: int, height: int) -> None:
        self.size = width, height
        self._parts: list[str] = []
        self._space: list[Part] | None = None
        self._matrix = self._kept = (1.0, 1.0, 0.0, 0.0)
        self._steps: list[Step] = []
        self._corners: list[Point] = []
        self._radius = 0.0
        self._colour: Colour | str = (0.0, 0.0, 0.0, 1.0)
        self._sharp = False
        self._width = 1.0
        self._cap, self._join = cairo.LINE_CAP_BUTT, cairo.LINE_JOIN_MITER
        self._gradients = 0

    def svg(self, *, ground: str | None, title: str, lines: Iterable[Line] = ()) -> str:
        """The drawing on a ground #rrggbb or on none, with text upon it that is there to be found.

        The text is not seen: its glyphs are drawn already.
        """
        width, height = self.size
        size = f'width="{width}" height="{height}"'
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width} {height}">',
            f"<title>{escape(title, quote=False)}</title>",
        ]
        if ground is not None:
            parts.append(f'<rect {size} fill="{ground}"/>')
        parts += self._parts
        parts.append(
            '<g fill="none" pointer-events="all" font-family="Libertinus Serif, serif" '
            'xml:space="preserve">'
        )
        parts += [
            f'<text x="{number(line.x)}" y="{number(line.y)}" font-size="{number(line.em)}" '
            f'textLength="{number(line.width)}" lengthAdjust="spacingAndGlyphs">'
            f"{escape(line.text, quote=False)}</text>"
            for line in lines
        ]
        return "\n".join([*parts, "</g>", "</svg>", ""])

    def save(self) -> None:
        """Begin a space: all until `restore` is in pixels, and comes from back to front."""
        self._kept = self._matrix
        self._space = []

    def restore(self) -> None:
        """End a space."""
        self._matrix, self._sharp = self._kept, False
        self._parts += _drawn(layered(self._space or [], self.size))
        self._space = None

    def identity_matrix(self) -> None:
        """Take what comes in pixels."""
        self._matrix = (1.0, 1.0, 0.0, 0.0)

    def set_matrix(self, matrix: cairo.Matrix) -> None:
        """Take what comes in other units, not turned."""
        self._matrix = (matrix.xx, matrix.yy, matrix.x0, matrix.y0)

    def set_antialias(self, antialias: cairo.Antialias) -> None:
        """Without smoothing come the facets of a surface, which meet."""
        self._sharp = antialias == cairo.ANTIALIAS_NONE

    def set_source_rgba(self, blue: float, green: float, red: float, alpha: float = 1.0) -> None:
        """Take a colour."""
        self._colour = (red, green, blue, alpha)

    def set_source(self, pattern: cairo.LinearGradient) -> None:
        """Take colours that change along a line."""
        self._gradients += 1
        name = f"g{self._gradients}"
        (x0, y0), (x1, y1) = (self._seen(*p) for p in _pairs(pattern.get_linear_points()))
        stops = "".join(
            f'<stop offset="{number(at, 4)}" stop-color="{_hex((red, green, blue))}" '
            f'stop-opacity="{number(alpha, 3)}"/>'
            for at, blue, green, red, alpha in pattern.get_color_stops_rgba()
        )
        self._parts.append(
            f'<linearGradient id="{name}" gradientUnits="userSpaceOnUse" x1="{number(x0)}" '
            f'y1="{number(y0)}" x2="{number(x1)}" y2="{number(y1)}">{stops}</linearGradient>'
        )
        self._colour = f"url(#{name})"

    def set_line_width(self, width: float) -> None:
        """Take a breadth of lines."""
        self._width = width

    def set_line_cap(self, cap: cairo.LineCap) -> None:
        """Take a form of their ends."""
        self._cap = cap

    def set_line_join(self, join: cairo.LineJoin) -> None:
        """Take a form of their bends."""
        self._join = join

    def new_path(self) -> None:
        """Begin another path."""
        self._steps, self._corners, self._radius = [], [], 0.0

    def new_sub_path(self) -> None:
        """Begin another part of it; `move_to` or `arc` says where."""

    def move_to(self, x: float, y: float) -> None:
        """Go to a point."""
        self._go("M", self._seen(x, y))

    def line_to(self, x: float, y: float) -> None:
        """Draw a line to a point; if there is no path yet, begin it there."""
        self._go("L" if self._steps else "M", self._seen(x, y))

    def curve_to(self, *numbers: float) -> None:
        """Draw a cubic to the last of three points."""
        start = self._corners[-1]
        one, two, end = (self._seen(*point) for point in _pairs(numbers))
        straight = all(
            abs(steered[k] - start[k] - share * (end[k] - start[k])) < _STRAIGHT
            for steered, share in ((one, 1 / 3), (two, 2 / 3))
            for k in (0, 1)
        )
        if straight:
            self._go("L", end)
        else:
            self._go("C", one, two, end)

    def close_path(self) -> None:
        """Go back to where its part began."""
        self._steps.append(("Z", ()))

    def arc(self, x: float, y: float, radius: float, start: float, end: float) -> None:
        """Draw a circle, of which nobody draws less."""
        del start, end
        self._go("M", self._seen(x, y))
        self._radius = abs(radius * self._matrix[0])

    def fill(self) -> None:
        """Fill the path, and end it."""
        if self._sharp and self._space is not None and isinstance(self._colour, tuple):
            if self._colour[3] > 0:
                self._space.append(Facet.of(self._corners, self._colour))
        else:
            self.fill_preserve()
        self.new_path()

    def fill_preserve(self) -> None:
        """Fill the path."""
        if style := self._paint("fill"):
            self._draw(style, 0.0)

    def stroke(self) -> None:
        """Draw along the path, and end it."""
        self.stroke_preserve()
        self.new_path()

    def stroke_preserve(self) -> None:
        """Draw along the path."""
        style, width = self._paint("stroke"), abs(self._width * self._matrix[0])
        if style and width > 0:
            style += f' stroke-width="{number(width)}"'
            if self._cap in _CAPS:
                style += f' stroke-linecap="{_CAPS[self._cap]}"'
            if self._join in _JOINS:
                style += f' stroke-linejoin="{_JOINS[self._join]}"'
            self._draw(f' fill="none"{style}', width)

    def image(self, png: bytes, left: float, top: float, width: float, height: float) -> None:
        """Lay a picture over a rectangle, px."""
        address = base64.b64encode(png).decode("ascii")
        self._parts.append(
            f'<image x="{number(left)}" y="{number(top)}" width="{number(width)}" '
            f'height="{number(height)}" preserveAspectRatio="none" '
            f'href="data:image/png;base64,{address}"/>'
        )

    def _seen(self, x: float, y: float) -> Point:
        across, down, left, top = self._matrix
        return across * x + left, down * y + top

    def _go(self, letter: str, *points: Point) -> None:
        self._steps.append((letter, points))
        self._corners.append(points[-1])

    def _paint(self, what: str) -> str:
        """The colour as attributes; none if nothing would be seen."""
        if not self._steps:
            return ""
        if isinstance(self._colour, str):
            return f' {what}="{self._colour}"'
        *rgb, alpha = self._colour
        if round(alpha, 3) == 0:
            return ""
        through = f' {what}-opacity="{number(alpha, 3)}"' if round(alpha, 3) < 1 else ""
        return f' {what}="{_hex(rgb)}"{through}'

    def _draw(self, style: str, width: float) -> None:
        (x, y), radius = self._corners[-1], self._radius
        path = circle(x, y, radius) if radius else written(self._steps, 2)
        if self._space is None:
            self._parts.append(_path(style, path))
            return
        if radius:
            lies = disc(x, y, radius)
        else:
            lies = stroke(self._corners, width) if width else area(self._corners)
        self._space.append(Mark(style, path, lies))


def _drawn(layers: Sequence[Layer]) -> Iterator[str]:
    """The layers of a space, from back to front."""
    found = patches([[part for part in layer.parts if isinstance(part, Facet)] for layer in layers])
    for layer, areas in zip(layers, found, strict=True):
        marks = (part for part in layer.parts if isinstance(part, Mark))
        for style, run in groupby(marks, key=lambda mark: mark.style):
            paths = [mark.path for mark in run]
            # Two that let light through are seen as two where they overlap.
            whole = paths if "opacity" in style else ["".join(paths)]
            yield from (_path(style, path) for path in whole)
        # What lets light through is solid within its layer, or each edge would show as a line.
        through = bool(areas) and areas[0].colour[3] < 1
        if through:
            yield f'<g opacity="{number(areas[0].colour[3], 3)}">'
        for patch in areas:
            path = "".join(polygon(outline, _FACET_DIGITS) for outline in patch.outlines)
            yield _path(f' fill="{_hex(patch.colour[:3])}"', path)
        if through:
            yield "</g>"


def _path(style: str, path: str) -> str:
    return f'<path{style} d="{path}"/>'


def _pairs(numbers: Sequence[float]) -> list[Point]:
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _hex(channels: Sequence[float]) -> str:
    return "#" + "".join(f"{round(255 * min(max(float(c), 0.0), 1.0)):02x}" for c in channels)
