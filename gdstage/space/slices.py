"""Slices of a surface along x or y, as curves in space, their tangents, and tangent planes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gdmath import tangent_plane
from gdstage.proof.in_space import FieldFacts, chosen, slice_of, tangent_of, tangent_plane_of
from gdstage.proof.map_facts import SpotFacts
from gdstage.proof.statement import point, stated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdmath import ScalarField, StationaryPoint
    from gdstage.space.solids import Curve, Dot3, Mesh
    from gdstage.space.space import Space

    Window = tuple[float, float]

SAMPLES = 120


def slice_curve(
    field: ScalarField, at: Sequence[float], axis: int, window: Window
) -> NDArray[np.float64]:
    """The slice through a point (2,) along x (axis 0) or y (axis 1) over a window of it, (n, 3)."""
    line = np.empty((SAMPLES, 2))
    line[:] = at
    line[:, axis] = np.linspace(*window, SAMPLES)
    return np.column_stack([line, field.at(line)])


def slice_tangent(
    field: ScalarField, at: Sequence[float], axis: int, window: Window
) -> NDArray[np.float64]:
    """Both ends (2, 3), over a window of it, of the tangent at a point (2,) of such a slice."""
    ends = np.array([at, at], dtype=float)
    ends[:, axis] = window
    rise = float(field.gradient(at)[axis]) * (ends[:, axis] - at[axis])
    return np.column_stack([ends, field.at(at) + rise])


def draw_slice(
    space: Space,
    field: ScalarField,
    at: Sequence[float],
    axis: int,
    window: Window,
    *,
    colour: str | None = None,
    width: float = 6.0,
) -> Curve:
    """Draw such a slice, in the colour of cuts unless told."""
    points = slice_curve(field, at, axis, window)
    curve = space.curve(points, colour or space.world.theme.danger, width=width)
    return stated(curve, slice_of(space, field, at, axis, window))


def draw_tangent(
    space: Space, field: ScalarField, at: Sequence[float], axis: int, window: Window
) -> Curve:
    """Draw such a tangent."""
    line = space.curve(slice_tangent(field, at, axis, window), space.world.theme.tangent)
    return stated(line, tangent_of(space, field, at, axis))


def draw_tangent_plane(
    space: Space, field: ScalarField, at: tuple[float, float], reach: float
) -> Mesh:
    """Draw the plane that touches the graph of a field above a point, over ± `reach`."""
    plane = space.tangent_plane(tangent_plane(field, at), at, reach)
    return stated(plane, tangent_plane_of(space, field, chosen(at)))


def draw_touch(
    space: Space,
    field: ScalarField,
    at: tuple[float, float],
    colour: str | None = None,
    radius: float = 0.09,
) -> Dot3:
    """Draw a dot on the graph of a field above a point."""
    place = (*at, float(field(*at)))
    dot = space.dot(place, colour or space.world.theme.ink, radius)
    return stated(dot, point(space, "touch", FieldFacts(field).on_surface(at)))


def draw_spot(
    space: Space, field: ScalarField, found: StationaryPoint, colour: str, radius: float = 0.11
) -> Dot3:
    """Draw a dot on a stationary point of a field, over those of walks that end there."""
    at = tuple(float(c) for c in found.point)
    dot = space.dot((*at, float(found.value)), colour, radius)
    dot.rank = 3
    place = SpotFacts(field, at, found.kind.name).on_surface()
    return stated(dot, point(space, found.kind.value, place))
