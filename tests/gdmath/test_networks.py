import itertools
import warnings

import mpmath
import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from gdmath import (
    Kind,
    ScalarField,
    Verdict,
    certify,
    descend,
    gradient_step,
    momentum_step,
    newton_step,
    stability_bound,
    stationary_points,
)
from gdmath.networks import Dense, Network, TrainingLoss, line, two_groups, two_moons, xor
from gdmath.networks.activations import ACTIVATIONS

NAMES = ["identity", "sigmoid", "tanh", "relu"]
COSTS = ["squared error", "log loss"]
LAST_OF = {"squared error": NAMES, "log loss": ["sigmoid"]}


def random_data(network, count, seed, *, probabilities=False):
    rng = np.random.default_rng(seed)
    y = rng.uniform(0, 1, (count, network.outputs))
    return rng.normal(size=(count, network.inputs)), (y if probabilities else 4 * y - 2)


@st.composite
def losses(draw):
    cost = draw(st.sampled_from(COSTS))
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    last = len(sizes) - 2
    layers = tuple(
        Dense(m, n, draw(st.sampled_from(LAST_OF[cost] if i == last else NAMES)))
        for i, (m, n) in enumerate(itertools.pairwise(sizes))
    )
    network = Network(layers)
    count, seed = draw(st.integers(1, 6)), draw(st.integers(0, 10_000))
    x, y = random_data(network, count, seed, probabilities=cost == "log loss")
    return TrainingLoss(network, x, y, cost), seed


def crosses_a_kink(loss, points):
    """Whether some ReLU is on at one of the points and off at another."""
    sums = loss.network.sums(loss.network.unpack(points), loss.data_x)
    on = [
        z > 0
        for z, layer in zip(sums, loss.network.layers, strict=True)
        if layer.activation == "relu"
    ]
    return any((states != states[0]).any() for states in on)


STEPS = 2.0 ** -np.arange(7, 13)


@settings(max_examples=150, deadline=None)
@given(losses())
def test_what_the_gradient_leaves_is_of_second_order(made):
    loss, seed = made
    rng = np.random.default_rng(seed)
    p = rng.normal(size=loss.dimension)
    direction = rng.normal(size=loss.dimension)
    direction /= np.linalg.norm(direction)
    path = p + np.append(0, STEPS)[:, np.newaxis] * direction
    if crosses_a_kink(loss, path):
        return
    errors = abs(loss.at(path[1:]) - loss.at(p) - STEPS * (loss.gradient(p) @ direction))
    scale = max(1.0, abs(loss.at(path)).max())
    if errors[-1] > 1e-11 * scale:  # enough above rounding for an order to be seen
        assert np.log2(errors[-2] / errors[-1]) == pytest.approx(2, abs=0.3)
    else:
        assert (errors <= 1e-10 * scale + 1e3 * STEPS**3 * scale).all()


@settings(max_examples=150, deadline=None)
@given(losses())
def test_the_gradient_is_that_of_central_differences(made):
    loss, seed = made
    p = np.random.default_rng(seed + 1).normal(size=loss.dimension)
    h = 1e-5
    ahead, behind = p + h * np.eye(loss.dimension), p - h * np.eye(loss.dimension)
    if crosses_a_kink(loss, np.vstack([ahead, behind])):
        return
    slopes = (loss.at(ahead) - loss.at(behind)) / (2 * h)
    size = max(1.0, abs(loss.at(p)), abs(slopes).max())
    assert loss.gradient(p) == pytest.approx(slopes, abs=1e-6 * size)


def small_networks():
    """Each pair of activations once, each last one with each cost."""
    pairs = itertools.product(NAMES, NAMES)
    for (hidden, last), cost in zip(pairs, itertools.cycle(COSTS), strict=False):
        yield Network((Dense(2, 2, hidden), Dense(2, 1, last))), cost
    for cost in COSTS:
        yield from ((Network((Dense(1, 1, last),)), cost) for last in NAMES)
        yield Network((Dense(1, 2, "tanh"), Dense(2, 1, "tanh"), Dense(1, 2, "sigmoid"))), cost


SMALL = [*small_networks()]


@pytest.mark.parametrize(("network", "cost"), SMALL, ids=[f"{n.name} {c}" for n, c in SMALL])
def test_value_and_gradient_are_sympys(network, cost):
    rng = np.random.default_rng(len(network.name))
    x, y = random_data(network, 3, 5, probabilities=True)
    x, y = abs(x.round(2)), y.round(2)
    loss = TrainingLoss(network, x, y, cost)
    twin = loss.symbolic()
    assert isinstance(twin, ScalarField)
    assert [v.name for v in twin.variables] == list(network.parameter_names)
    # Small weights that keep even the outputs of identity, tanh and ReLU in (0, 1).
    points = rng.uniform(0.01, 0.15, (20, network.size))
    inside = loss.contains(points)
    assert inside.all()
    assert loss.at(points) == pytest.approx(twin.at(points), rel=1e-12, abs=1e-12)
    assert loss.gradient(points) == pytest.approx(twin.gradient(points), rel=1e-11, abs=1e-12)


