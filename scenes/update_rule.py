"""Minus the slope points downhill from either side; one rule, repeated, is gradient descent."""

from __future__ import annotations

import manim as mn

from gdmath import Verdict
from gdstage.pace import SPRINT, Moment, paced
from gdstage.props import update_rule as props
from gdstage.walks.descent_clip import DescentClip
from gdstage.walks.readouts import COLUMN

LEFT = COLUMN - 0.15
TOP = 1.9


class UpdateRule(DescentClip):
    """The update rule of gradient descent, from the sign of the slope to the stopping test."""

    topic = "Update rule"
    x_window, y_window = (-0.78, 1.95), (0.0, 5.6)
    left_start = 0.22
    rate = 0.1
    written_out = 20

    def construct(self) -> None:
        self.compute()
        self.come_from_the_right()
        self.come_from_the_left()
        self.state_the_rule()
        self.write_it_out()
        self.run_the_algorithm()

    def compute(self) -> None:
        self.walk("from the right", self.rate, steps=1)
        self.walk("from the left", self.rate, start=self.left_start, steps=1)
        self.cast("algorithm", Verdict.CONVERGED, self.rate)
        props.require_story(self.facts, self.evidence.walks, self.least, self.written_out)

    def come_from_the_right(self) -> None:
        self.beat(
            "downhill is minus the slope",
            "Right of the minimum the slope is positive: minus the slope points left.",
        )
        self.draw_graph(name_at=(1.02, 4.75))
        self.show(self.point_out())
        self.right_signs = self.take_a_look("from the right", top=TOP)

    def come_from_the_left(self) -> None:
        self.beat(
            "downhill is minus the slope",
            "Left of it the slope is negative: minus the slope points right.",
        )
        right, self.on_stage = self.figure, ()
        self.left_signs = self.take_a_look("from the left", top=TOP - 3 * props.LINE - 0.3)
        self.on_stage = (right, self.figure)

    def state_the_rule(self) -> None:
        self.beat(
            "one rule for both sides",
            "So subtract the slope, scaled by the learning rate α: either way it goes down.",
        )
        both = mn.VGroup(self.right_signs, self.left_signs)
        self.play(mn.FadeOut(both, shift=0.4 * mn.UP), run_time=0.6)
        signs = mn.VGroup(*(props.sign_above(figure) for figure in self.on_stage))
        self.show(signs, run_time=0.6)
        line = props.rule_of_all_steps(self.theme).rest(LEFT, TOP)
        self.play(mn.Write(line), run_time=1.4)
        self.hold(2.4)
        self.on_stage = (*self.on_stage, signs)

    def write_it_out(self) -> None:
        k, facts = self.written_out, self.facts
        self.beat(
            "with real numbers",
            f"The first step is {facts.length('algorithm', 1, 2)} long. Step "
            f"{facts.whole(facts.of('algorithm').count(k))}, where the slope is almost 0, is "
            f"{facts.length('algorithm', k, 6)} long.",
        )
        self.set_out("algorithm")
        first = self.write_step(1, decimals=4, top=TOP - props.LINE - 0.15)
        self.descend(paced(range(2, k), opening=(), flow=SPRINT))
        self.hold(0.4)
        later = self.write_step(k, decimals=7, top=TOP - 4 * props.LINE - 0.15)
        self.hold(2.2)
        self.dismiss(first, later)

    def run_the_algorithm(self) -> None:
        walk = self.evidence.walks["algorithm"]
        self.beat(
            "start, step, stop",
            "Start somewhere; repeat the step; stop where the slope is almost 0.",
            poster=True,
        )
        steps = props.algorithm(self.theme, walk, x=LEFT + 0.05, top=TOP - 0.78)
        chart = props.StepChart(self.theme, walk)
        self.show(steps, chart, run_time=0.6)
        self.play(steps.light(0), run_time=0.4)
        self.reader = chart
        self.set_out("algorithm")
        self.play(steps.light(1), run_time=0.4)
        self.descend(paced(range(1, walk.stopped_at + 1)))
        why = chart.remark(walk)
        self.play(steps.light(2), mn.FadeIn(why), run_time=0.4)
        self.hold(3)

    # What the beats are made of

    def write_step(self, k: int, decimals: int, top: float) -> props.WrittenStep:
        """Write step k out, first in letters, then in numbers; take it; write where it leads."""
        lines = props.WrittenStep(
            self.theme, self.figure.walk, k, decimals=decimals, x=LEFT, top=top
        )
        self.show(lines[0])
        self.hold(0.6)
        self.show(lines[1])
        self.hold(1)
        self.descend([Moment(k, 0.0, 1.0, 1.2)])
        self.show(lines[2])
        self.hold(0.8)
        return lines

    def take_a_look(self, name: str, top: float) -> props.SlopeSigns:
        """Stand on a start, read the sign of its slope, and take the step that it asks for."""
        self.set_out(name)
        self.figure.hop.clear_points()
        signs = props.SlopeSigns(self.theme, self.figure.walk, COLUMN, top)
        self.show(signs[0], run_time=0.5)
        self.hold(0.8)
        self.show(signs[1], run_time=0.5)
        self.descend([Moment(1, 0.0, 1.0, 1.2)])
        self.show(signs[2])
        self.hold(1.2)
        return signs
