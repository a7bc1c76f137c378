"""A monomial as named parts of a formula: whole, cut at a number, and differentiated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy as sp

from gdstage.look.printing import typst
from gdstage.look.rounding import shown
from gdstage.look.text import digits

if TYPE_CHECKING:
    from gdmath import ScalarField

Pairs = list[tuple[str, str]]


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
