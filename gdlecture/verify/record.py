"""What a clip's record yields when it is taken again with gdmath: walks, fields, facts, places.

Nothing here trusts a value that the evidence states; it uses only the recipes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from gdlecture.verify.evidence import Evidence
from gdlecture.verify.facts import retake_fact
from gdlecture.verify.retake import retake
from gdlecture.verify.source import FactError, step_of
from gdmath import ScalarField, descend, slice_at
from gdmath.networks import TrainingLoss


class Record:
    """The walks, fields and facts of one clip's evidence, each taken again when it is asked for."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._walks: dict[Any, Any] = {}
        self._fields: dict[Any, Any] = {}
        self._facts: dict[str, Any] = {}

    def walk(self, of: Any) -> Any:
        """The walk of that name, or of that recipe.

        Raises:
            FactError: there is none, or it cannot be taken.
        """
        key = of if isinstance(of, str) else repr(of)
        if key not in self._walks:
            self._walks[key] = self._take(of)
        return self._walks[key]

    def field(self, of: Mapping[str, Any]) -> Any:
        """The field of a walk, or of a function in text, a slice of another, a mixture of two.

        Or what a network whose parameters a walk goes over gives its output's activation.

        Raises:
            FactError: there is none.
        """
        key = repr(of)
        if key not in self._fields:
            try:
                if "walk" in of:
                    self._fields[key] = self.walk(of["walk"]).field
                elif "network" in of:
                    walk: Any = self.walk(of["network"])
                    self._fields[key] = walk.field.border(walk.points[of["k"]])
                elif "held" in of:
                    self._fields[key] = slice_at(self.field(of["of"]), **of["held"])
                elif "share" in of:
                    one, other, share = self.field(of["from"]), self.field(of["to"]), of["share"]
                    if not 0 <= share <= 1:
                        raise FactError(f"expected a share of a mixture from 0 to 1, found {share}")
                    mixed = (1 - share) * one.expr + share * other.expr
                    self._fields[key] = ScalarField(mixed, one.variables)
                else:
                    window = of.get("window")
                    self._fields[key] = ScalarField.parse(
                        of["function"], of["variables"], **({"window": window} if window else {})
                    )
            except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
                raise FactError(f"no field {of!r}: {error}") from error
        return self._fields[key]

    def retake(self, fact: Any) -> Any:
        """What a fact is, taken again: a number, a truth or a word.

        Raises:
            FactError: it cannot be taken again.
        """
        key = _recipe(fact)
        if key not in self._facts:
            self._facts[key] = retake_fact(fact, self)
        return self._facts[key]

    def value(self, fact: Any) -> float:
        """What a fact is, taken again, if that is a number.

        Raises:
            FactError: it cannot be taken again.
        """
        return float(self.retake(fact))

    def place(self, place: Sequence[Any]) -> np.ndarray:
        """The coordinates of a place, nan where it has none."""
        return np.array([np.nan if c is None else self.value(c) for c in place])

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of its walks."""
        return tuple(self.evidence.walks)

    def _take(self, of: Any) -> Any:
        try:
            if isinstance(of, str):
                return retake(self.evidence.walks[of])
            field = self.field(of["field"])
            return descend(field, of["start"], step_of(of), of["steps"], of["tolerance"])
        except (KeyError, TypeError, ValueError, ArithmeticError) as error:
            raise FactError(f"no walk {of!r}: {type(error).__name__} {error}") from error


def _recipe(fact: Any) -> str:
    """What a fact is taken from: neither how it is put, nor what it is stated to be.

    But for what is given: that is nothing but what it is stated to be.
    """
    if not isinstance(fact, Mapping):
        return repr(fact)
    told = (fact.get("what"), fact.get("of"))
    return repr((*told, fact.get("value")) if told[0] == "given" else told)


def function_text(field: Any) -> str:
    """What a function is known by: its formula, or a loss's name."""
    return field.name if isinstance(field, TrainingLoss) else _text(getattr(field, "expr", field))


@lru_cache(maxsize=256)
def _text(expression: Any) -> str:
    return str(expression)
