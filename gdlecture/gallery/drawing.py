"""The line drawing at the page's top: a bold walk on the lecture's first function, computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from markupsafe import Markup

from gdmath import LOG_VALLEY, descend, gradient_step

WIDTH, HEIGHT, RADIUS = 480, 250, 6.5
X_WINDOW, Y_WINDOW = (0.08, 1.9), (2.05, 5.2)
START, RATE = 1.6, 0.3
SHOWN = 6
"""Iterates of the walk that can be told apart at this size."""


def drawing() -> Markup:
    """An SVG of the function, with the past iterates as rings and the last one solid."""
    walk = descend(LOG_VALLEY, START, step=gradient_step(RATE), steps=SHOWN)
    curve = np.linspace(*X_WINDOW, 97)
    line = _path(curve, LOG_VALLEY(curve))
    dots = list(_places(walk.points[:, 0], walk.values))
    rings = Markup("").join(
        Markup('<circle class="past" cx="{}" cy="{}" r="{}"/>').format(x, y, RADIUS)
        for x, y in dots[:-1]
    )
    now = Markup('<circle class="now" cx="{}" cy="{}" r="{}"/>').format(*dots[-1], RADIUS)
    chords = _path(walk.points[:, 0], walk.values)
    return Markup(
        '<svg class="drawing" viewBox="0 0 {} {}" aria-hidden="true">'
        '<path class="curve" d="{}"/><path class="chord" d="{}"/>{}{}</svg>'
    ).format(WIDTH, HEIGHT, line, chords, rings, now)


def _places(xs: Iterable[float], ys: Iterable[float]) -> Iterator[tuple[str, str]]:
    """Where points of the plane are in the drawing, to a tenth."""
    (left, right), (low, high) = X_WINDOW, Y_WINDOW
    for x, y in zip(xs, ys, strict=True):
        across = (x - left) / (right - left) * WIDTH
        down = (high - y) / (high - low) * HEIGHT
        yield f"{across:.1f}", f"{down:.1f}"


def _path(xs: Iterable[float], ys: Iterable[float]) -> str:
    return "M" + "L".join(" ".join(place) for place in _places(xs, ys))
