"""The piece of a straight line that a box shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdstage.plane.axes import Box

PARALLEL = 1e-12


def chord(
    box: Box, place: NDArray[np.float64], along: NDArray[np.float64], reach: float = np.inf
) -> NDArray[np.float64]:
    """Both ends (2, 3) of the piece inside the box, at most `reach` to each side of a place.

    The place (3,) lies in the box and the line goes `along` (3,), not zero; scene units.
    """
    unit = along / np.linalg.norm(along)
    back, forth = -reach, reach
    for step, start, low, high in zip(
        unit, place, (box.left, box.bottom), (box.right, box.top), strict=False
    ):
        # A direction this close to an axis never meets the borders along it.
        if abs(step) > PARALLEL:
            one, other = sorted(((low - start) / step, (high - start) / step))
            back, forth = max(back, one), min(forth, other)
    return np.array([place + min(back, 0.0) * unit, place + max(forth, 0.0) * unit])
