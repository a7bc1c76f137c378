"""The two partial derivatives at a point are one vector: it points the steepest way up."""

from __future__ import annotations

from typing import Any

import manim as mn
import numpy as np
import sympy as sp

from gdmath import PARABOLOID, Verdict
from gdstage.look.rounding import shown
from gdstage.look.text import digits, typst, words
from gdstage.look.theme import mix
from gdstage.pace import paced
from gdstage.props.gradient_vector import GradientArrows, Probe, Slope, lattice
from gdstage.space.axes import edge_axes
from gdstage.space.floor import Floor
from gdstage.space.space import DEGREE, Space
from gdstage.walks.readouts import PairPanel, live_number
from gdstage.walks.space_clip import COLUMN, TOP, SpaceClip
from gdstage.walks.stepping import InStep, stepping
from gdstage.walks.surface_walk import SurfaceWalk

# What the viewer does: look at the slopes, then under the surface, then straight down.
AT_THE_SLOPES: dict[str, Any] = {
    "theta": -62 * DEGREE, "phi": 60 * DEGREE, "zoom": 0.9, "place": (-2.5, 0.2, 0.0),
}  # fmt: skip
ASLANT = AT_THE_SLOPES | {"theta": -40 * DEGREE}
FROM_ABOVE = {"theta": -90 * DEGREE, "phi": 0.0, "zoom": 1.04, "place": (-2.5, -0.35, 0.0)}


