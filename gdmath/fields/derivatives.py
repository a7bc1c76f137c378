"""Symbolic derivatives of real functions: exact, and in the form in which they were written."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp


class _RealSign(sp.Function):
    """sign(u) of a real u; its derivative is 0 wherever it has one."""

    def fdiff(self, argindex: int = 1) -> sp.Expr:  # noqa: ARG002 (sympy's signature)
        return sp.S.Zero


class _RealAbs(sp.Function):
    """|u| of a real u; its derivative is sign(u) (0 at the kink, by convention)."""

    def fdiff(self, argindex: int = 1) -> sp.Expr:  # noqa: ARG002 (sympy's signature)
        return _RealSign(self.args[0])


def real_symbols(variables: Sequence[sp.Symbol]) -> dict[sp.Symbol, sp.Symbol]:
    """Map each variable to the real symbol of the same name, so that sympy may use realness."""
    return {v: sp.Symbol(v.name, real=True) for v in variables}


def derivative(expr: sp.Expr, variables: Sequence[sp.Symbol], *by: sp.Symbol) -> sp.Expr:
    """Differentiate `expr` by each symbol of `by` in turn; exact.

    The result is never simplified: simplifying moves the last bits of the float64 value, and
    the lecture's printed results belong to the derivative as the rules of calculus write it.
    """
    real = real_symbols(variables)
    # Abs and sign of something sympy cannot prove real would differentiate to complex clutter.
    result = expr.xreplace(real).replace(sp.Abs, _RealAbs).replace(sp.sign, _RealSign)
    for symbol in by:
        result = sp.diff(result, real[symbol])
    result = result.replace(_RealAbs, sp.Abs).replace(_RealSign, sp.sign)
    return result.xreplace({plain: symbol for symbol, plain in real.items()})
