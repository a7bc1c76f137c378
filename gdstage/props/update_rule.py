"""What `scenes/update_rule.py` shows: the sign of a slope, a step in numbers, a list of steps."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.layout import Box
from gdstage.look.rounding import shown
from gdstage.look.text import digits, math, number, relation, tint, words
from gdstage.look.ticks import nice_ticks
from gdstage.plane.axes import Plane
from gdstage.proof.ending_facts import EndFacts
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.statement import point, stated, word
from gdstage.proof.truths import along, ordered, ratio
from gdstage.walks.readouts import COLUMN, live_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdmath import Walk
    from gdstage.facts import Facts
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact
    from gdstage.walks.graph_walk import GraphWalk

LINE, CLOSE = 0.78, 0.66
LIST_SIZE, LIST_ROW = 28, 0.56

BOX = Box(left=COLUMN + 0.65, right=6.15, bottom=-2.6, top=-1.3)
SIZE = 32
LENGTH = "abs(x_k - x_(k-1))"


class SlopeSigns(mn.VGroup):
    """Three lines from (x, top): a walk's slope at its start, minus it, and where the step goes.

    The start is told as a number, for two walks have two.
    """

    def __init__(self, theme: Theme, walk: Walk, x: float, top: float) -> None:
        facts = WalkFacts(walk)
        at, slope, step = facts.coordinate(0), facts.slope(0), facts.step(1)
        there, back, way = (">", "<", "left") if slope.value > 0 else ("<", ">", "right")
        start = digits(shown(at.value, 3))
        code = f"f'({start}) {number(slope.value, 3)} {there} 0"
        lines = (
            stated(math(code, size=36, colour=theme.tangent), word("number", at, slope, slope)),
            stated(
                math(f"-alpha thin f'({start}) {back} 0", size=36, colour=theme.iterate),
                word("number", at, step),
            ),
            stated(
                words(f"so the step goes {way}", size=30, colour=theme.ink), word("way", step=step)
            ),
        )
        super().__init__(*(line.rest(x, top - LINE * row) for row, line in enumerate(lines)))


class WrittenStep(mn.VGroup):
    """Step k of a walk in three lines from (x, top): the rule, the numbers in it, what they make.

    The iterates are told to so many `decimals`.
    """

    def __init__(
        self, theme: Theme, walk: Walk, k: int, *, decimals: int, x: float, top: float
    ) -> None:
        facts = WalkFacts(walk)
        start, way, end = facts.coordinate(k - 1), facts.slope(k - 1), facts.coordinate(k)
        before, after = (shown(each.value, decimals) for each in (start, end))
        slope = shown(way.value, max(decimals - 2, 4))
        alpha = tint(f"{walk.step.rate:g}", theme.iterate)
        rated = f"{digits(before)} - {alpha} dot {tint(digits(slope), theme.tangent)}"
        codes = (
            rule(theme, str(k), str(k - 1)),
            f"{relation(slope)} {rated}",
            f"{relation(after)} {tint(digits(after), theme.iterate)}",
        )
        lines = [math(code, size=30, colour=theme.ink) for code in codes]
        stated(lines[0], word("rule", method="gradient", k=k))
        stated(lines[1], word("number", start, facts.rate(), way))
        stated(lines[2], word("number", end))
        super().__init__(*(line.rest(x, top - CLOSE * row) for row, line in enumerate(lines)))


def rule(theme: Theme, k: str, before: str = "") -> str:
    """The update rule for step k, in Typst's mathematics, its parts in their colours."""
    past = before or f"{k}-1"
    slope = tint(f"f'(x_({past}))", theme.tangent)
    return f"x_({k}) = x_({past}) - {tint('alpha', theme.iterate)} thin {slope}"


def rule_of_all_steps(theme: Theme) -> Typeset:
    """The update rule for any step."""
    line = math(rule(theme, "k"), size=40, colour=theme.ink)
    return stated(line, word("rule", method="gradient"))


def sign_above(figure: GraphWalk) -> Typeset:
    """The sign of the slope where a walk starts, above its first hop."""
    plane, walk = figure.plane, figure.walk
    sign = ">" if walk.gradients[0, 0] > 0 else "<"
    text = math(f"f' {sign} 0", size=28, colour=plane.theme.tangent)
    stated(text, word("number", figure.facts.slope(0)))
    middle = (figure.on_axis(0)[0] + figure.on_axis(1)[0]) / 2
    return text.rest(middle, plane.floor + 0.75, anchor="centre")


