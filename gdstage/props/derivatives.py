"""What `scenes/derivatives.py` shows: a secant that closes, slopes traced, pairs, numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import manim as mn
import numpy as np

from gdmath import ScalarField, difference_quotient, find_stationary_points
from gdstage.layout import AXES_ROOM, FIGURE, Box
from gdstage.look.printing import typst
from gdstage.look.readout import Readout
from gdstage.look.signs import arrow_head, dashed
from gdstage.look.text import SMALLEST, math
from gdstage.look.theme import mix
from gdstage.look.ticks import nice_ticks, quarter_turns
from gdstage.motion import Drawn
from gdstage.plane.axes import NAME_SIZE, Plane
from gdstage.proof.fact import given
from gdstage.proof.field_facts import FieldFacts
from gdstage.proof.statement import (
    Statement,
    graph,
    line,
    point,
    scenery,
    segment,
    stated,
    tip,
    word,
)
from gdstage.proof.truths import (
    everywhere,
    formula,
    nowhere,
    number_of,
    ordered,
    ratio,
    steady,
    steepest_place,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike, NDArray

    from gdstage.facts import Facts
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact

SECANT = FIGURE.within(**AXES_ROOM)
ABOVE = replace(SECANT, bottom=0.3, top=2.3)
BELOW = replace(SECANT, bottom=-2.4, top=-0.45)
LENS = Box(left=-5.1, right=-1.7, bottom=-0.1, top=1.95)
"""In the free corner over the graph."""

BACK, AHEAD = 0.5, 1.4
DROP, RISE = 0.6, 2.3
"""What the lens shows to the left and the right of x, and under and over f(x): times h."""

TANGENT_REACH = 1.5
RING = 0.17
SAMPLES = 600
# A gallery: how wide a pair is, how far from one to the next; where its two graphs are.
WIDTH, PITCH = 2.15, 2.65
UPPER, LOWER = (0.2, 1.75), (-2.05, -0.5)
UPPER_TEXT, LOWER_TEXT = 2.3, -2.75
# A table of numbers.
SIZE, HEAD_SIZE = 28, 30
ROW = 0.46
RELATION = 0.34

Window = tuple[float, float]


class Exhibit(NamedTuple):
    """A function with its windows of x, of values and of slopes, and what its slope tells."""

    field: ScalarField
    x: Window
    height: Window
    slopes: Window
    finding: str
    caption: str
    said: str
    shifted: bool = False


EXHIBITS = (
    Exhibit(
        ScalarField.parse("x**2"), (-2.0, 2.0), (0.0, 4.2), (-5.0, 5.0),
        "its slope is a new function",
        "Slide the tangent along and write its slope below: that curve is the derivative.",
        "The tangent slides along a parabola; below, a dot draws a straight line. {caption}",
    ),
    Exhibit(
        ScalarField.parse("exp(x)"), (-2.0, 1.5), (0.0, 4.6), (0.0, 4.6),
        "its own slope",
        "eˣ is as steep as it is high: it is its own derivative.",
        "A curve bends away from the axis, and so does the trace under it. {caption}",
    ),
    Exhibit(
        ScalarField.parse("log(x)"), (0.0, 4.0), (-2.2, 1.6), (0.0, 4.2),
        "ever gentler",
        "ln x rises for ever, but ever more gently: its slope is 1/x.",
        "The tangent tips over towards level, and under it the trace nears the axis. {caption}",
    ),
    Exhibit(
        ScalarField.parse("sin(x)"), (-3.5, 3.5), (-1.2, 1.2), (-1.2, 1.2),
        "shifted by a quarter turn",
        "The slope of sin x is cos x: greatest where the sine rises through 0.",
        "Above, a wave; below, its slopes make a wave too, shifted along the axis. {caption}",
        shifted=True,
    ),
    Exhibit(
        ScalarField.parse("1/(1 + exp(-x))"), (-5.0, 5.0), (0.0, 1.1), (0.0, 0.3),
        "flat at both ends",
        "The sigmoid is steep only in the middle: far out its slope almost vanishes.",
        "Above, a step with round corners; below, a bump. {caption}",
    ),
)  # fmt: skip


class SecantFigure(mn.VGroup):
    """The graph of a field of one variable and its secant through x and x + h.

    `sides` are the names of the run h and the rise; secants that were kept stay behind, pale.
    """

    def __init__(
        self,
        theme: Theme,
        field: ScalarField,
        x: float,
        windows: tuple[tuple[float, float], tuple[float, float]],
    ) -> None:
        super().__init__()
        self.theme, self.field, self.x = theme, field, x
        self.plane = Plane(theme, SECANT, *windows, y_name="f(x)")
        self.graph = self.plane.graph(field, theme.function)
        self.kept = mn.VGroup()
        self.line = mn.VMobject(stroke_color=theme.tangent, stroke_width=5)
        self.run = mn.VMobject(stroke_color=theme.ink, stroke_width=3)
        self.rise = mn.VMobject(stroke_color=theme.ink, stroke_width=3)
        self.ends = mn.VGroup(*(mn.Dot(radius=0.1, color=theme.ink) for _ in range(2)))
        self.feet = Feet(self.plane, "x", run=True)
        self.lens = Lens(theme, field, x)
        self.moving = mn.VGroup(self.kept, self.feet, self.run, self.rise, self.line, self.ends)
        self.add(self.plane, self.graph, self.moving, self.lens)

    def span(self, h: float) -> SecantFigure:
        """Be the secant of width h."""
        here, there = (self.plane.at(x, self.field(x)) for x in (self.x, self.x + h))
        corner = np.array([there[0], here[1], 0.0])
        slope = float(difference_quotient(self.field, self.x, h))
        ends = self.plane.tangent(self.x, self.field(self.x), slope, inside=True)
        self.line.set_points_as_corners(ends)
        self.run.set_points_as_corners([here, corner])
        self.rise.set_points_as_corners([corner, there])
        for dot, place in zip(self.ends, (here, there), strict=True):
            dot.move_to(place)
        self.feet.stand(self.field, self.x, h)
        self._state(h)
        return self

    def _state(self, h: float) -> None:
        """Let all state that it belongs to the secant of width h."""
        plane, facts = self.plane, FieldFacts(self.field)
        here, there = facts.on_graph(self.x), facts.on_graph(self.x + h)
        corner = (there[0], here[1])
        stated(self.line, line(plane, "secant", here, facts.quotient(self.x, h)))
        stated(self.run, segment(plane, "run", here, corner))
        stated(self.rise, segment(plane, "rise", corner, there))
        for dot, place in zip(self.ends, (here, there), strict=True):
            stated(dot, point(plane, "end", place))

    def sides(self) -> mn.VGroup:
        """The names of the run, of the rise and of x + h, where these are now."""
        run = math("h", size=28, colour=self.theme.ink)
        rise = math("f(x + h) - f(x)", size=28, colour=self.theme.ink)
        middle, right = self.run.get_center(), self.rise.get_center()
        run.rest(middle[0], middle[1] + 0.15, anchor="centre")
        rise.rest(right[0] + 0.2, right[1] - 0.1)
        foot = math("x + h", size=SMALLEST, colour=self.theme.label)
        foot.rest(right[0] + 0.1, self.plane.floor + 0.14)
        return mn.VGroup(run, rise, foot)

    def keep(self) -> SecantFigure:
        """Leave the secant behind as it is now, and go on with another."""
        pale = mix(self.theme.tangent, self.theme.ground, 0.7)
        self.kept.add(self.line.copy().set_stroke(pale, 2.5))
        return self

    def close(
        self,
        before: float,
        after: float,
        read: Callable[[float], object] = float,
        *,
        numbers: mn.VMobject | None = None,
        run_time: float,
    ) -> mn.Animation:
        """Let h shrink, evenly on a log scale, and read it out on the way, in some `numbers`."""

        def draw(share: float) -> None:
            h = before * (after / before) ** share
            self.span(h)
            self.lens.look(h)
            read(h)

        alive = mn.VGroup(self.moving, self.lens, numbers or mn.VMobject())
        return Drawn(alive, draw, run_time=run_time)


class Feet(mn.VGroup):
    """Dashed lines from the graph down to x and x + h on the axis, with names under the first.

    Where there is a `run` from x to x + h, both begin at its ends.
    """

    def __init__(self, plane: Plane, *names: str, run: bool = False) -> None:
        super().__init__()
        self.plane, self.run = plane, run
        self.lines = [mn.VMobject(stroke_color=plane.theme.label, stroke_width=2) for _ in "xh"]
        self.names = [math(code, size=SMALLEST, colour=plane.theme.label) for code in names]
        self.add(*self.lines, *self.names)

    def stand(self, field: ScalarField, x: float, h: float) -> None:
        """Stand under x and x + h."""
        plane, facts, feet = self.plane, FieldFacts(field), []
        for drop, at in zip(self.lines, (x, x + h), strict=True):
            feet.append(plane.at(at, plane.y_window[0]))
            (across, _), up = facts.on_graph(at), facts.value(x if self.run else at)
            top = plane.at(at, up.value)
            drop.set_points(dashed(top, feet[-1], plane.theme.label).points)
            known = segment(plane, "drop", (across, up), (across, None), dashed=True)
            stated(drop, known)
        for name, foot in zip(self.names, feet, strict=False):
            name.rest(foot[0], foot[1] - 0.4, anchor="centre")


class Lens(mn.VGroup):
    """The graph and the secant through x and x + h as a lens shows them in which h is as wide.

    Its scale is that of the whole picture, h times as large.
    """

    def __init__(self, theme: Theme, field: ScalarField, x: float) -> None:
        super().__init__()
        self.theme, self.field, self.x = theme, field, x
        self.plane = self._plane(1.0)
        self.graph = mn.VMobject(stroke_color=theme.function, stroke_width=8, fill_opacity=0)
        self.line = mn.VMobject(stroke_color=theme.tangent, stroke_width=3.5)
        self.ends = [mn.Dot(radius=0.08, color=theme.ink) for _ in range(2)]
        self.feet = Feet(self.plane, "x", "x + h")
        self.add(self.plane, self.feet, self.graph, self.line, *self.ends)
        self.look(1.0)

    def _plane(self, h: float) -> Plane:
        x, y = self.x, self.field(self.x)
        across, up = (x - BACK * h, x + AHEAD * h), (y - DROP * h, y + RISE * h)
        return Plane(self.theme, LENS, across, up, x_ticks=(), y_ticks=(), x_name="")

    def look(self, h: float) -> None:
        """Show the surroundings of a width of h."""
        plane, field, facts = self._plane(h), self.field, FieldFacts(self.field)
        stated(self.plane, Statement("axes", "axes", plane))  # the same ink, of another window
        self.feet.plane = plane
        self.feet.stand(field, self.x, h)
        places = [facts.on_graph(at) for at in (self.x, self.x + h)]
        slope = facts.quotient(self.x, h)
        self.graph.set_points(plane.graph(field, self.theme.function).points)
        ends = plane.tangent(self.x, field(self.x), float(slope.value), inside=True)
        self.line.set_points_as_corners(ends)
        for dot, at in zip(self.ends, (self.x, self.x + h), strict=True):
            dot.move_to(plane.at(at, field(at)))
        stated(self.graph, graph(plane, field))
        stated(self.line, line(plane, "secant", places[0], slope))
        for dot, place in zip(self.ends, places, strict=True):
            stated(dot, point(plane, "end", place))


class SlopeFigure(mn.VGroup):
    """A field of one variable over its derivative; a point can slide along both.

    The trace below is the slope of the tangent above, point by point; it is the derivative's own
    graph as far as the point has come. `path` are the x (n,) where both lie in their windows. With
    `turns`, x is told in quarters of a turn.
    """

    def __init__(
        self,
        theme: Theme,
        field: ScalarField,
        x: Window,
        height: Window,
        slopes: Window,
        *,
        turns: bool = False,
    ) -> None:
        super().__init__()
        self.theme, self.field, self.derivative = theme, field, field.partial("x")
        self.above = Plane(
            theme, ABOVE, x, height, x_ticks=(), y_ticks=nice_ticks(*height, most=3), x_name=""
        )
        self.below = Plane(
            theme, BELOW, x, slopes,
            x_ticks=quarter_turns(*x) if turns else nice_ticks(*x),
            y_ticks=nice_ticks(*slopes, most=3),
        )  # fmt: skip
        self.names = mn.VGroup(_name(self.above, "f"), _name(self.below, "f'"))
        self.graph = self.above.graph(field, theme.function)
        self.level = mn.VMobject()
        if slopes[0] < 0:
            self.level = zero_line(self.below)
        self.path = path_inside(field, x, height, slopes)
        self._slopes = np.asarray(self.derivative(self.path))
        self.tangent = mn.VMobject(stroke_color=theme.tangent, stroke_width=5)
        self.point = mn.Dot(radius=0.1, color=theme.ink)
        self.pen = mn.Dot(radius=0.1, color=theme.tangent)
        self.link = mn.VMobject(stroke_color=theme.dim, stroke_width=2)
        self.trace = mn.VMobject(stroke_color=theme.tangent, stroke_width=5, fill_opacity=0)
        self.moving = mn.VGroup(self.link, self.trace, self.tangent, self.point, self.pen)
        self.add(self.above, self.below, self.names, self.level, self.graph, self.moving)
        self.stand_at(float(self.path[0]))

    @property
    def carried(self) -> tuple[mn.Mobject, ...]:
        """What becomes that of another function: the graph, the tangent and its point."""
        return (self.graph, self.tangent, self.point)

    @property
    def left(self) -> list[mn.Mobject]:
        """All the rest."""
        others = (self.above, self.below, self.names, self.level, self.link, self.trace, self.pen)
        return [part for part in others if part.family_members_with_points()]

    def levels(self) -> mn.VGroup:
        """Where the graph is level and its slope 0: rings on both, and a helper between them."""
        found = find_stationary_points(self.field, (self.above.x_window,))
        marks, facts = mn.VGroup(), FieldFacts(self.field)
        for x in (float(spot.point[0]) for spot in found.points):
            for plane, place in (
                (self.above, facts.on_graph(x)),
                (self.below, (given("x", x), facts.derivative(x))),
            ):
                ring = mn.Circle(RING, stroke_color=self.theme.ink, stroke_width=3)
                known = point(plane, "level", place)
                marks.add(stated(ring.move_to(plane.at(x, float(place[1].value))), known))
            marks.add(self._link(self.above.at(x, self.field(x)), given("x", x)))
        return marks

    def _link(self, top: NDArray[np.float64], x: Fact) -> mn.VMobject:
        """A helper from a place in the scene (3,) down to the axis, at an x."""
        line = dashed(top, self.below.at(x.value, self.below.y_window[0]), self.theme.label)
        foot = (x, None)
        return stated(line, segment(self.below, "link", foot, foot, dashed=True))

    def turned(self) -> mn.VGroup:
        """The function, pale, behind its slope; an arrow from peak to peak, helpers to the axis."""
        plane, theme = self.below, self.theme
        behind = plane.graph(self.field, mix(theme.function, theme.ground, 0.4), 3.5)
        found = find_stationary_points(self.field, (plane.x_window,)).points
        peak = max(float(spot.point[0]) for spot in found)
        facts, start = FieldFacts(self.field), steepest_place(self.field, plane.x_window)
        ends = (given("x", peak), facts.value(peak)), (start, facts.derivative(start))
        tail, head = (plane.at(x.value, y.value) for x, y in ends)
        arrow = mn.Line(tail, head, color=theme.ink, stroke_width=4)
        tip_of = arrow_head(tail, head, theme.ink)
        stated(arrow, segment(plane, "shift", *ends))
        stated(tip_of, tip(plane, "shift", *ends))
        return mn.VGroup(behind, self._link(head, start), arrow, tip_of)

    def beginning(self) -> mn.VGroup:
        """What stays where the slide sets out, while it stands there: its tangent, pale, rings."""
        theme, facts, x = self.theme, FieldFacts(self.field), float(self.path[0])
        tangent = self.tangent.copy().set_stroke(mix(theme.tangent, theme.ground, 0.4))
        marks = mn.VGroup(tangent)
        at, value, slope = given("x", x), facts.value(x), facts.derivative(x)
        for plane, height, colour in (
            (self.above, value, theme.ink), (self.below, slope, theme.tangent),
        ):  # fmt: skip
            ring = mn.Circle(0.1, stroke_color=colour, stroke_width=3).set_fill(theme.ground, 1)
            ring.move_to(plane.at(x, height.value))
            marks.add(stated(ring, point(plane, "beginning", (at, height))))
        return marks

    def stand_at(self, x: float) -> Fact:
        """The tangent at x, and the trace of its slope from the left up to x; the slope."""
        self._move_to(x)
        facts, start = FieldFacts(self.field), float(self.path[0])
        place, slope = facts.on_graph(x), facts.derivative(x)
        stated(self.tangent, line(self.above, "tangent", place, slope))
        stated(self.point, point(self.above, "point", place))
        stated(self.pen, point(self.below, "slope", (place[0], slope)))
        at = (place[0], None)
        stated(self.link, segment(self.above, "link", at, at, dashed=True))
        data = {"field": self.field, "order": 1, "x": (start, x)}
        stated(self.trace, Statement("curve", "trace", self.below, data=data))
        return slope

    def _move_to(self, x: float) -> None:
        """Have all at x."""
        value, slope = float(self.field(x)), float(self.derivative(x))
        place, below = self.above.at(x, value), self.below.at(x, slope)
        ends = self.above.tangent(x, value, slope, TANGENT_REACH, inside=True)
        self.tangent.set_points_as_corners(ends)
        self.point.move_to(place)
        self.pen.move_to(below)
        self.link.set_points(dashed(place, below, self.theme.dim).points)
        past = self.path < x
        xs, slopes = np.append(self.path[past], x), np.append(self._slopes[past], slope)
        self.trace.set_points_as_corners(self.below.at(xs, slopes))

    def slide(self, read: Callable[[Fact], object], run_time: float) -> mn.Animation:
        """Slide the tangent along all of the path, tracing its slope and reading it out."""
        start, end = self.path[[0, -1]]

        def draw(share: float) -> None:
            read(self.stand_at(float(start + share * (end - start))))

        pace = mn.rate_functions.ease_in_out_sine
        return Drawn(self.moving, draw, run_time=run_time, rate_func=pace)


def path_inside(
    field: ScalarField, x: Window, height: Window, slopes: Window
) -> NDArray[np.float64]:
    """The x (n,) of a window where a field's value and its slope lie in their windows."""
    xs = np.linspace(*x, SAMPLES)
    xs = xs[np.asarray(field.contains(xs[:, None]))]
    return xs[_between(field(xs), height) & _between(field.partial("x")(xs), slopes)]


