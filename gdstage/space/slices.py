"""Slices of a surface along x or y, as curves in space."""

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
