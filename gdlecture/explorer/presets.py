"""The experiments of the labs, as settings to start from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """Where a walk starts (d,), its learning rate, and how many steps it may take."""

    start: tuple[float, ...]
    rate: float
    steps: int


LAB: dict[str, tuple[Setting, ...]] = {
    "log_valley": (
        Setting((1.6,), 0.1, 25),
        Setting((1.6,), 0.3, 25),
        Setting((1.6,), 0.5, 25),
        Setting((1.6,), 0.04, 25),
        Setting((1.6,), 0.04, 75),
        Setting((0.05,), 0.1, 25),
        Setting((0.03,), 0.1, 25),
        Setting((0.02,), 0.1, 25),
    ),
    "two_valleys": (
        Setting((1.3,), 0.005, 35),
        Setting((0.25,), 0.005, 35),
        Setting((1.3,), 0.01, 35),
    ),
    "sauna": (
        Setting((0.5, 0.6), 0.25, 30),
        Setting((0.5, 0.6), 0.25, 20),
        Setting((0.5, 0.6), 0.5, 20),
        Setting((0.5, 0.6), 0.15, 20),
        Setting((3.5, 3.6), 0.15, 20),
    ),
    "three_wells": (
        Setting((0.5, 3.0), 0.2, 100),
        Setting((0.5, 3.0), 0.2, 30),
        Setting((2.0, 3.0), 0.2, 20),
        Setting((4.0, 0.5), 0.2, 20),
    ),
}
"""By the name of the lecture's function, in the order of the labs."""

TOLERANCES = {1: 1e-5, 2: 1e-3}
"""The labs' bound on each component of the gradient, by the number of variables."""
