"""Lies about a network as drawn: its weights, its mistakes, the lines of its hidden neurons."""

import numpy as np
import pytest

from gdmath import descend, gradient_step
from gdmath.networks import Dense, Network, TrainingLoss, two_groups
from gdstage.clip import Clip
from gdstage.layout import Box
from gdstage.props import network_descent as props
from gdstage.walks.run import Run

MAP = Box(left=-5.5, right=-1.0, bottom=-2.4, top=1.9)
DRAWING = Box(left=0.5, right=5.5, bottom=-2.4, top=1.9)
COLUMNS = (("x_1", "x_2"), ("", "", ""), ("",))


class Trained(Clip):
    """A network of three hidden neurons, not yet trained well."""

    topic = "A picture"

    def construct(self):
        layers = (Dense(2, 3, "tanh"), Dense(3, 1, "sigmoid"))
        loss = TrainingLoss(Network(layers), *two_groups(12, seed=2), "log loss")
        start = np.array([1.0, -0.6, 0.4, 1.1, -0.9, 0.3, 0.1, -0.3, 0.2, 1.2, -0.8, 0.9, -0.4])
        walk = self.know("trained", descend(loss, start, gradient_step(0.3), steps=3))
        self.beat("trained", "A network learns.")
        run = Run("trained", "trained", walk, self.theme.minimum)
        figure = props.Training(self.theme, run, MAP, (-1.3, 1.3), lines=True).say(3)
        figure.border.add(props.Border(figure.regions.plane, walk, 3))
        net = props.Net(self.theme, DRAWING, walk, COLUMNS).say(3)
        self.show(figure, net)
        self.hold(0.4)


def test_an_honest_network_is_true(film):
    assert film(Trained) == []


def edges_swapped(instead):
    honest = props.Net._ends

    def lie(net, walk):
        told = list(honest(net, walk))
        axes = [axis for axis, _ in told]
        return [(axis, ends) for axis, (_, ends) in zip(axes[::-1], told, strict=True)]

    instead(props.Net, "_ends", lie)


def one_forgotten(patch):
    """The first datum that the network gets wrong has no ring."""
    honest = props.Mistakes.say

    def lie(rings, k):
        honest(rings, k)
        ring = next(ring for ring in rings if getattr(ring, "statement", None) is not None)
        ring.set_stroke(opacity=0)
        ring.statement = None
        return rings

    patch(props.Mistakes, "say", lie)


def broader(patch):
    """The line of one weight is drawn twice as broad."""
    honest = props.Net.say

    def lie(net, k):
        honest(net, k)
        line = net.edges[3][0]
        line.set_stroke(width=2 * line.get_stroke_width())
        return net

    patch(props.Net, "say", lie)


def other_class(patch):
    """Weights have the colour of the class that they lead away from."""
    honest = props.Net.say

    def lie(net, k):
        honest(net, k)
        one, other = props.class_colours_of(net.theme)
        for line, _, _ in net.edges:
            is_one = line.get_stroke_color().to_hex().lower() == one.lower()
            line.set_stroke(other if is_one else one)
        return net

    patch(props.Net, "say", lie)


def rings_on_the_right(patch):
    """A ring is around a datum that the network gets right."""
    honest = props.Mistakes.say

    def lie(rings, k):
        honest(rings, k)
        free = next(ring for ring in rings if getattr(ring, "statement", None) is None)
        held = next(ring for ring in rings if getattr(ring, "statement", None) is not None)
        free.set_stroke(opacity=1)
        free.statement = held.statement
        return rings

    patch(props.Mistakes, "say", lie)


def hidden_swapped(patch):
    """The first hidden neuron's line is drawn with the last one's weights."""
    honest = props._chord
    seen = []

    def lie(plane, normal, bias):
        seen.append((normal, bias))
        return honest(plane, *seen[3 * ((len(seen) - 1) // 3)])

    patch(props, "_chord", lie)


def hidden_missing(patch):
    """The broadest line of a hidden neuron is not drawn."""
    honest = props.HiddenLines.say

    def lie(lines, k):
        honest(lines, k)
        max(lines, key=lambda line: line.get_stroke_width()).set_stroke(opacity=0)
        return lines

    patch(props.HiddenLines, "say", lie)


def border_of_before(patch):
    """The border is that of the iterate before, and says so."""
    honest = props.slices.Border.of
    patch(props.slices.Border, "of", lambda walk, k: honest(walk, k - 1))


def border_elsewhere(patch):
    """The border is drawn where the network's sum is not 0."""
    honest = props.level_segments
    patch(
        props, "level_segments", lambda xs, ys, values, level: honest(xs, ys, values, level + 0.3)
    )


def accuracy_of_before(patch):
    """The share that is right is that of the iterate before."""
    honest = props.right
    patch(props, "right", lambda walk, k: honest(walk, max(k - 1, 0)))


def inputs_swapped(patch):
    """The inputs have each other's names."""
    honest = props.Net.__init__

    def lie(net, theme, box, walk, columns):
        honest(net, theme, box, walk, (columns[0][::-1], *columns[1:]))

    patch(props.Net, "__init__", lie)


LIES = {
    "inputs have each other’s names": (inputs_swapped, "expected the name of its neuron"),
    "the border of another iterate": (border_of_before, "found another’s"),
    "a border elsewhere": (border_elsewhere, "level lines"),
    "weights between other neurons": (edges_swapped, "between its neurons"),
    "one weight twice as broad": (broader, "expected a line"),
    "weights in the other class’s colour": (other_class, "expected"),
    "a mistake that is not ringed": (one_forgotten, "expected a ring around datum"),
    "a ring around what is right": (rings_on_the_right, "point “wrong”"),
    "a hidden neuron without its line": (hidden_missing, "expected that of neuron"),
    "the accuracy of another iterate": (accuracy_of_before, "expected it of k = 3"),
    "lines of another hidden neuron": (hidden_swapped, "line “hidden neuron”"),
}


@pytest.mark.parametrize(("plant", "expected"), LIES.values(), ids=LIES)
def test_a_lie_about_a_network_is_told(film, monkeypatch, plant, expected):
    plant(monkeypatch.setattr)
    failures = film(Trained)
    assert any(expected in line for line in failures), failures
