"""Second order: Newton follows a parabola, doubles its digits, and may climb to a peak."""

from __future__ import annotations

import manim as mn

from gdmath import ScalarField, descend, gradient_step, newton_step
from gdstage.proof.fact import WalkFacts
from gdstage.proof.map_facts import SpotFacts
from gdstage.proof.truths import precision
from gdstage.props import newton as props


class Newton(props.NewtonClip):
    """Newton's method beside gradient descent: on eˣ − ln x, on two valleys, on a stretched bowl.

    `digits` are counted over so many steps, `many` of gradient descent; the bowl has a `corner`.
    """

    topic = "Newton’s method"
    x_window, y_window = (0.0, 1.9), (1.85, 4.75)
    rate, digits, many = 0.1, 6, 30
    misled, flung = 1.4, 1.55
    bowl, corner, bowl_rate = ScalarField.parse("x**2 + 10*y**2"), (4.0, 1.6), 0.085
    stretch = (0.0, 2.0)

    def construct(self) -> None:
        self.compute()
        self.follow_the_parabola()
        self.count_digits()
        self.compare_digits()
        self.climb()
        self.be_flung_out()
        self.try_many_starts()
        self.cross_the_bowl()

    def compute(self) -> None:
        for name, field, start in (
            ("parabolas", self.field, self.start), ("misled", self.hills, self.misled),
            ("flung", self.hills, self.flung), (props.BOWL_WALKS[0], self.bowl, self.corner),
        ):  # fmt: skip
            self.know(name, descend(field, start, newton_step, self.budget, self.tolerance))
        self.walk(props.BOWL_WALKS[1], self.bowl_rate, self.corner, steps=200, field=self.bowl)
        props.require_story(self.facts, self.evidence.walks, self.seen)
        how = (newton_step, self.digits), (gradient_step(self.rate), self.many)
        self.pair = [descend(self.field, self.start, *each) for each in how]
        self.goal = self.lowest.point[0]
        self.gain = props.require_digits(self.facts, self.pair, self.goal, self.least)

    def follow_the_parabola(self) -> None:
        self.beat(
            "follow the parabola",
            "A parabola with the same value, slope and curvature: its vertex is the next guess.",
            say="A parabola is laid against the curve, and the dot goes to its vertex. {caption}",
        )
        self.draw_graph()
        self.reader = props.NewtonLine(self.theme, self.numbers_at, self.rule_at)
        self.set_out("parabolas", self.reader)
        self.walk_on(1)
        self.judge()
        self.dismiss_all()

    def count_digits(self) -> None:
        facts = self.facts
        steps = facts.spelled(WalkFacts(self.pair[0]).steps(), first=True)
        self.beat(
            "how many digits are right?",
            f"{steps} steps, computed with {facts.whole(precision())} digits. "
            "How many of these are right after each step?",
            say="A table of guesses; bars grow beside it. {caption}",
        )
        self.table = props.DigitTable(self.theme, self.pair[0], self.goal, x=-6.4, top=1.7)
        self.play(mn.FadeIn(self.table.goal, self.table.head, **props.LATE))
        self.grow(self.table.bars(self.pair[0], self.theme.iterate), self.table.rows)
        self.dismiss_all()

    def compare_digits(self) -> None:
        walk, facts = self.pair[1], self.facts
        self.beat(
            "gradient descent adds, Newton doubles",
            f"With α = {facts.chosen(WalkFacts(walk).rate())} gradient descent comes to gain "
            f"{facts.number(self.gain, 2)} digits a step; Newton about doubles them.",
            say="A chart of right digits over the steps. {caption}",
        )
        self.draw_chart(props.DigitChart(self.theme, self.pair, self.goal, self.gain))
        self.hold(1.0)
        self.dismiss_all()

    def climb(self) -> None:
        walk = self.evidence.walks["misled"]
        self.beat(
            "where the curvature is negative",
            f"From {self.facts.start('misled')}: is the vertex a bottom or a top, and where does "
            "Newton end?",
            say="On a hill, the parabola hangs the other way round. {caption}",
        )
        stage = self.stand_on_a_hill("misled", "flung")
        self.walk_on(1)
        self.show(remark := props.EndRemark(self.plane, walk))
        self.hold(0.8)
        self.dismiss(*stage, remark)

    def be_flung_out(self) -> None:
        self.beat(
            "where it hardly bends",
            f"From {self.facts.start('flung')} it flies off. How far away is the vertex?",
            say="On a nearly straight stretch, the parabola opens wide. {caption}",
        )
        self.show(self.view.flung)
        self.play(self.view.open(1.0))
        self.zoom(*self.far, above=2.9)
        self.play(self.view.ride(1.4))
        self.show(landed := self.view.landed())
        self.show(near := self.view.closely(), name := self.view.named())
        self.hold(1)
        self.dismiss(landed, near, name, self.view.leave())

    def try_many_starts(self) -> None:
        how = (self.budget, self.tolerance), self.seen
        ends = props.newton_ends(self.hills, self.stretch, *how)
        self.beat(
            "where starts lead",
            f"{self.facts.given('starts', len(ends.ends))} starts between "
            f"{self.facts.given('first', self.stretch[0])} and "
            f"{self.facts.given('last', self.stretch[1])}: how many of them end in a minimum?",
            say="A strip along the axis takes colours. {caption}",
        )
        self.zoom(self.seen, self.heights)
        self.show(props.BendZones(self.plane, self.hills))
        strip = props.EndStrip(self.plane, ends)
        self.play(mn.LaggedStart(*map(mn.FadeIn, strip), lag_ratio=0.3, run_time=1.6))
        self.show(props.EndCount(self.theme, ends, self.plane.box.left + 0.9))
        self.hold(1.2)
        self.dismiss_all()

    def cross_the_bowl(self) -> None:
        walks, (fast, slow) = self.evidence.walks, props.BOWL_WALKS
        bends = (SpotFacts(self.bowl, (0, 0)).curvature(i, i) for i in (0, 1))
        along, across = (self.facts.whole(bend) for bend in bends)
        self.beat(
            "straight to the bottom",
            f"Newton divides a slope by its own curvature, {along} or {across}. "
            "Who is at the bottom sooner?",
            say="On the rings of a stretched bowl, walks set out. {caption}",
        )
        race = props.BowlRace(self.theme, walks[fast], walks[slow])
        self.play(mn.FadeIn(*race, *race.rules, *race.board.names, race.walkers[0], **props.LATE))
        self.race(race)
        self.hold(2.0)
