"""Where every start leads: as a coloured map, or as a strip on an axis."""

from __future__ import annotations

from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np

from gdmath import multistart
from gdstage.look.theme import mix, rgb
from gdstage.proof.fact import given
from gdstage.proof.in_space import basins_on
from gdstage.proof.map_facts import StartFacts
from gdstage.proof.statement import colours, segment, stated
from gdstage.space.coat import coat_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from gdmath import BasinMap, Basins, ScalarField
    from gdstage.look.theme import Theme
    from gdstage.plane.axes import Plane
    from gdstage.proof.fact import Fact
    from gdstage.proof.field_facts import BasinFacts
    from gdstage.space.coat import Coat
    from gdstage.space.solids import Mesh

STRIP = 14.0
LOST, SHADE = "#000000", 0.72
STEPS, TOLERANCE = 400, 1e-3


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
    """The horizontal axis with stretches of starts, from one fact to another, each in its colour.

    `more` is what each stretch states besides.
    """

    def __init__(
        self,
        plane: Plane,
        stretches: Iterable[tuple[Fact, Fact, str]],
        more: Iterable[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__()
        for (low, high, colour), told in zip(stretches, chain(more, repeat({})), strict=False):
            ends = plane.at([low.value, high.value], plane.y_window[0])
            stretch = mn.Line(ends[0], ends[1], color=colour, stroke_width=STRIP)
            known = segment(plane, "starts", (low, None), (high, None), **told)
            self.add(stated(stretch, known))


class BasinStrip(StartStrip):
    """The horizontal axis, coloured by where each start ends; `known` are the facts of that."""

    def __init__(self, plane: Plane, found: BasinMap, known: BasinFacts | None = None) -> None:
        labels = np.array([basin.minimum for basin in found.basins])
        colours = outcome_colours(plane.theme, labels, graph_outcomes(plane.theme))
        edges, more = [], []
        for i, (basin, colour) in enumerate(zip(found.basins, colours, strict=True)):
            if known is None:
                edges.append((given("start", basin.low), given("start", basin.high), colour))
            else:
                edges.append((known.edge(i, "low"), known.edge(i, "high"), colour))
                more.append({"reaches": known.reached(i)})
        super().__init__(plane, edges, more)


class BasinPicture(mn.Group):
    """Every pixel a start: coloured by the minimum that it reaches, darker the longer it takes."""

    def __init__(self, plane: Plane, field: ScalarField, rate: float, *, side: int) -> None:
        super().__init__()
        self.basins: Basins = multistart(field, grid(plane, side), rate, STEPS, TOLERANCE)
        theme = plane.theme
        lost = mix(theme.ground, LOST, 0.5)
        table = np.array([rgb(c) for c in (*theme.outcomes, lost)])
        slowest = float(np.quantile(self.basins.steps_taken, 0.995))
        shade = 1 - SHADE * np.clip(self.basins.steps_taken / slowest, 0, 1)[:, None]
        shown = shade * table[self.basins.labels] + (1 - shade) * rgb(theme.ground)
        pixels = np.rint(255 * shown).astype(np.uint8)
        # The grid runs upward from the lower left corner, an image downward from the upper left.
        image = mn.ImageMobject(pixels.reshape(side, side, 3).transpose(1, 0, 2)[::-1])
        image.stretch_to_fit_width(plane.box.width)
        image.stretch_to_fit_height(plane.box.height)
        self.add(image.move_to(plane.box.middle))
        starts = {
            "field": field, "rate": rate, "steps": STEPS, "tolerance": TOLERANCE, "side": side,
            "window": [plane.x_window, plane.y_window],
        }  # fmt: skip
        self.facts = StartFacts(starts, self.basins)
        minima = self.basins.minima
        scale = {"palette": theme.outcomes[: len(minima)], "lost": lost, "ground": theme.ground}
        told = {**starts, "minima": minima, **scale, "shade": SHADE, "slowest": slowest}
        stated(image, colours(plane, "basins", **told))

    def shares(self) -> Sequence[float]:
        """The share of starts that reach each minimum, the lowest minimum first."""
        return [self.facts.share(i).value / 100 for i in range(len(self.basins.minima))]


def basin_coat(surface: Mesh, field: ScalarField, rate: float) -> Coat:
    """The coat of a field's graph: coloured by the minimum reached from beneath, as on the map.

    What is sooner there gets its colour sooner: the colours rise out of the minima.
    """
    space, theme, lines = surface.world.space, surface.world.theme, (surface.us, surface.vs)
    corners = np.stack(np.meshgrid(*lines, indexing="ij"), axis=-1)
    found = multistart(field, corners.reshape(-1, 2), rate, STEPS, TOLERANCE)
    minima, lost = found.minima, mix(theme.ground, LOST, 0.5)

    def label(points: NDArray[np.float64]) -> NDArray[np.int64]:
        reached = multistart(field, points, rate, STEPS, TOLERANCE)
        off = np.linalg.norm(reached.endpoints[:, None] - minima, axis=-1)
        return np.where(reached.labels < 0, len(minima), off.argmin(axis=1))

    told = {
        "rate": rate, "steps": STEPS, "tolerance": TOLERANCE, "minima": minima,
        "palette": theme.outcomes[: len(minima)], "lost": lost,
    }  # fmt: skip
    turns = np.searchsorted(np.sort(found.steps_taken), found.steps_taken) / len(corners) ** 2
    known = basins_on(space, field, **told)
    return coat_of(lines, label, turns.reshape(surface.shape), (*told["palette"], lost), known)


def coat_on(surface: Mesh, field: ScalarField, rate: float) -> mn.Animation:
    """Put its coat of basins on a field's graph."""
    surface.coat = basin_coat(surface, field, rate)
    return mn.ApplyMethod(surface.put_on, surface.coat)


def grid(plane: Plane, side: int) -> NDArray[np.float64]:
    """The middles of side × side equal cells of a plane's window (side², 2), x the slower."""
    axes = [
        low + (high - low) * (np.arange(side) + 0.5) / side
        for low, high in (plane.x_window, plane.y_window)
    ]
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 2)
