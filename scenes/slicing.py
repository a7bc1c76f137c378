"""Hold one variable still, and a surface becomes a parabola: calculus of one variable again."""

from __future__ import annotations

import manim as mn

from gdmath import PARABOLOID, Verdict, slice_at
from gdstage.layout import PANEL
from gdstage.look.printing import typst
from gdstage.props import slicing as props
from gdstage.space.slices import draw_touch
from gdstage.space.space import DEGREE
from gdstage.walks.readouts import Readouts, coordinate, slope
from gdstage.walks.space_clip import TOP, SpaceClip


class Slicing(SpaceClip):
    """The surface x² + y² cut by planes y = c and x = c; the cuts are parabolas."""

    topic = "Slicing"
    field, at = PARABOLOID, (1.1, 0.8)
    roaming = ((-1.2, 1.3), (1.1, 0.8))
    entry, places, across = 1.6, (0.0, -0.9), -0.9
    rate, tolerance = 0.25, 0.05
    column = PANEL.left

    def construct(self) -> None:
        self.compute()
        self.meet_the_surface()
        self.hold_y_still()
        self.move_the_plane()
        self.read_the_slope()
        self.walk_on_the_slice()
        self.hold_x_still()

    def compute(self) -> None:
        self.x, self.held = self.at
        self.slice = slice_at(self.field, y=self.held)
        walk = self.cast("on the slice", Verdict.CONVERGED, self.rate, self.x, field=self.slice)
        props.require_story(self.facts, self.field, walk)

    def meet_the_surface(self) -> None:
        self.beat(
            "one surface, two variables",
            "The height f(x, y) depends on two numbers. How steep is it, and in which direction?",
            say="A bowl stands in a room, and a dot roams over it. {caption}",
        )
        self.space = props.SliceRoom(self.theme, self.field)
        self.space.camera.set(theta=-62 * DEGREE)
        self.bowl, self.axes = self.space.graph, self.space.axes
        start, end = self.roaming
        roamer = props.Roamer(self.space, self.field, start, x=self.column, y=TOP - 2.4)
        self.show(self.space, self.name_of(self.field), roamer.numbers.whole)
        turn = props.turn_aslant(self.space, run_time=5.4)
        self.play(roamer.ride(end, run_time=4.4), turn)
        self.gone: list[mn.Mobject] = []
        self.dismiss(*roamer.parts)

    def hold_y_still(self) -> None:
        self.beat(
            "y is held still",
            "The plane y = c cuts the surface. Lift the front away: the cut is a parabola.",
            say="A plane slides into the bowl. {caption}",
        )
        self.cut = props.CuttingPlane(self.space, self.field, self.bowl, axis=1, at=self.entry)
        self.live = props.CutNumbers(self.theme, self.cut, x=self.column, y=TOP - 0.85)
        self.show(*self.cut.parts, self.live.whole, run_time=0.7)
        self.play(self.cut.move(self.held, self.live, run_time=2.4))
        self.play(self.cut.lift_front(run_time=2.2))
        self.space.remove(self.cut.front)
        self.name = self.cut.name_corner(left=True)
        self.show(self.name)

    def move_the_plane(self) -> None:
        self.beat(
            "the plane moves, the parabola follows",
            "Every cut is the same parabola x², only lifted: c² tells by how much.",
            say="The plane slides on, and leaves copies behind. {caption}",
        )
        bar, name = self.gone[:] = self.cut.lift()
        self.play(mn.Create(bar), mn.FadeIn(name), run_time=0.8)
        for place in self.places:
            ghost, _ = kept = self.cut.keep()
            self.gone += kept
            move = self.cut.move(place, self.live, run_time=2.4, trimmed=True)
            self.play(move, mn.FadeIn(ghost, run_time=0.8))
            self.gone.append(self.cut.name_corner(left=True))
            self.show(self.gone[-1])
        self.hold(0.6)
        self.dismiss(*self.gone)

    def read_the_slope(self) -> None:
        self.beat(
            "its slope is a partial derivative",
            f"On the cut only x moves. At x = {self.facts.start('on the slice')} its tangent has "
            f"the slope ∂f/∂x = {self.facts.slope('on the slice', 0, 2)}.",
            say="A dot slides along the cut with its tangent. {caption}",
            poster=True,
        )
        walk = self.evidence.walks["on the slice"]
        self.figure = props.SliceWalk(self.space, "on the slice", walk, self.held)
        there = f"(partial f)/(partial x)(x_k, {self.held:g})"
        rows = (coordinate(self.theme, 0, "x"), slope(self.theme, there))
        self.reader = Readouts().rows(rows, self.column, TOP - 3.5, 0.95, decimals=4).read(walk, 0)
        code = f"(partial f)/(partial x) = {typst(self.slice.partial('x').expr)}"
        self.slope = self.row(2.6, code, self.theme.tangent)
        self.play(self.cut.move(self.held, self.live, run_time=1.6, trimmed=True))
        self.play(self.figure.slide(-props.SIDE, run_time=3.4), mn.FadeIn(self.slope, run_time=0.8))
        self.show(self.reader.whole, run_time=0.6)
        self.dismiss(*self.axes, self.name)

    def walk_on_the_slice(self) -> None:
        self.beat(
            "along the cut, one variable again",
            "Seen straight on, the cut is a curve in the plane. Steps against ∂f/∂x walk down it.",
            say="The room turns until the cut is seen head-on. {caption}",
        )
        self.flat = props.axes_in_the_cut(self.space, self.held)
        self.space.remove(*self.flat)
        self.play(self.space.camera.animate.set(**props.HEAD_ON), run_time=2.4)
        self.show(self.flat)
        self.walk_on(1)
        self.gone = [*self.flat, *self.figure.parts]
        self.dismiss(*self.gone, self.slope, self.live.whole, self.reader.whole)

    def hold_x_still(self) -> None:
        self.beat(
            "now x is held still",
            "The plane x = c cuts a parabola in y. Through that point, it has a slope of its own.",
            say="The room turns back, and another plane slides in. {caption}",
        )
        self.figure.let_go()
        space, before = self.space, self.cut
        tangent = props.tangent_at(space, self.field, self.at, axis=0, over=True)
        across = props.CuttingPlane(space, self.field, self.bowl, axis=0, at=self.across)
        live = props.CutNumbers(self.theme, across, x=self.column, y=TOP - 0.85)
        name, touch = before.name_before(), draw_touch(space, self.field, self.at)
        space.remove(*(back := (*across.parts, *self.axes, tangent, touch, name)))
        self.play(space.camera.animate.set(**props.ACROSS), *before.end(), run_time=2.2)
        space.remove(before.plane)
        space.add(*back)
        self.show(*back, live.whole, run_time=0.6)
        self.play(across.move(self.x, live, run_time=2.6))
        self.play(across.lift_front(run_time=1.6))
        space.remove(across.front)
        self.hide(live.whole)
        tangent = props.tangent_at(space, self.field, self.at, axis=1)
        told = across.name_corner(), props.StraightOn(self.theme, self.field, self.at)
        self.play(mn.Create(tangent), *map(mn.FadeIn, told), run_time=1.0)
        self.hold(1)
