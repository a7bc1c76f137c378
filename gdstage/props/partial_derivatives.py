"""What `scenes/partial_derivatives.py` shows: a recipe glyph by glyph, and a slice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import manim as mn
import numpy as np
import sympy as sp

from gdmath import ScalarField, tangent_line
from gdstage.layout import AXES_ROOM, FIGURE
from gdstage.look.named_parts import Parts
from gdstage.look.printing import typst
from gdstage.look.rounding import shown
from gdstage.look.text import SMALLEST, digits, math, number, tint, words
from gdstage.look.theme import mix
from gdstage.motion import Drawn
from gdstage.plane.axes import Plane
from gdstage.proof.fact import given
from gdstage.proof.field_facts import FieldFacts
from gdstage.proof.in_space import FieldFacts as SpaceFacts
from gdstage.proof.slice import Slice
from gdstage.proof.statement import graph, line, loose, point, stated, word
from gdstage.proof.truths import degree, equal, factored, separable
from gdstage.props.slicing import ACROSS, SIDE, CuttingPlane, SliceRoom
from gdstage.space.slices import draw_touch
from gdstage.walks.readouts import live_number

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from numpy.typing import NDArray

    from gdstage.facts import Facts
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact
    from gdstage.space.space import Space

Pairs = list[tuple[str, str]]
Window = tuple[float, float]

SIZE = 40
NOTE_SIZE = 32
NOTE, WHOLE, SLOPE, VALUE = 2.1, 1.3, -0.05, -1.55
"""Baselines of the recipe's column, in scene units."""

OVER = 0.8
FIRST, THEN = (mn.squish_rate_func(mn.smooth, *part) for part in ((0.0, 0.55), (0.45, 1.0)))
"""A power comes down when the rest is there: it would cross that."""

NEARLY_THERE = mn.squish_rate_func(mn.smooth, 0.6, 1.0)
OUT_UP, OUT_DOWN = 0.7 * mn.UP, 0.62 * mn.DOWN
"""How far copies of glyphs are sent out of their line at once, which they would cross."""

SMALL: dict[str, Any] = {"zoom": 0.46, "place": (-4.25, 0.6, 0)}
"""How the space is seen beside its slice."""

SPACE_PART, GRAPH_PART = FIGURE.parted(0.47)
GRAPH = GRAPH_PART.within(**AXES_ROOM | {"right": 1.75, "bottom": 0.75, "top": 1.35})
LIVE, KEPT_AT = (SPACE_PART.left + 0.3, SPACE_PART.left + 2.2, -1.6), (0.1, -0.1)
"""Where the numbers of the slice begin, both on one baseline; how far right of and above the end of
a line that was kept its number is."""

TANGENT_LENGTH = 2.6
SLICE_SIZE = 34
PALE, PALE_WORDS = 0.4, 0.2
"""How far what stays where the cut was has gone to the ground's colour, and what is told of it."""


@dataclass(frozen=True)
class Monomial:
    """A term c·xᵖ·y^q; the names of its parts begin with `tag`, then "c" or the variable's name."""

    tag: str
    coefficient: sp.Expr
    powers: tuple[tuple[sp.Symbol, int], ...]

    @classmethod
    def all_of(cls, field: ScalarField) -> list[Monomial]:
        """The terms of a polynomial field, in sympy's order, with the tags t0, t1 and so on."""
        terms = []
        for i, term in enumerate(field.expr.as_ordered_terms()):
            coefficient, _ = term.as_independent(*field.variables, as_Add=False)
            powers = tuple((v, int(sp.degree(term, v))) for v in field.variables)
            terms.append(cls(f"t{i}", coefficient, powers))
        return terms

    def power(self, variable: sp.Symbol) -> int:
        """The power of a variable."""
        return dict(self.powers)[variable]

    def name(self, part: object) -> str:
        """The name of a part: of "c", or of a variable."""
        return f"{self.tag}{part}"

    def parts(self) -> Pairs:
        """Its parts as (name, code in Typst's mathematics)."""
        found = [] if self.coefficient == 1 else [(self.name("c"), typst(self.coefficient))]
        return found + [(self.name(v), typst(v**power)) for v, power in self.powers if power]

    def cut(self, held: sp.Symbol, value: float) -> Pairs:
        """Its parts with a number in place of a power of `held`, not multiplied out."""
        others = [pair for pair in self.parts() if pair[0] != self.name(held)]
        if self.power(held) == 0:
            return others
        if others:
            others.append((self.name("times"), "dot"))
        number = sp.nsimplify(value) ** self.power(held)
        return [*others, (self.name(held), decimal(number))]

    def differentiated(self, by: sp.Symbol) -> Pairs:
        """The parts of its derivative, not multiplied out: the power has come down in front."""
        if self.power(by) == 0:
            return [(self.name("zero"), "0")]
        lower = tuple((v, power - (v == by)) for v, power in self.powers)
        front = [(self.name("power"), str(self.power(by)))]
        if self.coefficient != 1:
            front.append((self.name("dot"), "dot"))
        return front + Monomial(self.tag, self.coefficient, lower).parts()


