"""Fields that are known by others: as part of one, as a mixture of two, by a network's walk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gdmath import ScalarField, slice_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gdmath import Walk


@dataclass(frozen=True)
class Slice(ScalarField):
    """What is left of a field `of` more variables when all but one are `held` at numbers."""

    of: ScalarField = field(kw_only=True, compare=False)
    held: Mapping[str, float] = field(kw_only=True, compare=False)

    @classmethod
    def where(cls, of: ScalarField, **held: float) -> Slice:
        """The slice of a field at values of its variables, by their names.

        Raises:
            ValueError: other than one variable is left.
        """
        cut = slice_at(of, **held)
        return cls(cut.expr, cut.variables, given=cut.given, of=of, held=held)


@dataclass(frozen=True)
class Mixture(ScalarField):
    """What a field is on its way to another: `share` (0…1) of that, and the rest of its own."""

    start: ScalarField = field(kw_only=True, compare=False)
    end: ScalarField = field(kw_only=True, compare=False)
    share: float = field(kw_only=True, compare=False)

    @classmethod
    def between(cls, start: ScalarField, end: ScalarField, share: float) -> ScalarField:
        """The mixture of two fields of the same variables; at both ends, themselves."""
        if share in {0, 1}:
            return end if share else start
        mixed = (1 - share) * start.expr + share * end.expr
        return cls(mixed, start.variables, start=start, end=end, share=float(share))


@dataclass(frozen=True)
class Border(ScalarField):
    """What decides about the inputs of a network: above 0 one class, below the other.

    The network has the parameters of iterate `k` of a `walk`.
    """

    walk: Walk = field(kw_only=True, compare=False)
    k: int = field(kw_only=True, compare=False)

    @classmethod
    def of(cls, walk: Walk, k: int) -> Border:
        """That of the network over whose parameters a walk goes."""
        loss: Any = walk.field
        found = loss.border(walk.points[k])
        return cls(found.expr, found.variables, walk=walk, k=k)
