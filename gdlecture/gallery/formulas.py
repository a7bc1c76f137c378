"""Functions as the evidence has them, set as formulas."""

from __future__ import annotations

import html
from functools import cache

import sympy as sp
from markupsafe import Markup

from gdlecture.gallery.numbers import DIGITS
from gdlecture.mathml import equation
from gdmath.fields.parser import ExpressionError, parse_expression

LONGEST = 120
"""Characters of the longest formula that is set as one: MathML does not break lines."""


@cache  # clips share their functions
def formula(text: str, variables: tuple[str, ...]) -> Markup:
    """The markup of "f(x, y) = …"; text that is no formula, or is a long one, as code."""
    try:
        if len(text) > LONGEST or not all(name.isidentifier() for name in variables):
            return _code(text)
        expression = parse_expression(text, variables)
    except (ExpressionError, ValueError):
        return _code(text)
    readable = _with_decimals(expression)
    sign = "=" if readable == expression else "≈"
    return equation(readable, [sp.Symbol(name) for name in variables], sign)


def _with_decimals(expression: sp.Expr) -> sp.Expr:
    """The expression with fractions of large numbers, which nobody can read, as decimals."""
    large = [r for r in expression.atoms(sp.Rational) if r.q > 999]
    return expression.xreplace({r: sp.Float(r, DIGITS) for r in large})


def _code(text: str) -> Markup:
    return Markup(f"<code>{html.escape(text)}</code>")  # noqa: S704 (escaped)
