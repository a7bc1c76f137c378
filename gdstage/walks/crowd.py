"""Many starts at once: a crowd that walks, and the map of where each place leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdmath import multistart
from gdstage.look.theme import mix, rgb
from gdstage.motion import Drawn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from gdmath import Basins, ScalarField
    from gdstage.look.theme import Theme
    from gdstage.plane.axes import Plane

LOST = "#000000"


def outcome_colours(
    theme: Theme, labels: NDArray[np.int64], palette: Sequence[str] = ()
) -> list[str]:
    """A colour for each label: that of the minimum reached, or danger where none was.

    The minima have the theme's colours, or those of a palette.
    """
    palette = palette or theme.outcomes
    return [theme.danger if label < 0 else palette[label] for label in labels.tolist()]


class Crowd(mn.VGroup):
    """Walkers from many starts (m, d), coloured by the minimum that each will reach.

    `place` says where points (m, d) are in the scene (m, 3); where it says NaN, the walker is
    not seen.
    """

    def __init__(
        self,
        theme: Theme,
        field: ScalarField,
        rate: float,
        starts: NDArray[np.float64],
        place: Callable[[NDArray[np.float64]], NDArray[np.float64]],
        *,
        steps: int,
    ) -> None:
        super().__init__()
        self._place = place
        # The k-th stage is what all walks of k steps have reached: the walks' own iterates.
        self._stages = [multistart(field, starts, rate, k).endpoints for k in range(steps + 1)]
        ends = multistart(field, starts, rate, 20 * steps)
        self.colours = outcome_colours(theme, ends.labels, self.palette(theme))
        for at, colour in zip(place(self._stages[0]), self.colours, strict=True):
            dot = mn.Dot(at, radius=0.07, color=colour)
            self.add(dot.set_stroke(theme.ground, 1.5))

    def palette(self, theme: Theme) -> Sequence[str]:
        """The colours of the minima, the lowest first."""
        return theme.outcomes

    def walk(self, run_time: float) -> mn.Animation:
        """Let everyone walk at once, to the last step."""
        return Drawn(self, self._draw, run_time=run_time, rate_func=mn.linear)

    def walk_back(self, run_time: float) -> mn.Animation:
        """Let everyone go back the way they came."""
        return Drawn(self, lambda share: self._draw(1 - share), run_time=run_time)

    def _draw(self, share: float) -> None:
        clock = share * (len(self._stages) - 1)
        k = min(int(clock), len(self._stages) - 2)
        now = self._stages[k] + (clock - k) * (self._stages[k + 1] - self._stages[k])
        for dot, at in zip(self.submobjects, self._place(now), strict=True):
            seen = bool(np.isfinite(at).all())
            dot.set_opacity(float(seen))
            if seen:
                dot.move_to(at)


def on_map(plane: Plane) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """How points (m, 2) of a plane's data are placed in the scene (m, 3)."""

    def place(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return plane.at(points[:, 0], points[:, 1])

    return place


class BasinMap(mn.Group):
    """Every pixel a start: coloured by the minimum that it reaches, darker the longer it takes."""

    def __init__(self, plane: Plane, field: ScalarField, rate: float, *, side: int) -> None:
        super().__init__()
        self.basins: Basins = multistart(field, grid(plane, side), rate, 400, tolerance=1e-3)
        theme = plane.theme
        table = np.array([rgb(c) for c in (*theme.outcomes, mix(theme.ground, LOST, 0.5))])
        colours = table[self.basins.labels]
        slowest = np.quantile(self.basins.steps_taken, 0.995)
        shade = 1 - 0.72 * np.clip(self.basins.steps_taken / slowest, 0, 1)[:, None]
        pixels = np.rint(255 * (shade * colours + (1 - shade) * rgb(theme.ground))).astype(np.uint8)
        # The grid runs upward from the lower left corner, an image downward from the upper left.
        image = mn.ImageMobject(pixels.reshape(side, side, 3).transpose(1, 0, 2)[::-1])
        box = plane.box
        image.stretch_to_fit_width(box.right - box.left)
        image.stretch_to_fit_height(box.top - box.bottom)
        self.add(image.move_to(((box.left + box.right) / 2, (box.bottom + box.top) / 2, 0)))

    def shares(self) -> Sequence[float]:
        """The share of starts that reach each minimum, the lowest minimum first."""
        count = len(self.basins.minima)
        return [float((self.basins.labels == i).mean()) for i in range(count)]


def grid(plane: Plane, side: int) -> NDArray[np.float64]:
    """The middles of side × side equal cells of a plane's window (side², 2), x the slower."""
    axes = [
        low + (high - low) * (np.arange(side) + 0.5) / side
        for low, high in (plane.x_window, plane.y_window)
    ]
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 2)
