"""Slices of a surface along x or y, as curves in space, and their tangents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdmath import ScalarField

SAMPLES = 120


def slice_curve(
    field: ScalarField, at: Sequence[float], axis: int, window: tuple[float, float]
) -> NDArray[np.float64]:
    """The slice through a point (2,) along x (axis 0) or y (axis 1) over a window of it, (n, 3)."""
    line = np.empty((SAMPLES, 2))
    line[:] = at
    line[:, axis] = np.linspace(*window, SAMPLES)
    return np.column_stack([line, field.at(line)])


def slice_tangent(
    field: ScalarField, at: Sequence[float], axis: int, window: tuple[float, float]
) -> NDArray[np.float64]:
    """Both ends (2, 3), over a window of it, of the tangent at a point (2,) of such a slice."""
    ends = np.array([at, at], dtype=float)
    ends[:, axis] = window
    rise = float(field.gradient(at)[axis]) * (ends[:, axis] - at[axis])
    return np.column_stack([ends, field.at(at) + rise])
