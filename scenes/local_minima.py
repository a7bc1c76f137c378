"""Two valleys: a walk finds that on whose side it starts, or none; a bold one never settles."""

from __future__ import annotations

import manim as mn

from gdmath import TWO_VALLEYS, Verdict
from gdstage.proof.field_facts import BasinFacts, FieldFacts
from gdstage.proof.truths import slope_there
from gdstage.props import local_minima as props
from gdstage.shape import SHAPES
from gdstage.walks.basins import BasinStrip
from gdstage.walks.readouts import RuleLine


class LocalMinima(props.ValleysClip):
    """The lab's walks on (eˣ − ln x) sin 2πx, and where every start leads."""

    topic, shapes = "Local minima", tuple(SHAPES)
    field = TWO_VALLEYS
    rate, bold = 0.005, 0.01
    right, left, away = 1.3, 0.25, 0.15
    budget = 35
    opening = ((10, 6), (8, 4), (5, 2), (3, 2))
    leaving, judging = 0.4, 1.0
    x_window = (-0.3, 2.03)
    y_window = (-8.4, 8.4)
    place, verdict_at = props.PLACE, props.VERDICT
    rule_at, numbers_at = props.RULE, props.NUMBERS
    orbit_at, settled_at = -5.0, (1.56, 1.9)
    span = (1e-3, 2.0)
    count, steps = 60, 20
    y_ticks = (-6, -4, -2, 0, 2, 4)
    close = (-0.055, 0.3), (-1.2, 5.5), (0, 1, 2, 3)

    def construct(self) -> None:
        self.compute()
        self.find_the_deep_valley()
        self.get_stuck()
        self.fly_out()
        self.never_settle()
        self.send_a_crowd()

    def compute(self) -> None:
        self.cast("right", Verdict.CONVERGED, self.rate, self.right)
        self.cast("left", Verdict.CONVERGED, self.rate, self.left)
        self.cast("away", Verdict.LEFT_DOMAIN, self.rate, self.away)
        self.cast("bold", Verdict.OSCILLATING, self.bold, self.right)
        self.starts = BasinFacts.of(self.field, self.rate, self.span)
        self.map = self.starts.found
        self.orbit = props.require_story(self.facts, self.evidence.walks, self.starts)

    def find_the_deep_valley(self) -> None:
        facts = self.facts
        self.beat(
            "the deeper valley",
            f"From {facts.start('right')} the walk {facts.fate('right', 'rolls into')} the deepest "
            f"valley up to {facts.chosen(self.starts.edge(-1, 'high'))}, "
            f"at {facts.coordinate('right', -1, 4)}.",
            say="A curve with hills and valleys; a dot runs off a hill. {caption}",
        )
        self.draw_whole(name_at=props.NAME)
        self.reader = RuleLine(self.theme, self.rule_at, self.numbers_at)
        self.show(self.reader)
        self.go("right")

    def get_stuck(self) -> None:
        facts, level = self.facts, slope_there(self.field, [self.map.minima[1]])
        self.beat(
            f"{facts.fate('left', 'stuck in')} the other one",
            f"From {facts.start('left')} it ends at {facts.coordinate('left', -1, 4)}: "
            f"{facts.say(facts.end_of('left').kind(), 'a minimum')} too. "
            f"The slope is {facts.say(level, '0')} there; it cannot see the other valley.",
            say="Another dot runs off another hill; a ring is where the first one rests. {caption}",
        )
        walks = self.evidence.walks
        deeper = props.Deeper(self.plane, walks["right"], walks["left"])
        self.set_out("left", deeper.ghost)
        self.walk_on(1)
        self.judge()
        self.play(mn.Create(deeper.gap), run_time=0.8)
        self.hold(1)
        self.be_done(deeper)

    def fly_out(self) -> None:
        facts = self.facts
        self.beat(
            facts.fate("away", "out of the domain"),
            f"From {facts.start('away')}, on the other side of the hill, it "
            f"{facts.fate('away', 'leaves the domain')} at step {facts.steps('away')}.",
            say="The picture closes in on the left end of the curve. {caption}",
        )
        self.zoom(*self.close)
        self.go("away")
        self.be_done()

    def never_settle(self) -> None:
        (one, other), walk = sorted(self.orbit.points[:, 0]), self.evidence.walks["bold"]
        facts, field = self.facts, FieldFacts(self.field)
        larger = props.larger_rate(facts, facts.of("bold").rate(), facts.of("right").rate())
        places = (field.cycle_point(walk, i, float(x)) for i, x in enumerate((one, other)))
        lower, upper = (facts.number(place, 4) for place in places)
        self.beat(
            f"{larger} {facts.fate('bold', 'never settles')}",
            f"α = {facts.rate('bold')}: in the end it {facts.fate('bold', 'jumps between')} "
            f"{lower} and {upper} for ever. Period {facts.whole(facts.end_of('bold').period())}.",
            say="The dot hops from wall to wall of the valley. {caption}",
        )
        self.zoom(self.x_window, self.y_window, self.y_ticks)
        pair, at = (
            props.orbit_of_two(self.theme, walk, (one, other)),
            self.plane.at(one, self.orbit_at),
        )
        pair.rest(at[0] - 0.7, at[1], anchor="right")
        named = props.rate_of(self.theme, walk).rest(pair.get_left()[0], at[1] + props.ROW_ABOVE)
        settled = props.Settled(self.plane, self.evidence.walks["right"], self.settled_at)
        self.show(settled, named)
        self.go("bold")
        self.on_stage = (*self.on_stage, settled, named, pair)
        before = mn.VGroup(*self.figure.past[: -props.LAST_TWO])
        self.play(mn.FadeOut(before), mn.FadeIn(pair), run_time=0.8)
        self.figure.past.remove(*before)
        self.hold(1)

    def send_a_crowd(self) -> None:
        facts, wall = self.facts, FieldFacts(self.field).border(0.0, 0.05)
        self.beat(
            "where starts lead",
            f"With α = {facts.rate('right')}, {facts.percent(self.starts.share(0))} of the starts "
            f"in ({facts.chosen(wall)}, {facts.chosen(self.starts.edge(-1, 'high'))}] "
            "find the deepest valley: the axis shows which.",
            say="Dots crowd the curve, flow into its valleys, and go back, now coloured. {caption}",
            poster=True,
        )
        crowd, ends = props.crowd_of(self.plane, self.starts, self.count, self.steps)
        self.on_stage = (*self.on_stage, self.reader, self.reader.numbers)
        self.leave(mn.FadeIn(crowd))
        self.play(crowd.flow(run_time=3.4))
        self.play(crowd.recolour(ends, run_time=0.6), run_time=0.6)
        self.hold(0.4)
        self.play(crowd.flow(run_time=1.8, back=True))
        drops, strip = props.Drops(crowd), BasinStrip(self.plane, self.map, self.starts)
        self.play(drops.fall(self.plane.floor, run_time=1))
        right, left = (self.evidence.walks[name] for name in ("right", "left"))
        shares = props.Shares(self.plane, self.starts, right, left)
        rate = props.rate_of(self.theme, right).rest(*self.rule_at)
        self.play(mn.FadeIn(strip, shares, rate), mn.FadeOut(drops), run_time=0.8)
        self.hold(3)
