"""The recipe of a partial derivative, glyph by glyph: hold the other variable, differentiate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import sympy as sp

from gdstage.look.named_parts import Parts
from gdstage.look.printing import typst
from gdstage.look.text import words
from gdstage.props.monomial import Monomial, decimal

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gdmath import ScalarField
    from gdstage.look.theme import Theme
    from gdstage.props.monomial import Pairs

SIZE = 40
STEP_SIZE = 30
WHOLE, FIRST, CUT, SECOND, SLOPE, VALUE = 2.05, 1.25, 0.5, -0.35, -1.3, -2.5
OVER = -1.6


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
        self.value = row(
            f"{slope}({arguments(field.variables)})",
            [[("number", decimal(here))]],
            VALUE,
            theme.tangent,
        )
        self.first = self._step(1, f"{held} is only a number", x, FIRST)
        self.second = self._step(2, f"differentiate by {self.by}", x, SECOND)

    def dim(self) -> list[mn.Animation]:
        """Let the variable that is held still fade to a helper's colour."""
        held = (t.name(self.held) for t in self.terms if t.power(self.held))
        return [mn.ApplyMethod(self.whole.part[name].set_fill, self.theme.dim) for name in held]

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