def test_twins_in_high_precision():
    # sympy's own derivative in 50 digits, no numpy at all, at weights of ordinary size.
    network = Network((Dense(2, 2, "tanh"), Dense(2, 1, "sigmoid")))
    x, y = xor(4, noise=0)
    loss = TrainingLoss(network, x, y, "log loss")
    twin = loss.symbolic()
    point = np.random.default_rng(3).normal(size=network.size).round(3)
    at = {v: sp.Rational(str(c)) for v, c in zip(twin.variables, point, strict=True)}
    exact = [float(sp.diff(twin.expr, v).subs(at).evalf(50)) for v in twin.variables]
    assert loss.gradient(point) == pytest.approx(exact, abs=1e-15)


def one_neuron(activation, cost, data):
    return TrainingLoss(Network((Dense(data[0].shape[1], 1, activation),)), *data, cost)


def test_the_linear_neurons_gradient_by_hand():
    x, y = line(30, seed=2)
    loss = one_neuron("identity", "squared error", (x, y))
    for w, b in ((0.0, 0.0), (1.5, -2.0), (-40.0, 3.0)):
        residual = w * x[:, 0] + b - y[:, 0]
        assert loss.at((w, b)) == pytest.approx((residual**2).mean(), rel=1e-14)
        by_hand = [2 * (residual * x[:, 0]).mean(), 2 * residual.mean()]
        assert loss.gradient((w, b)) == pytest.approx(by_hand, rel=1e-13, abs=1e-14)
    hessian = 2 * np.array([[(x**2).mean(), x.mean()], [x.mean(), 1.0]])
    assert loss.hessian((1.0, 2.0)) == pytest.approx(hessian, abs=1e-9)


def test_the_logistic_neurons_gradient_by_hand():
    x, y = two_groups(20, seed=3)
    p = np.array([0.7, -1.2, 0.4])
    prediction = 1 / (1 + np.exp(-(x @ p[:2] + p[2])))
    gap = prediction - y[:, 0]
    loss = one_neuron("sigmoid", "log loss", (x, y))
    assert loss.gradient(p) == pytest.approx([*(gap @ x) / 20, gap.mean()], abs=1e-15)
    squared = one_neuron("sigmoid", "squared error", (x, y))
    bent = 2 * gap * prediction * (1 - prediction)
    assert squared.gradient(p) == pytest.approx([*(bent @ x) / 20, bent.mean()], abs=1e-15)


def test_the_linear_neuron_is_a_field_for_all_that_fields_are_for():
    x, y = line(12, seed=4)
    loss = one_neuron("identity", "squared error", (x, y))
    bowl = loss.symbolic()
    w, b = bowl.variables
    assert sp.Poly(bowl.expr, w, b).total_degree() == 2
    (bottom,) = stationary_points(bowl)
    assert bottom.kind is Kind.MINIMUM
    least_squares = np.polyfit(x[:, 0], y[:, 0], 1)
    assert [float(c) for c in bottom.point] == pytest.approx(least_squares.tolist(), rel=1e-12)
    rate = 0.5 * float(stability_bound(bowl, bottom.point))
    walk = descend(bowl, (0, 0), gradient_step(rate), 300, tolerance=1e-9)
    assert walk.verdict is Verdict.CONVERGED
    assert certify(walk) < 1e-13
    twin = descend(loss, (0, 0), gradient_step(rate), walk.stopped_at)
    assert twin.points == pytest.approx(walk.points, abs=1e-13)
    assert descend(loss, (0, 0), newton_step(), 2).points[-1] == pytest.approx(
        least_squares, abs=1e-8
    )


