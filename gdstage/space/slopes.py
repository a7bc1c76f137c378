"""Slices of a surface through one point, and the slopes of the tangents there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdmath import slice_at, tangent_line
from gdstage.look.rounding import shown
from gdstage.look.text import digits, words
from gdstage.motion import Drawn

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdmath import ScalarField
    from gdstage.space.floor import Floor
    from gdstage.space.space import Space

SAMPLES = 100
LABEL_SIZE = 28
RUN = 1.1


def profile(
    field: ScalarField, at: tuple[float, float], axis: int, window: tuple[float, float]
) -> NDArray[np.float64]:
    """The slice through a point along x (axis 0) or y (axis 1) over a window of it, (n, 3)."""
    line = np.empty((SAMPLES, 2))
    line[:] = at
    line[:, axis] = np.linspace(*window, SAMPLES)
    return np.column_stack([line, field.at(line)])


class Slope:
    """The partial derivative along an axis at a point: the slice, and an arrow on its tangent.

    `value` is the slope, `code` its digits. The slice goes from -`reach` to the point; `kept` is
    the side of it, for a mesh's clip, that is left when the surface ends at the slice.
    """

    def __init__(
        self, space: Space, field: ScalarField, at: tuple[float, float], axis: int, reach: float
    ) -> None:
        theme = space.world.theme
        self.space, self.at, self.axis = space, at, axis
        x, other = (str(field.variables[k]) for k in (axis, 1 - axis))
        self.variable = x
        self.value = float(field.gradient(at)[axis])
        self.code = digits(shown(self.value, 2))
        tangent = tangent_line(slice_at(field, **{other: at[1 - axis]}), at[axis])
        foot = np.array([at, at])
        foot[1, axis] += RUN
        self.kept = {other: (None, at[1 - axis])}
        self.ends = np.column_stack([foot, tangent(foot[:, axis])])
        self.cut = space.curve(profile(field, at, axis, (-reach, at[axis])), theme.danger, width=5)
        self.arrow = space.arrow(self.ends[0], self.ends[1], theme.tangent)
        name = words(f"{shown(self.value, 2)} along {x}", size=LABEL_SIZE, colour=theme.tangent)
        self.label = space.label(name, self.ends[1], away_from=self.ends[0], gap=0.1)
        space.remove(*self.parts)

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """What it draws at the surface."""
        return (self.cut, self.arrow, self.label)

    def lie_down(self, floor: Floor) -> mn.Animation:
        """Let a copy of the tangent's arrow sink to the floor: there its length is the slope."""
        vector = np.zeros(2)
        vector[self.axis] = self.value
        end = floor.ends(self.at, vector)
        theme = self.space.world.theme
        self.component = floor.vector(self.at, vector, theme.tangent, width=3.5)

        def draw(share: float) -> None:
            self.component.put(self.ends + share * (end - self.ends))

        draw(0.0)
        return Drawn(self.space, draw, rate_func=mn.smooth)
