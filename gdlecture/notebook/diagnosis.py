"""What a student's run does that gradient descent does not: at which step, and what it looks like.

Each step is held against the rule at the very point where it was taken. So rounding, which may
carry two walks apart in the end, parts none; and a wrong step is told from a right one by what it
would be under each of the mistakes that are often made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from gdlecture.notebook.iterates import Iterate, iterates_of, until_lost
from gdlecture.notebook.watch import Run, Task
from gdmath import ScalarField
from gdstage.walks.fates import lowered

Array = NDArray[np.float64]

# Of a step and the numbers it is made of: what rounding may do, what rounding on purpose does.
_SAME, _NEARLY = 1e-9, 1e-2
_SAME_SLOPE = 1e-6
# Of the slope at the start: where code that has a test of its own may stop.
_LEVEL = 1e-2


_FAULTS = {
    "error": "it breaks off", "endless": "it does not end", "return": "it returns no point",
}  # fmt: skip


@dataclass(frozen=True)
class Diagnosis:
    """What is to be said of a run.

    `points` are its finite iterates (m, d), the start first. `kind` names the mistake, "" if there
    is none; `step` is the first iterate that gradient descent does not give, None if that is not
    what is wrong; `words` is one line, `why` another that says what it looks like.
    """

    points: tuple[tuple[float, ...], ...]
    kind: str
    step: int | None
    words: str
    why: str

    @property
    def is_right(self) -> bool:
        """Whether every step is gradient descent's, and there are as many as asked for."""
        return not self.kind


def diagnose(field: ScalarField, run: Run, task: Task) -> Diagnosis:
    """Tell what the run of a task on `field` looks like."""
    start, steps = task.start, task.steps
    iterates = iterates_of(run, field.dimension, steps)
    if run.fault == "endless":
        iterates = iterates[: steps + 1]
    finite = until_lost(iterates)
    kept = [one.point for one in finite]
    if not kept or kept[0] != start:
        kept = [start, *kept]
    points = tuple(kept)

    def told(kind: str, step: int | None, words: str, why: str) -> Diagnosis:
        return Diagnosis(points, kind, step, words, why)

    if found := _part(field, finite, task):
        return told(*found)
    if run.fault:
        return told(
            run.fault, None, _FAULTS[run.fault], f"{run.trouble[0].upper()}{run.trouble[1:]}."
        )
    if len(finite) < len(iterates):
        return told(*_lost(field, finite, iterates[len(finite)], task))
    return told(*_length(field, points, run, task))


Told = tuple[str, int | None, str, str]


def _lost(field: ScalarField, finite: Sequence[Iterate], lost: Iterate, task: Task) -> Told:
    """Whether it is gradient descent's own that an iterate is not finite."""
    k = len(finite)
    what = "nan" if np.isnan(lost.point).any() else "infinite"
    why = f"Its x{lowered(k)} is {what}."
    before = np.array(finite[-1].point if finite else task.start)
    after = before - task.rate * field.gradient(before)
    if field.contains(before) and np.isfinite(after).all():
        return "not_finite", k, f"wrong at step {k}", f"{why[:-1]}: it should be {_bare(after)}."
    return "", None, "", why


def _part(field: ScalarField, iterates: Sequence[Iterate], task: Task) -> Told | None:
    """The first step that is not gradient descent's, and what it looks like."""
    if not iterates:
        return None
    if not any(iterates[0].asked) or iterates[0].point != task.start:
        return _false_start(iterates[0], task)
    for k, (here, there) in enumerate(zip_longest(iterates, iterates[1:])):
        if not field.contains(here.point):
            break
        if found := _wrong_derivative(field, here):
            return "wrong_derivative", k + 1, "the derivative is wrong", found
        if there is None:
            break
        step = Step(field, task, k, np.array(here.point), np.array(there.point))
        passed = [one.point for one in iterates[: k + 1]]
        if not step.is_right and not any(there.asked) and there.point in passed:
            which = f"x{lowered(passed.index(there.point))}"
            why = f"It walks to {_place(here.point)}, and returns {which} = {_bare(there.point)}."
            return "returns_other", None, "it returns another point", why
        if not step.is_right:
            kind, why = step.looks_like()
            words = "it never moves" if kind == "never_moves" else f"wrong at step {k + 1}"
            return kind, k + 1, words, why
    return None


