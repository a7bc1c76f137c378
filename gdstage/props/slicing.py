"""What `scenes/slicing.py` shows: a plane that cuts a surface, and a walk along the cut."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np

from gdmath import tangent_line
from gdstage.layout import PANEL, Box
from gdstage.look.printing import typst
from gdstage.look.rounding import shown
from gdstage.look.text import SMALLEST, digits, math, number
from gdstage.look.theme import mix
from gdstage.motion import Drawn
from gdstage.plane.axes import Plane
from gdstage.proof.fact import given
from gdstage.proof.field_facts import FieldFacts as CurveFacts
from gdstage.proof.in_space import FieldFacts, graph_of, on_floor, slice_of, upright
from gdstage.proof.slice import Slice
from gdstage.proof.statement import Statement, line, point, segment, stated, word
from gdstage.proof.truths import along, dimension, formula, separable
from gdstage.space.axes import edge_axes
from gdstage.space.slices import draw_tangent, draw_touch, slice_curve
from gdstage.space.space import DEGREE, Space
from gdstage.walks.readouts import SIZE, Quantity, Readouts
from gdstage.walks.surface_walk import SurfaceWalk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdmath import ScalarField, Walk
    from gdstage.facts import Facts
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact, Place
    from gdstage.space.solids import Curve, Mesh

    Array = NDArray[np.float64]

Window = tuple[float, float]

UP = np.array([0.0, 0.0, 1.0])

OPACITY, GHOST = 0.16, 0.07
"""Of the plane that cuts, and of where it was."""

REACH = 1.2
"""How far the tangent of a walk goes to each side, in the data's units."""

FARTHER = 2.2
"""And so far those of two cuts, which are to be told apart."""

SIDE, SHORT = 1.6, (0.05, 0.05, 0.1)
"""How far the room of the bowl reaches, in the data's units, and how far its axes pass it."""

ASLANT: dict[str, Any] = {
    "theta": -52 * DEGREE, "phi": 70 * DEGREE, "zoom": 0.94, "place": (-2.4, 0.45, 0),
}  # fmt: skip
HEAD_ON = {"theta": -90 * DEGREE, "phi": 86 * DEGREE, "zoom": 1.3, "place": (-2.1, -0.1, 0)}
ACROSS = ASLANT | {"theta": -40 * DEGREE}
"""Where the viewer stands: in front of the planes y = c, right before them, and of the x = c."""

STRAIGHT = tuple(Box(left, left + 1.25, PANEL.bottom + 0.5, -1.06) for left in (2.5, 4.9))
STRAIGHT_WINDOW = (0.0, 2.6), (0.0, 4.8), ((0, 1, 2), (0, 2, 4))
STRAIGHT_ROWS = 1.13, 0.15
"""Where the slices stand that are seen straight on; their windows and ticks; the baselines of what
is said of their slopes (scene units)."""

FOOT, FOOT_DASHES = 4, (8, 17, 5)
"""How broad the lines are that lead down from what roams, and to x and y; in how many dashes."""

BAR, SHARE, UNNAMED, NAMED = 6, 0.4, 0.15, 0.3
"""How broad the upright bar is, at which share of its height its name stands, and how high it is
seen while it has none, and from when on it has (scene units): before, the cut would cross it."""

DECIMALS = 4
PALE, OVER = 0.12, 0.4
"""How far has gone to the ground's colour what stays where the plane was, and words of what is
over; and how far the lines of that."""


class SliceRoom(Space):
    """The space of a surface, its `graph`, and the parts of its `axes`.

    The windows of x, y and the height are the bowl's unless told. It fills the frame but for a
    column at the right.
    """

    def __init__(
        self,
        theme: Theme,
        field: ScalarField,
        x: Window = (-SIDE, SIDE),
        y: Window = (-SIDE, SIDE),
        z: Window = (0.0, 2 * SIDE**2),
    ) -> None:
        super().__init__(theme, x, y, z, size=(5.6, 5.6, 3.1), resolution=96)
        self.camera.set(**ASLANT)
        self.graph = self.surface(field)
        self.axes = [part for axis in edge_axes(self, overhang=SHORT) for part in axis]


