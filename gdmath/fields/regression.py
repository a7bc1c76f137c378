"""The loss of a model over a table of data, as a field of the model's one or two parameters.

`squared` is the mean of (model − target)², as in `gdmath.networks`; `log` the mean log loss of the
probability sigmoid(model) for targets 0 and 1, −t ln p − (1 − t) ln(1 − p) = softplus(z) − t z with
z the model. A squared loss that is a polynomial of the parameters is one expression, with exact
means of the data for its coefficients, however many rows there are; any other is a sum over the
rows, with exact derivatives of each summand.

>>> points = {"t": ["0", "1", "2"], "s": ["1", "3", "5"]}
>>> loss = regression("a*t + b", points, target="s")
>>> loss.parameters, sp.expand(loss.expr)
(('a', 'b'), 5*x**2/3 + 2*x*y - 26*x/3 + y**2 - 6*y + 35/3)
"""

from __future__ import annotations

import ast
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import mpmath
import numpy as np
import sympy as sp

from gdmath.fields.derivatives import derivative
from gdmath.fields.domain import describe, domain_of, hold
from gdmath.fields.evaluation import FloatArray, evaluate, mp_function
from gdmath.fields.functions import RealFunction, sigmoid, softplus
from gdmath.fields.parser import ExpressionError, is_reserved, parse_expression
from gdmath.fields.scalar_field import ScalarField

LOSSES = ("squared", "log")
MOST_ROWS = 10_000
# What the rest of the program calls the variables of a field, in the order of the parameters.
_VARIABLES = (sp.Symbol("x"), sp.Symbol("y"))
# Beyond, the exact coefficients grow too long to gain anything.
_HIGHEST_DEGREE = 8
# Numbers held at once while many points are evaluated.
_AT_ONCE = 1_000_000

Table = tuple[tuple[sp.Symbol, tuple[str, ...]], ...]


class RegressionError(ValueError):
    """A model, a loss or data that make no field; the message says what would be right."""