def _name(plane: Plane, code: str) -> Typeset:
    # Left of the axis, so that the line between the two points never crosses it.
    name = math(code, size=NAME_SIZE, colour=plane.theme.label)
    return name.rest(plane.box.left - 0.25, plane.box.top + 0.25, anchor="right")


def zero_line(plane: Plane) -> mn.VMobject:
    """A helper line over the whole window at 0."""
    start, end = plane.at(np.array(plane.x_window), 0.0)
    zero = (None, given("zero", 0))
    level = segment(plane, "zero", zero, zero, dashed=True)
    return stated(dashed(start, end, plane.theme.dim), level)


def formula_of(
    field: ScalarField, order: int = 0, *, size: float, colour: str, short: bool = False
) -> Typeset:
    """A field as a formula, f(x) = …, or its derivative, f'(x) = …; in `short` without its x."""
    shown = field if order == 0 else field.partial(field.variables[0])
    name = "f" + "'" * order + ("" if short else "(x)")
    text = math(f"{name} = {typst(shown.expr)}", size=size, colour=colour)
    return stated(text, word("formula", field=field, derivative=["x"] * order))


def _between(values: ArrayLike, window: Window) -> NDArray[np.bool_]:
    low, high = window
    return np.asarray((low <= np.asarray(values)) & (np.asarray(values) <= high))