def decimal(number: sp.Expr | float) -> str:
    """A short number in Typst's mathematics, as a decimal."""
    return digits(shown(float(number), 4))


def strip(space: Space) -> list[mn.Mobject]:
    """Show a space `SMALL`, with nothing but its graph; what else there was is given back."""
    space.camera.set(**SMALL)
    parts = [part for part in space.submobjects if part not in {space.camera, space.graph}]
    space.remove(*parts)
    return parts


class Recipe:
    """The formulas of one partial derivative of a polynomial field, and the ways between them.

    `whole` is the field, `cut` the field at `held` = `value`, `raw` its derivative by the other
    variable with the powers just come down, `done` the same multiplied out, `value` that at the
    point where the other variable is `at`. `first` and `second` say the steps. All formulas come
    from the field's expression; they begin at `x` (scene units).
    """

    def __init__(
        self, theme: Theme, field: ScalarField, held: str, value: float, at: float, *, x: float
    ) -> None:
        self.theme, self.field = theme, field
        self.held = field.variable(held)
        (self.by,) = (v for v in field.variables if v != self.held)
        self.held_value = value
        self.terms = Monomial.all_of(field)
        numbers = {self.held: decimal(value), self.by: decimal(at)}
        slope = f"(partial f)/(partial {self.by})"
        self.partial = field.partial(self.by)
        here = self.partial.expr.subs({self.held: sp.nsimplify(value), self.by: sp.nsimplify(at)})

        def arguments(known: Sequence[sp.Symbol]) -> str:
            return ", ".join(numbers[v] if v in known else typst(v) for v in field.variables)

        def row(
            lhs: str, terms: list[Pairs], y: float, colour: str, *, x: float = x, size: float = SIZE
        ) -> Parts:
            pairs = [("lhs", f"{lhs} =")]
            for i, term in enumerate(terms):
                pairs += [(f"plus{i}", "+"), *term] if i else term
            line = Parts(pairs, size=size, colour=colour)
            line.rest(x, y)
            return line

        self.whole = row(
            f"f({arguments([])})", [t.parts() for t in self.terms], WHOLE, theme.function
        )
        stated(self.whole, word("formula", field=field))
        self.cut = row(
            f"f({arguments([self.held])})",
            [t.cut(self.held, value) for t in self.terms],
            GRAPH.top + 0.72,
            theme.danger,
            x=GRAPH.left + 0.85,
            size=SLICE_SIZE,
        )
        self.raw = row(slope, [t.differentiated(self.by) for t in self.terms], SLOPE, theme.tangent)
        self.kept = [t for t in self.terms if t.power(self.by)]
        self.results = Monomial.all_of(self.partial)
        self.done = row(slope, [t.parts() for t in self.results], SLOPE, theme.tangent)
        stated(self.done, word("formula", field=field, derivative=[str(self.by)]))
        self._dim_what_stays()
        self.value = row(
            f"{slope}({arguments(field.variables)})",
            [[("number", decimal(here))]],
            VALUE,
            theme.tangent,
        )
        self.note = words(f"{held} is only a number", size=NOTE_SIZE, colour=theme.label)
        self.note.rest(x, NOTE)

    @property
    def lines(self) -> tuple[mn.Mobject, ...]:
        """The formulas that stand in the end, and the note."""
        return (self.note, self.whole, self.cut, self.done, self.value)

    def dim(self, run_time: float) -> mn.Animation:
        """Let the variable that is held still fade to a helper's colour."""
        held = [self.whole.part[t.name(self.held)] for t in self.terms if t.power(self.held)]
        theme = self.theme

        def draw(share: float) -> None:
            for part in held:
                part.set_fill(mix(theme.function, theme.label, share))

        return Drawn(self.whole, draw, run_time=run_time, rate_func=mn.smooth)

    def _dim_what_stays(self) -> None:
        """The held variable's power has a helper's colour in the derivative, too."""
        kept = [self.raw.part[t.name(self.held)] for t in self.kept if t.power(self.held)]
        kept += [self.done.part[t.name(self.held)] for t in self.results if t.power(self.held)]
        # So has the number in its place: it is seen to stay.
        kept += [self.cut.part[t.name(self.held)] for t in self.kept if t.power(self.held)]
        for part in kept:
            part.set_fill(self.theme.label)

    def put_number(self) -> list[mn.Animation]:
        """Let a copy of the field sink to where a number stands for the held variable."""
        return _carry(self.whole, self.cut, OUT_UP)

    def differentiate(self) -> list[mn.Animation]:
        """Let copies of the glyphs move to where the derivative has them."""
        moves: list[mn.Animation] = [mn.FadeIn(self.raw.part["lhs"])]
        done = {"lhs"}
        for term in self.terms:
            if term.power(self.by) == 0:
                gone = mn.VGroup(*(self.whole.part[name] for name, _ in term.parts()))
                zero = term.name("zero")
                moves.append(mn.ReplacementTransform(_sent(gone, OUT_DOWN), self.raw.part[zero]))
                done.add(zero)
            else:
                name, front = term.name(self.by), term.name("power")
                base, power = self.whole.part[name]
                landing, *left = self.raw.part[name]
                fallen = self.raw.part[front][0]
                base, power = _sent(base, OUT_DOWN), _sent(power, OUT_DOWN)
                moves += [
                    mn.ReplacementTransform(base, landing, rate_func=FIRST),
                    mn.ReplacementTransform(power, fallen, path_arc=OVER, rate_func=THEN),
                    *(mn.FadeIn(glyph) for glyph in left),
                ]
                done |= {name, front}
        return moves + _carry(self.whole, self.raw, OUT_DOWN, FIRST, but=done)

    def multiply_out(self) -> list[mn.Animation]:
        """Let numbers multiply, and what is 0 vanish."""
        moves = [mn.ReplacementTransform(self.raw.part["lhs"], self.done.part["lhs"])]
        used = {"lhs"}
        for term, result in zip(self.kept, self.results, strict=True):
            front = [term.name(part) for part in ("power", "dot", "c")]
            front = [name for name in front if name in self.raw.part]
            numbers = mn.VGroup(*(self.raw.part[name] for name in front))
            moves.append(mn.ReplacementTransform(numbers, self.done.part[result.name("c")]))
            used.update(front)
            for variable, power in result.powers:
                if power:
                    name = term.name(variable)
                    target = self.done.part[result.name(variable)]
                    moves.append(mn.ReplacementTransform(self.raw.part[name], target))
                    used.add(name)
        return moves + [
            mn.FadeOut(part) for name, part in self.raw.part.items() if name not in used
        ]


