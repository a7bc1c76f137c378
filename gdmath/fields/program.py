"""Sympy expressions as straight-line programs: every operation once, none changed.

A program is read from the very text that `gdmath.fields.evaluation` has numpy run, so that it does
the same operations in the same order; equal subexpressions are computed once, which changes no bit.
"""

from __future__ import annotations

import ast
import inspect
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import sympy as sp

from gdmath.fields.evaluation import FloatArray, _numpy_function

_OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
    ast.USub: "neg",
}
# What IEEE 754 rounds exactly: the same bits from every engine that does these one by one.
_EXACT = frozenset("+-*/") | {"neg"}
_HUGE = 1e300

Interval = tuple[float, float]


@dataclass
class Program:
    """Lines `t7 = t3 * t5` in the order in which they run, and the names of the results.

    `variables` are called v0, v1, … here. `code` maps a name to (operator or function, names of
    its arguments); `constants` holds the numbers, float64, among those names.
    """

    variables: tuple[str, ...]
    code: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    constants: dict[str, float] = field(default_factory=dict)
    results: tuple[str, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether there are only sums, differences, products and quotients in it."""
        return all(operator in _EXACT for operator, _ in self.code.values())

    def lines(self) -> list[str]:
        """The program as lines of Python."""
        return [f"{name} = {_phrase(*step)}" for name, step in self.code.items()]

    def is_finite_within(self, bound: float) -> bool:
        """Whether no operation can overflow or divide by 0 where every |variable| <= `bound`.

        For exact programs, by interval arithmetic in float64: rounding keeps order, so the ends
        bound the rounded values too. False means that this shows nothing.
        """
        if not self.is_exact:
            return False
        known: dict[str, Interval] = dict.fromkeys(self.variables, (-bound, bound))
        known |= {name: (value, value) for name, value in self.constants.items()}
        for name, (operator, arguments) in self.code.items():
            if operator == "*" and arguments[0] == arguments[1]:
                lo, hi = sorted(end * end for end in known[arguments[0]])
                if known[arguments[0]][0] <= 0 <= known[arguments[0]][1]:
                    lo = 0.0
            else:
                lo, hi = _image(operator, [known[a] for a in arguments])
            if not (-_HUGE < lo <= hi < _HUGE):
                return False
            known[name] = (lo, hi)
        return True


@lru_cache(maxsize=64)
def program_of(exprs: tuple[sp.Expr, ...], variables: tuple[sp.Symbol, ...]) -> Program:
    """The program that computes all of `exprs`."""
    function = _numpy_function(exprs, variables)
    (definition,) = ast.parse(inspect.getsource(function)).body
    if not isinstance(definition, ast.FunctionDef):
        raise TypeError("the text of the expressions is not a function's")
    (statement,) = definition.body
    reader = _Reader(tuple(v.name for v in variables), function.__globals__)
    return reader.read(statement)


@lru_cache(maxsize=64)
def array_function(
    exprs: tuple[sp.Expr, ...], variables: tuple[sp.Symbol, ...]
) -> Callable[..., tuple[Any, ...]]:
    """The program as a function of d contiguous columns (m,); constants come out as numbers.

    It runs numpy's own loops, so the bits are those of `gdmath.fields.evaluation.evaluate`.
    """
    program = program_of(exprs, variables)
    names = ", ".join(program.variables)
    body = "\n    ".join([*program.lines(), f"return ({', '.join(program.results)},)"])
    scope = {**_numpy_function(exprs, variables).__globals__, **program.constants}
    function: Callable[..., tuple[Any, ...]] = defined(f"def run({names}):\n    {body}\n", scope)
    return function


def defined(source: str, scope: dict[str, Any]) -> Any:
    """The function `run` that `source`, text made by this package alone, defines."""
    exec(compile(source, "<gdmath program>", "exec"), scope)  # noqa: S102 (our own text)
    return scope["run"]


def columns_of(points: FloatArray) -> list[FloatArray]:
    """The coordinates of points (m, d) as d contiguous arrays (m,)."""
    return list(np.ascontiguousarray(points.T))


class _Reader:
    """Reads the text of a function into a program."""

    def __init__(self, variables: tuple[str, ...], scope: dict[str, Any]) -> None:
        self.own_names = {name: f"v{i}" for i, name in enumerate(variables)}
        self.program = Program(tuple(self.own_names.values()))
        self.scope = scope
        self.names: dict[Any, str] = {}

    def read(self, statement: ast.stmt) -> Program:
        if not (isinstance(statement, ast.Return) and isinstance(statement.value, ast.List)):
            raise TypeError("the text of the expressions does not return a list")
        self.program.results = tuple(self.name_of(node) for node in statement.value.elts)
        return self.program

    def name_of(self, node: ast.expr) -> str:
        """The name that holds the value of `node`."""
        inside = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        if not inside & self.own_names.keys():
            return self.constant(node)
        match node:
            case ast.Name(id=name):
                return self.own_names[name]
            case ast.BinOp(left=left, op=op, right=right):
                return self.step(_OPERATORS[type(op)], left, right)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self.step("neg", operand)
            case ast.Call(func=ast.Name(id="square"), args=[base], keywords=[]):
                return self.step("*", base, base)
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                return self.step(name, *arguments)
        raise TypeError(f"no program for {ast.unparse(node)}")

    def constant(self, node: ast.expr) -> str:
        with np.errstate(all="ignore"):
            value = float(eval(compile(ast.Expression(node), "<constant>", "eval"), self.scope))  # noqa: S307 (our own text)
        name = self.names.setdefault(("constant", math.copysign(1, value), value), self.fresh("c"))
        self.program.constants[name] = value
        return name

    def step(self, operator: str, *arguments: ast.expr) -> str:
        key = (operator, tuple(self.name_of(a) for a in arguments))
        if key not in self.names:
            self.names[key] = self.fresh("t")
            self.program.code[self.names[key]] = key
        return self.names[key]

    def fresh(self, letter: str) -> str:
        return f"{letter}{len(self.names)}"


def _phrase(operator: str, arguments: tuple[str, ...]) -> str:
    if operator == "neg":
        return f"-{arguments[0]}"
    if operator in _OPERATORS.values():
        return f" {operator} ".join(arguments)
    return f"{operator}({', '.join(arguments)})"


def _image(operator: str, arguments: list[Interval]) -> Interval:
    """The interval of an exact operation's values; nan where that is unbounded."""
    if operator == "neg":
        ((lo, hi),) = arguments
        return -hi, -lo
    (a, b), (c, d) = arguments
    if operator == "+":
        return a + c, b + d
    if operator == "-":
        return a - d, b - c
    if operator == "*":
        corners = [a * c, a * d, b * c, b * d]
    elif c <= 0 <= d:
        return math.nan, math.nan
    else:
        corners = [a / c, a / d, b / c, b / d]
    return min(corners), max(corners)
