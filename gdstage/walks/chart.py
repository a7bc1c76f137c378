"""Several walks in one chart: a size on a log scale, step by step, one line a run."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np

from gdstage.layout import FIGURE, Box
from gdstage.look.signs import CROSS_SIGN, dashed, strokes
from gdstage.look.text import SMALLEST
from gdstage.look.text import math as formula
from gdstage.look.theme import mix
from gdstage.look.ticks import nice_ticks
from gdstage.motion import Drawn
from gdstage.plane.axes import Plane
from gdstage.proof.evidence import IterateDot
from gdstage.proof.fact import Fact, WalkFacts, given, part_way
from gdstage.proof.statement import point, segment, stated, trail, word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Place
    from gdstage.walks.run import Run

    Array = NDArray[np.float64]

CHART = FIGURE.within(left=1.2, right=0.684, bottom=0.7, top=1.1)
MOST_DECADES = 14
FAR = 1e9
"""So many heights of the chart away, a line to there is upright."""
RADIUS = 0.09
BESIDE = 0.2
"""What the name of a line across a chart keeps from the chart's sides and from other lines."""
NEAR_GOAL = 3.0
"""A slope of fewer tolerances than these is plotted where the name of the goal may stand."""
APART = 2 * RADIUS + 0.02
"""Ends nearer than this may hide one another, so that only the first is offered as proof."""


@dataclass(frozen=True)
class Measure:
    """A size of each iterate of a walk, (n+1,): what it is called, and what as a single fact.

    `of` is what else belongs to it.
    """

    name: str
    what: str
    sizes: Callable[[Walk], Array]
    of: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self, walk: Walk) -> Array:
        """The size at each iterate of a walk."""
        return self.sizes(walk)

    def fact(self, walk: Walk, k: int) -> Fact:
        """The size at iterate k."""
        return Fact(self.what, {"walk": walk, "k": k, **self.of}, float(self(walk)[k]))


values = Measure("value", "value", lambda walk: np.asarray(walk.values))
"""A walk's values, (n+1,): of a network, its losses."""


def excess(minimum: Fact) -> Measure:
    """How far a walk's values are above the value of a minimum, (n+1,)."""
    least = float(minimum.value)
    return Measure("excess", "excess", lambda walk: walk.values - least, {"over": minimum})


steepness = Measure(
    "steepness", "largest slope", lambda walk: np.asarray(abs(walk.gradients).max(axis=1))
)
"""The largest partial derivative in size at each iterate of a walk, (n+1,)."""


def coordinate(axis: int) -> Measure:
    """A coordinate of each iterate of a walk, (n+1,)."""
    return Measure("coordinate", "coordinate", lambda walk: walk.points[:, axis], {"axis": axis})