class Roamer:
    """A dot on the graph of a field, with its height and its two numbers, x and y.

    Dashed lines go down from it to the floor of a `space`, and on that to the axes of x and of y.
    `numbers` tell both coordinates and the height, the first baseline from (x, y), scene units.
    """

    def __init__(
        self, space: Space, field: ScalarField, at: tuple[float, float], *, x: float, y: float
    ) -> None:
        self.space, self.field, self.at = space, field, at
        theme, facts = space.world.theme, FieldFacts(field)
        self.dot = draw_touch(space, field, at)
        tones = theme.function, theme.ink, theme.ink
        self.lines = [
            space.line(np.zeros(3), np.ones(3), tone, width=FOOT, dashes=count)
            for tone, count in zip(tones, FOOT_DASHES, strict=True)
        ]
        rows = (
            Quantity("x", theme.ink, lambda place, _: given("x", place[0])),
            Quantity("y", theme.ink, lambda place, _: given("y", place[1])),
            Quantity("f(x, y)", theme.function, lambda place, _: facts.height(place)),
        )
        self.numbers = Readouts().rows(rows, x, y, 0.75, decimals=2)
        self.stand(at)

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """What it has put into space, and its numbers."""
        return (self.dot, *self.lines, self.numbers.whole)

    def stand(self, at: tuple[float, float]) -> None:
        """Be above a point (2,)."""
        (x, y), low, high = at, self.space.box.low, self.space.box.high
        self.at, above = at, FieldFacts(self.field).on_surface(at)
        self.dot.put([(x, y, float(self.field(x, y)))])
        stated(self.dot, point(self.space, "touch", above))
        foot, to_x, to_y = map(on_floor, (at, (x, float(low[1])), (float(high[0]), y)))
        for drawn, what, start, end in zip(
            self.lines, ("height", "foot", "foot"), (above, foot, foot), (foot, to_x, to_y),
            strict=True,
        ):  # fmt: skip
            ends = [[low[2] if fact is None else fact.value for fact in p] for p in (start, end)]
            drawn.put(ends)
            stated(drawn, segment(self.space, what, start, end))
        self.numbers.read(at, 0)

    def ride(self, to: tuple[float, float], run_time: float) -> mn.Animation:
        """Go straight to above another point (2,)."""
        start = self.at

        def draw(share: float) -> None:
            x, y = ((1 - share) * one + share * other for one, other in zip(start, to, strict=True))
            self.stand((x, y))

        moved = mn.Group(self.space, self.numbers.numbers)
        return Drawn(moved, draw, run_time=run_time, rate_func=mn.smooth)