@pytest.mark.parametrize("activation", NAMES)
@pytest.mark.parametrize("z", [-800.0, -40.0, -1e-300, 0.0, 1e-300, 40.0, 800.0, 1e308])
def test_activations_at_extremes_are_right_to_the_last_digits(activation, z):
    given_z = mpmath.mpf(z)
    with mpmath.workdps(800):
        value, slope = {
            "identity": lambda: (given_z, 1),
            "sigmoid": lambda: (
                1 / (1 + mpmath.exp(-given_z)),
                1 / (mpmath.exp(-given_z) + 2 + mpmath.exp(given_z)),
            ),
            "tanh": lambda: (mpmath.tanh(given_z), mpmath.sech(given_z) ** 2),
            "relu": lambda: (max(given_z, 0), int(given_z > 0)),
        }[activation]()
        value, slope = float(value), float(slope)
    with warnings.catch_warnings(action="error"), np.errstate(over="raise", invalid="raise"):
        function = ACTIVATIONS[activation]
        assert function.value(np.array([z]))[0] == pytest.approx(value, rel=1e-14, abs=1e-320)
        if abs(z) <= 800:
            assert function.slope(np.array([z]))[0] == pytest.approx(slope, rel=1e-13, abs=1e-320)


@pytest.mark.parametrize("logit", [-800.0, -40.0, 0.0, 40.0, 800.0])
@pytest.mark.parametrize("y", [0.0, 1.0, 0.25])
def test_the_log_loss_survives_extreme_logits(logit, y):
    loss = one_neuron("sigmoid", "log loss", (np.array([[1.0]]), np.array([y])))
    with mpmath.workdps(800):
        z = mpmath.mpf(logit)
        p = 1 / (1 + mpmath.exp(-z))
        value = float(-y * mpmath.log(p) - (1 - y) * mpmath.log(1 - p))
        slope = float(p - y)
    with warnings.catch_warnings(action="error"):
        assert loss.at((logit, 0.0)) == pytest.approx(value, rel=1e-14)
        assert loss.gradient((logit, 0.0)) == pytest.approx([slope, slope], rel=1e-14, abs=1e-320)
        assert np.isfinite(loss.hessian((logit, 0.0))).all()
        walk = descend(loss, (logit, 0.0), gradient_step(0.5), 3)
    assert np.isfinite(walk.values).all()


def test_overflow_ends_a_walk_quietly():
    loss = one_neuron("identity", "squared error", line(10))
    with warnings.catch_warnings(action="error"):
        walk = descend(loss, (1.0, 1.0), gradient_step(1e200), 10)
    assert walk.verdict is Verdict.DIVERGED


def test_the_log_loss_of_no_probability_has_no_value():
    loss = one_neuron("identity", "log loss", (np.array([[1.0], [2.0]]), np.array([0.0, 1.0])))
    assert loss.contains([(0.1, 0.2), (1.0, 0.2), (-0.1, 0.05)]).tolist() == [True, False, False]
    assert np.isnan(loss.at((1.0, 0.2)))
    assert np.isnan(loss.gradient((1.0, 0.2))).all()
    with pytest.raises(ValueError, match=r"start must be in the domain of log loss of a 1-1 net"):
        descend(loss, (1.0, 0.2))
    walk = descend(loss, (0.1, 0.2), gradient_step(1.0), 5)
    assert walk.verdict is Verdict.LEFT_DOMAIN


def best_of_one_neuron_on_the_corners():
    """The most corners of XOR that any line gets right, over all that differ on them."""
    corners, y = xor(4, noise=0)
    angles = np.linspace(0, 2 * np.pi, 720, endpoint=False)
    offsets = np.linspace(-3, 3, 601)
    heights = corners @ np.stack([np.cos(angles), np.sin(angles)])
    right = (heights[..., np.newaxis] > offsets) == (y > 0.5)[..., np.newaxis]
    return right.mean(axis=0).max()


def test_a_hidden_layer_learns_xor_and_one_neuron_cannot():
    assert best_of_one_neuron_on_the_corners() == 0.75
    x, y = xor(4, noise=0)
    alone = one_neuron("sigmoid", "log loss", (x, y))
    taken = descend(alone, (1.0, -2.0, 0.5), gradient_step(0.5), 2000)
    assert max(alone.accuracy(taken.points)) <= 0.75
    # It ends where every answer is 1/2: the minimum of its convex loss.
    assert taken.points[-1] == pytest.approx([0, 0, 0], abs=1e-6)
    assert taken.values[-1] == pytest.approx(np.log(2), abs=1e-12)

    network = Network((Dense(2, 3, "tanh"), Dense(3, 1, "sigmoid")))
    loss = TrainingLoss(network, x, y, "log loss")
    walk = descend(loss, network.initial(seed=1), gradient_step(0.5), 2000)
    assert loss.accuracy(walk.points[-1]) == 1.0
    assert walk.values[-1] < 0.02
    assert (np.diff(walk.values) < 0).all()


