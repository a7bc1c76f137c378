"""What `scenes/gradient_vector.py` shows: a deep floor, slopes that lie down, arrows on it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np
import sympy as sp

from gdmath import tangent_line, tangent_plane
from gdstage.layout import FIGURE, PANEL, PICTURE
from gdstage.look.printing import typst
from gdstage.look.rounding import shown
from gdstage.look.text import SMALLEST, digits, math, words
from gdstage.look.theme import mix, rgb
from gdstage.motion import Drawn
from gdstage.plane.axes import Plane
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.field_facts import FieldFacts as SliceFacts
from gdstage.proof.in_space import FieldFacts, arrows, chosen, on_floor, tangent_of
from gdstage.proof.map_facts import SpotFacts
from gdstage.proof.slice import Slice
from gdstage.proof.statement import line, point, segment, stated, trail, word
from gdstage.proof.truths import along, nowhere, ordered
from gdstage.space.axes import edge_axes
from gdstage.space.fitting import fit_into
from gdstage.space.floor import Floor
from gdstage.space.slices import draw_slice, slice_tangent
from gdstage.space.solids import FloorLines
from gdstage.space.space import DEGREE, Space
from gdstage.walks.readouts import column
from gdstage.walks.stepping import InStep
from gdstage.walks.surface_walk import SurfaceWalk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike, NDArray

    from gdmath import ScalarField, Walk
    from gdstage.facts import Facts
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact, Place
    from gdstage.space.solids import Arrow3, Curve

ARROW_WIDTH, BARB = 3.0, 0.22

LABEL_SIZE = 32
BACK, RUN = 0.9, 1.0
"""How far a tangent goes back and forth from where it touches: it rises by the slope."""

WINDOW, DEPTH, TOP = 4.0, -10.0, 25.0
REACH, NEAR = 3.5, 0.0
"""How far the surface goes, and from where on one sees it from close by."""

CLOSER, ASIDE = 2.6, np.array([0.9, 0.6, 0.0])
"""How many times larger that is, and how far from the figure's middle the point is then."""

LEVELS = 8
LATTICE = (-3, -1, 1, 3)
"""Coordinates of the points at which there are arrows; none is cut by the border of the floor."""

CLOSE_UP = (1.0, 4.0), (2.0, 5.0)
"""What is seen of the floor when the vector is built."""

OVERHANG = (0.1, 0.14, 0.04)
"""By which share of a side each axis seen aslant passes the box: that of x clears the foot of that
of y, whose name is clear of an arrow's."""

RING = 8
"""So many arrows stay behind on a contour."""

BETWEEN = -56 * DEGREE
"""In which direction from the bottom there is room between arrows, for numbers."""

BEYOND = 0.6
"""Of a step, where its name stands."""

SIGN = 0.5
"""How long the sides of a right angle's sign are, in the data's units."""

PROFILE = PANEL.within(left=0.55, right=0.75, bottom=1.05, top=3.0)
PROFILE_WINDOWS = (-0.6, 4.2), (-4.0, 16.0)
"""Where the slice is drawn beside the map, and its windows."""

# What the viewer does: look at the slopes, then straight down.
ASLANT: dict[str, Any] = {"theta": -53 * DEGREE, "phi": 62 * DEGREE}
FROM_ABOVE: dict[str, Any] = {
    "theta": -90 * DEGREE, "phi": 0.0, "zoom": 0.83,
    "place": (float(FIGURE.middle[0]), -0.15, 0.0),
}  # fmt: skip


LAST = mn.squish_rate_func(mn.smooth, 0.78, 1)
"""What lies on the floor comes when one sees it from so far that it is clear of the words."""