def turn_aslant(space: Space, run_time: float) -> Any:
    """Turn a space until it is seen `ASLANT`."""
    animate: Any = space.camera.animate
    return animate(run_time=run_time).set(**ASLANT)


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
        self.bar: Curve | None = None
        danger = space.world.theme.danger
        where = (at, None) if axis == 0 else (None, at)
        self.plane = space.plane(*where, opacity=OPACITY)
        self.curve = space.curve(self.points(at), danger, width=7)
        self.parts = (self.plane, self.curve)
        self.claim(at)

    @property
    def window(self) -> Window:
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
        if self.bar is not None:
            self._raise_bar(self.bar, at)

    def lift(self) -> tuple[Curve, Typeset]:
        """The upright bar under the middle of the cut, which tells how high it is, and its name."""
        theme, field = self.space.world.theme, self.field
        foot = self._middle(self.at)
        self.bar = self.space.line(np.zeros(3), np.ones(3), theme.ink, width=BAR)
        names = {field.variables[self.axis]: "c"}
        code = typst(field.expr.subs(field.variables[1 - self.axis], 0), names)
        name = math(code, size=SIZE, colour=theme.ink)
        self.space.label(name, (*foot, 0.0), away_from=(*foot, 0.0), gap=0.12)
        self._name = self.space.world.labels[-1]
        self.claim(self.at)
        return self.bar, name

    def _middle(self, at: float) -> list[float]:
        """The point (2,) of the floor beneath the middle of the cut at `at`."""
        middle = [0.0, 0.0]
        middle[self.axis] = at
        return middle

    def _raise_bar(self, bar: Curve, at: float) -> None:
        """Put the bar under the cut at `at`, and its name beside that."""
        foot = self._middle(at)
        top = np.array([*foot, float(self.field(*foot))])
        bar.put(np.array([[*foot, self.space.box.low[2]], top]))
        stated(bar, self._height_at(at))
        # On the plane, where it is read in any theme: between its lower edge and the cut.
        beside = bar.points[0] + SHARE * (top - bar.points[0])
        self._name.point, self._name.away_from = beside, beside - self.forth
        seen = float(np.linalg.norm(np.diff(self.space.project(bar.points), axis=0)))
        self._name.mobject.set_opacity(np.clip((seen - UNNAMED) / (NAMED - UNNAMED), 0.0, 1.0))
        self.space.world.place_labels()

    def _height_at(self, at: float) -> Statement:
        foot = self._middle(at)
        above = FieldFacts(self.field).on_surface(foot)
        return segment(self.space, "height", on_floor(foot), above)

    def keep(self) -> list[mn.Mobject]:
        """Leave a plane and its cut behind where they are now, pale; go on with others."""
        theme, at = self.space.world.theme, self.at
        where = (at, None) if self.axis == 0 else (None, at)
        kept = self.space.curve(self.points(at), pale(theme, share=PALE), width=5)
        stated(kept, slice_of(self.space, self.field, (at, at), 1 - self.axis, self.window))
        return [self.space.plane(*where, opacity=GHOST), kept]

    def end(self) -> list[mn.Animation]:
        """Let the plane go, and its cut be over."""
        paler = self.curve.animate.set_fill(pale(self.space.world.theme)).build()
        return [mn.FadeOut(self.plane), paler]

    def name_before(self) -> mn.Mobject:
        """Where it is, pale, on the left of its cut."""
        return self._name_at(
            self.curve.points[0], -self.forth, pale(self.space.world.theme, share=PALE)
        )

    def name_corner(self, *, left: bool = False) -> mn.Mobject:
        """Where it is, over its upper corner at the right, or at the left."""
        corner = self.space.box.high.copy()
        corner[self.axis] = self.at
        if left:
            corner[1 - self.axis] = self.space.box.low[1 - self.axis]
        way = UP + 0.3 * self.forth if left else UP
        return self._name_at(corner, way, self.space.world.theme.danger)

    @property
    def forth(self) -> Array:
        """The direction (3,) along the cut."""
        return np.eye(3)[1 - self.axis]

    def _name_at(self, place: Array, way: Array, colour: str) -> mn.Mobject:
        """Where the plane is, written beside a place (3,), on the side of a way (3,)."""
        held = str(self.field.variables[self.axis])
        text = math(f"{held} {number(self.at)}", size=SMALLEST, colour=colour)
        stated(text, word("number", given(held, self.at)))
        return self.space.label(text, place, away_from=place - way, gap=0.12)

    def lift_front(self, run_time: float) -> mn.Animation:
        """Lift what lies before the plane away; the piece that is lifted is `front`."""
        west, east, south, north = map(float, self.surface.clip_window)
        front = (self.at, east, south, north) if self.axis == 0 else (west, east, south, self.at)
        self.front = self.space.surface(self.field, front[:2], front[2:])
        self.trim(self.at)
        away = self.front.copy().shift(2.6 * mn.OUT).set_opacity(0)
        return mn.Transform(self.front, away, run_time=run_time)

    def trim(self, at: float) -> None:
        """Leave only the part of the surface behind `at`."""
        bounds = (None, at) if self.axis == 0 else (at, None)
        self.surface.clip(**{"xy"[self.axis]: bounds})

    def stand(self, at: float, *, trimmed: bool) -> None:
        """Put the plane and its cut at a place, and there the edge of a trimmed surface."""
        corners = self.plane.points.copy()
        corners[:, self.axis] = at
        self.plane.put(corners)
        self.curve.put(self.points(at))
        self.claim(at)
        if trimmed:
            self.trim(at)
            stated(self.surface, graph_of(self.space, self.field))

    def move(
        self, to: float, numbers: CutNumbers, run_time: float, *, trimmed: bool = False
    ) -> mn.Animation:
        """Slide the plane, the cut and its numbers to another place; a trimmed surface follows."""
        start, self.at = self.at, to

        def draw(share: float) -> None:
            now = start + share * (to - start)
            self.stand(now, trimmed=trimmed)
            numbers.read(round(now, 2), 0)

        return Drawn(mn.Group(self.space, numbers.numbers), draw, run_time=run_time)


def pale(theme: Theme, colour: str = "", share: float = OVER) -> str:
    """A colour, that of cuts unless told, a share of the way to the ground's: of what is over."""
    return mix(colour or theme.danger, theme.ground, share)


