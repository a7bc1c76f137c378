"""A map over β and α is of momentum: how many digits a step comes to gain, at every pair of them.

No formula is trusted: momentum's own steps, as gdmath takes them, are a linear map on a bowl, and
its eigenvalues say what becomes of every walk.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import mpmath
import numpy as np

from gdlecture.verify.source import FactError
from gdmath import momentum_step
from gdmath.descent.certificate import decimal
from gdmath.descent.steps.rule import Here

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.source import Source

PAIR = ("beta", "alpha")
"""What the axes of such a map are called, across and up."""

SIDE, CLOSE = 19, 1e-6
"""So many of each of them are tried, and how far a gain may be off: by float64, at a double
eigenvalue, half of the digits are lost."""

DIGITS, DECIMALS = 40, 12
"""With how many digits eigenvalues are found, and curvatures, which are a computed Hessian's."""


def is_over_pairs(field: Any) -> bool:
    """Whether a function is one of β and α."""
    return tuple(map(str, getattr(field, "variables", ()))) == PAIR


def bends_of(field: Any) -> np.ndarray:
    """The curvatures of a bowl, which are the same everywhere.

    Raises:
        ValueError: it is no bowl.
    """
    places = np.random.default_rng(0).normal(size=(3, field.dimension))
    first, *others = (np.asarray(field.hessian(place)) for place in places)
    if not all(np.allclose(first, other) for other in others):
        raise ValueError("expected a bowl, found that its curvatures change")
    return np.linalg.eigvalsh(first).round(DECIMALS)


def gain_of(bends: np.ndarray, rate: float, beta: float) -> float:
    """−log₁₀ of the factor by which momentum's walks on a bowl shrink a step in the end."""
    step, sizes = momentum_step(rate, beta), []
    with mpmath.workdps(DIGITS):
        for bend in map(decimal, bends.tolist()):
            (a, c), (b, d) = (
                step.advance(
                    Here(x, bend * x, lambda: None, lambda _: None, number=decimal), velocity
                )
                for x, velocity in ((mpmath.mpf(1), mpmath.mpf(0)), (mpmath.mpf(0), mpmath.mpf(1)))
            )
            half, size = (a + d) / 2, a * d - b * c
            root = mpmath.sqrt(half**2 - size)  # of what is below 0 imaginary
            sizes += [abs(half + root), abs(half - root)]
        return float(-mpmath.log10(max(sizes)))


def momentum_gain(fact: Mapping[str, Any], record: Source) -> float:
    """How many digits a step a walk by momentum comes to gain."""
    walk = record.walk(fact["of"]["walk"])
    if walk.step.name != "momentum":
        raise ValueError(f"expected a walk by momentum, found one by {walk.step.name}")
    return gain_of(bends_of(walk.field), walk.step.rate, walk.step.beta)


def check_pairs(claim: Claim, record: Source) -> None:
    """See that a picture over β and α has the gains of momentum on the clip's own bowl.

    Raises:
        FactError: it has others.
    """
    of = claim.told.get("field")
    if claim.kind not in {"map", "level"} or not isinstance(of, Mapping):
        return
    field = record.field(of)
    if not is_over_pairs(field):
        return
    steps = {name: getattr(record.walk(name), "step", None) for name in record.evidence.walks}
    bowls = {
        str(record.walk(name).field): record.walk(name).field
        for name, step in steps.items()
        if step is not None and step.name == "momentum"
    }
    if len(bowls) != 1:
        raise FactError(f"expected walks by momentum over one bowl, found {sorted(bowls)}")
    (bowl,) = bowls.values()
    bends = bends_of(bowl)
    for beta in np.linspace(0.0, 0.97, SIDE):
        for rate in np.linspace(0.02, 1.1, SIDE) * 4 / bends.max():
            found, true = float(field(beta, rate)), gain_of(bends, float(rate), float(beta))
            if not abs(found - true) < CLOSE:
                where = f"β = {beta:.3g}, α = {rate:.3g}"
                raise FactError(f"expected a gain of {true:.4g} at {where}, found {found:.4g}")
