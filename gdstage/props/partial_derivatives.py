"""What `scenes/partial_derivatives.py` shows: a recipe glyph by glyph, and a slice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import manim as mn
import numpy as np
import sympy as sp

from gdmath import tangent_line
from gdstage.look.named_parts import Parts
from gdstage.look.printing import typst
from gdstage.look.rounding import shown
from gdstage.look.text import digits, math, words
from gdstage.look.theme import mix
from gdstage.motion import Drawn
from gdstage.proof.fact import given
from gdstage.proof.field_facts import FieldFacts
from gdstage.proof.slice import Slice
from gdstage.proof.statement import all_stated, graph, line, point, scenery, stated, word
from gdstage.proof.truths import degree, equal, factored, separable
from gdstage.walks.readouts import live_number

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from gdmath import ScalarField
    from gdstage.facts import Facts
    from gdstage.look.theme import Theme
    from gdstage.plane.axes import Plane

Pairs = list[tuple[str, str]]


SIZE = 40
STEP_SIZE = 30
WHOLE, FIRST, CUT, SECOND, SLOPE, VALUE = 2.05, 1.25, 0.5, -0.35, -1.3, -2.5
OVER = -1.6


TANGENT_LENGTH = 2.6
SLICE_SIZE = 34
HEADLINE = 2.2


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

        def row(lhs: str, terms: list[Pairs], y: float, colour: str) -> Parts:
            pairs = [("lhs", f"{lhs} =")]
            for i, term in enumerate(terms):
                pairs += [(f"plus{i}", "+"), *term] if i else term
            line = Parts(pairs, size=SIZE, colour=colour)
            line.rest(x, y)
            return line

        self.whole = row(
            f"f({arguments([])})", [t.parts() for t in self.terms], WHOLE, theme.function
        )
        stated(self.whole, word("formula", field=field))
        self.cut = row(
            f"f({arguments([self.held])})",
            [t.cut(self.held, value) for t in self.terms],
            CUT,
            theme.danger,
        )
        self.raw = row(slope, [t.differentiated(self.by) for t in self.terms], SLOPE, theme.tangent)
        self.kept = [t for t in self.terms if t.power(self.by)]
        self.results = Monomial.all_of(self.partial)
        self.done = row(slope, [t.parts() for t in self.results], SLOPE, theme.tangent)
        stated(self.done, word("formula", field=field, derivative=[str(self.by)]))
        self.value = row(
            f"{slope}({arguments(field.variables)})",
            [[("number", decimal(here))]],
            VALUE,
            theme.tangent,
        )
        self.first = self._step(1, f"{held} is only a number", x, FIRST)
        self.second = self._step(2, f"differentiate by {self.by}", x, SECOND)

    def dim(self, run_time: float) -> mn.Animation:
        """Let the variable that is held still fade to a helper's colour."""
        held = [self.whole.part[t.name(self.held)] for t in self.terms if t.power(self.held)]
        theme = self.theme

        def draw(share: float) -> None:
            for part in held:
                part.set_fill(mix(theme.function, theme.dim, share))

        return Drawn(self.whole, draw, run_time=run_time, rate_func=mn.smooth)

    def put_number(self) -> list[mn.Animation]:
        """Let a copy of the field sink to where a number stands for the held variable."""
        return _carry(self.whole, self.cut)

    def differentiate(self) -> list[mn.Animation]:
        """Let copies of the glyphs move to where the derivative has them."""
        moves: list[mn.Animation] = [mn.FadeIn(self.raw.part["lhs"])]
        done = {"lhs"}
        for term in self.terms:
            if term.power(self.by) == 0:
                gone = mn.VGroup(*(self.whole.part[name] for name, _ in term.parts()))
                zero = term.name("zero")
                moves.append(mn.ReplacementTransform(gone.copy(), self.raw.part[zero]))
                done.add(zero)
            else:
                name, front = term.name(self.by), term.name("power")
                base, power = self.whole.part[name]
                landing, *left = self.raw.part[name]
                fallen = self.raw.part[front][0]
                moves += [
                    mn.ReplacementTransform(base.copy(), landing),
                    mn.ReplacementTransform(power.copy(), fallen, path_arc=OVER),
                    *(mn.FadeIn(glyph) for glyph in left),
                ]
                done |= {name, front}
        return moves + _carry(self.whole, self.raw, but=done)

    def multiply_out(self) -> list[mn.Animation]:
        """Let numbers multiply, and what is 0 vanish."""
        all_stated(self.raw.submobjects, scenery("loose glyphs"))
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

    def _step(self, count: int, text: str, x: float, y: float) -> mn.VGroup:
        theme = self.theme
        number = words(str(count), size=STEP_SIZE, colour=theme.ink, bold=True).rest(x, y)
        return mn.VGroup(number, words(text, size=STEP_SIZE, colour=theme.label).rest(x + 0.4, y))


