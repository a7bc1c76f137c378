"""What `scenes/stationary_points.py` shows: where slopes are 0, and which way surfaces curve."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np
import sympy as sp

from gdmath import Kind, stationary_points
from gdstage.layout import PANEL
from gdstage.look.key import KeyEntry
from gdstage.look.printing import matrix, typst
from gdstage.look.text import Typeset, math, number, tint, words
from gdstage.look.theme import mix
from gdstage.look.ticks import nice_ticks
from gdstage.motion import Drawn
from gdstage.plane.axes import Plane
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.in_space import slice_of, tangent_of
from gdstage.proof.map_facts import SpotFacts
from gdstage.proof.slice import Mixture
from gdstage.proof.statement import point, stated, word
from gdstage.proof.truths import eigenvalue, kind_there, ordered, signs, stationary_sets
from gdstage.space.axes import edge_axes
from gdstage.space.slices import slice_curve, slice_tangent
from gdstage.space.space import DEGREE, Space
from gdstage.walks.badge import Badge
from gdstage.walks.chart import Chart
from gdstage.walks.chart import coordinate as coordinate_of
from gdstage.walks.readouts import Quantity, Readouts
from gdstage.walks.run import Run
from gdstage.walks.space_clip import SpaceClip
from gdstage.walks.stepping import InStep
from gdstage.walks.surface_walk import SurfaceWalk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gdmath import ScalarField, StationaryPoint, Walk
    from gdstage.facts import Facts
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact
    from gdstage.space.solids import Curve, Dot3, Mesh

FLAT = 1e-9
DEPTH = 2.0
MIDDLE = (0.0, 0.0)
ACROSS = (-0.5, 0.5, 1.0)
"""At which x the ridge is cut."""

GHOST_DASHES = 22
TANGENT = 0.22
"""How far a tangent reaches to each side of where it touches, in the data's units."""

CHART = PANEL.within(left=0.2, right=0.75, bottom=0.6, top=3.0)
LEFT, ROWS, UNDER_ROW, LIVE = PANEL.left - 0.25, (2.4, 1.3), 0.5, 2.15
"""Where the panel beside two walks begins, and its baselines: each has its name, and so far under
it its start, then its verdict; how far right of the name its number is (scene units)."""

ASIDE_KEY = 0.38
"""How far right of a key's edge its words are (scene units)."""

BROAD, NARROW, PALE = 9.0, 3.0, 0.3
"""Widths of two ways of which one lies on the other, and how far they are from their dots' colour
to the ground's."""

UNDER = 0.19
"""The radius of a dot that is seen around another one."""

INTO_THE_BOWL: dict[str, Any] = {
    "theta": -62 * DEGREE, "phi": 57 * DEGREE, "zoom": 0.77,
    "centre": (0.0, 0.0, 0.0), "place": (-2.1, 0.2, 0.0),
}  # fmt: skip
OVER_THE_SADDLE = INTO_THE_BOWL | {"phi": 66 * DEGREE, "zoom": 0.84, "place": (-2.1, 0.35, 0.0)}
ALONG_THE_RIDGE = OVER_THE_SADDLE | {
    "theta": -24 * DEGREE, "phi": 54 * DEGREE, "zoom": 0.7, "place": (-2.1, 0.4, 0.0),
}  # fmt: skip
WITHOUT_AXES = ALONG_THE_RIDGE | {"zoom": 0.74, "place": (-2.1, 0.1, 0.0)}
"""When the axes, which reach low, have left, there is room beneath."""

OVERHANG = (0.085, 0.03, 0.03)
"""By which share of a side each axis passes the box: that of x clears the foot of that of y."""

SMALL = {"zoom": 0.47, "theta": INTO_THE_BOWL["theta"], "phi": 60 * DEGREE}
ASIDE, LIFT, SHIFT = 4.4, 1.15, 0.58
"""How far apart three spaces are, how high over the frame's middle, and what rises or hangs from
there is shifted by how much (scene units)."""


def room(theme: Theme, reach: float, *, hangs: bool = False) -> Space:
    """A space over ± `reach` of x and y, for what rises from 0 and also falls, or hangs from 0."""
    window, height = (-reach, reach), 2 * reach**2
    heights = (-height, DEPTH) if hangs else (-DEPTH, height)
    return Space(theme, window, window, heights, size=(6.4, 6.4, 2.9))