def _sent(glyphs: mn.VMobject, way: NDArray[np.float64]) -> Any:
    """A copy of glyphs that is clear of their line, and will only appear as it goes on."""
    return glyphs.copy().shift(way).set_opacity(0)


def _carry(
    source: Parts,
    target: Parts,
    way: NDArray[np.float64],
    pace: Callable[[float], float] = mn.smooth,
    *,
    but: Collection[str] = (),
) -> list[mn.Animation]:
    """Copies of parts, sent out by a `way`, move to the parts of the same name.

    A part without such a one fades in when the others are nearly there.
    """
    return [
        mn.ReplacementTransform(_sent(source.part[name], way), part, rate_func=pace)
        if name in source.part
        else mn.FadeIn(part, rate_func=NEARLY_THERE)
        for name, part in target.part.items()
        if name not in but
    ]


def become(scene: mn.Scene, moves: Sequence[mn.Animation], line: Parts, run_time: float) -> None:
    """Play the moves of glyphs; then the whole formula stands for them.

    Meanwhile they state that they are loose.
    """
    flying: list[Any] = [move.mobject for move in moves]
    with loose([line, *flying]):
        scene.play(*moves, run_time=run_time)
    scene.remove(*line.part.values(), *line.submobjects)
    scene.add(line)


BOWL = (-SIDE, SIDE), (-SIDE, SIDE), (0.0, 2 * SIDE**2)
RISING = (-SIDE, SIDE), (0.0, 2.2), (0.0, 84.0)
TURNING = (0.0, 2.2), (-SIDE, SIDE), (-60.0, 60.0)
"""Windows of x, y and the height: of the sum, of the product cut along x, and along y."""


