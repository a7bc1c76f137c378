"""Two valleys: a walk finds the one on whose side it starts, and a bold one finds neither."""

from __future__ import annotations

import manim as mn
import numpy as np

from gdmath import TWO_VALLEYS, Verdict, Walk, multistart
from gdstage.proof.field_facts import BasinFacts, FieldFacts
from gdstage.proof.truths import ordered, ratio, slope_there
from gdstage.props.local_minima import Drops, OutcomeKey, local_minimum, orbit_of_two, require_story
from gdstage.walks.badge import Remark
from gdstage.walks.basins import BasinStrip, graph_outcomes, outcome_colours
from gdstage.walks.crowd import SMALL, Crowd, unnamed_runs
from gdstage.walks.descent_clip import DescentClip
from gdstage.walks.readouts import COLUMN


class LocalMinima(DescentClip):
    """The lab's walks on (eˣ − ln x) sin 2πx, and where every start leads."""

    topic = "Local minima"
    field = TWO_VALLEYS
    rate, bold = 0.005, 0.01
    right, left = 1.3, 0.25
    budget = 35
    opening = ((10, 7), (8, 5), (5, 3), (3, 2))
    x_window = (-0.34, 2.0)
    y_window = (-8.2, 7.4)
    span = (1e-3, 2.0)
    count, steps = 60, 20
    y_ticks = (-4, -2, 0, 2, 4)

    def construct(self) -> None:
        self.compute()
        self.find_the_deep_valley()
        self.get_stuck()
        self.never_settle()
        self.send_a_crowd()

    def compute(self) -> None:
        self.cast("right", Verdict.CONVERGED, self.rate, self.right)
        self.cast("left", Verdict.CONVERGED, self.rate, self.left)
        self.cast("bold", Verdict.OSCILLATING, self.bold, self.right)
        self.starts = BasinFacts.of(self.field, self.rate, self.span)
        self.map = self.starts.found
        self.orbit = require_story(self.facts, self.evidence.walks, self.starts)

    def find_the_deep_valley(self) -> None:
        facts = self.facts
        self.beat(
            "the deeper valley",
            f"From {facts.start('right')} the walk {facts.fate('right', 'rolls into')} the deepest "
            f"valley up to {facts.chosen(self.starts.edge(-1, 'high'))}, "
            f"at {facts.coordinate('right', -1, 4)}.",
        )
        self.draw_graph(name_at=(1.34, 6.3))
        self.draw_column()
        self.go("right")

    def get_stuck(self) -> None:
        facts, level = self.facts, slope_there(self.field, [self.map.minima[1]])
        self.beat(
            f"{facts.fate('left', 'stuck in')} the other one",
            f"From {facts.start('left')} it ends at {facts.coordinate('left', -1, 4)}: "
            f"{facts.say(facts.end_of('left').kind(), 'a minimum')} too. "
            f"The slope is {facts.say(level, '0')} there, and it cannot know better.",
        )
        self.go("left")

    def never_settle(self) -> None:
        (one, other), walk = sorted(self.orbit.points[:, 0]), self.evidence.walks["bold"]
        facts, field = self.facts, FieldFacts(self.field)
        bold, right = facts.of("bold").rate(), facts.of("right").rate()
        if self.bold == 2 * self.rate:
            larger = f"{facts.say(ratio(bold, right), 'twice')} the rate"
        else:
            larger = facts.require("a larger rate", ordered(">", bold, right))
        places = (field.cycle_point(walk, i, float(x)) for i, x in enumerate((one, other)))
        lower, upper = (facts.number(place, 4) for place in places)
        self.beat(
            f"{larger} {facts.fate('bold', 'never settles')}",
            f"α = {facts.rate('bold')}: in the end it {facts.fate('bold', 'jumps between')} "
            f"{lower} and {upper} for ever. Period {facts.whole(facts.end_of('bold').period())}.",
        )
        self.go("bold")
        pair = orbit_of_two(self.theme, self.figure.walk, (one, other)).rest(COLUMN, -1.95)
        self.on_stage = (*self.on_stage, pair)
        self.show(pair)
        self.hold(1.4)

    def send_a_crowd(self) -> None:
        facts, wall = self.facts, FieldFacts(self.field).border(0.0, 0.05)
        self.beat(
            "where every start leads",
            f"With α = {facts.rate('right')}, {facts.percent(self.starts.share(0))} of the starts "
            f"in ({facts.chosen(wall)}, {facts.chosen(self.starts.edge(-1, 'high'))}] "
            "find the deepest valley: the axis shows which.",
            poster=True,
        )
        self.leave_column()
        crowd = self.crowd()
        self.show(crowd, run_time=0.6)
        self.hold(0.6)
        self.play(crowd.flow(run_time=3.6))
        self.play(crowd.recolour(self.ends, run_time=0.6), run_time=0.6)
        self.hold(0.6)
        self.play(crowd.flow(run_time=1.6, back=True))
        self.hold(0.4)
        drops, strip = Drops(crowd), BasinStrip(self.plane, self.map, self.starts)
        key = OutcomeKey(self.theme, self.starts)
        self.play(drops.fall(self.plane.floor, run_time=1))
        self.play(mn.FadeIn(strip), mn.FadeOut(drops), mn.FadeIn(key), run_time=0.8)
        self.hold(3)

    def badge_of(self, walk: Walk) -> Remark:
        """The verdict; a minimum that is not the deepest is called so."""
        if walk is not self.evidence.walks["left"]:
            return super().badge_of(walk)
        return local_minimum(self.theme, walk)

    def crowd(self) -> Crowd:
        """Walkers from evenly spaced starts, which do not know yet where they end: in `ends`."""
        low, high = self.span
        starts = low + (high - low) * (np.arange(self.count) + 0.5)[:, None] / self.count
        labels = multistart(self.field, starts, self.rate, 20 * self.steps).labels
        self.ends = outcome_colours(self.theme, labels, graph_outcomes(self.theme))
        unknown = [self.theme.ink] * self.count
        runs = unnamed_runs(self.field, self.rate, starts, self.steps, unknown)
        return Crowd(self.plane, runs, rings=False, radius=SMALL)
