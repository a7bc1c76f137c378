"""What `scenes/network_descent.py` shows: a network while it learns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.theme import rgb
from gdstage.motion import Drawn
from gdstage.walks.map_walk import MapWalk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdmath import Walk
    from gdmath.networks import Network
    from gdstage.plane.axes import Plane
    from gdstage.walks.chart import Chart

CELLS = 120
STRENGTH = 0.75


class Scatter(mn.VGroup):
    """Data points of two inputs, coloured by their target: 0 or 1."""

    def __init__(self, plane: Plane, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        super().__init__()
        colours = class_colours(plane)
        for point, target in zip(x, y.ravel(), strict=True):
            dot = mn.Dot(plane.at(*point), radius=0.07, color=colours[int(target)])
            self.add(dot.set_stroke(plane.theme.ground, 1.5))


def class_colours(plane: Plane) -> tuple[str, str]:
    """The colours of the targets 0 and 1."""
    return plane.theme.outcomes[1], plane.theme.outcomes[3]


class DecisionRegions(mn.ImageMobject):
    """What a network of two inputs and a sigmoid output says at every place of a plane's window.

    Its pixels go from one class's colour to the other's, through the ground where it is undecided.
    """

    def __init__(self, plane: Plane, network: Network) -> None:
        self.plane, self.network = plane, network
        box = plane.box
        (x0, x1), (y0, y1) = plane.x_window, plane.y_window
        up = round(CELLS * (box.top - box.bottom) / (box.right - box.left))
        xs = x0 + (np.arange(CELLS) + 0.5) / CELLS * (x1 - x0)
        ys = y1 - (np.arange(up) + 0.5) / up * (y1 - y0)
        self._places = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
        self._shape = (up, CELLS)
        super().__init__(np.zeros((*self._shape, 4), dtype=np.uint8))
        self.set_resampling_algorithm(mn.RESAMPLING_ALGORITHMS["bilinear"])
        self.stretch_to_fit_width(box.right - box.left)
        self.stretch_to_fit_height(box.top - box.bottom)
        self.move_to(((box.left + box.right) / 2, (box.bottom + box.top) / 2, 0.0))

    def say(self, parameters: NDArray[np.float64]) -> DecisionRegions:
        """Colour every place by the network's output with these parameters (d,)."""
        output = self.network.predict(parameters, self._places).reshape(self._shape)
        sure = (2 * np.abs(output - 0.5) * STRENGTH)[..., None]
        no, yes = (rgb(colour) for colour in class_colours(self.plane))
        towards = np.where(output[..., None] > 0.5, yes, no)
        colours = (1 - sure) * rgb(self.plane.theme.ground) + sure * towards
        self.pixel_array[..., :3] = np.rint(255 * colours)
        self.pixel_array[..., 3] = 255
        return self


def train(
    regions: DecisionRegions,
    walk: Walk,
    chart: Chart,
    on_top: mn.Mobject,
    seconds: float,
) -> mn.Animation:
    """Show a walk as it trains: the regions at each of its iterates, and the losses on a chart."""
    last = len(walk.points) - 1

    def draw(share: float) -> None:
        regions.say(walk.points[min(int(share * last), last)])
        chart.draw_to(share * (chart.length + 1))

    moving = mn.Group(regions, on_top, chart)
    return Drawn(moving, draw, run_time=seconds, rate_func=mn.linear)


class LineFitter(MapWalk):
    """A walk over slope and intercept (w, b): its trail on the loss map, its line in the data."""

    def __init__(self, loss_map: Plane, data: Plane, name: str, walk: Walk) -> None:
        self.data = data
        self.line = mn.VMobject(stroke_color=data.theme.iterate, stroke_width=5)
        super().__init__(loss_map, name, walk)
        self.add(self.line)

    def stand_on(self, k: int) -> LineFitter:
        """Stand on iterate k, with its line."""
        super().stand_on(k)
        self._draw_line(self.walk.points[k])
        return self

    def stand_between(self, k: int, share: float) -> LineFitter:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k, with its line."""
        super().stand_between(k, share)
        before, after = self.walk.points[k - 1], self.walk.points[k]
        self._draw_line(before + share * (after - before))
        return self

    def _draw_line(self, parameters: NDArray[np.float64]) -> None:
        w, b = parameters
        x = np.linspace(*self.data.x_window, 200)
        self.line.set_points(self.data.curve(x, w * x + b, self.data.theme.iterate).points)
