"""Functions of real numbers that sympy lacks, or differentiates into complex or infinite clutter.

Each says by itself how it is differentiated, and prints itself for numpy and for mpmath. Their
derivatives hold almost everywhere; at a kink they follow a convention, like that of |u|, which is 0
at 0: relu has the slope 0 there, max and min the mean of both slopes, and `where` the slope of the
branch that the point is in. What lies on the other branch counts for nothing, be it infinite.

>>> x = sp.Symbol("x")
>>> sp.diff(relu(x**2 - x), x)
where(x**2 - x > 0, 2*x - 1, 0)
"""

# ruff: noqa: SLF001 (a printer of sympy's is asked by its private names)
from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.core.relational import Relational

# Digits by which two constants are compared that sympy cannot tell apart by itself.
_DIGITS = 30
# As numpy calls them.
_COMPARISONS = {">": "greater", ">=": "greater_equal", "<": "less", "<=": "less_equal"}


class RealFunction(sp.Function):
    """A function of real numbers with real values."""

    def _eval_is_extended_real(self) -> bool | None:
        return True if all(a.is_extended_real for a in self.args) else None


class relu(RealFunction):  # noqa: N801 (it is printed by this name)
    """max(0, u) with the slope 0 at u = 0, as frameworks have it."""

    nargs = 1

    @classmethod
    def eval(cls, u: sp.Expr) -> sp.Expr | None:
        """A number's."""
        sign = _sign(u)
        return None if sign is None else (u if sign > 0 else sp.S.Zero)

    def _eval_derivative(self, s: sp.Symbol) -> sp.Expr:
        (u,) = self.args
        return where(u > 0, u.diff(s), sp.S.Zero)

    def _eval_is_nonnegative(self) -> bool | None:
        return bool(self.args[0].is_real) or None

    def _numpycode(self, printer: Any) -> str:
        return f"maximum({_branch(printer, self.args[0])}, 0.0)"

    def _mpmathcode(self, printer: Any) -> str:
        return f"max({printer._print(self.args[0])}, 0)"


class sigmoid(RealFunction):  # noqa: N801 (it is printed by this name)
    """1/(1 + exp(-u)); its slope is sigmoid(u)*sigmoid(-u), which no rounding turns to 0 early."""

    nargs = 1

    @classmethod
    def eval(cls, u: sp.Expr) -> sp.Expr | None:
        """A number's."""
        return 1 / (1 + sp.exp(-u)) if u.is_number else None

    def fdiff(self, argindex: int = 1) -> sp.Expr:  # noqa: ARG002 (sympy's signature)
        """The slope."""
        return sigmoid(self.args[0]) * sigmoid(-self.args[0])

    def _eval_is_positive(self) -> bool | None:
        return bool(self.args[0].is_real) or None

    def _numpycode(self, printer: Any) -> str:
        return f"(1/(1 + exp({printer._print(-self.args[0])})))"

    def _mpmathcode(self, printer: Any) -> str:
        return f"(1/(1 + {printer._module_format('mpmath.exp')}({printer._print(-self.args[0])})))"


class softplus(RealFunction):  # noqa: N801 (it is printed by this name)
    """ln(1 + exp(u)), without overflow; its slope is the sigmoid."""

    nargs = 1

    @classmethod
    def eval(cls, u: sp.Expr) -> sp.Expr | None:
        """A number's."""
        return sp.log(1 + sp.exp(u)) if u.is_number else None

    def fdiff(self, argindex: int = 1) -> sp.Expr:  # noqa: ARG002 (sympy's signature)
        """The slope."""
        return sigmoid(self.args[0])

    def _eval_is_positive(self) -> bool | None:
        return bool(self.args[0].is_real) or None

    def _numpycode(self, printer: Any) -> str:
        u = _branch(printer, self.args[0])
        return f"(maximum({u}, 0.0) + log1p(exp(-abs({u}))))"

    def _mpmathcode(self, printer: Any) -> str:
        log, exp = (printer._module_format(f"mpmath.{f}") for f in ("log1p", "exp"))
        return f"{log}({exp}({printer._print(self.args[0])}))"


class cbrt(RealFunction):  # noqa: N801 (it is printed by this name)
    """The real cube root, of negative numbers too; its slope is infinite at 0."""

    nargs = 1

    @classmethod
    def eval(cls, u: sp.Expr) -> sp.Expr | None:
        """A number's."""
        sign = _sign(u)
        return None if sign is None else sign * sp.Pow(sign * u, sp.Rational(1, 3))

    def fdiff(self, argindex: int = 1) -> sp.Expr:  # noqa: ARG002 (sympy's signature)
        """The slope."""
        return 1 / (3 * cbrt(self.args[0]) ** 2)

    def _numpycode(self, printer: Any) -> str:
        return f"cbrt({printer._print(self.args[0])})"

    def _mpmathcode(self, printer: Any) -> str:
        u = printer._print(self.args[0])
        root, sign = (printer._module_format(f"mpmath.{f}") for f in ("cbrt", "sign"))
        return f"({sign}({u})*{root}(abs({u})))"


