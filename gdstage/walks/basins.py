"""Where every start leads: as a coloured map, or as a strip on an axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdmath import multistart
from gdstage.look.theme import mix, rgb

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from gdmath import BasinMap, Basins, ScalarField
    from gdstage.look.theme import Theme
    from gdstage.plane.axes import Plane

STRIP = 14.0
LOST = "#000000"


def outcome_colours(
    theme: Theme, labels: NDArray[np.int64], palette: Sequence[str] = ()
) -> list[str]:
    """A colour for each label: that of the minimum reached, or danger where none was.

    The minima have the theme's colours, or those of a palette.
    """
    palette = palette or theme.outcomes
    return [theme.danger if label < 0 else palette[label] for label in labels.tolist()]


def graph_outcomes(theme: Theme) -> Sequence[str]:
    """Colours for minima on a graph: the theme's, but for the graph's own."""
    return [colour for colour in theme.outcomes if colour != theme.function]


class StartStrip(mn.VGroup):
    """The horizontal axis with stretches (low, high) of starts, each in its colour."""

    def __init__(self, plane: Plane, stretches: Iterable[tuple[float, float, str]]) -> None:
        super().__init__()
        for low, high, colour in stretches:
            ends = plane.at([low, high], plane.y_window[0])
            self.add(mn.Line(ends[0], ends[1], color=colour, stroke_width=STRIP))


class BasinStrip(StartStrip):
    """The horizontal axis, coloured by where each start ends."""

    def __init__(self, plane: Plane, found: BasinMap) -> None:
        labels = np.array([basin.minimum for basin in found.basins])
        colours = outcome_colours(plane.theme, labels, graph_outcomes(plane.theme))
        pairs = zip(found.basins, colours, strict=True)
        super().__init__(plane, ((basin.low, basin.high, colour) for basin, colour in pairs))


class BasinPicture(mn.Group):
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
        image.stretch_to_fit_width(plane.box.width)
        image.stretch_to_fit_height(plane.box.height)
        self.add(image.move_to(plane.box.middle))

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
