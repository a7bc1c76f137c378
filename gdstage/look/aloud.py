"""Expressions as a lecturer says them: "e to the x minus the natural log of x".

Digits stay digits, and letters letters: whoever speaks turns all text into words. Where brackets
would be read, the pauses around "the quantity" tell how far they reach.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from gdstage.look.printing import Textbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sympy as sp

_POWERS = {"2": "squared", "3": "cubed"}
_CALLED = {
    "ln": "the natural log", "sin": "sine", "cos": "cosine", "tan": "tangent",
    "sinh": "the hyperbolic sine", "cosh": "the hyperbolic cosine",
    "tanh": "the hyperbolic tangent", "arcsin": "the arc sine", "arccos": "the arc cosine",
    "arctan": "the arc tangent", "arsinh": "the inverse hyperbolic sine",
    "arcosh": "the inverse hyperbolic cosine", "artanh": "the inverse hyperbolic tangent",
    "sign": "the sign", "σ": "sigma", "max": "the larger", "min": "the smaller",
}  # fmt: skip
_STANDS = {
    "<": "is less than", "<=": "is at most", ">": "is greater than", ">=": "is at least",
    "!=": "is not", "==": "equals",
}  # fmt: skip
_PARTS = {"2": "half", "3": "third", "4": "quarter"}


class Aloud:
    """A notation of words."""

    def number(self, digits: str) -> str:
        """As it is."""
        return digits

    def symbol(self, name: str, index: str) -> str:
        """A letter or a name, with its index after it."""
        return f"{name} sub {index}" if index else name

    def side_by_side(self, factors: Sequence[str], *, dotted: Sequence[bool]) -> str:
        """Short ones are said at once, as 2 x; others are told to be multiplied."""
        del dotted
        whole = factors[0]
        for before, factor in pairwise(factors):
            short = " " not in before and before.isalnum() and not factor[0].isdigit()
            whole += f" {factor}" if short and not factor.startswith("the ") else f" times {factor}"
        return whole

    def sum(self, terms: Sequence[tuple[str, str]]) -> str:
        """With its signs; that of the first only if it is minus."""
        signs = {"+": "plus", "-": "minus"}
        return " ".join(f"{signs[sign]} {term}" for sign, term in terms).removeprefix("plus ")

    def fraction(self, above: str, below: str) -> str:
        """One half, x over 4; a pause before the bar of a longer one."""
        if above == "1" and below in _PARTS:
            return f"one {_PARTS[below]}"
        pause = "," if " plus " in above or " minus " in above else ""
        return f"{above}{pause} over {below}"

    def power(self, base: str, exponent: str) -> str:
        """Squared, cubed, to the 4."""
        if exponent in _POWERS:
            return f"{base} {_POWERS[exponent]}"
        pause = "," if " " in exponent.removeprefix("minus ") else ""
        return f"{base} to the {exponent}{pause}"

    def root(self, degree: str, inside: str) -> str:
        """The square root, the cube root, the root of degree 4."""
        kind = {"": "square root", "3": "cube root"}.get(degree, f"root of degree {degree}")
        return f"the {kind} of {inside}"

    def brackets(self, inside: str) -> str:
        """A quantity, and a pause where it ends."""
        return f"the quantity {inside},"

    def bars(self, inside: str, *, is_letter: bool) -> str:
        """An absolute value."""
        del is_letter
        return f"the absolute value of {inside}"

    def call(self, name: str, power: str, arguments: Sequence[str], *, bare: bool) -> str:
        """A function of what it is of; of more than a letter, a pause at the end."""
        del bare
        head = _CALLED.get(name, name)
        head = self.power(head, power) if power else head
        of = " and ".join(arguments)
        return f"{head} of {of}" + ("," if " " in of else "")

    def cases(self, rows: Sequence[tuple[str, str]]) -> str:
        """Each value with its condition."""
        told = [f"{value} if {condition}" if condition else value for value, condition in rows]
        return "; ".join(told[:-1]) + f"; otherwise {told[-1]}"

    def relation(self, left: str, sign: str, right: str) -> str:
        """A comparison."""
        return f"{left} {_STANDS[sign]} {right}"


def aloud(expression: sp.Basic) -> str:
    """An expression of sympy's as it is said."""
    return str(Textbook(Aloud()).doprint(expression)).replace(",,", ",").rstrip(",")


def partial_aloud(function: str, variable: str) -> str:
    """A partial derivative: "partial f by partial x"."""
    return f"partial {function} by partial {variable}"