class RidgeClip(SpaceClip):
    """A clip of walks over a saddle, whose first steps are taken `together`, and of equations."""

    together: int

    def equation(self, axis: int, field: ScalarField, minus: str = "") -> Typeset:
        """That the slope along an axis is 0."""
        return self.row(1.2 * (axis + 1), level_code(field, axis, minus), self.theme.tangent)

    def figure_of(self, *_: Any) -> Any:
        """Both walks, on the surface and in a chart."""
        return TwoWalks(self.space, self.evidence.walks, self.together)


class Cross:
    """The slices of a surface along x and y through (0, 0), while it turns into another field.

    In between the surface is the mixture of both, whose Hessian is the mixture of theirs. Without a
    `colour` a slice is green where it curves up and red where it curves down; the Hessian must be
    diagonal there, so that its eigenvalues are these curvatures.
    """

    def __init__(
        self, space: Space, surface: Mesh, field: ScalarField, reach: float, colour: str = ""
    ) -> None:
        self.space, self.surface, self.reach, self.colour = space, surface, reach, colour
        self.field = self.goal = field
        theme = space.world.theme
        width = 4 if colour else 8
        self.curves = [space.curve(np.zeros((2, 3)), theme.ink, width=width) for _ in (0, 1)]
        self.draw(0.0)

    def draw(self, share: float) -> None:
        """Be at this share (0…1) of the way from the field to its goal."""
        start, end = (field.hessian(MIDDLE) for field in (self.field, self.goal))
        hessian = start + share * (end - start)
        if abs(hessian[0, 1]) > FLAT:
            raise ValueError(f"Hessian {hessian.tolist()} at {MIDDLE} must be diagonal")
        now = Mixture.between(self.field, self.goal, share)
        for axis, curve in enumerate(self.curves):
            window = (-self.reach, self.reach)
            one, other = (slice_curve(f, MIDDLE, axis, window) for f in (self.field, self.goal))
            curve.put((1 - share) * one + share * other)
            curve.set_fill(self.colour or self._bent(float(hessian[axis, axis])))
            stated(curve, slice_of(self.space, now, MIDDLE, axis, window))

    def turn_into(self, goal: ScalarField) -> mn.Animation:
        """Let the surface become another field's."""
        self.goal = goal

        def draw(share: float) -> None:
            self.surface.set_field(Mixture.between(self.field, goal, share))
            self.draw(share)

        return Drawn(self.space, draw, rate_func=mn.smooth)

    def _bent(self, value: float) -> str:
        theme = self.space.world.theme
        if abs(value) < FLAT:
            return theme.ink
        return theme.minimum if value > 0 else theme.danger


class Stage:
    """A `space` with a field's surface, its slices to come (`cross`), and the parts of its axes.

    Slices across a ridge are its `falls`, once it is cut.
    """

    def __init__(self, theme: Theme, field: ScalarField, reach: float) -> None:
        self.space = room(theme, reach)
        self.space.camera.set(**INTO_THE_BOWL)
        surface = self.space.surface(field)
        self.cross = Cross(self.space, surface, field, reach, theme.tangent)
        self.axes = [part for axis in edge_axes(self.space, overhang=OVERHANG) for part in axis]
        self.falls: list[Curve] = []

    def cut_the_ridge(self, field: ScalarField) -> list[mn.Animation]:
        """Draw the ridge, then slices along y through points of it: it falls away on both sides."""
        space, window = self.space, (-self.cross.reach, self.cross.reach)
        ridge = space.curve(
            slice_curve(field, (0.0, 0.0), 0, window), space.world.theme.ink, width=3
        )
        self.falls = [stated(ridge, slice_of(space, field, (0.0, 0.0), 0, window))]
        for x in ACROSS:
            points = slice_curve(field, (x, 0.0), 1, window)
            curve = space.curve(points, space.world.theme.danger, width=3.5)
            self.falls.append(stated(curve, slice_of(space, field, (x, 0.0), 1, window)))
        return [mn.Create(curve) for curve in self.falls]


