"""A student's function as a formula: called once with letters instead of numbers.

Operators, and numpy's functions, do with a `_Letter` what they do with a number, and write it down.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable
from types import FunctionType
from typing import Any

import numpy as np
import sympy as sp

from gdmath import ScalarField

_NAMES = ("x", "y")
_KNOWN = {
    "exp": sp.exp, "log": sp.log, "sqrt": sp.sqrt, "absolute": sp.Abs, "sign": sp.sign,
    "sin": sp.sin, "cos": sp.cos, "tan": sp.tan,
    "arcsin": sp.asin, "arccos": sp.acos, "arctan": sp.atan,
    "sinh": sp.sinh, "cosh": sp.cosh, "tanh": sp.tanh,
    "log2": lambda u: sp.log(u) / sp.log(2), "log10": lambda u: sp.log(u) / sp.log(10),
    "log1p": lambda u: sp.log(1 + u), "expm1": lambda u: sp.exp(u) - 1,
    "add": lambda u, v: u + v, "subtract": lambda u, v: u - v, "multiply": lambda u, v: u * v,
    "divide": lambda u, v: u / v, "power": lambda u, v: u**v, "square": lambda u: u**2,
    "float_power": lambda u, v: u**v,
    "reciprocal": lambda u: 1 / u, "negative": lambda u: -u, "positive": lambda u: u,
}  # fmt: skip
"""By numpy's names."""
_AS_MATH = {
    "fabs": "absolute",
    "pow": "power",
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
}


class NoFormulaError(ValueError):
    """A function whose formula cannot be seen by calling it, in one line that says what to do."""


class _Letter(np.lib.mixins.NDArrayOperatorsMixin):
    """An expression that numpy takes for a number."""

    def __init__(self, expr: sp.Expr) -> None:
        self.expr = expr

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        known = _KNOWN.get(ufunc.__name__)
        if known is None or method != "__call__" or options:
            raise NoFormulaError(f"it uses numpy.{ufunc.__name__}")
        return _Letter(known(*map(_expression, inputs)))

    def __bool__(self) -> bool:
        raise NoFormulaError("it decides by the value of its variable")

    def __float__(self) -> float:
        raise NoFormulaError("it needs its variable as a plain number")


def _expression(value: Any) -> sp.Expr:
    """A letter's; a number's, exactly as it is written: 0.1 is 1/10."""
    if isinstance(value, _Letter):
        return value.expr
    number = np.asarray(value)
    if number.shape or number.dtype.kind not in "iuf":
        raise NoFormulaError(f"it reckons with {value!r}")
    for constant, exact in ((math.pi, sp.pi), (math.e, sp.E)):
        if number == constant:
            return exact
    return sp.Rational(repr(number.item()))


class _MathOfLetters:
    """The module `math` for letters; what it does to numbers is as before."""

    def __getattr__(self, name: str) -> Any:
        plain = getattr(math, name)
        known = _KNOWN.get(_AS_MATH.get(name, name))
        if known is None or not callable(plain):
            return plain

        def function(*arguments: Any) -> Any:
            if any(isinstance(a, _Letter) for a in arguments):
                return _Letter(known(*map(_expression, arguments)))
            return plain(*arguments)

        return function


def traced(function: Callable[..., Any]) -> ScalarField:
    """The field that a Python function of one or two numbers computes; exact.

    Raises:
        NoFormulaError: it takes other arguments, or does what no formula does.
    """
    count = len(inspect.signature(function).parameters)
    if count not in {1, 2}:
        raise NoFormulaError(f"f takes {count} arguments; one or two variables can be drawn")
    symbols = sp.symbols(_NAMES[:count])
    try:
        result = _for_letters(function)(*(_Letter(symbol) for symbol in symbols))
        return ScalarField(_expression(result), symbols)
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        told = 'give lab the formula instead: lab("exp(x) - log(x)")'
        raise NoFormulaError(f"f cannot be read as a formula: {reason}; {told}") from error


def _name(value: Any) -> str:
    return str(getattr(value, "__name__", ""))


def _for_letters(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with `math` that takes letters, wherever its module has names of it."""
    if not isinstance(function, FunctionType):
        return function
    ours = _MathOfLetters()
    known = {
        name: ours if value is math else getattr(ours, value.__name__)
        for name, value in function.__globals__.items()
        if value is math or (callable(value) and value is getattr(math, _name(value), None))
    }
    names = {**function.__globals__, **known}
    return FunctionType(function.__code__, names, None, function.__defaults__, function.__closure__)
