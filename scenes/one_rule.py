"""All walks of the lecture at once, each over its own function, and one rule above them."""

from __future__ import annotations

import manim as mn
import numpy as np

from gdmath import LOG_VALLEY, SAUNA, THREE_WELLS, TWO_VALLEYS, ScalarField
from gdmath.networks import Dense, Network, TrainingLoss, line
from gdstage.pace import paced
from gdstage.plane.contour_map import bowl_levels
from gdstage.proof.ending_facts import ending_with
from gdstage.proof.truths import number_of, taught
from gdstage.props import one_rule as props
from gdstage.props.one_rule import Act
from gdstage.walks.graph_walk import GraphWalk
from gdstage.walks.walk_clip import WalkClip

HOT = (0.5, 0.6)
NEURON = TrainingLoss(Network((Dense(1, 1, "identity"),)), *line(20, 1, 0.15)).symbolic()

GRAPHS = (
    Act(
        "learning rate", LOG_VALLEY, ((-0.78, 1.95), (0.0, 5.6)), 1e-5,
        ((0.04, 1.6, 75), (0.1, 1.6, 25), (0.3, 1.6, 25), (0.5, 1.6, 25)),
    ),
    Act(
        "starting point", LOG_VALLEY, ((-1.6, 5.4), (-18.0, 37.0)), 1e-5,
        ((0.1, 0.05, 25), (0.1, 0.03, 25), (0.1, 0.02, 25)),
    ),
    Act(
        "local minima", TWO_VALLEYS, ((-0.34, 2.0), (-8.2, 7.4)), 1e-5,
        ((0.005, 1.3, 35), (0.005, 0.25, 35), (0.01, 1.3, 35)),
    ),
)  # fmt: skip
MAPS = (
    Act(
        "stationary points", ScalarField.parse("x**2 - y**2", name="saddle"),
        ((-1.3, 1.3), (-1.3, 1.3)), 1e-3, ((0.2, (1.0, 0.0), 21), (0.2, (1.0, -1e-3), 21)),
        levels=(-1.5, -0.9, -0.3, 0.3, 0.9, 1.5),
    ),
    Act(
        "sauna", SAUNA, SAUNA.window, 1e-3,
        ((0.15, (3.5, 3.6), 20), (0.15, HOT, 20), (0.25, HOT, 20), (0.5, HOT, 20)),
        "sauna", (73.0, 85.0), range(74, 85), is_warm=True,
    ),
    Act(
        "stretched bowl", ScalarField.parse("x**2 + 10*y**2"), ((-2.2, 4.6), (-3.4, 3.4)), 1e-5,
        ((0.085, (4.0, 1.6), 200),), levels=bowl_levels(0, 80, 8),
    ),
    Act(
        "many minima", THREE_WELLS, THREE_WELLS.window, 1e-3,
        ((0.2, (0.5, 3.0), 30), (0.2, (2.0, 3.0), 20), (0.2, (4.0, 0.5), 20)),
        "many minima", (6.0, 9.6), tuple(np.arange(6.4, 9.5, 0.4)),
    ),
    Act(
        "neuron", NEURON, ((-1.8, 2.2), (-1.6, 2.4)), 1e-2, ((0.35, (-1.2, 1.6), 60),),
        "error of a neuron", levels=bowl_levels(0.05, 6, 8),
    ),
)  # fmt: skip
OPENING = ((18, 6), (14, 5), (11, 4), (9, 3), (7, 3), (6, 2), (5, 2), *((3, 1),) * 8)


class OneRule(WalkClip):
    """The walks that the other clips take by the rule of gradient descent, in step."""

    topic = "Gradient descent"
    first = "learning rate, 2"

    def construct(self) -> None:
        self.compute()
        self.remember_one()
        self.bring_the_others()
        self.walk_together()
        self.see_the_rule()

    def compute(self) -> None:
        for act in (*GRAPHS, *MAPS):
            self.field, self.tolerance = act.field, act.tolerance
            for name, (rate, start, steps) in act.names().items():
                self.walk(name, rate, start, steps=steps)
        self.all = list(self.evidence.walks.values())

    def remember_one(self) -> None:
        facts, name = self.facts, self.first
        self.beat(
            "one walk",
            f"From x{facts.index(name, 0)} = {facts.start(name)}, with α = {facts.rate(name)}: "
            "where it slopes, step against the slope; and again, until it is level.",
            say="A dot hops along a curve into its valley. {caption}",
        )
        self.rule, self.count = props.rule(self.theme, "f'"), props.StepCount(self.theme)
        walk = self.evidence.walks[name]
        self.big = props.Small(self.theme, GRAPHS[0], {name: walk}, props.BIG)
        alone = GraphWalk(self.big.plane, name, walk)
        self.count.read(walk, 0)
        self.show(self.big.ground, self.big.rates, self.rule, alone, self.count.whole)
        self.play(alone.descend(paced(range(1, walk.stopped_at + 1), OPENING), self.count))
        self.big.show_fates(walk.stopped_at)
        self.show(self.big.signs)
        self.hold(0.4)
        self.dismiss(alone, self.big.signs, self.big.rates, self.count.whole)

    def bring_the_others(self) -> None:
        self.beat(
            "other functions, starts, rates",
            "Where f has several variables, ∇f is the column of its slopes. "
            f"Who of {self.facts.whole(number_of(*self.all))} will get to the bottom?",
            say="The picture shrinks, and others come beside it. {caption}",
        )
        walks = self.evidence.walks
        first, *others = self.pictures = props.in_rows(self.theme, (*GRAPHS, *MAPS), walks, 4)
        self.play(*self.big.become(first), run_time=1.6)
        general = props.rule(self.theme, "nabla f")
        self.play(
            mn.FadeIn(first.crowd, first.rates), *props.become(self.rule, general), run_time=0.8
        )
        self.rule = general
        for each in others:
            self.play(mn.FadeIn(each.ground, each.rates, each.crowd), run_time=0.55)
        self.add(*(each.signs for each in self.pictures))
        self.hold(1)

    def walk_together(self) -> None:
        self.beat(
            self.facts.say(many := number_of(*self.all), f"all {many.value} at once"),
            "They take the first step together, and the next. Who is done waits for the others.",
            say="In the pictures dots set out together. {caption}",
        )
        together = props.Gallery(self.pictures)
        self.count.read(together.walk, 0)
        self.show(self.count.whole, told := props.so_many(self.theme, self.all), run_time=0.3)
        steps = range(1, together.walk.stopped_at + 1)
        self.play(together.descend(paced(steps, (*OPENING, *((1, 1),) * 20), (1, 0)), self.count))
        self.show(props.Ends(self.theme, self.all))
        self.hold(0.6)
        self.dismiss(self.count.whole, told)

    def see_the_rule(self) -> None:
        facts, arrived = self.facts, ending_with("CONVERGED", self.all)
        told = facts.say(arrived, f"{arrived.value} arrive")
        self.beat(
            "one rule",
            f"Of {facts.whole(number_of(*self.all))} walks {told}. "
            f"{facts.require(props.SAME_LINE, taught())}: function, start and α decide.",
            say="The rule over the pictures grows. {caption}",
            poster=True,
        )
        self.play(self.rule.animate.scale(1.4, about_edge=mn.DL).shift(0.05 * mn.UP), run_time=1.4)
        self.hold(2.5)
