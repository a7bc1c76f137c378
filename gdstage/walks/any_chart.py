"""How fast: the size of the slope step by step, on a log scale, one line a run."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.layout import Box
from gdstage.look.signs import dashed
from gdstage.look.text import math as formula
from gdstage.look.theme import mix
from gdstage.motion import Drawn
from gdstage.plane.axes import Plane
from gdstage.plane.ticks import nice_ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdstage.any.plan import Run
    from gdstage.look.theme import Theme

CHART = Box(left=-5.6, right=1.6, bottom=-2.35, top=1.75)
MOST_DECADES = 14


def steepness(run: Run) -> NDArray[np.float64]:
    """The largest partial derivative in size at each iterate, (n+1,); nan where there is none."""
    return np.asarray(abs(run.walk.gradients).max(axis=1))


def chart_plane(theme: Theme, runs: Sequence[Run], name: str) -> Plane:
    """Axes for the slopes of all runs: the tolerance in sight, and no more decades than needed."""
    sizes = np.concatenate([steepness(run) for run in runs])
    sizes = sizes[np.isfinite(sizes) & (sizes > 0)]
    tolerance = runs[0].walk.tolerance or 1e-5
    start = max(tolerance, *(float(steepness(run)[0]) for run in runs))
    most = min(float(sizes.max(initial=tolerance)), 1e4 * start)
    top = max(10 * tolerance, most)
    low, high = math.floor(math.log10(tolerance)) - 1, math.ceil(math.log10(top) + 1e-9)
    low = max(low, high - MOST_DECADES)
    every = max(1, math.ceil((high - low) / 6))
    ticks = [10.0**p for p in range(low, high + 1) if p % every == 0 and p > low]
    steps = max(*(run.walk.stopped_at for run in runs), 1)
    plane = Plane(
        theme, CHART, (0, 1.06 * steps), (10.0**low, 10.0**high),
        x_ticks=[t for t in nice_ticks(0, steps) if t == int(t)], y_ticks=ticks, x_name="k",
        y_name=name, log_y=True,
    )  # fmt: skip
    ends = plane.at(0, tolerance), plane.at(1.06 * steps, tolerance)
    line = dashed(*ends, theme.label)
    power = math.log10(tolerance)
    code = f"10^({round(power)})" if abs(power - round(power)) < 1e-9 else f"{tolerance:g}"
    label = formula(f'"arrived below" {code}', size=22, colour=theme.label)
    label.rest(ends[1][0] - 0.1, ends[1][1] - 0.32, anchor="right")
    return plane.add(line, label)


class SlopeChart(mn.VGroup):
    """The lines of the runs, drawn as far as a number of steps; a cross-free end is where it is."""

    def __init__(self, plane: Plane, runs: Sequence[Run], colours: Sequence[str]) -> None:
        super().__init__()
        self.plane, self.runs = plane, runs
        self._places = [self._place(run) for run in runs]
        ground = plane.theme.ground
        self.lines = mn.VGroup(
            *(mn.VMobject(stroke_color=mix(c, ground, 0.25), stroke_width=4) for c in colours)
        )
        self.add(self.lines)
        self.draw_to(0.0)

    def race(self, run_time: float) -> mn.Animation:
        """Let all runs step at one pace."""
        length = max(len(p) - 1 for p in self._places)
        return Drawn(
            self, lambda s: self.draw_to(s * length), run_time=run_time, rate_func=mn.linear
        )

    def draw_to(self, steps: float) -> SlopeChart:
        """Draw every run as far as `steps` steps, or to its end."""
        for line, places in zip(self.lines, self._places, strict=True):
            whole = min(int(steps), len(places) - 1)
            shown = places[: whole + 1]
            if whole + 1 < len(places):
                shown = np.vstack(
                    [shown, places[whole] + (steps - whole) * (places[whole + 1] - places[whole])]
                )
            _draw_inside(line, shown, self.plane)
        return self

    def _place(self, run: Run) -> NDArray[np.float64]:
        sizes = steepness(run)
        sizes = sizes[np.isfinite(sizes)]
        # What is level or out of the chart goes below or above it, and is cut off there.
        low, high = self.plane.y_window
        sizes = np.clip(sizes, low * 1e-3, high * 1e3)
        return self.plane.at(np.arange(len(sizes)), sizes)


def _draw_inside(line: mn.VMobject, places: NDArray[np.float64], plane: Plane) -> None:
    """The polyline through places (n, 3), without what lies above or below the box."""
    line.clear_points()
    box = plane.box
    for a, b in pairwise(places):
        shares = [0.0, 1.0]
        rise = b[1] - a[1]
        if rise != 0:
            ends = sorted(((box.bottom - a[1]) / rise, (box.top - a[1]) / rise))
            shares = [max(0.0, ends[0]), min(1.0, ends[1])]
        elif not box.bottom <= a[1] <= box.top:
            continue
        if shares[0] < shares[1]:
            line.start_new_path(a + shares[0] * (b - a))
            line.add_line_to(a + shares[1] * (b - a))
