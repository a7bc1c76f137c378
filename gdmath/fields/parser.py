"""Read a formula as typed by a person: a whitelist over the syntax tree, never eval."""

from __future__ import annotations

import ast
import math
import re
import warnings
from collections.abc import Callable, Sequence
from functools import reduce

import sympy as sp

from gdmath.fields import hints
from gdmath.fields.functions import Maximum, Minimum, cbrt, relu, sigmoid, softplus, where

MAX_LENGTH = 500
MAX_DEPTH = 40
MAX_EXPONENT = 200
MAX_NUMERAL = 310
MAX_DIGITS = 300

_CONSTANTS = {"pi": sp.pi, "e": sp.E}
_FUNCTIONS: dict[str, Callable[[sp.Expr], sp.Expr]] = {
    "exp": sp.exp, "log": sp.log, "ln": sp.log, "sqrt": sp.sqrt, "cbrt": cbrt,
    "abs": sp.Abs, "sign": sp.sign, "relu": relu, "sigmoid": sigmoid, "softplus": softplus,
    "sin": sp.sin, "cos": sp.cos, "tan": sp.tan,
    "sinh": sp.sinh, "cosh": sp.cosh, "tanh": sp.tanh,
    "asin": sp.asin, "acos": sp.acos, "atan": sp.atan,
    "asinh": sp.asinh, "acosh": sp.acosh, "atanh": sp.atanh,
}  # fmt: skip
_EXTREMES = {"max": Maximum, "min": Minimum}
# Of several arguments, and how they are written.
_SEVERAL = {
    "max": "max(x, 1)",
    "min": "min(x, 1)",
    "pow": "pow(x, 2)",
    "where": "where(x < 0, -x, x)",
}
_COMPARE: dict[type[ast.cmpop], Callable[[sp.Expr, sp.Expr], sp.Basic]] = {
    ast.Lt: sp.Lt, ast.LtE: sp.Le, ast.Gt: sp.Gt, ast.GtE: sp.Ge,
}  # fmt: skip
_RESERVED = [*_CONSTANTS, *_FUNCTIONS, *_SEVERAL]
# As sympy prints them: what is written out of an expression can be read again.
_PRINTED = {"E": "e", "Abs": "abs", "Max": "max", "Min": "min"}
_NUMERAL = re.compile(r"(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_CHAIN = (ast.Add, ast.Sub, ast.Mult, ast.Div)


class ExpressionError(ValueError):
    """A formula that cannot be read: `str(error)` says in one line what, where and what instead.

    `text` is the formula, `position` the 0-based place in it, `problem` the reason alone, and
    `pointer` two lines, the formula and a caret under the place.
    """

    def __init__(self, problem: str, text: str, position: int) -> None:
        self.problem = problem
        self.text = text
        self.position = max(0, min(position, len(text)))
        # Line breaks and tabs would throw the caret out of line.
        flat = "".join(c if c.isprintable() else " " for c in text)
        lo, hi = max(0, self.position - 20), self.position + 20
        self.pointer = f"{flat[lo:hi]}\n{' ' * (self.position - lo)}^"
        near = flat[lo:hi].strip() or "nothing"
        super().__init__(f"expression: {problem} (at position {self.position}, near {near!r})")

    def __reduce__(self) -> tuple[type[ExpressionError], tuple[str, str, int]]:
        return type(self), (self.problem, self.text, self.position)


def parse_expression(text: str, variables: Sequence[str] = ("x", "y")) -> sp.Expr:
    """The sympy expression that `text` writes, of plain symbols of these names; exact.

    Numerals become the rationals that their decimal text says. Known are + - * / ** and
    parentheses; exp log ln sqrt cbrt abs sign relu sigmoid softplus, sin cos tan sinh cosh tanh
    and their inverses asin acos atan asinh acosh atanh; max(a, b, …) min(a, b, …) pow(a, b) and
    where(a < b, c, d), which is c where the comparison (< <= > >=) holds and else d, for kinks and
    pieces; and the constants pi and e. cbrt and the third root of negative numbers are real;
    x**(1/3) needs x >= 0. Raises ExpressionError for anything else, for a constant that is not
    a finite real number of float64's range, and for texts beyond bounds on length, nesting and
    the size of numbers, before any work is spent on them.
    """
    if not isinstance(text, str):
        raise ValueError(f"text must be a string, not {type(text).__name__}")
    if not text.strip():
        raise ExpressionError("it is empty; write a formula such as x**2", text, 0)
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            f"it has {len(text)} characters; at most {MAX_LENGTH} are read", text, MAX_LENGTH
        )
    _refuse_slips(text)
    # Leading blanks would be indentation to Python; positions count them all the same.
    body = text.strip()
    reader = _Reader(text, len(text) - len(text.lstrip()), variables)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(body, mode="eval")
    except SyntaxError as error:
        reader.refuse_syntax(body, error)
    except (MemoryError, RecursionError):
        raise ExpressionError("it is nested too deeply", text, 0) from None
    return reader.read(tree.body, 0)


