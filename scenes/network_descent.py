"""Gradient descent trains a network: a line, a boundary, and what one neuron cannot do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gdmath import descend, gradient_step
from gdmath.networks import Dense, Network, TrainingLoss, line, two_groups, two_moons
from gdstage.clip import Clip
from gdstage.pace import paced
from gdstage.proof.map_facts import right
from gdstage.proof.truths import classes, neurons
from gdstage.props.network_descent import LineFitter, LossMap, Training, require_story
from gdstage.walks.run import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

OPENING = ((12, 8), (9, 5), (6, 4), (4, 3))


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

        self.groups = two_groups(40, seed=self.groups_seed)
        self.decider = Network((Dense(2, 1, "sigmoid"),))
        for cost in ("log loss", "squared error"):
            loss = TrainingLoss(self.decider, *self.groups, cost)
            self.learn(cost, loss, self.wrong_way, self.turns)

        self.moons = two_moons(120, seed=self.moons_seed, noise=0.12)
        self.bender = Network((Dense(2, self.hidden, "tanh"), Dense(self.hidden, 1, "sigmoid")))
        for name, network in (("one neuron", self.decider), ("hidden layer", self.bender)):
            loss = TrainingLoss(network, *self.moons, "log loss")
            self.learn(name, loss, network.initial(seed=self.weights_seed), 400)
        names = ("log loss", "squared error", "one neuron", "hidden layer")
        walks = {name: self.evidence.walks[name] for name in names}
        self.shares = {name: right(walk, walk.stopped_at) for name, walk in walks.items()}
        require_story(self.facts, self.shares)

    def learn(self, name: str, loss: Any, start: ArrayLike, steps: int) -> None:
        self.know(name, descend(loss, start, gradient_step(1.0), steps))

    def fit_a_line(self) -> None:
        walk = self.evidence.walks["line"]
        self.beat(
            "one neuron fits a line",
            "Every point (w, b) of the map is a line on the left: its height is the squared error.",
        )
        source = {"data": "line", "seed": self.line_seed, "noise": self.line_noise}
        picture = LossMap(self.theme, self.points, source, self.bowl, float(walk.values[-1]))
        self.show(picture, run_time=1)
        fitter = LineFitter(picture, "line", walk)
        self.show(fitter, run_time=0.5)
        self.hold(0.8)
        self.play(fitter.descend(paced(range(1, walk.stopped_at + 1), opening=OPENING)))
        self.hold(1.4)
        self.dismiss_all()

    def turn_a_boundary(self) -> None:
        facts = self.facts
        logs, squares = (self.share(name, 1) for name in ("log loss", "squared error"))
        self.beat(
            "one neuron draws a boundary",
            f"After {facts.steps('log loss')} steps log loss has {logs} right, squared error "
            f"{squares}: its slope has a factor σ(1 − σ).",
        )
        runs = (
            self.run("log loss", self.theme.minimum),
            self.run("squared error", self.theme.danger),
        )
        training = Training(self.theme, runs, shown=0, window=(-1.3, 1.3))
        self.train(training, seconds=6)
        self.dismiss_all()

    def fail_with_one_neuron(self) -> None:
        kinds = self.facts.spelled(classes(self.evidence.walks["one neuron"]), first=True)
        self.beat(
            "what one neuron cannot do",
            f"{kinds} moons: no straight boundary parts them. "
            f"One neuron stays at {self.share('one neuron')}.",
        )
        runs = (self.run("one neuron", self.theme.danger),)
        self.train(self.on_moons(runs), seconds=3)
        self.dismiss_all()

    def bend_with_a_hidden_layer(self) -> None:
        walk = self.evidence.walks["hidden layer"]
        self.beat(
            "a hidden layer bends it",
            f"With {self.facts.whole(neurons(walk, 0))} neurons between, the same loop bends it: "
            f"{self.share('hidden layer')} are right.",
            poster=True,
        )
        runs = (
            self.run("one neuron", self.theme.danger),
            self.run("hidden layer", self.theme.minimum),
        )
        self.train(self.on_moons(runs), seconds=7)
        self.hold(1)

    # What the beats are made of

    def run(self, name: str, colour: str) -> Run:
        """A walk as a line of the chart, called by its name."""
        return Run(name, name, self.evidence.walks[name], colour)

    def share(self, name: str, decimals: int = 0) -> str:
        """The share of the points that a trained network gets right, in percent."""
        fact = self.shares[name]
        return self.facts.say(fact, f"{fact.value:.{decimals}%}")

    def on_moons(self, runs: Sequence[Run]) -> Training:
        """The training of the last run's network on the two moons."""
        window, shown = (-1.6, 2.6), len(runs) - 1
        return Training(self.theme, runs, shown=shown, window=window, most=1.6)

    def train(self, figure: Training, seconds: float) -> None:
        """Let a network train, for so many seconds."""
        self.show(*figure, run_time=0.8)
        self.hold(0.6)
        self.play(figure.train(seconds))
        self.hold(1.6)
