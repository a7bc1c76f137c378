"""Record what PyTorch's and optax's optimizers do, as an oracle for gdmath's step rules.

    python benchmarks/record_oracles.py          writes tests/data/oracles.json

Each run is one optimizer of a library with the settings that are written down, in float64, from
one start on one function; the library differentiates it by itself. Beside it stands the rule of
gdmath that must take the same steps, or none where the library's convention is another, which a
test then writes out as a loop. torch, jax and optax come with the dependency group `bench`.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import click

try:
    import jax
    import optax
    import torch
except ImportError as missing:
    sys.exit(f"{missing.name} is missing: it comes with the dependency group `bench`")

STEPS = 40
# A search at rest decides by rounding: it is followed until there.
SEARCHING = 9
TO = Path(__file__).parents[1] / "tests" / "data" / "oracles.json"

# Text that gdmath parses, and what it says to a library whose exponential is given.
FUNCTIONS = {
    "x**4/4 + x*y + y**2 + exp(x/3)": (
        lambda exp, x, y: x**4 / 4 + x * y + y**2 + exp(x / 3),
        (1.25, -0.75),
    ),
    "(1 - x)**2 + 5*(y - x**2)**2": (
        lambda _, x, y: (1 - x) ** 2 + 5 * (y - x**2) ** 2,
        (-0.5, 0.5),
    ),
}


def rule(name, rate=None, beta=None, **settings):
    return {"name": name, "rate": rate, "beta": beta, "settings": settings}


def scheduled(name, **numbers):
    return rule("scheduled", schedule={"name": name, **numbers})


# Optimizer, its settings, a scheduler with its own or None, gdmath's rule.
TORCH = [
    ("SGD", {"lr": 0.02}, None, rule("gradient", 0.02)),
    ("SGD", {"lr": 0.02, "momentum": 0.8}, None, rule("momentum", 0.02, 0.8)),
    ("SGD", {"lr": 0.02, "momentum": 0.8, "dampening": 0.5}, None, None),
    (
        "SGD",
        {"lr": 0.02, "momentum": 0.8, "nesterov": True},
        None,
        rule("nesterov", 0.02, 0.8),
    ),
    ("Adagrad", {"lr": 0.1}, None, rule("adagrad", 0.1, epsilon=1e-10)),
    (
        "Adagrad",
        {"lr": 0.1, "initial_accumulator_value": 0.1, "eps": 1e-4},
        None,
        rule("adagrad", 0.1, initial=0.1, epsilon=1e-4),
    ),
    ("RMSprop", {"lr": 0.01}, None, rule("rmsprop", 0.01, decay=0.99, epsilon=1e-8)),
    ("RMSprop", {"lr": 0.03, "alpha": 0.9, "eps": 1e-3}, None, rule("rmsprop", 0.03, epsilon=1e-3)),
    ("Adam", {"lr": 0.1}, None, rule("adam", 0.1)),
    (
        "Adam",
        {"lr": 0.1, "betas": [0.7, 0.95], "eps": 1e-3},
        None,
        rule("adam", 0.1, beta1=0.7, beta2=0.95, epsilon=1e-3),
    ),
    (
        "SGD",
        {"lr": 0.03},
        ("StepLR", {"step_size": 7, "gamma": 0.5}),
        scheduled("step", rate=0.03, every=7, factor=0.5),
    ),
    (
        "SGD",
        {"lr": 0.03},
        ("ExponentialLR", {"gamma": 0.95}),
        scheduled("exponential", rate=0.03, factor=0.95),
    ),
    (
        "SGD",
        {"lr": 0.03},
        ("CosineAnnealingLR", {"T_max": 40, "eta_min": 0.001}),
        scheduled("cosine", rate=0.03, steps=40, least=0.001),
    ),
]

# Optimizer with its settings, or ("sgd", schedule with its settings), gdmath's rule.
OPTAX = [
    ("sgd", {"learning_rate": 0.02}, rule("gradient", 0.02)),
    ("sgd", {"learning_rate": 0.02, "momentum": 0.8}, rule("momentum", 0.02, 0.8)),
    (
        "sgd",
        {"learning_rate": 0.02, "momentum": 0.8, "nesterov": True},
        rule("nesterov", 0.02, 0.8),
    ),
    # ε inside the root: with none to speak of on either side it is the same rule.
    (
        "adagrad",
        {"learning_rate": 0.1, "initial_accumulator_value": 0.1, "eps": 1e-300},
        rule("adagrad", 0.1, initial=0.1, epsilon=1e-300),
    ),
    ("adagrad", {"learning_rate": 0.1, "initial_accumulator_value": 0.1, "eps": 1e-2}, None),
    (
        "rmsprop",
        {"learning_rate": 0.03, "decay": 0.9, "eps": 1e-3, "eps_in_sqrt": False},
        rule("rmsprop", 0.03, epsilon=1e-3),
    ),
    ("rmsprop", {"learning_rate": 0.03, "decay": 0.9, "eps": 1e-3}, None),
    ("adam", {"learning_rate": 0.1}, rule("adam", 0.1)),
    # Its exponential_decay computes the rate in float32, and is no oracle for float64.
    (
        "piecewise_constant_schedule",
        {"init_value": 0.03, "boundaries_and_scales": dict.fromkeys(range(7, STEPS, 7), 0.5)},
        scheduled("step", rate=0.03, every=7, factor=0.5),
    ),
    # It stays at its end, from step 25 on.
    (
        "cosine_decay_schedule",
        {"init_value": 0.03, "decay_steps": 25, "alpha": 0.125},
        scheduled("cosine", rate=0.03, steps=25, least=0.00375),
    ),
    (
        "scale_by_backtracking_linesearch",
        {
            "max_backtracking_steps": 60,
            "slope_rtol": 0.25,
            "decrease_factor": 0.5,
            "increase_factor": math.inf,
            "max_learning_rate": 1.0,
        },
        rule("backtracking", 1.0, shrink=0.5, decrease=0.25),
    ),
]


def with_torch(function, start, name, settings, schedule):
    x = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = getattr(torch.optim, name)([x], **settings)
    plan = schedule and getattr(torch.optim.lr_scheduler, schedule[0])(optimizer, **schedule[1])
    points = [x.tolist()]
    for _ in range(STEPS):
        optimizer.zero_grad()
        function(torch.exp, *x).backward()
        optimizer.step()
        if plan:
            plan.step()
        points.append(x.tolist())
    return points


def with_optax(function, start, name, settings):
    def loss(x):
        return function(jax.numpy.exp, *x)

    searches = name.startswith("scale_by")
    made = getattr(optax, name)(**settings)
    if searches:
        optimizer = optax.chain(optax.sgd(1.0), made)
    else:
        optimizer = made if hasattr(made, "update") else optax.sgd(made)
    x = jax.numpy.array(start)
    state, points = optimizer.init(x), [x.tolist()]
    for _ in range(SEARCHING if searches else STEPS):
        value, slope = jax.value_and_grad(loss)(x)
        told = {"value": value, "grad": slope, "value_fn": loss} if searches else {}
        update, state = optimizer.update(slope, state, x, **told)
        x = optax.apply_updates(x, update)
        points.append(x.tolist())
    return points


def runs():
    for text, (function, start) in FUNCTIONS.items():
        told = {"function": text, "start": list(start)}
        for name, settings, schedule, ours in TORCH:
            points = with_torch(function, start, name, settings, schedule)
            call = {"library": "torch", "optimizer": name, "settings": settings}
            yield {**told, **call, "schedule": schedule, "rule": ours, "points": points}
        for name, settings, ours in OPTAX:
            points = with_optax(function, start, name, settings)
            plain = {key: "inf" if value == math.inf else value for key, value in settings.items()}
            call = {"library": "optax", "optimizer": name, "settings": plain}
            yield {**told, **call, "schedule": None, "rule": ours, "points": points}


def main() -> None:
    jax.config.update("jax_enable_x64", True)  # noqa: FBT003 (jax's signature)
    jax.config.update("jax_platforms", "cpu")
    versions = {library.__name__: library.__version__ for library in (torch, optax, jax)}
    lines = ",\n".join(json.dumps(run) for run in runs())
    TO.write_text(f'{{"versions": {json.dumps(versions)}, "runs": [\n{lines}\n]}}\n')
    click.echo(f"{TO.name}: {TO.stat().st_size} bytes")


if __name__ == "__main__":
    main()