class Checklist(mn.VGroup):
    """Numbered lines from (x, top) downward, pale until they are lit.

    Each is a text and the facts that the numbers in it are.
    """

    def __init__(
        self, theme: Theme, lines: Sequence[tuple[str, Sequence[Fact]]], *, x: float, top: float
    ) -> None:
        super().__init__()
        self._theme = theme
        for row, (text, numbers) in enumerate(lines):
            y = top - row * LIST_ROW
            number = words(str(row + 1), size=LIST_SIZE, colour=theme.dim, bold=True).rest(x, y)
            said = words(text, size=LIST_SIZE, colour=theme.dim).rest(x + 0.35, y)
            stated(said, word("number" if numbers else "label", *numbers))
            self.add(mn.VGroup(number, said))

    def light(self, row: int) -> mn.Animation:
        """Light one line up; those above stay lit."""
        number, text = self.submobjects[row]
        return mn.AnimationGroup(
            mn.FadeToColor(number, self._theme.iterate), mn.FadeToColor(text, self._theme.ink)
        )


def algorithm(theme: Theme, walk: Walk, *, x: float, top: float) -> Checklist:
    """Gradient descent in three lines, as a walk does it."""
    facts = WalkFacts(walk)
    start, rate = facts.coordinate(0), facts.rate()
    lines = (
        (f"Start at x₀ = {start.value:g}, with α = {rate.value:g}", (start, rate)),
        ("Subtract α times the slope", ()),
        ("Stop when x hardly changes", ()),
    )
    return Checklist(theme, lines, x=x, top=top)


class StepChart(mn.VGroup):
    """|x_k − x_{k−1}| of a walk of one variable over k: a dot for every step that was taken."""

    def __init__(self, theme: Theme, walk: Walk) -> None:
        super().__init__()
        self.theme = theme
        self.sizes = np.abs(np.diff(walk.points[:, 0]))
        lowest = floor(log10(self.sizes.min()))
        last = len(self.sizes)
        self.plane = Plane(
            theme, BOX, (0, last + 1), (10.0 ** (lowest - 0.5), 1.0),
            x_ticks=nice_ticks(0, last, most=3), y_ticks=[10.0**p for p in range(lowest, 1, 3)],
            x_name="k", log_y=True,
        )  # fmt: skip
        name = math(LENGTH, size=SIZE, colour=theme.iterate)
        name.rest(COLUMN - 0.1, BOX.top + 0.5)
        self.add(self.plane, name)
        self.readout = live_number(name, theme.iterate, size=SIZE)
        self.dots = mn.VGroup()
        facts = WalkFacts(walk)
        for k, size in enumerate(self.sizes, start=1):
            dot = mn.Dot(self.plane.at(k, size), radius=0.06, color=theme.iterate)
            known = (facts.count(k), facts.length(k))
            self.dots.add(stated(dot, point(self.plane, "length", known)))
        self.numbers = mn.VGroup(self.readout, self.dots)

    @property
    def whole(self) -> mn.VGroup:
        """Axes, name, number and dots together."""
        return mn.VGroup(self, self.numbers)

    def read(self, walk: Walk, k: int) -> StepChart:
        """Show the steps up to iterate k; before the first there is none."""
        for step, dot in enumerate(self.dots, start=1):
            dot.set_fill(opacity=float(step <= k))
        if k > 0:
            self.readout.write(WalkFacts(walk).length(k), beside=LENGTH)
        return self

    def remark(self, walk: Walk) -> Typeset:
        """Why the walk ended, in the corner above the dots: its slope is below the tolerance."""
        k, facts = walk.stopped_at, WalkFacts(walk)
        code = f"abs(f'(x_({k}))) < 10^({round(log10(facts.tolerance().value))})"
        text = math(code, size=28, colour=self.theme.minimum)
        stated(text, word("number", facts.steepness(k)))
        return text.rest(BOX.right + 0.4, BOX.top - 0.15, anchor="right")


def require_story(facts: Facts, walks: dict[str, Walk], least: Fact, k: int) -> None:
    """See that one walk comes from the right, one from the left, both go down, and one ends.

    At its step k, the last but some, its slope is almost 0: a thousandth of the first one.
    """
    nothing = given("level", 0.0)
    for name, by, side, slope, way in (
        ("from the right", ">", "Right of", "the slope is positive", "points left"),
        ("from the left", "<", "Left of", "the slope is negative", "points right"),
    ):
        told = WalkFacts(walks[name])
        facts.require(side, ordered(by, told.coordinate(0), least))
        facts.require(slope, ordered(by, told.slope(0), nothing))
        facts.require(way, ordered(by, told.coordinate(0), told.coordinate(1)))
        for said in ("downhill", "for both sides", "either way it goes down"):
            facts.require(said, along(walks[name], "value", "<"))
    walk = walks["algorithm"]
    told = WalkFacts(walk)
    at = ordered("<", told.count(1), told.count(min(k, walk.stopped_at)), told.steps())
    facts.require("Step", at)
    share = ratio(told.steepness(k), told.steepness(0)) if at.value else nothing
    facts.require("is almost 0", ordered("<=", share, given("almost nothing", 1e-3)))
    facts.require("is almost 0", EndFacts(walk).is_level())
