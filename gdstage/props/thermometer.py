"""A thermometer in °C, and what skin feels: a place that is colder or warmer than where one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import manim as mn
import numpy as np

from gdstage.look.readout import Readout
from gdstage.look.text import math
from gdstage.look.theme import colour_map, hexed
from gdstage.proof.statement import Statement, point, region, scenery, segment, stated, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact
    from gdstage.proof.lens import Lens

LABEL, NUMBER = 30, 40
UNIT_GAP = 0.16
"""How far behind the number its unit is, in scene units."""

BULB, TUBE, GLASS, SCALE = 0.3, 0.15, 0.11, 0.4
"""Half as wide as bulb and column, how thick the glass around them is, and how far left of the
middle the ticks begin (scene units)."""


class Thermometer(mn.VGroup):
    """A column over a scale of `ticks`, between heights of the frame, at an x; its number on top.

    Temperatures run over `ends` (low, high), in which the column goes from the first two colours of
    `palette` to the last two. It is a scale of its own: what stands beside it states its height
    there.
    """

    def __init__(
        self,
        theme: Theme,
        ticks: Sequence[float],
        ends: tuple[float, float],
        palette: tuple[str, ...],
        *,
        x: float,
        heights: tuple[float, float],
    ) -> None:
        super().__init__()
        self.theme, self.ends = theme, ends
        # The palest colours, in the middle, would not be seen in the glass.
        self.palette = (*palette[:2], *palette[-2:])
        self.x, self.heights = x, heights
        self._ticks: list[tuple[Any, Any]] = []
        # The glass is hardly seen: what counts is the column.
        glass = mn.VMobject(stroke_width=0).set_fill(theme.faint, 1)
        glass.set_points_as_corners(self._shape(self.at(ends[1])[1] + 0.1, GLASS))
        self.add(stated(glass, scenery("sauna")))
        marks = mn.VGroup()
        for value in ticks:
            place = self.at(value) + SCALE * mn.LEFT
            mark = mn.Line(place, place + 0.1 * mn.LEFT, color=theme.label, stroke_width=2.5)
            label = math(f"{value:g}", size=LABEL, colour=theme.label)
            label.rest(place[0] - 0.22, place[1] - 0.11, anchor="right")
            self._ticks.append((mark, label))
            marks.add(mark, stated(label, word("tick")))
        self.add(stated(marks, Statement("axes", "thermometer", self)))
        self.column = mn.VMobject(stroke_width=0)
        letter = math("T", size=NUMBER, colour=theme.ink)
        self.letter = letter.rest(x - 1.05, heights[1] + 0.85)
        right = self.letter.get_right()[0] + 0.03
        self.number = Readout(right, heights[1] + 0.85, size=NUMBER, colour=theme.ink, decimals=1)
        room = math(f"T approx {ends[1]:.1f}", size=NUMBER, colour=theme.ink).width
        unit = math('"°C"', size=NUMBER, colour=theme.ink)
        self.add(unit.rest(x - 1.05 + room + UNIT_GAP, heights[1] + 0.85))

    @property
    def live(self) -> tuple[mn.Mobject, ...]:
        """What changes with what it reads: the column and the number."""
        return (self.column, self.number)

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """All of it, to come and go."""
        return (self, self.letter, *self.live)

    def scale_seen(self, lens: Lens) -> dict[str, Any]:
        """Its ticks for the evidence, as a plane's: what is written at each, and the pixel."""
        (bottom, top), half = self.heights, SCALE
        box = [*lens.to_pixel((self.x - half, top)), *lens.to_pixel((self.x + half, bottom))]
        ticks = [
            {"label": label.code, "pixel": list(lens.to_pixel(mark.points[0]))}
            for mark, label in self._ticks
        ]
        plain = {"name": "", "log": False, "power": 0, "offset": 0.0, "note": "", "ticks": ticks}
        return {"window": [[0.0, 1.0], list(self.ends)], "box": box, "y": plain}

    def at(self, value: float) -> mn.typing.Point3D:
        """Where a temperature is on the scale, in scene units (3,)."""
        (low, high), (bottom, top) = self.ends, self.heights
        up = bottom + (value - low) / (high - low) * (top - bottom)
        return np.array([self.x, up, 0.0])

    def read(self, temperature: Fact) -> Self:
        """Show a temperature."""
        (low, high), value = self.ends, float(temperature.value)
        colour = hexed(colour_map(self.palette, (value - low) / (high - low)))
        self.column.set_points_as_corners(self._shape(self.at(value)[1])).set_fill(colour, 1)
        stated(self.column, region(self, "column", (None, None), (None, temperature)))
        self.number.write(temperature, beside=self.letter.source)
        return self

    def mark(self, temperature: Fact) -> mn.Line:
        """A line across the glass, out to the right, at the temperature where one is."""
        start = self.at(float(temperature.value)) + (TUBE + GLASS) * mn.LEFT
        line = mn.Line(start, start + 2.2 * mn.RIGHT, color=self.theme.ink, stroke_width=3)
        place = (None, temperature)
        return stated(line, segment(self, "here", place, place))

    def felt(self, temperature: Fact, here: Fact, aside: float) -> mn.Dot:
        """A dot, so far right of the column (scene units), at the temperature of a place reached.

        It is blue if it is colder than `here`, else red.
        """
        dot = mn.Dot(self.at(float(temperature.value)) + aside * mn.RIGHT, radius=0.085)
        known = point(self, "felt", (None, temperature), felt=temperature, here=here)
        return stated(dot.set_fill(feeling(self.theme, temperature, here), 1), known)

    def _shape(self, top: float, more: float = 0.0) -> list[Any]:
        """The outline of a column up to a height, over its bulb; or of the glass around them."""
        bulb, half = BULB + more, TUBE + more
        start = float(np.arcsin(half / bulb))
        turn = np.linspace(start, 2 * np.pi - start, 40)
        middle = np.array([self.x, self.heights[0] - BULB, 0.0])
        around = [middle + bulb * np.array([np.sin(t), np.cos(t), 0.0]) for t in turn]
        corners = [np.array([self.x + side * half, top, 0.0]) for side in (-1.0, 1.0)]
        return [*around, *corners, around[0]]


def feeling(theme: Theme, there: Fact, here: Fact) -> str:
    """What skin feels of a temperature, as a colour: blue if it is lower than here, else red."""
    return theme.heat[1] if there.value < here.value else theme.heat[-1]
