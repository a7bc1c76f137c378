"""The same rule in two variables: gradient descent finds the coldest place of the sauna."""

from __future__ import annotations

import sympy as sp

from gdmath import Verdict, stability_bound
from gdstage.look.text import math
from gdstage.space.space import DEGREE
from gdstage.walks.readouts import pair_rule
from gdstage.walks.sauna_clip import SaunaClip


class SaunaDescent(SaunaClip):
    """Gradient descent in the sauna with the lab's settings, on the surface and on the map."""

    start, near = (0.5, 0.6), (3.5, 3.6)
    good, large, small = 0.25, 0.5, 0.15

    def construct(self) -> None:
        self.compute()
        self.meet_the_rule()
        self.arrive()
        self.never_settle()
        self.run_out_of_steps()
        self.start_nearer()

    def compute(self) -> None:
        self.bound = stability_bound(self.field, self.lowest.point)
        self.cast("good", Verdict.CONVERGED, self.good)
        self.cast("large", Verdict.OSCILLATING, self.large)
        self.cast("small", Verdict.BUDGET_SPENT, self.small)
        self.cast("near", Verdict.CONVERGED, self.small, self.near)

    def meet_the_rule(self) -> None:
        self.beat(
            "the same rule, two variables",
            "Step against the gradient: both coordinates move at once. Red is hot, blue is cold.",
        )
        rule = math(pair_rule(self.theme, "T"), size=34, colour=self.theme.ink).rest(-6.55, 2.35)
        self.draw_space(place=(-3.1, -0.8))
        self.draw_map()
        self.show(rule, run_time=0.6)
        self.play(self.space.camera.animate.set(theta=self.theta + 10 * DEGREE), run_time=2.4)
        self.hide(rule)

    def arrive(self) -> None:
        walk = self.evidence.walks["good"]
        where = ", ".join(str(c) for c in self.lowest.point)
        self.beat(
            "there in a few strides",
            f"With α = {self.good:g} the walk reaches ({where}) at step {walk.stopped_at}: "
            f"{float(self.lowest.value):.1f} degrees.",
            poster=True,
        )
        self.draw_reader()
        self.go("good")

    def never_settle(self) -> None:
        self.beat(
            "too large never settles",
            f"α = {self.large:g} is over the bound {sp.sstr(self.bound)}: "
            "it jumps across the coldest place, again and again.",
        )
        self.go("large")

    def run_out_of_steps(self) -> None:
        walk = self.evidence.walks["small"]
        self.beat(
            "too small runs out of steps",
            f"α = {self.small:g}: near the hot wall the floor is almost level, "
            f"and {walk.stopped_at} steps are not enough.",
        )
        self.go("small")

    def start_nearer(self) -> None:
        walk = self.evidence.walks["near"]
        self.beat(
            "or start nearer",
            f"From ({self.near[0]:g}, {self.near[1]:g}) the same α = {self.small:g} "
            f"is there at step {walk.stopped_at}.",
        )
        self.go("near")
        self.hold(1)
