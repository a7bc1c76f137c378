"""The two partial derivatives at a point are one vector: it points the steepest way up."""

from __future__ import annotations

import manim as mn
import numpy as np
import sympy as sp

from gdmath import PARABOLOID, Verdict
from gdstage.look.text import SMALLEST, words
from gdstage.pace import OPENING, paced
from gdstage.proof.map_facts import SpotFacts
from gdstage.props import gradient_vector as props
from gdstage.walks.readouts import PairPanel
from gdstage.walks.space_clip import COLUMN, TOP, SpaceClip


class GradientVector(SpaceClip):
    """The gradient of x² + y² at a point, on the floor beneath the surface; a walk against it.

    Vectors on the floor are drawn `scale` times as long as they are.
    """

    topic = "Gradient"
    shapes = ("16:9", "4:3")
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
        self.figure = props.WalkOverFloor(self.space, "down", self.evidence.walks["down"])
        self.show(self.space, self.formula)
        self.slopes = [props.Slope(self.space, self.field, self.at, axis) for axis in (0, 1)]
        self.partials = mn.VGroup()
        for slope in self.slopes:
            # What lies beyond the slice goes: it would hide the tangent, which runs beneath it.
            lifted = self.space.graph.animate.clip(**slope.kept)
            self.play(mn.Create(slope.cut), lifted, run_time=1.2)
        for slope, down in zip(self.slopes, (1.05, 2.05), strict=True):
            self.partials.add(self.row(down, slope.equation, self.theme.tangent))
            self.play(mn.Create(slope.arrow), mn.FadeIn(self.partials[-1]), run_time=0.7)
            self.show(slope.label)
        self.lifted = [part for slope in self.slopes for part in (slope.label, slope.cut)]
        self.lifted += self.space.axis_parts
        self.dismiss(*self.lifted)

    def make_one_vector(self) -> None:
        self.beat(
            "one vector",
            f"Together the slopes are the gradient ({self.facts.slope('down', 0, 2)}, "
            f"{self.facts.slope('down', 0, 2, axis=1)}): an arrow on the floor.",
        )
        self.rising = [self.space.graph, *self.figure.above.parts]
        self.play(*map(mn.FadeOut, self.rising), run_time=0.8)
        self.space.remove(*self.rising, *self.lifted)
        self.play(self.space.look_down(run_time=1.6))
        falls = [slope.lie_down(self.space.floor) for slope in self.slopes]
        self.play(*falls, *(mn.FadeOut(slope.arrow) for slope in self.slopes), run_time=1.0)
        close = self.close = props.CloseUp(self.theme, self.field, self.at, self.scale)
        larger = close.lie_on(self.space)
        self.add(close)
        self.play(larger, mn.FadeOut(self.space), run_time=1.4)
        self.show(*close.axes, *close.labels)
        sides = close.floor.parallelogram(self.field, self.at, self.theme.label)
        self.play(*(mn.Create(side) for side in sides), run_time=0.8)
        arrow = props.Probe(close.floor, self.field, self.at, self.theme.tangent).arrow
        codes = zip((3.2, 4.35), props.nabla_codes(self.field, self.at), strict=True)
        self.nabla = mn.VGroup(*(self.row(*line, self.theme.tangent) for line in codes))
        self.play(mn.Create(arrow), mn.FadeIn(self.nabla), run_time=1.2)
        self.dismiss(self.partials, close, *close.axes, *close.labels)

    def look_from_above(self) -> None:
        self.beat(
            "straight across the contours",
            "Drag the point along its contour: at every point the arrow is at a right angle to it.",
            poster=True,
        )
        space = self.space
        space.remove(*(slope.component for slope in self.slopes))
        self.probe = props.Probe(space.floor, self.field, self.at, self.theme.tangent)
        self.play(mn.FadeIn(space), self.nabla.animate.shift(2.2 * mn.UP), run_time=1.0)
        level, self.numbers = space.level_through(self.at), space.numbers(self.at)
        map_parts = (*space.flat_axes, *self.numbers, *self.figure.below.parts)
        self.play(mn.Create(level), *map(mn.FadeIn, map_parts), run_time=1.0)
        self.show(self.probe.sign)
        self.play(self.probe.drag_round(run_time=5))
        self.hold(0.4)
        self.ring = [level, self.probe.sign, *self.probe.ghosts]
        self.dismiss(*self.ring, self.nabla[1])

    def slide_the_arrow(self) -> None:
        self.beat(
            "its length is the steepness",
            "Near the lowest point the surface is flat: the arrow shrinks, and there it is "
            f"{self.facts.level(SpotFacts(self.field, self.lowest.point))}.",
        )
        said = f"arrows drawn at {sp.nsimplify(self.scale)} of their length"
        key = words(said, size=SMALLEST, colour=self.theme.label).rest(COLUMN, -2.45)
        self.play(self.space.arrows.grow(1.6), mn.FadeIn(key))
        self.space.remove(*self.ring)
        self.play(self.probe.shrink(run_time=3.6))
        self.flat = [*self.space.flat_axes, *self.numbers, *self.probe.ghosts]
        self.dismiss(self.nabla[0], self.formula, key, *self.flat)

    def walk_against_it(self) -> None:
        walk, facts = self.evidence.walks["down"], self.facts
        self.beat(
            "its opposite leads down",
            "Follow the opposite arrow: every step goes down, and step "
            f"{facts.steps('down')} {facts.fate('down', 'arrives')}.",
        )
        space, part = self.space, self.space.part
        self.probe.go_back(self.at)
        self.hold(0.7)
        space.remove(*self.flat)
        self.play(space.look_aslant(run_time=2.0))
        space.graph.clip(x=part, y=part)
        self.reader = PairPanel(self.theme, COLUMN, TOP).read(walk, 0)
        self.show(*self.rising, *space.axis_parts, self.reader.whole, run_time=0.8)
        self.play(self.probe.become(np.pi, 1.0, run_time=1.2))
        self.play(self.probe.become(np.pi, self.rate / self.scale, run_time=0.8))
        self.hold(0.4)
        self.descend(paced([1]))
        self.hide(self.probe.arrow)
        self.descend(paced(range(2, walk.stopped_at + 1), OPENING[1:]))
        self.hold(0.6)