@dataclass(frozen=True)
class RegressionLoss(ScalarField):
    """A mean loss over rows of data: a field of x and y, the first and second of `parameters`.

    `summand` is one row's loss, of x, y and the columns, which bear the index i there. `recipe`
    holds model, target, loss and the columns' decimal texts: enough to make the field again.
    """

    parameters: tuple[str, ...] = field(default=(), kw_only=True, compare=False)
    summand: sp.Expr = field(default=sp.S.Zero, kw_only=True, compare=False, repr=False)
    rows: int = field(default=0, kw_only=True, compare=False, repr=False)
    recipe: dict[str, Any] = field(default_factory=dict, kw_only=True, compare=False, repr=False)

    @property
    def summands(self) -> int:
        """How many rows each value is summed over; 1 where their mean is one expression."""
        return self.rows if self.expr.has(_OverRows) else 1

    def written(self) -> str:
        """The recipe as one line of JSON."""
        return json.dumps(self.recipe, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> RegressionLoss:
        """The field of a written recipe; RegressionError if it is none."""
        try:
            return cls.from_recipe(json.loads(text))
        except (ValueError, RecursionError) as error:
            if isinstance(error, RegressionError):
                raise
            raise RegressionError(f"the recipe of a regression cannot be read: {error}") from None

    @classmethod
    def from_recipe(cls, recipe: Any) -> RegressionLoss:
        """The field of which that is the recipe; RegressionError if it is none."""
        match recipe:
            case {"model": str(model), "target": str(target), "loss": str(loss), "columns": dict()}:
                return regression(model, recipe["columns"], target=target, loss=loss)
        raise RegressionError("the recipe of a regression has model, target, loss and columns")


def regression(
    model: str, columns: Mapping[str, Sequence[Any]], *, target: str, loss: str = "squared"
) -> RegressionLoss:
    """The mean loss of `model`, a formula of columns and of one or two parameters.

    `columns` (n each) are numbers, or their decimal texts, which are taken exactly. Every name in
    the model that is neither a column nor a function is a parameter, in order of appearance.

    Raises RegressionError, in one line, for what makes no field: no parameter or more than two, a
    target that is missing or used in the model, numbers that are not finite, columns of unequal
    or no length, more than 10,000 rows, targets other than 0 and 1 for the log loss, and a model
    that has no value on some row whatever the parameters. ExpressionError for a model that is no
    formula.
    """
    if loss not in LOSSES:
        raise RegressionError(f"loss: one of {', '.join(LOSSES)}, not {loss!r}")
    if target not in columns:
        raise RegressionError(f"target: no column is called {target!r}; {_known(columns)}")
    names = _names_in(model)
    used = [name for name in columns if name in names]
    if target in used:
        raise RegressionError(f"model: {target} is the target, and cannot be in the model too")
    parameters = tuple(name for name in names if name not in columns)
    if not 1 <= len(parameters) <= 2:
        found = ", ".join(parameters) or "none"
        raise RegressionError(
            f"model: one or two parameters, not {found} ({_known(columns)}); write a*x + b"
        )
    variables = _VARIABLES[: len(parameters)]
    texts = {name: _texts(name, columns[name]) for name in (*used, target)}
    if len({len(column) for column in texts.values()}) > 1:
        raise RegressionError("data: the columns must be of one length")
    rows = len(texts[target])
    if not 1 <= rows <= MOST_ROWS:
        raise RegressionError(f"data: 1 to {MOST_ROWS:,} rows, not {rows:,}")
    symbols = {name: sp.Symbol(f"{name}_i") for name in texts}
    meant = {sp.Symbol(n): s for n, s in zip(parameters, variables, strict=True)}
    meant |= {sp.Symbol(name): symbol for name, symbol in symbols.items()}
    z = parse_expression(model, [*parameters, *used]).xreplace(meant)
    summand = _summand(z, symbols[target], loss, texts[target])
    table: Table = tuple((symbols[name], column) for name, column in texts.items())
    recipe = {
        "model": model, "target": target, "loss": loss,
        "columns": {name: list(column) for name, column in texts.items()},
    }  # fmt: skip
    what = {"squared": "mean squared error", "log": "mean log loss"}[loss]
    expr = _collapsed(summand, variables, table)
    return RegressionLoss(
        _over_rows(summand, variables, table, "mean") if expr is None else expr,
        variables,
        name=f"{what} of {' '.join(model.split())} over {rows} points",
        given=tuple(_conditions(summand, variables, table)),
        parameters=parameters, summand=summand, rows=rows, recipe=recipe,
    )  # fmt: skip


def _names_in(model: str) -> list[str]:
    """The names in a formula that are no functions or constants, in order of appearance."""
    try:
        tree = ast.parse(model.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        parse_expression(model, ())  # says what is wrong, and where
        raise ExpressionError("it does not read as a formula", model, 0) from None
    found = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and not is_reserved(n.id)]
    found.sort(key=lambda node: (node.lineno, node.col_offset))
    return list(dict.fromkeys(node.id for node in found))


def _known(columns: Mapping[str, Any]) -> str:
    shown = ", ".join(list(columns)[:8]) + (", …" if len(columns) > 8 else "")
    return f"the columns are {shown}"


def _texts(name: str, column: Sequence[Any]) -> tuple[str, ...]:
    texts = tuple(c.strip() if isinstance(c, str) else repr(float(c)) for c in column)
    for row, text in enumerate(texts, 1):
        try:
            good = math.isfinite(float(text)) and "_" not in text and len(text) <= 40
            good = good and abs(float(text)) < 1e100
        except ValueError:
            good = False
        if not good:
            raise RegressionError(f"data: column {name}, row {row}: {text[:40]!r} is no number")
    return texts


def _summand(z: sp.Expr, t: sp.Symbol, loss: str, targets: Sequence[str]) -> sp.Expr:
    if loss == "squared":
        return (z - t) ** 2
    for row, text in enumerate(targets, 1):
        if float(text) not in {0.0, 1.0}:
            raise RegressionError(
                f"data: row {row}: the log loss needs targets 0 and 1, not {text}"
            )
    u = z.args[0] if isinstance(z, sigmoid) else z
    return softplus(u) - t * u


def _collapsed(summand: sp.Expr, variables: tuple[sp.Symbol, ...], table: Table) -> sp.Expr | None:
    """The mean as a polynomial of the variables with exact coefficients, if it is one."""
    everything = (*variables, *(symbol for symbol, _ in table))
    if not summand.is_polynomial(*everything):
        return None
    polynomial = sp.Poly(summand, *everything)
    if polynomial.total_degree() > _HIGHEST_DEGREE or not all(
        c.is_Rational for c in polynomial.coeffs()
    ):
        return None
    exact = [[sp.Rational(text) for text in texts] for _, texts in table]
    scales = [math.lcm(*(int(c.q) for c in column)) for column in exact]
    whole = [
        [int(c.p) * (scale // int(c.q)) for c in column]
        for column, scale in zip(exact, scales, strict=True)
    ]
    d, rows = len(variables), len(whole[0])
    terms: list[sp.Expr] = []
    for powers, coefficient in polynomial.terms():
        products = [1] * rows
        scale = rows
        for column, unit, power in zip(whole, scales, powers[d:], strict=True):
            scale *= unit**power
            for _ in range(power):
                products = [p * c for p, c in zip(products, column, strict=True)]
        mean = sp.Rational(sum(products), scale)
        terms.append(
            coefficient * mean * sp.prod(v**p for v, p in zip(variables, powers, strict=False))
        )
    return sp.Add(*terms)


def _conditions(
    summand: sp.Expr, variables: tuple[sp.Symbol, ...], table: Table
) -> Iterator[sp.Basic]:
    """What the summand asks of the variables, for all rows at once."""
    symbols = tuple(symbol for symbol, _ in table)
    for condition in domain_of(summand, (*variables, *symbols)):
        if condition != sp.false and condition.free_symbols & set(variables):
            room = condition.lhs - condition.rhs
            room = {"<": -room, "<=": -room, "!=": sp.Abs(room)}.get(condition.rel_op, room)
            least = _over_rows(room, variables, table, "least")
            yield least >= 0 if condition.rel_op in {">=", "<="} else least > 0
            continue
        columns = [np.array(texts, dtype=np.float64) for _, texts in table]
        holds = hold((condition,), symbols, columns)
        if not holds.all():
            row = int(np.argmin(holds)) + 1
            needs = describe(condition).replace("_i", "")
            raise RegressionError(
                f"data: row {row}: the model has no value there; it needs {needs}"
            )


# Sums over the rows as functions that sympy can differentiate


class _OverRows(RealFunction):
    """A function of the variables that is the mean, or the least, of an expression over rows.

    Each such function is a class of its own, made by `_over_rows`, as sympy has it.
    """

    expr: sp.Expr
    variables: tuple[sp.Symbol, ...]
    table: Table
    kind: str

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """The mean of the summand's own derivative."""
        symbols = (*self.variables, *(symbol for symbol, _ in self.table))
        slope = derivative(self.expr, symbols, self.variables[argindex - 1])
        made = _over_rows(slope, self.variables, self.table, self.kind)
        return made.xreplace(dict(zip(self.variables, self.args, strict=True)))

    def _eval_evalf(self, prec: int) -> sp.Expr | None:
        if not all(argument.is_number for argument in self.args):
            return None
        with mpmath.workprec(prec):
            exact = _precisely(type(self), [mpmath.mpf(a.evalf(prec)._mpf_) for a in self.args])
            return sp.Float(exact, precision=prec)


@lru_cache(maxsize=512)
def _over_rows(expr: sp.Expr, variables: tuple[sp.Symbol, ...], table: Table, kind: str) -> sp.Expr:
    """The mean or the least of an expression over the table's rows, as a function of variables."""
    if not expr.free_symbols & {symbol for symbol, _ in table}:
        return expr
    body: dict[str, Any] = {"expr": expr, "variables": variables, "table": table, "kind": kind}
    name = f"{kind}_over_rows_{_over_rows.cache_info().misses}"
    made: Any = type(name, (_OverRows,), {**body, "nargs": len(variables)})
    # Sympy has its numeric functions call this, whatever the arithmetic.
    made._imp_ = staticmethod(_implementation(made))
    return made(*variables)


def _implementation(made: Any) -> Callable[..., Any]:
    floats = [np.array(texts, dtype=np.float64) for _, texts in made.table]

    def value(*arguments: Any) -> Any:
        if not isinstance(arguments[0], np.ndarray):
            return _precisely(made, arguments)
        return _in_portions(made, floats, arguments)

    return value


def _in_portions(made: Any, data: list[FloatArray], arguments: Sequence[FloatArray]) -> FloatArray:
    """The values (m,) at m points in float64; their bits do not depend on m."""
    rows = len(data[0])
    symbols = (*made.variables, *(symbol for symbol, _ in made.table))
    portion = max(1, _AT_ONCE // rows)
    parts = []
    for low in range(0, len(arguments[0]), portion):
        some = [np.ascontiguousarray(a[low : low + portion]) for a in arguments]
        points = [np.repeat(a, rows) for a in some]
        columns = [np.tile(c, len(some[0])) for c in data]
        (values,) = evaluate((made.expr,), symbols, [*points, *columns])
        table = values.reshape(len(some[0]), rows)
        parts.append(table.min(axis=1) if made.kind == "least" else table.sum(axis=1) / rows)
    return np.concatenate(parts)


def _precisely(made: Any, arguments: Sequence[Any]) -> Any:
    """The value at one point of mpmath numbers, from the data's own decimals."""
    symbols = (*made.variables, *(symbol for symbol, _ in made.table))
    function = mp_function((made.expr,), symbols)
    rows = _precise_rows(made.table, mpmath.mp.prec)
    values = [function(*arguments, *row)[0] for row in rows]
    return min(values) if made.kind == "least" else mpmath.fsum(values) / len(values)


@lru_cache(maxsize=8)
def _precise_rows(table: Table, precision: int) -> tuple[tuple[Any, ...], ...]:
    """The rows (n, columns) in mpmath numbers of so many bits."""
    with mpmath.workprec(precision):
        columns = [[mpmath.mpf(text) for text in texts] for _, texts in table]
    return tuple(zip(*columns, strict=True))