class Chart(mn.VGroup):
    """A measure of each run against k, drawn as far as a number of steps.

    Each line leads to a dot; at its end that claims the iterate, if it is seen there. Where a
    measure is 0 or out of the chart, the line ends at the border. A walk that leaves the domain
    ends in a cross: where it went there is nothing to plot.
    """

    def __init__(self, plane: Plane, runs: Sequence[Run], measure: Measure) -> None:
        super().__init__()
        self.plane, self.runs, self.measure = plane, runs, measure
        self._places = [self._plotted(run, measure(run.walk)) for run in runs]
        ground = plane.theme.ground
        self.lines = mn.VGroup(
            *(mn.VMobject(stroke_color=mix(r.colour, ground, 0.4), stroke_width=4) for r in runs)
        )
        self.heads = mn.VGroup(*(IterateDot(run.colour, RADIUS) for run in runs))
        for i, head in enumerate(self.heads):
            # Of two that hide one another the first is offered as proof: it is on top.
            head.set_z_index(head.z_index + 1 - i / len(runs))
        self.crosses = mn.VGroup(*(mn.VGroup() for _ in runs))
        self.add(self.lines, self.crosses, self.heads)
        self.draw_to(0.0)

    @property
    def length(self) -> int:
        """The number of steps of the longest run."""
        return max(run.walk.stopped_at for run in self.runs)

    def race(self, run_time: float) -> mn.Animation:
        """Let all runs step at one pace; one step more, so that the longest settles too."""

        def draw(share: float) -> None:
            self.draw_to(share * (self.length + 1))

        return Drawn(self, draw, run_time=run_time, rate_func=mn.linear)

    def place(self, run: int, k: int) -> Array:
        """Where iterate k of a run is plotted, in scene units (3,)."""
        return self._places[run][k]

    def draw_to(self, steps: float) -> Chart:
        """Draw every run as far as `steps` steps, or to its end."""
        ends: list[Array] = []
        for i, (run, places) in enumerate(zip(self.runs, self._places, strict=True)):
            reach = min(steps, float(run.last))
            whole = int(reach)
            tip = places[whole]
            if whole < run.last:
                tip = tip + (reach - whole) * (places[whole + 1] - tip)
            _draw_inside(self.lines[i], np.vstack([places[: whole + 1], tip]), self.plane.box)
            seen = self.plane.box.contains(tip)
            self.heads[i].move_to(tip if seen else np.zeros(3)).set_fill(opacity=float(seen))
            if reach == run.last and steps > run.last:
                self._settle(i, run, tip, ends)
            else:
                self.heads[i].release()
            self._state(i, run, reach)
        return self

    def _settle(self, i: int, run: Run, tip: Array, ends: list[Array]) -> None:
        self.heads[i].release()
        if run.last < run.walk.stopped_at:
            if not self.crosses[i].submobjects and self.plane.box.contains(tip):
                self.crosses[i].add(*self._cross(run, tip))
        elif all(np.linalg.norm(tip - end) > APART for end in ends):
            # Out of the chart it claims too: not seen, so it proves nothing.
            known = point(self.plane, "head", self._plotted_at(run, run.last))
            self.heads[i].claim(run.name, run.last, tip, known)
            ends.append(tip)

    def _state(self, i: int, run: Run, reach: float) -> None:
        """Let line and head of a run state how far it is drawn."""
        k, share = int(reach), reach - int(reach)
        more = {"walk": run.walk, "measure": self.measure.name, **self.measure.of}
        upto, (across, up) = reach if share else k, self._reached(run, k, share)
        if share and not self._is_plain(run, k):
            upto, up = k, None  # what is cut off far out is only known to be on its way there
        stated(self.lines[i], trail(self.plane, (), "chart", **more, upto=upto))
        marked = self.heads[i].stands_for is not None
        stated(self.heads[i], None if marked else point(self.plane, "head", (across, up)))

    def _plotted_at(self, run: Run, k: int, step: int = 0) -> Place:
        """Where iterate k of a run is plotted, or so many steps right of that."""
        return (WalkFacts(run.walk).count(k + step), self.measure.fact(run.walk, k))

    def _reached(self, run: Run, k: int, share: float) -> Place:
        """Where a run is plotted so far on the straight line from iterate k to the next."""
        here = self._plotted_at(run, k)
        if not share:
            return here
        ends = zip(here, self._plotted_at(run, k + 1), strict=True)
        scales = (False, self.plane.log_y)
        return tuple(
            one and other and part_way(one, other, share, log=log)
            for (one, other), log in zip(ends, scales, strict=True)
        )

    def _is_plain(self, run: Run, k: int) -> bool:
        """Whether the line from iterate k to the next is drawn as it is, not cut off far out."""
        low, high = self._far
        sizes = self.measure(run.walk)[k : k + 2]
        with np.errstate(invalid="ignore"):
            return bool(((low <= sizes) & (sizes <= high)).all())

    def _cross(self, run: Run, last: Array) -> list[mn.Mobject]:
        step = run.walk.stopped_at - run.last
        at = last + (self.plane.at(step, 1.0)[0] - self.plane.at(0, 1.0)[0]) * mn.RIGHT
        ends = self._plotted_at(run, run.last), self._plotted_at(run, run.last, step)
        cross = strokes(CROSS_SIGN, 0.12, run.colour, 6).shift(at)
        way = segment(self.plane, "way out", *ends, dashed=True)
        return [
            stated(cross, point(self.plane, "no value", ends[1])),
            stated(dashed(last, at, run.colour), way),
        ]

    def _plotted(self, run: Run, sizes: Array) -> Array:
        # What is out of the chart is cut off at its border, on the true way there.
        low, high = self._far
        known = np.nan_to_num(sizes[: run.last + 1], nan=high, posinf=high)
        return self.plane.at(np.arange(run.last + 1), np.clip(known, low, high))

    @property
    def _far(self) -> tuple[float, float]:
        """The sizes (low, high) that are as far out as can be drawn; 0 has no place on a log."""
        if self.plane.log_y:
            return float(np.finfo(float).tiny), float(np.finfo(float).max)
        low, high = self.plane.y_window
        return low - FAR * (high - low), high + FAR * (high - low)


