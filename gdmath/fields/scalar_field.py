"""A real function of one or more variables, with its derivatives and its domain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import sympy as sp
from sympy.core.relational import Relational

from gdmath import display
from gdmath.fields.derivatives import derivative
from gdmath.fields.domain import describe, domain_of, hold
from gdmath.fields.evaluation import BoolArray, FloatArray, evaluate
from gdmath.fields.functions import FUNCTIONS, RealFunction

Window = tuple[tuple[float, float], ...]
Variable: TypeAlias = sp.Symbol | str

_FUNCTIONS = (
    sp.exp, sp.log, sp.Abs, sp.sign,
    sp.sin, sp.cos, sp.tan, sp.asin, sp.acos, sp.atan,
    sp.sinh, sp.cosh, sp.tanh, sp.asinh, sp.acosh, sp.atanh,
    *FUNCTIONS,
)  # fmt: skip
# A sum of so many is still evaluated with 50 digits in some 1 ms, a thousand times a verdict.
_MOST_SUMMANDS = 20
# What a formula, or the text that numpy runs, means by something else than a variable.
_NAMES = {f.__name__.lower() for f in _FUNCTIONS} | {
    "sqrt", "ln", "pi", "e", "pow", "max", "min", "float_power", "square",
    "greater", "greater_equal", "less", "less_equal",
}  # fmt: skip


@dataclass(frozen=True)
class ScalarField:
    """A real-valued function of d real variables, given by a sympy expression.

    `expr` is exact and so are the derivatives taken from it; numbers come out as float64.
    `variables` are symbols or names, in the order of the coordinates; symbols of `expr` are
    matched to them by name. `window` holds (lo, hi) for each variable: the part worth plotting;
    it limits nothing. Two fields are equal if they are the same expression of the same
    variables under the same conditions. `given` adds conditions to those that `expr` implies.

    Raises ValueError if `expr` is not a real expression of the `variables` alone, or has a
    function that is not among exp log abs sign sqrt, sin cos tan sinh cosh tanh and inverses,
    and those of `gdmath.fields.functions`.

    >>> x, y = sp.symbols("x y")
    >>> bowl = ScalarField(x**2 + y**2, (x, y))
    >>> bowl(3, 4), bowl.gradient((2, 3)).tolist()
    (25.0, [4.0, 6.0])
    >>> bowl.partial("y").expr
    2*y
    """

    expr: sp.Expr
    variables: tuple[sp.Symbol, ...]
    name: str = field(default="", kw_only=True, compare=False)
    window: Window | None = field(default=None, kw_only=True, compare=False)
    given: tuple[sp.Basic, ...] = field(default=(), kw_only=True, repr=False)

    def __post_init__(self) -> None:
        expr = _checked_expr(self.expr)
        variables = _checked_variables(self.variables, expr)
        by_name = {v.name: v for v in variables}
        swap = {s: by_name[s.name] for s in expr.free_symbols if s.name in by_name}
        expr = expr.xreplace(swap)
        unknown = sorted(s.name for s in expr.free_symbols - set(variables))
        if unknown:
            raise ValueError(
                f"variables must name every symbol of expr; missing: {', '.join(unknown)}"
            )
        for attribute, value in (
            ("expr", expr),
            ("variables", variables),
            ("window", _checked_window(self.window, len(variables))),
            ("given", tuple(c.xreplace(swap) for c in self.given)),
        ):
            object.__setattr__(self, attribute, value)

    @property
    def summands(self) -> int:
        """How many rows of data each value is summed over; 1 of a mere expression."""
        return 1

    @classmethod
    def parse(
        cls,
        text: str,
        variables: Sequence[Variable] | None = None,
        *,
        name: str = "",
        window: Any = None,
    ) -> ScalarField:
        """The field written in `text`, read by a whitelist: nothing is ever executed.

        Without `variables` these are x and y: (x, y) if y occurs, else (x,).
        Decimals are exact: 0.1 is 1/10. Raises ExpressionError (a ValueError) saying what is
        wrong, where, and what would be right.

        >>> ScalarField.parse("exp(x) - ln(x)/2").expr
        exp(x) - log(x)/2
        """
        from gdmath.fields.parser import parse_expression  # noqa: PLC0415 (parse builds on this module)

        if variables is None:
            expr = parse_expression(text)
            x, y = sp.symbols("x y")
            variables = (x, y) if y in expr.free_symbols else (x,)
        else:
            expr = parse_expression(text, [str(variable) for variable in variables])
        return cls(expr, tuple(variables), name=name, window=window)

    @property
    def dimension(self) -> int:
        """The number d of variables."""
        return len(self.variables)

    @property
    def domain(self) -> tuple[sp.Basic, ...]:
        """The conditions, exact, under which the field has a real value: log(x) needs x > 0.

        They follow from the expression as sympy holds it: x/x is 1 there, and total.
        """
        return tuple(dict.fromkeys((*self.given, *domain_of(self.expr, self.variables))))

    def variable(self, which: Variable) -> sp.Symbol:
        """The variable of that name; ValueError if there is none."""
        for v in self.variables:
            if v.name == str(which):
                return v
        names = ", ".join(v.name for v in self.variables)
        raise ValueError(f"variable must be one of {names}, not {which}")

    def partial(self, variable: Variable) -> ScalarField:
        """The partial derivative by `variable`: exact, of the same variables and domain."""
        expr = derivative(self.expr, self.variables, self.variable(variable))
        return ScalarField(expr, self.variables, window=self.window, given=self.domain)

    def __call__(self, *coordinates: npt.ArrayLike) -> Any:
        """The float64 value at the coordinates, one argument a variable; nan outside the domain.

        Arguments broadcast; the result has their common shape, and is a float if all of them
        are plain numbers. Overflow inside the domain gives inf.
        """
        if len(coordinates) != self.dimension:
            raise ValueError(
                f"coordinates must be {self.dimension} (one a variable), not {len(coordinates)}"
            )
        arrays = np.broadcast_arrays(*(_as_float(c, "coordinates") for c in coordinates))
        columns = [a.reshape(-1) for a in arrays]
        value = self._inside((self.expr,), columns)[0].reshape(arrays[0].shape)
        if value.ndim == 0 and not any(isinstance(c, np.ndarray) for c in coordinates):
            return float(value)
        return value

    def at(self, points: npt.ArrayLike) -> FloatArray:
        """The values (...) at points (..., d), float64."""
        columns, shape = self._columns(points)
        return self._inside((self.expr,), columns)[0].reshape(shape)

    def gradient(self, points: npt.ArrayLike) -> FloatArray:
        """The gradient (..., d) at points (..., d): float64 values of the exact derivatives.

        The bits do not depend on how many points are asked for at once; nan outside the domain.
        """
        columns, shape = self._columns(points)
        result = self._inside(gradient_expressions(self), columns)
        return np.stack(result, axis=-1).reshape(*shape, self.dimension)

    def hessian(self, points: npt.ArrayLike) -> FloatArray:
        """The Hessian (..., d, d) at points (..., d): float64 values of the exact derivatives."""
        columns, shape = self._columns(points)
        result = self._inside(hessian_expressions(self), columns)
        d = self.dimension
        return np.stack(result, axis=-1).reshape(*shape, d, d)

    def contains(self, points: npt.ArrayLike) -> BoolArray:
        """Whether each of the points (..., d) is in the real domain, bool (...).

        Overflow to inf does not put a point outside: exp contains 1000.
        """
        columns, shape = self._columns(points)
        return hold(self.domain, self.variables, columns).reshape(shape)

    def explain(self, point: npt.ArrayLike) -> str:
        """The conditions that fail at one point (d,), as text such as "x > 0"; "" if none does."""
        columns, _ = self._columns(point)
        failing = [c for c in self.domain if not hold((c,), self.variables, columns).all()]
        return " and ".join(describe(c) for c in failing)

    def _repr_html_(self) -> str:
        return display.field_html(self)

    def _repr_latex_(self) -> str:
        return display.field_latex(self)

    def _columns(self, points: npt.ArrayLike) -> tuple[list[FloatArray], tuple[int, ...]]:
        array = _as_float(points, "points")
        if array.ndim == 0 or array.shape[-1] != self.dimension:
            raise ValueError(f"points must have shape (..., {self.dimension}), not {array.shape}")
        flat = array.reshape(-1, self.dimension)
        return [flat[:, i] for i in range(self.dimension)], array.shape[:-1]

    def _inside(self, exprs: tuple[sp.Expr, ...], columns: list[FloatArray]) -> list[FloatArray]:
        """Values of `exprs` where the field has a value, nan elsewhere."""
        results = evaluate(exprs, self.variables, columns)
        inside = hold(self.domain, self.variables, columns)
        if inside.all():
            return results
        return [np.where(inside, r, np.nan) for r in results]


def check_field(field: Any) -> None:
    """Raise ValueError, saying what to write, where a text or an expression is given as a field."""
    if isinstance(field, str):
        raise ValueError(f"field must be a ScalarField; write ScalarField.parse({field!r})")
    if isinstance(field, sp.Basic):
        names = sorted(str(s) for s in field.free_symbols) or ["x"]
        told = f"({', '.join(names)})" if len(names) > 1 else names[0]
        raise ValueError(f"field must be a ScalarField; write ScalarField({field}, {told})")
    if not hasattr(field, "gradient"):
        raise ValueError(
            "field must be a ScalarField, such as ScalarField.parse('x**2'), "
            f"not {type(field).__name__}"
        )


def is_formula(field: Any) -> bool:
    """Whether a field is a formula that 50-digit arithmetic evaluates in an instant.

    The loss of a network is none, nor is a sum over many rows of data.
    """
    return isinstance(field, ScalarField) and field.summands <= _MOST_SUMMANDS


@lru_cache(maxsize=256)
def gradient_expressions(field: ScalarField) -> tuple[sp.Expr, ...]:
    """The d partial derivatives, exact."""
    return tuple(derivative(field.expr, field.variables, v) for v in field.variables)


@lru_cache(maxsize=256)
def hessian_expressions(field: ScalarField) -> tuple[sp.Expr, ...]:
    """The d*d second derivatives, exact, row by row."""
    vs = field.variables
    upper = {
        (i, j): derivative(field.expr, vs, v, w)
        for i, v in enumerate(vs)
        for j, w in enumerate(vs)
        if i <= j
    }
    d = len(vs)
    return tuple(upper[min(i, j), max(i, j)] for i in range(d) for j in range(d))


def _as_float(values: npt.ArrayLike, argument: str) -> FloatArray:
    array = np.asarray(values)
    try:
        return array.astype(
            np.float64, casting="unsafe" if array.dtype.kind == "O" else "same_kind"
        )
    except (TypeError, ValueError):
        raise ValueError(f"{argument} must be real numbers, not {values!r}") from None


def _checked_expr(expr: Any) -> sp.Expr:
    if isinstance(expr, str):
        raise ValueError("expr must be a sympy expression; read text with ScalarField.parse")
    try:
        expr = sp.sympify(expr, strict=True)
    except sp.SympifyError:
        raise ValueError(f"expr must be a sympy expression, not {expr!r}") from None
    if not isinstance(expr, sp.Expr):
        raise ValueError(f"expr must be a sympy expression, not {expr!r}")
    if expr.has(sp.I, sp.oo, -sp.oo, sp.zoo, sp.nan):
        raise ValueError(f"expr must be real and finite, not {expr}")
    for node in sp.preorder_traversal(expr):
        if (
            node.free_symbols
            and node.args
            and not isinstance(
                node, (sp.Add, sp.Mul, sp.Pow, Relational, RealFunction, *_FUNCTIONS)
            )
        ):
            raise ValueError(f"expr must not use {type(node).__name__}, only known functions")
    return expr


def _checked_variables(variables: Any, expr: sp.Expr) -> tuple[sp.Symbol, ...]:
    if isinstance(variables, sp.Symbol | str):
        variables = (variables,)
    known = {s.name: s for s in expr.free_symbols}
    result = []
    for v in variables:
        if not isinstance(v, sp.Symbol | str):
            raise ValueError(f"variables must be symbols or names, not {v!r}")
        result.append(known.get(v, sp.Symbol(v)) if isinstance(v, str) else v)
    names = [v.name for v in result]
    if not names or len(set(names)) < len(names):
        raise ValueError(f"variables must be one or more different symbols, not {names}")
    for n in names:
        if not n.isidentifier() or n.lower() in _NAMES:
            raise ValueError(f"variables must have plain names such as x, not {n!r}")
    return tuple(result)


def _checked_window(window: Any, dimension: int) -> Window | None:
    if window is None:
        return None
    array = np.asarray(window, dtype=np.float64)
    if array.shape == (2,):
        array = array[np.newaxis]
    if array.shape != (dimension, 2) or not (
        np.isfinite(array).all() and (array[:, 0] < array[:, 1]).all()
    ):
        raise ValueError(f"window must be (lo, hi) with lo < hi for each variable, not {window}")
    return tuple((float(lo), float(hi)) for lo, hi in array)