class SlopeGallery(mn.VGroup):
    """Pairs in a row, each a field over its derivative, its formula above and the slope's below.

    Every exhibit is a field with the windows of x, of its values and of its slopes.
    """

    def __init__(
        self, theme: Theme, exhibits: Sequence[tuple[ScalarField, Window, Window, Window]]
    ) -> None:
        super().__init__()
        self.curves: list[tuple[mn.VMobject, mn.VMobject]] = []
        self.others = mn.VGroup()
        left = -(PITCH * (len(exhibits) - 1) + WIDTH) / 2
        for i, (field, x, height, slopes) in enumerate(exhibits):
            start = left + i * PITCH
            pair = []
            for order, (window, (bottom, top), colour, baseline) in enumerate(
                (
                    (height, UPPER, theme.function, UPPER_TEXT),
                    (slopes, LOWER, theme.tangent, LOWER_TEXT),
                )
            ):
                box = Box(left=start, right=start + WIDTH, bottom=bottom, top=top)
                plane = Plane(theme, box, x, window, x_ticks=(), y_ticks=(), x_name="")
                self.others.add(plane)
                if window[0] < 0:
                    self.others.add(zero_line(plane))
                curve = plane.graph(field if order == 0 else field.partial("x"), colour, 4.0)
                pair.append(stated(curve, graph(plane, field, order=order)))
                text = formula_of(field, order, size=SIZE, colour=colour, short=True)
                self.others.add(text.rest(box.left + WIDTH / 2, baseline, anchor="centre"))
            self.curves.append((pair[0], pair[1]))
        self.add(self.others, *(curve for pair in self.curves for curve in pair))

    def unfold(self, above: mn.Mobject, below: mn.Mobject) -> list[mn.Animation]:
        """Let two curves become the pairs of all exhibits, the last of which they are."""
        late, soon = mn.squish_rate_func(mn.smooth, 0.4, 1.0), mn.rate_functions.ease_out_cubic
        moves: list[mn.Animation] = [mn.FadeIn(self.others, rate_func=late)]
        for pair in self.curves:
            for source, curve in zip((above, below), pair, strict=True):
                own = source if pair is self.curves[-1] else source.copy()
                moves.append(mn.ReplacementTransform(own, curve, rate_func=soon))
        return moves


