"""A clip of descents on any function: a subclass says which, the plan decides the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np

from gdstage.any import places, story
from gdstage.any.endings import ending
from gdstage.any.experiment import check_settings
from gdstage.any.methods import METHODS, SETTINGS
from gdstage.any.plan import LAB_TOLERANCES, experiment_of, plan_of
from gdstage.any.surface import Shares, best_view, levels_of, space_of, surface_of
from gdstage.clip import TITLE_DROP, reading_time
from gdstage.layout import HEADING, IS_NARROW, IS_TALL
from gdstage.look.fitting import fitted, formula_line
from gdstage.look.printing import typst_of
from gdstage.look.signs import dashed
from gdstage.pace import paced
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap
from gdstage.plane.minima import NEAR, GraphMinima, MapMinima, MinimaCurves
from gdstage.proof.field_facts import FieldFacts
from gdstage.proof.in_space import way
from gdstage.proof.statement import segment, stated, word
from gdstage.shape import SHAPES
from gdstage.space.axes import OVERHANG, edge_axes
from gdstage.space.fitting import fit_into
from gdstage.space.space import DEGREE
from gdstage.walks.badge import Badge
from gdstage.walks.basins import BasinPicture, found
from gdstage.walks.board import ROOMY, Board
from gdstage.walks.chart import Chart, steepness, steepness_plane
from gdstage.walks.crowd import Crowd
from gdstage.walks.graph_walk import GraphWalk
from gdstage.walks.map_and_surface_walk import MapAndSurfaceWalk
from gdstage.walks.readouts import GraphPanel, LinePanel, coordinate, count, rate, value
from gdstage.walks.surface_walk import last_run, whole_way
from gdstage.walks.walk_clip import WalkClip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdmath import Walk
    from gdstage.any.plan import Plan
    from gdstage.look.text import Typeset
    from gdstage.pace import Moment
    from gdstage.space.space import Space
    from gdstage.walks.readouts import Readouts
    from gdstage.walks.run import Run

TURN = 14 * DEGREE

TALL = (*OVERHANG[:2], 0.38)
"""How far the axes pass the space: the height's so far that no rim touches its name."""

LONG_WALK = 40
"""Steps that are all shown at rest; of longer walks, so many moments."""


