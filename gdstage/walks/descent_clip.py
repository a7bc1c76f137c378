"""What every clip of descents on one graph shares: the axes, the graph, the column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn

from gdmath import LOG_VALLEY, ScalarField, Walk
from gdstage.layout import AXES_ROOM, FIGURE
from gdstage.look.fitting import formula_line
from gdstage.look.printing import typst
from gdstage.plane.axes import Plane
from gdstage.plane.heights import all_heights, clear_of_steps
from gdstage.plane.minima import NEAR, GraphMinima
from gdstage.proof.fact import WalkFacts
from gdstage.proof.field_facts import FieldFacts
from gdstage.proof.statement import stated, word
from gdstage.walks.gauges import RateGauge
from gdstage.walks.graph_walk import GraphWalk
from gdstage.walks.readouts import GraphPanel
from gdstage.walks.walk_clip import WalkClip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdstage.look.text import Typeset
    from gdstage.proof.fact import Fact

    Window = tuple[float, float]

GRAPH = FIGURE.within(**AXES_ROOM)


class DescentClip(WalkClip):
    """A clip of walks on the graph of one field of one variable.

    The window of the graph is `x_window` × `y_window`, all heights over the first unless told; the
    tolerance is the lab's in one variable. `place` is the graph's box of the frame.
    """

    place = GRAPH

    leaving = 0.6
    field = LOG_VALLEY
    start = 1.6
    tolerance = 1e-5
    x_window: Window = (-2.0, 2.0)
    y_window: Window | None = None
    y_ticks: Sequence[float] | None = None
    decimals = 6

    gauge: RateGauge | None = None
    _column: tuple[mn.Mobject, ...] = ()

    def figure_of(self, name: str, walk: Walk) -> GraphWalk:
        """The walk on the graph."""
        return GraphWalk(self.plane, name, walk)

    def meanwhile(self, walk: Walk) -> list[mn.Animation]:
        """The gauge turns to the walk's learning rate."""
        if self.gauge is None or walk.step.rate is None:
            return []
        return [self.gauge.choose(WalkFacts(walk).rate())]

    def draw_graph(
        self,
        name_at: tuple[float, float] | None = None,
        *,
        field: ScalarField | None = None,
        x_window: tuple[float, float] | None = None,
        y_window: tuple[float, float] | None = None,
    ) -> None:
        """Draw axes and graph, with the field's formula above it, or ending at a data point.

        The field and its windows are the clip's own, unless told otherwise.
        """
        field = field or self.field
        across = x_window or self.x_window
        up = y_window or self.y_window or clear_of_steps(all_heights(field, across))
        plane = self.axes(across, up, self.y_ticks)
        box = plane.box
        right, y = (box.right, box.top + 0.35) if name_at is None else plane.at(*name_at)[:2]
        self.show_graph(plane, field, self.field_name(right, y, field))

    def axes(
        self,
        x_window: tuple[float, float],
        y_window: tuple[float, float],
        y_ticks: Sequence[float] | None = None,
    ) -> Plane:
        """The axes of a window, in the graph's place."""
        return Plane(self.theme, self.place, x_window, y_window, y_ticks=y_ticks, y_name="f(x)")

    def field_name(self, right: float, y: float, field: ScalarField | None = None) -> Typeset:
        """The formula of a field, or the clip's, ending at `right` on the baseline y."""
        code, colour = typst((field or self.field).expr), self.theme.function
        width = right - self.place.left - 0.5
        name = formula_line("f(x)", code, size=36, colour=colour, width=width)
        stated(name, word("formula", field=field or self.field))
        return name.rest(right, y, anchor="right")

    def draw_column(self, gauge: RateGauge | None = None) -> None:
        """Draw the panel, and under it the gauge if there are rates to compare."""
        known = [walk.step.rate for walk in self.evidence.walks.values()]
        rates = [rate for rate in known if rate is not None]
        panel = GraphPanel(self.theme, rates=rates, decimals=self.decimals)
        self.reader = panel
        arriving: list[mn.Mobject] = [panel]
        self._column = (panel, panel.numbers)
        if gauge is not None:
            self.gauge = gauge
            arriving.append(gauge)
        self.show(*arriving, run_time=0.6)

    def leave_column(self) -> None:
        """Take the walk, the verdict and the panel away."""
        self.hide(*self.on_stage, *self._column, run_time=0.5)
        self.on_stage = ()

    @property
    def looked_at(self) -> tuple[Window]:
        """What is seen of the axis."""
        return (self.x_window,)

    @property
    def bottom(self) -> float:
        """Where the field has its lowest minimum."""
        return float(self.lowest.point[0])

    @property
    def least(self) -> Fact:
        """Where that is, as a fact."""
        low, high = self.x_window
        return FieldFacts(self.field).minimum(self.bottom, NEAR * (high - low))

    def point_out(self) -> GraphMinima:
        """A triangle that points at the lowest minimum from above, and its name."""
        lowest = [(self.bottom, float(self.lowest.value))]
        return GraphMinima(self.plane, self.field, lowest, above=True)
