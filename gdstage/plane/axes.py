"""Two-dimensional pictures of a field: axes, graph, and the places of its points."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.rounding import shown
from gdstage.look.signs import arrow_head
from gdstage.look.text import digits
from gdstage.look.text import math as formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from gdmath import ScalarField
    from gdstage.layout import Box
    from gdstage.look.theme import Theme

TICK_SIZE = 24
NAME_SIZE = 32
GRAPH_SAMPLES = 1200


class Plane(mn.VGroup):
    """A pair of axes that fills a box of the frame with a window of the plane.

    `x_window` and `y_window` are (low, high) in the data's units; `x_ticks`, `y_ticks` the values
    that get a label. With `log_y` the vertical axis is logarithmic and its ticks are powers of ten.
    """

    def __init__(
        self,
        theme: Theme,
        box: Box,
        x_window: tuple[float, float],
        y_window: tuple[float, float],
        *,
        x_ticks: Sequence[float] = (),
        y_ticks: Sequence[float] = (),
        x_name: str = "x",
        y_name: str = "",
        log_y: bool = False,
    ) -> None:
        super().__init__()
        self.theme, self.box = theme, box
        self.x_window, self.y_window, self.log_y = x_window, y_window, log_y
        self._draw_axes(x_name, y_name)
        for x in x_ticks:
            self._tick(self.at(x, y_window[0]), mn.DOWN, digits(shown(x)))
        for y in y_ticks:
            label = f"10^({round(math.log10(y))})" if log_y else digits(shown(y))
            self._tick(self.at(x_window[0], y), mn.LEFT, label)

    def at(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        """Where data points are in the scene: shape (…,) and (…,) in, (…, 3) out."""
        box, (x_low, x_high) = self.box, self.x_window
        across = (np.asarray(x, dtype=float) - x_low) / (x_high - x_low)
        low, high, height = (self._height(v) for v in (*self.y_window, y))
        up = (height - low) / (high - low)
        x_place = box.left + across * (box.right - box.left)
        y_place = box.bottom + up * (box.top - box.bottom)
        return np.stack(np.broadcast_arrays(x_place, y_place, 0.0), axis=-1)

    @property
    def floor(self) -> float:
        """The y of the horizontal axis, in scene units."""
        return self.box.bottom

    def graph(self, field: ScalarField, colour: str, width: float = 5.0) -> mn.VMobject:
        """The graph of a field of one variable, where it has values inside the window."""
        x = np.linspace(*self.x_window, GRAPH_SAMPLES)
        inside = np.asarray(field.contains(x[:, None]))
        y = np.full_like(x, np.nan)
        y[inside] = field(x[inside])
        return self.curve(x, y, colour, width)

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

    def _tick(self, place: NDArray[np.float64], away: NDArray[np.float64], code: str) -> None:
        self.add(mn.Line(place, place + 0.1 * away, color=self.theme.dim, stroke_width=2.5))
        label = formula(code, size=TICK_SIZE, colour=self.theme.label)
        if away[1] < 0:
            self.add(label.rest(place[0], place[1] - 0.4, anchor="centre"))
        else:
            self.add(label.rest(place[0] - 0.22, place[1] - 0.09, anchor="right"))


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
