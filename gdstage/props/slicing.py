"""What `scenes/slicing.py` shows: a plane that cuts a surface, and a walk along the cut."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdstage.look.printing import typst
from gdstage.look.text import math
from gdstage.motion import Drawn
from gdstage.proof.fact import given
from gdstage.proof.field_facts import FieldFacts as CurveFacts
from gdstage.proof.in_space import FieldFacts, graph_of, slice_of, upright
from gdstage.proof.statement import Statement, stated
from gdstage.proof.truths import along, dimension, formula, separable
from gdstage.space.axes import edge_axes
from gdstage.space.slices import draw_tangent, draw_touch, slice_curve
from gdstage.walks.readouts import SIZE, Quantity, Readouts
from gdstage.walks.surface_walk import SurfaceWalk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdmath import ScalarField, Walk
    from gdstage.facts import Facts
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact, Place
    from gdstage.space.solids import Curve, Dot3, Mesh
    from gdstage.space.space import Space

OPACITY = 0.16
REACH = 1.2
"""How far tangents go to each side, in the data's units."""

DECIMALS = 4


class CutNumbers(Readouts):
    """The formula of the cut at any c, and the live c with what it lifts the cut by.

    Its first baseline begins at (x, y) in scene units.
    """

    def __init__(self, theme: Theme, cut: CuttingPlane, *, x: float, y: float) -> None:
        super().__init__()
        field, axis, danger = cut.field, cut.axis, theme.danger
        held, free = field.variables[axis], field.variables[1 - axis]
        names = {held: "c"}
        where = ", ".join(names.get(variable, str(variable)) for variable in field.variables)
        code = f"f({where}) = {typst(field.expr, names)}"
        self.add(math(code, size=SIZE, colour=danger).rest(x, y))

        def lift(c: float, _: int) -> Fact:
            point = np.zeros(2)
            point[axis] = c
            height = FieldFacts(field).height(point)
            # The square of a number of two decimals has four: only the float's dust goes.
            return replace(height, value=round(height.value, DECIMALS))

        lifted = Quantity(typst(field.expr.subs(free, 0), names), danger, lift)
        self.put(
            Quantity("c", danger, lambda c, _: given(str(held), c)), x, y - 0.75, decimals=DECIMALS
        )
        self.put(lifted, x + 2.05, y - 0.75, decimals=DECIMALS)
        self.read(cut.at, 0)


class CuttingPlane:
    """The upright plane x = c (axis 0) or y = c (axis 1), with the curve in which it cuts.

    `surface` is the graph of the field: when trimmed, only what lies behind the plane is left, as
    seen by a viewer at -y and +x.
    """

    def __init__(
        self, space: Space, field: ScalarField, surface: Mesh, *, axis: int, at: float
    ) -> None:
        self.space, self.field, self.surface, self.axis = space, field, surface, axis
        self.at = at
        danger = space.world.theme.danger
        where = (at, None) if axis == 0 else (None, at)
        self.plane = space.plane(*where, opacity=OPACITY)
        self.curve = space.curve(self.points(at), danger, width=7)
        self.parts = (self.plane, self.curve)
        self.claim(at)

    @property
    def window(self) -> tuple[float, float]:
        """How far the cut reaches."""
        box, along = self.space.box, 1 - self.axis
        return float(box.low[along]), float(box.high[along])

    def points(self, at: float) -> NDArray[np.float64]:
        """The curve in which the plane at `at` cuts the surface, (n, 3)."""
        return slice_curve(self.field, (at, at), 1 - self.axis, self.window)

    def claim(self, at: float) -> None:
        """State that the plane and the curve are the cut at `at`."""
        stated(self.plane, upright(self.space, self.axis, at))
        cut = slice_of(self.space, self.field, (at, at), 1 - self.axis, self.window)
        stated(self.curve, cut)

    def lift_front(self, run_time: float) -> mn.Animation:
        """Lift what lies before the plane away; the piece that is lifted is `front`."""
        low, high = self.space.box.low[self.axis], self.space.box.high[self.axis]
        window = (self.at, high) if self.axis == 0 else (low, self.at)
        x, y = (window, None) if self.axis == 0 else (None, window)
        self.front = self.space.surface(self.field, x, y)
        self.trim(self.at)
        away = self.front.copy().shift(2.6 * mn.OUT).set_opacity(0)
        return mn.Transform(self.front, away, run_time=run_time)

    def trim(self, at: float) -> None:
        """Leave only the part of the surface behind `at`."""
        bounds = (None, at) if self.axis == 0 else (at, None)
        self.surface.clip(**{"xy"[self.axis]: bounds})

    def move(
        self, to: float, numbers: CutNumbers, run_time: float, *, trimmed: bool = False
    ) -> mn.Animation:
        """Slide the plane, the cut and its numbers to another place; a trimmed surface follows."""
        start, self.at = self.at, to

        def draw(share: float) -> None:
            now = start + share * (to - start)
            corners = self.plane.points.copy()
            corners[:, self.axis] = now
            self.plane.put(corners)
            self.curve.put(self.points(now))
            self.claim(now)
            if trimmed:
                self.trim(now)
                stated(self.surface, graph_of(self.space, self.field))
            numbers.read(round(now, 2), 0)

        return Drawn(mn.Group(self.space, numbers.numbers), draw, run_time=run_time)


