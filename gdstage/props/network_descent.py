"""What `scenes/network_descent.py` shows: a network while it learns."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np

from gdmath import ScalarField
from gdmath.level_lines import join, level_segments
from gdstage.layout import FIGURE, PANEL, PICTURE, Box
from gdstage.look.readout import Readout
from gdstage.look.text import SMALLEST, math, words
from gdstage.look.theme import rgb
from gdstage.motion import Drawn
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap, bowl_levels
from gdstage.proof import slice as slices
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.map_facts import DataFacts, HiddenFacts, right
from gdstage.proof.statement import (
    Statement,
    colours,
    line,
    point,
    scenery,
    segment,
    stated,
    word,
)
from gdstage.proof.statement import levels as level_lines
from gdstage.proof.truths import formula, ordered
from gdstage.walks.map_walk import MapWalk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.facts import Facts
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact, Place
    from gdstage.proof.lens import Lens
    from gdstage.walks.run import Run

    Window = tuple[float, float]
    Spot = tuple[float, float]
    Data = tuple[NDArray[np.float64], NDArray[np.float64]]

OPENING = ((12, 8), (9, 5), (6, 4), (4, 3))
"""Frames of the first steps of the neuron, and of what comes before each lands."""

ROOM = {"left": 0.75, "right": 0.8, "bottom": 0.6, "top": 0.95}
LEFT, RIGHT = (half.within(**ROOM) for half in PICTURE.parted(0.5))
WIDE = FIGURE.within(**ROOM)
BESIDE = PANEL.within(left=0.4, right=0.4, bottom=0.5, top=0.6)
DATA, LOSS = Box(-3.4, 0.6, -2.35, 1.75), Box(2.2, 6.0, -2.35, 1.75)
FIRST = Box(-6.2, -4.6, -1.5, 1.1)
"""Where pictures are: two side by side; one, with its network beside it; a neuron, data, loss."""

CELLS, DATUM, WRONG, NEURON = 120, 0.0625, 0.13, 0.36
ONE = "1"
"""The name of the input that is always 1: its weight is added as it is."""

PER_WEIGHT, FINEST, BORDER = 2.4, 1.2, 6.0
"""How broad the line of a weight of 1 is, and the finest that is drawn (manim's units); how broad
the border is between what a network says."""

THICK, THIN = 6.0, 0.5
"""So many times as broad are the few lines of a single neuron, and those that lie on a map."""

GRID = 240
"""In so many parts across and up a border is looked for."""

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
    return class_colours_of(plane.theme)


def class_colours_of(theme: Theme) -> tuple[str, str]:
    """The colours of the targets 0 and 1."""
    return theme.outcomes[1], theme.outcomes[3]


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


class Net(mn.VGroup):
    """A network as a drawing, in a box: neurons as circles, each weight a line.

    A line is as broad as its weight is large, or so many `times`; it has the colour of the class
    to which it leads: of 0 where it is negative, of 1 where it is positive. `columns` are the
    names of each layer's neurons, the inputs first. A walk over w and b has both for
    weights: b is that of an input 1. It is a scale without ticks: where a neuron is states nothing.
    """

    def __init__(
        self,
        theme: Theme,
        box: Box,
        walk: Walk,
        columns: Sequence[Sequence[str]],
        times: float = 1.0,
    ) -> None:
        super().__init__()
        self.theme, self.box, self.walk, self.times = theme, box, walk, times
        self.facts, self._k = WalkFacts(walk), -1
        most = max(len(column) for column in columns)
        self._spots = [
            [(layer / (len(columns) - 1), _spread(i, len(names), most)) for i in range(len(names))]
            for layer, names in enumerate(columns)
        ]
        self.edges: list[tuple[mn.VMobject, int, tuple[Spot, Spot]]] = []
        for axis, ends in self._ends(walk):
            line = mn.VMobject(fill_opacity=0)
            line.set_points_as_corners([self._at(end) for end in ends])
            self.edges.append((line, axis, ends))
        self.add(*(line for line, _, _ in self.edges))
        radius = min(NEURON, 0.42 * box.height / most)
        for spots, names in zip(self._spots, columns, strict=True):
            for spot, name in zip(spots, names, strict=True):
                ring = mn.Circle(radius, stroke_color=theme.label, stroke_width=3)
                ring.set_fill(theme.ground, 1).move_to(self._at(spot))
                self.add(stated(ring, point(self, "neuron", _known(spot))))
                if name:
                    label = math(name, size=SMALLEST, colour=theme.ink)
                    x, y, _ = self._at(spot)
                    if name == ONE:
                        stated(label, word("number", given("all", 1)))
                    self.add(label.rest(x, y - 0.08, anchor="centre"))
        stated(self, Statement("axes", "network", self))
        self.say(0)

    def scale_seen(self, lens: Lens) -> dict[str, Any]:
        """Where its box is, for the evidence: 0…1 across it and up."""
        box = self.box
        corners = [*lens.to_pixel((box.left, box.top)), *lens.to_pixel((box.right, box.bottom))]
        return {"window": [[0.0, 1.0], [0.0, 1.0]], "box": corners}

    def say(self, k: int) -> Net:
        """Draw the weights of iterate k."""
        if k == self._k:
            return self
        self._k = k
        for edge, axis, ends in self.edges:
            weight = self.facts.coordinate(k, axis)
            colour = class_colours_of(self.theme)[int(weight.value > 0)]
            breadth = PER_WEIGHT * self.times * abs(weight.value)
            edge.set_stroke(colour, breadth, opacity=float(breadth > FINEST))
            palette = class_colours_of(self.theme)
            more: Any = {"weight": weight.record(), "palette": palette, "times": self.times}
            places = (_known(end) for end in ends)
            stated(edge, segment(self, "weight", *places, **more))
        return self

    def _ends(self, walk: Walk) -> Iterator[tuple[int, tuple[Spot, Spot]]]:
        """Which parameter each weight is, and from where to where it leads."""
        network = getattr(walk.field, "network", None)
        names = ("w", "w") if network is None else network.parameter_names
        ends = [
            (start, end)
            for inputs, outputs in pairwise(self._spots)
            for end in outputs
            for start in inputs
        ]
        axes = [axis for axis, name in enumerate(names) if name.startswith("w")]
        return zip(axes, ends, strict=True)

    def _at(self, spot: Spot) -> NDArray[np.float64]:
        box = self.box
        return np.array([box.left + spot[0] * box.width, box.bottom + spot[1] * box.height, 0.0])


def _spread(i: int, count: int, most: int) -> float:
    """How high (0…1) the i-th neuron of so many is, the first at the top."""
    return 0.5 if count == 1 else 1 - (0.5 + i) / count if count == most else 0.75 - 0.5 * i


def _known(spot: Spot) -> Place:
    return (given("x", spot[0]), given("y", spot[1]))


class HiddenLines(mn.VGroup):
    """The line of each hidden neuron on the map of inputs, on which its sum is 0.

    It is as broad as the neuron's weight in the output is large, so much it has to say, but thin.
    """

    def __init__(self, plane: Plane, walk: Walk) -> None:
        self.plane, self.walk, self._k = plane, walk, -1
        loss: Any = walk.field
        self.network = loss.network
        count = self.network.layers[0].outputs
        super().__init__(*(mn.VMobject(fill_opacity=0) for _ in range(count)))

    def say(self, k: int) -> HiddenLines:
        """Draw them with the parameters of iterate k."""
        if k == self._k:
            return self
        self._k = k
        (weights, biases), (said, _) = self.network.unpack(self.walk.points[k])[:2]
        first = self.network.layers[0].size
        for i, drawn in enumerate(self):
            ends = _chord(self.plane, weights[i], float(biases[i]))
            breadth = PER_WEIGHT * abs(float(said[0, i]))
            drawn.clear_points()
            if len(ends):
                drawn.set_points_as_corners(ends)
            seen = float(breadth > FINEST)
            drawn.set_stroke(self.plane.theme.label, THIN * breadth, opacity=seen)
            told = HiddenFacts(self.walk, k, i)
            weight = WalkFacts(self.walk).coordinate(k, first + i)
            more = {"slope": told.slope().record(), "weight": weight.record(), "times": THIN}
            place = told.place(self.plane.x_window[0])
            stated(
                drawn, Statement("line", "hidden neuron", self.plane, (place,), more, drawn=True)
            )
        return self


def _chord(plane: Plane, normal: NDArray[np.float64], bias: float) -> NDArray[np.float64]:
    """Both ends (2, 3) of where normal · x + bias is 0 in a plane's window, or none (0, 3)."""
    foot = -bias * normal / (normal @ normal)
    along = np.array([-normal[1], normal[0]]) / np.linalg.norm(normal)
    spots = foot + np.linspace(-9, 9, 4001)[:, None] * along
    (x0, x1), (y0, y1) = plane.x_window, plane.y_window
    x, y = spots.T
    kept = spots[(x0 <= x) & (x <= x1) & (y0 <= y) & (y <= y1)]
    return plane.at(*kept[[0, -1]].T) if len(kept) > 1 else np.empty((0, 3))


class Border(mn.VMobject):
    """The line between what a network says of its two inputs: where it is undecided."""

    def __init__(self, plane: Plane, walk: Walk, k: int) -> None:
        super().__init__(stroke_color=plane.theme.ink, stroke_width=BORDER, fill_opacity=0)
        sums = slices.Border.of(walk, k)
        xs, ys = (np.linspace(*window, GRID + 1) for window in (plane.x_window, plane.y_window))
        values = np.asarray(sums(*np.meshgrid(xs, ys, indexing="ij")), dtype=float)
        for way in join(level_segments(xs, ys, values, 0.0)):
            places = plane.at(way[:, 0], way[:, 1])
            self.start_new_path(places[0])
            self.add_points_as_corners(places[1:])
        stated(self, level_lines(plane, sums, [0.0]))


class Mistakes(mn.VGroup):
    """A ring around each data point that the network gets wrong."""

    def __init__(self, plane: Plane, walk: Walk) -> None:
        loss: Any = walk.field
        self.walk, self._k = walk, -1
        places = DataFacts({"walk": walk}, np.hstack([loss.data_x, loss.data_y]))
        super().__init__()
        for inputs in loss.data_x:
            ring = mn.Circle(WRONG, stroke_color=plane.theme.danger, stroke_width=4)
            self.add(ring.set_fill(opacity=0).move_to(plane.at(*inputs)))
        # The iterate is that of the map beneath, so that a ring states the same while it is there.
        self.known = [
            point(plane, "wrong", places.place(i), datum={"walk": walk, "i": i})
            for i in range(len(self))
        ]

    def say(self, k: int) -> Mistakes:
        """Ring those that are wrong with the parameters of iterate k."""
        if k == self._k:
            return self
        self._k = k
        loss: Any = self.walk.field
        output = loss.predict(self.walk.points[k], loss.data_x)
        wrong = ((output > 0.5) != (loss.data_y > 0.5))[:, 0]
        for ring, known, is_wrong in zip(self, self.known, wrong, strict=True):
            stated(ring.set_stroke(opacity=float(is_wrong)), known if is_wrong else None)
        return self


class Training(mn.Group):
    """A network while it trains: what it says everywhere, its mistakes, the share that is right.

    The map of its inputs is in a `box`; `window` is that of the first input. With `lines` those of
    its hidden neurons are drawn. What it is trained on, or is, stands above the map.
    """

    def __init__(
        self, theme: Theme, run: Run, box: Box, window: Window, *, lines: bool = False
    ) -> None:
        super().__init__()
        walk = self.walk = run.walk
        loss: Any = walk.field
        tall = (window[1] - window[0]) * box.height / box.width
        middle = float(np.mean(loss.data_x[:, 1]))
        span = (middle - tall / 2, middle + tall / 2)
        inputs = whole_axes(theme, box, window, span, ("x_1", "x_2"))
        self.regions = DecisionRegions(inputs, walk)
        self.hidden = HiddenLines(inputs, walk) if lines else None
        self.wrong = Mistakes(inputs, walk)
        self.on_top = mn.Group(inputs, Scatter(inputs, walk))
        y = box.top + 0.3
        whose = words(run.label, size=32, colour=run.colour).rest(box.left + 0.5, y)
        label = math('"accuracy"', size=32, colour=theme.ink)
        label.rest(box.right - 0.9, y, anchor="right")
        self.score = Readout(label.get_right()[0] + 0.05, y, size=32, colour=theme.ink, decimals=3)
        self.said = mn.VGroup(whose, label)
        self.border = mn.VGroup()
        self.add(self.regions, *([self.hidden] if self.hidden else []))
        self.add(self.border, self.on_top, self.wrong)
        self.add(self.said, self.score)
        self.say(0)

    def say(self, k: int) -> Training:
        """Show the network of iterate k."""
        k = min(k, self.walk.stopped_at)
        self.regions.say(k)
        self.wrong.say(k)
        if self.hidden is not None:
            self.hidden.say(k)
        self.score.write(right(self.walk, k), beside='"accuracy"')
        return self

    def find_border(self, run_time: float) -> mn.Animation:
        """Show where the trained network is undecided, beneath the data."""
        line = Border(self.regions.plane, self.walk, self.walk.stopped_at)
        self.border.add(line.set_stroke(opacity=0.0))
        return Drawn(self, lambda share: line.set_stroke(opacity=share), run_time=run_time)


def train(figures: Sequence[Training | Net], run_time: float) -> mn.Animation:
    """Train networks together, the faster the less they change in a step."""
    walks = list({id(figure.walk): figure.walk for figure in figures}.values())
    ways = [np.cumsum(np.linalg.norm(np.diff(w.points, axis=0), axis=1) ** 0.6) for w in walks]
    way = np.concatenate([[0.0], np.mean([each / each[-1] for each in ways], axis=0)])

    def draw(share: float) -> None:
        k = int(np.interp(share, way, np.arange(len(way))) + 1e-6)
        for figure in figures:
            figure.say(k)

    return Drawn(mn.Group(*figures), draw, run_time=run_time, rate_func=mn.linear)


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
        self.data = whole_axes(theme, DATA, (-1.1, 1.1), (-1.6, 1.8), ("x", "y"))
        self.map = whole_axes(theme, LOSS, (-1.8, 2.2), (-1.4, 2.2), ("w", "b"))
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
    """A walk over w and b: its trail on the loss map, its line in the data, its drawn neuron."""

    def __init__(self, picture: LossMap, name: str, walk: Walk, net: Net) -> None:
        self.data, self.net = picture.data, net
        self.line = mn.VMobject(stroke_color=self.data.theme.iterate, stroke_width=5)
        super().__init__(picture.map, name, walk)
        self.add(self.line, net)

    def stand_on(self, k: int) -> LineFitter:
        """Stand on iterate k, with its line."""
        super().stand_on(k)
        self.net.say(k)
        self._draw_line(self.walk.points[k])
        self._state_line(*(self.facts.coordinate(k, axis) for axis in (0, 1)))
        return self

    def stand_between(self, k: int, share: float) -> LineFitter:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k, with its line."""
        super().stand_between(k, share)
        before, after = self.walk.points[k - 1], self.walk.points[k]
        self._draw_line(before + share * (after - before))
        self._state_line(*self.facts.between_on_map(k, share))
        return self

    def _state_line(self, slope: Fact, intercept: Fact) -> None:
        stated(self.line, line(self.data, "fit", (given("x", 0), intercept), slope))

    def _draw_line(self, parameters: NDArray[np.float64]) -> None:
        w, b = parameters
        x = np.linspace(*self.data.x_window, 200)
        self.line.set_points(self.data.curve(x, w * x + b, self.data.theme.iterate).points)


def require_story(facts: Facts, shares: Mapping[str, Fact]) -> None:
    """See that log loss gets more right than squared error, and a hidden layer than one neuron."""
    logs, squares, lone, many = shares.values()
    facts.require("learns more", ordered(">", logs, squares))
    for said in ("what one neuron cannot do", "no straight line parts them", "gets wrong"):
        facts.require(said, ordered("<", lone, given("all", 1.0)))
    facts.require("bends it", ordered(">", many, lone))
    sigmoid = ScalarField.parse("1/(1 + exp(-x))")
    facts.require("σ(1 − σ)", formula(sigmoid, "s*(1 - s)", "x"))
