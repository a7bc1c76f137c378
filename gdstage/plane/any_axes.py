"""Axes of any window: labels that fit, whatever the size of the numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import manim as mn

from gdstage.layout import Box
from gdstage.look.text import math, words
from gdstage.plane.axes import Plane
from gdstage.plane.ticks import ticks_of

if TYPE_CHECKING:
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.plane.ticks import Ticks

CHARACTER = 0.15
"""About how wide a character of a tick label is, in scene units."""

NOTE_SIZE = 22
TALLEST = 0.75
"""What a formula may be high, in scene units."""


class AnyPlane(Plane):
    """A pair of axes over any window; what its labels leave out is noted at their ends."""

    def __init__(
        self,
        theme: Theme,
        box: Box,
        x_window: tuple[float, float],
        y_window: tuple[float, float],
        *,
        y_name: str = "",
        most: int = 6,
    ) -> None:
        x_ticks, y_ticks = (ticks_of(*window, most) for window in (x_window, y_window))
        super().__init__(theme, _room_for(box, y_ticks), x_window, y_window, y_name=y_name)
        for place, label in zip(x_ticks.places, x_ticks.labels, strict=True):
            self._tick(self.at(place, y_window[0]), mn.DOWN, label)
        first = y_window[0] + 0.04 * (y_window[1] - y_window[0])
        for place, label in zip(y_ticks.places, y_ticks.labels, strict=True):
            if place > first:  # the lowest would touch those of the other axis
                self._tick(self.at(x_window[0], place), mn.LEFT, label)
        if note := _note("x", x_ticks):
            text = words(note, size=NOTE_SIZE, colour=theme.label)
            self.add(text.rest(self.box.right + 0.3, self.box.bottom - 0.75, anchor="right"))
        if note := _note("", y_ticks):
            text = words(note, size=NOTE_SIZE, colour=theme.label)
            self.add(text.rest(self.box.left + 0.22, self.box.top + 0.2))


def _room_for(box: Box, ticks: Ticks) -> Box:
    """The box, its left side moved so that the labels of the vertical axis have their place."""
    extra = max(0.0, CHARACTER * (ticks.widest - 2))
    return Box(box.left + extra, box.right, box.bottom, box.top)


def _note(name: str, ticks: Ticks) -> str:
    """What the labels leave out, in words; "" if nothing."""
    said = []
    if ticks.power:
        said.append(f"in units of 10{_raised(ticks.power)}")
    if ticks.offset:
        said.append(f"from {ticks.offset:,.15g}".replace(",", "\u202f").replace("-", "−"))
    return " ".join([name, *said]).strip() if said else ""


def _raised(power: int) -> str:
    return str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def fitted(text: Typeset, width: float) -> Typeset:
    """The text, made smaller if it is wider than `width` (scene units)."""
    if text.width > width:
        text.scale(width / text.width)
    return text


def rounded_off(code: str) -> str:
    """Typst's mathematics with long rows of zeros as powers of ten: 3 · 10⁹ for 3000000000."""

    def power(found: re.Match[str]) -> str:
        digits, zeros = found.groups()
        return f"10^({len(zeros)})" if digits == "1" else f"{digits} dot 10^({len(zeros)})"

    return re.sub(r"(?<![\d.])([1-9]\d*?)(0{6,})(?![\d.])", power, code)


def formula(name: str, code: str, *, size: float, colour: str, width: float) -> Typeset:
    """A function's formula on one line, or its name alone if it would be too small to be read."""
    text = math(f"{name} = {rounded_off(code)}", size=size, colour=colour)
    if text.width > 2.6 * width:
        text = math(f"{name} = ...", size=size, colour=colour)
    return fitted(text, min(width, text.width * TALLEST / max(text.height, TALLEST)))
