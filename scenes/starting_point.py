"""The steeper the start, the larger the first step, until it leads out of the domain."""

from __future__ import annotations

import manim as mn

from gdmath import Verdict
from gdstage.pace import paced
from gdstage.plane.no_value import NoValueZones
from gdstage.proof.field_facts import BasinFacts, threshold
from gdstage.props.starting_point import CloseUp, first_length, parted, require_story
from gdstage.walks.basins import BasinStrip
from gdstage.walks.descent_clip import DescentClip
from gdstage.walks.fates import fate_of
from gdstage.walks.gauges import StartGauge

NAMES = ("slope", "steep", "steepest")
TO_AND_FRO = ((14, 8), (14, 8), (10, 6), (10, 6))


class StartingPoint(DescentClip):
    """Gradient descent on eˣ − ln x with one learning rate, from three starts ever nearer to 0."""

    topic = "Starting point"
    rate = 0.1
    starts = (0.05, 0.03, 0.02)
    x_window, y_window = (-1.6, 5.4), (-18.0, 37.0)
    near_x, near_y = (-0.012, 0.09), (3.2, 5.6)
    scale_ends, decimals = (0.015, 0.055), 4
    opening = ((15, 12), (12, 9), (8, 5), (5, 3), (3, 2))

    def construct(self) -> None:
        self.compute()
        self.look_closely()
        self.start_on_the_slope()
        self.start_steeper()
        self.start_too_steep()
        self.find_the_threshold()

    def compute(self) -> None:
        slope, steep, steepest = self.starts
        self.cast("slope", Verdict.CONVERGED, self.rate, slope)
        self.cast("steep", Verdict.CONVERGED, self.rate, steep)
        self.cast("steepest", Verdict.LEFT_DOMAIN, self.rate, steepest)
        self.edge = threshold(self.field, self.rate, leaves=steepest, stays=steep)
        self.digits = str(self.edge.value)[:12]
        self.map = BasinFacts.of(self.field, self.rate, (1e-3, self.x_window[1]))
        self.walk("threshold", self.rate, self.edge.value, steps=4)
        require_story(self.facts, self.evidence.walks, self.least, self.map, NAMES)

    def look_closely(self) -> None:
        walks, facts = {name: self.evidence.walks[name] for name in NAMES}, self.facts
        slopes = ", ".join(facts.slope(name, 0, 1) for name in NAMES)
        self.beat(
            "the nearer to 0, the steeper",
            f"Three starts, a hair apart, with slopes {slopes}. One learning rate, "
            f"α = {facts.rate('slope')}.",
        )
        near = self.axes(self.near_x, self.near_y)
        view = CloseUp(near, walks)
        formula = self.field_name(-1.12, 1.43)
        self.show(near, view, formula, run_time=0.8)
        labels = mn.VGroup()
        for name in walks:
            labels.add(label := view.slope(name))
            self.play(view.slide(name, run_time=0.6))
            self.show(label)
        self.hold(1.2)
        self.hide(labels, near)
        self.plane = self.axes(self.x_window, self.y_window)
        self.play(view.step_back(self.plane, run_time=2))
        zone = NoValueZones(self.plane, self.field)
        self.remove(view)
        self.add(zone.strips, self.plane, view.graph, view.tangent, view.dots)
        self.play(
            *(mn.FadeIn(mob) for mob in (self.plane, zone.said, self.point_out())),
            *(mn.FadeOut(mob) for mob in (view.tangent, view.dots)),
            run_time=0.6,
        )

    def start_on_the_slope(self) -> None:
        facts, name = self.facts, "slope"
        self.beat(
            "a steep start, a long first step",
            f"From x{facts.index(name, 0)} = {facts.start(name)} the slope is "
            f"{facts.slope(name, 0, 1)}: the first step lands at {facts.coordinate(name, 1, 2)}, "
            "across the valley.",
        )
        self.draw_column()
        self.scale = StartGauge(self.theme, self.starts, *self.scale_ends)
        self.show(self.scale)
        self.go("slope")

    def start_steeper(self) -> None:
        facts, name = self.facts, "steep"
        self.beat(
            "steeper, and longer",
            f"From {facts.start(name)} it lands at {facts.coordinate(name, 1, 2)}, comes back, "
            f"and {facts.fate(name, 'is there')} at step {facts.steps(name)}.",
        )
        self.go("steep")

    def start_too_steep(self) -> None:
        facts, name = self.facts, "steepest"
        self.beat(
            "one step too far",
            f"From {facts.start(name)} it lands where f is {facts.value(name, 1, 1)} and so steep "
            f"that the next step ends at {facts.coordinate(name, 2, 2)}: "
            f"{facts.fate(name, 'no value')}.",
            poster=True,
        )
        self.go("steepest")

    def find_the_threshold(self) -> None:
        walk, facts = self.evidence.walks["threshold"], self.facts
        self.beat(
            "the threshold",
            f"From x{facts.index('threshold', 0)} = {facts.say(self.edge, self.digits + '…')} "
            f"it would jump to {facts.coordinate('threshold', 1, 3)} "
            "and back for ever. Starts between the two arrive.",
        )
        self.play(self.scale.choose(self.edge), run_time=0.4)
        self.set_out("threshold")
        self.descend(paced(range(1, walk.stopped_at + 1), opening=TO_AND_FRO))
        parts = parted(self.scale, self.edge, self.digits)
        self.show(parts, BasinStrip(self.plane, self.map.found, self.map), run_time=0.8)
        self.hold(3)

    def go(self, name: str) -> None:
        """Take a known walk from its start to its end."""
        self.take_the_first_step(name)
        self.walk_on(2)
        self.judge()

    def take_the_first_step(self, name: str) -> None:
        """Take one step of a known walk, and write how far it went."""
        self.play(self.scale.choose(self.facts.of(name).coordinate(0)), run_time=0.4)
        self.set_out(name)
        self.descend(self.moments(1, 1))
        length = first_length(self.figure)
        self.show(length)
        self.hold(0.8)
        self.hide(length, run_time=0.2)

    def judge(self) -> None:
        """Show the verdict on the walk, and keep its sign on the scale of starts."""
        start, fate = self.figure.facts.coordinate(0), fate_of(self.figure.walk)
        self.show(self.scale.sign(start, fate), run_time=0.2)
        super().judge()