class Cut(NamedTuple):
    """A field cut where the variable `held` has a value, in windows of x, of y and of the height.

    The point on the slice sets out from where the other variable is at `begin`. A surface that
    would hide its slice is `trimmed` to what lies behind.
    """

    field: ScalarField
    held: str
    value: float
    x: Window
    y: Window
    z: Window
    begin: float
    trimmed: bool

    @property
    def axis(self) -> int:
        """That of the variable that is held."""
        return [str(v) for v in self.field.variables].index(self.held)


class SliceFigure(mn.VGroup):
    """A cut of a surface in its `space`, and beside it the slice as a graph in a `plane`.

    The point of the slice is where the free variable is `at`; the value of the held one and the
    slope of the tangent are read out live. Curve and tangent are gdmath's, exact at every moment.
    What was kept stays behind, pale.
    """

    def __init__(self, theme: Theme, cut: Cut) -> None:
        super().__init__()
        self.theme, self.made, self.field, self.held = theme, cut, cut.field, cut.held
        self.value, self.at = cut.value, cut.begin
        self.space = SliceRoom(theme, cut.field, cut.x, cut.y, cut.z)
        self.cut = CuttingPlane(
            self.space, cut.field, self.space.graph, axis=cut.axis, at=cut.value
        )
        self.spot = draw_touch(self.space, cut.field, (0.0, 0.0))
        if cut.axis == 0:
            self.space.camera.set(theta=ACROSS["theta"])
        windows, free = (cut.x, cut.y), 1 - cut.axis
        name = str(cut.field.variables[free])
        self.plane = Plane(
            theme, GRAPH, windows[free], cut.z, x_name=name, y_name="f(x, y)", most=5
        )
        self.kept = mn.VGroup()
        self.curve = mn.VMobject()
        self.curve.match_style(self.plane.curve(np.zeros(2), np.zeros(2), theme.danger))
        self.tangent = mn.VMobject(stroke_color=theme.tangent, stroke_width=5, fill_opacity=0)
        self.point = mn.Dot(radius=0.11, color=theme.ink)
        x, further, y = LIVE
        held = math(cut.held, size=SLICE_SIZE, colour=theme.danger).rest(x, y)
        self.held_value = live_number(held, theme.danger, size=SLICE_SIZE, decimals=2)
        slope = words("slope", size=SLICE_SIZE, colour=theme.tangent).rest(further, y)
        self.slope = live_number(slope, theme.tangent, size=SLICE_SIZE, decimals=2)
        self.words = mn.VGroup(held, self.held_value, slope, self.slope)
        self.add(self.kept, self.curve, self.tangent, self.point, self.words)
        self.draw(self.value, self.at)

    def draw(self, value: float, at: float) -> SliceFigure:
        """Cut at a value of the held variable, and put the point at one of the other."""
        self.value, self.at = value, at
        sliced = self._slice()
        # The slope of the exact line: a float's dust would make its digits look rounded.
        height, slope = sliced(at), self._slope()
        self.curve.set_points(self.plane.graph(sliced, self.theme.danger).points)
        ends = self.plane.tangent(at, height, slope, TANGENT_LENGTH / 2, inside=True)
        self.tangent.set_points_as_corners(ends)
        self.point.move_to(self.plane.at(at, height))
        facts = FieldFacts(sliced)
        steep = replace(facts.derivative(at), value=slope)
        stated(self.curve, graph(self.plane, sliced))
        stated(self.tangent, line(self.plane, "tangent", facts.on_graph(at), steep))
        stated(self.point, point(self.plane, "point", facts.on_graph(at)))
        self.held_value.write(given(self.held, value))
        self.slope.write(steep)
        self._draw_in_space()
        return self

    def _slope(self) -> float:
        return float(tangent_line(self._slice(), self.at).gradient([self.at])[0])

    def _slice(self) -> Slice:
        return Slice.where(self.field, **{self.held: self.value})

    def _draw_in_space(self) -> None:
        """Have the plane that cuts, its slice and a dot on that where they are now."""
        self.cut.stand(self.value, trimmed=self.made.trimmed)
        x, y = (self.at, self.value) if self.made.axis == 1 else (self.value, self.at)
        self.spot.put([(x, y, float(self.field(x, y)))])
        stated(self.spot, point(self.space, "touch", SpaceFacts(self.field).on_surface((x, y))))

    def flown(self) -> mn.VMobject:
        """The slice as it is seen in space, to fly out of it into the plane."""
        seen = mn.VMobject().match_style(self.curve)
        seen.set_points_as_corners(self.space.project(self.cut.curve.points))
        return stated(seen, graph(self.plane, self._slice()))

    def rest_of_it(self) -> list[mn.Mobject]:
        """All but the curve, which comes first."""
        return [part for part in self.submobjects if part is not self.curve]

    @property
    def about(self) -> list[mn.Mobject]:
        """All of it but the surface."""
        room = self.space.submobjects[1:]
        return [self, self.plane, *(part for part in room if part is not self.space.graph)]

    def keep(self) -> mn.VGroup:
        """Leave the slice and its tangent behind as they are now, pale, and go on with others.

        Their numbers, as pale, at their ends, are given back; they are of the figure when they
        stand.
        """
        ground, slope = self.theme.ground, self._steepness()
        held, pale = given(self.held, self.value), mix(self.theme.label, ground, PALE_WORDS)
        plain = f'"slope" {number(slope.value, 2)}', (slope,)
        told = (
            (self.curve, f"{self.held} = {decimal(self.value)}", (held,)),
            (self.tangent, *(self._as_product(slope, pale) if self._is_product else plain)),
        )
        row = mn.VGroup()
        for line_, said, known in told:
            colour = line_.get_stroke_color().to_hex()
            self.kept.add(line_.copy().set_stroke(mix(colour, ground, PALE), 3.5))
            row.add(_at_end(line_, said, known, mix(colour, ground, PALE_WORDS)))
        return row

    def factor(self) -> mn.VGroup:
        """The slope as a product, beside the tangent; nothing where the held variable is no factor.

        It is of the figure when it stands.
        """
        if not self._is_product:
            return mn.VGroup()
        code, facts = self._as_product(self._steepness(), self.theme.label)
        return mn.VGroup(_at_end(self.tangent, code, facts, self.theme.tangent))

    @property
    def _is_product(self) -> bool:
        return len(Monomial.all_of(self.field)) == 1

    def _steepness(self) -> Fact:
        return replace(FieldFacts(self._slice()).derivative(self.at), value=self._slope())

    def _as_product(self, slope: Fact, tone: str) -> tuple[str, tuple[Fact, ...]]:
        """A slope as what it is where the held variable is 1, times its power, and the facts in it.

        The power has a tone of its own: it is the factor of the curve, too.
        """
        of_one = FieldFacts(Slice.where(self.field, **{self.held: 1.0})).derivative(self.at)
        (term,) = Monomial.all_of(self.field)
        power = term.power(self.field.variable(self.held))
        factor = tint(f"{decimal(self.value)}^{power}", tone)
        code = f"{decimal(of_one.value)} dot {factor} {number(slope.value, 2)}"
        return code, (of_one, given(self.held, self.value), slope)

    def slide(self, at: float, run_time: float) -> mn.Animation:
        """Move the point along the curve."""
        start = self.at
        return self._move(lambda share: (self.value, start + share * (at - start)), run_time)

    def sweep(self, value: float, run_time: float) -> mn.Animation:
        """Move the cut to another value of the held variable."""
        start = self.value
        return self._move(lambda share: (start + share * (value - start), self.at), run_time)

    def _move(self, where: Callable[[float], tuple[float, float]], run_time: float) -> mn.Animation:
        def draw(share: float) -> None:
            value, at = where(share)
            # Few decimals keep the exact numbers of the cut short.
            self.draw(round(value, 4), round(at, 4))

        return Drawn(mn.Group(self, self.space), draw, run_time=run_time, rate_func=mn.smooth)


def _at_end(line_: mn.VMobject, code: str, facts: tuple[Fact, ...], colour: str) -> mn.VMobject:
    """What is told of a line, at its end."""
    (right, up), (x, y, _) = KEPT_AT, line_.get_end()
    text = math(code, size=SMALLEST, colour=colour).rest(x + right, y + up)
    return stated(text, word("number", *facts))


def require_story(facts: Facts, sum_: ScalarField, product: ScalarField, x: float) -> None:
    """See that in the one field y only lifts the curve, and in the other it is a factor, cubed."""
    facts.teach("only x can vary", "an added number has no slope")
    facts.require("only lifts the curve: the slope stays the same at every y", separable(sum_))
    facts.require("is a factor", factored(product))
    of_x, of_y = map(str, product.variables)
    power = degree(product, of_y, {of_x: x})
    facts.require("a cubic in y", equal(power, given("a cubic", 3.0)))
