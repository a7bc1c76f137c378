"""How long a million walks take: ours, JAX's, and scipy's one at a time.

    python benchmarks/multistart.py [--json]

1,000,000 starts, uniform over the room [0, 5]², take 100 steps down the three wells: the
gradient's at rate 0.2, and Adam's at rate 0.1. `ours` is all of `multistart`: the walks, the
minima, and which walk reached which. `jax` is the walks alone, by `jax.jit(jax.vmap(…))` of a
`fori_loop` of `jax.grad`, with optax's rule, in float64 on the CPU, from an array that already lies
in JAX's memory to one that is ready. `scipy_s_per_start` is `scipy.optimize.minimize` (BFGS, with
our gradient) on the first starts.

Ours and JAX's run in turn, on all cores, and the median of the times by the clock is taken.
Compiling counts for nobody (JAX's and numba's are done in a first, untimed run). How busy the
machine was with other things, its load before and after, is told too.
The endpoints are compared: ours with `descend`, bit for bit, JAX's with ours, nearly.

jax, optax and scipy come with the dependency group `bench`; numba, which makes ours fast, with the
extra `fast`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time

import click
import numpy as np
import sympy as sp

from gdmath import THREE_WELLS, adam_step, descend, gradient_step, multistart
from gdmath.descent.engine import Task, compiled_walk

try:
    import jax
    import optax
    from scipy.optimize import minimize
except ImportError as missing:
    sys.exit(f"{missing.name} is missing: it comes with the dependency group `bench`")

STARTS, STEPS = 1_000_000, 100
# Each rule of ours with optax's of the same settings.
RULES = {
    "gradient": (gradient_step(0.2), optax.sgd(0.2)),
    "adam": (adam_step(0.1), optax.adam(0.1)),
}
REPETITIONS, SINGLE, SCIPY = 9, 200, 100


def walks_by_jax(optimizer):
    function = sp.lambdify(THREE_WELLS.variables, THREE_WELLS.expr, modules=jax.numpy)
    slope = jax.grad(lambda point: function(*point))

    def step(_, now):
        x, state = now
        update, state = optimizer.update(slope(x), state, x)
        return optax.apply_updates(x, update), state

    def walk(point):
        return jax.lax.fori_loop(0, STEPS, step, (point, optimizer.init(point)))[0]

    return jax.jit(jax.vmap(walk))


def clocked(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def check(starts, step, basins, theirs) -> None:
    """Endpoints are what `descend` says, and JAX's are as near as rounding leaves them."""
    for i in np.linspace(0, STARTS - 1, SINGLE).astype(int):
        walk = descend(THREE_WELLS, starts[i], step, STEPS)
        if walk.points[-1].tobytes() != basins.endpoints[i].tobytes():
            raise RuntimeError(f"start {starts[i]} does not end where `descend` ends")
    apart = abs(theirs - basins.endpoints).max(axis=1)
    # A walk that starts on a watershed may be sent to either side by a last bit.
    if (apart > 1e-9).mean() > 1e-3:
        raise RuntimeError("JAX's walks end elsewhere")


def measure() -> dict[str, float]:
    """Median seconds by the clock, by contestant, and the machine's load."""
    starts = np.random.default_rng(0).uniform(0, 5, (STARTS, 2))
    there = jax.device_put(starts)
    before, result = os.getloadavg()[0], {}
    for name, (step, optimizer) in RULES.items():
        walks = walks_by_jax(optimizer)
        contestants = {
            f"{name}_ours_s": lambda step=step: multistart(
                THREE_WELLS, starts, steps=STEPS, step=step
            ),
            f"{name}_jax_s": lambda walks=walks: walks(there).block_until_ready(),
        }
        ours, theirs = (work() for work in contestants.values())
        check(starts, step, ours, np.asarray(theirs))
        times: dict[str, list[float]] = {key: [] for key in contestants}
        for _ in range(REPETITIONS):
            for key, work in contestants.items():
                times[key].append(clocked(work)[0])
        result |= {key: round(statistics.median(spent), 4) for key, spent in times.items()}
    result |= {"load_before": round(before, 2), "load_after": round(os.getloadavg()[0], 2)}

    singly = [
        clocked(lambda at=start: minimize(THREE_WELLS.at, at, jac=THREE_WELLS.gradient))[0]
        for start in starts[:SCIPY]
    ]
    return {**result, "scipy_s_per_start": round(statistics.median(singly), 6)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print the times as JSON, and no more")
    arguments = parser.parse_args()
    jax.config.update("jax_enable_x64", True)  # noqa: FBT003 (jax's signature)
    jax.config.update("jax_platforms", "cpu")
    result = measure()
    if arguments.json:
        click.echo(json.dumps(result))
        return
    task = Task(THREE_WELLS, RULES["adam"][0], STEPS, None)
    engine = "numpy" if compiled_walk(task) is None else "numba"
    click.echo(f"{'ours with':24}{engine:>10}")
    for name, spent in result.items():
        click.echo(f"{name:24}{spent:10.4f}")
    for name in RULES:
        share = result[f"{name}_jax_s"] / result[f"{name}_ours_s"]
        click.echo(f"{name}: ours is {share:.2f} times as fast as JAX's")


if __name__ == "__main__":
    main()
