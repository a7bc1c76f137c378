"""The steeper the start, the larger the first step, until it leads out of the domain."""

from __future__ import annotations

import manim as mn

from gdmath import Verdict
from gdstage.pace import paced
from gdstage.proof.field_facts import BasinFacts, threshold
from gdstage.props import starting_point as props
from gdstage.walks.basins import BasinStrip
from gdstage.walks.descent_clip import GRAPH

NAMES = ("slope", "steep", "steepest")
ABOVE = (GRAPH.right - 2.534, GRAPH.top + 0.15)
"""Where the formula ends, over the graph in whatever window (scene units)."""

TO_AND_FRO = ((16, 5), (16, 5), (11, 4), (11, 4))


class StartingPoint(props.ZoomClip):
    """Gradient descent on eˣ − ln x with one learning rate, from three starts ever nearer to 0."""

    topic, shapes = "Starting point", ("4:3", "9:16")
    rate = 0.1
    starts = (0.05, 0.03, 0.02)
    x_window, y_window, y_ticks = (-1.3, 5.4), (-14.0, 38.0), (0, 10, 20, 30)
    far = (-10.4, 6.4), (-56.0, 140.0), (0, 50, 100)
    verdict_at = props.VERDICT
    opening = ((14, 9), (8, 4), (5, 3), (3, 2))
    judging = 0.6

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
        props.require_story(self.facts, self.evidence.walks, self.least, self.map, NAMES)

    def look_closely(self) -> None:
        walks, facts = {name: self.evidence.walks[name] for name in NAMES}, self.facts
        slopes = ", ".join(facts.slope(name, 0, 1) for name in NAMES)
        told = f"Three starts, a hair apart, with slopes {slopes}."
        self.beat(
            "the nearer to 0, the steeper",
            f"{told} With α = {facts.rate('slope')}, where do they lead?",
            say="Close to a wall the curve is cut out large; tangents rest on it. {caption}",
        )
        self.near = props.close_plane(self.theme, self.place)
        self.close_up = props.CloseUp(self.near, walks)
        self.show(self.near, self.close_up, self.field_name(*ABOVE))
        for name in NAMES:
            self.play(self.close_up.slide(name, run_time=1.2))
            self.show(label := self.close_up.label(name))
            self.dismiss(label)

    def start_on_the_slope(self) -> None:
        facts, name = self.facts, "slope"
        self.beat(
            "a steep start, a long first step",
            f"From x{facts.index(name, 0)} = {facts.start(name)} the slope is "
            f"{facts.slope(name, 0, 1)}: the first step lands at {facts.coordinate(name, 1, 2)}, "
            "across the valley.",
            say="The detail shrinks into a corner, and the curve is seen as a whole. {caption}",
        )
        inset = props.close_plane(self.theme, props.INSET)
        self.plane = self.axes(self.x_window, self.y_window, self.y_ticks)
        smaller = mn.ReplacementTransform(self.near, inset, run_time=1.6)
        self.play(smaller, self.close_up.travel(inset, run_time=1.6))
        self.whole = props.Whole(self.plane, self.field, self.lowest)
        self.bring_to_back(self.whole.wall)
        self.play(*self.whole.create(run_time=1.2))
        self.rows = props.first_steps(self.theme, self.evidence.walks, NAMES[:2])
        self.reader = props.numbers(self.theme)
        self.show(self.reader)
        self.go("slope")

    def start_steeper(self) -> None:
        facts, name = self.facts, "steep"
        self.beat(
            "steeper, and longer",
            f"From {facts.start(name)} it lands at {facts.coordinate(name, 1, 2)}, comes back, "
            f"and {facts.fate(name, 'is there')} at step {facts.steps(name)}.",
            say="The next dot leaves from nearer to the wall. {caption}",
        )
        self.go("steep")
        self.dismiss(*self.rows.values())

    def start_too_steep(self) -> None:
        facts, name = self.facts, "steepest"
        self.beat(
            "one step too far",
            f"From {facts.start(name)} it lands where f is {facts.value(name, 1, 1)} and so steep "
            f"that the next step ends at {facts.coordinate(name, 2, 2)}: "
            f"{facts.fate(name, 'no value')}.",
            say="The picture zooms out, for the hops go far along the axis and back. {caption}",
            poster=True,
        )
        self.zoom(*self.far)
        self.go("steepest")

    def find_the_threshold(self) -> None:
        walk, facts = self.evidence.walks["threshold"], self.facts
        self.beat(
            "the threshold",
            f"From x{facts.index('threshold', 0)} = {facts.say(self.edge, self.digits + '…')} "
            f"it would jump to {facts.coordinate('threshold', 1, 3)} "
            "and back for ever. Starts between the two arrive.",
            say="The dot jumps to and fro; a strip on the axis shows where starts lead. {caption}",
        )
        self.zoom(self.x_window, self.y_window, self.y_ticks)
        self.play(self.close_up.choose(self.edge, run_time=0.4))
        self.set_out("threshold")
        self.descend(paced(range(1, walk.stopped_at + 1), opening=TO_AND_FRO))
        parts = self.close_up.part(self.edge, self.digits)
        self.show(parts, BasinStrip(self.plane, self.map.found, self.map), run_time=1.0)
        self.show(*props.to_and_fro(self.figure, self.map.reached(1)))
        self.hold(1)

    # What the beats are made of

    def go(self, name: str) -> None:
        """Take a known walk from its start to its end; it leaves with the words of the beat."""
        self.play(self.close_up.choose(self.facts.of(name).coordinate(0), run_time=0.4))
        self.set_out(name)
        departs = props.keep_tangent(self.figure)
        self.descend(self.moments(1, 1))
        told = props.first_step(self.figure, (departs, props.keep_tangent(self.figure)))
        self.show(*told, *self.rows.get(name, ()))
        self.hold(0.4)
        self.walk_on(2)
        self.show(self.close_up.sign(name), run_time=0.2)
        self.judge()
        self.dismiss(*self.on_stage, *told, self.reader.numbers)
        self.on_stage = ()