class Leveller:
    """A tangent along an axis that rolls down until it is level, then goes along where it stays so.

    It draws the slice of a cross where the slope along the axis is 0, and rests over (0, 0).
    """

    def __init__(self, cross: Cross, axis: int) -> None:
        self.space, self.field, self.axis, self.reach = cross.space, cross.field, axis, cross.reach
        self.line = cross.curves[1 - axis]
        # The near edges are x high and y low; there nothing hides the tangent.
        self.near = self.reach if axis else -self.reach
        self.tangent = self.space.curve(np.zeros((2, 3)), self.space.world.theme.tangent, width=8)
        self.line.reveal = np.zeros(2)
        self.space.remove(self.tangent)

    def roll(self, run_time: float) -> mn.Animation:
        """Roll down along the near edge."""
        self.space.add(self.tangent)
        return Drawn(
            self.space,
            lambda share: self._touch((share - 1) * (self.reach - TANGENT), self.near),
            run_time=run_time,
        )

    def sweep(self, run_time: float) -> mn.Animation:
        """Go to the far edge, and back to the middle."""

        def draw(share: float) -> None:
            way = 3 * share
            self._touch(0.0, self.near * (1 - way if way < 2 else way - 3))
            drawn = min(way / 2, 1.0)
            self.line.reveal = np.array([1 - drawn, 1.0] if self.axis else [0.0, drawn])

        return Drawn(self.space, draw, run_time=run_time)

    def _touch(self, own: float, other: float) -> None:
        at = (other, own) if self.axis else (own, other)
        window = (own - TANGENT, own + TANGENT)
        self.tangent.put(slice_tangent(self.field, at, self.axis, window))
        stated(self.tangent, tangent_of(self.space, self.field, at, self.axis))


def level_code(field: ScalarField, axis: int, minus: str = "") -> str:
    """That the slope along an axis is 0, in Typst's mathematics; a minus in a colour if told."""
    name = field.variables[axis]
    slope = with_minus(typst(field.partial(name).expr), minus)
    return f"(partial f)/(partial {name}) = {slope} = 0"


def with_minus(code: str, colour: str) -> str:
    """A formula with its last minus in a colour, if one is told."""
    before, sign, after = code.rpartition("-")
    return f"{before}{tint(sign, colour)}{after}" if sign and colour else code


def place_code(found: StationaryPoint) -> str:
    """Where a stationary point is, in Typst's mathematics."""
    return f"(x, y) = ({', '.join(typst(c) for c in found.point)})"


def restate_spot(spot: Dot3, space: Space, field: ScalarField, found: StationaryPoint) -> None:
    """Let a dot that stays where it is stand for the stationary point of another field."""
    place = SpotFacts(field, found.point, found.kind.name).on_surface()
    stated(spot, point(space, found.kind.value, place))


