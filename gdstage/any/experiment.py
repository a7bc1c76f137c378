"""What is asked of a descent on any function: the settings, checked; nothing is computed here."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gdmath import Step
from gdstage.any.methods import METHODS, Setting

MOST_STEPS = 100_000
MOST_RUNS = 8
LONGEST_TITLE = 40
# Beyond these the differences of a window's ends leave float64.
LARGEST, SMALLEST = 1e100, 1e-100

# What other libraries call a setting.
_ALSO_KNOWN_AS = {
    "learning_rate": "rate", "lr": "rate", "alpha": "rate", "step_size": "rate", "eta": "rate",
    "learning_rates": "compare", "rates": "compare", "f": "function", "expression": "function",
    "x0": "start", "starting_point": "start", "initial": "start", "momentum": "beta",
    "n_steps": "steps", "iterations": "steps", "max_iter": "steps", "epochs": "steps",
    "tol": "tolerance", "eps": "tolerance", "optimizer": "method", "optimizers": "methods",
    "domain": "window", "xlim": "window", "name": "title",
}  # fmt: skip

Point = tuple[float, ...]


class ExperimentError(ValueError):
    """A setting that cannot be drawn; the message names it and says what would be right."""


@dataclass(frozen=True)
class Experiment:
    """A function and how to descend on it; what is left open is chosen by the plan.

    `starts` are points (d,); none lets the plan choose one, and `spread` lets it choose so many,
    evenly over the window. With several `rates`, or several `methods`, there is one start; with no
    rate each method has its own. `settings` are those of the methods, by name. `tolerance` is the
    slope at which a walk has arrived; with `basins` a map tells where all starts lead. `window`
    holds (low, high) for each variable.

    Raises:
        ExperimentError: a setting makes no sense, whatever the function.
    """

    function: str
    starts: tuple[Point, ...] = ()
    spread: int = 0
    rates: tuple[float, ...] = ()
    methods: tuple[str, ...] = ("gradient",)
    settings: Mapping[str, Setting] = field(default_factory=dict)
    steps: int = 25
    tolerance: float | None = None
    window: tuple[tuple[float, float], ...] = ()
    basins: bool = False
    title: str = ""

    def __post_init__(self) -> None:
        _check_numbers("starts", (c for point in self.starts for c in point))
        _check_numbers("rates", self.rates, positive=True)
        _check_numbers("window", (end for side in self.window for end in side))
        if self.tolerance is not None:
            _check_numbers("tolerance", [self.tolerance], positive=True)
        self._check_counts()
        self._check_methods()
        for low, high in self.window:
            if not low < high:
                raise ExperimentError(
                    f"window: {low:g} {high:g} is empty; write the lower end first"
                )
        if len(self.title) > LONGEST_TITLE or not self.title.isprintable():
            raise ExperimentError(
                f"title: at most {LONGEST_TITLE} printable characters on one line, "
                f"not {self.title[:LONGEST_TITLE]!r}"
            )

    def steps_of(self, method: str) -> list[Step]:
        """The steps of a method, one for each learning rate: its own if none is asked for.

        Raises:
            ValueError: a setting is none that the rule can take; the message names it.
        """
        own = METHODS[method]
        rates = (None,) if own.rate is None else self.rates or (own.rate,)
        return [own.step(rate, self.settings, self.steps) for rate in rates]

    def _check_methods(self) -> None:
        for method in self.methods:
            if method not in METHODS:
                near = difflib.get_close_matches(str(method).lower(), METHODS, n=1, cutoff=0.5)
                hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(METHODS)}"
                raise ExperimentError(f"method: {method!r} is none; {hint}")
        if not 1 <= len(self.methods) <= MOST_RUNS:
            raise ExperimentError(f"methods: 1 to {MOST_RUNS} of them, not {len(self.methods)}")
        if len(set(self.methods)) < len(self.methods):
            raise ExperimentError("methods: each must be another, or there is nothing to race")
        if len(self.methods) > 1 and (len(self.rates) > 1 or len(self.starts) > 1 or self.spread):
            raise ExperimentError("methods: race several with one rate, from one start")
        if self.basins and max(len(self.rates), len(self.methods)) > 1:
            raise ExperimentError("basins: a map tells where one rule leads; take one, of one rate")
        self._check_settings()

    def _check_settings(self) -> None:
        known = [name for method in self.methods for name in METHODS[method].settings]
        for name in self.settings:
            if name not in known:
                those = [method for method in METHODS if name in METHODS[method].settings]
                of = f"it is one of {', '.join(those)}" if those else "no method has it"
                raise ExperimentError(f"{name}: no setting of {', '.join(self.methods)}; {of}")
        for method in self.methods:
            try:
                self.steps_of(method)
            except ValueError as error:
                raise ExperimentError(str(error)) from error

    def _check_counts(self) -> None:
        for name, count, least, most in (
            ("steps", self.steps, 1, MOST_STEPS),
            ("spread", self.spread, 0, MOST_RUNS),
        ):
            if isinstance(count, bool) or not isinstance(count, int) or not least <= count <= most:
                raise ExperimentError(
                    f"{name}: a whole number from {least} to {most}, not {count!r}"
                )
        if len(self.rates) > MOST_RUNS:
            raise ExperimentError(f"rates: 1 to {MOST_RUNS} of them, not {len(self.rates)}")
        if len(set(self.rates)) < len(self.rates):
            raise ExperimentError("rates: each must be another, or there is nothing to compare")
        if len(self.starts) > MOST_RUNS:
            raise ExperimentError(f"starts: at most {MOST_RUNS} of them, not {len(self.starts)}")
        if len(set(self.starts)) < len(self.starts):
            raise ExperimentError("starts: each must be another, or there is nothing to compare")
        if self.starts and self.spread:
            raise ExperimentError("starts: either named or chosen, not both")
        many = max(len(self.starts), self.spread)
        if many > 1 and len(self.rates) > 1:
            raise ExperimentError("rates: compare several rates from one start, not from several")
        if len(self.rates) > 1 and METHODS.get(self.methods[0], METHODS["newton"]).rate is None:
            raise ExperimentError("rates: Newton's method has no learning rate to compare")


def check_settings(clip: type, base: type) -> None:
    """See that a clip's class sets only what `base` knows, and says its function.

    Settings are the public attributes of the classes beneath `base` that are neither functions
    nor, by their capitals, constants.

    Raises:
        ExperimentError: one is unknown, or there is no function; with what to write.
    """
    settings = [name for name, value in vars(base).items() if _is_setting(name, value)]
    for layer in clip.__mro__[: clip.__mro__.index(base)]:
        for name, value in vars(layer).items():
            if _is_setting(name, value) and not hasattr(base, name):
                near = _ALSO_KNOWN_AS.get(name.lower()) or next(
                    iter(difflib.get_close_matches(name.lower(), settings, n=1)), None
                )
                hint = f"did you mean {near}?" if near else f"known are {', '.join(settings)}"
                raise ExperimentError(f"{name}: is no setting of {layer.__name__}; {hint}")
    if not getattr(clip, "function", None):
        raise ExperimentError(f'function: {clip.__name__} says none; write function = "x**2"')


def _is_setting(name: str, value: Any) -> bool:
    hidden = name.startswith("_") or name.isupper()
    return not (
        hidden or callable(value) or isinstance(value, property | classmethod | staticmethod)
    )


def plain(value: Any) -> Any:
    """A setting without numpy: arrays as lists of numbers, numpy's numbers as Python's."""
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.tolist() if hasattr(value, "tolist") else value


def points_of(
    numbers: Sequence[float], dimension: int, setting: str = "start"
) -> tuple[Point, ...]:
    """The points (d,) that a plain list of numbers says, coordinate after coordinate.

    Raises:
        ExperimentError: there are too few or too many for the dimension.
    """
    if len(numbers) % dimension:
        raise ExperimentError(
            f"{setting}: a point of this function has {dimension} coordinates, "
            f"which {len(numbers)} of them do not make"
        )
    rows = range(0, len(numbers), dimension)
    return tuple(tuple(numbers[i : i + dimension]) for i in rows)


def _check_numbers(name: str, numbers: Iterable[Any], *, positive: bool = False) -> None:
    for number in numbers:
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise ExperimentError(f"{name}: numbers are needed, not {number!r}")
        size = abs(float(number)) if abs(number) <= LARGEST else math.inf
        if not (size == 0 or SMALLEST <= size <= LARGEST):
            raise ExperimentError(
                f"{name}: {number:g} is no number that can be drawn "
                f"({SMALLEST:g} to {LARGEST:g} in size)"
            )
        if positive and not number > 0:
            raise ExperimentError(f"{name}: must be positive, not {number:g}")
