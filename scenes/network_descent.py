"""Gradient descent trains a network: a line, a boundary, and what one neuron cannot do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import manim as mn
import numpy as np

from gdmath import descend, gradient_step
from gdmath.networks import Dense, Network, TrainingLoss, line, two_groups, two_moons
from gdstage.clip import Clip
from gdstage.layout import Box
from gdstage.look.text import words
from gdstage.pace import paced
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap, bowl_levels
from gdstage.props.network_descent import DecisionRegions, LineFitter, Scatter, train
from gdstage.walks.chart import Chart, excess
from gdstage.walks.run import Run

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from gdstage.props.derivatives import Window

LEFT = Box(left=-6.1, right=-0.9, bottom=-2.4, top=1.75)
RIGHT = Box(left=1.3, right=5.9, bottom=-2.4, top=1.75)
MOONS, LOSSES = (-1.6, 2.6), (0.005, 1.6)
OPENING = ((12, 8), (9, 5), (6, 4), (4, 3))


class Show(NamedTuple):
    """A training to be shown: whose data, which network and walk, what to compare, how long."""

    data: tuple[np.ndarray, np.ndarray]
    network: Network
    walk: str
    runs: tuple[Run, ...]
    window: tuple[float, float]
    losses: tuple[float, float]
    seconds: float


class NetworkDescent(Clip):
    """The lecture's loop on networks: one neuron that fits, one that decides, nine that bend."""

    topic = "Networks"
    line_seed, groups_seed, moons_seed, weights_seed = 1, 2, 3, 4
    hidden = 8
    wrong_way = (-5.0, -4.0, 0.0)

    def construct(self) -> None:
        self.compute()
        self.fit_a_line()
        self.turn_a_boundary()
        self.fail_with_one_neuron()
        self.bend_with_a_hidden_layer()

    def compute(self) -> None:
        self.points = line(20, seed=self.line_seed, noise=0.15)
        one = Network((Dense(1, 1, "identity"),))
        self.bowl = TrainingLoss(one, *self.points, "squared error").symbolic()
        fitted = descend(self.bowl, (-1.2, 1.6), gradient_step(0.35), 60, 1e-2)
        self.know("line", fitted)

        self.groups = two_groups(40, seed=self.groups_seed)
        self.decider = Network((Dense(2, 1, "sigmoid"),))
        for cost in ("log loss", "squared error"):
            loss = TrainingLoss(self.decider, *self.groups, cost)
            self.learn(cost, loss, self.wrong_way, 80)

        self.moons = two_moons(120, seed=self.moons_seed, noise=0.12)
        self.bender = Network((Dense(2, self.hidden, "tanh"), Dense(self.hidden, 1, "sigmoid")))
        for name, network in (("one neuron", self.decider), ("hidden layer", self.bender)):
            loss = TrainingLoss(network, *self.moons, "log loss")
            self.learn(name, loss, network.initial(seed=self.weights_seed), 400)

    def learn(self, name: str, loss: Any, start: ArrayLike, steps: int) -> None:
        self.know(name, descend(loss, start, gradient_step(1.0), steps))

    def fit_a_line(self) -> None:
        walk = self.evidence.walks["line"]
        self.beat(
            "one neuron fits a line",
            "Every point (w, b) of the map is a line on the left: its height is the squared error.",
        )
        x, y = self.points
        data = self.axes(LEFT, (-1.1, 1.1), (-1.6, 1.8), ("x", "y"))
        loss_map = self.axes(RIGHT, (-1.8, 2.2), (-1.4, 2.2), ("w", "b"))
        lowest = float(walk.values[-1])
        bowl = ContourMap(loss_map, self.bowl, levels=bowl_levels(lowest, lowest + 6.0, 9))
        places = data.at(x[:, 0], y[:, 0])
        dots = mn.VGroup(*(mn.Dot(at, radius=0.06, color=self.theme.ink) for at in places))
        self.play(mn.FadeIn(mn.Group(data, dots)), mn.FadeIn(mn.Group(bowl, loss_map)), run_time=1)
        fitter = LineFitter(loss_map, data, "line", walk)
        self.play(mn.FadeIn(fitter), run_time=0.5)
        self.hold(0.8)
        self.play(fitter.descend(paced(range(1, walk.stopped_at + 1), opening=OPENING)))
        self.hold(1.4)
        self.dismiss_all()

    def turn_a_boundary(self) -> None:
        self.beat(
            "one neuron draws a boundary",
            "Started wrongly, squared error is flat: its slope has a factor σ(1 − σ). "
            "Log loss has not.",
        )
        runs = (
            self.run("log loss", self.theme.minimum),
            self.run("squared error", self.theme.danger),
        )
        window, losses = (-1.3, 1.3), (0.005, 9.0)
        self.show(Show(self.groups, self.decider, "log loss", runs, window, losses, 6))
        self.dismiss_all()

    def fail_with_one_neuron(self) -> None:
        accuracy = self.accuracy("one neuron", self.decider)
        self.beat(
            "what one neuron cannot do",
            f"Two moons: no straight boundary parts them. One neuron stays at {accuracy:.0%}.",
        )
        runs = (self.run("one neuron", self.theme.danger),)
        self.show(Show(self.moons, self.decider, "one neuron", runs, MOONS, LOSSES, 3))
        self.dismiss_all()

    def bend_with_a_hidden_layer(self) -> None:
        accuracy = self.accuracy("hidden layer", self.bender)
        self.beat(
            "a hidden layer bends it",
            f"With {self.hidden} neurons between, the same loop bends it: "
            f"{accuracy:.0%} are right.",
            poster=True,
        )
        runs = (
            self.run("one neuron", self.theme.danger),
            self.run("hidden layer", self.theme.minimum),
        )
        self.show(Show(self.moons, self.bender, "hidden layer", runs, MOONS, LOSSES, 7))
        self.hold(1)

    # What the beats are made of

    def run(self, name: str, colour: str) -> Run:
        """A walk as a line of the chart, called by its name."""
        return Run(name, name, self.evidence.walks[name], colour)

    def accuracy(self, name: str, network: Network) -> float:
        """The share of the moons that a trained network gets right."""
        loss = TrainingLoss(network, *self.moons, "log loss")
        return float(loss.accuracy(self.evidence.walks[name].points[-1]))

    def axes(self, box: Box, x: Window, y: Window, names: tuple[str, str]) -> Plane:
        """Axes with whole numbers as ticks."""
        ticks = [[t for t in range(-3, 4) if low <= t <= high] for low, high in (x, y)]
        return Plane(
            self.theme, box, x, y, x_ticks=ticks[0], y_ticks=ticks[1],
            x_name=names[0], y_name=names[1],
        )  # fmt: skip

    def show(self, what: Show) -> None:
        """Let a network train: on the left what it says everywhere, on the right its loss."""
        walk = self.evidence.walks[what.walk]
        tall = (what.window[1] - what.window[0]) * (LEFT.top - LEFT.bottom)
        tall /= LEFT.right - LEFT.left
        middle = float(np.mean(what.data[0][:, 1]))
        heights = (middle - tall / 2, middle + tall / 2)
        inputs = self.axes(LEFT, what.window, heights, ("x_1", "x_2"))
        regions = DecisionRegions(inputs, what.network).say(walk.points[0])
        last = walk.stopped_at
        axes = Plane(
            self.theme, RIGHT, (0, last), what.losses, x_ticks=[0, last // 2, last],
            y_ticks=[10.0**p for p in range(-2, 1)], x_name="k", y_name='"loss"', log_y=True,
        )  # fmt: skip
        chart = Chart(axes, what.runs, excess(0.0))
        names = mn.VGroup()
        for i, run in enumerate(what.runs):
            name = words(run.label, size=28, colour=run.colour)
            names.add(name.rest(RIGHT.right, 2.15 - 0.42 * i, anchor="right"))
        on_top = mn.Group(inputs, Scatter(inputs, *what.data))
        arriving = (regions, on_top, axes, chart, names)
        self.play(*(mn.FadeIn(mob) for mob in arriving), run_time=0.8)
        self.hold(0.6)
        self.play(train(regions, walk, chart, on_top, what.seconds))
        self.hold(1.6)