def test_a_hidden_layer_parts_the_moons_and_one_neuron_cannot():
    x, y = two_moons(200, seed=0)
    network = Network((Dense(2, 8, "tanh"), Dense(8, 1, "sigmoid")))
    loss = TrainingLoss(network, x, y, "log loss")
    walk = descend(loss, network.initial(seed=0), momentum_step(0.5, 0.9), 1000)
    assert loss.accuracy(walk.points[-1]) >= 0.99
    # No line at all, tried at every angle through every gap.
    angles = np.linspace(0, 2 * np.pi, 720, endpoint=False)
    heights = x @ np.stack([np.cos(angles), np.sin(angles)])
    targets = np.take_along_axis(y == 1, np.argsort(heights, axis=0), axis=0)
    right_above = targets.sum(axis=0) - np.cumsum(targets, axis=0)
    best = ((np.cumsum(~targets, axis=0) + right_above) / len(x)).max()
    assert best < 0.95


def test_squared_error_of_a_sigmoid_is_flat_where_it_is_wrong():
    x, y = np.array([[1.0]]), np.array([1.0])
    squared = one_neuron("sigmoid", "squared error", (x, y))
    logs = one_neuron("sigmoid", "log loss", (x, y))
    wrong = (-20.0, 0.0)
    assert abs(squared.gradient(wrong)).max() < 1e-8
    assert abs(logs.gradient(wrong)).min() > 0.99


def test_a_symmetric_start_is_stuck():
    network = Network((Dense(2, 2, "tanh"), Dense(2, 1, "sigmoid")))
    loss = TrainingLoss(network, *xor(4, noise=0), "log loss")
    walk = descend(loss, np.zeros(network.size), gradient_step(0.5), 10)
    assert walk.stopped_at in {0, 10}
    assert not walk.gradients[-1].any()


@settings(max_examples=30, deadline=None)
@given(losses())
def test_many_points_at_once_are_the_same_points(made):
    loss, seed = made
    points = np.random.default_rng(seed).normal(size=(2, 3, loss.dimension))
    values, gradients = loss.at(points), loss.gradient(points)
    assert values.shape == (2, 3)
    assert gradients.shape == points.shape
    assert loss.hessian(points).shape == (*points.shape, loss.dimension)
    for i in np.ndindex(2, 3):
        assert loss.at(points[i]) == pytest.approx(values[i], rel=1e-13, abs=1e-15)
        assert loss.gradient(points[i]) == pytest.approx(gradients[i], rel=1e-12, abs=1e-14)
    assert loss.at(points[:0]).shape == (0, 3)
    assert loss.gradient(points[:0]).shape == (0, 3, loss.dimension)


def test_portions_do_not_matter(monkeypatch):
    loss = one_neuron("tanh", "squared error", line(20))
    points = np.random.default_rng(0).normal(size=(50, 2))
    whole = loss.gradient(points)
    monkeypatch.setattr("gdmath.networks.training._AT_ONCE", 60)
    assert loss.gradient(points) == pytest.approx(whole, rel=1e-13, abs=1e-15)


def test_all_is_seeded():
    for data in (line, two_groups, two_moons, xor):
        again = data(40, seed=5)
        for one, other in zip(data(40, seed=5), again, strict=True):
            assert one.tobytes() == other.tobytes()
        assert data(40, seed=6)[0].tobytes() != again[0].tobytes()
        assert again[1].shape == (40, 1)
        assert np.array_equal(np.round(again[0], 3), again[0])
    network = Network((Dense(2, 4, "relu"), Dense(4, 1, "sigmoid")))
    assert network.initial(7).tobytes() == network.initial(7).tobytes()
    assert network.initial(7).tobytes() != network.initial(8).tobytes()
    loss = TrainingLoss(network, *two_moons(40, seed=5), "log loss")
    walks = [descend(loss, network.initial(7), gradient_step(0.1), 50) for _ in range(2)]
    assert walks[0].points.tobytes() == walks[1].points.tobytes()
    before = np.random.get_state()[1].tolist()  # noqa: NPY002 (the global state is the point)
    two_moons(10)
    network.initial()
    assert np.random.get_state()[1].tolist() == before  # noqa: NPY002


def test_a_recipe_makes_the_same_loss():
    network = Network((Dense(2, 3, "relu"), Dense(3, 1, "sigmoid")))
    loss = TrainingLoss(network, *xor(12, seed=2), "log loss")
    again = TrainingLoss.from_recipe(loss.recipe)
    p = network.initial(3)
    assert again.gradient(p).tobytes() == loss.gradient(p).tobytes()
    assert again.name == loss.name == "log loss of a 2-3-1 network (relu, sigmoid) over 12 points"


