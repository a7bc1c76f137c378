"""Formulas as MathML, which browsers set by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp
from markupsafe import Markup
from sympy.printing.mathml import MathMLPresentationPrinter


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


def equation(value: sp.Expr, variables: Sequence[sp.Symbol], sign: str = "=") -> Markup:
    """The markup of "f(x, y) = …" on one line; brackets keep their size beside fractions."""
    printer = _Printer()
    names = "<mo>,</mo>".join(printer.doprint(variable) for variable in variables)
    line = f"<mi>f</mi><mo>(</mo>{names}<mo>)</mo><mo>{sign}</mo>{printer.doprint(value)}"
    for bracket in "()":
        line = line.replace(f"<mo>{bracket}</mo>", f'<mo stretchy="false">{bracket}</mo>')
    line = line.replace("<mo>-</mo>", "<mo>−</mo>")
    return Markup(f"<math><mrow>{line}</mrow></math>")  # noqa: S704 (sympy's own markup)
