"""The steeper the start, the larger the first step, until it leads out of the domain."""

from __future__ import annotations

import manim as mn

from gdmath import LOG_VALLEY, Verdict, domain_threshold, stationary_points
from scenes.stage.descent_clip import DescentClip
from scenes.stage.formula import math, words
from scenes.stage.pace import paced
from scenes.stage.panel import COLUMN
from scenes.stage.rounding import shown

TO_AND_FRO = ((14, 8), (14, 8), (10, 6), (10, 6))
OPENING = ((15, 12), (12, 9), (8, 5), (5, 3), (3, 2))


class StartingPoint(DescentClip):
    """Gradient descent on eˣ − ln x with one learning rate, from three starts ever nearer to 0."""

    topic = "Starting point"
    field = LOG_VALLEY
    rate = 0.1
    starts = (0.05, 0.03, 0.02)
    x_window = (-1.3, 5.4)
    y_window = (-18.0, 37.0)

    def construct(self) -> None:
        self.compute()
        self.start_on_the_slope()
        self.start_steeper()
        self.start_too_steep()
        self.find_the_threshold()

    def compute(self) -> None:
        (valley,) = stationary_points(self.field)
        self.bottom, self.lowest = float(valley.point[0]), float(valley.value)
        slope, steep, steepest = self.starts
        self.cast("slope", Verdict.CONVERGED, self.rate, start=slope)
        self.cast("steep", Verdict.CONVERGED, self.rate, start=steep)
        self.cast("steepest", Verdict.LEFT_DOMAIN, self.rate, start=steepest)
        exact = domain_threshold(self.field, self.rate, leaves=steepest, stays=steep)
        self.threshold = float(exact)
        self.digits = str(exact)[:12]
        self.walk("threshold", self.rate, start=self.threshold, steps=4)

    def start_on_the_slope(self) -> None:
        walk = self.evidence.walks["slope"]
        self.beat(
            "a steep start, a long first step",
            f"From x₀ = {self.starts[0]:g} the slope is {shown(walk.gradients[0, 0], 1)}: "
            f"the first step lands at {shown(walk.points[1, 0], 2)}, across the valley.",
        )
        self.draw_graph(name_at=(2.95, 31))
        self.play(mn.FadeIn(self.point_out(self.bottom, self.lowest)), run_time=0.4)
        self.draw_column()
        self.go("slope")

    def start_steeper(self) -> None:
        walk = self.evidence.walks["steep"]
        self.beat(
            "steeper, and longer",
            f"From {self.starts[1]:g} it lands at {shown(walk.points[1, 0], 2)}, comes back, "
            f"and is there at step {walk.stopped_at}: lucky.",
        )
        self.go("steep")

    def start_too_steep(self) -> None:
        walk = self.evidence.walks["steepest"]
        self.beat(
            "one step too far",
            f"From {self.starts[2]:g} it lands where f is {shown(walk.values[1], 1)} and so steep "
            f"that the next step ends at {shown(walk.points[2, 0], 2)}: no value.",
            poster=True,
        )
        self.set_out("steepest")
        self.descend(paced([1], opening=OPENING))
        self.hold(0.8)
        self.fall_out()
        self.judge()

    def find_the_threshold(self) -> None:
        walk = self.evidence.walks["threshold"]
        self.beat(
            "the threshold",
            f"In between, from x₀ ≈ {self.digits}, a walk would jump "
            f"to {shown(walk.points[1, 0], 3)} and back again, for ever.",
        )
        self.set_out("threshold")
        self.descend(paced(range(1, walk.stopped_at + 1), opening=TO_AND_FRO))
        lines = mn.VGroup(
            math(f"x_0 = {self.digits}...", size=32, colour=self.theme.iterate).rest(COLUMN, -1.75),
            words("below it: out of the domain", size=27, colour=self.theme.danger).rest(
                COLUMN, -2.3
            ),
            words("above it: to the minimum", size=27, colour=self.theme.minimum).rest(
                COLUMN, -2.8
            ),
        )
        self.play(mn.FadeIn(lines, lag_ratio=0.4), run_time=1.2)
        self.hold(3)

    def go(self, name: str) -> None:
        """Take a known walk from its start to its end."""
        walk = self.evidence.walks[name]
        self.set_out(name)
        self.descend(paced(range(1, walk.stopped_at + 1), opening=OPENING))
        self.judge()
