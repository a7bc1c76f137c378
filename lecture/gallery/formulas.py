"""Formulas from the evidence as MathML, which browsers set by themselves."""

from __future__ import annotations

import html
from functools import cache
from typing import Any

import sympy as sp
from markupsafe import Markup
from sympy.printing.mathml import MathMLPresentationPrinter

from gdmath.parse import ExpressionError, parse_expression
from lecture.gallery.numbers import DIGITS

LONGEST = 120
"""Characters of the longest formula that is set as one: MathML does not break lines."""


class _Printer(MathMLPresentationPrinter):
    """As the lecture writes: e and ln."""

    def __init__(self) -> None:
        super().__init__({"ln_notation": True})

    def _print_Exp1(self, _expr: Any) -> Any:
        name = self.dom.createElement("mi")
        name.appendChild(self.dom.createTextNode("e"))
        return name

    def _print_exp(self, expr: Any) -> Any:
        power = self.dom.createElement("msup")
        power.appendChild(self._print_Exp1(expr))
        power.appendChild(self._print(expr.args[0]))
        return power

    def _print_log(self, expr: Any) -> Any:
        row = super()._print_Function(expr)
        row.firstChild.firstChild.nodeValue = "ln"
        return row


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
    printer = _Printer()
    names = "<mo>,</mo>".join(printer.doprint(sp.Symbol(name)) for name in variables)
    bracketed = f"<mrow><mo>(</mo>{names}<mo>)</mo></mrow>"
    body = printer.doprint(readable).replace("<mo>-</mo>", "<mo>−</mo>")
    return Markup(  # noqa: S704 (the parser lets through nothing but mathematics)
        f"<math><mrow><mi>f</mi>{bracketed}<mo>{sign}</mo>{body}</mrow></math>"
    )


def _with_decimals(expression: sp.Expr) -> sp.Expr:
    """The expression with fractions of large numbers, which nobody can read, as decimals."""
    large = [r for r in expression.atoms(sp.Rational) if r.q > 999]
    return expression.xreplace({r: sp.Float(r, DIGITS) for r in large})


def _code(text: str) -> Markup:
    return Markup(f"<code>{html.escape(text)}</code>")  # noqa: S704 (escaped)
