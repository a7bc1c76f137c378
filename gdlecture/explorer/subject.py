"""One function of the explorer, with all that its page must know of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from gdlecture.explorer.javascript import functions_of
from gdlecture.explorer.presets import LAB, TOLERANCES, Setting
from gdlecture.explorer.window import as_wide_as_high, heights_of, view_of_line, with_forbidden
from gdmath import (
    LOG_VALLEY,
    SAUNA,
    THREE_WELLS,
    TWO_VALLEYS,
    Kind,
    NoExactSolutionError,
    ScalarField,
    descend,
    gradient_step,
    stability_bound,
    stationary_points,
)
from gdmath.fields.domain import describe
from gdmath.fields.functions import Maximum, relu, where
from gdmath.fields.functions import Minimum as Smaller
from gdmath.fields.scalar_field import Window, hessian_expressions
from gdmath.stationary.valleys import Valley, valleys_in
from gdstage.any.plan import experiment_of, plan_of

LAB_FIELDS = (LOG_VALLEY, TWO_VALLEYS, SAUNA, THREE_WELLS)
"""The functions of the labs, in their order."""

_TITLES = {
    "log_valley": "One valley",
    "two_valleys": "Two valleys",
    "sauna": "Sauna",
    "three_wells": "Three wells",
}
_BENT = (sp.Abs, sp.sign, relu, Maximum, Smaller, where)
_LONGEST_EXACT = 12
_RATES = (1e-3, 1.0)
_SMALLEST_SHARE = 1e-4


@dataclass(frozen=True)
class Minimum:
    """A minimum, and the bound 2/λmax on learning rates there, in short exact form or "".

    The bound is None where no parabola tells it: at a kink, in a flat bottom, along a curve.
    """

    valley: Valley
    bound: float | None
    exact: str

    def record(self) -> dict[str, Any]:
        """For the page."""
        curve = [list(point) for point in self.valley.curve]
        point = list(self.valley.point)
        return {"point": point, "bound": self.bound, "exact": self.exact, "curve": curve}


@dataclass(frozen=True)
class Subject:
    """A field with a window, its minima, the settings to start from, and a range of rates.

    `tolerance` is the bound on each component of the gradient at which a walk stops; `sides` of a
    graph's picture are (left, right), None for a map's; `heights`, (low, high), are what is to be
    seen of a graph's values, if that is not to be found.
    """

    field: ScalarField
    title: str
    minima: tuple[Minimum, ...]
    settings: tuple[Setting, ...]
    rates: tuple[float, float]
    tolerance: float
    sides: tuple[float, float] | None
    heights: tuple[float, float] | None = None

    def record(self) -> dict[str, Any]:
        """What the page must know besides the functions themselves; JSON without infinities."""
        bends = hessian_expressions(self.field)
        record: dict[str, Any] = {
            "name": self.field.name,
            "title": self.title,
            "isTyped": self.field.name not in LAB,
            "variables": [v.name for v in self.field.variables],
            "window": [list(ends) for ends in self.field.window or ()],
            "minima": [minimum.record() for minimum in self.minima],
            "settings": [
                {"start": list(s.start), "rate": s.rate, "steps": s.steps} for s in self.settings
            ],
            "rates": list(self.rates),
            "tolerance": self.tolerance,
            "conditions": [_in_words(c) for c in self.field.domain],
            "isQuadratic": not any(bend.free_symbols for bend in bends),
            "isPiecewise": _is_piecewise(self.field),
            "functions": functions_of(self.field),
        }
        if self.sides is None:
            return {**record, "heights": heights_of(self.field)}
        if self.heights:
            return {**record, "view": [list(self.sides), list(self.heights)]}
        walks = [
            descend(self.field, s.start, gradient_step(s.rate), s.steps, self.tolerance)
            for s in self.settings
        ]
        valleys = [minimum.valley for minimum in self.minima]
        return {**record, "view": view_of_line(self.field, self.sides, walks, valleys)}


def _in_words(condition: sp.Basic) -> str:
    """A condition as people write it: "x ≥ 0"."""
    text = describe(condition)
    for sign, shown in ((">=", "≥"), ("<=", "≤"), ("!=", "≠")):
        text = text.replace(sign, shown)
    return text


def _is_piecewise(field: ScalarField) -> bool:
    """Whether its formula is made of polynomials, and of comparisons between them."""
    pieces = {node: sp.Dummy() for node in field.expr.atoms(*_BENT)}
    inside = [a for node in pieces for a in node.args if isinstance(a, sp.Expr)]
    plain = [field.expr.xreplace(pieces), *(a.xreplace(pieces) for a in inside)]
    return all(expr.is_polynomial() for expr in plain)


def lab_subjects() -> list[Subject]:
    """The four functions of the labs, with the labs' settings."""
    return [lab_subject(field) for field in LAB_FIELDS]


