"""Equations that are written in a picture, held against the functions of the clip.

An equation names what it is of: f(x, 1), ∂f/∂x, ∇f(2, 3), |∇f|, H, λ₁, the tangent plane L, f − L.
What stands on its right must be that, of a function that is in the picture with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp

from gdlecture.verify.formulas import UnreadableError, read_formula, same_function
from gdlecture.verify.matrices import entries
from gdlecture.verify.reading import is_rounding, numerals, untinted

RELATION = re.compile(r"\s*(->|<=|>=|\bapprox\b|[=<>])\s*")

STANDARD = frozenset((
    '"slope" = (f(x + h) - f(x)) / h',
    "h -> 0",
))  # fmt: skip
"""What is so of every function: definitions, and where their limit is taken."""

_ARGUMENTS = r"(?: ?\((?P<args>[^()]*)\))?"
_BY = r"(?:frac\(|\()partial [a-zA-Z](?:, |\)/\()partial (?P<by>[a-zA-Z])\)"
_SUBJECTS: tuple[tuple[str, str], ...] = (
    (r"H" + _ARGUMENTS, "hessian"),
    (r"L" + _ARGUMENTS, "tangent plane"),
    (r"[a-zA-Z] - L", "gap"),
    (r"lambda_\d", "eigenvalue"),
    (r"nabla [a-zA-Z]" + _ARGUMENTS, "gradient"),
    (r"abs\(nabla [a-zA-Z]\)", "steepness"),
    (_BY + _ARGUMENTS, "partial"),
    (r"[a-zA-Z](?P<dashes>'+)" + _ARGUMENTS, "derivative"),
    (r"[a-zA-Z]" + _ARGUMENTS, "value"),
)  # fmt: skip
_FLAT = {"partial", "derivative", "gradient"}
"""What may be set to 0."""

_NUMBER = re.compile(r"-? ?\d+(\.\d+)?")


@dataclass(frozen=True)
class Known:
    """What an equation may be of: the functions in the picture, and points of them."""

    fields: Sequence[Any]
    points: Sequence[tuple[float, ...]] = ()
    """Where tangent planes touch, or would."""


class _NoSubjectError(ValueError):
    """An equation is of nothing that is known."""


def sides_of(code: str) -> list[str]:
    """What stands between the relations of a formula, and the relations: an odd number of parts."""
    return RELATION.split(untinted(code).strip())


def check_equation(code: str, known: Known) -> str:
    """What is wrong with an equation, or "": it must be so of one of the functions."""
    said = _plain(code)
    if said in {_plain(each) for each in STANDARD}:
        return ""
    wrong = "expected an equation of a function in the picture"
    for field in known.fields:
        try:
            wrong = _wrong_of(sides_of(code), field, known.points)
        except UnreadableError as error:
            wrong = str(error)
        except _NoSubjectError as error:
            wrong = f"expected what can be proved, found {error}"
        if not wrong:
            return ""
    return f"{wrong}: {untinted(code)!r}"


def _plain(code: str) -> str:
    return re.sub(r"\s", "", untinted(code))


def _wrong_of(parts: list[str], field: Any, points: Sequence[tuple[float, ...]]) -> str:
    """What is wrong with an equation if it is of a field.

    Raises:
        UnreadableError: a side cannot be read.
        _NoSubjectError: its left side is nothing that is known.
    """
    if not hasattr(field, "expr"):
        raise _NoSubjectError(f"one of {field.name}")
    subject, told = parts[0], list(zip(parts[1::2], parts[2::2], strict=True))
    names = [str(variable) for variable in field.variables]
    if _plain(subject) == f"({','.join(names)})":
        return _wrong_solution(told, field)
    kind, found = _subject(subject)
    truths = [sp.Matrix([[each]]) if not isinstance(each, sp.MatrixBase) else each
              for each in _true(kind, found, field, points)]  # fmt: skip
    wrong = "expected one more side"
    for at, (relation, side) in enumerate(told):
        if at and kind in _FLAT and relation == "=" and side.strip() == "0":
            return wrong  # set to 0: an equation to be solved
        seen = [_compare(relation, side, true) for true in truths]
        wrong = "" if "" in seen else next(iter(seen), "expected a point")
        if wrong:
            break
    return wrong


def _subject(code: str) -> tuple[str, re.Match[str]]:
    for pattern, kind in _SUBJECTS:
        found = re.fullmatch(pattern, code.strip())
        if found:
            return kind, found
    raise _NoSubjectError(code.strip())


def _true(
    kind: str, found: re.Match[str], field: Any, points: Sequence[tuple[float, ...]]
) -> Iterator[Any]:
    """What it may be that an equation is of; each is sympy's, a matrix for a vector."""
    args = found.groupdict().get("args")
    expr, names = sp.sympify(field.expr), list(field.variables)
    match kind:
        case "eigenvalue":
            yield from sp.hessian(expr, names).eigenvals()
        case "gap":
            yield from (_gap(expr, names, point) for point in points)
        case "tangent plane":
            yield from (_at(_plane(expr, names, point), args, names) for point in points)
        case "hessian":
            yield _at(sp.hessian(expr, names), args, names)
        case "gradient":
            yield _at(sp.Matrix([expr.diff(name) for name in names]), args, names)
        case "steepness":
            yield sp.sqrt(sum(expr.diff(name) ** 2 for name in names))
        case _:
            yield _at(_scalar(kind, found, expr, names), args, names)


