"""Numbers as text that a program reads back as the float64 nearest to them."""

from __future__ import annotations

import sympy as sp

# Integers up to here are exact in float64.
_EXACT_INTEGERS = 2**53


def literal(number: sp.Expr, infinity: str = "inf") -> str:
    """The float64 nearest to a real constant, in brackets; beyond the largest, `infinity`."""
    try:
        text = repr(float(number))
    except OverflowError:
        text = infinity if number.is_positive else f"-{infinity}"
    return f"({text})"


class NumbersAsFloats:
    """What makes a printer of sympy's write numbers so that no language counts them otherwise.

    Whole numbers up to 2**53 as they are, fractions of them as quotients, all others as floats.
    """

    infinity = "inf"

    def _print_Integer(self, expr: sp.Integer) -> str:
        small = abs(expr) <= _EXACT_INTEGERS
        return str(expr) if small else literal(expr, self.infinity)

    def _print_Rational(self, expr: sp.Rational) -> str:
        small = max(abs(expr.p), expr.q) <= _EXACT_INTEGERS
        return f"{expr.p}/{expr.q}" if small else literal(expr, self.infinity)