class GradientVector(SpaceClip):
    """The gradient of x² + y² at a point, on the floor beneath the surface; a walk against it.

    Vectors on the floor are drawn `scale` times as long as they are. The floor lies deep below the
    surface, at `depth`, so that both are seen.
    """

    topic = "Gradient"
    field = PARABOLOID
    at = (2.0, 3.0)
    reach, depth, top = 4.0, -13.0, 25.0
    surface_reach = 3.5
    scale = 1 / 6
    rate = 0.2

    def construct(self) -> None:
        self.compute()
        self.meet_two_slopes()
        self.make_one_vector()
        self.look_from_above()
        self.slide_the_arrow()
        self.walk_against_it()

    def compute(self) -> None:
        self.gradient = self.field.gradient(self.at)
        self.height = float(self.field(*self.at))
        self.rise = [shown(float(slope), 2) for slope in self.gradient]
        self.where = "({:g}, {:g})".format(*self.at)
        self.cast("down", Verdict.CONVERGED, self.rate, self.at)

    def meet_two_slopes(self) -> None:
        self.beat(
            "one point, two slopes",
            f"At {self.where} the surface rises by {self.rise[0]} along x "
            f"and by {self.rise[1]} along y.",
        )
        self.formula = self.row(0, f"f(x, y) = {typst(self.field.expr)}", self.theme.function)
        self.draw_space()
        self.show(self.space, self.formula, run_time=1.0)
        walk = self.evidence.walks["down"]
        self.above = SurfaceWalk(self.space, "down", walk)
        self.below = SurfaceWalk(self.space, "down", walk, self.floor.at)
        self.space.remove(*self.below.parts)
        self.show(*self.above.parts)
        self.slopes = [
            Slope(self.space, self.field, self.at, axis, self.surface_reach) for axis in (0, 1)
        ]
        self.partials = mn.VGroup()
        for slope in self.slopes:
            # What lies beyond the slice goes: it would hide the tangent, which runs beneath it.
            self.play(mn.Create(slope.cut), run_time=0.8)
            self.play(self.surface.animate.clip(**slope.kept), run_time=0.8)
        for slope, down in zip(self.slopes, (1.15, 2.35), strict=True):
            equation = f"(partial f)/(partial {slope.variable}){self.where} = {slope.code}"
            self.partials.add(self.row(down, equation, self.theme.tangent))
            self.play(mn.Create(slope.arrow), mn.FadeIn(self.partials[-1]), run_time=0.6)
            self.show(slope.label, run_time=0.2)
            self.hold(0.7)

    def make_one_vector(self) -> None:
        self.beat(
            "one vector",
            f"Together the slopes are the gradient ({self.rise[0]}, {self.rise[1]}): "
            "an arrow on the floor.",
        )
        theme = self.theme
        self.hide(*(slope.label for slope in self.slopes), run_time=0.2)
        self.play(self.space.camera.animate.set(**ASLANT), run_time=1.4)
        foot, place = self.floor.at(self.at), self.above.dot.place
        self.drop = self.space.line(place, foot, theme.label, width=2.5, dashes=14)
        self.play(mn.Create(self.drop), run_time=0.6)
        self.show(*self.below.parts)
        self.play(*(slope.lie_down(self.floor) for slope in self.slopes), run_time=1.6)
        sides = self.floor.parallelogram(self.at, self.gradient, theme.label)
        self.play(*(mn.Create(side) for side in sides), run_time=0.6)
        self.probe = Probe(self.floor, self.field, self.at, theme.tangent)
        self.play(mn.Create(self.probe.arrow), run_time=0.8)
        self.nabla = self.nabla_rows()
        self.show(*self.nabla, run_time=0.6)
        self.hold(2)
        self.helpers = [*sides, *(slope.component for slope in self.slopes)]

    def look_from_above(self) -> None:
        self.beat(
            "straight across the contours",
            "Seen from above: at every point the arrow is at a right angle to the contour.",
            poster=True,
        )
        self.leave_the_surface()
        level = self.space.contours(
            self.field, [self.height], colour=self.theme.function, width=4.5
        )
        sign = self.floor.right_angle(self.at, self.gradient, 0.28, self.theme.ink)
        self.play(mn.Create(level), run_time=1.2)
        self.play(mn.Create(sign), run_time=0.4)
        self.hold(1)
        self.key = words(
            f"arrows drawn at {sp.nsimplify(self.scale)} of their length",
            size=24, colour=self.theme.label,
        ).rest(COLUMN, -2.45)  # fmt: skip
        self.play(self.arrows.grow(1.6), mn.FadeIn(self.key))
        self.hold(1.6)
        self.helpers = [level, sign]

    def slide_the_arrow(self) -> None:
        self.beat(
            "its length is the steepness",
            "Near the lowest point the surface is flat: the arrow shrinks, and there it is 0.",
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
        walk = self.evidence.walks["down"]
        self.beat(
            "its opposite leads down",
            "Follow the opposite arrow: every step goes down the steepest way, "
            f"and step {walk.stopped_at} arrives.",
        )
        self.return_to_the_surface()
        panel = PairPanel(self.theme, COLUMN, TOP).read(walk, 0)
        self.play(self.probe.become(np.pi, 1.0, run_time=1.2))
        self.show(panel, panel.numbers)
        self.play(self.probe.become(np.pi, self.rate / self.scale, run_time=0.8))
        self.hold(0.6)
        both = InStep(self.above, self.below)
        self.play(stepping(both, paced(range(1, 2)), panel, self.space))
        self.hide(self.probe.arrow)
        rest = paced(range(2, walk.stopped_at + 1))
        self.play(stepping(both, rest, panel, self.space))
        self.hold(2)

    # What the beats are made of

    def draw_space(self) -> None:
        """The surface above its floor with contours, one of them through the point."""
        window, theme = (-self.reach, self.reach), self.theme
        self.space = space = Space(
            theme, window, window, (self.depth, self.top), size=(5.0, 5.0, 2.8)
        )
        space.camera.set(**AT_THE_SLOPES)
        self.part = (-self.surface_reach, self.surface_reach)
        self.surface = space.surface(self.field, x=self.part, y=self.part)
        self.floor = Floor(space, self.scale)
        levels = np.arange(self.height % 4, 2 * self.reach**2, 4)
        space.contours(self.field, list(levels), width=2.0)
        self.floor.border()
        self.axes = edge_axes(space, ("x", "y", "f"))
        faint = mix(theme.tangent, theme.ground, 0.45)
        free = [point for point in lattice(3) if point != self.at]
        self.arrows = GradientArrows(self.floor, self.field, free, faint)

    def nabla_rows(self) -> mn.VGroup:
        """The gradient as a formula, and its value at the point."""
        nabla = ", ".join(typst(self.field.partial(name).expr) for name in ("x", "y"))
        value = ", ".join(digits(rise) for rise in self.rise)
        return mn.VGroup(
            self.row(3.5, f"nabla f = ({nabla})", self.theme.tangent),
            self.row(4.35, f"nabla f{self.where} = ({value})", self.theme.tangent),
        )

    def leave_the_surface(self) -> None:
        """Keep only the floor, seen from above."""
        at_surface = [part for slope in self.slopes for part in (slope.cut, slope.arrow)]
        self.rising = [self.surface, *self.above.parts, *self.axes[4:]]
        self.hide(*at_surface, self.drop, *self.rising, *self.helpers, self.partials)
        self.axes.remove(*self.axes[4:])
        # First turned, then tilted: aslant and half tilted, the floor would reach the caption.
        camera = self.space.camera
        self.play(camera.animate.set(theta=FROM_ABOVE["theta"]), run_time=1.2)
        self.play(
            camera.animate.set(**FROM_ABOVE), self.nabla.animate.shift(2.55 * mn.UP), run_time=1.4
        )

    def return_to_the_surface(self) -> None:
        """Look from aslant again, and let the surface come back."""
        camera = self.space.camera
        self.play(camera.animate.set(**ASLANT | {"theta": FROM_ABOVE["theta"]}), run_time=1.2)
        self.play(camera.animate.set(**ASLANT), run_time=1.2)
        self.surface.clip(x=self.part, y=self.part)
        self.show(*self.rising, run_time=0.8)