class NumberTable(mn.VGroup):
    """Columns under their heads, each a pair of Typst's mathematics and a colour.

    Column i begins at `xs[i]`, the heads' baseline is at `top` (scene units); there are as many
    `rows` as said, empty until they are written, with numbers to so many `decimals`.
    """

    def __init__(
        self,
        theme: Theme,
        heads: Sequence[tuple[str, str]],
        xs: Sequence[float],
        *,
        top: float,
        rows: int,
        decimals: int,
    ) -> None:
        super().__init__()
        self.xs, self.top = xs, top
        self.heads = mn.VGroup()
        for (code, colour), x in zip(heads, xs, strict=True):
            self.heads.add(math(code, size=HEAD_SIZE, colour=colour).rest(x + RELATION, top))
        ends = ((xs[0], top - 0.3, 0), (self.heads.get_right()[0] + 0.4, top - 0.3, 0))
        self.heads.add(stated(mn.Line(*ends, color=theme.dim, stroke_width=2), scenery("rule")))
        self.rows = mn.VGroup()
        for row in range(rows):
            cells = mn.VGroup()
            for (_, colour), x in zip(heads, xs, strict=True):
                y = self.height_of(row)
                cell = Readout(x, y, size=SIZE, colour=colour, decimals=decimals, bare=True)
                cells.add(cell)
            self.rows.add(cells)
        self.add(self.heads, self.rows)

    def height_of(self, row: int) -> float:
        """The baseline of a row."""
        return self.top - 0.8 - row * ROW

    def write(self, row: int, numbers: Sequence[Fact]) -> NumberTable:
        """Write the numbers of a row."""
        for readout, fact in zip(self.rows[row], numbers, strict=True):
            readout.write(fact)
        return self


