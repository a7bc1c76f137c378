"""What is kept of a walk in a picture has no gaps: where some of a kind are marked, all are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.record import Record


def forgotten_tries(standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """Tries in vain of a random walk without a cross, before one that has one.

    Raises:
        FactError: the walk cannot be taken again.
    """
    crossed: dict[str, set[int]] = defaultdict(set)
    for claim in standing:
        if claim.kind == "point" and claim.what == "in vain":
            of = claim.told["places"][0][0]["of"]
            crossed[of["walk"]].add(int(of["k"]))
    for walk, found in crossed.items():
        accepted = record.walk(walk).accepted
        missing = {k for k in range(1, max(found)) if not accepted[k - 1]} - found
        if missing:
            yield f"points “in vain”: expected a cross at try {min(missing)} too, found none"
