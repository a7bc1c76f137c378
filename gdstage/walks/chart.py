"""Several walks on one picture: how far above the minimum each is, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdmath import Verdict
from gdstage.look.signs import CROSS_SIGN, dashed, strokes
from gdstage.look.text import words
from gdstage.look.theme import mix
from gdstage.motion import Drawn
from gdstage.proof.evidence import IterateDot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.look.theme import Theme
    from gdstage.plane.axes import Plane


@dataclass(frozen=True)
class Run:
    """A walk to be compared: the name it is known by, what to call it, and its colour."""

    name: str
    label: str
    walk: Walk
    colour: str


class ConvergenceChart(mn.VGroup):
    """f(x_k) − f(x*) against k, one line a run; `minimum` is f(x*).

    A walk that leaves the domain ends in a cross: where it went there is nothing to plot.
    """

    def __init__(self, plane: Plane, runs: Sequence[Run], minimum: float) -> None:
        super().__init__()
        self.plane, self.runs = plane, runs
        self._excess = [run.walk.values - minimum for run in runs]
        self.lines = mn.VGroup(*(self._line(run.colour) for run in runs))
        self.heads = mn.VGroup(*(IterateDot(run.colour, 0.09) for run in runs))
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

    def draw_to(self, steps: float) -> ConvergenceChart:
        """Draw every run as far as `steps` steps, or to its end."""
        for i, run in enumerate(self.runs):
            last = self._last(i)
            reach = min(steps, float(last))
            whole = int(reach)
            places = self._places(i)
            tip = places[whole]
            if whole < last:
                tip = tip + (reach - whole) * (places[whole + 1] - tip)
            self.lines[i].set_points_as_corners([*places[: whole + 1], tip])
            self.heads[i].move_to(tip)
            self._settle(i, run, ended=reach == last and steps > last)
        return self

    def place(self, run: int, k: int) -> NDArray[np.float64]:
        """Where iterate k of a run is plotted, in scene units (3,)."""
        return self._places(run)[k]

    def _settle(self, i: int, run: Run, *, ended: bool) -> None:
        if run.walk.verdict is Verdict.LEFT_DOMAIN:
            self.heads[i].release()
            if ended and not self.crosses[i].submobjects:
                self.crosses[i].add(*self._cross(i, run))
        elif ended:
            self.heads[i].claim(run.name, self._last(i), self.place(i, self._last(i)))
        else:
            self.heads[i].release()

    def _cross(self, i: int, run: Run) -> list[mn.Mobject]:
        last = self.place(i, self._last(i))
        at = self.plane.at(run.walk.stopped_at, self._excess[i][self._last(i)]) + 0.25 * mn.RIGHT
        cross = strokes(CROSS_SIGN, 0.12, run.colour, 6).shift(at)
        return [cross, dashed(last, at, run.colour)]

    def _last(self, i: int) -> int:
        """The last iterate of a run that has a value."""
        walk = self.runs[i].walk
        return walk.stopped_at - (walk.verdict is Verdict.LEFT_DOMAIN)

    def _places(self, i: int) -> NDArray[np.float64]:
        k = np.arange(self._last(i) + 1)
        return self.plane.at(k, self._excess[i][k])

    def _line(self, colour: str) -> mn.VMobject:
        pale = mix(colour, self.plane.theme.ground, 0.4)
        return mn.VMobject(stroke_color=pale, stroke_width=4, fill_opacity=0)


class Legend(mn.VGroup):
    """What each run is called, and what became of it: two parts, shown one after the other."""

    def __init__(self, theme: Theme, runs: Sequence[Run], *, x: float, top: float) -> None:
        super().__init__()
        self.names, self.fates = mn.VGroup(), mn.VGroup()
        for i, run in enumerate(runs):
            y = top - 1.05 * i
            self.names.add(
                mn.Dot((x, y + 0.12, 0), radius=0.1, color=run.colour),
                words(run.label, size=34, colour=run.colour).rest(x + 0.35, y),
            )
            fate = words(_fate(run.walk), size=28, colour=theme.ink)
            self.fates.add(fate.rest(x + 0.35, y - 0.42))
        self.add(self.names, self.fates)


def _fate(walk: Walk) -> str:
    k = walk.stopped_at
    return {
        Verdict.CONVERGED: f"there at step {k}",
        Verdict.BUDGET_SPENT: f"not there after {k} steps",
        Verdict.OSCILLATING: "never settles",
        Verdict.DIVERGED: f"diverged by step {k}",
        Verdict.LEFT_DOMAIN: f"no value at step {k}",
        Verdict.STUCK: "stuck at its start",
    }[walk.verdict]