def test_predictions():
    network = Network((Dense(1, 2, "relu"), Dense(2, 1)))
    assert network.parameter_names == (
        "w1_1_1", "w1_2_1", "b1_1", "b1_2", "w2_1_1", "w2_1_2", "b2_1",
    )  # fmt: skip
    # |x| = relu(x) + relu(-x), here plus 1.
    p = (1, -1, 0, 0, 1, 1, 1)
    assert network.predict(p, [-2, 0, 3]).tolist() == [[3], [1], [4]]
    assert network.predict([p, p], [-2, 0, 3]).shape == (2, 3, 1)
    assert Network((Dense(2, 1),)).parameter_names == ("w1", "w2", "b")


def test_the_border_is_where_a_sigmoid_is_undecided():
    network = Network((Dense(2, 3, "tanh"), Dense(3, 1, "sigmoid")))
    loss, p = TrainingLoss(network, *two_moons(12, seed=1), "log loss"), network.initial(seed=3)
    border = loss.border(p)
    assert [v.name for v in border.variables] == ["x1", "x2"]
    logits = np.asarray(border(*loss.data_x.T))
    np.testing.assert_allclose(1 / (1 + np.exp(-logits)), loss.predict(p, loss.data_x)[:, 0])
    two = TrainingLoss(Network((Dense(1, 2),)), np.zeros((1, 1)), np.zeros((1, 2)))
    with pytest.raises(ValueError, match="one output, found 2"):
        two.border(np.zeros(4))


def test_relu_has_no_slope_at_0():
    loss = one_neuron("relu", "squared error", (np.array([[0.0]]), np.array([1.0])))
    assert loss.gradient((1.0, 0.0)).tolist() == [0.0, 0.0]


def test_what_needs_an_expression_says_so():
    network = Network((Dense(2, 8, "tanh"), Dense(8, 1, "sigmoid")))
    loss = TrainingLoss(network, *two_moons(40), "log loss")
    with pytest.raises(ValueError, match=r"has no expression: take its symbolic\(\)"):
        certify(descend(loss, network.initial(), gradient_step(0.1), 2))
    with pytest.raises(ValueError, match="too large to be one expression"):
        loss.symbolic()


NEURON = Network((Dense(2, 1, "sigmoid"),))
X, Y = np.zeros((3, 2)), np.zeros(3)


WRONG = [
    (lambda: Dense(0, 1), "inputs must"),
    (lambda: Dense(1, 1.5), "outputs must"),
    (lambda: Dense(1, 1, "softmax"), "activation must be one of identity, sigmoid, tanh, relu"),
    (lambda: Network(()), "layers must"),
    (lambda: Network((Dense(1, 2), "sigmoid")), "layers must"),
    (lambda: Network((Dense(1, 2), Dense(3, 1))), "layers must fit: 2 outputs"),
    (lambda: NEURON.initial(seed=-1), "seed must"),
    (lambda: NEURON.predict((1, 2), X), "parameters must have shape"),
    (lambda: NEURON.predict((1, 2, "a"), X), "parameters must be real"),
    (lambda: NEURON.predict((1, 2, 3), [1, 2]), "x must have shape"),
    (lambda: TrainingLoss("net", X, Y), "network must"),
    (lambda: TrainingLoss(NEURON, X, Y, "hinge"), "cost must be one of squared error, log"),
    (lambda: TrainingLoss(NEURON, X[:, :1], Y), "data_x must have shape"),
    (lambda: TrainingLoss(NEURON, X, Y[:2]), "data_y must have as many rows"),
    (lambda: TrainingLoss(NEURON, X[:0], Y[:0]), "data_y must have as many rows"),
    (lambda: TrainingLoss(NEURON, X, np.ones((3, 2))), "data_y must have shape"),
    (lambda: TrainingLoss(NEURON, X + np.nan, Y), "data_x must be finite"),
    (lambda: TrainingLoss(NEURON, X, Y - 1, "log loss"), r"data_y must be in \[0, 1\]"),
    (lambda: TrainingLoss(NEURON, X, Y)(1, 2), "coordinates must be 3"),
    (lambda: TrainingLoss(NEURON, X, Y).gradient((1, 2)), "parameters must have shape"),
    (lambda: descend(TrainingLoss(NEURON, X, Y), (1, 2)), "start must have 3 coordinate"),
    (lambda: two_moons(-1), "n must"),
    (lambda: xor(2.5), "n must"),
    (lambda: line(3, seed="a"), "seed must"),
    (lambda: two_groups(3, noise=-1), "noise must"),
]


@pytest.mark.parametrize(("make", "named"), WRONG, ids=map(str, range(len(WRONG))))
def test_wrong_arguments_are_named(make, named):
    with pytest.raises(ValueError, match=named):
        make()