def _scalar(kind: str, found: re.Match[str], expr: Any, names: Sequence[sp.Symbol]) -> Any:
    """A field's value or derivative, in its variables."""
    if kind == "partial" and sp.Symbol(found["by"]) in names:
        return expr.diff(sp.Symbol(found["by"]))
    if kind == "derivative" and len(names) == 1:
        return expr.diff(names[0], len(found["dashes"]))
    if kind == "value" and found[0].strip() not in {str(name) for name in names}:
        return expr
    raise _NoSubjectError(found[0])


def _at(true: Any, args: str | None, names: Sequence[sp.Symbol]) -> Any:
    """A value where the variables are what the arguments say: numbers, themselves, or letters."""
    if args is None:
        return true
    told = [arg.strip() for arg in args.split(",")]
    if len(told) != len(names):
        raise _NoSubjectError(f"({args})")
    places = {}
    for name, arg in zip(names, told, strict=True):
        is_number = _NUMBER.fullmatch(arg)
        if not is_number and (not re.fullmatch(r"[a-z]", arg) or arg in {str(n) for n in names}):
            if arg != str(name):
                raise _NoSubjectError(f"({args})")
            continue
        places[name] = sp.Rational(arg.replace(" ", "")) if is_number else sp.Symbol(arg)
    return true.subs(places)


def _plane(expr: Any, names: Sequence[sp.Symbol], point: Sequence[float]) -> Any:
    """The tangent plane at a point, in the variables."""
    places = dict(zip(names, map(_exact, point), strict=True))
    slopes = ((name, expr.diff(name).subs(places)) for name in names)
    return expr.subs(places) + sum(slope * (name - places[name]) for name, slope in slopes)


def _gap(expr: Any, names: Sequence[sp.Symbol], point: Sequence[float]) -> Any:
    """How far the graph is over its tangent plane, h along the first variable from a point."""
    beside = dict(zip(names, map(_exact, point), strict=True))
    over = expr - _plane(expr, names, point)
    return over.subs(beside | {names[0]: beside[names[0]] + sp.Symbol("h")})


def _exact(number: float) -> Any:
    return sp.nsimplify(number, rational=True)


def _wrong_solution(told: Sequence[tuple[str, str]], field: Any) -> str:
    """What is wrong with "(x, y) = (a, b)", or "": every slope is 0 there."""
    (relation, side), *more = told
    place = re.fullmatch(r"\((.*)\)", side.strip())
    numbers = place[1].split(",") if place else []
    if more or relation != "=" or len(numbers) != len(field.variables):
        raise _NoSubjectError(side)
    at = {v: read_formula(n) for v, n in zip(field.variables, numbers, strict=True)}
    slopes = [field.expr.diff(v).subs(at) for v in field.variables]
    return "" if all(same_function(s, sp.Integer(0)) for s in slopes) else (
        f"expected a place where every slope is 0, found {slopes}"
    )  # fmt: skip


def _compare(relation: str, side: str, true: sp.MatrixBase) -> str:
    """What is wrong with a side of an equation, or ""."""
    rows = _rows(side)
    if [len(row) for row in rows] != [true.cols] * true.rows:
        return f"expected {true.rows} × {true.cols} entries, found {side}"
    for i, row in enumerate(rows):
        for j, entry in enumerate(row):
            if not _is(relation, entry, true[i, j]):
                return f"expected {true[i, j]}, found {entry}"
    return ""


def _rows(side: str) -> list[list[str]]:
    vector = re.fullmatch(r'vec\((.*), delim: "\["\)', side.strip())
    if vector:
        return [[entry] for row in entries(f"mat({vector[1]})") for entry in row]
    return entries(side.strip()) if side.strip().startswith("mat(") else [[side]]


def _is(relation: str, entry: str, true: Any) -> bool:
    told = _HOLDS.get(relation)
    if told is None:
        raise _NoSubjectError(relation)
    return told(entry, true)


def _rounds(relation: str) -> Callable[[str, Any], bool]:
    """Whether a numeral has a relation to a value."""

    def holds(entry: str, true: Any) -> bool:
        found = numerals(f"{relation} {entry}")
        return not true.free_symbols and len(found) == 1 and is_rounding(found[0], float(true))

    return holds


_HOLDS: dict[str, Callable[[str, Any], bool]] = {
    "=": lambda entry, true: same_function(read_formula(entry), true),
    **{relation: _rounds(relation) for relation in ("approx", "<", ">", "<=", ">=")},
}
