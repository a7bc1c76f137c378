"""Read a formula as typed by a person: a whitelist over the syntax tree, never eval."""

from __future__ import annotations

import ast
import difflib
import math
import re
import warnings
from collections.abc import Callable, Sequence

import sympy as sp

MAX_LENGTH = 500
MAX_DEPTH = 40
MAX_EXPONENT = 200
MAX_NUMERAL = 310
MAX_DIGITS = 300

_CONSTANTS = {"pi": sp.pi, "e": sp.E}
_FUNCTIONS: dict[str, Callable[[sp.Expr], sp.Expr]] = {
    "exp": sp.exp, "log": sp.log, "ln": sp.log, "sqrt": sp.sqrt, "abs": sp.Abs,
    "sin": sp.sin, "cos": sp.cos, "tan": sp.tan,
    "sinh": sp.sinh, "cosh": sp.cosh, "tanh": sp.tanh,
    "asin": sp.asin, "acos": sp.acos, "atan": sp.atan,
}  # fmt: skip
_RESERVED = [*_CONSTANTS, *_FUNCTIONS]
# As sympy prints them: what is written out of an expression can be read again.
_PRINTED = {"E": "e", "Abs": "abs"}
_NUMERAL = re.compile(r"(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_CHAIN = (ast.Add, ast.Sub, ast.Mult, ast.Div)

# What people type, and what to write instead; looked for before Python's grammar sees the text.
_SLIPS: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"\^"), "'^' is not a power here; write ** (x**2)"),
    (re.compile("[\N{SUPERSCRIPT TWO}\N{SUPERSCRIPT THREE}]"), "write powers with ** (x**2)"),
    (re.compile("[\N{MULTIPLICATION SIGN}\N{MIDDLE DOT}\N{DOT OPERATOR}]"), "write * to multiply"),
    (re.compile("[\N{MINUS SIGN}\N{EN DASH}]"), "write the minus sign as -"),
    (re.compile(r"\|"), "write abs(x), not |x|"),
    (re.compile(r"(?<![\w.])0[xXbBoO]\w*|\d_\d"), "write numbers as decimals (0.5, 2, 1e-3)"),
    (re.compile(r"(?<!\w)\d+\.?\d*[jJ]\b"), "numbers must be real; write no j"),
    (re.compile(r"//"), "write / to divide"),
    (re.compile(r"[{}\[\]]"), "write round parentheses ( )"),
    (re.compile(r"\d,\d"), "write decimals with a point (0.5)"),
    (re.compile(r"[^\x00-\x7f]"), "only plain ASCII characters may be used"),
    (re.compile(r"[\"'`\\;:=!@#$%&~?<>\x00-\x08\x0a-\x1f\x7f]"), "it has no place in a formula"),
]
_PRODUCT = re.compile(r"(?<![\w.])((?>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?))\s*([A-Za-z_]\w*|\()")


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
    parentheses, the functions exp log ln sqrt abs sin cos tan sinh cosh tanh asin acos atan, and
    the constants pi and e. Raises ExpressionError for anything else, for a constant that is not
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


def _refuse_slips(text: str) -> None:
    for pattern, advice in _SLIPS:
        if found := pattern.search(text):
            what = found.group()
            said = advice if what in advice else f"{what!r} cannot be read; {advice}"
            raise ExpressionError(said, text, found.start())
    if found := _PRODUCT.search(text):
        number, rest = found.groups()
        shown = rest if rest != "(" else "(...)"
        raise ExpressionError(
            f"a product needs its sign; write {number}*{shown}", text, found.start()
        )


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
            case ast.BinOp(op=ast.Pow()):
                result = self.power(node, depth)
            case ast.BinOp():
                result = self.chain(node, depth)
            case ast.Call():
                result = self.call(node, depth)
            case ast.Attribute():
                raise self.fail("a dot may stand only inside a number", node)
            case ast.Tuple():
                raise self.fail("a comma has no place here; write one formula", node)
            case _:
                raise self.fail("it is not arithmetic; write something like x**2 + 3*y", node)
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
        if name in _FUNCTIONS:
            raise self.fail(f"{name} needs its argument in parentheses; write {name}(x)", node)
        raise self.fail(self.unknown(name), node)

    def call(self, node: ast.Call, depth: int) -> sp.Expr:
        if not isinstance(node.func, ast.Name):
            raise self.fail("a product needs its sign; write * before the parenthesis", node)
        name = self.known(node.func.id)
        if name in self.variables or name in _CONSTANTS:
            raise self.fail(f"{name} is not a function; write {name}*(...)", node)
        if name not in _FUNCTIONS:
            raise self.fail(self.unknown(name), node)
        if len(node.args) != 1 or node.keywords or isinstance(node.args[0], ast.Starred):
            raise self.fail(f"{name} takes one argument; write {name}(x)", node)
        return _FUNCTIONS[name](self.read(node.args[0], depth + 1))

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

    def power(self, node: ast.BinOp, depth: int) -> sp.Expr:
        base, exponent = self.read(node.left, depth + 1), self.read(node.right, depth + 1)
        if exponent.is_number:
            size = abs(float(exponent))
            if size > MAX_EXPONENT:
                raise self.fail(f"the exponent is beyond {MAX_EXPONENT}", node.right)
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
        known = [*self.variables, *_RESERVED]
        near = difflib.get_close_matches(name.lower(), known, n=1)
        if near:
            return f"{name} is unknown; did you mean {near[0]}?"
        return f"{name} is unknown; known are {', '.join(known)}"
