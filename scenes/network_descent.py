"""Gradient descent trains a network: a line, a boundary, and what one neuron cannot do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gdmath import descend, gradient_step
from gdmath.networks import Dense, Network, TrainingLoss, line, two_groups, two_moons
from gdstage.clip import Clip
from gdstage.pace import paced
from gdstage.proof.map_facts import right
from gdstage.proof.truths import classes, neurons, pictured_as
from gdstage.props import network_descent as props
from gdstage.walks.run import Run

if TYPE_CHECKING:
    from collections.abc import Sequence


class NetworkDescent(Clip):
    """The lecture's loop on networks: one neuron that fits, one that decides, nine that bend."""

    topic = "Networks"
    line_seed, groups_seed, moons_seed, weights_seed = 1, 2, 3, 4
    line_size, line_noise = 20, 0.15
    hidden, turns = 8, 80
    wrong_way = (-5.0, -4.0, 0.0)

    def construct(self) -> None:
        self.compute()
        self.fit_a_line()
        self.turn_a_boundary()
        self.fail_with_one_neuron()
        self.bend_with_a_hidden_layer()

    def compute(self) -> None:
        self.points = line(self.line_size, self.line_seed, self.line_noise)
        one = Network((Dense(1, 1, "identity"),))
        self.bowl = TrainingLoss(one, *self.points, "squared error").symbolic()
        fitted = descend(self.bowl, (-1.2, 1.6), gradient_step(0.35), 60, 1e-2)
        self.know("line", fitted)

        step = gradient_step(1.0)
        self.groups = two_groups(40, seed=self.groups_seed)
        self.decider = Network((Dense(2, 1, "sigmoid"),))
        for cost in ("log loss", "squared error"):
            loss: Any = TrainingLoss(self.decider, *self.groups, cost)
            self.know(cost, descend(loss, self.wrong_way, step, self.turns))

        self.moons = two_moons(120, seed=self.moons_seed, noise=0.12)
        self.bender = Network((Dense(2, self.hidden, "tanh"), Dense(self.hidden, 1, "sigmoid")))
        for name, network in (("one neuron", self.decider), ("hidden layer", self.bender)):
            loss = TrainingLoss(network, *self.moons, "log loss")
            self.know(name, descend(loss, network.initial(seed=self.weights_seed), step, 400))
        names = ("log loss", "squared error", "one neuron", "hidden layer")
        walks = {name: self.evidence.walks[name] for name in names}
        self.shares = {name: right(walk, walk.stopped_at) for name, walk in walks.items()}
        props.require_story(self.facts, self.shares)

    def fit_a_line(self) -> None:
        walk = self.evidence.walks["line"]
        fitted = "A point of the map is a line of the data, its height the squared error"
        self.facts.say(pictured_as(walk, fitted.lower()), fitted)
        self.beat(
            "one neuron fits a line",
            f"Its input times w, plus b. {fitted}.",
            say="A line among dots, the net that draws it, and a map of its errors. {caption}",
        )
        source = {"data": "line", "seed": self.line_seed, "noise": self.line_noise}
        picture = props.LossMap(self.theme, self.points, source, self.bowl, float(walk.values[-1]))
        net = props.Net(self.theme, props.FIRST, walk, (("x", props.ONE), ("y",)), props.THICK)
        fitter = props.LineFitter(picture, "line", walk, net)
        self.show(picture, fitter)
        self.hold(1.4)
        steps = paced(range(1, walk.stopped_at + 1), opening=props.OPENING)
        self.play(fitter.descend(steps))
        self.hold(0.8)
        self.dismiss_all()

    def turn_a_boundary(self) -> None:
        facts = self.facts
        self.beat(
            "log loss or squared error?",
            f"{facts.steps('log loss')} steps on either: which learns more? The slope of squared "
            "error has a factor σ(1 − σ).",
            say="On maps side by side, boundaries turn among dots. {caption}",
        )
        pair = [
            props.Training(self.theme, self.run(name, colour), box, (-1.3, 1.3))
            for name, colour, box in (
                ("log loss", self.theme.minimum, props.LEFT),
                ("squared error", self.theme.danger, props.RIGHT),
            )
        ]
        self.train(pair, seconds=7)

    def fail_with_one_neuron(self) -> None:
        kinds = self.facts.spelled(classes(self.evidence.walks["one neuron"]), first=True)
        self.beat(
            "what one neuron cannot do",
            f"{kinds} moons: no straight line parts them. Rings are around the points that it "
            "gets wrong.",
            say="Dots lie in the shape of moons, and a boundary turns among them. {caption}",
        )
        self.train(self.on_moons("one neuron", (("x_1", "x_2"), ("y",))), seconds=4)

    def bend_with_a_hidden_layer(self) -> None:
        walk = self.evidence.walks["hidden layer"]
        count = neurons(walk, 0)
        self.beat(
            "a hidden layer bends it",
            f"{self.facts.whole(count)} neurons between, and their lines: together they bend it. "
            f"In the end {self.share('hidden layer')} are right.",
            say="A net with a layer between; lines turn with the boundary. {caption}",
            poster=True,
        )
        columns = (("x_1", "x_2"), ("",) * int(count.value), ("y",))
        figures = self.on_moons("hidden layer", columns, lines=True)
        self.train(figures, seconds=9)
        self.play(figures[0].find_border(run_time=0.8))
        self.hold(1)

    # What the beats are made of

    def run(self, name: str, colour: str) -> Run:
        """A walk, called by its name."""
        return Run(name, name, self.evidence.walks[name], colour)

    def share(self, name: str) -> str:
        """The share of the points that a trained network gets right, in percent."""
        fact = self.shares[name]
        return self.facts.say(fact, f"{fact.value:.1%}")

    def on_moons(
        self, name: str, columns: Any, *, lines: bool = False
    ) -> tuple[props.Training, props.Net]:
        """The training of a network on the two moons, its drawing beside the map."""
        run = self.run(name, self.theme.ink)
        training = props.Training(self.theme, run, props.WIDE, (-1.6, 2.6), lines=lines)
        return training, props.Net(self.theme, props.BESIDE, run.walk, columns)

    def train(self, figures: Sequence[props.Training | props.Net], seconds: float) -> None:
        """Let networks train together, for so many seconds."""
        self.take_over(*figures)
        self.hold(0.6)
        self.play(props.train(figures, seconds))
        self.hold(1.2)
        self.dismiss_all()
