"""A field of one variable that is known as part of another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gdmath import ScalarField, slice_at

if TYPE_CHECKING:
    from collections.abc import Mapping


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