def tangent_at(
    space: Space, field: ScalarField, at: tuple[float, float], *, axis: int, reach: float = REACH
) -> tuple[Curve, Dot3]:
    """The tangent at a point (2,) of a slice, `reach` to each side, and a dot where it touches."""
    wide = float(reach / np.hypot(1.0, field.gradient(at)[axis]))
    touch = draw_touch(space, field, at)
    return draw_tangent(space, field, at, axis, (at[axis] - wide, at[axis] + wide)), touch


def axes_in_the_cut(space: Space, held: float) -> mn.Group:
    """The axes of x and of the height in the plane y = `held`, where the cut's heights are read.

    Those along the edges of the space are nearer to the viewer, so they are seen larger.
    """
    across, away, up = edge_axes(space, corner=(float(space.box.low[0]), held))
    space.remove(*away)
    return mn.Group(*across, *up)


class SliceWalk(SurfaceWalk):
    """A walk of one variable on the cut y = c of a surface, with the tangent at its dot.

    The tangent reaches over x ± `reach`.
    """

    def __init__(
        self, space: Space, name: str, walk: Walk, held: float, *, reach: float = REACH
    ) -> None:
        self.reach, self.held = reach, given("held", held)
        self.tangent = space.line(np.zeros(3), np.ones(3), space.world.theme.tangent)

        def lift(points: NDArray[np.float64]) -> NDArray[np.float64]:
            flat = np.column_stack([points, np.full(len(points), held)])
            return np.column_stack([flat, walk.field.at(points)])

        super().__init__(space, name, walk, lift, trail=False)

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """What it has put into space."""
        return (self.tangent, *super().parts)

    def known(self, k: int) -> Place:
        """Iterate k on the cut."""
        return (self.facts.coordinate(k), self.held, self.facts.value(k))

    def stand_on(self, k: int) -> SliceWalk:
        """Stand on iterate k, with the tangent there."""
        super().stand_on(k)
        self._state(self.known(k), self.facts.slope(k))
        return self

    def stand_between(self, k: int, share: float) -> SliceWalk:
        """Be so far on the way to iterate k, with the tangent there."""
        super().stand_between(k, share)
        x = self.facts.between(k, share)
        self._state(self.known_between(k, share), CurveFacts(self.walk.field).derivative(x))
        return self

    def known_between(self, k: int, share: float) -> Place:
        """The place so far on the way to iterate k, on the cut."""
        x = self.facts.between(k, share)
        return (x, self.held, CurveFacts(self.walk.field).value(x))

    def _state(self, place: Place, slope: Fact) -> None:
        """Let the tangent state where it touches, and its slope."""
        data = {"slope": slope.record(), "along": 0}
        line = Statement("line", "tangent", self.space, (place,), data, drawn=True)
        stated(self.tangent, line)

    def draw(self, k: int, point: NDArray[np.float64]) -> None:
        """Put the dot above x, a point (1,), and the tangent through it."""
        super().draw(k, point)
        (slope,) = self.walk.field.gradient(point)
        along = np.array([1.0, 0.0, float(slope)]) * self.reach / np.hypot(1.0, float(slope))
        (at,) = self.lift(point[None])
        self.tangent.put([at - along, at + along])


def require_story(facts: Facts, field: ScalarField, walk: Walk) -> None:
    """See that every cut y = c is x², lifted by c², and that there are two numbers to choose."""
    for _ in ("variables", "numbers"):
        facts.spelled(dimension(field))
    facts.require("x²", formula(field, "x**2", at={"y": 0.0}))
    facts.require("c²", formula(field, "y**2", at={"x": 0.0}))
    for said in ("Every cut is the same parabola", "only lifted"):
        facts.require(said, separable(field))
    facts.teach("only x moves")
    facts.require("walk down", along(walk, "value", "<"))
