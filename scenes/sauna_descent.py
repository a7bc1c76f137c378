"""The same rule in two variables: gradient descent finds the coldest place of the sauna."""

from __future__ import annotations

import numpy as np
import sympy as sp

from gdmath import Verdict, stability_bound
from gdstage.look.text import math
from gdstage.proof.statement import stated, word
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
        facts, bound, place = self.facts, float(self.bound), np.array(self.lowest.point, float)
        good, large, near = (self.evidence.walks[name] for name in ("good", "large", "near"))
        for walk in (good, near):
            there = np.allclose(walk.points[-1], place, atol=1e-2)
            facts.require("the walk reaches the coldest place", holds=bool(there))
        over = facts.less("over the bound", bound, self.large)
        facts.require(f"α = {self.large:g} is over the bound", holds=over)
        one, other = large.points[-2:] - place
        across = large.ending.period == 2 and bool((one * other < 0).all())
        facts.require("it jumps across the coldest place, again and again", holds=across)
        ways = [float(np.linalg.norm(walk.start - place)) for walk in (near, good)]
        facts.require("the last start is nearer", holds=facts.less("nearer", *ways))
        slopes = np.linalg.norm(good.gradients, axis=1)
        level = facts.less("level beside the steepest", 4 * slopes[0], slopes.max())
        facts.require("near the hot wall the floor is almost level", holds=level)

    def meet_the_rule(self) -> None:
        self.beat(
            "the same rule, two variables",
            "Step against the gradient: both coordinates move at once. Red is hot, blue is cold.",
        )
        rule = math(pair_rule(self.theme, "T"), size=34, colour=self.theme.ink).rest(-6.55, 2.35)
        stated(rule, word("rule", method="gradient", name="T", variables=["x", "y"]))
        self.draw_space(place=(-3.1, -0.8))
        self.draw_map()
        self.show(rule, run_time=0.6)
        self.play(self.space.camera.animate.set(theta=self.theta + 10 * DEGREE), run_time=2.4)
        self.hide(rule)

    def arrive(self) -> None:
        where = ", ".join(str(c) for c in self.lowest.point)
        self.beat(
            f"there in {self.facts.steps('good')} strides",
            f"With α = {self.good:g} the walk reaches ({where}), where it is "
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
        self.beat(
            "too small runs out of steps",
            f"α = {self.small:g}: near the hot wall the floor is almost level, "
            f"and {self.facts.steps('small')} steps are not enough.",
        )
        self.go("small")

    def start_nearer(self) -> None:
        self.beat(
            "or start nearer",
            f"From ({self.near[0]:g}, {self.near[1]:g}) the same α = {self.small:g} "
            f"is there at step {self.facts.steps('near')}.",
        )
        self.go("near")
        self.hold(1)