class BowlOverDepth(Space):
    """The space of a surface, its `graph`, far above a `floor` with contours: both are seen.

    One of the contours goes through the point `at`; where that is no neighbour, there are `arrows`,
    `scale` times as long as the gradients. `part` is the window of the surface, `ground` what lies
    on the floor. The axes seen aslant are `axis_parts`; from above there are others of x and y,
    `flat_axes`, which are to come.
    """

    def __init__(
        self, theme: Theme, field: ScalarField, at: tuple[float, float], scale: float
    ) -> None:
        window = (-WINDOW, WINDOW)
        super().__init__(theme, window, window, (DEPTH, TOP), size=(6.4, 6.4, 3.2), **ASLANT)
        fit_into(self, FIGURE.within(left=0.6, right=0.2, bottom=0.3, top=0.2), overhang=0.05)
        self.aslant = self.camera.points.copy()
        self.part, self.at = (-REACH, REACH), at
        self.graph = self.surface(field, x=self.part, y=self.part)
        self.floor = Floor(self, scale)
        self.ground = [self.contours(field, levels_of(field, at), width=2.0), self.floor.border()]
        aslant = edge_axes(self, overhang=OVERHANG)
        flat = edge_axes(self, corner=(-WINDOW, -WINDOW), overhang=3 * (0.04,))
        self.axis_parts, self.flat_axes, unseen = (
            [part for axis in axes for part in axis] for axes in (aslant, flat[:2], flat[2:])
        )
        self.remove(*self.flat_axes, *unseen)
        faint = mix(theme.tangent, theme.ground, 0.45)
        # Not in the quarter of the point, where its own arrow goes.
        free = [p for p in product(LATTICE, LATTICE) if (np.multiply(p, at) < 0).any()]
        self.arrows = GradientArrows(self.floor, field, free, faint)
        self.field = field

    def come_close(self) -> list[mn.Animation]:
        """Come close to the point on the surface."""
        x, y = self.at
        camera = self.camera.animate.set(
            zoom=CLOSER * self.camera.zoom,
            centre=(x, y, float(self.field(x, y))),
            place=FIGURE.middle + ASIDE,
        )
        part = self.graph.animate.clip(x=(NEAR, None), y=(NEAR, None))
        return [camera.build(), part.build()]

    def look_down(self, run_time: float) -> mn.Animation:
        """Be seen from above; it turns first and tilts later, so as to stay in its place."""
        above = self.aslant.copy()
        for which, name in enumerate(("theta", "phi", "zoom")):
            above[0, which] = FROM_ABOVE[name]
        above[2] = FROM_ABOVE["place"]
        return self._look(above, run_time, turn=1 / 2, tilt=2)

    def look_aslant(self, run_time: float) -> mn.Animation:
        """Be seen aslant again; it tilts first."""
        return self._look(self.aslant, run_time, turn=2, tilt=1 / 2)

    def _look(
        self, end: NDArray[np.float64], run_time: float, turn: float, tilt: float
    ) -> mn.Animation:
        camera, start = self.camera, self.camera.points.copy()

        def draw(share: float) -> None:
            camera.points = start + share**tilt * (end - start)
            camera.theta = float(start[0, 0] + share**turn * (end - start)[0, 0])

        return Drawn(self, draw, run_time=run_time, rate_func=mn.smooth)

    def level_through(self, at: tuple[float, float]) -> FloorLines:
        """The contour through a point (2,), as the others are not."""
        level, colour = float(self.field(*at)), self.world.theme.function
        return self.contours(self.field, [level], colour=colour, width=4.5)

    def numbers(self, at: tuple[float, float]) -> list[mn.Mobject]:
        """The heights of the contours up to that through a point, where no arrows are.

        They belong to the space.
        """
        level, labels = float(self.field(*at)), []
        for height in levels_of(self.field, at):
            if height > level:
                break
            place = _turned(BETWEEN, np.array([np.sqrt(height), 0.0]))
            known = FieldFacts(self.field).height(place)
            text = math(digits(shown(known.value, 2)), size=SMALLEST, colour=self.world.theme.label)
            stated(text, word("number", known))
            labels.append(self.label(text, self.floor.at(place), away_from=self.floor.at([0, 0])))
        return labels


def levels_of(field: ScalarField, at: tuple[float, float]) -> list[float]:
    """The heights of contours, evenly apart, one of them that of a point."""
    return list(np.arange(field(*at) % LEVELS, 2 * WINDOW**2, LEVELS))