def tangent_at(
    space: Space, field: ScalarField, at: tuple[float, float], *, axis: int, over: bool = False
) -> Curve:
    """The tangent at a point (2,) of a slice, pale if that is over."""
    wide = float(FARTHER / np.hypot(1.0, field.gradient(at)[axis]))
    tangent = draw_tangent(space, field, at, axis, (at[axis] - wide, at[axis] + wide))
    if over:
        theme = space.world.theme
        tangent.set_fill(pale(theme, theme.tangent))
    return tangent


def axes_in_the_cut(space: Space, held: float) -> mn.Group:
    """The axes of x and of the height in the plane y = `held`, where the cut's heights are read.

    Those along the edges of the space are nearer to the viewer, so they are seen larger.
    """
    across, away, up = edge_axes(space, corner=(float(space.box.low[0]), held))
    space.remove(*away)
    return mn.Group(*across, *up)


class StraightOn(mn.VGroup):
    """Both slices of a field through a point (2,), seen straight on, and how steep each is there.

    They have the same scales, so that the eye may compare the slopes: a tangent rises by that much
    while it goes on by one. The slice along the first variable is over, so pale.
    """

    def __init__(self, theme: Theme, field: ScalarField, at: tuple[float, float]) -> None:
        super().__init__()
        self.theme = theme
        names = [str(variable) for variable in field.variables]
        for axis, box in enumerate(STRAIGHT):
            free, held = names[axis], names[1 - axis]
            sliced = Slice.where(field, **{held: at[1 - axis]})
            where = ", ".join(free if name == free else f"{at[1 - axis]:g}" for name in names)
            across, up, ticks = STRAIGHT_WINDOW
            plane = Plane(
                theme, box, across, up, x_ticks=ticks[0], y_ticks=ticks[1], x_name=free,
                y_name=f"f({where})",
            )  # fmt: skip
            slope = CurveFacts(sliced).derivative(at[axis])
            code = f"(partial f)/(partial {free})({at[0]:g}, {at[1]:g}) {number(slope.value)}"
            said = theme.tangent if axis else pale(theme, theme.tangent, PALE)
            told = math(code, size=SIZE, colour=said)
            self.add(told.rest(PANEL.left, STRAIGHT_ROWS[axis]))
            colour = theme.danger if axis else pale(theme)
            tint = theme.tangent if axis else pale(theme, theme.tangent)
            tangent = self._tangent(plane, sliced, at[axis], (tint, said))
            self.add(plane, plane.graph(sliced, colour), *tangent)

    def _tangent(
        self, plane: Plane, sliced: Slice, x: float, tints: tuple[str, str]
    ) -> list[mn.VMobject]:
        """The tangent from the point on, the way across, and the rise, with its number.

        The tints are of the lines, and of the number.
        """
        facts, theme = CurveFacts(sliced), self.theme
        here, slope = facts.on_graph(x), facts.derivative(x)
        there = CurveFacts(tangent_line(sliced, x)).on_graph(x + 1.0)
        corner = (there[0], here[1])
        start, foot, top = (
            plane.at(*(float(fact.value) for fact in place if fact))
            for place in (here, corner, there)
        )
        tangent = mn.Line(start, top, color=tints[0], stroke_width=5)
        run = mn.Line(start, foot, color=theme.label, stroke_width=2.5)
        rise = mn.Line(foot, top, color=tints[0], stroke_width=5)
        told = math(digits(shown(slope.value, 6)), size=SMALLEST, colour=tints[1])
        return [
            stated(run, segment(plane, "run", here, corner)),
            stated(tangent, line(plane, "tangent", here, slope)),
            stated(rise, segment(plane, "rise", corner, there)),
            stated(mn.Dot(start, radius=0.08, color=theme.ink), point(plane, "point", here)),
            stated(told, word("number", slope)).next_to(rise, mn.RIGHT, buff=0.1),
        ]


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

    def slide(self, start: float, run_time: float) -> mn.Animation:
        """Slide along the cut from above `start` to the first iterate, with the tangent there."""
        first, facts = float(self.walk.points[0, 0]), CurveFacts(self.walk.field)

        def draw(share: float) -> None:
            if share == 1:
                self.stand_on(0)
                return
            x = start + share * (first - start)
            self.draw(0, np.array([x]))
            place = (given("x", x), self.held, facts.value(x))
            stated(self.dot.release(), point(self.space, "on its way", place))
            self._state(place, facts.derivative(x))

        return Drawn(self.space, draw, run_time=run_time, rate_func=mn.smooth)

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
