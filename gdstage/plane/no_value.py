"""Where in a window a field of one variable has no value: shaded, and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.rounding import shown
from gdstage.look.text import SMALLEST, digits, math, words
from gdstage.plane.sampling import border
from gdstage.proof.field_facts import FieldFacts
from gdstage.proof.statement import region, stated, word

if TYPE_CHECKING:
    from gdmath import ScalarField
    from gdstage.look.text import Typeset
    from gdstage.plane.axes import Plane
    from gdstage.proof.fact import Fact
    from gdstage.proof.statement import Statement

    Window = tuple[float, float]

SAMPLES = 1201
NARROWEST = 0.025
"""Strips narrower than this (scene units) are a pole's, not a stretch: they are not drawn."""

ROOM = 0.2
NEAR = 1 / SAMPLES
"""Two ends of a stretch are farther apart than this share of the window."""


class NoValueZones(mn.VGroup):
    """Strips over the x at which a field has no value, `strips`, and what they are, `said`.

    A strip that is wide enough says so, and where it ends if that is a short number.
    """

    def __init__(self, plane: Plane, field: ScalarField) -> None:
        super().__init__()
        self.strips, self.said = mn.VGroup(), mn.VGroup()
        box = plane.box
        for low, high in stretches_without_value(field, plane.x_window):
            left, right = plane.at(np.array([low, high]), plane.y_window[0])[:, 0]
            if right - left < NARROWEST:
                continue
            strip = mn.Rectangle(width=right - left, height=box.height, stroke_width=0)
            strip.set_fill(plane.theme.danger, 0.13)
            stated(strip, no_value(plane, field, (low, high)))
            self.strips.add(strip.move_to((left, box.bottom, 0), aligned_edge=mn.DL))
            self.said.add(*_name(plane, field, (low, high), (left + right) / 2, right - left))
        self.add(self.strips, self.said)


def stretches_without_value(field: ScalarField, window: Window) -> list[Window]:
    """The intervals (low, high) of a window in which a field has no value, their ends exact.

    Those narrower than the window's 1200th part may be missed.
    """
    x = np.linspace(*window, SAMPLES)
    outside = ~np.asarray(field.contains(x[:, None]))
    edges = np.flatnonzero(np.diff(np.concatenate([[False], outside, [False]]).astype(int)))
    found = []
    for first, past in zip(edges[::2], edges[1::2], strict=True):
        low = x[0] if first == 0 else border(field, x[first - 1], x[first])
        high = x[-1] if past == len(x) else border(field, x[past], x[past - 1])
        found.append((float(low), float(high)))
    return found


def no_value(plane: Plane, field: ScalarField, zone: Window) -> Statement:
    """That a field has no value over a stretch of a plane's window, whose ends are none of it."""
    ends = [_end(plane, field, end) for end in zone]
    return region(plane, "no value", (ends[0], None), (ends[1], None), field=field)


def _end(plane: Plane, field: ScalarField, end: float) -> Fact | None:
    """An end of a stretch as a fact; None where that is the window's."""
    low, high = plane.x_window
    return FieldFacts(field).border(end, NEAR * (high - low)) if low < end < high else None


def _name(
    plane: Plane, field: ScalarField, zone: Window, middle: float, width: float
) -> list[Typeset]:
    colour, top = plane.theme.danger, plane.box.top
    names = [
        words("no value", size=SMALLEST, colour=colour).rest(middle, top - 1.0, anchor="centre")
    ]
    if code := _condition(field, zone, plane.x_window):
        where = math(code, size=30, colour=colour)
        stated(where, word("condition", field=field, ends=[_end(plane, field, e) for e in zone]))
        names.insert(0, where.rest(middle, top - 0.6, anchor="centre"))
    return [name for name in names if name.width < width - ROOM]


def _condition(field: ScalarField, zone: Window, window: Window) -> str:
    """Which x lie in a zone, in Typst's mathematics; "" where its ends are no short numbers."""
    inner = [end for end in zone if window[0] < end < window[1]]
    told = [shown(end, 4) for end in inner]
    if not inner or any(number.relation != "=" for number in told):
        return ""
    less, more = ("<" if bool(field.contains([end])) else "<=" for end in (inner[0], inner[-1]))
    if len(inner) == 2:
        return f"{digits(told[0])} {less} x {more} {digits(told[1])}"
    if zone[1] == inner[0]:
        return f"x {less} {digits(told[0])}"
    return f"x {less.replace('<', '>')} {digits(told[0])}"