def require_story(
    facts: Facts, shown: Sequence[tuple[ScalarField, Window]], x: float, widths: Sequence[float]
) -> None:
    """See that what is said of x², eˣ, ln x, sin x and the sigmoid is so, in windows of x.

    Each width is half the one before, and so, to a tenth, is the error of the secants at x.
    """
    (square, _), (exponential, _), (log, right), (sine, turn), (sigmoid, wide) = shown
    facts.require("Halve h", steady([given("h", width) for width in widths], 0.5))
    errors = [FieldFacts(square).quotient_error(x, width) for width in widths]
    facts.require("the error halves", steady(errors, 0.5, within=0.025))
    facts.require("its own derivative", formula(exponential, "s", "x"))
    facts.require("ever gentler", everywhere("<", log, 2, right))
    facts.require("rises for ever, but ever more gently", everywhere(">", log, 1, right))
    facts.require("1/x", formula(log, "1/x", "x"))
    facts.require("cos x", formula(sine, "cos(x)", "x"))
    facts.require("a quarter turn", formula(sine, "sin(x + pi/2)", "x"))
    facts.say(FieldFacts(sine).value(steepest_place(sine, turn)), "0")
    top = FieldFacts(sine).derivative(0.0)
    facts.require("greatest where the sine rises", nowhere(">", sine.partial("x"), [turn], top))
    slopes = FieldFacts(sigmoid)
    for end in wide:
        share = ratio(slopes.derivative(end), slopes.derivative(0.0))
        flat = ordered("<=", share, given("almost nothing", 0.05))
        for said in ("at both ends", "only in the middle", "almost vanishes"):
            facts.require(said, flat)
    for _ in ("functions", "slopes"):
        facts.spelled(number_of(*(field for field, _ in shown)))
