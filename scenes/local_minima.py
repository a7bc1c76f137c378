"""Two valleys: a walk finds the one on whose side it starts, and a bold one finds neither."""

from __future__ import annotations

import manim as mn
import numpy as np

from gdmath import TWO_VALLEYS, Verdict, Walk, cycle, multistart
from gdstage.look.rounding import shown
from gdstage.proof.field_facts import BasinFacts
from gdstage.props.local_minima import Drops, OutcomeKey, orbit_of_two
from gdstage.walks.badge import Remark
from gdstage.walks.basins import BasinStrip, graph_outcomes, outcome_colours
from gdstage.walks.crowd import SMALL, Crowd, unnamed_runs
from gdstage.walks.descent_clip import DescentClip
from gdstage.walks.readouts import COLUMN


class LocalMinima(DescentClip):
    """The lab's walks on (eˣ − ln x) sin 2πx, and where every start leads."""

    topic = "Local minima"
    field = TWO_VALLEYS
    rate, bold = 0.005, 0.01
    right, left = 1.3, 0.25
    budget = 35
    opening = ((10, 7), (8, 5), (5, 3), (3, 2))
    x_window = (-0.34, 2.0)
    y_window = (-8.2, 7.4)
    span = (1e-3, 2.0)
    count, steps = 60, 20
    y_ticks = (-4, -2, 0, 2, 4)

    def construct(self) -> None:
        self.compute()
        self.find_the_deep_valley()
        self.get_stuck()
        self.never_settle()
        self.send_a_crowd()

    def compute(self) -> None:
        self.cast("right", Verdict.CONVERGED, self.rate, self.right)
        self.cast("left", Verdict.CONVERGED, self.rate, self.left)
        self.cast("bold", Verdict.OSCILLATING, self.bold, self.right)
        self.starts = BasinFacts.of(self.field, self.rate, self.span)
        self.map = self.starts.found
        facts, ends = self.facts, self.evidence.walks
        deep = float(ends["right"].points[-1, 0])
        known = [float(x) for x in self.map.minima]
        deepest = len(known) > 1 and bool(np.isclose(deep, known[0], atol=1e-3))
        facts.require(f"from {self.right:g} to the deepest of the valleys", holds=deepest)
        shallow = facts.less("less deep", ends["right"].values[-1], ends["left"].values[-1])
        facts.require(f"from {self.left:g} to another, less deep", holds=shallow)
        facts.require("a larger rate", holds=facts.less("rates", self.rate, self.bold))
        orbit = cycle(self.field, self.bold, self.right)
        pair = orbit is not None and orbit.period == 2
        facts.require(f"α = {self.bold:g} ends in a cycle of two", holds=pair)
        self.orbit = orbit

    def find_the_deep_valley(self) -> None:
        facts = self.facts
        self.beat(
            "the deeper valley",
            f"From {self.right:g} the walk rolls into the deepest valley up to {self.span[1]:g}, "
            f"at {facts.coordinate('right', -1, 4)}.",
        )
        self.draw_graph(name_at=(1.34, 6.3))
        self.draw_column()
        self.go("right")

    def get_stuck(self) -> None:
        self.beat(
            "stuck in the other one",
            f"From {self.left:g} it ends at {self.facts.coordinate('left', -1, 4)}: "
            "a minimum too. The slope is 0 there, and it cannot know better.",
        )
        self.go("left")

    def never_settle(self) -> None:
        one, other = sorted(self.orbit.points[:, 0])
        times = "twice the rate" if self.bold == 2 * self.rate else "a larger rate"
        self.beat(
            f"{times} never settles",
            f"α = {self.bold:g}: in the end it jumps between {shown(one, 4)} and "
            f"{shown(other, 4)} for ever. Period {self.orbit.period}.",
        )
        self.go("bold")
        pair = orbit_of_two(self.theme, self.figure.walk, (one, other)).rest(COLUMN, -1.95)
        self.on_stage = (*self.on_stage, pair)
        self.show(pair)
        self.hold(1.4)

    def send_a_crowd(self) -> None:
        shares = [self.map.share(i) for i in (0, 1, -1)]
        self.beat(
            "where every start leads",
            f"With α = {self.rate:g}, {shares[0]:.0%} of the starts in (0, {self.span[1]:g}] "
            "find the deepest valley: the axis shows which.",
            poster=True,
        )
        self.leave_column()
        crowd = self.crowd()
        self.show(crowd, run_time=0.6)
        self.hold(0.6)
        self.play(crowd.flow(run_time=3.6))
        self.play(crowd.recolour(self.ends, run_time=0.6), run_time=0.6)
        self.hold(0.6)
        self.play(crowd.flow(run_time=1.6, back=True))
        self.hold(0.4)
        drops, strip = Drops(crowd), BasinStrip(self.plane, self.map, self.starts)
        key = OutcomeKey(self.theme, self.starts)
        self.play(drops.fall(self.plane.floor, run_time=1))
        self.play(mn.FadeIn(strip), mn.FadeOut(drops), mn.FadeIn(key), run_time=0.8)
        self.hold(3)

    def badge_of(self, walk: Walk) -> Remark:
        """The verdict; a minimum that is not the deepest is called so."""
        if walk is not self.evidence.walks["left"]:
            return super().badge_of(walk)
        told = "stopped: a local minimum"
        return Remark(told, "dash", self.theme.tangent, COLUMN, -2.95)

    def crowd(self) -> Crowd:
        """Walkers from evenly spaced starts, which do not know yet where they end: in `ends`."""
        low, high = self.span
        starts = low + (high - low) * (np.arange(self.count) + 0.5)[:, None] / self.count
        labels = multistart(self.field, starts, self.rate, 20 * self.steps).labels
        self.ends = outcome_colours(self.theme, labels, graph_outcomes(self.theme))
        unknown = [self.theme.ink] * self.count
        runs = unnamed_runs(self.field, self.rate, starts, self.steps, unknown)
        return Crowd(self.plane, runs, rings=False, radius=SMALL)
