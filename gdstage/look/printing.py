"""Expressions as a textbook prints them, so that what is read is the expression.

`Textbook` decides what stands beside, above and in brackets; a `Notation` writes it down: Typst's
here, MathML elsewhere. Where a mathematician's shorthand could be read in two ways it is not
taken: ln²x and (x − 1) ln x, but never ln x² for (ln x)². An odd root of x, as in x^(1/3), is
printed as a power, since it has no value for x < 0; a root sign with a 3 is the real cube root.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import sympy as sp
from sympy.core.relational import Relational
from sympy.printing.conventions import split_super_sub
from sympy.printing.printer import Printer

from gdmath.fields.functions import Maximum, Minimum, cbrt, relu, sigmoid, softplus, where
from gdmath.fields.regression import RegressionLoss

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gdmath import ScalarField

NAMES: dict[type, str] = {
    sp.log: "ln", sp.sin: "sin", sp.cos: "cos", sp.tan: "tan",
    sp.sinh: "sinh", sp.cosh: "cosh", sp.tanh: "tanh",
    sp.asin: "arcsin", sp.acos: "arccos", sp.atan: "arctan",
    sp.asinh: "arsinh", sp.acosh: "arcosh", sp.atanh: "artanh",
}  # fmt: skip
"""The functions whose powers are written in the middle, as in sin²x."""

OTHER_NAMES: dict[type, str] = {
    sp.sign: "sign", relu: "relu", sigmoid: "σ", Maximum: "max", Minimum: "min", sp.LambertW: "W",
}  # fmt: skip
ALL_NAMES = NAMES | OTHER_NAMES
# Those before which a single letter needs no parentheses.
_BARE = (sp.log, sp.sin, sp.cos, sp.tan)


class Notation(Protocol):
    """How the parts of a formula are written down; each takes and gives written formulas."""

    def number(self, digits: str) -> str:
        """Decimal digits, with a point perhaps."""

    def symbol(self, name: str, index: str) -> str:
        """A variable or constant, with its index or ""."""

    def side_by_side(self, factors: Sequence[str], *, dotted: Sequence[bool]) -> str:
        """A product; `dotted` says before which of the factors a dot stands."""

    def sum(self, terms: Sequence[tuple[str, str]]) -> str:
        """Terms, each with its sign "+" or "-"; that of the first is shown if it is "-"."""

    def fraction(self, above: str, below: str) -> str:
        """One over the other."""

    def power(self, base: str, exponent: str) -> str:
        """A superscript."""

    def root(self, degree: str, inside: str) -> str:
        """A root sign; the degree "" is that of the square root."""

    def brackets(self, inside: str) -> str:
        """Round ones."""

    def bars(self, inside: str, *, is_letter: bool) -> str:
        """An absolute value."""

    def call(self, name: str, power: str, arguments: Sequence[str], *, bare: bool) -> str:
        """A function, with a power or "" after its name; `bare` without parentheses."""

    def cases(self, rows: Sequence[tuple[str, str]]) -> str:
        """Values, each with the condition under which it is taken; the last has "" for one."""

    def relation(self, left: str, sign: str, right: str) -> str:
        """A comparison; the sign is one of < <= > >= != ==."""


class Textbook(Printer):
    """Prints expressions in a notation; `names` are other ways to write some symbols."""

    printmethod = "_textbook"
    _default_settings = {"order": None}  # noqa: RUF012 (sympy's)

    def __init__(self, notation: Notation, names: Mapping[sp.Symbol, str] | None = None) -> None:
        super().__init__()
        self.notation = notation
        self.names = dict(names or {})

    def emptyPrinter(self, expr: Any) -> str:  # noqa: N802 (sympy's name)
        """What is no formula."""
        raise TypeError(f"no textbook prints {type(expr).__name__}: {expr}")

    # Numbers and letters

    def _print_Integer(self, expr: sp.Integer) -> str:
        if expr < 0:
            return self._negative(expr)
        if not _has_many_zeros(expr):
            return self.notation.number(str(expr))
        digits = str(expr).rstrip("0")
        zeros = self.notation.number(str(len(str(expr)) - len(digits)))
        ten = self.notation.power(self.notation.number("10"), zeros)
        if digits == "1":
            return ten
        return self.notation.side_by_side([self.notation.number(digits), ten], dotted=[False, True])

    def _print_Rational(self, expr: sp.Rational) -> str:
        if expr < 0:
            return self._negative(expr)
        return self.notation.fraction(*(self._print(sp.Integer(n)) for n in (expr.p, expr.q)))

    def _print_Float(self, expr: sp.Float) -> str:
        if expr < 0:
            return self._negative(expr)
        digits, _, power = str(expr).partition("e")
        whole, _, decimals = digits.partition(".")
        number = self.notation.number(f"{whole}.{decimals.rstrip('0') or '0'}")
        if not power:
            return number
        ten = self.notation.power(self.notation.number("10"), self._print(sp.Integer(int(power))))
        return self.notation.side_by_side([number, ten], dotted=[False, True])

    def _negative(self, expr: sp.Expr) -> str:
        return self.notation.sum([("-", self._print(-expr))])

    def _print_Symbol(self, expr: sp.Symbol) -> str:
        if expr in self.names:
            return self.names[expr]
        name, above, below = split_super_sub(expr.name)
        return self.notation.symbol(name, " ".join([*above, *below]))

    def _print_Pi(self, _expr: sp.Expr) -> str:
        return self.notation.symbol("pi", "")

    def _print_Exp1(self, _expr: sp.Expr) -> str:
        return self.notation.symbol("e", "")

    # Sums and products

    def _print_Add(self, expr: sp.Add) -> str:
        terms = []
        for term in self._as_ordered_terms(expr):
            is_negative = term.could_extract_minus_sign()
            body = -term if is_negative else term
            terms.append(("-" if is_negative else "+", self._enclosed(body, when=_is_open(body))))
        return self.notation.sum(terms)

    def _print_Mul(self, expr: sp.Mul) -> str:
        if expr.could_extract_minus_sign():
            body = -expr
            return self.notation.sum([("-", self._enclosed(body, when=_is_open(body)))])
        above, below = _parts(expr)
        if not below:
            return self._factors(expr.args)
        return self.notation.fraction(self._factors(above), self._factors(below))

    def _factors(self, unordered: Sequence[sp.Expr]) -> str:
        """Factors side by side, none of them below a bar."""
        product = sp.Mul(*unordered, evaluate=False)
        if not product.is_Mul:
            return self._enclosed(product, when=isinstance(product, where))
        factors = product.as_ordered_factors()
        written, dotted = [], []
        for i, factor in enumerate(factors):
            before = factors[i - 1] if i else None
            after = factors[i + 1] if i + 1 < len(factors) else None
            dotted.append(before is not None and _needs_dot(before, factor))
            if isinstance(factor, _BARE) and not (after is None or _begins_with_name(after)):
                written.append(self._called(factor, bare=False))
                continue
            is_signed = i > 0 and not factor.is_Add and factor.could_extract_minus_sign()
            written.append(self._enclosed(factor, when=_is_open(factor) or is_signed))
        return self.notation.side_by_side(written, dotted=dotted)

    def _enclosed(self, expr: sp.Expr, *, when: bool) -> str:
        written = str(self._print(expr))
        return self.notation.brackets(written) if when else written

    # Powers

    def _print_Pow(self, expr: sp.Pow) -> str:
        base, exponent = expr.args
        if exponent.is_Rational:
            if exponent < 0:
                return self._print_Mul(expr)
            if exponent.p == 1 and exponent.q % 2 == 0:
                degree = "" if exponent.q == 2 else self.notation.number(str(exponent.q))
                return self.notation.root(degree, self._print(base))
            if exponent.q == 1 and isinstance(base, tuple(NAMES)):
                return self._called(base, power=self._print(exponent))
        return self.notation.power(
            self._enclosed(base, when=not _is_one_thing(base)), self._print(exponent)
        )

    def _print_exp(self, expr: sp.exp) -> str:
        return self.notation.power(self._print(sp.E), self._print(expr.args[0]))

    def _print_cbrt(self, expr: cbrt) -> str:
        return self.notation.root(self.notation.number("3"), self._print(expr.args[0]))

    def _print_softplus(self, expr: softplus) -> str:
        return str(self._print(sp.log(1 + sp.exp(expr.args[0]))))

    # Functions

    def _print_Function(self, expr: sp.Function) -> str:
        return self._called(expr)

    def _called(self, expr: sp.Function, *, power: str = "", bare: bool = True) -> str:
        if expr.func not in ALL_NAMES:
            return self.emptyPrinter(expr)
        bare = bare and not power and isinstance(expr, _BARE) and self._is_letter(expr.args[0])
        several = len(expr.args) > 1
        arguments = [
            self._enclosed(argument, when=several and isinstance(argument, where))
            for argument in expr.args
        ]
        return self.notation.call(ALL_NAMES[expr.func], power, arguments, bare=bare)

    def _is_letter(self, expr: sp.Expr) -> bool:
        return expr.is_Symbol and expr not in self.names and len(expr.name) == 1

    def _print_Abs(self, expr: sp.Abs) -> str:
        (inside,) = expr.args
        return self.notation.bars(self._print(inside), is_letter=inside.is_Symbol)

    def _print_where(self, expr: where) -> str:
        rows: list[tuple[str, str]] = []
        last: sp.Expr = expr
        while isinstance(last, where):
            condition, value, last = last.args
            rows.append((self._in_a_row(value), self._print(condition)))
        return self.notation.cases([*rows, (self._in_a_row(last), "")])

    def _in_a_row(self, value: sp.Expr) -> str:
        return self._enclosed(value, when=isinstance(value, where))

    def _print_Relational(self, expr: Relational) -> str:
        left, right = (self._enclosed(s, when=isinstance(s, where)) for s in (expr.lhs, expr.rhs))
        return self.notation.relation(left, expr.rel_op, right)


def _is_open(expr: sp.Expr) -> bool:
    """Whether what stands beside it would seem to belong to a part of it."""
    return bool(expr.is_Add or isinstance(expr, where))


def _parts(expr: sp.Expr) -> tuple[list[sp.Expr], list[sp.Expr]]:
    """The factors above and below the bar of a product or power."""
    above: list[sp.Expr] = []
    below: list[sp.Expr] = []
    for factor in sp.Mul.make_args(expr):
        base, exponent = factor.as_base_exp()
        if factor.is_Rational:
            above += [sp.Integer(factor.p)] if factor.p != 1 else []
            below += [sp.Integer(factor.q)] if factor.q != 1 else []
        elif exponent.is_Rational and exponent < 0:
            below.append(base**-exponent)
        else:
            above.append(factor)
    return above, below


def _is_one_thing(expr: sp.Expr) -> bool:
    """Whether a superscript after it is one of all of it."""
    if expr.is_Float:
        return bool(expr >= 0 and "e" not in str(expr))
    whole = expr.is_Integer and expr >= 0 and not _has_many_zeros(expr)
    return bool(expr.is_Symbol or whole or expr in {sp.pi, sp.E} or isinstance(expr, sp.Abs | cbrt))


def _has_many_zeros(expr: sp.Integer) -> bool:
    """Whether a whole number is easier to read as a multiple of a power of ten: 3·10⁹."""
    return bool(expr != 0 and expr % 10**6 == 0)


def _needs_dot(before: sp.Expr, factor: sp.Expr) -> bool:
    """Whether two factors side by side would seem to be one thing.

    One number, one pair of bars, or a word applied to what is in brackets after it.
    """
    if isinstance(_base(before), sp.Abs):
        return isinstance(_base(factor), sp.Abs)
    if before.is_Symbol and len(split_super_sub(before.name)[0]) > 1:
        return bool(_is_open(_base(factor)))
    return bool(_base(factor).is_Number)


def _base(expr: sp.Expr) -> sp.Expr:
    """What stands first in a power; a root's sign does, so of one nothing that matters."""
    if expr.is_Pow and not (expr.exp.is_Rational and expr.exp.p == 1 and expr.exp.q % 2 == 0):
        return expr.base
    return expr