class TwoWalks(InStep):
    """Two walks on one surface that step together, and in a `chart` the y of each.

    The first of `walks`, by name, is the shorter one, which stays where it ends. Its way and dot
    are broader, so that both are seen where they are in one place. The chart shows the first steps,
    `together`, until it is to show all.
    """

    def __init__(self, space: Space, walks: Mapping[str, Walk], together: int) -> None:
        theme, self.space = space.world.theme, space
        told = [(*walk, colour) for walk, colour in zip(walks.items(), colours(theme), strict=True)]
        figures = [SurfaceWalk(space, name, walk, colour=hue) for name, walk, hue in told]
        for figure, width in zip(figures, (BROAD, NARROW), strict=True):
            figure.line.line_width = width
            figure.line.set_color(mix(figure.dot.get_color().to_hex(), theme.ground, PALE))
        for disc in figures[0].discs:
            disc.disc_radius += UNDER - figures[1].dot.disc_radius
        super().__init__(*reversed(figures))
        self.runs = [Run(name, "", walk, colour) for name, walk, colour in told]
        self.chart = self._chart_of(together)

    def show_all(self, k: int) -> mn.Group:
        """The chart in which all of their steps have room, drawn as far as k; it goes on there."""
        self.chart = self._chart_of(self.walk.stopped_at)
        self.lines.draw_to(k)
        return self.chart

    def _chart_of(self, steps: int) -> mn.Group:
        """A chart with room for so many steps."""
        walk = self.walk
        low, high = sorted((-0.25 * walk.points[steps, 1], 1.1 * walk.points[steps, 1]))
        plane = Plane(
            self.space.world.theme, CHART, (0.0, 1.1 * steps), (low, high),
            x_ticks=nice_ticks(0, steps, most=4), y_ticks=nice_ticks(low, high, most=2),
            x_name="k", y_name="y_k",
        )  # fmt: skip
        self.lines = Chart(plane, self.runs, coordinate_of(1))
        return mn.Group(plane, self.lines)

    @property
    def in_space(self) -> tuple[mn.Mobject, ...]:
        """All that it draws in the space."""
        return tuple(part for figure in self.figures for part in figure.parts)

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """All that it draws."""
        return (*self.in_space, self.chart)

    @property
    def moving(self) -> tuple[mn.Mobject, ...]:
        """What a step changes."""
        return (self.space, self.lines)

    def stand_on(self, k: int) -> None:
        """Stand on iterate k."""
        for figure in self._walking(k):
            figure.stand_on(k)
        self.lines.draw_to(k)

    def stand_between(self, k: int, share: float) -> None:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k."""
        for figure in self._walking(k):
            figure.stand_between(k, share)
        self.lines.draw_to(k - 1 + share)

    def leave_behind(self, k: int) -> None:
        """Turn iterate k into the past."""
        for figure in self._walking(k + 1):
            figure.leave_behind(k)

    def _walking(self, k: int) -> list[SurfaceWalk]:
        return [figure for figure in self.figures if k <= figure.walk.stopped_at]


def colours(theme: Theme) -> tuple[str, str]:
    """Of the walk that stays, and of the one that goes on."""
    return theme.crowd[5], theme.iterate


class Pair(Readouts):
    """Of two walks, by name, the names in their colours and live y_k, one under the other.

    The number of one that has ended stays.
    """

    def __init__(self, theme: Theme, walks: Mapping[str, Walk]) -> None:
        super().__init__()
        self.walks = walks
        for (name, walk), colour, y in zip(walks.items(), colours(theme), ROWS, strict=True):
            self.add(KeyEntry(colour, name, LEFT, y, size=32))
            own = Quantity("y_k", colour, partial(_last_y, walk))
            self.put(own, LEFT + LIVE, y, size=32, decimals=4)

    def starts(self, theme: Theme) -> list[Typeset]:
        """At which y each starts, under its name."""
        lines = []
        for walk, colour, y in zip(self.walks.values(), colours(theme), ROWS, strict=True):
            known = WalkFacts(walk).coordinate(0, 1)
            code = f'"start" y_(0) {number(known.value)}'
            text = math(code, size=32, colour=colour).rest(LEFT + ASIDE_KEY, y - UNDER_ROW)
            lines.append(stated(text, word("number", known)))
        return lines

    def verdicts(self, theme: Theme) -> list[Badge]:
        """What becomes of each, under its name."""
        places = zip(self.walks.values(), ROWS, strict=True)
        return [Badge(theme, walk, x=LEFT, y=y - UNDER_ROW) for walk, y in places]


def _last_y(walk: Walk, _: Walk, k: int) -> Fact:
    """The y of iterate k of a walk, or of its last."""
    return WalkFacts(walk).coordinate(min(k, walk.stopped_at), 1)


def ghost_of(space: Space, field: ScalarField, reach: float) -> Curve:
    """The slice along y of a field through (0, 0), pale and dashed: as it was before it changed."""
    window = (-reach, reach)
    points, grey = slice_curve(field, MIDDLE, 1, window), space.world.theme.label
    ghost = space.curve(points, grey, width=4, dashes=GHOST_DASHES)
    return stated(ghost, slice_of(space, field, MIDDLE, 1, window))


class Three:
    """A surface that moves to the middle, while two others come out of it, to the left and right.

    `fields` are the three, the surface is that of the second; its slices are the `middle`, in the
    colours of their curvatures. `behind` are the spaces of the others. `rows` are the words below,
    line by line, each for all three.
    """

    def __init__(self, cross: Cross, fields: Sequence[ScalarField]) -> None:
        space, reach, own = cross.space, cross.reach, fields[1]
        theme = space.world.theme
        self.fields, self.middle = fields, Cross(space, cross.surface, own, reach)
        self.behind = [room(theme, reach), room(theme, reach, hangs=True)]
        sides = [Cross(other, other.surface(own), own, reach) for other in self.behind]
        self.crosses = [sides[0], self.middle, sides[1]]
        columns = [_told(theme, field, x) for field, x in zip(fields, self._places(), strict=True)]
        self.rows = list(zip(*columns, strict=True))

    def begin(self) -> list[Any]:
        """Draw the middle's slices, while the surface comes lower: it has no axes any more."""
        lower = self.middle.space.camera.animate.set(**WITHOUT_AXES)
        return [lower, *(mn.Create(curve) for curve in self.middle.curves)]

    def spread(self) -> list[Any]:
        """Let the three surfaces part and become their own fields'."""
        moves: list[Any] = []
        for other in self.behind:
            other.camera.points = self.middle.space.camera.points.copy()
        for cross, field, x in zip(self.crosses, self.fields, self._places(), strict=True):
            lift = LIFT - SHIFT * np.sign(field(cross.reach, cross.reach))
            view = SMALL | {"place": (x, lift, 0.0)}
            moves.append(cross.space.camera.animate.set(**view))
            moves.append(cross.turn_into(field))
        return moves

    def _places(self) -> tuple[float, float, float]:
        return (-ASIDE, 0.0, ASIDE)