def lab_subject(field: ScalarField) -> Subject:
    """One of `LAB_FIELDS`, with its settings."""
    settings = LAB[field.name]
    minima = _exact_minima(field)
    rates = _range([m.bound for m in minima if m.bound], [s.rate for s in settings])
    sides = with_forbidden(field) if field.dimension == 1 else None
    tolerance = TOLERANCES[field.dimension]
    return Subject(field, _TITLES[field.name], minima, settings, rates, tolerance, sides)


def typed_subject(text: str, name: str, window: tuple[float, float] | None = None) -> Subject:
    """The function that a person typed, shown as its clip shows it, with rates that tell.

    Raises:
        ExpressionError: the text is no formula.
        ExperimentError: it has no value where it is looked at, or cannot be drawn.
    """
    plan = plan_of(experiment_of(text, window=window or ()))
    ends = plan.window if plan.dimension == 1 else as_wide_as_high(plan.window)
    field = replace(plan.field, name=name, window=ends)
    valleys = plan.valleys if ends == plan.window else valleys_in(field, ends)
    minima = tuple(_minimum(field, valley) for valley in valleys)
    walk = plan.runs[0].walk
    settings = _trials(walk.start, minima)
    rates = _range([m.bound for m in minima if m.bound], [])
    sides = ends[0] if plan.dimension == 1 else None
    title = " ".join(text.split())
    return Subject(field, title, minima, settings, rates, walk.tolerance or 0.0, sides)


def _range(bounds: list[float], tried: list[float]) -> tuple[float, float]:
    """The rates that the slider reaches: from far below every bound to far above."""
    low = min([b / 60 for b in bounds] + [r / 2 for r in tried], default=_RATES[0])
    high = max([b * 3 for b in bounds] + [r * 1.5 for r in tried], default=_RATES[1])
    return _two_digits(max(low, high * _SMALLEST_SHARE)), _two_digits(high)


def _exact_minima(field: ScalarField) -> tuple[Minimum, ...]:
    """The strict minima of a lab's function in its window, lowest first, and their bounds."""
    try:
        points = [p for p in stationary_points(field).points if p.kind is Kind.MINIMUM]
    except NoExactSolutionError:
        return tuple(_minimum(field, valley) for valley in valleys_in(field, field.window or ()))
    found = []
    for p in points:
        valley = Valley(tuple(float(c) for c in p.point), float(p.value))
        # Elsewhere its exact form would be long in coming.
        plain = all(c.is_Rational or c.is_Pow or c.has(sp.LambertW) for c in p.point)
        bound = stability_bound(field, p.point if plain else valley.point)
        if _lies_in(valley.point, field.window or ()):
            found.append(Minimum(valley, _finite(bound), _short(bound)))
    return tuple(found)


def _minimum(field: ScalarField, valley: Valley) -> Minimum:
    if valley.kink or valley.curve:
        return Minimum(valley, None, "")
    if not any(bend.free_symbols for bend in hessian_expressions(field)):
        bound = stability_bound(field, (0,) * field.dimension)
        return Minimum(valley, _finite(bound), _short(bound))
    return Minimum(valley, _finite(stability_bound(field, valley.point)), "")


def _finite(bound: Any) -> float | None:
    return float(bound) if 0 < float(bound) < float("inf") else None


def _lies_in(point: tuple[float, ...], window: Window) -> bool:
    return all(lo <= c <= hi for c, (lo, hi) in zip(point, window, strict=True))


def _short(bound: Any) -> str:
    """The exact form if it is short enough to be read at a glance, else nothing."""
    if isinstance(bound, sp.Rational) and len(str(bound)) <= _LONGEST_EXACT:
        return str(bound)
    return ""


def _trials(start: tuple[float, ...], minima: tuple[Minimum, ...]) -> tuple[Setting, ...]:
    """Careful, quick, bold and too bold, by the bound of the minimum nearest to the start."""
    away = {
        m.bound: max(abs(a - b) for a, b in zip(m.valley.point, start, strict=True))
        for m in minima
        if m.bound
    }
    if not away:
        return tuple(Setting(start, rate, 30) for rate in (0.01, 0.1, 0.5))
    nearest = min(away, key=lambda bound: away[bound])
    return tuple(
        Setting(start, _two_digits(share * nearest), 30) for share in (0.25, 0.05, 0.8, 1.1)
    )


def _two_digits(number: float) -> float:
    return float(f"{number:.2g}")
