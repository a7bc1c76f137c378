"""Minus the slope points downhill from either side; one rule, repeated, is gradient descent."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

import manim as mn

from gdmath import LOG_VALLEY, Verdict, stationary_points
from gdstage.look.rounding import shown
from gdstage.look.text import digits, math, number, relation, tint, words
from gdstage.pace import SPRINT, Moment, paced
from gdstage.props.update_rule import Checklist, StepChart
from gdstage.walks.descent_clip import DescentClip
from gdstage.walks.readouts import COLUMN

if TYPE_CHECKING:
    from gdstage.look.text import Typeset

LEFT = COLUMN - 0.15
TOP = 1.9
LINE = 0.78


class UpdateRule(DescentClip):
    """The update rule of gradient descent, from the sign of the slope to the stopping test."""

    topic = "Update rule"
    field = LOG_VALLEY
    start = 1.6
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
        right, self.on_stage = self.figure, ()
        self.left_signs = self.take_a_look("from the left", top=TOP - 3 * LINE - 0.3)
        self.on_stage = (right, self.figure)

    def state_the_rule(self) -> None:
        self.beat(
            "one rule for both sides",
            "So subtract the slope, scaled by the learning rate α: either way it goes down.",
        )
        rule = math(self.rule("k"), size=40, colour=self.theme.ink).rest(LEFT, TOP)
        both = mn.VGroup(self.right_signs, self.left_signs)
        self.play(mn.FadeOut(both, shift=0.4 * mn.UP), run_time=0.6)
        signs = mn.VGroup(*(self.sign_above(name) for name in ("from the left", "from the right")))
        self.play(mn.FadeIn(signs), run_time=0.6)
        self.play(mn.Write(rule), run_time=1.4)
        self.hold(2.4)
        self.on_stage = (*self.on_stage, signs)

    def write_it_out(self) -> None:
        k = self.written_out
        self.beat(
            "with real numbers",
            f"Step 1 is long. By step {k} the slope is almost gone, and so is the step.",
        )
        self.set_out("algorithm")
        first = self.write_step(1, decimals=4, top=TOP - LINE - 0.15)
        self.descend(paced(range(2, k), opening=(), flow=SPRINT))
        self.hold(0.4)
        later = self.write_step(k, decimals=7, top=TOP - 4 * LINE - 0.15)
        self.hold(2.2)
        self.dismiss(first, later)

    def run_the_algorithm(self) -> None:
        walk = self.evidence.walks["algorithm"]
        self.beat(
            "start, step, stop",
            "Start somewhere; repeat the step; stop when the slope, and with it the step, is tiny.",
            poster=True,
        )
        lines = (
            f"Start at x₀ = {self.start:g}, with α = {self.rate:g}",
            "Subtract α times the slope",
            "Stop when steps hardly change",
        )
        steps = Checklist(self.theme, lines, x=LEFT + 0.05, top=TOP - 0.78)
        chart = StepChart(self.theme, walk)
        self.play(mn.FadeIn(steps), mn.FadeIn(chart), run_time=0.6)
        self.play(steps.light(0), run_time=0.4)
        self.reader = chart
        self.set_out("algorithm")
        self.play(steps.light(1), run_time=0.4)
        self.descend(paced(range(1, walk.stopped_at + 1)))
        tiny = f"10^({round(log10(self.tolerance))})"
        why = chart.remark(f"abs(f'(x_({walk.stopped_at}))) < {tiny}")
        self.play(steps.light(2), mn.FadeIn(why), run_time=0.4)
        self.hold(3)

    # What the beats are made of

    def rule(self, k: str, before: str = "") -> str:
        """The update rule for step k, in Typst's mathematics, its parts in their colours."""
        past = before or f"{k}-1"
        alpha = tint("alpha", self.theme.iterate)
        slope = tint(f"f'(x_({past}))", self.theme.tangent)
        return f"x_({k}) = x_({past}) - {alpha} thin {slope}"

    def write_step(self, k: int, decimals: int, top: float) -> mn.VGroup:
        """Write step k out, first in letters, then in numbers; take it; write where it leads."""
        walk = self.evidence.walks["algorithm"]
        before, after = (shown(walk.points[i, 0], decimals) for i in (k - 1, k))
        slope = shown(walk.gradients[k - 1, 0], max(decimals - 2, 4))
        alpha = tint(f"{self.rate:g}", self.theme.iterate)
        rated = f"{digits(before)} - {alpha} dot {tint(digits(slope), self.theme.tangent)}"
        lines = mn.VGroup()
        for row, code in enumerate(
            (
                self.rule(str(k), str(k - 1)),
                f"{relation(slope)} {rated}",
                f"{relation(after)} {tint(digits(after), self.theme.iterate)}",
            )
        ):
            line = math(code, size=30, colour=self.theme.ink)
            lines.add(line.rest(LEFT, top - row * (LINE - 0.12)))
        self.play(mn.FadeIn(lines[0]), run_time=0.4)
        self.hold(0.6)
        self.play(mn.FadeIn(lines[1]), run_time=0.4)
        self.hold(1)
        self.descend([Moment(k, 0.0, 1.0, 1.2)])
        self.play(mn.FadeIn(lines[2]), run_time=0.4)
        self.hold(0.8)
        return lines

    def sign_above(self, name: str) -> Typeset:
        """The sign of the slope where a walk starts, above its first hop."""
        walk = self.evidence.walks[name]
        sign = ">" if walk.gradients[0, 0] > 0 else "<"
        text = math(f"f' {sign} 0", size=28, colour=self.theme.tangent)
        middle = self.plane.at(walk.points[:2, 0].mean(), self.y_window[0])[0]
        return text.rest(middle, self.plane.floor + 0.75, anchor="centre")

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
