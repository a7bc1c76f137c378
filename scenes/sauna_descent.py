"""The same rule in two variables: gradient descent finds the coldest place of the sauna."""

from __future__ import annotations

import sympy as sp

from gdmath import Verdict, stability_bound
from gdstage.look.text import math
from gdstage.proof.fact import given
from gdstage.proof.map_facts import SpotFacts
from gdstage.proof.statement import stated, word
from gdstage.proof.truths import (
    across,
    distance,
    equal,
    nowhere,
    ordered,
    ratio,
    stability_bound_at,
    steepest,
)
from gdstage.space.space import DEGREE
from gdstage.walks.readouts import pair_rule
from gdstage.walks.sauna_clip import SaunaClip

NEARER = ("near", "good")


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
        facts, cold = self.facts, SpotFacts(self.field, self.lowest.point)
        self.cold, walks = cold, self.evidence.walks
        self.most = stability_bound_at(self.field, cold.near, float(self.bound))
        for axis in (0, 1):
            for walk, said in (("good", "the walk reaches"), ("near", "is there")):
                there = equal(
                    facts.of(walk).coordinate(-1, axis), cold.coordinate(axis), within=0.01
                )
                facts.require(said, there)
            straddle = across(walks["large"], cold.coordinate(axis), axis)
            facts.require("it jumps across the coldest place, again and again", straddle)
        facts.require("is over the bound", ordered(">", facts.of("large").rate(), self.most))
        facts.require("the coldest place", nowhere("<", self.field, self.room, cold.value()))
        facts.require("start nearer", ordered("<", *(distance(walks[n], 0, cold) for n in NEARER)))
        share = ratio(facts.of("small").steepness(0), steepest(walks["good"]))
        level = ordered("<=", share, given("a quarter", 0.25))
        facts.require("near the hot wall the floor is almost level", level)

    def meet_the_rule(self) -> None:
        self.beat(
            f"the same rule, {self.facts.dimension(self.field)} variables",
            "Step against the gradient: both coordinates move at once. Red is hot, blue is cold.",
        )
        rule = math(pair_rule(self.theme, "T"), size=34, colour=self.theme.ink).rest(-6.55, 2.35)
        stated(rule, word("rule", method="gradient", name="T", variables=["x", "y"]))
        self.draw_space(place=(-3.0, -0.3), zoom=0.8)
        self.draw_map()
        self.show(rule, run_time=0.6)
        self.play(self.space.camera.animate.set(theta=self.theta + 10 * DEGREE), run_time=2.4)
        self.hide(rule)

    def arrive(self) -> None:
        facts = self.facts
        self.beat(
            f"{facts.fate('good', 'there in')} {facts.steps('good')} strides",
            f"With α = {facts.rate('good')} the walk reaches {facts.spot(self.cold)}, where it is "
            f"{facts.number(self.cold.value(), 1)} degrees.",
            poster=True,
        )
        self.draw_reader()
        self.go("good")

    def never_settle(self) -> None:
        facts = self.facts
        self.beat(
            f"too large {facts.fate('large', 'never settles')}",
            f"α = {facts.rate('large')} is over the bound "
            f"{facts.say(self.most, sp.sstr(self.bound))}: "
            "it jumps across the coldest place, again and again.",
        )
        self.go("large")

    def run_out_of_steps(self) -> None:
        facts = self.facts
        self.beat(
            f"too small {facts.fate('small', 'runs out of steps')}",
            f"α = {facts.rate('small')}: near the hot wall the floor is almost level, "
            f"and {facts.steps('small')} steps are {facts.fate('small', 'not enough')}.",
        )
        self.go("small")

    def start_nearer(self) -> None:
        facts = self.facts
        self.beat(
            "or start nearer",
            f"From {facts.start_point('near')} the same α = {facts.rate('near')} "
            f"{facts.fate('near', 'is there')} at step {facts.steps('near')}.",
        )
        self.go("near")
        self.hold(1)
