"""For which rates a rule comes to rest near a minimum: the bound of its linear map there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from gdmath.descent.arguments import as_step
from gdmath.descent.steps import MomentumStep, NesterovStep, Step
from gdmath.fields.scalar_field import ScalarField
from gdmath.geometry import exact, stability_bound


@dataclass(frozen=True)
class RateRange:
    """The rates 0 < α < `bound` at which a rule comes to rest near a minimum.

    `bound` is a sympy number or a float, as `stability_bound` gives it; None where there is none
    to be known, and then `reason` says in words why.
    """

    bound: Any
    reason: str = ""


_REASONS = {
    "adagrad": "its rates are over a sum that grows at every step",
    "rmsprop": "its steps are as long as its rate however small the slope: it goes round a minimum",
    "adam": "its steps are as long as its rate however small the slope",
    "scheduled": "its rate changes from step to step",
    "backtracking": "it shortens a rate that is too large",
    "barzilai_borwein": "only its first step has the rate; the others have theirs from the field",
    "newton": "it has no rate",
    "damped_newton": "it has no rate",
}


def rate_range(field: ScalarField, point: Any, step: Step) -> RateRange:
    """The rates for which a rule, its other numbers as they are, comes to rest near a minimum.

    On a quadratic, in the direction of a curvature λ, a step is a linear map whose eigenvalues z
    must be below 1 in modulus, which is so just where Jury's conditions hold; the largest λ
    decides. Gradient: z = 1 - αλ, so α < 2/λ. Momentum: z² - (1 + β - αλ)z + β = 0, so
    α < 2(1 + β)/λ (Polyak 1964). Nesterov: z² - (1 + β)(1 - αλ)z + β(1 - αλ) = 0, so
    α < 2(1 + β)/((1 + 2β)λ). `point` (d,) is as `stability_bound` takes it, and the bound exact
    if its coordinates are. Of rules that are no
    linear map nothing is said, with a reason; where nothing bends upward no rate is too large, as
    in `stability_bound`.

    Raises ValueError for a point outside the domain, or what is no step.

    >>> from gdmath.descent.steps import momentum_step, nesterov_step
    >>> from gdmath.examples import SAUNA
    >>> rate_range(SAUNA, (4, 4), momentum_step(0.1, 0.5)).bound
    45/64
    >>> rate_range(SAUNA, (4, 4), nesterov_step(0.1, 0.5)).bound
    45/128
    """
    rule: Any = as_step(step)
    plain = stability_bound(field, point)
    if rule.name == "gradient":
        share: Any = sp.Integer(1)
    elif isinstance(rule, MomentumStep):
        share = 1 + exact(rule.beta, "beta")
    elif isinstance(rule, NesterovStep):
        beta = exact(rule.beta, "beta")
        share = (1 + beta) / (1 + 2 * beta)
    else:
        return RateRange(None, _REASONS.get(rule.name, "it is no linear map that is known"))
    return RateRange(plain * float(share) if isinstance(plain, float) else plain * share)
