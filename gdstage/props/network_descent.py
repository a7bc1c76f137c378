"""What `scenes/network_descent.py` shows: a network while it learns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np

from gdmath import ScalarField
from gdstage.layout import Box
from gdstage.look.key import Key
from gdstage.look.text import SMALLEST, words
from gdstage.look.theme import rgb
from gdstage.motion import Drawn
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap, bowl_levels
from gdstage.proof.fact import given
from gdstage.proof.map_facts import DataFacts
from gdstage.proof.statement import colours, line, point, scenery, stated
from gdstage.proof.truths import formula, ordered
from gdstage.walks.chart import Chart, Measure, excess
from gdstage.walks.map_walk import MapWalk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.facts import Facts
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact
    from gdstage.walks.run import Run

    Window = tuple[float, float]
    Data = tuple[NDArray[np.float64], NDArray[np.float64]]

LEFT = Box(left=-6.1, right=-0.9, bottom=-2.4, top=1.75)
RIGHT = Box(left=1.3, right=5.9, bottom=-2.4, top=1.75)
KEY_WIDTH, LEAST = 2.2, 0.005
CELLS, DATUM = 120, 0.0625
STRENGTH = 0.55
"""How much of a class's colour regions have at most: data points of it are to be seen on them."""


class Scatter(mn.VGroup):
    """The data points that a network of two inputs learns, coloured by their target: 0 or 1."""

    def __init__(self, plane: Plane, walk: Walk) -> None:
        super().__init__()
        loss: Any = walk.field
        facts = DataFacts({"walk": walk}, np.hstack([loss.data_x, loss.data_y]))
        classes = class_colours(plane)
        for i, inputs in enumerate(loss.data_x):
            target = facts.number(i, 2)
            halo = mn.Dot(plane.at(*inputs), radius=DATUM + 0.015, color=plane.theme.ground)
            dot = mn.Dot(plane.at(*inputs), radius=DATUM, color=classes[int(target.value)])
            stated(dot, point(plane, "datum", facts.place(i), target=target, palette=classes))
            self.add(stated(halo, scenery("halo")), dot)


def class_colours(plane: Plane) -> tuple[str, str]:
    """The colours of the targets 0 and 1."""
    return plane.theme.outcomes[1], plane.theme.outcomes[3]


class DecisionRegions(mn.ImageMobject):
    """What a network in training, of two inputs and a sigmoid output, says everywhere in a window.

    Its pixels go from one class's colour to the other's, through the ground where it is undecided.
    """

    def __init__(self, plane: Plane, walk: Walk) -> None:
        self.plane, self.walk = plane, walk
        self._k = -1
        box = plane.box
        (x0, x1), (y0, y1) = plane.x_window, plane.y_window
        up = round(CELLS * (box.top - box.bottom) / (box.right - box.left))
        xs = x0 + (np.arange(CELLS) + 0.5) / CELLS * (x1 - x0)
        ys = y1 - (np.arange(up) + 0.5) / up * (y1 - y0)
        self._places = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
        self._shape = (up, CELLS)
        super().__init__(np.full((*self._shape, 4), 255, dtype=np.uint8))
        self.set_resampling_algorithm(mn.RESAMPLING_ALGORITHMS["bilinear"])
        self.stretch_to_fit_width(box.right - box.left)
        self.stretch_to_fit_height(box.top - box.bottom)
        self.move_to(((box.left + box.right) / 2, (box.bottom + box.top) / 2, 0.0))

    def say(self, k: int) -> DecisionRegions:
        """Colour every place by the network's output with the parameters of iterate k."""
        if k == self._k:
            return self
        self._k = k
        loss: Any = self.walk.field
        output = loss.predict(self.walk.points[k], self._places).reshape(self._shape)
        sure = (2 * np.abs(output - 0.5) * STRENGTH)[..., None]
        no, yes = (rgb(colour) for colour in class_colours(self.plane))
        towards = np.where(output[..., None] > 0.5, yes, no)
        ground = self.plane.theme.ground
        self.pixel_array[..., :3] = np.rint(255 * ((1 - sure) * rgb(ground) + sure * towards))
        scale = {"palette": class_colours(self.plane), "ground": ground, "strength": STRENGTH}
        return stated(self, colours(self.plane, "decision", walk=self.walk, k=k, **scale))