def _false_start(first: Iterate, task: Task) -> Told | None:
    if not any(first.asked):
        if task.steps == 0 and first.point == task.start:
            return None
        moves = "It moves without it." if first.point != task.start else "Nothing moves."
        return "never_asks", None, "it never asks for the derivative", moves
    swapped = " x and y are swapped." if first.point == task.start[::-1] else ""
    why = f"It begins at {_place(first.point)}.{swapped}"
    return "starts_elsewhere", 0, "it starts somewhere else", why


def _wrong_derivative(field: ScalarField, here: Iterate) -> str:
    names = ["df/dx"] if field.dimension == 1 else ["∂f/∂x", "∂f/∂y"]
    for i, asked in enumerate(here.asked):
        if asked is None:
            continue
        true = float(field.gradient(asked.point)[i])
        if np.isfinite(true) and abs(asked.slope - true) > _SAME_SLOPE * (1 + abs(true)):
            given, exact = _brief(asked.slope), _brief(true)
            return (
                f"{names[i]} at {_place(asked.point)} is {exact}, but the one given says {given}."
            )
    return ""


@dataclass(frozen=True)
class Step:
    """Step k + 1 of a task, from `point` (d,) to `after`: is it x − α∇f?"""

    field: ScalarField
    task: Task
    k: int
    point: Array
    after: Array

    @cached_property
    def slope(self) -> Array:
        """The gradient (d,) where it begins."""
        return self.field.gradient(self.point)

    @property
    def rate(self) -> float:
        """The learning rate."""
        return self.task.rate

    @property
    def is_right(self) -> bool:
        """Whether it is gradient descent's, but for rounding."""
        return self._is(self.point - self.rate * self.slope)

    def looks_like(self) -> tuple[str, str]:
        """The mistake that makes this very step, by name and in a line; "unlike" if none does."""
        for kind, place, why in self._mistakes():
            if self._is(place):
                return kind, why
        right = self.point - self.rate * self.slope
        if self._is(right, _NEARLY):
            return "rounded", "It is nearly right: something is rounded on the way."
        moved = self.point - self.after
        share = moved / np.where(self.slope == 0, np.nan, self.slope)
        if np.allclose(share, share[0]) and np.isfinite(share[0]):
            return (
                "other_rate",
                f"Its step is {_brief(share[0])} times the slope, where α is {_brief(self.rate)}.",
            )
        name = "x" if self.field.dimension == 1 else "(x, y)"
        low = lowered(self.k + 1)
        return "unlike", f"{name}{low} should be {_bare(right)}, and it is {_bare(self.after)}."

    def _is(self, place: Array, share: float = _SAME) -> bool:
        size = np.abs(self.point) + np.abs(self.rate * self.slope) + np.abs(place)
        size = np.maximum(size, np.abs(self.rate * self.slope).max() + np.abs(self.point).max())
        return bool((np.abs(self.after - place) <= share * size).all())

    def _mistakes(self) -> Iterator[tuple[str, Array, str]]:
        """Where each mistake would have led from here, what it is called and how it is told."""
        x, g, a = self.point, self.slope, self.rate
        d = "f ′(x)" if self.field.dimension == 1 else "∇f"
        here = "x" if self.field.dimension == 1 else "(x, y)"
        still = (
            f"The derivative is asked again and again at the start: is {here} given its new value?"
        )
        yield "never_moves", x, still
        yield "sign", x + a * g, f"It looks like {here} + α {d}: the sign. Downhill is minus."
        yield (
            "rate_forgotten",
            x - g,
            f"It looks like {here} − {d}: the learning rate is forgotten.",
        )
        wrong_both = f"It looks like {here} + {d}: the sign, and the learning rate is forgotten."
        yield "sign_and_rate", x + g, wrong_both
        lost = f"It looks like −α {d} alone: what it is taken from is forgotten."
        yield "point_forgotten", -a * g, lost
        yield (
            "divided",
            x - g / a,
            f"It looks like {here} − {d}/α: divided by the rate, not times it.",
        )
        yield "rate_twice", x - a * a * g, "The learning rate is multiplied twice."
        if self.k == 0:
            once = f"The slope is asked for at the start alone, and taken {self.task.steps} times."
            yield "derivative_once", x - self.task.steps * a * g, once
        else:
            fixed = f"Each step begins at the start again: {here} is not given its new value."
            yield "from_start", np.array(self.task.start) - a * g, fixed
            shrinks = f"The rate is divided by the number of the step: α/{self.k + 1}."
            yield "rate_shrinks", x - a / (self.k + 1) * g, shrinks
        if self.field.dimension == 2:
            yield from self._of_two()

    def _of_two(self) -> Iterator[tuple[str, Array, str]]:
        x, g, a = self.point, self.slope, self.rate
        right = x - a * g
        for i, (new, old) in enumerate((("x", "y"), ("y", "x"))):
            between = x.copy()
            between[i] = right[i]
            after = right.copy()
            after[1 - i] = x[1 - i] - a * self.field.gradient(between)[1 - i]
            why = (
                f"{old} is updated with the new {new}: both need the old point. Compute both first."
            )
            yield "not_simultaneous", after, why
        yield "swapped", x - a * g[::-1], "∂f/∂x and ∂f/∂y are swapped."
        for i, name in enumerate("xy"):
            alone = x.copy()
            alone[i] = right[i]
            yield "one_only", alone, f"Only {name} moves; the other is never updated."
            yield "same_slope", x - a * g[i], f"Both are moved by ∂f/∂{name}."
            half = right.copy()
            half[i] = x[i] + a * g[i]
            yield "sign", half, f"The sign of {name}: it goes uphill. Downhill is minus."
            bold = right.copy()
            bold[i] = x[i] - g[i]
            yield "rate_forgotten", bold, f"The learning rate is forgotten for {name}."