class CloseUp(Space):
    """The floor around a point, large, with the gradient there and its two components.

    `parts` is what comes when it is large: axes and labels.
    """

    def __init__(
        self, theme: Theme, field: ScalarField, at: tuple[float, float], scale: float
    ) -> None:
        x, y = CLOSE_UP
        side = PICTURE.height - 1.0
        super().__init__(
            theme, x, y, (DEPTH, TOP), size=(side, side, 1e-3),
            place=FROM_ABOVE["place"][:2], theta=-90 * DEGREE, phi=0.0,
        )  # fmt: skip
        self.floor, facts = Floor(self, scale), FieldFacts(field)
        levels = [level for level in levels_of(field, at) if level < field(x[1], y[1])]
        self.contours(field, levels, width=3.0)
        self.floor.border()
        stated(self.dot(self.floor.at(at), theme.ink, 0.13), point(self, "foot", on_floor(at)))
        gradient = field.gradient(at)
        self.components, labels = [], []
        for axis, part in enumerate(np.diag(gradient)):
            arrow = self.floor.vector(at, part, theme.tangent, width=7.0)
            tip = facts.arrow_end(at, scale, (axis,))
            self.components.append(stated(arrow, segment(self, "component", on_floor(at), tip)))
            # Clear of the contour through the point: beside one arrow, under the tip of the other.
            share, aside = ((1.0, [-0.5, 1, 0]), (0.5, [1, 0, 0]))[axis]
            place = self.floor.at(np.array(at) + share * scale * part)
            text = slope_label(theme, field, at, axis)
            labels.append(self.label(text, place, away_from=place + aside, gap=0.14))
        *flat, upright = edge_axes(self, overhang=3 * (0.04,))
        self.axes = [part for axis in flat for part in axis]
        self.labels = labels
        self.remove(*self.axes, *upright, *labels)
        self.large = self.camera.points.copy()

    def gradient(self, field: ScalarField, at: tuple[float, float]) -> tuple[Arrow3, mn.Mobject]:
        """The arrow of the gradient, and its name at its tip."""
        theme = self.world.theme
        probe = Probe(self.floor, field, at, theme.tangent)
        return probe.arrow, probe.name()

    def lie_on(self, other: BowlOverDepth) -> mn.Animation:
        """Be as small as on another floor that is seen from above, and grow."""
        camera, middle = self.camera, np.mean(CLOSE_UP, axis=1)
        there, small = other.project(other.floor.at(middle)), self.large.copy()
        side = other.project(other.floor.at(np.add(middle, [(0, 0), (1, 0)])))[:, 0]
        small[0, 2] = float(np.diff(side)[0]) * np.diff(CLOSE_UP[0])[0] / self.box.size[0]
        small[2] = there
        camera.points = small

        def draw(share: float) -> None:
            camera.points = small + share * (self.large - small)

        return Drawn(camera, draw, rate_func=mn.smooth)


def slope_label(theme: Theme, field: ScalarField, at: tuple[float, float], axis: int) -> mn.Mobject:
    """How steep a field is at a point along an axis, in words."""
    known = FieldFacts(field).slope(at, axis)
    text = words(
        f"{shown(known.value, 2)} along {field.variables[axis]}",
        size=LABEL_SIZE, colour=theme.tangent,
    )  # fmt: skip
    return stated(text, word("number", known))


class WalkOverFloor(InStep):
    """A walk on the surface, `above`, and on the floor, `below`; the latter is not yet there."""

    def __init__(self, space: BowlOverDepth, name: str, walk: Walk) -> None:
        self.above = SurfaceWalk(space, name, walk)
        self.below = SurfaceWalk(space, name, walk, space.floor.at, floor=True)
        space.remove(*self.below.parts)
        super().__init__(self.above, self.below)


def scale_key(theme: Theme, scale: float) -> Typeset:
    """How long arrows are drawn, in words."""
    said = f"arrows drawn at {sp.nsimplify(scale)} of their length"
    return words(said, size=SMALLEST, colour=theme.label)


def steepness_code(field: ScalarField) -> str:
    """The length of the gradient as a formula, in Typst's mathematics."""
    slopes = [field.partial(name).expr for name in field.variables]
    return f"abs(nabla f) = {typst(sp.sqrt(sum(slope**2 for slope in slopes)))}"