def _begins_with_name(expr: sp.Expr) -> bool:
    is_power = expr.is_Pow and expr.exp.is_Integer
    return isinstance(expr.base, tuple(NAMES)) if is_power else expr.func in ALL_NAMES


class Typst:
    """Typst's mathematics."""

    _greek = frozenset((
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lambda",
        "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "phi", "chi", "psi", "omega",
    ))  # fmt: skip
    _operators = frozenset((
        "ln", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "max",
        "min",
    ))  # fmt: skip

    def number(self, digits: str) -> str:
        """As it is."""
        return digits

    def symbol(self, name: str, index: str) -> str:
        """A letter, a Greek one by its name, or a word in upright type."""
        code = name if len(name) == 1 or name in self._greek else f'"{name}"'
        if not index:
            return code
        shown = index if len(index) == 1 or index.isdigit() else f'"{index}"'
        return f"{code}_({shown})"

    def side_by_side(self, factors: Sequence[str], *, dotted: Sequence[bool]) -> str:
        """With blanks between them."""
        parts = [f"dot {f}" if dot else f for f, dot in zip(factors, dotted, strict=True)]
        return " ".join(parts)

    def sum(self, terms: Sequence[tuple[str, str]]) -> str:
        """With blanks around the signs."""
        return " ".join(f"{sign} {term}" for sign, term in terms).removeprefix("+ ")

    def fraction(self, above: str, below: str) -> str:
        """With a slash between short ones, which looks the same."""
        if all(part.isalnum() and len(part) <= 2 for part in (above, below)):
            return f"{above}/{below}"
        return f"frac({above}, {below})"

    def power(self, base: str, exponent: str) -> str:
        """A superscript."""
        return f"{base}^({exponent})"

    def root(self, degree: str, inside: str) -> str:
        """A root sign."""
        return f"root({degree}, {inside})" if degree else f"sqrt({inside})"

    def brackets(self, inside: str) -> str:
        """They grow with what they hold."""
        return f"({inside})"

    def bars(self, inside: str, *, is_letter: bool) -> str:
        """They grow with what they hold."""
        return f"| {inside} |" if is_letter else f"abs({inside})"

    def call(self, name: str, power: str, arguments: Sequence[str], *, bare: bool) -> str:
        """A known operator, a letter, or a word made one."""
        letters = {"σ": "sigma", "W": "W"}
        code = letters.get(name, name if name in self._operators else f'op("{name}")')
        if power:
            return f"{code}^({power})({', '.join(arguments)})"
        return f"{code} {arguments[0]}" if bare else f"{code} ({', '.join(arguments)})"

    def cases(self, rows: Sequence[tuple[str, str]]) -> str:
        """A brace before the rows."""
        words = ["if", *["else if"] * (len(rows) - 2), "otherwise"]
        lines = [
            f'{value} & "{word} " {condition}' if condition else f'{value} & "{word}"'
            for word, (value, condition) in zip(words, rows, strict=True)
        ]
        return f"cases({', '.join(lines)})"

    def relation(self, left: str, sign: str, right: str) -> str:
        """Typst has the signs as sympy has them."""
        return f"{left} {'=' if sign == '==' else sign} {right}"


def typst(expression: sp.Basic, names: Mapping[sp.Symbol, str] | None = None) -> str:
    """An expression of sympy's in Typst's mathematics; `names` are other codes for its symbols."""
    return str(Textbook(Typst(), names).doprint(expression))


def typst_of(field: ScalarField) -> str:
    """What a field is, in Typst's mathematics: its expression, or the mean over its data."""
    if not isinstance(field, RegressionLoss):
        return typst(field.expr)
    summand = typst(field.summand)
    if field.summand.is_Add:
        summand = f"({summand})"
    return f"frac(1, {field.rows}) sum_(i=1)^({field.rows}) {summand}"


def matrix(entries: sp.Matrix, written: Callable[[int, int, str], str] | None = None) -> str:
    """A matrix of sympy's in Typst's mathematics, each entry as it is `written` if told.

    That is given its row, its column and its code.
    """
    rows = []
    for i in range(entries.rows):
        codes = (f"display({typst(entry)})" for entry in entries.row(i))
        rows.append(
            ", ".join(c if written is None else written(i, j, c) for j, c in enumerate(codes))
        )
    return f"mat({'; '.join(rows)})"