def _length(field: ScalarField, points: Sequence[tuple[float, ...]], run: Run, task: Task) -> Told:
    """Whether as many right steps were taken as were asked for, if each of them is right."""
    taken = len(points) - 1
    right = ("", None, "", "")
    if not field.contains(points).all():
        return right
    steps, slope = task.steps, field.gradient(points[-1])
    stands = bool((np.array(points[-1]) - task.rate * slope == points[-1]).all())
    # A last step that does not move cannot be seen.
    if taken == steps or (stands and taken in {0, steps - 1}):
        return right
    if taken == 0:
        still = f"The slope is asked for at the start alone, {len(run.asked)} times: is x set anew?"
        return "never_moves", 1, "it never moves", still
    words = f"{taken} steps, not {steps}"
    first, last = (np.abs(field.gradient(points[i])).max() for i in (0, -1))
    if abs(taken - steps) == 1:
        told = "off_by_one", "Every step is right, but the loop is off by one."
    elif taken == 1:
        told = "returns_early", "It returns after the first: is `return` inside the loop?"
    elif taken < steps and last < _LEVEL * max(first, 1.0):
        told = "", f"It stops by itself after {taken} steps, each of them right."
    else:
        told = "wrong_count", "Every step is right, but the loop counts otherwise."
    return told[0], None, words, told[1]


def _place(point: Sequence[float]) -> str:
    if len(point) == 1:
        return f"x = {_brief(point[0])}"
    return _bare(point)


def _bare(point: Iterable[float]) -> str:
    numbers = [_brief(c) for c in point]
    return numbers[0] if len(numbers) == 1 else f"({', '.join(numbers)})"


def _brief(number: float) -> str:
    return f"{number:.4g}".replace("-", "−")