def nabla_codes(field: ScalarField, at: tuple[float, float]) -> tuple[str, str]:
    """The gradient, a column, as a formula and at a point, in Typst's mathematics."""
    general = column(*(typst(field.partial(name).expr) for name in field.variables))
    slopes = [shown(float(slope), 2) for slope in field.gradient(at)]
    equals = "approx" if any(slope.relation == "≈" for slope in slopes) else "="
    there = f"nabla f({at[0]:g}, {at[1]:g}) {equals} {column(*map(digits, slopes))}"
    return f"nabla f = {general}", there


class GradientArrows:
    """The gradients of a field at points (n, 2) of a floor, all as one set of lines on it.

    Every arrow is one line: out to the tip, and from there the two barbs of the head. So many
    arrows as parts of their own would each cost time in every frame.
    """

    def __init__(self, floor: Floor, field: ScalarField, points: ArrayLike, colour: str) -> None:
        self.floor, self.field = floor, field
        self.points = np.asarray(points, dtype=float)
        self.vectors = floor.scale * field.gradient(self.points)
        colours = np.tile(rgb(colour), (len(self.points), 1))
        self.lines = FloorLines(floor.space.world, self._arrows(0.0), colours, ARROW_WIDTH)
        floor.space.add(self.lines)
        self.draw(0.0)

    def draw(self, share: float) -> None:
        """Draw the arrows at this share (0…1) of their length."""
        self.lines.put(np.concatenate(self._arrows(share)))
        self.lines.set_fill(opacity=float(share > 0))
        times = share * self.floor.scale
        stated(self.lines, arrows(self.floor.space, self.field, self.points, times))

    def grow(self, run_time: float) -> mn.Animation:
        """Let all arrows grow from their points."""
        return Drawn(self.floor.space, self.draw, run_time=run_time, rate_func=mn.smooth)

    def _arrows(self, share: float) -> list[NDArray[np.float64]]:
        ways = share * self.vectors
        lengths = np.linalg.norm(ways, axis=1, keepdims=True)
        back = -ways / np.where(lengths > 0, lengths, 1) * np.minimum(BARB, 0.5 * lengths)
        aside = 0.5 * back @ np.array([[0.0, 1.0], [-1.0, 0.0]])
        tips = self.points + ways
        corners = (self.points, tips, tips + back + aside, tips, tips + back - aside)
        return list(self.floor.at(np.stack(corners, axis=1)))


