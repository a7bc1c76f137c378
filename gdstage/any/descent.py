"""A clip of descents on any function: a subclass says which, the plan decides the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np

from gdmath import Verdict
from gdstage.any import story
from gdstage.any.experiment import check_settings
from gdstage.any.plan import experiment_of, plan_of
from gdstage.clip import TITLE_BASELINE, Clip, reading_time
from gdstage.look.printing import typst_of
from gdstage.look.text import math
from gdstage.pace import paced
from gdstage.plane.any_axes import AnyPlane, fitted, formula
from gdstage.plane.axes import Box, arrow_head, dashed
from gdstage.plane.contour_map import ContourMap
from gdstage.space.space import DEGREE
from gdstage.walks.any_chart import SlopeChart, chart_plane
from gdstage.walks.any_crowd import AnyCrowd, colours_of
from gdstage.walks.any_map import (
    AnyTwin,
    Shares,
    best_view,
    fit_into,
    front_axes,
    levels_of,
    space_of,
    trim,
    whole_path,
    within,
)
from gdstage.walks.any_panel import AnyBadge, AnyPanel, AnyReader, Board
from gdstage.walks.any_walker import AnyWalker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gdstage.any.plan import Plan, Run
    from gdstage.look.text import Typeset
    from gdstage.pace import Moment
    from gdstage.plane.axes import Plane
    from gdstage.walks.any_crowd import Place

GRAPH = Box(left=-6.1, right=1.6, bottom=-2.25, top=1.42)
MAP = Box(left=2.2, right=5.95, bottom=-2.45, top=1.3)
SPACE = Box(left=-6.5, right=1.5, bottom=-2.9, top=2.05)
SMALL_SPACE = Box(left=-6.6, right=-2.2, bottom=-2.9, top=1.9)
TURN = 14 * DEGREE
SMALL_MAP = Box(left=-1.25, right=2.05, bottom=-2.35, top=0.95)
HEADLINE = 2.4
"""The baseline of the function's formula, in scene units."""

HIGHEST = 2.9
"""Where the heading's descenders end, in scene units."""

LONG_WALK = 40
"""Steps that are all shown at rest; of longer walks, so many moments."""

SEPARATE = 3
"""Up to so many rates are walked one after the other before they are compared."""