def _told(theme: Theme, field: ScalarField, x: float) -> list[mn.Mobject]:
    """Formula, Hessian, its eigenvalues and the kind of a field's stationary point, around x."""
    (found,) = stationary_points(field).points
    hessian = hessian_at(field, found)
    formula = _row(x, -0.8, f"f(x, y) = {typst(field.expr)}", theme.function)
    stated(formula, word("formula", field=field))
    values = mn.VGroup()
    for i, aside in enumerate((-0.95, 0.95)):
        fact = eigenvalue(field, [float(c) for c in found.point], i)
        colour = theme.minimum if fact.value > 0 else theme.danger
        value = sorted(hessian.eigenvals(multiple=True))[i]
        text = _row(x + aside, -2.25, f"lambda_{i + 1} = {typst(value)}", colour)
        values.add(stated(text, word("number", fact)))
    tones = {Kind.MINIMUM: theme.minimum, Kind.MAXIMUM: theme.danger}
    colour = tones.get(found.kind, theme.tangent)
    kind = words(f"a {found.kind.value}", size=36, colour=colour, bold=True)
    known = kind_there(field, MIDDLE, found.kind.name).put(f"a {found.kind.value}")
    stated(kind, word("remark", known))
    return [
        formula,
        _row(x, -1.55, f"H = {matrix(hessian)}", theme.ink),
        values,
        kind.rest(x, -2.9, anchor="centre"),
    ]


def hessian_at(field: ScalarField, found: StationaryPoint) -> sp.Matrix:
    """The exact Hessian (2, 2) of a field at a stationary point."""
    at = dict(zip(field.variables, found.point, strict=True))
    return sp.hessian(field.expr, field.variables).subs(at)


def _row(x: float, y: float, code: str, colour: str) -> Typeset:
    return math(code, size=34, colour=colour).rest(x, y, anchor="centre")


def require_story(facts: Facts, bottom: SpotFacts, flat: SpotFacts, hill: ScalarField) -> None:
    """See that one field has one stationary point, a minimum, and the other one, a saddle.

    And that the walk "on the ridge" ends at that saddle, and the `hill` has a maximum.
    """
    for _ in ("title", "caption"):
        facts.level(bottom)
    facts.require("one point", stationary_sets(flat.field, points=True, curves=True, value=1))
    end, name = facts.end_of("on the ridge"), "on the ridge"
    for said in ("can stop", "ends at the saddle"):
        facts.fate(name, said)
    for said in ("a saddle", "the saddle", "no minimum"):
        facts.say(end.kind(), said)
    nothing = given("level", 0.0)
    one, other = (eigenvalue(flat.field, flat.near, i) for i in (0, 1))
    facts.say(signs(one, other), "of two signs at a saddle")
    facts.say(kind_there(flat.field, flat.near, "SADDLE"), "a saddle")
    least = eigenvalue(bottom.field, bottom.near, 0)
    facts.require("both positive at a minimum", ordered(">", least, nothing))
    facts.say(kind_there(bottom.field, bottom.near, "MINIMUM"), "a minimum")
    most = eigenvalue(hill, MIDDLE, 1)
    facts.require("both negative at a maximum", ordered("<", most, nothing))
    facts.say(kind_there(hill, MIDDLE, "MAXIMUM"), "a maximum")