class Probe:
    """An arrow on a floor that shows the gradient of a field at a point (2,), wherever it is.

    It may be turned by an angle and scaled; `steepness` is the gradient's own length.
    """

    def __init__(self, floor: Floor, field: ScalarField, at: ArrayLike, colour: str) -> None:
        self.floor, self.field = floor, field
        self.point = np.asarray(at, dtype=float)
        self.turn, self.scale = 0.0, 1.0
        self.arrow = floor.vector(at, field.gradient(at), colour, width=6.0)
        self.ghosts: list[mn.Mobject] = []
        self.sign = floor.right_angle(at, field.gradient(at), SIGN, floor.space.world.theme.ink)
        floor.space.remove(self.sign)
        self._claim()

    @property
    def steepness(self) -> Fact:
        """The length of the gradient where it stands."""
        return FieldFacts(self.field).steepness(self.point)

    def draw(self) -> None:
        """Draw the arrow as it is now."""
        turned = _turned(self.turn, self.field.gradient(self.point))
        self.arrow.put(self.floor.ends(self.point, self.scale * turned))
        self._claim()

    def leave_behind(self, at: ArrayLike) -> None:
        """Leave an arrow at a point (2,)."""
        theme, point = self.floor.space.world.theme, np.asarray(at, dtype=float)
        colour = mix(theme.tangent, theme.ground, 0.12)
        ghost = self.floor.vector(point, self.field.gradient(point), colour, width=5.0)
        end = FieldFacts(self.field).arrow_end(point, self.floor.scale)
        start = on_floor(point)
        self.ghosts.append(stated(ghost, segment(self.floor.space, "gradient", start, end)))

    def drag_round(self, run_time: float) -> mn.Animation:
        """Drag it once round the bottom at (0, 0), with the sign of the right angle.

        Some arrows stay behind.
        """
        start = self.point

        def draw(share: float) -> None:
            # A little later than it was there: the two would be one blot.
            while len(self.ghosts) < RING * share - 0.4:
                self.leave_behind(_turned(2 * np.pi * len(self.ghosts) / RING, start))
            self.point = _turned(2 * np.pi * (share % 1), start)
            self.draw()
            along = SIGN * self.field.gradient(self.point) / self.steepness.value
            across = _turned(np.pi / 2, along)
            corner = self.point + np.array([across, across + along, along])
            self.sign.put(self.floor.at(corner))
            stated(self.sign, trail(self.floor.space, map(on_floor, corner), "right angle"))

        return self._animation(draw, run_time)

    def shrink(self, places: Sequence[ArrayLike], run_time: float) -> mn.Animation:
        """Move it from the first of places (2,) to the last, the bottom at (0, 0).

        At each, evenly apart, an arrow stays behind, with its gradient's length.
        """
        stops = [np.asarray(place, dtype=float) for place in places]
        start, end, pieces = stops[0], stops[-1], len(stops) - 1
        self.ghosts = []

        def draw(share: float) -> None:
            while stops and share * pieces >= pieces + 1 - len(stops) - 1e-9:
                at = stops.pop(0)
                if at.any():
                    self.leave_behind(at)
                else:
                    self.ghosts.append(self._foot())
                self.ghosts.append(self._length_at(at))
            self.point = start + share * (end - start)
            self.draw()

        return self._animation(draw, run_time)

    def _foot(self) -> mn.Mobject:
        """A dot at the bottom."""
        space = self.floor.space
        dot = space.dot(self.floor.at([0.0, 0.0]), space.world.theme.tangent, 0.07)
        return stated(dot, point(space, "foot", on_floor((0.0, 0.0))))

    def _length_at(self, at: NDArray[np.float64]) -> mn.Mobject:
        """How long the gradient at a point (2,) is, beneath it."""
        space, known = self.floor.space, FieldFacts(self.field).steepness(at)
        told = digits(shown(known.value, 2))
        text = math(told, size=SMALLEST, colour=space.world.theme.tangent)
        place, above = self.floor.at(at), self.floor.at(np.add(at, (0, 1)))
        return space.label(stated(text, word("number", known)), place, away_from=above, gap=0.16)

    def slide(self, to: ArrayLike, run_time: float) -> mn.Animation:
        """Move it straight to a point (2,)."""
        start, end = self.point, np.asarray(to, dtype=float)

        def draw(share: float) -> None:
            self.point = start + share * (end - start)
            self.draw()

        return self._animation(draw, run_time)

    def go_back(self, to: ArrayLike) -> None:
        """Be at a point (2,) again."""
        self.point = np.asarray(to, dtype=float)
        self.draw()

    def stay(self) -> tuple[mn.Mobject, mn.Mobject]:
        """Leave an arrow with its name where it is, and be on top of it."""
        self.leave_behind(self.point)
        return self.ghosts[-1], self.name()

    def name(self) -> mn.Mobject:
        """The name of the gradient, at the tip of it where it stands now."""
        space, at = self.floor.space, self.point
        start, tip = self.floor.ends(at, self.field.gradient(at))
        name = math("nabla f", size=LABEL_SIZE, colour=space.world.theme.tangent)
        return space.label(stated(name, word("label")), tip, away_from=start, gap=0.12)

    def become_step(self, rate: float, run_time: float) -> mn.Animation:
        """Turn it to the gradient's opposite, as long as a step at a rate, in a step's colour."""
        theme = self.floor.space.world.theme
        begin, end = np.array([self.turn, self.scale]), np.array([np.pi, rate / self.floor.scale])

        def draw(share: float) -> None:
            self.turn, self.scale = begin + share * (end - begin)
            self.arrow.set_fill(mix(theme.tangent, theme.iterate, share))
            self.draw()

        return self._animation(draw, run_time)

    def step_name(self) -> mn.Mobject:
        """What it is when it is a step, beside it, between two contours."""
        space, (start, tip) = self.floor.space, self.arrow.points
        name = words("step", size=SMALLEST, colour=space.world.theme.iterate)
        middle = start + BEYOND * (tip - start)
        aside = np.array([*_turned(np.pi / 2, (tip - start)[:2]), 0.0])
        return space.label(stated(name, word("label")), middle, away_from=middle - aside, gap=0.12)

    def _claim(self) -> None:
        """State that it is the gradient, turned so far, so many times as long."""
        times = self.floor.scale * self.scale
        end = FieldFacts(self.field).arrow_end(self.point, times, turn=self.turn)
        what = {0.0: "gradient", np.pi: "opposite"}.get(self.turn, "turning")
        stated(self.arrow, segment(self.floor.space, what, on_floor(self.point), end))

    def _animation(self, draw: Callable[[float], None], run_time: float) -> mn.Animation:
        return Drawn(self.floor.space, draw, run_time=run_time, rate_func=mn.smooth)