class _Extreme(RealFunction):
    """The larger or the smaller of two; where they are equal the slope is the mean of theirs."""

    nargs = 2
    wins = 1
    printed = "max"

    @classmethod
    def eval(cls, a: sp.Expr, b: sp.Expr) -> sp.Expr | None:
        """That of equals, and of numbers."""
        if a == b:
            return a
        sign = _sign(a - b)
        return None if sign is None else (a if sign == cls.wins else b)

    def _eval_derivative(self, s: sp.Symbol) -> sp.Expr:
        a, b = self.args
        da, db = a.diff(s), b.diff(s)
        first, second = (a > b, a < b) if self.wins > 0 else (a < b, a > b)
        return where(first, da, where(second, db, (da + db) / 2))

    def _sympystr(self, printer: Any) -> str:
        return f"{self.printed}({', '.join(map(printer._print, self.args))})"

    def _numpycode(self, printer: Any) -> str:
        return f"{self.printed}imum({', '.join(_branch(printer, a) for a in self.args)})"

    def _mpmathcode(self, printer: Any) -> str:
        return f"{self.printed}({', '.join(map(printer._print, self.args))})"


class Maximum(_Extreme):
    """The larger of two."""


class Minimum(_Extreme):
    """The smaller of two."""

    wins = -1
    printed = "min"


class where(RealFunction):  # noqa: N801 (it is printed by this name)
    """Where a comparison holds the second argument, elsewhere the third."""

    nargs = 3

    @classmethod
    def eval(cls, condition: sp.Basic, a: sp.Expr, b: sp.Expr) -> sp.Expr | None:
        """That of equals, and where the comparison is decided."""
        if a == b or condition == sp.true:
            return a
        if condition == sp.false:
            return b
        if not isinstance(condition, Relational) or condition.rel_op not in _COMPARISONS:
            raise TypeError(f"where takes a comparison such as x < 0, not {condition}")
        sign = _sign(condition.lhs - condition.rhs)
        if sign is None:
            return None
        return a if condition.func(sp.Integer(sign), 0) == sp.true else b

    def _eval_is_extended_real(self) -> bool | None:
        return True if all(a.is_extended_real for a in self.args[1:]) else None

    def _eval_derivative(self, s: sp.Symbol) -> sp.Expr:
        condition, a, b = self.args
        return where(condition, a.diff(s), b.diff(s))

    def _numpycode(self, printer: Any) -> str:
        condition, a, b = self.args
        sides = ", ".join(printer._print(side) for side in (condition.lhs, condition.rhs))
        compared = f"{_COMPARISONS[condition.rel_op]}({sides})"
        return f"where({compared}, {_branch(printer, a)}, {_branch(printer, b)})"

    def _mpmathcode(self, printer: Any) -> str:
        condition, a, b = map(printer._print, self.args)
        return f"(({a}) if {condition} else ({b}))"


FUNCTIONS = (relu, sigmoid, softplus, cbrt, Maximum, Minimum, where)


def seams(expr: sp.Expr) -> tuple[sp.Expr, ...]:
    """The expressions at whose zeros the graph of `expr` may have a kink, a jump or a steep place.

    They are the arguments of |u|, sign, relu and cbrt, and the differences of what max, min and
    `where` compare.
    """
    found: dict[sp.Expr, None] = {}
    for node in sp.preorder_traversal(expr):
        match node:
            case sp.Abs() | sp.sign() | relu() | cbrt():
                found[node.args[0]] = None
            case _Extreme():
                found[node.args[0] - node.args[1]] = None
            case where():
                found[node.args[0].lhs - node.args[0].rhs] = None
    return tuple(u for u in found if u.free_symbols)


def _sign(u: sp.Expr) -> int | None:
    """The sign of a constant, or None of anything else."""
    if not u.is_number:
        return None
    if u.is_zero:
        return 0
    value = u.evalf(_DIGITS)
    if not value.is_real or not value.is_finite:
        return None
    if abs(value) < sp.Float(10) ** (5 - _DIGITS) and not u.is_Rational and not u.is_Float:
        return 0
    return 1 if value > 0 else -1


def _branch(printer: Any, expr: sp.Expr) -> str:
    """The text of one of several values; of a number as a float, lest numpy's be whole ones."""
    return f"({float(expr)!r})" if expr.is_number else str(printer._print(expr))