class AnyDescent(Clip):
    """Descents on any function of x, or of x and y.

    `start` is a number, a point, or a list of either; without it, one is chosen, or `starts` many.
    `compare` holds several learning rates and takes the place of `rate`. `window` is (low, high)
    of every variable, or of one after the other. What is left alone is chosen well.
    """

    function = ""
    start: Any = None
    starts = 0
    rate = 0.1
    compare: Sequence[float] = ()
    method = "gradient"
    beta = 0.9
    steps = 25
    tolerance: float | None = None
    window: Sequence[Any] = ()
    title = ""
    clip_name = ""

    plan: Plan

    def setup(self) -> None:
        """Decide everything before the first frame."""
        super().setup()
        check_settings(type(self), AnyDescent)
        if self.clip_name:
            self.evidence.clip = self.clip_name
        self.plan = plan_of(
            experiment_of(
                self.function, start=self.start, starts=self.starts, rate=self.rate,
                compare=self.compare, method=self.method, beta=self.beta, steps=self.steps,
                tolerance=self.tolerance, window=self.window, title=self.title,
            )
        )  # fmt: skip
        self.topic = story.topic(self.plan)
        for run in self.plan.runs:
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

    def look_at_the_graph(self) -> None:
        self.beat(*story.view(self.plan))
        plan, theme = self.plan, self.theme
        self.plane = AnyPlane(theme, GRAPH, plan.window[0], plan.heights)
        graph = self.plane.graph(plan.field, theme.function)
        name = self.name_of_function("f(x)", 8.2)
        self.play(mn.FadeIn(self.plane), mn.FadeIn(self.forbidden()), run_time=0.8)
        self.play(mn.Create(graph), mn.FadeIn(name), run_time=1.2)
        self.bottoms = self.point_at_valleys()
        if len(self.bottoms):
            self.play(mn.FadeIn(self.bottoms), run_time=0.4)

    def look_at_the_kink(self) -> None:
        if not self.plan.kinks:
            return
        self.beat(*story.kink(self.plan))
        marks = mn.VGroup()
        low, high = self.plane.box.bottom, self.plane.box.top
        for x in self.plan.kinks[:6]:
            at = self.plane.at(x, self.plan.heights[0])
            marks.add(
                dashed(np.array([at[0], low, 0]), np.array([at[0], high, 0]), self.theme.danger)
            )
        self.play(mn.FadeIn(marks), run_time=0.4)
        self.hold(reading_time(story.kink(self.plan)[1]) - 1.2)
        self.play(mn.FadeOut(marks), run_time=0.4)

    def look_at_the_map(self) -> None:
        self.beat(*story.view(self.plan))
        plan, theme = self.plan, self.theme
        wide = not plan.compares
        window = plan.window[0], plan.window[1]
        shares = Shares(window, plan.heights)
        picture = SPACE if wide else SMALL_SPACE
        space = space_of(theme)
        surface = trim(space.surface(shares.field(plan.field)))
        if not np.isfinite(surface.points).all(axis=1).any():
            space.remove(surface)  # holes everywhere
        self.space, self.shares = space, shares
        best_view(space, self.places_to_see())
        fit_into(space, picture, (0.0, TURN))
        front_axes(space)
        self.plane = AnyPlane(
            theme, MAP if wide else SMALL_MAP, *window, y_name="y", most=5 if wide else 4
        )
        lowest = plan.valleys[0].value if plan.valleys else plan.heights[0]
        levels = levels_of(plan.heights, lowest)
        seen: Any = within(plan.field, plan.heights)
        self.heat = ContourMap(
            self.plane, seen, levels=levels, span=plan.heights, palette=theme.height[:4],
            line_colour=theme.ground,
        )  # fmt: skip
        name = self.name_of_function("f(x, y)", 12.8)
        self.play(mn.FadeIn(space), mn.FadeIn(name), run_time=1.0)
        self.play(mn.FadeIn(self.heat), mn.FadeIn(self.plane), run_time=0.8)
        self.bottoms = self.ring_valleys()
        if len(self.bottoms):
            self.play(mn.FadeIn(self.bottoms), run_time=0.4)
        self.add(space)  # last: manim redraws all that stands after what is alive
        self.turn(TURN)
        self.formula = name

    def walk_one_by_one(self) -> None:
        plan = self.plan
        if plan.compares and (plan.dimension == 2 or len(plan.runs) > SEPARATE):
            return
        if plan.compares == "starts":
            return
        for i, run in enumerate(plan.runs):
            self.beat(*story.walk(plan, run), poster=not plan.compares)
            self.set_out(run, first=i == 0)
            self.take_the_walk(run)
        if plan.compares:
            self.take_away_the_walk()

    def walk_together(self) -> None:
        plan = self.plan
        if not plan.compares:
            return
        self.beat(*story.together(plan), poster=True)
        x = 2.75 if plan.dimension == 1 else 2.85
        board = Board(self.theme, plan.runs, colours_of(self.plane, len(plan.runs)), x=x, top=1.6)
        crowd = AnyCrowd(self.plane, plan.runs, places_on(self.plane), legs=plan.dimension == 2)
        board.read(crowd.ks(0))
        self.play(mn.FadeIn(crowd), mn.FadeIn(board), mn.FadeIn(board.numbers), run_time=0.5)
        self.hold(0.6)
        if crowd.length:
            self.play(crowd.walk(common_pace(crowd.length), board))
        arriving = [mn.FadeIn(board.fates), *map(mn.FadeIn, self.trails_above(crowd.colours))]
        self.play(mn.FadeOut(board.numbers), *arriving, run_time=0.6)
        self.hold(2)

    def compare_them(self) -> None:
        plan = self.plan
        if max(run.walk.stopped_at for run in plan.runs) < 2 or plan.compares != "rates":
            return
        self.beat(*story.chart(plan))
        self.clear_stage()
        name = "abs(f'(x_k))" if plan.dimension == 1 else "max(abs(f_x), abs(f_y))"
        plane = chart_plane(self.theme, plan.runs, name)
        colours = colours_of(plane, len(plan.runs))
        lines = SlopeChart(plane, plan.runs, colours)
        board = Board(self.theme, plan.runs, colours, x=2.75, top=1.6)
        self.play(mn.FadeIn(plane), mn.FadeIn(board), run_time=0.6)
        self.play(lines.race(run_time=3.6))
        self.play(mn.FadeIn(board.fates), run_time=0.4)
        self.hold(2.4)

    # One walk

    def set_out(self, run: Run, *, first: bool) -> None:
        """Put a walk on its start, its numbers beside it; the one before leaves."""
        if not first:
            self.take_away_the_walk()
        plan, rate = self.plan, run.walk.step.rate or 0.0
        arriving: list[mn.Mobject] = []
        if plan.dimension == 1:
            self.figure: Any = AnyWalker(self.plane, run.name, run.walk)
            self.panel: Any = AnyPanel(
                self.theme, plan.experiment.method, rate, plan.experiment.beta
            )
        else:
            self.play(mn.FadeOut(self.formula), run_time=0.3)
            self.panel = AnyReader(self.theme, plan.experiment.method, rate, HEADLINE)
            self.figure = AnyTwin(self.plane, self.space, self.shares, run.name, run.walk)
            arriving += self.figure.in_space
            self.add(self.space)
        self.panel.read(run.walk, 0)
        self.on_stage: list[mn.Mobject] = [self.figure, self.panel, self.panel.numbers]
        self.play(*(mn.FadeIn(mob) for mob in (*self.on_stage, *arriving)), run_time=0.4)
        self.hold(0.6)

    def take_the_walk(self, run: Run) -> None:
        """Walk to the end, fall out of the domain if that is the end, and judge."""
        walk = run.walk
        falls = walk.verdict is Verdict.LEFT_DOMAIN
        last = walk.stopped_at - falls
        if last > 0:
            self.play(self.figure.descend(moments_to(last), self.panel))
        if falls:
            if self.plan.dimension == 1:
                self.figure.leave_behind(last)
            self.play(self.figure.fall_out(run_time=1.2))
            self.figure.mark_offender()
        badge = self.badge(run)
        self.on_stage.append(badge)
        self.play(mn.FadeIn(badge, shift=0.1 * mn.UP), run_time=0.4)
        self.hold(1.8)

    def badge(self, run: Run) -> AnyBadge:
        """The verdict on a walk, in its place."""
        if self.plan.dimension == 1:
            return AnyBadge(self.theme, run.walk, y=-2.75)
        return AnyBadge(self.theme, run.walk, x=self.plane.box.left + 0.4, y=1.88)

    def take_away_the_walk(self) -> None:
        """Clear the stage for the next walk."""
        self.play(*(mn.FadeOut(mob) for mob in self.on_stage), run_time=0.4)
        self.on_stage = []

    # Parts of the picture

    def name_of_function(self, name: str, width: float) -> Typeset:
        """The function's formula over the picture."""
        code = typst_of(self.plan.field)
        text = formula(name, code, size=34, colour=self.theme.function, width=width)
        text.rest(-6.55, HEADLINE)
        return text.shift(mn.DOWN * max(0.0, text.get_top()[1] - HIGHEST))

    def forbidden(self) -> mn.VGroup:
        """Where in the window the function has no value: shaded strips."""
        x = np.linspace(*self.plane.x_window, 1201)
        outside = ~np.asarray(self.plan.field.contains(x[:, None]))
        edges = np.flatnonzero(np.diff(np.concatenate([[False], outside, [False]]).astype(int)))
        strips = mn.VGroup()
        box = self.plane.box
        for first, past in zip(edges[::2], edges[1::2], strict=True):
            if past - first < 4:
                continue
            left, right = (self.plane.at(x[i], 0)[0] for i in (first, past - 1))
            strip = mn.Rectangle(width=right - left, height=box.top - box.bottom, stroke_width=0)
            strip.set_fill(self.theme.danger, 0.13)
            strips.add(strip.move_to((left, box.bottom, 0), aligned_edge=mn.DL))
        return strips

    def point_at_valleys(self) -> mn.VGroup:
        """A triangle over each minimum on the graph, the lowest one named."""
        signs = mn.VGroup()
        for i, valley in enumerate(self.plan.valleys[:12]):
            at = self.plane.at(valley.point[0], valley.value)
            # From below where there is room, so that it is out of the walk's way.
            up = at[1] - self.plane.box.bottom > 0.75
            way = mn.UP if up else mn.DOWN
            tip = at - 0.2 * way
            signs.add(arrow_head(tip - 0.25 * way, tip, self.theme.minimum, 0.2))
            if i == 0:
                name = math("x^*", size=28, colour=self.theme.minimum)
                signs.add(name.rest(at[0], at[1] - (0.72 if up else -0.55), anchor="centre"))
        return signs

    def ring_valleys(self) -> mn.VGroup:
        """A small diamond at each minimum on the map."""
        signs = mn.VGroup()
        for valley in self.plan.valleys:
            sign = mn.Square(0.13, stroke_color=self.theme.minimum, stroke_width=3)
            sign.rotate(np.pi / 4).set_fill(self.theme.ground, 1).set_z_index(2)
            signs.add(sign.move_to(self.plane.at(*valley.point)))
        return signs

    def trails_above(self, colours: Sequence[str]) -> list[mn.Mobject]:
        """The ways of all runs on the surface, in two variables."""
        if self.plan.dimension == 1:
            return []
        ways: list[mn.Mobject] = []
        for run, colour in zip(self.plan.runs, colours, strict=True):
            walk = run.walk
            spots = self.shares.of(whole_path(walk))
            spots = spots[(abs(spots - 0.5) <= 0.5).all(axis=1)]
            if len(spots) > 1:
                ways.append(self.space.curve(spots, colour, width=4))
        return ways

    def places_to_see(self) -> NDArray[np.float64]:
        """Some points of the walks in the space, by which a view is judged."""
        ways = [whole_path(r.walk) for r in self.plan.runs]
        spots = self.shares.of(np.concatenate(ways))
        spots = spots[(abs(spots - 0.5) <= 0.5).all(axis=1)]
        few = np.linspace(0, len(spots) - 1, min(len(spots), 12)).astype(int)
        return spots[few]

    def turn(self, angle: float) -> None:
        """Turn the surface a little to show its shape, and back: the best view is kept."""
        theta = self.space.camera.theta
        self.play(self.space.camera.animate.set(theta=theta + angle), run_time=1.4)
        self.play(self.space.camera.animate.set(theta=theta), run_time=1.0)

    # Words that fit

    def _set_heading(self, title: str) -> mn.VGroup:
        heading = super()._set_heading(title)
        width = 13.2
        if heading.width > width:
            foot = np.array([heading.get_left()[0], TITLE_BASELINE, 0.0])
            heading.scale(width / heading.width, about_point=foot)
        return heading

    def _set_caption(self, text: str) -> Typeset:
        caption = super()._set_caption(text)
        return fitted(caption, 13.2).rest(0.0, caption.baseline, anchor="centre")


def places_on(plane: Plane) -> Place:
    """Where an iterate (d,) with its value is in the scene (3,): on a graph or on a map."""

    def place(point: NDArray[np.float64], value: float) -> NDArray[np.float64]:
        with np.errstate(all="ignore"):
            return plane.at(point[0], value if len(point) == 1 else point[1])

    return place


def moments_to(last: int) -> list[Moment]:
    """Moments for the iterates 1…last: all of them, or of a long walk the first and then some."""
    if last <= LONG_WALK:
        return paced(range(1, last + 1))
    first = list(range(1, 9))
    rest = np.unique(np.linspace(9, last, LONG_WALK - 8).round().astype(int)).tolist()
    return paced([*first, *rest])


def common_pace(length: int) -> list[tuple[int, int, int]]:
    """(k, ticks of moving, ticks of resting) for walks that step together."""
    return [
        (m.k, max(round((m.landing - m.start) * 15), 1), max(round((m.end - m.landing) * 15), 1))
        for m in moments_to(length)
    ]
