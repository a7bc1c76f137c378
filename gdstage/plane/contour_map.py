"""A field of two variables seen from above: a heat map, and lines of equal height."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np

from gdmath.level_lines import join, level_segments
from gdstage.look.theme import colour_map, mix, rgb
from gdstage.look.ticks import nice_ticks
from gdstage.proof.statement import colours, stated
from gdstage.proof.statement import levels as level_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdmath import ScalarField
    from gdstage.plane.axes import Plane

# A 4K frame has 270 pixels a scene unit; the picture is smooth, so half of that is enough.
PIXELS_A_UNIT = 135
LINE_SAMPLES = 240
ON_DARK, ON_LIGHT = 0.5, 0.32


class ContourMap(mn.Group):
    """The values of a field over the window of a plane, as colours and as level lines.

    `levels` are the heights of the lines (about ten round ones unless told; see `bowl_levels`).
    `palette` gives the colours from the lowest to the highest value, or from and to `span`;
    `strength` (0…1) is how much of them shows before the ground: enough to be seen, little enough
    for a trail on top of it unless told. With `cut` it ends where the values leave the span. `heat`
    and `lines` are its parts.
    It stands still: put it on stage before whatever moves, and it costs nothing a frame.
    """

    def __init__(
        self,
        plane: Plane,
        field: ScalarField,
        *,
        levels: Sequence[float] | None = None,
        palette: tuple[str, ...] | None = None,
        span: tuple[float, float] | None = None,
        strength: float | None = None,
        line_colour: str | None = None,
        cut: bool = False,
    ) -> None:
        super().__init__()
        self.plane, self.field = plane, field
        theme = plane.theme
        if strength is None:
            strength = ON_DARK if _light(theme.ground) < _light(theme.ink) else ON_LIGHT
        stops = tuple(mix(theme.ground, colour, strength) for colour in palette or theme.height)
        self._bounds = span if span and cut else (-np.inf, np.inf)
        values = self._sample(*self._pixels())
        self.span = span or (float(np.nanmin(values)), float(np.nanmax(values)))
        self.levels = list(nice_ticks(*self.span, most=10) if levels is None else levels)
        self.heat = self._paint(values, stops)
        told = {"field": field, "palette": stops, "span": self.span, "cut": cut}
        stated(self.heat, colours(plane, "heat", **told))
        self.lines = self._draw_lines(line_colour or _line_colour(stops, theme.ink))
        self.add(self.heat, self.lines)

    def _pixels(self) -> tuple[int, int]:
        box = self.plane.box
        across, up = box.right - box.left, box.top - box.bottom
        return round(across * PIXELS_A_UNIT), round(up * PIXELS_A_UNIT)

    def _sample(self, across: int, up: int) -> np.ndarray:
        """The values (up, across) at the middles of so many pixels, the top row first."""
        (x0, x1), (y0, y1) = self.plane.x_window, self.plane.y_window
        x = x0 + (np.arange(across) + 0.5) / across * (x1 - x0)
        y = y1 - (np.arange(up) + 0.5) / up * (y1 - y0)
        return self._values(*np.meshgrid(x, y))

    def _values(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """The field's values; nan where they are cut off."""
        values = np.asarray(self.field(x, y), dtype=float)
        low, high = self._bounds
        return np.where((values >= low) & (values <= high), values, np.nan)

    def _paint(self, values: np.ndarray, stops: tuple[str, ...]) -> mn.ImageMobject:
        low, high = self.span
        known = np.isfinite(values)
        colours = colour_map(stops, np.where(known, (values - low) / (high - low), 0.0))
        pixels = np.concatenate([colours, known[..., None]], axis=-1)
        image = mn.ImageMobject(np.rint(255 * pixels).astype(np.uint8))
        image.set_resampling_algorithm(mn.RESAMPLING_ALGORITHMS["bilinear"])
        box = self.plane.box
        image.stretch_to_fit_width(box.right - box.left)
        image.stretch_to_fit_height(box.top - box.bottom)
        return image.move_to(((box.left + box.right) / 2, (box.bottom + box.top) / 2, 0.0))

    def _draw_lines(self, colour: str) -> mn.VMobject:
        lines = mn.VMobject(stroke_color=colour, stroke_width=1.6, fill_opacity=0)
        lines.set_stroke(opacity=0.55)
        xs = np.linspace(*self.plane.x_window, LINE_SAMPLES + 1)
        ys = np.linspace(*self.plane.y_window, LINE_SAMPLES + 1)
        values = self._values(*np.meshgrid(xs, ys, indexing="ij"))
        for level in self.levels:
            for line in join(level_segments(xs, ys, values, level)):
                places = self.plane.at(line[:, 0], line[:, 1])
                lines.start_new_path(places[0])
                lines.add_points_as_corners(places[1:])
        return stated(lines, level_lines(self.plane, self.field, self.levels))


def bowl_levels(low: float, high: float, count: int) -> list[float]:
    """Levels from above `low` to `high` that a quadratic bowl with this minimum crosses evenly."""
    return [low + (high - low) * (k / count) ** 2 for k in range(1, count + 1)]


def _line_colour(stops: Sequence[str], ink: str) -> str:
    """A colour that is seen on all of the stops: the one nearest to the ink, and nearer still."""
    nearest = min(stops, key=lambda stop: abs(_light(stop) - _light(ink)))
    return mix(nearest, ink, 0.35)


def _light(colour: str) -> float:
    """How light a colour is, 0…1."""
    return float(rgb(colour) @ (0.299, 0.587, 0.114))
