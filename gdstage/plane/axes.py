"""Two-dimensional pictures of a field: axes, graph, and the places of its points."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np

from gdstage.look.signs import arrow_head
from gdstage.look.text import SMALLEST, words
from gdstage.look.text import math as formula
from gdstage.look.ticks import Ticks, ticks_at, ticks_of
from gdstage.plane.sampling import sampled
from gdstage.proof.statement import Statement, graph, stated, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from gdmath import ScalarField
    from gdstage.layout import Box
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.proof.lens import Lens

    Array = NDArray[np.float64]

TICK_SIZE = SMALLEST
NAME_SIZE = 32
NOTE_SIZE = SMALLEST
LABEL_ROOM, SPARE = 0.62, 0.05
"""So wide labels fit beside a box (scene units); for wider ones it makes room."""

LOWEST = 0.04
"""Ticks of the vertical axis begin at this share of its height, clear of the horizontal one."""


class Plane(mn.VGroup):
    """A pair of axes that fills a box of the frame with a window of the plane.

    `x_window` and `y_window` are (low, high) in the data's units, of any size; `x_ticks`, `y_ticks`
    the values that get a label, or None for about `most` round ones; the former may be ticks with
    labels of their own. What labels leave out, a power of ten or an offset, is noted at the axis'
    end; where they are long, the box gives them room. With `log_y` the vertical axis is logarithmic
    and its ticks are powers of ten.
    """

    def __init__(
        self,
        theme: Theme,
        box: Box,
        x_window: tuple[float, float],
        y_window: tuple[float, float],
        *,
        x_ticks: Sequence[float] | Ticks | None = None,
        y_ticks: Sequence[float] | None = None,
        x_name: str = "x",
        y_name: str = "",
        log_y: bool = False,
        most: int = 6,
    ) -> None:
        super().__init__()
        across = ticks_of(*x_window, most) if x_ticks is None else x_ticks
        across = across if isinstance(across, Ticks) else ticks_at(across)
        up = ticks_of(*y_window, most) if y_ticks is None else ticks_at(y_ticks, log=log_y)
        labels = [formula(code, size=TICK_SIZE, colour=theme.label) for code in up.labels]
        widest = max((label.width for label in labels), default=0.0)
        if y_ticks is None:
            more = widest - LABEL_ROOM
            box = replace(box, left=box.left + (more + SPARE if more > 0 else 0.0))
        self.theme, self.box = theme, box
        self.x_window, self.y_window, self.log_y = x_window, y_window, log_y
        self.note_end = box.left
        self._draw_axes(x_name, y_name)
        self.names, self._across, self._up = (x_name, y_name), across, up
        self._ticks: tuple[list[Any], list[Any]] = ([], [])
        for x, code in zip(across.places, across.labels, strict=True):
            label = formula(code, size=TICK_SIZE, colour=theme.label)
            place = self.at(x, y_window[0])
            self._tick(0, place, mn.DOWN, label)
            self.add(stated(label.rest(place[0], place[1] - 0.4, anchor="centre"), word("tick")))
        for y, label in zip(up.places, labels, strict=True):
            place = self.at(x_window[0], y)
            # The lowest would touch the labels of the other axis.
            if y_ticks is not None or place[1] > box.bottom + LOWEST * box.height:
                self._tick(1, place, mn.LEFT, label)
                label.rest(place[0] - 0.22, place[1] - 0.09, anchor="right")
                self.add(stated(label, word("tick")))
        self._note(x_name, across, up)
        stated(self, Statement("axes", "axes", self))

    def scale_seen(self, lens: Lens) -> dict[str, Any]:
        """Its ticks for the evidence: what is written at each, and the pixel of its foot.

        The values that its edges have, `window`, are where it cuts off what it shows.
        """
        told: dict[str, Any] = {"window": [list(self.x_window), list(self.y_window)]}
        box = self.box
        told["box"] = [*lens.to_pixel((box.left, box.top)), *lens.to_pixel((box.right, box.bottom))]
        for axis, (key, ticks) in enumerate(zip("xy", (self._across, self._up), strict=True)):
            told[key] = {
                "name": self.names[axis],
                "log": bool(axis and self.log_y),
                "power": ticks.power,
                "offset": ticks.offset,
                "note": ticks.note,
                "ticks": [
                    {"label": label.code, "pixel": list(lens.to_pixel(tick.points[0]))}
                    for tick, label in self._ticks[axis]
                ],
            }
        return told

    def at(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        """Where data points are in the scene: shape (…,) and (…,) in, (…, 3) out."""
        box, (x_low, x_high) = self.box, self.x_window
        across = (np.asarray(x, dtype=float) - x_low) / (x_high - x_low)
        up = self._share_of_height(y)
        x_place = box.left + across * (box.right - box.left)
        y_place = box.bottom + up * (box.top - box.bottom)
        return np.stack(np.broadcast_arrays(x_place, y_place, 0.0), axis=-1)

    def values_at(self, x: float, y: float) -> tuple[float, float]:
        """The data point at a place of the scene, which may be out of the box, on linear axes."""
        box, (low, high), (bottom, top) = self.box, self.x_window, self.y_window
        across, up = (x - box.left) / box.width, (y - box.bottom) / box.height
        return low + across * (high - low), bottom + up * (top - bottom)

    def lend_ticks(self) -> list[tuple[int, float, mn.Line, Typeset]]:
        """Its ticks, which are no part of it from now on: axis, value, mark and label of each.

        On linear axes.
        """
        lent = [
            (axis, self.values_at(*mark.points[0][:2])[axis], mark, label)
            for axis, ticks in enumerate(self._ticks)
            for mark, label in ticks
        ]
        self.remove(*(part for _, _, *parts in lent for part in parts))
        return lent

    @property
    def floor(self) -> float:
        """The y of the horizontal axis, in scene units."""
        return self.box.bottom

    @property
    def steepness(self) -> float:
        """How steep a line of slope 1 is drawn, on linear axes."""
        (x0, x1), (y0, y1) = self.x_window, self.y_window
        return (x1 - x0) / (y1 - y0) * self.box.height / self.box.width

    def graph(self, field: ScalarField, colour: str, width: float = 5.0) -> mn.VMobject:
        """The graph of a field of one variable, where it has values inside the window."""
        line = self.curve(*sampled(field, self.x_window, self._share_of_height), colour, width)
        return stated(line, graph(self, field))

    def curve(
        self, x: NDArray[np.float64], y: NDArray[np.float64], colour: str, width: float = 5.0
    ) -> mn.VMobject:
        """The polyline through data points (n,), cut exactly at the window; gaps at NaN."""
        line = mn.VMobject(stroke_color=colour, stroke_width=width, fill_opacity=0)
        line.joint_type = mn.LineJointType.ROUND
        line.cap_style = mn.CapStyleType.ROUND
        for piece in _pieces_inside(x, y, *self.y_window):
            places = self.at(piece[:, 0], piece[:, 1])
            line.start_new_path(places[0])
            line.add_points_as_corners(places[1:])
        return line

    def tangent(
        self, x: float, y: float, slope: float, reach: float = np.inf, *, inside: bool = False
    ) -> NDArray[np.float64]:
        """Both ends (2, 3) of the line of a slope through a data point, on linear axes.

        It goes `reach` (scene units) to each side of the point, or, if it is to stay `inside`,
        as far as the box.
        """
        place, steep = self.at(x, y), slope * self.steepness
        along = np.array([1.0, steep, 0.0]) / np.hypot(1.0, steep)
        if inside:
            return self.box.chord(place, along, reach)
        return np.array([place - reach * along, place + reach * along])

    def _share_of_height(self, y: ArrayLike) -> NDArray[np.float64]:
        low, high, height = (self._height(v) for v in (*self.y_window, y))
        return np.asarray((height - low) / (high - low))

    def _height(self, y: ArrayLike) -> NDArray[np.float64]:
        y = np.asarray(y, dtype=float)
        return np.log10(y) if self.log_y else y

    def _draw_axes(self, x_name: str, y_name: str) -> None:
        box, theme = self.box, self.theme
        corner = np.array([box.left, box.bottom, 0.0])
        for end in ((box.right + 0.3, box.bottom, 0.0), (box.left, box.top + 0.3, 0.0)):
            self.add(mn.Line(corner, end, color=theme.dim, stroke_width=2.5))
            self.add(arrow_head(corner, end, theme.dim))
        if x_name:
            name = formula(x_name, size=NAME_SIZE, colour=theme.label)
            self.add(name.rest(box.right + 0.45, box.bottom - 0.09))
        if y_name:
            name = formula(y_name, size=NAME_SIZE, colour=theme.label)
            self.add(name.move_to((box.left, box.top + 0.62, 0), aligned_edge=mn.ORIGIN))

    def _note(self, x_name: str, across: Ticks, up: Ticks) -> None:
        """Say at the axes' ends what their labels leave out."""
        box, colour = self.box, self.theme.label
        if note := across.note:
            text = words(f"{x_name} {note}", size=NOTE_SIZE, colour=colour)
            self.add(text.rest(box.right + 0.3, box.bottom - 0.75, anchor="right"))
        if note := up.note:
            text = words(note, size=NOTE_SIZE, colour=colour).rest(box.left + 0.22, box.top + 0.2)
            self.note_end = float(text.get_right()[0]) + 0.2
            self.add(text)

    def _tick(self, axis: int, place: Array, away: Array, label: Typeset) -> None:
        tick = mn.Line(place, place + 0.1 * away, color=self.theme.dim, stroke_width=2.5)
        self._ticks[axis].append((tick, label))
        self.add(tick)


def _pieces_inside(
    x: NDArray[np.float64], y: NDArray[np.float64], low: float, high: float
) -> list[NDArray[np.float64]]:
    """The runs of points with low ≤ y ≤ high, their ends put exactly on the border, each (m, 2)."""
    points = np.stack([x, y], axis=-1)
    inside = (y >= low) & (y <= high)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(int)))
    pieces = []
    for first, past in zip(edges[::2], edges[1::2], strict=True):
        run = [*points[first:past]]
        if first > 0 and np.isfinite(y[first - 1]):
            run.insert(0, _crossing(points[first - 1], points[first], low, high))
        if past < len(x) and np.isfinite(y[past]):
            run.append(_crossing(points[past], points[past - 1], low, high))
        if len(run) > 1:
            pieces.append(np.array(run))
    return pieces


def _crossing(
    out: NDArray[np.float64], into: NDArray[np.float64], low: float, high: float
) -> NDArray[np.float64]:
    """The point (2,) between one outside and one inside where the border low or high is crossed."""
    border = high if out[1] > high else low
    share = (border - into[1]) / (out[1] - into[1])
    return np.array([into[0] + share * (out[0] - into[0]), border])
