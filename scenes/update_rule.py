"""Minus the slope points downhill from either side; one rule, repeated, is gradient descent."""

from __future__ import annotations

import manim as mn

from gdmath import LOG_VALLEY, Verdict, stationary_points
from scenes.stage.checklist import Checklist
from scenes.stage.descent_clip import DescentClip
from scenes.stage.formula import digits, math, number, tint, words
from scenes.stage.pace import SPRINT, Moment, paced
from scenes.stage.panel import COLUMN, StepMeter, VerdictBadge
from scenes.stage.rounding import shown

TOP = 1.9
LINE = 0.78


class UpdateRule(DescentClip):
    """The update rule of gradient descent, from the sign of the slope to the stopping test."""

    topic = "Update rule"
    field = LOG_VALLEY
    start = 1.6
    left_start = 0.2
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
        (valley,) = stationary_points(self.field)
        self.bottom, self.lowest = float(valley.point[0]), float(valley.value)
        self.walk("from the right", self.rate, steps=1)
        self.walk("from the left", self.rate, start=self.left_start, steps=1)
        self.cast("algorithm", Verdict.CONVERGED, self.rate)

    def come_from_the_right(self) -> None:
        self.beat(
            "downhill is minus the slope",
            "Right of the minimum the slope is positive: minus the slope points left.",
        )
        self.draw_graph(name_at=(1.02, 4.75))
        self.play(mn.FadeIn(self.point_out(self.bottom, self.lowest)), run_time=0.4)
        self.right_signs = self.take_a_look("from the right", top=TOP)

    def come_from_the_left(self) -> None:
        self.beat(
            "downhill is minus the slope",
            "Left of it the slope is negative: minus the slope points right.",
        )
        self.left_signs = self.take_a_look("from the left", top=TOP - 3 * LINE)

    def state_the_rule(self) -> None:
        self.beat(
            "one rule for both sides",
            "So subtract the slope, scaled by the learning rate α: either way it goes down.",
        )
        rule = math(self.rule("k"), size=40, colour=self.theme.ink).rest(COLUMN - 0.15, TOP)
        both = mn.VGroup(self.right_signs, self.left_signs)
        self.play(mn.FadeOut(both, shift=0.4 * mn.UP), run_time=0.6)
        self.play(mn.Write(rule), run_time=1.4)
        self.hold(2.4)
        self.rule_on_stage = rule

    def write_it_out(self) -> None:
        k = self.written_out
        walk = self.evidence.walks["algorithm"]
        before, after = walk.points[k - 1, 0], walk.points[k, 0]
        self.beat(
            "with real numbers",
            f"Step {k} of the walk from {self.start:g} with α = {self.rate:g}: "
            "the slope is almost gone, and so is the step.",
        )
        slope = digits(shown(walk.gradients[k - 1, 0], 5))
        self.set_out("algorithm")
        self.descend(paced(range(1, k + 1), opening=(), flow=SPRINT))
        lines = mn.VGroup()
        for row, (code, colour) in enumerate(
            (
                (self.rule(str(k), str(k - 1)), self.theme.ink),
                (f"{number(before, 5)} - {self.rate:g} dot {slope}", self.theme.ink),
                (number(after), self.theme.iterate),
            )
        ):
            line = math(code, size=30, colour=colour).rest(COLUMN - 0.15, TOP - 1.0 - row * LINE)
            line.shift((0.2 if row else 0.0) * mn.RIGHT)
            lines.add(line)
            self.play(mn.FadeIn(line, shift=0.1 * mn.DOWN), run_time=0.6)
            self.hold(0.8)
        self.hold(1.6)
        self.play(mn.FadeOut(lines), run_time=0.4)

    def run_the_algorithm(self) -> None:
        walk = self.evidence.walks["algorithm"]
        self.beat(
            "start, step, stop",
            "Start somewhere; repeat the step; stop when the slope, and with it the step, is tiny.",
            poster=True,
        )
        steps = Checklist(
            self.theme,
            (
                f"Start: x₀ = {self.start:g}, α = {self.rate:g}",
                "Step: minus α times the slope",
                "Stop: steps hardly change",
            ),
            x=COLUMN - 0.1,
            top=TOP - 0.95,
        )
        meter = StepMeter(self.theme, top=TOP - 2.9)
        self.play(mn.FadeIn(steps), mn.FadeIn(meter.labels), run_time=0.6)
        self.play(steps.light(0), run_time=0.4)
        self.panel = meter
        self.set_out("algorithm")
        self.play(steps.light(1), run_time=0.4)
        self.descend(paced(range(1, walk.stopped_at + 1)))
        self.play(steps.light(2), run_time=0.4)
        self.badge = VerdictBadge(self.theme, walk)
        self.play(mn.FadeIn(self.badge), run_time=0.4)
        self.hold(2.4)

    # What the beats are made of

    def rule(self, k: str, before: str = "") -> str:
        """The update rule for step k, in Typst's mathematics, its parts in their colours."""
        past = before or f"{k}-1"
        alpha = tint("alpha", self.theme.iterate)
        slope = tint(f"f'(x_({past}))", self.theme.tangent)
        return f"x_({k}) = x_({past}) - {alpha} thin {slope}"

    def take_a_look(self, name: str, top: float) -> mn.VGroup:
        """Stand on a start, read the sign of its slope, and take the step that it asks for."""
        walk = self.evidence.walks[name]
        slope = walk.gradients[0, 0]
        above = slope > 0
        self.set_out(name)
        self.figure.hop.clear_points()
        signs = mn.VGroup(
            math(
                f"f'(x_0) {number(slope, 3)} {'>' if above else '<'} 0",
                size=36, colour=self.theme.tangent,
            ).rest(COLUMN, top),
            math(
                f"-alpha thin f'(x_0) {'<' if above else '>'} 0",
                size=36, colour=self.theme.iterate,
            ).rest(COLUMN, top - LINE),
            words(
                "so the step goes left" if above else "so the step goes right",
                size=30, colour=self.theme.ink,
            ).rest(COLUMN, top - 2 * LINE),
        )  # fmt: skip
        self.play(mn.FadeIn(signs[0]), run_time=0.5)
        self.hold(0.8)
        self.play(mn.FadeIn(signs[1]), run_time=0.5)
        self.descend([Moment(1, 0.0, 1.0, 1.2)])
        self.play(mn.FadeIn(signs[2]), run_time=0.4)
        self.hold(1.2)
        return signs
