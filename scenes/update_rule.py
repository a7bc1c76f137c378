"""Minus the slope points downhill from either side; one rule, repeated, is gradient descent."""

from __future__ import annotations

import manim as mn

from gdmath import Verdict
from gdstage.pace import SPRINT, Moment, paced
from gdstage.props import update_rule as props
from gdstage.walks.descent_clip import DescentClip

SIDES = ("from the right", "from the left")


class UpdateRule(DescentClip):
    """The update rule of gradient descent, from the sign of the slope to the stopping test."""

    topic, shapes = "Update rule", ("4:3", "9:16")
    x_window, y_window = (-0.3, 1.95), (0.0, 6.2)
    left_start = 0.22
    rate = 0.1
    written_out = 20
    drawing = (0.8, 2.2)

    def construct(self) -> None:
        self.compute()
        self.ask()
        self.step_downhill()
        self.state_the_rule()
        self.write_it_out()
        self.run_the_algorithm()

    def compute(self) -> None:
        self.walk("from the right", self.rate, steps=1)
        self.walk("from the left", self.rate, start=self.left_start, steps=1)
        self.cast("algorithm", Verdict.CONVERGED, self.rate)
        props.require_story(self.facts, self.evidence.walks, self.least, self.written_out)

    def ask(self) -> None:
        right, left = (self.facts.start(name) for name in SIDES)
        self.beat(
            "which way is down?",
            f"From x = {right}, or from x = {left}, feeling nothing but the slope: "
            "which way is down?",
            say="On either side of a valley stands a dot, with its tangent. {caption}",
        )
        self.draw_graph()
        walks = [self.evidence.walks[name] for name in SIDES]
        self.steps = [
            props.FirstStep(self.plane, name, walk) for name, walk in zip(SIDES, walks, strict=True)
        ]
        self.signs = [props.SlopeSigns(self.plane, walk) for walk in walks]
        self.arrows = [props.StepArrow(self.plane, walk) for walk in walks]
        for step, (_, slope) in zip(self.steps, self.signs, strict=True):
            self.show(step, run_time=0.8)
            self.show(slope, run_time=0.6)
        self.show(*(asked := [props.Asked(self.plane, walk) for walk in walks]), run_time=0.6)
        self.hold(1.2)
        self.dismiss(*asked)

    def step_downhill(self) -> None:
        self.beat(
            "downhill is minus the slope",
            "Right of the minimum, minus the slope points left. Left of it, it points right.",
            say="From the dots grow arrows, towards the bottom, and the dots follow. {caption}",
        )
        minus = [sign for sign, _ in self.signs]
        self.play(*map(mn.Create, self.arrows), *map(mn.FadeIn, minus), run_time=1.8)
        self.show(*(arrow.fall for arrow in self.arrows), run_time=0.6)
        go = [Moment(1, 0.0, 2.4, 2.6)]
        self.play(*(step.descend(go) for step in self.steps))
        self.hold(0.4)

    def state_the_rule(self) -> None:
        self.beat(
            "one rule for both sides",
            "So subtract the slope, scaled by the learning rate α: either way it goes down.",
            say="A rule appears beside the curve, and the signs at the dots flash. {caption}",
        )
        self.rule = props.rule_of_all_steps(self.theme).rest(props.LEFT, props.TOP)
        self.play(mn.FadeIn(self.rule, shift=0.3 * mn.LEFT), run_time=1.4)
        for minus, _ in self.signs:
            self.play(mn.Indicate(minus, 1.15, self.theme.iterate), run_time=1.6)
        falls = (arrow.fall for arrow in self.arrows)
        self.dismiss(*self.steps, *self.arrows, *falls, *self.signs)

    def write_it_out(self) -> None:
        k, facts = self.written_out, self.facts
        self.beat(
            "with real numbers",
            f"The first step is {facts.length('algorithm', 1, 2)} long. Step "
            f"{facts.whole(facts.of('algorithm').count(k))}, where the slope is almost 0, is "
            f"{facts.length('algorithm', k, 6)} long.",
            say="The rule is written out with its numbers, and the dot takes the step. {caption}",
        )
        self.hold(0.7)
        self.set_out("algorithm", self.point_out())
        first = self.write_step(1, 4, *props.FIRST)
        self.descend(paced(range(2, k), opening=((8, 4), (6, 3), (4, 2)), flow=SPRINT))
        later = self.write_step(k, 7, *props.LATER)
        self.dismiss(first, later)

    def run_the_algorithm(self) -> None:
        walk = self.evidence.walks["algorithm"]
        self.beat(
            "start, step, stop",
            "Start somewhere; repeat the step; stop where the slope is almost 0.",
            say="The dot walks into the valley, and a chart keeps its slopes. {caption}",
            poster=True,
        )
        self.leave()
        start, stop = props.ends(self.theme, walk, props.LEFT, props.TOP)
        self.play(self.rule.animate.shift(0.7 * mn.DOWN), run_time=0.6)
        chart = props.SlopeChart(self.theme, walk)
        self.show(start, chart, run_time=0.6)
        self.reader = chart
        self.set_out("algorithm")
        self.descend(paced(range(1, walk.stopped_at + 1)))
        self.play(mn.FadeIn(stop, shift=0.2 * mn.UP), run_time=1.0)
        self.hold(0.8)

    # What the beats are made of

    def write_step(self, k: int, decimals: int, x: float, top: float) -> props.WrittenStep:
        """Write step k out, first in letters, then in numbers; take it; write where it leads."""
        walk = self.figure.walk
        lines = props.WrittenStep(self.theme, walk, k, decimals=decimals, x=x, top=top)
        self.show(lines[0], run_time=0.8)
        self.show(lines[1], run_time=0.8)
        self.descend([Moment(k, 0.0, 1.0, 1.2)])
        self.show(lines[2], run_time=0.6)
        return lines