class AnyDescent(WalkClip):
    """Descents on any function of x, or of x and y.

    `start` is a number, a point, or a list of either; without it, one is chosen, or `starts` many.
    `compare` holds several learning rates and takes the place of `rate`, `methods` several methods
    to race, that of `method`; the settings of methods are those of gdmath's rules. `window` is
    (low, high) of every variable, or of one after the other; with `basins`, a map tells where
    every start in it leads. What is left alone is chosen well.
    """

    shapes = tuple(SHAPES)
    function = ""
    start: Any = None
    starts = 0
    rate: float | None = None
    compare: Sequence[float] = ()
    method = "gradient"
    methods: Sequence[str] = ()
    beta: float | None = None
    beta1: float | None = None
    beta2: float | None = None
    epsilon: float | None = None
    decay: float | None = None
    every: int | None = None
    factor: float | None = None
    least: float | None = None
    shrink: float | None = None
    decrease: float | None = None
    length: str | None = None
    steps = 25
    tolerance: float | None = None
    window: Sequence[Any] = ()
    basins = False
    title = ""
    clip_name = ""

    leaving, falling, judging = 0.4, 0.8, 1.8

    plan: Plan
    space: Space

    def setup(self) -> None:
        """Decide everything before the first frame."""
        super().setup()
        check_settings(type(self), AnyDescent)
        if self.clip_name:
            self.evidence.clip = self.clip_name
        self.plan = plan_of(
            experiment_of(
                self.function, start=self.start, starts=self.starts, rate=self.rate,
                compare=self.compare, method=self.method, methods=self.methods, steps=self.steps,
                tolerance=self.tolerance, window=self.window, basins=self.basins, title=self.title,
                **{name: getattr(self, name) for name in SETTINGS},
            )
        )  # fmt: skip
        self.topic = story.topic(self.plan)
        colours = self.theme.crowd
        self.runs = [
            replace(run, colour=colour)
            for run, colour in zip(self.plan.runs, colours, strict=False)
        ]
        for run in self.runs:
            self.know(run.name, run.walk)

    def construct(self) -> None:
        if self.plan.dimension == 1:
            self.look_at_the_graph()
            self.look_at_the_kink()
        else:
            self.look_at_the_map()
        self.walk_one_by_one()
        self.walk_together()
        self.compare_them()
        self.map_the_basins()

    def look_at_the_graph(self) -> None:
        self.beat(*story.view(self.plan, self.facts))
        plan = self.plan
        plane = Plane(self.theme, places.GRAPH, plan.window[0], plan.heights)
        self.show_graph(plane, plan.field, self.name_of_function("f(x)"))
        if plan.valleys:
            minima = [(valley.point[0], valley.value) for valley in plan.valleys[:12]]
            self.show(GraphMinima(plane, plan.field, minima))

    def look_at_the_kink(self) -> None:
        if not self.plan.kinks:
            return
        finding, sentence = story.kink(self.plan, self.facts)
        self.beat(finding, sentence)
        marks = mn.VGroup()
        low, high = self.plane.y_window
        within = NEAR * (self.plane.x_window[1] - self.plane.x_window[0])
        for x in self.plan.kinks[:6]:
            foot, top = self.plane.at(x, np.array([low, high]))
            at = (FieldFacts(self.plan.field).kink(x, within), None)
            post = segment(self.plane, "kink", at, at, dashed=True)
            marks.add(stated(dashed(foot, top, self.theme.danger), post))
        self.show(marks)
        self.hold(reading_time(sentence) - 1.2)
        self.hide(marks)

    def look_at_the_map(self) -> None:
        self.beat(*story.view(self.plan, self.facts))
        plan, theme = self.plan, self.theme
        wide = not plan.compares
        window = plan.window[0], plan.window[1]
        shares = Shares(window, plan.heights)
        picture, box = places.ALONE if wide else places.COMPARED
        space = space_of(theme, shares)
        surface = surface_of(space, shares, plan.field)
        if not np.isfinite(surface.points).all(axis=1).any():
            space.remove(surface)  # holes everywhere
        self.space, self.shares = space, shares
        best_view(space, self.places_to_see())
        fit_into(space, picture, (0.0, TURN))
        edge_axes(space, overhang=TALL)
        self.plane = Plane(theme, box, *window, y_name="y", most=5 if wide else 4)
        lowest = plan.valleys[0].value if plan.valleys else plan.heights[0]
        levels = levels_of(plan.heights, lowest)
        self.heat = ContourMap(
            self.plane, plan.field, levels=levels, span=plan.heights, palette=theme.height[:4],
            line_colour=theme.ground, cut=True,
        )  # fmt: skip
        name = self.name_of_function("f(x, y)")
        self.show(space, name, run_time=1.0)
        self.show(self.heat, self.plane, run_time=0.8)
        if plan.valleys:
            spots = [valley.point for valley in plan.valleys if not valley.curve]
            curves = [valley.curve for valley in plan.valleys if valley.curve]
            signs = MapMinima(self.plane, plan.field, spots)
            self.show(mn.VGroup(signs, MinimaCurves(self.plane, plan.field, curves)))
        self.add(space)  # last: manim redraws all that stands after what is alive
        self.turn(TURN)
        self.formula = name

    def walk_one_by_one(self) -> None:
        plan = self.plan
        if not story.seen_alone(plan):
            return
        panel = self.reader = self.panel()
        for i, run in enumerate(self.runs):
            self.beat(*ending(plan, run, self.facts), poster=not plan.compares)
            if plan.dimension == 2 and not IS_TALL:
                self.hide(self.formula, run_time=0.3)
            self.set_out(run.name, *([] if i else [panel]))
            self.walk_on(1)
            self.judge()
        if plan.compares:
            self.leave(mn.FadeOut(panel.whole))

    def walk_together(self) -> None:
        plan = self.plan
        if not plan.compares:
            return
        self.beat(*story.together(plan, self.facts), poster=True)
        board = self.board(plan.dimension)
        crowd = Crowd(self.plane, self.runs, legs=plan.dimension == 2)
        board.read(crowd.ks(0))
        self.show(crowd, board, board.numbers, run_time=0.5)
        self.hold(0.6)
        if crowd.length:
            self.play(crowd.step(self.moments(1, crowd.length), board))
        arriving = [mn.FadeIn(board.fates), *map(mn.FadeIn, self.trails_above())]
        leaving = [mn.FadeOut(board.numbers)] if len(self.runs) > ROOMY else []
        self.play(*leaving, *arriving, run_time=0.6)
        self.hold(2)

    def compare_them(self) -> None:
        plan = self.plan
        if not story.is_charted(plan):
            return
        self.beat(*story.chart())
        self.clear_stage()
        name = "abs(f'(x_k))" if plan.dimension == 1 else "max(abs(f_x), abs(f_y))"
        tolerance = self.runs[0].walk.tolerance or LAB_TOLERANCES[plan.dimension - 1]
        plane = steepness_plane(self.theme, self.runs, name, tolerance)
        chart = Chart(plane, self.runs, steepness)
        board = self.board(1)
        self.show(plane, chart, board, run_time=0.6)
        self.play(chart.race(run_time=3.6))
        self.show(board.fates)
        self.hold(2.4)

    def map_the_basins(self) -> None:
        plan = self.plan
        if not plan.experiment.basins:
            return
        self.beat(*story.basins(self.facts))
        self.leave()
        self.clear_stage()
        plane = Plane(self.theme, places.BASINS, *plan.window[:2], y_name="y")
        starts = BasinPicture(plane, plan.field, self.runs[0].walk.step, side=story.MAP_SIDE)
        spots = [starts.facts.spot(i) for i in range(len(starts.basins.minima))]
        self.show(mn.Group(starts, plane), run_time=1.2)
        self.show(*found(plane, starts, spots), run_time=0.6)
        self.hold(2.4)

    # One walk

    def figure_of(self, name: str, walk: Walk) -> GraphWalk | MapAndSurfaceWalk:
        """The walk on the graph, or on the map and on the surface."""
        if self.plan.dimension == 1:
            return GraphWalk(self.plane, name, walk)
        lift = self.shares.lift(self.plan.field)
        figure = MapAndSurfaceWalk(self.plane, self.space, name, walk, lift)
        self.add(self.space)
        return figure

    def badge_of(self, walk: Walk) -> Badge:
        """The verdict, under the panel or beside the map."""
        x, y = places.VERDICTS[self.plan.dimension - 1]
        return Badge(self.theme, walk, x=x, y=y)

    def panel(self) -> Readouts:
        """The rule and the live numbers in one variable; in two, the numbers on one line."""
        theme, experiment = self.theme, self.plan.experiment
        method = METHODS[experiment.methods[0]]
        if self.plan.dimension == 1:
            alphas = [run.walk.step.rate for run in self.runs]
            return GraphPanel(theme, method.written, filter(None, alphas))
        quantities = [] if method.rate is None else [rate(theme)]
        quantities += [count(theme), coordinate(theme, 0, "x"), coordinate(theme, 1, "y")]
        quantities.append(value(theme, "f"))
        line = list(zip(places.LINE[-len(quantities) :], quantities, strict=True))
        return LinePanel(line, places.LINE_BASELINE, size=30, decimals=3)

    def moments(self, first: int, last: int) -> list[Moment]:
        """The pace of steps: all of them, or of a long walk the first and then some."""
        if last <= LONG_WALK:
            return super().moments(first, last)
        slowly = range(first, 9)
        rest = np.unique(np.linspace(9, last, LONG_WALK - 8).round().astype(int)).tolist()
        return paced([*slowly, *rest])

    def board(self, dimension: int) -> Board:
        """The runs beside or beneath a graph or chart, or the pictures of two variables."""
        x, top, folded = places.board_at(dimension)
        return Board(self.theme, self.runs, x=x, top=top, folded=folded)

    # Parts of the picture

    def name_of_function(self, name: str) -> Typeset:
        """The function's formula over the picture."""
        width = places.NAME_WIDTH[self.plan.dimension - 1]
        code = typst_of(self.plan.field)
        text = formula_line(name, code, size=34, colour=self.theme.function, width=width)
        stated(text.rest(HEADING.left, places.HEADLINE), word("formula", field=self.plan.field))
        return text.shift(mn.DOWN * max(0.0, text.get_top()[1] - places.HIGHEST))

    def trails_above(self) -> list[mn.Mobject]:
        """The ways of all runs on the surface, in two variables."""
        if self.plan.dimension == 1:
            return []
        trails: list[mn.Mobject] = []
        for run in self.runs:
            spots = self.shares.lift(self.plan.field)(whole_way(run.walk))
            spots = last_run(spots, np.asarray((abs(spots - 0.5) <= 0.5).all(axis=1)))
            if len(spots) > 1:
                line = self.space.curve(spots, run.colour, width=4)
                trails.append(stated(line, way(self.space, run.walk, run.walk.stopped_at)))
        return trails

    def places_to_see(self) -> NDArray[np.float64]:
        """Some points of the walks in the space, by which a view is judged."""
        spots = self.seen_in_space(self.runs)
        return spots[np.linspace(0, len(spots) - 1, min(len(spots), 12)).astype(int)]

    def seen_in_space(self, runs: Sequence[Run]) -> NDArray[np.float64]:
        """The ways of some runs on the surface, as far as they are in its box (n, 3)."""
        ways = np.concatenate([whole_way(run.walk) for run in runs])
        spots = self.shares.lift(self.plan.field)(ways)
        return spots[(abs(spots - 0.5) <= 0.5).all(axis=1)]

    def turn(self, angle: float) -> None:
        """Turn the surface a little to show its shape, and back: the best view is kept."""
        theta = self.space.camera.theta
        self.play(self.space.camera.animate.set(theta=theta + angle), run_time=1.4)
        self.play(self.space.camera.animate.set(theta=theta), run_time=1.0)

    # Words that fit

    def _set_heading(self, title: str) -> mn.VGroup:
        heading = super()._set_heading(title)
        width = HEADING.width - 0.15
        if heading.width > width:
            foot = np.array([heading.get_left()[0], HEADING.bottom + TITLE_DROP, 0.0])
            heading.scale(width / heading.width, about_point=foot)
        return heading

    def _set_caption(self, text: str) -> Typeset:
        caption = super()._set_caption(text)
        if IS_NARROW:
            return fitted(caption, HEADING.width)
        return fitted(caption, 13.2).rest(0.0, caption.baseline, anchor="centre")
