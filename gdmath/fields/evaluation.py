"""Sympy expressions as functions of float64 arrays, and of mpmath numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp
from sympy.printing.numpy import NumPyPrinter

from gdmath.fields.numbers import NumbersAsFloats, literal

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


class _Printer(NumbersAsFloats, NumPyPrinter):  # type: ignore[misc,unused-ignore]
    """Sympy's numpy printer, with powers that do not depend on the shape of their argument.

    `a**2` squares an array but calls libm's pow for a number, `a**3` may go through a vector
    library, and the last bits differ. Here a square is the product, which IEEE 754 rounds right
    on every machine (glibc's pow misses that once in 1200 squares, by one unit in the last
    place); any other power is libm's pow for numbers and arrays alike.
    """

    def _hprint_Pow(self, expr: sp.Pow, **style: Any) -> str:
        if abs(expr.exp) == sp.S.Half and not style.get("rational"):
            return str(super()._hprint_Pow(expr, **style))
        # Sympy turns a negative integer exponent into a float before it comes here.
        if expr.exp.is_number and expr.exp.is_real and float(expr.exp) == 2:
            return f"square({self._print(expr.base)})"
        return f"float_power({self._print(expr.base)}, {self._print(expr.exp)})"

    def _print_LambertW(self, expr: sp.Expr) -> str:
        return literal(expr)

    def _print_ComplexRootOf(self, expr: sp.Expr) -> str:
        return literal(expr)


_SETTINGS = {
    "fully_qualified_modules": False,
    "inline": True,
    "allow_unknown_functions": True,
    "user_functions": {},
}


@lru_cache(maxsize=1024)
def _numpy_function(
    exprs: tuple[sp.Expr, ...], variables: tuple[sp.Symbol, ...]
) -> Callable[..., list[Any]]:
    function: Callable[..., list[Any]] = sp.lambdify(
        variables, list(exprs), modules=["numpy"], printer=_Printer(_SETTINGS)
    )
    return function


def evaluate(
    exprs: tuple[sp.Expr, ...], variables: tuple[sp.Symbol, ...], columns: list[FloatArray]
) -> list[FloatArray]:
    """Values of each of `exprs`, float64 of shape (m,), at m points given as d columns (m,).

    Overflow gives inf and invalid operations nan; no warning leaves this function.
    """
    function = _numpy_function(exprs, variables)
    with np.errstate(all="ignore"):
        results = function(*(np.ascontiguousarray(c) for c in columns))
    shape = columns[0].shape
    return [
        np.full(shape, result, dtype=np.float64) if np.ndim(result) == 0 else result
        for result in results
    ]


@lru_cache(maxsize=1024)
def mp_function(
    exprs: tuple[sp.Expr, ...], variables: tuple[sp.Symbol, ...]
) -> Callable[..., list[Any]]:
    """The same as a function of mpmath numbers, at mpmath's current precision."""
    function: Callable[..., list[Any]] = sp.lambdify(variables, list(exprs), modules="mpmath")
    return function