class Training(mn.Group):
    """A network while it trains: on the left what it says everywhere, on the right how it does.

    `window` is that of the first input. The network and its data are those of the run `shown`; the
    chart has all `runs`: their losses up to `most`, or without it the share of points that they get
    right, which compares what was trained on different losses.
    """

    def __init__(
        self,
        theme: Theme,
        runs: Sequence[Run],
        *,
        shown: int,
        window: Window,
        most: float | None = None,
    ) -> None:
        super().__init__()
        walk = self.walk = runs[shown].walk
        tall = (window[1] - window[0]) * LEFT.height / LEFT.width
        loss: Any = walk.field
        middle = float(np.mean(loss.data_x[:, 1]))
        inputs = whole_axes(
            theme, LEFT, window, (middle - tall / 2, middle + tall / 2), ("x_1", "x_2")
        )
        self.regions = DecisionRegions(inputs, walk).say(0)
        last = walk.stopped_at
        if most is None:
            axes = Plane(
                theme, RIGHT, (0, last), (0.0, 1.04), x_ticks=[0, last // 2, last],
                y_ticks=[0, 0.5, 1], x_name="k", y_name='"share right"',
            )  # fmt: skip
            self.chart = Chart(axes, runs, shares_right)
        else:
            axes = Plane(
                theme, RIGHT, (0, last), (LEAST, most), x_ticks=[0, last // 2, last],
                y_ticks=[10.0**p for p in range(-2, 1)], x_name="k", y_name='"loss"', log_y=True,
            )  # fmt: skip
            self.chart = Chart(axes, runs, excess(0.0))
        whose = words(f"trained on {runs[shown].label}", size=SMALLEST, colour=runs[shown].colour)
        whose.rest(LEFT.right, LEFT.top + 0.3, anchor="right")
        pairs = [(run.colour, run.label) for run in runs]
        key = Key(pairs, RIGHT.right - KEY_WIDTH, 2.15, size=28, pitch=0.42)
        self.on_top = mn.Group(inputs, Scatter(inputs, walk), *([whose] if most is None else []))
        self.add(self.regions, self.on_top, axes, self.chart, key)

    def train(self, run_time: float) -> mn.Animation:
        """Train: the regions at each of the walk's iterates, and the losses on the chart."""
        last = len(self.walk.points) - 1

        def draw(share: float) -> None:
            self.regions.say(min(int(share * last), last))
            self.chart.draw_to(share * (self.chart.length + 1))

        moving = mn.Group(self.regions, self.on_top, self.chart)
        return Drawn(moving, draw, run_time=run_time, rate_func=mn.linear)


def _share_right(walk: Walk) -> NDArray[np.float64]:
    loss: Any = walk.field
    return np.asarray(loss.accuracy(walk.points))


shares_right = Measure("share right", "share right", _share_right)
"""The share of its points that a network gets right at each iterate of its training, (n+1,)."""


class LossMap(mn.Group):
    """Data points on the left; on the right the loss of every line y = w x + b, and its bowl.

    `data` are inputs and targets (n, 1), `source` says how gdmath makes them; `lowest` is the
    smallest loss.
    """

    def __init__(
        self, theme: Theme, data: Data, source: Mapping[str, Any], bowl: ScalarField, lowest: float
    ) -> None:
        super().__init__()
        rows = np.hstack(data)
        facts = DataFacts(source, rows)
        self.data = whole_axes(theme, LEFT, (-1.1, 1.1), (-1.6, 1.8), ("x", "y"))
        self.map = whole_axes(theme, RIGHT, (-1.8, 2.2), (-1.4, 2.2), ("w", "b"))
        levels = bowl_levels(lowest, lowest + 6.0, 9)
        dots = mn.VGroup()
        for i, row in enumerate(rows):
            dot = mn.Dot(self.data.at(*row), radius=0.06, color=theme.ink)
            dots.add(stated(dot, point(self.data, "datum", facts.place(i))))
        self.add(self.data, dots, ContourMap(self.map, bowl, levels=levels), self.map)


def whole_axes(theme: Theme, box: Box, x: Window, y: Window, names: tuple[str, str]) -> Plane:
    """Axes with whole numbers as ticks."""
    ticks = [[t for t in range(-3, 4) if low <= t <= high] for low, high in (x, y)]
    return Plane(
        theme, box, x, y, x_ticks=ticks[0], y_ticks=ticks[1], x_name=names[0], y_name=names[1]
    )


class LineFitter(MapWalk):
    """A walk over slope and intercept (w, b): its trail on the loss map, its line in the data."""

    def __init__(self, picture: LossMap, name: str, walk: Walk) -> None:
        self.data = picture.data
        self.line = mn.VMobject(stroke_color=self.data.theme.iterate, stroke_width=5)
        super().__init__(picture.map, name, walk)
        self.add(self.line)

    def stand_on(self, k: int) -> LineFitter:
        """Stand on iterate k, with its line."""
        super().stand_on(k)
        self._draw_line(self.walk.points[k])
        slope, intercept = (self.facts.coordinate(k, axis) for axis in (0, 1))
        stated(self.line, line(self.data, "fit", (given("x", 0), intercept), slope))
        return self

    def stand_between(self, k: int, share: float) -> LineFitter:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k, with its line."""
        super().stand_between(k, share)
        stated(self.line, None)
        before, after = self.walk.points[k - 1], self.walk.points[k]
        self._draw_line(before + share * (after - before))
        return self

    def _draw_line(self, parameters: NDArray[np.float64]) -> None:
        w, b = parameters
        x = np.linspace(*self.data.x_window, 200)
        self.line.set_points(self.data.curve(x, w * x + b, self.data.theme.iterate).points)


def require_story(facts: Facts, shares: Mapping[str, Fact]) -> None:
    """See that log loss gets more right than squared error, and a hidden layer than one neuron."""
    logs, squares, lone, many = shares.values()
    facts.require("log loss has", ordered(">", logs, squares))
    facts.require("no straight boundary parts them", ordered("<", lone, given("all", 1.0)))
    facts.require("bends it", ordered(">", many, lone))
    sigmoid = ScalarField.parse("1/(1 + exp(-x))")
    facts.require("σ(1 − σ)", formula(sigmoid, "s*(1 - s)", "x"))