def _carry(source: Parts, target: Parts, but: Collection[str] = ()) -> list[mn.Animation]:
    """Copies of parts move to the parts of the same name; a part without such a one fades in."""
    return [
        mn.ReplacementTransform(source.part[name].copy(), part)
        if name in source.part
        else mn.FadeIn(part)
        for name, part in target.part.items()
        if name not in but
    ]


def loose(moves: Sequence[mn.Animation], line: Parts) -> Sequence[mn.Animation]:
    """The moves of glyphs of a formula, which state meanwhile that they are loose."""
    all_stated(line.submobjects, scenery("loose glyphs"))
    return moves


def settle(scene: mn.Scene, line: Parts) -> None:
    """Let a formula stand in the scene as a whole, and speak for its glyphs."""
    scene.remove(*line.part.values(), *line.submobjects)
    for glyph in line.submobjects:
        vars(glyph).pop("statement", None)
    scene.add(line)


class SliceFigure(mn.VGroup):
    """The field where the variable `held` has one value, drawn over the other, on a plane.

    Above it stand the value of `held` and the slope of the tangent at `at`, read out live; curve
    and tangent are gdmath's, exact at every moment.
    """

    def __init__(
        self, plane: Plane, field: ScalarField, held: str, value: float, at: float
    ) -> None:
        super().__init__()
        theme = plane.theme
        self.plane, self.field, self.held = plane, field, held
        self.value, self.at = value, at
        self.curve = mn.VMobject()
        self.curve.match_style(plane.curve(np.zeros(2), np.zeros(2), theme.danger))
        self.tangent = mn.VMobject(stroke_color=theme.tangent, stroke_width=5, fill_opacity=0)
        self.point = mn.Dot(radius=0.11, color=theme.ink)
        x = plane.box.left + 1.3
        name = math(held, size=SLICE_SIZE, colour=theme.label).rest(x, HEADLINE)
        self.held_value = live_number(name, theme.label, size=SLICE_SIZE, decimals=2)
        slope = words("slope", size=SLICE_SIZE, colour=theme.tangent).rest(x + 3.0, HEADLINE)
        self.slope = live_number(slope, theme.tangent, size=SLICE_SIZE, decimals=2)
        self.add(self.curve, self.tangent, self.point, name, self.held_value, slope, self.slope)
        self.draw(value, at)

    def draw(self, value: float, at: float) -> SliceFigure:
        """Cut at a value of the held variable, and put the point at one of the other."""
        self.value, self.at = value, at
        cut = Slice.where(self.field, **{self.held: value})
        # The slope of the exact line: a float's dust would make its digits look rounded.
        height, slope = cut(at), float(tangent_line(cut, at).gradient([at])[0])
        self.curve.set_points(self.plane.graph(cut, self.plane.theme.danger).points)
        ends = self.plane.tangent(at, height, slope, TANGENT_LENGTH / 2)
        self.tangent.set_points_as_corners(ends)
        self.point.move_to(self.plane.at(at, height))
        facts = FieldFacts(cut)
        steep = replace(facts.derivative(at), value=slope)
        stated(self.curve, graph(self.plane, cut))
        stated(self.tangent, line(self.plane, "tangent", facts.on_graph(at), steep))
        stated(self.point, point(self.plane, "point", facts.on_graph(at)))
        self.held_value.write(given(self.held, value))
        self.slope.write(steep)
        return self

    def rest_of_it(self) -> list[mn.Mobject]:
        """All but the curve, which is drawn first."""
        return [part for part in self.submobjects if part is not self.curve]

    def ghost(self) -> mn.VMobject:
        """A pale copy of the curve, to stay behind."""
        return self.curve.copy().set_stroke(width=3, opacity=0.35).set_z_index(-1)

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

        return Drawn(self, draw, run_time=run_time)


def require_story(facts: Facts, sum_: ScalarField, product: ScalarField, x: float) -> None:
    """See that in the one field y only lifts the curve, and in the other it is a factor, cubed."""
    facts.teach("only x can vary", "an added number has no slope")
    facts.require("only lifts the curve: the slope stays the same at every y", separable(sum_))
    facts.require("is a factor", factored(product))
    of_x, of_y = map(str, product.variables)
    power = degree(product, of_y, {of_x: x})
    facts.require("a cubic in y", equal(power, given("a cubic", 3.0)))
