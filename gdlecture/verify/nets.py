"""Networks as drawn: how broad a weight's line is, its colour, which data are ringed as wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gdlecture.verify.shapes import ClaimError

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.record import Record

PER_WEIGHT = 0.003
"""How broad the line of a weight of 1 is, as a share of the picture's height."""

MOST_TIMES = 8.0
"""A drawing of few neurons may have lines up to so many times as broad."""

OFF = 0.02
"""A line may be so much of its breadth broader or finer."""


def check_weight(claim: Claim, record: Record) -> None:
    """See that a line is as broad as its weight is large, in the colour of the class it leads to.

    Raises:
        ClaimError: it is not.
        FactError: the weight cannot be taken again.
    """
    weight = record.value(claim.told["weight"])
    colour, _, found = claim.told["style"]["stroke"]
    expected = PER_WEIGHT * _times(claim, record) * abs(weight) * record.evidence.height
    if abs(found - expected) > OFF * expected + 0.01:
        raise ClaimError(f"expected a line {expected:.2f} px broad, found {found:.2f} px")
    palette = claim.told.get("palette")
    if palette and colour != palette[int(weight > 0)]:
        raise ClaimError(f"expected {palette[int(weight > 0)]} for {weight:g}, found {colour}")


def _times(claim: Claim, record: Record) -> float:
    """How many times as broad as usual a line is: all weights of one drawing are alike."""
    found = {
        float(other.told.get("times", 1))
        for other in (claim, *record.evidence.claims)
        if other.what == claim.what and other.scale == claim.scale
    }
    if len(found) > 1 or not 1 <= min(found) <= MOST_TIMES:
        raise ClaimError(f"expected one scale of breadths, found {sorted(found)}")
    return found.pop()


def check_wrong(claim: Claim, record: Record) -> None:
    """See that a network gets a point of its data wrong that is ringed as such.

    Raises:
        ClaimError: it gets it right, or another point is ringed.
    """
    of = claim.told["datum"]
    walk, i = record.walk(of["walk"]), int(of["i"])
    if any(fact["of"].get("i") != i for fact in claim.told["places"][0]):
        raise ClaimError(f"expected the place of point {i}, found another’s")
    loss = walk.field
    output = loss.predict(walk.points[of["k"]], loss.data_x[i : i + 1])
    if bool(output[0, 0] > 0.5) == bool(loss.data_y[i, 0] > 0.5):
        raise ClaimError(f"expected point {i} to be wrong, found it right")
