"""Where every start leads: as a coloured map, or as a strip on an axis."""

from __future__ import annotations

from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np

from gdmath import multistart
from gdstage.look.key import Key
from gdstage.look.text import words
from gdstage.look.theme import mix, rgb
from gdstage.plane.minima import MapMinima
from gdstage.proof.fact import given
from gdstage.proof.in_space import basins_on
from gdstage.proof.map_facts import StartFacts
from gdstage.proof.plain import step_record
from gdstage.proof.statement import colours, segment, stated, word
from gdstage.space.coat import coat_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from gdmath import BasinMap, Basins, ScalarField, Step
    from gdstage.look.theme import Theme
    from gdstage.plane.axes import Plane
    from gdstage.proof.fact import Fact
    from gdstage.proof.field_facts import BasinFacts
    from gdstage.proof.map_facts import SpotFacts
    from gdstage.space.coat import Coat
    from gdstage.space.solids import Mesh

STRIP = 14.0
KEY, AFTER_NAME = 30, 0.35
OVER_MAP = 0.3
LOST, SHADE = "#000000", 0.72
STEPS, TOLERANCE = 400, 1e-3


class ManyMinimaError(ValueError):
    """There are more minima than colours that one tells apart."""


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
    """Every pixel a start: coloured by the minimum that it reaches, darker the longer it takes.

    Raises:
        ManyMinimaError: there are more minima than the theme has colours.
    """

    def __init__(self, plane: Plane, field: ScalarField, step: Step, *, side: int) -> None:
        super().__init__()
        walks: dict[str, Any] = {"steps": STEPS, "tolerance": TOLERANCE}
        self.basins: Basins = multistart(field, grid(plane, side), step=step, **walks)
        theme = plane.theme
        if len(self.basins.minima) > len(theme.outcomes):
            raise ManyMinimaError(
                f"expected at most {len(theme.outcomes)} minima on a map of where starts lead, one "
                f"of each colour, found {len(self.basins.minima)}; take a smaller window"
            )
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
            "field": field, **step_record(step), **walks, "side": side,
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


def found(
    plane: Plane, picture: BasinPicture, spots: Sequence[SpotFacts]
) -> tuple[mn.Mobject, ...]:
    """The minima on a map of basins, and over it the shares of the starts that reach each.

    Signs are in ink, since a well may have the colour of a minimum.
    """
    ink, places = plane.theme.ink, [spot.near for spot in spots]
    signs = MapMinima(plane, picture.basins.field, places, colour=ink, side=0.19)
    shares = [picture.facts.share(i) for i in range(len(spots))]
    pairs = zip(plane.theme.outcomes, (f"{share.value:.0f}%" for share in shares), strict=False)
    y, told = plane.box.top + OVER_MAP, [(share,) for share in shares]
    of = words("starts", size=KEY, colour=ink).rest(plane.box.left + AFTER_NAME, y)
    key = Key(pairs, of.get_right()[0] + AFTER_NAME, y, size=KEY, across=True, facts=told)
    return signs, stated(of, word("label")), key


def basin_coat(surface: Mesh, field: ScalarField, step: Step) -> Coat:
    """The coat of a field's graph: coloured by the minimum reached from beneath, as on the map.

    What is sooner there gets its colour sooner: the colours rise out of the minima.
    """
    space, theme, lines = surface.world.space, surface.world.theme, (surface.us, surface.vs)
    corners = np.stack(np.meshgrid(*lines, indexing="ij"), axis=-1)
    walks: dict[str, Any] = {"steps": STEPS, "tolerance": TOLERANCE}
    found = multistart(field, corners.reshape(-1, 2), step=step, **walks)
    minima, lost = found.minima, mix(theme.ground, LOST, 0.5)

    def label(points: NDArray[np.float64]) -> NDArray[np.int64]:
        reached = multistart(field, points, step=step, **walks)
        off = np.linalg.norm(reached.endpoints[:, None] - minima, axis=-1)
        return np.where(reached.labels < 0, len(minima), off.argmin(axis=1))

    told = {
        **step_record(step), **walks, "minima": minima, "lost": lost,
        "palette": theme.outcomes[: len(minima)],
    }  # fmt: skip
    turns = np.searchsorted(np.sort(found.steps_taken), found.steps_taken) / len(corners) ** 2
    known = basins_on(space, field, **told)
    return coat_of(lines, label, turns.reshape(surface.shape), (*told["palette"], lost), known)


def coat_on(surface: Mesh, field: ScalarField, step: Step) -> mn.Animation:
    """Put its coat of basins on a field's graph."""
    surface.coat = basin_coat(surface, field, step)
    return mn.ApplyMethod(surface.put_on, surface.coat)


def grid(plane: Plane, side: int) -> NDArray[np.float64]:
    """The middles of side × side equal cells of a plane's window (side², 2), x the slower."""
    axes = [
        low + (high - low) * (np.arange(side) + 0.5) / side
        for low, high in (plane.x_window, plane.y_window)
    ]
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 2)
