"""A whole clip decided beforehand: the walks, what became of them, and the windows to see them in.

Pure numbers from gdmath: nothing is drawn here, and manim is not needed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from gdmath import (
    ExpressionError,
    ScalarField,
    Verdict,
    Walk,
    certify,
    descend,
)
from gdmath.descent.certificate import MAY_LACK_CERTIFICATE
from gdmath.descent.excerpt import beginning
from gdmath.fields.regression import RegressionLoss
from gdmath.stationary.nearest import spot_near
from gdmath.stationary.valleys import Valley, bottom_below, kinks_in, valleys_in
from gdstage.any.experiment import Experiment, ExperimentError, plain, points_of
from gdstage.any.methods import METHODS, SETTINGS
from gdstage.any.window import graph_window, map_heights, map_window, values_window
from gdstage.look.rounding import counted
from gdstage.proof.fact import Fact, WalkFacts
from gdstage.walks.run import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdstage.any.experiment import Point

    Window = tuple[float, float]

LAB_TOLERANCES = (1e-5, 1e-3)
"""The slopes at which the labs stop, in one variable and in two."""

# Where the slope at the start is out of these, the labs' tolerance would say nothing.
_ORDINARY = (1e-2, 1e5)
# Tried in this order where no start is given: first what the lecture's own clips start from.
_GUESSES = (1.6, 0.5, 3.0, -1.2, 0.1, 10.0, -5.0, 40.0, 1e-3, -300.0)
_GUESSES_2D = (
    (-1.2, 1.0),
    (1.6, 0.8),
    (0.5, 3.0),
    (2.5, 2.0),
    (0.3, 0.2),
    (-4.0, -3.0),
    (20.0, 9.0),
)


@dataclass(frozen=True, eq=False)
class Plan:
    """Everything that a clip of an experiment shows.

    `window` is (low, high) for each variable, `heights` of the values. `valleys` are the minima
    seen in the window, the lowest first, `kinks` the places without a derivative in it.
    """

    experiment: Experiment
    field: ScalarField
    runs: tuple[Run, ...]
    window: tuple[Window, ...]
    heights: Window
    valleys: tuple[Valley, ...]
    kinks: tuple[float, ...]

    @property
    def dimension(self) -> int:
        """The number of variables."""
        return self.field.dimension

    @property
    def is_race(self) -> bool:
        """Whether all runs begin at one start, by other rates or methods."""
        return self.compares in {"rates", "methods"}

    @property
    def compares(self) -> str:
        """What differs between the runs: "rates", "methods", "starts", or "" with a single one."""
        if len(self.runs) == 1:
            return ""
        if len(self.experiment.methods) > 1:
            return "methods"
        return "rates" if len(self.experiment.rates) > 1 else "starts"


def experiment_of(
    function: str | RegressionLoss,
    *,
    start: Any = None,
    starts: int = 0,
    rate: float | None = None,
    compare: Any = (),
    method: Any = "gradient",
    methods: Any = (),
    window: Any = (),
    **more: Any,
) -> Experiment:
    """The experiment that settings as a person writes them say.

    `function` is a formula, or a regression's loss. `start` is a number, a point, or several of
    either in one list; `starts` a number of starts to be chosen; `compare` takes the place of
    `rate`, `methods` that of `method`; `window` is (low, high) of all variables, or of one after
    the other; numpy's arrays and numbers will do. `more` are `steps`, `tolerance`, `basins`,
    `title`, and the settings of methods; None leaves a setting alone.

    Raises:
        ExpressionError: the function cannot be read.
        ExperimentError: a setting makes no sense.
    """
    if isinstance(function, RegressionLoss):
        function = function.written()
    if not isinstance(function, str):
        raise ExperimentError(f"expression: a text is needed, not {function!r}")
    d = field_of(function).dimension
    given = {name: plain(value) for name, value in more.items() if value is not None}
    ends = _flat("window", window)
    if len(ends) == 2:
        ends *= d
    if len(ends) not in {0, 2 * d}:
        raise ExperimentError(
            f"window: low and high for {counted(d, 'variable')}, not {counted(len(ends), 'number')}"
        )
    return Experiment(
        function=function,
        starts=points_of(_flat("start", () if start is None else start), d),
        spread=plain(starts),
        rates=tuple(_flat("compare", compare)) or (() if rate is None else (plain(rate),)),
        methods=_texts(methods) or (method,),
        settings={name: given.pop(name) for name in SETTINGS if name in given},
        window=tuple((ends[i], ends[i + 1]) for i in range(0, len(ends), 2)),
        **given,
    )


def _flat(name: str, value: Any) -> list[float]:
    """The numbers of a number, a sequence of numbers, or a sequence of such sequences."""
    value = plain(value)
    if isinstance(value, list | tuple):
        return [number for item in value for number in _flat(name, item)]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ExperimentError(f"{name}: numbers are needed, not {value!r}")
    return [value]


def _texts(value: Any) -> tuple[str, ...]:
    """The words of one text, or of a list of texts."""
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else tuple(value)


def plan_of(experiment: Experiment) -> Plan:
    """Decide the clip of an experiment.

    Raises:
        ExpressionError: the function cannot be read.
        ExperimentError: it can, but not descended on or drawn with these settings.
    """
    field = field_of(experiment.function)
    with np.errstate(all="ignore"):
        return _plan(experiment, field)


def field_of(function: str) -> ScalarField:
    """The function as a field, if it can be written down and read again without loss.

    Raises:
        ExpressionError: it cannot be read.
        ExperimentError: it could not be read back from the evidence.
        RegressionError: it is the recipe of a regression, but of one that cannot be made.
    """
    if function.lstrip().startswith("{"):
        return _regression_of(function)
    try:
        field = ScalarField.parse(function)
    except ExpressionError:
        raise
    except ValueError as error:
        raise ExperimentError(f"expression: it is no formula of real numbers: {error}") from error
    try:
        again = ScalarField.parse(str(field.expr), field.variables)
    except ValueError as error:
        raise ExperimentError(
            f"expression: written out as {_cut(str(field.expr))} it cannot be read: {error}"
        ) from error
    if again.expr != field.expr:
        raise ExperimentError(
            f"expression: it reads as {_cut(str(field.expr))}, and that as something else; "
            "write it in a simpler form"
        )
    return field


@lru_cache(maxsize=4)
def _regression_of(recipe: str) -> RegressionLoss:
    return RegressionLoss.read(recipe)


def _plan(experiment: Experiment, field: ScalarField) -> Plan:
    d = field.dimension
    if experiment.window and len(experiment.window) != d:
        raise ExperimentError(
            f"window: low and high for {counted(d, 'variable')}, not for {len(experiment.window)}"
        )
    if experiment.basins and d == 1:
        raise ExperimentError("basins: a map needs two variables; for one, try starts")
    if experiment.window:
        _check_window(field, experiment.window)
    for start in experiment.starts:
        _check_start(field, start)
    starts = experiment.starts or _chosen_starts(experiment, field)
    tolerance = experiment.tolerance or _tolerance(field, starts)
    runs = tuple(_runs(experiment, field, starts, tolerance))
    walks = [run.walk for run in runs]
    bottoms = [b for s in starts if (b := bottom_below(field, np.array(s))) is not None]
    arrived = (Verdict.CONVERGED, Verdict.STOPPED)
    bottoms += [w.points[-1] for w in walks if w.verdict in arrived]
    bottoms += [np.array(w.ending.minimum.point) for w in walks if w.ending.minimum is not None]
    window = experiment.window or _window(field, walks, bottoms)
    window = tuple((float(low), float(high)) for low, high in window)
    _check_scale(window)
    valleys = valleys_in(field, window)
    if d == 1:
        heights = values_window(field, window[0], walks, valleys)
        kinks = kinks_in(field, window[0])
    else:
        sides = (window[0], window[1])
        heights, kinks = map_heights(field, sides, walks, valleys), ()
    if not (np.isfinite(heights).all() and heights[0] < heights[1]):
        raise ExperimentError("expression: its values in the window are too large to be drawn")
    heights = float(heights[0]), float(heights[1])
    return Plan(experiment, field, runs, window, heights, valleys, kinks)


# Starts


def _chosen_starts(experiment: Experiment, field: ScalarField) -> tuple[Point, ...]:
    if experiment.spread:
        return _spread(experiment, field)
    if experiment.window:
        low, high = np.array(experiment.window).T
        shares = (0.85, 0.2, 0.7, 0.35, 0.5, 0.95, 0.05)
        guesses = [tuple((low + share * (high - low)).tolist()) for share in shares]
    else:
        guesses = [(g,) for g in _GUESSES] if field.dimension == 1 else list(_GUESSES_2D)
    for guess in guesses:
        if _is_fit(field, guess) and field.gradient(guess).any():
            return (guess,)
    for guess in guesses:
        if _is_fit(field, guess):
            return (guess,)
    raise ExperimentError(_no_start(field))


def _spread(experiment: Experiment, field: ScalarField) -> tuple[Point, ...]:
    """Starts evenly over the window, or over what a single walk makes one choose as a window."""
    window = experiment.window
    if not window:
        one = _chosen_starts(Experiment(experiment.function), field)
        bottom = bottom_below(field, np.array(one[0]))
        step = experiment.steps_of(experiment.methods[0])[0]
        walk = descend(field, one[0], step, experiment.steps)
        window = _window(field, [walk], [] if bottom is None else [bottom])
    count = experiment.spread
    if field.dimension == 1:
        low, high = window[0]
        # Only where it has values, so that no start is lost: those are evened out.
        x = low + (high - low) * np.linspace(0.04, 0.96, 2001)
        x = x[[_is_fit(field, (p,)) for p in x.tolist()]]
        if not len(x):
            raise ExperimentError(_no_start(field))
        chosen = x[((np.arange(count) + 0.5) / count * len(x)).astype(int)]
        points: list[Point] = [(_short(p, high - low),) for p in chosen.tolist()]
        return _fit_ones(field, points)
    centre, half = np.array([(b + a, b - a) for a, b in window]).T / 2
    angles = np.pi / 4 + 2 * np.pi * np.arange(count) / count
    ring = centre + 0.82 * half * np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    width = float(half.min())
    return _fit_ones(field, [tuple(_short(c, width) for c in p) for p in ring.tolist()])


def _fit_ones(field: ScalarField, points: Sequence[Point]) -> tuple[Point, ...]:
    good = tuple(dict.fromkeys(p for p in points if _is_fit(field, p)))
    if not good:
        raise ExperimentError(_no_start(field))
    return good


def _short(number: float, width: float) -> float:
    """The number with as few decimals as a window of this width lets one tell apart."""
    decimals = 2 - math.floor(math.log10(width))
    return round(number, decimals)


def _is_fit(field: ScalarField, point: Sequence[float]) -> bool:
    return bool(
        field.contains(point)
        and np.isfinite(field.at(point))
        and np.isfinite(field.gradient(point)).all()
    )


def _check_start(field: ScalarField, start: Point) -> None:
    if len(start) != field.dimension:
        points_of(start, field.dimension)  # says what is wrong with the number of coordinates
        raise ExperimentError(
            f"start: a point of this function has {counted(field.dimension, 'coordinate')}, "
            f"not {len(start)}"
        )
    shown = ", ".join(f"{c:g}" for c in start)
    if not field.contains(start):
        raise ExperimentError(
            f"start: f has no value at {shown}; it needs {field.explain(start) or 'real numbers'}"
        )
    if not _is_fit(field, start):
        raise ExperimentError(f"start: f or its slope is too large at {shown}; choose another")


def _no_start(field: ScalarField) -> str:
    if any(c == False for c in field.domain):  # noqa: E712 (sympy's false is not Python's)
        return "expression: it has no real value anywhere"
    needs = " and ".join(str(c) for c in field.domain)
    where = f" (it needs {needs})" if needs else ""
    return f"start: none of the usual places has a value and a slope{_cut(where)}; name one"


# Walks


def _runs(
    experiment: Experiment, field: ScalarField, starts: Sequence[Point], tolerance: float
) -> list[Run]:
    runs = []
    ways = [(method, step) for method in experiment.methods for step in experiment.steps_of(method)]
    for start in starts:
        for method, step in ways:
            walk = descend(field, start, step, experiment.steps, tolerance)
            error = certify(beginning(walk))
            if not math.isfinite(error) and walk.verdict not in MAY_LACK_CERTIFICATE:
                raise ExperimentError(
                    "steps: rounding decides this walk, for with 50 digits it leaves the domain; "
                    f"take fewer than {experiment.steps}, or a smaller rate"
                )
            told = WalkFacts(walk)
            facts: tuple[Fact, ...]
            place = ", ".join(f"{c:g}" for c in start)
            if len(experiment.methods) > 1:
                name, label, facts = method, METHODS[method].label, ()
            elif len(experiment.rates) > 1:
                name = label = f"α = {step.rate:g}"
                facts = (told.rate(),)
            elif len(starts) > 1:
                name = label = f"({place})" if len(start) > 1 else f"x₀ = {place}"
                facts = tuple(told.coordinate(0, axis) for axis in range(len(start)))
            else:
                name, label, facts = "walk", METHODS[method].label, ()
            runs.append(Run(name, label.replace("-", "−"), walk, error=error, facts=facts))
    if len({run.name for run in runs}) < len(runs):
        raise ExperimentError("starts: two of them look the same; write them with fewer digits")
    return runs


def _tolerance(field: ScalarField, starts: Sequence[Point]) -> float:
    """The lab's slope, unless the problem's own scale asks for another.

    Where slopes are extraordinary it is as small a share of them as the lab's is of ordinary
    ones; and it is at most the slope that a thousandth of the way from the bottom has, in the
    direction in which the bottom is flattest.
    """
    lab = LAB_TOLERANCES[field.dimension - 1]
    slope = _slope_about(field, np.array(starts))
    if slope > 0 and not _ORDINARY[0] <= slope <= _ORDINARY[1]:
        lab = _power_of_ten(slope * lab)
    return min([lab, *(t for s in starts if (t := _slope_near_bottom(field, s, lab)) is not None)])


def _slope_about(field: ScalarField, starts: NDArray[np.float64]) -> float:
    """The greatest slope at the starts (m, d), or on a plateau, of what is about them."""
    slope = float(abs(field.gradient(starts)).max())
    wide = max(1.0, float(abs(starts).max()))
    if slope >= _ORDINARY[0] or any(spot_near(field, s, 0.05 * wide) for s in starts):
        return slope
    axes = [np.linspace(low - wide, high + wide, 41) for low, high in np.sort(starts[[0, 0]].T)]
    about = field.gradient(np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, len(axes)))
    return min(max(slope, float(abs(about[np.isfinite(about)]).max(initial=0.0))), _ORDINARY[0])


def _slope_near_bottom(field: ScalarField, start: Point, lab: float) -> float | None:
    """The slope a thousandth of the way from the bottom, if the lab's says less; None if not."""
    x = np.array(start)
    bottom = bottom_below(field, x)
    if bottom is None:
        return None
    curvatures = np.linalg.eigvalsh(field.hessian(bottom))
    way = float(abs(x - bottom).max())
    # Along a curve of minima, and where a bottom is flat, a slope tells no distance.
    if not np.isfinite(curvatures).all() or curvatures[0] <= 1e-8 * curvatures[-1]:
        return None
    if way == 0 or lab / curvatures[0] <= max(1e-3 * way, 10 * lab / curvatures[-1]):
        return None
    return _power_of_ten(1e-3 * way * curvatures[0])


def _power_of_ten(number: float) -> float:
    return float(10.0 ** max(math.floor(math.log10(number)), -300))


# Windows


def _window(
    field: ScalarField, walks: Sequence[Walk], bottoms: Sequence[NDArray[np.float64]]
) -> tuple[Window, ...]:
    if field.dimension == 1:
        return (graph_window(field, walks, bottoms),)
    return map_window(field, walks, bottoms)


def _check_window(field: ScalarField, window: Sequence[Window]) -> None:
    axes = [np.linspace(*side, 201) for side in window]
    points = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(window))
    if not field.contains(points).any():
        needs = " and ".join(str(c) for c in field.domain)
        raise ExperimentError(f"window: f has no value anywhere in it; it needs {_cut(needs)}")


def _check_scale(window: Sequence[Window]) -> None:
    for low, high in window:
        if not (math.isfinite(low) and math.isfinite(high)) or high - low <= 1e-12 * max(
            abs(low), abs(high)
        ):
            raise ExperimentError(
                f"window: {low:g} to {high:g} cannot be drawn in float64; choose another start"
            )


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