def is_reserved(name: str) -> bool:
    """Whether a name means a function or a constant in formulas."""
    return _PRINTED.get(name, name) in _RESERVED


def _refuse_slips(text: str) -> None:
    if slip := hints.slip_in(text, [*_FUNCTIONS, *_SEVERAL]):
        raise ExpressionError(slip.advice, text, slip.position)


def _misplaced(node: ast.expr) -> str:
    """What to say of syntax that is no arithmetic."""
    match node:
        case ast.Attribute():
            return "a dot may stand only inside a number"
        case ast.Tuple():
            return "a comma has no place here; write one formula, and decimals with a point (0.5)"
        case ast.Compare():
            return f"a comparison stands only in {_SEVERAL['where']}"
        case ast.IfExp() | ast.BoolOp():
            return f"it is not arithmetic; for cases write {_SEVERAL['where']}"
    return "it is not arithmetic; write something like x**2 + 3*y"


class _Reader:
    """Turns syntax-tree nodes into sympy expressions, and complains with the place."""

    def __init__(self, text: str, offset: int, variables: Sequence[str]) -> None:
        self.text = text
        self.offset = offset
        self.variables = {name: sp.Symbol(name) for name in variables}

    def fail(self, problem: str, node: ast.expr) -> ExpressionError:
        return ExpressionError(problem, self.text, self.offset + node.col_offset)

    def refuse_syntax(self, body: str, error: SyntaxError) -> None:
        position = self.offset + max(0, (error.offset or 1) - 1)
        opened, closed = body.count("("), body.count(")")
        if opened > closed:
            problem = f"{opened - closed} parenthesis left open; write )"
            position = len(self.text)
        elif closed > opened:
            problem = f"{closed - opened} closing parenthesis too many"
        elif slip := hints.bare_argument_in(body, [*_FUNCTIONS, *_SEVERAL]):
            problem, position = slip.advice, self.offset + slip.position
        elif found := re.search(r"[\w)]\s+[\w(]", body):
            problem = "two things stand side by side; write an operator such as * between them"
            position = self.offset + found.start()
        else:
            problem = "it does not read as a formula; write something like x**2 + 3*y"
        raise ExpressionError(problem, self.text, position) from None

    def read(self, node: ast.expr, depth: int) -> sp.Expr:
        if depth > MAX_DEPTH:
            raise self.fail(f"it is nested more than {MAX_DEPTH} deep", node)
        match node:
            case ast.Constant():
                result = self.number(node)
            case ast.Name():
                result = self.named(node)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
                inner = self.read(operand, depth + 1)
                result = -inner if isinstance(node.op, ast.USub) else inner
            case ast.BinOp(left=base, op=ast.Pow(), right=exponent):
                result = self.power(node, base, exponent, depth)
            case ast.BinOp():
                result = self.chain(node, depth)
            case ast.Call():
                result = self.call(node, depth)
            case _:
                raise self.fail(_misplaced(node), node)
        return self.finite(result, node)

    def number(self, node: ast.Constant) -> sp.Expr:
        end = self.offset + (node.end_col_offset or 0)
        written = self.text[self.offset + node.col_offset : end]
        found = _NUMERAL.fullmatch(written)
        if not found:
            raise self.fail(f"{written} is not a number; write decimals such as 0.5", node)
        if len(written) > MAX_NUMERAL or abs(int((found.group(2) or "e0")[1:])) > MAX_DIGITS:
            raise self.fail(
                f"the number is too long; at most {MAX_NUMERAL} characters "
                f"and exponents to {MAX_DIGITS}",
                node,
            )
        return sp.Rational(written)

    def named(self, node: ast.Name) -> sp.Expr:
        name = self.known(node.id)
        if name in self.variables:
            return self.variables[name]
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        if name in _FUNCTIONS or name in _SEVERAL:
            written = _SEVERAL.get(name, f"{name}(x)")
            raise self.fail(f"{name} needs its argument in parentheses; write {written}", node)
        raise self.fail(self.unknown(name), node)

    def call(self, node: ast.Call, depth: int) -> sp.Expr:
        if not isinstance(node.func, ast.Name):
            raise self.fail("a product needs its sign; write * before the parenthesis", node)
        name = self.known(node.func.id)
        if name in self.variables or name in _CONSTANTS:
            raise self.fail(f"{name} is not a function; write {name}*(...)", node)
        if name not in _FUNCTIONS and name not in _SEVERAL:
            raise self.fail(self.unknown(name), node)
        starred = any(isinstance(argument, ast.Starred) for argument in node.args)
        if node.keywords or starred or not self.is_enough(name, len(node.args)):
            if name in _FUNCTIONS:
                raise self.fail(f"{name} takes one argument; write {name}(x)", node)
            raise self.fail(f"{name} needs other arguments; write {_SEVERAL[name]}", node)
        if name == "where":
            return self.where(node.args, depth)
        if name == "pow":
            return self.power(node, node.args[0], node.args[1], depth)
        arguments = [self.read(argument, depth + 1) for argument in node.args]
        if name in _EXTREMES:
            return reduce(_EXTREMES[name], arguments)
        return _FUNCTIONS[name](*arguments)

    def is_enough(self, name: str, count: int) -> bool:
        if name in _EXTREMES:
            return 2 <= count <= MAX_DEPTH
        return count == {"pow": 2, "where": 3}.get(name, 1)

    def where(self, arguments: Sequence[ast.expr], depth: int) -> sp.Expr:
        condition, *branches = arguments
        compared = (
            _COMPARE.get(type(condition.ops[0])) if isinstance(condition, ast.Compare) else None
        )
        if not isinstance(condition, ast.Compare) or compared is None:
            raise self.fail(
                f"where begins with one of < <= > >=; write {_SEVERAL['where']}", condition
            )
        if len(condition.ops) > 1:
            advice = "where(x < 0, A, where(x < 1, B, C))"
            raise self.fail(f"where takes one comparison; write {advice}", condition)
        sides = (self.read(side, depth + 1) for side in (condition.left, condition.comparators[0]))
        holds = compared(*sides)
        then, otherwise = (self.read(branch, depth + 1) for branch in branches)
        return where(holds, then, otherwise)

    def chain(self, node: ast.BinOp, depth: int) -> sp.Expr:
        """A run of + - * /, read from the left without recursion: a long sum is not deep."""
        rest: list[ast.BinOp] = []
        left: ast.expr = node
        while isinstance(left, ast.BinOp) and isinstance(left.op, _CHAIN):
            rest.append(left)
            left = left.left
        if not rest:
            raise self.fail("this operator is unknown; write + - * / or **", node)
        result = self.read(left, depth + 1)
        for step in reversed(rest):
            right = self.read(step.right, depth + 1)
            match step.op:
                case ast.Add():
                    result = result + right
                case ast.Sub():
                    result = result - right
                case ast.Mult():
                    result = result * right
                case _:
                    if right.is_zero:
                        raise self.fail("division by zero", step.right)
                    result = result / right
        return result

    def power(self, node: ast.expr, below: ast.expr, above: ast.expr, depth: int) -> sp.Expr:
        base, exponent = self.read(below, depth + 1), self.read(above, depth + 1)
        if exponent.is_number:
            size = abs(float(exponent))
            if size > MAX_EXPONENT:
                raise self.fail(f"the exponent is beyond {MAX_EXPONENT}", above)
            if base.is_Rational and size * math.log10(max(abs(base.p), base.q)) > MAX_DIGITS:
                raise self.fail(f"the power has more than {MAX_DIGITS} digits", node)
        if base.is_zero and exponent.is_negative:
            raise self.fail("division by zero", node)
        return base**exponent

    def finite(self, result: sp.Expr, node: ast.expr) -> sp.Expr:
        """A constant must be a finite real number of float64's range."""
        if result.has(sp.zoo, sp.oo, -sp.oo, sp.nan):
            raise self.fail("it has no finite value", node)
        if result.is_number:
            try:
                value = complex(result)
            except (OverflowError, TypeError, ValueError):
                raise self.fail("the number is too large", node) from None
            if value.imag != 0:
                raise self.fail("it has no real value", node)
            if not math.isfinite(value.real):
                raise self.fail("the number is too large", node)
        return result

    def known(self, name: str) -> str:
        """The name under which a name is known here, if it is."""
        return name if name in self.variables else _PRINTED.get(name, name)

    def unknown(self, name: str) -> str:
        """What to say of a name that means nothing here."""
        return f"{name} is unknown; {hints.for_name(name, list(self.variables), _RESERVED)}"
