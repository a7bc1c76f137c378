"""Hold one variable still, and a surface becomes a parabola: calculus of one variable again."""

from __future__ import annotations

import manim as mn

from gdmath import PARABOLOID, Verdict, slice_at
from gdstage.look.printing import typst
from gdstage.look.text import number
from gdstage.props import slicing as props
from gdstage.space.axes import edge_axes
from gdstage.space.space import DEGREE, Space
from gdstage.walks.readouts import Readouts, coordinate, slope
from gdstage.walks.space_clip import TOP, SpaceClip

REACH = 1.6

# Where the viewer stands: in front of the planes y = c, right before them, and of the x = c.
ASLANT = {"theta": -52 * DEGREE, "phi": 70 * DEGREE, "zoom": 0.84, "place": (-2.5, 0.1, 0)}
HEAD_ON = {"theta": -90 * DEGREE, "phi": 86 * DEGREE, "zoom": 1.0, "place": (-2.5, -0.1, 0)}
ACROSS = {"theta": -30 * DEGREE, "phi": 70 * DEGREE, "zoom": 0.84, "place": (-2.5, 0.2, 0)}


class Slicing(SpaceClip):
    """The surface x² + y² cut by planes y = c and x = c; the cuts are parabolas."""

    topic = "Slicing"
    field, at = PARABOLOID, (1.1, 0.6)
    places, entry = (-0.9, 0.6), 1.6
    rate, tolerance = 0.25, 0.05
    column = 2.75

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
        )
        side, heights = (-REACH, REACH), (0, 2 * REACH**2)
        self.space = Space(self.theme, side, side, heights, size=(5.6, 5.6, 3.1), resolution=96)
        self.space.camera.set(**ASLANT | {"theta": -66 * DEGREE, "phi": 66 * DEGREE})
        self.bowl = self.space.surface(self.field)
        self.axes = [part for axis in edge_axes(self.space) for part in axis]
        formula = self.name_of(self.field)
        self.show(self.space, formula, run_time=1.0)
        self.play(self.space.camera.animate.set(**ASLANT), run_time=4)

    def hold_y_still(self) -> None:
        self.beat(
            "y is held still",
            "The plane y = c cuts the surface. Lift the front away: the cut is a parabola.",
        )
        self.cut = props.CuttingPlane(self.space, self.field, self.bowl, axis=1, at=self.entry)
        self.live = props.CutNumbers(self.theme, self.cut, x=self.column, y=TOP - 0.85)
        self.show(*self.cut.parts, self.live.whole, run_time=0.6)
        self.play(self.cut.move(self.held, self.live, run_time=2.4))
        self.play(self.cut.lift_front(run_time=2.0))
        self.space.remove(self.cut.front)
        self.hold(1.4)

    def move_the_plane(self) -> None:
        self.beat(
            "the plane moves, the parabola follows",
            "Every cut is the same parabola x², only lifted: c² tells by how much.",
        )
        for place in self.places:
            self.play(self.cut.move(place, self.live, run_time=3.2, trimmed=True))
            self.hold(0.5)

    def read_the_slope(self) -> None:
        partial = self.slice.partial("x")
        self.beat(
            "its slope is a partial derivative",
            f"On the cut only x moves. At x = {self.facts.start('on the slice')} its tangent has "
            f"the slope ∂f/∂x = {self.facts.slope('on the slice', 0, 2)}.",
            poster=True,
        )
        walk = self.evidence.walks["on the slice"]
        self.figure = props.SliceWalk(self.space, "on the slice", walk, self.held)
        there = f"(partial f)/(partial x)(x_k, {self.held:g})"
        rows = (coordinate(self.theme, 0, "x"), slope(self.theme, there))
        self.reader = Readouts().rows(rows, self.column, TOP - 3.45, 0.9, decimals=4).read(walk, 0)
        tangent, *dots = self.figure.parts
        self.play(mn.Create(tangent), *(mn.FadeIn(dot) for dot in dots), run_time=0.8)
        code = f"(partial f)/(partial x) = {typst(partial.expr)}"
        self.slope = self.row(2.6, code, self.theme.tangent)
        self.show(self.slope, run_time=0.5)
        self.show(self.reader.whole, run_time=0.5)
        self.hold(2.2)

    def walk_on_the_slice(self) -> None:
        self.beat(
            "one variable again",
            "Seen straight on, the cut is a curve in the plane. Steps against ∂f/∂x walk down it.",
        )
        turn = self.space.camera.animate.set(**HEAD_ON)
        self.flat = props.axes_in_the_cut(self.space, self.held)
        away = (part.animate.set_opacity(0) for part in (self.bowl, *self.axes))
        self.play(turn, mn.FadeIn(self.flat), *away, run_time=2.2)
        self.hold(0.5)
        self.walk_on(1)

    def hold_x_still(self) -> None:
        self.beat(
            "now x is held still",
            "The plane x = c cuts a parabola in y. Through that point, it has a slope of its own.",
        )
        self.figure.dot.release()
        self.hide(*self.figure.parts, self.slope, self.live.whole, self.reader.whole, run_time=0.5)
        self.bowl.clip(y=(-REACH, None))
        turn = self.space.camera.animate.set(**ACROSS)
        back = (part.animate.set_opacity(1) for part in (self.bowl, *self.axes))
        gone = (*self.cut.parts, *self.flat)
        self.play(turn, *back, *map(mn.FadeOut, gone), run_time=2)
        self.space.remove(*gone)
        across = props.CuttingPlane(self.space, self.field, self.bowl, axis=0, at=self.places[0])
        live = props.CutNumbers(self.theme, across, x=self.column, y=TOP - 0.85)
        self.show(*across.parts, live.whole, run_time=0.5)
        self.play(across.move(self.x, live, run_time=2.6))
        self.play(across.lift_front(run_time=1.6))
        self.space.remove(across.front)
        self.draw_the_other_tangent()
        self.hold(2)

    # What the beats are made of

    def draw_the_other_tangent(self) -> None:
        """The tangent of the cut along y at the point, and its slope."""
        (x, y), slope = self.at, float(self.field.gradient(self.at)[1])
        tangent, touch = props.tangent_at(self.space, self.field, self.at, axis=1)
        partial = typst(self.field.partial("y").expr)
        general = self.row(2.6, f"(partial f)/(partial y) = {partial}", self.theme.tangent)
        code = f"(partial f)/(partial y)({x:g}, {y:g}) {number(slope)}"
        self.play(mn.Create(tangent), mn.FadeIn(touch), mn.FadeIn(general), run_time=0.8)
        self.show(self.row(3.75, code, self.theme.tangent), run_time=0.5)
