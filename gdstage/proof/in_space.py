"""Statements that only a space has: slices, tangents and planes of a surface, ways on it, arrows.

A `field` may also be a `Magnified` one. Points (2,) are of the field's plane; a place's third fact
is a height, and None is the floor of the space.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gdstage.proof.fact import Fact, given
from gdstage.proof.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from gdmath import ScalarField
    from gdstage.proof.fact import Place

    Point = Sequence[float] | NDArray[np.float64]


@dataclass(frozen=True)
class Magnified:
    """A field seen so close that p ± h is ±1, in all directions: (f(p + h·u) - f(p)) / h."""

    field: ScalarField
    at: tuple[float, float]
    h: float

    def height_at(self, point: Point) -> float:
        """The height at a point (2,) of the window, magnified."""
        x, y = (c + self.h * u for c, u in zip(self.at, point, strict=True))
        return float((self.field(x, y) - self.field(*self.at)) / self.h)

    def gradient(self, point: Point) -> NDArray[np.float64]:
        """Its gradient (2,) at a point of the window: the field's own."""
        return np.asarray(self.field.gradient(np.add(self.at, self.h * np.asarray(point))))

    def record(self) -> dict[str, Any]:
        """It as the evidence keeps it."""
        return {"of": self.field, "at": list(self.at), "h": self.h}


class FieldFacts:
    """Numbers of a field of two variables at points that someone chose."""

    def __init__(self, field: ScalarField | Magnified) -> None:
        self.field = field

    def height(self, at: Point | tuple[Fact, ...]) -> Fact:
        """The field's value at a point, whose coordinates may be facts themselves."""
        field, place = self.field, [_size(c) for c in at]
        value = field.height_at(place) if isinstance(field, Magnified) else float(field(*place))
        return Fact("height", self._of(at), value)

    def slope(self, at: Point, axis: int) -> Fact:
        """Its partial derivative at a point."""
        return Fact("partial", self._of(at, axis=axis), self._slope(at, axis))

    def steepness(self, at: Point) -> Fact:
        """The length of its gradient at a point."""
        slopes = [self._slope(at, axis) for axis in (0, 1)]
        return Fact("steepness at", self._of(at), float(np.linalg.norm(slopes)))

    def ahead(self, at: Point, axis: int, times: float, turn: float = 0.0) -> Fact:
        """A coordinate of where its gradient ends, drawn from a point so many `times` as long.

        It may be turned to the left by an angle, in radians.
        """
        aside = np.sin(turn) * (self._slope(at, 1 - axis) if turn else 0.0)
        along = np.cos(turn) * self._slope(at, axis) + (aside if axis else -aside)
        more = {"axis": axis, "times": times} | ({"turn": turn} if turn else {})
        return Fact("ahead", self._of(at, **more), float(float(at[axis]) + times * along))

    def on_surface(self, at: Point) -> Place:
        """The place above a point on the field's graph."""
        return (*chosen(at), self.height(at))

    def arrow_end(
        self, at: Point, times: float, axes: Sequence[int] = (0, 1), turn: float = 0.0
    ) -> Place:
        """Where on the floor the gradient at a point ends, or its part along one axis."""
        x, y = (
            self.ahead(at, axis, times, turn) if axis in axes else chosen(at)[axis]
            for axis in (0, 1)
        )
        return (x, y, None)

    def _slope(self, at: Point, axis: int) -> float:
        return float(self.field.gradient(np.asarray(at, dtype=float))[axis])

    def _of(self, at: Point | tuple[Fact, ...], **more: Any) -> dict[str, Any]:
        kept = [c.record() if isinstance(c, Fact) else float(c) for c in at]
        return {"field": told(self.field), "at": kept, **more}


def _size(number: float | Fact) -> float:
    return float(number.value if isinstance(number, Fact) else number)


def told(field: Any) -> Any:
    """A field as a statement has it."""
    return field.record() if isinstance(field, Magnified) else field


def chosen(at: Point) -> tuple[Fact, Fact]:
    """The coordinates of a point that someone chose."""
    x, y = (given(name, float(c)) for name, c in zip("xy", at, strict=True))
    return x, y


def on_floor(at: Point) -> Place:
    """A chosen point on the floor."""
    return (*chosen(at), None)


# Surfaces


def graph_of(space: Any, field: ScalarField | Magnified, *, cut: bool = False) -> Statement:
    """The graph of a field, over the window and in the colours that it is drawn with.

    A `cut` one ends where it leaves the box.
    """
    return Statement("surface", "surface", space, data={"field": told(field), "cut": cut})


def basins_on(space: Any, field: ScalarField, **starts: Any) -> Statement:
    """The graph of a field in colours of where gradient descent leads from each of its points.

    `starts` has what a map of basins has, but for shades.
    """
    data = {"field": field, "cut": False, **starts}
    return Statement("surface", "basins", space, data=data)


def tangent_plane_of(
    space: Any, field: ScalarField | Magnified, place: Place, what: str = "tangent plane"
) -> Statement:
    """The plane that touches the graph of a field above a place, over the window it is drawn on."""
    return Statement("surface", what, space, (place,), {"tangent_to": told(field)})


def upright(space: Any, axis: int, at: float, what: str = "cutting plane") -> Statement:
    """The upright plane on which x (axis 0) or y (axis 1) is a number."""
    return Statement("plane", what, space, data={"axis": axis, "at": given("xy"[axis], at)})


def beneath(space: Any, place: Place, what: str = "shadow") -> Statement:
    """A rectangle on the floor whose middle is beneath a place."""
    return Statement("plane", what, space, ((*place[:2], None),), {"axis": 2})


# Lines


def slice_of(
    space: Any,
    field: ScalarField | Magnified,
    at: Point,
    axis: int,
    window: tuple[float, float],
    *,
    what: str = "slice",
) -> Statement:
    """The graph of a field where all but one variable stay at a point, over a window of that."""
    data = {"field": told(field), "along": axis, "at": [float(c) for c in at], "t": list(window)}
    return Statement("curve", what, space, data=data)


def tangent_of(
    space: Any, field: ScalarField | Magnified, at: Point, axis: int, what: str = "tangent"
) -> Statement:
    """The tangent of such a slice above a point; its ends are as drawn."""
    facts = FieldFacts(field)
    data = {"slope": facts.slope(at, axis).record(), "along": axis}
    return Statement("line", what, space, (facts.on_surface(at),), data, drawn=True)


def way(
    space: Any,
    walk: Any,
    k: int,
    *,
    floor: bool = False,
    what: str = "trail",
    share: float = 0.0,
) -> Statement:
    """The way of a walk from its start to iterate k, straight in the plane, on the graph or floor.

    Of it the last part that lies in the space's box; it may go on for a `share` of the next step.
    """
    data = {"walk": walk, "k": k, "floor": floor} | ({"share": share} if share else {})
    return Statement("way", what, space, data=data)


def arrows(space: Any, field: ScalarField, at: Iterable[Point], times: float) -> Statement:
    """Gradients of a field at points, on the floor, each drawn so many `times` as long."""
    points = [[float(c) for c in point] for point in at]
    return Statement(
        "arrows", "gradients", space, data={"field": field, "at": points, "times": times}
    )
