"""A student's gradient descent, watched: where it asks for its derivative, and what it returns.

Nothing of the code is changed. It is handed derivatives that write down where they are asked, and
runs in a thread of its own, so that one that never ends can be ended.
"""

from __future__ import annotations

import ctypes
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Derivative = Callable[..., Any]
Point = tuple[float, ...]

UNWRITTEN = "a `...` is still to be written"
"""Of an exercise that nobody has done yet."""

# Evaluations of a derivative that a step may cost, and how many more there may be.
_A_STEP, _MORE = 20, 100
_PATIENCE, _GRACE = 3.0, 0.5


@dataclass(frozen=True)
class Asked:
    """One evaluation: of which derivative (0, 1, …), where (d,), and what it gave."""

    which: int
    point: Point
    slope: float


@dataclass(frozen=True)
class Run:
    """All evaluations in their order, the point (d,) that came back, or None, and what went wrong.

    `fault` is "error", "endless", "return", or "" if nothing did; `trouble` tells it in one line.
    """

    asked: tuple[Asked, ...]
    returned: Point | None
    fault: str = ""
    trouble: str = ""


class _EndlessError(BaseException):
    """Ends code that does not end by itself; no `except Exception` keeps it."""


class _UnusableError(Exception):
    """Something that is no number where one is needed, in one line."""


@dataclass(frozen=True)
class Task:
    """What a gradient descent is asked for: from `start` (d,) with a rate, so many steps."""

    start: Point
    rate: float
    steps: int


def watched(
    descent: Callable[..., Any],
    derivatives: Sequence[Derivative],
    task: Task,
    patience: float = _PATIENCE,
) -> Run:
    """Call `descent(*derivatives, *start, rate, steps)` and write down what it does.

    It has `patience` seconds. Never raises what the code raises: that is `trouble`.
    """
    asked: list[Asked] = []
    outcome: dict[str, Any] = {}

    def call() -> None:
        spies = [_spy(asked, which, each, task) for which, each in enumerate(derivatives)]
        try:
            with np.errstate(all="ignore"):
                outcome["value"] = descent(*spies, *task.start, task.rate, task.steps)
        except _EndlessError:
            pass
        except BaseException as error:  # noqa: BLE001 (whatever a student's code may raise)
            outcome["error"] = error

    is_over = _in_time(call, patience)
    done = tuple(asked)
    if "error" in outcome:
        return Run(done, None, "error", _told(outcome["error"], descent))
    if "value" not in outcome:
        left = "" if is_over else "; it could not be ended: restart the kernel"
        times = f"after {len(done)} evaluations of its derivative"
        return Run(done, None, "endless", f"it is still running {times}{left}")
    try:
        return Run(done, _returned(outcome["value"], len(task.start)))
    except _UnusableError as error:
        return Run(done, None, "return", str(error))


def _spy(asked: list[Asked], which: int, derivative: Derivative, task: Task) -> Derivative:
    """The derivative, writing down where it is asked; asked too often, it ends the run."""
    most = (_A_STEP * (task.steps + 1) + _MORE) * len(task.start)

    def spy(*point: Any) -> Any:
        if len(asked) >= most:
            raise _EndlessError
        if len(point) != len(task.start):
            raise _UnusableError(
                f"a derivative was given {len(point)} numbers, but takes {len(task.start)}"
            )
        place = tuple(_number(c, "a coordinate") for c in point)
        slope = derivative(*point)
        asked.append(Asked(which, place, _number(slope, "the derivative")))
        return slope

    return spy


def _in_time(call: Callable[[], None], patience: float) -> bool:
    """Run it in a thread, and end it when its time is up; whether it has ended."""
    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    thread.join(patience)
    until = time.monotonic() + _GRACE
    # Code that catches everything in its loop is told again and again.
    while thread.is_alive() and time.monotonic() < until:
        ending = ctypes.py_object(_EndlessError)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ending)
        thread.join(0.02)
    return not thread.is_alive()


def _number(value: Any, what: str) -> float:
    if value is ...:
        raise _UnusableError(UNWRITTEN)
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise _UnusableError(f"{what} is no number: {_short(value)}") from None
    if array.size != 1:
        raise _UnusableError(f"{what} is no single number: {_short(value)}")
    return float(array.reshape(-1)[0])


def _returned(value: Any, dimension: int) -> Point:
    names = "x" if dimension == 1 else "x, y"
    if value is None:
        raise _UnusableError(f"it returns nothing; let it end with `return {names}`")
    if value is ... or (isinstance(value, tuple) and ... in value):
        raise _UnusableError(UNWRITTEN)
    try:
        flat = np.asarray(value, dtype=np.float64).reshape(-1)
    except (TypeError, ValueError):
        flat = np.empty(0)
    if flat.size != dimension:
        raise _UnusableError(f"it returns {_short(value)}; let it end with `return {names}`")
    return tuple(map(float, flat))


def _told(error: BaseException, descent: Callable[..., Any]) -> str:
    """An error in one line, with the line of the student's code in which it came up."""
    if isinstance(error, _UnusableError):
        return str(error)
    code = getattr(descent, "__code__", None)
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if code and f.filename == code.co_filename]
    lines = [line for f in own[-1:] if (line := (f.line or "").strip())]
    text = " ".join(str(error).split()) or "without a message"
    return f"{type(error).__name__}: {text}" + (f", in the line `{lines[0]}`" if lines else "")


def _short(value: Any) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= 40 else f"{text[:39]}…"
