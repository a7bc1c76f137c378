"""Formulas read back: Typst's mathematics, as a viewer reads it, to sympy's expressions.

Things side by side are multiplied; a function without parentheses takes all that stands beside it
up to the next function or sign; what can be read in two ways is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import mpmath
import sympy as sp

from gdlecture.verify.reading import untinted
from gdmath.fields.functions import Maximum, Minimum, cbrt, relu, sigmoid, where
from gdmath.fields.regression import RegressionLoss

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "ln": sp.log, "sin": sp.sin, "cos": sp.cos, "tan": sp.tan,
    "sinh": sp.sinh, "cosh": sp.cosh, "tanh": sp.tanh,
    "arcsin": sp.asin, "arccos": sp.acos, "arctan": sp.atan,
    "arsinh": sp.asinh, "arcosh": sp.acosh, "artanh": sp.atanh,
    "sign": sp.sign, "relu": relu, "sigma": sigmoid, "max": Maximum, "min": Minimum,
    "W": sp.LambertW,
}  # fmt: skip
_LETTERS = {"e": sp.E, "pi": sp.pi}
_GREEK = frozenset((
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda",
    "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
))  # fmt: skip
_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "<": sp.Lt, "<=": sp.Le, ">": sp.Gt, ">=": sp.Ge,
}  # fmt: skip
_TOKEN = re.compile(r'\s*(op\("\w+"\)|"[^"]*"|\d+\.?\d*|[^\W\d_]+|<=|>=|!=|.)', re.DOTALL)
_ENDS = frozenset(("", "+", "-", ")", ",", "&", "=", *_COMPARISONS))
# Places that no formula is made for; some of them have a value of any function with values.
_PLACES = ("0.7", "1.3", "-1.7", "0.4", "2.2", "-0.6", "3.1", "5.3", "0.9", "-2.3", "7.9", "1.9")
_DIGITS, _CLOSE = 30, mpmath.mpf("1e-12")
_TRIES, _ENOUGH, _PLENTY = 36, 2, 6


class UnreadableError(ValueError):
    """A formula cannot be read, or can be read in two ways; the message says where."""


def read_formula(code: str) -> sp.Expr:
    """Typst's mathematics of one expression, as sympy's.

    Raises:
        UnreadableError: it is no formula, or one that can be read in two ways.
    """
    try:
        return _Reader(untinted(code)).whole()
    except (TypeError, ValueError, IndexError, ArithmeticError) as error:
        raise UnreadableError(f"cannot read {code!r}: {error}") from error


def same_function(one: sp.Expr, other: sp.Expr) -> bool:
    """Whether two expressions have the same values, with 30 digits at places of no meaning.

    Raises:
        UnreadableError: at too few of the places both have a value.
    """
    if isinstance(one, sp.Sum) or isinstance(other, sp.Sum):
        return _same_sum(one, other)
    symbols = sorted(one.free_symbols | other.free_symbols, key=str)
    compared = 0
    with mpmath.workdps(_DIGITS):
        for at in range(_TRIES):
            step = 5 + at // len(_PLACES)
            places = {s: sp.Float(_PLACES[(at + step * i) % len(_PLACES)], _DIGITS)
                      for i, s in enumerate(symbols)}  # fmt: skip
            first, second = (_value(expr, places) for expr in (one, other))
            if first is None and second is None:
                continue
            if first is None or second is None:
                return False
            if abs(first - second) > _CLOSE * max(abs(second), mpmath.mpf("1e-9")):
                return False
            compared += 1
            if compared == _PLENTY:
                break
    if compared < _ENOUGH:
        raise UnreadableError(f"{other} has a value at {compared} of {_TRIES} places only")
    return True


def check_formula(code: str, field: Any, derivative: tuple[str, ...] = ()) -> str:
    """What is wrong with a formula of a field, or of its derivative by some variables, or "".

    What stands before its "=", if it has one, is a name.
    """
    told = untinted(code)
    said = told.partition(" = ")[2] or told
    try:
        read = read_formula(said)
        if same_function(read, _true(field, derivative)):
            return ""
    except UnreadableError as error:
        return str(error)
    return f"expected {_true(field, derivative)}, found {read}"


def _true(field: Any, derivative: tuple[str, ...]) -> Any:
    if isinstance(field, RegressionLoss) and not derivative:
        counted = sp.Symbol("i")
        return sp.Rational(1, field.rows) * sp.Sum(field.summand, (counted, 1, field.rows))
    expr = field.expr
    for name in derivative:
        expr = expr.diff(sp.Symbol(name))
    return expr


def _same_sum(one: Any, other: Any) -> bool:
    (first, a), (second, b) = (_parted(expr) for expr in (one, other))
    if a is None or b is None:
        return False
    return bool(first == second and a.limits == b.limits) and same_function(a.function, b.function)


def _parted(expr: Any) -> tuple[Any, sp.Sum | None]:
    """A number times a sum."""
    factor, rest = expr.as_independent(sp.Sum)
    return factor, rest if isinstance(rest, sp.Sum) else None


def _value(expr: sp.Expr, places: Mapping[sp.Symbol, sp.Float]) -> Any:
    """The real value of an expression, or None."""
    try:
        value = expr.xreplace(dict(places)).evalf(_DIGITS)
    except (ArithmeticError, TypeError, ValueError, RecursionError):
        return None
    if not value.is_number or not value.is_real or not value.is_finite:
        return None
    return mpmath.mpf(str(value))


def _is_letter(name: str) -> bool:
    return len(name) == 1 or name in _GREEK


def _root(degree: sp.Expr, inside: sp.Expr) -> sp.Expr:
    """The real root."""
    if degree == 3:
        return cbrt(inside)
    if not (degree.is_Integer and degree % 2 == 0):
        raise ValueError(f"a root of degree {degree}")
    return sp.Pow(inside, 1 / degree)


class _Reader:
    """Reads a formula token by token."""

    def __init__(self, code: str) -> None:
        self.tokens = _TOKEN.findall(code.strip())
        self.bars = 0

    def whole(self) -> sp.Expr:
        found = self.sum()
        if self.tokens:
            raise ValueError(f"left over: {' '.join(self.tokens)}")
        return found

    def next(self) -> str:
        return self.tokens[0] if self.tokens else ""

    def take(self, token: str = "") -> str:
        found = self.tokens.pop(0) if self.tokens else "the end"
        if token not in {"", found}:
            raise ValueError(f"expected {token!r}, found {found!r}")
        return str(found)

    def name(self) -> str | None:
        """The function that comes next, if one does."""
        found = re.fullmatch(r'op\("(\w+)"\)|(\w+)', self.next())
        name = found and (found[1] or found[2])
        if name in {"W", "sigma"} and self.tokens[1:2] != ["("]:
            return None
        return name if name in FUNCTIONS else None

    def sum(self) -> sp.Expr:
        total = self.signed_term()
        while self.next() in {"+", "-"}:
            total += self.signed_term()
        return total

    def signed_term(self) -> sp.Expr:
        sign = -1 if self.next() == "-" else 1
        if self.next() in {"+", "-"}:
            self.take()
        return self.term(sp.Integer(sign))

    def term(self, sign: sp.Expr, *, stops_at_names: bool = False) -> sp.Expr:
        """Factors side by side."""
        result, count, dotted = sign, 0, True
        while self.next() not in _ENDS and not (self.bars and self.next() == "|"):
            if stops_at_names and self.name():
                break
            if self.next() in {"dot", "times"}:
                dotted = bool(self.take())
                continue
            if not dotted and self.next()[0].isdigit():
                raise ValueError("two numbers side by side")
            factor = self.factor()
            if self.next() == "/":
                self.take()
                factor = factor / self.factor()
            result, dotted = result * factor, False
            count += 1
        if not count:
            raise ValueError(f"nothing before {self.next()!r}")
        return result

    def factor(self) -> sp.Expr:
        result = self.atom()
        if self.next() == "^":
            result = sp.Pow(result, self.superscript())
        if self.next() == "^":
            raise ValueError("a superscript on a superscript")
        return result

    def superscript(self) -> sp.Expr:
        self.take("^")
        if self.next() == "(":
            (exponent,) = self.group()
            return exponent
        return self.letter_or_number(self.take())

    def group(self) -> list[sp.Expr]:
        self.take("(")
        bars, self.bars = self.bars, 0
        found = [self.sum()]
        while self.next() == ",":
            self.take()
            found.append(self.sum())
        self.take(")")
        self.bars = bars
        return found

    def atom(self) -> sp.Expr:
        if self.name():
            return self.application()
        token = self.next()
        shapes: dict[str, Callable[[], sp.Expr]] = {
            "(": self.only,
            "|": self.absolute,
            "frac": lambda: self.shape(lambda above, below: above / below),
            "sqrt": lambda: self.shape(lambda inside: _root(sp.Integer(2), inside)),
            "root": lambda: self.shape(_root),
            "abs": lambda: self.shape(sp.Abs),
            "cases": lambda: self.shape(None),
            "sum": self.sum_over_rows,
        }
        return shapes[token]() if token in shapes else self.letter_or_number(self.take())

    def only(self) -> sp.Expr:
        (found,) = self.group()
        return found

    def shape(self, made: Callable[..., sp.Expr] | None) -> sp.Expr:
        self.take()
        return self.cases() if made is None else made(*self.group())

    def absolute(self) -> sp.Expr:
        self.take("|")
        self.bars += 1
        found = sp.Abs(self.sum())
        self.bars -= 1
        self.take("|")
        return found

    def letter_or_number(self, token: str) -> sp.Expr:
        if token[0].isdigit():
            return sp.Rational(token)
        name = token.strip('"')
        if not re.fullmatch(r"\w+", name) or (token == name and not _is_letter(name)):
            raise ValueError(f"found {token!r}")
        if self.next() == "_":
            self.take()
            return sp.Symbol(f"{name}_{self.index()}")
        return _LETTERS.get(token, sp.Symbol(name))

    def index(self) -> str:
        if self.next() != "(":
            return self.take().strip('"')
        self.take()
        found = self.take().strip('"').replace(" ", "_")
        self.take(")")
        return found

    def application(self) -> sp.Expr:
        function = FUNCTIONS[str(self.name())]
        self.take()
        exponent = self.superscript() if self.next() == "^" else None
        if self.next() == "(":
            arguments = self.group()
            if self.next() == "^":
                raise ValueError("a power of the argument, or of the value?")
        else:
            arguments = [self.term(sp.Integer(1), stops_at_names=True)]
        result = function(*arguments)
        return result if exponent is None else sp.Pow(result, exponent)

    def cases(self) -> sp.Expr:
        self.take("(")
        rows: list[tuple[sp.Expr, Any]] = []
        while True:
            value = self.sum()
            self.take("&")
            word = self.take().strip('" ')
            rows.append((value, None if word == "otherwise" else self.comparison()))
            if self.take() == ")":
                break
        last, condition = rows.pop()
        if condition is not None or self.next() not in {"", ")"}:
            raise ValueError("all that stands right of a brace seems to belong to it")
        for value, holds in reversed(rows):
            last = where(holds, value, last)
        return last

    def comparison(self) -> Any:
        left, sign = self.sum(), self.take()
        if sign not in _COMPARISONS:
            raise ValueError(f"expected a comparison, found {sign!r}")
        return _COMPARISONS[sign](left, self.sum())

    def sum_over_rows(self) -> sp.Expr:
        """A sum over i from 1 on, as of the rows of a table."""
        for token in ("sum", "_", "("):
            self.take(token)
        counted = sp.Symbol(self.take())
        self.take("=")
        first = sp.Integer(int(self.take()))
        self.take(")")
        last = self.superscript()
        return sp.Sum(self.term(sp.Integer(1)), (counted, first, last))