class Profile:
    """The slice of a field where y is 0, in a `plane`; at places x the tangent, as a triangle.

    Each of the `triangles` goes on by one along x, and up by the slope, which is told beside.
    """

    def __init__(self, theme: Theme, field: ScalarField, places: Sequence[float]) -> None:
        sliced = Slice.where(field, **{str(field.variables[1]): 0.0})
        self.theme, self.facts = theme, SliceFacts(sliced)
        self.plane = Plane(theme, PROFILE, *PROFILE_WINDOWS, y_name="f(x, 0)", most=4)
        self.graph = self.plane.graph(sliced, theme.function, width=4.0)
        self.triangles = [self._triangle(x) for x in places]

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """All that it draws."""
        return (self.plane, self.graph, *self.triangles)

    def _triangle(self, x: float) -> mn.VGroup:
        plane, theme, facts = self.plane, self.theme, self.facts
        here, slope = facts.on_graph(x), facts.derivative(x)
        ends = SliceFacts(tangent_line(facts.field, x)).on_graph(x + RUN)
        corner = (ends[0], here[1])
        start, foot, top = (plane.at(*map(float, _spot(p))) for p in (here, corner, ends))
        dot = mn.Dot(start, radius=0.07, color=theme.ink)
        dot = stated(dot, point(plane, "point", here))
        tangent = mn.Line(start, top, color=theme.tangent, stroke_width=5)
        parts = mn.VGroup(stated(tangent, line(plane, "tangent", here, slope)))
        told = math(digits(shown(slope.value, 2)), size=SMALLEST, colour=theme.tangent)
        stated(told, word("number", slope))
        if slope.value:
            run = mn.Line(start, foot, color=theme.label, stroke_width=2)
            rise = mn.Line(foot, top, color=theme.tangent, stroke_width=5)
            parts.add(stated(run, segment(plane, "run", here, corner)))
            parts.add(stated(rise, segment(plane, "rise", corner, ends)))
            told.next_to(rise, mn.RIGHT, buff=0.12)
        else:
            told.next_to(tangent, mn.DOWN, buff=0.08)
        return parts.add(dot, told)

    def grow(self, run_time: float) -> list[mn.Animation]:
        """Let the triangles come one after the other."""
        share = 1 / len(self.triangles)
        return [
            mn.FadeIn(
                part, run_time=run_time,
                rate_func=mn.squish_rate_func(mn.smooth, k * share, (k + 0.6) * share),
            )
            for k, part in enumerate(self.triangles)
        ]  # fmt: skip


def _turned(angle: float, vector: NDArray[np.float64]) -> NDArray[np.float64]:
    """A vector (2,) turned to the left by an angle (radians)."""
    sine, cosine = np.sin(angle), np.cos(angle)
    return np.array([[cosine, -sine], [sine, cosine]]) @ vector


