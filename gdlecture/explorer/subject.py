"""One function of the explorer, with all that its page must know of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import sympy as sp

from gdlecture.explorer.javascript import functions_of
from gdlecture.explorer.presets import LAB, TOLERANCES, Setting
from gdlecture.explorer.window import (
    choose_window,
    domain_samples,
    heights_of,
    minima,
    picture_of_line,
)
from gdmath import (
    LOG_VALLEY,
    SAUNA,
    THREE_WELLS,
    TWO_VALLEYS,
    Kind,
    NoExactSolutionError,
    ScalarField,
    stability_bound,
    stationary_points,
)
from gdmath.fields.domain import describe
from gdmath.fields.evaluation import FloatArray
from gdmath.fields.scalar_field import Window

_TITLES = {
    "log_valley": "One valley",
    "two_valleys": "Two valleys",
    "sauna": "Sauna",
    "three_wells": "Three wells",
}
_LONGEST_EXACT = 12
_RATES = (1e-3, 1.0)
_SMALLEST_SHARE = 1e-4


@dataclass(frozen=True)
class Minimum:
    """A minimum (d,), and the bound 2/λmax on learning rates there, in short exact form or not."""

    point: tuple[float, ...]
    bound: float
    exact: str

    def record(self) -> dict[str, Any]:
        """For the page."""
        return {"point": list(self.point), "bound": self.bound, "exact": self.exact}


@dataclass(frozen=True)
class Subject:
    """A field with a window, its minima, the settings to start from, and a range of rates."""

    field: ScalarField
    title: str
    minima: tuple[Minimum, ...]
    settings: tuple[Setting, ...]
    rates: tuple[float, float]

    def record(self) -> dict[str, Any]:
        """What the page must know besides the functions themselves; JSON without infinities."""
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
            "tolerance": TOLERANCES[self.field.dimension],
            "conditions": [_in_words(c) for c in self.field.domain],
            "functions": functions_of(self.field),
        }
        if self.field.dimension == 1:
            record["view"] = [list(ends) for ends in picture_of_line(self.field)]
        else:
            record["heights"] = heights_of(self.field)
        return record


def _in_words(condition: sp.Basic) -> str:
    """A condition as people write it: "x ≥ 0"."""
    text = describe(condition)
    for sign, shown in ((">=", "≥"), ("<=", "≤"), ("!=", "≠")):
        text = text.replace(sign, shown)
    return text


def lab_subjects() -> list[Subject]:
    """The four functions of the labs, with the labs' settings."""
    return [
        _subject(field, _TITLES[field.name], LAB[field.name], is_known=True)
        for field in (LOG_VALLEY, TWO_VALLEYS, SAUNA, THREE_WELLS)
    ]


def typed_subject(text: str, name: str, window: tuple[float, float] | None = None) -> Subject:
    """The function that a person typed, with settings that show what rates do.

    Raises:
        ExpressionError: the text is no formula.
        NothingToShowError: it has no value where it is looked at.
    """
    field = ScalarField.parse(text, name=name)
    ends = choose_window(field) if window is None else tuple(window for _ in field.variables)
    field = replace(field, window=ends)
    inside = domain_samples(field, ends)
    subject = _subject(field, " ".join(text.split()), (), is_known=False)
    start = _start(field, inside, subject.minima)
    return replace(subject, settings=_trials(start, subject.minima))


def _subject(
    field: ScalarField, title: str, settings: tuple[Setting, ...], *, is_known: bool
) -> Subject:
    lowest = _minima(field, is_known=is_known)
    bounds = [m.bound for m in lowest]
    rates = [s.rate for s in settings]
    low = min([b / 60 for b in bounds] + [r / 2 for r in rates], default=_RATES[0])
    high = max([b * 3 for b in bounds] + [r * 1.5 for r in rates], default=_RATES[1])
    low = max(low, high * _SMALLEST_SHARE)
    return Subject(field, title, lowest, settings, (_two_digits(low), _two_digits(high)))


def _minima(field: ScalarField, *, is_known: bool) -> tuple[Minimum, ...]:
    """The strict minima in the window, lowest first: exact where that is quick, else searched."""
    found: list[tuple[tuple[Any, ...], Any]] = []
    try:
        if not (is_known or _is_simple(field)):
            raise NoExactSolutionError("sympy may take minutes over what a person typed")
        points = stationary_points(field).points
        found = [(p.point, _bound(field, p.point)) for p in points if p.kind is Kind.MINIMUM]
    except ValueError:
        places = minima(field, field.window or ())
        found = [(place, stability_bound(field, place)) for place in places]
    known = [
        Minimum(tuple(float(c) for c in point), float(bound), _short(bound))
        for point, bound in found
        if 0 < float(bound) < float("inf")
    ]
    return tuple(m for m in known if _lies_in(m.point, field.window or ()))


def _is_simple(field: ScalarField) -> bool:
    """A polynomial whose gradient sympy solves at once."""
    if not field.expr.is_polynomial(*field.variables):
        return False
    most = 4 if field.dimension == 1 else 2
    return bool(sp.Poly(field.expr, *field.variables).total_degree() <= most)


def _lies_in(point: tuple[float, ...], window: Window) -> bool:
    return all(lo <= c <= hi for c, (lo, hi) in zip(point, window, strict=True))


def _bound(field: ScalarField, point: tuple[Any, ...]) -> Any:
    """The bound at an exact point; a float where its exact form would be long in coming."""
    plain = all(c.is_Rational or c.is_Pow or c.has(sp.LambertW) for c in point)
    return stability_bound(field, point if plain else tuple(float(c) for c in point))


def _short(bound: Any) -> str:
    """The exact form if it is short enough to be read at a glance, else nothing."""
    if isinstance(bound, sp.Rational) and len(str(bound)) <= _LONGEST_EXACT:
        return str(bound)
    return ""


def _start(
    field: ScalarField, inside: FloatArray, bottoms: tuple[Minimum, ...]
) -> tuple[float, ...]:
    """A round point of the domain, off the minima, with a gradient to follow."""
    ends = np.array(field.window)
    width = ends[:, 1] - ends[:, 0]
    digits = int(max(0, 2 - np.floor(np.log10(width.min()))))
    target = ends[:, 0] + np.array([0.85, 0.8])[: field.dimension] * width
    order = np.argsort(np.abs((inside - target) / width).max(axis=1), kind="stable")
    for point in inside[order]:
        place = np.round(point, digits)
        near = [np.abs((place - np.array(m.point)) / width).max() < 0.1 for m in bottoms]
        slope = field.gradient(place)
        if np.isfinite(slope).all() and slope.any() and not any(near):
            return _rounded(place, digits)
    return _rounded(inside[order[0]], digits)


def _rounded(point: FloatArray, digits: int) -> tuple[float, ...]:
    return tuple(round(c, digits) + 0.0 for c in point.tolist())


def _trials(start: tuple[float, ...], bottoms: tuple[Minimum, ...]) -> tuple[Setting, ...]:
    """Careful, quick, bold and too bold, by the bound of the minimum nearest to the start."""
    if not bottoms:
        return tuple(Setting(start, rate, 30) for rate in (0.01, 0.1, 0.5))
    nearest = min(
        bottoms, key=lambda m: max(abs(a - b) for a, b in zip(m.point, start, strict=True))
    )
    shares = (0.25, 0.05, 0.8, 1.1)
    return tuple(Setting(start, _two_digits(share * nearest.bound), 30) for share in shares)


def _two_digits(number: float) -> float:
    return float(f"{number:.2g}")
