"""Small dense networks, trained by the loop that walks down everything else here.

All parameters of a network are one point (d,), and its loss over given data is a field of it.

>>> from gdmath import descend, gradient_step
>>> x, y = xor(40, seed=1)
>>> network = Network((Dense(2, 4, "tanh"), Dense(4, 1, "sigmoid")))
>>> loss = TrainingLoss(network, x, y, "log loss")
>>> walk = descend(loss, network.initial(seed=1), gradient_step(0.5), steps=400)
>>> float(loss.accuracy(walk.points[0])), float(loss.accuracy(walk.points[-1]))
(0.375, 1.0)
"""

from gdmath.networks.data import line, two_groups, two_moons, xor
from gdmath.networks.layers import Dense, Network
from gdmath.networks.training import TrainingLoss

__all__ = ["Dense", "Network", "TrainingLoss", "line", "two_groups", "two_moons", "xor"]
