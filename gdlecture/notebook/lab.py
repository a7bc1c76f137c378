"""The explorer as a cell of a notebook, on a formula or on the student's own functions."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import anywidget
import sympy as sp
import traitlets
from ipywidgets import Widget, widget_serialization

from gdlecture.explorer.page import GAP, frame, spelt_out
from gdlecture.explorer.presets import Setting
from gdlecture.explorer.subject import LAB_FIELDS, Subject, lab_subject, typed_subject
from gdlecture.notebook.diagnosis import Diagnosis, diagnose
from gdlecture.notebook.tracing import traced
from gdlecture.notebook.watch import Derivative, Task, watched
from gdmath import ScalarField

_HERE = Path(__file__).parent
_RIGHT = "Your code does what gdmath’s loop does."

Window = Sequence[float]


class _Kit(anywidget.AnyWidget):
    """The page of all labs of a notebook, which so holds it once."""

    _esm = "export default {}"
    page = traitlets.Bytes().tag(sync=True)
    gap = traitlets.Unicode().tag(sync=True)


@cache
def _kit() -> _Kit:
    before, after = frame()
    page = gzip.compress(f"{before}{GAP}{after}".encode(), mtime=0)
    return _Kit(page=page, gap=GAP)


class Lab(anywidget.AnyWidget):
    """A function to be walked on by hand, in a cell; `run` is what the student's code made of it.

    It is shown by being a cell's last line. `diagnosis` tells of the latest run of the code.
    """

    _esm = _HERE / "frame.js"
    kit = traitlets.Instance(Widget).tag(sync=True, **widget_serialization)
    title = traitlets.Unicode().tag(sync=True)
    field = traitlets.Unicode().tag(sync=True)
    link = traitlets.Unicode().tag(sync=True)
    descends = traitlets.Bool().tag(sync=True)
    asked = traitlets.Dict().tag(sync=True)
    run = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        subject: Subject,
        descent: Callable[..., Any] | None = None,
        derivatives: Sequence[Derivative] = (),
    ) -> None:
        first = subject.settings[0]
        start = dict(zip("xy", first.start, strict=False))
        words = {
            "f": subject.field.name,
            **start,
            "a": first.rate,
            "n": first.steps,
            "k": first.steps,
        }
        self.subject, self.descent, self.derivatives = subject, descent, tuple(derivatives)
        self.diagnosis: Diagnosis | None = None
        super().__init__(
            kit=_kit(),
            title=f"Gradient descent on {subject.title}",
            field=spelt_out(subject),
            link=f"#{urlencode(words)}",
            descends=descent is not None,
        )
        if descent is not None:
            self.asked = {"start": list(first.start), "rate": first.rate, "steps": first.steps}

    @traitlets.observe("asked")
    def _answer(self, change: Mapping[str, Any]) -> None:
        """Run the student's code as the page asks, and tell what it did."""
        asked = change["new"]
        if not asked or self.descent is None:
            return
        task = Task(tuple(map(float, asked["start"])), float(asked["rate"]), int(asked["steps"]))
        run = watched(self.descent, self.derivatives, task)
        found = self.diagnosis = diagnose(self.subject.field, run, task)
        told = {"words": found.words, "because": found.why, "sign": "cross", "tone": "danger"}
        self.run = {
            **asked,
            "points": [list(point) for point in found.points],
            "told": None if found.is_right else told,
            "note": found.why or _RIGHT if found.is_right else "",
        }

    def __repr__(self) -> str:
        return f"lab({self.subject.title})"


def lab(
    f: str | ScalarField | Callable[..., Any],
    *derivatives: Derivative,
    descent: Callable[..., Any] | None = None,
    window: Window | Sequence[Window] | None = None,
    heights: Window | None = None,
    start: float | Sequence[float] | None = None,
    rate: float | None = None,
    steps: int | None = None,
) -> Lab:
    """Show f in the cell: click to set the start, slide the learning rate, step through the walk.

    f is a formula, a `ScalarField`, or a Python function of one or two numbers. With `descent`,
    every walk is taken by that function, which is called like the labs' as
    `descent(df, x, rate, steps)` or `descent(dfdx, dfdy, x, y, rate, steps)`, and returns x or
    (x, y). It is given the `derivatives`, or exact ones if there are none. `window` is (low, high)
    of all variables, or of one after the other; `heights` what is seen of a graph's values. A
    first `start`, `rate` and number of `steps` are chosen where none are given.

    Raises:
        ValueError: f is no formula, cannot be drawn, or what is given does not fit together.
    """
    subject = _with_setting(_subject(f, window), start, rate, steps)
    if heights is not None:
        subject = replace(subject, heights=(float(heights[0]), float(heights[1])))
    field = subject.field
    if derivatives and descent is None:
        raise ValueError("derivatives are for a descent: lab(f, df, descent=gradient_descent)")
    if derivatives and len(derivatives) != field.dimension:
        raise ValueError(
            f"f has {field.dimension} variable(s), so as many derivatives, not {len(derivatives)}"
        )
    exact = tuple(field.partial(variable) for variable in field.variables)
    return Lab(subject, descent, derivatives or exact)


def _subject(f: Any, window: Any) -> Subject:
    if isinstance(f, str):
        field = ScalarField.parse(f)
    elif isinstance(f, ScalarField):
        field = f
    elif callable(f):
        field = traced(f)
    else:
        raise ValueError(f"f must be a formula, a field or a function, not {f!r}")
    if field.dimension > 2:
        raise ValueError(f"f has {field.dimension} variables; one or two can be drawn")
    letters = dict(zip(field.variables, sp.symbols("x y"), strict=False))
    expr = field.expr.xreplace(letters)
    for one in LAB_FIELDS:
        if window is None and one.expr == expr:
            return lab_subject(one)
    return typed_subject(str(expr), "typed_1", window)


def _with_setting(subject: Subject, start: Any, rate: float | None, steps: int | None) -> Subject:
    """The subject whose first setting is as asked for."""
    if start is None and rate is None and steps is None:
        return subject
    first = subject.settings[0]
    point = first.start if start is None else tuple(float(c) for c in _listed(start))
    if len(point) != subject.field.dimension:
        raise ValueError(f"start must have {subject.field.dimension} coordinate(s), not {start!r}")
    if not subject.field.contains(point):
        raise ValueError(f"f has no value at the start {start!r}: {subject.field.explain(point)}")
    asked = Setting(point, float(rate or first.rate), int(first.steps if steps is None else steps))
    others = tuple(setting for setting in subject.settings if setting != asked)
    return replace(subject, settings=(asked, *others))


def _listed(start: Any) -> Sequence[float]:
    return start if isinstance(start, Sequence) else (start,)
