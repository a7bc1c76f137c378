"""Numbers as the sentences of any descent put them, each told to `facts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gdstage.look.rounding import Shown, as_chosen, shown
from gdstage.proof.fact import WalkFacts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdmath import Walk
    from gdstage.facts import Facts
    from gdstage.proof.fact import Fact


def place(facts: Facts, point: Sequence[Fact]) -> str:
    """A point in words: x ≈ 1.13, or (1, 2)."""
    if len(point) == 1:
        return f"x {said(facts, point[0], 4)}"
    return f"({', '.join(facts.number(coordinate, 3) for coordinate in point)})"


def said(facts: Facts, fact: Fact, decimals: int) -> str:
    """A number with its relation sign: = 2 or ≈ 1.131."""
    return f"{shown(float(fact.value), decimals).relation} {facts.number(fact, decimals)}"


def steps(facts: Facts, count: Fact) -> str:
    """A number of steps in words."""
    return f"{facts.whole(count)} step{'' if count.value == 1 else 's'}"


def power(tolerance: float | None) -> str:
    """A tolerance in words: 10⁻⁵."""
    mantissa, exponent = f"{tolerance or 0.0:e}".split("e")
    raised = str(Shown("=", "1", int(exponent))).removeprefix("1×")
    if float(mantissa) == 1 and int(exponent) < -1:
        return raised
    return str(as_chosen(tolerance or 0.0))


def iterate(walk: Walk, k: int) -> list[Fact]:
    """The coordinates of iterate k, -1 being the last."""
    return [WalkFacts(walk).coordinate(k, axis) for axis in range(walk.field.dimension)]
