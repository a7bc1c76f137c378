"""The two partial derivatives at a point are one vector: it points the steepest way up."""

from __future__ import annotations

import manim as mn
import numpy as np
import sympy as sp

from gdmath import PARABOLOID, Verdict
from gdstage.look.text import SMALLEST, words
from gdstage.pace import paced
from gdstage.proof.map_facts import SpotFacts
from gdstage.props import gradient_vector as props
from gdstage.walks.readouts import PairPanel, live_number
from gdstage.walks.space_clip import COLUMN, TOP, SpaceClip


class GradientVector(SpaceClip):
    """The gradient of x² + y² at a point, on the floor beneath the surface; a walk against it.

    Vectors on the floor are drawn `scale` times as long as they are.
    """

    topic = "Gradient"
    space: props.BowlOverDepth
    field, at = PARABOLOID, (2.0, 3.0)
    scale, rate = 1 / 6, 0.2

    def construct(self) -> None:
        self.compute()
        self.meet_two_slopes()
        self.make_one_vector()
        self.look_from_above()
        self.slide_the_arrow()
        self.walk_against_it()

    def compute(self) -> None:
        self.gradient = self.field.gradient(self.at)
        self.cast("down", Verdict.CONVERGED, self.rate, self.at)
        props.require_story(self.facts, self.evidence.walks["down"])

    def meet_two_slopes(self) -> None:
        facts = self.facts
        self.beat(
            f"one point, {facts.dimension(self.field)} slopes",
            f"At {facts.start_point('down')} the surface rises by {facts.slope('down', 0, 2)} "
            f"along x and by {facts.slope('down', 0, 2, axis=1)} along y.",
        )
        self.formula = self.name_of(self.field)
        self.space = props.BowlOverDepth(self.theme, self.field, self.at, self.scale)
        self.show(self.space, self.formula, run_time=1.0)
        self.figure = props.WalkOverFloor(self.space, "down", self.evidence.walks["down"])
        self.show(*self.figure.above.parts)
        self.slopes = [props.Slope(self.space, self.field, self.at, axis) for axis in (0, 1)]
        self.partials = mn.VGroup()
        for slope in self.slopes:
            # What lies beyond the slice goes: it would hide the tangent, which runs beneath it.
            self.play(mn.Create(slope.cut), run_time=0.8)
            self.play(self.space.graph.animate.clip(**slope.kept), run_time=0.8)
        for slope, down in zip(self.slopes, (1.15, 2.35), strict=True):
            self.partials.add(self.row(down, slope.equation, self.theme.tangent))
            self.play(mn.Create(slope.arrow), mn.FadeIn(self.partials[-1]), run_time=0.6)
            self.show(slope.label, run_time=0.2)
            self.hold(0.7)

    def make_one_vector(self) -> None:
        self.beat(
            "one vector",
            f"Together the slopes are the gradient ({self.facts.slope('down', 0, 2)}, "
            f"{self.facts.slope('down', 0, 2, axis=1)}): an arrow on the floor.",
        )
        floor = self.space.floor
        self.hide(*(slope.label for slope in self.slopes), run_time=0.2)
        self.play(self.space.camera.animate.set(**props.ASLANT), run_time=1.4)
        drop = self.space.plumb_line(self.at)
        self.play(mn.Create(drop), run_time=0.6)
        self.show(*self.figure.below.parts)
        self.play(*(slope.lie_down(floor) for slope in self.slopes), run_time=1.6)
        sides = floor.parallelogram(self.field, self.at, self.theme.label)
        self.play(*(mn.Create(side) for side in sides), run_time=0.6)
        self.probe = props.Probe(floor, self.field, self.at, self.theme.tangent)
        self.play(mn.Create(self.probe.arrow), run_time=0.8)
        codes = zip((3.35, 4.4), props.nabla_codes(self.field, self.at), strict=True)
        self.nabla = mn.VGroup(*(self.row(*line, self.theme.tangent) for line in codes))
        self.show(*self.nabla, run_time=0.6)
        self.hold(2)
        self.helpers = [*sides, *(slope.component for slope in self.slopes)]
        self.at_surface = [drop, *(part for slope in self.slopes for part in slope.parts[:2])]

    def look_from_above(self) -> None:
        self.beat(
            "straight across the contours",
            "Seen from above: at every point the arrow is at a right angle to the contour.",
            poster=True,
        )
        space, camera = self.space, self.space.camera
        self.rising = [space.graph, *self.figure.above.parts, *space.height_axis]
        self.hide(*self.at_surface, *self.rising, *self.helpers, self.partials)
        # First turned, then tilted: aslant and half tilted, the floor would reach the caption.
        self.play(camera.animate.set(theta=props.FROM_ABOVE["theta"]), run_time=1.2)
        above = camera.animate.set(**props.FROM_ABOVE)
        self.play(above, self.nabla.animate.shift(2.55 * mn.UP), run_time=1.4)
        level = space.level_through(self.at)
        sign = space.floor.right_angle(self.at, self.gradient, 0.28, self.theme.ink)
        self.play(mn.Create(level), run_time=1.2)
        self.play(mn.Create(sign), run_time=0.4)
        said = f"arrows drawn at {sp.nsimplify(self.scale)} of their length"
        self.key = words(said, size=SMALLEST, colour=self.theme.label).rest(COLUMN, -2.45)
        self.play(space.arrows.grow(1.6), mn.FadeIn(self.key))
        self.hold(1.6)
        self.helpers = [level, sign]

    def slide_the_arrow(self) -> None:
        self.beat(
            "its length is the steepness",
            "Near the lowest point the surface is flat: the arrow shrinks, and there it is "
            f"{self.facts.level(SpotFacts(self.field, self.lowest.point))}.",
        )
        length = self.row(2.75, "abs(nabla f)", self.theme.tangent)
        live = live_number(length, self.theme.tangent, decimals=2)
        live.write(self.probe.steepness)
        self.hide(*self.helpers)
        self.show(length, live)
        for share in (0.5, 0.0, 1.0):
            self.play(self.probe.slide(share * np.array(self.at), live, run_time=1.6))
            self.hold(0.9)
        self.dismiss(length, live, *self.nabla, self.formula, self.key)

    def walk_against_it(self) -> None:
        walk, facts = self.evidence.walks["down"], self.facts
        self.beat(
            "its opposite leads down",
            "Follow the opposite arrow: every step goes down, and step "
            f"{facts.steps('down')} {facts.fate('down', 'arrives')}.",
        )
        camera, part = self.space.camera, self.space.part
        for view in (props.UPRIGHT, props.ASLANT):
            self.play(camera.animate.set(**view), run_time=1.2)
        self.space.graph.clip(x=part, y=part)
        self.show(*self.rising, run_time=0.8)
        self.reader = PairPanel(self.theme, COLUMN, TOP).read(walk, 0)
        self.play(self.probe.become(np.pi, 1.0, run_time=1.2))
        self.show(self.reader.whole)
        self.play(self.probe.become(np.pi, self.rate / self.scale, run_time=0.8))
        self.hold(0.6)
        self.descend(paced([1]))
        self.hide(self.probe.arrow)
        self.descend(paced(range(2, walk.stopped_at + 1)))
        self.hold(2)
