"""The answer to gradient = 0: points and curves, each with its value and its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp

from gdmath.fields.scalar_field import ScalarField
from gdmath.geometry import exact
from gdmath.stationary.kinds import Kind, kind_of


class NoExactSolutionError(ValueError):
    """No exact solution was found, which is not to say that there is none."""


@dataclass(frozen=True)
class StationaryPoint:
    """A point (d,) where the gradient is zero; its coordinates and value are exact."""

    point: tuple[sp.Expr, ...]
    value: sp.Expr
    kind: Kind


@dataclass(frozen=True)
class StationaryCurve:
    """A curve of the plane along which the gradient is zero: `equation` = 0, of one value.

    `kind` is that of its points in the field's window, or all along it if there is none; MIXED
    if they differ. On a line parallel to an axis, `pieces` tells more: open intervals and single
    points of the other coordinate, in order, each with its kind.
    """

    field: ScalarField
    equation: sp.Expr
    value: sp.Expr
    kind: Kind
    pieces: tuple[tuple[sp.Set, Kind], ...] = ()

    def kind_at(self, point: Sequence[Any]) -> Kind:
        """The kind of one point (2,) of the curve.

        Raises ValueError if the point is not on it.
        """
        at = [exact(c, "point") for c in point]
        if self.equation.subs(dict(zip(self.field.variables, at, strict=True))) != 0:
            raise ValueError(f"point must lie on the curve {self.equation} = 0, not be {point}")
        return kind_of(self.field, at)


@dataclass(frozen=True)
class StationarySet:
    """All of a field's stationary points and curves; iterating gives points, then curves."""

    points: tuple[StationaryPoint, ...]
    curves: tuple[StationaryCurve, ...] = ()

    def __iter__(self) -> Iterator[Any]:
        return iter((*self.points, *self.curves))

    def __len__(self) -> int:
        return len(self.points) + len(self.curves)
