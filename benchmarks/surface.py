"""How long one frame of a turning surface takes: ours, manim's own, and matplotlib's.

    python benchmarks/surface.py [--json]

All draw z = x² + y² over [-2, 2]² at 1920×1080 in one process, and turn it by the same steps
around the same axis: azimuth 2° a frame, 24° above the floor, drawn about as large.

`ours` and `stock` are the surface alone. `matplotlib` is `plot_surface` as it comes, with its box
of axes, which is most of its time; so there are two fairer pairs: `ours_…_axes` with our axes and
labels beside `matplotlib_32_ms`, and `ours_…_ms` beside `matplotlib_32_bare_ms` without axes.

A frame counts, for everyone, all from the new angle to the finished RGBA array: clearing the
picture, projection, shading, sorting, filling, and the library's own handling of its buffer.
Encoding counts for nobody, nor does making the surface, which is done once. Edges are smoothed for
everyone. Times are CPU time of the process, so that other work on the machine hardly matters;
the contestants draw their frames in turn, and the median is taken.

matplotlib comes with the dependency group `bench`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable

import click
import manim as mn
import matplotlib as mpl
import numpy as np
from matplotlib import pyplot as plt

from gdstage.look.theme import DARK
from gdstage.space.axes import edge_axes
from gdstage.space.space import Space

WIDTH, HEIGHT, DPI = 1920, 1080, 100
FRAMES, WARM_UP = 20, 2
START, STEP, ELEVATION = -60.0, 2.0, 24.0
SIDE, TALL = 5.0, 3.4  # scene units

Draw = Callable[[float], np.ndarray]


def paraboloid(x, y):
    return x**2 + y**2


def ours(resolution: int, *, axes: bool = False) -> Draw:
    camera = mn.Camera(pixel_width=WIDTH, pixel_height=HEIGHT)
    polar = np.radians(90 - ELEVATION)
    space = Space(
        DARK, (-2, 2), (-2, 2), (0, 8), size=(SIDE, SIDE, TALL), phi=polar, resolution=resolution
    )
    space.surface(paraboloid)
    if axes:
        edge_axes(space, ("x", "y", "z"))

    def draw(azimuth: float) -> np.ndarray:
        space.camera.theta = np.radians(azimuth)
        camera.reset()
        camera.capture_mobjects([space])
        return camera.pixel_array

    return draw


def stock(resolution: int) -> Draw:
    camera = mn.ThreeDCamera(pixel_width=WIDTH, pixel_height=HEIGHT, phi=np.radians(90 - ELEVATION))
    surface = mn.Surface(
        lambda u, v: np.array([u * SIDE / 4, v * SIDE / 4, paraboloid(u, v) * TALL / 8 - TALL / 2]),
        u_range=(-2, 2),
        v_range=(-2, 2),
        resolution=resolution,
    )

    def draw(azimuth: float) -> np.ndarray:
        camera.set_theta(np.radians(azimuth))
        camera.reset()
        camera.capture_mobjects([surface])
        return camera.pixel_array

    return draw


def matplotlib(resolution: int, *, with_axes: bool) -> Draw:
    mpl.use("Agg")
    figure = plt.figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI)
    axes = figure.add_axes((0, 0, 1, 1), projection="3d")
    if not with_axes:
        axes.set_axis_off()
    axes.set_box_aspect((SIDE, SIDE, TALL), zoom=1.1)
    x, y = np.meshgrid(*2 * [np.linspace(-2, 2, resolution + 1)])
    axes.plot_surface(x, y, paraboloid(x, y), rstride=1, cstride=1, cmap="viridis")

    def draw(azimuth: float) -> np.ndarray:
        axes.view_init(elev=ELEVATION, azim=azimuth)
        figure.canvas.draw()
        return np.asarray(figure.canvas.buffer_rgba())

    return draw


def measure() -> dict[str, float]:
    """The median CPU time of a frame in milliseconds, by contestant."""
    contestants = {
        "ours_32_ms": ours(32),
        "ours_64_ms": ours(64),
        "stock_32_ms": stock(32),
        "matplotlib_32_ms": matplotlib(32, with_axes=True),
        "ours_32_axes_ms": ours(32, axes=True),
        "ours_64_axes_ms": ours(64, axes=True),
        "matplotlib_32_bare_ms": matplotlib(32, with_axes=False),
    }
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for frame in range(-WARM_UP, FRAMES):
        for name, draw in contestants.items():
            start = time.process_time()
            picture = draw(START + STEP * frame)
            spent = time.process_time() - start
            if picture.shape != (HEIGHT, WIDTH, 4):
                raise RuntimeError(f"{name} drew {picture.shape}")
            if frame >= 0:
                times[name].append(1e3 * spent)
    return {name: round(statistics.median(spent), 2) for name, spent in times.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print the times as JSON, and no more")
    arguments = parser.parse_args()
    mn.config.verbosity = "ERROR"
    result = measure()
    if arguments.json:
        click.echo(json.dumps(result))
        return
    for name, spent in result.items():
        click.echo(f"{name:24}{spent:8.2f}")
    pairs = (
        ("ours_32_ms", "stock_32_ms"),
        ("ours_32_ms", "matplotlib_32_ms"),
        ("ours_64_ms", "matplotlib_32_ms"),
        ("ours_32_axes_ms", "matplotlib_32_ms"),
        ("ours_64_axes_ms", "matplotlib_32_ms"),
        ("ours_32_ms", "matplotlib_32_bare_ms"),
        ("ours_64_ms", "matplotlib_32_bare_ms"),
    )
    for one, two in pairs:
        click.echo(f"{one} is {result[two] / result[one]:.1f} times as fast as {two}")


if __name__ == "__main__":
    main()