class Slope:
    """The partial derivative along an axis at a point: the slice, its tangent, and how that rises.

    `value` is the slope, `equation` says so. The slice ends at the point; `kept` is the side of it,
    for a mesh's clip, that is left when the surface ends at the slice. Beyond the point the tangent
    (`arrow`) goes on by one along the axis, the `run`; the `rise` up to it is the slope.
    """

    def __init__(
        self, space: Space, field: ScalarField, at: tuple[float, float], axis: int
    ) -> None:
        theme = space.world.theme
        self.space, self.field, self.at, self.axis = space, field, at, axis
        x, other = (str(field.variables[k]) for k in (axis, 1 - axis))
        self.value = float(field.gradient(at)[axis])
        told = digits(shown(self.value, 2))
        self.equation = f"(partial f)/(partial {x})({at[0]:g}, {at[1]:g}) = {told}"
        self.kept = {other: (None, at[1 - axis])}
        self.ends = slice_tangent(field, at, axis, (at[axis] - BACK, at[axis] + RUN))
        self.cut = draw_slice(space, field, at, axis, (NEAR, at[axis]), width=6)
        self.arrow = space.arrow(self.ends[0], self.ends[1], theme.tangent)
        stated(self.arrow, tangent_of(space, field, at, axis, "slope"))
        self.run, self.rise = self._triangle()
        name = slope_label(theme, field, at, axis)
        middle, theta = self.rise.points.mean(axis=0), space.camera.theta
        left = middle + np.array([np.sin(theta), -np.cos(theta), 0.0])
        self.label = space.label(name, middle, away_from=left, gap=0.18)
        space.remove(*self.parts)

    @property
    def lines(self) -> tuple[mn.VMobject, ...]:
        """What is drawn at the tangent, in turn."""
        return (self.arrow, self.run, self.rise)

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """What it draws at the surface."""
        return (self.cut, *self.lines, self.label)

    def _triangle(self) -> tuple[Curve, Curve]:
        """The level line from the point along the axis, and from its end up to the tangent."""
        space, theme = self.space, self.space.world.theme
        ahead = np.array(self.at) + RUN * np.eye(2)[self.axis]
        start = FieldFacts(self.field).on_surface(self.at)
        foot = (*chosen(ahead), start[2])
        top = FieldFacts(tangent_plane(self.field, self.at)).on_surface(ahead)
        run = space.line(_spot(start), _spot(foot), theme.label, width=3, dashes=7)
        rise = space.line(_spot(foot), _spot(top), theme.tangent, width=7)
        stated(run, segment(space, "run", start, foot))
        return run, stated(rise, segment(space, "rise", foot, top))

    def lie_down(self, floor: Floor) -> mn.Animation:
        """Let a copy of the tangent's arrow sink to the floor: there its length is the slope."""
        vector = np.zeros(2)
        vector[self.axis] = self.value
        end = floor.ends(self.at, vector)
        theme = self.space.world.theme
        self.component = floor.vector(self.at, vector, theme.tangent, width=3.5)
        tip = FieldFacts(self.field).arrow_end(self.at, floor.scale, (self.axis,))
        stated(self.component, segment(self.space, "component", on_floor(self.at), tip))

        def draw(share: float) -> None:
            self.component.put(self.ends + share * (end - self.ends))

        draw(0.0)
        return Drawn(self.space, draw, rate_func=mn.smooth)


def _spot(place: Place) -> list[float]:
    return [float(fact.value) for fact in place if fact]


def require_story(facts: Facts, walk: Walk) -> None:
    """See that the surface rises along x and y where the walk starts, and the walk goes down."""
    told, nothing = WalkFacts(walk), given("level", 0.0)
    rises = [ordered(">", told.slope(0, axis), nothing) for axis in (0, 1)]
    facts.require("the surface rises by", *rises)
    for said in ("its opposite leads down", "Follow the opposite arrow: every step goes down"):
        facts.require(said, along(walk, "value", "<"))
    least = SpotFacts(walk.field, (0.0, 0.0)).value()
    facts.require("lowest", nowhere("<", walk.field, [(-WINDOW, WINDOW)] * 2, least))
    facts.teach("at every point the arrow is at a right angle to it")
