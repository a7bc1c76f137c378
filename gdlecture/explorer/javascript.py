"""A field's mathematics as JavaScript, printed from its own expressions."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.printing.jscode import JavascriptCodePrinter

from gdmath import ScalarField
from gdmath.fields.functions import Maximum, Minimum, cbrt, relu, sigmoid, softplus, where
from gdmath.fields.numbers import NumbersAsFloats
from gdmath.fields.scalar_field import gradient_expressions, hessian_expressions


class _Printer(NumbersAsFloats, JavascriptCodePrinter):  # type: ignore[misc,unused-ignore]
    """Sympy's `jscode`, with the operations that gdmath has numpy do.

    A square is a product, a half power a root; every other power is `power`, which the page
    defines as C's pow.
    """

    infinity = "Infinity"

    def _print_Pow(self, expr: sp.Pow) -> str:
        base, exponent = expr.args
        if exponent == 2:
            return f"square({self._print(base)})"
        if exponent == sp.S.Half:
            return f"Math.sqrt({self._print(base)})"
        if exponent == -sp.S.Half:
            return f"1/Math.sqrt({self._print(base)})"
        if exponent == -1:
            return str(super()._print_Pow(expr))
        return f"power({self._print(base)}, {self._print(exponent)})"

    def _print_relu(self, expr: relu) -> str:
        return f"Math.max({self._print(expr.args[0])}, 0)"

    def _print_sigmoid(self, expr: sigmoid) -> str:
        return f"(1/(1 + Math.exp({self._print(-expr.args[0])})))"

    def _print_softplus(self, expr: softplus) -> str:
        u = self._print(expr.args[0])
        return f"(Math.max({u}, 0) + Math.log1p(Math.exp(-Math.abs({u}))))"

    def _print_cbrt(self, expr: cbrt) -> str:
        return f"Math.cbrt({self._print(expr.args[0])})"

    def _print_Maximum(self, expr: Maximum) -> str:
        return f"Math.max({', '.join(map(self._print, expr.args))})"

    def _print_Minimum(self, expr: Minimum) -> str:
        return f"Math.min({', '.join(map(self._print, expr.args))})"

    def _print_where(self, expr: where) -> str:
        condition, then, otherwise = map(self._print, expr.args)
        return f"(({condition}) ? ({then}) : ({otherwise}))"

    def _print_not_supported(self, expr: sp.Basic) -> str:
        raise TypeError(f"no JavaScript for {type(expr).__name__}")


def javascript(expr: sp.Basic) -> str:
    """One expression, or one condition, as a JavaScript expression of its variables."""
    if expr == sp.false:
        return "false"
    return str(_Printer({"contract": False}).doprint(expr))


def functions_of(field: ScalarField) -> dict[str, Any]:
    """A field's value, derivatives and domain as texts of JavaScript functions of its variables.

    `value` is one text; `gradient` has d of them and `hessian` d*d, row by row; `domain` has one
    for each condition. None of them asks whether the point is in the domain.
    """
    arguments = ", ".join(v.name for v in field.variables)

    def function(expr: sp.Basic) -> str:
        return f"({arguments}) => {javascript(expr)}"

    return {
        "value": function(field.expr),
        "gradient": [function(expr) for expr in gradient_expressions(field)],
        "hessian": [function(expr) for expr in hessian_expressions(field)],
        "domain": [function(condition) for condition in field.domain],
    }
