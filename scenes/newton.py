"""Second order: Newton follows a parabola, doubles its digits, and may climb to a peak."""

from __future__ import annotations

import manim as mn

from gdmath import TWO_VALLEYS, ScalarField, Walk, descend, gradient_step, newton_step
from gdstage.pace import TICK, Moment, paced
from gdstage.proof.fact import WalkFacts
from gdstage.proof.truths import precision
from gdstage.props import newton as props
from gdstage.walks.descent_clip import DescentClip
from gdstage.walks.newton_walk import NewtonWalk
from gdstage.walks.readouts import GraphPanel

BRISKLY = ((10, 5), (7, 3), (5, 2), (3, 2), *((1, 1),) * 12)


class Newton(DescentClip):
    """Newton's method beside gradient descent: on eˣ − ln x, on two valleys, on a stretched bowl.

    `digits` are counted over so many steps; on the bowl both methods begin at `corner`.
    """

    topic = "Newton’s method"
    x_window, y_window = (0.0, 1.95), (1.6, 5.0)
    rate, digits, reach = 0.1, 6, 1.3
    hills, misled, flung, seen = TWO_VALLEYS, 1.4, 1.55, (0.0, 2.4)
    bowl, corner, bowl_rate = ScalarField.parse("x**2 + 10*y**2"), (4.0, 1.6), 0.09
    stretch = (0.0, 2.0)
    opening = ((42, 12), (33, 9), (18, 6), (12, 5))
    drawing, leaving, judging = (6 * TICK, 12 * TICK), 4 * TICK, 1.0

    def construct(self) -> None:
        self.compute()
        self.follow_the_parabola()
        self.count_digits()
        self.compare_digits()
        self.climb()
        self.be_flung_out()
        self.cross_the_bowl()

    def compute(self) -> None:
        for name, field, start in (
            ("parabolas", self.field, self.start), ("misled", self.hills, self.misled),
            ("flung", self.hills, self.flung), (props.BOWL_WALKS[0], self.bowl, self.corner),
        ):  # fmt: skip
            self.know(name, descend(field, start, newton_step, self.budget, self.tolerance))
        self.walk(props.BOWL_WALKS[1], self.bowl_rate, self.corner, steps=200, field=self.bowl)
        props.require_story(self.facts, self.evidence.walks, self.seen)
        how = newton_step, gradient_step(self.rate)
        self.pair = [descend(self.field, self.start, each, self.digits) for each in how]
        self.goal = self.lowest.point[0]
        self.gain = props.require_digits(self.facts, self.pair, self.goal, self.least)

    def figure_of(self, name: str, walk: Walk) -> NewtonWalk:
        return NewtonWalk(self.plane, name, walk, reach=self.reach)

    def follow_the_parabola(self) -> None:
        self.beat(
            "follow the parabola",
            "A parabola with the same value, slope and curvature: its vertex is the next guess.",
        )
        self.draw_graph(name_at=(1.2, 4.45))
        self.reader = GraphPanel(self.theme, "newton")
        self.set_out("parabolas", self.reader)
        self.walk_on(1)
        self.judge()

    def count_digits(self) -> None:
        self.beat(
            "the right digits double",
            "Each step about doubles the number of right digits (computed with "
            f"{self.facts.whole(precision())} digits).",
        )
        self.clear_stage()
        self.table = props.DigitTable(self.theme, self.pair[0], self.goal, x=-6.2, top=1.75)
        bars = self.table.bars(self.pair[0], self.theme.iterate)
        self.show(self.table.goal, self.table.head)
        for k, row in enumerate(self.table.rows):
            self.play(mn.FadeIn(row), bars.grow(k, 7 * TICK), run_time=7 * TICK)
            self.show(bars.labels[k], run_time=3 * TICK)

    def compare_digits(self) -> None:
        walk = self.pair[1]
        self.beat(
            "gradient descent adds, Newton doubles",
            f"Gradient descent with α = {self.facts.chosen(WalkFacts(walk).rate())} comes to gain "
            f"{self.facts.number(self.gain, 2)} digits a step, and never more.",
        )
        bars = self.table.bars(walk, self.theme.runs[0], lift=-0.24)
        self.show(bars, props.MethodKey(self.theme, walk), run_time=9 * TICK)
        self.hold(3.0)

    def climb(self) -> None:
        walk = self.evidence.walks["misled"]
        self.beat(
            "it may climb",
            f"At {self.facts.start('misled')} the curvature is negative: the vertex is a top, "
            "and Newton climbs to a maximum.",
        )
        self.clear_stage()
        self.reach = 0.5
        self.draw_graph((2.4, 6.0), field=self.hills, x_window=self.seen, y_window=(-6.0, 5.0))
        panel = self.reader = GraphPanel(self.theme, "newton").read(walk, 0)
        figure = self.figure = self.figure_of("misled", walk)
        self.show(props.BendZones(self.plane, self.hills), figure, panel.whole)
        self.descend(paced(range(1, walk.stopped_at + 1), self.opening[1:]))
        remark = props.EndRemark(self.plane, walk)
        self.play(mn.FadeIn(remark, shift=0.1 * mn.UP), run_time=6 * TICK)
        self.hold(0.8)
        self.on_stage = (panel.whole, figure, remark)

    def be_flung_out(self) -> None:
        how = (self.budget, self.tolerance), self.plane.x_window
        ends = props.newton_ends(self.hills, self.stretch, *how)
        bottoms, peaks, everywhere = map(self.facts.whole, props.end_counts(ends))
        self.beat(
            "or be flung out",
            f"From {self.facts.start('flung')} it flies off. Of {everywhere} starts, "
            f"{peaks} end on a maximum, {bottoms} in a minimum.",
        )
        self.leave()
        figure = self.figure_of("flung", self.evidence.walks["flung"])
        self.show(figure, run_time=4 * TICK)
        self.play(figure.believe(1, run_time=12 * TICK))
        self.play(mn.FadeIn(figure.flight_to(1), shift=0.3 * mn.RIGHT), run_time=6 * TICK)
        self.hold(0.8)
        self.show(props.EndStrip(self.plane, ends), run_time=9 * TICK)
        self.show(props.EndCount(self.theme, ends, figure.walk))
        self.hold(2.0)

    def cross_the_bowl(self) -> None:
        facts, walks, (fast, slow) = self.facts, self.evidence.walks, props.BOWL_WALKS
        self.beat(
            "it knows the bowl’s shape",
            f"On a stretched bowl Newton {facts.fate(fast, 'is there')} at step "
            f"{facts.steps(fast)}; gradient descent zigzags to step {facts.steps(slow)}.",
        )
        self.clear_stage()
        race = props.BowlRace(self.theme, walks[fast], walks[slow])
        one, other = race.walkers
        self.show(*race, run_time=9 * TICK)
        self.show(one, race.board.names[0], race.rules[0])
        self.play(one.descend([Moment(1, 0, 1.2, 2.0)]))
        self.play(mn.FadeIn(race.board.fates[0]), one.retire(), run_time=6 * TICK)
        self.show(other, race.board.names[1], race.rules[1])
        self.play(other.descend(paced(range(1, walks[slow].stopped_at + 1), BRISKLY, (1, 0))))
        self.show(race.board.fates[1])
        self.hold(2.0)