def steepness_plane(theme: Theme, runs: Sequence[Run], name: str, tolerance: float) -> Plane:
    """Axes for the slopes of all runs: the tolerance in sight, and no more decades than needed."""
    sizes = np.concatenate([steepness(run.walk) for run in runs])
    sizes = sizes[np.isfinite(sizes) & (sizes > 0)]
    start = max(tolerance, *(float(steepness(run.walk)[0]) for run in runs))
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
    power = math.log10(tolerance)
    code = f"10^({round(power)})" if abs(power - round(power)) < 1e-9 else f"{tolerance:g}"
    # Without one in the run the chart has its own.
    own = runs[0].walk.tolerance is None
    goal = given("tolerance", tolerance) if own else WalkFacts(runs[0].walk).tolerance()
    line, said = goal_line(plane, goal, f'"arrived below" {code}', goal)
    _make_way(said, plane, runs, tolerance)
    return plane.add(line, said)


def _make_way(name: mn.VMobject, plane: Plane, runs: Sequence[Run], goal: float) -> None:
    """Shift what stands below a goal to the first place there that no walk comes down to."""
    last = math.ceil(plane.x_window[1])
    free = np.ones(last + 1, dtype=bool)
    for run in runs:
        for k in np.flatnonzero(steepness(run.walk)[: run.last + 1] < NEAR_GOAL * goal):
            free[max(k - 1, 0) : k + 2] = False
    ends = np.flatnonzero(np.diff([False, *free, False]))  # where free steps begin, and are over
    for first, past in zip(ends[::2], ends[1::2], strict=True):
        left, right = (plane.at(min(k, plane.x_window[1]), goal)[0] for k in (first, past - 1))
        if right - left >= name.width + 2 * BESIDE:
            name.shift((left + BESIDE - name.get_left()[0]) * mn.RIGHT)
            return


def goal_line(
    plane: Plane, height: float | Fact, code: str, *numbers: Fact, right: bool = False
) -> list[mn.VMobject]:
    """A dashed line over the whole chart at a height, named under its left or right end by a code.

    `numbers` are the facts in the formula.
    """
    known = height if isinstance(height, Fact) else given("goal", height)
    start, end = plane.at(np.array(plane.x_window), known.value)
    level = segment(plane, "goal", (None, known), (None, known), dashed=True)
    line = stated(dashed(start, end, plane.theme.label), level)
    name = formula(code, size=SMALLEST, colour=plane.theme.label)
    stated(name, word("number" if numbers else "label", *numbers))
    if right:
        return [line, name.rest(end[0] - BESIDE, end[1] - 0.32, anchor="right")]
    return [line, name.rest(start[0] + BESIDE, start[1] - 0.32)]


def _draw_inside(line: mn.VMobject, places: Array, box: Box) -> None:
    """The polyline through places (n, 3), without what lies above or below the box."""
    line.clear_points()
    for a, b in pairwise(places):
        shares = [0.0, 1.0]
        rise = b[1] - a[1]
        if rise != 0:
            ends = sorted(((box.bottom - a[1]) / rise, (box.top - a[1]) / rise))
            shares = [max(0.0, ends[0]), min(1.0, ends[1])]
        elif not box.bottom <= a[1] <= box.top:
            continue
        if shares[0] < shares[1]:
            start = a + shares[0] * (b - a)
            if not len(line.points) or abs(line.points[-1] - start).max() > 1e-9:
                line.start_new_path(start)
            line.add_line_to(a + shares[1] * (b - a))
