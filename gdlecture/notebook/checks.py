"""Exercises' answers, held against gdmath: right, or which mistake it looks like, in a line."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy as sp

from gdlecture.notebook.diagnosis import diagnose
from gdlecture.notebook.watch import UNWRITTEN, Task, watched
from gdmath import LOG_VALLEY, SAUNA, THREE_WELLS, TWO_VALLEYS, ScalarField

# The labs' settings, and a slope whose parts are nothing alike: start, rate, steps.
_TRIALS = {
    1: (
        (LOG_VALLEY, (1.6,), 0.1, 25), (LOG_VALLEY, (0.05,), 0.1, 7),
        (TWO_VALLEYS, (1.3,), 0.005, 35),
    ),
    2: (
        (ScalarField.parse("x**2 + 3*y**2 - x*y"), (1.0, -2.0), 0.125, 9),
        (SAUNA, (0.5, 0.6), 0.25, 20), (THREE_WELLS, (0.5, 3.0), 0.2, 30),
    ),
}  # fmt: skip
_PLACES = 41
_SAME = 1e-9


@dataclass(frozen=True)
class Check:
    """Whether an answer is right, the mistake it looks like by name, "" if none, and a line."""

    is_right: bool
    kind: str
    words: str

    def __bool__(self) -> bool:
        return self.is_right

    def __repr__(self) -> str:
        return f"{'✓' if self.is_right else '✗'} {self.words}"


def _right(words: str) -> Check:
    return Check(is_right=True, kind="", words=f"right: {words}")


def _wrong(kind: str, words: str) -> Check:
    return Check(is_right=False, kind=kind, words=words)


def check_descent(descent: Callable[..., Any]) -> Check:
    """Try a gradient descent, `descent(df, x, rate, steps)` or `(dfdx, dfdy, x, y, rate, steps)`.

    Every step of it is held against gdmath's, on the labs' functions with exact derivatives.

    Raises:
        ValueError: it takes neither 4 arguments nor 6.
    """
    count = len(inspect.signature(descent).parameters)
    if count not in {4, 6}:
        raise ValueError(
            f"a gradient descent takes 4 arguments, or 6 in two variables, not {count}"
        )
    walked = 0
    for field, start, rate, steps in _TRIALS[count // 2 - 1]:
        exact = [field.partial(variable) for variable in field.variables]
        task = Task(start, rate, steps)
        found = diagnose(field, watched(descent, exact, task), task)
        if not found.is_right:
            where = f"on {field.expr} from {', '.join(map(str, start))} with rate {rate}"
            return _wrong(found.kind, f"{found.words}, {where}. {found.why}")
        walked += len(found.points) - 1
    return _right(f"all {walked} steps are gradient descent’s.")


def check_derivative(derivative: Callable[..., Any], f: str | ScalarField, by: str = "x") -> Check:
    """Hold a derivative of f by one variable against the exact one, all over f's window.

    Raises:
        ValueError: f is no formula, or has no such variable.
    """
    field = ScalarField.parse(f) if isinstance(f, str) else f
    exact = field.partial(by)
    window = field.window or ((-2.0, 2.0),) * field.dimension
    sides = [np.linspace(lo, hi, _PLACES) for lo, hi in window]
    points = np.stack(np.meshgrid(*sides), axis=-1).reshape(-1, field.dimension)
    points = points[np.isfinite(exact.at(points))]
    name = f"df/d{by}" if field.dimension == 1 else f"∂f/∂{by}"
    try:
        values = [derivative(*point) for point in points]
        if ... in values[:1]:
            return _wrong("unwritten", f"{UNWRITTEN}.")
        given = np.array([float(value) for value in values])
    except Exception as error:  # noqa: BLE001 (whatever a student's code may raise)
        text = f"{name} fails with {type(error).__name__}: {error}"
        return _wrong("error", " ".join(text.split()))
    true = exact.at(points)
    if _same(given, true):
        return _right(f"{name} is {exact.expr}.")
    for kind, other, why in _guesses(field, by, points, true, given):
        if _same(given, other):
            return _wrong(kind, f"{name} is not right yet. {why}")
    worst = points[int(np.nanargmax(np.abs(given - true)))]
    told = ", ".join(f"{v} = {c:.4g}" for v, c in zip(field.variables, worst, strict=True))
    words = f"at {told} it should be {exact(*worst):.6g}, and is {float(derivative(*worst)):.6g}."
    return _wrong("unlike", f"{name} is not right yet: {words}")


def _guesses(field: ScalarField, by: str, points: Any, true: Any, given: Any) -> Any:
    yield "sign", -true, "The sign: it is −1 times the derivative."
    yield "function", field.at(points), "That is f itself."
    for other in field.variables:
        if other.name != by:
            why = f"That is the derivative by {other}."
            yield "other_variable", field.partial(other).at(points), why
    steep = int(np.nanargmax(np.abs(true)))
    factor = given[steep] / true[steep] if true[steep] else np.nan
    yield "factor", factor * true, f"It is {factor:.4g} times the derivative: is a factor missing?"
    off = given[steep] - true[steep]
    yield "constant", true + off, f"It is too large by {off:.4g}: a constant's slope is 0."


def _same(one: Any, other: Any) -> bool:
    size = 1 + np.abs(other)
    return bool((np.abs(one - other) <= _SAME * size).all())


def check_number(
    answer: Any, exact: Any, within: float = 1e-3, hints: Mapping[Any, str] | None = None
) -> Check:
    """Hold a number against an exact one (a number, or sympy's), to a share of it.

    `hints` says of other numbers, which a mistake would give, what the mistake is.
    """
    if answer is ...:
        return _wrong("unwritten", f"{UNWRITTEN}.")
    try:
        given = float(answer)
    except (TypeError, ValueError):
        return _wrong("error", f"a number is needed, not {answer!r}.")
    if abs(given - float(exact)) <= within * max(1e-12, abs(float(exact))):
        return _right(f"exactly {exact}." if isinstance(exact, sp.Basic) else f"{exact:g}.")
    for wrong, why in (hints or {}).items():
        if abs(given - float(wrong)) <= within * abs(float(wrong)):
            return _wrong("hint", f"not {given:g}. {why}")
    side = "smaller" if given > float(exact) else "larger"
    return _wrong("unlike", f"not {given:g}: it is {side}.")
