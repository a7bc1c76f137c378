"""The two partial derivatives at a point are one vector: it points the steepest way up."""

from __future__ import annotations

import manim as mn

from gdmath import PARABOLOID, Verdict
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
    space: props.BowlOverDepth
    field, at = PARABOLOID, (2.0, 3.0)
    scale, rate, inward = 1 / 6, 0.2, ((3.0, 0.0), (2.0, 0.0), (1.0, 0.0), (0.0, 0.0))

    def construct(self) -> None:
        self.compute()
        self.meet_two_slopes()
        self.make_one_vector()
        self.look_from_above()
        self.slide_the_arrow()
        self.walk_against_it()

    def compute(self) -> None:
        self.cast("down", Verdict.CONVERGED, self.rate, self.at)
        props.require_story(self.facts, self.evidence.walks["down"])

    def meet_two_slopes(self) -> None:
        facts = self.facts
        self.beat(
            f"one point, {facts.dimension(self.field)} slopes",
            f"At {facts.start_point('down')} the surface rises by {facts.slope('down', 0, 2)} "
            f"along x and by {facts.slope('down', 0, 2, axis=1)} along y.",
            say="A piece of a bowl is cut along x and along y, and tangents are laid on. {caption}",
        )
        self.formula = self.name_of(self.field)
        self.space = props.BowlOverDepth(self.theme, self.field, self.at, self.scale)
        self.figure = props.WalkOverFloor(self.space, "down", self.evidence.walks["down"])
        self.show(self.space, self.formula)
        self.hide(*self.space.ground, *self.space.axis_parts)
        self.play(*self.space.come_close(), run_time=1.6)
        self.slopes = [props.Slope(self.space, self.field, self.at, axis) for axis in (0, 1)]
        self.partials = mn.VGroup()
        for slope in self.slopes:
            # What lies beyond the slice goes: it would hide the tangent, which runs beneath it.
            lifted = self.space.graph.animate.clip(**slope.kept)
            self.play(mn.Create(slope.cut), lifted, run_time=1.2)
        for slope, down in zip(self.slopes, (1.05, 2.05), strict=True):
            self.partials.add(self.row(down, slope.equation, self.theme.tangent))
            drawn = (mn.Create(line) for line in slope.lines)
            self.play(*drawn, mn.FadeIn(self.partials[-1]), run_time=0.7)
            self.show(slope.label)
        self.hold(0.6)
        self.lifted = [part for slope in self.slopes for part in slope.parts if part != slope.arrow]
        self.dismiss(*self.lifted)

    def make_one_vector(self) -> None:
        self.beat(
            "one vector",
            f"Together the slopes are the gradient ({self.facts.slope('down', 0, 2)}, "
            f"{self.facts.slope('down', 0, 2, axis=1)}): an arrow on the floor.",
            say="The slopes become arrows on the floor, and another arrow joins them. {caption}",
        )
        self.rising = [self.space.graph, *self.figure.above.parts]
        self.play(*map(mn.FadeOut, self.rising), run_time=0.8)
        self.space.add(*self.space.ground)
        late = (mn.FadeIn(p, rate_func=props.LAST, run_time=1.6) for p in self.space.ground)
        self.play(self.space.look_down(run_time=1.6), *late)
        falls = [slope.lie_down(self.space.floor) for slope in self.slopes]
        self.play(*falls, *(mn.FadeOut(slope.arrow) for slope in self.slopes), run_time=1.0)
        close = self.close = props.CloseUp(self.theme, self.field, self.at, self.scale)
        larger = close.lie_on(self.space)
        self.add(close)
        self.play(larger, mn.FadeOut(self.space), run_time=1.4)
        self.show(*close.axes, *close.labels)
        sides = close.floor.parallelogram(self.field, self.at, self.theme.label)
        self.play(*(mn.Create(side) for side in sides), run_time=0.8)
        arrow, name = close.gradient(self.field, self.at)
        codes = zip((3.2, 4.35), props.nabla_codes(self.field, self.at), strict=True)
        self.nabla = mn.VGroup(*(self.row(*line, self.theme.tangent) for line in codes))
        self.play(mn.Create(arrow), *map(mn.FadeIn, (self.nabla, name)), run_time=1.2)
        self.dismiss(self.partials, close, *close.axes, *close.labels)

    def look_from_above(self) -> None:
        self.beat(
            "straight across the contours",
            "Drag the point along its contour: at every point the arrow is at a right angle to it.",
            say="The arrow is carried around a ring, like a hand around a clock. {caption}",
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
        self.dismiss(*self.ring, *self.nabla)

    def slide_the_arrow(self) -> None:
        self.beat(
            "its length is the steepness",
            "Near the lowest point the surface is flat: the arrow shrinks, and there it is "
            f"{self.facts.level(SpotFacts(self.field, self.lowest.point))}.",
            say="Arrows cover the floor, and the bowl is seen in profile. {caption}",
        )
        key = props.scale_key(self.theme, self.scale).rest(COLUMN, -2.95)
        length = self.row(0.9, props.steepness_code(self.field), self.theme.tangent)
        side = props.Profile(self.theme, self.field, [x for x, _ in self.inward])
        self.play(self.space.arrows.grow(1.6), self.probe.slide(self.inward[0], run_time=1.6))
        self.show(key, length, side.plane, side.graph)
        self.play(self.probe.shrink(self.inward, run_time=3.6), *side.grow(run_time=3.6))
        self.flat = [*self.space.flat_axes, *self.numbers, *self.probe.ghosts]
        self.dismiss(self.formula, length, key, *side.parts, *self.flat)

    def walk_against_it(self) -> None:
        walk, facts = self.evidence.walks["down"], self.facts
        arrives = f"step {facts.steps('down')} {facts.fate('down', 'arrives')}."
        self.beat(
            "its opposite leads down",
            f"Follow the opposite arrow: every step goes down, and {arrives}",
            say="The bowl stands over the floor again, and a dot sets out. {caption}",
        )
        space = self.space
        self.probe.go_back(self.at)
        self.hold(0.7)
        self.play(space.look_aslant(run_time=2.0))
        space.graph.clip(x=space.part, y=space.part)
        self.reader = PairPanel(self.theme, COLUMN, TOP).read(walk, 0)
        self.show(*self.rising, *space.axis_parts, self.reader.whole, run_time=0.8)
        self.show(*self.probe.stay())
        self.play(self.probe.become_step(self.rate, run_time=1.2))
        self.show(self.probe.step_name())
        self.descend(paced([1]))
        self.descend(paced(range(2, walk.stopped_at + 1), OPENING[1:]))
        self.hold(0.6)
